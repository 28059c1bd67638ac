//! `bindery.lock`: the files a run has read, by content, and every Rust name it has given out.
//!
//! The file is committed beside `bindery.toml`. With it, what a vendor adds never renames what was there before, a name that
//! disappears and returns is the old one, and `bindery check` can tell that a contract was changed without generating anew.
//!
//! It is TOML, sorted, with a line per fact, so that differences are small and two branches merge line by line.

mod difference;
mod read;
mod record;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

pub use difference::{Change, Difference};

pub use crate::plan::Names;

use crate::generate::Failure;
use crate::output;
use crate::source::{self, Locations};

/// The version of the file's format this library reads and writes.
const VERSION: i64 = 1;

/// Folders above a contract in which its lock is looked for.
const LEVELS: usize = 8;

/// What a lock file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// Files read, by path relative to the lock's folder, with `/`.
    pub files: BTreeMap<String, LockedFile>,
    /// Names given out, by the name of the entry in `bindery.toml`.
    pub names: BTreeMap<String, Names>,
}

/// A file as it was when it was read or fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockedFile {
    /// SHA-256 of its bytes: 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// Where it was fetched from; `None` for a file that was put there by hand.
    pub url: Option<String>,
    /// Where redirects led to from there, when they did.
    pub redirected: Option<String>,
    /// The day it was fetched, `YYYY-MM-DD`; none for a file that was changed afterwards.
    pub fetched: Option<String>,
    /// Locations as written in this file, each with the path it stands for, relative to the lock's folder.
    pub locations: BTreeMap<String, String>,
}

impl LockedFile {
    /// A file with this content, put there by hand.
    pub fn of(bytes: &[u8]) -> Self {
        Self { sha256: sha256(bytes), size: bytes.len() as u64, ..Self::default() }
    }
}

impl Lock {
    /// Reads a lock file; `None` when there is none.
    ///
    /// # Errors
    /// The file cannot be read, is damaged (also by a merge), or is of a newer Bindery; each with its place.
    pub fn read(path: &Path) -> Result<Option<Self>, Box<Failure>> {
        read::read(path)
    }

    /// Where fetched files were saved, for resolving what is written in them; `folder` is the lock's.
    pub fn locations(&self, folder: &Path) -> Locations {
        let mut locations = Locations::new(folder);
        for (path, file) in &self.files {
            locations.add(path.as_str(), file.locations.clone());
        }
        locations
    }

    /// The locations of the lock that lists a file: the nearest one in its folder or above. None for a file no lock lists, and
    /// for a lock that cannot be read, which `generate` and `check` tell of.
    pub fn locations_near(file: &Path) -> Locations {
        let Ok(canonical) = file.canonicalize() else { return Locations::default() };
        // As the file was named, so that messages name its neighbours likewise.
        let mut near = file.parent().unwrap_or(Path::new("")).to_owned();
        for folder in canonical.ancestors().skip(1).take(LEVELS) {
            if folder.join("bindery.lock").is_file()
                && let Ok(Some(lock)) = Self::read(&folder.join("bindery.lock"))
            {
                let below = canonical.strip_prefix(folder).unwrap_or(&canonical).to_string_lossy().replace('\\', "/");
                let listed = lock.files.contains_key(&below);
                return if listed { lock.locations(&source::normal(&near)) } else { Locations::default() };
            }
            near.push("..");
        }
        Locations::default()
    }

    /// The file's text: the same for the same content, whatever it was read from.
    pub fn to_text(&self) -> String {
        write::text(self)
    }

    /// Writes the file whole, unless it holds this text already. Says whether it wrote.
    ///
    /// # Errors
    /// What the file system says; the old file stays as it was.
    pub fn write(&self, path: &Path) -> io::Result<bool> {
        output::write(path, &self.to_text())
    }
}

/// SHA-256 in lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
