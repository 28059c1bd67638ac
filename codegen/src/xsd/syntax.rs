//! XML Schema as written: a struct per construct, names resolved to namespaces, nothing else decided.

use crate::model::{Block, Docs, EnumValue, Facets, Method, NamespaceSet, Occurs, ProcessContents, QName, Text};
use crate::source::{Edge, FileId, Span};

/// A `schema` element.
#[derive(Debug, Clone)]
pub struct Schema {
    /// The file it stands in.
    pub file: FileId,
    /// Its start tag.
    pub span: Span,
    /// Its documentation.
    pub docs: Docs,
    /// `targetNamespace`; none makes it a chameleon when it is included.
    pub target: Option<String>,
    /// Global declarations, in order.
    pub globals: Vec<Global>,
    /// Imports, includes, redefines and mentioned namespaces.
    pub edges: Vec<Edge>,
    /// What each `redefine` among the edges holds: the edge's place and its declarations.
    pub redefines: Vec<(Span, Vec<Global>)>,
}

/// A global declaration.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // XSD's own names
#[allow(clippy::large_enum_variant)] // elements and complex types are nearly all there are
pub enum Global {
    Simple(SimpleType),
    Complex(ComplexType),
    Group(Group),
    AttributeGroup(AttributeGroup),
    Element(Element),
    Attribute(Attribute),
}

/// The symbol spaces of XSD.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // XSD's own names
pub enum Space {
    Type,
    Element,
    Attribute,
    Group,
    AttributeGroup,
}

impl Space {
    /// What its members are called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Element => "element",
            Self::Attribute => "attribute",
            Self::Group => "group",
            Self::AttributeGroup => "attribute group",
        }
    }
}

impl Global {
    /// Symbol space, name and place.
    pub fn key(&self) -> (Space, &str, Span) {
        match self {
            Self::Simple(it) => (Space::Type, it.name.as_deref().unwrap_or_default(), it.span),
            Self::Complex(it) => (Space::Type, it.name.as_deref().unwrap_or_default(), it.span),
            Self::Group(it) => (Space::Group, &it.name, it.span),
            Self::AttributeGroup(it) => (Space::AttributeGroup, &it.name, it.span),
            Self::Element(it) => (Space::Element, it.name.as_deref().unwrap_or_default(), it.span),
            Self::Attribute(it) => (Space::Attribute, it.name.as_deref().unwrap_or_default(), it.span),
        }
    }
}

/// A reference to a global declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The name; in a chameleon schema an empty namespace means the including schema's.
    pub name: QName,
    /// Where.
    pub span: Span,
    /// Its prefix is not bound: the namespace is not known, and `name` has none.
    pub unbound: bool,
}

/// `final`: ways of deriving that are not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)] // XSD's own names
pub struct Final {
    pub extension: bool,
    pub restriction: bool,
    pub list: bool,
    pub union: bool,
}

impl Final {
    /// Whether a way of deriving, by XSD's word for it, is not allowed.
    pub fn bars(self, word: &str) -> bool {
        match word {
            "extension" => self.extension,
            "restriction" => self.restriction,
            "list" => self.list,
            "union" => self.union,
            _ => false,
        }
    }

    /// Whether everything is allowed.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// `simpleType`.
#[derive(Debug, Clone)]
pub struct SimpleType {
    /// Its name, where it is global.
    pub name: Option<Text>,
    /// Where.
    pub span: Span,
    /// Documentation.
    pub docs: Docs,
    /// How it is made.
    pub variety: Variety,
    /// `final`.
    pub finals: Final,
}

/// How a simple type is made.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant)] // restrictions are nearly all there are
pub enum Variety {
    /// `restriction`
    Restriction {
        /// The base.
        base: SimpleUse,
        /// Its facets.
        facets: FacetList,
    },
    /// `list`
    List(SimpleUse),
    /// `union`
    Union(Vec<SimpleUse>),
}

/// A simple type where it is used: by name or in place.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum SimpleUse {
    Named(Reference),
    Inline(Box<SimpleType>),
    /// Neither is given: `xs:anySimpleType`.
    Missing,
}

