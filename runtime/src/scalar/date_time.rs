//! [`DateTime`].

use std::fmt;
use std::str::FromStr;

use super::date::Date;
use super::fraction::Fraction;
use super::lexical::{LexicalError, MAX_LEXICAL, Scanner, prepare};
use super::offset::{self, Offset};
use super::time::Time;

const EXPECTED: &str = "a date and time such as 2015-08-19T13:15:48.87+03:00";

/// A day and a time of day, with a time zone or without (`xs:dateTime`, XSD 1.0 part 2, §3.2.7).
///
/// It holds what was written: no zone stays no zone (nothing ever assumes UTC or the local zone), and .NET's seven fraction
/// digits stay seven. Only `24:00:00` is read as 00:00:00 of the next day. Comparison is structural; for the instant, ask
/// [`DateTime::timestamp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateTime {
    // Neither part has an offset of its own here.
    date: Date,
    time: Time,
    offset: Option<Offset>,
}

impl DateTime {
    /// What reading starts from.
    pub(crate) const VACANT: Self = Self { date: Date::VACANT, time: Time::MIDNIGHT, offset: None };

    /// A moment without a fraction and without a time zone.
    ///
    /// # Errors
    /// A day the calendar does not have, or a time the day does not have.
    pub fn new(year: i32, month: u8, day: u8, hour: u8, minute: u8, second: u8) -> Result<Self, LexicalError> {
        Ok(Self::from_parts(Date::new(year, month, day)?, Time::new(hour, minute, second)?, None))
    }

    /// A moment made of its parts; offsets of the parts themselves are left behind.
    pub const fn from_parts(date: Date, time: Time, offset: Option<Offset>) -> Self {
        Self { date: date.with_offset(None), time: time.with_offset(None), offset }
    }

    /// The same moment with this fraction of a second.
    #[must_use]
    pub const fn with_fraction(self, fraction: Fraction) -> Self {
        Self { time: self.time.with_fraction(fraction), ..self }
    }

    /// The same day and time in this time zone, or in none. Nothing is converted.
    #[must_use]
    pub const fn with_offset(self, offset: Option<Offset>) -> Self {
        Self { offset, ..self }
    }

    /// The day, without the time zone.
    pub const fn date(self) -> Date {
        self.date
    }

    /// The time of day, without the time zone.
    pub const fn time(self) -> Time {
        self.time
    }

    /// The year: never 0; -1 is 1 BC.
    pub const fn year(self) -> i32 {
        self.date.year()
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.date.month()
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.date.day()
    }

    /// The hour, 0 to 23.
    pub const fn hour(self) -> u8 {
        self.time.hour()
    }

    /// The minute, 0 to 59.
    pub const fn minute(self) -> u8 {
        self.time.minute()
    }

    /// The second, 0 to 59.
    pub const fn second(self) -> u8 {
        self.time.second()
    }

    /// The fraction of a second, with the digits it was written with.
    pub const fn fraction(self) -> Fraction {
        self.time.fraction()
    }

    /// The time zone, if one was written.
    pub const fn offset(self) -> Option<Offset> {
        self.offset
    }

    /// The instant.
    ///
    /// # Errors
    /// No time zone was written (a zone is never assumed), a fraction finer than nanoseconds, or a year jiff does not know.
    pub fn timestamp(self) -> Result<jiff::Timestamp, LexicalError> {
        let error = LexicalError::new("a date and time with a time zone");
        let offset = self.offset.ok_or(error)?;
        let civil = jiff::civil::DateTime::try_from(self)?;
        jiff::tz::Offset::from_seconds(i32::from(offset.minutes()) * 60)
            .and_then(|offset| offset.to_timestamp(civil))
            .map_err(|_| LexicalError::new("an instant between the years -9999 and 9999"))
    }
}

impl FromStr for DateTime {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let mut scanner = Scanner::new(prepare(text, MAX_LEXICAL, EXPECTED)?);
        let date = Date::scan(&mut scanner, EXPECTED)?;
        if !scanner.take(b'T') {
            return Err(LexicalError::new(EXPECTED));
        }
        let (time, next_day) = Time::scan(&mut scanner, EXPECTED)?;
        let offset = Offset::scan_end(scanner)?;
        let date = if next_day { date.next().ok_or(LexicalError::new(EXPECTED))? } else { date };
        Ok(Self { date, time, offset })
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.date, f)?;
        f.write_str("T")?;
        fmt::Display::fmt(&self.time, f)?;
        offset::write_end(self.offset, f)
    }
}

