//! The names of the types XML Schema itself defines.

use crate::model::Builtin;

/// The built-in type of this local name in the XSD namespace.
pub(crate) fn by_name(local: &str) -> Option<Builtin> {
    TABLE.iter().find(|(name, _)| *name == local).map(|(_, builtin)| *builtin)
}

/// The XSD name of a built-in type; none for what XSD does not define.
pub(crate) fn name_of(builtin: Builtin) -> Option<&'static str> {
    TABLE.iter().find(|(_, known)| *known == builtin).map(|(name, _)| *name)
}

/// All names, for suggestions.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(name, _)| *name)
}

const TABLE: &[(&str, Builtin)] = &[
    ("anyType", Builtin::AnyType),
    ("anySimpleType", Builtin::AnySimpleType),
    ("string", Builtin::String),
    ("normalizedString", Builtin::NormalizedString),
    ("token", Builtin::Token),
    ("language", Builtin::Language),
    ("Name", Builtin::Name),
    ("NCName", Builtin::NCName),
    ("NMTOKEN", Builtin::NmToken),
    ("NMTOKENS", Builtin::NmTokens),
    ("ID", Builtin::Id),
    ("IDREF", Builtin::IdRef),
    ("IDREFS", Builtin::IdRefs),
    ("ENTITY", Builtin::Entity),
    ("ENTITIES", Builtin::Entities),
    ("anyURI", Builtin::AnyUri),
    ("QName", Builtin::QName),
    ("NOTATION", Builtin::Notation),
    ("boolean", Builtin::Boolean),
    ("decimal", Builtin::Decimal),
    ("integer", Builtin::Integer),
    ("nonPositiveInteger", Builtin::NonPositiveInteger),
    ("negativeInteger", Builtin::NegativeInteger),
    ("nonNegativeInteger", Builtin::NonNegativeInteger),
    ("positiveInteger", Builtin::PositiveInteger),
    ("long", Builtin::Long),
    ("int", Builtin::Int),
    ("short", Builtin::Short),
    ("byte", Builtin::Byte),
    ("unsignedLong", Builtin::UnsignedLong),
    ("unsignedInt", Builtin::UnsignedInt),
    ("unsignedShort", Builtin::UnsignedShort),
    ("unsignedByte", Builtin::UnsignedByte),
    ("float", Builtin::Float),
    ("double", Builtin::Double),
    ("duration", Builtin::Duration),
    ("dateTime", Builtin::DateTime),
    ("date", Builtin::Date),
    ("time", Builtin::Time),
    ("gYear", Builtin::GYear),
    ("gYearMonth", Builtin::GYearMonth),
    ("gMonth", Builtin::GMonth),
    ("gMonthDay", Builtin::GMonthDay),
    ("gDay", Builtin::GDay),
    ("base64Binary", Builtin::Base64Binary),
    ("hexBinary", Builtin::HexBinary),
];
