//! Reports for people and for machines.

mod json;
mod junit;
mod markdown;
mod outline;
mod page;
mod sarif;
mod text;
mod words;

use super::{Finding, Language, Report};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For pull requests and changelogs.
    Markdown,
    /// Everything, for scripts; `schema` in it is 1.
    Json,
    /// For CI servers: a test case per change.
    JUnit,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
}

/// One contract's report, with what to call it.
#[derive(Debug, Clone, Copy)]
pub struct Named<'r> {
    /// The name: an entry of `bindery.toml`, or `old → new`.
    pub name: &'r str,
    /// What was found.
    pub report: &'r Report,
}

/// Which verdicts fail a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FailOn {
    /// What breaks the wire.
    pub wire: bool,
    /// What breaks source.
    pub source: bool,
    /// What changes behaviour.
    pub behaviour: bool,
}

impl FailOn {
    /// Whether a change fails the run.
    pub fn fails(self, finding: &Finding) -> bool {
        let verdicts = &finding.verdicts;
        (self.wire && !verdicts.wire().is_safe())
            || (self.source && !verdicts.source.is_safe())
            || (self.behaviour && !verdicts.behaviour.is_safe())
    }
}

/// Writes reports.
pub fn render(reports: &[Named<'_>], format: Format, language: Language, fail_on: FailOn) -> String {
    match format {
        Format::Text => page::write(reports, language, &text::Text),
        Format::Markdown => page::write(reports, language, &markdown::Markdown),
        Format::Json => json::render(reports, language, fail_on),
        Format::JUnit => junit::render(reports, language, fail_on),
        Format::Sarif => sarif::render(reports, language),
    }
}

/// What a finding says: the rule's sentence with the name filled in.
pub fn sentence(finding: &Finding, language: Language) -> String {
    let what = super::messages::what(finding.rule, language);
    let name = finding.name();
    // Groups bring their own quotation marks.
    if name.starts_with('`') { what.replace("`{name}`", name) } else { what.to_owned() }.replace("{name}", name)
}
