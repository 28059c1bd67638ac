//! Holds what `bindery diff` says against the codec and the compiler: `cargo run --release -p bindery-tests --bin mutations`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use bindery_tests::agreement::mutation::Wanted;
use bindery_tests::agreement::run;
use bindery_tests::agreement::table::{self, Class};
use bindery_tests::verdict;
use clap::Parser as _;

/// Changes contracts in many small ways, and holds the verdicts of the diff against what happens.
///
/// Exit status 1: something was said to be safe that breaks.
#[derive(clap::Parser)]
struct Arguments {
    /// Where chance starts.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many mutations.
    #[arg(long, value_name = "N", default_value_t = 600)]
    count: usize,
    /// An operator, a contract, or the id of one mutation (contract/operator/number).
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Compile no programs, which takes longest.
    #[arg(long)]
    wire: bool,
    /// Where mutations.tsv (a line for each answer), mutations.md (tables) and refused.tsv (what was no contract any more) go.
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/mutations"))]
    out: PathBuf,
}

fn main() -> ExitCode {
    verdict::exit_code(run(Arguments::parse()))
}

fn run(arguments: Arguments) -> Result<bool, String> {
    let Arguments { seed, count, only, wire, out } = arguments;
    let wanted = Wanted { seed, count, only, source: !wire };
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
