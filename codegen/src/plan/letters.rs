//! The letters of identifiers: those that rustc takes without a warning. It has lints, for a crate as a whole and so out of reach
//! of a generated file, against letters that are unusual, not normalized (UAX #15) or easily taken for others (UTS #39).

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use unicode_normalization::{UnicodeNormalization, is_nfkc};
use unicode_security::confusable_detection::skeleton;
use unicode_security::mixed_script::AugmentedScriptSet;
use unicode_security::{GeneralSecurityProfile, is_potential_mixed_script_confusable_char};

/// A name in the form that rustc wants: `ﬁ` is two letters, `º` is an `o`. A sign for a thousandth of a thousandth is said: among
/// units, its capital would be taken for a mega.
pub(super) fn normal(name: String) -> String {
    const MICRO: char = '\u{b5}';
    if name.contains(MICRO) {
        return name.replace(MICRO, "micro_").nfkc().collect();
    }
    if is_nfkc(&name) { name } else { name.nfkc().collect() }
}

/// A name in usual letters, with whatever cannot be part of an identifier left out.
pub(super) fn usual(mut name: String) -> String {
    if !name.is_ascii() {
        name = latin(normal(name));
    }
    let mut before = ' ';
    name.retain(|c| {
        // Between kana it makes a vowel long; elsewhere it would be taken for a dash, or for the number one.
        let is_long = c == 'ー' && !('\u{3041}'..='\u{30fc}').contains(&before);
        before = c;
        is_usual(c) && !is_long
    });
    name
}

/// Whether an identifier may hold a character without a warning. Compilers know different versions of Unicode, and disagree about
/// rare letters of the common scripts: only everyday ones are used of those. Of any other script, those are that no other looks like.
pub(super) fn is_usual(c: char) -> bool {
    if c.is_ascii() {
        return c == '_' || c.is_ascii_alphanumeric();
    }
    let is_common = COMMON.iter().any(|range| range.contains(&c));
    let is_alone = || {
        let script = AugmentedScriptSet::for_char(c);
        let latin_greek_cyrillic = ['a', 'α', 'б'].map(AugmentedScriptSet::for_char).contains(&script);
        let common = AugmentedScriptSet::default() == script || script.is_all();
        !latin_greek_cyrillic && !common && skeleton(c.encode_utf8(&mut [0; 4])).eq([c])
    };
    unicode_ident::is_xid_continue(c) && c.identifier_allowed() && (is_common || is_alone())
}

/// Everyday letters: of Western, Central European, Romanian and Vietnamese Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic and
/// Persian, Thai, Georgian, kana, Chinese and Korean.
const COMMON: &[RangeInclusive<char>] = &[
    '\u{c0}'..='\u{17f}',
    '\u{218}'..='\u{21b}',
    '\u{386}'..='\u{3ce}',
    '\u{400}'..='\u{45f}',
    '\u{490}'..='\u{491}',
    '\u{531}'..='\u{586}',
    '\u{5d0}'..='\u{5ea}',
    '\u{621}'..='\u{64a}',
    '\u{67e}'..='\u{6cc}',
    '\u{e01}'..='\u{e4e}',
    '\u{10d0}'..='\u{10f0}',
    '\u{1e00}'..='\u{1eff}',
    '\u{3005}'..='\u{3005}',
    '\u{3041}'..='\u{3096}',
    '\u{30a1}'..='\u{30fc}',
    '\u{4e00}'..='\u{9fff}',
    '\u{ac00}'..='\u{d7a3}',
];

/// A name all of whose letters beyond ASCII look like Latin ones, in letters that sound like it: every reader would take it for a
/// Latin one.
fn latin(name: String) -> String {
    let sound = |c: char| LOOKALIKES.iter().find(|(letter, _)| *letter == c).map(|(_, sound)| *sound);
    if !name.chars().all(|c| c.is_ascii() || sound(c).is_some()) {
        return name;
    }
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match sound(c) {
            Some(sound) => out.push_str(sound),
            None => out.push(c),
        }
    }
    out
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

/// Letters that look like those of ASCII, with what they sound like: Cyrillic and Greek ones, and the Turkish i that has no dot.
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
    ('Α', "A"),
    ('Β', "V"),
    ('Ε', "E"),
    ('Ζ', "Z"),
    ('Η', "I"),
    ('Ι', "I"),
    ('Κ', "K"),
    ('Μ', "M"),
    ('Ν', "N"),
    ('Ο', "O"),
    ('Ρ', "R"),
    ('Τ', "T"),
    ('Υ', "Y"),
    ('Χ', "Ch"),
    ('ο', "o"),
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
        assert_eq!((of("ΤΙΜΗ"), of("Τιμή"), of("ΜV")), ("TIMI".to_owned(), "Τιμή".to_owned(), "MV".to_owned()));
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
        assert_eq!(of("ɗa"), "a"); // of phonetic script: compilers disagree
        assert_eq!(of("ః") + &of("ഃ"), ""); // signs that look alike
        assert_eq!((of("ユーザ"), of("Aー"), of("A一")), ("ユーザ".to_owned(), "A".to_owned(), "A一".to_owned()));
        assert_eq!(of("ꦏ_x"), "_x"); // Javanese: rustc calls it uncommon
    }
}
