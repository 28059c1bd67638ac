//! SARIF 2.1.0, for code scanning.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::words::words;
use super::{Named, page, sentence};
use crate::diff::{Finding, Language, Place, Rule, messages};

pub(super) fn render(reports: &[Named<'_>], language: Language) -> String {
    let all = || {
        reports.iter().flat_map(|named| {
            let ignored = named.report.ignored.iter().map(|(finding, reason)| (finding, Some(reason.as_str())));
            named.report.findings.iter().map(|finding| (finding, None)).chain(ignored)
        })
    };
    let mut rules: BTreeMap<&str, &Rule> = BTreeMap::new();
    all().for_each(|(finding, _)| {
        rules.insert(finding.rule.id, finding.rule);
    });
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(at, id)| (*id, at)).collect();
    let described: Vec<Value> = rules
        .values()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": messages::what(rule, language).replace("{name}", "…") },
                "fullDescription": { "text": messages::why(rule, language) },
            })
        })
        .collect();
    let results: Vec<Value> = all().map(|(finding, reason)| result(finding, reason, &index, language)).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "bindery diff",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": described,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&document).expect("text and numbers can be written") + "\n"
}

fn result(finding: &Finding, reason: Option<&str>, index: &BTreeMap<&str, usize>, language: Language) -> Value {
    let words = words(language);
    let verdicts = &finding.verdicts;
    let level = if !verdicts.wire().is_safe() {
        "error"
    } else if !verdicts.source.is_safe() || !verdicts.behaviour.is_safe() {
        "warning"
    } else {
        "note"
    };
    let mut message = format!("{}: {}", super::outline::name(finding), sentence(finding, language));
    if let Some(change) = page::change(finding) {
        message.push_str(&format!(" ({})", page::cut(&change)));
    }
    message.push_str(&format!(". {}", words.verdicts(finding)));
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": index.get(finding.rule.id),
        "level": level,
        "message": { "text": message },
        "partialFingerprints": { "binderyDiff/v1": finding.fingerprint },
    });
    let place = finding.new.as_ref().and_then(location).or_else(|| finding.old.as_ref().and_then(location));
    result["locations"] = Value::Array(place.into_iter().collect());
    if let (Some(old), true) = (finding.old.as_ref().and_then(location), finding.new.is_some()) {
        let mut old = old;
        old["message"] = json!({ "text": words.old });
        result["relatedLocations"] = json!([old]);
    }
    if let Some(reason) = reason {
        result["suppressions"] = json!([{ "kind": "external", "justification": reason }]);
    }
    result
}

fn location(place: &Place) -> Option<Value> {
    let (file, line, column) = place.at.as_ref()?;
    Some(json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(file) },
        "region": { "startLine": line, "startColumn": column },
    }}))
}

/// A path as the URI reference SARIF wants: `/` between, and what a URI may not hold in percent.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
