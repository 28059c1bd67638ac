//! Reading records and groups.

use super::decoder::{Decoder, Spot, blank};
use super::search::{Found, Search, accepts_text, can_be_empty};
use super::seen::Seen;
use super::slots;
use crate::error::{DecodeErrorKind, DriftKind, Read};
use crate::facet::value_of_empty;
use crate::shape::{Flags, Item, Kind, Member, Place, Shape};
use crate::value::Value;
use crate::xml::{Attribute, NamespaceId, Start, Token, XSI_NAMESPACE};

impl<'d> Decoder<'d> {
    /// Reads a record: `slots` are its members, in the shape's order.
    ///
    /// # Errors
    /// Whatever is wrong with it.
    pub fn record(&mut self, shape: &'static Shape, slots: &mut [&mut dyn Value]) -> Read {
        if self.slots.is_some() || matches!(shape.kind, Kind::Slots | Kind::Packed(_)) {
            return slots::read_record(self, shape, slots);
        }
        match std::mem::take(&mut self.spot) {
            Spot::Element => self.content(shape, slots),
            Spot::Inline { start, repeats } => self.group(shape, slots, Some(Token::Start(start)), repeats),
            Spot::InlineText(text) => self.group(shape, slots, Some(Token::Text(text)), true),
            Spot::Nothing => {
                self.check_missing(shape, slots, &Seen::new(slots.len()), self.reader.element_start(), None)
            }
            Spot::Text(_) | Spot::Attribute(_) => Err(self.misplaced("text")),
        }
    }

    /// A whole element: its attributes, then its content up to its end tag.
    fn content(&mut self, shape: &'static Shape, slots: &mut [&mut dyn Value]) -> Read {
        let start = self.reader.element_start();
        let content = self.reader.position();
        let when_empty = self.when_empty.take();
        let mut seen = Seen::new(shape.members.len());
        let mut other_type = None;
        // Looked for when the first text comes: most elements hold none that matters.
        let mut text_member = None;
        if !self.reader.attributes().is_empty() {
            other_type = self.attributes(shape, slots, &mut seen)?;
        }
        self.type_known = false;
        let mut next = 0;
        // The last child that was looked for, and the namespace of its name.
        let mut sibling: Option<(Start<'d>, &'static str)> = None;
        loop {
            // What mostly comes, without the detour through a token: the member that is next, with its sibling's prefix.
            while self.pending.is_none() && self.reader.at_start_tag() {
                if let Some((before, ns)) = sibling
                    && let Some((index, member)) = self.expected(shape, &seen, next)
                    && std::ptr::eq(member.name.ns, ns)
                    && let Some(namespace) = self.reader.start_tag_like(before.prefix, member.name.local)?
                {
                    let child = Start { namespace, local: member.name.local, ..before };
                    // The element may have given the prefix another meaning.
                    next = if namespace == before.namespace {
                        let found = Found { index, position: Some(next) };
                        self.member(shape, slots, &mut seen, next, &found, child)?
                    } else {
                        self.child(shape, slots, &mut seen, next, child)?
                    };
                    continue;
                }
                let child = self.reader.start_tag()?;
                sibling = None;
                next = match self.search(shape, child, &seen, next) {
                    Search::Member(found) => {
                        if let Some(member) = shape.members.get(found.index)
                            && self.reader.declared_outside(child.namespace)
                            && self.named(child, &member.name)
                        {
                            sibling = Some((child, member.name.ns));
                        }
                        self.member(shape, slots, &mut seen, next, &found, child)?
                    }
                    search => self.no_member(shape, &search, child).map(|()| next)?,
                };
            }
            let from = self.reader.position();
            match self.token()? {
                Token::Start(child) => next = self.child(shape, slots, &mut seen, next, child)?,
                Token::End => {
                    // Content of no octets is no text.
                    if self.parts.has_included() {
                        self.include_itself(shape, slots, &mut seen, from)?;
                    }
                    break;
                }
                Token::Text(text) => {
                    let index = *text_member.get_or_insert_with(|| shape.members.iter().position(accepts_text));
                    if let Some(index) = index
                        && let Some(member) = shape.members.get(index)
                        && let Some(slot) = slots.get_mut(index)
                    {
                        match member.place {
                            Place::Text if seen.has(index) => return Err(self.misplaced("text after an element")),
                            Place::Text => self.text_member(member, text, content, &mut **slot)?,
                            _ => self.inline_text(member, text, &mut **slot)?,
                        }
                        seen.insert(index);
                    } else if self.parts.has_included() && self.include_itself(shape, slots, &mut seen, from)? {
                        // It was an include, and is one again.
                    } else if !blank(&text) {
                        let position = self.reader.position();
                        self.within(shape).drift(DriftKind::Text, &text, position)?;
                    }
                }
                Token::Eof => return Err(self.misplaced("end of the document")),
            }
        }
        self.when_empty = when_empty;
        self.check_missing(shape, slots, &seen, start, other_type)
    }

