//! For pull requests and changelogs.

use std::fmt::Write as _;

use super::outline::{Entry, LISTED, OTHERS, names, outline, steps};
use super::text::{change, counts, cut};
use super::words::{Words, words};
use super::{Named, sentence};
use crate::diff::Language;

pub(super) fn render(reports: &[Named<'_>], language: Language) -> String {
    let words = words(language);
    let mut out = String::new();
    for (index, named) in reports.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let _ = writeln!(out, "## {}\n", escape(named.name));
        let findings = &named.report.findings;
        if findings.is_empty() {
            let _ = writeln!(out, "{}", words.nothing);
            continue;
        }
        let _ = writeln!(out, "{}", counts(findings, words));
        let outline = outline(named.report, words);
        let mut section = None;
        for group in &outline.groups {
            if section.replace(group.section()) != Some(group.section()) {
                let _ = writeln!(out, "\n### {}", words.sections[group.section() as usize]);
            }
            let directions = group.entries.first().map(|entry| words.directions(entry.finding)).unwrap_or_default();
            let name = if group.owner.name.is_empty() { String::new() } else { format!(" `{}`", group.owner.name) };
            let _ = writeln!(out, "\n#### {}{name} ({directions})\n", words.owner(group.owner.kind));
            group.entries.iter().for_each(|entry| self::entry(&mut out, entry, words, language));
        }
        for list in &outline.lists {
            let names = names(&list.findings, LISTED, words, "`");
            let _ = writeln!(out, "\n### {}: {}\n\n{names}", list.heading, list.findings.len());
        }
    }
    out
}

fn entry(out: &mut String, entry: &Entry<'_>, words: &Words, language: Language) {
    let finding = entry.finding;
    let inside = finding.path.rsplit_once('/').map(|(head, _)| format!("`{head}`: ")).unwrap_or_default();
    let _ = write!(out, "* {inside}{}", escape(&sentence(finding, language)));
    if let Some(change) = change(finding) {
        let _ = write!(out, ": `` {} ``", cut(&change).replace('\n', " "));
    }
    let verdicts = words.verdicts(finding);
    let verdicts = if finding.verdicts.weight() == 0 { verdicts } else { format!("**{verdicts}**") };
    let _ = write!(out, ". {verdicts} (`{}`)", finding.rule.id);
    if !entry.likewise.is_empty() {
        let names = steps(&entry.likewise, LISTED, words);
        let _ = write!(out, "; {} ({}): {names}", words.likewise, entry.likewise.len());
    }
    if !entry.others.is_empty() {
        let names = names(&entry.others, OTHERS, words, "`");
        let _ = write!(out, "; {} ({}): {names}", words.also_in, entry.others.len());
    }
    out.push('\n');
}

/// Text outside of code in which nothing is markup but the quotation marks we put there ourselves.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    for c in text.chars() {
        if c == '`' {
            code = !code;
        } else if !code && matches!(c, '*' | '_' | '<' | '>' | '[' | ']' | '|' | '#' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
