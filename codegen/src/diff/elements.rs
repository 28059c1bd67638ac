//! Two versions of the global elements, and of the hierarchies of types and elements.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::Declared;
use super::compare::{Change, Comparison, Spot};
use super::members::Presets;
use super::report::Known;
use super::report::Verdict::{Breaking, Safe};
use super::report::{Owner, OwnerKind};
use super::rules::{contract as rules, types};
use crate::model::{
    Alternatives, Block, Complex, Derivation, Element, ElementId, Method, Model, QName, TypeId, TypeKind,
};

impl Comparison<'_> {
    pub(super) fn elements(&mut self) {
        let (old, new) = (self.old, self.new);
        let by_name: BTreeMap<&QName, ElementId> = new.element_ids().map(|id| (&new[id].name, id)).collect();
        let known: BTreeSet<QName> =
            old.elements.iter().map(|element| self.namespaces.translate(&element.name)).collect();
        for id in old.element_ids() {
            let a = &old[id];
            let Some(b) = by_name.get(&self.namespaces.translate(&a.name)).copied() else {
                // A message that is gone with its operation is not gone twice.
                if !(is_message(old, &a.name) && self.operation_is_gone(&a.name)) {
                    let spot = self.element_spot(a, Some(a.ty), None);
                    let change = Change::gone(a.origin, super::notation::ty(old, a.ty));
                    self.find(&rules::ELEMENT_REMOVED, &spot, change);
                }
                continue;
            };
            self.element(id, b);
        }
        for b in &new.elements {
            if known.contains(&b.name) || is_message(new, &b.name) {
                continue;
            }
            let spot = self.element_spot(b, None, Some(b.ty));
            let change = Change::come(b.origin, super::notation::ty(new, b.ty));
            self.find(&rules::ELEMENT_ADDED, &spot, change);
        }
        self.substitutes();
    }

    fn element_spot(&self, element: &Element, old: Option<TypeId>, new: Option<TypeId>) -> Spot {
        Spot {
            owner: Owner {
                kind: OwnerKind::Element,
                name: element.name.local.to_string(),
                ns: element.name.ns.to_string(),
            },
            path: String::new(),
            directions: self.directions(old, new),
        }
    }

    fn element(&mut self, old: ElementId, new: ElementId) {
        let (a, b) = (&self.old[old], &self.new[new]);
        let spot = self.element_spot(b, Some(a.ty), Some(b.ty));
        let places = (a.origin, b.origin);
        let change = || Change::both(places.0, places.1, "", "");
        if a.nillable != b.nillable {
            let rule = if b.nillable { &rules::ELEMENT_NIL_ALLOWED } else { &rules::ELEMENT_NIL_FORBIDDEN };
            self.find(rule, &spot, change());
        }
        if a.is_abstract != b.is_abstract {
            let rule = if b.is_abstract { &rules::ELEMENT_BECAME_ABSTRACT } else { &rules::ELEMENT_NO_LONGER_ABSTRACT };
            self.find(rule, &spot, change());
        }
        let declared = |id, of: &Element| Declared { ty: of.ty, head: Some(id), block: of.block, origin: of.origin };
        self.blocks(declared(old, a), declared(new, b), &spot);
        self.type_of(a.ty, b.ty, places, &spot);
        let presets = Presets { default: (&a.default, &b.default), fixed: (&a.fixed, &b.fixed) };
        self.presets(&presets, a.ty, places, &spot);
        self.docs(&a.docs, &b.docs, places, &spot);
    }

    /// Whether no operation of the new contract takes the place of the one whose message this was.
    fn operation_is_gone(&self, name: &QName) -> bool {
        let mut operations = self.old.services.iter().flat_map(|service| &service.operations);
        let Some(operation) = operations.find(|operation| {
            operation.input.element == *name || operation.output.as_ref().is_some_and(|output| output.element == *name)
        }) else {
            return false;
        };
        !self.new.services.iter().flat_map(|service| &service.operations).any(|other| other.name == operation.name)
    }

    /// Substitution groups: who may stand in for whom.
    fn substitutes(&mut self) {
        let (old, new) = (self.old, self.new);
        for b in new.elements.iter().filter(|b| b.substitutes.is_some()) {
            let a = old.elements.iter().find(|a| self.namespaces.same(&a.name, &b.name));
            let head = head(new, b.substitutes);
            let before = a.and_then(|a| self::head(old, a.substitutes));
            let same = matches!((before, head), (Some(x), Some(y)) if self.namespaces.same(x, y));
            if let (false, Some(head)) = (same, head)
                && stands_in(new, &self.new_alternatives, b)
            {
                // Where the old contract had a group, its reader keeps elements it does not list.
                let group = old.elements.iter().position(|other| self.namespaces.same(&other.name, head));
                let group = group.and_then(|at| u32::try_from(at).ok()).map(ElementId);
                let known = group.is_some_and(|id| self.old_alternatives.has_elements(old, id));
                let spot = self.element_spot(b, a.map(|a| a.ty), Some(b.ty));
                let change = Change::come(b.origin, head.local.clone()).knowing(Known {
                    // The reader takes what it does not list for open content only in a group of its own.
                    response: Some(if known && nothing_above(old, group) { Safe } else { Breaking }),
                    ..Known::default()
                });
                self.find(&rules::ELEMENT_SUBSTITUTE_ADDED, &spot, change);
            }
        }
        for a in old.elements.iter().filter(|a| a.substitutes.is_some()) {
            let b = new.elements.iter().find(|b| self.namespaces.same(&a.name, &b.name));
            let after = b.and_then(|b| head(new, b.substitutes));
            let same = matches!((head(old, a.substitutes), after), (Some(x), Some(y)) if self.namespaces.same(x, y));
            if let (false, Some(head)) = (same, head(old, a.substitutes))
                && stands_in(old, &self.old_alternatives, a)
            {
                let spot = self.element_spot(a, Some(a.ty), b.map(|b| b.ty));
                let change = Change::gone(a.origin, head.local.clone());
                self.find(&rules::ELEMENT_SUBSTITUTE_REMOVED, &spot, change);
            }
        }
    }

    /// Types that came or went below a base that is there in both versions.
    pub(super) fn derived_types(&mut self) {
        let (old, new) = (self.old, self.new);
        for id in new.type_ids() {
            let Some(derivation) = derivation(new, id) else { continue };
            let Some(base) = self.types.back.get(&derivation.base).copied() else { continue };
            let was = self.types.back.get(&id).and_then(|id| self::derivation(old, *id));
            if was.is_some_and(|was| was.base == base) || new.block_of(derivation.base).bars(derivation.method) {
                continue;
            }
            // A reader that lists types keeps those it does not; one that does not list any reads the base's members.
            let safe = derivation.method == Method::Extension
                || is_abstract(old, base)
                || self.old_alternatives.has_types(old, base, Block::NONE);
            let known = Known { response: Some(if safe { Safe } else { Breaking }), ..Known::default() };
            let change = Change::come(new[id].origin, super::notation::ty(new, derivation.base)).knowing(known);
            let spot = self.spot_of(base, derivation.base);
            self.find(&types::DERIVED_TYPE_ADDED, &spot.at(&local(new, id)), change);
        }
        for id in old.type_ids() {
            let Some(derivation) = derivation(old, id) else { continue };
            let Some(base) = self.types.forth.get(&derivation.base).copied() else { continue };
            let is = self.types.forth.get(&id).and_then(|id| self::derivation(new, *id));
            if is.is_some_and(|is| is.base == base) || old.block_of(derivation.base).bars(derivation.method) {
                continue;
            }
            let change = Change::gone(old[id].origin, super::notation::ty(old, derivation.base));
            let spot = self.spot_of(derivation.base, base);
            self.find(&types::DERIVED_TYPE_REMOVED, &spot.at(&local(old, id)), change);
        }
    }
}

