//! What every verb prints the same way.

use std::io::IsTerminal;
use std::path::Path;

use bindery_codegen::config::{self, Target};
use bindery_codegen::diagnostic::{Diagnostics, did_you_mean};
use bindery_codegen::generate::Failure;
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

/// The configuration's entries, or those named.
pub(super) fn targets(path: &Path, names: &[String]) -> Option<Vec<Target>> {
    let targets = match config::load(path) {
        Ok(targets) => targets,
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
    Some(targets.into_iter().filter(|target| names.is_empty() || names.contains(&target.name)).collect())
}
