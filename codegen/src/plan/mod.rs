//! The model said in Rust: modules, identifiers, types, boxes, derives, the order of members. After it there is no
//! decision left; [`crate::emit`] only prints.

mod alternatives;
mod boxes;
mod carriers;
mod content;
mod counts;
mod enumerations;
mod facets;
mod ident;
mod items;
mod ledger;
mod letters;
mod modules;
mod names;
mod naming;
pub mod open;
mod output;
mod parts;
mod paths;
mod reply_headers;
mod scalars;
mod services;
mod shapes;
mod unions;
mod white_space;

pub use facets::{Facet, Table};

use crate::diagnostic::Diagnostics;
use crate::model::{Model, Text};

pub use letters::witnesses;
pub use names::{Names, is_identifier};

/// What the caller decides about the generated Rust.
#[derive(Debug, Clone)]
pub struct PlanOptions {
    /// Put everything into one module even when several namespaces are in play.
    pub flat: bool,
    /// Emit what the contract says about values beyond their types, for validation on request.
    pub facets: bool,
    /// Traits to derive on every type.
    pub derives: Vec<String>,
    /// Also emit a test per example message.
    pub example_tests: bool,
    /// Emit a typed entry point per global element even where there are services. Without services there always is one:
    /// documents are all a schema has.
    pub elements: bool,
    /// Types of the caller's that stand for types of the contract: wire name (`Guid`, `{ns}Guid`), Rust path.
    pub externs: Vec<(String, String)>,
    /// Names given out before, which stay. `None` keeps no record: every run then names afresh.
    pub names: Option<Names>,
    /// A base (of types told by `xsi:type`, or of a substitution group) with more alternatives than this is an open type
    /// (`rt::Any`) instead of an enum.
    pub open_above: usize,
    /// Bases that are open types, however many alternatives they have: local names, or `{ns}local`.
    pub open_types: Vec<String>,
    /// Bases that are enums, however many alternatives they have.
    pub enum_types: Vec<String>,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self {
            flat: false,
            facets: true,
            derives: ["Debug", "Clone", "PartialEq"].map(String::from).to_vec(),
            example_tests: true,
            elements: false,
            externs: Vec::new(),
            names: None,
            open_above: open::OPEN_ABOVE,
            open_types: Vec::new(),
            enum_types: Vec::new(),
        }
    }
}

/// An item of [`Plan::items`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemId(pub usize);

/// A module of [`Plan::modules`]; 0 is the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ModuleId(pub usize);

/// A namespace constant of [`Plan::namespaces`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamespaceId(pub usize);

/// One generated file.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Documentation of the contract.
    pub docs: String,
    /// Modules: the root, and one per namespace when there are several.
    pub modules: Vec<Module>,
    /// Namespace constants, in the root module.
    pub namespaces: Vec<Namespace>,
    /// Types, in the order they are printed within their module.
    pub items: Vec<Item>,
    /// Facets of named simple types.
    pub facets: Vec<Table>,
    /// Services.
    pub services: Vec<Service>,
    /// Types that stand for the elements of open substitution groups.
    pub markers: Vec<open::Marker>,
    /// Global elements that are entry points.
    pub elements: Vec<Element>,
    /// Whether some element of the contract is in no namespace.
    pub unqualified: bool,
    /// Traits to derive.
    pub derives: Vec<String>,
    /// Example messages that become tests.
    pub examples: Vec<Example>,
    /// The names on record from now on; `None` when no record is kept.
    pub names: Option<Names>,
    /// Where the types came from.
    sources: naming::Sources,
}

/// A module.
#[derive(Debug, Clone)]
pub struct Module {
    /// Its name; empty for the root.
    pub ident: String,
    /// The namespace it holds.
    pub docs: String,
    /// Names of the standard library that a type of this module takes away (`Option`, `Vec` …).
    pub shadowed: Vec<&'static str>,
}

/// A namespace constant.
#[derive(Debug, Clone)]
pub struct Namespace {
    /// Its name.
    pub ident: String,
    /// The namespace name.
    pub uri: String,
    /// Something in the plan refers to it.
    pub used: bool,
}

