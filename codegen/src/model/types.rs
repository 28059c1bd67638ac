//! Types as the wire has them: all of XSD 1.0, and the positional layouts of XML-RPC contracts.

use super::alternatives::Block;
use super::{Docs, ElementId, ErrorTableId, Name, Origin, QName, Text, TypeId};

/// A simple or complex type.
#[derive(Debug, Clone)]
pub struct Type {
    /// What it is called.
    pub name: Name,
    /// Documentation.
    pub docs: Docs,
    /// Where it was read.
    pub origin: Origin,
    /// What it is.
    pub kind: TypeKind,
}

/// Text with a lexical space, or structure.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// Text.
    Simple(Simple),
    /// Attributes and content.
    Complex(Complex),
}

/// A simple type.
#[derive(Debug, Clone)]
pub struct Simple {
    /// How it is made.
    pub kind: SimpleKind,
    /// Restrictions added at this step.
    pub facets: Facets,
    /// Enumerated values, in schema order; empty when the type is not an enumeration.
    pub values: Vec<EnumValue>,
    /// A DataContract `[Flags]` or other marker is not kept here; `closed` says a value outside `values` is an error.
    pub closed: bool,
    /// The error table whose codes these values are, if any.
    pub error_table: Option<ErrorTableId>,
}

impl Simple {
    /// A simple type with neither facets nor values.
    pub fn plain(kind: SimpleKind) -> Self {
        Self { kind, facets: Facets::default(), values: Vec::new(), closed: false, error_table: None }
    }
}

/// How a simple type is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SimpleKind {
    /// One of the types XSD defines.
    Builtin(Builtin),
    /// A restriction of another simple type.
    Restriction(TypeId),
    /// Items separated by white space.
    List(TypeId),
    /// One of several types, tried in order.
    Union(Vec<TypeId>),
}

/// The built-in simple types of XSD 1.0, the two ur-types, and what Microsoft's serializers add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // the names are XSD's own
pub enum Builtin {
    AnyType,
    AnySimpleType,
    String,
    NormalizedString,
    Token,
    Language,
    Name,
    NCName,
    NmToken,
    NmTokens,
    Id,
    IdRef,
    IdRefs,
    Entity,
    Entities,
    AnyUri,
    QName,
    Notation,
    Boolean,
    Decimal,
    Integer,
    NonPositiveInteger,
    NegativeInteger,
    NonNegativeInteger,
    PositiveInteger,
    Long,
    Int,
    Short,
    Byte,
    UnsignedLong,
    UnsignedInt,
    UnsignedShort,
    UnsignedByte,
    Float,
    Double,
    Duration,
    DateTime,
    Date,
    Time,
    GYear,
    GYearMonth,
    GMonth,
    GMonthDay,
    GDay,
    Base64Binary,
    HexBinary,
    /// `{http://schemas.microsoft.com/2003/10/Serialization/}guid`, and `Guid` in hand-written contracts.
    Guid,
    /// Raw XML with no schema (`Xml` in hand-written contracts).
    Xml,
    /// Content beside the document, or in its place: a MIME part, the answer of an HTTP binding.
    Attachment,
}

impl Builtin {
    /// Whether it is `integer` or a type derived from it.
    pub fn is_integer(self) -> bool {
        matches!(
            self,
            Self::Integer
                | Self::NonPositiveInteger
                | Self::NegativeInteger
                | Self::NonNegativeInteger
                | Self::PositiveInteger
                | Self::Long
                | Self::Int
                | Self::Short
                | Self::Byte
                | Self::UnsignedLong
                | Self::UnsignedInt
                | Self::UnsignedShort
                | Self::UnsignedByte
        )
    }
}

/// One enumerated value.
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// The text on the wire (an integer's decimal digits where the base is an integer).
    pub wire: Text,
    /// A name from the contract, where values are codes (`InProcess = 1`); otherwise the name comes from `wire`.
    pub name: Option<String>,
    /// Documentation.
    pub docs: Docs,
    /// Where it was read.
    pub origin: Origin,
}

/// How white space is treated before a value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the names are XSD's own
pub enum WhiteSpace {
    Preserve,
    Replace,
    Collapse,
}

/// Restricting facets of a simple type, as given at one step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // the names are XSD's own
pub struct Facets {
    pub length: Option<u64>,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    /// Patterns of this step: alternatives of one another.
    pub patterns: Vec<String>,
    pub white_space: Option<WhiteSpace>,
    pub min_inclusive: Option<String>,
    pub max_inclusive: Option<String>,
    pub min_exclusive: Option<String>,
    pub max_exclusive: Option<String>,
    pub total_digits: Option<u64>,
    pub fraction_digits: Option<u64>,
}

