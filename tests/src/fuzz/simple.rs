//! Simple types by chance, each with texts that it allows.

use super::schema::{Made, Ref, Simple, TypeUse};
use crate::agreement::random::Random;

/// What may be asked of a built-in type's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Text,
    Number,
    Ordered,
    Octets,
    Plain,
    List,
}

/// The built-in types, with texts that they allow, in ascending order where they have one. `ENTITY` and its list need a document type;
/// `NOTATION` needs notations.
const BUILTINS: &[(&str, Sort, &[&str])] = &[
    ("string", Sort::Text, &["abc", "A & B < \u{434}", "two  words", "", "x"]),
    ("normalizedString", Sort::Text, &["abc", "two words", "x"]),
    ("token", Sort::Text, &["abc", "two words", "x"]),
    ("language", Sort::Text, &["en", "de-CH"]),
    ("Name", Sort::Text, &["abc", "a:b"]),
    ("NCName", Sort::Text, &["abc", "a-b.c"]),
    ("NMTOKEN", Sort::Text, &["abc", "1-2", "x"]),
    ("NMTOKENS", Sort::List, &["abc", "abc 1-2"]),
    ("ID", Sort::Plain, &["i1"]),
    ("IDREF", Sort::Plain, &["id1"]),
    ("IDREFS", Sort::List, &["id1", "id1 id1"]),
    ("anyURI", Sort::Text, &["urn:x", "http://example.com/a?b=c"]),
    ("QName", Sort::Plain, &["xs:int"]),
    ("boolean", Sort::Plain, &["true", "false"]),
    ("decimal", Sort::Number, &["-2.25", "0", "1.5", "7", "42"]),
    ("integer", Sort::Number, &["-1", "0", "1", "42", "12345678901234567890"]),
    ("nonPositiveInteger", Sort::Number, &["-12", "-1", "0"]),
    ("negativeInteger", Sort::Number, &["-12", "-2", "-1"]),
    ("nonNegativeInteger", Sort::Number, &["0", "1", "42"]),
    ("positiveInteger", Sort::Number, &["1", "2", "42"]),
    ("long", Sort::Number, &["-9223372036854775808", "-1", "0", "42", "9223372036854775807"]),
    ("int", Sort::Number, &["-2147483648", "-1", "0", "42", "2147483647"]),
    ("short", Sort::Number, &["-32768", "0", "42", "32767"]),
    ("byte", Sort::Number, &["-128", "0", "42", "127"]),
    ("unsignedLong", Sort::Number, &["0", "42", "18446744073709551615"]),
    ("unsignedInt", Sort::Number, &["0", "42", "4294967295"]),
    ("unsignedShort", Sort::Number, &["0", "42", "65535"]),
    ("unsignedByte", Sort::Number, &["0", "42", "255"]),
    ("float", Sort::Ordered, &["-0.25", "0", "1.5", "1E30", "INF"]),
    ("double", Sort::Ordered, &["-0.25", "0", "1.5", "1E300", "INF"]),
    ("duration", Sort::Plain, &["P1D", "PT1H30M", "P1Y2M"]),
    ("dateTime", Sort::Ordered, &["2024-02-29T12:30:45Z", "2024-03-01T00:00:00.123Z"]),
    ("date", Sort::Ordered, &["2024-02-28", "2024-02-29", "2024-03-01"]),
    ("time", Sort::Ordered, &["12:30:45Z", "12:30:45.5Z"]),
    ("gYear", Sort::Ordered, &["2023", "2024"]),
    ("gYearMonth", Sort::Ordered, &["2024-02", "2024-03"]),
    ("gMonth", Sort::Plain, &["--02"]),
    ("gMonthDay", Sort::Plain, &["--02-29"]),
    ("gDay", Sort::Plain, &["---29"]),
    ("base64Binary", Sort::Octets, &["AAEC", "AA=="]),
    ("hexBinary", Sort::Octets, &["0A0B0C", "0A"]),
];

/// Values that enumerations of text have, and what becomes of names that are made of them.
const VALUES: &[&[&str]] = &[
    &["red", "green", "blue"],
    &["Active", "active", "ACTIVE", "in-active", "in_active", "in active"],
    &["1", "01", "-1", "1.0", "+1", "1 000"],
    &["self", "Self", "Unknown", "None", "Some", "type", "Other", "Default"],
    &["", "-", "--", "_", "*", "%", "N/A", "n.a."],
    &["да", "нет", "ДА", "是", "é", "É"],
    &["a<b", "a&b", "a\"b", "a'b", "{a}", "a\\b", "//", "\u{1f600}"],
    &["true", "false", "True", "0"],
];

