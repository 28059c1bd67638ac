//! Differences from the contract: kept while reading, given their paths at the end.

use super::decoder::Decoder;
use crate::error::{DecodeErrorKind, Drift, DriftKind, REDACTED, Read, excerpt};
use crate::shape::{Name, Shape};
use crate::xml::paths;

/// A difference whose path is not known yet: one look at the document finds all paths.
#[derive(Debug)]
pub(super) struct Pending {
    kind: DriftKind,
    raw: String,
    offset: usize,
    /// The element it belongs to, by the start of its tag; or a path that is known already.
    place: Result<usize, String>,
    /// What follows the element's path: `/@name`.
    suffix: String,
    owner: Option<Name>,
}

impl Decoder<'_> {
    /// Says whose content the difference reported next is in.
    pub(super) fn within(&mut self, shape: &'static Shape) -> &mut Self {
        self.owner = Some(shape.name);
        self
    }

    /// Reports a difference in the element the reader is in.
    ///
    /// # Errors
    /// The difference itself, when the reader is strict.
    pub fn drift(&mut self, kind: DriftKind, raw: &str, offset: usize) -> Read {
        self.drift_at(kind, raw, offset, self.reader.element_start(), String::new())
    }

    #[cold]
    pub(super) fn drift_at(
        &mut self,
        kind: DriftKind,
        raw: &str,
        offset: usize,
        element: usize,
        suffix: String,
    ) -> Read {
        let owner = self.owner.take();
        let raw = if self.is_secret() { REDACTED } else { raw };
        if self.strict {
            let mut error = self.error_at(DecodeErrorKind::Drift { kind, raw: excerpt(raw) }, element, offset);
            error.path.push_str(&suffix);
            return Err(error);
        }
        let place = match &self.slots {
            Some(_) => Err(self.path()),
            None => Ok(element),
        };
        if self.drifts.len() < self.reader.limits().drifts {
            self.drifts.push(Pending { kind, raw: raw.into(), offset, place, suffix, owner });
        } else {
            self.drifts_left_out += 1;
        }
        Ok(())
    }

    /// The differences met so far, in document order, with their paths.
    pub(super) fn take_drifts(&mut self) -> Vec<Drift> {
        let mut pending = std::mem::take(&mut self.drifts);
        pending.sort_by_key(|drift| *drift.place.as_ref().unwrap_or(&0));
        let starts: Vec<usize> = pending.iter().filter_map(|drift| drift.place.as_ref().ok().copied()).collect();
        let mut found = paths(self.reader.text(), &starts).into_iter();
        let mut drifts: Vec<Drift> = pending
            .into_iter()
            .map(|drift| {
                let mut path = match drift.place {
                    Ok(_) => found.next().unwrap_or_default(),
                    Err(path) => path,
                };
                path.push_str(&drift.suffix);
                Drift { path, kind: drift.kind, raw: drift.raw, offset: drift.offset, owner: drift.owner }
            })
            .collect();
        drifts.sort_by_key(|drift| drift.offset);
        if self.drifts_left_out > 0 {
            let raw = format!("{} more", self.drifts_left_out);
            drifts.push(Drift {
                path: String::new(),
                kind: DriftKind::More,
                raw,
                offset: self.reader.text().len(),
                owner: None,
            });
        }
        drifts
    }
}
