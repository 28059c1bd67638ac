//! Whether the values of one simple type are values of another, and whether one Rust type carries both.

use super::report::Verdict::{self, Breaking, Safe};
use crate::model::{Builtin, Carrier, Facets, Model, Simple, SimpleKind, TypeId, TypeKind};
use crate::pattern::spelling;

/// What a simple type comes down to.
#[derive(Debug, Clone)]
pub(super) enum Space<'m> {
    /// Text that is listed, or integer codes.
    Enumeration { values: Vec<&'m str>, closed: bool, base: Option<Builtin> },
    /// A built-in type, with the facets on the way to it.
    Scalar { builtin: Builtin, facets: Vec<&'m Facets> },
    /// Items between blanks.
    List,
    /// One of several.
    Union {
        /// Its reader takes any text, and keeps what it does not know.
        any_text: bool,
    },
}

/// How a change from one simple type to another is to be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Conversion {
    /// Every old value is a new one.
    pub(super) request: Verdict,
    /// The old reader takes every new value.
    pub(super) response: Verdict,
    /// The Rust type stays.
    pub(super) source: Verdict,
    /// A value that goes through means the same.
    pub(super) behaviour: Verdict,
}

/// The space of a simple type; `None` for a complex one.
pub(super) fn space(model: &Model, id: TypeId) -> Option<Space<'_>> {
    let mut facets = Vec::new();
    let mut at = id;
    loop {
        let TypeKind::Simple(simple) = &model[at].kind else { return None };
        if !simple.values.is_empty() {
            let values = simple.values.iter().map(|value| value.wire.as_str()).collect();
            return Some(Space::Enumeration { values, closed: simple.closed, base: model.builtin_of(at) });
        }
        facets.push(&simple.facets);
        match &simple.kind {
            SimpleKind::Builtin(builtin) => {
                facets.retain(|facets| **facets != Facets::default());
                return Some(Space::Scalar { builtin: *builtin, facets });
            }
            SimpleKind::Restriction(base) => at = *base,
            SimpleKind::List(_) => return Some(Space::List),
            SimpleKind::Union(_) => {
                let carrier = model.kinds(at)?.carrier();
                return Some(Space::Union { any_text: !matches!(carrier, Carrier::One(_)) });
            }
        }
    }
}

/// Judges a change from one simple type to another.
pub(super) fn convert(old: &Space<'_>, new: &Space<'_>) -> Conversion {
    let verdict = |safe: bool| if safe { Safe } else { Breaking };
    match (old, new) {
        (Space::Scalar { builtin: from, facets: before }, Space::Scalar { builtin: to, facets: after }) => {
            let same_facets = before == after;
            let carried = carrier(*from, before) == carrier(*to, after);
            Conversion {
                request: verdict(includes(*to, *from) && (after.is_empty() || same_facets)),
                response: verdict(reads(*from, *to, before)),
                source: verdict(carried),
                // Code that compiles on gets other blanks.
                behaviour: verdict(!carried || white_space(*from) == white_space(*to)),
            }
        }
        (Space::Enumeration { values, closed, .. }, Space::Scalar { builtin, facets }) => {
            let text = is_text(*builtin) && facets.is_empty();
            Conversion {
                request: verdict(text || values.is_empty()),
                response: verdict(!closed && is_text(*builtin)),
                source: Breaking,
                behaviour: Safe,
            }
        }
        (Space::Scalar { builtin, .. }, Space::Enumeration { .. }) => {
            Conversion { request: Breaking, response: verdict(is_text(*builtin)), source: Breaking, behaviour: Safe }
        }
        (
            Space::Enumeration { values: before, closed, base: from },
            Space::Enumeration { values: after, base: to, .. },
        ) => {
            let within = |a: &[&str], b: &[&str]| a.iter().all(|value| b.contains(value));
            let alike = from == to;
            Conversion {
                request: verdict(within(before, after)),
                response: verdict(within(after, before) || (!closed && alike)),
                source: Breaking,
                behaviour: Safe,
            }
        }
        // Whether the new type takes all that the union does, nobody looks.
        (Space::Union { any_text }, Space::Scalar { .. } | Space::Enumeration { .. }) => {
            Conversion { request: Breaking, response: verdict(*any_text), source: Breaking, behaviour: Safe }
        }
        _ => Conversion { request: Breaking, response: Breaking, source: Breaking, behaviour: Breaking },
    }
}

