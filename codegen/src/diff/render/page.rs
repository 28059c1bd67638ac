//! The reports people read: what stands in them and in which order, whatever the form.

use std::fmt::Write as _;

use super::Named;
use super::outline::{Entry, Group, List, outline};
use super::words::{Words, words};
use crate::diff::{Finding, Language};

/// Longer notation is cut: it is all in the JSON report.
const WIDTH: usize = 160;

/// How each part is written.
pub(super) trait Form {
    fn title(&self, out: &mut String, name: &str);
    fn section(&self, out: &mut String, heading: &str);
    /// What the changes below are of, and where it is used.
    fn owner(&self, out: &mut String, group: &Group<'_>, directions: &str, words: &Words);
    fn entry(&self, out: &mut String, entry: &Entry<'_>, words: &Words, language: Language);
    fn list(&self, out: &mut String, list: &List<'_>, words: &Words);
}

/// All reports, one below the other.
pub(super) fn write(reports: &[Named<'_>], language: Language, form: &dyn Form) -> String {
    let words = words(language);
    let mut out = String::new();
    for (index, named) in reports.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        form.title(&mut out, named.name);
        let findings = &named.report.findings;
        let first = if findings.is_empty() { words.nothing.to_owned() } else { counts(findings, words) };
        let _ = writeln!(out, "{first}{}", ignored(named, words));
        if findings.is_empty() {
            continue;
        }
        let outline = outline(named.report, words);
        let mut section = None;
        for group in &outline.groups {
            if section.replace(group.section()) != Some(group.section()) {
                form.section(&mut out, words.sections[group.section() as usize]);
            }
            let directions = group.entries.first().map(|entry| words.directions(entry.finding)).unwrap_or_default();
            form.owner(&mut out, group, &directions, words);
            group.entries.iter().for_each(|entry| form.entry(&mut out, entry, words, language));
        }
        outline.lists.iter().for_each(|list| form.list(&mut out, list, words));
    }
    out
}

fn ignored(named: &Named<'_>, words: &Words) -> String {
    match named.report.ignored.len() {
        0 => String::new(),
        number => format!(" ({}: {number})", words.ignored),
    }
}

/// `Changes: 7 (break the wire: 2, break source: 5, change behaviour: 1)`
fn counts(findings: &[Finding], words: &Words) -> String {
    let count = |keep: &dyn Fn(&&Finding) -> bool| findings.iter().filter(keep).count();
    let wire = count(&|finding| !finding.verdicts.wire().is_safe());
    let source = count(&|finding| !finding.verdicts.source.is_safe());
    let behaviour = count(&|finding| !finding.verdicts.behaviour.is_safe());
    format!(
        "{}: {} ({}: {wire}, {}: {source}, {}: {behaviour})",
        words.changes,
        findings.len(),
        words.breaks_wire,
        words.breaks_source,
        words.changes_behaviour
    )
}

/// `before → after`, or the one of them there is.
pub(super) fn change(finding: &Finding) -> Option<String> {
    match (finding.before.as_str(), finding.after.as_str()) {
        ("", "") => None,
        (before, "") => Some(format!("− {before}")),
        ("", after) => Some(format!("+ {after}")),
        (before, after) => Some(format!("{before} → {after}")),
    }
}

pub(super) fn cut(text: &str) -> String {
    if text.chars().count() <= WIDTH { text.to_owned() } else { text.chars().take(WIDTH).chain(['…']).collect() }
}