/// A generated type.
#[derive(Debug, Clone)]
pub struct Item {
    /// Where it stands.
    pub module: ModuleId,
    /// The type's name.
    pub ident: String,
    /// The name of its shape.
    pub shape: String,
    /// Documentation.
    pub docs: Text,
    /// The type's name on the wire (a made-up path for anonymous ones).
    pub wire: WireName,
    /// What it is.
    pub kind: ItemKind,
}

/// A name on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireName {
    /// Its namespace; `None` for no namespace.
    pub ns: Option<NamespaceId>,
    /// Its local part.
    pub local: Text,
}

/// What a generated type is.
#[allow(clippy::large_enum_variant)] // most are records, and there is one per type
#[derive(Debug, Clone)]
pub enum ItemKind {
    /// A struct.
    Record(Record),
    /// An enum with one member each.
    Choice(Choice),
    /// One of more types or elements than an enum should have.
    Open(open::Open),
    /// An enumeration over text.
    Enumeration(Enumeration),
    /// An enumeration over an integer.
    Coded(Coded),
}

/// A struct.
#[derive(Debug, Clone)]
pub struct Record {
    /// The runtime's `Kind`.
    pub kind: RecordKind,
    /// Fields, in contract order.
    pub fields: Vec<Field>,
    /// Order on wires that sort; empty where it is the contract order.
    pub ordinal: Vec<u16>,
    /// Every field may be left out, so `Default` can be derived.
    pub default: bool,
}

/// The runtime's kinds of struct shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // the runtime documents them
pub enum RecordKind {
    Record,
    All,
    Group,
    Slots,
    Packed(Vec<String>),
}

/// A field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: Text,
    /// Its type.
    pub ty: RustType,
    /// Its place on the wire.
    pub member: Member,
}

/// A shape member.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its wire name; empty for text, inline and wildcard members.
    pub name: WireName,
    /// Where it stands.
    pub place: Place,
    /// The runtime's flags, by name.
    pub flags: Vec<&'static str>,
    /// The name of its type, in contracts whose messages say it: few, so it is not in every member.
    pub ty: Option<Box<WireName>>,
    /// What the contract says about its values beyond their type.
    pub facets: Vec<Facet>,
}

impl Member {
    /// All facets of the member and of its items.
    pub(crate) fn each_facets(&self, visit: &mut dyn FnMut(&[Facet])) {
        visit(&self.facets);
        if let Place::Wrapped(items) = &self.place {
            visit(&items.facets);
        }
    }
}

/// The runtime's places.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // the runtime documents them
pub enum Place {
    Element,
    Wrapped(Box<Wrapped>),
    Attribute,
    Text,
    Inline(ItemId),
    Any(Wildcard),
    AnyAttribute(Wildcard),
    Slot(&'static str),
    Rest,
    Part(Option<String>),
}

/// What [`Place::Wrapped`] says of the items.
#[derive(Debug, Clone)]
pub struct Wrapped {
    /// Their wire name.
    pub item: WireName,
    /// The runtime's flags, by name.
    pub flags: Vec<&'static str>,
    /// The name of their type, in contracts whose messages say it.
    pub ty: Option<WireName>,
    /// What the contract says about their values beyond their type.
    pub facets: Vec<Facet>,
    /// Dimensions of arrays in arrays of SOAP encoding, outermost first; empty for plain lists.
    pub ranks: Vec<u8>,
}

/// A wildcard's namespaces.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // the runtime documents them
pub enum Wildcard {
    Any,
    Other(String),
    List(Vec<String>),
}

/// An enum that holds one member.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Chosen by `xsi:type` rather than by element name.
    pub by_type: bool,
    /// Variants, in contract order.
    pub variants: Vec<Variant>,
    /// The variant a vacant value starts as: one that ends.
    pub vacant: usize,
}

/// A variant that holds a value.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: Text,
    /// What it holds.
    pub ty: RustType,
    /// Its place on the wire.
    pub member: Member,
}

