//! Whether a pattern asks for other spellings than those that Rust's types write: `007`, `1` for true, `1.50` as a float.

use regex::Regex;

use super::translate;
use crate::model::{Builtin, Model, SimpleKind, TypeId, TypeKind};

/// Whether the patterns of a simple type ask for other spellings than those its Rust type writes.
pub(crate) fn of_type(model: &Model, id: TypeId) -> bool {
    let mut steps = Vec::new();
    let mut at = id;
    while let TypeKind::Simple(simple) = &model[at].kind {
        steps.push(simple.facets.patterns.as_slice());
        let SimpleKind::Restriction(base) = simple.kind else { break };
        at = base;
    }
    model.builtin_of(id).is_some_and(|builtin| asks_for_another(builtin, steps.into_iter()))
}

/// Whether some value of the type passes the patterns in another spelling, and is refused in the usual one: a value read
/// would not go back as it came. `steps` are the patterns of each restriction on the way to the built-in type, alternatives
/// within a step.
///
/// Decided by trying spellings: all of a boolean's, of numbers those that patterns were seen to ask for (leading zeros,
/// signs, fixed digits behind the point, exponents), of octets the small letters.
pub(crate) fn asks_for_another<'p>(builtin: Builtin, steps: impl Iterator<Item = &'p [String]>) -> bool {
    let Some(kind) = Kind::of(builtin) else { return false };
    let steps: Vec<Vec<Regex>> = steps.filter_map(compiled).collect();
    if steps.is_empty() {
        return false;
    }
    let passes = |text: &str| steps.iter().all(|step| step.iter().any(|pattern| pattern.is_match(text)));
    let mut found = false;
    kind.spellings(&mut |usual, other| {
        found = found || (usual != other && passes(other) && !passes(usual));
    });
    found
}

/// `None` where there is no pattern, or one that cannot be run, which lets everything in.
fn compiled(alternatives: &[String]) -> Option<Vec<Regex>> {
    let compile = |pattern: &String| Regex::new(&format!(r"\A(?:{})\z", translate(pattern).ok()?)).ok();
    let compiled: Option<Vec<Regex>> = alternatives.iter().map(compile).collect();
    compiled.filter(|compiled| !compiled.is_empty())
}

/// Types whose Rust type has one spelling of each value where the contract's has several.
#[derive(Clone, Copy)]
enum Kind {
    Boolean,
    Integer,
    Decimal,
    Float,
    Octets,
}

impl Kind {
    fn of(builtin: Builtin) -> Option<Self> {
        Some(match builtin {
            Builtin::Boolean => Self::Boolean,
            whole if whole.is_integer() => Self::Integer,
            Builtin::Decimal => Self::Decimal,
            Builtin::Float | Builtin::Double => Self::Float,
            Builtin::HexBinary => Self::Octets,
            _ => return None,
        })
    }

    /// Hands out pairs of spellings of one value: the one that is written, and another.
    fn spellings(self, each: &mut dyn FnMut(&str, &str)) {
        match self {
            Self::Boolean => {
                each("true", "1");
                each("false", "0");
            }
            Self::Integer => whole(&mut |usual, other| each(usual, other)),
            Self::Decimal => {
                each("0.5", ".5");
                each("0.25", ".25");
                // Tens of thousands of pairs: two texts are enough for all.
                let (mut long, mut longer) = (String::new(), String::new());
                whole(&mut |usual, other| {
                    for fraction in ["", ".0", ".00", ".5", ".25", ".125", ".1234"] {
                        for (text, digits) in [(&mut long, usual), (&mut longer, other)] {
                            text.clear();
                            text.push_str(digits);
                            text.push_str(fraction);
                        }
                        each(&long, &longer);
                    }
                    longer.clear();
                    longer.push_str(other);
                    longer.push('.');
                    each(usual, &longer);
                });
            }
            Self::Float => floats(each),
            Self::Octets => {
                for count in 1..=64 {
                    each(&"AB".repeat(count), &"ab".repeat(count));
                    each(&"AB".repeat(count), &"aB".repeat(count));
                }
            }
        }
    }
}

