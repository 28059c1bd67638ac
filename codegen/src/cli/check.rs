//! `bindery check`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bindery_codegen::generate::{self, Generated};
use bindery_codegen::source::reason;
use bindery_codegen::{config::Target, emit};
use similar::TextDiff;

use super::report::{self, Project};

/// Longer differences are cut: the point is that there is one, and where it begins.
const SHOWN_LINES: usize = 60;

/// What is not as it should be.
#[derive(Default)]
struct Findings {
    /// Entries to generate anew.
    stale: Vec<String>,
    /// The lock says something else than a run would.
    lock: bool,
    /// Generated files that no entry makes.
    orphans: Vec<PathBuf>,
    /// Mistakes in the inputs, which generating anew does not mend.
    failed: bool,
}

pub(super) fn run(config: &Path, names: &[String]) -> ExitCode {
    let project = match report::project(config, names) {
        Ok(project) => project,
        Err(code) => return code,
    };
    let mut findings = Findings::default();
    let mut done: Vec<(&Target, Generated)> = Vec::new();
    for target in &project.targets {
        match generate::generate(&target.request) {
            Ok(generated) => {
                output(target, &generated, &mut findings);
                done.push((target, generated));
            }
            Err(failure) => {
                report::failure(&failure);
                say!("{}: its inputs have errors ({})", target.name, target.place);
                findings.failed = true;
            }
        }
    }
    // Half of the runs would say of the rest that it is gone.
    if !findings.failed {
        let runs: Vec<_> = done.iter().map(|(target, generated)| (target.name.as_str(), generated)).collect();
        lock(&project, &runs, &mut findings);
    }
    if project.all {
        findings.orphans = orphans(&project.targets);
        for path in &findings.orphans {
            say!("{}: generated, but by no entry of {}", path.display(), config.display());
        }
    }
    advise(&findings, config)
}

/// Compares a generated file with the one on disk.
fn output(target: &Target, generated: &Generated, findings: &mut Findings) {
    let name = target.output.display().to_string();
    match std::fs::read_to_string(&target.output) {
        Ok(old) if old == generated.text => {
            say!("{}: {name} is up to date", target.name);
            return;
        }
        Ok(old) => {
            say!("{}: {name} is stale", target.name);
            let diff = TextDiff::from_lines(&old, &generated.text);
            let text = diff.unified_diff().context_radius(2).header(&name, "what the contract says now").to_string();
            shorten(text.lines());
        }
        Err(error) => say!("{}: {name} cannot be read: {}", target.name, reason(&error)),
    }
    findings.stale.push(target.name.clone());
}

/// Compares the lock with what these runs would write.
fn lock(project: &Project, runs: &[(&str, &Generated)], findings: &mut Findings) {
    let name = project.lock_path.display();
    let Some(new) = project.lock_after(runs) else {
        findings.failed = true;
        return;
    };
    let differences = project.lock.differences(&new);
    if !project.locked {
        say!("{name}: not there, so that the next change of a contract may rename what it does not touch");
    } else if !differences.is_empty() {
        say!("{name} is stale");
        shorten(differences.iter().map(|difference| format!("  {difference}")));
    } else if std::fs::read_to_string(&project.lock_path).is_ok_and(|text| text != new.to_text()) {
        say!("{name} is not in order: it says the right things in another form");
    } else {
        say!("{name} is up to date");
        return;
    }
    findings.lock = true;
}

fn shorten(lines: impl IntoIterator<Item = impl std::fmt::Display>) {
    let mut lines = lines.into_iter();
    lines.by_ref().take(SHOWN_LINES).for_each(|line| say!("{line}"));
    match lines.count() {
        0 => {}
        1 => say!("... and one more line"),
        more => say!("... and {more} more lines"),
    }
}

/// Generated files beside those of the entries that none of them makes: left by an entry that was renamed or removed.
fn orphans(targets: &[Target]) -> Vec<PathBuf> {
    let made: BTreeSet<PathBuf> = targets.iter().filter_map(|target| target.output.canonicalize().ok()).collect();
    let folders: BTreeSet<&Path> = targets.iter().filter_map(|target| target.output.parent()).collect();
    let mut found: Vec<PathBuf> = folders
        .into_iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flat_map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())))
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter(|path| std::fs::read_to_string(path).is_ok_and(|text| text.starts_with(emit::MARK)))
        .filter(|path| path.canonicalize().is_ok_and(|path| !made.contains(&path)))
        .collect();
    found.sort();
    found
}

/// Says what to do, and whether there is something to do.
fn advise(findings: &Findings, config: &Path) -> ExitCode {
    if findings.failed {
        say!("mend the inputs, then run `bindery generate` and commit the result");
    } else if !findings.stale.is_empty() {
        say!("run `bindery generate {}` and commit the result", findings.stale.join(" "));
    } else if findings.lock {
        say!("run `bindery generate` and commit the lock");
    }
    if !findings.orphans.is_empty() {
        say!("delete what no entry makes, or give it an entry in {}", config.display());
    }
    let clean = !findings.failed && findings.stale.is_empty() && !findings.lock && findings.orphans.is_empty();
    if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
