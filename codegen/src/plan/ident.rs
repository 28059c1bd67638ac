//! Rust identifiers from wire names: readable, never a keyword, stable whatever the order of declarations.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use super::letters;

/// Longer names are cut and told apart like any other collision.
const MAX_LEN: usize = 120;

/// Names a generated type may not take anywhere, because generated code uses them unqualified.
const RESERVED_TYPES: [&str; 2] = ["Self", "rt"];

/// A type's or variant's name: the vendor's own spelling where that is already good Rust.
pub(super) fn upper_camel(name: &str) -> String {
    let name = spell(name);
    let keeps = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    sound(if keeps { name.into_owned() } else { camel(&name) }, "Type")
}

/// The name of an anonymous type, from the steps that lead to it. The item of a list's wrapper is called as it is on the wire:
/// `KeyValueOfintint` in `ArrayOfKeyValueOfintint` says all.
pub(super) fn of_path<S: AsRef<str>>(path: &[S]) -> String {
    let steps: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
    let said = match steps.as_slice() {
        [wrapper, item, ..] if wrapper.strip_prefix("ArrayOf") == Some(item) => &steps[1..],
        _ => &steps,
    };
    upper_camel(&said.join(" "))
}

/// Camel case that keeps digits apart: `1_0` is not `10`.
fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for piece in name.split(['_', ' ']).filter(|piece| !piece.is_empty()) {
        if out.ends_with(|c: char| c.is_ascii_digit()) && piece.starts_with(|c: char| c.is_ascii_digit()) {
            out.push('_');
        }
        if piece.is_ascii() {
            words(piece, &mut out, |out, c, begins| {
                out.push(if begins { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() });
            });
        } else {
            out.push_str(&piece.to_upper_camel_case());
        }
    }
    out
}

/// A field's, method's or module's name.
pub(super) fn snake(name: &str) -> String {
    let snake = sound(snake_case(&spell(name)), "field");
    match snake.as_str() {
        // These cannot be raw identifiers.
        "self" | "super" | "crate" | "_" => format!("{snake}_"),
        word if is_keyword(word) => format!("r#{word}"),
        _ => snake,
    }
}

/// [`heck`]'s snake case.
fn snake_case(name: &str) -> String {
    if !name.is_ascii() {
        return name.to_snake_case();
    }
    let mut out = String::with_capacity(name.len() + 8);
    words(name, &mut out, |out, c, begins| {
        if begins && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    });
    out
}

/// The letters and digits of an ASCII name, and whether each begins a word by [`heck`]'s rules. Nearly all names are ASCII, and
/// there are as many as there are members in a contract: these go without its search for letters of every script.
fn words(name: &str, out: &mut String, mut put: impl FnMut(&mut String, char, bool)) {
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let bytes = word.as_bytes();
        // Digits belong to what is before them, and go with its case.
        let mut case = None;
        for (at, c) in bytes.iter().enumerate() {
            let next_is_lower = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
            let begins = match case {
                Some(Case::Lower) => c.is_ascii_uppercase(),
                Some(Case::Upper) => c.is_ascii_uppercase() && next_is_lower,
                None => at == 0,
            };
            if c.is_ascii_lowercase() {
                case = Some(Case::Lower);
            } else if c.is_ascii_uppercase() {
                case = Some(Case::Upper);
            }
            put(out, char::from(*c), begins);
        }
    }
}

/// The case of the letter before.
enum Case {
    Lower,
    Upper,
}

/// A constant's or static's name.
pub(super) fn shouty(name: &str) -> String {
    if !name.is_ascii() {
        return sound(name.to_shouty_snake_case(), "ITEM");
    }
    let mut out = snake_case(name);
    out.make_ascii_uppercase();
    sound(out, "ITEM")
}

