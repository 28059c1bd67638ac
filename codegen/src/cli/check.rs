//! `bindery check`

use std::path::Path;
use std::process::ExitCode;

use bindery_codegen::generate;
use similar::TextDiff;

use super::report;

/// Longer differences are cut: the point is that there is one, and where it begins.
const SHOWN_LINES: usize = 60;

pub(super) fn run(config: &Path, names: &[String]) -> ExitCode {
    let Some(targets) = report::targets(config, names) else { return ExitCode::FAILURE };
    let mut stale = Vec::new();
    for target in &targets {
        let generated = match generate::generate(&target.request) {
            Ok(generated) => generated,
            Err(failure) => {
                report::failure(&failure);
                stale.push(target.name.as_str());
                continue;
            }
        };
        let name = target.output.display().to_string();
        match std::fs::read_to_string(&target.output) {
            Ok(old) if old == generated.text => println!("{}: {name} is up to date", target.name),
            Ok(old) => {
                println!("{}: {name} is stale", target.name);
                let diff = TextDiff::from_lines(&old, &generated.text);
                let text =
                    diff.unified_diff().context_radius(2).header(&name, "what the contract says now").to_string();
                let lines: Vec<&str> = text.lines().collect();
                println!("{}", lines[..lines.len().min(SHOWN_LINES)].join("\n"));
                if lines.len() > SHOWN_LINES {
                    println!("... and {} more lines", lines.len() - SHOWN_LINES);
                }
                stale.push(target.name.as_str());
            }
            Err(error) => {
                println!("{}: {name} cannot be read: {error}", target.name);
                stale.push(target.name.as_str());
            }
        }
    }
    if stale.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("run `bindery generate {}` and commit the result", stale.join(" "));
    ExitCode::FAILURE
}
