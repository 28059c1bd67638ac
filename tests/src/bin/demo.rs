//! The demonstration as a program: `cargo demo`.

use std::io::{self, Write};
use std::process::ExitCode;

use bindery_tests::demo::{self, Options, Stop};

const HELP: &str = "\
Generates the clients of every contract in bindery.toml, starts a server that answers as
the vendors do, and calls it through the generated clients. Needs no network.

Usage: cargo demo [--wire]

  --wire      show every message as well, laid out, without passwords, tokens and keys
  -h, --help  show this

Ends with 0 if every step came out as expected, with 1 if one did not, or if the contracts
have changed since this program was compiled (run it again).";

fn main() -> ExitCode {
    let mut options = Options { wire: false, write: true };
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--wire" => options.wire = true,
            "-h" | "--help" => {
                println!("{HELP}");
                return ExitCode::SUCCESS;
            }
            other => {
                eprintln!("error: there is no option `{other}`\n\n{HELP}");
                return ExitCode::from(2);
            }
        }
    }
    let mut out = io::stdout().lock();
    match demo::run(&mut out, options) {
        Ok(summary) => match writeln!(out, "\n{} steps, each as expected.", summary.steps) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        // Whoever closed the pipe knows.
        Err(Stop::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        // Diagnostics bring their own heads.
        Err(stop @ Stop::Contract(_)) => {
            eprintln!("\n{stop}");
            ExitCode::FAILURE
        }
        Err(stop) => {
            eprintln!("\nerror: {stop}");
            ExitCode::FAILURE
        }
    }
}
