//! Another validator's word on what was written: libxml2's `xmllint`, where it is installed.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Some schemas of the W3C's suite keep libxml2 busy for hours.
const PATIENCE: Duration = Duration::from_secs(10);

/// Those of the documents that the schema accepts. `None` when there is no `xmllint`, or it cannot read the schema.
pub fn accepted(schema: &Path, documents: &[PathBuf]) -> Option<BTreeSet<PathBuf>> {
    let said = std::env::temp_dir().join(format!("bindery-xmllint-{}", std::process::id()));
    let mut child = Command::new("xmllint")
        .args(["--noout", "--nonet", "--huge", "--schema"])
        .arg(schema)
        .args(documents)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(&said).ok()?)
        .spawn()
        .ok()?;
    let start = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break Some(status),
            Ok(None) if start.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(5)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
        }
    };
    let text = std::fs::read_to_string(&said);
    let _ = std::fs::remove_file(&said);
    // The exit status tells of a schema that does not compile.
    let (Some(status), Ok(text)) = (status, text) else { return None };
    if status.code() == Some(5) {
        return None;
    }
    let said: BTreeSet<&str> = text.lines().filter_map(|line| line.strip_suffix(" validates")).collect();
    Some(documents.iter().filter(|path| path.to_str().is_some_and(|path| said.contains(path))).cloned().collect())
}
