//! The whole way from contract files to Rust text, and the only place that knows every stage.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::emit::{self, Header};
use crate::model::Model;
use crate::passes::{self, PassOptions};
use crate::plan::{self, Names, Plan, PlanOptions};
use crate::source::{Limits, Locations, Sources};
use crate::{contract, wsdl};

/// What to generate one file from, and how.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// WSDL and XSD files, or one hand-written contract (`*.contract.rs`).
    pub inputs: Vec<PathBuf>,
    /// Patches, in order (`*.overlay.rs`).
    pub overlays: Vec<PathBuf>,
    /// Folders that imports may reach into, beside the inputs' own.
    pub roots: Vec<PathBuf>,
    /// Where `bindery fetch` saved what a location means: the lock's.
    pub locations: Locations,
    /// Refuses WSDLs and schemas with loose ends, instead of leaving these open or out with a warning.
    pub strict: bool,
    /// Generates although documents that are imported or included are not there, with a warning for each; what they would
    /// declare is left open, as raw XML, or left out.
    pub allow_missing: bool,
    /// How much input is too much, for WSDL and XSD files.
    pub limits: Limits,
    /// Values for namespaces of a hand-written contract, by the constant's name there.
    pub namespaces: std::collections::BTreeMap<String, String>,
    /// Folder that paths in messages and headers are relative to; the current folder when empty.
    pub base: PathBuf,
    /// Which operations to keep, and the like.
    pub passes: PassOptions,
    /// How to say it in Rust.
    pub plan: PlanOptions,
}

/// Counts for people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Operations of all services.
    pub operations: usize,
    /// Generated types.
    pub types: usize,
    /// Files read.
    pub files: usize,
}

/// A finished run.
#[derive(Debug)]
pub struct Generated {
    /// The Rust source.
    pub text: String,
    /// What was read.
    pub sources: Sources,
    /// Warnings and notes.
    pub diagnostics: Diagnostics,
    /// Counts.
    pub summary: Summary,
    /// Every file that was read, examples included, in the order they were read.
    pub files: Vec<PathBuf>,
    /// Names on record from now on: those of `request.plan.names` and those this run has added. `None` if there was no record.
    pub names: Option<Names>,
}

/// A run that found errors.
#[derive(Debug)]
pub struct Failure {
    /// What was read.
    pub sources: Sources,
    /// Everything found, at least one error.
    pub diagnostics: Diagnostics,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.diagnostics.render(&self.sources, false))
    }
}

impl std::error::Error for Failure {}

/// A model with what was read to make it.
#[derive(Debug)]
pub struct Loaded {
    /// The model.
    pub model: Model,
    /// What was read.
    pub sources: Sources,
    /// Warnings and notes.
    pub diagnostics: Diagnostics,
}

/// Reads the inputs and runs the passes, or those up to and including the one named.
///
/// # Errors
/// Every mistake the stage that failed has found.
pub fn load(request: &Request, until: Option<&str>) -> Result<Loaded, Box<Failure>> {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let model = read(request, &mut sources, &mut diagnostics);
    let Some(mut model) = model.filter(|_| !diagnostics.has_errors()) else {
        return Err(Box::new(Failure { sources, diagnostics }));
    };
    if until != Some("read") {
        passes::run(&mut model, &request.passes, until, &mut diagnostics);
    }
    if diagnostics.has_errors() {
        return Err(Box::new(Failure { sources, diagnostics }));
    }
    Ok(Loaded { model, sources, diagnostics })
}

