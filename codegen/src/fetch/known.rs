//! What was fetched before, as the lock has it.

use std::collections::BTreeSet;

use super::{Below, codes};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::lock::Lock;

/// A contract that was fetched before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contract {
    /// Its own file.
    pub(super) root: String,
    /// Where it came from.
    pub(super) address: String,
    /// The folder of all its files.
    pub(super) folder: Below,
}

/// The fetched contracts in the lock, or those below a folder of this name.
///
/// # Errors
/// There is none.
pub(super) fn contracts(lock: &Lock, name: Option<&str>) -> Result<Vec<Contract>, Diagnostic> {
    let all: Vec<Contract> = roots(lock)
        .into_iter()
        .filter_map(|root| {
            let address = lock.files.get(&root)?.url.clone()?;
            let folder = common_folder(&reached(lock, &root));
            Some(Contract { root, address, folder })
        })
        .collect();
    if all.is_empty() {
        return Err(Diagnostic::error(codes::NOTHING, "nothing was fetched before")
            .with_help("fetch a contract by its address first: `bindery fetch URL`"));
    }
    let Some(name) = name else { return Ok(all) };
    let wanted = name.trim_end_matches('/');
    let found: Vec<Contract> = all
        .iter()
        .filter(|contract| {
            let folder = &contract.folder;
            folder == wanted || contract.root == wanted || folder.rsplit('/').next() == Some(wanted)
        })
        .cloned()
        .collect();
    if found.is_empty() {
        let names: Vec<&str> = all.iter().filter_map(|contract| contract.folder.rsplit('/').next()).collect();
        let near = did_you_mean(wanted, names.iter().copied());
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(Diagnostic::error(
            codes::NOTHING,
            format!("no fetched contract lies in a folder `{wanted}`{hint}"),
        )
        .with_note(format!("fetched contracts: {}", names.join(", "))));
    }
    Ok(found)
}

/// Fetched files that were asked for themselves: those no other refers to, and of those that only refer to one another one.
fn roots(lock: &Lock) -> Vec<String> {
    let fetched = |path: &String| lock.files.get(path).is_some_and(|file| file.url.is_some());
    let all: Vec<&String> = lock.files.keys().filter(|path| fetched(path)).collect();
    let referred: BTreeSet<&String> =
        lock.files.iter().flat_map(|(from, file)| file.locations.values().filter(move |to| *to != from)).collect();
    let mut roots: Vec<String> =
        all.iter().filter(|path| !referred.contains(*path)).map(|path| (*path).clone()).collect();
    let mut seen: BTreeSet<String> = roots.iter().flat_map(|root| reached(lock, root)).collect();
    // WSDLs refer to schemas and hardly ever the other way.
    let mut rest: Vec<&String> = all.iter().copied().filter(|path| !seen.contains(*path)).collect();
    rest.sort_by_key(|path| (!path.ends_with(".wsdl"), path.len(), (*path).clone()));
    for path in rest {
        if !seen.contains(path) {
            seen.extend(reached(lock, path));
            roots.push(path.clone());
        }
    }
    roots.sort();
    roots
}

/// A file and all it refers to, by the lock.
pub(super) fn reached(lock: &Lock, root: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::from([root.to_owned()]);
    let mut queue = vec![root.to_owned()];
    while let Some(path) = queue.pop() {
        for target in lock.files.get(&path).into_iter().flat_map(|file| file.locations.values()) {
            if lock.files.contains_key(target) && seen.insert(target.clone()) {
                queue.push(target.clone());
            }
        }
    }
    seen
}

/// Files of the contract with this root that no other fetched contract needs.
pub(super) fn own(lock: &Lock, root: &str) -> BTreeSet<String> {
    let mut own = reached(lock, root);
    for other in roots(lock).into_iter().filter(|other| other != root) {
        for path in reached(lock, &other) {
            own.remove(&path);
        }
    }
    own
}

fn common_folder(paths: &BTreeSet<String>) -> Below {
    let mut folders = paths.iter().map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder));
    let mut common: Vec<&str> = folders.next().unwrap_or_default().split('/').filter(|part| !part.is_empty()).collect();
    for folder in folders {
        let same = folder.split('/').zip(&common).take_while(|(a, b)| a == *b).count();
        common.truncate(same);
    }
    common.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::LockedFile;

    fn lock(files: &[(&str, &[&str])]) -> Lock {
        let mut lock = Lock::default();
        for (path, targets) in files {
            let locations = targets.iter().map(|to| (format!("at {to}"), (*to).to_owned())).collect();
            let file = LockedFile { url: Some(format!("https://h/{path}")), locations, ..LockedFile::default() };
            lock.files.insert((*path).to_owned(), file);
        }
        lock.files.insert("mine.wsdl".to_owned(), LockedFile::default());
        lock
    }

    #[test]
    fn contracts_are_what_nothing_refers_to() {
        let lock = lock(&[
            ("c/a/s.wsdl", &["c/a/x.xsd", "c/a/v1/y.xsd"]),
            ("c/a/x.xsd", &["c/a/x.xsd"]),
            ("c/a/v1/y.xsd", &[]),
            ("c/b/one.xsd", &["c/b/root.wsdl"]),
            ("c/b/root.wsdl", &["c/b/one.xsd"]),
        ]);
        let found = contracts(&lock, None).unwrap();
        let roots: Vec<_> = found.iter().map(|it| (it.root.as_str(), it.folder.as_str())).collect();
        assert_eq!(roots, [("c/a/s.wsdl", "c/a"), ("c/b/root.wsdl", "c/b")]);
        assert_eq!(contracts(&lock, Some("b")).unwrap().len(), 1);
        assert!(contracts(&lock, Some("d")).is_err());
        assert!(contracts(&Lock::default(), None).is_err());
    }
}
