//! From numbers to verdicts: schemas are made, documents of them, and both go through generated code.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use bindery_codegen::generate;
use bindery_codegen::model::{Model, QName};

use super::make;
use super::schema::Schema;
use crate::agreement::instances::{Instances, Wire, roots};
use crate::agreement::random::Random;
use crate::agreement::schemas::{self, Word};
use crate::corpus::generate::request_of;
use crate::corpus::report::Row;
use crate::corpus::roundtrip::{self, Case, Plan};

/// Which cases are run.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Determines all of them.
    pub seed: u64,
    /// The first one's number.
    pub from: usize,
    /// How many.
    pub count: usize,
    /// Documents by chance of each global element, beside the systematic ones.
    pub documents: usize,
}

/// What a run gives.
#[derive(Debug, Default)]
pub struct Outcome {
    /// A row for each document, and for each schema that was refused.
    pub rows: Vec<Row>,
    /// Schemas that were made and that the other implementation takes.
    pub schemas: usize,
    /// Schemas that it does not take, with its reason: they are not used.
    pub discarded: Vec<String>,
    /// Documents that it does not take, with its reason: by case and number.
    pub invalid: Vec<(String, String)>,
}

/// How often a case is made anew when the other implementation finds the schema wrong.
const ATTEMPTS: usize = 12;

/// Runs cases. Files stay in the folder, a folder for each case.
///
/// # Errors
/// What the file system says, or that there is no other implementation.
pub fn run(wanted: &Wanted, out: &Path) -> io::Result<Outcome> {
    if Command::new("xmllint").arg("--version").output().is_err() {
        return Err(io::Error::other("needs xmllint"));
    }
    fs::create_dir_all(out)?;
    let out = out.canonicalize()?;
    let mut outcome = Outcome::default();
    let mut cases = Vec::new();
    for number in wanted.from..wanted.from + wanted.count {
        let folder = out.join("cases").join(format!("{number:05}"));
        if contract(wanted.seed, number, &folder, &mut outcome)?.is_some() {
            outcome.schemas += 1;
            documents(wanted, number, &folder, &mut cases, &mut outcome)?;
        }
    }
    let plan = Plan { stage: "fuzz", out: &out, sample: usize::MAX, resume: false };
    outcome.rows.extend(roundtrip::run(&cases, &plan)?);
    for row in &mut outcome.rows {
        // Everything here is known to be right.
        if row.result != "failed" && !row.class.is_empty() {
            row.result = "failed".to_owned();
        }
    }
    Ok(outcome)
}

/// Makes the schema of a case, if one is found that the other implementation takes.
pub(super) fn contract(seed: u64, number: usize, folder: &Path, outcome: &mut Outcome) -> io::Result<Option<Schema>> {
    for attempt in 0..ATTEMPTS {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder)?;
        let mut random = Random::new(seed, &format!("{number}.{attempt}"));
        let schema = make::make(&mut random);
        for (name, text) in schema.print() {
            fs::write(folder.join(name), text)?;
        }
        let probe = folder.join("probe.xml");
        fs::write(&probe, "<probe/>")?;
        match schemas::validate(&folder.join("s0.xsd"), &[probe]) {
            // `xmllint` does not see it in all of them.
            Word::Documents(_) if matches!(model(&folder.join("s0.xsd"), folder), Ok(None)) => {
                outcome.discarded.push(format!("{number}.{attempt}: an element may be either of two things"));
            }
            Word::Documents(_) => return Ok(Some(schema)),
            Word::NoSchema(why) => outcome.discarded.push(format!("{number}.{attempt}: {why}")),
            // Some schemas keep it busy for ever.
            Word::Silent => outcome.discarded.push(format!("{number}.{attempt}: no word")),
        }
    }
    Ok(None)
}

pub(super) fn row(number: usize, result: &str, class: &str, detail: String) -> Row {
    Row {
        stage: "fuzz".to_owned(),
        family: "fuzz".to_owned(),
        contract: format!("{number:05}"),
        result: result.to_owned(),
        class: class.to_owned(),
        detail,
        ..Row::default()
    }
}

/// Makes the documents of a case, and keeps those that the other implementation takes.
fn documents(
    wanted: &Wanted,
    number: usize,
    folder: &Path,
    cases: &mut Vec<Case>,
    outcome: &mut Outcome,
) -> io::Result<()> {
    let schema = folder.join("s0.xsd");
    let model = match model(&schema, folder) {
        Ok(Some(model)) => model,
        // Such a schema was not taken.
        Ok(None) => return Ok(()),
        Err((class, detail)) => {
            outcome.rows.push(row(number, "failed", &class, detail));
            return Ok(());
        }
    };
    let random = Random::new(wanted.seed, &format!("{number}/documents"));
    let mut instances = Instances::new(&model, Wire::Soap).with_chance(wanted.documents, random).with_instructions();
    let mut paths: Vec<PathBuf> = Vec::new();
    for root in roots(&model) {
        let name = QName::new(&root.name.0, &root.name.1);
        for text in instances.documents(&name, root.ty, root.nillable) {
            let path = folder.join(format!("d{:03}.xml", paths.len()));
            fs::write(&path, text)?;
            paths.push(path);
        }
    }
    let words = match schemas::validate(&schema, &paths) {
        Word::Documents(words) => words,
        Word::NoSchema(_) | Word::Silent => vec![Some("no word".to_owned()); paths.len()],
    };
    for (path, word) in paths.into_iter().zip(words) {
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = format!("{number:05}/{file}");
        match word {
            Some(why) => outcome.invalid.push((name, why)),
            None => cases.push(Case {
                family: "fuzz".to_owned(),
                contracts: vec![schema.clone()],
                schema: Some(schema.clone()),
                folder: folder.to_owned(),
                name,
                document: path,
                soap: false,
                valid: Some(true),
            }),
        }
    }
    Ok(())
}

/// What documents are made from; none of a schema whose content models are not what XML Schema allows.
fn model(schema: &Path, folder: &Path) -> Result<Option<Model>, (String, String)> {
    let request = request_of(&[schema.to_owned()], folder);
    let unclear =
        |loaded: &generate::Loaded| loaded.diagnostics.iter().any(|found| matches!(found.code, "W0504" | "N0505"));
    let loaded = generate::load(&request, None).and_then(|all| {
        if unclear(&all) {
            Ok(None)
        } else {
            generate::load(&request, Some("flatten")).map(|loaded| Some(loaded.model))
        }
    });
    loaded.map_err(|failure| {
        let first = failure.diagnostics.iter().next();
        let class = first.map_or_else(|| "refused".to_owned(), |first| format!("refused {}", first.code));
        (class, failure.to_string())
    })
}

/// Reasons without names and numbers, each with how often it was given and where first.
pub fn grouped<'w>(words: impl Iterator<Item = (&'w str, &'w str)>) -> String {
    let mut groups: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for (place, why) in words {
        let mut general = String::new();
        let mut quoted = false;
        for c in why.chars() {
            match c {
                '\'' | '`' | '"' => quoted = !quoted,
                _ if quoted || c.is_ascii_digit() => {}
                c => general.push(c),
            }
        }
        groups.entry(general.trim().to_owned()).or_insert((0, format!("{place}: {why}"))).0 += 1;
    }
    let mut sorted: Vec<_> = groups.into_iter().collect();
    sorted.sort_by_key(|(general, (count, _))| (usize::MAX - count, general.clone()));
    let mut out = String::new();
    for (_, (count, example)) in sorted {
        let _ = writeln!(out, "{count:6}  {example}");
    }
    out
}
