//! [`Time`].

use std::fmt;
use std::str::FromStr;

use super::fraction::Fraction;
use super::lexical::{LexicalError, MAX_LEXICAL, Scanner, ascii, prepare, two_digits};
use super::offset::{self, Offset};

const EXPECTED: &str = "a time such as 13:15:48.87";

/// A time of day, with a time zone or without (`xs:time`, XSD 1.0 part 2, §3.2.8).
///
/// Every fraction digit is kept, up to 18. `24:00:00` is read as `00:00:00`. There are no leap seconds in XSD. Comparison is
/// structural: the same moment in another zone, or with other trailing zeros, is another value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Time {
    hour: u8,
    minute: u8,
    second: u8,
    fraction: Fraction,
    offset: Option<Offset>,
}

impl Time {
    /// 00:00:00 without a time zone.
    pub const MIDNIGHT: Self = Self { hour: 0, minute: 0, second: 0, fraction: Fraction::NONE, offset: None };

    /// A time without a fraction and without a time zone.
    ///
    /// # Errors
    /// An hour beyond 23, a minute or a second beyond 59.
    pub fn new(hour: u8, minute: u8, second: u8) -> Result<Self, LexicalError> {
        if hour > 23 || minute > 59 || second > 59 {
            return Err(LexicalError::new("a time between 00:00:00 and 23:59:59 (or 24:00:00)"));
        }
        Ok(Self { hour, minute, second, ..Self::MIDNIGHT })
    }

    /// The same time with this fraction of a second.
    #[must_use]
    pub const fn with_fraction(self, fraction: Fraction) -> Self {
        Self { fraction, ..self }
    }

    /// The same time in this time zone, or in none.
    #[must_use]
    pub const fn with_offset(self, offset: Option<Offset>) -> Self {
        Self { offset, ..self }
    }

    /// The hour, 0 to 23.
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// The minute, 0 to 59.
    pub const fn minute(self) -> u8 {
        self.minute
    }

    /// The second, 0 to 59.
    pub const fn second(self) -> u8 {
        self.second
    }

    /// The fraction of a second, with the digits it was written with.
    pub const fn fraction(self) -> Fraction {
        self.fraction
    }

    /// The time zone, if one was written.
    pub const fn offset(self) -> Option<Offset> {
        self.offset
    }

    /// Reads `hh:mm:ss(.s+)?`. The flag says that it was `24:00:00`: midnight of the next day.
    pub(super) fn scan(scanner: &mut Scanner<'_>, expected: &'static str) -> Result<(Self, bool), LexicalError> {
        let error = LexicalError::new(expected);
        let hour = scanner.two_digits().ok_or(error)?;
        if !scanner.take(b':') {
            return Err(error);
        }
        let minute = scanner.two_digits().ok_or(error)?;
        if !scanner.take(b':') {
            return Err(error);
        }
        let second = scanner.two_digits().ok_or(error)?;
        let fraction = Fraction::scan(scanner)?;
        if hour == 24 && minute == 0 && second == 0 && fraction.value() == 0 {
            return Ok((Self::MIDNIGHT.with_fraction(fraction), true));
        }
        Ok((Self::new(hour, minute, second)?.with_fraction(fraction), false))
    }
}

impl FromStr for Time {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let mut scanner = Scanner::new(prepare(text, MAX_LEXICAL, EXPECTED)?);
        let (time, _) = Self::scan(&mut scanner, EXPECTED)?;
        Ok(time.with_offset(Offset::scan_end(scanner)?))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [[a, b], [c, d], [e, g]] = [self.hour, self.minute, self.second].map(two_digits);
        f.write_str(ascii(&[a, b, b':', c, d, b':', e, g]))?;
        fmt::Display::fmt(&self.fraction, f)?;
        offset::write_end(self.offset, f)
    }
}

/// The time as jiff has it; the time zone is left behind, so ask [`Time::offset`] for it.
///
/// # Errors
/// A fraction finer than nanoseconds: it is never rounded.
impl TryFrom<Time> for jiff::civil::Time {
    type Error = LexicalError;

    fn try_from(time: Time) -> Result<Self, LexicalError> {
        let error = LexicalError::new("at most nine significant fraction digits");
        let nanoseconds = time.fraction.nanoseconds().ok_or(error)?;
        // Hours, minutes and seconds are at most 59, nanoseconds below 10⁹.
        Self::new(time.hour as i8, time.minute as i8, time.second as i8, nanoseconds as i32).map_err(|_| error)
    }
}

/// A time without a time zone, with as few fraction digits as it needs.
impl From<jiff::civil::Time> for Time {
    fn from(time: jiff::civil::Time) -> Self {
        Self {
            hour: time.hour().unsigned_abs(),
            minute: time.minute().unsigned_abs(),
            second: time.second().unsigned_abs(),
            fraction: Fraction::from_nanoseconds(time.subsec_nanosecond().unsigned_abs()).unwrap_or_default(),
            offset: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes() {
        for text in
            ["00:00:00", "23:59:59.999999999999999999", "13:15:48.8700000+03:00", "13:15:48.87Z", "13:15:48.000"]
        {
            assert_eq!(text.parse::<Time>().unwrap().to_string(), text);
        }
        assert_eq!("24:00:00".parse(), Ok(Time::MIDNIGHT));
        assert_eq!("24:00:00.00Z".parse::<Time>().unwrap().to_string(), "00:00:00.00Z");
    }

    #[test]
    fn refuses() {
        for text in [
            "",
            "24:00:01",
            "24:01:00",
            "24:00:00.1",
            "25:00:00",
            "23:60:00",
            "23:59:60",
            "1:00:00",
            "13:15",
            "13:15:48.",
            "13:15:48,5",
            "-13:15:48",
            "13:15:48 Z",
            "13:15:48.8+3:00",
            "T13:15:48",
        ] {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
    }

    #[test]
    fn jiff() {
        let time: Time = "13:15:48.8700000".parse().unwrap();
        let civil = jiff::civil::Time::try_from(time).unwrap();
        assert_eq!(civil, jiff::civil::time(13, 15, 48, 870_000_000));
        assert_eq!(Time::from(civil).to_string(), "13:15:48.87");
        assert!(jiff::civil::Time::try_from("00:00:00.0000000001".parse::<Time>().unwrap()).is_err());
    }
}
