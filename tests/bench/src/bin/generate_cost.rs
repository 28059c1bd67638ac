//! What generating costs beside parsing: for the largest contracts of a folder, the time from the first file read to the last
//! line of Rust, divided by the time roxmltree takes for the same bytes, and how much Rust comes out. The table is that of
//! `docs/performance.md`.
//!
//! `cargo run --release --features compile-cost --bin generate_cost FOLDER [FILE …]`, and without `--release` for what a build
//! script that is not optimised has. FOLDER holds a folder per vendor, below which imports may lead; FILEs are roots in it.
//! Without any, the root of each vendor that reads most, of the ten that read most.
//!
//! CPU time of this thread. Parsing, each stage and the whole are done in turns, so that what else the machine does falls on all
//! of them; the medians are printed, and of the ratio the median of the turns'. Reading includes the passes; the whole is
//! more than its stages by what is freed in the end.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use bindery_codegen::diagnostic::Diagnostics;
use bindery_codegen::emit::{self, Header};
use bindery_codegen::generate::{self, Generated, Request};
use bindery_codegen::plan;
use rustix::time::{ClockId, clock_gettime};

/// How many turns each contract has, unless they take longer than this.
const TURNS: usize = 25;
const LONG: f64 = 20.0;
/// How many contracts are measured, and how many files of a vendor are tried as roots.
const COUNT: usize = 10;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next().map(PathBuf::from) else {
        eprintln!("usage: generate_cost FOLDER [FILE …]");
        std::process::exit(2);
    };
    let named: Vec<PathBuf> = arguments.map(|file| folder.join(file)).collect();
    println!(
        "| contract | KB in | files | parse, ms | read, ms | plan, ms | print, ms | whole, ms | times parse | types | KB out |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    let roots = if named.is_empty() { largest(&folder) } else { named };
    for path in roots {
        row(&folder, &path);
    }
}

/// The root of each vendor that reads most, those that read most first.
fn largest(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<(usize, PathBuf)> = Vec::new();
    for vendor in folders(folder) {
        let read = contracts(&vendor).into_iter().filter_map(|path| {
            let generated = generate::generate(&request(folder, &path)).ok()?;
            Some((size(&generated), path))
        });
        all.extend(read.max());
    }
    all.sort_by(|a, b| b.cmp(a));
    all.into_iter().map(|(_, path)| path).take(COUNT).collect()
}

fn row(folder: &Path, path: &Path) {
    let request = request(folder, path);
    let generated = match generate::generate(&request) {
        Ok(generated) => generated,
        Err(failure) => return eprintln!("{}: {failure}", path.display()),
    };
    let mut turns: [Vec<f64>; 6] = Default::default();
    let start = cpu();
    while turns[0].len() < TURNS && cpu() - start < LONG {
        let parse = seconds(|| {
            for (_, file) in generated.sources.files() {
                let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
                let _ = black_box(roxmltree::Document::parse_with_options(&file.text, options));
            }
        });
        let (read, loaded) = timed(|| generate::load(&request, None));
        let Ok(loaded) = loaded else { return };
        let (plan, planned) = timed(|| plan::plan(&loaded.model, &request.plan, &mut Diagnostics::default()));
        let (print, text) = timed(|| emit::emit(&planned, &Header { inputs: Vec::new() }));
        drop((loaded, planned, text));
        let whole = seconds(|| drop(black_box(generate::generate(&request))));
        for (column, value) in turns.iter_mut().zip([parse, read, plan, print, whole, whole / parse]) {
            column.push(value);
        }
    }
    let [parse, read, plan, print, whole, times] = turns.map(median);
    println!(
        "| {} | {} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {times:.1} | {} | {} |",
        path.strip_prefix(folder).unwrap_or(path).display(),
        size(&generated) / 1000,
        generated.summary.files,
        parse * 1e3,
        read * 1e3,
        plan * 1e3,
        print * 1e3,
        whole * 1e3,
        generated.summary.types,
        generated.text.len() / 1000,
    );
}

/// Generates from one root, whose imports may lead anywhere in the vendor's folder.
fn request(folder: &Path, path: &Path) -> Request {
    let vendor = path.strip_prefix(folder).ok().and_then(|path| path.iter().next());
    let roots = vendor.map(|vendor| folder.join(vendor)).into_iter().collect();
    Request { inputs: vec![path.to_owned()], roots, ..Request::default() }
}

/// Bytes of everything that was read.
fn size(generated: &Generated) -> usize {
    generated.sources.files().map(|(_, file)| file.text.len()).sum()
}

/// The largest WSDLs and schemas below a folder.
fn contracts(vendor: &Path) -> Vec<PathBuf> {
    let mut found: Vec<(u64, PathBuf)> = Vec::new();
    let mut open = vec![vendor.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "wsdl" || extension == "xsd") {
                found.push((entry.metadata().map_or(0, |data| data.len()), path));
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.into_iter().map(|(_, path)| path).take(COUNT).collect()
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// CPU seconds of a run.
fn seconds(run: impl FnOnce()) -> f64 {
    timed(run).0
}

/// CPU seconds of a run, and what it made.
fn timed<T>(run: impl FnOnce() -> T) -> (f64, T) {
    let start = cpu();
    let made = run();
    (cpu() - start, made)
}

/// CPU seconds of this thread.
fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