/// A complex type, or a record of a hand-written contract.
#[derive(Debug, Clone, Default)]
pub struct Complex {
    /// The type it extends or restricts; `None` for a type made from nothing (`xs:anyType`).
    pub derivation: Option<Derivation>,
    /// Cannot be used itself, only through a derived type.
    pub is_abstract: bool,
    /// Which derived types may not stand where this one is declared.
    pub block: Block,
    /// As the type of a message's body or header, it stands for the types derived from it as well (after the `bases` pass).
    pub stands_for_derived: bool,
    /// Text may stand between the elements.
    pub mixed: bool,
    /// Attributes of this step (after the `flatten` pass: all of them).
    pub attributes: Vec<Attribute>,
    /// Whether other attributes are allowed.
    pub any_attribute: Option<Wildcard>,
    /// Content of this step (after the `flatten` pass: all of it).
    pub content: Content,
    /// How values of the type are laid out on the wire.
    pub layout: Layout,
    /// DataContract schemas: nil and absent mean the same.
    pub data_contract: bool,
    /// A SOAP-encoded array (`soapenc:Array`), with the type of its items; they go by any element name on the wire.
    pub soap_array: Option<TypeId>,
    /// Of an array whose items are arrays, or that has several dimensions: the number of dimensions of each, the outermost
    /// first (`[1, 1]` for `string[][]`, `[2]` for `int[,]`). Empty for a plain list.
    pub array_ranks: Vec<u8>,
    /// On bindings with DataContractSerializer's rules the elements go in ordinal order of their names instead of the order
    /// given here. Set for contracts of hand-written files, which list members in declared order; never for message
    /// wrappers, whose order is that of the parameters, nor for types read from a schema, which is in wire order already.
    pub ordinal: bool,
}

/// The base of a complex type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derivation {
    /// The base type.
    pub base: TypeId,
    /// Extension or restriction.
    pub method: Method,
}

/// How a complex type comes from its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the names are XSD's own
pub enum Method {
    Extension,
    Restriction,
}

/// What stands between an element's tags.
#[derive(Debug, Clone, Default)]
pub enum Content {
    /// Nothing.
    #[default]
    Empty,
    /// Text of a simple type (`xs:simpleContent`).
    Text(TypeId),
    /// Elements.
    Particles(Particle),
}

/// How a record is laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Layout {
    /// Elements and attributes.
    #[default]
    Xml,
    /// XML-RPC array slots, in the order of the members.
    Slots {
        /// The array grows at its end from version to version: surplus slots are kept.
        more: bool,
    },
    /// One string: member texts with literal separators around them.
    Packed {
        /// The text before the first member, between each two, and after the last: one more than there are members.
        separators: Vec<String>,
    },
}

/// An element, a wildcard or a group, with how often it may occur.
#[derive(Debug, Clone)]
pub struct Particle {
    /// How often.
    pub occurs: Occurs,
    /// What.
    pub kind: ParticleKind,
    /// Where it was read.
    pub origin: Origin,
}

/// What a particle is. Named groups are already resolved.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // the names are XSD's own
pub enum ParticleKind {
    Element(Box<ElementUse>),
    Any(Wildcard),
    Sequence(Vec<Particle>),
    Choice(Vec<Particle>),
    All(Vec<Particle>),
}

/// Minimum and maximum number of occurrences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurs {
    /// At least.
    pub min: u32,
    /// At most; `None` is unbounded.
    pub max: Option<u32>,
}

impl Occurs {
    /// Exactly once.
    pub const ONCE: Self = Self { min: 1, max: Some(1) };
    /// At most once.
    pub const OPTIONAL: Self = Self { min: 0, max: Some(1) };
    /// Any number of times.
    pub const ANY: Self = Self { min: 0, max: None };

    /// Whether more than one occurrence is allowed.
    pub fn repeats(self) -> bool {
        self.max.is_none_or(|max| max > 1)
    }
}

