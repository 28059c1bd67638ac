//! Names given out: what `bindery.lock` keeps of a plan.

use std::collections::BTreeMap;

use super::ident;

/// The Rust names of one generated file, so that a later run gives the same ones.
///
/// The first key is a namespace (empty for none), the second says what the name stands for, by its names on the wire
/// (`type Order`, `member Order Price`); the value is the Rust name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(pub BTreeMap<String, BTreeMap<String, String>>);

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
