//! `bindery drift`

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bindery_codegen::drift::{self, Finding};
use bindery_codegen::source::reason;
use serde_json::{Value, json};

use super::report;

pub(super) fn run(files: &[PathBuf], as_json: bool) -> ExitCode {
    let mut lines = Vec::new();
    for file in files {
        let read = File::open(file).and_then(|open| drift::read(BufReader::new(open)));
        match read {
            Ok((read, unread)) => {
                for unread in &unread {
                    eprintln!("warning: {}, line {}: left out: {}", file.display(), unread.line, unread.why);
                }
                if read.is_empty() && !unread.is_empty() {
                    eprintln!("error: {} is no drift file", file.display());
                    return ExitCode::FAILURE;
                }
                lines.extend(read);
            }
            Err(error) => {
                eprintln!("error: cannot read {}: {}{}", file.display(), reason(&error), hint(file));
                return ExitCode::FAILURE;
            }
        }
    }
    let findings = drift::sum(lines);
    if as_json {
        let findings: Vec<Value> = findings.iter().map(value).collect();
        say!("{:#}", json!({ "version": 1, "findings": findings }));
    } else if findings.is_empty() {
        say!("no drift: the answers were what the contract says");
    } else {
        let paragraphs: Vec<String> = findings.iter().map(Finding::paragraph).collect();
        report::text(&paragraphs.join("\n"));
    }
    ExitCode::SUCCESS
}

fn hint(file: &Path) -> &'static str {
    if file.is_dir() { "; name the files in it" } else { "" }
}

fn value(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule(),
        "kind": finding.kind,
        "type": finding.owner.as_ref().map(|(namespace, name)| json!({ "namespace": namespace, "name": name })),
        "name": finding.name,
        "looks": finding.looks,
        "longest": finding.longest,
        "repeated": finding.repeated,
        "more": finding.more,
        "count": finding.count,
        "first": finding.first,
        "last": finding.last,
        "operations": finding.operations,
        "paths": finding.paths,
        "text": format!("{}: {}", finding.whose(), finding.sentence()),
        "proposal": finding.proposal().map(|(place, text)| json!({ "in": place, "add": text })),
    })
}