/// Whether an element may stand in for its head: one that is blocked may not.
fn stands_in(model: &Model, alternatives: &Alternatives, element: &Element) -> bool {
    element
        .substitutes
        .is_some_and(|head| alternatives.elements(model, head).iter().any(|member| model[*member].name == element.name))
}

fn head(model: &Model, id: Option<ElementId>) -> Option<&QName> {
    id.map(|id| &model[id].name)
}

/// Whether the head of a group is in no other group, whose members the new one would belong to as well.
fn nothing_above(model: &Model, group: Option<ElementId>) -> bool {
    group.is_some_and(|id| model[id].substitutes.is_none())
}

/// The derivation of a complex type from another complex type.
fn derivation(model: &Model, id: TypeId) -> Option<Derivation> {
    match &model[id].kind {
        TypeKind::Complex(Complex { derivation: Some(derivation), .. })
            if matches!(model[derivation.base].kind, TypeKind::Complex(_)) =>
        {
            Some(*derivation)
        }
        _ => None,
    }
}

fn is_abstract(model: &Model, id: TypeId) -> bool {
    matches!(&model[id].kind, TypeKind::Complex(complex) if complex.is_abstract)
}

fn local(model: &Model, id: TypeId) -> String {
    super::notation::ty(model, id)
}

/// Whether some operation's message is this element.
fn is_message(model: &Model, name: &QName) -> bool {
    model.services.iter().flat_map(|service| &service.operations).any(|operation| {
        operation.input.element == *name
            || operation.output.as_ref().is_some_and(|output| output.element == *name)
            || operation.faults.iter().any(|fault| fault.element == *name)
            || operation.all_headers().any(|header| header.element == *name)
    })
}
