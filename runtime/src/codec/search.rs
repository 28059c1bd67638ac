//! Which member an element belongs to.

use super::decoder::Decoder;
use super::seen::Seen;
use crate::shape::{Flags, Kind, Member, Name, Place, Shape};
use crate::xml::chars::same;
use crate::xml::{NamespaceId, Start};

/// A member found for an element.
pub(super) struct Found {
    /// Index of the member: its slot.
    pub(super) index: usize,
    /// Its place in the order of the wire; `None` when it has none.
    pub(super) position: Option<usize>,
}

/// Where an element belongs.
pub(super) enum Search {
    Member(Found),
    /// To this member, which occurs once and has occurred.
    Again(usize),
    Nowhere,
}

impl<'d> Decoder<'d> {
    /// Whether an element has this name on the wire.
    #[inline]
    pub(super) fn named(&mut self, start: Start<'d>, name: &Name) -> bool {
        same(start.local.as_bytes(), name.local.as_bytes())
            && if self.profile.namespaces {
                self.reader.namespace_is(start.namespace, name.ns)
            } else {
                start.namespace == NamespaceId::NONE
            }
    }

    /// The index of the member that comes next, where that is an element that can occur here.
    #[inline]
    pub(super) fn expected(&self, shape: &'static Shape, seen: &Seen, next: usize) -> Option<(usize, &'static Member)> {
        let index = match self.order(shape) {
            None => next,
            Some(order) => usize::from(*order.get(next)?),
        };
        let member = shape.members.get(index)?;
        let can_occur = !seen.has(index) || member.flags.has(Flags::REPEATED);
        (can_occur && matches!(member.place, Place::Element | Place::Wrapped(_))).then_some((index, member))
    }

    /// Finds the member an element belongs to, looking first at `next` (a place in the order of the wire), then behind it,
    /// then before it. Wildcards come last.
    #[inline]
    pub(super) fn search(&mut self, shape: &'static Shape, start: Start<'d>, seen: &Seen, next: usize) -> Search {
        let order = self.order(shape);
        // A wildcard that must be met here takes whatever comes, be it one of its neighbours by name: a schema in which both
        // were possible would be ambiguous.
        if order.is_none()
            && matches!(shape.kind, Kind::Record | Kind::Group)
            && let Some(member) = shape.members.get(next)
            && matches!(member.place, Place::Any(_))
            && member.flags.has(Flags::REQUIRED)
            && !member.flags.has(Flags::REPEATED)
            && !seen.has(next)
            && self.accepts_any(member, start)
        {
            return Search::Member(Found { index: next, position: Some(next) });
        }
        let count = order.map_or(shape.members.len(), <[u16]>::len);
        let (mut again, mut inside) = (None, None);
        for step in 0..count {
            let mut position = next + step;
            let before = position >= count;
            if before {
                position -= count;
                if inside.is_some() {
                    break;
                }
            }
            let index = match order {
                None => position,
                Some(order) => order.get(position).map_or(usize::MAX, |index| usize::from(*index)),
            };
            let Some(member) = shape.members.get(index) else { continue };
            if !self.accepts_named(member, start) {
                continue;
            }
            if seen.has(index) && !member.flags.has(Flags::REPEATED) {
                again = again.or(Some(index));
                continue;
            }
            // A group that lacks its beginning is better than nothing, and worse than what begins here.
            if !before && matches!(member.place, Place::Inline(_)) && !self.begins(member, start) {
                inside = inside.or(Some(Found { index, position: Some(position) }));
                continue;
            }
            // What was passed and need not have been there is no reason to call an element misplaced that is allowed here.
            if before
                && order.is_none()
                && !member.flags.has(Flags::REQUIRED)
                && let Some(index) = self.open_place(shape, start, seen, next, index)
            {
                return Search::Member(Found { index, position: Some(index) });
            }
            return Search::Member(Found { index, position: Some(position) });
        }
        match inside {
            Some(found) => Search::Member(found),
            None => self.search_rest(shape, start, seen, next, again),
        }
    }