/// Whether both are one type in all that counts here: same space, same facets.
pub(super) fn same(old: &Space<'_>, new: &Space<'_>) -> bool {
    match (old, new) {
        (Space::Scalar { builtin: a, facets: x }, Space::Scalar { builtin: b, facets: y }) => a == b && x == y,
        (
            Space::Enumeration { values: a, closed: x, base: p },
            Space::Enumeration { values: b, closed: y, base: q },
        ) => {
            let (mut a, mut b) = (a.clone(), b.clone());
            a.sort_unstable();
            b.sort_unstable();
            a == b && x == y && p == q
        }
        _ => false,
    }
}

/// Types whose Rust type is `String`, and whose reader therefore takes any text.
pub(super) fn is_text(builtin: Builtin) -> bool {
    use Builtin::{AnyUri, Entity, Id, IdRef, Language, NCName, Name, NmToken, NormalizedString, String, Token};
    matches!(
        builtin,
        String | NormalizedString | Token | Language | Name | NCName | NmToken | Id | IdRef | Entity | AnyUri
    )
}

/// The range of a bounded integer type.
fn range(builtin: Builtin) -> Option<(i128, i128)> {
    Some(match builtin {
        Builtin::Long => (i64::MIN.into(), i64::MAX.into()),
        Builtin::Int => (i32::MIN.into(), i32::MAX.into()),
        Builtin::Short => (i16::MIN.into(), i16::MAX.into()),
        Builtin::Byte => (i8::MIN.into(), i8::MAX.into()),
        Builtin::UnsignedLong => (0, u64::MAX.into()),
        Builtin::UnsignedInt => (0, u32::MAX.into()),
        Builtin::UnsignedShort => (0, u16::MAX.into()),
        Builtin::UnsignedByte => (0, u8::MAX.into()),
        // Of any size: beyond every bounded type.
        Builtin::Integer => (i128::MIN, i128::MAX),
        Builtin::NonNegativeInteger => (0, i128::MAX),
        Builtin::PositiveInteger => (1, i128::MAX),
        Builtin::NonPositiveInteger => (i128::MIN, 0),
        Builtin::NegativeInteger => (i128::MIN, -1),
        _ => return None,
    })
}

/// Whether every value of `inner`, as text, is one of `outer`.
fn includes(outer: Builtin, inner: Builtin) -> bool {
    if outer == inner {
        return true;
    }
    match outer {
        // Any text is a string; blanks are another matter, of behaviour.
        Builtin::String | Builtin::AnySimpleType | Builtin::NormalizedString | Builtin::Token => {
            !matches!(inner, Builtin::AnyType | Builtin::Xml | Builtin::Attachment)
        }
        Builtin::Decimal => range(inner).is_some(),
        Builtin::NmToken => {
            matches!(inner, Builtin::Language | Builtin::Name | Builtin::NCName)
                || matches!(inner, Builtin::Id | Builtin::IdRef | Builtin::Entity)
        }
        Builtin::Name => matches!(inner, Builtin::NCName | Builtin::Id | Builtin::IdRef | Builtin::Entity),
        Builtin::Double => matches!(inner, Builtin::Decimal | Builtin::Float) || range(inner).is_some(),
        _ => match (range(outer), range(inner)) {
            (Some((low, high)), Some((from, to))) => low <= from && to <= high,
            _ => false,
        },
    }
}

