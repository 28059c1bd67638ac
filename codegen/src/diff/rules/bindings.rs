//! Wires: protocol, address, and what the policy demands.

use super::Rule;
use super::Says::{Breaking, Safe};

pub(in super::super) static BINDING_ADDED: Rule = Rule::new("binding-added", "bindings", [Safe, Safe, Safe, Safe]);
pub(in super::super) static BINDING_REMOVED: Rule =
    Rule::new("binding-removed", "bindings", [Breaking, Breaking, Breaking, Safe]);
pub(in super::super) static BINDING_RENAMED: Rule =
    Rule::new("binding-renamed", "bindings", [Safe, Safe, Breaking, Safe]);
pub(in super::super) static BINDING_DEFAULT_CHANGED: Rule =
    Rule::new("binding-default-changed", "bindings", [Safe, Safe, Safe, Breaking]);
pub(in super::super) static ENDPOINT_CHANGED: Rule =
    Rule::new("endpoint-changed", "bindings", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static PROTOCOL_CHANGED: Rule =
    Rule::new("protocol-changed", "bindings", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static SOAP_VERSION_CHANGED: Rule =
    Rule::new("soap-version-changed", "bindings", [Breaking, Breaking, Safe, Safe]);
pub(in super::super) static ADDRESSING_REQUIRED: Rule =
    Rule::new("addressing-required", "bindings", [Breaking, Breaking, Safe, Safe]);
pub(in super::super) static ADDRESSING_DROPPED: Rule =
    Rule::new("addressing-dropped", "bindings", [Breaking, Safe, Safe, Safe]);
pub(in super::super) static ADDRESSING_VERSION_CHANGED: Rule =
    Rule::new("addressing-version-changed", "bindings", [Breaking, Breaking, Safe, Safe]);
pub(in super::super) static USERNAME_TOKEN_REQUIRED: Rule =
    Rule::new("username-token-required", "bindings", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static USERNAME_TOKEN_DROPPED: Rule =
    Rule::new("username-token-dropped", "bindings", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static PASSWORD_TYPE_CHANGED: Rule =
    Rule::new("password-type-changed", "bindings", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static TIMESTAMP_CHANGED: Rule =
    Rule::new("timestamp-changed", "bindings", [Breaking, Safe, Safe, Safe]);
pub(in super::super) static SERIALIZER_CHANGED: Rule =
    Rule::new("serializer-changed", "bindings", [Breaking, Breaking, Breaking, Safe]);
pub(in super::super) static BASIC_AUTH_REQUIRED: Rule =
    Rule::new("basic-auth-required", "bindings", [Breaking, Safe, Safe, Breaking]);
pub(in super::super) static BASIC_AUTH_DROPPED: Rule =
    Rule::new("basic-auth-dropped", "bindings", [Safe, Safe, Safe, Breaking]);
pub(in super::super) static MTOM_CHANGED: Rule = Rule::new("mtom-changed", "bindings", [Breaking, Safe, Safe, Safe]);
pub(in super::super) static XMLRPC_CALL_CHANGED: Rule =
    Rule::new("xmlrpc-call-changed", "bindings", [Breaking, Safe, Safe, Safe]);

/// All of this file, in the catalogue's order.
pub(super) static ALL: &[&Rule] = &[
    &BINDING_ADDED,
    &BINDING_REMOVED,
    &BINDING_RENAMED,
    &BINDING_DEFAULT_CHANGED,
    &ENDPOINT_CHANGED,
    &PROTOCOL_CHANGED,
    &SOAP_VERSION_CHANGED,
    &ADDRESSING_REQUIRED,
    &ADDRESSING_DROPPED,
    &ADDRESSING_VERSION_CHANGED,
    &USERNAME_TOKEN_REQUIRED,
    &USERNAME_TOKEN_DROPPED,
    &PASSWORD_TYPE_CHANGED,
    &TIMESTAMP_CHANGED,
    &SERIALIZER_CHANGED,
    &BASIC_AUTH_REQUIRED,
    &BASIC_AUTH_DROPPED,
    &MTOM_CHANGED,
    &XMLRPC_CALL_CHANGED,
];
