//! [`Duration`].

use std::fmt;
use std::str::FromStr;

use super::fraction::Fraction;
use super::lexical::{LexicalError, MAX_LEXICAL, Scanner, number, prepare};

const EXPECTED: &str = "a duration such as P1DT2H30M or -PT0.5S";

/// A length of time in the calendar's units (`xs:duration`, XSD 1.0 part 2, §3.2.6).
///
/// The units stay as they were written: `PT36H` is not `P1DT12H`, and no number of days is made of a month. Comparison is
/// structural. A zero duration has no sign. .NET's TimeSpan uses days to seconds only and converts from and to
/// [`std::time::Duration`] exactly (but for the sign).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Duration {
    negative: bool,
    years: u32,
    months: u32,
    days: u32,
    hours: u64,
    minutes: u64,
    seconds: u64,
    fraction: Fraction,
}

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self {
        negative: false,
        years: 0,
        months: 0,
        days: 0,
        hours: 0,
        minutes: 0,
        seconds: 0,
        fraction: Fraction::NONE,
    };

    /// The same duration with this many years.
    #[must_use]
    pub const fn with_years(self, years: u32) -> Self {
        Self { years, ..self }
    }

    /// The same duration with this many months.
    #[must_use]
    pub const fn with_months(self, months: u32) -> Self {
        Self { months, ..self }
    }

    /// The same duration with this many days.
    #[must_use]
    pub const fn with_days(self, days: u32) -> Self {
        Self { days, ..self }
    }

    /// The same duration with this many hours.
    #[must_use]
    pub const fn with_hours(self, hours: u64) -> Self {
        Self { hours, ..self }
    }

    /// The same duration with this many minutes.
    #[must_use]
    pub const fn with_minutes(self, minutes: u64) -> Self {
        Self { minutes, ..self }
    }

    /// The same duration with this many seconds.
    #[must_use]
    pub const fn with_seconds(self, seconds: u64, fraction: Fraction) -> Self {
        Self { seconds, fraction, ..self }
    }

    /// The same duration backwards; zero stays zero.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { negative: !self.negative && !self.is_zero(), ..self }
    }

    /// Whether it counts backwards.
    pub const fn is_negative(self) -> bool {
        self.negative && !self.is_zero()
    }

    /// Whether every unit is 0.
    pub const fn is_zero(self) -> bool {
        self.years == 0
            && self.months == 0
            && self.days == 0
            && self.hours == 0
            && self.minutes == 0
            && self.seconds == 0
            && self.fraction.value() == 0
    }

    /// The years, as written.
    pub const fn years(self) -> u32 {
        self.years
    }

    /// The months, as written: may be more than 11.
    pub const fn months(self) -> u32 {
        self.months
    }

    /// The days, as written.
    pub const fn days(self) -> u32 {
        self.days
    }

    /// The hours, as written: may be more than 23.
    pub const fn hours(self) -> u64 {
        self.hours
    }

    /// The minutes, as written: may be more than 59.
    pub const fn minutes(self) -> u64 {
        self.minutes
    }

    /// The whole seconds, as written: may be more than 59.
    pub const fn seconds(self) -> u64 {
        self.seconds
    }

    /// The fraction of a second, with the digits it was written with.
    pub const fn fraction(self) -> Fraction {
        self.fraction
    }
}

/// Takes one of the units that may still come, and all before it from the list.
fn unit(scanner: &mut Scanner<'_>, units: &mut &[u8]) -> Option<u8> {
    let unit = scanner.peek()?;
    let place = units.iter().position(|candidate| *candidate == unit)?;
    *units = &units[place + 1..];
    scanner.take(unit);
    Some(unit)
}

impl FromStr for Duration {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let error = LexicalError::new(EXPECTED);
        let mut scanner = Scanner::new(prepare(text, MAX_LEXICAL, EXPECTED)?);
        let negative = scanner.take(b'-');
        if !scanner.take(b'P') {
            return Err(error);
        }
        let mut duration = Self::ZERO;
        let mut any = false;
        // Units come in this order, each at most once.
        let mut units: &[u8] = b"YMD";
        while !scanner.is_empty() && scanner.peek() != Some(b'T') {
            let value = number(scanner.digits()).and_then(|value| u32::try_from(value).ok()).ok_or(error)?;
            match unit(&mut scanner, &mut units).ok_or(error)? {
                b'Y' => duration.years = value,
                b'M' => duration.months = value,
                _ => duration.days = value,
            }
            any = true;
        }
        if scanner.take(b'T') {
            any = false;
            units = b"HMS";
            while !scanner.is_empty() {
                let value = number(scanner.digits()).ok_or(error)?;
                let fraction = Fraction::scan(&mut scanner)?;
                match unit(&mut scanner, &mut units).ok_or(error)? {
                    b'S' => (duration.seconds, duration.fraction) = (value, fraction),
                    _ if fraction != Fraction::NONE => return Err(error),
                    b'H' => duration.hours = value,
                    _ => duration.minutes = value,
                }
                any = true;
            }
        }
        if !any {
            return Err(error);
        }
        duration.negative = negative && !duration.is_zero();
        Ok(duration)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_negative() { "-P" } else { "P" })?;
        for (value, unit) in [(self.years, 'Y'), (self.months, 'M'), (self.days, 'D')] {
            if value != 0 {
                write!(f, "{value}{unit}")?;
            }
        }
        let seconds = self.seconds != 0 || self.fraction != Fraction::NONE;
        let dated = self.years != 0 || self.months != 0 || self.days != 0;
        if self.hours == 0 && self.minutes == 0 && !seconds {
            return f.write_str(if dated { "" } else { "T0S" });
        }
        f.write_str("T")?;
        for (value, unit) in [(self.hours, 'H'), (self.minutes, 'M')] {
            if value != 0 {
                write!(f, "{value}{unit}")?;
            }
        }
        if seconds { write!(f, "{}{}S", self.seconds, self.fraction) } else { Ok(()) }
    }
}

