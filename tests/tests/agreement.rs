//! The diff's verdicts against the codec and the compiler; the whole of it is the `mutations` binary.

use std::path::{Path, PathBuf};
use std::process::Command;

use bindery_codegen::model::QName;
use bindery_tests::agreement::instances::{Instances, Wire, roots};
use bindery_tests::agreement::mutation::Wanted;
use bindery_tests::agreement::table::{self, Class};
use bindery_tests::agreement::{bases, run, schemas};

/// The documents made of a model are what its schema allows; another implementation says so.
#[test]
fn instances_are_valid() {
    let out = std::env::temp_dir().join(format!("bindery-instances-{}", std::process::id()));
    let (mut valid, mut wrong) = (0, Vec::new());
    for base in bases::all().unwrap().iter().filter(|base| !base.written()) {
        let folder = out.join(base.name);
        base.write(&folder, &[]).unwrap();
        let read = base.load(&folder, Some("read")).unwrap();
        let schema = schemas::write(&folder, &base.files, &read.model).unwrap();
        let flat = base.load(&folder, Some("flatten")).unwrap();
        let mut instances = Instances::new(&flat.model, Wire::Soap);
        let mut documents: Vec<PathBuf> = Vec::new();
        for root in roots(&flat.model) {
            let name = QName::new(&root.name.0, &root.name.1);
            let made = instances.documents(&name, root.ty, root.nillable);
            if made.is_empty() {
                println!("{}: no documents of {name}", base.name);
            }
            for text in made {
                let path = folder.join(format!("{}.xml", documents.len()));
                std::fs::write(&path, text).unwrap();
                documents.push(path);
            }
        }
        match schemas::validate(&schema, &documents) {
            schemas::Word::Documents(words) => {
                println!("{}: {} documents", base.name, words.len());
                valid += words.iter().filter(|word| word.is_none()).count();
                let found = words
                    .iter()
                    .zip(&documents)
                    .filter_map(|(word, path)| Some(format!("{}: {}", path.display(), word.as_ref()?)));
                wrong.extend(found.take(3));
            }
            schemas::Word::NoSchema(why) => println!("{}: xmllint takes no part: {why}", base.name),
            schemas::Word::Silent => {
                println!("skipped: needs xmllint");
                return;
            }
        }
    }
    let _ = std::fs::remove_dir_all(&out);
    assert!(wrong.is_empty(), "{valid} valid, but {wrong:#?}");
}

/// A few dozen changes of the project's own WSDLs. The whole of it: `cargo run --release -p bindery-tests --bin mutations`.
#[test]
fn what_is_said_to_be_safe_is() {
    if Command::new("xmllint").arg("--version").output().is_err() {
        println!("skipped: needs xmllint");
        return;
    }
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("agreement");
    let only = ["corteos", "corteos-authorization"].map(str::to_owned).to_vec();
    let outcome =
        run::run(&Wanted { seed: 1, count: 40, only, source: true }, &out, &|line| println!("{line}")).unwrap();
    let count =
        |class| outcome.rows.iter().flat_map(|row| &row.answers).filter(|answer| Class::of(answer) == class).count();
    assert!(outcome.odd.is_empty(), "{:#?}", outcome.odd);
    assert_eq!(count(Class::FalseSafe), 0, "{}", table::list(&outcome.rows, Class::FalseSafe));
    // Neither is everything called a break, nor does nothing break.
    assert!(count(Class::TrueSafe) > 20 && count(Class::TrueBreak) > 20, "{}", table::markdown(&outcome.rows));
}
