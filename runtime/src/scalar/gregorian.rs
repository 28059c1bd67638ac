//! The parts of a date that XSD has types for: [`GYear`], [`GYearMonth`], [`GMonth`], [`GMonthDay`], [`GDay`].

use std::fmt;
use std::str::FromStr;

use super::date::{Date, check_year, days_in, scan_year, write_year};
use super::lexical::{LexicalError, MAX_LEXICAL, Scanner, prepare};
use super::offset::{self, Offset};

const YEAR: &str = "a year such as 2015";
const YEAR_MONTH: &str = "a year and month such as 2015-08";
const MONTH: &str = "a month such as --08";
const MONTH_DAY: &str = "a month and day such as --08-19";
const DAY: &str = "a day of the month such as ---19";

/// A year, with a time zone or without (`xs:gYear`, XSD 1.0 part 2, §3.2.11). There is no year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GYear {
    year: i32,
    offset: Option<Offset>,
}

/// A month of a year, with a time zone or without (`xs:gYearMonth`, XSD 1.0 part 2, §3.2.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GYearMonth {
    // The first day of that month.
    date: Date,
}

/// A month that comes every year (`xs:gMonth`, XSD 1.0 part 2, §3.2.14).
///
/// Also reads `--08--`, the form that the first edition of XSD printed by mistake and old tools write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GMonth {
    month: u8,
    offset: Option<Offset>,
}

/// A day that comes every year (`xs:gMonthDay`, XSD 1.0 part 2, §3.2.12). `--02-29` is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GMonthDay {
    // A day of a leap year.
    date: Date,
}

/// A day that comes every month (`xs:gDay`, XSD 1.0 part 2, §3.2.13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GDay {
    day: u8,
    offset: Option<Offset>,
}

/// The year that stands behind a day without one: it has every day.
const LEAP_YEAR: i32 = 4;

impl GYear {
    /// What reading starts from.
    pub(super) const VACANT: Self = Self { year: 1, offset: None };

    /// A year without a time zone.
    ///
    /// # Errors
    /// Year 0, or more than nine digits.
    pub fn new(year: i32) -> Result<Self, LexicalError> {
        check_year(year).map(|()| Self { year, offset: None })
    }

    /// The year: never 0; -1 is 1 BC.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The time zone, if one was written.
    pub const fn offset(self) -> Option<Offset> {
        self.offset
    }

    /// The same year in this time zone, or in none.
    #[must_use]
    pub const fn with_offset(self, offset: Option<Offset>) -> Self {
        Self { offset, ..self }
    }
}

impl GYearMonth {
    /// What reading starts from.
    pub(super) const VACANT: Self = Self { date: Date::VACANT };

    /// A month without a time zone.
    ///
    /// # Errors
    /// Year 0, more than nine digits, or a month the year does not have.
    pub fn new(year: i32, month: u8) -> Result<Self, LexicalError> {
        Date::new(year, month, 1).map(|date| Self { date })
    }

    /// The year: never 0; -1 is 1 BC.
    pub const fn year(self) -> i32 {
        self.date.year()
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.date.month()
    }

    /// The time zone, if one was written.
    pub const fn offset(self) -> Option<Offset> {
        self.date.offset()
    }

    /// The same month in this time zone, or in none.
    #[must_use]
    pub const fn with_offset(self, offset: Option<Offset>) -> Self {
        Self { date: self.date.with_offset(offset) }
    }
}

impl GMonth {
    /// What reading starts from.
    pub(super) const VACANT: Self = Self { month: 1, offset: None };

    /// A month without a time zone.
    ///
    /// # Errors
    /// A number that is not 1 to 12.
    pub fn new(month: u8) -> Result<Self, LexicalError> {
        Date::new(LEAP_YEAR, month, 1).map(|_| Self { month, offset: None })
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The time zone, if one was written.
    pub const fn offset(self) -> Option<Offset> {
        self.offset
    }

    /// The same month in this time zone, or in none.
    #[must_use]
    pub const fn with_offset(self, offset: Option<Offset>) -> Self {
        Self { offset, ..self }
    }
}

impl GMonthDay {
    /// What reading starts from.
    pub(super) const VACANT: Self = Self { date: Date::VACANT };

    /// A day without a time zone.
    ///
    /// # Errors
    /// A day that no year has.
    pub fn new(month: u8, day: u8) -> Result<Self, LexicalError> {
        Date::new(LEAP_YEAR, month, day).map(|date| Self { date })
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.date.month()
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.date.day()
    }

    /// The time zone, if one was written.
    pub const fn offset(self) -> Option<Offset> {
        self.date.offset()
    }

    /// The same day in this time zone, or in none.
    #[must_use]
    pub const fn with_offset(self, offset: Option<Offset>) -> Self {
        Self { date: self.date.with_offset(offset) }
    }
}

impl GDay {
    /// What reading starts from.
    pub(super) const VACANT: Self = Self { day: 1, offset: None };

