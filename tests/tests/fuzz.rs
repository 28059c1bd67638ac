//! A few contracts made by chance, and a few broken by chance; the whole of it is the `fuzz` binary.

use std::path::{Path, PathBuf};
use std::process::Command;

use bindery_tests::corpus;
use bindery_tests::corpus::report::Row;
use bindery_tests::fuzz::run::Wanted;
use bindery_tests::fuzz::{calls, mangle, run};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz")
}

fn failed(rows: &[Row]) -> Vec<String> {
    let failed = rows.iter().filter(|row| row.result == "failed");
    failed.map(|row| format!("{} {}: {}: {}", row.contract, row.document, row.class, row.detail)).collect()
}

fn has_xmllint() -> bool {
    let found = Command::new("xmllint").arg("--version").output().is_ok();
    if !found {
        println!("skipped: needs xmllint");
    }
    found
}

/// Documents of schemas that nobody wrote are read, written and read again. The other files of the run stay in `target`.
#[test]
fn schemas_made_by_chance() {
    if !has_xmllint() {
        return;
    }
    let outcome = run::run(&Wanted { seed: 4, from: 0, count: 12, documents: 4 }, &folder()).unwrap();
    assert_eq!(failed(&outcome.rows), [""; 0]);
    assert!(outcome.rows.len() > 100, "{} documents, {:#?}", outcome.rows.len(), outcome.invalid);
}

/// Clients of services that nobody wrote send what the contract says.
#[test]
fn services_made_by_chance() {
    if !has_xmllint() {
        return;
    }
    let outcome = calls::run(&Wanted { seed: 4, from: 0, count: 8, documents: 2 }, &folder()).unwrap();
    assert_eq!(failed(&outcome.rows), [""; 0]);
    assert!(outcome.rows.len() > 50, "{} documents, {:#?}", outcome.rows.len(), outcome.invalid);
}

/// Whatever is done to a contract, it is read, or refused with a place and a reason.
#[test]
fn contracts_broken_by_chance() {
    let Some(corpus) = corpus::folder() else {
        println!("skipped: needs ../shared/corpus");
        return;
    };
    let victims = mangle::victims(&corpus, 1).unwrap();
    let broken = mangle::run(&victims, 4, 0..60, &folder()).unwrap();
    assert_eq!(failed(&broken.rows), [""; 0]);
    assert_eq!(broken.rows.len(), 60);
}
