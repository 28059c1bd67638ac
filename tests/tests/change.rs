//! A vendor's small change makes a small difference: a WCF service's contract before and after.
//!
//! `UPDATE_EXPECT=1 cargo test -p bindery-tests --test change` writes the expectation anew.

mod support;

use bindery_codegen::generate::{Generated, Request, generate};
use bindery_codegen::lock::Lock;
use bindery_codegen::plan::Names;
use similar::{ChangeTag, TextDiff};

use support::{difference, root};

/// Lines that may differ: most are those of the type that is new, in a namespace that is new.
const MOST: usize = 40;

/// The contract of one version, with these names on record.
fn version(name: &str, names: Names) -> Option<Generated> {
    let base = root().join("../shared/change").join(name);
    let input = base.join("nopolicy.wsdl");
    if !input.exists() {
        println!("skipped: needs ../shared");
        return None;
    }
    let mut request = Request { inputs: vec![input], base, ..Request::default() };
    request.plan.names = Some(names);
    Some(generate(&request).unwrap_or_else(|failure| panic!("{failure}")))
}

/// Lines taken out and put in.
fn changed(old: &str, new: &str) -> Vec<String> {
    TextDiff::from_lines(old, new)
        .iter_all_changes()
        .filter_map(|change| {
            let line = change.value().trim_end();
            match change.tag() {
                ChangeTag::Delete => Some(format!("-{line}")),
                ChangeTag::Insert => Some(format!("+{line}")),
                ChangeTag::Equal => None,
            }
        })
        .collect()
}

#[test]
fn eight_lines_of_schema_change_few_lines_of_rust() {
    let Some(before) = version("mont-v1", Names::default()) else { return };
    let first = before.names.clone().unwrap();
    let after = version("mont-v2", first.clone()).unwrap();
    let lines = changed(&before.text, &after.text);
    assert!(lines.len() <= MOST, "{} lines:\n{}", lines.len(), lines.join("\n"));
    let path = root().join("tests/tests/change/mont.txt");
    let new = lines.join("\n") + "\n";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &new).unwrap();
    }
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(old == new, "if this is meant, set UPDATE_EXPECT=1 and look at what changes:\n{}", difference(&old, &new));
    // Nothing that had a name has another one, and what is gone keeps its own.
    let second = after.names.unwrap();
    for (namespace, names) in &first.0 {
        for (key, name) in names {
            assert_eq!(second.0[namespace].get(key), Some(name), "{key} in {namespace}");
        }
    }
    // Back to the old contract: the same as ever.
    assert_eq!(version("mont-v1", second.clone()).unwrap().text, before.text);
    let lock = |names| Lock { names: [("mont".to_owned(), names)].into(), ..Lock::default() }.to_text();
    let lines = changed(&lock(first), &lock(second));
    assert!(lines.iter().all(|line| line.starts_with('+')) && lines.len() < 20, "{}", lines.join("\n"));
}
