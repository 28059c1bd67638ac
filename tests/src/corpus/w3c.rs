//! The W3C's XML Schema test suite: its index, and the fixed sample that is run.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::manifest;
use super::roundtrip::Case;

/// The table of expectations and the archive, in the corpus folder.
const INDEX: &str = "conf-w3c-xsdtests.index.tsv";
const ARCHIVE: &str = "conf-w3c-xsdtests.tar.xz";

/// Unpacks the suite, unless that was done before. Returns its folder.
///
/// # Errors
/// What the file system or `tar` says.
pub fn unpack(corpus: &Path, scratch: &Path) -> io::Result<PathBuf> {
    let folder = scratch.join("xsdtests");
    if !folder.is_dir() {
        std::fs::create_dir_all(scratch)?;
        let status = Command::new("tar").arg("xJf").arg(corpus.join(ARCHIVE)).arg("-C").arg(scratch).status()?;
        if !status.success() {
            return Err(io::Error::other(format!("tar: {status}")));
        }
    }
    folder.canonicalize()
}

/// Every `nth` pair of a schema that is valid and a document that is valid for it (or invalid, if those are asked for), in the
/// order of the index. Left out before counting: what is about XML Schema 1.1 only, and a pair of which the suite says both.
///
/// # Errors
/// What the file system says.
pub fn cases(corpus: &Path, suite: &Path, nth: usize, valid: bool) -> io::Result<Vec<Case>> {
    let expected = if valid { "valid" } else { "invalid" };
    let rows = manifest::rows(&corpus.join(INDEX))?;
    let group = |row: &manifest::Row| (row.get("set"), row.get("group"));
    let sound: BTreeSet<_> = rows
        .iter()
        .filter(|row| row.get("kind") == "schema" && row.get("expected") == "valid" && row.get("version") != "1.1")
        .map(group)
        .collect();
    let pair = |row: &manifest::Row| (row.get("schemas"), row.get("instance"));
    let about = |row: &&manifest::Row| row.get("kind") == "instance" && row.get("version") != "1.1";
    let denied: BTreeSet<_> = rows
        .iter()
        .filter(about)
        .filter(|row| row.get("expected") == if valid { "invalid" } else { "valid" })
        .map(pair)
        .collect();
    let pairs = rows.iter().filter(about).filter(|row| {
        row.get("expected") == expected
            && !denied.contains(&pair(row))
            && !row.get("schemas").is_empty()
            && sound.contains(&group(row))
    });
    Ok(pairs
        .step_by(nth.max(1))
        .map(|row| {
            let contracts: Vec<PathBuf> = row.get("schemas").split(' ').map(|path| suite.join(path)).collect();
            Case {
                family: row.get("set"),
                schema: if let [schema] = contracts.as_slice() { Some(schema.clone()) } else { None },
                contracts,
                folder: suite.to_owned(),
                name: row.get("instance"),
                document: suite.join(row.get("instance")),
                soap: false,
                valid: Some(valid),
            }
        })
        .collect())
}
