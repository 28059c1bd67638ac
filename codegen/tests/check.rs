//! `bindery generate` and `bindery check` at work in a project.
#![cfg(feature = "cli")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// A project with one contract.
struct Project(tempfile::TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        project.put(
            "bindery.toml",
            "[[generate]]\nname = \"shop\"\nfrom = [\"contracts/shop.xsd\"]\nto = \"src/shop.rs\"\n\
             [[generate]]\nname = \"bank\"\nfrom = [\"contracts/bank.xsd\"]\nto = \"src/bank.rs\"\n",
        );
        project.contract("shop", &["Price"]);
        project.contract("bank", &["Sum"]);
        project
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn contract(&self, name: &str, members: &[&str]) {
        let members: String =
            members.iter().map(|member| format!("<xs:element name='{member}' type='xs:int'/>")).collect();
        let text = format!(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:{name}'><xs:complexType \
             name='Order'><xs:sequence>{members}</xs:sequence></xs:complexType></xs:schema>"
        );
        self.put(&format!("contracts/{name}.xsd"), &text);
    }

    /// Runs the command: its exit code and what it says, both ways.
    fn bindery(&self, arguments: &[&str]) -> (i32, String) {
        let output =
            Command::new(env!("CARGO_BIN_EXE_bindery")).args(arguments).current_dir(self.0.path()).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        (output.status.code().unwrap(), text.into_owned())
    }

    #[track_caller]
    fn check(&self, code: i32, said: &[&str]) {
        let (found, text) = self.bindery(&["check"]);
        assert_eq!(found, code, "{text}");
        said.iter().for_each(|part| assert!(text.contains(part), "no `{part}` in\n{text}"));
    }
}

#[test]
fn what_is_generated_is_up_to_date_until_something_changes() {
    let project = Project::new();
    project.check(1, &["src/shop.rs cannot be read", "bindery.lock: not there", "run `bindery generate shop bank`"]);
    assert_eq!(project.bindery(&["generate"]).0, 0);
    project.check(0, &["src/shop.rs is up to date", "bindery.lock is up to date"]);
    let (shop, lock) = (project.read("src/shop.rs"), project.read("bindery.lock"));

    project.contract("shop", &["Price", "Vat"]);
    let said = [
        "src/shop.rs is stale",
        "+    pub vat: i32,",
        "src/bank.rs is up to date",
        "bindery.lock is stale",
        "changed file contracts/shop.xsd (",
        "new name in shop: member Order Vat in {urn:shop} = `vat`",
        "run `bindery generate shop` and commit the result",
    ];
    project.check(1, &said);
    assert_eq!((project.read("src/shop.rs"), project.read("bindery.lock")), (shop, lock), "check writes nothing");
    assert_eq!(project.bindery(&["generate", "shop"]).0, 0);
    project.check(0, &[]);
}

#[test]
fn each_stale_thing_is_named() {
    let project = Project::new();
    assert_eq!(project.bindery(&["generate"]).0, 0);

    // Blanks and comments: the same code, another file.
    project.put("contracts/bank.xsd", &(project.read("contracts/bank.xsd") + "<!-- read by somebody -->\n"));
    project.check(
        1,
        &["src/bank.rs is up to date", "changed file contracts/bank.xsd", "run `bindery generate` and commit"],
    );
    assert_eq!(project.bindery(&["generate"]).0, 0);

    // A name chosen by hand.
    let lock = project.read("bindery.lock");
    project
        .put("bindery.lock", &lock.replace("\"member Order Price\" = \"price\"", "\"member Order Price\" = \"cost\""));
    project.check(1, &["src/shop.rs is stale", "+    pub cost: i32,", "bindery.lock is up to date"]);
    // A name struck out, and one nobody gave.
    project.put("bindery.lock", &lock.replace("\"member Order Price\" = \"price\"\n", ""));
    project.check(1, &["src/shop.rs is up to date", "new name in shop: member Order Price in {urn:shop} = `price`"]);
    project.put("bindery.lock", &lock.replace("version = 1", "version = 1\n"));
    project.check(1, &["bindery.lock is not in order"]);
    project.put("bindery.lock", &format!("{lock}>>>>>>> theirs\n"));
    project.check(1, &["E0009", "merge conflict", "bindery.lock:"]);
    project.put("bindery.lock", &lock);
    project.check(0, &[]);

    // An entry goes, its file stays.
    let config = project.read("bindery.toml");
    project.put(
        "bindery.toml",
        config.split_inclusive("[[generate]]").take(2).collect::<String>().trim_end_matches("[[generate]]"),
    );
    let said =
        ["bank.rs: generated, but by no entry of bindery.toml", "gone file contracts/bank.xsd", "gone name in bank"];
    project.check(1, &said);

    project.put("contracts/shop.xsd", "<no");
    project.check(1, &["error[", "shop: its inputs have errors", "mend the inputs"]);
}

#[test]
fn a_mistake_in_one_contract_leaves_everything_as_it_was() {
    let project = Project::new();
    assert_eq!(project.bindery(&["generate"]).0, 0);
    let before = (project.read("src/bank.rs"), project.read("bindery.lock"));
    project.contract("bank", &["Sum", "Day"]);
    project.put("contracts/shop.xsd", "<no");
    assert_eq!(project.bindery(&["generate"]).0, 1);
    assert_eq!((project.read("src/bank.rs"), project.read("bindery.lock")), before);
    // The other one alone can be generated, and nothing of the first is forgotten.
    assert_eq!(project.bindery(&["generate", "bank"]).0, 0);
    assert!(project.read("bindery.lock").contains("[names.\"shop\".\"urn:shop\"]"));
    assert_eq!(
        project.bindery(&["check", "nobody"]),
        (2, "error: bindery.toml has no entry `nobody`; it has shop, bank\n".to_owned())
    );
}

#[test]
fn a_limit_can_be_set_and_its_error_names_it() {
    let project = Project::new();
    let config = project.read("bindery.toml");
    let limited =
        |limits: &str| project.put("bindery.toml", &config.replacen("to =", &format!("limits = {limits}\nto ="), 1));
    limited("{ file_bytes = 10 }");
    let (code, text) = project.bindery(&["generate", "shop"]);
    assert!(code == 1 && text.contains("E0207") && text.contains("file_bytes"), "{text}");
    limited("{ bytes = 10 }");
    let (code, text) = project.bindery(&["generate", "shop"]);
    assert!(code == 1 && text.contains("E0005") && text.contains("`bytes`"), "{text}");
    limited("{ file_bytes = 1000 }");
    assert_eq!(project.bindery(&["generate"]).0, 0);
}