/// An element where it is used: a local declaration or a reference to a global one.
#[derive(Debug, Clone)]
pub struct ElementUse {
    /// The name on the wire, with `elementFormDefault`/`form` already applied.
    pub name: QName,
    /// Its type.
    pub ty: TypeId,
    /// The global element referred to; its substitution group may stand in its place.
    pub global: Option<ElementId>,
    /// Which derived types may not stand in its place; what a global one says of other elements is with it.
    pub block: Block,
    /// `xsi:nil` is allowed.
    pub nillable: bool,
    /// Value when the element is empty.
    pub default: Option<Text>,
    /// The only value allowed.
    pub fixed: Option<Text>,
    /// Documentation at the point of use.
    pub docs: Docs,
    /// Never shown in Debug, logs, captures or errors.
    pub secret: bool,
    /// A name the contract's author chose for the member instead of the one made from `name`.
    pub rename: Option<String>,
    /// Bindings the member exists on.
    pub only: Only,
    /// How absence is written; `None` leaves it to the binding's profile.
    pub absent: Option<Absent>,
    /// The element wraps repeated items: `<Periods><Item/>…</Periods>` (set by the `arrays` pass or the contract).
    pub items: Option<Box<Particle>>,
    /// How it sits in a positional layout.
    pub slot: Option<Box<SlotUse>>,
    /// Where it was read.
    pub origin: Origin,
}

impl ElementUse {
    /// A plain element of the given type.
    pub fn new(name: QName, ty: TypeId) -> Self {
        Self {
            name,
            ty,
            global: None,
            block: Block::NONE,
            nillable: false,
            default: None,
            fixed: None,
            docs: Docs::default(),
            secret: false,
            rename: None,
            only: Only::All,
            absent: None,
            items: None,
            slot: None,
            origin: Origin::default(),
        }
    }
}

/// Which wires of a contract carry a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Only {
    /// Every wire.
    #[default]
    All,
    /// SOAP only.
    Soap,
    /// Plain XML only.
    Plain,
}

/// How an absent member is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// Not at all.
    Omit,
    /// As an element with `xsi:nil="true"`.
    Nil,
    /// As an empty element.
    Empty,
}

/// A member of a positional layout.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlotUse {
    /// A counter slot stands before the entries; the encoder computes it.
    pub count: Option<Counter>,
    /// May be left out, together with everything after it.
    pub trailing: bool,
    /// The text that means "none" in a packed string.
    pub none: Option<String>,
    /// The longest text the vendor documents, in characters.
    pub max_len: Option<u32>,
}

/// What a counter slot counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counter {
    /// Entries that follow.
    Entries,
    /// Array values that follow in the section, inner counters and ids included.
    Values,
}

/// An attribute use.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// The name on the wire; its namespace is usually empty.
    pub name: QName,
    /// A simple type.
    pub ty: TypeId,
    /// Must be there.
    pub required: bool,
    /// Must not be there (only seen in restrictions; the `flatten` pass removes it).
    pub prohibited: bool,
    /// Value when absent.
    pub default: Option<Text>,
    /// The only value allowed.
    pub fixed: Option<Text>,
    /// Documentation.
    pub docs: Docs,
    /// Never shown in Debug, logs, captures or errors.
    pub secret: bool,
    /// A name the contract's author chose for the member.
    pub rename: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}

/// `xs:any` or `xs:anyAttribute`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wildcard {
    /// Namespaces allowed.
    pub namespaces: NamespaceSet,
    /// How strictly the content is to be checked.
    pub process: ProcessContents,
}

/// Namespaces a wildcard allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamespaceSet {
    /// `##any`
    Any,
    /// `##other`: any but this one, and not "no namespace".
    Other(String),
    /// A list; an empty string stands for `##local`.
    List(Vec<String>),
}

/// How strictly wildcard content is to be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the names are XSD's own
pub enum ProcessContents {
    Strict,
    Lax,
    Skip,
}

/// A global element.
#[derive(Debug, Clone)]
pub struct Element {
    /// Its name.
    pub name: QName,
    /// Its type.
    pub ty: TypeId,
    /// `xsi:nil` is allowed.
    pub nillable: bool,
    /// Only members of its substitution group may stand in its place.
    pub is_abstract: bool,
    /// The head of the substitution group it belongs to.
    pub substitutes: Option<ElementId>,
    /// What may not stand in its place.
    pub block: Block,
    /// Value when the element is empty.
    pub default: Option<Text>,
    /// The only value allowed.
    pub fixed: Option<Text>,
    /// Documentation.
    pub docs: Docs,
    /// Where it was read.
    pub origin: Origin,
}

/// The most lists inside one another that an array of SOAP's encoding becomes.
pub const ARRAY_DEPTH: u8 = 8;

/// The namespaces of SOAP encoding, 1.1 and 1.2.
pub const SOAP_ENCODING: [&str; 2] =
    ["http://schemas.xmlsoap.org/soap/encoding/", "http://www.w3.org/2003/05/soap-encoding"];
