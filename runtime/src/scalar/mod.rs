//! Values with a text form: XSD's simple types in Rust.
//!
//! [`Scalar`] is what a type says about its text; [`scalar_value!`](crate::scalar_value) makes it a [`crate::Value`].

mod binary;
pub(crate) mod compare;
mod date;
mod date_time;
mod decimal;
mod duration;
mod fraction;
mod gregorian;
mod guid;
mod integer;
mod lexical;
mod number;
mod offset;
mod plain;
mod qname;
mod scoped;
mod spelled;
mod text_forms;
mod time;
mod union;

pub use binary::{Base64Binary, HexBinary};
pub(crate) use binary::{decode_base64, encode_base64};
pub use date::Date;
pub use date_time::DateTime;
pub use decimal::Decimal;
pub use duration::Duration;
pub use fraction::Fraction;
pub use gregorian::{GDay, GMonth, GMonthDay, GYear, GYearMonth};
pub use guid::Guid;
pub use integer::Integer;
pub use lexical::{LexicalError, MAX_LEXICAL, MAX_NUMBER};
pub use offset::Offset;
pub use qname::QName;
pub use scoped::ScopedText;
pub use spelled::Spelled;
pub use time::Time;
#[doc(hidden)]
pub use union::{OneOf, union_text};

use crate::value::{Enumeration, Value};

/// A value with one text form on every wire.
pub trait Scalar: Sized {
    /// What errors call it: `xs:int`.
    const TYPE: &'static str;

    /// How it stands in XML-RPC.
    const SLOT: SlotKind;

    /// What reading starts from; never seen by a caller.
    fn vacant() -> Self;

    /// Reads the lexical form. White space around it is the parser's business (XSD collapses it for everything but strings).
    ///
    /// # Errors
    /// What was expected, as the end of a sentence: "a number from 0 to 255".
    fn parse(text: &str) -> Result<Self, &'static str>;

    /// Appends the text as it goes on the wire.
    fn format(&self, out: &mut String);

    /// The octets, of a value that is base64 on the wire: SOAP may send them beside the message instead (XOP).
    fn octets(&self) -> Option<&[u8]> {
        None
    }

    /// Whether the contract names the value; an open enumeration keeps others, too.
    fn is_named(&self) -> bool {
        true
    }
}

/// Enumerations stand in lists, too. A value the contract does not name is kept there as anywhere.
impl<E: Enumeration + Value> Scalar for E {
    const TYPE: &'static str = "an enumerated value";
    const SLOT: SlotKind = SlotKind::String;

    fn vacant() -> Self {
        Value::vacant()
    }

    fn parse(text: &str) -> Result<Self, &'static str> {
        named(text).cloned().or_else(|| E::unknown(text)).ok_or("one of the values the contract lists")
    }

    fn format(&self, out: &mut String) {
        out.push_str(&self.as_text());
    }

    fn is_named(&self) -> bool {
        self.is_listed()
    }
}

/// The enumerated value with this text, or where one value has several texts, with another one.
pub(crate) fn named<E: Enumeration>(text: &str) -> Option<&'static E> {
    let as_written = E::VALUES.binary_search_by(|(known, _)| (*known).cmp(text)).ok();
    let index = as_written
        .or_else(|| E::OF.and_then(|of| E::VALUES.iter().position(|(known, _)| compare::equal(Some(of), known, text))));
    index.and_then(|index| E::VALUES.get(index)).map(|(_, value)| value)
}

/// The XML-RPC type a scalar is written as, and the ones it is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotKind {
    /// `<i4>` or `<int>`.
    I4,
    /// `<i8>`, where switched on; otherwise `<i4>` while it fits.
    I8,
    /// A string, with or without `<string>`.
    String,
    /// `<double>`.
    Double,
    /// `<boolean>`.
    Boolean,
    /// `<dateTime.iso8601>`.
    DateTime,
    /// `<base64>`.
    Base64,
}

/// Makes types that implement [`Scalar`] values of the codec.
#[macro_export]
macro_rules! scalar_value {
    ($($ty:ty),+ $(,)?) => {$(
        impl $crate::Value for $ty {
            fn vacant() -> Self {
                <$ty as $crate::Scalar>::vacant()
            }

            fn read(&mut self, at: &mut $crate::Decoder<'_>) -> $crate::Read {
                at.scalar(self)
            }

            fn write(&self, to: &mut $crate::Encoder<'_>) -> $crate::Write {
                to.scalar(self)
            }
        }
    )+};
}

/// The text without XML white space around it.
#[inline]
pub(crate) fn trim_space(text: &str) -> &str {
    let may_be_space = |byte: Option<&u8>| byte.is_some_and(|byte| *byte <= b' ');
    // Nearly always there is nothing to trim.
    if may_be_space(text.as_bytes().first()) || may_be_space(text.as_bytes().last()) {
        text.trim_matches([' ', '\t', '\n', '\r'])
    } else {
        text
    }
}
