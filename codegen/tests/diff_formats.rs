//! The forms a report of `bindery diff` comes in. Those for people are compared word for word with `diff/formats/`
//! (`UPDATE_EXPECT=1` writes these anew), those for machines are read again.

use std::path::Path;

use bindery_codegen::diagnostic::Diagnostics;
use bindery_codegen::diff::render::{FailOn, Format, Named, render};
use bindery_codegen::diff::{self, Ignore, Language, Report};
use bindery_codegen::generate::{self, Request};
use bindery_codegen::source::Sources;
use serde_json::Value;

const BREAKING: FailOn = FailOn { wire: true, source: false, behaviour: false };

fn report() -> Report {
    let read = |side: &str| {
        let path = Path::new("tests/diff/formats").join(format!("{side}.contract.rs"));
        let request = Request { inputs: vec![path], ..Request::default() };
        generate::load(&request, Some("read")).unwrap_or_else(|failure| panic!("{side}:\n{failure}"))
    };
    let (old, new) = (read("old"), read("new"));
    let mut report = diff::compare(&old.model, &new.model);
    report.locate(&old.sources, &new.sources);
    report
}

fn rendered(report: &Report, format: Format, language: Language) -> String {
    render(&[Named { name: "shop & co", report }], format, language, BREAKING)
}

#[test]
fn people_read_it_in_their_language() {
    let report = report();
    let cases = [
        ("report.txt", Format::Text, Language::English),
        ("report.ru.txt", Format::Text, Language::Russian),
        ("report.md", Format::Markdown, Language::English),
        ("report.ru.md", Format::Markdown, Language::Russian),
    ];
    for (name, format, language) in cases {
        let found = rendered(&report, format, language);
        let path = Path::new("tests/diff/formats").join(name);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &found).expect("writing the expected report");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(found, expected, "{} (UPDATE_EXPECT=1 writes it anew)", path.display());
    }
}

#[test]
fn scripts_get_everything() {
    let report = report();
    let document: Value = serde_json::from_str(&rendered(&report, Format::Json, Language::English)).expect("JSON");
    assert_eq!(document["schema"], 1);
    let one = &document["reports"][0];
    assert_eq!(one["name"], "shop & co");
    assert_eq!(one["wire_safe"], false);
    let changes = one["changes"].as_array().expect("changes");
    assert_eq!(changes.len(), report.findings.len());
    let added = changes.iter().find(|change| change["rule"] == "member-added-required").expect("the new member");
    assert_eq!(added["path"], "Currency");
    assert_eq!(added["request"], "breaking");
    assert_eq!(added["response"], "safe");
    assert_eq!(added["wire"], "breaking");
    assert_eq!(added["fails"], true);
    assert_eq!(added["new"]["line"], 22);
    assert!(added["old"].is_null());
}

#[test]
fn code_scanning_gets_rules_results_and_places() {
    let report = report();
    let document: Value = serde_json::from_str(&rendered(&report, Format::Sarif, Language::English)).expect("JSON");
    assert_eq!(document["version"], "2.1.0");
    let run = &document["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), report.findings.len());
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
        assert!(!result["message"]["text"].as_str().expect("a text").is_empty());
        assert_eq!(result["partialFingerprints"]["binderyDiff/v1"].as_str().expect("a fingerprint").len(), 16);
        for location in result["locations"].as_array().expect("locations") {
            let place = &location["physicalLocation"];
            assert!(place["artifactLocation"]["uri"].as_str().expect("a file").ends_with(".contract.rs"));
            assert!(place["region"]["startLine"].as_u64().expect("a line") >= 1);
        }
    }
}

#[test]
fn ci_servers_get_failures_for_what_fails() {
    let report = report();
    let text = rendered(&report, Format::JUnit, Language::English);
    let document = roxmltree::Document::parse(&text).expect("XML");
    let suites = document.root_element();
    let count = |name: &str| suites.descendants().filter(|node| node.has_tag_name(name)).count();
    assert_eq!(suites.attribute("tests"), Some(count("testcase").to_string().as_str()));
    assert_eq!(suites.attribute("failures"), Some(count("failure").to_string().as_str()));
    let breaking = report.findings.iter().filter(|finding| !finding.verdicts.wire().is_safe()).count();
    assert_eq!(count("failure"), breaking);
    assert!(breaking > 0 && breaking < report.findings.len());
}

#[test]
fn what_was_accepted_is_not_told_again_but_kept() {
    let mut report = report();
    let fingerprint = report.findings[0].fingerprint.clone();
    let text = format!(
        "[[ignore]]\nfingerprint = \"{fingerprint}\"\nreason = \"we send it since March\"\n\n\
         [[ignore]]\nfingerprint = \"0123456789abcdef\"\nreason = \"long gone\"\n"
    );
    let parse = |text: &str| {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let file = sources.add("ignore.toml", "ignore.toml", text);
        let ignore = Ignore::parse(text, file, &mut diagnostics);
        (ignore, diagnostics.render(&sources, false))
    };
    let ignore = parse(&text).0.expect("a right file");
    let before = report.findings.len();
    let met = ignore.apply(&mut report);
    assert_eq!(report.findings.len(), before - 1);
    assert_eq!(report.ignored[0].1, "we send it since March");
    assert_eq!(ignore.stale(&met).collect::<Vec<_>>(), ["0123456789abcdef"]);
    let sarif: Value = serde_json::from_str(&rendered(&report, Format::Sarif, Language::English)).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert!(results.iter().any(|result| result["suppressions"][0]["justification"] == "we send it since March"));

    let (ignore, message) = parse("[[ignore]]\nfingerprint = \"0123456789abcdef\"\nreason = \" \"\n");
    assert!(ignore.is_none() && message.contains("needs a reason"), "{message}");
    let (ignore, message) = parse("[[ignore]]\nfingerprint = \"X\"\nreason = \"y\"\n");
    assert!(ignore.is_none() && message.contains("is no fingerprint"), "{message}");
    let (ignore, message) = parse("[[ignore]]\nfingerprint = 3\n");
    assert!(ignore.is_none() && message.contains("ignore.toml:2"), "{message}");
}
