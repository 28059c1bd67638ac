//! Positional layouts of XML-RPC.

use super::Rule;
use super::Says::{Breaking, Depends, Safe};

pub(in super::super) static SLOT_ADDED_LAST: Rule =
    Rule::new("slot-added-last", "slots", [Depends, Depends, Breaking, Safe]);
pub(in super::super) static SLOT_ADDED_INSIDE: Rule =
    Rule::new("slot-added-inside", "slots", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static SLOT_REMOVED: Rule =
    Rule::new("slot-removed", "slots", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static SLOTS_REORDERED: Rule =
    Rule::new("slots-reordered", "slots", [Breaking, Breaking, Safe, Breaking]);
pub(in super::super) static COUNTER_CHANGED: Rule =
    Rule::new("counter-changed", "slots", [Breaking, Breaking, Safe, Breaking]);
pub(in super::super) static TAIL_BECAME_OPTIONAL: Rule =
    Rule::new("tail-became-optional", "slots", [Safe, Breaking, Breaking, Safe]);
pub(in super::super) static TAIL_BECAME_REQUIRED: Rule =
    Rule::new("tail-became-required", "slots", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static NONE_TEXT_CHANGED: Rule =
    Rule::new("none-text-changed", "slots", [Breaking, Breaking, Safe, Breaking]);
pub(in super::super) static SURPLUS_SLOTS_CHANGED: Rule =
    Rule::new("surplus-slots-changed", "slots", [Safe, Breaking, Breaking, Safe]);

/// All of this file, in the catalogue's order.
pub(super) static ALL: &[&Rule] = &[
    &SLOT_ADDED_LAST,
    &SLOT_ADDED_INSIDE,
    &SLOT_REMOVED,
    &SLOTS_REORDERED,
    &COUNTER_CHANGED,
    &TAIL_BECAME_OPTIONAL,
    &TAIL_BECAME_REQUIRED,
    &NONE_TEXT_CHANGED,
    &SURPLUS_SLOTS_CHANGED,
];
