//! Runs Bindery over the corpus of real contracts beside the project, or over any folder of contracts:
//! `cargo run --release -p bindery-tests --bin corpus`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use bindery_tests::corpus::{self, report, stages};
use bindery_tests::verdict;
use clap::Parser as _;
use clap::builder::PossibleValuesParser;

/// Tries contracts: one stage after the other, a table for each.
///
/// Exit status 1: something failed.
#[derive(clap::Parser)]
struct Arguments {
    /// A folder of WSDL and XSD files to try instead of ../shared/corpus; folders in it are families, and imports stay within one.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Only these stages. Without it all of them; with `--root`, all but the W3C's suite.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(STAGES.map(|(name, _)| name)))]
    stage: Vec<String>,
    /// Only these families.
    #[arg(long, value_name = "NAME")]
    family: Vec<String>,
    /// Only roots with this in their path.
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
    /// Of each family, distinct modules are compiled until they are this much text.
    #[arg(long, value_name = "BYTES", default_value_t = 1_500_000)]
    sample: usize,
    /// Every how many-th pair of the W3C's suite is run.
    #[arg(long, value_name = "N", default_value_t = 1)]
    nth: usize,
    /// Keep what an earlier run did.
    #[arg(long)]
    resume: bool,
    /// A small part of everything, in seconds.
    #[arg(long)]
    quick: bool,
    /// Where STAGE.tsv goes, a row for each root or document.
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/corpus"))]
    out: PathBuf,
}

type Stage = fn(&Path, &stages::Options) -> std::io::Result<Vec<report::Row>>;

const STAGES: [(&str, Stage); 6] = [
    ("generate", stages::generate),
    ("order", stages::order),
    ("compile", stages::compile),
    ("roundtrip", stages::round_trip),
    ("w3c", stages::w3c),
    ("w3c-invalid", stages::w3c_invalid),
];

fn main() -> ExitCode {
    verdict::exit_code(run(Arguments::parse()))
}

fn run(arguments: Arguments) -> Result<bool, String> {
    let Arguments { root: own, stage: wanted, family: families, only, sample, nth, resume, quick, out } = arguments;
    let mut options = stages::Options { families, only, sample, nth, resume, out };
    if quick {
        options = stages::Options { resume: options.resume, ..stages::Options::quick(&options.out) };
    }
    let folder = match &own {
        Some(own) => own.canonicalize().map_err(|error| format!("--root {}: {error}", own.display()))?,
        None => corpus::folder().ok_or("skipped: needs ../shared/corpus, or --root")?,
    };
    std::fs::create_dir_all(&options.out).map_err(|error| format!("{}: {error}", options.out.display()))?;
    options.out = options.out.canonicalize().map_err(|error| error.to_string())?;
    // Panics are results here.
    std::panic::set_hook(Box::new(|_| {}));
    let mut good = true;
    for (name, stage) in STAGES {
        // The W3C's suite is of the corpus.
        let among_all = own.is_none() || !name.starts_with("w3c");
        if !(wanted.iter().any(|wanted| wanted == name) || wanted.is_empty() && among_all) {
            continue;
        }
        let start = Instant::now();
        let rows = stage(&folder, &options).map_err(|error| format!("{name}: {error}"))?;
        let table = options.out.join(format!("{name}.tsv"));
        report::write(&table, &rows).map_err(|error| format!("{}: {error}", table.display()))?;
        println!("\n== {name}, {:.0?}: {}\n\n{}", start.elapsed(), table.display(), report::summary(&rows));
        good &= rows.iter().all(|row| row.result != "failed");
    }
    Ok(good)
}
