//! Schemas into the model, in two passes: first every global declaration gets its index, then each is filled in.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use super::read::XSD;
use super::syntax::{Attribute, ComplexType, ElementType, Final, Global, Reference, SimpleType, Space};
use super::units::Unit;
use super::{builtin, codes};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::{
    self, Builtin, Complex, Docs, Element, ElementId, Model, Name, Origin, QName, Simple, SimpleKind, Text, Type,
    TypeId, TypeKind,
};
use crate::source::{Limits, Span};

/// Namespaces in which `guid` is a GUID.
const GUID_HOMES: [&str; 2] =
    ["http://schemas.microsoft.com/2003/10/Serialization/", "http://microsoft.com/wsdl/types/"];

/// How many missing names are given suggestions.
const SUGGESTIONS: usize = 100;

/// A global declaration that was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declared<'s> {
    pub(super) unit: usize,
    pub(super) global: &'s Global,
    /// Index of the type or element; unused for the others.
    pub(super) index: u32,
    /// It stands in a `redefine`, where its own name means the original.
    pub(super) redefines: bool,
}

/// Where something is being lowered.
#[derive(Debug, Clone)]
pub(super) struct Context {
    pub(super) unit: usize,
    /// In a `redefine`: the name that means the original.
    pub(super) redefining: Option<(Space, QName)>,
    /// The type or element being filled, which stands for everything in it.
    pub(super) owner: TypeId,
    /// Steps from the nearest named owner.
    pub(super) path: Vec<Text>,
}

/// A named group written out, with its number of members.
pub(super) type Written = Option<(Rc<model::Particle>, usize)>;

/// Lowers schemas into a model.
#[derive(Debug)]
pub struct Lowering<'s, 'd> {
    /// What is being built.
    pub model: Model,
    /// Where mistakes go.
    pub diagnostics: &'d mut Diagnostics,
    pub(super) units: Vec<Unit<'s>>,
    pub(super) limits: &'d Limits,
    declared: HashMap<(Space, QName), Declared<'s>>,
    /// What a `redefine` replaced.
    originals: HashMap<(Space, QName), Declared<'s>>,
    builtins: BTreeMap<Builtin, TypeId>,
    attribute_types: HashMap<QName, TypeId>,
    /// Named groups written out. A schema may be read for several namespaces, so a declaration alone is no key.
    pub(super) groups: HashMap<(usize, *const Global), Written>,
    pub(super) open_groups: Vec<((usize, *const Global), QName, Span)>,
    /// Anonymous simple types, made once however often their attribute group is referred to.
    pub(super) anonymous: HashMap<(usize, *const SimpleType), TypeId>,
    pub(super) members: usize,
    /// Types that stand for something missing, with the complaint.
    missing: Vec<(TypeId, Diagnostic)>,
    missing_types: HashMap<(Space, QName, Builtin), TypeId>,
    not_imported: HashSet<(usize, Text)>,
    /// The contract holds the schema that DataContractSerializer's exporter adds, so its types are that serializer's.
    pub(super) by_data_contract: bool,
    /// Simple content that restricts that of a complex base: the type, its base, and the text type made for it.
    pub(super) texts: Vec<(TypeId, TypeId, TypeId)>,
    /// Types and global elements that say `final`.
    pub(super) final_types: HashMap<TypeId, Final>,
    pub(super) final_elements: HashMap<ElementId, Final>,
    /// Elements that take their type from the head of their substitution group.
    headed: Vec<(ElementId, ElementId)>,
}

impl<'s, 'd> Lowering<'s, 'd> {
    /// Declares and fills everything in the units.
    pub fn run(units: Vec<Unit<'s>>, limits: &'d Limits, diagnostics: &'d mut Diagnostics) -> Self {
        let by_data_contract = units.iter().any(|unit| !unit.is_builtin && unit.target == GUID_HOMES[0]);
        let standard = units.iter().filter(|unit| unit.is_builtin).map(|unit| unit.schema.file).collect();
        let mut lowering = Self {
            by_data_contract,
            model: Model { standard, ..Model::default() },
            diagnostics,
            units,
            limits,
            declared: HashMap::new(),
            originals: HashMap::new(),
            builtins: BTreeMap::new(),
            attribute_types: HashMap::new(),
            groups: HashMap::new(),
            open_groups: Vec::new(),
            anonymous: HashMap::new(),
            members: 0,
            missing: Vec::new(),
            missing_types: HashMap::new(),
            not_imported: HashSet::new(),
            texts: Vec::new(),
            final_types: HashMap::new(),
            final_elements: HashMap::new(),
            headed: Vec::new(),
        };
        let todo = lowering.declare();
        for declared in todo {
            lowering.fill(declared);
        }
        lowering.take_head_types();
        lowering.check();
        lowering
    }

