//! Order and equality of values by their texts (XML Schema 1.0, part 2, section 3.2).

use std::cmp::Ordering;

use super::{
    Base64Binary, Date, DateTime, Decimal, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth, HexBinary, Offset,
    Scalar, Time, trim_space,
};
use crate::facet::Builtin;

/// How two values of a type compare. `None`: they do not, as a time without a zone and one with a zone that is near; or the
/// type has no order; or one of the texts is no value of it.
pub(crate) fn order(builtin: Option<Builtin>, a: &str, b: &str) -> Option<Ordering> {
    let (a, b) = (trim_space(a), trim_space(b));
    match builtin? {
        Builtin::Decimal
        | Builtin::Integer
        | Builtin::NonPositiveInteger
        | Builtin::NegativeInteger
        | Builtin::NonNegativeInteger
        | Builtin::PositiveInteger
        | Builtin::Long
        | Builtin::Int
        | Builtin::Short
        | Builtin::Byte
        | Builtin::UnsignedLong
        | Builtin::UnsignedInt
        | Builtin::UnsignedShort
        | Builtin::UnsignedByte => Some(a.parse::<Decimal>().ok()?.cmp(&b.parse().ok()?)),
        Builtin::Float => f32::parse(a).ok()?.partial_cmp(&f32::parse(b).ok()?),
        Builtin::Double => f64::parse(a).ok()?.partial_cmp(&f64::parse(b).ok()?),
        Builtin::Duration => durations(a.parse().ok()?, b.parse().ok()?),
        calendar => moments(Moment::read(calendar, a)?, Moment::read(calendar, b)?),
    }
}

/// Whether two texts are one value.
pub(crate) fn equal(builtin: Option<Builtin>, a: &str, b: &str) -> bool {
    let (left, right) = (trim_space(a), trim_space(b));
    match builtin {
        None | Some(Builtin::String) => a == b,
        Some(Builtin::Boolean) => {
            let (left, right) = (bool::parse(left), bool::parse(right));
            left.is_ok() && left == right
        }
        Some(Builtin::Base64Binary) => {
            let (left, right) = (Base64Binary::parse(left), Base64Binary::parse(right));
            left.is_ok() && left == right
        }
        Some(Builtin::HexBinary) => {
            let (left, right) = (HexBinary::parse(left), HexBinary::parse(right));
            left.is_ok() && left == right
        }
        Some(Builtin::Float | Builtin::Double) if left == "NaN" => right == "NaN",
        builtin => left == right || order(builtin, left, right) == Some(Ordering::Equal),
    }
}

/// A point on the calendar's line: seconds and attoseconds without regard to the zone, and the zone.
#[derive(Clone, Copy)]
struct Moment {
    seconds: i64,
    attoseconds: u64,
    offset: Option<Offset>,
}

/// The year, month and day that stand in where a type has none.
const YEAR: i32 = 1972;
const MONTH: u8 = 12;

impl Moment {
    fn read(builtin: Builtin, text: &str) -> Option<Self> {
        Some(match builtin {
            Builtin::DateTime => {
                let it: DateTime = text.parse().ok()?;
                Self::new(it.year(), it.month(), it.day(), it.offset()).at(it.time())
            }
            Builtin::Date => {
                let it: Date = text.parse().ok()?;
                Self::new(it.year(), it.month(), it.day(), it.offset())
            }
            Builtin::Time => {
                let it: Time = text.parse().ok()?;
                Self::new(YEAR, MONTH, 31, it.offset()).at(it)
            }
            Builtin::GYear => {
                let it: GYear = text.parse().ok()?;
                Self::new(it.year(), 1, 1, it.offset())
            }
            Builtin::GYearMonth => {
                let it: GYearMonth = text.parse().ok()?;
                Self::new(it.year(), it.month(), 1, it.offset())
            }
            Builtin::GMonth => {
                let it: GMonth = text.parse().ok()?;
                Self::new(YEAR, it.month(), 1, it.offset())
            }
            Builtin::GMonthDay => {
                let it: GMonthDay = text.parse().ok()?;
                Self::new(YEAR, it.month(), it.day(), it.offset())
            }
            Builtin::GDay => {
                let it: GDay = text.parse().ok()?;
                Self::new(YEAR, MONTH, it.day(), it.offset())
            }
            _ => return None,
        })
    }

    fn new(year: i32, month: u8, day: u8, offset: Option<Offset>) -> Self {
        // There is no year 0: the one before 1 is -1.
        let year = i64::from(year) + i64::from(year < 0);
        let seconds = days(year, i64::from(month), i64::from(day)) * 86_400;
        Self { seconds, attoseconds: 0, offset }
    }

    fn at(self, time: Time) -> Self {
        let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
        Self { seconds: self.seconds + seconds, attoseconds: time.fraction().attoseconds(), ..self }
    }

    /// In UTC, were this its zone.
    fn in_zone(self, minutes: i64) -> (i64, u64) {
        (self.seconds - minutes * 60, self.attoseconds)
    }
}

/// Days since some day, in the Gregorian calendar without beginning and end.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March here, so that the leap day is the last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day
}

/// The farthest that a zone is from UTC, in minutes.
const FARTHEST: i64 = 14 * 60;

