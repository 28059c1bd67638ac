//! Elements as fields: presence, lists in wrappers, nil.

use super::{ELEMENT, Reader, Slot, secret, wanted};
use crate::model::{Absent, ElementUse, Occurs, Only, Particle, ParticleKind, TypeId};
use crate::plan::items::Key;
use crate::plan::{Member, Place, RustType, Wrapped, scalars, shapes};

impl Reader<'_, '_> {
    pub(super) fn element(&mut self, element: &ElementUse, occurs: Occurs, optional: bool) {
        let (preferred, chosen) = wanted(element.rename.as_deref(), &element.name);
        let (rank, name) = (ELEMENT, Some(element.name.clone()));
        let docs =
            self.docs(&element.docs.0, element.ty, element.default.as_deref(), element.fixed.as_deref(), "empty");
        if let Some(head) = element.global.filter(|head| {
            let drafting = &self.drafting;
            drafting.alternatives.has_elements(drafting.model, *head)
        }) {
            let item = self.drafting.item(Key::Substitutes(head));
            let member = shapes::nameless(Place::Inline(item), Vec::new());
            let slot = Slot { preferred, chosen, rank, name, docs, ty: RustType::Item(item), member };
            self.occurring(slot, occurs, optional);
            return;
        }
        let mut flags = Vec::new();
        match element.only {
            Only::All => {}
            Only::Soap => flags.push("ONLY_SOAP"),
            Only::Plain => flags.push("ONLY_PLAIN"),
        }
        let (ty, place) = match &element.items {
            Some(items) => self.wrapped(element, items),
            None => (self.drafting.element_type(element.ty, element.block), Place::Element),
        };
        if matches!(place, Place::Element) {
            flags.extend(self.drafting.white_space(element.ty, &ty));
        }
        let list = matches!(place, Place::Wrapped(_));
        let mut facets = self.drafting.tables.of_member(
            self.drafting.model,
            element.ty,
            element.default.as_deref(),
            element.fixed.as_deref(),
        );
        let mut flags = shapes::with_default(flags, &facets);
        facets.extend(self.drafting.tables.of_occurs(occurs));
        let ty = secret(ty, element.secret, &mut flags);
        let ty = self.presence(element, ty, occurs, optional, list, &mut flags);
        self.push(Slot {
            preferred,
            chosen,
            rank,
            name,
            docs,
            ty,
            member: Member {
                name: self.drafting.wire(&element.name),
                place,
                flags,
                ty: self.drafting.type_name(element.ty).map(Box::new),
                facets,
            },
        });
    }

    /// A list in an element of its own.
    fn wrapped(&mut self, element: &ElementUse, items: &Particle) -> (RustType, Place) {
        let ParticleKind::Element(item) = &items.kind else {
            return (self.drafting.element_type(element.ty, element.block), Place::Element);
        };
        let mut flags = Vec::new();
        let (ranks, owner, item) = self.drafting.innermost(element.ty, item);
        let inner = self.drafting.element_type(item.ty, item.block);
        flags.extend(self.drafting.white_space(item.ty, &inner));
        let mut inner = secret(inner, item.secret, &mut flags);
        if item.nillable {
            flags.push("NILLABLE");
            // In .NET's lists every item may be null in theory; one that is, is reported as drift.
            if !self.net_list(element.ty) && !self.net_list(owner) {
                inner = self.or_nil(&item, inner, &mut flags);
            }
        }
        if self.drafting.is_soap_array(element.ty) {
            flags.push("ARRAY");
        }
        let mut facets = self.drafting.tables.of_member(self.drafting.model, item.ty, None, item.fixed.as_deref());
        facets.extend(self.drafting.tables.of_occurs(items.occurs));
        let (name, ty) = (self.drafting.wire(&item.name), self.drafting.type_name(item.ty));
        let lists: u8 = ranks.iter().sum();
        let place = Place::Wrapped(Box::new(Wrapped { item: name, flags, ty, facets, ranks }));
        let ty = (0..lists.max(1)).fold(inner, |ty, _| RustType::Vec(Box::new(ty)));
        (ty, place)
    }

    /// Whether a list wrapper is one of .NET's serializers'.
    fn net_list(&self, wrapper: TypeId) -> bool {
        let name = &self.drafting.model[wrapper].name;
        self.data_contract || name.given().is_some_and(|name| name.local.starts_with("ArrayOf"))
    }

    /// The type of a member by how it may be absent, nil or repeated.
    fn presence(
        &mut self,
        element: &ElementUse,
        ty: RustType,
        occurs: Occurs,
        optional: bool,
        list: bool,
        flags: &mut Vec<&'static str>,
    ) -> RustType {
        if element.nillable {
            flags.push("NILLABLE");
        }
        if occurs.repeats() {
            flags.push("REPEATED");
            if !optional {
                flags.insert(0, "REQUIRED");
            }
            if element.nillable && !self.data_contract {
                return RustType::Vec(Box::new(self.or_nil(element, ty, flags)));
            }
            return RustType::Vec(Box::new(ty));
        }
        if !optional {
            flags.insert(0, "REQUIRED");
            if list && self.drafting.model.hand_written {
                flags[0] = "ABSENT_IS_EMPTY";
                return ty;
            }
            if element.nillable && list {
                flags.push("NIL_IF_NONE");
                return RustType::Option(Box::new(ty));
            }
            return if element.nillable { self.or_nil(element, ty, flags) } else { ty };
        }
        match element.absent {
            Some(Absent::Omit) => {}
            Some(Absent::Nil) => flags.push("NIL_IF_NONE"),
            Some(Absent::Empty) => flags.push("EMPTY_IF_NONE"),
            // A hand-written contract for .NET: null is written the way each serializer writes it.
            None if self.ordinal && self.drafting.two_wires => {
                flags.push(if self.is_value_type(&ty) { "NIL_IF_NONE" } else { "NIL_IF_NONE_ON_SOAP" });
            }
            None if element.nillable && !self.data_contract => {
                if !list && self.keeps_attributes(element) {
                    return RustType::Option(Box::new(RustType::NilOr(Box::new(ty))));
                }
                return RustType::Nillable(Box::new(ty));
            }
            None => {}
        }
        if element.absent.is_none() && self.ordinal && !flags.contains(&"NILLABLE") {
            flags.push("NILLABLE");
        }
        RustType::Option(Box::new(ty))
    }

    /// A value that is there, or nil.
    fn or_nil(&self, element: &ElementUse, ty: RustType, flags: &mut Vec<&'static str>) -> RustType {
        if self.keeps_attributes(element) {
            return RustType::NilOr(Box::new(ty));
        }
        flags.push("NIL_IF_NONE");
        RustType::Option(Box::new(ty))
    }

    /// Whether an element that is nil may have attributes, which must not get lost. .NET's serializers write none.
    pub(super) fn keeps_attributes(&self, element: &ElementUse) -> bool {
        !self.data_contract && !element.secret && self.drafting.keeps_attributes(element.ty)
    }

    /// Whether .NET carries the type as a value type; enumerations of codes are integers there.
    fn is_value_type(&self, ty: &RustType) -> bool {
        match unsecret(ty) {
            RustType::Item(item) => self.drafting.is_coded(item),
            ty => scalars::is_value_type(&ty),
        }
    }
}

fn unsecret(ty: &RustType) -> RustType {
    match ty {
        RustType::Secret(inner) => (**inner).clone(),
        other => other.clone(),
    }
}
