//! A note beside what a build script has generated: from what, and with which warnings. While it fits, the same build script
//! need not generate again.
//!
//! Inputs are compared by content, since tools that check out files touch their dates. The hash is a quick one: the note is
//! about changes, not about forgery, and build scripts run without optimisation.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The first line; another one is another format.
const HEAD: &str = "bindery stamp 1";

/// What a note remembers.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Every file that was read.
    pub(crate) files: Vec<PathBuf>,
    /// Warnings, a line each.
    pub(crate) warnings: Vec<String>,
}

/// Who generates, and how it was asked to. `None` where the program cannot tell itself from an older one.
pub(crate) fn maker(asked: &str, lock: Option<&[u8]>) -> Option<String> {
    // A generator that was built anew may write something else.
    let program = std::env::current_exe().ok()?;
    let mut hasher = DefaultHasher::new();
    hasher.write(asked.as_bytes());
    hasher.write_u8(u8::from(lock.is_some()));
    hasher.write(lock.unwrap_or_default());
    Some(format!("{} {} {} {:016x}", env!("CARGO_PKG_VERSION"), crate::emit::FORMAT, state(&program)?, hasher.finish()))
}

impl Stamp {
    /// The note, if it fits: the same maker, inputs with the same content, and an output nobody has touched.
    pub(crate) fn fitting(at: &Path, maker: &str, output: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(at).ok()?;
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return None;
        }
        let mut stamp = Self::default();
        let mut made = false;
        for line in lines {
            let (kind, rest) = line.split_once(' ')?;
            match kind {
                "maker" if rest == maker => made = true,
                "output" if Some(rest) == state(output).as_deref() => {}
                "file" => {
                    let (hash, path) = rest.split_once(' ')?;
                    let path = PathBuf::from(path);
                    if content(&path)? != hash {
                        return None;
                    }
                    stamp.files.push(path);
                }
                "folder" => {
                    let (hash, path) = rest.split_once(' ')?;
                    if listing(Path::new(path)) != hash {
                        return None;
                    }
                }
                "warning" => stamp.warnings.push(rest.to_owned()),
                _ => return None,
            }
        }
        made.then_some(stamp)
    }

    /// The note's text, after the output was written. `None` where it could not be kept in lines.
    pub(crate) fn text(&self, maker: &str, output: &Path) -> Option<String> {
        let mut out = format!("{HEAD}\nmaker {maker}\noutput {}\n", state(output)?);
        let mut line = |kind: &str, rest: &str| {
            out.push_str(&format!("{kind} {rest}\n"));
            !rest.contains(['\n', '\r'])
        };
        let mut whole = true;
        for path in &self.files {
            whole &= line("file", &format!("{} {}", content(path)?, path.to_str()?));
        }
        // A schema that is put beside the others may be one that an import without a location looks for.
        let folders: BTreeSet<&Path> = self.files.iter().filter_map(|path| path.parent()).collect();
        for folder in folders {
            whole &= line("folder", &format!("{} {}", listing(folder), folder.to_str()?));
        }
        for warning in &self.warnings {
            whole &= line("warning", warning);
        }
        whole.then_some(out)
    }
}

/// A file's size and date.
fn state(path: &Path) -> Option<String> {
    let data = path.metadata().ok()?;
    let changed = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{}@{}", data.len(), changed.as_nanos()))
}

/// A file's size and the hash of its bytes.
fn content(path: &Path) -> Option<String> {
    let bytes = std::fs::read(path).ok()?;
    let mut hasher = DefaultHasher::new();
    hasher.write(&bytes);
    Some(format!("{}:{:016x}", bytes.len(), hasher.finish()))
}

/// The contracts in a folder, by name.
fn listing(folder: &Path) -> String {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_contract = |name: &String| name.ends_with(".xsd") || name.ends_with(".wsdl");
    let names: BTreeSet<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).filter(is_contract).collect();
    let mut hasher = DefaultHasher::new();
    for name in names {
        hasher.write(name.as_bytes());
        hasher.write_u8(0);
    }
    format!("{:016x}", hasher.finish())
}
