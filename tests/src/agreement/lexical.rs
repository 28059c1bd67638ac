//! Texts that a simple type allows: its limits, and whatever another type might not allow.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use bindery_codegen::model::{Builtin, Facets, Model, SimpleKind, TypeId, TypeKind};
use regex_syntax::hir::{Class, Hir, HirKind};

/// Texts of a simple type, the plainest first. Each is allowed by the type; empty when none is known.
///
/// What comes out is written into documents, so a `QName` uses the prefix `xs`, which these declare.
pub fn values(model: &Model, ty: TypeId) -> Vec<String> {
    let mut out = Vec::new();
    collect(model, ty, &[], 0, &mut out);
    let mut seen = Vec::new();
    out.retain(|text| {
        let new = !seen.contains(text);
        if new {
            seen.push(text.clone());
        }
        new
    });
    out
}

fn collect<'m>(model: &'m Model, ty: TypeId, facets: &[&'m Facets], depth: usize, out: &mut Vec<String>) {
    let TypeKind::Simple(simple) = &model[ty].kind else { return };
    if depth > 20 {
        return;
    }
    let mut facets = facets.to_vec();
    facets.push(&simple.facets);
    if !simple.values.is_empty() {
        out.extend(
            simple
                .values
                .iter()
                .map(|value| value.wire.to_string())
                .filter(|text| facets.iter().all(|facets| fits(text, None, facets))),
        );
        return;
    }
    match &simple.kind {
        SimpleKind::Restriction(base) => collect(model, *base, &facets, depth + 1, out),
        SimpleKind::Union(members) => {
            for member in members {
                collect(model, *member, &[], depth + 1, out);
            }
        }
        SimpleKind::List(item) => {
            let mut items = Vec::new();
            collect(model, *item, &[], depth + 1, &mut items);
            items.retain(|item| !item.is_empty() && !item.contains(' '));
            if let Some(first) = items.first() {
                out.push(first.clone());
                out.push(items.join(" "));
            }
        }
        SimpleKind::Builtin(builtin) => {
            let patterns: Vec<&String> = facets.iter().flat_map(|facets| &facets.patterns).collect();
            // A pattern does not know how many days February has.
            let dated = matches!(
                builtin,
                Builtin::DateTime | Builtin::Date | Builtin::Time | Builtin::GYearMonth | Builtin::Duration
            );
            let mut texts: Vec<String> = if patterns.is_empty() || dated {
                limits(*builtin, &facets)
                    .into_iter()
                    .chain(plain(*builtin).iter().map(|text| (*text).to_owned()))
                    .collect()
            } else {
                patterns
                    .iter()
                    .flat_map(|pattern| samples(pattern))
                    .chain(plain(*builtin).iter().map(|text| (*text).to_owned()))
                    .collect()
            };
            texts.retain(|text| {
                facets.iter().all(|facets| fits(text, Some(*builtin), facets)) && in_range(text, *builtin)
            });
            // The plainest first: what is neither empty nor at a limit.
            texts.sort_by_key(|text| (text.is_empty(), text.len() > 30));
            out.extend(texts);
        }
    }
}

/// Texts of a built-in type.
fn plain(builtin: Builtin) -> &'static [&'static str] {
    use Builtin as B;
    match builtin {
        B::AnyType | B::Xml | B::AnySimpleType | B::String => &["text", "", "A & B < \u{434}\u{430}", "1"],
        B::NormalizedString | B::Token => &["text", "", "two words"],
        B::Language => &["en", "de-CH"],
        B::Name | B::NCName | B::NmToken | B::Entity => &["name", "other-name.1"],
        B::Id | B::IdRef => &["id1"],
        B::NmTokens | B::IdRefs | B::Entities => &["id1"],
        B::AnyUri => &["http://example.com/a?b=c", "", "urn:x"],
        B::QName | B::Notation => &["xs:string"],
        B::Boolean => &["true", "false"],
        B::Decimal => &["1.5", "0", "-2.25", "12345678901234567890.5", "7", "0.01", "1234.56"],
        B::Integer => &["1", "0", "-1", "12345678901234567890", "42"],
        B::NonPositiveInteger => &["0", "-1"],
        B::NegativeInteger => &["-1"],
        B::NonNegativeInteger => &["1", "0", "12345678901234567890", "42"],
        B::PositiveInteger => &["1", "12345678901234567890", "42"],
        B::Long => &["1", "0", "9223372036854775807", "-9223372036854775808", "42"],
        B::Int => &["1", "0", "2147483647", "-2147483648", "42"],
        B::Short => &["1", "0", "32767", "-32768", "42"],
        B::Byte => &["1", "0", "127", "-128", "42"],
        B::UnsignedLong => &["1", "0", "18446744073709551615", "42"],
        B::UnsignedInt => &["1", "0", "4294967295", "42"],
        B::UnsignedShort => &["1", "0", "65535", "42"],
        B::UnsignedByte => &["1", "0", "255", "42"],
        B::Float => &["1.5", "INF", "-0.25", "1.0E30"],
        B::Double => &["1.5", "INF", "-0.25", "1.0E300"],
        B::Duration => &["P1D", "PT1H30M", "P1Y2M"],
        B::DateTime => &["2024-02-29T12:30:45Z", "2024-02-29T12:30:45", "2024-02-29T12:30:45.123+03:00"],
        B::Date => &["2024-02-29", "2024-02-29Z"],
        B::Time => &["12:30:45", "12:30:45.5Z"],
        B::GYear => &["2024"],
        B::GYearMonth => &["2024-02"],
        B::GMonth => &["--02"],
        B::GMonthDay => &["--02-29"],
        B::GDay => &["---29"],
        B::Base64Binary => &["AAEC", ""],
        B::HexBinary => &["0A0B", ""],
        B::Guid => &["17ee9f5b-2680-4337-abce-c8d39006503a"],
        // Stands beside documents, not in them.
        B::Attachment => &[],
    }
}

