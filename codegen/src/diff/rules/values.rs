//! Simple types: enumerations and facets.

use super::Rule;
use super::Says::{Breaking, Depends, Safe};

pub(in super::super) static VALUE_ADDED: Rule = Rule::new("value-added", "values", [Safe, Depends, Breaking, Depends]);
pub(in super::super) static VALUE_REMOVED: Rule =
    Rule::new("value-removed", "values", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static CODE_RENAMED: Rule = Rule::new("code-renamed", "values", [Safe, Safe, Breaking, Breaking]);
pub(in super::super) static CODE_RENUMBERED: Rule =
    Rule::new("code-renumbered", "values", [Breaking, Depends, Safe, Breaking]);
pub(in super::super) static ENUMERATION_OPENED: Rule =
    Rule::new("enumeration-opened", "values", [Safe, Safe, Breaking, Breaking]);
pub(in super::super) static ENUMERATION_CLOSED: Rule =
    Rule::new("enumeration-closed", "values", [Breaking, Safe, Breaking, Breaking]);
pub(in super::super) static FACET_TIGHTENED: Rule =
    Rule::new("facet-tightened", "values", [Breaking, Safe, Depends, Safe]);
pub(in super::super) static FACET_LOOSENED: Rule =
    Rule::new("facet-loosened", "values", [Safe, Depends, Depends, Safe]);
pub(in super::super) static PATTERN_CHANGED: Rule =
    Rule::new("pattern-changed", "values", [Breaking, Safe, Depends, Safe]);
pub(in super::super) static WHITE_SPACE_CHANGED: Rule =
    Rule::new("white-space-changed", "values", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static SIMPLE_SHAPE_CHANGED: Rule =
    Rule::new("simple-shape-changed", "values", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static UNION_MEMBER_ADDED: Rule =
    Rule::new("union-member-added", "values", [Safe, Depends, Depends, Depends]);
pub(in super::super) static UNION_MEMBER_REMOVED: Rule =
    Rule::new("union-member-removed", "values", [Breaking, Depends, Depends, Depends]);
pub(in super::super) static UNION_KINDS_CHANGED: Rule =
    Rule::new("union-kinds-changed", "values", [Safe, Depends, Depends, Depends]);

/// All of this file, in the catalogue's order.
pub(super) static ALL: &[&Rule] = &[
    &VALUE_ADDED,
    &VALUE_REMOVED,
    &CODE_RENAMED,
    &CODE_RENUMBERED,
    &ENUMERATION_OPENED,
    &ENUMERATION_CLOSED,
    &FACET_TIGHTENED,
    &FACET_LOOSENED,
    &PATTERN_CHANGED,
    &WHITE_SPACE_CHANGED,
    &SIMPLE_SHAPE_CHANGED,
    &UNION_MEMBER_ADDED,
    &UNION_MEMBER_REMOVED,
    &UNION_KINDS_CHANGED,
];
