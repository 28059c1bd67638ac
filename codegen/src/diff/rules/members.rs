//! Members of types: elements, and what is between them.

use super::Rule;
use super::Says::{Breaking, Depends, Safe};

pub(in super::super) static MEMBER_ADDED_REQUIRED: Rule =
    Rule::new("member-added-required", "members", [Breaking, Depends, Breaking, Safe]);
pub(in super::super) static MEMBER_ADDED_OPTIONAL: Rule =
    Rule::new("member-added-optional", "members", [Safe, Depends, Breaking, Safe]);
pub(in super::super) static MEMBER_REMOVED_REQUIRED: Rule =
    Rule::new("member-removed-required", "members", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static MEMBER_REMOVED_OPTIONAL: Rule =
    Rule::new("member-removed-optional", "members", [Breaking, Depends, Breaking, Breaking]);
pub(in super::super) static MEMBER_RENAMED: Rule =
    Rule::new("member-renamed", "members", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static MEMBER_NAMESPACE_CHANGED: Rule =
    Rule::new("member-namespace-changed", "members", [Breaking, Breaking, Safe, Breaking]);
pub(in super::super) static MEMBER_BECAME_OPTIONAL: Rule =
    Rule::new("member-became-optional", "members", [Safe, Breaking, Depends, Safe]);
pub(in super::super) static MEMBER_BECAME_REQUIRED: Rule =
    Rule::new("member-became-required", "members", [Breaking, Safe, Depends, Safe]);
pub(in super::super) static MEMBER_BECAME_LIST: Rule =
    Rule::new("member-became-list", "members", [Safe, Breaking, Breaking, Safe]);
pub(in super::super) static LIST_BECAME_SINGLE: Rule =
    Rule::new("list-became-single", "members", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static LIST_NARROWED: Rule = Rule::new("list-narrowed", "members", [Breaking, Safe, Safe, Safe]);
pub(in super::super) static LIST_WIDENED: Rule = Rule::new("list-widened", "members", [Safe, Safe, Safe, Safe]);
pub(in super::super) static MEMBER_NIL_ALLOWED: Rule =
    Rule::new("member-nil-allowed", "members", [Safe, Breaking, Depends, Safe]);
pub(in super::super) static MEMBER_NIL_FORBIDDEN: Rule =
    Rule::new("member-nil-forbidden", "members", [Breaking, Safe, Depends, Safe]);
pub(in super::super) static SCALAR_WIDENED: Rule =
    Rule::new("scalar-widened", "members", [Safe, Depends, Depends, Depends]);
pub(in super::super) static SCALAR_NARROWED: Rule =
    Rule::new("scalar-narrowed", "members", [Breaking, Safe, Depends, Depends]);
pub(in super::super) static SCALAR_REPLACED: Rule =
    Rule::new("scalar-replaced", "members", [Breaking, Breaking, Depends, Breaking]);
pub(in super::super) static TEXT_BECAME_ENUMERATION: Rule =
    Rule::new("text-became-enumeration", "members", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static ENUMERATION_BECAME_TEXT: Rule =
    Rule::new("enumeration-became-text", "members", [Safe, Depends, Breaking, Safe]);
pub(in super::super) static TYPE_REPLACED: Rule =
    Rule::new("type-replaced", "members", [Depends, Depends, Breaking, Safe]);
pub(in super::super) static DEFAULT_ADDED: Rule =
    Rule::new("default-added", "members", [Safe, Depends, Safe, Breaking]);
pub(in super::super) static DEFAULT_CHANGED: Rule =
    Rule::new("default-changed", "members", [Safe, Safe, Safe, Breaking]);
pub(in super::super) static DEFAULT_REMOVED: Rule =
    Rule::new("default-removed", "members", [Safe, Safe, Safe, Breaking]);
pub(in super::super) static FIXED_ADDED: Rule = Rule::new("fixed-added", "members", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static FIXED_CHANGED: Rule =
    Rule::new("fixed-changed", "members", [Breaking, Breaking, Safe, Breaking]);
pub(in super::super) static FIXED_REMOVED: Rule =
    Rule::new("fixed-removed", "members", [Safe, Depends, Safe, Breaking]);
pub(in super::super) static ORDER_CHANGED: Rule =
    Rule::new("order-changed", "members", [Breaking, Depends, Safe, Safe]);
pub(in super::super) static MEMBER_MOVED: Rule =
    Rule::new("member-moved", "members", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static SECRET_ADDED: Rule = Rule::new("secret-added", "members", [Safe, Safe, Breaking, Breaking]);
pub(in super::super) static SECRET_REMOVED: Rule =
    Rule::new("secret-removed", "members", [Safe, Safe, Breaking, Breaking]);
pub(in super::super) static FIELD_RENAMED: Rule = Rule::new("field-renamed", "members", [Safe, Safe, Breaking, Safe]);
pub(in super::super) static WIRE_LIMITED: Rule =
    Rule::new("wire-limited", "members", [Breaking, Breaking, Safe, Breaking]);
pub(in super::super) static WIRE_EXTENDED: Rule =
    Rule::new("wire-extended", "members", [Depends, Depends, Safe, Breaking]);
pub(in super::super) static ABSENCE_CHANGED: Rule =
    Rule::new("absence-changed", "members", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static LIST_ITEM_CHANGED: Rule =
    Rule::new("list-item-changed", "members", [Breaking, Breaking, Depends, Safe]);
pub(in super::super) static LIST_WRAPPER_CHANGED: Rule =
    Rule::new("list-wrapper-changed", "members", [Breaking, Breaking, Breaking, Safe]);
pub(in super::super) static ELEMENT_REFERENCE_CHANGED: Rule =
    Rule::new("element-reference-changed", "members", [Breaking, Breaking, Breaking, Safe]);

/// All of this file, in the catalogue's order.
pub(super) static ALL: &[&Rule] = &[
    &MEMBER_ADDED_REQUIRED,
    &MEMBER_ADDED_OPTIONAL,
    &MEMBER_REMOVED_REQUIRED,
    &MEMBER_REMOVED_OPTIONAL,
    &MEMBER_RENAMED,
    &MEMBER_NAMESPACE_CHANGED,
    &MEMBER_BECAME_OPTIONAL,
    &MEMBER_BECAME_REQUIRED,
    &MEMBER_BECAME_LIST,
    &LIST_BECAME_SINGLE,
    &LIST_NARROWED,
    &LIST_WIDENED,
    &MEMBER_NIL_ALLOWED,
    &MEMBER_NIL_FORBIDDEN,
    &SCALAR_WIDENED,
    &SCALAR_NARROWED,
    &SCALAR_REPLACED,
    &TEXT_BECAME_ENUMERATION,
    &ENUMERATION_BECAME_TEXT,
    &TYPE_REPLACED,
    &DEFAULT_ADDED,
    &DEFAULT_CHANGED,
    &DEFAULT_REMOVED,
    &FIXED_ADDED,
    &FIXED_CHANGED,
    &FIXED_REMOVED,
    &ORDER_CHANGED,
    &MEMBER_MOVED,
    &SECRET_ADDED,
    &SECRET_REMOVED,
    &FIELD_RENAMED,
    &WIRE_LIMITED,
    &WIRE_EXTENDED,
    &ABSENCE_CHANGED,
    &LIST_ITEM_CHANGED,
    &LIST_WRAPPER_CHANGED,
    &ELEMENT_REFERENCE_CHANGED,
];
