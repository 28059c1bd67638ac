//! Looks into files that were not asked for: whether one holds a namespace, and which of a folder's declares one.

use std::path::{Path, PathBuf};

use super::decode::decode;
use crate::diagnostic::did_you_mean;

/// Whether a file's text holds the namespace; a cheap look, the file is parsed later if it is taken.
pub(super) fn mentions(path: &Path, namespace: &str, limit: u64) -> bool {
    if path.metadata().is_ok_and(|data| data.len() > limit) {
        return false;
    }
    std::fs::read(path)
        .ok()
        .and_then(|bytes| decode(&bytes).ok())
        .is_some_and(|decoded| decoded.text.contains(namespace))
}

/// What may be meant by a path that leads nowhere.
pub(crate) fn instead_of(path: &Path) -> String {
    if path.to_string_lossy().contains("://") {
        return "addresses are not read: `bindery fetch URL` saves a contract with all it imports".to_owned();
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else {
        return format!("there is no folder `{}` either", folder.display());
    };
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).take(SIBLINGS).collect();
    names.sort();
    let wanted = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    match did_you_mean(&wanted, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{}`?", path.with_file_name(near).display()),
        None => format!("nothing in the folder `{}` has a name like it", folder.display()),
    }
}

/// How many files of a folder are looked into for a namespace.
const SIBLINGS: usize = 1_000;

/// The target namespaces of the contracts in a folder, or in all folders below it.
pub(super) fn declared_in(folder: &Path, deep: bool, limit: u64) -> Vec<(String, PathBuf)> {
    let mut paths = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.filter_map(Result::ok) {
            // Links are not followed: what they lead to may lie outside.
            let Ok(kind) = entry.file_type() else { continue };
            let path = entry.path();
            if kind.is_dir() && deep && folders.len() < SIBLINGS {
                folders.push(path);
            } else if kind.is_file()
                && path.extension().is_some_and(|it| it.eq_ignore_ascii_case("xsd") || it.eq_ignore_ascii_case("wsdl"))
            {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths.truncate(SIBLINGS);
    paths
        .into_iter()
        .filter(|path| path.metadata().is_ok_and(|data| data.len() <= limit))
        .filter_map(|path| {
            let decoded = std::fs::read(&path).ok().and_then(|bytes| decode(&bytes).ok())?;
            let after = decoded.text.split_once("targetNamespace")?.1.trim_start().strip_prefix('=')?.trim_start();
            let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            Some((after[1..].split(quote).next()?.to_owned(), path))
        })
        .collect()
}
