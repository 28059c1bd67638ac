//! Which mistakes of real contracts are forgiven unless the caller is strict, and what then becomes of what they are about.
//!
//! The readers report every mistake as an error and go on as well as they can; here, once all are known, those they have
//! found a safe way around become warnings.

use super::codes;
use crate::diagnostic::Diagnostics;
use crate::{source, xsd};

/// The error, the warning it becomes, and what was done.
const FORGIVEN: &[(&str, &str, &str)] = &[
    (source::codes::PREFIX, source::codes::PREFIX_IGNORED, "the name is looked for without its prefix"),
    (xsd::codes::UNRESOLVED, xsd::codes::OPEN, "what refers to it takes and gives any content"),
    (xsd::codes::DUPLICATE, xsd::codes::REPEATED, "the first declaration is used"),
    (xsd::codes::DEFAULT, xsd::codes::DEFAULT_DROPPED, "it is left out"),
    (xsd::codes::INCONSISTENT, xsd::codes::AMBIGUOUS, "elements of that name take and give any content here"),
    (xsd::codes::GROUP_CYCLE, xsd::codes::GROUP_OPEN, "where it would contain itself, any content is taken"),
    (xsd::codes::FINAL, xsd::codes::FINAL_IGNORED, "the derivation counts all the same"),
    (codes::UNRESOLVED, codes::LEFT_OUT, "what needs it is left out"),
    (codes::NAME, codes::LOOSE_NAME, "it is used as it stands: nothing on the wire is called by it"),
    (codes::STRUCTURE, codes::INCOMPLETE, "what cannot be used without it is left out or left open"),
];

/// Turns the forgivable errors into warnings.
pub(super) fn forgive(diagnostics: &mut Diagnostics) {
    for (error, warning, note) in FORGIVEN {
        diagnostics.forgive(error, warning, note);
    }
}
