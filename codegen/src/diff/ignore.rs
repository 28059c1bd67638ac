//! Changes somebody has looked at and accepted: fingerprints with reasons.

use serde::Deserialize;

use super::Report;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    ignore: Vec<toml::Spanned<Entry>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fingerprint: String,
    reason: String,
}

/// What is to be ignored, and why.
#[derive(Debug, Clone, Default)]
pub struct Ignore {
    entries: Vec<(String, String)>,
}

impl Ignore {
    /// Reads the text of a file of `[[ignore]]` tables with `fingerprint` and `reason`, both required. `None`, and what is
    /// wrong among the diagnostics, when it is not one.
    pub fn parse(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Option<Self> {
        let span = |range: std::ops::Range<usize>| Span { file, start: range.start as u32, end: range.end as u32 };
        let parsed: File = match toml::from_str(text) {
            Ok(parsed) => parsed,
            Err(error) => {
                let at = error.span().map(span);
                diagnostics.push(
                    Diagnostic::error("E0801", error.message())
                        .at(at, "")
                        .with_help("an entry is `[[ignore]]` with `fingerprint = \"…\"` and `reason = \"…\"`"),
                );
                return None;
            }
        };
        let mut entries = Vec::new();
        for entry in parsed.ignore {
            let at = span(entry.span());
            let Entry { fingerprint, reason } = entry.into_inner();
            if fingerprint.len() != 16 || !fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                diagnostics.push(
                    Diagnostic::error("E0801", format!("`{fingerprint}` is no fingerprint"))
                        .at(at, "sixteen hexadecimal digits, as in the report, were expected"),
                );
            }
            if reason.trim().is_empty() {
                diagnostics.push(
                    Diagnostic::error("E0801", "an ignored change needs a reason")
                        .at(at, "who reads this next year wants to know why"),
                );
            }
            entries.push((fingerprint.to_ascii_lowercase(), reason));
        }
        (!diagnostics.has_errors()).then_some(Self { entries })
    }

    /// Moves what is to be ignored out of the findings. Returns the fingerprints that were met.
    pub fn apply(&self, report: &mut Report) -> Vec<String> {
        let mut met = Vec::new();
        let findings = std::mem::take(&mut report.findings);
        for finding in findings {
            match self.entries.iter().find(|(fingerprint, _)| *fingerprint == finding.fingerprint) {
                Some((fingerprint, reason)) => {
                    met.push(fingerprint.clone());
                    report.ignored.push((finding, reason.clone()));
                }
                None => report.findings.push(finding),
            }
        }
        met
    }

    /// Entries that none of these fingerprints met: what they were about is no change any more.
    pub fn stale<'i>(&'i self, met: &'i [String]) -> impl Iterator<Item = &'i str> {
        self.entries.iter().map(|(fingerprint, _)| fingerprint.as_str()).filter(|known| !met.iter().any(|m| m == known))
    }
}
