//! Makes contracts by chance and tries them: `cargo run --release -p bindery-tests --bin fuzz -- --seed 1 --count 400`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use bindery_tests::corpus::report::Row;
use bindery_tests::corpus::{self, report};
use bindery_tests::fuzz::run::{self, Wanted};
use bindery_tests::fuzz::{calls, mangle};

const USAGE: &str = "\
fuzz [--seed N] [--count N] [--from N] [--case N] [--documents N] [--services] [--mangle N] [--out DIR]

Cases are numbered; one seed and one number always make the same contract. --case N runs one alone, and is `--from N --count 1`.
--documents: how many by chance of each global element (6), beside the systematic ones.
--services: services over such types, and the requests of their clients.
--mangle: break contracts of ../shared/corpus instead, N of each family, one after the other; what is still read must compile.
Everything stays in DIR (target/fuzz): cases/NUMBER has the schema and its documents, fuzz.tsv a row for each document.
Needs xmllint. Exit status 1: something failed.";

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, String> {
    let mut wanted = Wanted { seed: 1, from: 0, count: 100, documents: 6 };
    let mut out = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/fuzz"));
    let (mut of_family, mut services) = (None, false);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        if arg == "--services" {
            services = true;
            continue;
        }
        let value = args.next().ok_or_else(|| format!("{arg}: expected a value\n\n{USAGE}"))?;
        let number = || value.parse::<usize>().map_err(|_| format!("{value}: expected a number"));
        match arg.as_str() {
            "--seed" => wanted.seed = number()? as u64,
            "--count" => wanted.count = number()?,
            "--from" => wanted.from = number()?,
            "--case" => (wanted.from, wanted.count) = (number()?, 1),
            "--documents" => wanted.documents = number()?,
            "--mangle" => of_family = Some(number()?),
            "--out" => out = PathBuf::from(value),
            _ => return Err(format!("{arg}: not an option\n\n{USAGE}")),
        }
    }
    let start = Instant::now();
    // Panics are results here.
    std::panic::set_hook(Box::new(|_| {}));
    if let Some(of_family) = of_family {
        return mangled(&wanted, of_family, &out);
    }
    let run = if services { calls::run } else { run::run };
    let outcome = run(&wanted, &out).map_err(|error| error.to_string())?;
    let table = out.join("fuzz.tsv");
    report::write(&table, &outcome.rows).map_err(|error| error.to_string())?;
    println!("\n{:.0?}, seed {}, {} schemas: {}", start.elapsed(), wanted.seed, outcome.schemas, table.display());
    println!("\nschemas that were discarded: {}", outcome.discarded.len());
    print!("{}", run::grouped(outcome.discarded.iter().filter_map(|line| line.split_once(": "))));
    println!("\ndocuments that were discarded: {}", outcome.invalid.len());
    print!("{}", run::grouped(outcome.invalid.iter().map(|(place, why)| (place.as_str(), why.as_str()))));
    Ok(told(&outcome.rows))
}

/// Says what became of all, and of those that failed which kinds there are: true when none did.
fn told(rows: &[Row]) -> bool {
    println!("\n{}", report::summary(rows));
    let failed: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.class, row.detail)).collect();
    let lines = rows.iter().zip(&failed).filter(|(row, _)| row.result == "failed");
    print!(
        "{}",
        run::grouped(lines.map(|(row, why)| {
            (if row.document.is_empty() { row.contract.as_str() } else { row.document.as_str() }, why.as_str())
        }))
    );
    rows.iter().all(|row| row.result != "failed")
}

fn mangled(wanted: &Wanted, of_family: usize, out: &Path) -> Result<bool, String> {
    let Some(corpus) = corpus::folder() else { return Err("skipped: needs ../shared/corpus".to_owned()) };
    let start = Instant::now();
    let say = |error: std::io::Error| error.to_string();
    std::fs::create_dir_all(out).map_err(say)?;
    let out = out.canonicalize().map_err(say)?;
    let victims = mangle::victims(&corpus, of_family).map_err(say)?;
    println!("{} contracts", victims.len());
    let broken = mangle::run(&victims, wanted.seed, wanted.from..wanted.from + wanted.count, &out).map_err(say)?;
    let mut rows = broken.rows;
    println!("{} tries, {:.0?}; {} texts to compile", rows.len(), start.elapsed(), broken.modules.len());
    rows.extend(mangle::compiled(broken.modules, &out).map_err(say)?);
    report::write(&out.join("mangle.tsv"), &rows).map_err(say)?;
    println!("{:.0?}, seed {}", start.elapsed(), wanted.seed);
    Ok(told(&rows))
}
