//! What every verb prints the same way.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use bindery_codegen::config::{self, Target};
use bindery_codegen::diagnostic::{Diagnostics, did_you_mean};
use bindery_codegen::generate::{Failure, Generated};
use bindery_codegen::lock::Lock;
use bindery_codegen::source::Sources;

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

/// The configuration's entries, or those named, and the lock.
pub(super) fn project(path: &Path, names: &[String]) -> Option<Project> {
    let config::Project { targets, lock, lock_path, folder } = match config::open(path) {
        Ok(project) => project,
        Err(error) => {
            failure(&error);
            return None;
        }
    };
    for name in names {
        if !targets.iter().any(|target| target.name == *name) {
            let near = did_you_mean(name, targets.iter().map(|target| target.name.as_str()));
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            eprintln!("error: {} has no entry `{name}`{hint}", path.display());
            return None;
        }
    }
    let count = targets.len();
    let targets: Vec<Target> =
        targets.into_iter().filter(|target| names.is_empty() || names.contains(&target.name)).collect();
    let all = targets.len() == count;
    Some(Project { targets, all, locked: lock.is_some(), lock: lock.unwrap_or_default(), lock_path, folder })
}
