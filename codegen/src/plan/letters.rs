//! The letters of identifiers: those that rustc takes without a warning. It has lints, for a crate as a whole and so out of reach
//! of a generated file, against letters that are unusual, not normalized (UAX #15) or easily taken for others (UTS #39).

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, is_nfkc};
use unicode_security::confusable_detection::skeleton;
use unicode_security::mixed_script::AugmentedScriptSet;
use unicode_security::{GeneralSecurityProfile, is_potential_mixed_script_confusable_char};

/// A name in the form that rustc wants: `ﬁ` is two letters, `º` is an `o`.
pub(super) fn normal(name: String) -> String {
    if is_nfkc(&name) { name } else { name.nfkc().collect() }
}

/// A name in usual letters, with whatever cannot be part of an identifier left out.
pub(super) fn usual(mut name: String) -> String {
    if !name.is_ascii() {
        name = latin(normal(name));
    }
    name.retain(is_usual);
    name
}

/// Whether an identifier may hold a character without a warning.
pub(super) fn is_usual(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric() || unicode_ident::is_xid_continue(c) && c.identifier_allowed()
}

/// A name that every reader would take for a Latin one, in Latin letters: those that sound like it, or else look like it.
fn latin(name: String) -> String {
    let sound = |c: char| LOOKALIKES.iter().find(|(letter, _)| *letter == c).map(|(_, sound)| (*sound).to_owned());
    let look = |c: char| {
        let look: String = skeleton(c.encode_utf8(&mut [0; 4])).collect();
        (is_potential_mixed_script_confusable_char(c) && look.bytes().all(|c| c.is_ascii_alphanumeric()))
            .then_some(look)
    };
    // Where other letters show the script, its lookalikes are no trap: `ΤΙΜΗ` is Greek, the first letter of `ΜV` would not be taken for it.
    let is_latin = name.contains(|c: char| c.is_ascii_alphabetic());
    let other = |c: char| sound(c).or_else(|| look(c).filter(|_| is_latin));
    let spelt: Option<Vec<String>> =
        name.chars().map(|c| if c.is_ascii() { Some(c.to_string()) } else { other(c) }).collect();
    spelt.map_or(name, |spelt| spelt.concat())
}

/// A letter for each script of which only letters that look like Latin ones are used. rustc warns of such a script (`Статус` and nothing
/// else), and is content when any name in the crate has one that does not.
pub fn witnesses(used: &BTreeSet<char>) -> Vec<char> {
    let scripts = |plain: bool| {
        used.iter()
            .filter(move |c| is_potential_mixed_script_confusable_char(**c) != plain)
            .map(|c| AugmentedScriptSet::for_char(*c))
    };
    let mut found: Vec<char> = Vec::new();
    for script in scripts(false) {
        let is_of_it = |c: &char| AugmentedScriptSet::for_char(*c) == script;
        let latin = AugmentedScriptSet::for_char('a');
        if script == latin || scripts(true).any(|other| other == script) || found.iter().any(is_of_it) {
            continue;
        }
        let usable = |c: &char| {
            !c.is_lowercase()
                && unicode_ident::is_xid_start(*c)
                && c.identifier_allowed()
                && !is_potential_mixed_script_confusable_char(*c)
                && is_nfkc(c.encode_utf8(&mut [0; 4]))
        };
        found.extend(('\u{80}'..=char::MAX).find(|c| usable(c) && is_of_it(c)));
    }
    found
}

/// Letters that look like those of ASCII, with what they sound like: Cyrillic ones, and the Turkish i that has no dot.
const LOOKALIKES: &[(char, &str)] = &[
    ('А', "A"),
    ('В', "V"),
    ('Е', "E"),
    ('К', "K"),
    ('М', "M"),
    ('Н', "N"),
    ('О', "O"),
    ('Р', "R"),
    ('С', "S"),
    ('Т', "T"),
    ('У', "U"),
    ('Х', "Kh"),
    ('а', "a"),
    ('е', "e"),
    ('о', "o"),
    ('р', "r"),
    ('с', "s"),
    ('у', "u"),
    ('х', "kh"),
    ('І', "I"),
    ('і', "i"),
    ('Ј', "J"),
    ('ј', "j"),
    ('Ѕ', "S"),
    ('ѕ', "s"),
    ('ı', "i"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> String {
        usual(name.to_owned())
    }

    #[test]
    fn names_that_only_look_latin_become_latin() {
        assert_eq!(of("Тр"), "Tr");
        assert_eq!(of("ıd"), "id");
        assert_eq!(of("Статус"), "Статус");
        assert_eq!(of("Größe"), "Größe");
        assert_eq!(of("日本"), "日本");
        assert_eq!((of("ΤΙΜΗ"), of("ΜV")), ("ΤΙΜΗ".to_owned(), "MV".to_owned()));
    }

    #[test]
    fn a_script_of_lookalikes_gets_a_witness() {
        let of = |names: &str| witnesses(&names.chars().filter(|c| !c.is_ascii()).collect());
        assert_eq!(of("ПОЛ"), ['Ё']);
        assert!(of("ПОЛ Дата").is_empty());
        assert!(of("Größe œuvre name").is_empty());
        assert_eq!(of("Статус ΤΙΜΗ").len(), 2);
    }

    #[test]
    fn letters_are_normalized_and_usual() {
        assert_eq!(of("nº"), "no");
        assert_eq!(of("ﬁn"), "fin");
        assert_eq!(of("e\u{301}t"), "ét");
        assert_eq!(of("a\u{200d}b"), "ab"); // joins letters, shows nothing
        assert_eq!(of("ꦏ_x"), "_x"); // Javanese: rustc calls it uncommon
    }
}
