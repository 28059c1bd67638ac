//! Fetching again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bindery_codegen::fetch::{Change, Options};
use bindery_codegen::generate::{self, Request};
use bindery_codegen::lock::Lock;

use super::server::{Server, with, xml};
use super::{Project, options, schema, wsdl};

/// A vendor who changes its schema, drops a document and adds another with the version.
fn vendor() -> (Server, Arc<AtomicUsize>) {
    let version = Arc::new(AtomicUsize::new(1));
    let now = Arc::clone(&version);
    let server = Server::new(move |asked| {
        let version = now.load(Ordering::SeqCst);
        match (asked.target.as_str(), version) {
            ("/s.wsdl", _) => xml(wsdl(r#"<xs:import namespace="urn:a" schemaLocation="a.xsd"/>"#)),
            ("/a.xsd", 1) => xml(schema("urn:a", r#"<xs:include schemaLocation="old.xsd"/>"#, "Answer")),
            ("/a.xsd", 2) => xml(schema("urn:a", r#"<xs:include schemaLocation="new.xsd"/>"#, "Answer")),
            ("/old.xsd", 1) => xml(schema("urn:a", "", "Old")),
            ("/new.xsd", 2) => xml(schema("urn:a", "", "New")),
            _ => with("500 Internal Server Error", "", ""),
        }
    });
    (server, version)
}

#[test]
fn what_changed_is_told_and_what_went_is_gone() {
    let ((server, version), project) = (vendor(), Project::new());
    project.fetch(&server.url("/s.wsdl"), "s", &options()).expect("version 1");
    let later = Options { today: "2026-03-01".to_owned(), ..options() };
    let before = project.files();
    let same = project.update(&later).expect("nothing has changed");
    assert!(!same[0].changed());
    assert_eq!(project.files(), before, "the day alone is no change");

    version.store(2, Ordering::SeqCst);
    let reports = project.update(&later).expect("version 2");
    let changes: Vec<_> = reports[0].files.iter().map(|file| (file.path.as_str(), &file.change)).collect();
    assert!(matches!(changes[0], ("contracts/s/a.xsd", Change::Changed { .. })), "{changes:?}");
    let rest = [
        ("contracts/s/new.xsd", &Change::New),
        ("contracts/s/old.xsd", &Change::Gone),
        ("contracts/s/s.wsdl", &Change::Same),
    ];
    assert_eq!(changes[1..], rest);
    let lock = Lock::read(&project.lock()).unwrap().unwrap();
    let day = |name: &str| lock.files[&format!("contracts/s/{name}")].fetched.clone().unwrap();
    assert_eq!((day("a.xsd"), day("s.wsdl")), ("2026-03-01".to_owned(), "2026-01-31".to_owned()));
    assert_eq!(lock.files.len(), 3);
    assert!(!project.files().contains_key("contracts/s/old.xsd"));

    version.store(3, Ordering::SeqCst);
    let before = project.files();
    assert!(project.update(&later).unwrap_err().contains("status 500"));
    assert_eq!(project.files(), before);
}

#[test]
fn a_file_that_was_edited_is_not_overwritten() {
    let ((server, version), project) = (vendor(), Project::new());
    let mine = project.path().join("contracts/s");
    std::fs::create_dir_all(&mine).unwrap();
    std::fs::write(mine.join("a.xsd"), "<mine/>").unwrap();
    let problem = project.fetch(&server.url("/s.wsdl"), "s", &options()).unwrap_err();
    assert!(
        problem.contains("E0708") && problem.contains("was not fetched") && problem.contains("--force"),
        "{problem}"
    );
    std::fs::remove_file(mine.join("a.xsd")).unwrap();

    project.fetch(&server.url("/s.wsdl"), "s", &options()).expect("version 1");
    version.store(2, Ordering::SeqCst);
    std::fs::write(mine.join("old.xsd"), "<mine/>").unwrap();
    std::fs::write(mine.join("own.overlay.rs"), "// mine").unwrap();
    let before = project.files();
    let problem = project.update(&options()).unwrap_err();
    assert!(problem.contains("old.xsd") && problem.contains("was changed after"), "{problem}");
    assert_eq!(project.files(), before);

    // Generating takes note of the change, and that does not make it one of the vendor's.
    let mut lock = Lock::read(&project.lock()).unwrap().unwrap();
    let root = project.path().join("contracts/s/s.wsdl");
    let request = Request { inputs: vec![root], locations: lock.locations(project.path()), ..Request::default() };
    std::fs::write(mine.join("old.xsd"), schema("urn:a", "", "Mine")).unwrap();
    let generated = generate::generate(&request).unwrap_or_else(|failure| panic!("{failure}"));
    lock = lock.after(&[("s", &generated)], project.path(), true).unwrap();
    lock.write(&project.lock()).unwrap();
    assert!(project.update(&options()).unwrap_err().contains("old.xsd"));
    project.update(&Options { force: true, ..options() }).expect("forced");
    let after = project.files();
    assert!(!after.contains_key("contracts/s/old.xsd") && after.contains_key("contracts/s/own.overlay.rs"));
}

#[test]
fn a_contract_in_the_same_folder_is_left_alone() {
    let server = Server::new(|asked| match asked.target.as_str() {
        "/common.xsd" => xml(schema("urn:a", "", "Answer")),
        _ => xml(wsdl(r#"<xs:import namespace="urn:a" schemaLocation="common.xsd"/>"#)
            .replace("Orders", &asked.target[1..2])),
    });
    let project = Project::new();
    project.fetch(&server.url("/x.wsdl"), "s", &options()).expect("one");
    let report = project.fetch(&server.url("/y.wsdl"), "s", &options()).expect("two");
    let changes: Vec<_> = report.files.iter().map(|file| (file.path.as_str(), &file.change)).collect();
    assert_eq!(changes, [("contracts/s/common.xsd", &Change::Same), ("contracts/s/y.wsdl", &Change::New)]);
    assert_eq!(project.update(&options()).expect("both").len(), 2);
    assert_eq!(project.files().len(), 4);
}

#[test]
fn nothing_can_be_updated_before_something_was_fetched() {
    assert!(Project::new().update(&options()).unwrap_err().contains("E0710"));
}
