//! Looks into files that were not asked for: whether one holds a namespace, and which of a folder's declares one.

use std::path::{Path, PathBuf};

use super::decode::decode;

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
