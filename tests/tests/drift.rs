//! The way back: what answers hold beyond the contract goes into a file, is summed up, and becomes lines of the contract.

mod support;

use bindery_codegen::diff;
use bindery_codegen::drift::{self, Finding};
use bindery_codegen::generate::{self, Request};
use bindery_codegen::model::Model;
use bindery_generated::mont::{B2BServiceV2Client, ChangeQuantityOfSubscription, XML};
use bindery_runtime as rt;

use support::{Canned, Fixed, root};

/// The vendor's sample with what a newer version of the service might add.
fn newer_answer() -> String {
    let sample = root().join("contracts/mont/samples/change_quantity.response.xml");
    let sample = std::fs::read_to_string(sample).expect("the sample");
    let newer = sample
        .replace("<StateId>1</StateId>", "<StateId>42</StateId>")
        .replace(
            "<Source>1</Source>",
            "<NextBill>2016-05-01T00:00:00</NextBill><ApiKey>PLANTED-1</ApiKey><Source>1</Source>",
        )
        .replace("<Data>", "<Data tariff=\"PLANTED-2\">");
    assert_ne!(newer, sample);
    newer
}

fn model(folder: &std::path::Path, text: &str) -> Model {
    let file = folder.join("b2b_v2.contract.rs");
    // Its examples lie elsewhere.
    let lines: String =
        text.lines().filter(|line| !line.contains("#[example(")).map(|line| format!("{line}\n")).collect();
    std::fs::write(&file, lines).expect("a contract");
    let loaded = generate::load(&Request { inputs: vec![file], ..Request::default() }, None);
    loaded.unwrap_or_else(|failure| panic!("{failure}")).model
}

#[test]
fn what_a_newer_service_sends_becomes_lines_of_the_contract() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("drift.jsonl");
    let log = rt::DriftLog::append_to(&file).and_then(|log| log.configured(Fixed, 1 << 20)).expect("a log");
    let settings = rt::Settings::new().credentials("me", "PLANTED-3").on_drift(log.listener());
    let client = B2BServiceV2Client::with(Canned::new(200, "text/xml", newer_answer()), settings);
    for _ in 0..3 {
        let input =
            ChangeQuantityOfSubscription { mont_subscription_id: "S".into(), by_end_user: true, new_quantity: 3 };
        client.change_quantity_of_subscription(input).over(&XML).send().expect("the answer is read");
    }
    log.flush().expect("the log is written");

    let text = std::fs::read_to_string(&file).expect("the log");
    for secret in ["PLANTED", "0K548080ZafKs", "2016-05-01", "SUB-001068"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let (lines, unread) = drift::read(text.as_bytes()).expect("a drift file");
    assert!(unread.is_empty(), "{unread:?}");
    let findings = drift::sum(lines);
    let said: String = findings.iter().map(Finding::paragraph).collect();
    let day = "on 2015-09-23";
    for words in [
        format!("SubscriptionContract: new optional member `NextBill`, looks like dateTime, seen 3 times, {day}"),
        format!("SubscriptionContract: new optional member `ApiKey`, text of up to 9 characters, seen 3 times, {day}"),
        format!(
            "SubscriptionContract: new optional attribute `tariff`, text of up to 9 characters, seen 3 times, {day}"
        ),
        format!("new value `42` of `StateId`, seen 3 times, {day}"),
    ] {
        assert!(said.contains(&words), "no `{words}` in:\n{said}");
    }

    // The proposals are what the contract lacks: with them, the diff has the same to say.
    let contract = root().join("contracts/mont/b2b_v2.contract.rs");
    let old = std::fs::read_to_string(contract).expect("the contract");
    let mut new = old.clone();
    for (place, lines) in findings.iter().filter_map(Finding::proposal) {
        let place = if place.contains("StateId") { "enum SubscriptionState".to_owned() } else { place };
        let start = format!("{place} {{\n");
        assert!(new.contains(&start), "no `{place}` in the contract");
        new = new.replace(&start, &format!("{start}{lines}\n"));
    }
    let report = diff::compare(&model(folder.path(), &old), &model(folder.path(), &new));
    let mut changes: Vec<(&str, &str)> = report.findings.iter().map(|it| (it.rule.id, it.name())).collect();
    changes.sort_unstable();
    let mut proposed: Vec<&str> = findings.iter().filter_map(Finding::rule).collect();
    proposed.sort_unstable();
    assert_eq!(changes.iter().map(|(rule, _)| *rule).collect::<Vec<_>>(), proposed, "{changes:?}");
}
