//! Stage three: documents read, written and read again by what was generated for their contracts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::compile::{self, Module};
use super::documents::{self, Payload};
use super::generate::{self, Outcome};
use super::report::{self, Row};
use super::validate;

/// A document with its contract.
#[derive(Debug, Clone)]
pub struct Case {
    /// The family it is counted with.
    pub family: String,
    /// The contract's files.
    pub contracts: Vec<PathBuf>,
    /// The schema the document is held against, where it is one file.
    pub schema: Option<PathBuf>,
    /// Folder that the contract's imports may reach into.
    pub folder: PathBuf,
    /// What the document is called in tables.
    pub name: String,
    /// The document.
    pub document: PathBuf,
    /// It is a SOAP message: the first child of its Body is what is read.
    pub soap: bool,
    /// Whether it is valid, where that is known. What the reader finds odd in a valid one is a mistake of ours.
    pub valid: Option<bool>,
}

/// How a run goes.
#[derive(Debug, Clone)]
pub struct Plan<'p> {
    /// `roundtrip` or `w3c`.
    pub stage: &'p str,
    /// Where crates, documents and results go.
    pub out: &'p Path,
    /// Modules of a family are at most this much text; documents of the others are left out.
    pub sample: usize,
    /// Batches that have a result already are not run again.
    pub resume: bool,
}

/// How often a batch is compiled, each time without the modules that had errors: the compiler does not tell all at once.
const TRIES: usize = 4;

/// A case on its way.
struct Trip {
    row: Row,
    payload: Payload,
    module: usize,
    case: usize,
}

/// A row that is still to be filled in.
fn row(stage: &str, case: &Case) -> Row {
    let contracts = case.schema.as_ref().map_or(case.contracts.as_slice(), std::slice::from_ref);
    Row {
        stage: stage.to_owned(),
        family: case.family.clone(),
        contract: contracts.iter().map(|path| generate::below(path, &case.folder)).collect::<Vec<_>>().join(" "),
        document: case.name.clone(),
        ..Row::default()
    }
}

impl Row {
    fn is(mut self, result: &str, class: impl Into<String>, detail: impl Into<String>) -> Self {
        (self.result, self.class, self.detail) = (result.to_owned(), class.into(), detail.into());
        self
    }
}

/// Runs all cases.
///
/// # Errors
/// What the file system says.
pub fn run(cases: &[Case], plan: &Plan<'_>) -> io::Result<Vec<Row>> {
    let folder = plan.out.join(plan.stage);
    fs::create_dir_all(folder.join("documents"))?;
    let mut rows = Vec::new();
    let mut modules: Vec<Module> = Vec::new();
    let trips = prepare(cases, plan, &mut modules, &mut rows);
    println!(
        "{} documents to run with {} modules of {} KB",
        trips.len(),
        modules.len(),
        modules.iter().map(|module| module.text.len()).sum::<usize>() >> 10
    );
    let mut by_module: BTreeMap<usize, Vec<Trip>> = BTreeMap::new();
    for trip in trips {
        by_module.entry(trip.module).or_default().push(trip);
    }
    for (number, batch) in compile::batches(modules).into_iter().enumerate() {
        let trips: Vec<Trip> = batch.iter().filter_map(|module| by_module.remove(&module.index())).flatten().collect();
        rows.extend(run_batch(number, &batch, trips, cases, plan, &folder)?);
    }
    rows.sort_by(|a, b| (&a.family, &a.document).cmp(&(&b.family, &b.document)));
    Ok(rows)
}

/// Generates the modules, each text once, and reads the documents.
fn prepare(cases: &[Case], plan: &Plan<'_>, modules: &mut Vec<Module>, rows: &mut Vec<Row>) -> Vec<Trip> {
    let mut trips = Vec::new();
    let mut by_contract: BTreeMap<&[PathBuf], Result<usize, Box<Row>>> = BTreeMap::new();
    let mut by_text: BTreeMap<u64, usize> = BTreeMap::new();
    let mut bytes: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, case) in cases.iter().enumerate() {
        let row = row(plan.stage, case);
        let payload = match documents::payload(&case.document, case.soap) {
            Ok(payload) => payload,
            Err(why) => {
                rows.push(row.is("unsupported", why, ""));
                continue;
            }
        };
        let used = bytes.entry(&case.family).or_default();
        let module = by_contract.entry(&case.contracts).or_insert_with(|| {
            if *used > plan.sample {
                return Err(Box::new(Row::default().is("left out", "beyond the sample", "")));
            }
            match generate::attempt(&generate::request_of(&case.contracts, &case.folder)) {
                Outcome::Generated { text, .. } => {
                    let body = text.split_once('\n').map_or("", |(_, body)| body);
                    Ok(*by_text.entry(hash(body)).or_insert_with(|| {
                        *used += text.len();
                        modules.push(Module { name: format!("m{:05}", modules.len()), text });
                        modules.len() - 1
                    }))
                }
                Outcome::Refused(errors) => {
                    let (code, message) = errors.into_iter().next().unwrap_or_default();
                    Err(Box::new(Row::default().is("refused", code, message)))
                }
                Outcome::Panicked(message) => Err(Box::new(Row::default().is("failed", "panic", message))),
            }
        });
        match module {
            Ok(module) => trips.push(Trip { row, payload, module: *module, case: index }),
            Err(why) => rows.push(row.is(&why.result, why.class.clone(), why.detail.clone())),
        }
    }
    trips
}

