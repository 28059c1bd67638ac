//! Another validator's word on what was written: libxml2's `xmllint`, where it is installed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Those of the documents that the schema accepts. `None` when there is no `xmllint`, or it cannot read the schema.
pub fn accepted(schema: &Path, documents: &[PathBuf]) -> Option<BTreeSet<PathBuf>> {
    let output = Command::new("xmllint")
        .args(["--noout", "--nonet", "--huge", "--schema"])
        .arg(schema)
        .args(documents)
        .output()
        .ok()?;
    // The exit status tells of a schema that does not compile.
    if output.status.code() == Some(5) {
        return None;
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let said: BTreeSet<&str> = text.lines().filter_map(|line| line.strip_suffix(" validates")).collect();
    Some(documents.iter().filter(|path| path.to_str().is_some_and(|path| said.contains(path))).cloned().collect())
}
