//! [`Offset`]: the time zone part of dates and times.

use std::fmt;

use super::lexical::{LexicalError, Scanner};

const EXPECTED: &str = "a time zone between -14:00 and +14:00, or Z, or none";

/// A distance from UTC in whole minutes, -14:00 to +14:00 (XSD 1.0 part 2, §3.2.7.3).
///
/// `Z`, `+00:00` and `-00:00` mean the same and are written `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(i16);

impl Offset {
    /// UTC itself.
    pub const UTC: Self = Self(0);

    /// An offset of this many minutes, positive east of Greenwich. `None` beyond 14 hours.
    pub const fn from_minutes(minutes: i16) -> Option<Self> {
        if minutes >= -840 && minutes <= 840 { Some(Self(minutes)) } else { None }
    }

    /// The minutes, positive east of Greenwich.
    pub const fn minutes(self) -> i16 {
        self.0
    }

    /// Reads what stands at the end of a date or time: nothing, `Z` or `±hh:mm`.
    pub(super) fn scan_end(mut scanner: Scanner<'_>) -> Result<Option<Self>, LexicalError> {
        let error = LexicalError::new(EXPECTED);
        if scanner.is_empty() {
            return Ok(None);
        }
        if scanner.take(b'Z') {
            return if scanner.is_empty() { Ok(Some(Self::UTC)) } else { Err(error) };
        }
        let negative = scanner.take(b'-');
        if !negative && !scanner.take(b'+') {
            return Err(error);
        }
        let hours = scanner.two_digits().ok_or(error)?;
        if !scanner.take(b':') {
            return Err(error);
        }
        let minutes = scanner.two_digits().filter(|minutes| *minutes < 60).ok_or(error)?;
        let total = i16::from(hours) * 60 + i16::from(minutes);
        let offset = Self::from_minutes(if negative { -total } else { total }).ok_or(error)?;
        if scanner.is_empty() { Ok(Some(offset)) } else { Err(error) }
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.0 {
            0 => return f.write_str("Z"),
            minutes if minutes < 0 => '-',
            _ => '+',
        };
        let minutes = self.0.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// Writes the offset, or nothing where none is known.
pub(super) fn write_end(offset: Option<Offset>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    offset.map_or(Ok(()), |offset| fmt::Display::fmt(&offset, f))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> Result<Option<Offset>, LexicalError> {
        Offset::scan_end(Scanner::new(text))
    }

    #[test]
    fn reads_and_writes() {
        assert_eq!(scan(""), Ok(None));
        for text in ["Z", "+14:00", "-14:00", "+03:00", "-00:30", "+05:45"] {
            assert_eq!(scan(text).unwrap().unwrap().to_string(), text);
        }
        assert_eq!(scan("-00:00"), Ok(Some(Offset::UTC)));
        for text in [
            "z",
            "Z ",
            "ZZ",
            "+14:01",
            "-14:01",
            "+15:00",
            "+3:00",
            "+0300",
            "+03",
            "+03:60",
            "+03:0",
            "03:00",
            "+٠٣:٠٠",
        ] {
            assert!(scan(text).is_err(), "{text}");
        }
    }
}
