//! The stages of a run, each from the corpus to rows of results.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::compile::{self, Module};
use super::generate::{self, Outcome};
use super::manifest::{self, Root};
use super::report::{self, Row};
use super::{order, roundtrip, w3c};

/// What to run, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// Only these families; empty for all.
    pub families: Vec<String>,
    /// Only contracts (and documents) with one of these in their path; empty for all.
    pub only: Vec<String>,
    /// How much text of a family's distinct modules is compiled, in bytes.
    pub sample: usize,
    /// Every how many-th pair of the W3C's suite is run.
    pub nth: usize,
    /// Results there are, are kept.
    pub resume: bool,
    /// Where everything goes.
    pub out: PathBuf,
}

impl Options {
    /// A small part of everything, for every day: one family of each kind, and some of the W3C's pairs.
    pub fn quick(out: &Path) -> Self {
        Self {
            families: ["gov-vies", "conf-pyxb", "conf-w3c-databinding"].map(str::to_owned).to_vec(),
            only: Vec::new(),
            sample: 100_000,
            nth: 40,
            resume: false,
            out: out.to_owned(),
        }
    }

    fn wants(&self, family: &str, path: &str) -> bool {
        (self.families.is_empty() || self.families.iter().any(|wanted| wanted == family))
            && (self.only.is_empty() || self.only.iter().any(|text| path.contains(text.as_str())))
    }

    fn roots(&self, corpus: &Path) -> io::Result<Vec<Root>> {
        let mut roots = manifest::roots(corpus)?;
        roots.retain(|root| self.wants(&root.family, &root.path));
        Ok(roots)
    }

    fn plan<'p>(&'p self, stage: &'p str) -> roundtrip::Plan<'p> {
        roundtrip::Plan { stage, out: &self.out, sample: self.sample, resume: self.resume }
    }
}

/// A root's row, and the text generated for it.
fn tried(corpus: &Path, root: &Root, stage: &str) -> (Row, Option<String>) {
    let tried = generate::try_root(corpus, root);
    let mut row =
        Row { stage: stage.to_owned(), family: root.family.clone(), contract: root.path.clone(), ..Row::default() };
    let mut code = None;
    match tried.outcome {
        Outcome::Generated { text, operations, types, .. } => {
            row.result = "passed".to_owned();
            row.detail = format!("{types} types, {operations} operations, {} bytes, {:.0?}", text.len(), tried.time);
            code = Some(text);
        }
        Outcome::Refused(errors) => {
            // Something is missing that the corpus knows is missing: a clear error is the right answer.
            row.result = "refused".to_owned();
            let (code, message) = errors.into_iter().next().unwrap_or_default();
            let why = if root.resolves { "" } else { " (imports do not resolve offline)" };
            (row.class, row.detail) = (format!("{code}{why}"), message);
        }
        Outcome::Panicked(message) => {
            (row.result, row.class, row.detail) = ("failed".to_owned(), "panic".to_owned(), message);
        }
    }
    (row, code)
}

/// Every root to Rust text.
///
/// # Errors
/// What the file system says.
pub fn generate(corpus: &Path, options: &Options) -> io::Result<Vec<Row>> {
    let before = if options.resume { report::read(&options.out.join("generate.tsv")) } else { None };
    let before: BTreeMap<String, Row> =
        before.unwrap_or_default().into_iter().map(|row| (row.contract.clone(), row)).collect();
    let roots = options.roots(corpus)?;
    let mut rows = Vec::with_capacity(roots.len());
    for (number, root) in roots.iter().enumerate() {
        rows.push(match before.get(&root.path) {
            Some(row) => row.clone(),
            None => tried(corpus, root, "generate").0,
        });
        if (number + 1) % 200 == 0 || number + 1 == roots.len() {
            println!("generate: {} of {} roots", number + 1, roots.len());
            report::write(&options.out.join("generate.tsv"), &rows)?;
        }
    }
    Ok(rows)
}

/// Every root again, and with its declarations and prefixes in other arrangements: the same bytes.
///
/// # Errors
/// What the file system says.
pub fn order(corpus: &Path, options: &Options) -> io::Result<Vec<Row>> {
    let table = options.out.join("order.tsv");
    let mut rows = if options.resume { report::read(&table).unwrap_or_default() } else { Vec::new() };
    let done: BTreeSet<String> = rows.iter().map(|row| row.family.clone()).collect();
    let mut families: BTreeMap<String, Vec<Root>> = BTreeMap::new();
    for root in options.roots(corpus)? {
        families.entry(root.family.clone()).or_default().push(root);
    }
    families.retain(|family, _| !done.contains(family));
    for (family, roots) in families {
        let start = Instant::now();
        rows.extend(order::run(corpus, &options.out.join("order"), &family, &roots)?);
        println!("order: {family}, {} roots, {:.0?}", roots.len(), start.elapsed());
        report::write(&table, &rows)?;
    }
    Ok(rows)
}

