//! A complex type's attributes and content model as the fields of a struct.
//!
//! Sequences become fields; a choice becomes an enum; what repeats as a group becomes a struct of its own in a `Vec`. Mixed
//! content is a `Vec` of text and elements in document order.

use crate::model::{
    Absent, Attribute, Complex, Content, Counter, ElementUse, Layout, Occurs, Only, Particle, ParticleKind, QName,
    Text, TypeId, TypeKind, WhiteSpace,
};

use super::items::{Draft, Drafting, Key};
use super::ledger::Order;
use super::names::leaf;
use super::parts::{self, Leaf, Part};
use super::{
    Choice, Field, ItemId, ItemKind, Member, ModuleId, Place, Record, RecordKind, RustType, Variant, WireName, Wrapped,
    counts, ident, items, scalars, shapes,
};

/// A field or variant before it has a name.
pub(super) struct Slot {
    /// The name it would like.
    preferred: String,
    /// The contract's author chose that.
    chosen: bool,
    /// Of several that would like the same name, the first by rank and name keeps it.
    rank: &'static str,
    /// The element or attribute it is for.
    name: Option<QName>,
    docs: Text,
    /// The type of one occurrence.
    ty: RustType,
    member: Member,
}

/// Ranks of slots: an element keeps its name before an attribute that would like the same one.
const ELEMENT: &str = "4";
const ATTRIBUTE: &str = "5";

/// The kind of item a complex type becomes.
pub(super) fn complex(drafting: &mut Drafting<'_>, item: ItemId, id: TypeId, complex: &Complex) -> ItemKind {
    let mut content = Reader::new(drafting, item, id, complex);
    let (mut kind, members) = content.of(complex);
    let parts = content.parts;
    // Which part is which on record is known when all are.
    let taken: &[&str] = if matches!(kind, ItemKind::Choice(_)) { &["Self"] } else { &[] };
    let idents = parts::name(drafting, id, taken, members, parts);
    parts::put(&mut kind, idents);
    kind
}
/// Collects the fields of one type.
struct Reader<'d, 'm> {
    drafting: &'d mut Drafting<'m>,
    /// The type whose content this is, at any depth of groups.
    item: ItemId,
    owner: TypeId,
    data_contract: bool,
    ordinal: bool,
    /// What the parts of this type are called after.
    name: String,
    slots: Vec<Slot>,
    parts: Vec<Part>,
}

