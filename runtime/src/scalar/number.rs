//! Integers and floating-point numbers of the machine, in XSD's lexical forms (XSD 1.0 part 2, §3.2.4, §3.2.5, §3.3.13 ff.).

use std::fmt::Write;

use super::{Scalar, SlotKind, trim_space};

/// The longest text of a number that is looked at, in bytes.
const MAX_LEXICAL: usize = 256;

/// The same for floating point: the largest double has 309 digits where XML-RPC writes it without an exponent.
const MAX_FLOAT: usize = 512;

/// Sign and digits of an integer: ASCII only, a sign allowed, leading zeros allowed. `None` for anything else and for what
/// does not fit.
fn integer(text: &str) -> Option<i128> {
    let text = trim_space(text);
    if text.len() > MAX_LEXICAL {
        return None;
    }
    let (negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        all => (false, all),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value: i128 = 0;
    for digit in digits {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value.checked_mul(10)?.checked_add(i128::from(digit))?;
    }
    Some(if negative { -value } else { value })
}

macro_rules! integers {
    ($($ty:ident $name:literal $slot:ident $expected:literal;)+) => {$(
        impl Scalar for $ty {
            const TYPE: &'static str = $name;
            const SLOT: SlotKind = SlotKind::$slot;

            fn vacant() -> Self {
                0
            }

            fn parse(text: &str) -> Result<Self, &'static str> {
                // Nearly every number is short: no sign, no overflow to watch for.
                let bytes = text.as_bytes();
                if let 1..=9 = bytes.len()
                    && bytes.iter().all(u8::is_ascii_digit)
                {
                    let value = bytes.iter().fold(0u32, |value, digit| value * 10 + u32::from(digit & 15));
                    return Self::try_from(value).map_err(|_| $expected);
                }
                integer(text).and_then(|value| Self::try_from(value).ok()).ok_or($expected)
            }

            fn format(&self, out: &mut String) {
                digits(out, i128::from(*self));
            }
        }

        crate::scalar_value!($ty);
    )+};
}

/// Appends a number in decimal: what `write!` does, at a third of the cost.
fn digits(out: &mut String, value: i128) {
    let mut buffer = [0u8; 40];
    let mut at = buffer.len();
    let Ok(mut rest) = u64::try_from(value.unsigned_abs()) else {
        // No type of this module gets here; writing to a String cannot fail.
        let _ = write!(out, "{value}");
        return;
    };
    loop {
        at -= 1;
        buffer[at] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        at -= 1;
        buffer[at] = b'-';
    }
    out.push_str(std::str::from_utf8(&buffer[at..]).unwrap_or_default());
}

integers! {
    i8 "xs:byte" I4 "a whole number from -128 to 127";
    i16 "xs:short" I4 "a whole number from -32768 to 32767";
    i32 "xs:int" I4 "a whole number from -2147483648 to 2147483647";
    i64 "xs:long" I8 "a whole number from -9223372036854775808 to 9223372036854775807";
    u8 "xs:unsignedByte" I4 "a whole number from 0 to 255";
    u16 "xs:unsignedShort" I4 "a whole number from 0 to 65535";
    u32 "xs:unsignedInt" I8 "a whole number from 0 to 4294967295";
    u64 "xs:unsignedLong" I8 "a whole number from 0 to 18446744073709551615";
}

/// XSD's form of a finite float: `[sign] digits [. digits] [e [sign] digits]`, a digit on at least one side of the point.
fn is_float(text: &str) -> bool {
    fn digits(bytes: &mut &[u8]) -> usize {
        let count = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        *bytes = &bytes[count..];
        count
    }
    fn take(bytes: &mut &[u8], any: &[u8]) -> bool {
        match bytes.split_first() {
            Some((first, rest)) if any.contains(first) => {
                *bytes = rest;
                true
            }
            _ => false,
        }
    }
    let mut rest = text.as_bytes();
    take(&mut rest, b"+-");
    let mut mantissa = digits(&mut rest);
    if take(&mut rest, b".") {
        mantissa += digits(&mut rest);
    }
    if mantissa == 0 {
        return false;
    }
    if take(&mut rest, b"eE") {
        take(&mut rest, b"+-");
        if digits(&mut rest) == 0 {
            return false;
        }
    }
    rest.is_empty()
}

