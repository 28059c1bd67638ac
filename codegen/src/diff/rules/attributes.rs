//! Attributes.

use super::Rule;
use super::Says::{Breaking, Safe};

pub(in super::super) static ATTRIBUTE_ADDED_REQUIRED: Rule =
    Rule::new("attribute-added-required", "attributes", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static ATTRIBUTE_ADDED_OPTIONAL: Rule =
    Rule::new("attribute-added-optional", "attributes", [Safe, Safe, Breaking, Safe]);
pub(in super::super) static ATTRIBUTE_REMOVED_REQUIRED: Rule =
    Rule::new("attribute-removed-required", "attributes", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static ATTRIBUTE_REMOVED_OPTIONAL: Rule =
    Rule::new("attribute-removed-optional", "attributes", [Breaking, Safe, Breaking, Breaking]);
pub(in super::super) static ATTRIBUTE_BECAME_OPTIONAL: Rule =
    Rule::new("attribute-became-optional", "attributes", [Safe, Breaking, Breaking, Safe]);
pub(in super::super) static ATTRIBUTE_BECAME_REQUIRED: Rule =
    Rule::new("attribute-became-required", "attributes", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static ANY_ATTRIBUTE_ADDED: Rule =
    Rule::new("any-attribute-added", "attributes", [Safe, Safe, Breaking, Safe]);
pub(in super::super) static ANY_ATTRIBUTE_REMOVED: Rule =
    Rule::new("any-attribute-removed", "attributes", [Breaking, Safe, Breaking, Breaking]);
pub(in super::super) static ANY_ATTRIBUTE_CHANGED: Rule =
    Rule::new("any-attribute-changed", "attributes", [Breaking, Safe, Safe, Breaking]);

/// All of this file, in the catalogue's order.
pub(super) static ALL: &[&Rule] = &[
    &ATTRIBUTE_ADDED_REQUIRED,
    &ATTRIBUTE_ADDED_OPTIONAL,
    &ATTRIBUTE_REMOVED_REQUIRED,
    &ATTRIBUTE_REMOVED_OPTIONAL,
    &ATTRIBUTE_BECAME_OPTIONAL,
    &ATTRIBUTE_BECAME_REQUIRED,
    &ANY_ATTRIBUTE_ADDED,
    &ANY_ATTRIBUTE_REMOVED,
    &ANY_ATTRIBUTE_CHANGED,
];
