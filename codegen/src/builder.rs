//! The build script's way in.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::generate::{self, Failure, Generated, Request};
use crate::lock::{Change, Difference, Lock};
use crate::output;
use crate::source::{Limits, Sources};
use crate::stamp::{self, Stamp};

/// Generates one module from a contract, usually in a build script.
///
/// ```no_run
/// // build.rs
/// bindery_codegen::Builder::new().wsdl("contracts/orders.wsdl").compile().unwrap();
/// ```
///
/// ```ignore
/// // src/lib.rs
/// bindery_runtime::include_contract!(pub mod orders);
/// ```
///
/// Several WSDLs given to one builder share their types and become one module; a hand-written contract is a module of
/// its own. The network is never used.
#[derive(Debug, Clone, Default)]
#[must_use = "a builder does nothing until `compile` is called"]
pub struct Builder {
    request: Request,
    out_dir: Option<PathBuf>,
    file_name: Option<String>,
    lock: Option<PathBuf>,
    update_lock: bool,
    frozen: bool,
}

impl Builder {
    /// A builder without inputs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a WSDL or XSD file.
    pub fn wsdl(mut self, path: impl Into<PathBuf>) -> Self {
        self.request.inputs.push(path.into());
        self
    }

    /// Adds a hand-written contract (`*.contract.rs`).
    pub fn contract(self, path: impl Into<PathBuf>) -> Self {
        self.wsdl(path)
    }