/// The exact amount.
///
/// # Errors
/// A negative duration, years or months (they have no fixed length), a fraction finer than nanoseconds, or too large an amount.
impl TryFrom<Duration> for std::time::Duration {
    type Error = LexicalError;

    fn try_from(duration: Duration) -> Result<Self, LexicalError> {
        let exact = || {
            if duration.is_negative() || duration.years != 0 || duration.months != 0 {
                return None;
            }
            let hours = u64::from(duration.days).checked_mul(24)?.checked_add(duration.hours)?;
            let minutes = hours.checked_mul(60)?.checked_add(duration.minutes)?;
            let seconds = minutes.checked_mul(60)?.checked_add(duration.seconds)?;
            Some(Self::new(seconds, duration.fraction.nanoseconds()?))
        };
        exact().ok_or(LexicalError::new("a duration of days to nanoseconds that is not negative"))
    }
}

/// Days, hours, minutes and seconds, as .NET writes a TimeSpan.
///
/// # Errors
/// More than 4,294,967,295 days.
impl TryFrom<std::time::Duration> for Duration {
    type Error = LexicalError;

    fn try_from(duration: std::time::Duration) -> Result<Self, LexicalError> {
        let seconds = duration.as_secs();
        let days = u32::try_from(seconds / 86_400).map_err(|_| LexicalError::new("at most 4294967295 days"))?;
        Ok(Self {
            days,
            hours: seconds / 3_600 % 24,
            minutes: seconds / 60 % 60,
            seconds: seconds % 60,
            fraction: Fraction::from_nanoseconds(duration.subsec_nanos()).unwrap_or_default(),
            ..Self::ZERO
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes() {
        for text in [
            "P1Y2M3DT10H30M5.250S",
            "-P10675199DT2H48M5.4775807S",
            "PT36H",
            "P14M",
            "PT0S",
            "PT0.5S",
            "-PT0.000001S",
            "P1DT1S",
            "PT1M",
            "P1M",
            "PT0.00S",
        ] {
            assert_eq!(text.parse::<Duration>().unwrap_or_else(|error| panic!("{text}: {error}")).to_string(), text);
        }
        for (text, written) in
            [("P0Y", "PT0S"), ("-PT0S", "PT0S"), ("P1Y0M", "P1Y"), ("PT007S", "PT7S"), ("P0DT1H", "PT1H")]
        {
            assert_eq!(text.parse::<Duration>().unwrap().to_string(), written);
        }
    }

    #[test]
    fn refuses() {
        for text in [
            "",
            "P",
            "-P",
            "PT",
            "P1",
            "1Y",
            "P1YT",
            "P1S",
            "PT1Y",
            "PT1D",
            "P1M1Y",
            "P1Y1Y",
            "PT1S1M",
            "PT1S1S",
            "P1.5D",
            "PT1.5H",
            "PT.5S",
            "PT5.S",
            "P-1D",
            "+P1D",
            "P1d",
            "pT1S",
            "PT1s",
            "PT1h",
            "P1YT1HT1M",
            "P 1D",
            "PTT1S",
            "PT1ST",
            "P٣D",
            "P1W",
            "P4294967296Y",
            "PT18446744073709551616S",
        ] {
            assert!(text.parse::<Duration>().is_err(), "{text}");
        }
    }

    #[test]
    fn amounts() {
        let exact = |text: &str| std::time::Duration::try_from(text.parse::<Duration>().unwrap());
        assert_eq!(exact("P1DT2H48M5.4775807S"), Ok(std::time::Duration::new(96_485, 477_580_700)));
        assert!(exact("P1M").is_err());
        assert!(exact("-PT1S").is_err());
        assert!(exact("PT0.0000000001S").is_err());
        assert!(exact("PT18446744073709551615M").is_err());
        let duration = Duration::try_from(std::time::Duration::new(96_485, 477_580_700)).unwrap();
        assert_eq!(duration.to_string(), "P1DT2H48M5.4775807S");
        assert_eq!(Duration::ZERO.with_hours(1).negated().to_string(), "-PT1H");
        assert_eq!(Duration::ZERO.negated(), Duration::ZERO);
    }
}