/// A sample of each family's distinct modules through the compiler.
///
/// # Errors
/// What the file system says.
pub fn compile(corpus: &Path, options: &Options) -> io::Result<Vec<Row>> {
    let mut rows = Vec::new();
    let mut modules: Vec<Module> = Vec::new();
    let mut row_of: Vec<usize> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut bytes: BTreeMap<String, usize> = BTreeMap::new();
    for root in options.roots(corpus)? {
        let used = bytes.entry(root.family.clone()).or_default();
        if *used > options.sample {
            continue;
        }
        let (mut row, Some(text)) = tried(corpus, &root, "compile") else { continue };
        // The first line tells the inputs; beyond it, equal text is equal.
        let body = text.split_once('\n').map_or("", |(_, body)| body);
        if !seen.insert(hash(body)) {
            continue;
        }
        *used += text.len();
        row.result.clear();
        rows.push(row);
        row_of.push(rows.len() - 1);
        modules.push(Module { name: format!("m{:05}", modules.len()), text });
    }
    println!("compile: {} modules", modules.len());
    let folder = options.out.join("compile");
    for (number, batch) in compile::batches(modules).into_iter().enumerate() {
        let texts: Vec<&String> = batch.iter().map(|module| &module.text).collect();
        let key = hash((compile::runtime_stamp(), texts));
        let done = folder.join(format!("{key:016x}.done"));
        let start = Instant::now();
        if !(options.resume && done.is_file()) {
            let name = format!("compile_{number:03}");
            let place = folder.join(&name);
            compile::write_crate(&place, &name, &batch, None)?;
            let compiled = compile::check(&place, &options.out.join("target"), &batch);
            let broken = compiled.broken.filter(|_| compiled.errors.is_empty());
            if compiled.errors.is_empty() && broken.is_none() {
                std::fs::write(&done, "")?;
            }
            for module in &batch {
                if let Some(error) = compiled.errors.get(&module.name).or(broken.as_ref())
                    && let Some(row) = row_of.get(module.index()).and_then(|index| rows.get_mut(*index))
                {
                    let class = error.split("error").nth(1).unwrap_or_default().split(':').next().unwrap_or_default();
                    (row.result, row.class, row.detail) = ("failed".into(), format!("error{class}"), error.clone());
                }
            }
        }
        println!("compile: batch {number}, {} modules, {:.0?}", batch.len(), start.elapsed());
    }
    rows.iter_mut().filter(|row| row.result.is_empty()).for_each(|row| row.result = "passed".to_owned());
    Ok(rows)
}

/// The corpus' instance documents through what is generated for their contracts.
///
/// # Errors
/// What the file system says.
pub fn round_trip(corpus: &Path, options: &Options) -> io::Result<Vec<Row>> {
    let mut instances = manifest::instances(corpus)?;
    instances.retain(|instance| instance.well_formed && !instance.contract.is_empty());
    let together = together(&instances);
    let cases: Vec<roundtrip::Case> = instances
        .into_iter()
        .filter(|instance| options.wants(&instance.family, &instance.path))
        .map(|instance| {
            // The contract may be of another family than the document: samples stand apart from their schemas.
            let home = instance.contract.split('/').next().unwrap_or_default();
            roundtrip::Case {
                contracts: match together.get(folder_of(&instance.contract)) {
                    Some(contracts) => contracts.iter().map(|contract| corpus.join(contract)).collect(),
                    None => vec![corpus.join(&instance.contract)],
                },
                schema: Some(corpus.join(&instance.contract)),
                folder: corpus.join(home),
                document: corpus.join(&instance.path),
                name: instance.path,
                family: instance.family,
                soap: instance.soap,
                valid: instance.valid,
            }
        })
        .collect();
    roundtrip::run(&cases, &options.plan("roundtrip"))
}

/// Contracts of one folder, where there are so many that they are made to be used together (a schema for each of a
/// standard's messages, say): one module with all of them, as a project that exchanges several of these would have.
const MANY: usize = 20;

fn together(instances: &[manifest::Instance]) -> BTreeMap<String, BTreeSet<String>> {
    let mut folders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for instance in instances {
        folders.entry(folder_of(&instance.contract).to_owned()).or_default().insert(instance.contract.clone());
    }
    folders.retain(|_, contracts| contracts.len() > MANY);
    folders
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The sample of the W3C's suite, whatever the families asked for: they are of the corpus.
///
/// # Errors
/// What the file system says.
pub fn w3c(corpus: &Path, options: &Options) -> io::Result<Vec<Row>> {
    suite(corpus, options, "w3c", true)
}

/// The same with the documents that are invalid for their schemas: what reading and validation make of them.
///
/// # Errors
/// What the file system says.
pub fn w3c_invalid(corpus: &Path, options: &Options) -> io::Result<Vec<Row>> {
    suite(corpus, options, "w3c-invalid", false)
}

fn suite(corpus: &Path, options: &Options, stage: &str, valid: bool) -> io::Result<Vec<Row>> {
    let suite = w3c::unpack(corpus, &options.out.join("w3c"))?;
    let mut cases = w3c::cases(corpus, &suite, options.nth, valid)?;
    cases.retain(|case| options.only.is_empty() || options.only.iter().any(|text| case.name.contains(text.as_str())));
    println!("{stage}: {} pairs", cases.len());
    let plan = roundtrip::Plan { sample: usize::MAX, ..options.plan(stage) };
    roundtrip::run(&cases, &plan)
}

fn hash(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
