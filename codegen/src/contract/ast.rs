//! A contract file as written: one struct per construct, spans kept, nothing resolved.

use crate::model::{Builtin, Docs};
use crate::source::Span;

use super::attrs::Attrs;

/// A name with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) span: Span,
}

/// A whole file.
#[derive(Debug)]
pub(super) struct File {
    pub(super) docs: Docs,
    pub(super) attrs: Attrs,
    pub(super) namespaces: Vec<Namespace>,
    pub(super) records: Vec<Record>,
    pub(super) enums: Vec<Enumeration>,
    pub(super) aliases: Vec<Alias>,
    pub(super) services: Vec<Service>,
}

/// `const X: Ns = "…";`
#[derive(Debug)]
pub(super) struct Namespace {
    pub(super) name: Word,
    pub(super) value: NamespaceValue,
}

/// What stands to the right of a namespace's `=`.
#[derive(Debug)]
pub(super) enum NamespaceValue {
    Text(Word),
    /// Another namespace of the file.
    Same(Word),
}

/// `struct X { … }`
#[derive(Debug)]
pub(super) struct Record {
    pub(super) name: Word,
    pub(super) parameter: Option<Word>,
    pub(super) members: Vec<Member>,
    pub(super) attrs: Attrs,
    pub(super) docs: Docs,
}

/// A struct's field or a function's parameter.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: Word,
    pub(super) ty: Ty,
    pub(super) attrs: Attrs,
    pub(super) docs: Docs,
}

/// `enum X { … }`
#[derive(Debug)]
pub(super) struct Enumeration {
    pub(super) name: Word,
    pub(super) variants: Vec<Variant>,
    pub(super) attrs: Attrs,
    pub(super) docs: Docs,
}

/// A variant: a code, a text, or a branch of a choice.
#[derive(Debug)]
pub(super) struct Variant {
    pub(super) name: Word,
    pub(super) code: Option<(i64, Span)>,
    pub(super) payload: Option<Ty>,
    pub(super) attrs: Attrs,
    pub(super) docs: Docs,
}

/// `type X = …;`
#[derive(Debug)]
pub(super) struct Alias {
    pub(super) name: Word,
    pub(super) ty: Ty,
}

/// `trait X { … }`
#[derive(Debug)]
pub(super) struct Service {
    pub(super) name: Word,
    pub(super) operations: Vec<Operation>,
    pub(super) attrs: Attrs,
    pub(super) docs: Docs,
}

/// `fn x(…) -> …;`
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) name: Word,
    pub(super) parameters: Vec<Member>,
    pub(super) output: Option<Ty>,
    pub(super) attrs: Attrs,
    pub(super) docs: Docs,
}

/// A type where it is used.
#[derive(Debug, Clone)]
pub(super) struct Ty {
    pub(super) kind: TyKind,
    pub(super) span: Span,
}

/// What a type is.
#[derive(Debug, Clone)]
pub(super) enum TyKind {
    Scalar(Builtin),
    Option(Box<Ty>),
    List(Box<Ty>),
    /// A type of the contract, with its argument if it has one.
    Named(Word, Option<Box<Ty>>),
    /// `_`: overlays only, "as it is".
    Unchanged,
    /// Already reported; whatever uses it stays silent.
    Wrong,
}

/// The scalar types of contract files and the XSD types they stand for, with the XSD local name.
pub(super) const SCALARS: &[(&str, Builtin, &str)] = &[
    ("String", Builtin::String, "string"),
    ("bool", Builtin::Boolean, "boolean"),
    ("i8", Builtin::Byte, "byte"),
    ("i16", Builtin::Short, "short"),
    ("i32", Builtin::Int, "int"),
    ("i64", Builtin::Long, "long"),
    ("u8", Builtin::UnsignedByte, "unsignedByte"),
    ("u16", Builtin::UnsignedShort, "unsignedShort"),
    ("u32", Builtin::UnsignedInt, "unsignedInt"),
    ("u64", Builtin::UnsignedLong, "unsignedLong"),
    ("f32", Builtin::Float, "float"),
    ("f64", Builtin::Double, "double"),
    ("Decimal", Builtin::Decimal, "decimal"),
    ("Integer", Builtin::Integer, "integer"),
    ("DateTime", Builtin::DateTime, "dateTime"),
    ("Date", Builtin::Date, "date"),
    ("Time", Builtin::Time, "time"),
    ("Duration", Builtin::Duration, "duration"),
    ("Guid", Builtin::Guid, "guid"),
    ("Bytes", Builtin::Base64Binary, "base64Binary"),
    ("Xml", Builtin::Xml, "anyType"),
];

/// The scalar type with this name in contract files.
pub(super) fn scalar(name: &str) -> Option<Builtin> {
    SCALARS.iter().find(|(known, _, _)| *known == name).map(|(_, builtin, _)| *builtin)
}

/// The XSD local name of a scalar type of contract files.
pub(super) fn xsd_name(builtin: Builtin) -> &'static str {
    SCALARS.iter().find(|(_, known, _)| *known == builtin).map_or("anyType", |(_, _, name)| name)
}
