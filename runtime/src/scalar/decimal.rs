//! [`Decimal`].

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, Zero};

use super::integer::Integer;
use super::lexical::{LexicalError, MAX_NUMBER, prepare};

const EXPECTED: &str = "a decimal number such as 299.00, without an exponent";
const TOO_LONG: &str = "a decimal number of at most 4096 characters";

/// An exact decimal number (`xs:decimal`, XSD 1.0 part 2, §3.2.3): amounts of money, above all.
///
/// Every digit is kept and no operation here goes through a float. The scale is kept too: `299.00` is written `299.00` again.
/// Comparison and hashing are by amount, so `299.00 == 299`. Neither reading nor writing knows exponents. Texts longer than
/// 4096 characters are refused.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(BigDecimal);

impl Decimal {
    /// `digits` × 10^-`scale`: `Decimal::new(29900, 2)` is 299.00.
    pub fn new(digits: i64, scale: u8) -> Self {
        Self(BigDecimal::new(digits.into(), scale.into()))
    }

    /// How many digits stand behind the point.
    pub fn scale(&self) -> u16 {
        // Kept between 0 and 4096 by every way in.
        u16::try_from(self.0.fractional_digit_count()).unwrap_or(0)
    }

    /// Whether the amount is 0.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// The number as the `bigdecimal` crate has it, for arithmetic.
    pub const fn as_big(&self) -> &BigDecimal {
        &self.0
    }

    /// The number as the `bigdecimal` crate has it, for arithmetic.
    pub fn into_big(self) -> BigDecimal {
        self.0
    }
}

impl FromStr for Decimal {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let error = LexicalError::new(EXPECTED);
        let text = prepare(text, MAX_NUMBER, TOO_LONG)?;
        let (negative, unsigned) = match text.as_bytes() {
            [b'-', ..] => (true, &text[1..]),
            [b'+', ..] => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
            return Err(error);
        }
        let digits = [whole, fraction].concat();
        let magnitude = BigInt::parse_bytes(digits.as_bytes(), 10).ok_or(error)?;
        let scale = i64::try_from(fraction.len()).map_err(|_| error)?;
        Ok(Self(BigDecimal::new(if negative { -magnitude } else { magnitude }, scale)))
    }
}

/// Writes at least one digit before the point, and as many behind it as the scale says; never an exponent.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (digits, scale) = self.0.as_bigint_and_exponent();
        let text = digits.magnitude().to_string();
        let scale = usize::try_from(scale).unwrap_or(0);
        let sign = if digits < BigInt::zero() { "-" } else { "" };
        if scale == 0 {
            return write!(f, "{sign}{text}");
        }
        let padded = format!("{text:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

/// As in Display: a decimal is a number, not a structure, to whoever debugs.
impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Exact. A negative scale (12E3) becomes digits (12000).
///
/// # Errors
/// A number that needs more than 4096 characters when written without an exponent.
impl TryFrom<BigDecimal> for Decimal {
    type Error = LexicalError;

    fn try_from(value: BigDecimal) -> Result<Self, LexicalError> {
        let scale = value.fractional_digit_count();
        let max = MAX_NUMBER as u64;
        // Sign, point and a leading zero are part of the text.
        if value.digits().saturating_add(3) > max || scale.unsigned_abs().saturating_add(3) > max {
            return Err(LexicalError::new(TOO_LONG));
        }
        if scale >= 0 {
            return Ok(Self(value));
        }
        if value.digits().saturating_add(scale.unsigned_abs()).saturating_add(3) > max {
            return Err(LexicalError::new(TOO_LONG));
        }
        Ok(Self(value.with_scale(0)))
    }
}

impl From<Decimal> for BigDecimal {
    fn from(value: Decimal) -> Self {
        value.0
    }
}

impl From<Integer> for Decimal {
    fn from(value: Integer) -> Self {
        Self(BigDecimal::new(value.into_big(), 0))
    }
}

macro_rules! from_integers {
    ($($int:ty),*) => {$(
        impl From<$int> for Decimal {
            fn from(value: $int) -> Self {
                Self(BigDecimal::new(value.into(), 0))
            }
        }

        impl PartialEq<$int> for Decimal {
            fn eq(&self, other: &$int) -> bool {
                let other = Self::from(*other);
                *self == other
            }
        }

        impl PartialOrd<$int> for Decimal {
            fn partial_cmp(&self, other: &$int) -> Option<Ordering> {
                self.partial_cmp(&Self::from(*other))
            }
        }
    )*};
}

from_integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64, u128);

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn keeps_every_digit_and_the_scale() {
        for text in [
            "0",
            "299.00",
            "-0.05",
            "79228162514264337593543950336",
            "0.10000000000000000000000000000000000000",
            "1111111111111111111111111111111111111111",
            "-1234567890.12345678901234567890",
            "0.00",
        ] {
            assert_eq!(decimal(text).to_string(), text);
        }
        for (text, written) in
            [("+.50", "0.50"), ("-0", "0"), ("007", "7"), ("5.", "5"), (".5", "0.5"), ("-.00", "0.00"), (" \t1\n", "1")]
        {
            assert_eq!(decimal(text).to_string(), written);
        }
        let long = format!("0.{}", "123456789".repeat(450));
        assert_eq!(decimal(&long).to_string(), long);
    }

    #[test]
    fn refuses() {
        for text in [
            "", "299,00", "1e10", "1E10", "INF", "NaN", ".", "+", "-.", "--1", "+-1", "1.2.3", "1 000", "1_000",
            "0x10", "٣", "1.٣", "1-", "$1", "−1",
        ] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
        assert!("1".repeat(MAX_NUMBER + 1).parse::<Decimal>().is_err());
        assert!("1".repeat(MAX_NUMBER).parse::<Decimal>().is_ok());
    }

    #[test]
    fn compares_by_amount() {
        assert_eq!(decimal("299.00"), decimal("299"));
        assert_eq!(decimal("299.00"), 299);
        assert!(decimal("0.1") < decimal("0.11"));
        assert_eq!(Decimal::new(29_900, 2).to_string(), "299.00");
        assert_eq!(Decimal::new(-5, 3).to_string(), "-0.005");
        assert_eq!(decimal("1.50").scale(), 2);
    }

    #[test]
    fn big_decimals_cannot_write_gigabytes() {
        let huge = BigDecimal::new(1.into(), -1_000_000_000);
        assert!(Decimal::try_from(huge).is_err());
        let tiny = BigDecimal::new(1.into(), 1_000_000_000);
        assert!(Decimal::try_from(tiny).is_err());
        let round = Decimal::try_from(BigDecimal::new(12.into(), -3)).unwrap();
        assert_eq!(round.to_string(), "12000");
        assert_eq!(Decimal::try_from(BigDecimal::new(1.into(), 0)).unwrap(), 1);
    }
}
