//! The corpus' own tables: its roots, and its instance documents.

use std::io;
use std::path::Path;

use super::discover;

/// A contract to try.
#[derive(Debug, Clone)]
pub struct Root {
    /// Path below the corpus folder.
    pub path: String,
    /// The family it belongs to.
    pub family: String,
    /// Every import resolves without a network (built-in schemas counted in).
    pub resolves: bool,
}

/// A root with what may make it worth showing.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Path below the corpus folder.
    pub path: String,
    /// The family it belongs to.
    pub family: String,
    /// Every import resolves without a network.
    pub resolves: bool,
    /// Operations it declares.
    pub operations: usize,
    /// Bytes of it and all it imports.
    pub bytes: u64,
    /// SOAP styles and uses.
    pub style: String,
    /// Constructs found in it.
    pub features: Vec<String>,
}

/// Reads the table of roots, with what is counted of each.
///
/// # Errors
/// What the file system says.
pub fn candidates(folder: &Path) -> io::Result<Vec<Candidate>> {
    Ok(rows(&folder.join("MANIFEST.tsv"))?
        .into_iter()
        .map(|row| Candidate {
            path: row.get("path"),
            family: row.get("family"),
            resolves: row.get("resolves_offline").starts_with("yes"),
            operations: row.get("operations").parse().unwrap_or_default(),
            bytes: row.get("closure_bytes").parse().unwrap_or(u64::MAX),
            style: row
                .get("soap_style_use")
                .split(' ')
                .filter_map(|style| style.split(':').next())
                .collect::<Vec<_>>()
                .join(", "),
            features: row
                .get("features")
                .split([',', ' ', ';'])
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect(),
        })
        .collect())
}

/// A document of a contract.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Path below the corpus folder.
    pub path: String,
    /// The contract it belongs to, below the corpus folder.
    pub contract: String,
    /// The contract's family.
    pub family: String,
    /// What another validator finds it to be; `None` where it finds nothing (the schema is none for it).
    pub valid: Option<bool>,
    /// It is a SOAP message rather than a document.
    pub soap: bool,
    /// It is well-formed XML.
    pub well_formed: bool,
}

/// Reads the table of roots; without one, looks for them.
///
/// # Errors
/// What the file system says.
pub fn roots(folder: &Path) -> io::Result<Vec<Root>> {
    if !folder.join("MANIFEST.tsv").is_file() {
        return discover::roots(folder);
    }
    let mut roots: Vec<Root> = rows(&folder.join("MANIFEST.tsv"))?
        .into_iter()
        .map(|row| Root {
            path: row.get("path"),
            family: row.get("family"),
            resolves: row.get("resolves_offline").starts_with("yes"),
        })
        .collect();
    roots.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(roots)
}

/// Reads the table of instance documents; without one, looks for them.
///
/// # Errors
/// What the file system says.
pub fn instances(folder: &Path) -> io::Result<Vec<Instance>> {
    if !folder.join("INSTANCES.tsv").is_file() {
        return discover::instances(folder);
    }
    Ok(rows(&folder.join("INSTANCES.tsv"))?
        .into_iter()
        .map(|row| Instance {
            path: row.get("instance"),
            contract: row.get("contract"),
            family: row.get("family"),
            valid: match row.get("valid").as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            soap: row.get("kind").starts_with("soap"),
            well_formed: row.get("kind") != "not-wf",
        })
        .collect())
}

/// A row of a table, by column name.
pub(super) struct Row {
    columns: std::rc::Rc<Vec<String>>,
    fields: Vec<String>,
}

impl Row {
    /// The field in a column; empty when there is none.
    pub(super) fn get(&self, column: &str) -> String {
        let index = self.columns.iter().position(|name| name == column);
        index.and_then(|index| self.fields.get(index)).cloned().unwrap_or_default()
    }
}

/// Reads a table with a head.
pub(super) fn rows(path: &Path) -> io::Result<Vec<Row>> {
    let text = std::fs::read_to_string(path)?;
    let mut lines = text.lines();
    let split = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<String>>();
    let columns = std::rc::Rc::new(lines.next().map(split).unwrap_or_default());
    Ok(lines.map(|line| Row { columns: columns.clone(), fields: split(line) }).collect())
}
