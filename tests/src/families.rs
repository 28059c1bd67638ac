//! A page that shows, for one real contract of each family, the Rust that comes out of it.
//!
//! The excerpts hold no documentation: those texts are the vendors'.

mod excerpt;

use std::fmt::Write as _;
use std::path::Path;

use bindery_codegen::Builder;

use crate::corpus::manifest::{self, Candidate};

/// Contracts with more text than this, all files together, show the same at greater length.
const MUCH: u64 = 1_000_000;

const HEAD: &str = "\
# What comes out: a contract of each family

One real contract of each family of the corpus (see [coverage](coverage.md)), and a piece of the Rust that is generated for it: an operation of the
client with the types it takes and gives, or a type and its entry point where there is no service. Of a family, the contract with the most
kinds of constructs is shown, of those below 1 MB, or the smallest where all are larger. Comments are left out, since they are the vendors' own words; the whole file is a command away:
`bindery generate`. How to read the types: [generated code](generated-code.md).

This page is written by `UPDATE_EXPECT=1 cargo test -p bindery-tests --test families`.
";

/// The page, from the corpus in this folder.
///
/// # Errors
/// What the file system says of the corpus' tables.
pub fn page(corpus: &Path) -> std::io::Result<String> {
    Ok(sections(corpus, u64::MAX)?.into_iter().fold(HEAD.to_owned(), |page, section| page + &section))
}

/// The page's sections, of families whose contract is at most this long, all files together.
///
/// # Errors
/// What the file system says of the corpus' tables.
pub fn sections(corpus: &Path, most_bytes: u64) -> std::io::Result<Vec<String>> {
    let mut candidates = manifest::candidates(corpus)?;
    candidates.retain(|candidate| candidate.resolves);
    // Services show more than schemas; then what has most to show, and of those the shortest.
    candidates.sort_by(|a, b| {
        let rank = |it: &Candidate| {
            let much = it.bytes > MUCH;
            let features = if much { 0 } else { it.features.len() };
            (it.operations == 0, much, std::cmp::Reverse(features), it.bytes)
        };
        (&a.family, rank(a), &a.path).cmp(&(&b.family, rank(b), &b.path))
    });
    let mut out = Vec::new();
    let mut done = String::new();
    for candidate in &candidates {
        if candidate.family == done {
            continue;
        }
        if candidate.bytes > most_bytes {
            done.clone_from(&candidate.family);
        } else if let Some(section) = section(corpus, candidate) {
            done.clone_from(&candidate.family);
            out.push(section);
        }
    }
    Ok(out)
}

fn section(corpus: &Path, candidate: &Candidate) -> Option<String> {
    // The corpus keeps what a contract imports within the folder of its family.
    let folder = corpus.join(candidate.path.split('/').next().unwrap_or_default());
    let builder = Builder::new().wsdl(corpus.join(&candidate.path)).root(folder).example_tests(false);
    let generated = builder.generate().ok()?;
    let excerpt = excerpt::of(&generated.text)?;
    let summary = generated.summary;
    let what = match summary.operations {
        0 => "no service".to_owned(),
        1 => format!("1 operation ({})", candidate.style),
        operations => format!("{operations} operations ({})", candidate.style),
    };
    let mut out = format!("\n## {}\n\n`{}`: ", candidate.family, candidate.path);
    let _ = writeln!(out, "{what}, {} types.", summary.types);
    let _ = write!(out, "\n```rust\n{excerpt}```\n");
    Some(out)
}
