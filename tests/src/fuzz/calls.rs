//! Services by chance: messages are read and written by generated code, and its requests are what the contract says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use bindery_codegen::model::QName;

use super::run::{Outcome, Wanted, contract, row};
use super::service;
use crate::agreement::bases::Base;
use crate::agreement::instances::{Instances, Wire};
use crate::agreement::random::Random;
use crate::agreement::schemas::{self, Word};
use crate::agreement::server::{self, Request};
use crate::agreement::side::Side;
use crate::agreement::wire::{Job, Program};
use crate::corpus::documents;

/// A contract with its documents.
struct Case {
    number: usize,
    module: String,
    side: Side,
    schema: PathBuf,
    /// Valid ones, by the key of their root.
    documents: BTreeMap<String, Vec<PathBuf>>,
}

/// Modules of one program: the compiler's memory grows with it.
const BATCH: usize = 60;

/// Runs cases. Files stay in the folder, a folder for each case.
///
/// # Errors
/// What the file system says, or that there is no other implementation.
pub fn run(wanted: &Wanted, out: &Path) -> io::Result<Outcome> {
    fs::create_dir_all(out)?;
    let out = out.canonicalize()?;
    let mut outcome = Outcome::default();
    let numbers: Vec<usize> = (wanted.from..wanted.from + wanted.count).collect();
    for (at, numbers) in numbers.chunks(BATCH).enumerate() {
        let mut cases = Vec::new();
        for number in numbers {
            cases.extend(case(wanted, *number, &out, &mut outcome)?);
        }
        if !cases.is_empty() {
            try_batch(at, &cases, &out, &mut outcome)?;
        }
    }
    Ok(outcome)
}

fn case(wanted: &Wanted, number: usize, out: &Path, outcome: &mut Outcome) -> io::Result<Option<Case>> {
    let folder = out.join("services").join(format!("{number:05}"));
    let Some(schema) = contract(wanted.seed, number, &folder, outcome)? else { return Ok(None) };
    outcome.schemas += 1;
    let mut random = Random::new(wanted.seed, &format!("{number}/service"));
    let mut files = vec![("service.wsdl".to_owned(), service::make(&mut random, &schema))];
    files.extend(schema.print());
    let base = Base { name: "fuzz", folder: folder.clone(), root: "service.wsdl".to_owned(), files, operations: &[] };
    base.write(&folder, &[])?;
    let side = match Side::load(&base, &folder) {
        Ok(side) => side,
        Err(why) => {
            outcome.rows.push(row(number, "failed", "refused", why.lines().next().unwrap_or_default().to_owned()));
            return Ok(None);
        }
    };
    let schema = schemas::write(&folder, &base.files, &side.read)?;
    let random = Random::new(wanted.seed, &format!("{number}/documents"));
    let mut instances = Instances::new(&side.flat, Wire::Soap).with_chance(wanted.documents, random);
    let (mut keys, mut paths) = (Vec::new(), Vec::new());
    for root in &side.roots {
        let name = QName::new(&root.name.0, &root.name.1);
        // A second operation of one name has the same key as the first.
        if side.roots.iter().filter(|other| other.key == root.key).count() > 1 {
            continue;
        }
        for text in instances.documents(&name, root.ty, root.nillable).into_iter().rev().take(wanted.documents + 2) {
            // A message that is of a type derived from the one declared is read, and told as drift.
            if text.split('>').next().is_some_and(|tag| tag.contains(" xsi:type=")) {
                continue;
            }
            let path = folder.join(format!("d{:03}.xml", paths.len()));
            fs::write(&path, text)?;
            keys.push(root.key.clone());
            paths.push(path);
        }
    }
    let words = match schemas::validate(&schema, &paths) {
        Word::Documents(words) => words,
        Word::NoSchema(why) => vec![Some(why); paths.len()],
        Word::Silent => vec![Some("no word".to_owned()); paths.len()],
    };
    let mut documents: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for ((key, path), word) in keys.into_iter().zip(paths).zip(words) {
        match word {
            Some(why) => outcome.invalid.push((path.display().to_string(), why)),
            None => documents.entry(key).or_default().push(path),
        }
    }
    Ok(Some(Case { number, module: format!("m{number:05}"), side, schema, documents }))
}

