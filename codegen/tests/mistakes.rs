//! Mistakes people make with `bindery.toml` and on the command line: what is said, and what is left alone.
#![cfg(feature = "cli")]

use std::path::Path;
use std::process::{Command, Stdio};

const SCHEMA: &str = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:a'>\
                      <xs:element name='price' type='xs:int'/></xs:schema>";

/// Runs the command in a folder: its exit code and what it says, both ways.
fn bindery(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_bindery")).args(arguments).current_dir(folder).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    (output.status.code().unwrap(), text.into_owned())
}

fn entry(name: &str, rest: &str) -> String {
    format!("[[generate]]\nname = \"{name}\"\n{rest}\n")
}

#[test]
fn settings_that_cannot_be_meant() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("shop.xsd"), SCHEMA).unwrap();
    std::fs::write(folder.path().join("shop.overlay.rs"), "").unwrap();
    let plain = |from: &str, to: &str| format!("from = [\"{from}\"]\nto = \"{to}\"");
    let shop = plain("shop.xsd", "shop.rs");
    let with = |more: &str| entry("shop", &format!("{shop}\n{more}"));
    let cases: &[(String, &[&str])] = &[
        (String::new(), &["E0007", "`[[generate]]`"]),
        ("[generate]\nname = \"shop\"".into(), &["E0005", "bindery.toml:1:1", "write `[[generate]]`"]),
        (entry("shop", "form = []\nto = \"a\""), &["E0005", "bindery.toml:3:1", "did you mean `from`?"]),
        (entry("shop", "from = \"shop.xsd\"\nto = \"a\""), &["E0005", "bindery.toml:3:8", "write a list"]),
        (
            entry("shop", &shop) + &entry("shop", &plain("shop.xsd", "b.rs")),
            &["E0006", "the first", "bindery.toml:6:8"],
        ),
        (entry("shop", &shop) + &entry("bank", &plain("shop.xsd", "./shop.rs")), &["E0013", "bindery.toml:8:6"]),
        (entry("shop", &plain("shop.xsd", "shop.xsd")), &["E0014", "shop.xsd", "is not replaced"]),
        (entry("shop", &plain("shop.overlay.rs", "shop.rs")), &["E0015", "`overlays`"]),
        (entry("shop", &plain("shpo.xsd", "a.rs")), &["E0201", "did you mean `shop.xsd`?", "(bindery.toml:2:8)"]),
        (with("overlays = [\"shop.overlays.rs\"]"), &["E0551", "did you mean `shop.overlay.rs`?"]),
        (entry("shop", &plain("a/shop.xsd", "a.rs")), &["E0201", "no folder `a`"]),
        (entry("shop", &plain("http://a.example/b?wsdl", "a.rs")), &["E0201", "bindery fetch"]),
        (with("roots = [\"wide\"]"), &["E0201", "`wide`"]),
        (with("limits = { file_bytes = 9 }"), &["E0207", "limits"]),
        (with("derives = [\"De bug\"]"), &["E0609", "`De bug`"]),
        (with("extern_types = { price = \"Price\" }"), &["E0609", "`Price`", "crate::"]),
    ];
    for (settings, said) in cases {
        std::fs::write(folder.path().join("bindery.toml"), settings).unwrap();
        let (code, text) = bindery(folder.path(), &["generate"]);
        assert_eq!(code, 1, "{settings}\n{text}");
        said.iter().for_each(|part| assert!(text.contains(part), "no `{part}` for\n{settings}\nin\n{text}"));
    }
    assert_eq!(std::fs::read_to_string(folder.path().join("shop.xsd")).unwrap(), SCHEMA);
    assert!(!folder.path().join("shop.rs").exists());
}

#[test]
fn files_that_are_something_else() {
    let folder = tempfile::tempdir().unwrap();
    let cases: &[(&[u8], &str)] = &[
        (b" \n", "is empty"),
        (b"{ \"openapi\": \"3.0.0\" }", "is JSON"),
        (b"openapi: 3.0.0", "is an OpenAPI document"),
        (b"%PDF-1.4 <x>", "is a PDF document"),
        (b"PK\x03\x04rest", "is zip data"),
        (b"not here", "is plain text"),
        (b"[[generate]]", "is plain text"),
        (b"<!DOCTYPE html><html><body>Log in", "is an HTML page"),
        (b"sorry <a/>", "is not well-formed XML: line 1, column 1"),
    ];
    for (bytes, said) in cases {
        std::fs::write(folder.path().join("a.wsdl"), bytes).unwrap();
        let (code, text) = bindery(folder.path(), &["inspect", "a.wsdl"]);
        assert!(code == 1 && text.contains(&format!("`a.wsdl` {said}")) && text.contains("help: "), "{said}: {text}");
    }
}

#[test]
fn whoever_stops_reading_has_read_enough() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_bindery"))
        .arg("explain")
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The page that lists the settings has all there are, and no other.
#[test]
fn every_setting_is_documented() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bindery.toml"), "[[generate]]\nzzzzzzzzzz = 1").unwrap();
    let (_, text) = bindery(folder.path(), &["generate"]);
    let known = text.split_once("expected one of ").unwrap().1.lines().next().unwrap();
    let mut known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let Ok(readme) = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")) else {
        return println!("skipped: needs the repository's README");
    };
    let section = readme.split_once("\n## bindery.toml\n").unwrap().1.split("\n## ").next().unwrap();
    let cells = section.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let mut told: Vec<&str> = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    known.sort_unstable();
    told.sort_unstable();
    assert_eq!(known, told);
}
