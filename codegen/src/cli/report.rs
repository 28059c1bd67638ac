//! What every verb prints the same way.

use std::io::{IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bindery_codegen::config::{self, Target};
use bindery_codegen::diagnostic::{Diagnostics, did_you_mean};
use bindery_codegen::generate::{Failure, Generated};
use bindery_codegen::lock::Lock;
use bindery_codegen::source::{Sources, reason};

/// Prints to standard output. Who stops reading (`bindery check | head`) has read enough: that is no error, and the exit code
/// stays that of the work.
pub(super) fn text(text: &str) {
    if let Err(error) = std::io::stdout().lock().write_all(text.as_bytes())
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        eprintln!("error: cannot write to standard output: {}", reason(&error));
        std::process::exit(1);
    }
}

/// Prints diagnostics to standard error.
pub(super) fn diagnostics(diagnostics: &Diagnostics, sources: &Sources) {
    let text = diagnostics.render(sources, std::io::stderr().is_terminal());
    if !text.is_empty() {
        eprintln!("{text}\n");
    }
}

pub(super) fn failure(failure: &Failure) {
    diagnostics(&failure.diagnostics, &failure.sources);
}

/// A configuration with the entries asked for.
pub(super) struct Project {
    pub(super) targets: Vec<Target>,
    /// These are all entries there are.
    pub(super) all: bool,
    pub(super) lock: Lock,
    /// There is a lock.
    pub(super) locked: bool,
    pub(super) lock_path: PathBuf,
    folder: PathBuf,
}

impl Project {
    /// The lock after these runs; none after telling what could not be read.
    pub(super) fn lock_after(&self, runs: &[(&str, &Generated)]) -> Option<Lock> {
        match self.lock.after(runs, &self.folder, self.all) {
            Ok(lock) => Some(lock),
            Err(error) => {
                eprintln!("error: a file that was read a moment ago cannot be read now: {error}");
                None
            }
        }
    }
}

/// The configuration's entries, or those named, and the lock; else the exit code, after telling why.
pub(super) fn project(path: &Path, names: &[String]) -> Result<Project, ExitCode> {
    let config::Project { targets, lock, lock_path, folder } = match config::open(path) {
        Ok(project) => project,
        Err(error) => {
            failure(&error);
            return Err(ExitCode::FAILURE);
        }
    };
    for name in names {
        if !targets.iter().any(|target| target.name == *name) {
            let near = did_you_mean(name, targets.iter().map(|target| target.name.as_str()));
            let known = || targets.iter().map(|target| target.name.as_str()).collect::<Vec<_>>().join(", ");
            let hint = near.map_or_else(|| format!("; it has {}", known()), |near| format!("; did you mean `{near}`?"));
            eprintln!("error: {} has no entry `{name}`{hint}", path.display());
            return Err(ExitCode::from(2));
        }
    }
    let count = targets.len();
    let targets: Vec<Target> =
        targets.into_iter().filter(|target| names.is_empty() || names.contains(&target.name)).collect();
    let all = targets.len() == count;
    Ok(Project { targets, all, locked: lock.is_some(), lock: lock.unwrap_or_default(), lock_path, folder })
}
