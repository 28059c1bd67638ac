//! For a terminal.

use std::fmt::Write as _;

use super::outline::{Entry, LISTED, OTHERS, names, outline, steps};
use super::words::{Words, words};
use super::{Named, sentence};
use crate::diff::{Finding, Language};

/// Longer notation is cut: it is all in the JSON report.
const WIDTH: usize = 160;

pub(super) fn render(reports: &[Named<'_>], language: Language) -> String {
    let words = words(language);
    let mut out = String::new();
    for (index, named) in reports.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let _ = writeln!(out, "{}", named.name);
        let findings = &named.report.findings;
        if findings.is_empty() {
            let _ = writeln!(out, "{}{}", words.nothing, ignored(named, words));
            continue;
        }
        let _ = writeln!(out, "{}{}", counts(findings, words), ignored(named, words));
        let outline = outline(named.report, words);
        let mut section = None;
        for group in &outline.groups {
            if section.replace(group.section()) != Some(group.section()) {
                let heading = words.sections[group.section() as usize];
                let _ = writeln!(out, "\n{heading}\n{}", "─".repeat(heading.chars().count()));
            }
            let owner = words.owner(group.owner.kind);
            let directions = group.entries.first().map(|entry| words.directions(entry.finding)).unwrap_or_default();
            let name = if group.owner.name.is_empty() { String::new() } else { format!(" {}", group.owner.name) };
            let _ = writeln!(out, "\n{owner}{name} ({directions})");
            group.entries.iter().for_each(|entry| self::entry(&mut out, entry, words, language));
        }
        for list in &outline.lists {
            let names = names(&list.findings, LISTED, words, "");
            let _ = writeln!(out, "\n{}: {}\n  {names}", list.heading, list.findings.len());
        }
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
pub(super) fn counts(findings: &[Finding], words: &Words) -> String {
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

/// What stands before a change: how bad it is.
pub(super) fn mark(finding: &Finding) -> &'static str {
    let verdicts = &finding.verdicts;
    if !verdicts.wire().is_safe() {
        "✗"
    } else if !verdicts.source.is_safe() {
        "!"
    } else if !verdicts.behaviour.is_safe() {
        "~"
    } else {
        "·"
    }
}

fn entry(out: &mut String, entry: &Entry<'_>, words: &Words, language: Language) {
    let finding = entry.finding;
    let inside = finding.path.rsplit_once('/').map(|(head, _)| format!("{head}: ")).unwrap_or_default();
    let _ = writeln!(out, "  {} {inside}{}", mark(finding), sentence(finding, language));
    if let Some(change) = change(finding) {
        let _ = writeln!(out, "      {}", cut(&change));
    }
    let _ = writeln!(out, "      {}  [{} {}]", words.verdicts(finding), finding.rule.id, finding.fingerprint);
    let places = places(finding, words);
    if !places.is_empty() {
        let _ = writeln!(out, "      {places}");
    }
    if !entry.likewise.is_empty() {
        let names = steps(&entry.likewise, LISTED, words);
        let _ = writeln!(out, "      {} ({}): {names}", words.likewise, entry.likewise.len());
    }
    if !entry.others.is_empty() {
        let names = names(&entry.others, OTHERS, words, "");
        let _ = writeln!(out, "      {} ({}): {names}", words.also_in, entry.others.len());
    }
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

fn places(finding: &Finding, words: &Words) -> String {
    let place = |word: &str, place: &Option<crate::diff::Place>| {
        let (file, line, column) = place.as_ref()?.at.as_ref()?;
        Some(format!("{word} {file}:{line}:{column}"))
    };
    let all = [place(words.old, &finding.old), place(words.new, &finding.new)];
    all.into_iter().flatten().collect::<Vec<_>>().join("  ")
}
