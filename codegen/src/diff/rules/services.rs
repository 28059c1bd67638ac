//! Services, their operations, messages, headers and faults.

use super::Rule;
use super::Says::{Breaking, Depends, Safe};

pub(in super::super) static SERVICE_ADDED: Rule = Rule::new("service-added", "services", [Safe, Safe, Depends, Safe]);
pub(in super::super) static SERVICE_REMOVED: Rule =
    Rule::new("service-removed", "services", [Breaking, Breaking, Breaking, Safe]);
pub(in super::super) static SERVICE_RENAMED: Rule =
    Rule::new("service-renamed", "services", [Safe, Safe, Breaking, Safe]);
pub(in super::super) static OPERATION_ADDED: Rule = Rule::new("operation-added", "services", [Safe, Safe, Safe, Safe]);
pub(in super::super) static OPERATION_REMOVED: Rule =
    Rule::new("operation-removed", "services", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static OPERATION_RENAMED: Rule =
    Rule::new("operation-renamed", "services", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static EFFECT_CHANGED: Rule =
    Rule::new("effect-changed", "services", [Safe, Safe, Safe, Breaking]);
pub(in super::super) static OPERATION_BECAME_ONE_WAY: Rule =
    Rule::new("operation-became-one-way", "services", [Safe, Breaking, Breaking, Breaking]);
pub(in super::super) static OPERATION_BECAME_TWO_WAY: Rule =
    Rule::new("operation-became-two-way", "services", [Safe, Breaking, Breaking, Breaking]);
pub(in super::super) static ENCODING_CHANGED: Rule =
    Rule::new("encoding-changed", "services", [Breaking, Breaking, Breaking, Safe]);
pub(in super::super) static MESSAGE_ELEMENT_CHANGED: Rule =
    Rule::new("message-element-changed", "services", [Breaking, Breaking, Breaking, Safe]);
pub(in super::super) static MESSAGE_NIL_CHANGED: Rule =
    Rule::new("message-nil-changed", "services", [Breaking, Breaking, Breaking, Safe]);
pub(in super::super) static ACTION_CHANGED: Rule =
    Rule::new("action-changed", "services", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static REPLY_ACTION_CHANGED: Rule =
    Rule::new("reply-action-changed", "services", [Safe, Breaking, Safe, Safe]);
pub(in super::super) static PATH_CHANGED: Rule =
    Rule::new("path-changed", "services", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static HTTP_METHOD_CHANGED: Rule =
    Rule::new("http-method-changed", "services", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static RESULT_SHAPE_CHANGED: Rule =
    Rule::new("result-shape-changed", "services", [Safe, Breaking, Breaking, Safe]);
pub(in super::super) static ROUTE_ADDED: Rule = Rule::new("route-added", "services", [Safe, Safe, Safe, Safe]);
pub(in super::super) static ROUTE_REMOVED: Rule =
    Rule::new("route-removed", "services", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static REPLY_RULE_CHANGED: Rule =
    Rule::new("reply-rule-changed", "services", [Safe, Safe, Breaking, Breaking]);
pub(in super::super) static ERROR_TABLE_CHANGED: Rule =
    Rule::new("error-table-changed", "services", [Safe, Safe, Breaking, Breaking]);
pub(in super::super) static RAISES_ADDED: Rule = Rule::new("raises-added", "services", [Safe, Safe, Safe, Breaking]);
pub(in super::super) static RAISES_REMOVED: Rule = Rule::new("raises-removed", "services", [Safe, Safe, Safe, Safe]);
pub(in super::super) static ERROR_CODE_CHANGED: Rule =
    Rule::new("error-code-changed", "services", [Safe, Safe, Safe, Breaking]);
pub(in super::super) static HEADER_ADDED_REQUIRED: Rule =
    Rule::new("header-added-required", "services", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static HEADER_ADDED_OPTIONAL: Rule =
    Rule::new("header-added-optional", "services", [Safe, Safe, Safe, Safe]);
pub(in super::super) static HEADER_REMOVED: Rule =
    Rule::new("header-removed", "services", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static HEADER_BECAME_REQUIRED: Rule =
    Rule::new("header-became-required", "services", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static HEADER_BECAME_OPTIONAL: Rule =
    Rule::new("header-became-optional", "services", [Safe, Safe, Safe, Safe]);
pub(in super::super) static REPLY_HEADER_ADDED: Rule =
    Rule::new("reply-header-added", "services", [Safe, Safe, Breaking, Safe]);
pub(in super::super) static REPLY_HEADER_REMOVED: Rule =
    Rule::new("reply-header-removed", "services", [Safe, Safe, Breaking, Breaking]);
pub(in super::super) static FAULT_ADDED: Rule = Rule::new("fault-added", "services", [Safe, Safe, Breaking, Safe]);
pub(in super::super) static FAULT_REMOVED: Rule = Rule::new("fault-removed", "services", [Safe, Safe, Breaking, Safe]);
pub(in super::super) static FAULT_ELEMENT_CHANGED: Rule =
    Rule::new("fault-element-changed", "services", [Safe, Breaking, Breaking, Safe]);

/// All of this file, in the catalogue's order.
pub(super) static ALL: &[&Rule] = &[
    &SERVICE_ADDED,
    &SERVICE_REMOVED,
    &SERVICE_RENAMED,
    &OPERATION_ADDED,
    &OPERATION_REMOVED,
    &OPERATION_RENAMED,
    &EFFECT_CHANGED,
    &OPERATION_BECAME_ONE_WAY,
    &OPERATION_BECAME_TWO_WAY,
    &ENCODING_CHANGED,
    &MESSAGE_ELEMENT_CHANGED,
    &MESSAGE_NIL_CHANGED,
    &ACTION_CHANGED,
    &REPLY_ACTION_CHANGED,
    &PATH_CHANGED,
    &HTTP_METHOD_CHANGED,
    &RESULT_SHAPE_CHANGED,
    &ROUTE_ADDED,
    &ROUTE_REMOVED,
    &REPLY_RULE_CHANGED,
    &ERROR_TABLE_CHANGED,
    &RAISES_ADDED,
    &RAISES_REMOVED,
    &ERROR_CODE_CHANGED,
    &HEADER_ADDED_REQUIRED,
    &HEADER_ADDED_OPTIONAL,
    &HEADER_REMOVED,
    &HEADER_BECAME_REQUIRED,
    &HEADER_BECAME_OPTIONAL,
    &REPLY_HEADER_ADDED,
    &REPLY_HEADER_REMOVED,
    &FAULT_ADDED,
    &FAULT_REMOVED,
    &FAULT_ELEMENT_CHANGED,
];
