//! Where `bindery fetch` saved what a location in a file means.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What stands in place of a secret part of an address.
pub(crate) const MASK: &str = "***";

/// For each fetched file, the locations written in it and the files they were saved as. Paths are relative to one folder,
/// with `/`: the lock's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Locations {
    base: PathBuf,
    files: BTreeMap<String, BTreeMap<String, String>>,
}

impl Locations {
    /// Nothing saved yet; paths are relative to `base`.
    pub fn new(base: impl Into<PathBuf>) -> Self {
        Self { base: base.into(), files: BTreeMap::new() }
    }

    /// Takes in the locations of one file.
    pub fn add(&mut self, file: impl Into<String>, locations: BTreeMap<String, String>) {
        if !locations.is_empty() {
            self.files.insert(file.into(), locations);
        }
    }

    /// The file that a location written in `from` was saved as.
    pub(crate) fn find(&self, from: &Path, location: &str) -> Option<PathBuf> {
        if self.files.is_empty() {
            return None;
        }
        let base = if self.base.as_os_str().is_empty() { Path::new(".") } else { &self.base };
        let canonical = from.canonicalize().ok()?;
        let below = canonical.strip_prefix(base.canonicalize().ok()?).ok()?;
        let known = self.files.get(&below.to_string_lossy().replace('\\', "/"))?;
        let location = location.trim();
        let target = known
            .get(location)
            .or_else(|| known.iter().find(|(masked, _)| stands_for(masked, location)).map(|(_, target)| target))?;
        Some(self.base.join(target))
    }
}

/// Whether a masked address stands for this one: a mask or a placeholder for any text within one parameter.
pub(crate) fn stands_for(masked: &str, address: &str) -> bool {
    let Some((before, after)) = split_at_gap(masked) else { return masked == address };
    let Some(rest) = address.strip_prefix(before) else { return false };
    let end = rest.find(['&', '#', '/']).unwrap_or(rest.len());
    // The gap may be followed by more of the same part, so every end of it is tried.
    (0..=end).rev().filter(|at| rest.is_char_boundary(*at)).any(|at| stands_for(after, &rest[at..]))
}

/// What stands before and after the first gap.
fn split_at_gap(masked: &str) -> Option<(&str, &str)> {
    let mask = masked.find(MASK).map(|at| (at, at + MASK.len()));
    let placeholder = masked.find("${").and_then(|at| Some((at, at + masked[at..].find('}')? + 1)));
    let (start, end) = [mask, placeholder].into_iter().flatten().min()?;
    Some((&masked[..start], &masked[end..]))
}

#[cfg(test)]
mod tests {
    use super::stands_for;

    #[test]
    fn a_masked_location_is_found_again() {
        assert!(stands_for("?xsd=1&token=***", "?xsd=1&token=abc"));
        assert!(stands_for("?t=${A}&xsd=1", "?t=abc&xsd=1"));
        assert!(!stands_for("?t=${A}&xsd=1", "?t=abc&xsd=2"));
        assert!(!stands_for("?t=***", "?t=a&x=1"));
        assert!(stands_for("plain.xsd", "plain.xsd"));
    }
}