fn hash(text: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn run_batch(
    number: usize,
    batch: &[Module],
    trips: Vec<Trip>,
    cases: &[Case],
    plan: &Plan<'_>,
    folder: &Path,
) -> io::Result<Vec<Row>> {
    let runtime = compile::runtime_stamp();
    let key = hash((
        runtime,
        include_str!("harness.rs"),
        batch.iter().map(|module| &module.text).collect::<Vec<_>>(),
        trips.iter().map(|trip| (&trip.row.document, &trip.payload.text)).collect::<Vec<_>>(),
    ));
    let results = folder.join(format!("{key:016x}.tsv"));
    if plan.resume
        && let Some(rows) = report::read(&results)
    {
        return Ok(rows);
    }
    let start = std::time::Instant::now();
    let name = format!("{}_{number:03}", plan.stage);
    let place = folder.join(&name);
    let target = plan.out.join("target");
    // What does not compile is told, and left out of the next try.
    let mut errors: BTreeMap<usize, String> = BTreeMap::new();
    let mut broken = None;
    let mut compiles = false;
    for _ in 0..TRIES {
        let alive: Vec<Module> = batch.iter().filter(|module| !errors.contains_key(&module.index())).cloned().collect();
        compile::write_crate(&place, &name, &alive, Some(&main(&alive, &trips)))?;
        let compiled = compile::build(&place, &target, &alive);
        compiles = compiled.errors.is_empty() && compiled.broken.is_none();
        broken = compiled.broken;
        for module in &alive {
            if let Some(error) = compiled.errors.get(&module.name) {
                errors.insert(module.index(), error.clone());
            }
        }
        if compiles || broken.is_some() {
            break;
        }
    }
    let ran =
        if compiles { execute(&target.join("debug").join(&name), &place, &trips, folder)? } else { BTreeMap::new() };
    let mut rows = Vec::new();
    for (index, trip) in trips.iter().enumerate() {
        let row = trip.row.clone();
        rows.push(match (ran.get(&index), errors.get(&trip.module).or(broken.as_ref())) {
            (_, Some(error)) => row.is("failed", "does not compile", error.clone()),
            (Some(line), None) => judge(row, trip, line, &cases[trip.case], &other(folder, trip)),
            (None, None) => row.is("failed", if compiles { "crash" } else { "left out with a broken batch" }, ""),
        });
    }
    check(&mut rows, &trips, cases, folder);
    report::write(&results, &rows)?;
    let passed = rows.iter().filter(|row| row.result == "passed").count();
    println!("{name}: {} modules, {passed} of {} passed, {:.0?}", batch.len(), rows.len(), start.elapsed());
    Ok(rows)
}

/// The program's own part: which modules and elements there are.
fn main(batch: &[Module], trips: &[Trip]) -> String {
    let mut out = String::from(include_str!("harness.rs"));
    out.push_str("\nfn main() {\n    drive(&|module, local| match (module, local) {\n");
    let mut wanted: BTreeSet<(&str, &str)> = BTreeSet::new();
    for trip in trips {
        if let Some(module) = batch.iter().find(|module| module.index() == trip.module) {
            wanted.insert((&module.name, &trip.payload.local));
        }
    }
    for (name, local) in wanted {
        let Some(module) = batch.iter().find(|module| module.name == name) else { continue };
        let statics: Vec<String> =
            elements(&module.text, local).into_iter().map(|ident| format!("&{name}::elements::{ident}")).collect();
        if !statics.is_empty() {
            let _ = writeln!(out, "        ({name:?}, {local:?}) => vec![{}],", statics.join(", "));
        }
    }
    out.push_str("        _ => Vec::new(),\n    });\n}\n");
    out
}

/// The statics of a module's entry points for elements with this local name, whatever their namespace.
fn elements<'t>(text: &'t str, local: &str) -> Vec<&'t str> {
    let Some((_, elements)) = text.split_once("\npub mod elements {") else { return Vec::new() };
    let elements = elements.split_once("\n}").map_or(elements, |(elements, _)| elements);
    let wanted = format!("{local:?})");
    elements
        .split("pub static ")
        .skip(1)
        .filter(|item| {
            let squeezed: String = item.chars().filter(|c| !c.is_whitespace()).collect();
            squeezed.contains(&format!(",{wanted}")) || squeezed.contains(&format!(",{local:?},)"))
        })
        .filter_map(|item| item.split(':').next())
        .collect()
}

