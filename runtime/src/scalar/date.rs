//! [`Date`], and the calendar that everything with a day in it shares.

use std::fmt;
use std::str::FromStr;

use super::lexical::{LexicalError, MAX_LEXICAL, Scanner, ascii, number, prepare, two_digits};
use super::offset::{self, Offset};

const EXPECTED: &str = "a date such as 2015-08-19";
const NO_SUCH_DAY: &str = "a day that its month has";
const BAD_YEAR: &str = "a year of four to nine digits, without needless leading zeros and other than 0000";

/// A calendar day, with a time zone or without (`xs:date`, XSD 1.0 part 2, §3.2.9).
///
/// Without a zone it is a day somewhere; nothing ever assumes UTC or the local zone. Years have up to nine digits and may be
/// negative; as in XSD 1.0 there is no year 0: -1 comes before 1. Comparison is structural: the same instant in another zone
/// is another value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
    offset: Option<Offset>,
}

impl Date {
    /// What reading starts from.
    pub(super) const VACANT: Self = Self { year: 1, month: 1, day: 1, offset: None };

    /// A day without a time zone.
    ///
    /// # Errors
    /// Year 0, a year of more than nine digits, or a day that the calendar does not have.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, LexicalError> {
        check_year(year)?;
        if !(1..=12).contains(&month) {
            return Err(LexicalError::new("a month between 01 and 12"));
        }
        if day == 0 || day > days_in(year, month) {
            return Err(LexicalError::new(NO_SUCH_DAY));
        }
        Ok(Self { year, month, day, offset: None })
    }

    /// The same day in this time zone, or in none.
    #[must_use]
    pub const fn with_offset(self, offset: Option<Offset>) -> Self {
        Self { offset, ..self }
    }

    /// The year: never 0; -1 is 1 BC.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The time zone, if one was written.
    pub const fn offset(self) -> Option<Offset> {
        self.offset
    }

    /// The day after, for `24:00:00`; `None` after the last day there is.
    pub(super) fn next(self) -> Option<Self> {
        if self.day < days_in(self.year, self.month) {
            return Some(Self { day: self.day + 1, ..self });
        }
        if self.month < 12 {
            return Some(Self { month: self.month + 1, day: 1, ..self });
        }
        let year = if self.year == -1 { 1 } else { self.year + 1 };
        check_year(year).ok().map(|()| Self { year, month: 1, day: 1, ..self })
    }

    /// Reads `yyyy-mm-dd`.
    pub(super) fn scan(scanner: &mut Scanner<'_>, expected: &'static str) -> Result<Self, LexicalError> {
        let error = LexicalError::new(expected);
        let year = scan_year(scanner, expected)?;
        if !scanner.take(b'-') {
            return Err(error);
        }
        let month = scanner.two_digits().ok_or(error)?;
        if !scanner.take(b'-') {
            return Err(error);
        }
        let day = scanner.two_digits().ok_or(error)?;
        Self::new(year, month, day)
    }
}

impl FromStr for Date {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let mut scanner = Scanner::new(prepare(text, MAX_LEXICAL, EXPECTED)?);
        let date = Self::scan(&mut scanner, EXPECTED)?;
        Ok(date.with_offset(Offset::scan_end(scanner)?))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_year(self.year, f)?;
        let [[a, b], [c, d]] = [self.month, self.day].map(two_digits);
        f.write_str(ascii(&[b'-', a, b, b'-', c, d]))?;
        offset::write_end(self.offset, f)
    }
}

/// The day as jiff has it; the time zone is left behind, so ask [`Date::offset`] for it.
///
/// # Errors
/// A year beyond -9999 to 9999.
impl TryFrom<Date> for jiff::civil::Date {
    type Error = LexicalError;

    fn try_from(date: Date) -> Result<Self, LexicalError> {
        let error = LexicalError::new("a year between -9999 and 9999");
        let year = i16::try_from(astronomical(date.year)).map_err(|_| error)?;
        // Both numbers are at most 31.
        Self::new(year, date.month as i8, date.day as i8).map_err(|_| error)
    }
}

