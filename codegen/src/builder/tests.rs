use std::path::{Path, PathBuf};

use super::{Builder, Done};
use crate::lock::Lock;

/// A package with a contract and an `OUT_DIR`.
struct Package(tempfile::TempDir);

impl Package {
    fn new() -> Self {
        let package = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(package.path("out")).unwrap();
        package.contract(&["Price"]);
        package
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a type with these members, and one that refers to something nobody declares, which is a warning.
    fn contract(&self, members: &[&str]) {
        let members: String =
            members.iter().map(|member| format!("<xs:element name='{member}' type='xs:int'/>")).collect();
        let text = format!(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:a' targetNamespace='urn:a'><xs:complexType \
             name='Order'><xs:sequence>{members}<xs:element name='open' type='Missing'/></xs:sequence></xs:complexType>\
             </xs:schema>"
        );
        std::fs::write(self.path("shop.xsd"), text).unwrap();
    }

    fn builder(&self) -> Builder {
        Builder::new().wsdl(self.path("shop.xsd"))
    }

    /// Compiles as a build script would: what was done, and what cargo was told.
    fn compile(&self, builder: Builder) -> Result<(Done, Vec<String>), String> {
        let mut said = Vec::new();
        let done = builder.compile_in(Some(&self.path("out")), &mut |line| said.push(line.to_owned()));
        done.map(|done| (done, said)).map_err(|error| error.to_string())
    }

    fn output(&self) -> String {
        std::fs::read_to_string(self.path("out/shop.rs")).unwrap()
    }
}

fn told(said: &[String], what: &str, path: &Path) -> bool {
    said.iter().any(|line| line.starts_with(what) && line.contains(&*path.to_string_lossy()))
}

#[test]
fn an_unchanged_input_is_not_generated_from_again() {
    let package = Package::new();
    let (first, before) = package.compile(package.builder()).unwrap();
    let (second, after) = package.compile(package.builder()).unwrap();
    assert_eq!((first, second), (Done::Written, Done::Kept));
    // Cargo forgets what it is not told again.
    assert_eq!(before, after);
    assert!(told(&after, "cargo::rerun-if-changed=", &package.path("shop.xsd")));
    assert!(after.iter().any(|line| line.starts_with("cargo::warning=W") && line.contains("Missing")), "{after:?}");
    // A date is no change.
    let text = std::fs::read(package.path("shop.xsd")).unwrap();
    std::fs::write(package.path("shop.xsd"), text).unwrap();
    assert_eq!(package.compile(package.builder()).unwrap().0, Done::Kept);
}

#[test]
fn whatever_could_change_the_output_makes_it_anew() {
    let package = Package::new();
    let compile = |builder| package.compile(builder).unwrap().0;
    assert_eq!(compile(package.builder()), Done::Written);
    package.contract(&["Price", "Vat"]);
    assert_eq!(compile(package.builder()), Done::Written);
    assert!(package.output().contains("vat"));
    assert_eq!(compile(package.builder().derive("Eq")), Done::Written);
    assert_eq!(compile(package.builder()), Done::Written);
    // Somebody edits or deletes what was generated.
    std::fs::write(package.path("out/shop.rs"), "").unwrap();
    assert_eq!(compile(package.builder()), Done::Written);
    std::fs::remove_file(package.path("out/shop.rs")).unwrap();
    assert_eq!(compile(package.builder()), Done::Written);
    // A schema that an import may find.
    std::fs::write(package.path("other.xsd"), "").unwrap();
    assert_eq!(compile(package.builder()), Done::Same);
    std::fs::write(package.path("out/shop.bindery-stamp"), "bindery stamp 1\nnonsense").unwrap();
    assert_eq!(compile(package.builder()), Done::Same);
}

#[test]
fn a_file_name_may_end_as_files_do() {
    let package = Package::new();
    package.compile(package.builder().file_name("store.rs")).unwrap();
    assert!(package.path("out/store.rs").exists() && !package.path("out/store.rs.rs").exists());
}

#[test]
fn the_lock_is_read_and_only_written_when_asked() {
    let package = Package::new();
    let lock = package.path("bindery.lock");
    let with_lock = || package.builder().lock(&lock);
    let (_, said) = package.compile(with_lock()).unwrap();
    assert!(!lock.exists());
    assert!(said.iter().any(|line| line.contains("no name on record") && line.contains("update_lock")), "{said:?}");
    assert!(told(&said, "cargo::rerun-if-changed=", &lock));
    package.compile(with_lock().update_lock(true)).unwrap();
    let kept = Lock::read(&lock).unwrap().unwrap();
    assert_eq!(kept.files.keys().collect::<Vec<_>>(), ["shop.xsd"]);
    assert_eq!(kept.names["shop"].0["urn:a"]["member Order Price"], "price");
    // The name on record stays when a member comes that would have it.
    package.contract(&["price", "Price"]);
    package.compile(with_lock()).unwrap();
    assert!(package.output().contains("pub price_2: i32,\n    pub price: i32,"), "{}", package.output());
    assert_eq!(Lock::read(&lock).unwrap().unwrap(), kept);
}

#[test]
fn a_frozen_build_fails_when_lock_and_inputs_disagree() {
    let package = Package::new();
    let lock = package.path("bindery.lock");
    let frozen = || package.builder().lock(&lock).frozen(true);
    assert!(package.compile(package.builder().frozen(true)).unwrap_err().contains("E0012"));
    assert!(package.compile(frozen()).unwrap_err().contains("there is no lock"));
    package.compile(frozen().update_lock(true)).unwrap();
    assert_eq!(package.compile(frozen()).unwrap().0, Done::Same);
    assert_eq!(package.compile(frozen()).unwrap().0, Done::Kept);
    package.contract(&["Price", "Vat"]);
    let before = package.output();
    let message = package.compile(frozen()).unwrap_err();
    for part in
        ["E0012", "changed file shop.xsd", "new name in shop: member Order Vat in {urn:a} = `vat`", "update_lock"]
    {
        assert!(message.contains(part), "{part} in\n{message}");
    }
    assert_eq!(package.output(), before);
    package.compile(frozen().update_lock(true)).unwrap();
    assert_eq!(package.compile(frozen()).unwrap().0, Done::Same);
}
