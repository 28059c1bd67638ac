//! The command line: one file per verb.

/// Prints a line to standard output, as `println!` does, by way of [`report::text`].
macro_rules! say {
    ($($line:tt)*) => { $crate::cli::report::text(&format!("{}\n", format_args!($($line)*))) };
}

mod check;
mod diff;
mod drift;
mod explain;
#[cfg(feature = "fetch")]
mod fetch;
mod generate;
mod inspect;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;

use bindery_codegen::generate::Request;
use bindery_codegen::lock::Lock;
use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};

/// Reads service contracts and writes typed Rust clients.
#[derive(Debug, Parser)]
#[command(name = "bindery", version, about)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Generate the files `bindery.toml` asks for.
    ///
    /// Exit codes: 0 written, or unchanged; 1 the inputs have errors, and nothing was written; 2 wrong usage.
    Generate {
        /// Only these entries.
        names: Vec<String>,
        /// The configuration file.
        #[arg(long, value_name = "FILE", default_value = "bindery.toml")]
        config: PathBuf,
    },
    /// Fail, and show the difference, when a generated file is not what its inputs say.
    ///
    /// Exit codes: 0 everything is up to date; 1 something is not, or the inputs have errors; 2 wrong usage.
    Check {
        /// Only these entries.
        names: Vec<String>,
        /// The configuration file.
        #[arg(long, value_name = "FILE", default_value = "bindery.toml")]
        config: PathBuf,
    },
    /// Print the model of a contract: what Bindery has understood.
    Inspect {
        /// A WSDL, XSD or `.contract.rs` file.
        file: PathBuf,
        /// Patches to apply.
        #[arg(long, value_name = "FILE")]
        overlay: Vec<PathBuf>,
        /// Folders that imports may reach into, beside the file's own.
        #[arg(long, value_name = "FOLDER")]
        root: Vec<PathBuf>,
        /// Stop after this pass, of those that run in this order.
        #[arg(long, value_name = "PASS", value_parser = PossibleValuesParser::new(inspect::stages()))]
        after: Option<String>,
        /// Show what that pass changed instead of the whole model.
        #[arg(long, requires = "after")]
        diff: bool,
    },
    /// Download a contract with everything it refers to. The only command that uses the network.
    ///
    /// Exit codes: 0 done, 1 nothing was written, 2 wrong usage.
    #[cfg(feature = "fetch")]
    Fetch(Box<fetch::Args>),
    /// Say what changed between two versions of a contract, and whom it breaks.
    ///
    /// Exit codes: 0 done, 1 something that `--fail-on` names, 2 wrong usage or inputs that cannot be read.
    Diff(Box<diff::Options>),
    /// Sum up what a running application met that its contract does not say, as a proposed change.
    Drift {
        /// Files written by the runtime's `DriftLog`.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Explain a diagnostic code, such as E0301.
    Explain {
        /// The code; all codes when left out.
        code: Option<String>,
    },
}

/// Runs the command line. Exit codes: 0 done, 1 the check failed or the input has errors, 2 wrong usage.
pub(crate) fn run() -> ExitCode {
    match Cli::parse().verb {
        Verb::Generate { names, config } => generate::run(&config, &names),
        Verb::Check { names, config } => check::run(&config, &names),
        Verb::Inspect { file, overlay, root, after, diff } => {
            let locations = Lock::locations_near(&file);
            let request =
                Request { inputs: vec![file], overlays: overlay, roots: root, locations, ..Request::default() };
            inspect::run(&request, after.as_deref(), diff)
        }
        #[cfg(feature = "fetch")]
        Verb::Fetch(args) => fetch::run(&args),
        Verb::Diff(options) => diff::run(&options),
        Verb::Drift { files, json } => drift::run(&files, json),
        Verb::Explain { code } => explain::run(code.as_deref()),
    }
}