    // Declaring

    fn declare(&mut self) -> Vec<Declared<'s>> {
        let mut todo = Vec::new();
        for unit in 0..self.units.len() {
            let schema = self.units[unit].schema;
            for span in self.units[unit].loops.clone() {
                self.diagnostics.push(
                    Diagnostic::error(codes::CYCLE, "this redefine leads back to its own schema")
                        .at(span, "a redefine of itself"),
                );
            }
            for global in &schema.globals {
                let (space, name, _) = global.key();
                let hidden = self.units[unit].hidden.contains(&(space, name.to_owned()));
                todo.extend(self.declare_one(unit, global, hidden, false));
            }
            for global in schema.redefines.iter().flat_map(|(_, globals)| globals) {
                todo.extend(self.declare_one(unit, global, false, true));
            }
        }
        todo
    }

    fn declare_one(&mut self, unit: usize, global: &'s Global, hidden: bool, redefines: bool) -> Option<Declared<'s>> {
        let (space, local, span) = global.key();
        if local.is_empty() {
            return None; // reported when it was read
        }
        let name = QName::new(self.units[unit].target.clone(), local);
        let key = (space, name.clone());
        let table = if hidden { &self.originals } else { &self.declared };
        if let Some(known) = table.get(&key) {
            self.repeated(*known, unit, global);
            return None;
        }
        let index = match global {
            Global::Simple(it) => {
                let kind = TypeKind::Simple(Simple::plain(SimpleKind::Builtin(Builtin::AnySimpleType)));
                self.model
                    .add_type(Type {
                        name: self.type_name(&name, hidden),
                        docs: it.docs.clone(),
                        origin: span.into(),
                        kind,
                    })
                    .0
            }
            Global::Complex(it) => {
                let kind = TypeKind::Complex(Complex::default());
                self.model
                    .add_type(Type {
                        name: self.type_name(&name, hidden),
                        docs: it.docs.clone(),
                        origin: span.into(),
                        kind,
                    })
                    .0
            }
            Global::Element(it) => {
                let element = Element {
                    name: name.clone(),
                    ty: TypeId(0),
                    nillable: it.nillable,
                    is_abstract: it.is_abstract,
                    block: it.block,
                    substitutes: None,
                    default: it.default.clone(),
                    fixed: it.fixed.clone(),
                    docs: it.docs.clone(),
                    origin: span.into(),
                };
                self.model.add_element(element).0
            }
            _ => 0,
        };
        match global {
            Global::Simple(SimpleType { finals, .. }) | Global::Complex(ComplexType { finals, .. })
                if !finals.is_none() =>
            {
                self.final_types.insert(TypeId(index), *finals);
            }
            Global::Element(it) if !it.finals.is_none() => {
                self.final_elements.insert(ElementId(index), it.finals);
            }
            _ => {}
        }
        let declared = Declared { unit, global, index, redefines };
        if hidden { &mut self.originals } else { &mut self.declared }.insert(key, declared);
        Some(declared)
    }

    fn type_name(&self, name: &QName, hidden: bool) -> Name {
        if hidden {
            Name::Derived { ns: name.ns.clone(), path: vec![name.local.clone(), "Original".into()] }
        } else {
            Name::Given(name.clone())
        }
    }

    fn repeated(&mut self, first: Declared<'s>, unit: usize, second: &'s Global) {
        let (space, name, span) = second.key();
        let first_span = first.global.key().2;
        let word = space.word();
        let problem =
            if first_span.file == span.file && std::ptr::eq(self.units[first.unit].schema, self.units[unit].schema) {
                Diagnostic::error(codes::DUPLICATE, format!("the {word} `{name}` is declared twice"))
                    .at(span, "again here")
                    .also(first_span, "first here")
            } else if self.units[unit].is_builtin || self.units[first.unit].is_builtin {
                return; // a contract's own copy of a standard schema is as good as ours
            } else {
                Diagnostic::warning(
                    codes::REPEATED,
                    format!("the {word} `{name}` is declared in two schemas; the first is used"),
                )
                .at(span, "ignored")
                .also(first_span, "used")
            };
        self.diagnostics.push(problem);
    }

    // Filling

    fn fill(&mut self, declared: Declared<'s>) {
        let (space, local, _) = declared.global.key();
        let name = QName::new(self.units[declared.unit].target.clone(), local);
        let mut context = Context {
            unit: declared.unit,
            redefining: declared.redefines.then(|| (space, name.clone())),
            owner: TypeId(declared.index),
            path: vec![local.into()],
        };
        match declared.global {
            Global::Simple(it) => {
                let mut simple = self.simple(it, &mut context);
                if local == "guid" && GUID_HOMES.contains(&name.ns.as_str()) {
                    simple = Simple::plain(SimpleKind::Builtin(Builtin::Guid));
                }
                self.model[TypeId(declared.index)].kind = TypeKind::Simple(simple);
            }
            Global::Complex(it) => {
                let complex = self.complex(it, TypeId(declared.index), &mut context);
                self.model[TypeId(declared.index)].kind = TypeKind::Complex(complex);
            }
            Global::Element(it) => {
                let id = ElementId(declared.index);
                let head = it.substitutes.as_ref().and_then(|reference| self.find(Space::Element, reference, &context));
                if let Some(reference) = it.substitutes.as_ref().filter(|_| head.is_none()) {
                    let complaint = self.complaint(Space::Element, reference, &context);
                    let owner = self.element_type(&it.ty, &mut context);
                    self.missing.push((owner, complaint));
                    self.model[id].ty = owner;
                    return;
                }
                self.model[id].substitutes = head.map(|head| ElementId(head.index));
                if let (ElementType::Missing, Some(head)) = (&it.ty, head) {
                    self.headed.push((id, ElementId(head.index)));
                } else {
                    let ty = self.element_type(&it.ty, &mut context);
                    self.model[id].ty = ty;
                }
            }
            _ => {}
        }
    }

    /// Elements without a type of their own take that of their head, which may itself take it from its head.
    fn take_head_types(&mut self) {
        let any = if self.headed.is_empty() { return } else { self.builtin(Builtin::AnyType) };
        let heads: HashMap<ElementId, ElementId> = self.headed.iter().copied().collect();
        for (element, _) in std::mem::take(&mut self.headed) {
            let mut at = element;
            let mut steps = 0;
            while let Some(head) = heads.get(&at) {
                at = *head;
                steps += 1;
                if steps > heads.len() {
                    break; // a circle, reported by the checks
                }
            }
            self.model[element].ty = if steps > heads.len() { any } else { self.model[at].ty };
        }
    }

    pub(super) fn element_type(&mut self, ty: &'s ElementType, context: &mut Context) -> TypeId {
        match ty {
            ElementType::Named(reference) => self.type_of(reference, context),
            ElementType::Simple(it) => self.anonymous_simple(it, context),
            ElementType::Complex(it) => {
                let name = self.derived(context);
                let kind = TypeKind::Complex(Complex::default());
                let id = self.model.add_type(Type { name, docs: it.docs.clone(), origin: it.span.into(), kind });
                let owner = std::mem::replace(&mut context.owner, id);
                let complex = self.complex(it, id, context);
                context.owner = owner;
                self.model[id].kind = TypeKind::Complex(complex);
                id
            }
            ElementType::Missing => self.builtin(Builtin::AnyType),
        }
    }

    pub(super) fn derived(&self, context: &Context) -> Name {
        Name::Derived { ns: self.units[context.unit].target.clone(), path: context.path.clone() }
    }

    /// The type of a global attribute; an anonymous one is made once, however often the attribute is referred to.
    pub(super) fn global_attribute_type(
        &mut self,
        name: &QName,
        unit: usize,
        attribute: &'s Attribute,
        owner: TypeId,
    ) -> TypeId {
        if let Some(known) = self.attribute_types.get(name) {
            return *known;
        }
        let mut context = Context { unit, redefining: None, owner, path: vec![name.local.clone()] };
        let ty = self.simple_use(&attribute.ty, "", &mut context);
        self.attribute_types.insert(name.clone(), ty);
        ty
    }

    /// The model's type for a built-in one.
    pub fn builtin(&mut self, builtin: Builtin) -> TypeId {
        if let Some(known) = self.builtins.get(&builtin) {
            return *known;
        }
        let name = match builtin {
            // No schema knows it.
            Builtin::Attachment => Name::Derived { ns: Text::new(), path: vec!["attachment".into()] },
            _ => Name::Given(QName::new(XSD, builtin::name_of(builtin).unwrap_or("anyType"))),
        };
        let kind = TypeKind::Simple(Simple::plain(SimpleKind::Builtin(builtin)));
        let id = self.model.add_type(Type { name, docs: Docs::default(), origin: Origin::default(), kind });
        self.builtins.insert(builtin, id);
        id
    }

    // Resolving

    /// The name a reference means in its unit.
    pub(super) fn meant(&self, reference: &Reference, context: &Context) -> QName {
        let unit = &self.units[context.unit];
        if reference.name.ns.is_empty() && unit.chameleon {
            QName::new(unit.target.clone(), reference.name.local.clone())
        } else {
            reference.name.clone()
        }
    }

    pub(super) fn find(&mut self, space: Space, reference: &Reference, context: &Context) -> Option<Declared<'s>> {
        if reference.unbound {
            return self.find_local(space, reference);
        }
        let name = self.meant(reference, context);
        let key = (space, name);
        if context.redefining.as_ref() == Some(&key)
            && let Some(original) = self.originals.get(&key)
        {
            return Some(*original);
        }
        if let Some(found) = self.declared.get(&key) {
            let found = *found;
            self.remark_import(&key.1, reference.span, context.unit);
            return Some(found);
        }
        // A name without a prefix where no default namespace is declared: the schema's own is meant.
        let target = self.units[context.unit].target.clone();
        if key.1.ns.is_empty() && !target.is_empty() {
            let own = (space, QName::new(target, key.1.local));
            if let Some(found) = self.declared.get(&own) {
                let found = *found;
                let what = format!(
                    "`{}` has no prefix and no default namespace applies; the one in the schema's own namespace is used",
                    own.1.local
                );
                self.diagnostics.push(Diagnostic::warning(codes::NOT_IMPORTED, what).at(reference.span, "no prefix"));
                return Some(found);
            }
        }
        None
    }

    /// A name whose namespace is not known: the only declaration of that local name, if there is but one.
    fn find_local(&mut self, space: Space, reference: &Reference) -> Option<Declared<'s>> {
        let local = &reference.name.local;
        let mut same = self.declared.iter().filter(|((known, name), _)| *known == space && name.local == *local);
        let (Some(((_, name), found)), None) = (same.next(), same.next()) else { return None };
        if space == Space::Type && builtin::by_name(local).is_some() {
            return None;
        }
        let found = *found;
        let what = format!("the {} `{local}` is taken from {}", space.word(), namespace(&name.ns));
        self.diagnostics.push(
            Diagnostic::warning(crate::source::codes::PREFIX_IGNORED, what)
                .at(reference.span, "the only one of that name in the loaded documents"),
        );
        Some(found)
    }

    fn remark_import(&mut self, name: &QName, span: Span, unit: usize) {
        let from = &self.units[unit];
        if name.ns == from.target || from.is_builtin || self.not_imported.contains(&(unit, name.ns.clone())) {
            return;
        }
        let imported = from.imports.contains(name.ns.as_str());
        if imported || name.ns == "http://www.w3.org/XML/1998/namespace" {
            return;
        }
        self.not_imported.insert((unit, name.ns.clone()));
        let what = format!("{} is used here but not imported by its schema", namespace(&name.ns));
        self.diagnostics
            .push(Diagnostic::warning(codes::NOT_IMPORTED, what).at(span, "found in another loaded document"));
    }

    /// The type a reference means; a placeholder, reported in the end, when there is none.
    pub(super) fn type_of(&mut self, reference: &Reference, context: &Context) -> TypeId {
        self.type_or(reference, context, Builtin::AnyType)
    }

    /// The same where only a simple type can stand.
    pub(super) fn simple_type_of(&mut self, reference: &Reference, context: &Context) -> TypeId {
        self.type_or(reference, context, Builtin::AnySimpleType)
    }

    fn type_or(&mut self, reference: &Reference, context: &Context, otherwise: Builtin) -> TypeId {
        if let Some(found) = self.builtin_named(&reference.name, reference.unbound) {
            return found;
        }
        match self.find(Space::Type, reference, context) {
            Some(found) => TypeId(found.index),
            None => self.placeholder(Space::Type, reference, context, otherwise),
        }
    }

    /// The built-in type a reference means; with a prefix that is not bound, one that no schema declares as well.
    fn builtin_named(&mut self, name: &QName, unbound: bool) -> Option<TypeId> {
        let builtin = builtin::by_name(&name.local)?;
        let local = &name.local;
        let declared = || self.declared.keys().any(|(space, known)| *space == Space::Type && known.local == *local);
        let meant = name.ns == XSD || (unbound && !declared());
        meant.then(|| self.builtin(builtin))
    }

    /// A type that stands for something missing.
    pub(super) fn placeholder(
        &mut self,
        space: Space,
        reference: &Reference,
        context: &Context,
        open: Builtin,
    ) -> TypeId {
        let name = self.meant(reference, context);
        let key = (space, name, open);
        if let Some(known) = self.missing_types.get(&key) {
            return *known;
        }
        let complaint = self.complaint(space, reference, context);
        let kind = TypeKind::Simple(Simple::plain(SimpleKind::Builtin(open)));
        let ty = Type { name: Name::Given(key.1.clone()), docs: Docs::default(), origin: reference.span.into(), kind };
        let id = self.model.add_type(ty);
        self.missing_types.insert(key, id);
        self.missing.push((id, complaint));
        id
    }

    /// Remembers that something reached through `owner` is missing.
    pub(super) fn miss(&mut self, owner: TypeId, complaint: Diagnostic) {
        self.missing.push((owner, complaint));
    }

    pub(super) fn complaint(&self, space: Space, reference: &Reference, context: &Context) -> Diagnostic {
        let name = self.meant(reference, context);
        let word = space.word();
        let shown = &name.local;
        let what = if reference.unbound {
            format!("there is no {word} `{shown}` that could be meant, or more than one")
        } else {
            format!("there is no {word} `{shown}` in {}", namespace(&name.ns))
        };
        let mut problem = Diagnostic::error(codes::UNRESOLVED, what)
            .at(reference.span, format!("this {word} is not declared in any loaded document"));
        if name.ns == XSD {
            if let Some(near) = did_you_mean(shown, builtin::names()) {
                problem = problem.with_help(format!("XML Schema has `{near}`"));
            }
            return problem;
        }
        if self.missing.len() > SUGGESTIONS {
            return problem; // to search for each of very many would take longer than anyone reads
        }
        let mut same_ns: Vec<&str> = Vec::new();
        let mut elsewhere: Vec<&str> = Vec::new();
        let mut known_ns = false;
        for (known_space, known) in self.declared.keys() {
            known_ns |= known.ns == name.ns;
            if *known_space == space && known.ns == name.ns {
                same_ns.push(&known.local);
            }
            if *known_space == space && known.local == name.local {
                elsewhere.push(&known.ns);
            }
        }
        same_ns.sort_unstable();
        elsewhere.sort_unstable();
        if let Some(ns) = elsewhere.first() {
            problem = problem.with_help(format!("there is one of that name in {}", namespace(ns)));
        } else if let Some(near) = did_you_mean(shown, same_ns) {
            problem = problem.with_help(format!("did you mean `{near}`?"));
        } else if !known_ns {
            problem = problem
                .with_note("no loaded document declares this namespace")
                .with_help("an import of it may be missing");
        }
        problem
    }

    /// A global element or type that a WSDL part refers to.
    pub fn element_named(&self, name: &QName) -> Option<ElementId> {
        self.declared.get(&(Space::Element, name.clone())).map(|found| ElementId(found.index))
    }

    /// A named type, built-in or declared; `unbound` says that the namespace is not known.
    pub fn type_named(&mut self, name: &QName, unbound: bool) -> Option<TypeId> {
        if let Some(found) = self.builtin_named(name, unbound) {
            return Some(found);
        }
        self.declared.get(&(Space::Type, name.clone())).map(|found| TypeId(found.index))
    }

    /// The names declared in a symbol space, sorted, for suggestions.
    pub fn names(&self, space: Space) -> Vec<&QName> {
        let mut names: Vec<&QName> =
            self.declared.keys().filter(|(known, _)| *known == space).map(|(_, name)| name).collect();
        names.sort_unstable();
        names
    }

    /// Reports what is missing: an error where `used` says so, else a warning; and hands the model over.
    pub fn finish(mut self, used: impl Fn(&Model, TypeId) -> bool) -> Model {
        for (owner, mut complaint) in std::mem::take(&mut self.missing) {
            if !used(&self.model, owner) {
                complaint.severity = crate::diagnostic::Severity::Warning;
                complaint.code = codes::UNRESOLVED_UNUSED;
                complaint = complaint.with_note("nothing that an operation sends or receives leads here");
            }
            self.diagnostics.push(complaint);
        }
        self.model
    }
}

/// A namespace in words.
fn namespace(ns: &str) -> String {
    if ns.is_empty() { "no namespace".to_owned() } else { format!("the namespace `{}`", ns.escape_debug()) }
}
