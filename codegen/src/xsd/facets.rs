//! Whether facets make sense together, and whether a pattern can be run.

use super::codes;
use super::syntax::FacetList;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pattern;
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

/// Remarks on a pattern that cannot be run.
pub(crate) fn check_pattern(pattern: &str, span: Span, diagnostics: &mut Diagnostics) {
    if let Err(why) = pattern::translate(pattern) {
        let what = format!("the pattern {why}; `validate` does not check it");
        diagnostics.push(Diagnostic::warning(codes::PATTERN, what).at(span, "this pattern"));
    } else if pattern.len() > 1 && pattern.starts_with('^') && pattern.ends_with('$') && !pattern.ends_with("\\$") {
        let what = "in a pattern `^` and `$` are characters like any other: `validate` will refuse values without them";
        diagnostics.push(
            Diagnostic::warning(codes::PATTERN, what)
                .at(span, "anchored twice")
                .with_help("patterns match whole values: leave `^` and `$` out"),
        );
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
}
