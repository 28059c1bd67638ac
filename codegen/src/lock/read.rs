//! A lock from text. Locks are merged and edited by people, so every damage is told with its place and what to do.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::{Lock, LockedFile, VERSION};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::generate::Failure;
use crate::plan::is_identifier;
use crate::source::{FileId, Sources, Span, reason};

const REWRITE: &str = "mend the file, or take the version last committed, and run `bindery generate`";

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Spanned<i64>,
    #[serde(default)]
    files: BTreeMap<Spanned<String>, Fact>,
    #[serde(default)]
    locations: BTreeMap<Spanned<String>, BTreeMap<String, Spanned<String>>>,
    #[serde(default)]
    names: BTreeMap<String, BTreeMap<String, BTreeMap<String, Spanned<String>>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    sha256: Spanned<String>,
    size: u64,
    url: Option<String>,
    redirected: Option<String>,
    fetched: Option<Spanned<String>>,
}

pub(super) fn read(path: &Path) -> Result<Option<Lock>, Box<Failure>> {
    let mut reader = Reader { sources: Sources::default(), diagnostics: Diagnostics::default() };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            let message = format!("cannot read {}: {}", path.display(), reason(&error));
            reader.diagnostics.push(Diagnostic::error("E0008", message));
            return Err(reader.failure());
        }
    };
    let file = reader.sources.add(path.to_string_lossy().replace('\\', "/"), path, text.as_str());
    let lock = reader.lock(file, &text);
    match lock {
        Some(lock) if !reader.diagnostics.has_errors() => Ok(Some(lock)),
        _ => Err(reader.failure()),
    }
}

struct Reader {
    sources: Sources,
    diagnostics: Diagnostics,
}

impl Reader {
    fn failure(self) -> Box<Failure> {
        Box::new(Failure { sources: self.sources, diagnostics: self.diagnostics })
    }

    fn error(&mut self, code: &'static str, message: impl Into<String>, span: Option<Span>, label: &str, help: &str) {
        self.diagnostics.push(Diagnostic::error(code, message).at(span, label).with_help(help));
    }

    fn lock(&mut self, file: FileId, text: &str) -> Option<Lock> {
        let place = |range: std::ops::Range<usize>| Span { file, start: range.start as u32, end: range.end as u32 };
        if let Some(range) = conflict(text) {
            self.error(
                "E0009",
                "the lock has a merge conflict",
                Some(place(range)),
                "left by the merge",
                "keep the lines of both sides, take out the marks, and run `bindery generate`; of two lines with the same \
                 key keep either",
            );
            return None;
        }
        let read: File = match toml::from_str(text) {
            Ok(read) => read,
            Err(error) => {
                let message = format!("the lock is damaged: {}", error.message().replace('\n', "; "));
                let help = if error.message().contains("duplicate key") {
                    "two branches wrote the same line: keep either, and run `bindery generate`"
                } else {
                    REWRITE
                };
                self.error("E0008", message, error.span().map(place), "", help);
                return None;
            }
        };
        if *read.version.get_ref() != VERSION {
            let message = format!("the lock is of version {}, this Bindery knows {VERSION}", read.version.get_ref());
            self.error(
                "E0010",
                message,
                Some(place(read.version.span())),
                "",
                "use the Bindery that wrote it, or a newer one",
            );
            return None;
        }
        let mut lock = Lock::default();
        for (path, fact) in read.files {
            self.path(path.get_ref(), place(path.span()));
            let sha256 = fact.sha256.get_ref();
            if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
                let span = Some(place(fact.sha256.span()));
                self.error("E0008", "this is no SHA-256", span, "expected 64 lower-case hexadecimal digits", REWRITE);
            }
            if let Some(day) = fact.fetched.as_ref().filter(|day| !is_day(day.get_ref())) {
                self.error("E0008", "this is no day", Some(place(day.span())), "expected `YYYY-MM-DD`", REWRITE);
            }
            let file = LockedFile {
                sha256: fact.sha256.into_inner(),
                size: fact.size,
                url: fact.url,
                redirected: fact.redirected,
                fetched: fact.fetched.map(Spanned::into_inner),
                locations: BTreeMap::new(),
            };
            lock.files.insert(path.into_inner(), file);
        }
        for (path, locations) in read.locations {
            let Some(file) = lock.files.get_mut(path.get_ref()) else {
                let message = format!("the lock maps locations in `{}`, which it does not list", path.get_ref());
                self.error("E0008", message, Some(place(path.span())), "not under `[files]`", REWRITE);
                continue;
            };
            for (location, target) in locations {
                self.path(target.get_ref(), place(target.span()));
                file.locations.insert(location, target.into_inner());
            }
        }
        for (entry, namespaces) in read.names {
            let names = lock.names.entry(entry).or_default();
            for (namespace, given) in namespaces {
                let mut known = BTreeMap::new();
                for (key, name) in given {
                    // Generated code is made of these; the root module alone has no name.
                    let root = key == "module" && name.get_ref().is_empty();
                    if !root && !is_identifier(name.get_ref()) {
                        self.error(
                            "E0011",
                            format!("`{}` cannot be a name in Rust", name.get_ref()),
                            Some(place(name.span())),
                            "expected an identifier",
                            "delete the line to let the next run choose a name",
                        );
                    }
                    known.insert(key, name.into_inner());
                }
                names.0.insert(namespace, known);
            }
        }
        Some(lock)
    }

    /// Paths lead from the lock's folder to files beside and above it, never from the root of a machine.
    fn path(&mut self, path: &str, span: Span) {
        let rooted = path.starts_with('/') || path.contains('\\') || path.get(1..2) == Some(":");
        if path.is_empty() || rooted {
            let label = "expected a path relative to the lock's folder, with `/`";
            self.error("E0008", format!("`{path}` is no path the lock can hold"), Some(span), label, REWRITE);
        }
    }
}

/// The first mark a merge has left.
fn conflict(text: &str) -> Option<std::ops::Range<usize>> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
            return Some(at..at + line.trim_end().len());
        }
        at += line.len();
    }
    None
}

fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
}
