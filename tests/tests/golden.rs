//! What is generated, letter for letter: `generated/`, and a small contract per kind of construct in `tests/golden/`.
//!
//! `UPDATE_EXPECT=1 cargo test -p bindery-tests --test golden` writes the fixtures anew. `roundtrip.rs` compiles them.

mod support;

use std::path::{Path, PathBuf};

use bindery_codegen::generate::{Request, generate};
use bindery_codegen::plan::PlanOptions;
use bindery_codegen::{config, output};

use support::{difference, root};

fn request(inputs: Vec<PathBuf>, base: PathBuf) -> Request {
    Request { inputs, base, plan: PlanOptions { example_tests: false, ..PlanOptions::default() }, ..Request::default() }
}

fn text(request: &Request) -> String {
    match generate(request) {
        Ok(generated) => generated.text,
        Err(failure) => panic!("{failure}"),
    }
}

/// The folders of `tests/golden/`, each with what is asked for: its input, with settings where it has a `bindery.toml`.
fn fixtures() -> Vec<(PathBuf, Request)> {
    let folder = root().join("tests/golden");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let input = |folder: PathBuf| {
        let names = ["input.wsdl", "input.xsd", "input.contract.rs"];
        let found = names.iter().map(|name| folder.join(name)).find(|path| path.exists());
        let input =
            found.unwrap_or_else(|| panic!("{}: no input.wsdl, input.xsd or input.contract.rs", folder.display()));
        let settings = folder.join("bindery.toml");
        let request = if settings.exists() {
            let targets = config::load(&settings).unwrap_or_else(|failure| panic!("{failure}"));
            targets.into_iter().next().expect("an entry").request
        } else {
            request(vec![input], folder.clone())
        };
        (folder, request)
    };
    folders.into_iter().map(input).collect()
}

#[test]
fn the_committed_clients_are_what_their_contracts_say() {
    let mut stale = String::new();
    let targets = config::load(&root().join("bindery.toml")).unwrap_or_else(|failure| panic!("{failure}"));
    assert!(targets.len() >= 4);
    for target in targets {
        let old = std::fs::read_to_string(&target.output).unwrap_or_default();
        let new = text(&target.request);
        if old != new {
            stale.push_str(&format!("{} {}", target.output.display(), difference(&old, &new)));
        }
    }
    assert!(stale.is_empty(), "run `bindery generate` and commit the result:\n{stale}");
}

#[test]
fn fixtures_are_generated_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut stale = String::new();
    for (folder, request) in fixtures() {
        let new = text(&request);
        let path = folder.join("expected.rs");
        if update {
            output::write(&path, &new).unwrap();
        }
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        if old != new {
            stale.push_str(&format!("{} {}", path.display(), difference(&old, &new)));
        }
    }
    assert!(stale.is_empty(), "if this is meant, set UPDATE_EXPECT=1 and look at what changes:\n{stale}");
}

/// The one test here that changes the current folder; the others name theirs in full.
#[test]
fn the_same_bytes_each_time_and_from_everywhere() {
    let project = root().canonicalize().unwrap();
    for (_, request) in fixtures() {
        assert_eq!(text(&request), text(&request));
    }
    let relative = Path::new("contracts/mont/b2b_v2.contract.rs");
    let absolute = request(vec![project.join(relative)], project.clone());
    let elsewhere = std::env::temp_dir();
    let mut texts = Vec::new();
    for (current, request) in [
        (project.as_path(), &absolute),
        (elsewhere.as_path(), &absolute),
        (project.as_path(), &request(vec![relative.to_owned()], PathBuf::new())),
    ] {
        std::env::set_current_dir(current).unwrap();
        texts.push(text(request));
    }
    assert!(texts[0] == texts[1] && texts[1] == texts[2], "where the generator runs shows in what it writes");
    assert!(!texts[0].contains(&*project.to_string_lossy()), "a path of this machine shows");
}

/// What may be sent twice is never a guess: an effect that is misspelt or unknown is an error with its place.
#[test]
fn an_unknown_effect_is_not_read() {
    let contract = r#"
        #![contract(namespace = SHOP)]
        const SHOP: Ns = "http://example.com/shop";
        #[binding(soap, version = "1.2", endpoint = "https://example.com/", action = "http://example.com/shop/{op}")]
        trait Shop {
            #[idempotant]
            fn PlaceOrder(number: String) -> bool;
            #[harmless]
            fn CancelOrder(number: String) -> bool;
        }
    "#;
    let path = std::env::temp_dir().join(format!("bindery-effect-{}.contract.rs", std::process::id()));
    std::fs::write(&path, contract).unwrap();
    let failure = generate(&request(vec![path.clone()], std::env::temp_dir()));
    std::fs::remove_file(&path).unwrap();
    let message = failure.expect_err("the contract has no such effects").to_string();
    for part in ["`idempotant`", ":6:15", "did you mean `#[idempotent]`", "`harmless`", ":8:15"] {
        assert!(message.contains(part), "{part} is not in:\n{message}");
    }
}
