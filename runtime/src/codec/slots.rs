//! Positional layouts: XML-RPC arrays whose items mean something by their place, and packed strings.
//!
//! The same shapes and values serve as for XML. A record of kind [`Slots`](crate::Kind::Slots) takes as many array items as its
//! members say, one after the other; nested records take theirs in place. A member with a [`Count`](crate::Count) has a counter
//! before it: computed when writing, checked when reading, never trusted for memory. A record of kind
//! [`Packed`](crate::Kind::Packed) is one string. An ordinary record is an XML-RPC struct, except for the outermost one: that is
//! the list of parameters, or what wraps a reply.

mod packed;
mod read;
mod write;

pub use read::{SlotDecoder, SlotsRead, decode_slots};
pub use write::{SlotEncoder, encode_slots};

pub(super) use read::{read_choice, read_record, read_text};
pub(super) use write::{write_absent, write_choice, write_list, write_record, write_text};

use crate::xmlrpc;

/// The largest counter that is read or written.
pub const MAX_COUNT: usize = 10_000;

/// The items of an array that were written, and which of them must not be shown.
#[derive(Clone, PartialEq, Default)]
pub struct SlotValues {
    values: Vec<xmlrpc::Value>,
    /// In ascending order.
    secret: Vec<usize>,
}

impl SlotValues {
    /// The items.
    pub fn values(&self) -> &[xmlrpc::Value] {
        &self.values
    }

    /// The items, each with whether it is secret.
    pub fn iter(&self) -> impl Iterator<Item = (&xmlrpc::Value, bool)> {
        self.values.iter().enumerate().map(|(index, value)| (value, self.secret.binary_search(&index).is_ok()))
    }
}

/// Shows the number of items only: some may be secret.
impl std::fmt::Debug for SlotValues {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SlotValues({} values)", self.values.len())
    }
}

/// An XML-RPC value as it is: for slots that no contract describes.
impl crate::value::Value for xmlrpc::Value {
    fn vacant() -> Self {
        Self::Nil
    }

    fn read(&mut self, at: &mut super::Decoder<'_>) -> crate::error::Read {
        *self = read::read_raw(at)?;
        Ok(())
    }

    fn read_nil(&mut self) -> bool {
        *self = Self::Nil;
        true
    }

    fn write(&self, to: &mut super::Encoder<'_>) -> crate::error::Write {
        write::write_raw(to, self)
    }
}

#[cfg(test)]
mod tests;
