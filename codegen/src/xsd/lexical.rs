//! Whether a text can be a value of a built-in type: for `default`, `fixed` and facet bounds, so that nothing that cannot
//! be read reaches generated code. Generous where a wrong text does no harm.

use crate::model::Builtin;

/// Whether the text is in the lexical space of the type.
pub(crate) fn valid(builtin: Builtin, text: &str) -> bool {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    let range = |low: &str, high: &str| integer(text).is_some_and(|value| !less(&value, low) && !less(high, &value));
    match builtin {
        Builtin::Boolean => matches!(text, "true" | "false" | "1" | "0"),
        Builtin::Decimal => decimal(text),
        Builtin::Integer => integer(text).is_some(),
        Builtin::NonPositiveInteger => integer(text).is_some_and(|value| !less("0", &value)),
        Builtin::NegativeInteger => integer(text).is_some_and(|value| less(&value, "0")),
        Builtin::NonNegativeInteger => integer(text).is_some_and(|value| !less(&value, "0")),
        Builtin::PositiveInteger => integer(text).is_some_and(|value| less("0", &value)),
        Builtin::Long => range("-9223372036854775808", "9223372036854775807"),
        Builtin::Int => range("-2147483648", "2147483647"),
        Builtin::Short => range("-32768", "32767"),
        Builtin::Byte => range("-128", "127"),
        Builtin::UnsignedLong => range("0", "18446744073709551615"),
        Builtin::UnsignedInt => range("0", "4294967295"),
        Builtin::UnsignedShort => range("0", "65535"),
        Builtin::UnsignedByte => range("0", "255"),
        Builtin::Float | Builtin::Double => float(text),
        Builtin::DateTime => {
            text.split_once('T').is_some_and(|(date, time)| shape(date, &[4, 2, 2], '-') && clock(time))
        }
        Builtin::Date => shape(zoneless(text), &[4, 2, 2], '-'),
        Builtin::Time => clock(text),
        Builtin::GYear => shape(zoneless(text), &[4], '-'),
        Builtin::GYearMonth => shape(zoneless(text), &[4, 2], '-'),
        Builtin::Duration => {
            let text = text.strip_prefix('-').unwrap_or(text);
            text.len() > 2
                && text.starts_with('P')
                && text.bytes().skip(1).all(|b| b.is_ascii_digit() || b"YMDTHS.".contains(&b))
        }
        Builtin::HexBinary => text.len().is_multiple_of(2) && text.bytes().all(|b| b.is_ascii_hexdigit()),
        Builtin::Base64Binary => text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/= \t\r\n".contains(&b)),
        _ => true,
    }
}

/// Sign and digits without leading zeros, `-0` as `0`.
fn integer(text: &str) -> Option<String> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    Some(if digits.is_empty() { "0".into() } else { format!("{sign}{digits}") })
}

/// Compares two normal integers of any length.
fn less(a: &str, b: &str) -> bool {
    let key = |text: &str| text.strip_prefix('-').map_or((false, text.to_owned()), |digits| (true, digits.to_owned()));
    match (key(a), key(b)) {
        ((true, _), (false, _)) => true,
        ((false, _), (true, _)) => false,
        ((false, a), (false, b)) => (a.len(), a) < (b.len(), b),
        ((true, a), (true, b)) => (b.len(), b) < (a.len(), a),
    }
}

fn decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    !(whole.is_empty() && fraction.is_empty()) && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
}

fn float(text: &str) -> bool {
    if matches!(text, "INF" | "-INF" | "NaN") {
        return true;
    }
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(m, e)| (m, Some(e)));
    decimal(mantissa) && exponent.is_none_or(|exponent| integer(exponent).is_some())
}

fn zoneless(text: &str) -> &str {
    if let Some(rest) = text.strip_suffix('Z') {
        return rest;
    }
    match text.len().checked_sub(6) {
        Some(at)
            if text.is_char_boundary(at) && text[at..].starts_with(['+', '-']) && text.as_bytes()[at + 3] == b':' =>
        {
            &text[..at]
        }
        _ => text,
    }
}

fn shape(text: &str, digits: &[usize], separator: char) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let parts: Vec<&str> = text.split(separator).collect();
    parts.len() == digits.len()
        && parts.iter().zip(digits).enumerate().all(|(at, (part, count))| {
            // Only years may be longer.
            (part.len() == *count || (at == 0 && *count == 4 && part.len() > 4))
                && part.bytes().all(|b| b.is_ascii_digit())
        })
}

fn clock(text: &str) -> bool {
    let text = zoneless(text);
    let (whole, fraction) = text.split_once('.').map_or((text, "0"), |(whole, fraction)| (whole, fraction));
    shape(whole, &[2, 2, 2], ':') && !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        assert!(valid(Builtin::Int, " +0042 ") && valid(Builtin::Int, "-2147483648"));
        assert!(!valid(Builtin::Int, "2147483648") && !valid(Builtin::Int, "not-a-number") && !valid(Builtin::Int, ""));
        assert!(valid(Builtin::PositiveInteger, "99999999999999999999999") && !valid(Builtin::PositiveInteger, "-0"));
        assert!(valid(Builtin::Decimal, ".5") && !valid(Builtin::Decimal, "1e5") && valid(Builtin::Double, "1e5"));
    }

    #[test]
    fn times() {
        assert!(valid(Builtin::DateTime, "2026-11-22T00:00:00.123+03:00") && !valid(Builtin::DateTime, "2026-11-22"));
        assert!(
            valid(Builtin::Date, "2026-11-22Z")
                && valid(Builtin::Date, "12026-11-22-05:00")
                && !valid(Builtin::Date, "22.11.2026")
        );
    }
}