fn moments(a: Moment, b: Moment) -> Option<Ordering> {
    let zone = |moment: Moment| moment.offset.map(|offset| i64::from(offset.minutes()));
    match (zone(a), zone(b)) {
        (None, None) => Some(a.in_zone(0).cmp(&b.in_zone(0))),
        (Some(here), Some(there)) => Some(a.in_zone(here).cmp(&b.in_zone(there))),
        (Some(here), None) => with_any_zone(a.in_zone(here), b),
        (None, Some(there)) => with_any_zone(b.in_zone(there), a).map(Ordering::reverse),
    }
}

/// How a point compares with one whose zone may be any.
fn with_any_zone(point: (i64, u64), other: Moment) -> Option<Ordering> {
    if point < other.in_zone(FARTHEST) {
        Some(Ordering::Less)
    } else if point > other.in_zone(-FARTHEST) {
        Some(Ordering::Greater)
    } else {
        None
    }
}

/// Durations compare if they do so from each of the days that the specification names.
fn durations(a: Duration, b: Duration) -> Option<Ordering> {
    let mut orders =
        [(1696, 9), (1697, 2), (1903, 3), (1903, 7)].map(|from| after(from, a).cmp(&after(from, b))).into_iter();
    let first = orders.next()?;
    orders.all(|order| order == first).then_some(first)
}

/// The first of a month and a duration: seconds, attoseconds.
fn after((year, month): (i64, i64), duration: Duration) -> (i128, i128) {
    let sign: i64 = if duration.is_negative() { -1 } else { 1 };
    let months = year * 12 + month - 1 + sign * (i64::from(duration.years()) * 12 + i64::from(duration.months()));
    let first = i128::from(days(months.div_euclid(12), months.rem_euclid(12) + 1, 1)) * 86_400;
    let seconds = i128::from(duration.days()) * 86_400
        + i128::from(duration.hours()) * 3600
        + i128::from(duration.minutes()) * 60
        + i128::from(duration.seconds());
    let attoseconds = i128::from(sign) * i128::from(duration.fraction().attoseconds());
    // Below zero, a second is borrowed, so that pairs compare.
    (first + i128::from(sign) * seconds + attoseconds.div_euclid(ATTO), attoseconds.rem_euclid(ATTO))
}

const ATTO: i128 = 1_000_000_000_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(builtin: Builtin, a: &str, b: &str, expected: Option<Ordering>) {
        assert_eq!(order(Some(builtin), a, b), expected, "{a} {b}");
        assert_eq!(order(Some(builtin), b, a), expected.map(Ordering::reverse), "{b} {a}");
    }

    #[test]
    fn numbers() {
        use Ordering::{Equal, Less};
        check(Builtin::Decimal, "1.0", "1", Some(Equal));
        check(Builtin::Integer, "-99999999999999999999", "5", Some(Less));
        check(Builtin::Double, "-INF", "1E3", Some(Less));
        check(Builtin::Double, "NaN", "1", None);
        assert!(equal(Some(Builtin::Double), "NaN", "NaN") && equal(Some(Builtin::Decimal), "01.50", "1.5"));
        assert!(equal(Some(Builtin::Boolean), "1", "true") && !equal(None, "1", "01"));
    }

    #[test]
    fn zones_and_the_lack_of_them() {
        use Ordering::{Equal, Less};
        check(Builtin::DateTime, "2002-01-01T12:01:01+00:00", "2002-01-01T12:01:01Z", Some(Equal));
        check(Builtin::DateTime, "2000-01-15T00:00:00", "2000-02-15T00:00:00", Some(Less));
        check(Builtin::DateTime, "2000-01-15T12:00:00", "2000-01-16T12:00:00Z", Some(Less));
        check(Builtin::DateTime, "2000-01-01T12:00:00", "2000-01-01T23:00:00Z", None);
        check(Builtin::DateTime, "2000-01-16T00:00:00", "2000-01-16T12:00:00Z", None);
        check(Builtin::DateTime, "1999-12-31T23:00:00-02:00", "2000-01-01T02:00:00Z", Some(Less));
        check(Builtin::DateTime, "-0001-12-31T00:00:00Z", "0001-01-01T00:00:00Z", Some(Less));
        check(Builtin::Date, "2020-02-29", "2020-03-01", Some(Less));
        check(Builtin::Time, "08:00:00+02:00", "07:00:00Z", Some(Less));
        check(Builtin::GMonthDay, "--02-29", "--03-01", Some(Less));
        check(Builtin::GYear, "1999", "2000", Some(Less));
    }

    #[test]
    fn months_are_not_days() {
        use Ordering::{Equal, Greater, Less};
        check(Builtin::Duration, "P1Y", "P12M", Some(Equal));
        check(Builtin::Duration, "P1M", "P30D", None);
        check(Builtin::Duration, "P1M", "P27D", Some(Greater));
        check(Builtin::Duration, "P1M", "P32D", Some(Less));
        check(Builtin::Duration, "PT36H", "P1DT12H", Some(Equal));
        check(Builtin::Duration, "-PT0.5S", "PT0S", Some(Less));
        check(Builtin::Duration, "-PT0.5S", "-PT0.25S", Some(Less));
    }
}
