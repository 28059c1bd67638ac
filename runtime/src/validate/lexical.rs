//! The texts of the built-in types, where a Rust type takes more.

use crate::facet::Builtin;
use crate::scalar::{
    Base64Binary, Date, DateTime, Decimal, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth, HexBinary, Integer,
    Scalar, Time, trim_space,
};
use crate::xml::chars::{is_name_char, is_name_start, is_ncname};

/// Whether the text is one of a value of the type (XML Schema 1.0, part 2, section 3).
pub(super) fn holds(builtin: Builtin, text: &str) -> bool {
    let text = trim_space(text);
    match builtin {
        Builtin::String => true,
        Builtin::Language => is_language(text),
        Builtin::Name => text.starts_with(|c| c == ':' || is_name_start(c)) && is_token(text),
        Builtin::NCName => is_ncname(text),
        Builtin::NmToken => is_token(text),
        Builtin::QName => match text.split_once(':') {
            Some((prefix, local)) => is_ncname(prefix) && is_ncname(local),
            None => is_ncname(text),
        },
        Builtin::Boolean => parses::<bool>(text),
        Builtin::Decimal => parses::<Decimal>(text),
        Builtin::Integer => parses::<Integer>(text),
        Builtin::NonPositiveInteger => integer(text, |sign| sign <= 0),
        Builtin::NegativeInteger => integer(text, |sign| sign < 0),
        Builtin::NonNegativeInteger => integer(text, |sign| sign >= 0),
        Builtin::PositiveInteger => integer(text, |sign| sign > 0),
        Builtin::Long => parses::<i64>(text),
        Builtin::Int => parses::<i32>(text),
        Builtin::Short => parses::<i16>(text),
        Builtin::Byte => parses::<i8>(text),
        Builtin::UnsignedLong => parses::<u64>(text),
        Builtin::UnsignedInt => parses::<u32>(text),
        Builtin::UnsignedShort => parses::<u16>(text),
        Builtin::UnsignedByte => parses::<u8>(text),
        Builtin::Float => parses::<f32>(text),
        Builtin::Double => parses::<f64>(text),
        Builtin::Duration => parses::<Duration>(text),
        Builtin::DateTime => parses::<DateTime>(text),
        Builtin::Date => parses::<Date>(text),
        Builtin::Time => parses::<Time>(text),
        Builtin::GYear => parses::<GYear>(text),
        Builtin::GYearMonth => parses::<GYearMonth>(text),
        Builtin::GMonth => parses::<GMonth>(text),
        Builtin::GMonthDay => parses::<GMonthDay>(text),
        Builtin::GDay => parses::<GDay>(text),
        Builtin::Base64Binary => parses::<Base64Binary>(text),
        Builtin::HexBinary => parses::<HexBinary>(text),
    }
}

/// Characters of names, colons among them.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c == ':' || is_name_char(c))
}

fn parses<T: Scalar>(text: &str) -> bool {
    T::parse(text).is_ok()
}

/// Whether the text is an integer whose sign (-1, 0, 1) is as wanted.
fn integer(text: &str, wanted: fn(i8) -> bool) -> bool {
    let Ok(value) = Integer::parse(text) else { return false };
    wanted(match value.cmp(&Integer::default()) {
        std::cmp::Ordering::Less => -1,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => 1,
    })
}

/// Letters, then letters and digits, in parts of one to eight.
fn is_language(text: &str) -> bool {
    text.split('-').enumerate().all(|(index, part)| {
        let fits = |byte: u8| if index == 0 { byte.is_ascii_alphabetic() } else { byte.is_ascii_alphanumeric() };
        (1..=8).contains(&part.len()) && part.bytes().all(fits)
    })
}
