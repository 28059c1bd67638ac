//! Names given out: what `bindery.lock` keeps of a plan.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Model, Name, QName};

use super::ident;

/// The Rust names of one generated file, so that a later run gives the same ones.
///
/// The first key is a namespace (empty for none), the second says what the name stands for, by its names on the wire
/// (`type Order`, `member Order Price`); the value is the Rust name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(pub BTreeMap<String, BTreeMap<String, String>>);

impl Names {
    /// Goes with the vendor where a namespace was renamed, as those do that carry a version: a namespace that is gone hands
    /// its names to a new one in which at least half of its types are found again.
    pub(super) fn follow(&mut self, model: &Model) {
        let mut present: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for ty in &model.types {
            present.entry(ty.name.ns()).or_default().insert(format!("type {}", type_label(&ty.name)));
        }
        for service in &model.services {
            present.entry(&service.ns).or_default().insert(format!("client {}", service.name));
        }
        let mut moves: Vec<(usize, String, String)> = Vec::new();
        for (gone, names) in self.0.iter().filter(|(ns, _)| !present.contains_key(ns.as_str())) {
            let told = |key: &&String| key.starts_with("type ") || key.starts_with("client ");
            let names: Vec<&String> = names.keys().filter(told).filter(|key| !key.contains(['#', ':'])).collect();
            for (new, keys) in present.iter().filter(|(ns, _)| !self.0.contains_key(**ns)) {
                let same = names.iter().filter(|key| keys.contains(key.as_str())).count();
                if same > 0 && same * 2 >= names.len() {
                    moves.push((same, gone.clone(), (*new).to_owned()));
                }
            }
        }
        moves.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (&a.1, &a.2).cmp(&(&b.1, &b.2))));
        for (_, gone, new) in moves {
            if self.0.contains_key(&new) {
                continue;
            }
            let Some(names) = self.0.remove(&gone) else { continue };
            self.0.insert(new.clone(), names);
            // Members of other namespaces are told with theirs.
            let (gone, new) = (format!("{{{gone}}}"), format!("{{{new}}}"));
            for names in self.0.values_mut().filter(|names| names.keys().any(|key| key.contains(&gone))) {
                *names =
                    std::mem::take(names).into_iter().map(|(key, name)| (key.replace(&gone, &new), name)).collect();
            }
        }
    }
}

/// What the record calls a type within its namespace. Anonymous types go by their path, which begins with `/`.
pub(super) fn type_label(name: &Name) -> String {
    match name {
        Name::Given(name) => name.local.to_string(),
        Name::Derived { path, .. } => format!("/{}", path.join("/")),
    }
}

/// What the record calls an element or attribute of something in a namespace. A form that changes from qualified to
/// unqualified renames nothing.
pub(super) fn leaf(owner: &str, name: &QName) -> String {
    if name.ns.is_empty() || name.ns == owner { name.local.to_string() } else { name.to_string() }
}

/// Whether the text can stand as an identifier in generated code; keywords only as raw ones (`r#type`).
pub fn is_identifier(text: &str) -> bool {
    let (word, raw) = match text.strip_prefix("r#") {
        Some(word) => (word, true),
        None => (text, false),
    };
    let mut chars = word.chars();
    let shaped = chars.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c))
        && chars.all(unicode_ident::is_xid_continue);
    // Four keywords cannot be raw identifiers.
    shaped && !matches!(word, "_" | "self" | "Self" | "super" | "crate") && raw == ident::is_keyword(word)
}

#[cfg(test)]
mod tests {
    use super::is_identifier;

    #[test]
    fn keywords_are_identifiers_only_when_raw() {
        assert!(["a", "_a", "r#type", "union", "Заказ"].iter().all(|name| is_identifier(name)));
        assert!(!["", "_", "1a", "a b", "type", "r#a", "self", "r#self", "a;"].iter().any(|name| is_identifier(name)));
    }
}
