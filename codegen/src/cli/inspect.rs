//! `bindery inspect`

use std::path::PathBuf;
use std::process::ExitCode;

use bindery_codegen::diagnostic::did_you_mean;
use bindery_codegen::generate::{self, Request};
use bindery_codegen::lock::Lock;
use bindery_codegen::{model, passes};
use similar::TextDiff;

use super::report;

pub(super) fn run(file: PathBuf, overlays: Vec<PathBuf>, after: Option<&str>, diff: bool) -> ExitCode {
    let names: Vec<&str> = std::iter::once("read").chain(passes::PASSES.iter().map(|pass| pass.name)).collect();
    if let Some(after) = after
        && !names.contains(&after)
    {
        let near = did_you_mean(after, names.iter().copied())
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        eprintln!("error: no pass is called `{after}`{near}\npasses, in order: {}", names.join(", "));
        return ExitCode::from(2);
    }
    let locations = Lock::locations_near(&file);
    let request = Request { inputs: vec![file], overlays, locations, ..Request::default() };
    let Some(text) = print(&request, after) else { return ExitCode::FAILURE };
    let before = after
        .and_then(|after| names.iter().position(|name| *name == after))
        .filter(|_| diff)
        .and_then(|at| at.checked_sub(1));
    match before {
        None => print!("{text}"),
        Some(before) => {
            let Some(old) = print(&request, Some(names[before])) else { return ExitCode::FAILURE };
            let header = format!("after {}", names[before + 1]);
            let diff = TextDiff::from_lines(&old, &text);
            print!("{}", diff.unified_diff().header(&format!("after {}", names[before]), &header));
        }
    }
    ExitCode::SUCCESS
}

fn print(request: &Request, until: Option<&str>) -> Option<String> {
    match generate::load(request, until) {
        Ok(loaded) => {
            report::diagnostics(&loaded.diagnostics, &loaded.sources);
            Some(model::print(&loaded.model))
        }
        Err(failure) => {
            report::failure(&failure);
            None
        }
    }
}
