//! The contract as a whole: namespaces, and which Rust names come out of it.

use super::Rule;
use super::Says::{Breaking, Depends, Safe};

pub(in super::super) static CONTRACT_KIND_CHANGED: Rule =
    Rule::new("contract-kind-changed", "contract", [Breaking, Breaking, Breaking, Breaking]);
pub(in super::super) static NAMESPACE_CHANGED: Rule =
    Rule::new("namespace-changed", "contract", [Breaking, Breaking, Breaking, Safe]);
pub(in super::super) static NAMESPACE_ADDED: Rule =
    Rule::new("namespace-added", "contract", [Safe, Safe, Depends, Safe]);
pub(in super::super) static NAMESPACE_REMOVED: Rule =
    Rule::new("namespace-removed", "contract", [Safe, Safe, Breaking, Safe]);
pub(in super::super) static MODULES_SPLIT: Rule = Rule::new("modules-split", "contract", [Safe, Safe, Breaking, Safe]);
pub(in super::super) static NAME_COLLISION: Rule =
    Rule::new("name-collision", "contract", [Safe, Safe, Breaking, Safe]);
pub(in super::super) static TYPE_ADDED: Rule = Rule::new("type-added", "contract", [Safe, Safe, Safe, Safe]);
pub(in super::super) static TYPE_REMOVED: Rule = Rule::new("type-removed", "contract", [Safe, Safe, Breaking, Safe]);
pub(in super::super) static TYPE_RENAMED: Rule =
    Rule::new("type-renamed", "contract", [Depends, Depends, Breaking, Safe]);
pub(in super::super) static ELEMENT_ADDED: Rule = Rule::new("element-added", "contract", [Safe, Safe, Safe, Safe]);
pub(in super::super) static ELEMENT_REMOVED: Rule =
    Rule::new("element-removed", "contract", [Breaking, Breaking, Breaking, Safe]);
pub(in super::super) static ELEMENT_NIL_ALLOWED: Rule =
    Rule::new("element-nil-allowed", "contract", [Safe, Breaking, Breaking, Safe]);
pub(in super::super) static ELEMENT_NIL_FORBIDDEN: Rule =
    Rule::new("element-nil-forbidden", "contract", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static ELEMENT_BECAME_ABSTRACT: Rule =
    Rule::new("element-became-abstract", "contract", [Breaking, Safe, Breaking, Safe]);
pub(in super::super) static ELEMENT_NO_LONGER_ABSTRACT: Rule =
    Rule::new("element-no-longer-abstract", "contract", [Safe, Breaking, Breaking, Safe]);
pub(in super::super) static ELEMENT_SUBSTITUTE_ADDED: Rule =
    Rule::new("element-substitute-added", "contract", [Safe, Depends, Breaking, Safe]);
pub(in super::super) static ELEMENT_SUBSTITUTE_REMOVED: Rule =
    Rule::new("element-substitute-removed", "contract", [Breaking, Safe, Breaking, Safe]);

/// All of this file, in the catalogue's order.
pub(super) static ALL: &[&Rule] = &[
    &CONTRACT_KIND_CHANGED,
    &NAMESPACE_CHANGED,
    &NAMESPACE_ADDED,
    &NAMESPACE_REMOVED,
    &MODULES_SPLIT,
    &NAME_COLLISION,
    &TYPE_ADDED,
    &TYPE_REMOVED,
    &TYPE_RENAMED,
    &ELEMENT_ADDED,
    &ELEMENT_REMOVED,
    &ELEMENT_NIL_ALLOWED,
    &ELEMENT_NIL_FORBIDDEN,
    &ELEMENT_BECAME_ABSTRACT,
    &ELEMENT_NO_LONGER_ABSTRACT,
    &ELEMENT_SUBSTITUTE_ADDED,
    &ELEMENT_SUBSTITUTE_REMOVED,
];
