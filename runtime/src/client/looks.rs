//! What a text looks like: enough to propose a type for it, and nothing that would give it away.

use crate::scalar::{Date, DateTime, Guid, Scalar, Time};

/// What the text of something unknown looks like. The first that fits; a narrower one says nothing against a wider.
pub(super) fn looks_like(text: &str) -> &'static str {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match text {
        "" => "empty",
        "true" | "false" => "bool",
        // Numbers are not cut at their start: such a thing is a code.
        _ if whole && digits.len() > 1 && digits.starts_with('0') => "text",
        _ if whole && text.parse::<i32>().is_ok() => "int",
        _ if whole && text.parse::<i64>().is_ok() => "long",
        _ if whole => "text",
        _ if is_decimal(digits) => "decimal",
        _ if DateTime::parse(text).is_ok() => "dateTime",
        _ if Date::parse(text).is_ok() => "date",
        _ if Time::parse(text).is_ok() => "time",
        _ if Guid::parse(text).is_ok() => "guid",
        _ if is_base64(text) => "base64",
        _ => "text",
    }
}

fn is_decimal(digits: &str) -> bool {
    digits.split_once('.').is_some_and(|(whole, fraction)| {
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        all_digits(whole) && all_digits(fraction) && !fraction.is_empty()
    })
}

/// Long, in fours, and of more than one kind of character: words are not.
fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    text.len() >= 24
        && text.len().is_multiple_of(4)
        && text.len() - body.len() <= 2
        && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
        && body.bytes().any(|byte| byte.is_ascii_digit())
        && body.bytes().any(|byte| byte.is_ascii_uppercase())
        && body.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Whether a value is a code such as `Expired` or `42`, which may be told: short, one word, no number that could be somebody's,
/// no mixture that could be a key.
pub(super) fn is_code(text: &str) -> bool {
    const LONGEST: usize = 40;
    const LONGEST_NUMBER: usize = 6;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    !text.is_empty()
        && text.chars().count() <= LONGEST
        && digits <= LONGEST_NUMBER
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
        && !matches!(looks_like(text), "guid" | "base64" | "dateTime" | "date" | "time" | "decimal")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_look_like_types() {
        for (text, looks) in [
            (" 12 ", "int"),
            ("-3000000000", "long"),
            ("99999999999999999999", "text"),
            ("007", "text"),
            ("0", "int"),
            ("299.50", "decimal"),
            ("+.5", "decimal"),
            ("2015-08-19T13:15:48.87+03:00", "dateTime"),
            ("2015-08-19", "date"),
            ("13:15:48", "time"),
            ("true", "bool"),
            ("", "empty"),
            ("6fa459ea-ee8a-3ca4-894e-db77e160355e", "guid"),
            ("SGVsbG8gV29ybGQhIDEyMzQ1Njc4", "base64"),
            ("New York", "text"),
        ] {
            assert_eq!(looks_like(text), looks, "{text}");
        }
    }

    #[test]
    fn codes_may_be_told_and_nothing_else() {
        for code in ["Expired", "42", "-1", "ORDER_V2", "Отменён", "a:b.c"] {
            assert!(is_code(code), "{code}");
        }
        for value in [
            "4111111111111111",
            "+79161234567",
            "two words",
            "",
            "me@example.com",
            "2015-08-19",
            "6fa459ea-ee8a-3ca4-894e-db77e160355e",
            "SGVsbG8gV29ybGQhIDEyMzQ1Njc4",
            "A1B2C3D4E5F6G7H8",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            assert!(!is_code(value), "{value}");
        }
    }
}
