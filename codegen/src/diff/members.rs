//! Two versions of one member: how often it occurs, what it holds, and what else is said of it.

use super::blocks::Declared;
use super::compare::{Change, Comparison, Spot};
use super::content::within;
use super::notation;
use super::report::Known;
use super::report::Verdict::{self, Breaking, Safe};
use super::rules::members as rules;
use super::scalars::{Space, is_text, space};
use crate::model::{
    Alternatives, Complex, ElementUse, Model, Occurs, Only, Origin, Particle, ParticleKind, Protocol, Text, TypeId,
};

impl<'m> Comparison<'m> {
    /// Compares a member with itself. `context`: the types it is a member of, and whether it is a field of a struct rather than
    /// part of a choice or of a group that repeats.
    pub(super) fn member(
        &mut self,
        old: (&'m ElementUse, Occurs),
        new: (&'m ElementUse, Occurs),
        context: (&Complex, &Complex, bool),
        spot: &Spot,
    ) {
        let (a, b) = (old.0, new.0);
        let spot = spot.at(&a.name.local);
        let places = (a.origin, b.origin);
        self.occurrences(old, new, context, &spot);
        self.nil(old, new, context, &spot);
        self.type_of(a.ty, b.ty, places, &spot);
        if a.global.is_none() && b.global.is_none() {
            let declared = |of: &ElementUse| Declared { ty: of.ty, head: None, block: of.block, origin: of.origin };
            self.blocks(declared(a), declared(b), &spot);
        }
        let presets = Presets { default: (&a.default, &b.default), fixed: (&a.fixed, &b.fixed) };
        self.presets(&presets, a.ty, places, &spot);
        self.markings(a, b, &spot);
        self.items(a, b, &spot);
        self.docs(&a.docs, &b.docs, places, &spot);
        if a.global.is_some() != b.global.is_some() {
            let heads = |model: &Model, alternatives: &Alternatives, element: &ElementUse| {
                element.global.is_some_and(|head| alternatives.has_elements(model, head))
            };
            if heads(self.old, &self.old_alternatives, a) || heads(self.new, &self.new_alternatives, b) {
                self.find(&rules::ELEMENT_REFERENCE_CHANGED, &spot, Change::both(places.0, places.1, "", ""));
            }
        }
    }

    fn occurrences(
        &mut self,
        (a, before): (&ElementUse, Occurs),
        (b, after): (&ElementUse, Occurs),
        (_, _, flat): (&Complex, &Complex, bool),
        spot: &Spot,
    ) {
        if before == after {
            return;
        }
        let change = |known: Known| {
            let text = |model: &Model, element: &ElementUse, occurs: Occurs| notation::member(model, element, occurs);
            Change::both(a.origin, b.origin, text(self.old, a, before), text(self.new, b, after)).knowing(known)
        };
        let mut found: Vec<(&'static super::Rule, Change)> = Vec::new();
        match (before.repeats(), after.repeats()) {
            (false, true) => found.push((&rules::MEMBER_BECAME_LIST, change(Known::default()))),
            (true, false) => found.push((&rules::LIST_BECAME_SINGLE, change(Known::default()))),
            _ => {}
        }
        // A list stays a list whether it may be empty or not; elsewhere the field becomes an option, or is none any more.
        let known = Known { source: Some(if before.repeats() && flat { Safe } else { Breaking }), ..Known::default() };
        match (before.min == 0, after.min == 0) {
            (false, true) => found.push((&rules::MEMBER_BECAME_OPTIONAL, change(known))),
            (true, false) => found.push((&rules::MEMBER_BECAME_REQUIRED, change(known))),
            _ => {}
        }
        if found.is_empty() {
            if !within(before, after) {
                found.push((&rules::LIST_NARROWED, change(Known::default())));
            } else {
                found.push((&rules::LIST_WIDENED, change(Known::default())));
            }
        } else if before.repeats() && after.repeats() && !within(before, after) && before.min >= after.min {
            found.push((&rules::LIST_NARROWED, change(Known::default())));
        }
        for (rule, change) in found {
            self.find(rule, spot, change);
        }
    }

    fn nil(
        &mut self,
        (a, before): (&ElementUse, Occurs),
        (b, after): (&ElementUse, Occurs),
        (old, new, flat): (&Complex, &Complex, bool),
        spot: &Spot,
    ) {
        if a.nillable == b.nillable {
            return;
        }
        // To .NET's types absent and nil are both null: an optional member is an option either way, and a list holds no nulls.
        let net = (old.data_contract || self.old.hand_written) && (new.data_contract || self.new.hand_written);
        let alike = before == after && (before.min == 0 || before.repeats());
        let source = if net && alike && flat { Safe } else { Breaking };
        let rule = if b.nillable { &rules::MEMBER_NIL_ALLOWED } else { &rules::MEMBER_NIL_FORBIDDEN };
        let (x, y) = (notation::member(self.old, a, before), notation::member(self.new, b, after));
        let known = Known { source: Some(source), ..Known::default() };
        self.find(rule, spot, Change::both(a.origin, b.origin, x, y).knowing(known));
    }

    /// Compares default and fixed values, of members, attributes and elements.
    pub(super) fn presets(&mut self, presets: &Presets<'_>, ty: TypeId, places: (Origin, Origin), spot: &Spot) {
        // With a default, an element may come empty.
        let empty = takes_nothing(self.old, ty);
        let text = |value: &Option<Text>| value.as_ref().map(|value| format!("{value:?}")).unwrap_or_default();
        let mut add = |rules: [&'static super::Rule; 3], pair: (&Option<Text>, &Option<Text>), known: Known| {
            let rule = match pair {
                (a, b) if a == b => return,
                (None, _) => rules[0],
                (_, None) => rules[2],
                _ => rules[1],
            };
            self.find(rule, spot, Change::both(places.0, places.1, text(pair.0), text(pair.1)).knowing(known));
        };
        let known = Known { response: Some(empty), ..Known::default() };
        add([&rules::DEFAULT_ADDED, &rules::DEFAULT_CHANGED, &rules::DEFAULT_REMOVED], presets.default, known);
        // Without a fixed value, one that reads empty elements as it may meet none, or another.
        let known = Known { response: Some(Safe), ..Known::default() };
        add([&rules::FIXED_ADDED, &rules::FIXED_CHANGED, &rules::FIXED_REMOVED], presets.fixed, known);
    }

    fn markings(&mut self, a: &ElementUse, b: &ElementUse, spot: &Spot) {
        let change = |before: String, after: String| Change::both(a.origin, b.origin, before, after);
        if a.secret != b.secret {
            let rule = if b.secret { &rules::SECRET_ADDED } else { &rules::SECRET_REMOVED };
            self.find(rule, spot, change(String::new(), String::new()));
        }
        if a.rename != b.rename {
            let word = |name: &Option<String>| name.clone().unwrap_or_default();
            self.find(&rules::FIELD_RENAMED, spot, change(word(&a.rename), word(&b.rename)));
        }
        self.wires(a, b, spot);
        if a.absent != b.absent {
            let word = |absent: &ElementUse| format!("{:?}", absent.absent).to_lowercase();
            self.find(&rules::ABSENCE_CHANGED, spot, change(word(a), word(b)));
        }
    }

    /// Compares which wires carry a member, as far as both versions have them: on a wire that is new, nothing has changed.
    fn wires(&mut self, a: &ElementUse, b: &ElementUse, spot: &Spot) {
        let carried = |only: Only| [only != Only::Plain, only != Only::Soap];
        let word = |only: Only| match only {
            Only::All => "soap, xml",
            Only::Soap => "soap",
            Only::Plain => "xml",
        };
        let known = wires(self.old);
        let (before, after) = (carried(a.only), carried(b.only));
        let change = || Change::both(a.origin, b.origin, word(a.only), word(b.only));
        if (0..2).any(|wire| known[wire] && before[wire] && !after[wire]) {
            self.find(&rules::WIRE_LIMITED, spot, change());
        }
        if (0..2).any(|wire| known[wire] && !before[wire] && after[wire]) {
            // Like a member that is new there; but a reader knows its name already and takes it.
            let known = Known { response: Some(Safe), ..Known::default() };
            self.find(&rules::WIRE_EXTENDED, spot, change().knowing(known));
        }
    }

    /// Compares list wrappers, where the contract says that a member is one.
    fn items(&mut self, a: &'m ElementUse, b: &'m ElementUse, spot: &Spot) {
        match (item(a), item(b)) {
            (None, None) => {}
            (Some(x), Some(y)) => {
                let places = (x.origin, y.origin);
                if !self.namespaces.same(&x.name, &y.name) || x.nillable != y.nillable {
                    let source = if x.nillable == y.nillable { Safe } else { Breaking };
                    let show = |model: &Model, element: &ElementUse| notation::member(model, element, Occurs::ANY);
                    let change = Change::both(places.0, places.1, show(self.old, x), show(self.new, y))
                        .knowing(Known { source: Some(source), ..Known::default() });
                    self.find(&rules::LIST_ITEM_CHANGED, spot, change);
                }
                self.type_of(x.ty, y.ty, places, &spot.at(&y.name.local));
                if x.secret != y.secret {
                    let rule = if y.secret { &rules::SECRET_ADDED } else { &rules::SECRET_REMOVED };
                    self.find(rule, &spot.at(&y.name.local), Change::both(places.0, places.1, "", ""));
                }
            }
            _ => self.find(&rules::LIST_WRAPPER_CHANGED, spot, Change::both(a.origin, b.origin, "", "")),
        }
    }
}

/// Whether a contract has SOAP, and whether it has plain XML; one without a service may have either.
fn wires(model: &Model) -> [bool; 2] {
    let has = |plain: bool| {
        let mut bindings = model.services.iter().flat_map(|service| &service.bindings);
        model.services.is_empty() || bindings.any(|binding| matches!(binding.protocol, Protocol::Plain { .. }) == plain)
    };
    [has(false), has(true)]
}

/// Values a schema gives in advance, before and after.
pub(super) struct Presets<'p> {
    pub(super) default: (&'p Option<Text>, &'p Option<Text>),
    pub(super) fixed: (&'p Option<Text>, &'p Option<Text>),
}

fn item(element: &ElementUse) -> Option<&ElementUse> {
    match element.items.as_deref() {
        Some(Particle { kind: ParticleKind::Element(item), .. }) => Some(item),
        _ => None,
    }
}

/// Whether an empty text is a value of the type.
fn takes_nothing(model: &Model, ty: TypeId) -> Verdict {
    match space(model, ty) {
        Some(Space::Scalar { builtin, .. }) if is_text(builtin) => Safe,
        Some(Space::Union { any_text: true }) => Safe,
        _ => Breaking,
    }
}
