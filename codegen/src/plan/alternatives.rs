//! What may stand where something else is declared: types told by `xsi:type`, members of substitution groups.

use crate::model::{Block, ElementId, Name, QName, Text, TypeId, TypeKind};

use super::items::{Draft, Drafting, Key};
use super::ledger::{Identity, Wanted};
use super::names::{leaf, type_label};
use super::{Choice, ItemKind, Member, Place, RustType, Variant, ident, shapes};

impl Drafting<'_> {
    pub(super) fn any_of(&mut self, id: TypeId, block: Block) -> Draft {
        let mut types = self.alternatives.types(self.model, id, block);
        types.retain(|ty| !matches!(&self.model[*ty].kind, TypeKind::Complex(complex) if complex.is_abstract));
        let ty = &self.model[id];
        let local = ty.name.given().map_or_else(|| ty.name.to_string(), |name| name.local.to_string());
        let name = ty.name.given().cloned().unwrap_or_default();
        let unknown = shapes::nameless(Place::Any(super::Wildcard::Any), Vec::new());
        let identity = Identity::new(ty.name.ns(), format!("form any:{}", type_label(&ty.name)));
        // A base is open in one way only. What is left where an element blocks part of it is an enum, however wide.
        let open = block == Block::NONE && self.forms.is_open(&name, types.len(), identity, &mut self.ledger);
        let (kind, how) = if open {
            (ItemKind::Open(self.open_types(id, &types, unknown)), HOW_TO)
        } else {
            (ItemKind::Choice(self.enum_of_types(id, block, &types, unknown)), "")
        };
        let (suffix, derived) = match block {
            Block { extension: true, restriction: false, .. } => ("Restriction", "a type that restricts it"),
            Block { extension: false, restriction: true, .. } => ("Extension", "a type that extends it"),
            Block { extension: true, .. } => ("Alone", "nothing else"),
            Block { .. } => ("", "a type derived from it"),
        };
        let ty = &self.model[id];
        Draft {
            module: self.modules.module(ty.name.ns()),
            preferred: ident::upper_camel(&format!("Any{}{suffix}", ident::upper_camel(&local))),
            key: format!("3{}{}", ty.name, blocked(block)),
            docs: format!("`{local}` or {derived}, told by `xsi:type`.{how}").into(),
            wire: self.wire(&name),
            kind,
        }
    }

    fn enum_of_types(&mut self, base: TypeId, block: Block, types: &[TypeId], unknown: Member) -> Choice {
        let owner = &self.model[base].name;
        let (ns, prefix) = (owner.ns().to_owned(), format!("member any:{}{} ", type_label(owner), blocked(block)));
        let wanted: Vec<Wanted> = types
            .iter()
            .map(|ty| {
                let name = &self.model[*ty].name;
                let (preferred, leaf) = match name {
                    Name::Given(name) => (ident::upper_camel(&name.local), leaf(&ns, name)),
                    Name::Derived { path, .. } => (ident::of_path(path), type_label(name)),
                };
                let identity = Identity::new(&ns, format!("{prefix}{leaf}"));
                Wanted { preferred, order: name.to_string().into(), identity, chosen: false }
            })
            .collect();
        let scope = self.ledger.scope(&ns, &prefix);
        let idents = self.ledger.assign(wanted, &["Self", "Unknown"], &scope);
        let mut variants: Vec<Variant> = Vec::with_capacity(types.len() + 1);
        for (ty, ident) in types.iter().zip(idents) {
            let item = self.item(Key::Type(*ty));
            let name = self.model[*ty].name.given().cloned().unwrap_or_default();
            variants.push(Variant {
                ident,
                docs: Text::new(),
                ty: RustType::Boxed(Box::new(RustType::Item(item))),
                member: self.type_member(&name, *ty == base),
            });
        }
        variants.push(Variant {
            ident: "Unknown".to_owned(),
            docs: "A type this version of the contract does not list, as it came.".into(),
            ty: RustType::Runtime("AnyType"),
            member: unknown,
        });
        Choice { by_type: true, vacant: variants.len() - 1, variants }
    }

    /// A type's place among those that `xsi:type` tells apart. The base itself is meant where nothing is said.
    pub(super) fn type_member(&mut self, name: &QName, is_base: bool) -> Member {
        let flags = if is_base { vec!["DEFAULT"] } else { Vec::new() };
        Member { name: self.wire(name), place: Place::Element, flags, ty: None, facets: Vec::new() }
    }

    pub(super) fn substitutes_of(&mut self, head: ElementId) -> Draft {
        let mut elements = self.alternatives.elements(self.model, head);
        elements.retain(|id| !self.model[*id].is_abstract);
        let name = self.model[head].name.clone();
        // Required: else a substitute that is missing would pass for an unknown one.
        let unknown = shapes::nameless(Place::Any(super::Wildcard::List(Vec::new())), vec!["REQUIRED"]);
        let identity = Identity::new(&name.ns, format!("form substitutes:{}", name.local));
        let (kind, how) = if self.forms.is_open(&name, elements.len(), identity, &mut self.ledger) {
            (ItemKind::Open(self.open_elements(head, &elements, unknown)), HOW_TO)
        } else {
            (ItemKind::Choice(self.enum_of_elements(head, &elements, unknown)), "")
        };
        Draft {
            module: self.modules.module(&name.ns),
            preferred: ident::upper_camel(&format!("{}Element", ident::upper_camel(&name.local))),
            key: format!("3{name}"),
            docs: format!("`{}` or an element of its substitution group.{how}", name.local).into(),
            wire: self.wire(&name),
            kind,
        }
    }

    fn enum_of_elements(&mut self, head: ElementId, elements: &[ElementId], unknown: Member) -> Choice {
        let owner = &self.model[head].name;
        let (ns, prefix) = (owner.ns.clone(), format!("member substitutes:{} ", owner.local));
        let wanted: Vec<Wanted> = elements
            .iter()
            .map(|id| {
                let name = &self.model[*id].name;
                Wanted {
                    preferred: ident::upper_camel(&name.local),
                    order: name.to_string().into(),
                    identity: Identity::new(&ns, format!("{prefix}{}", leaf(&ns, name))),
                    chosen: false,
                }
            })
            .collect();
        let scope = self.ledger.scope(&ns, &prefix);
        let idents = self.ledger.assign(wanted, &["Self", "Unknown"], &scope);
        let mut variants = Vec::with_capacity(elements.len() + 1);
        for (id, ident) in elements.iter().zip(idents) {
            let (ty, member) = self.element_member(*id);
            variants.push(Variant { ident, docs: self.model[*id].docs.0.clone(), ty, member });
        }
        // An element nobody fleshes out in this contract may still come from a newer one.
        variants.push(Variant {
            ident: "Unknown".to_owned(),
            docs: "An element this version of the contract does not list, as it came.".into(),
            ty: RustType::Runtime("RawElement"),
            member: unknown,
        });
        Choice { by_type: false, vacant: 0, variants }
    }

    /// What an element of a substitution group holds, and its place in the group.
    pub(super) fn element_member(&mut self, id: ElementId) -> (RustType, Member) {
        let element = &self.model[id];
        let ty = self.element_type(element.ty, element.block);
        let white_space = self.white_space(element.ty, &ty);
        let ty = match ty {
            ty @ RustType::Item(_) => RustType::Boxed(Box::new(ty)),
            scalar => scalar,
        };
        let (ty, mut flags) = if element.nillable && self.keeps_attributes(element.ty) {
            (RustType::NilOr(Box::new(ty)), vec!["REQUIRED", "NILLABLE"])
        } else if element.nillable {
            (RustType::Option(Box::new(ty)), vec!["REQUIRED", "NILLABLE", "NIL_IF_NONE"])
        } else {
            (ty, vec!["REQUIRED"])
        };
        flags.extend(white_space);
        let facets =
            self.tables.of_member(self.model, element.ty, element.default.as_deref(), element.fixed.as_deref());
        let flags = shapes::with_default(flags, &facets);
        let (name, place) = (self.wire(&element.name), Place::Element);
        (ty, Member { name, place, flags, ty: self.type_name(element.ty).map(Box::new), facets })
    }
}

/// Said of every type in the open form.
const HOW_TO: &str = "\n\nAn open type: `rt::Any` tells how values go in and come out.";

/// What an element blocks, in the name of what is left on record.
pub(super) fn blocked(block: Block) -> &'static str {
    match block {
        Block { extension: false, restriction: false, .. } => "",
        Block { extension: true, restriction: false, .. } => " block:extension",
        Block { extension: false, .. } => " block:restriction",
        Block { .. } => " block:all",
    }
}
