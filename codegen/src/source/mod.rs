//! Input files: their bytes, their text, and places in them.
//!
//! Nothing but this module reads WSDL and XSD files (hand-written contracts: `contract::read`); every other stage sees
//! [`Sources`] and [`Span`]s.

use std::fmt;
use std::path::{Path, PathBuf};

mod accept;
pub(crate) mod builtin;
pub mod codes;
mod decode;
mod doctype;
mod limits;
mod load;
mod locate;
mod locations;
#[cfg(feature = "fetch")]
pub(crate) mod mask;
mod prescan;
mod siblings;
mod tree;
mod wording;

#[cfg(feature = "fetch")]
pub(crate) use accept::{Refused, accept};
pub use limits::Limits;
pub use load::{Edge, EdgeKind, Found, LoadOptions, Loaded, Read, load};
pub(crate) use locate::normal;
#[cfg(feature = "fetch")]
pub(crate) use locate::relative;
pub use locations::Locations;
pub(crate) use siblings::instead_of;
pub use tree::{Tree, Written};
pub use wording::reason;

/// A file of [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in the decoded text of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// One decoded input file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path as shown to people: relative to the folder the run started from, with `/`.
    pub label: String,
    /// Path on disk; empty for built-in schemas.
    pub path: PathBuf,
    /// Decoded text (UTF-8, without byte order mark).
    pub text: String,
}

/// Every file a run has read.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file that has been read and decoded.
    pub fn add(&mut self, label: impl Into<String>, path: impl Into<PathBuf>, text: impl Into<String>) -> FileId {
        self.files.push(SourceFile { label: label.into(), path: path.into(), text: text.into() });
        FileId(u32::try_from(self.files.len() - 1).expect("fewer than 4 billion files"))
    }

    /// Lets a loader take the text out while it reads it, and put it back.
    pub(crate) fn text_mut(&mut self, id: FileId) -> &mut String {
        &mut self.files[id.0 as usize].text
    }

    /// The file with this index.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files, in the order they were read.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, file)| (FileId(i as u32), file))
    }

    /// Paths on disk of everything read, for `cargo:rerun-if-changed`.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|file| file.path.as_path()).filter(|path| !path.as_os_str().is_empty())
    }

    /// `label:line:column` (both from 1, column in characters).
    pub fn place(&self, span: Span) -> Place<'_> {
        let file = self.file(span.file);
        let start = (span.start as usize).min(file.text.len());
        let before = file.text.get(..start).unwrap_or(&file.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place {
            label: &file.label,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// A place in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// File label.
    pub label: &'a str,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.label, self.line, self.column)
    }
}
