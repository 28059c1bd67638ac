//! Stage one: every root to Rust text.

use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bindery_codegen::diagnostic::{Diagnostics, Severity};
use bindery_codegen::generate::{Request, generate};

use super::manifest::Root;

/// What became of a root.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Rust text was written.
    Generated {
        /// The text.
        text: String,
        /// Operations.
        operations: usize,
        /// Types.
        types: usize,
        /// Codes of the warnings.
        warnings: Vec<&'static str>,
    },
    /// The contract was refused, with these errors: code and message.
    Refused(Vec<(&'static str, String)>),
    /// The generator panicked.
    Panicked(String),
}

/// A root with its outcome.
#[derive(Debug, Clone)]
pub struct Tried {
    /// The root.
    pub root: Root,
    /// What became of it.
    pub outcome: Outcome,
    /// How long it took.
    pub time: Duration,
}

/// The request for one root: imports may reach into the whole family.
pub fn request(folder: &Path, root: &Root) -> Request {
    let mut request = request_of(&[folder.join(&root.path)], &folder.join(&root.family));
    request.base = folder.to_owned();
    request
}

/// The request for some files, whose imports may reach into a folder.
pub fn request_of(inputs: &[PathBuf], folder: &Path) -> Request {
    let mut request = Request {
        inputs: inputs.to_vec(),
        roots: vec![folder.to_owned()],
        base: folder.to_owned(),
        ..Request::default()
    };
    request.plan.elements = true;
    request
}

/// A path as tables show it: below a folder, if it is.
pub fn below(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned()
}

/// Tries one root.
pub fn try_root(folder: &Path, root: &Root) -> Tried {
    let start = Instant::now();
    let outcome = attempt(&request(folder, root));
    Tried { root: root.clone(), outcome, time: start.elapsed() }
}

/// Generates, and survives whatever happens.
pub fn attempt(request: &Request) -> Outcome {
    match panic::catch_unwind(AssertUnwindSafe(|| generate(request))) {
        Ok(Ok(generated)) => Outcome::Generated {
            operations: generated.summary.operations,
            types: generated.summary.types,
            warnings: codes(&generated.diagnostics, Severity::Warning).into_iter().map(|(code, _)| code).collect(),
            text: generated.text,
        },
        Ok(Err(failure)) => Outcome::Refused(codes(&failure.diagnostics, Severity::Error)),
        Err(panic) => Outcome::Panicked(
            panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                .unwrap_or_default(),
        ),
    }
}

fn codes(diagnostics: &Diagnostics, severity: Severity) -> Vec<(&'static str, String)> {
    diagnostics.iter().filter(|item| item.severity == severity).map(|item| (item.code, item.message.clone())).collect()
}
