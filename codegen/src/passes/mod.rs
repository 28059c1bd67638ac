//! Small functions from model to model, in one visible list.
//!
//! A pass reports what it finds to [`Diagnostics`]; it never stops the run.

mod apart;
pub(crate) mod arrays;
mod bases;
mod flatten;
mod prune;

use crate::diagnostic::Diagnostics;
use crate::model::Model;

/// What the passes are told by the caller.
#[derive(Debug, Clone, Default)]
pub struct PassOptions {
    /// Operation names or globs (`Get*`) to keep; empty keeps all.
    pub operations: Vec<String>,
}

/// A pass by name.
pub struct Pass {
    /// The name `bindery inspect --after NAME` knows it by.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    run: fn(&mut Model, &PassOptions, &mut Diagnostics),
}

/// Every pass, in the order they run.
pub const PASSES: &[Pass] = &[
    Pass { name: "flatten", about: "gives each type everything it inherits", run: |m, _, d| flatten::run(m, d) },
    Pass { name: "bases", about: "tells which messages stand for derived types", run: |m, _, _| bases::run(m) },
    Pass { name: "arrays", about: "turns ArrayOfX wrappers into repeated items", run: |m, _, _| arrays::run(m) },
    Pass { name: "prune", about: "keeps what the operations asked for reach", run: prune::run },
    Pass { name: "apart", about: "finds elements that may be either of two things", run: |m, _, d| apart::run(m, d) },
];

/// Runs all passes, or those up to and including the one named.
pub fn run(model: &mut Model, options: &PassOptions, until: Option<&str>, diagnostics: &mut Diagnostics) {
    for pass in PASSES {
        (pass.run)(model, options, diagnostics);
        if until == Some(pass.name) {
            break;
        }
    }
}

/// Keeps the operations asked for and what they reach, and changes nothing else.
pub fn keep(model: &mut Model, options: &PassOptions, diagnostics: &mut Diagnostics) {
    prune::run(model, options, diagnostics);
}
