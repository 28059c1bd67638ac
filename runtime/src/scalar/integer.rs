//! [`Integer`].

use std::fmt;
use std::str::FromStr;

use bigdecimal::num_bigint::BigInt;

use super::lexical::{LexicalError, MAX_NUMBER, prepare};

const EXPECTED: &str = "a whole number such as 1024";
const TOO_LONG: &str = "a whole number of at most 4096 characters";
const TOO_LARGE: &str = "a whole number in the range of the target type";

/// A whole number of any size (`xs:integer` and its unbounded relatives, XSD 1.0 part 2, §3.3.13).
///
/// It never wraps and never rounds. Texts longer than 4096 characters are refused.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Integer(BigInt);

impl Integer {
    /// The number as the `num-bigint` crate has it, for arithmetic.
    pub const fn as_big(&self) -> &BigInt {
        &self.0
    }

    /// The number as the `num-bigint` crate has it, for arithmetic.
    pub fn into_big(self) -> BigInt {
        self.0
    }
}

impl FromStr for Integer {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let error = LexicalError::new(EXPECTED);
        let text = prepare(text, MAX_NUMBER, TOO_LONG)?;
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(error);
        }
        let magnitude = BigInt::parse_bytes(digits.as_bytes(), 10).ok_or(error)?;
        Ok(Self(if text.starts_with('-') { -magnitude } else { magnitude }))
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// # Errors
/// A number that needs more than 4096 characters.
impl TryFrom<BigInt> for Integer {
    type Error = LexicalError;

    fn try_from(value: BigInt) -> Result<Self, LexicalError> {
        // 3.3 bits make a decimal digit; 3 is safely too strict by a tenth.
        if value.bits() / 3 > MAX_NUMBER as u64 { Err(LexicalError::new(TOO_LONG)) } else { Ok(Self(value)) }
    }
}

impl From<Integer> for BigInt {
    fn from(value: Integer) -> Self {
        value.0
    }
}

macro_rules! conversions {
    ($($int:ty),*) => {$(
        impl From<$int> for Integer {
            fn from(value: $int) -> Self {
                Self(value.into())
            }
        }

        /// # Errors
        /// A number out of range.
        impl TryFrom<&Integer> for $int {
            type Error = LexicalError;

            fn try_from(value: &Integer) -> Result<Self, LexicalError> {
                Self::try_from(&value.0).map_err(|_| LexicalError::new(TOO_LARGE))
            }
        }

        /// # Errors
        /// A number out of range.
        impl TryFrom<Integer> for $int {
            type Error = LexicalError;

            fn try_from(value: Integer) -> Result<Self, LexicalError> {
                Self::try_from(&value)
            }
        }

        impl PartialEq<$int> for Integer {
            fn eq(&self, other: &$int) -> bool {
                self.0 == (*other).into()
            }
        }
    )*};
}

conversions!(i8, i16, i32, i64, i128, u8, u16, u32, u64, u128, usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes() {
        for (text, written) in [("0", "0"), ("-0", "0"), ("+0010", "10"), ("-5", "-5"), (" 7\n", "7")] {
            assert_eq!(text.parse::<Integer>().unwrap().to_string(), written);
        }
        let long = "9".repeat(MAX_NUMBER);
        assert_eq!(long.parse::<Integer>().unwrap().to_string(), long);
        assert!("9".repeat(MAX_NUMBER + 1).parse::<Integer>().is_err());
        for text in ["", "+", "--5", "+-5", "3.0", "1e3", "1_000", "1 000", "1,000", "٣", "NaN", "0x5"] {
            assert!(text.parse::<Integer>().is_err(), "{text}");
        }
    }

    #[test]
    fn never_wraps() {
        let number: Integer = "18446744073709551616".parse().unwrap();
        assert!(u64::try_from(&number).is_err());
        assert_eq!(i128::try_from(&number), Ok(1 << 64));
        assert_eq!(Integer::from(-3), -3);
    }
}
