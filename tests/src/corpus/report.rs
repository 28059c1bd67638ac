//! Results: a row per root or document, kept as a table of text, and counted for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

/// What became of one root or document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// `generate`, `compile`, `roundtrip` or `w3c`.
    pub stage: String,
    /// The family (of the W3C's suite: the set).
    pub family: String,
    /// The contract.
    pub contract: String,
    /// The document; empty where the row is about the contract.
    pub document: String,
    /// `passed`, `failed`, `refused`, `unsupported` or `left out`.
    pub result: String,
    /// What kind of failure or refusal: what is counted together.
    pub class: String,
    /// The particulars.
    pub detail: String,
}

/// The order of results in tables.
const RESULTS: [&str; 5] = ["passed", "failed", "refused", "unsupported", "left out"];

impl Row {
    fn fields(&self) -> [&str; 7] {
        [&self.stage, &self.family, &self.contract, &self.document, &self.result, &self.class, &self.detail]
    }

    fn line(&self) -> String {
        self.fields().map(|field| field.replace(['\t', '\n', '\r'], " ")).join("\t")
    }

    fn read(line: &str) -> Option<Self> {
        let mut fields = line.split('\t').map(str::to_owned);
        let mut next = || fields.next();
        Some(Self {
            stage: next()?,
            family: next()?,
            contract: next()?,
            document: next()?,
            result: next()?,
            class: next()?,
            detail: next()?,
        })
    }
}

/// Writes rows as a table, tab-separated, with a head.
///
/// # Errors
/// What the file system says.
pub fn write(path: &Path, rows: &[Row]) -> io::Result<()> {
    let mut file = io::BufWriter::new(File::create(path)?);
    writeln!(file, "stage\tfamily\tcontract\tdocument\tresult\tclass\tdetail")?;
    rows.iter().try_for_each(|row| writeln!(file, "{}", row.line()))?;
    file.flush()
}

/// Reads a table written before; `None` when there is none.
pub fn read(path: &Path) -> Option<Vec<Row>> {
    Some(std::fs::read_to_string(path).ok()?.lines().skip(1).filter_map(Row::read).collect())
}

/// Counts by family and in all, and each class with its number and an example.
pub fn summary(rows: &[Row]) -> String {
    let mut out = String::new();
    let mut families: BTreeMap<&str, [usize; RESULTS.len()]> = BTreeMap::new();
    let mut total = [0; RESULTS.len()];
    let mut classes: BTreeMap<(usize, &str), (usize, &Row)> = BTreeMap::new();
    for row in rows {
        let Some(index) = RESULTS.iter().position(|result| *result == row.result) else { continue };
        families.entry(&row.family).or_default()[index] += 1;
        total[index] += 1;
        if !row.class.is_empty() {
            classes.entry((index, &row.class)).or_insert((0, row)).0 += 1;
        }
    }
    let _ = write!(out, "{:<24}", "family");
    for result in RESULTS {
        let _ = write!(out, "{result:>12}");
    }
    let mut line = |name: &str, counts: &[usize; RESULTS.len()]| {
        let _ = write!(out, "\n{name:<24}");
        for count in counts {
            let _ = write!(out, "{count:>12}");
        }
    };
    families.iter().for_each(|(family, counts)| line(family, counts));
    line("all", &total);
    out.push('\n');
    for ((index, class), (count, row)) in classes {
        let on = if row.document.is_empty() { &row.contract } else { &row.document };
        let _ = writeln!(out, "\n{}: {class}: {count}\n    {on}\n    {}", RESULTS[index], row.detail);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(family: &str, result: &str, class: &str) -> Row {
        Row {
            family: family.into(),
            result: result.into(),
            class: class.into(),
            detail: "a\tb".into(),
            ..Row::default()
        }
    }

    #[test]
    fn a_row_is_read_as_it_was_written() {
        let written = row("a", "failed", "x");
        let read = Row::read(&written.line()).unwrap();
        assert_eq!(read, Row { detail: "a b".into(), ..written });
        assert_eq!(Row::read("generate\ta"), None);
    }

    #[test]
    fn classes_are_counted_together() {
        let text = summary(&[row("a", "passed", ""), row("a", "failed", "x"), row("b", "failed", "x")]);
        assert!(text.contains("failed: x: 2"));
        assert!(text.lines().any(|line| line.split_whitespace().eq(["all", "1", "2", "0", "0", "0"])));
    }
}
