//! For pull requests and changelogs.

use std::fmt::Write as _;

use super::outline::{Entry, Group, LISTED, List, OTHERS, names, steps};
use super::page::{Form, change, cut};
use super::sentence;
use super::words::Words;
use crate::diff::Language;

pub(super) struct Markdown;

impl Form for Markdown {
    fn title(&self, out: &mut String, name: &str) {
        let _ = writeln!(out, "## {}\n", escape(name));
    }

    fn section(&self, out: &mut String, heading: &str) {
        let _ = writeln!(out, "\n### {heading}");
    }

    fn owner(&self, out: &mut String, group: &Group<'_>, directions: &str, words: &Words) {
        let name = if group.owner.name.is_empty() { String::new() } else { format!(" `{}`", group.owner.name) };
        let _ = writeln!(out, "\n#### {}{name} ({directions})\n", words.owner(group.owner.kind));
    }

    fn entry(&self, out: &mut String, entry: &Entry<'_>, words: &Words, language: Language) {
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

    fn list(&self, out: &mut String, list: &List<'_>, words: &Words) {
        let names = names(&list.findings, LISTED, words, "`");
        let _ = writeln!(out, "\n### {}: {}\n\n{names}", list.heading, list.findings.len());
    }
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
