//! What generating costs beside parsing: for the largest contracts of a folder, the time from the first file read to the last
//! line of Rust, divided by the time roxmltree takes for the same bytes, and how much Rust comes out.
//!
//! `cargo run --release --features compile-cost --bin generate_cost FOLDER [FILE …]`, and without `--release` for what a build
//! script that is not optimised has. FOLDER holds a folder per vendor, below which imports may lead; FILEs are roots in it.
//! Without any, the root of each vendor that reads most, of the ten that read most.
//!
//! CPU time of this thread, the mean of runs until they took long enough to be told: the system counts in steps.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bindery_codegen::generate::{self, Generated, Request};

/// How long each measurement goes on at least, and how many runs it has at least.
const LONG: Duration = Duration::from_millis(400);
const RUNS: usize = 3;
/// How many contracts are measured, and how many files of a vendor are tried as roots.
const COUNT: usize = 10;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next().map(PathBuf::from) else {
        eprintln!("usage: generate_cost FOLDER [FILE …]");
        std::process::exit(2);
    };
    let named: Vec<PathBuf> = arguments.map(|file| folder.join(file)).collect();
    println!("| contract | files | KB in | parse, ms | generate, ms | times | types | KB out | bytes a type |");
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
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
    let parse = seconds(|| {
        for (_, file) in generated.sources.files() {
            let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
            let _ = black_box(roxmltree::Document::parse_with_options(&file.text, options));
        }
    });
    let generate = seconds(|| {
        let _ = black_box(generate::generate(&request));
    });
    let (types, bytes) = (generated.summary.types, generated.text.len());
    println!(
        "| {} | {} | {} | {:.1} | {:.0} | {:.1} | {types} | {} | {} |",
        path.strip_prefix(folder).unwrap_or(path).display(),
        generated.summary.files,
        size(&generated) / 1000,
        parse * 1e3,
        generate * 1e3,
        generate / parse,
        bytes / 1000,
        bytes / types.max(1),
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

/// CPU seconds of a run.
fn seconds(mut run: impl FnMut()) -> f64 {
    let (start, wall) = (cpu(), Instant::now());
    let mut runs = 0;
    while runs < RUNS || wall.elapsed() < LONG {
        run();
        runs += 1;
    }
    (cpu() - start) / runs as f64
}

/// CPU seconds of this thread, from `/proc`: this measurement is for Linux.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let nanoseconds: f64 = stat.split(' ').next().and_then(|field| field.parse().ok()).unwrap_or_default();
    nanoseconds / 1e9
}
