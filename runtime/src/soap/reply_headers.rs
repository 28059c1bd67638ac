//! Declared headers of a reply: each block is decoded where it stands, once it is known what the envelope holds.

use std::ops::Range;

use super::names;
use super::read::Block;
use crate::codec::{Decoder, Profile};
use crate::error::{DecodeError, DecodeErrorKind, Drift, DriftKind};
use crate::shape::{Flags, Name};
use crate::value::Value;
use crate::xml::paths;

/// What came of the declared headers.
#[derive(Default)]
pub(crate) struct Headers {
    pub(crate) drift: Vec<Drift>,
    /// Where secrets stand in the text.
    pub(crate) secrets: Vec<Range<usize>>,
    /// The first thing that is wrong. Beside a fault it is not worth losing the fault.
    pub(crate) error: Option<Box<DecodeError>>,
}

/// Decodes the blocks, each into the slot of its number. A block that cannot be read leaves its slot empty.
pub(crate) fn read(blocks: Vec<Block<'_>>, profile: Profile, strict: bool, slots: &mut [&mut dyn Value]) -> Headers {
    let mut headers = Headers::default();
    for Block { index, reader } in blocks {
        let Some(slot) = slots.get_mut(index) else { continue };
        let start = reader.element_start();
        let mut decoder = Decoder::new(reader, profile, strict).within_envelope(around);
        let result = decoder.element(Flags::NILLABLE, *slot);
        let end = decoder.reader().position();
        let decoded = decoder.stop();
        headers.secrets.extend(decoded.secrets);
        match result {
            Ok(()) => headers.drift.extend(decoded.drift),
            Err(error) => {
                // Every slot is an `Option`: this empties it.
                slot.read_nil();
                headers.secrets.push(start..end);
                headers.error.get_or_insert(error);
            }
        }
    }
    headers
}

/// What the envelope (`mustUnderstand`, `role`) and signatures (`wsu:Id`) say on a block is no part of it.
fn around(namespace: &str, local: &str) -> bool {
    matches!(namespace, names::ENVELOPE_11 | names::ENVELOPE_12) || (namespace == names::UTILITY && local == "Id")
}

/// Tells of blocks that came before.
///
/// # Errors
/// The first of them, when the reader is strict.
pub(crate) fn repeated(text: &str, blocks: &[(Name, usize)], strict: bool) -> Result<Vec<Drift>, Box<DecodeError>> {
    let starts: Vec<usize> = blocks.iter().map(|(_, start)| *start).collect();
    let mut found = Vec::with_capacity(blocks.len());
    for ((name, offset), path) in blocks.iter().zip(paths(text, &starts)) {
        // Not its content, which may be secret.
        let (kind, raw) = (DriftKind::RepeatedHeader, format!("<{}>", name.local));
        if strict {
            return Err(Box::new(DecodeError { kind: DecodeErrorKind::Drift { kind, raw }, path, offset: *offset }));
        }
        found.push(Drift { path, kind, raw, offset: *offset, owner: None });
    }
    Ok(found)
}