    /// Members that are not in the order of the wire, and wildcards: one for any element takes what its name's own member
    /// has had already.
    #[cold]
    fn search_rest(
        &mut self,
        shape: &'static Shape,
        start: Start<'d>,
        seen: &Seen,
        next: usize,
        mut again: Option<usize>,
    ) -> Search {
        if self.order(shape).is_some() {
            for (index, member) in shape.members.iter().enumerate() {
                if self.accepts_named(member, start) {
                    if !seen.has(index) || member.flags.has(Flags::REPEATED) {
                        return Search::Member(Found { index, position: None });
                    }
                    again = again.or(Some(index));
                }
            }
        }
        let found = self
            .wildcard_behind(shape, start, seen, next)
            .or_else(|| (0..next.min(shape.members.len())).find(|index| self.takes_wild(shape, *index, start, seen)));
        if let Some(index) = found {
            // What comes behind open content is expected next; open content itself is nowhere out of order.
            let position = (index >= next && self.order(shape).is_none()).then_some(index);
            return Search::Member(Found { index, position });
        }
        again.map_or(Search::Nowhere, Search::Again)
    }

    /// The wildcard at or behind `next` that an element belongs to although a member before is named so: that need not have been
    /// there and was passed, and what must be there in between (if any of its sequence is) tells the two apart. Otherwise the
    /// element is misplaced.
    #[cold]
    fn open_place(
        &mut self,
        shape: &'static Shape,
        start: Start<'d>,
        seen: &Seen,
        next: usize,
        passed: usize,
    ) -> Option<usize> {
        let index = self.wildcard_behind(shape, start, seen, next).filter(|_| matches!(shape.kind, Kind::Record))?;
        let between = shape.members.get(passed + 1..index)?;
        let divides = |(at, member): (usize, &Member)| {
            member.flags.has(Flags::REQUIRED) || (member.flags.has(Flags::DIVIDES) && seen.has(passed + 1 + at))
        };
        between.iter().enumerate().any(divides).then_some(index)
    }

    /// The member at or behind `next` that takes an element by a wildcard.
    #[cold]
    fn wildcard_behind(&mut self, shape: &'static Shape, start: Start<'d>, seen: &Seen, next: usize) -> Option<usize> {
        (next..shape.members.len()).find(|index| self.takes_wild(shape, *index, start, seen))
    }

    /// Whether a member can occur (again), and takes an element by a wildcard.
    fn takes_wild(&mut self, shape: &'static Shape, index: usize, start: Start<'d>, seen: &Seen) -> bool {
        shape.members.get(index).is_some_and(|member| {
            (!seen.has(index) || member.flags.has(Flags::REPEATED)) && self.accepts_any(member, start)
        })
    }

