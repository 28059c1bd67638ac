//! Hand-written contracts.
//!
//! See `contracts/README.md` for the language.

mod ast;
mod attrs;
mod binding;
mod check;
pub mod codes;
mod enums;
mod lower;
mod names;
pub mod overlay;
mod parse;
mod read;
mod resolve;
mod service;
mod slots;
mod specs;
mod types;

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::source::Sources;

/// What may be set from outside when a contract is read.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// Values for namespaces of the contract, by their name there: for those the vendor's documentation does not tell
    /// (`#[unknown]`). A name the contract does not have is an error.
    pub namespaces: BTreeMap<String, String>,
}

/// Reads a hand-written contract and lowers it. `None` when it has mistakes, which are then in `diagnostics`.
pub fn load(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Model> {
    load_with(path, &LoadOptions::default(), sources, diagnostics)
}

/// [`load`] with settings.
pub fn load_with(
    path: &Path,
    options: &LoadOptions,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Model> {
    let id = read::read(path, sources, diagnostics)?;
    let mut found = Diagnostics::default();
    let mut cx = read::Cx::new(id, sources, &mut found);
    let model = read::syntax(&mut cx, &sources.file(id).text).map(|tree| {
        let file = parse::file(&mut cx, &tree, parse::Mode::Contract);
        let folder = path.parent().unwrap_or(Path::new(""));
        lower::lower(&mut cx, &file, folder, options)
    });
    let failed = found.has_errors();
    diagnostics.extend(found);
    if failed { None } else { model }
}