/// Patterns that anyone would write, with texts that they allow.
const PATTERNS: &[(&str, &[&str])] = &[
    ("[A-Z]{2}", &["AB", "ZZ"]),
    ("\\d{3}-\\d{2}", &["123-45"]),
    ("[a-z]*", &["", "abc"]),
    ("\\S+( \\S+)*", &["a", "a b"]),
    ("(A|B)[0-9]{1,3}|none", &["A1", "none"]),
    ("[\\i-[:]][\\c-[:]]*", &["abc", "a-b"]),
    ("\\p{Lu}\\p{Ll}*", &["Abc", "Имя"]),
    ("[^<>&]+", &["x y"]),
];

/// The name and texts of a built-in type.
pub fn builtin(random: &mut Random) -> (&'static str, Vec<String>) {
    // Text and numbers are most of what there is.
    let (name, _, samples) = match random.below(100) {
        0..20 => &BUILTINS[0],
        20..30 => &BUILTINS[21],
        _ => &BUILTINS[random.below(BUILTINS.len())],
    };
    (name, owned(samples))
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn sort(base: &str) -> (Sort, &'static [&'static str]) {
    let known = BUILTINS.iter().find(|(name, ..)| *name == base);
    known.map_or((Sort::List, &[]), |(_, sort, samples)| (*sort, samples))
}

/// A simple type made of those that there are already.
pub fn make(random: &mut Random, known: &[Simple]) -> Simple {
    match random.below(100) {
        0..20 => enumeration(random),
        20..60 => {
            let (base, samples) = builtin(random);
            restrict(random, TypeUse::Named(Ref::Builtin(base)), base, &samples)
        }
        60..72 if !known.is_empty() => {
            let id = random.below(known.len());
            again(random, id, &known[id])
        }
        60..85 => list(random, known),
        _ => union(random, known),
    }
}

fn enumeration(random: &mut Random) -> Simple {
    let values = VALUES[random.below(VALUES.len())];
    let base =
        if values.contains(&"") || values.contains(&"1 000") { "string" } else { ["string", "token"][random.below(2)] };
    let from = random.below(values.len().min(2));
    let values = owned(&values[from..]);
    let facets = values.iter().map(|value| ("enumeration", value.clone())).collect();
    Simple { made: Made::Restriction(TypeUse::Named(Ref::Builtin(base))), facets, samples: values, base }
}

/// A restriction of a type that allows these texts, in order where it has one.
pub fn restrict(random: &mut Random, ty: TypeUse, base: &'static str, samples: &[String]) -> Simple {
    let (facets, samples) = facets(random, base, samples);
    Simple { made: Made::Restriction(ty), facets, samples, base }
}

