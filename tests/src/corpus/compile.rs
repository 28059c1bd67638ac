//! Stage two: the generated modules through the compiler, many to a crate, since starting the compiler is the cost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// A generated module.
#[derive(Debug, Clone)]
pub struct Module {
    /// Its name, unique in the run.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Module {
    /// The number in its name.
    pub fn index(&self) -> usize {
        self.name.trim_start_matches('m').parse().unwrap_or(usize::MAX)
    }
}

/// Modules of one crate are at most this much text: the compiler's memory grows with it.
pub const BATCH_BYTES: usize = 6 << 20;

/// Puts modules into crates, in the order given.
pub fn batches(modules: Vec<Module>) -> Vec<Vec<Module>> {
    let mut out: Vec<Vec<Module>> = Vec::new();
    let mut bytes = usize::MAX;
    for module in modules {
        if bytes.saturating_add(module.text.len()) > BATCH_BYTES {
            out.push(Vec::new());
            bytes = 0;
        }
        bytes += module.text.len();
        if let Some(batch) = out.last_mut() {
            batch.push(module);
        }
    }
    out
}

/// Writes a crate that holds the modules, and what else its root should hold.
///
/// # Errors
/// What the file system says.
pub fn write_crate(folder: &Path, name: &str, modules: &[Module], main: Option<&str>) -> io::Result<()> {
    let source = folder.join("src");
    fs::create_dir_all(&source)?;
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime");
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nbindery-runtime = {{ path = {runtime:?}, features = [\"validate\"] }}\n\n\
             [profile.dev]\ndebug = false\nincremental = false\n\n[workspace]\n"
        ),
    )?;
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
    if let Ok(lock) = fs::read(lock) {
        fs::write(folder.join("Cargo.lock"), lock)?;
    }
    // A program uses little of what is generated; a library offers all of it, so that everything counts.
    let lints =
        if main.is_some() { "#![deny(warnings)]\n#![allow(dead_code, unreachable_pub)]" } else { "#![deny(warnings)]" };
    let mut root = format!("#![forbid(unsafe_code)]\n{lints}\n\n");
    for module in modules {
        let _ = writeln!(root, "pub mod {};", module.name);
        fs::write(source.join(format!("{}.rs", module.name)), &module.text)?;
    }
    match main {
        Some(main) => fs::write(source.join("main.rs"), format!("{root}\n{main}")),
        None => fs::write(source.join("lib.rs"), root),
    }
}

/// What the compiler says of a crate: the modules with errors, each with its first.
#[derive(Debug, Default)]
pub struct Compiled {
    /// First error by module.
    pub errors: BTreeMap<String, String>,
    /// The compiler could not be run, or failed without naming a module.
    pub broken: Option<String>,
}

/// Checks a crate.
pub fn check(folder: &Path, target: &Path, modules: &[Module]) -> Compiled {
    run(Command::new(cargo()).arg("check"), folder, target, modules)
}

/// Changes whenever the runtime's sources do: results of another runtime say nothing.
pub fn runtime_stamp() -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut folders = vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/src"))];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else {
                (&path, fs::read(&path).unwrap_or_default()).hash(&mut hasher);
            }
        }
    }
    hasher.finish()
}

/// Builds a crate, without optimisation: it runs once.
pub fn build(folder: &Path, target: &Path, modules: &[Module]) -> Compiled {
    run(Command::new(cargo()).arg("build"), folder, target, modules)
}

fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

fn run(command: &mut Command, folder: &Path, target: &Path, modules: &[Module]) -> Compiled {
    let command = command
        .args(["--quiet", "--offline", "--message-format=short"])
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .current_dir(folder);
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return Compiled { broken: Some(error.to_string()), ..Compiled::default() },
    };
    let mut compiled = Compiled::default();
    let text = String::from_utf8_lossy(&output.stderr);
    let names: BTreeSet<&str> = modules.iter().map(|module| module.name.as_str()).collect();
    for line in text.lines().filter(|line| line.contains("error")) {
        let file = line.split(':').next().unwrap_or_default();
        let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if names.contains(stem) {
            compiled.errors.entry(stem.to_owned()).or_insert_with(|| line.to_owned());
        }
    }
    if !output.status.success() && compiled.errors.is_empty() {
        compiled.broken = Some(text.lines().take(20).collect::<Vec<_>>().join("\n"));
    }
    compiled
}
