//! What may stand where something else is declared: types told by `xsi:type`, members of substitution groups.

use crate::model::{ElementId, Name, TypeId, TypeKind};

use super::items::{Draft, Drafting, Key};
use super::ledger::{Identity, Wanted};
use super::names::{leaf, type_label};
use super::{Choice, ItemKind, Member, Place, RustType, Variant, WireName, ident, shapes};

impl Drafting<'_> {
    /// Whether other elements may stand in for this one.
    pub(super) fn has_substitutes(&self, head: ElementId) -> bool {
        self.model[head].is_abstract || self.substitutes.contains_key(&head)
    }

    pub(super) fn any_of(&mut self, id: TypeId) -> Draft {
        let mut types = Vec::new();
        self.collect_derived(id, &mut types);
        types.retain(|ty| !matches!(&self.model[*ty].kind, TypeKind::Complex(complex) if complex.is_abstract));
        let mut variants: Vec<Variant> = Vec::with_capacity(types.len() + 1);
        let owner = &self.model[id].name;
        let (ns, prefix) = (owner.ns().to_owned(), format!("member any:{} ", type_label(owner)));
        let wanted: Vec<Wanted> = types
            .iter()
            .map(|ty| {
                let name = &self.model[*ty].name;
                let (preferred, leaf) = match name {
                    Name::Given(name) => (ident::upper_camel(&name.local), leaf(&ns, name)),
                    Name::Derived { path, .. } => (ident::upper_camel(&path.join(" ")), type_label(name)),
                };
                let identity = Identity::new(&ns, format!("{prefix}{leaf}"));
                Wanted { preferred, order: name.to_string(), identity, chosen: false }
            })
            .collect();
        let scope = self.ledger.scope(&ns, &prefix);
        let idents = self.ledger.assign(&wanted, &["Unknown"], &scope);
        for (ty, ident) in types.iter().zip(idents) {
            let item = self.item(Key::Type(*ty));
            let name = self.model[*ty].name.given().cloned().unwrap_or_default();
            variants.push(Variant {
                ident,
                docs: String::new(),
                ty: RustType::Boxed(Box::new(RustType::Item(item))),
                member: Member {
                    name: self.wire(&name),
                    place: Place::Element,
                    flags: if *ty == id { vec!["DEFAULT"] } else { Vec::new() },
                    ty: None,
                    facets: Vec::new(),
                },
            });
        }
        variants.push(Variant {
            ident: "Unknown".to_owned(),
            docs: "A type this version of the contract does not list, as it came.".to_owned(),
            ty: RustType::Runtime("AnyType"),
            member: Member {
                name: WireName { ns: None, local: String::new() },
                place: Place::Any(super::Wildcard::Any),
                flags: Vec::new(),
                ty: None,
                facets: Vec::new(),
            },
        });
        let ty = &self.model[id];
        let local = ty.name.given().map_or_else(|| ty.name.to_string(), |name| name.local.clone());
        Draft {
            module: self.modules.module(ty.name.ns()),
            preferred: ident::upper_camel(&format!("Any{}", ident::upper_camel(&local))),
            key: format!("3{}", ty.name),
            docs: format!("`{local}` or a type derived from it, told by `xsi:type`."),
            wire: self.wire(&ty.name.given().cloned().unwrap_or_default()),
            kind: ItemKind::Choice(Choice { by_type: true, vacant: variants.len() - 1, variants }),
        }
    }

    /// The type and everything derived from it.
    pub(super) fn collect_derived(&self, id: TypeId, out: &mut Vec<TypeId>) {
        let mut todo = vec![id];
        while let Some(id) = todo.pop() {
            if !out.contains(&id) {
                out.push(id);
                todo.extend(self.derived.get(&id).into_iter().flatten().rev());
            }
        }
    }

    pub(super) fn substitutes_of(&mut self, head: ElementId) -> Draft {
        let mut elements = Vec::new();
        let mut todo = vec![head];
        while let Some(id) = todo.pop() {
            if !elements.contains(&id) {
                elements.push(id);
                todo.extend(self.substitutes.get(&id).into_iter().flatten().rev());
            }
        }
        elements.retain(|id| !self.model[*id].is_abstract);
        let owner = &self.model[head].name;
        let (ns, prefix) = (owner.ns.clone(), format!("member substitutes:{} ", owner.local));
        let wanted: Vec<Wanted> = elements
            .iter()
            .map(|id| {
                let name = &self.model[*id].name;
                Wanted {
                    preferred: ident::upper_camel(&name.local),
                    order: name.to_string(),
                    identity: Identity::new(&ns, format!("{prefix}{}", leaf(&ns, name))),
                    chosen: false,
                }
            })
            .collect();
        let scope = self.ledger.scope(&ns, &prefix);
        let idents = self.ledger.assign(&wanted, &["Unknown"], &scope);
        let mut variants = Vec::with_capacity(elements.len());
        for (id, ident) in elements.into_iter().zip(idents) {
            let element = &self.model[id];
            let ty = self.value_type(element.ty);
            let facets =
                self.tables.of_member(self.model, element.ty, element.default.as_deref(), element.fixed.as_deref());
            let ty = match ty {
                RustType::Item(_) => RustType::Boxed(Box::new(ty)),
                scalar => scalar,
            };
            let (ty, flags) = if element.nillable {
                (RustType::Option(Box::new(ty)), vec!["REQUIRED", "NILLABLE", "NIL_IF_NONE"])
            } else {
                (ty, vec!["REQUIRED"])
            };
            let flags = shapes::with_default(flags, &facets);
            variants.push(Variant {
                ident,
                docs: element.docs.0.clone(),
                ty,
                member: Member {
                    name: self.wire(&element.name),
                    place: Place::Element,
                    flags,
                    ty: self.type_name(element.ty),
                    facets,
                },
            });
        }
        let name = self.model[head].name.clone();
        // An element nobody fleshes out in this contract may still come from a newer one.
        variants.push(Variant {
            ident: "Unknown".to_owned(),
            docs: "An element this version of the contract does not list, as it came.".to_owned(),
            ty: RustType::Runtime("RawElement"),
            member: Member {
                name: WireName { ns: None, local: String::new() },
                place: Place::Any(super::Wildcard::List(Vec::new())),
                // Else a substitute that is missing would pass for an unknown one.
                flags: vec!["REQUIRED"],
                ty: None,
                facets: Vec::new(),
            },
        });
        Draft {
            module: self.modules.module(&name.ns),
            preferred: ident::upper_camel(&format!("{}Element", ident::upper_camel(&name.local))),
            key: format!("3{name}"),
            docs: format!("`{}` or an element of its substitution group.", name.local),
            wire: self.wire(&name),
            kind: ItemKind::Choice(Choice { by_type: false, vacant: 0, variants }),
        }
    }
}
