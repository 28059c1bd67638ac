//! `bindery generate`

use std::path::Path;
use std::process::ExitCode;

use bindery_codegen::{generate, output};

use super::report;

pub(super) fn run(config: &Path, names: &[String]) -> ExitCode {
    let Some(targets) = report::targets(config, names) else { return ExitCode::FAILURE };
    // Everything is generated before anything is written: a mistake in one contract leaves all files as they were.
    let mut done = Vec::new();
    let mut failed = false;
    for target in targets {
        match generate::generate(&target.request) {
            Ok(generated) => {
                report::diagnostics(&generated.diagnostics, &generated.sources);
                done.push((target, generated));
            }
            Err(failure) => {
                report::failure(&failure);
                eprintln!("{}: not generated", target.name);
                failed = true;
            }
        }
    }
    if failed {
        return ExitCode::FAILURE;
    }
    for (target, generated) in done {
        let summary = generated.summary;
        match output::write(&target.output, &generated.text) {
            Ok(changed) => println!(
                "{}: {} operations, {} types from {} files -> {}{}",
                target.name,
                summary.operations,
                summary.types,
                summary.files,
                target.output.display(),
                if changed { "" } else { " (unchanged)" }
            ),
            Err(error) => {
                eprintln!("error: cannot write {}: {error}", target.output.display());
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