    /// Adds a patch (`*.overlay.rs`); patches apply in order.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.request.overlays.push(path.into());
        self
    }

    /// Sets a namespace of a hand-written contract, by its constant's name there: for those the vendor does not tell.
    pub fn namespace(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.request.namespaces.insert(name.into(), value.into());
        self
    }

    /// Allows imports to reach into this folder, beside the folders of the inputs themselves.
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.request.roots.push(folder.into());
        self
    }

    /// Refuses WSDLs and schemas with loose ends: references to what no document declares, two types for one element,
    /// defaults outside their types. The default leaves these open or out, with a warning that says which.
    pub fn strict(mut self, strict: bool) -> Self {
        self.request.strict = strict;
        self
    }

    /// Generates although documents that are imported or included are not there, with a warning for each. What they would
    /// declare is left open, as raw XML, or left out. The default is an error that says how to get them.
    pub fn allow_missing(mut self, allow: bool) -> Self {
        self.request.allow_missing = allow;
        self
    }

    /// How much input is too much, for WSDL and XSD files: a contract beyond the defaults can be let through.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.request.limits = limits;
        self
    }

    /// Keeps only these operations and what they reach: names, or globs such as `Get*`. The default keeps all.
    pub fn operations<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.request.passes.operations.extend(names.into_iter().map(Into::into));
        self
    }

    /// Uses a Rust type of yours in place of a generated one: the type's wire name (`Guid` or `{namespace}Guid`) and the
    /// path of a type that implements `bindery_runtime::Value`.
    pub fn extern_type(mut self, wire: impl Into<String>, path: impl Into<String>) -> Self {
        self.request.plan.externs.push((wire.into(), path.into()));
        self
    }

    /// Derives one more trait on every generated type, by path.
    pub fn derive(mut self, path: impl Into<String>) -> Self {
        self.request.plan.derives.push(path.into());
        self
    }

    /// Derives exactly these traits; the default is `Debug`, `Clone` and `PartialEq`. Replies must be `Debug`.
    pub fn derives<N: Into<String>>(mut self, paths: impl IntoIterator<Item = N>) -> Self {
        self.request.plan.derives = paths.into_iter().map(Into::into).collect();
        self
    }

    /// Puts the types of all namespaces into one module.
    pub fn flat(mut self, flat: bool) -> Self {
        self.request.plan.flat = flat;
        self
    }

    /// Adds a typed entry point per global element, for documents outside of calls. Schemas without services always have them.
    pub fn elements(mut self, elements: bool) -> Self {
        self.request.plan.elements = elements;
        self
    }

    /// Bases with more alternatives than this (types told by `xsi:type`, elements of a substitution group) become open types,
    /// `rt::Any<Base>`, instead of enums. The default is 64. A vendor that adds one type too many changes the generated
    /// interface: name the bases that matter in [`Builder::open_types`] or [`Builder::enum_types`].
    pub fn open_above(mut self, alternatives: usize) -> Self {
        self.request.plan.open_above = alternatives;
        self
    }

    /// Makes these bases open types, however many alternatives they have: local names or `{namespace}local`.
    pub fn open_types<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.request.plan.open_types.extend(names.into_iter().map(Into::into));
        self
    }

    /// Makes these bases enums, however many alternatives they have.
    pub fn enum_types<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.request.plan.enum_types.extend(names.into_iter().map(Into::into));
        self
    }

    /// Whether the contract's example messages become tests. The default is yes.
    pub fn example_tests(mut self, tests: bool) -> Self {
        self.request.plan.example_tests = tests;
        self
    }

    /// Whether lengths, patterns, bounds and the like go along, for `validate` to check. The default is yes; without, the
    /// file is smaller, and `validate` finds less.
    pub fn facets(mut self, facets: bool) -> Self {
        self.request.plan.facets = facets;
        self
    }

    /// Writes there instead of to `$OUT_DIR`.
    pub fn out_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(dir.into());
        self
    }

    /// The file's name, to which `.rs` is added where it does not end so; the default is the first input's.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.file_name = Some(name.strip_suffix(".rs").map_or(name.clone(), str::to_owned));
        self
    }

    /// Keeps the names that this lock has on record, under this builder's file name, and follows its locations of fetched
    /// files. The lock is only read; a warning tells of names that are not in it (see [`Builder::update_lock`]). Without
    /// a lock, a change of the contract may rename what it does not touch.
    pub fn lock(mut self, path: impl Into<PathBuf>) -> Self {
        self.lock = Some(path.into());
        self
    }

    /// Also writes the lock: files read, and names given out. Builds that others run should not change files of the project,
    /// so ask for it when you mean it:
    ///
    /// ```no_run
    /// bindery_codegen::Builder::new()
    ///     .wsdl("contracts/orders.wsdl")
    ///     .lock("bindery.lock")
    ///     .update_lock(std::env::var_os("UPDATE_LOCK").is_some()) // UPDATE_LOCK=1 cargo build
    ///     .frozen(std::env::var_os("CI").is_some())
    ///     .compile()
    ///     .unwrap();
    /// ```
    pub fn update_lock(mut self, update: bool) -> Self {
        self.update_lock = update;
        self
    }

    /// Fails when the lock and the inputs disagree: a file whose content is not the one on record, a name that is not on
    /// record, no lock at all. [`Builder::update_lock`] goes first.
    pub fn frozen(mut self, frozen: bool) -> Self {
        self.frozen = frozen;
        self
    }

    /// Generates without writing or printing.
    ///
    /// # Errors
    /// Every mistake found in the inputs, or in the lock.
    pub fn generate(&self) -> Result<Generated, Box<Failure>> {
        self.run().map(|run| run.generated)
    }

    fn run(&self) -> Result<Run, Box<Failure>> {
        let Some(path) = &self.lock else {
            if self.frozen {
                return Err(disagree("there is no lock to be frozen to", &[]));
            }
            return Ok(Run { generated: generate::generate(&self.request)?, lock: None, differences: Vec::new() });
        };
        let (lock, folder, name) = (Lock::read(path)?, path.parent().unwrap_or(Path::new("")), self.name());
        if lock.is_none() && self.frozen && !self.update_lock {
            return Err(disagree(&format!("there is no lock {}", path.display()), &[]));
        }
        let lock = lock.unwrap_or_default();
        let mut request = self.request.clone();
        lock.prepare(&name, folder, &mut request);
        let generated = generate::generate(&request)?;
        let new = lock.after(&[(&name, &generated)], folder, false).map_err(|error| {
            disagree(&format!("a file that was read a moment ago cannot be read now: {error}"), &[])
        })?;
        let differences = lock.differences(&new);
        if self.frozen && !self.update_lock && !differences.is_empty() {
            return Err(disagree(&format!("{} and the inputs disagree", path.display()), &differences));
        }
        Ok(Run { generated, lock: Some(new), differences })
    }

    /// Generates, writes the file if its content changes, and tells cargo what to watch. Warnings go to cargo.
    ///
    /// In a build script a note is kept in `$OUT_DIR`. While the inputs' content, the options, the lock and the generator
    /// are those it tells of, nothing is generated: that takes milliseconds.
    ///
    /// # Errors
    /// Every mistake found in the inputs, or the file that cannot be written.
    pub fn compile(self) -> Result<(), BuildError> {
        let out_dir = std::env::var_os("OUT_DIR").map(PathBuf::from);
        self.compile_in(out_dir.as_deref(), &mut |line| println!("{line}")).map(|_| ())
    }

    /// [`Builder::compile`] where `OUT_DIR` is this, saying to cargo what `say` is given.
    fn compile_in(self, build: Option<&Path>, say: &mut dyn FnMut(&str)) -> Result<Done, BuildError> {
        let out_dir = self.out_dir.as_deref().or(build).ok_or(BuildError::NoOutDir)?;
        let path = out_dir.join(format!("{}.rs", self.name()));
        let mut say = |line: String| {
            if build.is_some() {
                say(&line);
            }
        };
        let watch = |path: &Path| format!("cargo::rerun-if-changed={}", path.display());
        // Said before generating: a build script that fails must run again when the mistake is mended.
        for path in self.request.inputs.iter().chain(&self.request.overlays).chain(&self.lock) {
            say(watch(path));
        }
        let maker = build.and_then(|_| self.maker(&path));
        let note = build.map(|folder| folder.join(format!("{}.bindery-stamp", self.name())));
        if let (Some(maker), Some(note)) = (&maker, &note)
            && let Some(stamp) = Stamp::fitting(note, maker, &path)
        {
            stamp.files.iter().for_each(|path| say(watch(path)));
            stamp.warnings.iter().for_each(|warning| say(format!("cargo::warning={warning}")));
            return Ok(Done::Kept);
        }
        let Run { generated, lock, differences } = self.run().map_err(BuildError::Contract)?;
        let mut warnings: Vec<String> = generated
            .diagnostics
            .iter()
            .filter(|item| item.severity == crate::Severity::Warning)
            .map(|item| format!("{}: {}", item.code, item.message.replace(['\n', '\r'], " ")))
            .collect();
        if let Some(lock) = &self.lock
            && !self.update_lock
        {
            warnings.extend(off_record(lock, &differences));
        }
        generated.files.iter().for_each(|path| say(watch(path)));
        warnings.iter().for_each(|warning| say(format!("cargo::warning={warning}")));
        let lock = lock.filter(|_| self.update_lock).map(|lock| lock.to_text());
        let mut files = vec![(path.as_path(), generated.text.as_str())];
        files.extend(self.lock.as_deref().zip(lock.as_deref()));
        let written = output::write_all(&files).map_err(|(path, source)| BuildError::Write { path, source })?[0];
        // The note must tell of the lock as it is now.
        if let (Some(maker), Some(note)) = (build.and_then(|_| self.maker(&path)), note)
            && let Some(text) = (Stamp { files: generated.files, warnings }).text(&maker, &path)
        {
            output::write(&note, &text).map_err(|source| BuildError::Write { path: note, source })?;
        }
        Ok(if written { Done::Written } else { Done::Same })
    }

    /// Who makes what from which options; the note in `$OUT_DIR` fits no other.
    fn maker(&self, output: &Path) -> Option<String> {
        let lock = self.lock.as_deref().and_then(|path| std::fs::read(path).ok());
        let asked = format!("{:?} {output:?} {:?} {} {}", self.request, self.lock, self.frozen, self.update_lock);
        stamp::maker(&asked, lock.as_deref())
    }

    fn name(&self) -> String {
        self.file_name.clone().unwrap_or_else(|| {
            let first = self.request.inputs.first().and_then(|path| path.file_name()).unwrap_or_default();
            let name = first.to_string_lossy();
            name.split('.').next().unwrap_or_default().to_owned()
        })
    }
}

