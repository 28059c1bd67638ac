//! `bindery generate`

use std::path::Path;
use std::process::ExitCode;

use bindery_codegen::source::{Sources, reason};
use bindery_codegen::{generate, output};

use super::report;

pub(super) fn run(config: &Path, names: &[String]) -> ExitCode {
    let project = match report::project(config, names) {
        Ok(project) => project,
        Err(code) => return code,
    };
    // Everything is generated before anything is written: a mistake in one contract leaves all files as they were.
    let mut done = Vec::new();
    let mut failed = false;
    for target in &project.targets {
        match generate::generate(&target.request) {
            Ok(generated) => {
                report::diagnostics(&generated.diagnostics, &generated.sources);
                done.push((target, generated));
            }
            Err(failure) => {
                report::failure(&failure);
                eprintln!("{}: not generated ({})", target.name, target.place);
                failed = true;
            }
        }
    }
    if failed {
        return ExitCode::FAILURE;
    }
    let foreign = output::foreign(done.iter().map(|(target, _)| target.output.as_path()));
    if foreign.has_errors() {
        report::diagnostics(&foreign, &Sources::default());
        return ExitCode::FAILURE;
    }
    let runs: Vec<_> = done.iter().map(|(target, generated)| (target.name.as_str(), generated)).collect();
    let Some(lock) = project.lock_after(&runs) else { return ExitCode::FAILURE };
    let lock = lock.to_text();
    let mut files: Vec<(&Path, &str)> =
        done.iter().map(|(target, generated)| (target.output.as_path(), generated.text.as_str())).collect();
    files.push((&project.lock_path, &lock));
    let changed = match output::write_all(&files) {
        Ok(changed) => changed,
        Err((path, error)) => {
            eprintln!("error: cannot write {}: {}", path.display(), reason(&error));
            return ExitCode::FAILURE;
        }
    };
    for ((target, generated), changed) in done.iter().zip(changed) {
        let summary = generated.summary;
        say!(
            "{}: {}, {} from {} -> {}{}",
            target.name,
            count(summary.operations, "operation"),
            count(summary.types, "type"),
            count(summary.files, "file"),
            target.output.display(),
            if changed { "" } else { " (unchanged)" }
        );
    }
    ExitCode::SUCCESS
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