/// An enumeration over text, or a union of several kinds of values.
#[derive(Debug, Clone)]
pub struct Enumeration {
    /// The runtime's name of the values' type, where one value has several texts (`1.0` and `1`).
    pub of: Option<&'static str>,
    /// Values, in schema order.
    pub values: Vec<Value<Text>>,
    /// The types of a union beside its listed values.
    pub kinds: Vec<UnionKind>,
    /// Any other text is a value of the union, too.
    pub text: bool,
    /// The variant that keeps unknown values, or other text; `None` when the list is closed.
    pub unknown: Option<String>,
}

/// A variant of a union that holds the values of a type.
#[derive(Debug, Clone)]
pub struct UnionKind {
    /// Its name.
    pub ident: String,
    /// Its type.
    pub ty: RustType,
    /// What decides whether a text is of this kind.
    pub bounds: Vec<Facet>,
}

/// An enumeration over an integer.
#[derive(Debug, Clone)]
pub struct Coded {
    /// Values, in contract order.
    pub values: Vec<Value<i64>>,
    /// Their type goes beyond `xs:int`.
    pub long: bool,
    /// The variant that keeps unknown codes; `None` when the list is closed.
    pub unknown: Option<String>,
    /// It carries in-band error codes: those that may be retried, and those that say nothing was done.
    pub errors: Option<(Vec<String>, Vec<String>)>,
}

/// An enumerated value.
#[derive(Debug, Clone)]
pub struct Value<W> {
    /// The variant's name.
    pub ident: String,
    /// Documentation.
    pub docs: Text,
    /// What is on the wire.
    pub wire: W,
}

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RustType {
    /// A primitive of the language: `bool`, `i32`, `f64` …
    Primitive(&'static str),
    /// `String`.
    String,
    /// A type of the runtime crate: `DateTime`, `Decimal` …
    Runtime(&'static str),
    /// A generated type.
    Item(ItemId),
    /// A type the caller names, by a path that means the same everywhere: `crate::…` or `::name::…`.
    Extern(String),
    /// `Option<T>`
    Option(Box<RustType>),
    /// `Vec<T>`
    Vec(Box<RustType>),
    /// `Box<T>`
    Boxed(Box<RustType>),
    /// `rt::Nillable<T>`
    Nillable(Box<RustType>),
    /// `rt::NilOr<T>`
    NilOr(Box<RustType>),
    /// `rt::List<T>`
    List(Box<RustType>),
    /// `rt::Secret<T>`
    Secret(Box<RustType>),
    /// `rt::Spelled<T>`
    Spelled(Box<RustType>),
    /// `()`
    Unit,
}

/// A global element as an entry point.
#[derive(Debug, Clone)]
pub struct Element {
    /// The static.
    pub ident: String,
    /// The element.
    pub name: WireName,
    /// Documentation.
    pub docs: Text,
    /// What it holds.
    pub ty: RustType,
    /// What white space means to its text: the runtime's flags, by name.
    pub flags: Vec<&'static str>,
    /// What the contract says about the value beyond its type.
    pub facets: Vec<Facet>,
}

/// A service.
#[derive(Debug, Clone)]
pub struct Service {
    /// The client struct.
    pub client: String,
    /// The static `ServiceInfo`.
    pub info: String,
    /// The module of operation markers.
    pub module: String,
    /// The name in the contract.
    pub name: String,
    /// Documentation.
    pub docs: String,
    /// Wires.
    pub bindings: Vec<Binding>,
    /// Operations.
    pub operations: Vec<Operation>,
    /// Declared headers: a client method sets each.
    pub headers: Vec<HeaderSetter>,
    /// Headers that replies are declared to bring.
    pub reply_headers: Option<ReplyHeaders>,
}

/// A wire.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The static.
    pub ident: String,
    /// The name in the contract.
    pub name: String,
    /// Where the vendor says it listens.
    pub endpoint: String,
    /// Documentation.
    pub docs: String,
    /// What is spoken.
    pub protocol: crate::model::Protocol,
}

/// A client method that sets a declared header.
#[derive(Debug, Clone)]
pub struct HeaderSetter {
    /// The method.
    pub method: String,
    /// The header element.
    pub name: WireName,
    /// The value's type.
    pub ty: RustType,
}

/// A struct with the headers that replies of a service bring, in the module of operation markers.
#[derive(Debug, Clone)]
pub struct ReplyHeaders {
    /// Its name.
    pub ident: String,
    /// Its fields, each an `Option`.
    pub fields: Vec<HeaderField>,
}

/// A header of replies.
#[derive(Debug, Clone)]
pub struct HeaderField {
    /// The field.
    pub ident: String,
    /// The header element.
    pub name: WireName,
    /// The field's type.
    pub ty: RustType,
}

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The marker type.
    pub marker: String,
    /// Its static `OperationInfo`.
    pub info: String,
    /// The client method.
    pub method: String,
    /// The name in the contract.
    pub name: String,
    /// Documentation of the method.
    pub docs: String,
    /// What calling it does.
    pub effect: Effect,
    /// The request's body element.
    pub input_name: WireName,
    /// The request's type.
    pub input: RustType,
    /// The reply's body element.
    pub output_name: Option<WireName>,
    /// The messages use SOAP encoding.
    pub encoded: bool,
    /// The reply's type.
    pub reply: RustType,
    /// What the caller gets.
    pub output: RustType,
    /// How the caller's part comes out of the reply.
    pub finish: Finish,
    /// The type of in-band codes; `None` when there are none.
    pub code: Option<RustType>,
    /// Declared faults.
    pub detail: Option<Detail>,
    /// How it is reached.
    pub routes: Vec<crate::model::Route>,
    /// Declared headers, and whether they are required.
    pub headers: Vec<(WireName, bool)>,
    /// Its replies are declared to bring headers.
    pub reply_headers: bool,
}

