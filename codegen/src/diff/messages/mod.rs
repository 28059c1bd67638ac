//! What the rules say, in every language side by side. The report's own words are in `render::words`.

mod attributes;
mod bindings;
mod content;
mod contract;
mod documentation;
mod members;
mod services;
mod slots;
mod types;
mod values;

use super::rules::Rule;

/// A language reports come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Russian.
    Russian,
}

/// What one rule says: in English, in Russian.
#[derive(Debug)]
struct Text {
    /// The rule's id.
    rule: &'static str,
    /// One finding in one line, without a full stop; `{name}` stands for what has changed.
    what: [&'static str; 2],
    /// Why the verdicts are what they are.
    why: [&'static str; 2],
}

fn tables() -> impl Iterator<Item = &'static Text> {
    [
        contract::ALL,
        services::ALL,
        bindings::ALL,
        types::ALL,
        members::ALL,
        content::ALL,
        attributes::ALL,
        values::ALL,
        slots::ALL,
        documentation::ALL,
    ]
    .into_iter()
    .flatten()
}

fn text(rule: &Rule) -> &'static Text {
    tables().find(|text| text.rule == rule.id).expect("every rule has a text: a test compares the lists")
}

/// What a finding of the rule says, with `{name}` for the thing that has changed.
pub fn what(rule: &Rule, language: Language) -> &'static str {
    text(rule).what[language as usize]
}

/// Why the rule's verdicts are what they are.
pub fn why(rule: &Rule, language: Language) -> &'static str {
    text(rule).why[language as usize]
}

#[cfg(test)]
mod tests {
    use super::super::rules;
    use super::*;

    #[test]
    fn every_rule_has_a_text_in_every_language_with_the_same_placeholders() {
        let ids: Vec<&str> = rules::all().map(|rule| rule.id).collect();
        let texts: Vec<&str> = tables().map(|text| text.rule).collect();
        assert_eq!(texts, ids);
        for text in tables() {
            let places = text.what.map(|what| what.matches("{name}").count());
            assert_eq!(places[0], places[1], "{}", text.rule);
            for language in [Language::English, Language::Russian] {
                let at = language as usize;
                let (what, why) = (text.what[at], text.why[at]);
                assert!(!what.ends_with('.') && why.ends_with('.'), "{}", text.rule);
                assert_eq!(what.matches('{').count(), places[at], "{}", text.rule);
                // Each language in its own letters; identifiers are in Latin ones everywhere.
                let cyrillic = why.chars().any(|c| ('а'..='я').contains(&c));
                assert_eq!(cyrillic, language == Language::Russian, "{}", text.rule);
            }
        }
    }
}