/// Whether a reader of `old` takes every value of `new`, and loses nothing of it.
fn reads(old: Builtin, new: Builtin, facets: &[&Facets]) -> bool {
    if old == new {
        // Facets choose a machine integer for unbounded integers, which does not hold what is beyond them.
        return !narrows(old, facets);
    }
    if is_text(old) {
        return !matches!(new, Builtin::AnyType | Builtin::Xml | Builtin::Attachment);
    }
    match old {
        // Text as an attribute, a piece of XML as an element.
        Builtin::AnySimpleType => !matches!(new, Builtin::AnyType | Builtin::Xml | Builtin::Attachment),
        Builtin::Double => matches!(new, Builtin::Float),
        Builtin::Integer => range(new).is_some() && !narrows(old, facets),
        // The other unbounded integers share a carrier, which checks no sign here: not relied on.
        Builtin::Decimal => range(new).is_some(),
        _ => match (range(old), range(new)) {
            (Some((low, high)), Some((from, to))) => low <= from && to <= high && !narrows(old, facets),
            _ => false,
        },
    }
}

/// Whether facets choose the Rust type.
fn narrows(builtin: Builtin, facets: &[&Facets]) -> bool {
    unbounded(builtin) && !facets.is_empty()
}

fn unbounded(builtin: Builtin) -> bool {
    matches!(
        builtin,
        Builtin::Integer
            | Builtin::NonNegativeInteger
            | Builtin::PositiveInteger
            | Builtin::NonPositiveInteger
            | Builtin::NegativeInteger
    )
}

/// What tells Rust types apart: equal carriers mean the same Rust type.
fn carrier(builtin: Builtin, facets: &[&Facets]) -> String {
    if is_text(builtin) {
        return "text".to_owned();
    }
    match builtin {
        Builtin::NmTokens | Builtin::IdRefs | Builtin::Entities => "list".to_owned(),
        Builtin::QName | Builtin::Notation => "qname".to_owned(),
        Builtin::AnyType | Builtin::Xml => "any".to_owned(),
        // With the facets, again, since the integers below it may be narrow.
        _ if spelling::asks_for_another(builtin, patterns(facets)) => format!("spelled {builtin:?} {facets:?}"),
        _ if unbounded(builtin) && facets.is_empty() => "integer".to_owned(),
        // With the facets themselves: they may choose a machine integer.
        _ if unbounded(builtin) => format!("integer {facets:?}"),
        _ => format!("{builtin:?}"),
    }
}

/// How the built-in type treats blanks: kept, replaced, collapsed.
fn white_space(builtin: Builtin) -> u8 {
    match builtin {
        Builtin::String | Builtin::AnySimpleType | Builtin::AnyType | Builtin::Xml => 0,
        Builtin::NormalizedString => 1,
        _ => 2,
    }
}

/// The patterns of each step of restriction.
fn patterns<'f>(facets: &[&'f Facets]) -> impl Iterator<Item = &'f [String]> {
    facets.iter().map(|facets| facets.patterns.as_slice())
}

/// Whether patterns of restrictions of one type choose its Rust type: a value keeps its spelling in one of them only.
pub(super) fn patterns_choose_the_type(old: (&Model, TypeId), new: (&Model, TypeId)) -> bool {
    spelling::of_type(old.0, old.1) != spelling::of_type(new.0, new.1)
}

/// Whether numbers in restrictions of one type choose its Rust type.
pub(super) fn facets_choose_the_type(model: &Model, id: TypeId, old: &Simple, new: &Simple) -> bool {
    let numbers = |simple: &Simple| {
        let facets = &simple.facets;
        (
            facets.total_digits,
            facets.min_inclusive.clone(),
            facets.max_inclusive.clone(),
            facets.min_exclusive.clone(),
            facets.max_exclusive.clone(),
        )
    };
    model.builtin_of(id).is_some_and(unbounded) && numbers(old) != numbers(new)
}
