//! Types as a whole: kind, inheritance, layout.

use super::Rule;
use super::Says::{Breaking, Depends, Safe};

pub(in super::super) static TYPE_KIND_CHANGED: Rule =
    Rule::new("type-kind-changed", "types", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static TYPE_BECAME_ABSTRACT: Rule =
    Rule::new("type-became-abstract", "types", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static TYPE_NO_LONGER_ABSTRACT: Rule =
    Rule::new("type-no-longer-abstract", "types", [Safe, Breaking, Breaking, Safe]);
pub(in super::super) static BASE_CHANGED: Rule = Rule::new("base-changed", "types", [Depends, Depends, Depends, Safe]);
pub(in super::super) static DERIVED_TYPE_ADDED: Rule =
    Rule::new("derived-type-added", "types", [Safe, Depends, Breaking, Safe]);
pub(in super::super) static DERIVED_TYPE_REMOVED: Rule =
    Rule::new("derived-type-removed", "types", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static SUBSTITUTION_BLOCKED: Rule =
    Rule::new("substitution-blocked", "types", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static SUBSTITUTION_UNBLOCKED: Rule =
    Rule::new("substitution-unblocked", "types", [Safe, Depends, Breaking, Safe]);
pub(in super::super) static MIXED_CHANGED: Rule =
    Rule::new("mixed-changed", "types", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static NIL_MEANING_CHANGED: Rule =
    Rule::new("nil-meaning-changed", "types", [Safe, Safe, Breaking, Breaking]);
pub(in super::super) static ARRAY_KIND_CHANGED: Rule =
    Rule::new("array-kind-changed", "types", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static LAYOUT_CHANGED: Rule =
    Rule::new("layout-changed", "types", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static SEPARATORS_CHANGED: Rule =
    Rule::new("separators-changed", "types", [Breaking, Breaking, Safe, Safe]);
pub(in super::super) static SERIALIZER_ORDER_CHANGED: Rule =
    Rule::new("serializer-order-changed", "types", [Breaking, Safe, Safe, Safe]);
pub(in super::super) static CONTENT_KIND_CHANGED: Rule =
    Rule::new("content-kind-changed", "types", [Breaking, Breaking, Breaking, Breaking]);

/// All of this file, in the catalogue's order.
pub(super) static ALL: &[&Rule] = &[
    &TYPE_KIND_CHANGED,
    &TYPE_BECAME_ABSTRACT,
    &TYPE_NO_LONGER_ABSTRACT,
    &BASE_CHANGED,
    &DERIVED_TYPE_ADDED,
    &DERIVED_TYPE_REMOVED,
    &SUBSTITUTION_BLOCKED,
    &SUBSTITUTION_UNBLOCKED,
    &MIXED_CHANGED,
    &NIL_MEANING_CHANGED,
    &ARRAY_KIND_CHANGED,
    &LAYOUT_CHANGED,
    &SEPARATORS_CHANGED,
    &SERIALIZER_ORDER_CHANGED,
    &CONTENT_KIND_CHANGED,
];
