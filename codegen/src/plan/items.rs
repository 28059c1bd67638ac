//! Which Rust types there are: one for each complex type and enumeration, and those that content models call for
//! (choices, groups, substitution groups, types chosen by `xsi:type`).
//!
//! Types are drafted with references by index, named all at once when all are known, and sorted by name, so that neither
//! names nor places depend on the order of declarations.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::{
    self, Builtin, Complex, Content, ElementId, Layout, Model, Name, QName, Simple, SimpleKind, TypeId, TypeKind,
};
use crate::passes;

use super::modules::Modules;
use super::{
    Choice, Coded, Enumeration, Item, ItemId, ItemKind, Member, ModuleId, Place, Plan, PlanOptions, Record, RecordKind,
    RustType, Value, Variant, WireName, content, ident, scalars,
};

/// What a drafted type was made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// A type of the model.
    Type(TypeId),
    /// The types that may stand where this one is declared.
    AnyOf(TypeId),
    /// The elements that may stand in for this one.
    Substitutes(ElementId),
    /// Part of another type's content.
    Part { owner: ItemId, number: usize },
}

/// A type before it has a name.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) module: ModuleId,
    /// The name it would like.
    pub(super) preferred: String,
    /// Tells it apart from others that would like the same name.
    pub(super) key: String,
    pub(super) docs: String,
    pub(super) wire: WireName,
    pub(super) kind: ItemKind,
}

/// All drafts.
pub(super) struct Drafts {
    pub(super) items: Vec<Draft>,
    pub(super) modules: Modules,
    pub(super) by_key: BTreeMap<Key, ItemId>,
}

/// What drafting looks at and adds to.
pub(super) struct Drafting<'m> {
    pub(super) model: &'m Model,
    pub(super) modules: Modules,
    /// Types that directly extend or restrict a type, sorted by name.
    derived: BTreeMap<TypeId, Vec<TypeId>>,
    /// Elements that directly name an element as their head, sorted by name.
    substitutes: BTreeMap<ElementId, Vec<ElementId>>,
    /// Types used as a message body.
    messages: BTreeSet<TypeId>,
    /// Types the caller provides.
    externs: BTreeMap<TypeId, String>,
    /// Some binding is plain XML beside a SOAP one.
    pub(super) two_wires: bool,
    /// Types of SOAP encoding itself that no message needs.
    unused: BTreeSet<TypeId>,
    /// Some operation's messages use SOAP encoding, so that members have to know the names of their types.
    encoded: bool,
    pub(super) slots: Vec<Option<Draft>>,
    by_key: BTreeMap<Key, ItemId>,
    todo: Vec<(ItemId, Key)>,
}

/// Drafts every type of the model that deserves one.
pub(super) fn draft(model: &Model, options: &PlanOptions, diagnostics: &mut Diagnostics) -> Drafts {
    let mut drafting = Drafting::new(model, options, diagnostics);
    for id in drafting.roots() {
        drafting.item(Key::Type(id));
    }
    while let Some((item, key)) = drafting.todo.pop() {
        let draft = match &key {
            Key::Type(id) => drafting.of_type(item, *id),
            Key::AnyOf(id) => drafting.any_of(*id),
            Key::Substitutes(id) => drafting.substitutes_of(*id),
            // Parts are drafted where they are found.
            Key::Part { .. } => continue,
        };
        drafting.slots[item.0] = Some(draft);
    }
    let items = drafting.slots.into_iter().map(|slot| slot.expect("everything asked for was drafted")).collect();
    Drafts { items, modules: drafting.modules, by_key: drafting.by_key }
}