/// The longest number that is tried with leading zeros.
const WIDTH: usize = 20;

fn whole(each: &mut dyn FnMut(&str, &str)) {
    let values = (0..=120u64).chain([365, 366, 999, 1234, 1999, 2024, 12_345, 123_456, 1_234_567, 12_345_678]);
    for value in values {
        let usual = value.to_string();
        let negative = format!("-{usual}");
        each(&usual, &usual);
        each(&usual, &format!("+{usual}"));
        let mut padded = format!("-{usual}");
        for _ in usual.len() + 1..=WIDTH {
            padded.insert(1, '0');
            each(&usual, &padded[1..]);
            if value > 0 {
                each(&negative, &padded);
            }
        }
    }
}

fn floats(each: &mut dyn FnMut(&str, &str)) {
    let mut all = |other: &str| {
        if let Ok(value) = other.parse::<f64>() {
            each(&value.to_string(), other);
        }
    };
    for whole in ["0", "1", "5", "10", "12", "99", "100", "123", "1234", "12345", "-1", "-12.0", "+1", "01", "001"] {
        all(whole);
        for fraction in ["", "0", "00", "000", "0000", "00000", "000000", "5", "50", "500", "25", "250"] {
            all(&format!("{whole}.{fraction}"));
        }
    }
    for mantissa in ["1", "1.0", "1.00", "1.5", "1.50", "1.25", "-1", "-1.5", "9.99"] {
        for letter in ["e", "E"] {
            for exponent in ["0", "1", "2", "10", "-1", "-2", "+2", "00", "02", "-02", "+02"] {
                all(&format!("{mantissa}{letter}{exponent}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(builtin: Builtin, steps: &[&[&str]], expected: bool) {
        let steps: Vec<Vec<String>> =
            steps.iter().map(|step| step.iter().map(|pattern| (*pattern).to_owned()).collect()).collect();
        assert_eq!(asks_for_another(builtin, steps.iter().map(Vec::as_slice)), expected, "{builtin:?} {steps:?}");
    }

    #[test]
    fn patterns_that_refuse_the_usual_spelling() {
        for (builtin, pattern) in [
            (Builtin::Boolean, "0|1"),
            (Builtin::Boolean, "true|0"),
            (Builtin::Int, "[0-9]{5}"),
            (Builtin::Byte, "0[1-9]|1[0-2]"),
            (Builtin::Integer, r"[+-]\d+"),
            (Builtin::Decimal, r"\d{8}\.\d{2}"),
            (Builtin::Float, r"\d{1,8}\.\d{2}"),
            (Builtin::Double, "...[Ee].."),
            (Builtin::HexBinary, "[0-9a-f]{32}"),
        ] {
            check(builtin, &[&[pattern]], true);
        }
    }

    #[test]
    fn patterns_that_take_it() {
        for (builtin, pattern) in [
            (Builtin::Boolean, "true|false"),
            (Builtin::Boolean, "true|false|0|1"),
            (Builtin::Boolean, "[a-z]*"),
            (Builtin::Int, "[0-9]{1,5}"),
            (Builtin::Integer, "[1-9][0-9]*"),
            (Builtin::Decimal, r"-?\d+\.\d{2}"),
            (Builtin::Float, r"-?[0-9]+(\.[0-9]+)?"),
            (Builtin::HexBinary, "[0-9A-Fa-f]{32}"),
            (Builtin::String, "[0-9]{5}"),
            (Builtin::Int, "(?bad"),
        ] {
            check(builtin, &[&[pattern]], false);
        }
        check(Builtin::Boolean, &[], false);
        // Alternatives within a step, all steps together.
        check(Builtin::Boolean, &[&["0|1", "true|false"]], false);
        check(Builtin::Boolean, &[&["0|1", "true"], &["true|false"]], false);
        check(Builtin::Boolean, &[&["true|false|1"], &["1|false"]], true);
    }
}
