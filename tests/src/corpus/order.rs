//! Whether what is generated depends on anything but what a contract means: every root twice as it is, once with its
//! declarations shuffled, once with other prefixes.

use std::fs;
use std::io;
use std::path::Path;

use super::generate::{self, Outcome};
use super::manifest::Root;
use super::report::Row;
use crate::rearrange::{Numbers, copy, renamed, shuffled};

/// The roots of one family, which is copied whole, since contracts import from all over it.
///
/// # Errors
/// What the file system says.
pub fn run(corpus: &Path, scratch: &Path, family: &str, roots: &[Root]) -> io::Result<Vec<Row>> {
    let mut numbers = Numbers::new(1);
    let arrangements = [scratch.join("shuffled"), scratch.join("renamed")];
    for folder in &arrangements {
        if folder.is_dir() {
            fs::remove_dir_all(folder)?;
        }
    }
    let [other_order, other_prefixes] = &arrangements;
    copy(&corpus.join(family), &other_order.join(family), &mut |text| shuffled(text, &mut numbers))?;
    copy(&corpus.join(family), &other_prefixes.join(family), &mut renamed)?;

    let rows = roots.iter().map(|root| {
        let expected = what_comes(corpus, root);
        let others = [
            ("a second run", what_comes(corpus, root)),
            ("shuffled", what_comes(other_order, root)),
            ("prefixes renamed", what_comes(other_prefixes, root)),
        ];
        let differing = others.iter().find(|(_, found)| *found != expected);
        let (result, class, detail) = match (differing, &expected) {
            (Some((how, found)), _) => ("failed", (*how).to_owned(), difference(&expected, found)),
            (None, Ok(_)) => ("passed", String::new(), String::new()),
            (None, Err(codes)) => ("refused", codes.clone(), "refused in every arrangement".to_owned()),
        };
        Row {
            stage: "order".to_owned(),
            family: family.to_owned(),
            contract: root.path.clone(),
            result: result.to_owned(),
            class,
            detail,
            ..Row::default()
        }
    });
    let rows = rows.collect();
    for folder in &arrangements {
        fs::remove_dir_all(folder)?;
    }
    Ok(rows)
}

/// The text without its head, which names the inputs by their paths; or the codes of the errors.
fn what_comes(folder: &Path, root: &Root) -> Result<String, String> {
    match generate::try_root(folder, root).outcome {
        Outcome::Generated { text, .. } => {
            Ok(text.lines().skip_while(|line| line.starts_with("//")).collect::<Vec<_>>().join("\n"))
        }
        Outcome::Refused(errors) => {
            let mut codes: Vec<&str> = errors.iter().map(|(code, _)| *code).collect();
            codes.sort_unstable();
            codes.dedup();
            Err(codes.join(" "))
        }
        Outcome::Panicked(message) => Err(format!("panic: {message}")),
    }
}

fn difference(expected: &Result<String, String>, found: &Result<String, String>) -> String {
    match (expected, found) {
        (Ok(expected), Ok(found)) => {
            let differing = expected.lines().zip(found.lines()).enumerate().find(|(_, (a, b))| a != b);
            differing.map_or_else(
                || "one is longer".to_owned(),
                |(line, (a, b))| format!("line {}: `{}` and `{}`", line + 1, a.trim(), b.trim()),
            )
        }
        (Ok(_), Err(codes)) => format!("refused: {codes}"),
        (Err(codes), Ok(_)) => format!("no longer refused: {codes}"),
        (Err(expected), Err(found)) => format!("refused with {expected} and {found}"),
    }
}