/// Texts at the limits that facets set.
fn limits(builtin: Builtin, facets: &[&Facets]) -> Vec<String> {
    let mut out = Vec::new();
    let textual = plain(builtin).contains(&"text") || matches!(builtin, Builtin::AnyUri);
    for facets in facets {
        if textual {
            let lengths = [facets.length, facets.max_length, facets.min_length];
            out.extend(
                lengths.into_iter().flatten().filter(|length| *length < 3000).map(|length| "x".repeat(length as usize)),
            );
        }
        let octets =
            [facets.length, facets.max_length, facets.min_length].into_iter().flatten().filter(|length| *length < 3000);
        match builtin {
            Builtin::HexBinary => out.extend(octets.map(|octets| "0A".repeat(octets as usize))),
            Builtin::Base64Binary => out.extend(octets.map(|octets| {
                let rest = ["", "AA==", "AAA="][octets as usize % 3];
                format!("{}{rest}", "AAAA".repeat(octets as usize / 3))
            })),
            _ => {}
        }
        for bound in [&facets.min_inclusive, &facets.max_inclusive].into_iter().flatten() {
            out.push(bound.trim().to_owned());
        }
        if let Some(digits) = facets.total_digits.filter(|digits| *digits < 40) {
            let fraction = facets.fraction_digits.unwrap_or(0).min(digits.saturating_sub(1));
            let whole = "9".repeat((digits - fraction) as usize);
            out.push(if fraction == 0 { whole } else { format!("{whole}.{}", "1".repeat(fraction as usize)) });
        } else if let Some(fraction) = facets.fraction_digits.filter(|digits| *digits < 20) {
            out.push(if fraction == 0 { "1".to_owned() } else { format!("1.{}", "1".repeat(fraction as usize)) });
        }
    }
    out
}

/// Whether facets other than patterns allow a text.
fn fits(text: &str, builtin: Option<Builtin>, facets: &Facets) -> bool {
    let length = match builtin {
        // These count octets.
        Some(Builtin::HexBinary) => text.len() / 2,
        Some(Builtin::Base64Binary) => text.len() / 4 * 3 - text.matches('=').count(),
        _ => text.chars().count(),
    } as u64;
    if !facets.patterns.is_empty() && facets.patterns.iter().any(|pattern| pattern.len() > 500) {
        return false;
    }
    let matched = facets.patterns.is_empty() || facets.patterns.iter().any(|pattern| matches_pattern(text, pattern));
    let lengths = facets.length.is_none_or(|wanted| wanted == length)
        && facets.min_length.is_none_or(|min| min <= length)
        && facets.max_length.is_none_or(|max| length <= max);
    let number = text.trim().parse::<f64>().ok();
    let bound = |bound: &Option<String>, good: fn(f64, f64) -> bool| match (number, bound) {
        (Some(number), Some(bound)) => bound.trim().parse::<f64>().is_ok_and(|bound| good(number, bound)),
        // A time without a zone is neither before nor behind one with a zone that is near (3.2.7.4), which is not what every
        // implementation says.
        (None, Some(bound)) => !bound.contains(':') || has_zone(text) == has_zone(bound),
        _ => true,
    };
    let digits: Vec<char> = text.trim_start_matches(['-', '+']).chars().collect();
    let fraction = text.split_once('.').map_or(0, |(_, fraction)| fraction.len()) as u64;
    let total = digits.iter().filter(|c| c.is_ascii_digit()).count() as u64;
    matched
        && lengths
        && bound(&facets.min_inclusive, |number, bound| number >= bound)
        && bound(&facets.max_inclusive, |number, bound| number <= bound)
        && bound(&facets.min_exclusive, |number, bound| number > bound)
        && bound(&facets.max_exclusive, |number, bound| number < bound)
        && facets.total_digits.is_none_or(|max| number.is_some() && total <= max)
        && facets.fraction_digits.is_none_or(|max| number.is_some() && fraction <= max)
}