/// Asks the bindings of some contracts about all their documents.
fn try_batch(at: usize, cases: &[Case], out: &Path, outcome: &mut Outcome) -> io::Result<()> {
    let sides: Vec<(String, &Side)> = cases.iter().map(|case| (case.module.clone(), &case.side)).collect();
    let mut program = Program::build(out, &format!("services_{at}"), &out.join("target"), &sides)?;
    for case in cases {
        if let Some(why) = program.broken.get(&case.module) {
            outcome.rows.push(row(case.number, "failed", "does not compile", why.clone()));
            continue;
        }
        let mut jobs = Vec::new();
        for (key, paths) in &case.documents {
            let calls = requests(case, key);
            for path in paths {
                jobs.push(job("trip", &case.module, key.clone(), path, "out"));
                for call in &calls {
                    jobs.push(job("request", &case.module, call.clone(), path, call.rsplit('@').next().unwrap_or("")));
                }
            }
        }
        let said = program.ask(&jobs, &headers(case))?;
        let mut written: Vec<(usize, PathBuf)> = Vec::new();
        let first = outcome.rows.len();
        for (job, said) in jobs.iter().zip(said) {
            let found = match said.result.as_str() {
                "ok" if !said.drift.is_empty() => Some(("drift", format!("{:?}", said.drift))),
                "ok" => None,
                _ => Some(("error", said.detail)),
            };
            let found = found.or_else(|| (job.what == "request").then(|| judge(case, job)).flatten());
            let mut row = row(case.number, "passed", "", String::new());
            row.document = job.output.display().to_string();
            if let Some((class, why)) = found {
                (row.result, row.class, row.detail) = ("failed".to_owned(), format!("{}: {class}", job.what), why);
            } else if !encoded(case) {
                let output =
                    if job.what == "request" { job.output.with_extension("body.xml") } else { job.output.clone() };
                if output.is_file() {
                    written.push((outcome.rows.len() - first, output));
                }
            }
            outcome.rows.push(row);
        }
        let paths: Vec<PathBuf> = written.iter().map(|(_, path)| path.clone()).collect();
        if let Word::Documents(words) = schemas::validate(&case.schema, &paths) {
            for ((index, _), why) in written.into_iter().zip(words) {
                if let (Some(row), Some(why)) = (outcome.rows.get_mut(first + index), why) {
                    (row.result, row.class, row.detail) =
                        ("failed".to_owned(), "written form is not valid".to_owned(), why);
                }
            }
        }
    }
    Ok(())
}

fn job(what: &'static str, module: &str, key: String, input: &Path, suffix: &str) -> Job {
    let output = input.with_extension(format!("{suffix}.xml"));
    Job { what, module: module.to_owned(), key, input: input.to_owned(), output, rest: Vec::new() }
}

/// Keys of the calls that take documents of a root.
fn requests(case: &Case, key: &str) -> Vec<String> {
    let Some(operation) = key.strip_suffix("/in") else { return Vec::new() };
    let mut calls = Vec::new();
    for (at, service) in case.side.plan.services.iter().enumerate() {
        for known in service.operations.iter().filter(|known| format!("{at}.{}", known.name) == operation) {
            calls.extend(known.routes.iter().map(|route| format!("{operation}@{}", route.binding)));
        }
    }
    calls
}

/// A document for each header.
fn headers(case: &Case) -> Vec<(String, String, PathBuf)> {
    let of_headers = case.documents.iter().filter(|(key, _)| key.contains("/header/"));
    of_headers.filter_map(|(key, paths)| Some((case.module.clone(), key.clone(), paths.first()?.clone()))).collect()
}

/// SOAP encoding adds attributes of its own.
fn encoded(case: &Case) -> bool {
    let services = &case.side.model.services;
    services.iter().flat_map(|service| &service.operations).any(|operation| operation.encoded)
}

/// What a strict server says of a request; its body goes beside it.
fn judge(case: &Case, job: &Job) -> Option<(&'static str, String)> {
    let text = fs::read_to_string(&job.output).ok()?;
    let Some(request) = Request::parse(&text) else { return Some(("no request", String::new())) };
    let name = job.key.split('@').next()?.split_once('.')?.1;
    if let Err(why) = server::dispatch(&case.side.read, &request, name) {
        return Some(("the server refuses it", why));
    }
    let (_, body) = text.split_once("\n\n")?;
    let envelope = job.output.with_extension("envelope.xml");
    fs::write(&envelope, body).ok()?;
    match documents::payload(&envelope, true) {
        Ok(payload) => {
            let _ = fs::write(job.output.with_extension("body.xml"), payload.text);
            None
        }
        Err(why) if why == "empty Body" => None,
        Err(why) => Some(("no message", why)),
    }
}
