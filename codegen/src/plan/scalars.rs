//! Which Rust type carries which simple type.

use crate::model::{Builtin, Facets};

use super::RustType;

/// The Rust type of a built-in type.
pub(super) fn builtin(builtin: Builtin) -> RustType {
    match builtin {
        Builtin::AnyType | Builtin::Xml => RustType::Runtime("AnyType"),
        Builtin::AnySimpleType
        | Builtin::String
        | Builtin::NormalizedString
        | Builtin::Token
        | Builtin::Language
        | Builtin::Name
        | Builtin::NCName
        | Builtin::NmToken
        | Builtin::Id
        | Builtin::IdRef
        | Builtin::Entity
        | Builtin::AnyUri => RustType::String,
        Builtin::NmTokens | Builtin::IdRefs | Builtin::Entities => RustType::List(Box::new(RustType::String)),
        Builtin::QName | Builtin::Notation => RustType::Runtime("QName"),
        Builtin::Boolean => RustType::Primitive("bool"),
        Builtin::Decimal => RustType::Runtime("Decimal"),
        Builtin::Integer
        | Builtin::NonPositiveInteger
        | Builtin::NegativeInteger
        | Builtin::NonNegativeInteger
        | Builtin::PositiveInteger => RustType::Runtime("Integer"),
        Builtin::Long => RustType::Primitive("i64"),
        Builtin::Int => RustType::Primitive("i32"),
        Builtin::Short => RustType::Primitive("i16"),
        Builtin::Byte => RustType::Primitive("i8"),
        Builtin::UnsignedLong => RustType::Primitive("u64"),
        Builtin::UnsignedInt => RustType::Primitive("u32"),
        Builtin::UnsignedShort => RustType::Primitive("u16"),
        Builtin::UnsignedByte => RustType::Primitive("u8"),
        Builtin::Float => RustType::Primitive("f32"),
        Builtin::Double => RustType::Primitive("f64"),
        Builtin::Duration => RustType::Runtime("Duration"),
        Builtin::DateTime => RustType::Runtime("DateTime"),
        Builtin::Date => RustType::Runtime("Date"),
        Builtin::Time => RustType::Runtime("Time"),
        Builtin::GYear => RustType::Runtime("GYear"),
        Builtin::GYearMonth => RustType::Runtime("GYearMonth"),
        Builtin::GMonth => RustType::Runtime("GMonth"),
        Builtin::GMonthDay => RustType::Runtime("GMonthDay"),
        Builtin::GDay => RustType::Runtime("GDay"),
        Builtin::Base64Binary => RustType::Runtime("Base64Binary"),
        Builtin::HexBinary => RustType::Runtime("HexBinary"),
        Builtin::Guid => RustType::Runtime("Guid"),
        Builtin::Attachment => RustType::Runtime("Attachment"),
    }
}

/// Whether .NET carries the type as a value type: those are `xsi:nil` on XmlSerializer's wire where strings are left out.
pub(super) fn is_value_type(ty: &RustType) -> bool {
    match ty {
        RustType::Primitive(_) => true,
        RustType::Spelled(inner) => is_value_type(inner),
        RustType::Runtime(name) => {
            matches!(*name, "Decimal" | "DateTime" | "Date" | "Time" | "Duration" | "Guid" | "Integer")
        }
        _ => false,
    }
}

/// A machine integer for an unbounded integer type whose facets keep it inside one.
pub(super) fn narrow(facets: &Facets) -> Option<RustType> {
    let low = facets.min_inclusive.as_deref().or(facets.min_exclusive.as_deref());
    let high = facets.max_inclusive.as_deref().or(facets.max_exclusive.as_deref());
    let digits = facets.total_digits.is_some_and(|digits| digits <= 18);
    let fits = |text: Option<&str>| text.is_some_and(|text| text.trim().parse::<i64>().is_ok());
    ((fits(low) && fits(high)) || digits).then_some(RustType::Primitive("i64"))
}
