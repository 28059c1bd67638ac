use std::collections::BTreeMap;

use super::{Lock, LockedFile, Names, sha256};

fn sample() -> Lock {
    let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let fetched = LockedFile {
        url: Some("https://example.com/Shop.svc?wsdl".to_owned()),
        fetched: Some("2026-11-22".to_owned()),
        locations: map(&[("https://example.com/Shop.svc?xsd=xsd0", "contracts/shop/Shop.xsd0.xsd")]),
        ..LockedFile::of(b"<a/>")
    };
    let names = BTreeMap::from([
        (String::new(), map(&[("type Detail", "Detail")])),
        ("urn:shop".to_owned(), map(&[("module", ""), ("type Order", "Order2"), ("value Kind \"a\"\\\n", "r#type")])),
    ]);
    Lock {
        files: BTreeMap::from([
            ("contracts/shop/Shop.wsdl".to_owned(), fetched),
            ("../shared/own.xsd".to_owned(), LockedFile::of(b"")),
        ]),
        names: BTreeMap::from([("shop v2".to_owned(), Names(names))]),
    }
}

fn read(text: &str) -> Result<Option<Lock>, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bindery.lock");
    std::fs::write(&path, text).unwrap();
    let shown = format!("{}/", folder.path().display()).replace('\\', "/");
    Lock::read(&path).map_err(|failure| failure.to_string().replace(&shown, ""))
}

#[test]
fn what_is_written_is_read_again_and_written_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bindery.lock");
    assert_eq!(Lock::read(&path).unwrap(), None);
    let lock = sample();
    assert!(lock.write(&path).unwrap());
    assert!(!lock.write(&path).unwrap());
    assert_eq!(Lock::read(&path).unwrap(), Some(lock));
}

#[test]
fn a_fact_is_a_line() {
    let text = sample().to_text();
    assert!(text.contains("\n\"type Order\" = \"Order2\"\n"), "{text}");
    assert!(text.contains("\n[names.\"shop v2\".\"urn:shop\"]\n"), "{text}");
    let line = text.lines().find(|line| line.starts_with("\"contracts/shop/Shop.wsdl\"")).unwrap();
    assert!(
        line.contains(&sha256(b"<a/>")) && line.contains("size = 4") && line.ends_with("fetched = \"2026-11-22\" }")
    );
}

#[test]
fn damage_is_told_with_its_place_and_what_to_do() {
    let files = |fact: &str| format!("version = 1\n[files]\n{fact}\n");
    let hash = sha256(b"");
    let cases = [
        ("version = 2\n".to_owned(), ["E0010", "bindery.lock:1:11", "a newer one"]),
        ("version = 1\n<<<<<<< ours\n".to_owned(), ["E0009", "bindery.lock:2:1", "keep the lines of both sides"]),
        ("version = 1\nversion = 1\n".to_owned(), ["E0008", "bindery.lock:2:1", "keep either"]),
        ("version = 1\nfile = 2\n".to_owned(), ["E0008", "bindery.lock:2:1", "mend the file"]),
        (files("\"a\" = { sha256 = \"ABC\", size = 1 }"), ["E0008", "bindery.lock:3:18", "64 lower-case"]),
        (files(&format!("\"/a\" = {{ sha256 = \"{hash}\", size = 1 }}")), ["E0008", "bindery.lock:3:1", "relative"]),
        (files("[locations.\"b\"]"), ["E0008", "bindery.lock:3:12", "does not list"]),
        (
            "version = 1\n[names.a.\"\"]\n\"type X\" = \"X { }\"\n".to_owned(),
            ["E0011", "bindery.lock:3:12", "delete the line"],
        ),
    ];
    for (text, expected) in cases {
        let message = read(&text).unwrap_err();
        for part in expected {
            assert!(message.contains(part), "{part} in\n{message}");
        }
    }
}
