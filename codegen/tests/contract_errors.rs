//! What people are told about mistakes in hand-written contracts and overlays, word for word.
//!
//! Each `contract_errors/*.contract.rs` is read as a contract, each `*.overlay.rs` is applied to `base.contract.rs`, and what
//! is reported must be the text in the `.stderr` file beside it. `UPDATE_EXPECT=1` writes those files anew.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use bindery_codegen::contract;
use bindery_codegen::diagnostic::Diagnostics;
use bindery_codegen::source::Sources;

/// Tests run in the package's folder, so that paths in messages are the same on every machine.
const FOLDER: &str = "tests/contract_errors";

fn report(path: &Path) -> String {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    if path.to_string_lossy().ends_with(".overlay.rs") {
        let base = Path::new(FOLDER).join("base.contract.rs");
        let mut model = contract::load(&base, &mut sources, &mut diagnostics).expect("the base contract is right");
        let good = contract::overlay::apply(path, &mut model, &mut sources, &mut diagnostics);
        assert_eq!(good, !diagnostics.has_errors(), "{}", path.display());
    } else {
        let model = contract::load(path, &mut sources, &mut diagnostics);
        assert_eq!(model.is_some(), !diagnostics.has_errors(), "{}", path.display());
    }
    format!("{}\n", diagnostics.render(&sources, false))
}

#[test]
fn mistakes_are_told_as_expected() {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(FOLDER)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter(|path| path.file_name().is_some_and(|name| name != "base.contract.rs"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 25, "only {} cases", paths.len());
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    for path in paths {
        let found = report(&path);
        let expected_path = path.with_extension("stderr");
        if update {
            std::fs::write(&expected_path, &found).expect("writing the expected text");
            continue;
        }
        let expected = std::fs::read_to_string(&expected_path).unwrap_or_default();
        if found != expected {
            let _ = writeln!(wrong, "=== {}\n--- expected\n{expected}--- found\n{found}", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}(UPDATE_EXPECT=1 writes the expected texts anew)");
}

/// Every case is about a mistake, and every code that is reported can be explained.
#[test]
fn every_reported_code_is_explained() {
    for entry in contract::codes::CODES {
        assert!(!entry.title.is_empty() && entry.text.len() > 40, "{} is not explained", entry.code);
    }
    let mut seen = 0;
    for entry in std::fs::read_dir(FOLDER).expect("the folder of cases") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "stderr") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("an expected text");
        for piece in text.split('[').skip(1) {
            let code: String = piece.chars().take_while(|c| *c != ']').collect();
            if code.len() == 5 && code.starts_with(['E', 'W']) && code[1..].chars().all(|c| c.is_ascii_digit()) {
                assert!(contract::codes::CODES.iter().any(|known| known.code == code), "{code} in {}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen >= 25, "only {seen} codes seen");
}

fn load_text(name: &str, text: &[u8]) -> String {
    let folder = std::env::temp_dir().join(format!("bindery-contract-errors-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let path = folder.join(name);
    std::fs::write(&path, text).expect("writing the input");
    let found = {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        assert!(contract::load(&path, &mut sources, &mut diagnostics).is_none());
        diagnostics.render(&sources, false)
    };
    std::fs::remove_file(&path).expect("removing the input");
    let _ = std::fs::remove_dir(&folder);
    found
}

/// Inputs that would exhaust the stack of a recursive reader are refused with a message.
#[test]
fn deep_and_endless_input_is_refused() {
    let cases = [
        ("brackets", format!("const X: Ns = {}1{};", "[".repeat(20_000), "]".repeat(20_000))),
        ("angles", format!("struct X {{ A: {}i32{} }}", "Vec<".repeat(20_000), ">".repeat(20_000))),
        ("signs", format!("const X: Ns = {}1;", "!".repeat(200_000))),
        ("sum", format!("const X: Ns = 1{};", "+ 1".repeat(200_000))),
        ("pointers", format!("struct X {{ A: {}i32 }}", "*const ".repeat(50_000))),
        ("attribute", format!("#[doc = {}1]\nstruct X {{}}", "-".repeat(100_000))),
        ("references", format!("struct X {{ A: {}i32 }}", "&".repeat(100_000))),
    ];
    for (name, text) in cases {
        let found = load_text(&format!("{name}.contract.rs"), text.as_bytes());
        assert!(found.contains("E0504"), "{name}: {}", &found[..found.len().min(500)]);
    }
}

#[test]
fn other_encodings_are_told() {
    let mut text = b"\xef\xbb\xbfstruct X {}\n// ".to_vec();
    text.extend(b"\xef\xf0\xe8\xe2\xe5\xf2\n");
    let found = load_text("cp1251.contract.rs", &text);
    assert!(found.contains("E0552") && found.contains("UTF-8") && found.contains(":2:4"), "{found}");
}

#[test]
fn a_contract_that_is_not_there_is_told() {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    assert!(contract::load(Path::new("no/such.contract.rs"), &mut sources, &mut diagnostics).is_none());
    assert!(diagnostics.render(&sources, false).contains("E0551"));
}
