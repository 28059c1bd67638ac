//! For a terminal.

use std::fmt::Write as _;

use super::outline::{Entry, Group, LISTED, List, OTHERS, names, steps};
use super::page::{Form, change, cut};
use super::sentence;
use super::words::Words;
use crate::diff::{Finding, Language, Place};

pub(super) struct Text;

impl Form for Text {
    fn title(&self, out: &mut String, name: &str) {
        let _ = writeln!(out, "{name}");
    }

    fn section(&self, out: &mut String, heading: &str) {
        let _ = writeln!(out, "\n{heading}\n{}", "─".repeat(heading.chars().count()));
    }

    fn owner(&self, out: &mut String, group: &Group<'_>, directions: &str, words: &Words) {
        let name = if group.owner.name.is_empty() { String::new() } else { format!(" {}", group.owner.name) };
        let _ = writeln!(out, "\n{}{name} ({directions})", words.owner(group.owner.kind));
    }

    fn entry(&self, out: &mut String, entry: &Entry<'_>, words: &Words, language: Language) {
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

    fn list(&self, out: &mut String, list: &List<'_>, words: &Words) {
        let names = names(&list.findings, LISTED, words, "");
        let _ = writeln!(out, "\n{}: {}\n  {names}", list.heading, list.findings.len());
    }
}

/// What stands before a change: how bad it is.
fn mark(finding: &Finding) -> &'static str {
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

fn places(finding: &Finding, words: &Words) -> String {
    let place = |word: &str, place: &Option<Place>| {
        let (file, line, column) = place.as_ref()?.at.as_ref()?;
        Some(format!("{word} {file}:{line}:{column}"))
    };
    let all = [place(words.old, &finding.old), place(words.new, &finding.new)];
    all.into_iter().flatten().collect::<Vec<_>>().join("  ")
}