/// Where the written form of a document goes.
fn other(folder: &Path, trip: &Trip) -> PathBuf {
    folder.join("documents").join(format!("{:05}.out.xml", trip.case))
}

fn execute(program: &Path, place: &Path, trips: &[Trip], folder: &Path) -> io::Result<BTreeMap<usize, Vec<String>>> {
    let mut ran = BTreeMap::new();
    let mut first = 0;
    // A program that dies (its stack overflows, say) goes on behind the document it died of.
    while first < trips.len() {
        let mut list = String::new();
        for (index, trip) in trips.iter().enumerate().skip(first) {
            let input = folder.join("documents").join(format!("{:05}.in.xml", trip.case));
            fs::write(&input, &trip.payload.text)?;
            let _ = writeln!(
                list,
                "{index}\tm{:05}\t{}\t{}\t{}\t{}",
                trip.module,
                trip.payload.ns,
                trip.payload.local,
                input.display(),
                other(folder, trip).display()
            );
        }
        let path = place.join("list.tsv");
        fs::write(&path, list)?;
        let output = Command::new(program).arg(&path).output()?;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
            if let Some(index) = fields.first().and_then(|field| field.parse::<usize>().ok()) {
                first = first.max(index + 1);
                ran.insert(index, fields);
            }
        }
        if output.status.success() {
            break;
        }
        first += 1;
    }
    Ok(ran)
}

/// What the program's word on a document means.
fn judge(row: Row, trip: &Trip, line: &[String], case: &Case, other: &Path) -> Row {
    let field = |index: usize| line.get(index).map_or("", String::as_str);
    let (result, drift, detail) = (field(1), field(2), field(3));
    if case.valid == Some(false) && matches!(result, "ok" | "differs") {
        return match (drift, detail) {
            ("", "") => row.is("passed", "invalid document accepted", ""),
            ("", violation) => row.is("passed", "invalid document read, found by validation", violation),
            (drift, _) => row.is("passed", "invalid document read, told as drift", drift),
        };
    }
    match result {
        "ok" => {}
        "no root" => return row.is("unsupported", "no global element of this name", detail),
        // A document that is not valid may be refused.
        "read" if detail.contains("document type declaration") => return row.is("unsupported", "DTD", detail),
        "read" if case.valid == Some(false) => return row.is("passed", "invalid document refused", detail),
        "read" if case.valid.is_none() => return row.is("unsupported", "refused, and not known to be valid", detail),
        _ => return row.is("failed", result, detail),
    }
    if case.valid == Some(true) && !drift.is_empty() {
        return row.is("failed", "drift on a valid document", drift);
    }
    let written = fs::read_to_string(other).unwrap_or_default();
    match documents::lost(&trip.payload.text, &written) {
        Some(what) if drift.is_empty() => row.is("failed", "content changed", what),
        // Read and written as it should be; what validation says is another question.
        _ if case.valid == Some(true) && !detail.is_empty() => row.is("passed", "validation refuses it", detail),
        _ => row.is("passed", "", drift),
    }
}

/// Holds what was written to the schema, where that accepts what was read.
fn check(rows: &mut [Row], trips: &[Trip], cases: &[Case], folder: &Path) {
    let mut by_schema: BTreeMap<&Path, Vec<usize>> = BTreeMap::new();
    for (index, trip) in trips.iter().enumerate() {
        let case = &cases[trip.case];
        if let Some(schema) = &case.schema
            && case.valid == Some(true)
            && rows[index].result == "passed"
            && schema.extension().is_some_and(|extension| extension == "xsd")
        {
            by_schema.entry(schema).or_default().push(index);
        }
    }
    for (schema, indices) in by_schema {
        let written: Vec<PathBuf> = indices.iter().map(|index| other(folder, &trips[*index])).collect();
        let Some(accepted) = validate::accepted(schema, &written) else { continue };
        for (index, path) in indices.iter().zip(&written).filter(|(_, path)| !accepted.contains(*path)) {
            let original = [cases[trips[*index].case].document.clone()];
            // Where the validator does not accept the original either, it has nothing to say on ours.
            if validate::accepted(schema, &original).is_some_and(|accepted| !accepted.is_empty()) {
                let detail = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                rows[*index] = rows[*index].clone().is("failed", "written form is not valid", detail);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entry_points_are_found_by_local_name() {
        let text = "//! x\npub mod elements {\n    pub static A: rt::Root<X> = rt::Root::new(rt::Name::new(NS, \"a\"), false);\n    \
                    pub static A_2: rt::Root<Y> = rt::Root::new(\n        rt::Name::new(\n            OTHER,\n            \"a\",\n        ),\n        \
                    false,\n    );\n    pub static AB: rt::Root<Z> = rt::Root::new(rt::Name::new(NS, \"ab\"), false);\n}\n";
        assert_eq!(elements(text, "a"), ["A", "A_2"]);
        assert_eq!(elements(text, "ab"), ["AB"]);
        assert!(elements(text, "b").is_empty());
    }
}