/// The facets of one restriction.
#[derive(Debug, Clone, Default)]
pub struct FacetList {
    /// All but `enumeration`.
    pub facets: Facets,
    /// The places of the facets, by name.
    pub places: Vec<(&'static str, Span)>,
    /// `enumeration`.
    pub values: Vec<EnumValue>,
}

/// `complexType`.
#[derive(Debug, Clone)]
pub struct ComplexType {
    /// Its name, where it is global.
    pub name: Option<Text>,
    /// Where.
    pub span: Span,
    /// Documentation.
    pub docs: Docs,
    /// `abstract`.
    pub is_abstract: bool,
    /// `mixed`.
    pub mixed: bool,
    /// `block`.
    pub block: Block,
    /// `final`.
    pub finals: Final,
    /// Its content.
    pub content: ComplexContent,
}

/// The content of a complex type.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant)] // one to a complex type, never in a list
pub enum ComplexContent {
    /// Neither `simpleContent` nor `complexContent`.
    Short(Body),
    /// `simpleContent`.
    Simple {
        /// Extension or restriction.
        method: Method,
        /// The base.
        base: Option<Reference>,
        /// A simple type given in place (restriction).
        inline: Option<Box<SimpleType>>,
        /// Facets (restriction).
        facets: FacetList,
        /// Attributes.
        attributes: Attributes,
        /// Where.
        span: Span,
    },
    /// `complexContent`.
    Complex {
        /// Extension or restriction.
        method: Method,
        /// The base.
        base: Option<Reference>,
        /// Particle and attributes.
        body: Body,
        /// Where.
        span: Span,
    },
}

/// A particle and attributes.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The particle.
    pub particle: Option<Particle>,
    /// The attributes.
    pub attributes: Attributes,
}

/// Attribute uses.
#[derive(Debug, Clone, Default)]
pub struct Attributes {
    /// In order.
    pub items: Vec<AttributeItem>,
    /// `anyAttribute`.
    pub any: Option<Wildcard>,
}

/// An attribute or a reference to an attribute group.
#[derive(Debug, Clone)]
#[allow(missing_docs, clippy::large_enum_variant)] // groups are the exception
pub enum AttributeItem {
    Attribute(Attribute),
    Group(Reference),
}

/// `attribute`.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Its name, unless it is a reference.
    pub name: Option<Text>,
    /// The global attribute it refers to.
    pub reference: Option<Box<Reference>>,
    /// Where.
    pub span: Span,
    /// Documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: SimpleUse,
    /// Belongs to the target namespace.
    pub qualified: bool,
    /// `use="required"`.
    pub required: bool,
    /// `use="prohibited"`.
    pub prohibited: bool,
    /// `default`.
    pub default: Option<Text>,
    /// `fixed`.
    pub fixed: Option<Text>,
    /// `wsdl:arrayType` on a restricted `soapenc:arrayType`: the item type and the dimensions as written.
    pub array_type: Option<(Reference, String)>,
}

/// `element`, global, local or a reference.
#[derive(Debug, Clone)]
pub struct Element {
    /// Its name, unless it is a reference.
    pub name: Option<Text>,
    /// The global element it refers to.
    pub reference: Option<Box<Reference>>,
    /// Where.
    pub span: Span,
    /// Documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: ElementType,
    /// Belongs to the target namespace (always, where global).
    pub qualified: bool,
    /// `nillable`.
    pub nillable: bool,
    /// `abstract`.
    pub is_abstract: bool,
    /// `default`.
    pub default: Option<Text>,
    /// `fixed`.
    pub fixed: Option<Text>,
    /// `substitutionGroup`.
    pub substitutes: Option<Box<Reference>>,
    /// `block`.
    pub block: Block,
    /// `final`.
    pub finals: Final,
}

/// The type of an element.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum ElementType {
    Named(Reference),
    Simple(Box<SimpleType>),
    Complex(Box<ComplexType>),
    /// Not given: the substitution group head's, or `xs:anyType`.
    Missing,
}

/// `group` as a declaration.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name.
    pub name: Text,
    /// Where.
    pub span: Span,
    /// Its particle.
    pub particle: Option<Particle>,
}

/// `attributeGroup` as a declaration.
#[derive(Debug, Clone)]
pub struct AttributeGroup {
    /// Its name.
    pub name: Text,
    /// Where.
    pub span: Span,
    /// Its attributes.
    pub attributes: Attributes,
}

/// A particle with its occurrence.
#[derive(Debug, Clone)]
pub struct Particle {
    /// `minOccurs` and `maxOccurs`.
    pub occurs: Occurs,
    /// Where.
    pub span: Span,
    /// What.
    pub term: Term,
}

/// What a particle is.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Term {
    Element(Box<Element>),
    Group(Reference),
    Any(Wildcard),
    Sequence(Vec<Particle>),
    Choice(Vec<Particle>),
    All(Vec<Particle>),
}

/// `any` or `anyAttribute`.
#[derive(Debug, Clone)]
pub struct Wildcard {
    /// Namespaces; `##targetNamespace` and `##other` as of the schema it is written in.
    pub namespaces: WildcardNames,
    /// `processContents`.
    pub process: ProcessContents,
}

/// The `namespace` attribute of a wildcard.
#[derive(Debug, Clone)]
pub enum WildcardNames {
    /// As the model says it.
    Set(NamespaceSet),
    /// Depends on the target namespace: `##other`.
    Other,
    /// A list; an empty string is `##local`, none is `##targetNamespace`.
    List(Vec<Option<String>>),
}
