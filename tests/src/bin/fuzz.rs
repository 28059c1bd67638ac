//! Makes contracts by chance and tries them: `cargo run --release -p bindery-tests --bin fuzz -- --seed 1 --count 400`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use bindery_tests::corpus::report::Row;
use bindery_tests::corpus::{self, report};
use bindery_tests::fuzz::run::{self, Wanted};
use bindery_tests::fuzz::{calls, mangle};
use bindery_tests::verdict;
use clap::Parser as _;

/// Makes contracts by chance and tries them.
///
/// Cases are numbered; one seed and one number always make the same contract. Everything stays in the folder: cases/NUMBER has
/// the schema and its documents, fuzz.tsv a row for each document. Needs xmllint. Exit status 1: something failed.
#[derive(clap::Parser)]
struct Arguments {
    /// Where chance starts.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many cases.
    #[arg(long, value_name = "N", default_value_t = 100)]
    count: usize,
    /// The first case.
    #[arg(long, value_name = "N", default_value_t = 0)]
    from: usize,
    /// This case alone.
    #[arg(long, value_name = "N", conflicts_with_all = ["from", "count"])]
    case: Option<usize>,
    /// How many documents by chance of each global element, beside the systematic ones.
    #[arg(long, value_name = "N", default_value_t = 6)]
    documents: usize,
    /// Services over such types, and the requests of their clients.
    #[arg(long, conflicts_with = "mangle")]
    services: bool,
    /// Break contracts of ../shared/corpus instead, N of each family, one after the other; what is still read must compile.
    #[arg(long, value_name = "N")]
    mangle: Option<usize>,
    /// Where everything goes.
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/fuzz"))]
    out: PathBuf,
}

fn main() -> ExitCode {
    verdict::exit_code(run(Arguments::parse()))
}

fn run(arguments: Arguments) -> Result<bool, String> {
    let Arguments { seed, count, from, case, documents, services, mangle: of_family, out } = arguments;
    let (from, count) = case.map_or((from, count), |case| (case, 1));
    let wanted = Wanted { seed, from, count, documents };
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
