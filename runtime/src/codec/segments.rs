//! [`Segments`]: the members of a record as segments of a URL path.

use std::ops::Range;

use super::encoder::Encoder;
use super::{Encoded, Profile};
use crate::error::{EncodeError, Write};
use crate::shape::Name;
use crate::value::Value;

#[derive(Debug, Default)]
pub(super) struct Segments {
    path: String,
    inside: bool,
    secrets: Vec<Range<usize>>,
}

impl Segments {
    /// Enters the record whose members are the segments. `false` when inside it already.
    pub(super) fn enter(&mut self) -> bool {
        !std::mem::replace(&mut self.inside, true)
    }

    /// Appends a segment.
    pub(super) fn push(&mut self, text: &str, secret: bool) -> Result<(), &'static str> {
        if !self.inside {
            return Err("a record: its members are the segments of the path");
        }
        self.path.push('/');
        let from = self.path.len();
        append_segment(&mut self.path, text)?;
        if secret {
            self.secrets.push(from..self.path.len());
        }
        Ok(())
    }
}

/// Appends a text as a segment of a path, percent-encoded.
///
/// # Errors
/// What a path cannot hold: what was expected instead.
pub(crate) fn append_segment(out: &mut String, text: &str) -> Result<(), &'static str> {
    match text {
        "" => return Err("a text that is not empty: a path cannot hold an empty one"),
        "." | ".." => return Err("a text other than `.` and `..`: in a path they mean something else"),
        _ => {}
    }
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Ok(())
}

pub(super) fn encode(root: Name, profile: Profile, value: &dyn Value) -> Result<Encoded, Box<EncodeError>> {
    let mut encoder = Encoder::new(profile);
    encoder.segments = Some(Segments::default());
    let written: Write = encoder.root(root, value);
    written?;
    let (secrets, text) = encoder.segments.map(|segments| (segments.secrets, segments.path)).unwrap_or_default();
    Ok(Encoded { text, secrets })
}
