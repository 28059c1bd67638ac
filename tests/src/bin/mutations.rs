//! Holds what `bindery diff` says against the codec and the compiler: `cargo run --release -p bindery-tests --bin mutations`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use bindery_tests::agreement::mutation::Wanted;
use bindery_tests::agreement::run;
use bindery_tests::agreement::table::{self, Class};

const USAGE: &str = "\
mutations [--seed N] [--count N] [--only NAME]… [--wire] [--out DIR]

--seed: chance starts there (1). --count: how many mutations (600). --only: an operator, a contract, or the id of one mutation
(contract/operator/number). --wire: no programs are compiled, which takes longest. Results: DIR/mutations.tsv, a line for each answer, DIR/mutations.md, tables, and
DIR/refused.tsv, what was no contract any more.
Exit status 1: something was said to be safe that breaks.";

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
    let mut wanted = Wanted { seed: 1, count: 600, only: Vec::new(), source: true };
    let mut out = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/mutations"));
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg}: expected a value\n\n{USAGE}"));
        match arg.as_str() {
            "--seed" => wanted.seed = value()?.parse().map_err(|_| "--seed: expected a number")?,
            "--count" => wanted.count = value()?.parse().map_err(|_| "--count: expected a number")?,
            "--only" => wanted.only.push(value()?),
            "--wire" => wanted.source = false,
            "--out" => out = PathBuf::from(value()?),
            _ => return Err(format!("{arg}: not an option\n\n{USAGE}")),
        }
    }
    let start = Instant::now();
    let outcome = run::run(&wanted, &out, &|line| println!("{:>5.0?} {line}", start.elapsed()))
        .map_err(|error| error.to_string())?;
    let tables = table::markdown(&outcome.rows);
    std::fs::write(out.join("mutations.tsv"), table::tsv(&outcome.rows)).map_err(|error| error.to_string())?;
    std::fs::write(out.join("mutations.md"), &tables).map_err(|error| error.to_string())?;
    let refused: String =
        outcome.refused.iter().map(|(id, why)| format!("{id}\t{}\n", why.lines().next().unwrap_or_default())).collect();
    std::fs::write(out.join("refused.tsv"), refused).map_err(|error| error.to_string())?;
    for odd in &outcome.odd {
        println!("odd: {odd}");
    }
    println!("\n{tables}");
    let wrong = table::list(&outcome.rows, Class::FalseSafe);
    println!("== said to be safe, and breaks\n{wrong}");
    println!("== said to break, and nothing was found that does\n{}", table::list(&outcome.rows, Class::FalseBreak));
    println!("{}, {:.0?}", out.join("mutations.tsv").display(), start.elapsed());
    Ok(wrong.is_empty())
}