impl<'m> Drafting<'m> {
    fn new(model: &'m Model, options: &PlanOptions, diagnostics: &mut Diagnostics) -> Self {
        let mut derived: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        for id in model.type_ids() {
            if let TypeKind::Complex(Complex { derivation: Some(derivation), .. }) = &model[id].kind {
                derived.entry(derivation.base).or_default().push(id);
            }
        }
        derived.values_mut().for_each(|ids| ids.sort_by(|a, b| model[*a].name.cmp(&model[*b].name)));
        let mut substitutes: BTreeMap<ElementId, Vec<ElementId>> = BTreeMap::new();
        for id in model.element_ids() {
            if let Some(head) = model[id].substitutes {
                substitutes.entry(head).or_default().push(id);
            }
        }
        substitutes.values_mut().for_each(|ids| ids.sort_by(|a, b| model[*a].name.cmp(&model[*b].name)));
        let mut messages = BTreeSet::new();
        for operation in model.services.iter().flat_map(|service| &service.operations) {
            messages.insert(operation.input.ty);
            messages.extend(operation.output.as_ref().map(|output| output.ty));
        }
        let mut protocols =
            model.services.iter().flat_map(|service| &service.bindings).map(|binding| &binding.protocol);
        let two_wires = protocols.any(|protocol| matches!(protocol, model::Protocol::Plain { .. }));
        let unused = unused(model);
        let (types, all) = namespaces(model, &unused);
        Self {
            model,
            modules: Modules::new(&types, &all, options.flat || model.hand_written),
            derived,
            substitutes,
            messages,
            externs: externs(model, options, diagnostics),
            two_wires,
            encoded: is_encoded(model),
            unused,
            slots: Vec::new(),
            by_key: BTreeMap::new(),
            todo: Vec::new(),
        }
    }

    /// Types to draft even if nothing refers to them: messages, global elements' types and named types, but for list
    /// wrappers that have become `Vec`s.
    fn roots(&self) -> Vec<TypeId> {
        let model = self.model;
        let mut roots: BTreeSet<TypeId> = self.messages.clone();
        for operation in model.services.iter().flat_map(|service| &service.operations) {
            roots.extend(operation.faults.iter().map(|fault| fault.ty));
            roots.extend(operation.headers.iter().map(|header| header.ty));
        }
        roots.extend(model.error_tables.iter().map(|table| table.ty));
        let wrapper = |id: TypeId| passes::arrays::items(model, id).is_some();
        for element in model.element_ids() {
            let ty = model[element].ty;
            if !wrapper(ty) || matches!(model[ty].name, Name::Derived { .. }) {
                roots.insert(ty);
            }
        }
        roots.extend(model.type_ids().filter(|id| model[*id].name.given().is_some() && !wrapper(*id)));
        roots.into_iter().filter(|id| self.deserves_item(*id) && !self.unused.contains(id)).collect()
    }

    /// Whether a type of the model becomes a Rust type of its own.
    fn deserves_item(&self, id: TypeId) -> bool {
        if self.externs.contains_key(&id) {
            return false;
        }
        match &self.model[id].kind {
            TypeKind::Complex(_) => true,
            TypeKind::Simple(_) => self.enumeration_of(id) == Some(id),
        }
    }

    /// The item for a key; drafted now or later.
    pub(super) fn item(&mut self, key: Key) -> ItemId {
        if let Some(id) = self.by_key.get(&key) {
            return *id;
        }
        self.slots.push(None);
        let id = ItemId(self.slots.len() - 1);
        self.by_key.insert(key.clone(), id);
        self.todo.push((id, key));
        id
    }

    /// What an item was made from.
    pub(super) fn key_of(&self, item: ItemId) -> Option<Key> {
        self.by_key.iter().find(|(_, id)| **id == item).map(|(key, _)| key.clone())
    }

    /// An item for a part of another item's content.
    pub(super) fn part(&mut self, owner: ItemId, draft: Draft) -> ItemId {
        let number = self.slots.len();
        let id = self.item(Key::Part { owner, number });
        self.slots[id.0] = Some(draft);
        id
    }

    /// The simple type up the chain of restrictions that enumerates values.
    fn enumeration_of(&self, mut id: TypeId) -> Option<TypeId> {
        loop {
            let TypeKind::Simple(simple) = &self.model[id].kind else { return None };
            if !self.values(simple).is_empty() {
                return Some(id);
            }
            match simple.kind {
                SimpleKind::Restriction(base) => id = base,
                _ => return None,
            }
        }
    }