/// What [`Builder::compile`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    /// The file has another content now.
    Written,
    /// Generated, and the file held that already.
    Same,
    /// Nothing had changed, so nothing was generated.
    Kept,
}

/// A run, and the lock as it should be after it.
struct Run {
    generated: Generated,
    lock: Option<Lock>,
    differences: Vec<Difference>,
}

/// Differences shown; more of them say no more.
const SHOWN: usize = 20;

/// The error of a frozen builder.
fn disagree(message: &str, differences: &[Difference]) -> Box<Failure> {
    let mut diagnostic = Diagnostic::error("E0012", message);
    for difference in differences.iter().take(SHOWN) {
        diagnostic = diagnostic.with_note(difference.to_string());
    }
    if differences.len() > SHOWN {
        diagnostic = diagnostic.with_note(format!("and {} more", differences.len() - SHOWN));
    }
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(
        diagnostic
            .with_help("if the change is meant, let the builder `update_lock`, and commit the lock with the contract"),
    );
    Box::new(Failure { sources: Sources::default(), diagnostics })
}

/// What a build that does not write its lock leaves open.
fn off_record(lock: &Path, differences: &[Difference]) -> Option<String> {
    let mut names = differences.iter().filter_map(|difference| match difference {
        Difference::Name { change: Change::Added, key, .. } => Some(key),
        _ => None,
    });
    let (first, more) = (names.next()?, names.count());
    let rest = if more == 0 { String::new() } else { format!(" and {more} more") };
    Some(format!("{} has no name on record for `{first}`{rest}; `update_lock` keeps them", lock.display()))
}

/// Why nothing was written.
#[non_exhaustive]
pub enum BuildError {
    /// The contract has mistakes.
    Contract(Box<Failure>),
    /// Neither `out_dir` nor the environment says where to write.
    NoOutDir,
    /// The file could not be written.
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl std::fmt::Display for BuildError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Contract(failure) => failure.fmt(f),
            Self::NoOutDir => f.write_str("OUT_DIR is not set; call `out_dir` when not in a build script"),
            Self::Write { path, source } => write!(f, "cannot write {}: {source}", path.display()),
        }
    }
}

// `unwrap` in a build script prints this: it must read like the compiler's own message.
impl std::fmt::Debug for BuildError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n{self}\n")
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Contract(failure) => Some(failure.as_ref()),
            Self::NoOutDir => None,
            Self::Write { source, .. } => Some(source),
        }
    }
}

#[cfg(test)]
mod tests;