/// The day and time as jiff has them; the time zone is left behind (see [`DateTime::timestamp`]).
///
/// # Errors
/// A year beyond -9999 to 9999, or a fraction finer than nanoseconds.
impl TryFrom<DateTime> for jiff::civil::DateTime {
    type Error = LexicalError;

    fn try_from(moment: DateTime) -> Result<Self, LexicalError> {
        Ok(Self::from_parts(moment.date.try_into()?, moment.time.try_into()?))
    }
}

/// A moment without a time zone, with as few fraction digits as it needs.
impl From<jiff::civil::DateTime> for DateTime {
    fn from(civil: jiff::civil::DateTime) -> Self {
        Self::from_parts(civil.date().into(), civil.time().into(), None)
    }
}

/// The instant in UTC, with as few fraction digits as it needs.
impl From<jiff::Timestamp> for DateTime {
    fn from(timestamp: jiff::Timestamp) -> Self {
        Self::from(jiff::tz::Offset::UTC.to_datetime(timestamp)).with_offset(Some(Offset::UTC))
    }
}

/// The instant with the zone's offset; the zone's name is left behind.
///
/// # Errors
/// An offset that XSD cannot say: with seconds, or beyond 14 hours.
impl TryFrom<&jiff::Zoned> for DateTime {
    type Error = LexicalError;

    fn try_from(zoned: &jiff::Zoned) -> Result<Self, LexicalError> {
        let error = LexicalError::new("an offset of whole minutes between -14:00 and +14:00");
        let seconds = zoned.offset().seconds();
        if seconds % 60 != 0 {
            return Err(error);
        }
        let offset = i16::try_from(seconds / 60).ok().and_then(Offset::from_minutes).ok_or(error)?;
        Ok(Self::from(zoned.datetime()).with_offset(Some(offset)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> DateTime {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn reads_and_writes_what_vendors_send() {
        for text in [
            "2015-08-19T13:15:48.87",
            "2020-10-20T23:31:35.7599467+03:00",
            "2020-10-20T23:31:35.8700000+03:00",
            "2015-08-19T13:15:48+14:00",
            "2015-08-19T13:15:48",
            "0001-01-01T00:00:00",
            "9999-12-31T23:59:59.9999999",
            "-0044-03-15T12:00:00Z",
            "12015-08-19T13:15:48.123456789012345678-00:30",
        ] {
            assert_eq!(moment(text).to_string(), text);
        }
        assert_eq!(moment("2015-08-19T13:15:48").offset(), None);
    }

    #[test]
    fn midnight_of_the_next_day() {
        assert_eq!(moment("2015-08-19T24:00:00").to_string(), "2015-08-20T00:00:00");
        assert_eq!(moment("9999-12-31T24:00:00.000Z").to_string(), "10000-01-01T00:00:00.000Z");
    }

    #[test]
    fn refuses() {
        for text in [
            "",
            "2015-02-30T00:00:00",
            "2015-08-19T24:00:01",
            "0000-01-01T00:00:00",
            "2015-08-19T13:15:48.11111111111111111111",
            "2015-08-19T13:15:48+14:01",
            "2015-08-19",
            "19.08.2015 13:15",
            "٢٠١٥-08-19T13:15:48",
            "2015-08-19 13:15:48",
            "2015-08-19t13:15:48",
            "2015-08-19T13:15:60",
            "2015-08-19T13:15:48z",
            "2015-08-19T13:15",
            "20150819T131548",
            "999999999-12-31T24:00:00",
        ] {
            assert!(text.parse::<DateTime>().is_err(), "{text}");
        }
        assert!(format!("2015-08-19T13:15:48.{}", "1".repeat(5_000_000)).parse::<DateTime>().is_err());
    }

    #[test]
    fn jiff() {
        let instant = moment("2020-10-20T23:31:35.7599467+03:00").timestamp().unwrap();
        assert_eq!(instant.to_string(), "2020-10-20T20:31:35.7599467Z");
        assert_eq!(DateTime::from(instant).to_string(), "2020-10-20T20:31:35.7599467Z");
        assert!(moment("2020-10-20T23:31:35").timestamp().is_err());
        let zoned = instant.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(3)));
        assert_eq!(DateTime::try_from(&zoned).unwrap(), moment("2020-10-20T23:31:35.7599467+03:00"));
    }
}