fn read(request: &Request, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Model> {
    let (written, published): (Vec<&PathBuf>, Vec<&PathBuf>) =
        request.inputs.iter().partition(|path| is_hand_written(path));
    if let Some(overlay) = written.iter().find(|path| path.to_string_lossy().ends_with(".overlay.rs")) {
        let message = format!("`{}` is an overlay: it changes a contract, and is none", overlay.display());
        let help = "name the contract, and this file as its overlay: `overlays` in bindery.toml, `--overlay`";
        diagnostics.push(Diagnostic::error("E0015", message).with_help(help));
        return None;
    }
    let mut model = match (written.as_slice(), published.as_slice()) {
        ([], []) => {
            diagnostics
                .push(Diagnostic::error("E0001", "no input").with_help("name a WSDL, XSD or `.contract.rs` file"));
            return None;
        }
        ([contract], []) => {
            let options = contract::LoadOptions { namespaces: request.namespaces.clone() };
            contract::load_with(contract, &options, sources, diagnostics)?
        }
        ([], published) => {
            if let Some(name) = request.namespaces.keys().next() {
                diagnostics.push(
                    Diagnostic::error(
                        "E0541",
                        format!("the settings give a value for namespace `{name}`, but a WSDL names none"),
                    )
                    .with_help("only hand-written contracts have namespaces that can be set"),
                );
            }
            let inputs: Vec<PathBuf> = published.iter().map(|path| (*path).clone()).collect();
            let options = wsdl::LoadOptions {
                roots: request.roots.clone(),
                limits: request.limits.clone(),
                strict: request.strict,
                allow_missing: request.allow_missing,
                locations: request.locations.clone(),
            };
            wsdl::load_model(&inputs, &options, sources, diagnostics)?
        }
        _ => {
            diagnostics.push(
                Diagnostic::error("E0002", "a hand-written contract stands alone")
                    .with_note(
                        "one generated file comes from one `.contract.rs`, or from any number of WSDL and XSD files",
                    )
                    .with_help("generate a file from each"),
            );
            return None;
        }
    };
    for overlay in &request.overlays {
        contract::overlay::apply(overlay, &mut model, sources, diagnostics);
    }
    Some(model)
}

fn is_hand_written(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

/// Generates one file, without touching the disk beyond reading.
///
/// # Errors
/// Every mistake the stage that failed has found.
pub fn generate(request: &Request) -> Result<Generated, Box<Failure>> {
    let Loaded { model, sources, mut diagnostics } = load(request, None)?;
    let mut plan = plan::plan(&model, &request.plan, &mut diagnostics);
    let mut files: Vec<PathBuf> = sources.paths().map(Path::to_owned).collect();
    example_texts(request, &mut plan, &mut files, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(Box::new(Failure { sources, diagnostics }));
    }
    // The order of the inputs means nothing and is not told; that of the overlays means something.
    let labels = |paths: &[PathBuf]| paths.iter().map(|path| label(path, &request.base)).collect::<Vec<_>>();
    let mut inputs = labels(&request.inputs);
    inputs.sort();
    inputs.extend(labels(&request.overlays));
    let header = Header { inputs };
    let text = emit::emit(&plan, &header);
    let summary = Summary {
        operations: plan.services.iter().map(|service| service.operations.len()).sum(),
        types: plan.items.len(),
        files: sources.files().count(),
    };
    Ok(Generated { text, sources, diagnostics, summary, files, names: plan.names.take() })
}

/// A path as people name it: relative to the base where it lies below, with `/`.
pub(crate) fn label(path: &Path, base: &Path) -> String {
    let path = path.strip_prefix(base).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

/// Fills in the example messages the plan's tests are made of.
fn example_texts(request: &Request, plan: &mut Plan, files: &mut Vec<PathBuf>, diagnostics: &mut Diagnostics) {
    // Paths in a contract or overlay are relative to its own folder.
    let folders: Vec<&Path> = request.inputs.iter().chain(&request.overlays).filter_map(|path| path.parent()).collect();
    for example in &mut plan.examples {
        let mut read = |kind: &str| {
            folders.iter().find_map(|folder| {
                let path = folder.join(format!("{}.{kind}.xml", example.path));
                let text = std::fs::read_to_string(&path).ok()?;
                files.push(path);
                Some(text)
            })
        };
        (example.request, example.response) = (read("request"), read("response"));
        if example.request.is_none() && example.response.is_none() {
            diagnostics.push(
                Diagnostic::error("E0003", format!("example `{}` has no message", example.path)).with_help(format!(
                    "expected `{0}.request.xml` or `{0}.response.xml` beside the contract",
                    example.path
                )),
            );
        }
    }
}