    /// A day without a time zone.
    ///
    /// # Errors
    /// A number that is not 1 to 31.
    pub fn new(day: u8) -> Result<Self, LexicalError> {
        if day == 0 || day > days_in(LEAP_YEAR, 1) {
            return Err(LexicalError::new("a day between 01 and 31"));
        }
        Ok(Self { day, offset: None })
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The time zone, if one was written.
    pub const fn offset(self) -> Option<Offset> {
        self.offset
    }

    /// The same day in this time zone, or in none.
    #[must_use]
    pub const fn with_offset(self, offset: Option<Offset>) -> Self {
        Self { offset, ..self }
    }
}

/// Takes this many hyphens and two digits.
fn part(scanner: &mut Scanner<'_>, hyphens: usize, expected: &'static str) -> Result<u8, LexicalError> {
    let error = LexicalError::new(expected);
    for _ in 0..hyphens {
        if !scanner.take(b'-') {
            return Err(error);
        }
    }
    scanner.two_digits().ok_or(error)
}

impl FromStr for GYear {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let mut scanner = Scanner::new(prepare(text, MAX_LEXICAL, YEAR)?);
        let year = scan_year(&mut scanner, YEAR)?;
        Ok(Self { year, offset: Offset::scan_end(scanner)? })
    }
}

impl FromStr for GYearMonth {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let mut scanner = Scanner::new(prepare(text, MAX_LEXICAL, YEAR_MONTH)?);
        let year = scan_year(&mut scanner, YEAR_MONTH)?;
        let month = part(&mut scanner, 1, YEAR_MONTH)?;
        Ok(Self::new(year, month)?.with_offset(Offset::scan_end(scanner)?))
    }
}

impl FromStr for GMonth {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let mut scanner = Scanner::new(prepare(text, MAX_LEXICAL, MONTH)?);
        let month = part(&mut scanner, 2, MONTH)?;
        let mut old_form = scanner;
        if old_form.take(b'-') && old_form.take(b'-') {
            scanner = old_form;
        }
        Ok(Self::new(month)?.with_offset(Offset::scan_end(scanner)?))
    }
}

impl FromStr for GMonthDay {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let mut scanner = Scanner::new(prepare(text, MAX_LEXICAL, MONTH_DAY)?);
        let month = part(&mut scanner, 2, MONTH_DAY)?;
        let day = part(&mut scanner, 1, MONTH_DAY)?;
        Ok(Self::new(month, day)?.with_offset(Offset::scan_end(scanner)?))
    }
}

impl FromStr for GDay {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let mut scanner = Scanner::new(prepare(text, MAX_LEXICAL, DAY)?);
        let day = part(&mut scanner, 3, DAY)?;
        Ok(Self::new(day)?.with_offset(Offset::scan_end(scanner)?))
    }
}

impl fmt::Display for GYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_year(self.year, f)?;
        offset::write_end(self.offset, f)
    }
}

impl fmt::Display for GYearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_year(self.year(), f)?;
        write!(f, "-{:02}", self.month())?;
        offset::write_end(self.offset(), f)
    }
}

impl fmt::Display for GMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "--{:02}", self.month)?;
        offset::write_end(self.offset, f)
    }
}

impl fmt::Display for GMonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "--{:02}-{:02}", self.month(), self.day())?;
        offset::write_end(self.offset(), f)
    }
}

impl fmt::Display for GDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "---{:02}", self.day)?;
        offset::write_end(self.offset, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each text must come out as it went in, and nothing else may be read.
    fn check<T: FromStr<Err = LexicalError> + fmt::Display>(good: &[&str], bad: &[&str]) {
        for text in good {
            match text.parse::<T>() {
                Ok(value) => assert_eq!(value.to_string(), *text),
                Err(error) => panic!("{text}: {error}"),
            }
        }
        for text in bad {
            assert!(text.parse::<T>().is_err(), "{text}");
        }
    }

    #[test]
    fn lexical_forms() {
        check::<GYear>(
            &["2015", "-0044", "12015", "2015Z", "2015-05:00", "2015+14:00"],
            &["", "15", "0000", "02015", "2015-05", "+2015", "2015-"],
        );
        check::<GYearMonth>(
            &["2015-08", "2015-08Z", "-0044-03-05:00"],
            &["", "2015", "2015-13", "2015-8", "2015-08-19", "0000-01"],
        );
        check::<GMonth>(
            &["--08", "--12Z", "--08-05:00"],
            &["", "08", "--8", "--13", "--00", "--08-", "--08---", "-08", "--08-19"],
        );
        check::<GMonthDay>(
            &["--08-19", "--02-29", "--12-31Z", "--08-19-05:00"],
            &["", "--02-30", "--04-31", "--13-01", "08-19", "--0819", "--08-1"],
        );
        check::<GDay>(&["---01", "---31", "---19-05:00"], &["", "---00", "---32", "19", "--19", "---1", "---٣١"]);
    }

    #[test]
    fn month_of_the_first_edition() {
        assert_eq!("--08--Z".parse::<GMonth>().unwrap().to_string(), "--08Z");
        assert_eq!("--08--".parse::<GMonth>(), GMonth::new(8));
    }
}
