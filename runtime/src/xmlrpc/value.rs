//! The tree of XML-RPC values.

use std::fmt;
use std::str::FromStr;

use crate::scalar::{DateTime, LexicalError};

/// An XML-RPC value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `<i4>` or `<int>`.
    Int(i32),
    /// `<i8>`, an extension: only read where it is opted in.
    Long(i64),
    /// `<boolean>`.
    Bool(bool),
    /// `<string>`, or text without a type.
    Str(String),
    /// `<double>`.
    Double(Double),
    /// `<dateTime.iso8601>`.
    DateTime(Iso8601),
    /// `<base64>`.
    Base64(Vec<u8>),
    /// `<struct>`.
    Struct(Struct),
    /// `<array>`.
    Array(Vec<Value>),
    /// `<nil/>`, an extension: only read where it is opted in.
    Nil,
}

impl Value {
    /// The name of the type's element.
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Int(_) => "i4",
            Self::Long(_) => "i8",
            Self::Bool(_) => "boolean",
            Self::Str(_) => "string",
            Self::Double(_) => "double",
            Self::DateTime(_) => "dateTime.iso8601",
            Self::Base64(_) => "base64",
            Self::Struct(_) => "struct",
            Self::Array(_) => "array",
            Self::Nil => "nil",
        }
    }

    /// The member of a struct; `None` for other values too.
    pub fn member(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Struct(members) => members.get(name),
            _ => None,
        }
    }

    /// The items of an array; `None` for other values.
    pub fn items(&self) -> Option<&[Value]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Str(value.into())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Str(value)
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::Array(items)
    }
}

impl From<Struct> for Value {
    fn from(members: Struct) -> Self {
        Self::Struct(members)
    }
}

/// The members of a struct, in the order they are written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Struct(Vec<(String, Value)>);

impl Struct {
    /// No members yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Appends a member. Names are expected to be unique: the writer refuses a struct that says something twice.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.0.push((name.into(), value.into()));
    }

    /// The member with this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.iter().find(|(candidate, _)| *candidate == name).map(|(_, value)| value)
    }

    /// All members, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many members there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A name that occurs twice, if there is one. Takes n·log n comparisons and hashes nothing, so no choice of names makes it slow.
    pub(super) fn duplicate(&self) -> Option<&str> {
        let mut names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
    }
}

/// A finite floating-point number that remembers the text it was read from, so that an amount of money can be read as a decimal
/// without ever having been a float.
#[derive(Debug, Clone)]
pub struct Double(Box<str>);

impl Double {
    /// A number; `None` for infinities and NaN, which XML-RPC does not have.
    pub fn new(value: f64) -> Option<Self> {
        // Display of f64 is the shortest text that reads back as the same number, and never has an exponent.
        value.is_finite().then(|| Self(value.to_string().into()))
    }

    /// The number.
    pub fn value(&self) -> f64 {
        // Checked by every way in.
        self.0.parse().unwrap_or_default()
    }

    /// The number's text: as it was read, or the shortest that reads back as the same number.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialEq for Double {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

/// Reads digits with a point or without, and an exponent or without; what is not finite is refused.
impl FromStr for Double {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let error = LexicalError::new("a finite double such as 10.5");
        // Rust's own parser also reads `inf`, `infinity` and `nan`.
        let known = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
        if text.len() > crate::scalar::MAX_LEXICAL || !text.bytes().all(known) {
            return Err(error);
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Self(text.into())),
            _ => Err(error),
        }
    }
}

/// Never writes an exponent, which XML-RPC does not have.
impl fmt::Display for Double {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.contains(['e', 'E']) { write!(f, "{}", self.value()) } else { f.write_str(&self.0) }
    }
}

/// A date and time as XML-RPC writes them, `19980717T14:08:55`: the text as it was read, known to be a real date and time.
///
/// Hyphens in the date, a fraction and a time zone are tolerated, since servers send them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Iso8601(Box<str>);

impl Iso8601 {
    /// The text as it was read.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same as XSD has it. Without a zone, it has none: what zone the server means, only its documentation says.
    pub fn date_time(&self) -> DateTime {
        // Checked when it was made.
        extended(&self.0).and_then(|text| text.parse().ok()).unwrap_or(DateTime::VACANT)
    }
}

impl FromStr for Iso8601 {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let error = LexicalError::new("a dateTime.iso8601 such as 19980717T14:08:55");
        if text.len() > crate::scalar::MAX_LEXICAL {
            return Err(error);
        }
        let full: DateTime = extended(text).and_then(|text| text.parse().ok()).ok_or(error)?;
        // Years of other than four digits have no meaning without hyphens.
        if !(1..=9999).contains(&full.year()) {
            return Err(error);
        }
        Ok(Self(text.into()))
    }
}

impl From<DateTime> for Iso8601 {
    fn from(value: DateTime) -> Self {
        let (date, time) = (value.date(), value.time());
        let zone = value.offset().map(|offset| offset.to_string()).unwrap_or_default();
        Self(format!("{:04}{:02}{:02}T{time}{zone}", date.year(), date.month(), date.day()).into())
    }
}

/// Puts hyphens into the date if it has none.
fn extended(text: &str) -> Option<String> {
    let (date, time) = text.split_once('T')?;
    match date.len() {
        8 if date.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(format!("{}-{}-{}T{time}", &date[..4], &date[4..6], &date[6..]))
        }
        10 => Some(text.into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles() {
        for (text, written) in [
            ("10.5", "10.5"),
            ("-.5", "-.5"),
            ("1e5", "100000"),
            ("10.50", "10.50"),
            ("11111111111111111111", "11111111111111111111"),
        ] {
            assert_eq!(text.parse::<Double>().unwrap().to_string(), written);
        }
        for text in ["", "nan", "inf", "-Infinity", "1e400", "0x1p3", "1,5", "--1", "1e", ".", "٣"] {
            assert!(text.parse::<Double>().is_err(), "{text}");
        }
        assert_eq!(Double::new(1e21).unwrap().to_string(), "1000000000000000000000");
        assert_eq!(Double::new(f64::NAN).map(|_| ()), None);
    }

    #[test]
    fn dates() {
        let date: Iso8601 = "19980717T14:08:55".parse().unwrap();
        assert_eq!(date.date_time().to_string(), "1998-07-17T14:08:55");
        assert_eq!(Iso8601::from(date.date_time()), date);
        assert!("1998-07-17T14:08:55".parse::<Iso8601>().is_ok());
        assert_eq!("19980717T14:08:55Z".parse::<Iso8601>().unwrap().date_time().to_string(), "1998-07-17T14:08:55Z");
        for text in [
            "",
            "19981317T14:08:55",
            "199807171T14:08:55",
            "20150229T00:00:00",
            "19980717",
            "19980717T140855",
            "1998071éT14:08:55",
        ] {
            assert!(text.parse::<Iso8601>().is_err(), "{text}");
        }
    }

    #[test]
    fn finds_duplicates() {
        let mut members = Struct::new();
        members.push("b", 1);
        members.push("a", 2);
        assert_eq!(members.duplicate(), None);
        members.push("b", 3);
        assert_eq!(members.duplicate(), Some("b"));
        assert_eq!(members.get("a"), Some(&Value::Int(2)));
    }

    #[test]
    fn values_stay_small() {
        assert!(size_of::<Value>() <= 32);
    }
}
