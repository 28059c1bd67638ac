//! Shapes to values and values to bytes.
//!
//! [`Decoder`] and [`Encoder`] walk a [`Shape`](crate::Shape) beside an array of slots. Generated code never sees a token, a
//! prefix or a reader.

mod arrays;
#[cfg_attr(not(feature = "validate"), allow(dead_code))] // without it nobody checks
pub(crate) mod check;
mod choice;
mod decoder;
mod drift;
mod encoder;
mod encoding;
pub(crate) mod includes;
mod out;
pub(crate) mod pairs;
pub(crate) mod parts;
mod record;
mod search;
mod seen;
pub(crate) mod segments;
pub mod slots;
mod write;

pub use decoder::Decoder;
pub use encoder::Encoder;
pub use encoding::Encoding;

use std::ops::Range;

use crate::error::{DecodeError, Drift, EncodeError};
use crate::facet::Facet;
use crate::shape::{Flags, Name};
use crate::value::Value;
use crate::xml::{Instructions, Limits, Reader};

/// What a wire does with names, order and absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Profile {
    /// Names have namespaces. Without, only local names count, and everything must be in no namespace.
    pub namespaces: bool,
    /// Members go in ordinal order where a shape has one (DataContractSerializer).
    pub ordinal: bool,
    /// A plain XML wire: members that only SOAP has do not exist, and the other way round.
    pub plain: bool,
    /// The namespace of the root may be made the default namespace.
    pub default_namespace: bool,
    /// The prefix for `nil` and `type`.
    pub xsi: &'static str,
    /// The rules of SOAP encoding, for messages that use it.
    pub encoding: Option<&'static Encoding>,
}

impl Profile {
    /// SOAP with elements in contract order.
    pub const SOAP: Self =
        Self { namespaces: true, ordinal: false, plain: false, default_namespace: true, xsi: "i", encoding: None };
    /// SOAP as DataContractSerializer writes it.
    pub const DATA_CONTRACT: Self = Self { ordinal: true, ..Self::SOAP };
    /// XML documents without namespaces, as XmlSerializer writes them.
    pub const PLAIN: Self = Self { namespaces: false, plain: true, default_namespace: false, xsi: "xsi", ..Self::SOAP };

    /// The same profile with another word on default namespaces.
    #[must_use]
    pub const fn default_namespace(self, allowed: bool) -> Self {
        Self { default_namespace: allowed, ..self }
    }
}

/// How a document is read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The wire.
    pub profile: Profile,
    /// Limits of the reader.
    pub limits: Limits,
    /// Every difference from the contract is an error.
    pub strict: bool,
    /// What becomes of processing instructions.
    pub instructions: Instructions,
}

impl Options {
    /// Default limits, not strict, processing instructions skipped.
    pub const fn new(profile: Profile) -> Self {
        Self { profile, limits: Limits::new(), strict: false, instructions: Instructions::Skip }
    }
}

/// What there is to say about a document that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decoded {
    /// Differences from the contract, in document order; at most as many as [`Limits::drifts`] says.
    pub drift: Vec<Drift>,
    /// Where secret contents stand in the text, in bytes.
    pub secrets: Vec<Range<usize>>,
}

/// Reads a whole document whose root element has this name into a value.
///
/// # Errors
/// Whatever is wrong with the document. The value holds nothing useful then.
pub fn decode_document(
    text: &str,
    root: Name,
    value: &mut dyn Value,
    options: &Options,
) -> Result<Decoded, Box<DecodeError>> {
    decode_limited(text, root, Flags::NONE, &[], value, options)
}

/// The same, where the contract says more of the root than its type.
pub(crate) fn decode_limited(
    text: &str,
    root: Name,
    flags: Flags,
    facets: &[Facet],
    value: &mut dyn Value,
    options: &Options,
) -> Result<Decoded, Box<DecodeError>> {
    let reader = Reader::with_limits(text, options.limits.clone()).instructions(options.instructions);
    let mut decoder = Decoder::new(reader, options.profile, options.strict);
    decoder.limited_root(root, flags, facets, value)?;
    decoder.finish()
}

/// A document that was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Encoded {
    /// The text.
    pub text: String,
    /// Where secret contents stand in the text, in bytes.
    pub secrets: Vec<Range<usize>>,
}

/// Writes a value as one element with this name, without XML declaration.
///
/// # Errors
/// What the wire cannot carry.
pub fn encode_element(root: Name, profile: Profile, value: &dyn Value) -> Result<Encoded, Box<EncodeError>> {
    encode_limited(root, Flags::NONE, profile, value)
}

/// The same, where the contract says more of the root than its type.
pub(crate) fn encode_limited(
    root: Name,
    flags: Flags,
    profile: Profile,
    value: &dyn Value,
) -> Result<Encoded, Box<EncodeError>> {
    let mut encoder = Encoder::new(profile);
    let written = encoder.limited_root(root, flags, value);
    if written.is_err() && encoder.default_in_the_way && profile.default_namespace {
        return encode_limited(root, flags, profile.default_namespace(false), value);
    }
    written?;
    encoder.finish()
}

/// Appends a value as one element with this name, where a prefix may be declared already (an empty one is none): what
/// surrounds it is an envelope. What goes beside it is added to `parts`. Returns where in `out` secrets stand.
///
/// # Errors
/// What the wire cannot carry; `out` is as it was then.
pub(crate) fn append_inside(
    out: &mut String,
    around: (&str, &str),
    root: Name,
    profile: Profile,
    value: &dyn Value,
    parts: &mut parts::Parts,
) -> Result<Vec<Range<usize>>, Box<EncodeError>> {
    let (before, (envelope, prefix)) = (parts.list.len(), around);
    let mut encoder = Encoder::new(profile).with_parts(std::mem::take(parts));
    if !prefix.is_empty() {
        encoder.declared(envelope, prefix);
    }
    let written = encoder.root(root, value);
    *parts = encoder.take_parts();
    if written.is_err() && encoder.default_in_the_way && profile.default_namespace {
        parts.list.truncate(before);
        return append_inside(out, around, root, profile.default_namespace(false), value, parts);
    }
    written?;
    Ok(append(out, encoder.finish()?))
}

fn append(out: &mut String, encoded: Encoded) -> Vec<Range<usize>> {
    let before = out.len();
    out.push_str(&encoded.text);
    encoded.secrets.into_iter().map(|range| range.start + before..range.end + before).collect()
}

/// Appends a value as one element with this name. Returns where in `out` secrets stand.
///
/// # Errors
/// What the wire cannot carry; `out` is as it was then.
pub fn append_element(
    out: &mut String,
    root: Name,
    profile: Profile,
    value: &dyn Value,
) -> Result<Vec<Range<usize>>, Box<EncodeError>> {
    Ok(append(out, encode_element(root, profile, value)?))
}

/// Writes the members of a record as path segments: `/1/abc`. For calls by GET that have their input in the path.
///
/// # Errors
/// A member that holds nothing, or more than one text, or what a path cannot carry.
pub fn encode_path(root: Name, profile: Profile, value: &dyn Value) -> Result<Encoded, Box<EncodeError>> {
    segments::encode(root, profile, value)
}

#[cfg(test)]
mod tests;
