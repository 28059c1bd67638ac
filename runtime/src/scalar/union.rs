//! What the enums of unions share: whether a text is a value of a member type.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::{Scalar, compare};
use crate::facet::Facet;

/// Finds the first of a union's types that a text is a value of.
#[derive(Debug)]
pub struct OneOf<'t, U> {
    text: &'t str,
    found: Option<U>,
}

impl<'t, U> OneOf<'t, U> {
    /// Nothing is found yet.
    pub fn new(text: &'t str) -> Self {
        Self { text, found: None }
    }

    /// Takes the text for a value of this type, if it is one, is within the bounds, and nothing was found before.
    ///
    /// The bounds (`Is`, then `MinInclusive` …) are there only where they decide which of a union's types a text belongs to.
    pub fn try_as<T: Scalar>(&mut self, bounds: &[Facet], variant: fn(T) -> U) {
        if self.found.is_none()
            && let Ok(value) = T::parse(self.text)
            && within(bounds, self.text)
        {
            self.found = Some(variant(value));
        }
    }

    /// What was found, or else the text. There always is a value: the option is what [`crate::Enumeration`] asks for.
    #[allow(clippy::unnecessary_wraps)]
    pub fn or(self, variant: fn(String) -> U) -> Option<U> {
        Some(self.found.unwrap_or_else(|| variant(self.text.into())))
    }
}

/// The text of a union's value.
pub fn union_text<T: Scalar>(value: &T) -> Cow<'static, str> {
    let mut text = String::new();
    value.format(&mut text);
    Cow::Owned(text)
}

fn within(bounds: &[Facet], text: &str) -> bool {
    let mut builtin = None;
    bounds.iter().all(|facet| {
        let order = |bound: &str| compare::order(builtin, text, bound);
        match facet {
            Facet::Is(is) => {
                builtin = Some(*is);
                true
            }
            Facet::MinInclusive(bound) => matches!(order(bound), Some(Ordering::Greater | Ordering::Equal)),
            Facet::MaxInclusive(bound) => matches!(order(bound), Some(Ordering::Less | Ordering::Equal)),
            Facet::MinExclusive(bound) => order(bound) == Some(Ordering::Greater),
            Facet::MaxExclusive(bound) => order(bound) == Some(Ordering::Less),
            // One of several types that one variant stands for.
            Facet::OneOf(types) => types.iter().any(|bounds| within(bounds, text)),
            _ => true,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Builtin, Date, Integer};

    fn read<T: Scalar>(text: &str, bounds: &[Facet], variant: fn(T) -> T) -> Option<T> {
        let mut one = OneOf::new(text);
        one.try_as(bounds, variant);
        one.found
    }

    #[test]
    fn bounds_decide_between_types() {
        let positive = &[Facet::Is(Builtin::Integer), Facet::MinInclusive("1")];
        assert_eq!(read("7", positive, std::convert::identity::<Integer>), Some(Integer::from(7)));
        assert_eq!(read("0", positive, std::convert::identity::<Integer>), None);
        assert_eq!(read("seven", positive, std::convert::identity::<Integer>), None);
        let either = &[Facet::OneOf(&[
            &[Facet::Is(Builtin::Int), Facet::MaxExclusive("0")],
            &[Facet::Is(Builtin::Int), Facet::MinExclusive("9"), Facet::MaxInclusive("10")],
        ])];
        let taken: Vec<i32> = (-1..12).filter(|n| read(&n.to_string(), either, |it: i32| it).is_some()).collect();
        assert_eq!(taken, [-1, 10]);
        let dates = &[Facet::Is(Builtin::Date), Facet::MinInclusive("2020-01-01")];
        assert!(read("2019-12-31", dates, |it: Date| it).is_none());
        assert_eq!(union_text(&read("2020-01-02", dates, |it: Date| it).unwrap()), "2020-01-02");
    }
}
