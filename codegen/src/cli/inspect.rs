//! `bindery inspect`

use std::process::ExitCode;

use bindery_codegen::generate::{self, Request};
use bindery_codegen::{model, passes};
use similar::TextDiff;

use super::report;

/// Where the model can be looked at: as it was read, and after each pass.
pub(super) fn stages() -> Vec<&'static str> {
    std::iter::once("read").chain(passes::PASSES.iter().map(|pass| pass.name)).collect()
}

pub(super) fn run(request: &Request, after: Option<&str>, diff: bool) -> ExitCode {
    let Some(text) = print(request, after) else { return ExitCode::FAILURE };
    let stages = stages();
    let at = after.filter(|_| diff).and_then(|after| stages.iter().position(|stage| *stage == after));
    match at {
        // There is nothing before `read` to compare it with.
        None | Some(0) => report::text(&text),
        Some(at) => {
            let [before, after] = [stages[at - 1], stages[at]];
            let Some(old) = print(request, Some(before)) else { return ExitCode::FAILURE };
            let diff = TextDiff::from_lines(&old, &text);
            report::text(
                &diff.unified_diff().header(&format!("after {before}"), &format!("after {after}")).to_string(),
            );
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