    /// The order of the wire, where it is not the order of the members.
    #[inline]
    pub(super) fn order(&self, shape: &'static Shape) -> Option<&'static [u16]> {
        (self.profile.ordinal && !shape.ordinal.is_empty()).then_some(shape.ordinal)
    }

    /// Whether an element can be (the beginning of) this member, by name.
    #[inline]
    pub(super) fn accepts_named(&mut self, member: &'static Member, start: Start<'d>) -> bool {
        match member.place {
            Place::Element | Place::Wrapped(_) => self.named(start, &member.name),
            Place::Inline(inner) => self.alternative_named(inner, start).is_some(),
            _ => false,
        }
    }

    /// The first member of an inline shape that begins with an element, by name; else the first in which it occurs at all, so that
    /// a message that lacks something is told what it lacks.
    pub(super) fn alternative_named(&mut self, shape: &'static Shape, start: Start<'d>) -> Option<usize> {
        match sorted(shape) {
            Some(order) => by_name(shape, order, start.local, |member| self.accepts_named(member, start)),
            None => {
                let begins = shape.members.iter().position(|member| self.begins(member, start));
                begins.or_else(|| shape.members.iter().position(|member| self.accepts_named(member, start)))
            }
        }
    }

    /// Whether an element of this name begins a member: nothing that must be there comes before it.
    fn begins(&mut self, member: &'static Member, start: Start<'d>) -> bool {
        let Place::Inline(inner) = member.place else { return self.accepts_named(member, start) };
        if sorted(inner).is_some() {
            return self.accepts_named(member, start);
        }
        for member in inner.members {
            if self.begins(member, start) {
                return true;
            }
            let must = member.flags.has(Flags::REQUIRED)
                && !matches!(member.place, Place::Inline(inner) if can_be_empty(inner));
            if must && matches!(inner.kind, Kind::Group) {
                return false;
            }
        }
        false
    }

    /// Whether an element can be (the beginning of) this member, by wildcard.
    pub(super) fn accepts_any(&mut self, member: &'static Member, start: Start<'d>) -> bool {
        match member.place {
            Place::Any(wildcard) => !self.profile.namespaces || wildcard.allows(self.reader.namespace(start.namespace)),
            Place::Inline(inner) => {
                // A group does not begin behind what it must have.
                let group = matches!(inner.kind, Kind::Group);
                let must = |member: &Member| group && member.flags.has(Flags::REQUIRED) && !is_open(member);
                let first = inner.members.iter().position(must).unwrap_or(inner.members.len());
                inner.members[..first].iter().any(|member| self.accepts_any(member, start))
            }
            _ => false,
        }
    }
}

/// The table to look a choice's members up by, where there is one: comparing 600 names takes ten times as long as reading
/// what the name stands for.
pub(super) fn sorted(shape: &'static Shape) -> Option<&'static [u16]> {
    (matches!(shape.kind, Kind::Choice | Kind::Types) && !shape.ordinal.is_empty()).then_some(shape.ordinal)
}

/// The first member of this local name that fits, by a table sorted by local names.
pub(super) fn by_name(
    shape: &'static Shape,
    order: &'static [u16],
    local: &str,
    mut fits: impl FnMut(&'static Member) -> bool,
) -> Option<usize> {
    let name = |index: &u16| shape.members.get(usize::from(*index)).map_or("", |member| member.name.local);
    debug_assert!(order.is_sorted_by_key(name), "the table of {} is sorted", shape.name.local);
    let from = order.partition_point(|index| name(index) < local);
    let of_name = order.get(from..)?.iter().take_while(|index| name(index) == local);
    of_name.map(|index| usize::from(*index)).find(|index| shape.members.get(*index).is_some_and(&mut fits))
}

/// Whether a member begins with a wildcard, or may be nothing.
fn is_open(member: &Member) -> bool {
    matches!(member.place, Place::Any(_) | Place::Inline(_))
}

/// Whether a member can take a run of text between elements (mixed content).
pub(super) fn accepts_text(member: &Member) -> bool {
    match member.place {
        Place::Text => true,
        Place::Inline(inner) => inner.members.iter().any(accepts_text),
        _ => false,
    }
}

/// Whether an inline shape may stand for nothing at all.
pub(super) fn can_be_empty(shape: &Shape) -> bool {
    let empty = |member: &Member| {
        !member.flags.has(Flags::REQUIRED) || matches!(member.place, Place::Inline(inner) if can_be_empty(inner))
    };
    match shape.kind {
        Kind::Choice => shape.members.iter().any(empty),
        _ => shape.members.iter().all(empty),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{any, element};

    #[test]
    fn sorted_members_are_found_by_local_name_and_told_apart_by_namespace() {
        static SHAPE: Shape = Shape {
            name: Name::new("", "Any"),
            kind: Kind::Types,
            members: &[
                element("urn:a", "b", Flags::NONE),
                element("urn:a", "d", Flags::NONE),
                element("urn:b", "b", Flags::NONE),
                element("urn:b", "c", Flags::NONE),
                any(&crate::Wildcard::Any, Flags::NONE),
            ],
            ordinal: &[0, 2, 3, 1],
        };
        let find =
            |ns: &str, local: &str| by_name(&SHAPE, sorted(&SHAPE).unwrap(), local, |member| member.name.ns == ns);
        assert_eq!([find("urn:a", "b"), find("urn:b", "b"), find("urn:a", "d")], [Some(0), Some(2), Some(1)]);
        for (ns, local) in [("urn:a", "c"), ("urn:b", "d"), ("urn:a", "a"), ("urn:a", "e"), ("urn:a", "")] {
            assert_eq!(find(ns, local), None, "{ns} {local}");
        }
    }
}