    /// The next token of the content, be it one that was put back.
    #[inline]
    pub(super) fn token(&mut self) -> Result<Token<'d>, Box<crate::error::DecodeError>> {
        match self.pending.take() {
            Some(token) => Ok(token),
            None => self.reader.next(),
        }
    }

    /// Reads a text into its member. `from`: where what is secret about it begins, if it is.
    fn text_member(
        &mut self,
        member: &'static Member,
        text: std::borrow::Cow<'d, str>,
        from: usize,
        slot: &mut dyn Value,
    ) -> Read {
        let secret = self.enter_secret(member.flags, from);
        self.spot = Spot::Text(text);
        self.flags = member.flags;
        slot.read(self)?;
        if secret {
            self.leave_secret(self.reader.position());
        }
        Ok(())
    }

    /// A run of text for the choice of a mixed content.
    fn inline_text(&mut self, member: &'static Member, text: std::borrow::Cow<'d, str>, slot: &mut dyn Value) -> Read {
        self.spot = Spot::InlineText(text);
        self.flags = member.flags;
        slot.read(self)
    }

    /// Reads attributes into their members. Returns the `xsi:type` that is not the shape's own, if there is one.
    fn attributes(
        &mut self,
        shape: &'static Shape,
        slots: &mut [&mut dyn Value],
        seen: &mut Seen,
    ) -> Result<Option<String>, Box<crate::error::DecodeError>> {
        let attributes = self.reader.take_attributes();
        let mut other_type = None;
        for attribute in &attributes {
            if self.reader.namespace_is(attribute.namespace, XSI_NAMESPACE) {
                if attribute.local == "type" && !self.type_known {
                    other_type = self.other_type(shape, attribute)?;
                }
                continue;
            }
            match self.attribute_member(shape, attribute) {
                Some((index, member)) => {
                    let Some(slot) = slots.get_mut(index) else { continue };
                    let secret = self.enter_secret(member.flags, attribute.range.start);
                    self.spot = match member.place {
                        Place::Attribute => Spot::Text(attribute.value.clone()),
                        _ => Spot::Attribute(Box::new(attribute.clone())),
                    };
                    self.flags = member.flags;
                    slot.read(self).map_err(|mut error| {
                        if matches!(error.kind, DecodeErrorKind::Value { .. }) {
                            error.path.push_str("/@");
                            error.path.push_str(attribute.local);
                            error.offset = attribute.range.start;
                        }
                        error
                    })?;
                    if secret {
                        self.leave_secret(attribute.range.end);
                    }
                    seen.insert(index);
                }
                None => {
                    self.within(shape).foreign_attribute(attribute)?;
                    // Not every attribute is worth a word, and the owner is that of the next one that is.
                    self.owner = None;
                }
            }
        }
        self.reader.return_attributes(attributes);
        Ok(other_type)
    }

    fn attribute_member(
        &mut self,
        shape: &'static Shape,
        attribute: &Attribute<'d>,
    ) -> Option<(usize, &'static Member)> {
        let mut wild = None;
        for (index, member) in shape.members.iter().enumerate() {
            match member.place {
                Place::Attribute if attribute.local == member.name.local => {
                    let same = if self.profile.namespaces || member.name.ns == crate::xml::XML_NAMESPACE {
                        self.reader.namespace_is(attribute.namespace, member.name.ns)
                    } else {
                        attribute.namespace == NamespaceId::NONE
                    };
                    if same {
                        return Some((index, member));
                    }
                }
                Place::AnyAttribute(wildcard)
                    if !self.profile.namespaces || wildcard.allows(self.reader.namespace(attribute.namespace)) =>
                {
                    wild = Some((index, member));
                }
                _ => {}
            }
        }
        wild
    }

    /// Looks at an `xsi:type` on a record that no other type can replace. A type of another name is told and kept in mind:
    /// if what follows fits, it is taken.
    fn other_type(
        &mut self,
        shape: &'static Shape,
        attribute: &Attribute<'d>,
    ) -> Result<Option<String>, Box<crate::error::DecodeError>> {
        let (namespace, local) = self.type_name(&attribute.value)?;
        if local == shape.name.local && (!self.profile.namespaces || namespace == shape.name.ns) {
            return Ok(None);
        }
        let found = if namespace.is_empty() { local.to_owned() } else { format!("{{{namespace}}}{local}") };
        self.within(shape).drift(DriftKind::UnknownType, &found, attribute.range.start)?;
        Ok(Some(found))
    }

    /// Reads a child element. Returns what is expected next.
    #[inline]
    fn child(
        &mut self,
        shape: &'static Shape,
        slots: &mut [&mut dyn Value],
        seen: &mut Seen,
        next: usize,
        child: Start<'d>,
    ) -> Result<usize, Box<crate::error::DecodeError>> {
        match self.search(shape, child, seen, next) {
            Search::Member(found) => self.member(shape, slots, seen, next, &found, child),
            search => self.no_member(shape, &search, child).map(|()| next),
        }
    }

    /// A child element that is no (further) member.
    #[cold]
    fn no_member(&mut self, shape: &'static Shape, search: &Search, child: Start<'d>) -> Read {
        match search {
            Search::Again(index) => Err(self.again(shape, *index)),
            Search::Member(_) | Search::Nowhere => self.unknown_element(shape, child),
        }
    }

    /// Reads a child element into its member. Returns what is expected next.
    #[inline]
    fn member(
        &mut self,
        shape: &'static Shape,
        slots: &mut [&mut dyn Value],
        seen: &mut Seen,
        next: usize,
        found: &Found,
        child: Start<'d>,
    ) -> Result<usize, Box<crate::error::DecodeError>> {
        let index = found.index;
        let (Some(member), Some(slot)) = (shape.members.get(index), slots.get_mut(index)) else { return Ok(next) };
        seen.insert(index);
        let mut after = next;
        if let Some(position) = found.position {
            if position < next && matches!(shape.kind, Kind::Record) && self.profile.encoding.is_none() {
                let start = self.reader.element_start();
                self.within(shape).drift(DriftKind::Order, child.local, start)?;
            }
            after = seen.next(member, position);
        }
        let elsewhere = if self.profile.plain { Flags::ONLY_SOAP } else { Flags::ONLY_PLAIN };
        if member.flags.has(elsewhere) {
            let start = self.reader.element_start();
            self.within(shape).drift(DriftKind::OtherWire, child.local, start)?;
        }
        self.read_member(member, &mut **slot, child, false)?;
        Ok(after)
    }

    /// Reads one occurrence of a member whose (first) element's start tag was read. `repeats`: an enclosing group does.
    #[inline]
    pub(super) fn read_member(
        &mut self,
        member: &'static Member,
        value: &mut dyn Value,
        start: Start<'d>,
        repeats: bool,
    ) -> Read {
        match member.place {
            Place::Element => {
                if !self.reader.attributes().is_empty() && self.nil()? {
                    return self.read_nil(member.flags, value, member.flags.has(Flags::REPEATED));
                }
                let secret = self.enter_secret(member.flags, self.reader.position());
                self.spot = Spot::Element;
                self.flags = member.flags;
                if member.flags.has(Flags::HAS_DEFAULT) {
                    self.when_empty = value_of_empty(member.facets);
                    value.read(self)?;
                    self.when_empty = None;
                } else {
                    value.read(self)?;
                }
                if secret {
                    self.leave_secret(self.reader.content_end());
                }
                Ok(())
            }
            Place::Wrapped(item) => self.wrapped(member, item, value),
            Place::Inline(_) => {
                self.spot = Spot::Inline { start, repeats: repeats || member.flags.has(Flags::REPEATED) };
                self.flags = member.flags;
                value.read(self)
            }
            Place::Any(_) => {
                let secret = self.enter_secret(member.flags, self.reader.element_start());
                self.spot = Spot::Element;
                self.flags = member.flags;
                value.read(self)?;
                if secret {
                    self.leave_secret(self.reader.position());
                }
                Ok(())
            }
            _ => Err(self.misplaced(start.local)),
        }
    }

    /// Reads a wrapper element and the items in it.
    fn wrapped(&mut self, member: &'static Member, item: &'static Item, value: &mut dyn Value) -> Read {
        let secret = self.enter_secret(member.flags, self.reader.position());
        if !self.reader.attributes().is_empty() {
            if self.nil()? {
                self.read_nil(member.flags, value, false)?;
                if secret {
                    self.leave_secret(self.reader.content_end());
                }
                return Ok(());
            }
            if !item.flags.has(Flags::ARRAY) {
                self.foreign_attributes()?;
            }
        }
        value.open_list();
        if item.flags.has(Flags::ARRAY) {
            self.array(item.ranks, item, value)?;
            if secret {
                self.leave_secret(self.reader.content_end());
            }
            return Ok(());
        }
        loop {
            match self.reader.next()? {
                Token::Start(start) if self.named(start, &item.name) => {
                    let secret = self.enter_secret(item.flags, self.reader.position());
                    if !self.reader.attributes().is_empty() && self.nil()? {
                        self.read_nil(item.flags, value, true)?;
                    } else {
                        self.spot = Spot::Element;
                        self.flags = item.flags;
                        value.read(self)?;
                    }
                    if secret {
                        self.leave_secret(self.reader.content_end());
                    }
                }
                Token::Start(start) => self.skip_unknown(start)?,
                Token::End => break,
                Token::Text(text) if blank(&text) => {}
                Token::Text(text) => self.drift(DriftKind::Text, &text, self.reader.position())?,
                Token::Eof => return Err(self.misplaced("end of the document")),
            }
        }
        if secret {
            self.leave_secret(self.reader.content_end());
        }
        Ok(())
    }

    /// An element that no member is for.
    fn unknown_element(&mut self, shape: &'static Shape, child: Start<'d>) -> Read {
        if shape.members.iter().any(|member| matches!(member.place, Place::Text)) {
            return Err(self.element_in_text(child));
        }
        self.within(shape).skip_unknown(child)
    }

    /// Passes over an element, and reports it.
    #[cold]
    pub(super) fn skip_unknown(&mut self, _: Start<'d>) -> Read {
        let element = self.reader.element_start();
        if self.strict {
            let text = self.reader.text();
            let tag = text.get(element..self.reader.position()).unwrap_or_default();
            return self.drift_at(DriftKind::UnknownElement, tag, element, element, String::new());
        }
        let skipped = self.reader.skip()?;
        let raw = self.reader.text().get(skipped.outer).unwrap_or_default();
        self.drift_at(DriftKind::UnknownElement, raw, element, element, String::new())
    }

    /// A member that occurs once occurs again.
    #[cold]
    pub(super) fn again(&self, shape: &'static Shape, index: usize) -> Box<crate::error::DecodeError> {
        match shape.members.get(index) {
            Some(member) if matches!(member.place, Place::Inline(_)) => self.error(DecodeErrorKind::Unexpected {
                found: "element of a group or choice that was read already".into(),
                expected: "each group and choice once, in one piece".into(),
            }),
            Some(member) => {
                self.error(DecodeErrorKind::Duplicate { member: format!("element <{}>", member.name.local) })
            }
            None => self.misplaced_again(),
        }
    }

    fn misplaced_again(&self) -> Box<crate::error::DecodeError> {
        self.error(DecodeErrorKind::Duplicate { member: "an element".into() })
    }

    /// Reads a group: siblings while they fit, the first of them already read. What does not fit is put back.
    fn group(
        &mut self,
        shape: &'static Shape,
        slots: &mut [&mut dyn Value],
        first: Option<Token<'d>>,
        repeats: bool,
    ) -> Read {
        let around = self.reader.element_start();
        let mut seen = Seen::new(shape.members.len());
        let mut next = 0;
        let mut token = first;
        loop {
            let current = match token.take() {
                Some(token) => token,
                None => self.token()?,
            };
            match current {
                Token::Start(child) => match self.search(shape, child, &seen, next) {
                    // In a list of groups, what stands before in the group begins the next one.
                    Search::Member(found) if !(repeats && found.position.is_some_and(|position| position < next)) => {
                        let index = found.index;
                        let (Some(member), Some(slot)) = (shape.members.get(index), slots.get_mut(index)) else {
                            break;
                        };
                        seen.insert(index);
                        if let Some(position) = found.position {
                            if position < next {
                                let start = self.reader.element_start();
                                self.within(shape).drift(DriftKind::Order, child.local, start)?;
                            }
                            next = seen.next(member, position);
                        }
                        self.read_member(member, &mut **slot, child, repeats)?;
                    }
                    _ => {
                        self.pending = Some(Token::Start(child));
                        break;
                    }
                },
                Token::Text(text) => {
                    let position = shape.members.iter().position(accepts_text).filter(|index| {
                        *index >= next && (!seen.has(*index) || shape.members[*index].flags.has(Flags::REPEATED))
                    });
                    match position.and_then(|index| Some((index, shape.members.get(index)?, slots.get_mut(index)?))) {
                        Some((index, member, slot)) => {
                            seen.insert(index);
                            match member.place {
                                Place::Text => self.text_member(member, text, around, &mut **slot)?,
                                _ => self.inline_text(member, text, &mut **slot)?,
                            }
                        }
                        None if blank(&text) => {}
                        None => {
                            self.pending = Some(Token::Text(text));
                            break;
                        }
                    }
                }
                other => {
                    self.pending = Some(other);
                    break;
                }
            }
        }
        self.check_missing(shape, slots, &seen, around, None)
    }

    /// Every required member must have occurred.
    #[inline]
    fn check_missing(
        &mut self,
        shape: &'static Shape,
        slots: &mut [&mut dyn Value],
        seen: &Seen,
        element: usize,
        other_type: Option<String>,
    ) -> Read {
        for (index, member) in shape.members.iter().enumerate() {
            if seen.has(index) || !(member.flags.has(Flags::REQUIRED) || self.has_parts()) {
                continue;
            }
            self.missing(shape, member, slots.get_mut(index), element, other_type.as_deref())?;
        }
        Ok(())
    }

    #[cold]
    fn missing(
        &mut self,
        shape: &'static Shape,
        member: &'static Member,
        slot: Option<&mut &mut dyn Value>,
        element: usize,
        other_type: Option<&str>,
    ) -> Read {
        let elsewhere = if self.profile.plain { Flags::ONLY_SOAP } else { Flags::ONLY_PLAIN };
        if member.flags.has(Flags::ABSENT_IS_EMPTY) || member.flags.has(elsewhere) {
            return Ok(());
        }
        let mut slot = slot;
        // Content that travels beside the document is nowhere in it.
        if matches!(member.place, Place::Element)
            && let Some(slot) = &mut slot
            && slot.read_beside(member.name.local, self)
        {
            return Ok(());
        }
        match (member.place, slot) {
            (Place::AnyAttribute(_), _) => return Ok(()),
            (Place::Text, Some(slot)) => {
                self.spot = Spot::Text(self.when_empty.take().unwrap_or_default().into());
                self.flags = member.flags;
                return slot.read(self);
            }
            (Place::Inline(inner), Some(slot)) if can_be_empty(inner) => {
                self.spot = Spot::Nothing;
                self.flags = member.flags;
                return slot.read(self);
            }
            _ => {}
        }
        if !member.flags.has(Flags::REQUIRED) {
            return Ok(());
        }
        let kind = match other_type {
            // The type it claims to be explains best why something is missing.
            Some(found) => DecodeErrorKind::XsiType { found: found.into(), expected: shape.name.local.into() },
            None => DecodeErrorKind::Missing { member: describe(member) },
        };
        Err(self.error_at(kind, element, self.reader.position()))
    }
}

/// A member as errors call it.
pub(super) fn describe(member: &Member) -> String {
    match member.place {
        Place::Attribute => format!("attribute {}", member.name.local),
        Place::Inline(inner) if matches!(inner.kind, Kind::Choice) => {
            let names: Vec<&str> =
                inner.members.iter().map(|member| member.name.local).filter(|name| !name.is_empty()).collect();
            if names.is_empty() {
                format!("content ({})", inner.name.local)
            } else {
                format!("one of <{}>", names.join(">, <"))
            }
        }
        Place::Inline(inner) => match inner.members.iter().find(|member| member.flags.has(Flags::REQUIRED)) {
            Some(member) => describe(member),
            None => format!("content ({})", inner.name.local),
        },
        Place::Any(_) => "element (of any name)".into(),
        _ => format!("element <{}>", member.name.local),
    }
}
