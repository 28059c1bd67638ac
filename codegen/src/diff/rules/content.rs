//! Groups: choices, sequences, wildcards.

use super::Rule;
use super::Says::{Breaking, Depends, Safe};

pub(in super::super) static CHOICE_BRANCH_ADDED: Rule =
    Rule::new("choice-branch-added", "content", [Safe, Breaking, Breaking, Safe]);
pub(in super::super) static CHOICE_BRANCH_REMOVED: Rule =
    Rule::new("choice-branch-removed", "content", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static SEQUENCE_BECAME_ALL: Rule =
    Rule::new("sequence-became-all", "content", [Safe, Safe, Safe, Safe]);
pub(in super::super) static ALL_BECAME_SEQUENCE: Rule =
    Rule::new("all-became-sequence", "content", [Breaking, Safe, Safe, Safe]);
pub(in super::super) static CONTENT_MODEL_CHANGED: Rule =
    Rule::new("content-model-changed", "content", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static GROUP_ADDED_REQUIRED: Rule =
    Rule::new("group-added-required", "content", [Breaking, Depends, Breaking, Safe]);
pub(in super::super) static GROUP_ADDED_OPTIONAL: Rule =
    Rule::new("group-added-optional", "content", [Safe, Depends, Breaking, Safe]);
pub(in super::super) static GROUP_REMOVED: Rule =
    Rule::new("group-removed", "content", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static GROUP_WIDENED: Rule =
    Rule::new("group-widened", "content", [Safe, Breaking, Depends, Safe]);
pub(in super::super) static GROUP_NARROWED: Rule =
    Rule::new("group-narrowed", "content", [Breaking, Safe, Depends, Safe]);
pub(in super::super) static WILDCARD_ADDED: Rule =
    Rule::new("wildcard-added", "content", [Safe, Depends, Breaking, Safe]);
pub(in super::super) static WILDCARD_REMOVED: Rule =
    Rule::new("wildcard-removed", "content", [Breaking, Depends, Breaking, Breaking]);
pub(in super::super) static WILDCARD_WIDENED: Rule =
    Rule::new("wildcard-widened", "content", [Safe, Depends, Depends, Safe]);
pub(in super::super) static WILDCARD_NARROWED: Rule =
    Rule::new("wildcard-narrowed", "content", [Breaking, Safe, Depends, Safe]);

/// All of this file, in the catalogue's order.
pub(super) static ALL: &[&Rule] = &[
    &CHOICE_BRANCH_ADDED,
    &CHOICE_BRANCH_REMOVED,
    &SEQUENCE_BECAME_ALL,
    &ALL_BECAME_SEQUENCE,
    &CONTENT_MODEL_CHANGED,
    &GROUP_ADDED_REQUIRED,
    &GROUP_ADDED_OPTIONAL,
    &GROUP_REMOVED,
    &GROUP_WIDENED,
    &GROUP_NARROWED,
    &WILDCARD_ADDED,
    &WILDCARD_REMOVED,
    &WILDCARD_WIDENED,
    &WILDCARD_NARROWED,
];
