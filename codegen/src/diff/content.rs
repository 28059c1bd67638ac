//! Two versions of a content model: which members came and went, and how they are combined.

use std::collections::BTreeSet;

use super::compare::{Change, Comparison, Spot};
use super::report::Known;
use super::report::Verdict::{Breaking, Safe};
use super::rules::{content as rules, members};
use super::structure::{Group, Kind, Node};
use super::{names, notation};
use crate::model::{
    Complex, ElementUse, Name, NamespaceSet, Occurs, Origin, ProcessContents, QName, TypeKind, Wildcard,
};

/// What the two content models are part of.
struct Whole<'m, 'w> {
    old: &'w Complex,
    new: &'w Complex,
    /// Elements at any depth of the old and the new content.
    before: Vec<&'m ElementUse>,
    after: Vec<&'m ElementUse>,
    places: (Origin, Origin),
    spot: &'w Spot,
}

/// Where in the content model two groups stand.
#[derive(Clone, Copy)]
struct Inside {
    /// The members are fields of the struct itself: neither a choice nor a group that repeats is around them.
    flat: bool,
    /// One side is a choice and the other is not.
    recombined: bool,
}

impl<'m> Comparison<'m> {
    pub(super) fn content(
        &mut self,
        old: &Group<'m>,
        new: &Group<'m>,
        old_type: &Complex,
        new_type: &Complex,
        places: (Origin, Origin),
        spot: &Spot,
    ) {
        let whole = Whole { old: old_type, new: new_type, before: old.leaves(), after: new.leaves(), places, spot };
        // A group that is all there is stands for the content, unless it may be one part of several on the other side.
        let plain = |group: &Group<'_>| {
            !group.nodes.is_empty() && !group.nodes.iter().any(|node| matches!(node, Node::Group(_)))
        };
        let (old, new) = match (old.nodes.as_slice(), new.nodes.as_slice()) {
            ([Node::Group(a)], [Node::Group(b)]) => (a, b),
            ([Node::Group(a)], _) if plain(new) => (a, new),
            (_, [Node::Group(b)]) if plain(old) => (old, b),
            _ => (old, new),
        };
        self.group(old, new, &whole, Inside { flat: true, recombined: false });
    }

    fn group(&mut self, old: &Group<'m>, new: &Group<'m>, whole: &Whole<'m, '_>, inside: Inside) {
        self.occurrence(old, new, whole);
        let change = Change::both(
            whole.places.0,
            whole.places.1,
            notation::node(&Node::Group(old.clone())),
            notation::node(&Node::Group(new.clone())),
        );
        // A group of one is of no kind.
        let kinds = if old.nodes.len() < 2 || new.nodes.len() < 2 {
            match (old.kind, new.kind) {
                (Kind::Choice, _) if old.nodes.len() > 1 && !new.nodes.is_empty() => (Kind::Choice, Kind::Sequence),
                (_, Kind::Choice) if new.nodes.len() > 1 && !old.nodes.is_empty() => (Kind::Sequence, Kind::Choice),
                (_, kind) if new.nodes.len() > 1 => (kind, kind),
                (kind, _) => (kind, kind),
            }
        } else {
            (old.kind, new.kind)
        };
        match kinds {
            (a, b) if a == b => {}
            (Kind::Sequence, Kind::All) => self.find(&rules::SEQUENCE_BECAME_ALL, whole.spot, change),
            (Kind::All, Kind::Sequence) => self.find(&rules::ALL_BECAME_SEQUENCE, whole.spot, change),
            _ => self.find(&rules::CONTENT_MODEL_CHANGED, whole.spot, change),
        }
        let flat = inside.flat && kinds.1 != Kind::Choice && kinds.0 != Kind::Choice;
        let flat = flat && !old.occurs.repeats() && !new.occurs.repeats();
        // Where one side is a choice, how often its members occur is not to be compared: that was said of the whole.
        let in_choice = kinds.0 == Kind::Choice || kinds.1 == Kind::Choice;
        let recombined = kinds.0 != kinds.1 && in_choice;
        self.nodes(old, new, whole, Inside { flat, recombined }, in_choice);
    }

    fn occurrence(&mut self, old: &Group<'m>, new: &Group<'m>, whole: &Whole<'m, '_>) {
        let (before, after) = (old.occurs, new.occurs);
        if before == after {
            return;
        }
        // Both are lists of groups in Rust, or neither is.
        let source = if before.repeats() && after.repeats() { Safe } else { Breaking };
        let known = Known { source: Some(source), ..Known::default() };
        let spot = Spot { path: join(&whole.spot.path, &new.names()), ..whole.spot.clone() };
        let change = |known: Known| {
            Change::both(whole.places.0, whole.places.1, notation::occurs(before), notation::occurs(after))
                .knowing(known)
        };
        let (widens, narrows) = (within(before, after), within(after, before));
        if !narrows {
            self.find(&rules::GROUP_WIDENED, &spot, change(known));
        }
        if !widens {
            self.find(&rules::GROUP_NARROWED, &spot, change(known));
        }
    }

    fn nodes(&mut self, old: &Group<'m>, new: &Group<'m>, whole: &Whole<'m, '_>, inside: Inside, in_choice: bool) {
        let mut pairs = self.matched(old, new);
        self.renamed(old, new, whole, &mut pairs);
        let mut moved = false;
        for (from, to) in &pairs {
            match (&old.nodes[*from], &new.nodes[*to]) {
                (Node::Element(a, x), Node::Element(b, y)) => {
                    let context = (whole.old, whole.new, inside.flat && !in_choice);
                    let y = if inside.recombined { x } else { y };
                    self.member((a, *x), (b, *y), context, whole.spot);
                }
                (Node::Any(a, x), Node::Any(b, y)) => self.wildcard((a, *x), (b, *y), whole),
                (Node::Group(a), Node::Group(b)) => self.group(a, b, whole, inside),
                _ => {}
            }
        }
        for (index, node) in old.nodes.iter().enumerate() {
            if !pairs.iter().any(|(at, _)| *at == index) {
                moved |= self.gone(node, whole, in_choice, inside);
            }
        }
        for (index, node) in new.nodes.iter().enumerate() {
            if !pairs.iter().any(|(_, at)| *at == index) {
                self.come(node, whole, in_choice, inside);
            }
        }
        if !moved && old.kind == Kind::Sequence && new.kind == Kind::Sequence {
            self.order(old, new, &mut pairs, whole, inside);
        }
    }

    /// Which parts are the same in both: elements by name, groups by what they hold, wildcards one after the other.
    fn matched(&self, old: &Group<'m>, new: &Group<'m>) -> Vec<(usize, usize)> {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for (from, node) in old.nodes.iter().enumerate() {
            let mut best: Option<(usize, usize)> = None;
            for (to, other) in new.nodes.iter().enumerate().filter(|(to, _)| !taken.contains(to)) {
                let score = match (node, other) {
                    (Node::Element(a, _), Node::Element(b, _)) if self.namespaces.same(&a.name, &b.name) => usize::MAX,
                    (Node::Any(..), Node::Any(..)) => usize::MAX,
                    (Node::Group(a), Node::Group(b)) => self.shared(a, b),
                    _ => 0,
                };
                if score > best.map_or(0, |(score, _)| score) {
                    best = Some((score, to));
                }
            }
            if let Some((_, to)) = best {
                taken.insert(to);
                pairs.push((from, to));
            }
        }
        pairs
    }

    /// How many elements two groups have in common.
    fn shared(&self, old: &Group<'_>, new: &Group<'_>) -> usize {
        let others = new.leaves();
        let has = |name: &QName| others.iter().any(|other| self.namespaces.same(name, &other.name));
        old.leaves().iter().filter(|element| has(&element.name)).count()
    }

    /// Adds pairs of members that have the same local name, or stand for one another by all that can be seen.
    fn renamed(&mut self, old: &Group<'m>, new: &Group<'m>, whole: &Whole<'m, '_>, pairs: &mut Vec<(usize, usize)>) {
        let elsewhere = |list: &[&ElementUse], name: &QName, count: usize| {
            list.iter().filter(|element| element.name.local == name.local).count() > count
        };
        let mut found = Vec::new();
        for (from, node) in old.nodes.iter().enumerate() {
            let Node::Element(a, x) = node else { continue };
            if pairs.iter().any(|(at, _)| *at == from) || elsewhere(&whole.after, &a.name, 1) {
                continue;
            }
            for (to, other) in new.nodes.iter().enumerate() {
                let Node::Element(b, y) = other else { continue };
                let taken = pairs.iter().chain(&found).any(|(_, at)| *at == to);
                if taken || elsewhere(&whole.before, &b.name, 1) {
                    continue;
                }
                let spot = whole.spot.at(&a.name.local);
                if a.name.local == b.name.local {
                    let change = Change::both(a.origin, b.origin, a.name.to_string(), b.name.to_string());
                    self.find(&members::MEMBER_NAMESPACE_CHANGED, &spot, change);
                } else if x == y
                    && self.paired(a.ty, b.ty)
                    && !elsewhere(&whole.after, &a.name, 0)
                    && !elsewhere(&whole.before, &b.name, 0)
                    && neighbours(from, to, pairs)
                    && (names::alike(&a.name.local, &b.name.local) || self.distinct(a))
                {
                    let (before, after) = (notation::member(self.old, a, *x), notation::member(self.new, b, *y));
                    self.find(&members::MEMBER_RENAMED, &spot, Change::both(a.origin, b.origin, before, after));
                } else {
                    continue;
                }
                found.push((from, to));
                break;
            }
        }
        pairs.extend(found);
    }

    /// Whether a member's type is one of the contract's own, which few members share.
    fn distinct(&self, element: &ElementUse) -> bool {
        let ty = &self.old[element.ty];
        matches!(ty.kind, TypeKind::Complex(_)) && matches!(ty.name, Name::Given(_))
    }

    /// A part that is in the old version only. Whether it is elsewhere in the new one.
    fn gone(&mut self, node: &Node<'m>, whole: &Whole<'m, '_>, in_choice: bool, inside: Inside) -> bool {
        let still = |element: &ElementUse, this: &Self| {
            whole.after.iter().any(|other| this.namespaces.same(&element.name, &other.name))
        };
        match node {
            Node::Element(element, occurs) => {
                let spot = whole.spot.at(&element.name.local);
                let change = Change::gone(element.origin, notation::member(self.old, element, *occurs));
                if still(element, self) {
                    self.find(&members::MEMBER_MOVED, &spot, change);
                    return true;
                }
                let rule = match (in_choice, occurs.min) {
                    (true, _) => &rules::CHOICE_BRANCH_REMOVED,
                    (false, 0) => &members::MEMBER_REMOVED_OPTIONAL,
                    _ => &members::MEMBER_REMOVED_REQUIRED,
                };
                let safe = if inside.flat { Safe } else { Breaking };
                self.find(rule, &spot, change.knowing(Known { response: Some(safe), ..Known::default() }));
                false
            }
            Node::Any(wildcard, occurs) => {
                // A reader that needs one misses it.
                let safe = if in_choice || occurs.min == 0 { Safe } else { Breaking };
                let change = Change::gone(whole.places.0, notation::wildcard(wildcard))
                    .knowing(Known { response: Some(safe), ..Known::default() });
                self.find(&rules::WILDCARD_REMOVED, &whole.spot.at("*"), change);
                false
            }
            Node::Group(group) => {
                let leaves = group.leaves();
                if leaves.iter().any(|leaf| still(leaf, self)) {
                    let change = Change::gone(whole.places.0, notation::node(node));
                    let spot = Spot { path: join(&whole.spot.path, &group.names()), ..whole.spot.clone() };
                    self.find(&members::MEMBER_MOVED, &spot, change);
                    return true;
                }
                let rule = if in_choice { &rules::CHOICE_BRANCH_REMOVED } else { &rules::GROUP_REMOVED };
                let spot = Spot { path: join(&whole.spot.path, &group.names()), ..whole.spot.clone() };
                self.find(rule, &spot, Change::gone(whole.places.0, notation::node(node)));
                false
            }
        }
    }

    /// A part that is in the new version only.
    fn come(&mut self, node: &Node<'m>, whole: &Whole<'m, '_>, in_choice: bool, inside: Inside) {
        let was = |element: &ElementUse, this: &Self| {
            whole.before.iter().any(|other| this.namespaces.same(&other.name, &element.name))
        };
        // A reader passes over what it does not know between the fields of a record, not inside a group of its own, nor in
        // text; and where the name is known already, it takes the element for the one it knows.
        let known_to_reader = |names: &[&ElementUse]| {
            whole.before.iter().any(|other| names.iter().any(|element| element.name.local == other.name.local))
        };
        let reads = |names: &[&ElementUse]| {
            let safe = inside.flat && !whole.old.mixed && !known_to_reader(names);
            Known { response: Some(if safe { Safe } else { Breaking }), ..Known::default() }
        };
        match node {
            Node::Element(element, occurs) => {
                let moved = was(element, self);
                let twice = whole.after.iter().filter(|other| other.name == element.name).count() > 1;
                if moved && !twice {
                    return; // reported where it was
                }
                let rule = match (in_choice, occurs.min) {
                    (true, _) => &rules::CHOICE_BRANCH_ADDED,
                    (false, 0) => &members::MEMBER_ADDED_OPTIONAL,
                    _ => &members::MEMBER_ADDED_REQUIRED,
                };
                let change = Change::come(element.origin, notation::member(self.new, element, *occurs));
                self.find(rule, &whole.spot.at(&element.name.local), change.knowing(reads(&[element])));
            }
            Node::Any(wildcard, occurs) => {
                let change = Change::come(whole.places.1, notation::wildcard(wildcard));
                let safe = inside.flat && !in_choice && occurs.min == 0 && !whole.old.mixed;
                let known = Known { response: Some(if safe { Safe } else { Breaking }), ..Known::default() };
                let spot = whole.spot.at("*");
                if occurs.min > 0 && !in_choice {
                    self.find(&rules::GROUP_ADDED_REQUIRED, &spot, change.knowing(known));
                } else {
                    self.find(&rules::WILDCARD_ADDED, &spot, change.knowing(known));
                }
            }
            Node::Group(group) => {
                let leaves = group.leaves();
                if leaves.iter().all(|leaf| was(leaf, self)) && !leaves.is_empty() {
                    return;
                }
                let rule = match (in_choice, group.may_be_left_out()) {
                    (true, _) => &rules::CHOICE_BRANCH_ADDED,
                    (false, true) => &rules::GROUP_ADDED_OPTIONAL,
                    (false, false) => &rules::GROUP_ADDED_REQUIRED,
                };
                let spot = Spot { path: join(&whole.spot.path, &group.names()), ..whole.spot.clone() };
                let change = Change::come(whole.places.1, notation::node(node));
                self.find(rule, &spot, change.knowing(reads(&leaves)));
            }
        }
    }

    /// Whether what is in both comes in the same order.
    fn order(
        &mut self,
        old: &Group<'m>,
        new: &Group<'m>,
        pairs: &mut [(usize, usize)],
        whole: &Whole<'m, '_>,
        inside: Inside,
    ) {
        pairs.sort_unstable();
        if pairs.windows(2).all(|pair| pair[0].1 < pair[1].1) {
            return;
        }
        // Sorted by name on SOAP, the order counts on a plain wire only.
        if whole.old.ordinal && whole.new.ordinal && !has_plain_wire(self.old) && !has_plain_wire(self.new) {
            return;
        }
        let only = |group: &Group<'m>, keep: &dyn Fn(usize) -> bool| {
            let nodes = group.nodes.iter().enumerate().filter(|(index, _)| keep(*index));
            let names: Vec<String> = nodes.map(|(_, node)| notation::node(node)).collect();
            names
        };
        let before = only(old, &|index| pairs.iter().any(|(at, _)| *at == index));
        let after = only(new, &|index| pairs.iter().any(|(_, at)| *at == index));
        // What only moved stands between parts that did not.
        let head = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
        let tail = before[head..].iter().rev().zip(after[head..].iter().rev()).take_while(|(a, b)| a == b).count();
        let cut = |list: &[String]| list[head..list.len() - tail].join(", ");
        let plain = |node: &Node<'_>| matches!(node, Node::Element(..));
        let groups = !old.nodes.iter().all(plain) || !new.nodes.iter().all(plain);
        let safe = if inside.flat && !groups { Safe } else { Breaking };
        let change = Change::both(whole.places.0, whole.places.1, cut(&before), cut(&after))
            .knowing(Known { response: Some(safe), ..Known::default() });
        self.find(&members::ORDER_CHANGED, whole.spot, change);
    }

    fn wildcard(&mut self, old: (&Wildcard, Occurs), new: (&Wildcard, Occurs), whole: &Whole<'m, '_>) {
        if old == new {
            return;
        }
        let show = |(wildcard, occurs): (&Wildcard, Occurs)| {
            format!("{} {}", notation::wildcard(wildcard), notation::occurs(occurs))
        };
        let spot = whole.spot.at("*");
        let source =
            if old.1.repeats() == new.1.repeats() && (old.1.min == 0) == (new.1.min == 0) { Safe } else { Breaking };
        let widens = allows(new.0, old.0) && within(old.1, new.1);
        let narrows = allows(old.0, new.0) && within(new.1, old.1);
        // Unknown elements are passed over and told, unless there are too few: those of other namespaces do not count.
        let enough = new.1.min >= old.1.min.min(1) && (old.1.min == 0 || allows(old.0, new.0));
        let response = if enough { Safe } else { Breaking };
        let known = Known { source: Some(source), response: Some(response), ..Known::default() };
        let change = || Change::both(whole.places.0, whole.places.1, show(old), show(new)).knowing(known);
        if !narrows {
            self.find(&rules::WILDCARD_WIDENED, &spot, change());
        }
        if !widens {
            self.find(&rules::WILDCARD_NARROWED, &spot, change());
        }
    }
}

