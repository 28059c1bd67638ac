//! Whether programs written against old bindings compile against new ones: many to a crate, until those that are left compile.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use crate::corpus::compile::{self, Compiled, Module};

/// A program with the bindings it is to be compiled against. Both know each other by the name.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Unique in the run: an identifier.
    pub name: String,
    /// The bindings, in the module `api_NAME`.
    pub bindings: String,
    /// The program, in the module `use_NAME`.
    pub program: String,
}

/// The name of the module that holds a pair's bindings.
pub fn bindings_of(name: &str) -> String {
    format!("api_{name}")
}

/// Texts of one crate are at most this much: the compiler's memory grows with it.
const BATCH_BYTES: usize = 4 << 20;

/// Compiles all pairs, and says for each that does not compile what is wrong first: in the program, or in the bindings (which would
/// be the generator's mistake).
///
/// # Errors
/// What the file system says, or a compiler that fails without naming a file.
pub fn check(
    folder: &Path,
    target: &Path,
    pairs: &[Pair],
    tell: &dyn Fn(usize),
) -> io::Result<BTreeMap<String, String>> {
    let mut errors = BTreeMap::new();
    let mut batch: Vec<&Pair> = Vec::new();
    let mut bytes = 0;
    let mut done = 0;
    for (index, pair) in pairs.iter().enumerate() {
        bytes += pair.bindings.len() + pair.program.len();
        batch.push(pair);
        if bytes > BATCH_BYTES || index + 1 == pairs.len() {
            batch_errors(folder, target, &batch, &mut errors)?;
            done += batch.len();
            tell(done);
            batch.clear();
            bytes = 0;
        }
    }
    Ok(errors)
}

fn batch_errors(
    folder: &Path,
    target: &Path,
    batch: &[&Pair],
    errors: &mut BTreeMap<String, String>,
) -> io::Result<()> {
    // The compiler stops at the first kind of mistake, so what it has not named is tried again without what it has.
    loop {
        let alive: Vec<&&Pair> = batch.iter().filter(|pair| !errors.contains_key(&pair.name)).collect();
        if alive.is_empty() {
            return Ok(());
        }
        let modules: Vec<Module> = alive
            .iter()
            .flat_map(|pair| {
                [
                    Module { name: bindings_of(&pair.name), text: pair.bindings.clone() },
                    Module { name: format!("use_{}", pair.name), text: pair.program.clone() },
                ]
            })
            .collect();
        let place = folder.join("source");
        // What an earlier batch left would be no harm, but a lot.
        let _ = fs::remove_dir_all(place.join("src"));
        compile::write_crate(&place, "source", &modules, None)?;
        let root = place.join("src/lib.rs");
        let text = fs::read_to_string(&root)?;
        fs::write(&root, text.replace("#![deny(warnings)]", "#![allow(warnings)]"))?;
        let Compiled { errors: found, broken } = compile::check(&place, target, &modules);
        if let Some(why) = broken {
            return Err(io::Error::other(why));
        }
        if found.is_empty() {
            return Ok(());
        }
        for (module, error) in found {
            let (bindings, name) = match module.strip_prefix("use_") {
                Some(name) => (false, name.to_owned()),
                None => (true, module.trim_start_matches("api_").to_owned()),
            };
            let message = error.splitn(4, ':').nth(3).unwrap_or(&error).trim().to_owned();
            let message = if bindings { format!("{GENERATED}: {message}") } else { message };
            errors.entry(name).or_insert(message);
        }
    }
}

/// How errors in generated code itself start.
pub const GENERATED: &str = "generated code";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_that_do_not_compile_are_told_from_those_that_do() {
        let folder = std::env::temp_dir().join(format!("bindery-source-{}", std::process::id()));
        let pair = |name: &str, bindings: &str, program: &str| Pair {
            name: name.to_owned(),
            bindings: bindings.to_owned(),
            program: format!("use crate::{} as api;\n{program}", bindings_of(name)),
        };
        let open = "pub enum E { A, B }\npub struct S { pub a: i32 }\n";
        let pairs = [
            pair("good", open, "pub fn s() -> api::S { api::S { a: 1 } }"),
            pair("name", open, "pub fn s(_: api::T) {}"),
            pair("field", open, "pub fn s() -> api::S { api::S { a: 1, b: 2 } }"),
            // Found by a later stage of the compiler than the others.
            pair("arm", open, "pub fn s(e: api::E) { match e { api::E::A => {} } }"),
            pair("wrong", "pub struct S { pub a: Missing }", ""),
        ];
        let errors = check(&folder, &folder.join("target"), &pairs, &|_| {}).unwrap();
        let _ = fs::remove_dir_all(&folder);
        assert_eq!(errors.keys().collect::<Vec<_>>(), ["arm", "field", "name", "wrong"], "{errors:#?}");
        assert!(errors["wrong"].starts_with(GENERATED));
    }
}
