//! What one lock says and another does not, in words.

use std::collections::BTreeMap;
use std::fmt;

use super::Lock;

/// How something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is new.
    Added,
    /// It is no longer there.
    Gone,
    /// It is another.
    Changed,
}

/// A difference between two locks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A file, by path.
    File {
        /// How it changed.
        change: Change,
        /// The file.
        path: String,
        /// What it was and is, for people.
        detail: String,
    },
    /// A name.
    Name {
        /// How it changed.
        change: Change,
        /// The entry of the configuration.
        entry: String,
        /// What the name stands for.
        key: String,
        /// The name, or the old and the new one.
        detail: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |change: &Change| match change {
            Change::Added => "new",
            Change::Gone => "gone",
            Change::Changed => "changed",
        };
        match self {
            Self::File { change, path, detail } => write!(f, "{} file {path} ({detail})", word(change)),
            Self::Name { change, entry, key, detail } => {
                write!(f, "{} name in {entry}: {key} = {detail}", word(change))
            }
        }
    }
}

/// Where two maps differ: key, old value, new value.
fn differing<'m, V: PartialEq>(
    old: &'m BTreeMap<String, V>,
    new: &'m BTreeMap<String, V>,
) -> Vec<(&'m String, Option<&'m V>, Option<&'m V>)> {
    let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    keys.into_iter().map(|key| (key, old.get(key), new.get(key))).filter(|(_, old, new)| old != new).collect()
}

fn change<V>(old: Option<&V>, new: Option<&V>) -> Change {
    match (old, new) {
        (None, _) => Change::Added,
        (_, None) => Change::Gone,
        _ => Change::Changed,
    }
}

impl Lock {
    /// What a newer lock says otherwise: files first, then names, each in order.
    pub fn differences(&self, new: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        for (path, old, new) in differing(&self.files, &new.files) {
            let short = |file: &super::LockedFile| file.sha256.get(..12).unwrap_or(&file.sha256).to_owned();
            let detail = match (old, new) {
                (Some(old), Some(new)) if old.sha256 != new.sha256 => {
                    format!("{} bytes {}… -> {} bytes {}…", old.size, short(old), new.size, short(new))
                }
                (Some(_), Some(_)) => "its origin or its locations".to_owned(),
                (Some(file), None) | (None, Some(file)) => format!("{} bytes {}…", file.size, short(file)),
                (None, None) => String::new(),
            };
            found.push(Difference::File { change: change(old, new), path: path.clone(), detail });
        }
        let none = super::Names::default();
        for (entry, old, new) in differing(&self.names, &new.names) {
            let (old, new) = (old.unwrap_or(&none), new.unwrap_or(&none));
            let empty = BTreeMap::new();
            for (ns, old, new) in differing(&old.0, &new.0) {
                for (key, old, new) in differing(old.unwrap_or(&empty), new.unwrap_or(&empty)) {
                    let detail = match (old, new) {
                        (Some(old), Some(new)) => format!("`{old}` -> `{new}`"),
                        (Some(name), None) | (None, Some(name)) => format!("`{name}`"),
                        (None, None) => String::new(),
                    };
                    let key = if ns.is_empty() { key.clone() } else { format!("{key} in {{{ns}}}") };
                    found.push(Difference::Name { change: change(old, new), entry: entry.clone(), key, detail });
                }
            }
        }
        found
    }
}
