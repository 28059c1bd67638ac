//! Runs Bindery over the corpus of real contracts beside the project, or over any folder of contracts:
//! `cargo run --release -p bindery-tests --bin corpus`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use bindery_tests::corpus::{self, report, stages};

const USAGE: &str = "\
corpus [--root DIR] [--stage generate|order|compile|roundtrip|w3c|w3c-invalid]… [--family NAME]… [--only TEXT]… [--sample BYTES] [--nth N] [--resume] [--quick] [--out DIR]

--root: a folder of WSDL and XSD files to try instead of ../shared/corpus; folders in it are families, and imports stay within one.
Without --stage, all of them (with --root, without the W3C's suite). --sample: of each family, distinct modules are compiled until they are this much text (1500000).
--nth: every how many-th pair of the W3C's suite is run (1). --quick: a small part of everything, in seconds.
Results: DIR/STAGE.tsv, a row for each root or document. Exit status 1: something failed.";

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
    let mut options = stages::Options {
        families: Vec::new(),
        only: Vec::new(),
        sample: 1_500_000,
        nth: 1,
        resume: false,
        out: PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/corpus")),
    };
    let mut wanted: Vec<String> = Vec::new();
    let mut quick = false;
    let mut own: Option<PathBuf> = None;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg}: expected a value\n\n{USAGE}"));
        let number = |text: String| text.parse::<usize>().map_err(|_| format!("{text}: expected a number"));
        match arg.as_str() {
            "--root" => own = Some(PathBuf::from(value()?)),
            "--stage" => wanted.push(value()?),
            "--family" => options.families.push(value()?),
            "--only" => options.only.push(value()?),
            "--sample" => options.sample = number(value()?)?,
            "--nth" => options.nth = number(value()?)?,
            "--out" => options.out = PathBuf::from(value()?),
            "--resume" => options.resume = true,
            "--quick" => quick = true,
            _ => return Err(format!("{arg}: not an option\n\n{USAGE}")),
        }
    }
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
    let all: [(&str, Stage); 6] = [
        ("generate", stages::generate),
        ("order", stages::order),
        ("compile", stages::compile),
        ("roundtrip", stages::round_trip),
        ("w3c", stages::w3c),
        ("w3c-invalid", stages::w3c_invalid),
    ];
    if let Some(other) = wanted.iter().find(|name| !all.iter().any(|(known, _)| known == name)) {
        return Err(format!("{other}: no such stage\n\n{USAGE}"));
    }
    let mut good = true;
    for (name, stage) in all {
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

type Stage = fn(&Path, &stages::Options) -> std::io::Result<Vec<report::Row>>;