/// Facets, and what they leave of these texts.
pub fn facets(random: &mut Random, base: &str, samples: &[String]) -> (Vec<(&'static str, String)>, Vec<String>) {
    let count = samples.len();
    let (sort, _) = sort(base);
    let none = || (Vec::new(), samples.to_vec());
    let octets = |text: &String| match base {
        "hexBinary" => text.len() / 2,
        "base64Binary" => text.len() / 4 * 3 - text.matches('=').count(),
        _ => text.chars().count(),
    };
    if count == 0 || random.chance(15) {
        return none();
    }
    match (sort, random.below(6)) {
        // A subset of the values themselves.
        (Sort::Text | Sort::Number | Sort::Ordered | Sort::Plain, 0) if !matches!(base, "boolean" | "ID" | "QName") => {
            let keep: Vec<String> = samples.iter().take(1 + random.below(count)).cloned().collect();
            (keep.iter().map(|value| ("enumeration", value.clone())).collect(), keep)
        }
        (Sort::Text | Sort::Octets | Sort::List, 1 | 2) => {
            let length =
                |text: &String| if sort == Sort::List { text.split_whitespace().count() } else { octets(text) };
            let (low, high) = (samples.iter().map(length).min(), samples.iter().map(length).max());
            let (low, high) = (low.unwrap_or(0), high.unwrap_or(0));
            match random.below(3) {
                0 => (vec![("minLength", low.to_string()), ("maxLength", (high + 1).to_string())], samples.to_vec()),
                1 => (vec![("maxLength", high.to_string())], samples.to_vec()),
                _ => {
                    let wanted = length(&samples[random.below(count)]);
                    let keep = samples.iter().filter(|text| length(text) == wanted).cloned().collect();
                    (vec![("length", wanted.to_string())], keep)
                }
            }
        }
        (Sort::Text, 3) if base == "string" || base == "token" => {
            // Only on a type without other facets do these texts stand.
            if samples.len() != sort_samples(base) {
                return none();
            }
            let (pattern, texts) = PATTERNS[random.below(PATTERNS.len())];
            (vec![("pattern", pattern.to_owned())], owned(texts))
        }
        (Sort::Text, 4) if base == "string" => {
            let how = ["preserve", "replace", "collapse"][random.below(3)];
            (
                vec![("whiteSpace", how.to_owned())],
                samples.iter().filter(|text| !text.contains("  ")).cloned().collect(),
            )
        }
        (Sort::Number | Sort::Ordered, 1..=3) => {
            let (from, to) = (random.below(count), random.below(count));
            let (from, to) = (from.min(to), from.max(to));
            let mut facets = Vec::new();
            if random.chance(75) {
                facets.push(("minInclusive", samples[from].clone()));
            }
            if to + 1 < count && random.chance(30) {
                facets.push(("maxExclusive", samples[to + 1].clone()));
            } else if random.chance(75) {
                facets.push(("maxInclusive", samples[to].clone()));
            }
            (facets, samples[from..=to].to_vec())
        }
        (Sort::Number, 4) => {
            let digits = |text: &String| text.chars().filter(char::is_ascii_digit).count();
            let most = samples.iter().map(digits).max().unwrap_or(1);
            let mut facets = vec![("totalDigits", most.max(1).to_string())];
            if base == "decimal" {
                facets.push(("fractionDigits", "2".to_owned()));
            }
            (facets, samples.to_vec())
        }
        (Sort::Number, 5) => (vec![("pattern", "[\\-+]?[0-9.]+".to_owned())], samples.to_vec()),
        _ => none(),
    }
}

fn sort_samples(base: &str) -> usize {
    sort(base).1.len()
}

/// A restriction of a named type.
fn again(random: &mut Random, id: usize, of: &Simple) -> Simple {
    let ty = TypeUse::Named(Ref::Simple(id));
    let mut facets = Vec::new();
    let mut samples = of.samples.clone();
    if random.chance(50) && !samples.is_empty() && !matches!(of.base, "boolean" | "ID" | "QName" | "union" | "list") {
        samples.truncate(1 + random.below(samples.len()));
        facets = samples.iter().map(|value| ("enumeration", value.clone())).collect();
    }
    Simple { made: Made::Restriction(ty), facets, samples, base: of.base }
}

/// Types that have no lists in them: numbers of those known, and what they allow.
fn atoms(known: &[Simple]) -> Vec<usize> {
    let ids = known.iter().enumerate();
    ids.filter(|(_, simple)| {
        !matches!(simple.base, "list" | "union" | "NMTOKENS" | "IDREFS") && !simple.samples.is_empty()
    })
    .map(|(id, _)| id)
    .collect()
}

fn list(random: &mut Random, known: &[Simple]) -> Simple {
    let atoms = atoms(known);
    let (item, items) = match random.pick(&atoms) {
        Some(id) if random.chance(50) => (TypeUse::Named(Ref::Simple(*id)), known[*id].samples.clone()),
        _ => {
            let (base, samples) = loop {
                let (base, samples) = builtin(random);
                if sort(base).0 != Sort::List && base != "ID" {
                    break (base, samples);
                }
            };
            if random.chance(25) {
                let simple = restrict(random, TypeUse::Named(Ref::Builtin(base)), base, &samples);
                let samples = simple.samples.clone();
                (TypeUse::Simple(Box::new(simple)), samples)
            } else {
                (TypeUse::Named(Ref::Builtin(base)), samples)
            }
        }
    };
    let items: Vec<String> = items.into_iter().filter(|text| !text.is_empty() && !text.contains(' ')).collect();
    let samples = match items.first() {
        Some(first) => vec![first.clone(), items.join(" ")],
        None => Vec::new(),
    };
    let list = Simple { made: Made::List(item), facets: Vec::new(), samples, base: "list" };
    if random.chance(25) {
        let samples = list.samples.clone();
        restrict(random, TypeUse::Simple(Box::new(list)), "list", &samples)
    } else {
        list
    }
}

fn union(random: &mut Random, known: &[Simple]) -> Simple {
    let (mut members, mut inner, mut samples) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..2 + random.below(2) {
        match random.below(3) {
            0 if !known.is_empty() => {
                let id = random.below(known.len());
                samples.extend(known[id].samples.clone());
                members.push(Ref::Simple(id));
            }
            1 => {
                let simple = if random.chance(50) {
                    enumeration(random)
                } else {
                    let (base, samples) = builtin(random);
                    restrict(random, TypeUse::Named(Ref::Builtin(base)), base, &samples)
                };
                samples.extend(simple.samples.clone());
                inner.push(simple);
            }
            _ => {
                let (base, texts) = builtin(random);
                samples.extend(texts);
                members.push(Ref::Builtin(base));
            }
        }
    }
    Simple { made: Made::Union(members, inner), facets: Vec::new(), samples, base: "union" }
}
