//! Two versions of a simple type: listed values, restrictions, lists and unions.

use std::collections::BTreeSet;

use super::compare::{Change, Comparison, Spot};
use super::notation;
use super::report::Known;
use super::report::Verdict::{Breaking, Safe};
use super::rules::values as rules;
use super::scalars::{facets_choose_the_type, patterns_choose_the_type};
use crate::model::{
    Builtin, Carrier, EnumValue, Facets, Kinds, Model, Origin, Simple, SimpleKind, TypeId, TypeKind, WhiteSpace,
};

impl Comparison<'_> {
    pub(super) fn simple(
        &mut self,
        old: TypeId,
        new: TypeId,
        a: &Simple,
        b: &Simple,
        places: (Origin, Origin),
        spot: &Spot,
    ) {
        self.made_of(old, new, a, b, places, spot);
        if a.closed != b.closed && !(a.values.is_empty() && b.values.is_empty()) {
            let rule = if b.closed { &rules::ENUMERATION_CLOSED } else { &rules::ENUMERATION_OPENED };
            self.find(rule, spot, Change::both(places.0, places.1, "", ""));
        }
        self.listed(a, b, places, spot);
        self.facets((old, new), a, b, places, spot);
    }

    fn made_of(&mut self, old: TypeId, new: TypeId, a: &Simple, b: &Simple, places: (Origin, Origin), spot: &Spot) {
        let show = || Change::both(places.0, places.1, notation_of(self.old, a), notation_of(self.new, b));
        match (&a.kind, &b.kind) {
            (SimpleKind::List(x), SimpleKind::List(y)) => self.type_of(*x, *y, places, spot),
            (SimpleKind::Union(x), SimpleKind::Union(y)) => {
                let (mut gone, mut come) = (Vec::new(), Vec::new());
                let (forth, back) = (&self.types.forth, &self.types.back);
                gone.extend(x.iter().filter(|id| forth.get(id).is_none_or(|other| !y.contains(other))).copied());
                come.extend(y.iter().filter(|id| back.get(id).is_none_or(|other| !x.contains(other))).copied());
                // Members without a name that cannot be told apart in any other way are taken in order.
                let paired = gone.len() == come.len();
                let known = self.known_of_kinds(old, new, !paired, spot);
                let change = || show().knowing(known.unwrap_or(SAME_KINDS));
                if paired {
                    for (x, y) in gone.into_iter().zip(come) {
                        self.type_of(x, y, places, spot);
                    }
                    if known.is_some() {
                        self.find(&rules::UNION_KINDS_CHANGED, spot, change());
                    }
                    return;
                }
                if !gone.is_empty() {
                    self.find(&rules::UNION_MEMBER_REMOVED, spot, change());
                }
                if !come.is_empty() {
                    self.find(&rules::UNION_MEMBER_ADDED, spot, change());
                }
            }
            (
                SimpleKind::Builtin(_) | SimpleKind::Restriction(_),
                SimpleKind::Builtin(_) | SimpleKind::Restriction(_),
            ) => {
                let base = |kind: &SimpleKind| match kind {
                    SimpleKind::Restriction(base) => Some(*base),
                    _ => None,
                };
                match (base(&a.kind), base(&b.kind)) {
                    (Some(x), Some(y)) => self.type_of(x, y, places, spot),
                    _ if self.old.builtin_of(old) == self.new.builtin_of(new) => {}
                    _ => {
                        let change = show();
                        self.find(&super::rules::members::SCALAR_REPLACED, spot, change);
                    }
                }
            }
            _ => {
                let change = show();
                self.find(&rules::SIMPLE_SHAPE_CHANGED, spot, change);
            }
        }
    }

    /// What there is to know of a union whose texts are told apart in another way than before; `None` where they are not.
    /// Listed values count where members came or went; otherwise each is told where it stands.
    fn known_of_kinds(&self, old: TypeId, new: TypeId, values: bool, spot: &Spot) -> Option<Known> {
        let (a, b) = (self.old.kinds(old)?, self.new.kinds(new)?);
        let wires = |kinds: &Kinds| kinds.values.iter().map(|value| value.wire.clone()).collect::<BTreeSet<_>>();
        if (&a.types, a.text, a.names) == (&b.types, b.text, b.names) && (!values || wires(&a) == wires(&b)) {
            return None;
        }
        let reads = match (a.carrier(), b.carrier()) {
            (Carrier::One(before), Carrier::One(after)) => before == after,
            (Carrier::One(_), _) => false,
            // Text, and enums that keep any other text.
            _ => true,
        };
        let carried =
            a.carrier() == b.carrier() && matches!(a.carrier(), Carrier::Text | Carrier::ScopedText | Carrier::One(_));
        let variants = |kinds: &Kinds| {
            let types: Vec<Builtin> = kinds.types.iter().map(|kind| kind.builtin).collect();
            (kinds.carrier(), types, kinds.text.is_some(), wires(kinds))
        };
        Some(Known {
            response: Some(if reads { Safe } else { Breaking }),
            source: Some(if carried || variants(&a) == variants(&b) { Safe } else { Breaking }),
            // The same text comes as another variant.
            behaviour: Some(if carried || !spot.directions.read() { Safe } else { Breaking }),
            ..Known::default()
        })
    }

    fn listed(&mut self, a: &Simple, b: &Simple, places: (Origin, Origin), spot: &Spot) {
        match (a.values.is_empty(), b.values.is_empty()) {
            (true, true) => return,
            // The type itself begins or ends to be an enumeration.
            (true, false) | (false, true) => {
                let (before, after) = (notation::values(wires(a)), notation::values(wires(b)));
                let rule = if a.values.is_empty() {
                    &super::rules::members::TEXT_BECAME_ENUMERATION
                } else {
                    &super::rules::members::ENUMERATION_BECAME_TEXT
                };
                let known = Known {
                    response: Some(if !a.values.is_empty() && !a.closed { Safe } else { Breaking }),
                    ..Known::default()
                };
                let known = if a.values.is_empty() { Known::default() } else { known };
                self.find(rule, spot, Change::both(places.0, places.1, before, after).knowing(known));
                return;
            }
            (false, false) => {}
        }
        let named = |list: &[EnumValue], name: &str| {
            list.iter().find(|value| value.name.as_deref() == Some(name)).map(|value| value.wire.clone())
        };
        for value in &a.values {
            let spot = spot.at(&step(value));
            match b.values.iter().find(|other| other.wire == value.wire) {
                Some(other) => {
                    if value.name != other.name {
                        let word = |value: &EnumValue| value.name.clone().unwrap_or_default();
                        let change = Change::both(value.origin, other.origin, word(value), word(other));
                        let spot = Spot { path: super::compare::join(&spot.path, &value.wire), ..spot.clone() };
                        self.find(&rules::CODE_RENAMED, &spot, change);
                    }
                    self.docs(&value.docs, &other.docs, (value.origin, other.origin), &spot);
                }
                None => match value.name.as_deref().and_then(|name| named(&b.values, name)) {
                    Some(code) => {
                        let change = Change::both(value.origin, places.1, value.wire.clone(), code);
                        let known =
                            Known { response: Some(if a.closed { Breaking } else { Safe }), ..Known::default() };
                        self.find(&rules::CODE_RENUMBERED, &spot, change.knowing(known));
                    }
                    None => self.find(&rules::VALUE_REMOVED, &spot, Change::gone(value.origin, shown(value))),
                },
            }
        }
        for value in &b.values {
            let renumbered = value.name.as_deref().is_some_and(|name| named(&a.values, name).is_some());
            if renumbered || a.values.iter().any(|other| other.wire == value.wire) {
                continue;
            }
            // Who only sends values never meets one in `Unknown`.
            let known = Known {
                response: Some(if a.closed { Breaking } else { Safe }),
                behaviour: Some(if spot.directions.read() { Breaking } else { Safe }),
                ..Known::default()
            };
            self.find(
                &rules::VALUE_ADDED,
                &spot.at(&step(value)),
                Change::come(value.origin, shown(value)).knowing(known),
            );
        }
    }

    fn facets(&mut self, (old, new): (TypeId, TypeId), a: &Simple, b: &Simple, places: (Origin, Origin), spot: &Spot) {
        if a.facets == b.facets {
            return;
        }
        let (before, after) = (&a.facets, &b.facets);
        let chooses = facets_choose_the_type(self.old, old, a, b);
        let respelled = patterns_choose_the_type((self.old, old), (self.new, new));
        let known = Known {
            source: Some(if chooses || respelled { Breaking } else { Safe }),
            response: Some(if chooses { Breaking } else { Safe }),
            ..Known::default()
        };
        let change =
            || Change::both(places.0, places.1, notation::facets(before), notation::facets(after)).knowing(known);
        let (tighter, looser) = compare_facets(before, after);
        if tighter {
            self.find(&rules::FACET_TIGHTENED, spot, change());
        }
        if looser {
            self.find(&rules::FACET_LOOSENED, spot, change());
        }
        let sorted = |facets: &Facets| {
            let mut patterns = facets.patterns.clone();
            patterns.sort();
            patterns
        };
        if sorted(before) != sorted(after) {
            if after.patterns.is_empty() {
                self.find(&rules::FACET_LOOSENED, spot, change());
            } else {
                self.find(&rules::PATTERN_CHANGED, spot, change());
            }
        }
        if white_space(self.old, old) != white_space(self.new, new) {
            self.find(&rules::WHITE_SPACE_CHANGED, spot, change());
        }
    }
}

