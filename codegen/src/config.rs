//! `bindery.toml`: what to generate from what.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::generate::{Failure, Request};
use crate::lock::Lock;
use crate::passes::PassOptions;
use crate::plan::PlanOptions;
use crate::source::{FileId, Limits, Locations, Sources, Span, normal, reason};

/// The file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    generate: Vec<Entry>,
}

/// One generated file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Spanned<String>,
    from: Vec<PathBuf>,
    to: Spanned<PathBuf>,
    #[serde(default)]
    overlays: Vec<PathBuf>,
    #[serde(default)]
    roots: Vec<PathBuf>,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    allow_missing: bool,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    namespaces: BTreeMap<String, String>,
    #[serde(default)]
    operations: Vec<String>,
    #[serde(default)]
    flat: bool,
    #[serde(default)]
    elements: bool,
    derives: Option<Vec<String>>,
    #[serde(default)]
    extern_types: BTreeMap<String, String>,
    open_above: Option<usize>,
    #[serde(default)]
    open_types: Vec<String>,
    #[serde(default)]
    enum_types: Vec<String>,
    #[serde(default = "yes")]
    example_tests: bool,
    #[serde(default = "yes")]
    facets: bool,
}

fn yes() -> bool {
    true
}

/// One file to generate.
#[derive(Debug, Clone)]
pub struct Target {
    /// The name it is asked for by.
    pub name: String,
    /// Where the configuration says so: file, line, column.
    pub place: String,
    /// What it is made from.
    pub request: Request,
    /// Where it goes.
    pub output: PathBuf,
}

/// A configuration and the lock beside it.
#[derive(Debug, Clone)]
pub struct Project {
    /// The files to generate, told what is on record.
    pub targets: Vec<Target>,
    /// What is on record; `None` while there is no lock.
    pub lock: Option<Lock>,
    /// Where the lock is, or will be.
    pub lock_path: PathBuf,
    /// The folder of both, which paths in them are relative to.
    pub folder: PathBuf,
}

/// Reads the configuration and the lock beside it; paths in both are relative to their folder.
///
/// # Errors
/// What is wrong with the files, with its place.
pub fn open(path: &Path) -> Result<Project, Box<Failure>> {
    let mut targets = entries(path)?;
    let (lock_path, folder) = (Lock::path_of(path), path.parent().unwrap_or(Path::new("")).to_owned());
    let lock = Lock::read(&lock_path)?;
    let known = lock.clone().unwrap_or_default();
    for target in &mut targets {
        known.prepare(&target.name, &folder, &mut target.request);
    }
    Ok(Project { targets, lock, lock_path, folder })
}

/// The files to generate, as [`open`] finds them.
///
/// # Errors
/// What is wrong with the configuration or the lock, with its place.
pub fn load(path: &Path) -> Result<Vec<Target>, Box<Failure>> {
    open(path).map(|project| project.targets)
}

fn entries(path: &Path) -> Result<Vec<Target>, Box<Failure>> {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            diagnostics.push(
                Diagnostic::error("E0004", format!("cannot read {}: {}", path.display(), reason(&error)))
                    .with_help("run from the folder that holds `bindery.toml`, or name it with `--config`"),
            );
            return Err(Box::new(Failure { sources, diagnostics }));
        }
    };
    let file = sources.add(path.to_string_lossy(), path, text.as_str());
    let at = |range: std::ops::Range<usize>| Span { file, start: range.start as u32, end: range.end as u32 };
    let parsed: File = match toml::from_str(&text) {
        Ok(parsed) => parsed,
        Err(error) => {
            diagnostics.push(invalid(&error, file));
            return Err(Box::new(Failure { sources, diagnostics }));
        }
    };
    let base = path.parent().unwrap_or(Path::new("")).to_owned();
    // Names, and paths without detours, with their places.
    let mut names: BTreeMap<String, Span> = BTreeMap::new();
    let mut outputs: BTreeMap<PathBuf, Span> = BTreeMap::new();
    let mut targets = Vec::new();
    for entry in parsed.generate {
        let (name, to) = (at(entry.name.span()), at(entry.to.span()));
        if let Some(first) = names.insert(entry.name.get_ref().clone(), name) {
            diagnostics.push(
                Diagnostic::error("E0006", format!("two entries are called `{}`", entry.name.get_ref()))
                    .at(name, "the second")
                    .also(first, "the first"),
            );
        }
        if let Some(first) = outputs.insert(normal(entry.to.get_ref()), to) {
            let message = format!("two entries write `{}`", entry.to.get_ref().display());
            diagnostics.push(Diagnostic::error("E0013", message).at(to, "the second").also(first, "the first"));
        }
        targets.push(target(&base, entry, sources.place(name).to_string()));
    }
    if targets.is_empty() {
        diagnostics.push(
            Diagnostic::error("E0007", format!("{} generates nothing", path.display()))
                .with_help("add a `[[generate]]` table with `name`, `from` and `to`"),
        );
    }
    if diagnostics.has_errors() { Err(Box::new(Failure { sources, diagnostics })) } else { Ok(targets) }
}

/// What the parser says of the text, and what may have been meant.
fn invalid(error: &toml::de::Error, file: FileId) -> Diagnostic {
    let message = error.message();
    let span = error.span().map(|range| Span { file, start: range.start as u32, end: range.end as u32 });
    let mut diagnostic = Diagnostic::error("E0005", message).at(span, "");
    // "unknown field `form`, expected one of `name`, `from` …": words between backticks are every second piece.
    let mut words = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field")
        && let Some(near) = words.next().and_then(|word| did_you_mean(word, words))
    {
        diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
    } else if message.starts_with("invalid type: map, expected a sequence") {
        diagnostic = diagnostic.with_help("write `[[generate]]`: there may be several of these tables");
    } else if message.ends_with("expected a sequence") {
        diagnostic = diagnostic.with_help("write a list: `[\"…\"]`");
    }
    diagnostic
}

/// Whether a text is a configuration.
///
/// # Errors
/// What is wrong with it.
pub fn parses(text: &str) -> Result<(), String> {
    toml::from_str::<File>(text).map(drop).map_err(|error| error.message().to_owned())
}

fn target(base: &Path, entry: Entry, place: String) -> Target {
    let join = |paths: Vec<PathBuf>| paths.into_iter().map(|path| base.join(path)).collect();
    let default = PlanOptions::default();
    Target {
        name: entry.name.into_inner(),
        place,
        request: Request {
            inputs: join(entry.from),
            overlays: join(entry.overlays),
            roots: join(entry.roots),
            locations: Locations::default(),
            strict: entry.strict,
            allow_missing: entry.allow_missing,
            limits: entry.limits,
            namespaces: entry.namespaces,
            base: base.to_owned(),
            passes: PassOptions { operations: entry.operations },
            plan: PlanOptions {
                flat: entry.flat,
                derives: entry.derives.unwrap_or(default.derives),
                externs: entry.extern_types.into_iter().collect(),
                example_tests: entry.example_tests,
                elements: entry.elements,
                facets: entry.facets,
                names: None,
                open_above: entry.open_above.unwrap_or(default.open_above),
                open_types: entry.open_types,
                enum_types: entry.enum_types,
            },
        },
        output: base.join(entry.to.into_inner()),
    }
}