/// An enumerated value's name. Values are text of any kind: signs and digits are spelt out so that they stay apart.
pub(super) fn variant(wire: &str) -> String {
    let text = wire.trim();
    if text.is_empty() {
        return "Empty".to_owned();
    }
    let negative = text.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let name = match negative {
        Some(rest) => format!("Minus{}", upper_camel(rest).trim_start_matches('V')),
        None => upper_camel(text),
    };
    if RESERVED_TYPES.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// Characters that mean something in enumerated values and names, as words; other punctuation separates words.
fn spell(name: &str) -> Cow<'_, str> {
    if is_plain(name) {
        return Cow::Borrowed(name);
    }
    let mut name = letters::normal(name.to_owned());
    // Before cases are given: whatever is first then begins the name.
    name.retain(|c| !c.is_alphanumeric() || letters::is_usual(c));
    if name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | ':' | '/')) {
        // `1.0` and `10` must stay apart.
        let mut out = String::with_capacity(name.len());
        let mut before = ' ';
        for c in name.chars() {
            let between_digits = matches!(c, '.' | '-' | '/' | ':') && before.is_ascii_digit();
            out.push(if between_digits || !c.is_alphanumeric() { '_' } else { c });
            before = c;
        }
        return out.into();
    }
    let mut out = String::new();
    for c in name.chars() {
        match c {
            '+' => out.push_str(" plus "),
            '<' => out.push_str(" less "),
            '>' => out.push_str(" greater "),
            '=' => out.push_str(" equal "),
            '%' => out.push_str(" percent "),
            '&' => out.push_str(" and "),
            '*' => out.push_str(" star "),
            '#' => out.push_str(" hash "),
            '@' => out.push_str(" at "),
            '!' => out.push_str(" not "),
            '$' => out.push_str(" dollar "),
            '€' => out.push_str(" euro "),
            '£' => out.push_str(" pound "),
            c if c.is_alphanumeric() => out.push(c),
            _ => out.push(' '),
        }
    }
    out.into()
}

/// Whether there is nothing in a name that an identifier could not hold behind its first letter.
fn is_plain(name: &str) -> bool {
    name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
}

/// Makes sure that the text is an identifier.
fn sound(name: String, fallback: &str) -> String {
    let mut out = if is_plain(&name) { name } else { letters::usual(name) };
    if out.bytes().all(|c| c == b'_') {
        out = fallback.to_owned();
    }
    if !out.starts_with(|c: char| c == '_' || unicode_ident::is_xid_start(c)) {
        let prefix = match fallback {
            "field" => "_",
            _ => "V",
        };
        out.insert_str(0, prefix);
    }
    if out.len() > MAX_LEN {
        out.truncate(out.floor_char_boundary(MAX_LEN));
    }
    out
}

/// Keywords of every edition, reserved ones included.
pub(super) fn is_keyword(word: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
        "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
        "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type",
        "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    // `union` is a keyword only where an item may stand; as a field it is an ordinary name.
    word != "union" && KEYWORDS.binary_search(&word).is_ok()
}

/// Gives each of several things a name of its own: (preferred name, key that tells them apart) in, names out.
///
/// Which of two colliding things keeps the plain name depends on the keys alone, not on the order they come in.
pub(super) fn assign<S: AsRef<str> + Ord>(wanted: &[(S, S)], taken: &[&str]) -> Vec<String> {
    let preferred: Vec<&str> = wanted.iter().map(|(preferred, _)| preferred.as_ref()).collect();
    assign_by(&preferred, taken, |a, b| wanted[a].1.cmp(&wanted[b].1))
}

/// The same with the order of two things asked for only where they collide.
pub(super) fn assign_by(
    wanted: &[&str],
    taken: &[&str],
    order: impl Fn(usize, usize) -> std::cmp::Ordering,
) -> Vec<String> {
    let mut sorted = wanted.to_vec();
    sorted.sort_unstable();
    let differ = sorted.windows(2).all(|pair| pair[0] != pair[1]);
    if differ && !taken.iter().any(|name| sorted.binary_search(name).is_ok()) {
        return wanted.iter().map(|name| (*name).to_owned()).collect();
    }
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, preferred) in wanted.iter().enumerate() {
        groups.entry(preferred).or_default().push(index);
    }
    let taken: BTreeSet<&str> = taken.iter().copied().collect();
    for members in groups.values_mut() {
        members.sort_by(|a, b| order(*a, *b).then(a.cmp(b)));
    }
    let mut numbered: BTreeSet<String> = BTreeSet::new();
    let mut names = vec![String::new(); wanted.len()];
    for (preferred, members) in &groups {
        let plain_is_free = !taken.contains(preferred);
        let mut number = 2;
        for (position, index) in members.iter().copied().enumerate() {
            if position == 0 && plain_is_free {
                names[index] = (*preferred).to_owned();
                continue;
            }
            let name = loop {
                let candidate = suffixed(preferred, number);
                number += 1;
                // Every plain name is spoken for before suffixes are handed out.
                let spoken_for = taken.contains(candidate.as_str()) || groups.contains_key(candidate.as_str());
                if !spoken_for && numbered.insert(candidate.clone()) {
                    break candidate;
                }
            };
            names[index] = name;
        }
    }
    names
}

/// Whether [`assign`] may have made the name from the preferred one.
pub(super) fn comes_from(name: &str, preferred: &str) -> bool {
    let bare = preferred.strip_prefix("r#").unwrap_or(preferred).trim_end_matches('_');
    let number = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    name == preferred || name.strip_prefix(bare).is_some_and(|rest| number(rest.strip_prefix('_').unwrap_or(rest)))
}