/// A union that is carried as before.
const SAME_KINDS: Known = Known { request: None, response: Some(Safe), source: Some(Safe), behaviour: Some(Safe) };

/// How white space is treated: by the nearest facet on the way to the built-in type; `None` leaves it to that.
fn white_space(model: &Model, mut id: TypeId) -> Option<WhiteSpace> {
    loop {
        let TypeKind::Simple(simple) = &model[id].kind else { return None };
        if simple.facets.white_space.is_some() {
            return simple.facets.white_space;
        }
        match simple.kind {
            SimpleKind::Restriction(base) => id = base,
            _ => return None,
        }
    }
}

/// Whether any bound is tighter, and whether any is looser, than before. Bounds that cannot be compared are taken for tighter.
fn compare_facets(before: &Facets, after: &Facets) -> (bool, bool) {
    let (mut tighter, mut looser) = (false, false);
    let mut judge = |a: Option<&str>, b: Option<&str>, less_is_tighter: bool| match (a, b) {
        (None, None) => {}
        (None, Some(_)) => tighter = true,
        (Some(_), None) => looser = true,
        (Some(a), Some(b)) if a == b => {}
        (Some(a), Some(b)) => match (a.trim().parse::<i128>(), b.trim().parse::<i128>()) {
            (Ok(a), Ok(b)) if (b < a) == less_is_tighter => tighter = true,
            (Ok(_), Ok(_)) => looser = true,
            // Decimals, dates: not weighed.
            _ => (tighter, looser) = (true, true),
        },
    };
    let text = |value: Option<u64>| value.map(|value| value.to_string());
    for (a, b, less) in [
        (before.min_length, after.min_length, false),
        (before.max_length, after.max_length, true),
        (before.total_digits, after.total_digits, true),
        (before.fraction_digits, after.fraction_digits, true),
    ] {
        judge(text(a).as_deref(), text(b).as_deref(), less);
    }
    for (a, b, less) in [
        (&before.min_inclusive, &after.min_inclusive, false),
        (&before.min_exclusive, &after.min_exclusive, false),
        (&before.max_inclusive, &after.max_inclusive, true),
        (&before.max_exclusive, &after.max_exclusive, true),
    ] {
        judge(a.as_deref(), b.as_deref(), less);
    }
    // Another exact length is both.
    match (before.length, after.length) {
        (a, b) if a == b => {}
        (None, Some(_)) => tighter = true,
        (Some(_), None) => looser = true,
        _ => (tighter, looser) = (true, true),
    }
    (tighter, looser)
}

fn wires(simple: &Simple) -> impl Iterator<Item = &str> {
    simple.values.iter().map(|value| value.wire.as_str())
}

/// A value as people know it: by its name in the contract, or as it is on the wire.
fn step(value: &EnumValue) -> String {
    // A slash would read like two steps.
    value.name.as_deref().unwrap_or(&value.wire).replace('/', "∕")
}

fn shown(value: &EnumValue) -> String {
    match &value.name {
        Some(name) if *name != value.wire => format!("{name} = {}", value.wire),
        _ => format!("{:?}", value.wire),
    }
}

fn notation_of(model: &Model, simple: &Simple) -> String {
    match &simple.kind {
        SimpleKind::Builtin(builtin) => format!("{builtin:?}"),
        SimpleKind::Restriction(base) => notation::ty(model, *base),
        SimpleKind::List(item) => format!("list of {}", notation::ty(model, *item)),
        SimpleKind::Union(members) => {
            let members: Vec<String> = members.iter().map(|member| notation::ty(model, *member)).collect();
            format!("union of {}", members.join(", "))
        }
    }
}
