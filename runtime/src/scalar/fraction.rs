//! [`Fraction`]: the digits behind the seconds' decimal point.

use std::fmt;

use super::lexical::{LexicalError, Scanner, number};

/// A fraction of a second with every digit it was written with: `.87` stays `.87`, .NET's `.8700000` stays `.8700000`.
///
/// At most 18 digits (attoseconds). Comparison is by digits, so `.5` and `.50` differ, as their texts do; compare
/// [`Fraction::attoseconds`] for the amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Fraction {
    value: u64,
    digits: u8,
}

impl Fraction {
    /// No fraction was written.
    pub const NONE: Self = Self { value: 0, digits: 0 };

    /// The most digits that are kept.
    pub const MAX_DIGITS: u8 = 18;

    /// A fraction of `value` / 10^`digits` seconds, written with this many digits. `None` when there are more than 18
    /// digits or the value does not fit into them.
    pub const fn new(value: u64, digits: u8) -> Option<Self> {
        if digits > Self::MAX_DIGITS || value >= 10u64.pow(digits as u32) {
            return None;
        }
        Some(Self { value, digits })
    }

    /// A fraction with as few digits as these nanoseconds need. `None` from a whole second on.
    pub const fn from_nanoseconds(nanoseconds: u32) -> Option<Self> {
        let (mut value, mut digits) = (nanoseconds as u64, 9);
        while digits > 0 && value.is_multiple_of(10) {
            value /= 10;
            digits -= 1;
        }
        Self::new(value, digits)
    }

    /// How many digits were written.
    pub const fn digits(self) -> u8 {
        self.digits
    }

    /// The digits as a number: 87 for `.87`, 8700000 for `.8700000`.
    pub const fn value(self) -> u64 {
        self.value
    }

    /// The amount in attoseconds (10⁻¹⁸ s), exact.
    pub const fn attoseconds(self) -> u64 {
        self.value * 10u64.pow((Self::MAX_DIGITS - self.digits) as u32)
    }

    /// The amount in nanoseconds; `None` when it is finer than that.
    pub const fn nanoseconds(self) -> Option<u32> {
        let attoseconds = self.attoseconds();
        if attoseconds.is_multiple_of(1_000_000_000) { Some((attoseconds / 1_000_000_000) as u32) } else { None }
    }

    /// Reads `.digits` where a point comes next.
    pub(super) fn scan(scanner: &mut Scanner<'_>) -> Result<Self, LexicalError> {
        if !scanner.take(b'.') {
            return Ok(Self::NONE);
        }
        let digits = scanner.digits();
        if digits.is_empty() {
            return Err(LexicalError::new("a digit after the seconds' decimal point"));
        }
        let length = u8::try_from(digits.len()).ok().filter(|length| *length <= Self::MAX_DIGITS);
        match (length, number(digits)) {
            (Some(digits), Some(value)) => Ok(Self { value, digits }),
            _ => Err(LexicalError::new("at most 18 digits after the seconds' decimal point")),
        }
    }
}

/// Writes nothing or `.digits`.
impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.digits {
            0 => Ok(()),
            digits => write!(f, ".{:0width$}", self.value, width = usize::from(digits)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_count_of_digits() {
        for text in ["", ".8", ".87", ".8700000", ".000", ".000000000000000001", ".999999999999999999"] {
            let mut scanner = Scanner::new(text);
            assert_eq!(Fraction::scan(&mut scanner).unwrap().to_string(), text);
            assert!(scanner.is_empty());
        }
        assert!(Fraction::scan(&mut Scanner::new(".")).is_err());
        assert!(Fraction::scan(&mut Scanner::new(".1111111111111111111")).is_err());
    }

    #[test]
    fn amounts() {
        let fraction = Fraction::new(8_700_000, 7).unwrap();
        assert_eq!(fraction.nanoseconds(), Some(870_000_000));
        assert_eq!(Fraction::from_nanoseconds(870_000_000), Fraction::new(87, 2));
        assert_eq!(Fraction::from_nanoseconds(0), Some(Fraction::NONE));
        assert_eq!(Fraction::from_nanoseconds(1_000_000_000), None);
        assert_eq!(Fraction::new(1, 10).unwrap().nanoseconds(), None);
        assert_eq!(Fraction::new(10, 1), None);
        assert_eq!(Fraction::new(0, 19), None);
    }
}