fn suffixed(name: &str, number: usize) -> String {
    // The number alone keeps `Self_` and `self_` from being keywords.
    let name = name.strip_prefix("r#").unwrap_or(name).trim_end_matches('_');
    // `line1` + 2 must not read as `line12`.
    let glue = if name.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
    // A type may begin with a letter that has no case, as those of Chinese.
    if name.contains(|c: char| c.is_uppercase()) { format!("{name}{glue}{number}") } else { format!("{name}_{number}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vendor_spelling_stays_where_it_is_good_rust() {
        assert_eq!(upper_camel("B2BServiceV2"), "B2BServiceV2");
        assert_eq!(upper_camel("checkVatService"), "CheckVatService");
        assert_eq!(upper_camel("_Geometry"), "Geometry");
        assert_eq!(upper_camel("Заказ"), "Заказ");
        assert_eq!(upper_camel("ªb"), "Ab");
        assert_eq!(upper_camel("ꦏbc"), "Bc");
        assert_eq!(upper_camel("µm"), "MicroM");
    }

    #[test]
    fn items_of_lists_are_called_as_on_the_wire() {
        assert_eq!(of_path(&["ArrayOfLine", "Line"]), "Line");
        assert_eq!(of_path(&["ArrayOfLine", "Line", "Kind"]), "LineKind");
        assert_eq!(of_path(&["ArrayOfLine", "Row"]), "ArrayOfLineRow");
        assert_eq!(of_path(&["Order", "Line"]), "OrderLine");
    }

    #[test]
    fn fields_are_never_keywords() {
        assert_eq!(snake("Type"), "r#type");
        assert_eq!(snake("Self"), "self_");
        assert_eq!(snake("id_Reserve"), "id_reserve");
        assert_eq!(snake("2ndName"), "_2nd_name");
        assert_eq!(snake("_"), "field");
        assert_eq!(snake("union"), "union");
    }

    #[test]
    fn enumerated_values_stay_apart() {
        assert_eq!(variant("1.0"), "V1_0");
        assert_eq!(variant("10"), "V10");
        assert_eq!(variant("-1"), "Minus1");
        assert_eq!(variant(""), "Empty");
        assert_eq!(variant("+"), "Plus");
        assert_eq!(variant("in progress"), "InProgress");
        assert_eq!(variant("USD"), "USD");
    }

    #[test]
    fn collisions_do_not_depend_on_order() {
        let a = [("Foo".to_owned(), "{a}Foo".to_owned()), ("Foo".to_owned(), "{b}foo".to_owned())];
        let b = [a[1].clone(), a[0].clone()];
        assert_eq!(assign(&a, &[]), ["Foo", "Foo2"]);
        assert_eq!(assign(&b, &[]), ["Foo2", "Foo"]);
        assert_eq!(assign(&[("Box", "x")], &["Box"]), ["Box2"]);
        assert_eq!(assign(&[("名前Choice", "x")], &["名前Choice"]), ["名前Choice2"]);
        let reserved = ["Self_", "Self_", "self_", "self_"].map(|name| (name.to_owned(), String::new()));
        assert_eq!(assign(&reserved, &[]), ["Self_", "Self2", "self_", "self_2"]);
    }

    #[test]
    fn a_name_tells_what_it_was_made_from() {
        for preferred in ["Foo", "line1", "r#type", "self_", "a_b"] {
            for number in [2, 11] {
                assert!(comes_from(&suffixed(preferred, number), preferred), "{preferred} {number}");
            }
            assert!(comes_from(preferred, preferred));
        }
        assert!(!comes_from("price", "cost") && !comes_from("costs", "cost") && !comes_from("cost_", "cost"));
    }

    #[test]
    fn cases_are_those_of_heck() {
        // Every text of up to six of a lower and an upper letter, a digit and a separator.
        for length in 0..=6 {
            for number in 0..4_usize.pow(length) {
                let name: String = (0..length).map(|at| ['a', 'B', '1', '_'][number / 4_usize.pow(at) % 4]).collect();
                assert_eq!(snake_case(&name), name.to_snake_case(), "{name}");
                assert_eq!(snake_case(&name).to_uppercase(), name.to_shouty_snake_case(), "{name}");
                let piece = name.replace('_', "");
                assert_eq!(camel(&piece), piece.to_upper_camel_case(), "{piece}");
            }
        }
    }

    #[test]
    fn keywords_are_sorted() {
        assert_eq!(snake("yield"), "r#yield");
        assert_eq!(snake("abstract"), "r#abstract");
    }
}
