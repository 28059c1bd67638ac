//! How a program that tries many things ends.

use std::process::ExitCode;

/// 0 when everything was good, 1 when something was not, 2 when the run itself failed, after saying why.
pub fn exit_code(result: Result<bool, String>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}
