//! Which Rust types there are: one for each complex type and enumeration, and those that content models call for
//! (choices, groups, substitution groups, types chosen by `xsi:type`).
//!
//! Types are drafted with references by index, named all at once when all are known, and sorted by name, so that neither
//! names nor places depend on the order of declarations.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::{
    self, Alternatives, Block, Builtin, ElementId, ElementUse, Kinds, Layout, Model, Name, Particle, ParticleKind,
    QName, Simple, SimpleKind, Text, TypeId, TypeKind,
};
use crate::passes;
use crate::pattern;

use super::carriers::{Blocks, Carriers};
use super::facets::Tables;
use super::ledger::{Identity, Ledger};
use super::modules::{self, Modules};
use super::open::Forms;
use super::paths::rooted;
use super::{
    ItemId, ItemKind, ModuleId, PlanOptions, Record, RecordKind, RustType, WireName, content, ident, scalars, unions,
};

/// What a drafted type was made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// A type of the model.
    Type(TypeId),
    /// The types that may stand where this one is declared, but for those that the element blocks beyond what the type does.
    AnyOf(TypeId, Block),
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
    pub(super) docs: Text,
    pub(super) wire: WireName,
    pub(super) kind: ItemKind,
}

/// All drafts.
pub(super) struct Drafts {
    pub(super) items: Vec<Draft>,
    pub(super) modules: Modules,
    pub(super) by_key: BTreeMap<Key, ItemId>,
    pub(super) tables: Tables,
    /// What the names of parts stand for.
    pub(super) parts: BTreeMap<ItemId, Identity>,
    pub(super) ledger: Ledger,
    /// Elements that need a type to stand for them, in the order of their numbers.
    pub(super) markers: Vec<ElementId>,
    /// The types of global elements that are entry points, where they are not plainly the item of their type.
    pub(super) roots: BTreeMap<ElementId, RustType>,
    /// Global elements that keep their attributes when they are nil.
    pub(super) nil_roots: BTreeSet<ElementId>,
    /// What white space means to entry points that are text, where it says something.
    pub(super) root_flags: BTreeMap<ElementId, Vec<&'static str>>,
    /// What carries bodies and headers where that is not plainly the item of their type.
    pub(super) bodies: Carriers,
    /// The same of faults.
    pub(super) faults: Carriers,
    pub(super) blocks: Blocks,
}

/// What drafting looks at and adds to.
pub(super) struct Drafting<'m> {
    pub(super) model: &'m Model,
    pub(super) modules: Modules,
    /// What may stand where a type or element is declared.
    pub(super) alternatives: Alternatives,
    pub(super) blocks: Blocks,
    /// Types the caller provides.
    pub(super) externs: BTreeMap<TypeId, String>,
    /// Some binding is plain XML beside a SOAP one.
    pub(super) two_wires: bool,
    /// Types of standard schemas that nothing of the contract's needs.
    unused: BTreeSet<TypeId>,
    /// Some operation's messages use SOAP encoding, so that members have to know the names of their types.
    encoded: bool,
    /// Restrictions looked at so far, and whether their patterns ask for spellings of their own.
    spelled: BTreeMap<TypeId, bool>,
    /// What unions are made of.
    pub(super) kinds: HashMap<TypeId, Kinds>,
    /// Facets of simple types.
    pub(super) tables: Tables,
    pub(super) slots: Vec<Option<Draft>>,
    pub(super) ledger: Ledger,
    pub(super) part_names: BTreeMap<ItemId, Identity>,
    /// Which bases are open.
    pub(super) forms: Forms,
    /// Elements that need a type to stand for them, with their numbers.
    pub(super) markers: BTreeMap<ElementId, usize>,
    by_key: BTreeMap<Key, ItemId>,
    /// The key of each item.
    keys: Vec<Key>,
    todo: Vec<(ItemId, Key)>,
}