/// Whether a moment or time says its zone.
fn has_zone(text: &str) -> bool {
    let time = text.trim().rsplit('T').next().unwrap_or_default();
    time.contains(['Z', '+']) || time.matches('-').count() == 1
}

/// Whether a whole number lies in its machine type: facets of an unbounded base may go beyond.
fn in_range(text: &str, builtin: Builtin) -> bool {
    match builtin {
        Builtin::Int => text.parse::<i32>().is_ok(),
        Builtin::Long => text.parse::<i64>().is_ok(),
        Builtin::Short => text.parse::<i16>().is_ok(),
        // A pattern may ask for what is no number at all.
        Builtin::Decimal => !text.contains(['E', 'e']) && text.parse::<f64>().is_ok(),
        _ => true,
    }
}

fn matches_pattern(text: &str, pattern: &str) -> bool {
    // The same few patterns are asked for in every mutation of a contract, and making one takes longer than trying it.
    static KNOWN: Mutex<BTreeMap<String, Option<regex::Regex>>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let regex = known
        .entry(pattern.to_owned())
        .or_insert_with(|| regex::Regex::new(&format!("^(?:{})$", rust_pattern(pattern))).ok());
    regex.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// XML Schema's patterns in Rust's syntax; what differs and is common.
fn rust_pattern(pattern: &str) -> String {
    pattern.replace("\\i", "[A-Za-z_:]").replace("\\c", "[A-Za-z0-9_:.\\-]")
}

/// A few texts that a pattern allows: the shortest, and longer ones.
fn samples(pattern: &str) -> Vec<String> {
    let Ok(hir) = regex_syntax::parse(&rust_pattern(pattern)) else { return Vec::new() };
    (0..6).map(|variant| sample(&hir, variant)).collect()
}

fn sample(hir: &Hir, variant: usize) -> String {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => String::new(),
        HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0).into_owned(),
        HirKind::Class(Class::Unicode(class)) => {
            let mut chars: Vec<char> = class
                .ranges()
                .iter()
                .flat_map(|range| [range.start(), range.end()])
                .filter(|c| c.is_ascii_graphic() || *c == ' ')
                .collect();
            if chars.is_empty() {
                let wide = class.ranges().iter().find(|range| range.start() <= 'A' && range.end() >= 'z');
                chars.push(wide.map_or_else(|| class.ranges().first().map_or('x', |range| range.end()), |_| 'x'));
            }
            // Letters and digits before signs.
            chars.sort_by_key(|c| (!c.is_ascii_alphanumeric(), *c));
            chars[variant % chars.len()].to_string()
        }
        HirKind::Class(Class::Bytes(_)) => "x".to_owned(),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(repetition.min + 3);
            let wanted = match variant {
                0 => repetition.min.max(1).min(most),
                1 => repetition.min,
                2 => most.min(60),
                _ => (repetition.min + variant as u32).min(most),
            };
            (0..wanted).map(|_| sample(&repetition.sub, variant)).collect()
        }
        HirKind::Capture(capture) => sample(&capture.sub, variant),
        HirKind::Concat(parts) => parts.iter().map(|part| sample(part, variant)).collect(),
        HirKind::Alternation(branches) => sample(&branches[variant % branches.len()], variant / branches.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_match_their_patterns() {
        for pattern in [
            "[A-Z]{2}",
            "[0-9A-Za-z\\+\\*\\.]{2,12}",
            "\\d{4}-\\d{2}",
            "(A|B|CD)[0-9]{1,3}",
            "[0-9a-f]{8}(-[0-9a-f]{4}){3}",
        ] {
            let texts = samples(pattern);
            assert!(texts.iter().all(|text| matches_pattern(text, pattern)), "{pattern}: {texts:?}");
            assert!(!texts.is_empty());
        }
    }
}