impl<'d, 'm> Reader<'d, 'm> {
    fn new(drafting: &'d mut Drafting<'m>, item: ItemId, owner: TypeId, complex: &Complex) -> Self {
        let name = match &drafting.model[owner].name {
            crate::model::Name::Given(name) => ident::upper_camel(&name.local),
            crate::model::Name::Derived { path, .. } => ident::of_path(path),
        };
        let data_contract = complex.data_contract || drafting.model.hand_written;
        Self {
            drafting,
            item,
            owner,
            data_contract,
            ordinal: complex.ordinal,
            name,
            slots: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// What the type becomes, and its members, still without their names.
    fn of(&mut self, complex: &Complex) -> (ItemKind, Vec<parts::Member>) {
        match &complex.layout {
            Layout::Slots { more } => return self.slots(*more),
            Layout::Packed { separators } => return self.packed(separators.clone()),
            Layout::Xml => {}
        }
        for attribute in &complex.attributes {
            self.attribute(attribute);
        }
        if let Some(wildcard) = &complex.any_attribute {
            self.push(Slot {
                preferred: "any_attributes".to_owned(),
                rank: "8",
                name: None,
                chosen: false,
                docs: "Attributes the contract does not name.".into(),
                ty: RustType::Vec(Box::new(RustType::Runtime("RawAttribute"))),
                member: shapes::nameless(Place::AnyAttribute(shapes::wildcard(&wildcard.namespaces)), Vec::new()),
            });
        }
        let mut kind = RecordKind::Record;
        match &complex.content {
            Content::Empty if complex.mixed => self.mixed(None),
            Content::Empty => {}
            Content::Text(ty) => self.text(*ty),
            Content::Particles(particle) if complex.mixed => self.mixed(Some(particle)),
            Content::Particles(particle) => {
                if let Some(choice) = self.only_choice(particle) {
                    return choice;
                }
                if matches!(particle.kind, ParticleKind::All(_)) {
                    kind = RecordKind::All;
                }
                self.particle(particle, false);
            }
        }
        self.take_record(kind)
    }

    /// A reader for a part of the same type's content.
    fn inner(&mut self) -> Reader<'_, 'm> {
        Reader {
            drafting: &mut *self.drafting,
            item: self.item,
            owner: self.owner,
            data_contract: self.data_contract,
            ordinal: false,
            name: self.name.clone(),
            slots: Vec::new(),
            parts: std::mem::take(&mut self.parts),
        }
    }

    fn push(&mut self, slot: Slot) {
        self.slots.push(slot);
    }

    fn module(&self) -> ModuleId {
        self.drafting.modules.module(self.drafting.model[self.owner].name.ns())
    }

    /// Registers a part of this type's content as an item of its own.
    fn part(&mut self, suffix: &str, kind: ItemKind, members: Vec<parts::Member>) -> ItemId {
        let name = self.drafting.model[self.owner].name.to_string();
        let draft = Draft {
            module: self.module(),
            preferred: format!("{}{suffix}", self.name),
            key: format!("2{name}/{:04}", self.parts.len() + 1),
            docs: format!("Part of the content of `{}`.", self.name).into(),
            wire: WireName { ns: None, local: format!("{}.{suffix}", self.name).into() },
            kind,
        };
        let item = self.drafting.part(self.item, draft);
        self.parts.push(Part { item, suffix: suffix.to_owned(), members });
        item
    }

    fn attribute(&mut self, attribute: &Attribute) {
        let mut ty = self.drafting.value_type(attribute.ty);
        let mut flags = Vec::new();
        if attribute.required {
            flags.push("REQUIRED");
        }
        self.white_space(attribute.ty, &ty, &mut flags);
        ty = secret(ty, attribute.secret, &mut flags);
        if !attribute.required {
            ty = RustType::Option(Box::new(ty));
        }
        let (preferred, chosen) = wanted(attribute.rename.as_deref(), &attribute.name);
        // A default is not filled in: what was not sent stays `None`.
        let facets =
            self.drafting.tables.of_member(self.drafting.model, attribute.ty, None, attribute.fixed.as_deref());
        let name = self.drafting.wire(&attribute.name);
        let member = Member { name, place: Place::Attribute, flags, ty: None, facets };
        let docs = self.docs(
            &attribute.docs.0,
            attribute.ty,
            attribute.default.as_deref(),
            attribute.fixed.as_deref(),
            "left out",
        );
        self.push(Slot { preferred, chosen, rank: ATTRIBUTE, name: Some(attribute.name.clone()), docs, ty, member });
    }

    /// The contract's words, and for an undocumented member those of its type when it has no Rust type of its own.
    fn docs(&self, own: &Text, ty: TypeId, default: Option<&str>, fixed: Option<&str>, without: &str) -> Text {
        let mut docs = trimmed(own);
        if docs.is_empty()
            && matches!(&self.drafting.model[ty].kind, TypeKind::Simple(simple) if simple.values.is_empty())
        {
            docs = trimmed(&self.drafting.model[ty].docs.0);
        }
        let mut add = |text: String| {
            if !docs.is_empty() {
                docs.push_str("\n\n");
            }
            docs.push_str(&text);
        };
        if let Some(fixed) = fixed {
            add(format!("Always `{fixed}`."));
        } else if let Some(default) = default {
            add(format!("`{default}` when {without}."));
        }
        docs
    }

    fn text(&mut self, ty: TypeId) {
        let rust = self.drafting.value_type(ty);
        let mut flags = vec!["REQUIRED"];
        self.white_space(ty, &rust, &mut flags);
        let facets = self.drafting.tables.of_member(self.drafting.model, ty, None, None);
        let member = Member { facets, ..shapes::nameless(Place::Text, flags) };
        self.push(Slot {
            preferred: "value".to_owned(),
            rank: "6",
            name: None,
            chosen: false,
            docs: "The text.".into(),
            ty: rust,
            member,
        });
    }

    /// Strings, and unions that have text, need to be told what white space means; every other type knows.
    fn white_space(&self, id: TypeId, ty: &RustType, flags: &mut Vec<&'static str>) {
        if *ty == RustType::String || matches!(ty, RustType::Item(item) if self.drafting.is_textual(*item)) {
            match scalars::white_space(self.drafting.model, id) {
                WhiteSpace::Preserve => {}
                WhiteSpace::Replace => flags.push("REPLACE"),
                WhiteSpace::Collapse => flags.push("COLLAPSE"),
            }
        }
    }

    fn particle(&mut self, particle: &Particle, optional: bool) {
        if particle.occurs.max == Some(0) {
            return;
        }
        let optional = optional || particle.occurs.min == 0;
        match &particle.kind {
            ParticleKind::Element(element) => self.element(element, particle.occurs, optional),
            ParticleKind::Any(wildcard) => {
                let place = Place::Any(shapes::wildcard(&wildcard.namespaces));
                self.occurring(
                    Slot {
                        preferred: "any".to_owned(),
                        rank: "7",
                        name: None,
                        chosen: false,
                        docs: "What the contract leaves open.".into(),
                        ty: RustType::Runtime("RawElement"),
                        member: shapes::nameless(place, Vec::new()),
                    },
                    particle.occurs,
                    optional,
                );
            }
            ParticleKind::Sequence(items) | ParticleKind::All(items) => match items.as_slice() {
                [] => {}
                [only] if particle.occurs.repeats() => {
                    self.particle(&Particle { occurs: times(particle.occurs, only.occurs), ..only.clone() }, optional);
                }
                items if particle.occurs.repeats() => {
                    let mut inner = self.inner();
                    items.iter().for_each(|item| inner.particle(item, false));
                    inner.uncount();
                    let ((kind, members), parts) = (inner.take_record(RecordKind::Group), inner.parts);
                    self.parts = parts;
                    let group = self.part("Group", kind, members);
                    self.occurring(
                        Slot {
                            preferred: "groups".to_owned(),
                            rank: "7",
                            name: None,
                            chosen: false,
                            docs: Text::new(),
                            ty: RustType::Item(group),
                            member: shapes::nameless(Place::Inline(group), Vec::new()),
                        },
                        counts::groups(items, particle.occurs),
                        optional,
                    );
                }
                items => items.iter().for_each(|item| self.particle(item, optional)),
            },
            ParticleKind::Choice(branches) => match branches.as_slice() {
                [] => {}
                [only] => {
                    self.particle(&Particle { occurs: times(particle.occurs, only.occurs), ..only.clone() }, optional);
                }
                branches => {
                    let repeats = particle.occurs.repeats();
                    let (choice, members, empty) = self.choice(branches, repeats);
                    let Some(choice) = choice else { return };
                    let occurs = if repeats { counts::choices(branches, particle.occurs) } else { particle.occurs };
                    let item = self.part("Choice", ItemKind::Choice(choice), members);
                    self.occurring(
                        Slot {
                            preferred: if repeats { "choices" } else { "choice" }.to_owned(),
                            rank: "7",
                            name: None,
                            chosen: false,
                            docs: Text::new(),
                            ty: RustType::Item(item),
                            member: shapes::nameless(Place::Inline(item), Vec::new()),
                        },
                        occurs,
                        optional || empty,
                    );
                }
            },
        }
    }

    /// Of a group that repeats: a member that may make up the group alone goes on in the next one, and is read as one list; how
    /// many there may be of it in one group says nothing then.
    fn uncount(&mut self) {
        let required = |slot: &Slot| slot.member.flags.contains(&"REQUIRED");
        let all = self.slots.iter().filter(|slot| required(slot)).count();
        for slot in &mut self.slots {
            if all == usize::from(required(slot)) {
                slot.member.facets.retain(|facet| !matches!(facet, super::facets::Facet::Occurs(..)));
            }
        }
    }

    /// Wraps the type by how often it occurs, and says so in the flags.
    fn occurring(&mut self, mut slot: Slot, occurs: Occurs, optional: bool) {
        if !optional {
            slot.member.flags.insert(0, "REQUIRED");
        }
        if occurs.repeats() {
            slot.member.facets.extend(self.drafting.tables.of_occurs(occurs));
            slot.member.flags.push("REPEATED");
            slot.ty = RustType::Vec(Box::new(slot.ty));
        } else if optional {
            slot.ty = RustType::Option(Box::new(slot.ty));
        }
        self.push(slot);
    }

    fn element(&mut self, element: &ElementUse, occurs: Occurs, optional: bool) {
        let (preferred, chosen) = wanted(element.rename.as_deref(), &element.name);
        let (rank, name) = (ELEMENT, Some(element.name.clone()));
        let docs =
            self.docs(&element.docs.0, element.ty, element.default.as_deref(), element.fixed.as_deref(), "empty");
        if let Some(head) = element.global.filter(|head| self.drafting.has_substitutes(*head)) {
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
            None => (self.drafting.element_type(element.ty), Place::Element),
        };
        if matches!(place, Place::Element) {
            self.white_space(element.ty, &ty, &mut flags);
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
            return (self.drafting.element_type(element.ty), Place::Element);
        };
        let mut flags = Vec::new();
        let (ranks, owner, item) = self.drafting.innermost(element.ty, item);
        let inner = self.drafting.element_type(item.ty);
        self.white_space(item.ty, &inner, &mut flags);
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
    fn keeps_attributes(&self, element: &ElementUse) -> bool {
        !self.data_contract && !element.secret && self.drafting.keeps_attributes(element.ty)
    }

    /// Whether .NET carries the type as a value type; enumerations of codes are integers there.
    fn is_value_type(&self, ty: &RustType) -> bool {
        match unsecret(ty) {
            RustType::Item(item) => self.drafting.is_coded(item),
            ty => scalars::is_value_type(&ty),
        }
    }

    /// The variants of a choice, and whether it may be empty. `None` when nothing is left to choose.
    fn choice(&mut self, branches: &[Particle], repeats: bool) -> (Option<Choice>, Vec<parts::Member>, bool) {
        let mut inner = self.inner();
        let mut empty = false;
        inner.branches(branches, repeats, &mut empty);
        let ((variants, members), parts) = (inner.take_variants(), inner.parts);
        self.parts = parts;
        let choice = (!variants.is_empty()).then_some(Choice { by_type: false, variants, vacant: 0 });
        (choice, members, empty)
    }

    fn branches(&mut self, branches: &[Particle], repeats: bool, empty: &mut bool) {
        for branch in branches {
            if branch.occurs.max == Some(0) {
                continue;
            }
            *empty |= branch.occurs.min == 0;
            // A branch that repeats inside a choice that repeats says nothing more.
            let once = if repeats { Occurs::ONCE } else { Occurs { min: branch.occurs.min.max(1), ..branch.occurs } };
            match &branch.kind {
                ParticleKind::Choice(inner) if !once.repeats() => self.branches(inner, repeats, empty),
                ParticleKind::Sequence(items) | ParticleKind::All(items) => match items.as_slice() {
                    [] => *empty = true,
                    [only] => {
                        let occurs = times(branch.occurs, only.occurs);
                        self.branches(&[Particle { occurs, ..only.clone() }], repeats, empty);
                    }
                    items => {
                        let mut inner = self.inner();
                        items.iter().for_each(|item| inner.particle(item, false));
                        *empty |= inner.slots.iter().all(|slot| !slot.member.flags.contains(&"REQUIRED"));
                        let preferred = ident::upper_camel(inner.slots.first().map_or("Group", |slot| &slot.preferred));
                        let ((kind, members), parts) = (inner.take_record(RecordKind::Group), inner.parts);
                        self.parts = parts;
                        let group = self.part(&format!("{preferred}Group"), kind, members);
                        self.occurring(
                            Slot {
                                preferred: format!("{preferred}Group"),
                                rank: "7",
                                name: None,
                                chosen: false,
                                docs: Text::new(),
                                ty: RustType::Item(group),
                                member: shapes::nameless(Place::Inline(group), Vec::new()),
                            },
                            once,
                            false,
                        );
                    }
                },
                _ => self.particle(&Particle { occurs: once, ..branch.clone() }, false),
            }
        }
    }

    /// A type whose content is exactly one choice, and that has no attributes, is that choice's enum itself.
    fn only_choice(&mut self, particle: &Particle) -> Option<(ItemKind, Vec<parts::Member>)> {
        let mut at = particle;
        loop {
            if at.occurs != Occurs::ONCE || !self.slots.is_empty() {
                return None;
            }
            match &at.kind {
                ParticleKind::Sequence(items) if items.len() == 1 => at = &items[0],
                ParticleKind::Choice(branches) if branches.len() > 1 => {
                    let (choice, members, empty) = self.choice(branches, false);
                    // Where nothing may be chosen, or what is chosen repeats beside its tags, a struct around it can say so.
                    return match choice {
                        Some(choice) if !empty => Some((ItemKind::Choice(choice), members)),
                        _ => None,
                    };
                }
                _ => return None,
            }
        }
    }

    /// Mixed content: text and elements in document order.
    fn mixed(&mut self, particle: Option<&Particle>) {
        let mut inner = self.inner();
        inner.slots.push(Slot {
            preferred: "Text".to_owned(),
            rank: "0",
            name: None,
            chosen: false,
            docs: "Text between the elements.".into(),
            ty: RustType::String,
            member: shapes::nameless(Place::Text, vec!["REQUIRED"]),
        });
        if let Some(particle) = particle {
            let mut leaves = Vec::new();
            leaves_of(particle, &mut leaves);
            inner.branches(&leaves, true, &mut false);
        }
        let ((variants, members), parts) = (inner.take_variants(), inner.parts);
        self.parts = parts;
        let item = self.part("Content", ItemKind::Choice(Choice { by_type: false, variants, vacant: 0 }), members);
        self.push(Slot {
            preferred: "content".to_owned(),
            rank: "6",
            name: None,
            chosen: false,
            docs: "Text and elements, in document order.".into(),
            ty: RustType::Vec(Box::new(RustType::Item(item))),
            member: shapes::nameless(Place::Inline(item), vec!["REPEATED"]),
        });
    }

    fn slots(&mut self, more: bool) -> (ItemKind, Vec<parts::Member>) {
        for element in self.elements() {
            let (mut ty, mut flags) = (self.drafting.value_type(element.0.ty), Vec::new());
            let slot = element.0.slot.clone().unwrap_or_default();
            let list = element.1.repeats() || element.0.items.is_some();
            if let Some(items) = &element.0.items
                && let ParticleKind::Element(item) = &items.kind
            {
                ty = self.drafting.value_type(item.ty);
            }
            if list {
                ty = RustType::Vec(Box::new(ty));
            }
            ty = secret(ty, element.0.secret, &mut flags);
            if element.1.min == 0 && !list {
                ty = RustType::Option(Box::new(ty));
            } else if slot.trailing && list {
                // An omitted tail and an empty list are the same thing: nothing follows.
            } else {
                flags.insert(0, "REQUIRED");
            }
            if slot.trailing {
                flags.push("TRAILING");
            }
            let count = match slot.count {
                None => "None",
                Some(Counter::Entries) => "Entries",
                Some(Counter::Values) => "Values",
            };
            self.positional(&element.0, ty, Place::Slot(count), flags);
        }
        if more {
            self.push(Slot {
                preferred: "more".to_owned(),
                rank: "9",
                name: None,
                chosen: false,
                docs: "Slots a newer version of the service added at the end.".into(),
                ty: RustType::Vec(Box::new(RustType::Runtime("XmlRpcValue"))),
                member: Member {
                    name: WireName { ns: None, local: "more".into() },
                    place: Place::Rest,
                    flags: Vec::new(),
                    ty: None,
                    facets: Vec::new(),
                },
            });
        }
        self.take_record(RecordKind::Slots)
    }

    fn packed(&mut self, separators: Vec<String>) -> (ItemKind, Vec<parts::Member>) {
        for element in self.elements() {
            let mut flags = Vec::new();
            let none = element.0.slot.as_ref().and_then(|slot| slot.none.clone());
            let mut ty = secret(self.drafting.value_type(element.0.ty), element.0.secret, &mut flags);
            if element.1.min == 0 {
                ty = RustType::Option(Box::new(ty));
            } else {
                flags.insert(0, "REQUIRED");
            }
            self.positional(&element.0, ty, Place::Part(none), flags);
        }
        self.take_record(RecordKind::Packed(separators))
    }

    fn positional(&mut self, element: &ElementUse, ty: RustType, place: Place, flags: Vec<&'static str>) {
        let mut docs = trimmed(&element.docs.0);
        if let Some(max) = element.slot.as_ref().and_then(|slot| slot.max_len) {
            if !docs.is_empty() {
                docs.push_str("\n\n");
            }
            docs.push_str(&format!("At most {max} characters."));
        }
        let (preferred, chosen) = wanted(element.rename.as_deref(), &element.name);
        let name = WireName { ns: None, local: element.name.local.clone() };
        let mut facets = self.drafting.tables.of_member(self.drafting.model, element.ty, None, None);
        facets.extend(self.drafting.tables.of_length(element.slot.as_ref().and_then(|slot| slot.max_len)));
        self.push(Slot {
            preferred,
            chosen,
            rank: ELEMENT,
            name: Some(element.name.clone()),
            docs,
            ty,
            member: Member { name, place, flags, ty: None, facets },
        });
    }

    /// The members of a positional layout: always one flat sequence.
    fn elements(&self) -> Vec<(ElementUse, Occurs)> {
        let TypeKind::Complex(Complex { content: Content::Particles(particle), .. }) =
            &self.drafting.model[self.owner].kind
        else {
            return Vec::new();
        };
        let mut leaves = Vec::new();
        leaves_of(particle, &mut leaves);
        leaves
            .into_iter()
            .filter_map(|leaf| match leaf.kind {
                ParticleKind::Element(element) => Some((*element, leaf.occurs)),
                _ => None,
            })
            .collect()
    }

    fn take_record(&mut self, kind: RecordKind) -> (ItemKind, Vec<parts::Member>) {
        let slots = std::mem::take(&mut self.slots);
        let members = self.members(&slots);
        let fields: Vec<Field> = slots
            .into_iter()
            .map(|slot| Field { ident: slot.preferred, docs: slot.docs, ty: slot.ty, member: slot.member })
            .collect();
        let ordinal = if self.ordinal { shapes::ordinal(&fields) } else { Vec::new() };
        if fields.is_empty() {
            return (ItemKind::Record(items::empty_record()), members);
        }
        let default = fields.iter().all(|field| may_be_left_out(&field.ty));
        (ItemKind::Record(Record { kind, fields, ordinal, default }), members)
    }

    fn take_variants(&mut self) -> (Vec<Variant>, Vec<parts::Member>) {
        let mut slots = std::mem::take(&mut self.slots);
        // One element may stand in several branches; the first one is met first when reading, so it is the one to keep.
        let mut seen: Vec<(WireName, bool)> = Vec::new();
        slots.retain(|slot| {
            let named = matches!(slot.member.place, Place::Element | Place::Wrapped(_));
            let key = (slot.member.name.clone(), named);
            if named && seen.contains(&key) {
                return false;
            }
            seen.push(key);
            true
        });
        let mut members = self.members(&slots);
        for (slot, member) in slots.iter_mut().zip(&mut members) {
            slot.preferred = ident::upper_camel(slot.preferred.trim_start_matches("r#"));
            if matches!(slot.member.place, Place::Element | Place::Wrapped(_)) {
                slot.preferred = ident::upper_camel(&slot.member.name.local);
                member.chosen = false;
            }
            member.preferred.clone_from(&slot.preferred);
        }
        let variants = slots
            .into_iter()
            .map(|slot| Variant { ident: slot.preferred, docs: slot.docs, ty: slot.ty, member: slot.member })
            .collect();
        (variants, members)
    }

    /// What the slots' names stand for.
    fn members(&self, slots: &[Slot]) -> Vec<parts::Member> {
        let owner = self.drafting.model[self.owner].name.ns();
        let recorded = !self.drafting.ledger.is_off();
        let member = |(index, slot): (usize, &Slot)| {
            let leaf = match (&slot.name, &slot.member.place) {
                (None, Place::Inline(part)) => Leaf::Part(*part),
                // Without a record nobody asks what a name stands for.
                _ if !recorded => Leaf::Wire(String::new()),
                (Some(name), Place::Attribute) => Leaf::Wire(format!("@{}", leaf(owner, name))),
                (Some(name), _) => Leaf::Wire(leaf(owner, name)),
                (None, _) => Leaf::Wire(format!("#{}", slot.preferred)),
            };
            let order = Order::Member { rank: slot.rank, name: slot.name.clone(), index };
            parts::Member { preferred: slot.preferred.clone(), order, leaf, chosen: slot.chosen }
        };
        slots.iter().enumerate().map(member).collect()
    }
}

/// The name a member would like, and whether the contract's author chose it.
fn wanted(rename: Option<&str>, name: &QName) -> (String, bool) {
    let own = ident::snake(&name.local);
    match rename {
        Some(rename) => (rename.to_owned(), rename != own),
        None => (own, false),
    }
}

/// The text without space around it; nearly none has any.
fn trimmed(text: &Text) -> Text {
    let inside = text.trim();
    if inside.len() == text.len() { text.clone() } else { inside.into() }
}

fn secret(ty: RustType, secret: bool, flags: &mut Vec<&'static str>) -> RustType {
    if secret {
        flags.push("SECRET");
        RustType::Secret(Box::new(ty))
    } else {
        ty
    }
}

fn unsecret(ty: &RustType) -> RustType {
    match ty {
        RustType::Secret(inner) => (**inner).clone(),
        other => other.clone(),
    }
}

/// Whether a value of the type can say that there is nothing.
fn may_be_left_out(ty: &RustType) -> bool {
    match ty {
        RustType::Option(_) | RustType::Vec(_) | RustType::Nillable(_) | RustType::NilOr(_) => true,
        RustType::Secret(inner) => may_be_left_out(inner),
        _ => false,
    }
}

/// How often something occurs that occurs within something that occurs.
fn times(outer: Occurs, inner: Occurs) -> Occurs {
    let max = match (outer.max, inner.max) {
        (Some(a), Some(b)) => a.checked_mul(b),
        (Some(0), None) | (None, Some(0)) => Some(0),
        _ => None,
    };
    Occurs { min: outer.min.saturating_mul(inner.min), max }
}

/// The elements and wildcards of a content model, without its groups.
fn leaves_of(particle: &Particle, out: &mut Vec<Particle>) {
    match &particle.kind {
        ParticleKind::Element(_) | ParticleKind::Any(_) => out.push(particle.clone()),
        ParticleKind::Sequence(items) | ParticleKind::Choice(items) | ParticleKind::All(items) => {
            items.iter().for_each(|item| leaves_of(item, out));
        }
    }
}