/// Drafts every type of the model that deserves one.
pub(super) fn draft(model: &Model, options: &PlanOptions, diagnostics: &mut Diagnostics) -> Drafts {
    let mut drafting = Drafting::new(model, options, diagnostics);
    for id in drafting.roots() {
        drafting.item(Key::Type(id));
    }
    let (mut roots, mut nil_roots, mut root_flags) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
    if options.elements || model.services.is_empty() {
        for id in model.entry_points() {
            let ty = model[id].ty;
            let block = model[id].block;
            if drafting.is_special(ty, block) {
                let rust = drafting.element_type(ty, block);
                let flags: Vec<&'static str> = drafting.white_space(ty, &rust).into_iter().collect();
                if !flags.is_empty() {
                    root_flags.insert(id, flags);
                }
                roots.insert(id, rust);
            }
            if model[id].nillable && drafting.keeps_attributes(ty) {
                nil_roots.insert(id);
            }
        }
    }
    let (bodies, faults) = (drafting.bodies(), drafting.faults());
    while let Some((item, key)) = drafting.todo.pop() {
        let draft = match &key {
            Key::Type(id) => drafting.of_type(item, *id),
            Key::AnyOf(id, block) => drafting.any_of(*id, *block),
            Key::Substitutes(id) => drafting.substitutes_of(*id),
            // Parts are drafted where they are found.
            Key::Part { .. } => continue,
        };
        drafting.slots[item.0] = Some(draft);
    }
    let items = drafting.slots.into_iter().map(|slot| slot.expect("everything asked for was drafted")).collect();
    drafting.forms.report(diagnostics);
    let mut markers: Vec<(usize, ElementId)> = drafting.markers.into_iter().map(|(id, number)| (number, id)).collect();
    markers.sort_unstable();
    let markers = markers.into_iter().map(|(_, id)| id).collect();
    Drafts {
        items,
        modules: drafting.modules,
        by_key: drafting.by_key,
        tables: drafting.tables,
        parts: drafting.part_names,
        ledger: drafting.ledger,
        markers,
        roots,
        nil_roots,
        root_flags,
        bodies,
        faults,
        blocks: drafting.blocks,
    }
}

impl<'m> Drafting<'m> {
    fn new(model: &'m Model, options: &PlanOptions, diagnostics: &mut Diagnostics) -> Self {
        let mut protocols =
            model.services.iter().flat_map(|service| &service.bindings).map(|binding| &binding.protocol);
        let two_wires = protocols.any(|protocol| matches!(protocol, model::Protocol::Plain { .. }));
        let unused = unused(model);
        let (types, all) = modules::namespaces(model, &unused);
        let mut ledger = Ledger::new(options.names.as_ref(), model);
        Self {
            model,
            modules: Modules::new(&types, &all, options.flat || model.hand_written, &mut ledger),
            alternatives: Alternatives::of(model),
            blocks: Blocks::of(model),
            externs: externs(model, options, diagnostics),
            two_wires,
            encoded: is_encoded(model),
            unused,
            spelled: BTreeMap::new(),
            kinds: unions::kinds(model),
            tables: Tables::new(options.facets),
            slots: Vec::new(),
            ledger,
            part_names: BTreeMap::new(),
            forms: Forms::new(options),
            markers: BTreeMap::new(),
            by_key: BTreeMap::new(),
            keys: Vec::new(),
            todo: Vec::new(),
        }
    }

    /// Types to draft even if nothing refers to them: messages, global elements' types and named types, but for list
    /// wrappers that have become `Vec`s.
    fn roots(&self) -> Vec<TypeId> {
        let model = self.model;
        let mut roots: BTreeSet<TypeId> = model.message_types().collect();
        roots.extend(model.error_tables.iter().map(|table| table.ty));
        let wrapper = |id: TypeId| passes::arrays::items(model, &self.alternatives, id).is_some();
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
            TypeKind::Simple(_) => self.enumeration_of(id) == Some(id) || self.is_union(id),
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
        self.keys.push(key.clone());
        self.todo.push((id, key));
        id
    }

    /// What an item was made from.
    pub(super) fn key_of(&self, item: ItemId) -> Option<Key> {
        self.keys.get(item.0).cloned()
    }

