//! What the contract says to people.

use super::Rule;
use super::Says::Safe;

pub(in super::super) static DOCUMENTATION_CHANGED: Rule =
    Rule::new("documentation-changed", "documentation", [Safe, Safe, Safe, Safe]);

/// All of this file, in the catalogue's order.
pub(super) static ALL: &[&Rule] = &[&DOCUMENTATION_CHANGED];
