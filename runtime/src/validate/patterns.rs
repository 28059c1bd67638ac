//! Regular expressions, each compiled once, when it is first needed.

use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use regex::Regex;

/// Expressions by their text. `None`: it cannot be compiled.
static COMPILED: OnceLock<RwLock<HashMap<&'static str, Option<Regex>>>> = OnceLock::new();

/// Whether the whole text matches. Takes time linear in the text. An expression that is none (the generator writes none such)
/// matches nothing.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    let compiled = COMPILED.get_or_init(RwLock::default);
    if let Some(regex) = compiled.read().unwrap_or_else(PoisonError::into_inner).get(pattern) {
        return regex.as_ref().is_some_and(|regex| regex.is_match(text));
    }
    let regex = Regex::new(&format!(r"\A(?:{pattern})\z")).ok();
    let matches = regex.as_ref().is_some_and(|regex| regex.is_match(text));
    compiled.write().unwrap_or_else(PoisonError::into_inner).insert(pattern, regex);
    matches
}