    /// An item for a part of another item's content.
    pub(super) fn part(&mut self, owner: ItemId, draft: Draft) -> ItemId {
        let number = self.slots.len();
        let id = self.item(Key::Part { owner, number });
        self.slots[id.0] = Some(draft);
        id
    }

    /// Whether other types may stand where an element with this `block` declares the type, or what carries it is no item of
    /// its own anyway.
    pub(super) fn is_special(&self, id: TypeId, block: Block) -> bool {
        match &self.model[id].kind {
            _ if self.externs.contains_key(&id) => true,
            TypeKind::Simple(_) => true,
            TypeKind::Complex(complex) => {
                complex.layout == Layout::Xml
                    && (complex.is_abstract || self.alternatives.has_types(self.model, id, block))
            }
        }
    }

    /// The Rust type that carries one value of a type, wherever the type is used as an attribute's, or as that of an element
    /// which blocks nothing.
    pub(super) fn value_type(&mut self, id: TypeId) -> RustType {
        self.carrier(id, Block::NONE)
    }

    fn carrier(&mut self, id: TypeId, block: Block) -> RustType {
        if let Some(path) = self.externs.get(&id) {
            return RustType::Extern(rooted(path));
        }
        match &self.model[id].kind {
            TypeKind::Complex(_) => {
                let key = if self.is_special(id, block) { self.any_key(id, block) } else { Key::Type(id) };
                RustType::Item(self.item(key))
            }
            TypeKind::Simple(simple) => {
                if let Some(enumeration) = self.enumeration_of(id) {
                    return RustType::Item(self.item(Key::Type(enumeration)));
                }
                match &simple.kind {
                    SimpleKind::Builtin(builtin) => scalars::builtin(*builtin),
                    SimpleKind::Restriction(base) => {
                        let base = self.value_type(*base);
                        let carrier = match (&base, scalars::narrow(&simple.facets)) {
                            (RustType::Runtime("Integer"), Some(narrow)) => narrow,
                            _ => base,
                        };
                        let kept = matches!(carrier, RustType::Spelled(_) | RustType::Runtime("ScopedText"))
                            || simple.facets.patterns.is_empty();
                        if kept || !self.is_spelled(id) { carrier } else { RustType::Spelled(Box::new(carrier)) }
                    }
                    SimpleKind::List(item) => match self.value_type(*item) {
                        // A list of lists cannot be: the item is text then.
                        RustType::List(_) => RustType::List(Box::new(RustType::String)),
                        RustType::Runtime("AnyType") => RustType::List(Box::new(RustType::String)),
                        RustType::Item(id) if self.is_coded(id) => RustType::List(Box::new(RustType::Primitive("i64"))),
                        item => RustType::List(Box::new(item)),
                    },
                    SimpleKind::Union(_) => match self.union_carrier(id) {
                        Some(carrier) => carrier,
                        None => RustType::Item(self.item(Key::Type(id))),
                    },
                }
            }
        }
    }

    /// The Rust type that carries one value of a type as that of an element with this `block`: there, `xsi:type` says what a
    /// value of any simple type is.
    pub(super) fn element_type(&mut self, id: TypeId, block: Block) -> RustType {
        match &self.model[id].kind {
            TypeKind::Simple(Simple { kind: SimpleKind::Builtin(Builtin::AnySimpleType), .. }) => {
                RustType::Runtime("AnyType")
            }
            _ => self.carrier(id, block.of_types()),
        }
    }

    /// The key of what may stand where a type is declared: the same for all elements that block nothing which is there.
    fn any_key(&self, id: TypeId, block: Block) -> Key {
        let count = |block| self.alternatives.types(self.model, id, block).len();
        let block = if block == Block::NONE || count(block) == count(Block::NONE) { Block::NONE } else { block };
        Key::AnyOf(id, block)
    }

    /// Whether a restriction's patterns ask for spellings that its carrier does not write.
    fn is_spelled(&mut self, id: TypeId) -> bool {
        if let Some(known) = self.spelled.get(&id) {
            return *known;
        }
        let spelled = pattern::spelling::of_type(self.model, id);
        self.spelled.insert(id, spelled);
        spelled
    }

