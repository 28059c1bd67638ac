//! `bindery explain`

use std::process::ExitCode;

use bindery_codegen::codes;
use bindery_codegen::diagnostic::did_you_mean;

pub(super) fn run(code: Option<&str>) -> ExitCode {
    let Some(code) = code else {
        for entry in codes::all() {
            println!("{}  {}", entry.code, entry.title);
        }
        return ExitCode::SUCCESS;
    };
    let wanted = code.to_uppercase();
    match codes::all().find(|entry| entry.code == wanted) {
        Some(entry) => {
            println!("{}: {}\n\n{}", entry.code, entry.title, entry.text);
            ExitCode::SUCCESS
        }
        None => {
            let near = did_you_mean(&wanted, codes::all().map(|entry| entry.code));
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            eprintln!("error: no diagnostic has the code `{code}`{hint}");
            ExitCode::from(2)
        }
    }
}
