//! The codec, rule by rule, on types as the generator would write them.

#[macro_use]
mod types;

mod reading;
mod structure;
mod writing;

use super::{Decoded, Options, Profile, decode_document, encode_element};
use crate::error::{DecodeError, DriftKind, EncodeError};
use crate::shape::Name;
use crate::value::Value;

/// Reads a document of the SOAP kind.
fn decode<T: Value>(text: &str, root: Name) -> Result<(T, Decoded), Box<DecodeError>> {
    decode_with(text, root, &Options::new(Profile::SOAP))
}

fn decode_with<T: Value>(text: &str, root: Name, options: &Options) -> Result<(T, Decoded), Box<DecodeError>> {
    let mut value = T::vacant();
    let decoded = decode_document(text, root, &mut value, options)?;
    Ok((value, decoded))
}

fn strict(profile: Profile) -> Options {
    Options { strict: true, ..Options::new(profile) }
}

fn encode<T: Value>(value: &T, root: Name, profile: Profile) -> Result<String, Box<EncodeError>> {
    encode_element(root, profile, value).map(|encoded| encoded.text)
}

/// What was different, as kinds and paths.
fn drift(decoded: &Decoded) -> Vec<(DriftKind, &str)> {
    decoded.drift.iter().map(|drift| (drift.kind, drift.path.as_str())).collect()
}