/// What calling an operation does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // the runtime documents them
pub enum Effect {
    Read,
    Idempotent,
    Effectful { settled_by: String },
}

/// Typed fault detail of an operation.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The enum, in the module of operation markers.
    pub ident: String,
    /// Variant, detail element, type.
    pub variants: Vec<(String, WireName, RustType)>,
}

/// A step from a record to one of its fields.
#[derive(Debug, Clone)]
pub struct Step {
    /// The field.
    pub field: String,
    /// How it may be missing.
    pub presence: Presence,
}

/// How a field may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always there.
    Always,
    /// An `Option`.
    Option,
    /// An `Option` in a `Box`, or a `Box` in an `Option`.
    OptionBox,
    /// A `Box`.
    Box,
}

/// How the caller's part comes out of a reply.
#[derive(Debug, Clone)]
pub enum Finish {
    /// The reply as it is.
    Whole,
    /// Nothing: the reply is empty.
    Unit,
    /// The only field.
    Field(String),
    /// A flag, a code and a text beside the data.
    Flagged {
        /// From the reply to the record that holds them.
        path: Vec<Step>,
        /// The flag.
        failed: Step,
        /// The code.
        code: Step,
        /// The text.
        text: Option<Step>,
        /// The data.
        ok: Step,
    },
    /// A list of errors, empty on success.
    Listed {
        /// From the reply to the record that holds the list.
        path: Vec<Step>,
        /// The list.
        errors: Step,
        /// In each error, its code.
        code: Option<Step>,
        /// In each error, its text.
        text: Option<Step>,
    },
}

/// An example message that becomes a test.
#[derive(Debug, Clone)]
pub struct Example {
    /// The test's name.
    pub test: String,
    /// The marker, as `module::Marker`.
    pub operation: (String, String),
    /// The binding static.
    pub binding: String,
    /// Where the messages lie, for people.
    pub path: String,
    /// The request, if there is one.
    pub request: Option<String>,
    /// The response, if there is one.
    pub response: Option<String>,
}

/// Says a model in Rust.
pub fn plan(model: &Model, options: &PlanOptions, diagnostics: &mut Diagnostics) -> Plan {
    paths::check(options, diagnostics);
    let mut drafts = items::draft(model, options, diagnostics);
    boxes::insert(&mut drafts.items);
    boxes::vacancies(&mut drafts.items, diagnostics);
    let (mut plan, mut ledger) = naming::finish(model, drafts, options);
    services::plan(model, &mut plan, &mut ledger, options, diagnostics);
    services::elements(model, &mut plan, &mut ledger, options);
    facets::finish(std::mem::take(&mut plan.sources.tables), &mut plan);
    modules::mark_used(&mut plan);
    ledger.report(diagnostics);
    plan.names = ledger.into_names();
    plan
}
