//! A text against facets.

use std::cmp::Ordering;

use super::rule::{Rule, Unit};
use super::{lexical, patterns};
use crate::facet::{Builtin, Facet};
use crate::scalar::{Decimal, compare, trim_space};

/// What the facets of a value have said about it so far.
#[derive(Clone, Copy, Default)]
struct Known {
    builtin: Option<Builtin>,
    list: bool,
    /// What items or members are, of a list or union.
    parts: Option<&'static Facet>,
}

/// Every facet that the text of a value breaks.
pub(super) fn judge(facets: &'static [Facet], text: &str) -> Vec<Rule> {
    let mut out = Vec::new();
    // White space around the values of lists and unions says nothing.
    let text = if facets.iter().any(is_loose) { trim_space(text) } else { text };
    each(facets, text, &mut Known::default(), &mut out);
    out
}

fn is_loose(facet: &Facet) -> bool {
    match facet {
        Facet::Items(_) | Facet::OneOf(_) => true,
        Facet::Of(inner) => inner.iter().any(is_loose),
        _ => false,
    }
}

fn each(facets: &'static [Facet], text: &str, known: &mut Known, out: &mut Vec<Rule>) {
    for facet in facets {
        match *facet {
            Facet::Is(builtin) => {
                known.builtin = Some(builtin);
                if !lexical::holds(builtin, text) {
                    out.push(Rule::Type(builtin));
                }
            }
            Facet::Length(limit) => {
                let (found, unit) = length(text, *known);
                if found != limit {
                    out.push(Rule::Length { limit, found, unit });
                }
            }
            Facet::MinLength(limit) => {
                let (found, unit) = length(text, *known);
                if found < limit {
                    out.push(Rule::MinLength { limit, found, unit });
                }
            }
            Facet::MaxLength(limit) => {
                let (found, unit) = length(text, *known);
                if found > limit {
                    out.push(Rule::MaxLength { limit, found, unit });
                }
            }
            Facet::Pattern(alternatives) => {
                let collapsed = if known.list { words(text).collect::<Vec<_>>().join(" ") } else { String::new() };
                let text = if known.list { collapsed.as_str() } else { text };
                if !alternatives.iter().any(|pattern| patterns::matches(pattern, text)) {
                    out.push(Rule::Pattern(alternatives));
                }
            }
            Facet::MinInclusive(bound) => {
                if !matches!(compare::order(known.builtin, text, bound), Some(Ordering::Greater | Ordering::Equal)) {
                    out.push(Rule::MinInclusive(bound));
                }
            }
            Facet::MaxInclusive(bound) => {
                if !matches!(compare::order(known.builtin, text, bound), Some(Ordering::Less | Ordering::Equal)) {
                    out.push(Rule::MaxInclusive(bound));
                }
            }
            Facet::MinExclusive(bound) => {
                if compare::order(known.builtin, text, bound) != Some(Ordering::Greater) {
                    out.push(Rule::MinExclusive(bound));
                }
            }
            Facet::MaxExclusive(bound) => {
                if compare::order(known.builtin, text, bound) != Some(Ordering::Less) {
                    out.push(Rule::MaxExclusive(bound));
                }
            }
            Facet::TotalDigits(limit) => {
                if let Some((found, _)) = digits(text).filter(|(found, _)| *found > limit) {
                    out.push(Rule::TotalDigits { limit, found });
                }
            }
            Facet::FractionDigits(limit) => {
                if let Some((_, found)) = digits(text).filter(|(_, found)| *found > limit) {
                    out.push(Rule::FractionDigits { limit, found });
                }
            }
            Facet::Values(values) => {
                if !values.iter().any(|value| same(*known, text, value)) {
                    out.push(Rule::Values(values));
                }
            }
            Facet::Items(inner) => {
                known.list = true;
                known.builtin = None;
                known.parts = Some(facet);
                for item in words(text) {
                    let before = out.len();
                    each(inner, item, &mut Known::default(), out);
                    // One item tells enough.
                    if out.len() > before {
                        break;
                    }
                }
            }
            Facet::OneOf(members) => {
                known.parts = Some(facet);
                if !members.iter().any(|member| judge(member, text).is_empty()) {
                    out.push(Rule::Union);
                }
            }
            Facet::Of(inner) => each(inner, text, known, out),
            Facet::Fixed(value) => {
                // The contract's text may have blanks around it that its type takes away.
                if !same(*known, text, value) && !same(*known, trim_space(text), trim_space(value)) {
                    out.push(Rule::Fixed(value));
                }
            }
            Facet::Default(_) | Facet::Occurs(..) => {}
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty())
}

/// Whether two texts are one value.
fn same(known: Known, text: &str, value: &str) -> bool {
    match known.parts {
        Some(parts) => text == value || equal(std::slice::from_ref(parts), text, value),
        None => text == value || compare::equal(known.builtin, text, value),
    }
}

/// Whether two texts are one value of the type that the facets are about.
fn equal(facets: &'static [Facet], a: &str, b: &str) -> bool {
    a == b
        || facets.iter().any(|facet| match facet {
            Facet::Is(builtin) => compare::equal(Some(*builtin), a, b),
            Facet::Of(inner) => equal(inner, a, b),
            Facet::Items(inner) => {
                words(a).count() == words(b).count() && words(a).zip(words(b)).all(|(a, b)| equal(inner, a, b))
            }
            Facet::OneOf(members) => {
                // A text is a value of the first member that takes it.
                let member = |text: &str| members.iter().position(|member| judge(member, text).is_empty());
                member(a).is_some_and(|index| member(b) == Some(index) && equal(members[index], a, b))
            }
            _ => false,
        })
}

fn length(text: &str, known: Known) -> (u64, Unit) {
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    if known.list {
        return (count(words(text).count()), Unit::Items);
    }
    match known.builtin {
        Some(Builtin::Base64Binary) => {
            let digits = text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=').count();
            (count(digits / 4 * 3 + (digits % 4).saturating_sub(1)), Unit::Octets)
        }
        Some(Builtin::HexBinary) => (count(trim_space(text).len() / 2), Unit::Octets),
        _ => (count(text.chars().count()), Unit::Characters),
    }
}

/// Digits of a decimal number that say something: all, and those behind the point.
fn digits(text: &str) -> Option<(u64, u64)> {
    let text = trim_space(text);
    text.parse::<Decimal>().ok()?;
    let (whole, fraction) = text.trim_start_matches(['+', '-']).split_once('.').unwrap_or((text, ""));
    let whole = whole.trim_start_matches(['+', '-', '0']).len();
    let fraction = fraction.trim_end_matches('0').len();
    Some((u64::try_from(whole + fraction).ok()?, u64::try_from(fraction).ok()?))
}
