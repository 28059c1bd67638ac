//! Writing records, lists, choices.

use super::encoder::{Encoder, Spot};
use super::search::can_be_empty;
use super::slots;
use crate::error::{EncodeErrorKind, Write};
use crate::shape::{Flags, Kind, Member, Name, Place, Shape};
use crate::value::{Choice, Value};

impl Encoder<'_> {
    /// Writes a record: `slots` are its members, in the shape's order.
    ///
    /// # Errors
    /// What the wire cannot carry.
    pub fn record(&mut self, shape: &'static Shape, slots: &[&dyn Value]) -> Write {
        if self.check.is_some() {
            return self.check_record(shape, slots);
        }
        if self.slots.is_some() || matches!(shape.kind, Kind::Slots | Kind::Packed(_)) {
            return slots::write_record(self, shape, slots);
        }
        if let Some(segments) = &mut self.segments {
            if !segments.enter() {
                return Err(self.value_error("a single text: a path has no structure"));
            }
            return self.members(shape, slots);
        }
        if let Some(pairs) = &mut self.pairs
            && !matches!(self.spot, Spot::Inline(_) | Spot::Elsewhere(_))
        {
            if !pairs.enter() {
                return Err(self.value_error("a single text: a form has no structure"));
            }
            for (member, slot) in shape.members.iter().zip(slots) {
                if matches!(member.place, Place::Attribute | Place::AnyAttribute(_)) {
                    self.write_member(member, Spot::Attribute(member.name), *slot)?;
                }
            }
            return self.members(shape, slots);
        }
        let name = match self.spot {
            Spot::Element(name) | Spot::Item(name) => name,
            Spot::Inline(_) => return self.members(shape, slots),
            Spot::Elsewhere(only) => return Err(self.error(EncodeErrorKind::OtherWire { only })),
            _ => return Err(self.value_error("a value of the member's type")),
        };
        let secret = self.flags.has(Flags::SECRET);
        let opened = self.out.open(name);
        self.parts_begin_element();
        self.write_type();
        self.secret += usize::from(secret);
        for (member, slot) in shape.members.iter().zip(slots) {
            match member.place {
                Place::Attribute => self.write_member(member, Spot::Attribute(member.name), *slot)?,
                Place::AnyAttribute(_) => self.write_member(member, Spot::AnyAttribute, *slot)?,
                _ => {}
            }
        }
        self.members(shape, slots)?;
        self.secret -= usize::from(secret);
        self.out.close(opened);
        Ok(())
    }

    /// Writes what is no attribute, in the order of the wire.
    fn members(&mut self, shape: &'static Shape, slots: &[&dyn Value]) -> Write {
        if self.out.profile().ordinal && !shape.ordinal.is_empty() {
            for index in shape.ordinal {
                let index = usize::from(*index);
                if let (Some(member), Some(slot)) = (shape.members.get(index), slots.get(index)) {
                    self.content_member(member, *slot)?;
                }
            }
            // What has no place in that order (text, wildcards) comes last.
            for (index, (member, slot)) in shape.members.iter().zip(slots).enumerate() {
                if !shape.ordinal.iter().any(|listed| usize::from(*listed) == index) {
                    self.content_member(member, *slot)?;
                }
            }
            return Ok(());
        }
        for (member, slot) in shape.members.iter().zip(slots) {
            self.content_member(member, *slot)?;
        }
        Ok(())
    }

    fn content_member(&mut self, member: &'static Member, slot: &dyn Value) -> Write {
        let spot = match member.place {
            Place::Element => Spot::Element(member.name),
            Place::Wrapped(item) => Spot::Wrapped(member.name, item),
            Place::Text => Spot::Text,
            Place::Inline(inner) => Spot::Inline(inner),
            Place::Any(_) => Spot::Any,
            Place::Attribute | Place::AnyAttribute(_) => return Ok(()),
            // Positional members on a wire with names: named like elements.
            Place::Slot(_) | Place::Part(_) => Spot::Element(member.name),
            Place::Rest => return Ok(()),
        };
        self.write_member(member, spot, slot)
    }

    pub(super) fn write_member(&mut self, member: &'static Member, spot: Spot, slot: &dyn Value) -> Write {
        let (wrong, only) = if self.out.profile().plain {
            (Flags::ONLY_SOAP, "SOAP wires")
        } else {
            (Flags::ONLY_PLAIN, "plain XML wires")
        };
        let before = (self.spot, self.flags);
        self.spot = if member.flags.has(wrong) { Spot::Elsewhere(only) } else { spot };
        self.flags = member.flags;
        self.path.push((member.name.local, 0));
        if member.ty.is_some() && self.out.profile().encoding.is_some() {
            self.pending_type = member.ty.copied();
            slot.write(self)?;
            self.pending_type = None;
        } else {
            slot.write(self)?;
        }
        self.path.pop();
        (self.spot, self.flags) = before;
        Ok(())
    }

    /// Writes a list: `item` writes the item with an index.
    ///
    /// # Errors
    /// An empty list where an item is required; whatever is wrong with an item.
    pub fn list(&mut self, len: usize, item: &mut dyn FnMut(&mut Self, usize) -> Write) -> Write {
        if self.slots.is_some() {
            return slots::write_list(self, len, item);
        }
        if self.segments.is_some() {
            return Err(self.value_error("a single text: a path has no lists"));
        }
        if self.check.is_some() {
            return self.check_list(len, item);
        }
        let (spot, flags, ty) = (self.spot, self.flags, self.pending_type.take());
        if self.pairs.is_some()
            && let Spot::Wrapped(name, of) = spot
        {
            // The items of a list go by the name of the list (WSDL 1.1 §4.7 knows no lists; ASP.NET repeats the name).
            let secret = usize::from(flags.has(Flags::SECRET));
            self.secret += secret;
            self.items(len, Spot::Item(name), of.flags, None, item)?;
            self.secret -= secret;
            (self.spot, self.flags) = (spot, flags);
            return Ok(());
        }
        match spot {
            Spot::Elsewhere(only) if len > 0 => return Err(self.error(EncodeErrorKind::OtherWire { only })),
            Spot::Elsewhere(_) => return Ok(()),
            Spot::Wrapped(name, of) if !of.ranks.is_empty() => {
                let secret = usize::from(flags.has(Flags::SECRET));
                self.secret += secret;
                self.nested_array(name, of, of.ranks, len, item)?;
                self.secret -= secret;
            }
            Spot::Row { of, left: 0, inner } => self.nested_array(of.name, of, inner, len, item)?,
            Spot::Row { of, left, inner } => self.row(of, left - 1, inner, len, item)?,
            Spot::Measured { depth, left } => self.measure(depth, left, len, item)?,
            Spot::Wrapped(name, of) => {
                let secret = flags.has(Flags::SECRET);
                let opened = self.out.open(name);
                let encoding = self.out.profile().encoding;
                match encoding {
                    Some(encoding) if of.flags.has(Flags::ARRAY) => self.array(encoding, of.ty, &[len], &[])?,
                    _ => {
                        self.pending_type = ty;
                        self.write_type();
                    }
                }
                self.secret += usize::from(secret);
                self.path.push((of.name.local, 0));
                let ty = of.ty.filter(|_| encoding.is_some());
                self.items(len, Spot::Item(of.name), of.flags, ty.copied(), item)?;
                self.path.pop();
                self.secret -= usize::from(secret);
                self.out.close(opened);
            }
            _ if len == 0 => {
                let may_be_empty = matches!(spot, Spot::Inline(inner) if can_be_empty(inner));
                if flags.has(Flags::REQUIRED) && !may_be_empty {
                    return Err(self.error(EncodeErrorKind::Empty));
                }
            }
            Spot::Element(name) => self.items(len, Spot::Item(name), flags, ty, item)?,
            _ => self.items(len, spot, flags, ty, item)?,
        }
        (self.spot, self.flags) = (spot, flags);
        Ok(())
    }

    pub(super) fn items(
        &mut self,
        len: usize,
        spot: Spot,
        flags: Flags,
        ty: Option<Name>,
        item: &mut dyn FnMut(&mut Self, usize) -> Write,
    ) -> Write {
        for index in 0..len {
            if let Some(last) = self.path.last_mut() {
                last.1 = index + 1;
            }
            self.spot = spot;
            self.flags = flags;
            self.pending_type = ty;
            item(self, index)?;
        }
        Ok(())
    }

    /// Writes a choice: the variant that is selected.
    ///
    /// # Errors
    /// What the wire cannot carry.
    pub fn choice(&mut self, shape: &'static Shape, value: &dyn Choice) -> Write {
        if self.check.is_some() {
            return self.check_choice(shape, value);
        }
        if self.slots.is_some() {
            return slots::write_choice(self, shape, value);
        }
        let (index, inner) = value.selected();
        let Some(member) = shape.members.get(index) else {
            return Err(self.value_error("a variant of the choice"));
        };
        if self.segments.is_some() {
            return Err(self.value_error("a single text: a path has no choices"));
        }
        match self.spot {
            Spot::Inline(_) => self.content_member(member, inner),
            Spot::Elsewhere(only) => Err(self.error(EncodeErrorKind::OtherWire { only })),
            Spot::Element(_) | Spot::Item(_) if self.pairs.as_mut().is_some_and(|pairs| !pairs.enter()) => {
                Err(self.value_error("a single text: a form has no structure"))
            }
            Spot::Element(_) | Spot::Item(_) if self.pairs.is_some() => self.content_member(member, inner),
            Spot::Element(name) | Spot::Item(name) => {
                let secret = self.flags.has(Flags::SECRET);
                let opened = self.out.open(name);
                self.write_type();
                self.secret += usize::from(secret);
                self.content_member(member, inner)?;
                self.secret -= usize::from(secret);
                self.out.close(opened);
                Ok(())
            }
            _ => Err(self.value_error("a value of the member's type")),
        }
    }

    /// Writes one of several types, named by `xsi:type` unless it is the one that is meant without.
    ///
    /// # Errors
    /// What the wire cannot carry.
    pub fn typed(&mut self, shape: &'static Shape, value: &dyn Choice) -> Write {
        if self.slots.is_some() {
            return slots::write_choice(self, shape, value);
        }
        let (index, inner) = value.selected();
        let Some(member) = shape.members.get(index) else {
            return Err(self.value_error("a variant of the type"));
        };
        if matches!(member.place, Place::Element) && !member.flags.has(Flags::DEFAULT) {
            self.pending_type = Some(member.name);
        }
        inner.write(self)?;
        self.pending_type = None;
        Ok(())
    }
}
