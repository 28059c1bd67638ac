//! `bindery diff`

mod git;
mod side;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bindery_codegen::diagnostic::Diagnostics;
use bindery_codegen::diff::render::{self, FailOn, Format, Named};
use bindery_codegen::diff::{self, Ignore, Language, Report};
use bindery_codegen::source::{Sources, reason};
use clap::{Args, ValueEnum};

use super::report;
use side::Contract;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// What was: a file, a folder, a `bindery.toml` or `bindery.lock`, `git:REV` or `git:REV:PATH`.
    #[arg(required_unless_present = "git_driver")]
    old: Option<String>,
    /// What is, likewise.
    #[arg(required_unless_present = "git_driver")]
    new: Option<String>,
    /// How to write the report.
    #[arg(long, value_enum, default_value = "text")]
    format: FormatName,
    /// The report's language.
    #[arg(long, value_enum, default_value = "en")]
    lang: LanguageName,
    /// Exit with 1 when something breaks this; several with commas.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
    fail_on: Vec<FailName>,
    /// A file of changes that were looked at and accepted.
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,
    /// Patches to apply to both sides, where these are files.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Folders that imports may reach into, beside the files' own.
    #[arg(long, value_name = "FOLDER")]
    root: Vec<PathBuf>,
    /// The seven arguments git gives to an external diff program.
    #[arg(long, num_args = 7.., value_names = ["PATH", "OLD", "HEX", "MODE", "NEW", "HEX", "MODE"], conflicts_with_all = ["old", "new"])]
    git_driver: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    Text,
    Markdown,
    Json,
    Junit,
    Sarif,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LanguageName {
    En,
    Ru,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailName {
    Wire,
    Source,
    Behaviour,
}

/// Exit codes: 0 nothing that was asked to fail, 1 something was, 2 wrong usage or an input that cannot be read.
pub(super) fn run(options: &Options) -> ExitCode {
    match compare(options) {
        Ok(failed) => ExitCode::from(u8::from(failed)),
        Err(message) => {
            if !message.is_empty() {
                eprintln!("error: {message}");
            }
            ExitCode::from(2)
        }
    }
}

/// Whether the run fails. An error that was reported already is empty.
fn compare(options: &Options) -> Result<bool, String> {
    let ignore = options.ignore.as_deref().map(read_ignore).transpose()?;
    let (old, new) = if options.git_driver.is_empty() {
        let (Some(old), Some(new)) = (&options.old, &options.new) else { return Err("two sides are needed".into()) };
        side::both(old, new, &side::Reading { overlays: &options.overlay, roots: &options.root })?
    } else {
        git::driver(&options.git_driver)?
    };
    let mut reports: Vec<(String, Report)> = Vec::new();
    for (name, old, new) in side::pair(old, new) {
        reports.push((name, compare_one(old, new)?));
    }
    if let Some(ignore) = &ignore {
        let met: Vec<String> = reports.iter_mut().flat_map(|(_, report)| ignore.apply(report)).collect();
        for stale in ignore.stale(&met) {
            eprintln!("note: {stale} in the ignore file is no change any more; take it out");
        }
    }
    let fail_on = FailOn {
        wire: options.fail_on.contains(&FailName::Wire),
        source: options.fail_on.contains(&FailName::Source),
        behaviour: options.fail_on.contains(&FailName::Behaviour),
    };
    let format = match options.format {
        FormatName::Text => Format::Text,
        FormatName::Markdown => Format::Markdown,
        FormatName::Json => Format::Json,
        FormatName::Junit => Format::JUnit,
        FormatName::Sarif => Format::Sarif,
    };
    let language = match options.lang {
        LanguageName::En => Language::English,
        LanguageName::Ru => Language::Russian,
    };
    let named: Vec<Named<'_>> = reports.iter().map(|(name, report)| Named { name, report }).collect();
    report::text(&render::render(&named, format, language, fail_on));
    Ok(reports.iter().any(|(_, report)| report.findings.iter().any(|finding| fail_on.fails(finding))))
}

/// Compares one contract; a side that does not have it is compared as an empty one.
fn compare_one(old: Option<Contract>, new: Option<Contract>) -> Result<Report, String> {
    let read = |contract: Option<Contract>| contract.map(Contract::read).transpose();
    let (mut old, mut new) = (read(old)?, read(new)?);
    let hand_written = |side: &Option<side::Read>| side.as_ref().is_some_and(|side| side.model.hand_written);
    let either = hand_written(&old) || hand_written(&new);
    let mut nothing = || side::Read::nothing(either);
    let (old, new) = (old.take().unwrap_or_else(&mut nothing), new.take().unwrap_or_else(&mut nothing));
    let mut report = diff::compare(&old.model, &new.model);
    report.locate(&old.sources, &new.sources);
    for finding in &mut report.findings {
        old.relabel(finding.old.as_mut());
        new.relabel(finding.new.as_mut());
    }
    Ok(report)
}

fn read_ignore(path: &Path) -> Result<Ignore, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {}", path.display(), reason(&error)))?;
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let file = sources.add(path.to_string_lossy(), path, text.as_str());
    let ignore = Ignore::parse(&text, file, &mut diagnostics);
    report::diagnostics(&diagnostics, &sources);
    ignore.ok_or_else(String::new)
}
