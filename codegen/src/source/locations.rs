//! Where `bindery fetch` saved what a location in a file means.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::mask;

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
        let target = known.get(location).or_else(|| {
            known.iter().find(|(masked, _)| mask::stands_for(masked, location)).map(|(_, target)| target)
        })?;
        Some(self.base.join(target))
    }
}
