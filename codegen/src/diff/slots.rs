//! Two versions of a positional layout.

use super::compare::{Change, Comparison, Spot};
use super::notation;
use super::report::Known;
use super::report::Verdict::{Breaking, Safe};
use super::rules::{slots as rules, values};
use super::structure::{Group, Node};
use crate::model::{ElementUse, Occurs, Origin};

type Slot<'m> = (&'m ElementUse, Occurs);

impl<'m> Comparison<'m> {
    /// Compares the members of positional layouts. `more`: the old reader keeps surplus slots.
    pub(super) fn slots(
        &mut self,
        old: &Group<'m>,
        new: &Group<'m>,
        more: bool,
        places: (Origin, Origin),
        spot: &Spot,
    ) {
        let (before, after) = (members(old), members(new));
        let mut order = Vec::new();
        for slot in &before {
            match after.iter().position(|other| other.0.name.local == slot.0.name.local) {
                Some(to) => {
                    order.push(to);
                    self.slot(*slot, after[to], spot);
                }
                None => {
                    let change = Change::gone(slot.0.origin, notation::member(self.old, slot.0, slot.1));
                    self.find(&rules::SLOT_REMOVED, &spot.at(&slot.0.name.local), change);
                }
            }
        }
        if order.windows(2).any(|pair| pair[0] > pair[1]) {
            let names =
                |slots: &[Slot<'_>]| slots.iter().map(|slot| slot.0.name.local.as_str()).collect::<Vec<_>>().join(", ");
            let change = Change::both(places.0, places.1, names(&before), names(&after));
            self.find(&rules::SLOTS_REORDERED, spot, change);
        }
        let last = order.iter().max().copied();
        for (at, slot) in after.iter().enumerate() {
            if before.iter().any(|other| other.0.name.local == slot.0.name.local) {
                continue;
            }
            let change = Change::come(slot.0.origin, notation::member(self.new, slot.0, slot.1));
            let spot = spot.at(&slot.0.name.local);
            if last.is_some_and(|last| at < last) {
                self.find(&rules::SLOT_ADDED_INSIDE, &spot, change);
            } else {
                let optional = slot.0.slot.as_ref().is_some_and(|slot| slot.trailing);
                let known = Known {
                    request: Some(if optional { Safe } else { Breaking }),
                    response: Some(if more { Safe } else { Breaking }),
                    ..Known::default()
                };
                self.find(&rules::SLOT_ADDED_LAST, &spot, change.knowing(known));
            }
        }
    }

    fn slot(&mut self, old: Slot<'m>, new: Slot<'m>, spot: &Spot) {
        let (a, b) = (old.0, new.0);
        let spot_of = spot.at(&a.name.local);
        let change = |before: String, after: String| Change::both(a.origin, b.origin, before, after);
        let x = a.slot.clone().unwrap_or_default();
        let y = b.slot.clone().unwrap_or_default();
        if x.count != y.count {
            let word = |count| format!("{count:?}").to_lowercase();
            self.find(&rules::COUNTER_CHANGED, &spot_of, change(word(x.count), word(y.count)));
        }
        if x.trailing != y.trailing {
            let rule = if y.trailing { &rules::TAIL_BECAME_OPTIONAL } else { &rules::TAIL_BECAME_REQUIRED };
            self.find(rule, &spot_of, change(String::new(), String::new()));
        }
        if x.none != y.none {
            let word = |none: Option<String>| none.map(|none| format!("{none:?}")).unwrap_or_default();
            self.find(&rules::NONE_TEXT_CHANGED, &spot_of, change(word(x.none), word(y.none)));
        }
        if x.max_len != y.max_len {
            let longer = match (x.max_len, y.max_len) {
                (Some(a), Some(b)) => b > a,
                (_, None) => true,
                (None, _) => false,
            };
            let rule = if longer { &values::FACET_LOOSENED } else { &values::FACET_TIGHTENED };
            let word = |max: Option<u32>| max.map(|max| format!("maxLength {max}")).unwrap_or_default();
            let known = Known { response: Some(Safe), source: Some(Safe), ..Known::default() };
            self.find(rule, &spot_of, change(word(x.max_len), word(y.max_len)).knowing(known));
        }
        // What else there is to say of a member holds for slots too.
        let nothing = crate::model::Complex::default();
        self.member(old, new, (&nothing, &nothing, false), spot);
    }
}

/// The slots in order. A positional layout is always one flat sequence.
fn members<'m>(group: &Group<'m>) -> Vec<Slot<'m>> {
    let mut found = Vec::new();
    for node in &group.nodes {
        match node {
            Node::Element(element, occurs) => found.push((*element, *occurs)),
            Node::Group(group) => found.extend(members(group)),
            Node::Any(..) => {}
        }
    }
    found
}
