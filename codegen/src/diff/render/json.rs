//! Everything there is, for scripts.

use serde::Serialize;

use super::{FailOn, Named, sentence};
use crate::diff::{Finding, Language, Place, Verdict};

/// The version of this form. Fields may come without a new one; none changes its meaning or goes.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'r> {
    schema: u32,
    reports: Vec<One<'r>>,
}

#[derive(Serialize)]
struct One<'r> {
    name: &'r str,
    wire_safe: bool,
    source_safe: bool,
    behaviour_safe: bool,
    changes: Vec<Change<'r>>,
    ignored: Vec<Ignored<'r>>,
}

#[derive(Serialize)]
struct Change<'r> {
    rule: &'static str,
    fingerprint: &'r str,
    message: String,
    why: &'static str,
    kind: &'static str,
    namespace: &'r str,
    name: &'r str,
    path: &'r str,
    directions: Vec<&'static str>,
    wire: &'static str,
    request: &'static str,
    response: &'static str,
    source: &'static str,
    behaviour: &'static str,
    fails: bool,
    before: &'r str,
    after: &'r str,
    old: Option<At<'r>>,
    new: Option<At<'r>>,
}

#[derive(Serialize)]
struct Ignored<'r> {
    reason: &'r str,
    change: Change<'r>,
}

#[derive(Serialize)]
struct At<'r> {
    file: &'r str,
    line: usize,
    column: usize,
}

pub(super) fn render(reports: &[Named<'_>], language: Language, fail_on: FailOn) -> String {
    let reports = reports
        .iter()
        .map(|named| One {
            name: named.name,
            wire_safe: named.report.wire_safe(),
            source_safe: named.report.source_safe(),
            behaviour_safe: named.report.behaviour_safe(),
            changes: named.report.findings.iter().map(|finding| change(finding, language, fail_on)).collect(),
            ignored: named
                .report
                .ignored
                .iter()
                .map(|(finding, reason)| Ignored { reason, change: change(finding, language, FailOn::default()) })
                .collect(),
        })
        .collect();
    let document = Document { schema: SCHEMA, reports };
    serde_json::to_string_pretty(&document).expect("text and numbers can be written") + "\n"
}

fn change(finding: &Finding, language: Language, fail_on: FailOn) -> Change<'_> {
    let word = |verdict: Verdict| if verdict.is_safe() { "safe" } else { "breaking" };
    Change {
        rule: finding.rule.id,
        fingerprint: &finding.fingerprint,
        message: sentence(finding, language),
        why: crate::diff::messages::why(finding.rule, language),
        kind: finding.owner.kind.word(),
        namespace: &finding.owner.ns,
        name: &finding.owner.name,
        path: &finding.path,
        directions: finding.directions.words().collect(),
        wire: word(finding.verdicts.wire()),
        request: word(finding.verdicts.request),
        response: word(finding.verdicts.response),
        source: word(finding.verdicts.source),
        behaviour: word(finding.verdicts.behaviour),
        fails: fail_on.fails(finding),
        before: &finding.before,
        after: &finding.after,
        old: at(&finding.old),
        new: at(&finding.new),
    }
}

fn at(place: &Option<Place>) -> Option<At<'_>> {
    let (file, line, column) = place.as_ref()?.at.as_ref()?;
    Some(At { file, line: *line, column: *column })
}