    /// Whether an element of the type may have attributes, so that one that is nil may, too.
    pub(super) fn keeps_attributes(&self, id: TypeId) -> bool {
        // In SOAP encoding, some and those of any name belong to the encoding.
        let own = |attribute: &model::Attribute| {
            !self.encoded
                || !(matches!(attribute.name.local.as_str(), "id" | "href")
                    || model::SOAP_ENCODING.contains(&attribute.name.ns.as_str()))
        };
        self.alternatives.types(self.model, id, Block::NONE).into_iter().any(|id| match &self.model[id].kind {
            TypeKind::Complex(complex) => {
                complex.attributes.iter().any(own) || (complex.any_attribute.is_some() && !self.encoded)
            }
            TypeKind::Simple(_) => false,
        })
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
                (
                    _,
                    TypeKind::Simple(Simple {
                        kind: SimpleKind::Builtin(Builtin::AnyType | Builtin::AnySimpleType | Builtin::Xml),
                        ..
                    }),
                ) => {
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

    /// Through arrays of SOAP's encoding whose items are arrays: the dimensions of each, the outermost first (none for a plain
    /// list), the innermost of their types, and its items.
    pub(super) fn innermost<'e>(&self, outer: TypeId, item: &'e ElementUse) -> (Vec<u8>, TypeId, Cow<'e, ElementUse>) {
        let ranks_of = |id: TypeId| match &self.model[id].kind {
            TypeKind::Complex(complex) if !complex.array_ranks.is_empty() => complex.array_ranks.clone(),
            _ => vec![1],
        };
        let opens =
            |id: TypeId| self.is_soap_array(id) && !self.externs.contains_key(&id) && !self.alternatives.is_base(id);
        let (mut ranks, mut owner, mut found) = (ranks_of(outer), outer, Cow::Borrowed(item));
        while self.is_soap_array(outer) && opens(found.ty) {
            let Some(Particle { kind: ParticleKind::Element(inside), .. }) =
                passes::arrays::items(self.model, &self.alternatives, found.ty)
            else {
                break;
            };
            owner = found.ty;
            ranks.extend(ranks_of(owner));
            // An array that holds itself has no end: its items are of its own type.
            if ranks.iter().sum::<u8>() > model::ARRAY_DEPTH {
                (ranks, owner, found) = (ranks_of(outer), outer, Cow::Borrowed(item));
                break;
            }
            found = Cow::Owned(*inside);
        }
        if ranks == [1] {
            ranks.clear();
        }
        (ranks, owner, found)
    }

    fn of_type(&mut self, item: ItemId, id: TypeId) -> Draft {
        let ty = &self.model[id];
        let kind = match &ty.kind {
            TypeKind::Simple(_) if self.is_union(id) => self.union(id),
            TypeKind::Simple(simple) => self.enumeration(id, simple),
            TypeKind::Complex(complex) => content::complex(self, item, id, complex),
        };
        let (preferred, wire) = match &ty.name {
            Name::Given(name) => (ident::upper_camel(&name.local), self.wire(name)),
            Name::Derived { ns, path } => (ident::of_path(path), self.wire(&QName::new(ns.clone(), path.join(".")))),
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

/// The types of standard schemas are there to be used: what neither a message nor a type of the contract's own leads to is nobody's.
fn unused(model: &Model) -> BTreeSet<TypeId> {
    if model.standard.is_empty() {
        return BTreeSet::new();
    }
    let types = model.type_ids().filter(|id| !model.is_standard(model[*id].origin));
    let elements = model.elements.iter().filter(|element| !model.is_standard(element.origin)).map(|element| element.ty);
    let reached = model::reachable(model, model.message_types().chain(types).chain(elements));
    model.type_ids().zip(reached).filter(|(_, reached)| !reached).map(|(id, _)| id).collect()
}

pub(super) fn is_encoded(model: &Model) -> bool {
    model.services.iter().flat_map(|service| &service.operations).any(|operation| operation.encoded)
}

/// A record without members.
pub(super) fn empty_record() -> Record {
    Record { kind: RecordKind::Record, fields: Vec::new(), ordinal: Vec::new(), default: true }
}
