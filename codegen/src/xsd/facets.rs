//! Whether facets make sense together, and whether a pattern is likely to.

use super::codes;
use super::syntax::FacetList;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;

/// Reports limits that contradict one another.
pub(crate) fn check(list: &FacetList, diagnostics: &mut Diagnostics) {
    let facets = &list.facets;
    let place = |name: &str| list.places.iter().find(|(known, _)| *known == name).map(|(_, span)| *span);
    let mut contradiction = |low: &str, low_value: &str, high: &str, high_value: &str| {
        let what = format!("{low} {low_value} is more than {high} {high_value}");
        let problem = Diagnostic::error(codes::FACET, what)
            .at(place(low), "no value can satisfy both")
            .also(place(high), "and this");
        diagnostics.push(problem);
    };
    let counts = [
        ("minLength", facets.min_length, "maxLength", facets.max_length),
        ("minLength", facets.min_length, "length", facets.length),
        ("length", facets.length, "maxLength", facets.max_length),
        ("fractionDigits", facets.fraction_digits, "totalDigits", facets.total_digits),
    ];
    for (low, low_value, high, high_value) in counts {
        if let (Some(a), Some(b)) = (low_value, high_value)
            && a > b
        {
            contradiction(low, &a.to_string(), high, &b.to_string());
        }
    }
    let bounds = [
        ("minInclusive", &facets.min_inclusive, "maxInclusive", &facets.max_inclusive),
        ("minInclusive", &facets.min_inclusive, "maxExclusive", &facets.max_exclusive),
        ("minExclusive", &facets.min_exclusive, "maxInclusive", &facets.max_inclusive),
        ("minExclusive", &facets.min_exclusive, "maxExclusive", &facets.max_exclusive),
    ];
    for (low, low_value, high, high_value) in bounds {
        if let (Some(a), Some(b)) = (low_value, high_value)
            && more(a, b)
        {
            contradiction(low, a, high, b);
        }
    }
    if facets.total_digits == Some(0) {
        diagnostics.push(
            Diagnostic::error(codes::FACET, "totalDigits 0 leaves no digit").at(place("totalDigits"), "at least 1"),
        );
    }
}

/// Whether one decimal number is more than another; false for anything that is no plain decimal.
fn more(a: &str, b: &str) -> bool {
    let parts = |text: &str| {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let valid = !(whole.is_empty() && fraction.is_empty())
            && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
        let whole = whole.trim_start_matches('0').to_owned();
        let fraction = fraction.trim_end_matches('0').to_owned();
        let zero = whole.is_empty() && fraction.is_empty();
        valid.then_some((negative && !zero, whole, fraction))
    };
    let (Some((a_negative, a_whole, a_fraction)), Some((b_negative, b_whole, b_fraction))) = (parts(a), parts(b))
    else {
        return false;
    };
    let size = (a_whole.len(), &a_whole, &a_fraction).cmp(&(b_whole.len(), &b_whole, &b_fraction));
    match (a_negative, b_negative) {
        (false, true) => true,
        (true, false) => false,
        (false, false) => size.is_gt(),
        (true, true) => size.is_lt(),
    }
}

/// The largest repetition count a pattern may ask for before it is called excessive.
const REPETITION: u64 = 10_000;

/// Remarks on a pattern that is malformed, excessive, or would blow up in a backtracking engine. Patterns are data: the
/// generator never runs them.
pub(crate) fn check_pattern(pattern: &str, span: Span, diagnostics: &mut Diagnostics) {
    if let Some(why) = suspicious(pattern) {
        let what = format!("the pattern {why}; it is kept as documentation only");
        diagnostics.push(Diagnostic::warning(codes::PATTERN, what).at(span, "this pattern"));
    }
}

fn suspicious(pattern: &str) -> Option<&'static str> {
    let chars: Vec<char> = pattern.chars().collect();
    let mut groups: Vec<bool> = Vec::new(); // per open group: holds an unbounded repetition
    let mut class = 0usize;
    let mut last_closed_repeats = false;
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let mut closed = false;
        match c {
            '\\' => {
                at += 1;
                if at >= chars.len() {
                    return Some("ends in a lone backslash");
                }
            }
            '[' => class += 1,
            ']' if class > 0 => class -= 1,
            _ if class > 0 => {}
            '(' => groups.push(false),
            ')' => {
                let Some(repeats) = groups.pop() else { return Some("has an unmatched `)`") };
                last_closed_repeats = repeats;
                closed = true;
                if last_closed_repeats && let Some(outer) = groups.last_mut() {
                    *outer = true;
                }
            }
            '*' | '+' => {
                if last_closed_repeats {
                    return Some("repeats a repetition, which takes exponential time in many engines");
                }
                if let Some(group) = groups.last_mut() {
                    *group = true;
                }
            }
            '{' => {
                let end = chars[at..].iter().position(|c| *c == '}').map(|end| at + end);
                let Some(end) = end else { return Some("has an unclosed `{`") };
                let counts: String = chars[at + 1..end].iter().collect();
                if counts.split(',').any(|count| {
                    count
                        .trim()
                        .parse::<u64>()
                        .map_or(!count.trim().is_empty() && count.trim().bytes().all(|b| b.is_ascii_digit()), |n| {
                            n > REPETITION
                        })
                }) {
                    return Some("asks for an excessive number of repetitions");
                }
                at = end;
            }
            _ => {}
        }
        if !closed && !matches!(c, '*' | '+') {
            last_closed_repeats = false;
        }
        at += 1;
    }
    if class > 0 {
        Some("has an unclosed `[`")
    } else if !groups.is_empty() {
        Some("has an unclosed `(`")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparing_without_losing_digits() {
        assert!(more("10", "9.99"));
        assert!(more("99999999999999999999999999999999", "99999999999999999999999999999998"));
        assert!(more("1", "-2") && more("-1", "-2") && more("0.10", "0.09"));
        assert!(!more("1.0", "1") && !more("-0", "0") && !more("2026-01-01", "2025-01-01"));
    }

    #[test]
    fn patterns() {
        for fine in [r"[A-Z]{2}\d{4,8}", r"(\d+)?", r"([0-9]{1,3}\.){3}[0-9]{1,3}", r"[\i-[:]][\c-[:]]*", r"\(a\)"] {
            assert_eq!(suspicious(fine), None, "{fine}");
        }
        for odd in ["(a+)+$", "a{1000000000}", "[a", "(a", "a\\"] {
            assert!(suspicious(odd).is_some(), "{odd}");
        }
    }
}