macro_rules! floats {
    ($($ty:ident $name:literal;)+) => {$(
        impl Scalar for $ty {
            const TYPE: &'static str = $name;
            const SLOT: SlotKind = SlotKind::Double;

            fn vacant() -> Self {
                0.0
            }

            fn parse(text: &str) -> Result<Self, &'static str> {
                const EXPECTED: &str = "a number such as -1.5E3, INF, -INF or NaN";
                let text = trim_space(text);
                match text {
                    "INF" => return Ok(Self::INFINITY),
                    "-INF" => return Ok(Self::NEG_INFINITY),
                    "NaN" => return Ok(Self::NAN),
                    _ if text.len() > MAX_FLOAT || !is_float(text) => return Err(EXPECTED),
                    _ => {}
                }
                let value: Self = text.parse().map_err(|_| EXPECTED)?;
                // The lexical form is finite: becoming infinite would be a value changed in silence.
                if value.is_finite() { Ok(value) } else { Err("a number within the range of the type") }
            }

            fn format(&self, out: &mut String) {
                if self.is_nan() {
                    out.push_str("NaN");
                } else if self.is_infinite() {
                    out.push_str(if *self > 0.0 { "INF" } else { "-INF" });
                } else if *self != 0.0 && !(1e-7..1e17).contains(&self.abs()) {
                    // Writing to a String cannot fail.
                    let _ = write!(out, "{self:E}");
                } else {
                    let _ = write!(out, "{self}");
                }
            }
        }

        crate::scalar_value!($ty);
    )+};
}

floats! {
    f32 "xs:float";
    f64 "xs:double";
}

#[cfg(test)]
mod tests {
    use super::Scalar;

    fn formatted<T: Scalar>(value: T) -> String {
        let mut out = String::new();
        value.format(&mut out);
        out
    }

    #[test]
    fn integers_follow_the_lexical_space() {
        for (text, value) in
            [("10", 10), (" +007\n", 7), ("-0", 0), ("2147483647", i32::MAX), ("-2147483648", i32::MIN)]
        {
            assert_eq!(i32::parse(text), Ok(value), "{text:?}");
        }
        assert_eq!(i32::parse("00000000000000000012"), Ok(12));
        for text in [
            "",
            " ",
            "2147483648",
            "-2147483649",
            "3.0",
            "1e3",
            "1_000",
            "1 000",
            "٣",
            "--5",
            "1,000",
            "NaN",
            "+",
            "0x1F",
        ] {
            assert!(i32::parse(text).is_err(), "{text:?}");
        }
        assert!(i32::parse(&"0".repeat(300)).is_err());
    }

    #[test]
    fn unsigned_integers_have_no_minus_but_minus_zero() {
        assert_eq!(u8::parse("-0"), Ok(0));
        assert_eq!(u8::parse("255"), Ok(255));
        assert!(u8::parse("256").is_err() && u8::parse("-1").is_err());
        assert_eq!(u64::parse("18446744073709551615"), Ok(u64::MAX));
        assert!(u64::parse("18446744073709551616").is_err());
        assert_eq!(i64::parse("-9223372036854775808"), Ok(i64::MIN));
    }

    #[test]
    fn integers_are_written_as_they_are() {
        assert_eq!(formatted(i64::MIN), i64::MIN.to_string());
        assert_eq!(formatted(u64::MAX), u64::MAX.to_string());
        assert_eq!((formatted(0u8), formatted(-7i8)), ("0".into(), "-7".into()));
    }

    #[test]
    fn floats_follow_the_lexical_space() {
        for (text, value) in [("1.5", 1.5), (".5", 0.5), ("5.", 5.0), (" -1E+3 ", -1000.0), ("INF", f64::INFINITY)] {
            assert_eq!(f64::parse(text), Ok(value), "{text:?}");
        }
        assert!(f64::parse("NaN").is_ok_and(f64::is_nan));
        for text in ["", ".", "inf", "+INF", "Infinity", "nan", "0x10", "1e", "1,5", "1e400"] {
            assert!(f64::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn floats_are_written_in_the_lexical_space_and_come_back() {
        for value in [0.0, -0.0, 1.5, 1e300, 5e-324, f64::MAX, 0.1 + 0.2, 1e21] {
            let text = formatted(value);
            assert_eq!(f64::parse(&text).map(f64::to_bits), Ok(value.to_bits()), "{text}");
        }
        assert_eq!(formatted(f64::NEG_INFINITY), "-INF");
        assert_eq!(formatted(299.5), "299.5");
        assert_eq!(formatted(1e300), "1E300");
    }
}