    /// The values a simple type enumerates: its own, or for a union all its members' where each enumerates.
    fn values(&self, simple: &Simple) -> Vec<model::EnumValue> {
        if let SimpleKind::List(_) = simple.kind {
            return Vec::new();
        }
        if !simple.values.is_empty() {
            // A list restricted to whole lists of values stays a list.
            return if self.is_list(&simple.kind) { Vec::new() } else { simple.values.clone() };
        }
        let SimpleKind::Union(members) = &simple.kind else { return Vec::new() };
        let mut values: Vec<model::EnumValue> = Vec::new();
        for member in members {
            let found = match &self.model[*member].kind {
                TypeKind::Simple(_) => match self.enumeration_of(*member) {
                    Some(id) => match &self.model[id].kind {
                        TypeKind::Simple(simple) => self.values(simple),
                        TypeKind::Complex(_) => Vec::new(),
                    },
                    // Numbers or free text beside the values: the values are not all there is.
                    None => return Vec::new(),
                },
                TypeKind::Complex(_) => Vec::new(),
            };
            for value in found {
                if !values.iter().any(|known| known.wire == value.wire) {
                    values.push(value);
                }
            }
        }
        values
    }

    fn is_list(&self, kind: &SimpleKind) -> bool {
        match kind {
            SimpleKind::List(_) => true,
            SimpleKind::Restriction(base) => match &self.model[*base].kind {
                TypeKind::Simple(simple) => self.is_list(&simple.kind),
                TypeKind::Complex(_) => false,
            },
            SimpleKind::Builtin(builtin) => {
                matches!(builtin, Builtin::NmTokens | Builtin::IdRefs | Builtin::Entities)
            }
            SimpleKind::Union(_) => false,
        }
    }

    /// The Rust type that carries one value of a type, wherever the type is used as an element's or attribute's.
    pub(super) fn value_type(&mut self, id: TypeId) -> RustType {
        if let Some(path) = self.externs.get(&id) {
            return RustType::Extern(path.clone());
        }
        match &self.model[id].kind {
            TypeKind::Complex(complex) => {
                let chosen = complex.layout == Layout::Xml && (complex.is_abstract || self.derived.contains_key(&id));
                if chosen {
                    RustType::Item(self.item(Key::AnyOf(id)))
                } else {
                    RustType::Item(self.item(Key::Type(id)))
                }
            }
            TypeKind::Simple(simple) => {
                if let Some(enumeration) = self.enumeration_of(id) {
                    return RustType::Item(self.item(Key::Type(enumeration)));
                }
                match &simple.kind {
                    SimpleKind::Builtin(builtin) => scalars::builtin(*builtin),
                    SimpleKind::Restriction(base) => {
                        let base = self.value_type(*base);
                        match (&base, scalars::narrow(&simple.facets)) {
                            (RustType::Runtime("Integer"), Some(narrow)) => narrow,
                            _ => base,
                        }
                    }
                    SimpleKind::List(item) => match self.value_type(*item) {
                        // A list of lists cannot be: the item is text then.
                        RustType::List(_) => RustType::List(Box::new(RustType::String)),
                        // Items are split as text, where no prefix can be looked up.
                        RustType::Runtime("QName" | "AnyType") => RustType::List(Box::new(RustType::String)),
                        RustType::Item(id) if self.is_coded(id) => RustType::List(Box::new(RustType::Primitive("i64"))),
                        item => RustType::List(Box::new(item)),
                    },
                    // One of several lexical spaces: the text itself is the only exact carrier.
                    SimpleKind::Union(_) => RustType::String,
                }
            }
        }
    }

    /// Whether an item is an enumeration of integer codes.
    pub(super) fn is_coded(&self, item: ItemId) -> bool {
        let Some(Key::Type(id)) = self.key_of(item) else { return false };
        matches!(&self.model[id].kind, TypeKind::Simple(simple) if self.codes(id, simple).is_some())
    }

