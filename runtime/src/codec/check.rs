//! Walking a value to have it looked at instead of written: the same walk, without a wire.

use std::fmt;

use super::encoder::{Encoder, Spot, path_text};
use crate::error::{EncodeError, EncodeErrorKind, Write};
use crate::facet::Facet;
use crate::shape::{Flags, Item, Member, Name, Place, Shape};
use crate::value::{Choice, Value};

/// Who looks at values.
pub(crate) trait Check: fmt::Debug {
    /// The text of a value.
    fn text(&mut self, at: At<'_>, text: &str);

    /// A value that an open enumeration keeps and does not name.
    fn unlisted(&mut self, at: At<'_>, text: &str);

    /// How many items a list has; for choices and groups, which have no name, of which shape.
    fn count(&mut self, at: At<'_>, len: usize, of: Option<&'static Shape>);

    /// A value that no wire could carry.
    fn refused(&mut self, error: EncodeError);
}

/// Where a value stands.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    path: &'a [(&'static str, usize)],
    /// What the contract says about it.
    pub(crate) facets: &'static [Facet],
    /// It is never shown.
    pub(crate) secret: bool,
}

impl At<'_> {
    /// The path from the value that is checked.
    pub(crate) fn path(&self) -> String {
        path_text(self.path)
    }
}

impl<'e> Encoder<'e> {
    /// Has a value looked at. The root's name may be empty: paths begin with its members then.
    pub(crate) fn check(root: Name, facets: &'static [Facet], value: &dyn Value, check: &'e mut dyn Check) {
        let mut encoder = Encoder::new(super::Profile::SOAP);
        encoder.check = Some(check);
        encoder.facets = facets;
        if let Err(error) = encoder.root(root, value) {
            encoder.refused(*error);
        }
    }

    /// Tells the checker something, if there is one.
    pub(super) fn tell(&mut self, what: impl FnOnce(&mut dyn Check, At<'_>)) {
        let secret = self.is_secret();
        if let Some(check) = &mut self.check {
            what(&mut **check, At { path: &self.path, facets: self.facets, secret });
        }
    }

    fn refused(&mut self, error: EncodeError) {
        if let Some(check) = &mut self.check {
            check.refused(error);
        }
    }

    /// Looks at what is written by `write`, and goes on behind it whatever is wrong there.
    fn apart(&mut self, write: impl FnOnce(&mut Self) -> Write) {
        let (spot, flags, facets) = (self.spot, self.flags, self.facets);
        let (depth, secret) = (self.path.len(), self.secret);
        if let Err(error) = write(self) {
            self.refused(*error);
        }
        self.path.truncate(depth);
        (self.spot, self.flags, self.facets, self.secret) = (spot, flags, facets, secret);
    }

    pub(super) fn check_record(&mut self, shape: &'static Shape, slots: &[&dyn Value]) -> Write {
        if !matches!(self.spot, Spot::Element(_) | Spot::Item(_) | Spot::Inline(_)) {
            return Err(self.value_error("a value of the member's type"));
        }
        self.secret += usize::from(self.flags.has(Flags::SECRET));
        for (member, slot) in shape.members.iter().zip(slots) {
            self.check_member(member, *slot);
        }
        Ok(())
    }

    fn check_member(&mut self, member: &'static Member, slot: &dyn Value) {
        let spot = match member.place {
            Place::Element | Place::Slot(_) | Place::Part(_) => Spot::Element(member.name),
            Place::Wrapped(item) => Spot::Wrapped(member.name, item),
            Place::Attribute => Spot::Attribute(member.name),
            Place::AnyAttribute(_) => Spot::AnyAttribute,
            Place::Text => Spot::Text,
            Place::Inline(inner) => Spot::Inline(inner),
            Place::Any(_) => Spot::Any,
            // Values that no contract describes.
            Place::Rest => return,
        };
        self.apart(|to| {
            to.path.push((member.name.local, 0));
            (to.spot, to.flags, to.facets) = (spot, member.flags, member.facets);
            slot.write(to)
        });
    }

    pub(super) fn check_choice(&mut self, shape: &'static Shape, value: &dyn Choice) -> Write {
        let (index, inner) = value.selected();
        let Some(member) = shape.members.get(index) else {
            return Err(self.value_error("a variant of the choice"));
        };
        self.secret += usize::from(self.flags.has(Flags::SECRET));
        self.check_member(member, inner);
        Ok(())
    }

    pub(super) fn check_list(&mut self, len: usize, item: &mut dyn FnMut(&mut Self, usize) -> Write) -> Write {
        match self.spot {
            Spot::Wrapped(_, of) => self.check_wrapped(len, of, item),
            Spot::Row { of, left, inner } => {
                self.path.push((of.name.local, 0));
                self.check_items(len, row(of, left, inner), item);
                self.path.pop();
            }
            spot => {
                let may_be_empty = matches!(spot, Spot::Inline(inner) if super::search::can_be_empty(inner));
                if len == 0 && self.flags.has(Flags::REQUIRED) && !may_be_empty {
                    return Err(self.error(EncodeErrorKind::Empty));
                }
                let of = match spot {
                    Spot::Inline(inner) => Some(inner),
                    _ => None,
                };
                if len > 0 {
                    self.tell(|check, at| check.count(at, len, of));
                }
                let spot = if let Spot::Element(name) = spot { Spot::Item(name) } else { spot };
                self.check_items(len, spot, item);
            }
        }
        Ok(())
    }

    fn check_wrapped(&mut self, len: usize, of: &'static Item, item: &mut dyn FnMut(&mut Self, usize) -> Write) {
        self.apart(|to| {
            to.secret += usize::from(to.flags.has(Flags::SECRET));
            to.path.push((of.name.local, 0));
            (to.flags, to.facets) = (of.flags, of.facets);
            to.tell(|check, at| check.count(at, len, None));
            let depth: u8 = of.ranks.iter().sum();
            to.check_items(len, row(of, depth.saturating_sub(1), &[]), item);
            Ok(())
        });
    }

    fn check_items(&mut self, len: usize, spot: Spot, item: &mut dyn FnMut(&mut Self, usize) -> Write) {
        for index in 0..len {
            if let Some(last) = self.path.last_mut() {
                last.1 = index + 1;
            }
            self.apart(|to| {
                to.spot = spot;
                item(to, index)
            });
        }
    }
}

/// What stands in an array: rows while it has dimensions left, whatever arrays they are of.
fn row(of: &'static Item, left: u8, inner: &'static [u8]) -> Spot {
    match left {
        0 => Spot::Item(of.name),
        left => Spot::Row { of, left: left - 1, inner },
    }
}
