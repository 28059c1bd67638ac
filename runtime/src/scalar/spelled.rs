//! [`Spelled`].

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use super::lexical::LexicalError;
use super::{Scalar, SlotKind, trim_space};
use crate::codec::{Decoder, Encoder};
use crate::error::{Read, Write};
use crate::value::Value;

/// A value that remembers how it was written, where one value has several texts: `007`, `+7` and `7` are one `xs:int`.
///
/// Unions hold their values so: a text that is a number to the first of a union's types may be a code to whoever sent it, and
/// goes out again as it came in. So do members whose pattern asks for another spelling than the usual one (`007`, `1` for
/// true, `1.50` as a float): make them with `parse`. Values that are made with `from` are written as their type writes them,
/// which such a pattern refuses for some values or for all; [`validate`](crate::Validate::validate) tells.
/// Comparison and hashing are by value.
///
/// ```
/// use bindery_runtime::{Scalar, Spelled};
///
/// let read = Spelled::<i32>::parse("007").unwrap();
/// assert_eq!((*read, read.text().as_str()), (7, "007"));
/// assert_eq!(read, Spelled::from(7));
/// assert_eq!(Spelled::from(7).text(), "7");
/// let month: Spelled<i8> = "07".parse().unwrap();
/// assert_eq!(month.to_string(), "07");
/// ```
#[derive(Clone, Default)]
pub struct Spelled<T> {
    value: T,
    /// The text that was read, where the type would write another one.
    text: Option<Box<str>>,
}

impl<T> Spelled<T> {
    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T: Scalar> Spelled<T> {
    /// The text as it goes on the wire.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.format(&mut out);
        out
    }
}

impl<T> From<T> for Spelled<T> {
    fn from(value: T) -> Self {
        Self { value, text: None }
    }
}

impl<T> Deref for Spelled<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// # Errors
/// A text that is no value of the type.
impl<T: Scalar> FromStr for Spelled<T> {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        Scalar::parse(text).map_err(LexicalError::new)
    }
}

/// The text as it goes on the wire.
impl<T: Scalar> fmt::Display for Spelled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl<T: PartialEq> PartialEq for Spelled<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spelled<T> {}

impl<T: PartialEq> PartialEq<T> for Spelled<T> {
    fn eq(&self, other: &T) -> bool {
        self.value == *other
    }
}

impl<T: Hash> Hash for Spelled<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

/// The value, as its type shows it.
impl<T: fmt::Debug> fmt::Debug for Spelled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: Scalar> Scalar for Spelled<T> {
    const TYPE: &'static str = T::TYPE;
    const SLOT: SlotKind = T::SLOT;

    fn vacant() -> Self {
        Self::from(T::vacant())
    }

    fn parse(text: &str) -> Result<Self, &'static str> {
        let value = T::parse(text)?;
        let text = trim_space(text);
        let mut written = String::new();
        value.format(&mut written);
        Ok(Self { value, text: (written != text).then(|| text.into()) })
    }

    fn format(&self, out: &mut String) {
        match &self.text {
            Some(text) => out.push_str(text),
            None => self.value.format(out),
        }
    }
}

impl<T: Scalar> Value for Spelled<T> {
    fn vacant() -> Self {
        Scalar::vacant()
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        at.scalar(self)
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        to.scalar(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Base64Binary, DateTime, Decimal, Duration, HexBinary, Integer};

    fn again<T: Scalar>(text: &str) -> String {
        let mut out = String::new();
        T::parse(text).unwrap().format(&mut out);
        out
    }

    #[test]
    fn every_spelling_survives() {
        assert_eq!(again::<Spelled<i32>>(" +07 "), "+07");
        assert_eq!(again::<Spelled<Integer>>("-0"), "-0");
        assert_eq!(again::<Spelled<bool>>("1"), "1");
        assert_eq!(again::<Spelled<f64>>("1.50e0"), "1.50e0");
        assert_eq!(again::<Spelled<Decimal>>(".5"), ".5");
        assert_eq!(again::<Spelled<HexBinary>>("aF"), "aF");
        assert_eq!(again::<Spelled<Base64Binary>>("YQ = ="), "YQ = =");
        for text in ["2024-02-29T24:00:00", "2024-02-29T01:02:03.4500+00:00", "-0044-03-15T00:00:00-14:00"] {
            assert_eq!(again::<Spelled<DateTime>>(text), text);
        }
        assert_eq!(again::<Spelled<Duration>>("P01D"), "P01D");
        assert!(Spelled::<i32>::parse("x").is_err());
    }

    #[test]
    fn elements_and_lists_hold_them() {
        static FLAGS: crate::Root<crate::List<Spelled<bool>>> = crate::Root::new(crate::Name::new("", "flags"), true);
        let flags = FLAGS.read("<flags> 1 false\n0 </flags>").unwrap();
        assert_eq!(flags.iter().map(|flag| **flag).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(FLAGS.write(&flags).unwrap(), "<flags>1 false 0</flags>");
    }
}
