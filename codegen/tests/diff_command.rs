//! `bindery diff` as a command: its sides, its exit codes, and git.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("diff-command").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("makes a folder");
    folder
}

fn bindery(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bindery")).current_dir(folder).args(arguments).output().expect("bindery runs")
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Two schemas, one of which includes the other.
fn contract(folder: &Path, price: &str) {
    std::fs::create_dir_all(folder.join("types")).expect("makes a folder");
    let schema = |body: &str| {
        format!(
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns=\"urn:shop\" targetNamespace=\"urn:shop\">{body}</xs:schema>"
        )
    };
    let order = "<xs:include schemaLocation=\"types/price.xsd\"/><xs:element name=\"Order\"><xs:complexType><xs:sequence><xs:element name=\"Sum\" type=\"Price\"/></xs:sequence></xs:complexType></xs:element>";
    let price = format!("<xs:simpleType name=\"Price\"><xs:restriction base=\"{price}\"/></xs:simpleType>");
    std::fs::write(folder.join("order.xsd"), schema(order)).expect("writes");
    std::fs::write(folder.join("types/price.xsd"), schema(&price)).expect("writes");
}

/// The page about it shows what it prints.
#[test]
fn the_documented_example_is_what_comes_out() {
    let output = bindery(Path::new("tests/diff/mont"), &["diff", "2015.contract.rs", "2016.contract.rs"]);
    match std::fs::read_to_string("../docs/change.md") {
        Ok(page) => assert!(page.contains(&format!("```text\n{}```", text(&output))), "{}", text(&output)),
        Err(_) => println!("skipped: needs ../docs"),
    }
}

#[test]
fn exit_codes_say_what_was_asked() {
    let folder = scratch("codes");
    contract(&folder.join("v1"), "xs:int");
    contract(&folder.join("v2"), "xs:long");
    let run = |more: &[&str]| bindery(&folder, &[&["diff", "v1/order.xsd", "v2/order.xsd"], more].concat());
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains("scalar-widened"), "{}", text(&output));
    assert_eq!(run(&["--fail-on", "wire"]).status.code(), Some(1));
    assert_eq!(run(&["--fail-on", "behaviour"]).status.code(), Some(0));
    assert_eq!(run(&["--fail-on", "behaviour,source"]).status.code(), Some(1));
    assert_eq!(run(&["--fail-on", "colour"]).status.code(), Some(2));
    assert_eq!(bindery(&folder, &["diff", "v1/order.xsd", "v3"]).status.code(), Some(2));
    assert_eq!(bindery(&folder, &["diff", "v1/order.xsd"]).status.code(), Some(2));
    // What was looked at fails no more.
    let output = text(&output);
    let fingerprint = output.split("[scalar-widened ").nth(1).and_then(|rest| rest.get(..16)).expect("a fingerprint");
    let ignore = format!("[[ignore]]\nfingerprint = \"{fingerprint}\"\nreason = \"sums are small\"\n");
    std::fs::write(folder.join("ignore.toml"), ignore).expect("writes");
    let output = run(&["--fail-on", "wire,source", "--ignore", "ignore.toml", "--lang", "ru"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains("Изменений нет. (пропущено: 1)"), "{}", text(&output));
    let page = run(&["--format", "markdown", "--ignore", "ignore.toml"]);
    assert!(text(&page).contains("No changes. (ignored: 1)"), "{}", text(&page));
}

#[test]
fn rules_and_codes_are_explained() {
    let folder = scratch("explain");
    let output = text(&bindery(&folder, &["explain", "member-added-required"]));
    assert!(output.contains("new required member …") && output.contains("request:   breaking"), "{output}");
    assert!(text(&bindery(&folder, &["explain", "E0801"])).contains("ignore"), "E0801");
    let output = bindery(&folder, &["explain", "member-added-requird"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output).contains("did you mean `member-added-required`?"), "{}", text(&output));
}

#[test]
fn folders_are_compared_contract_by_contract() {
    let folder = scratch("folders");
    for (version, body) in [("v1", "Number: String,"), ("v2", "Number: String, Note: Option<String>,")] {
        contract(&folder.join(version), "xs:int");
        let text = format!(
            "//! A till.\n#![contract(namespace = TILL)]\nconst TILL: Ns = \"urn:till\";\nstruct Receipt {{ {body} }}\n"
        );
        std::fs::write(folder.join(version).join(format!("till_{version}.contract.rs")), text).expect("writes");
    }
    let output = text(&bindery(&folder, &["diff", "v1", "v2"]));
    assert!(output.contains("*.xsd\nNo changes."), "{output}");
    assert!(output.contains("till_v1.contract.rs → till_v2.contract.rs\nChanges: 1 "), "{output}");
    assert!(output.contains("new optional member `Note`"), "{output}");
}

fn git(folder: &Path, arguments: &[&str]) -> Option<Output> {
    let settings = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"];
    Command::new("git").current_dir(folder).args(settings).args(arguments).output().ok()
}

#[test]
fn revisions_are_compared_and_git_may_ask() {
    let folder = scratch("git");
    if git(&folder, &["init", "-q"]).is_none_or(|output| !output.status.success()) {
        println!("skipped: needs git");
        return;
    }
    let commit = |message: &str| {
        git(&folder, &["add", "-A"]);
        let output = git(&folder, &["commit", "-q", "-m", message]).expect("git runs");
        assert!(output.status.success(), "{}", text(&output));
    };
    contract(&folder.join("contracts"), "xs:int");
    commit("one");
    contract(&folder.join("contracts"), "xs:long");
    commit("two");
    let output = bindery(&folder, &["diff", "git:HEAD~1", "contracts/order.xsd"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains("old HEAD~1:contracts/types/price.xsd:1:"), "{}", text(&output));
    // From below the root, and with a path.
    let below = folder.join("contracts");
    let output = bindery(
        &below,
        &["diff", "git:HEAD~1:contracts/order.xsd", "git:HEAD:contracts/order.xsd", "--fail-on", "wire"],
    );
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    for (side, message) in [("git:nowhere", "no revision `nowhere`"), ("git:HEAD:missing.xsd", "has no missing.xsd")] {
        let output = bindery(&folder, &["diff", side, "contracts/order.xsd"]);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output));
        assert!(text(&output).contains(message), "{}", text(&output));
    }
    assert!(git(&folder, &["status", "--porcelain"]).is_some_and(|output| output.stdout.is_empty()));

    let driver = format!("diff.contract.command={} diff --git-driver", env!("CARGO_BIN_EXE_bindery"));
    std::fs::write(folder.join(".gitattributes"), "*.xsd diff=contract\n").expect("writes");
    let output = git(&folder, &["-c", &driver, "diff", "HEAD~1", "HEAD"]).expect("git runs");
    let told = text(&output);
    assert!(told.contains("contracts/types/price.xsd\n") && told.contains("scalar-widened"), "{told}");
}
