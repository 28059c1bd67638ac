//! Two versions of a type's attributes.

use super::compare::{Change, Comparison, Spot};
use super::content::allows;
use super::members::Presets;
use super::notation;
use super::rules::{attributes as rules, members};
use crate::model::{Attribute, Complex, Model, TypeKind};

impl<'m> Comparison<'m> {
    pub(super) fn attributes(&mut self, old: &'m Complex, new: &'m Complex, inherited: bool, spot: &Spot) {
        let before = all(self.old, old, inherited);
        let after = all(self.new, new, inherited);
        for a in &before {
            let spot = spot.at(&format!("@{}", a.name.local));
            match after.iter().find(|b| self.namespaces.same(&a.name, &b.name)) {
                Some(b) => self.attribute(a, b, &spot),
                None => {
                    let rule = if a.required {
                        &rules::ATTRIBUTE_REMOVED_REQUIRED
                    } else {
                        &rules::ATTRIBUTE_REMOVED_OPTIONAL
                    };
                    self.find(rule, &spot, Change::gone(a.origin, notation::attribute(self.old, a)));
                }
            }
        }
        for b in &after {
            if before.iter().any(|a| self.namespaces.same(&a.name, &b.name)) {
                continue;
            }
            let rule = if b.required { &rules::ATTRIBUTE_ADDED_REQUIRED } else { &rules::ATTRIBUTE_ADDED_OPTIONAL };
            let change = Change::come(b.origin, notation::attribute(self.new, b));
            self.find(rule, &spot.at(&format!("@{}", b.name.local)), change);
        }
        let spot = spot.at("@*");
        match (&old.any_attribute, &new.any_attribute) {
            (None, None) => {}
            (None, Some(b)) => {
                let change = Change { after: notation::wildcard(b), ..Change::default() };
                self.find(&rules::ANY_ATTRIBUTE_ADDED, &spot, change);
            }
            (Some(a), None) => {
                let change = Change { before: notation::wildcard(a), ..Change::default() };
                self.find(&rules::ANY_ATTRIBUTE_REMOVED, &spot, change);
            }
            (Some(a), Some(b)) if a != b && !allows(b, a) => {
                let change =
                    Change { before: notation::wildcard(a), after: notation::wildcard(b), ..Change::default() };
                self.find(&rules::ANY_ATTRIBUTE_CHANGED, &spot, change);
            }
            // A reader passes over what it does not take, and tells.
            (Some(_), Some(_)) => {}
        }
    }

    fn attribute(&mut self, a: &'m Attribute, b: &'m Attribute, spot: &Spot) {
        let places = (a.origin, b.origin);
        let change = |before: String, after: String| Change::both(places.0, places.1, before, after);
        if a.required != b.required {
            let rule = if b.required { &rules::ATTRIBUTE_BECAME_REQUIRED } else { &rules::ATTRIBUTE_BECAME_OPTIONAL };
            let change = change(notation::attribute(self.old, a), notation::attribute(self.new, b));
            self.find(rule, spot, change);
        }
        self.type_of(a.ty, b.ty, places, spot);
        let presets = Presets { default: (&a.default, &b.default), fixed: (&a.fixed, &b.fixed) };
        self.presets(&presets, a.ty, places, spot);
        if a.secret != b.secret {
            let rule = if b.secret { &members::SECRET_ADDED } else { &members::SECRET_REMOVED };
            self.find(rule, spot, change(String::new(), String::new()));
        }
        if a.rename != b.rename {
            let word = |name: &Option<String>| name.clone().unwrap_or_default();
            self.find(&members::FIELD_RENAMED, spot, change(word(&a.rename), word(&b.rename)));
        }
        self.docs(&a.docs, &b.docs, places, spot);
    }
}

/// The attributes of a type, with those of its bases where asked for; a derived type's replace its base's.
fn all<'m>(model: &'m Model, complex: &'m Complex, inherited: bool) -> Vec<&'m Attribute> {
    let mut found: Vec<&Attribute> = complex.attributes.iter().collect();
    let mut at = complex;
    let mut steps = 0;
    while let Some(derivation) = at.derivation.filter(|_| inherited && steps < model.types.len()) {
        let TypeKind::Complex(base) = &model[derivation.base].kind else { break };
        found.extend(&base.attributes);
        (at, steps) = (base, steps + 1);
    }
    // The first that is met is the nearest.
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|attribute| seen.insert(&attribute.name) && !attribute.prohibited);
    found
}