    /// The integer codes of an enumeration, if that is what its values are.
    fn codes(&self, id: TypeId, simple: &Simple) -> Option<Vec<i64>> {
        match self.model.builtin_of(id) {
            Some(builtin) if is_integer(builtin) => {
                self.values(simple).iter().map(|value| value.wire.trim().parse().ok()).collect()
            }
            _ => None,
        }
    }

    /// Whether other elements may stand in for this one.
    pub(super) fn has_substitutes(&self, head: ElementId) -> bool {
        self.model[head].is_abstract || self.substitutes.contains_key(&head)
    }

    pub(super) fn wire(&self, name: &QName) -> WireName {
        WireName { ns: self.modules.namespace(&name.ns), local: name.local.clone() }
    }

    /// The name by which messages in SOAP encoding call a type: its own, or that of the type it restricts. `None` where no
    /// message says types, and for types that values name themselves.
    pub(super) fn type_name(&self, mut id: TypeId) -> Option<WireName> {
        if !self.encoded {
            return None;
        }
        loop {
            match (&self.model[id].name, &self.model[id].kind) {
                (_, TypeKind::Simple(Simple { kind: SimpleKind::Builtin(Builtin::AnyType | Builtin::Xml), .. })) => {
                    return None;
                }
                (Name::Given(name), _) => return Some(self.wire(name)),
                (_, TypeKind::Simple(Simple { kind: SimpleKind::Restriction(base), .. })) => id = *base,
                _ => return None,
            }
        }
    }

    /// Whether a type is an array of SOAP's encoding.
    pub(super) fn is_soap_array(&self, id: TypeId) -> bool {
        matches!(&self.model[id].kind, TypeKind::Complex(complex) if complex.soap_array.is_some())
    }

    fn of_type(&mut self, item: ItemId, id: TypeId) -> Draft {
        let ty = &self.model[id];
        let kind = match &ty.kind {
            TypeKind::Simple(simple) => self.enumeration(id, simple),
            TypeKind::Complex(complex) => content::complex(self, item, id, complex),
        };
        let (preferred, wire) = match &ty.name {
            Name::Given(name) => (ident::upper_camel(&name.local), self.wire(name)),
            Name::Derived { ns, path } => {
                (ident::upper_camel(&path.join(" ")), self.wire(&QName::new(ns.clone(), path.join("."))))
            }
        };
        // A named type comes before an anonymous one that would like the same name.
        let rank = if ty.name.given().is_some() { 0 } else { 1 };
        Draft {
            module: self.modules.module(ty.name.ns()),
            preferred,
            key: format!("{rank}{}", ty.name),
            docs: ty.docs.0.clone(),
            wire,
            kind,
        }
    }

    fn enumeration(&self, id: TypeId, simple: &Simple) -> ItemKind {
        let values = self.values(simple);
        let codes = self.codes(id, simple);
        let wanted: Vec<(String, String)> = values
            .iter()
            .map(|value| {
                let preferred = value.name.as_deref().map_or_else(|| ident::variant(&value.wire), ident::upper_camel);
                (preferred, value.wire.clone())
            })
            .collect();
        let closed = simple.closed;
        let idents = ident::assign(&wanted, &["Self"]);
        let unknown = (!closed).then(|| unknown_variant(&idents));
        match codes {
            Some(codes) => ItemKind::Coded(Coded {
                errors: self.errors(id, &codes, &idents),
                values: idents
                    .into_iter()
                    .zip(&values)
                    .zip(codes)
                    .map(|((ident, value), wire)| Value { ident, docs: value.docs.0.clone(), wire })
                    .collect(),
                unknown,
            }),
            None => {
                let mut seen = BTreeSet::new();
                ItemKind::Enumeration(Enumeration {
                    values: idents
                        .into_iter()
                        .zip(&values)
                        .filter(|(_, value)| seen.insert(value.wire.clone()))
                        .map(|(ident, value)| Value { ident, docs: value.docs.0.clone(), wire: value.wire.clone() })
                        .collect(),
                    unknown,
                })
            }
        }
    }