/// A day without a time zone.
impl From<jiff::civil::Date> for Date {
    fn from(date: jiff::civil::Date) -> Self {
        let year = i32::from(date.year());
        // jiff counts years through 0, and keeps month and day positive.
        let year = if year <= 0 { year - 1 } else { year };
        Self { year, month: date.month().unsigned_abs(), day: date.day().unsigned_abs(), offset: None }
    }
}

pub(super) const fn check_year(year: i32) -> Result<(), LexicalError> {
    if year == 0 || year.unsigned_abs() > 999_999_999 { Err(LexicalError::new(BAD_YEAR)) } else { Ok(()) }
}

pub(super) fn scan_year(scanner: &mut Scanner<'_>, expected: &'static str) -> Result<i32, LexicalError> {
    // The years of our time.
    if let Some(year) = scanner.four_digits() {
        let year = i32::from(year);
        return check_year(year).map(|()| year);
    }
    let negative = scanner.take(b'-');
    let digits = scanner.digits();
    if digits.is_empty() {
        return Err(LexicalError::new(expected));
    }
    if digits.len() < 4 || (digits.len() > 4 && digits[0] == b'0') {
        return Err(LexicalError::new(BAD_YEAR));
    }
    let year = number(digits).and_then(|year| i32::try_from(year).ok()).ok_or(LexicalError::new(BAD_YEAR))?;
    let year = if negative { -year } else { year };
    check_year(year).map(|()| year)
}

pub(super) fn write_year(year: i32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if let (0..=9999, Ok(century), Ok(rest)) = (year, u8::try_from(year / 100), u8::try_from(year % 100)) {
        let [[a, b], [c, d]] = [century, rest].map(two_digits);
        return f.write_str(ascii(&[a, b, c, d]));
    }
    write!(f, "{}{:04}", if year < 0 { "-" } else { "" }, year.unsigned_abs())
}

/// The year counted through 0, as arithmetic wants it.
const fn astronomical(year: i32) -> i32 {
    if year < 0 { year + 1 } else { year }
}

pub(super) const fn days_in(year: i32, month: u8) -> u8 {
    let year = astronomical(year);
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn reads_and_writes() {
        for text in
            ["2015-08-19", "2016-02-29Z", "-0001-02-29", "12345-01-01-14:00", "999999999-12-31", "0001-01-01+03:00"]
        {
            assert_eq!(date(text).to_string(), text);
        }
        assert_eq!(date("\n 2015-08-19\t"), Date::new(2015, 8, 19).unwrap());
        assert_eq!(date("2015-08-19+00:00").to_string(), "2015-08-19Z");
    }

    #[test]
    fn refuses() {
        for text in [
            "",
            "2015",
            "2015-8-19",
            "15-08-19",
            "2015-02-29",
            "1900-02-29",
            "2015-04-31",
            "2015-13-01",
            "2015-00-01",
            "2015-01-00",
            "0000-01-01",
            "-0000-01-01",
            "02015-01-01",
            "1234567890-01-01",
            "+2015-01-01",
            "2015-08-19T",
            "2015/08/19",
            "19.08.2015",
            "2015-08-19 Z",
            "٢٠١٥-08-19",
            "--08-19",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn next_day() {
        let next = |text: &str| date(text).next().map(|day| day.to_string());
        assert_eq!(next("2015-08-19").as_deref(), Some("2015-08-20"));
        assert_eq!(next("2016-02-28").as_deref(), Some("2016-02-29"));
        assert_eq!(next("2015-12-31Z").as_deref(), Some("2016-01-01Z"));
        assert_eq!(next("-0001-12-31").as_deref(), Some("0001-01-01"));
        assert_eq!(next("999999999-12-31"), None);
    }

    #[test]
    fn jiff_has_a_year_zero() {
        let civil = jiff::civil::Date::try_from(date("-0001-02-29")).unwrap();
        assert_eq!(civil, jiff::civil::date(0, 2, 29));
        assert_eq!(Date::from(civil), date("-0001-02-29"));
        assert_eq!(Date::from(jiff::civil::date(2015, 8, 19)), date("2015-08-19"));
        assert!(jiff::civil::Date::try_from(date("10000-01-01")).is_err());
    }
}
