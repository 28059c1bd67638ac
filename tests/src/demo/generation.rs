//! From the contracts to the code this program is linked to.

use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs};

use bindery_codegen::config::{self, Target};
use bindery_codegen::generate::{self, Generated};
use bindery_codegen::output;

use super::transcript::Transcript;
use super::{Result, Stop};

/// The generated files as the compiler saw them.
const COMPILED: [(&str, &str); 4] = [
    ("generated/src/mont.rs", include_str!("../../../generated/src/mont.rs")),
    ("generated/src/corteos/orders_api.rs", include_str!("../../../generated/src/corteos/orders_api.rs")),
    ("generated/src/corteos/authorization.rs", include_str!("../../../generated/src/corteos/authorization.rs")),
    ("generated/src/cloudblue.rs", include_str!("../../../generated/src/cloudblue.rs")),
];

/// Whether the calls that follow go through what has just been generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Current,
    Stale,
}

/// The workspace; nothing where it is the current folder, so that paths in messages are short.
pub(super) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = package.parent().unwrap_or(package);
    if env::current_dir().is_ok_and(|here| here == workspace) { PathBuf::new() } else { workspace.to_owned() }
}

/// Generates all that `bindery.toml` names, and writes what has changed.
pub(super) fn run(transcript: &mut Transcript<'_>, root: &Path, write: bool) -> Result<State> {
    transcript.section("Contracts", "bindery.toml: every contract is read and its client generated")?;
    let targets = config::load(&root.join("bindery.toml"))?;
    let mut done = Vec::new();
    for target in targets {
        let generated = one(transcript, root, &target)?;
        done.push((target, generated));
    }
    let compared = done.iter().filter(|(target, _)| compiled(root, target).is_some()).count();
    let stale = done.iter().any(|(target, new)| compiled(root, target).is_some_and(|old| old != new.text));
    // All or nothing, as `bindery generate` does it.
    for (target, generated) in done.iter().filter(|_| write) {
        output::write(&target.output, &generated.text)
            .map_err(|error| Stop::Unexpected(format!("cannot write {}: {error}", target.output.display())))?;
    }
    if stale || compared != COMPILED.len() {
        return Ok(State::Stale);
    }
    transcript.remark("This program was compiled from these very files: the calls below go through them.")?;
    Ok(State::Current)
}

fn one(transcript: &mut Transcript<'_>, root: &Path, target: &Target) -> Result<Generated> {
    let started = Instant::now();
    let generated = generate::generate(&target.request)?;
    let time = started.elapsed().as_millis();
    let summary = generated.summary;
    let unchanged = fs::read(&target.output).is_ok_and(|old| old == generated.text.as_bytes());
    let state = if unchanged { "unchanged" } else { "changed" };
    transcript.step(
        &target.name,
        [
            format!(
                "{} read: {}, {}, {time} ms",
                count(summary.files, "file"),
                count(summary.operations, "operation"),
                count(summary.types, "type")
            ),
            format!("{} {state}", relative(root, target)),
        ],
    )?;
    Ok(generated)
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// What this program was compiled from in the target's place; `None` for a file it does not use.
fn compiled(root: &Path, target: &Target) -> Option<&'static str> {
    let name = relative(root, target);
    COMPILED.iter().find(|(path, _)| *path == name).map(|(_, text)| *text)
}

fn relative(root: &Path, target: &Target) -> String {
    let path = target.output.strip_prefix(root).unwrap_or(&target.output);
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{COMPILED, State, Transcript, root, run};
    use crate::demo::wire::Wire;

    #[test]
    fn the_committed_files_are_what_the_contracts_give() {
        let mut out = Vec::new();
        let mut transcript = Transcript::new(&mut out, Wire::default());
        assert_eq!(run(&mut transcript, &root(), false).unwrap(), State::Current);
        let text = String::from_utf8(out).unwrap();
        for (path, _) in COMPILED {
            assert!(text.contains(&format!("{path} unchanged")), "{text}");
        }
    }

    #[test]
    fn another_set_of_contracts_is_noticed() {
        let folder = std::env::temp_dir().join(format!("bindery-demo-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let contract = root().join("contracts/cloudblue/billing.contract.rs");
        let config = format!(
            "[[generate]]\nname = \"cloudblue\"\nfrom = ['{}']\nto = \"generated/src/cloudblue.rs\"\nexample_tests = false\n",
            contract.display()
        );
        fs::write(folder.join("bindery.toml"), config).unwrap();
        let mut out = Vec::new();
        let mut transcript = Transcript::new(&mut out, Wire::default());
        let state = run(&mut transcript, &folder, true);
        let written = folder.join("generated/src/cloudblue.rs").is_file();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(state.unwrap(), State::Stale);
        assert!(written);
    }
}
