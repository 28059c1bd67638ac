//! Two versions of what `block` excludes: derived types and substitutes that may not stand in any more, or may again.

use super::compare::{Change, Comparison, Spot};
use super::notation;
use super::report::Known;
use super::report::Verdict::{Breaking, Safe};
use super::rules::types as rules;
use crate::model::{Alternatives, Block, ElementId, Model, Origin, TypeId, way};

/// Something that may be stood in for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declared {
    pub(super) ty: TypeId,
    /// The global element, if it is one.
    pub(super) head: Option<ElementId>,
    pub(super) block: Block,
    pub(super) origin: Origin,
}

impl Comparison<'_> {
    /// Compares what may not stand in for a type or an element. A `block` of what is not there anyway changes nothing.
    pub(super) fn blocks(&mut self, old: Declared, new: Declared, spot: &Spot) {
        if old.block == new.block {
            return;
        }
        let before = standing(self.old, &self.old_alternatives, old, old.block);
        let lost = before.without(&standing(self.old, &self.old_alternatives, old, new.block));
        let after = standing(self.new, &self.new_alternatives, new, new.block);
        let gained = after.without(&standing(self.new, &self.new_alternatives, new, old.block));
        if !lost.is_empty() {
            let change = Change::both(old.origin, new.origin, lost.names(self.old), "");
            self.find(&rules::SUBSTITUTION_BLOCKED, spot, change);
        }
        if !gained.is_empty() {
            // A reader that lists types or elements keeps those it does not; one that does not list any reads the base's members.
            let types =
                before.types.len() > 1 || gained.types.iter().all(|ty| !way(self.new, *ty, new.ty).0.restriction);
            let listed = old.head.is_some_and(|head| self.old[head].substitutes.is_none()) && before.elements.len() > 1;
            let response = if types && (gained.elements.is_empty() || listed) { Safe } else { Breaking };
            let known = Known { response: Some(response), ..Known::default() };
            let change = Change::both(old.origin, new.origin, "", gained.names(self.new)).knowing(known);
            self.find(&rules::SUBSTITUTION_UNBLOCKED, spot, change);
        }
    }
}

/// The types and elements that may stand somewhere.
struct Standing {
    types: Vec<TypeId>,
    elements: Vec<ElementId>,
}

fn standing(model: &Model, alternatives: &Alternatives, declared: Declared, block: Block) -> Standing {
    Standing {
        types: alternatives.types(model, declared.ty, block),
        elements: declared.head.map(|head| alternatives.members(model, head, block)).unwrap_or_default(),
    }
}

impl Standing {
    fn without(&self, other: &Self) -> Self {
        Self {
            types: self.types.iter().copied().filter(|ty| !other.types.contains(ty)).collect(),
            elements: self.elements.iter().copied().filter(|element| !other.elements.contains(element)).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.types.is_empty() && self.elements.is_empty()
    }

    fn names(&self, model: &Model) -> String {
        let types = self.types.iter().map(|ty| notation::ty(model, *ty));
        let elements = self.elements.iter().map(|element| format!("<{}>", model[*element].name.local));
        types.chain(elements).collect::<Vec<_>>().join(", ")
    }
}