    /// Variants of an error table that may be retried, and those that say nothing was done.
    fn errors(&self, id: TypeId, codes: &[i64], idents: &[String]) -> Option<(Vec<String>, Vec<String>)> {
        let table = self.model.error_tables.iter().find(|table| table.ty == id)?;
        let pick = |wanted: fn(&model::ErrorCode) -> bool| {
            codes
                .iter()
                .zip(idents)
                .filter(|(code, _)| table.codes.iter().any(|known| known.code == **code && wanted(known)))
                .map(|(_, ident)| ident.clone())
                .collect()
        };
        Some((pick(|code| code.retry), pick(|code| code.not_executed)))
    }

    fn any_of(&mut self, id: TypeId) -> Draft {
        let mut types = Vec::new();
        self.collect_derived(id, &mut types);
        types.retain(|ty| !matches!(&self.model[*ty].kind, TypeKind::Complex(complex) if complex.is_abstract));
        let mut variants: Vec<Variant> = Vec::with_capacity(types.len() + 1);
        let wanted: Vec<(String, String)> = types
            .iter()
            .map(|ty| match &self.model[*ty].name {
                Name::Given(name) => (ident::upper_camel(&name.local), self.model[*ty].name.to_string()),
                Name::Derived { path, .. } => (ident::upper_camel(&path.join(" ")), self.model[*ty].name.to_string()),
            })
            .collect();
        let idents = ident::assign(&wanted, &["Unknown"]);
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
    fn collect_derived(&self, id: TypeId, out: &mut Vec<TypeId>) {
        let mut todo = vec![id];
        while let Some(id) = todo.pop() {
            if !out.contains(&id) {
                out.push(id);
                todo.extend(self.derived.get(&id).into_iter().flatten().rev());
            }
        }
    }

    fn substitutes_of(&mut self, head: ElementId) -> Draft {
        let mut elements = Vec::new();
        let mut todo = vec![head];
        while let Some(id) = todo.pop() {
            if !elements.contains(&id) {
                elements.push(id);
                todo.extend(self.substitutes.get(&id).into_iter().flatten().rev());
            }
        }
        elements.retain(|id| !self.model[*id].is_abstract);
        let wanted: Vec<(String, String)> = elements
            .iter()
            .map(|id| (ident::upper_camel(&self.model[*id].name.local), self.model[*id].name.to_string()))
            .collect();
        let idents = ident::assign(&wanted, &["Unknown"]);
        let mut variants = Vec::with_capacity(elements.len());
        for (id, ident) in elements.into_iter().zip(idents) {
            let element = &self.model[id];
            let ty = self.value_type(element.ty);
            let ty = match ty {
                RustType::Item(_) => RustType::Boxed(Box::new(ty)),
                scalar => scalar,
            };
            let (ty, flags) = if element.nillable {
                (RustType::Option(Box::new(ty)), vec!["REQUIRED", "NILLABLE", "NIL_IF_NONE"])
            } else {
                (ty, vec!["REQUIRED"])
            };
            variants.push(Variant {
                ident,
                docs: element.docs.0.clone(),
                ty,
                member: Member {
                    name: self.wire(&element.name),
                    place: Place::Element,
                    flags,
                    ty: self.type_name(element.ty),
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
                flags: Vec::new(),
                ty: None,
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

/// The types that the caller's own stand for; a name that matches none is an error.
fn externs(model: &Model, options: &PlanOptions, diagnostics: &mut Diagnostics) -> BTreeMap<TypeId, String> {
    let mut found = BTreeMap::new();
    for (wire, path) in &options.externs {
        let before = found.len();
        for id in model.type_ids() {
            if model[id].name.given().is_some_and(|name| name.local == *wire || name.to_string() == *wire) {
                found.insert(id, path.clone());
            }
        }
        if found.len() == before {
            let names = model.types.iter().filter_map(|ty| ty.name.given()).map(|name| name.local.as_str());
            let mut diagnostic =
                Diagnostic::error("E0603", format!("the external type `{wire}` matches no type of the contract"));
            if let Some(near) = did_you_mean(wire, names) {
                diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
            }
            diagnostics.push(diagnostic);
        }
    }
    found
}

/// The types of the SOAP encoding schemas are there for arrays to restrict: what no message reaches is nobody's.
fn unused(model: &Model) -> BTreeSet<TypeId> {
    if model.services.is_empty() {
        return BTreeSet::new();
    }
    let roots = model.services.iter().flat_map(|service| &service.operations).flat_map(|operation| {
        let body = [Some(operation.input.ty), operation.output.as_ref().map(|output| output.ty)];
        let faults = operation.faults.iter().map(|fault| fault.ty);
        body.into_iter().flatten().chain(faults).chain(operation.headers.iter().map(|header| header.ty))
    });
    let reached = crate::xsd::reachable(model, roots);
    let of_encoding = |id: &TypeId| {
        let name = &model[*id].name;
        matches!(name.ns(), "http://schemas.xmlsoap.org/soap/encoding/" | "http://www.w3.org/2003/05/soap-encoding")
    };
    model.type_ids().zip(reached).filter(|(id, reached)| !reached && of_encoding(id)).map(|(id, _)| id).collect()
}

fn is_encoded(model: &Model) -> bool {
    model.services.iter().flat_map(|service| &service.operations).any(|operation| operation.encoded)
}

fn is_integer(builtin: Builtin) -> bool {
    matches!(
        builtin,
        Builtin::Integer
            | Builtin::NonPositiveInteger
            | Builtin::NegativeInteger
            | Builtin::NonNegativeInteger
            | Builtin::PositiveInteger
            | Builtin::Long
            | Builtin::Int
            | Builtin::Short
            | Builtin::Byte
            | Builtin::UnsignedLong
            | Builtin::UnsignedInt
            | Builtin::UnsignedShort
            | Builtin::UnsignedByte
    )
}

/// `Unknown`, unless the vendor has a value of that name.
fn unknown_variant(idents: &[String]) -> String {
    let mut name = "Unknown".to_owned();
    while idents.contains(&name) {
        name.insert_str(0, "Other");
    }
    name
}

/// Namespaces that hold types, and all namespaces named anywhere.
fn namespaces(model: &Model, unused: &BTreeSet<TypeId>) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut types = BTreeSet::new();
    let mut all = BTreeSet::new();
    for ty in model.type_ids().filter(|id| !unused.contains(id)).map(|id| &model[id]) {
        let printed = match &ty.kind {
            TypeKind::Complex(_) => true,
            TypeKind::Simple(simple) => !simple.values.is_empty(),
        };
        if printed {
            types.insert(ty.name.ns().to_owned());
            all.insert(ty.name.ns().to_owned());
        }
        if let TypeKind::Complex(complex) = &ty.kind {
            all.extend(complex.attributes.iter().map(|attribute| attribute.name.ns.clone()));
            if let Content::Particles(particle) = &complex.content {
                particle_namespaces(particle, &mut all);
            }
        }
    }
    all.extend(model.elements.iter().map(|element| element.name.ns.clone()));
    for operation in model.services.iter().flat_map(|service| &service.operations) {
        all.insert(operation.input.element.ns.clone());
        all.extend(operation.output.as_ref().map(|output| output.element.ns.clone()));
        all.extend(operation.faults.iter().map(|fault| fault.element.ns.clone()));
        all.extend(operation.headers.iter().map(|header| header.element.ns.clone()));
    }
    types.remove("");
    if is_encoded(model) {
        all.extend(model.types.iter().filter_map(|ty| ty.name.given()).map(|name| name.ns.clone()));
    }
    (types, all)
}

fn particle_namespaces(particle: &model::Particle, out: &mut BTreeSet<String>) {
    match &particle.kind {
        model::ParticleKind::Element(element) => {
            out.insert(element.name.ns.clone());
            if let Some(items) = &element.items {
                particle_namespaces(items, out);
            }
        }
        model::ParticleKind::Any(_) => {}
        model::ParticleKind::Sequence(items) | model::ParticleKind::Choice(items) | model::ParticleKind::All(items) => {
            items.iter().for_each(|item| particle_namespaces(item, out));
        }
    }
}

/// Names everything, sorts it, and makes the plan.
pub(super) fn finish(model: &Model, drafts: Drafts, options: &PlanOptions) -> Plan {
    let Drafts { items, modules, by_key } = drafts;
    let mut plan = Plan {
        docs: model.docs.0.clone(),
        modules: modules.modules.clone(),
        namespaces: modules.namespaces.clone(),
        derives: options.derives.clone(),
        ..Plan::default()
    };
    let mut idents = vec![String::new(); items.len()];
    let mut shapes = vec![String::new(); items.len()];
    for module in 0..plan.modules.len() {
        let members: Vec<usize> = (0..items.len()).filter(|index| items[*index].module.0 == module).collect();
        let wanted: Vec<_> =
            members.iter().map(|index| (items[*index].preferred.clone(), items[*index].key.clone())).collect();
        let names = ident::assign(&wanted, &["Self"]);
        let statics: Vec<_> = names.iter().map(|name| (ident::shouty(name), name.clone())).collect();
        let taken: Vec<&str> = plan.namespaces.iter().map(|namespace| namespace.ident.as_str()).collect();
        for ((index, name), shape) in members.into_iter().zip(names).zip(ident::assign(&statics, &taken)) {
            idents[index] = name;
            shapes[index] = shape;
        }
        plan.modules[module].shadowed = SHADOWABLE
            .into_iter()
            .filter(|name| items.iter().zip(&idents).any(|(item, ident)| item.module.0 == module && ident == name))
            .collect();
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|a, b| (items[*a].module, &idents[*a]).cmp(&(items[*b].module, &idents[*b])));
    let mut place = vec![ItemId(0); items.len()];
    for (position, index) in order.iter().enumerate() {
        place[*index] = ItemId(position);
    }
    plan.items = order
        .iter()
        .map(|index| {
            let draft = &items[*index];
            let mut kind = draft.kind.clone();
            renumber(&mut kind, &place);
            Item {
                module: draft.module,
                ident: idents[*index].clone(),
                shape: shapes[*index].clone(),
                docs: draft.docs.clone(),
                wire: draft.wire.clone(),
                kind,
            }
        })
        .collect();
    plan.sources = Sources {
        modules,
        by_type: by_key
            .into_iter()
            .filter_map(|(key, item)| match key {
                Key::Type(id) => Some((id, place[item.0])),
                _ => None,
            })
            .collect(),
    };
    plan
}

/// What the service part of the plan needs to know of the types part.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    pub(super) modules: Modules,
    pub(super) by_type: BTreeMap<TypeId, ItemId>,
}

/// Standard names generated code uses without a path as long as no type of the module takes them.
const SHADOWABLE: [&str; 8] = ["Option", "Some", "None", "Vec", "String", "Box", "Result", "Default"];

fn renumber(kind: &mut ItemKind, place: &[ItemId]) {
    let member = |member: &mut Member| {
        if let Place::Inline(item) = &mut member.place {
            *item = place[item.0];
        }
    };
    match kind {
        ItemKind::Record(record) => record.fields.iter_mut().for_each(|field| {
            renumber_type(&mut field.ty, place);
            member(&mut field.member);
        }),
        ItemKind::Choice(choice) => choice.variants.iter_mut().for_each(|variant| {
            renumber_type(&mut variant.ty, place);
            member(&mut variant.member);
        }),
        ItemKind::Enumeration(_) | ItemKind::Coded(_) => {}
    }
}

fn renumber_type(ty: &mut RustType, place: &[ItemId]) {
    match ty {
        RustType::Item(item) => *item = place[item.0],
        RustType::Option(inner)
        | RustType::Vec(inner)
        | RustType::Boxed(inner)
        | RustType::Nillable(inner)
        | RustType::List(inner)
        | RustType::Secret(inner) => renumber_type(inner, place),
        RustType::Primitive(_) | RustType::String | RustType::Runtime(_) | RustType::Extern(_) | RustType::Unit => {}
    }
}

/// A record without members.
pub(super) fn empty_record() -> Record {
    Record { kind: RecordKind::Record, fields: Vec::new(), ordinal: Vec::new(), default: true }
}
