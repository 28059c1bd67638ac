//! Positional layouts: XML-RPC array slots and packed strings, read and written by the same shapes as XML.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::{Decoder, Encoder};
use crate::error::{DecodeError, DecodeErrorKind, Read, Write};
use crate::scalar::SlotKind;
use crate::shape::Shape;
use crate::value::{Choice, Value};

/// Where a positional layout is read from.
#[derive(Debug)]
pub struct SlotDecoder<'d> {
    values: PhantomData<&'d str>,
}

impl SlotDecoder<'_> {
    /// Path of the slot we are at, for errors.
    pub(super) fn path(&self) -> String {
        String::new()
    }
}

/// Where a positional layout is written to.
#[derive(Debug)]
pub struct SlotEncoder<'e> {
    values: PhantomData<&'e str>,
}

fn unsupported(at: &Decoder<'_>) -> Box<DecodeError> {
    at.error(DecodeErrorKind::Unexpected { found: "a positional layout".into(), expected: "XML".into() })
}

/// [`Decoder::record`] when the decoder has slots, or the shape is of kind `Slots` or `Packed` (then `at.text()` gives the text).
pub(super) fn read_record(at: &mut Decoder<'_>, _: &'static Shape, _: &mut [&mut dyn Value]) -> Read {
    Err(unsupported(at))
}

/// [`Decoder::choice`] and [`Decoder::typed`] when the decoder has slots.
pub(super) fn read_choice(at: &mut Decoder<'_>, _: &'static Shape, _: &mut dyn Choice) -> Read {
    Err(unsupported(at))
}

/// The text of the slot we are at, which must hold a value of this type.
pub(super) fn read_text<'d>(at: &mut Decoder<'d>, _: SlotKind) -> Result<Cow<'d, str>, Box<DecodeError>> {
    Err(unsupported(at))
}

/// [`Encoder::record`] when the encoder has slots, or the shape is of kind `Slots` or `Packed`.
pub(super) fn write_record(to: &mut Encoder<'_>, _: &'static Shape, _: &[&dyn Value]) -> Write {
    Err(to.value_error("XML"))
}

/// [`Encoder::choice`] and [`Encoder::typed`] when the encoder has slots.
pub(super) fn write_choice(to: &mut Encoder<'_>, _: &'static Shape, _: &dyn Choice) -> Write {
    Err(to.value_error("XML"))
}

/// [`Encoder::list`] when the encoder has slots.
pub(super) fn write_list<'e>(
    to: &mut Encoder<'e>,
    _: usize,
    _: &mut dyn FnMut(&mut Encoder<'e>, usize) -> Write,
) -> Write {
    Err(to.value_error("XML"))
}

/// [`Encoder::text_of`] when the encoder has slots.
pub(super) fn write_text(to: &mut Encoder<'_>, _: SlotKind, _: &str) -> Write {
    Err(to.value_error("XML"))
}

/// [`Encoder::absent`] when the encoder has slots.
pub(super) fn write_absent(to: &mut Encoder<'_>) -> Write {
    Err(to.value_error("XML"))
}
