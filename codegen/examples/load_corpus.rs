//! Loads every contract of a corpus and counts what comes out, with the reasons for refusals grouped: the yardstick for breadth.
//!
//! `cargo run --release --example load_corpus -- CORPUS [--only TEXT] [--show CODE] [--failed] [--print] [--strict] [--generate]`
//!
//! CORPUS is a folder with a `MANIFEST.tsv` whose columns `path`, `family` and `resolves_offline` name the roots.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use bindery_codegen::diagnostic::{Diagnostics, Severity};
use bindery_codegen::model::{self, Model};
use bindery_codegen::source::Sources;
use bindery_codegen::wsdl::{LoadOptions, load_model};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(corpus) = arguments.next().map(PathBuf::from) else {
        eprintln!("usage: load_corpus CORPUS [--only TEXT] [--show CODE] [--failed] [--print] [--strict] [--generate]");
        return ExitCode::FAILURE;
    };
    let rest: Vec<String> = arguments.collect();
    let option = |name: &str| rest.iter().position(|word| word == name).and_then(|at| rest.get(at + 1)).cloned();
    let (only, show) = (option("--only"), option("--show"));
    let (list_failed, print) = (rest.iter().any(|word| word == "--failed"), rest.iter().any(|word| word == "--print"));
    let how = How {
        strict: rest.iter().any(|word| word == "--strict"),
        generate: rest.iter().any(|word| word == "--generate"),
    };
    let manifest = match std::fs::read_to_string(corpus.join("MANIFEST.tsv")) {
        Ok(manifest) => manifest,
        Err(error) => {
            eprintln!("cannot read the manifest: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut lines = manifest.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| header.iter().position(|known| *known == name);
    let (Some(path_at), Some(family_at), Some(offline_at)) =
        (column("path"), column("family"), column("resolves_offline"))
    else {
        eprintln!("the manifest lacks a column");
        return ExitCode::FAILURE;
    };
    let mut tally: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut reasons: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut slowest: Vec<(Duration, String)> = Vec::new();
    let (mut operations, mut types) = (0, 0);
    for line in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let (path, family, offline) = (fields[path_at], fields[family_at], fields[offline_at]);
        if only.as_ref().is_some_and(|only| !path.contains(only.as_str())) {
            continue;
        }
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| load(&corpus, path, family, how)));
        slowest.push((start.elapsed(), path.to_owned()));
        let word = match outcome {
            Err(_) => {
                note(&mut reasons, "PANIC", path);
                "panic"
            }
            Ok((model, diagnostics, sources)) => {
                if let Some(code) = &show {
                    for item in diagnostics.iter().filter(|item| item.code == code) {
                        println!("{path}:\n{}\n", item.render(&sources, false));
                    }
                }
                for item in diagnostics.iter() {
                    let mark =
                        if item.severity == Severity::Error { format!("{offline:<11} ERROR ") } else { String::new() };
                    note(&mut reasons, &format!("{mark}{}", item.code), path);
                }
                match &model {
                    Some(model) => {
                        operations += model.services.iter().map(|service| service.operations.len()).sum::<usize>();
                        types += model.types.len();
                        if print {
                            println!("{}", model::print(model));
                        }
                        "loaded"
                    }
                    None => {
                        if list_failed && offline != "no" {
                            println!(
                                "{path}\n{}\n",
                                diagnostics
                                    .iter()
                                    .filter(|item| item.severity == Severity::Error)
                                    .take(3)
                                    .map(|item| item.render(&sources, false))
                                    .collect::<Vec<_>>()
                                    .join("\n")
                            );
                        }
                        "refused"
                    }
                }
            }
        };
        *tally.entry((offline.to_owned(), word)).or_default() += 1;
    }
    for ((offline, word), count) in &tally {
        println!("{offline:<12} {word:<8} {count:>6}");
    }
    println!("{operations} operations, {types} types\n");
    for (reason, (count, example)) in &reasons {
        println!("{count:>7}  {reason:<28} e.g. {example}");
    }
    slowest.sort();
    let total: Duration = slowest.iter().map(|(time, _)| *time).sum();
    println!("\n{total:?} in all; slowest:");
    for (time, path) in slowest.iter().rev().take(8) {
        println!("  {time:>10.1?}  {path}");
    }
    ExitCode::SUCCESS
}

fn note(reasons: &mut BTreeMap<String, (usize, String)>, reason: &str, path: &str) {
    let entry = reasons.entry(reason.to_owned()).or_insert_with(|| (0, path.to_owned()));
    entry.0 += 1;
}

/// What to do with each root.
#[derive(Debug, Clone, Copy)]
struct How {
    strict: bool,
    generate: bool,
}

/// One root, with its family's folder as the folder that may be read.
fn load(corpus: &Path, path: &str, family: &str, how: How) -> (Option<Model>, Diagnostics, Sources) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let options = LoadOptions { roots: vec![corpus.join(family)], strict: how.strict, ..LoadOptions::default() };
    let model = load_model(&[corpus.join(path)], &options, &mut sources, &mut diagnostics);
    if how.generate && model.is_some() {
        let builder = bindery_codegen::Builder::new().wsdl(corpus.join(path)).root(corpus.join(family));
        if let Err(failure) = builder.strict(how.strict).generate() {
            return (None, failure.diagnostics, failure.sources);
        }
    }
    (model, diagnostics, sources)
}