/// Whether every number of occurrences that `inner` allows is allowed by `outer`.
pub(super) fn within(inner: Occurs, outer: Occurs) -> bool {
    let below = match (inner.max, outer.max) {
        (_, None) => true,
        (Some(a), Some(b)) => a <= b,
        (None, Some(_)) => false,
    };
    inner.min >= outer.min && below
}

/// Whether a wildcard allows all that another does, and asks no more of it.
pub(super) fn allows(outer: &Wildcard, inner: &Wildcard) -> bool {
    let namespaces = match (&outer.namespaces, &inner.namespaces) {
        (NamespaceSet::Any, _) => true,
        (NamespaceSet::Other(a), NamespaceSet::Other(b)) => a == b,
        (NamespaceSet::List(a), NamespaceSet::List(b)) => b.iter().all(|ns| a.contains(ns)),
        (NamespaceSet::Other(own), NamespaceSet::List(list)) => list.iter().all(|ns| !ns.is_empty() && ns != own),
        _ => false,
    };
    let strictness = |process: ProcessContents| match process {
        ProcessContents::Skip => 0,
        ProcessContents::Lax => 1,
        ProcessContents::Strict => 2,
    };
    namespaces && strictness(outer.process) <= strictness(inner.process)
}

/// Whether two parts stand at the same place, seen from the parts that are known to be the same.
fn neighbours(from: usize, to: usize, pairs: &[(usize, usize)]) -> bool {
    let before = pairs.iter().filter(|(old, _)| *old < from).map(|(_, new)| *new).max();
    let behind = pairs.iter().filter(|(old, _)| *old > from).map(|(_, new)| *new).min();
    before.is_none_or(|new| new < to) && behind.is_none_or(|new| new > to)
}

fn has_plain_wire(model: &crate::model::Model) -> bool {
    let mut bindings = model.services.iter().flat_map(|service| &service.bindings);
    bindings.any(|binding| matches!(binding.protocol, crate::model::Protocol::Plain { .. }))
}

fn join(path: &str, step: &str) -> String {
    // A group's names are one step, which must not read like a path.
    if path.is_empty() { step.to_owned() } else { format!("{path}/{step}") }
}
