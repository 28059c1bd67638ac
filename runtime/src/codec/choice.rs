//! Reading choices, and records chosen by `xsi:type`.

use std::borrow::Cow;

use super::decoder::{Decoder, Spot, blank};
use super::search::{accepts_text, by_name, can_be_empty, sorted};
use super::{record, slots};
use crate::error::{DecodeError, DecodeErrorKind, DriftKind, Read};
use crate::shape::{Flags, Member, Place, Shape};
use crate::value::Choice;
use crate::xml::chars::is_ncname;
use crate::xml::{Start, Token, XSI_NAMESPACE};

impl<'d> Decoder<'d> {
    /// Reads a choice: exactly one of the shape's members.
    ///
    /// # Errors
    /// Whatever is wrong with it.
    pub fn choice(&mut self, shape: &'static Shape, value: &mut dyn Choice) -> Read {
        if self.slots.is_some() {
            return slots::read_choice(self, shape, value);
        }
        match std::mem::take(&mut self.spot) {
            Spot::Inline { start, repeats } => match self.alternative(shape, start) {
                Some(index) => self.take(shape, value, index, start, repeats),
                None => Err(self.misplaced(start.local)),
            },
            Spot::InlineText(text) => self.take_text(shape, value, text),
            Spot::Element => self.whole_choice(shape, value),
            Spot::Nothing => self.take_nothing(shape, value),
            Spot::Text(_) | Spot::Attribute(_) => Err(self.misplaced("text")),
        }
    }

    /// The member an element begins.
    pub(super) fn alternative(&mut self, shape: &'static Shape, start: Start<'d>) -> Option<usize> {
        self.alternative_named(shape, start)
            .or_else(|| shape.members.iter().position(|member| self.accepts_any(member, start)))
    }

    /// Reads the chosen member: once, or while it goes on when it is repeated.
    pub(super) fn take(
        &mut self,
        shape: &'static Shape,
        value: &mut dyn Choice,
        index: usize,
        first: Start<'d>,
        repeats: bool,
    ) -> Read {
        let Some(member) = shape.members.get(index) else { return Err(self.misplaced(first.local)) };
        let inner = value.select(index);
        let mut start = first;
        loop {
            self.read_member(member, inner, start, repeats)?;
            if !member.flags.has(Flags::REPEATED) {
                return Ok(());
            }
            let mut token = self.token()?;
            if matches!(&token, Token::Text(text) if blank(text)) {
                token = self.token()?;
            }
            match token {
                Token::Start(next) if self.accepts_named(member, next) || self.accepts_any(member, next) => {
                    start = next
                }
                other => {
                    self.pending = Some(other);
                    return Ok(());
                }
            }
        }
    }

    fn take_text(&mut self, shape: &'static Shape, value: &mut dyn Choice, text: Cow<'d, str>) -> Read {
        let Some((index, member)) = shape.members.iter().enumerate().find(|(_, member)| accepts_text(member)) else {
            return Err(self.misplaced("text"));
        };
        self.flags = member.flags;
        self.spot = match member.place {
            Place::Text => Spot::Text(text),
            _ => Spot::InlineText(text),
        };
        value.select(index).read(self)
    }

    /// The choice is the whole content of an element.
    fn whole_choice(&mut self, shape: &'static Shape, value: &mut dyn Choice) -> Read {
        let element = self.reader.element_start();
        self.foreign_attributes()?;
        self.type_known = false;
        let mut taken = false;
        loop {
            let from = self.reader.position();
            match self.token()? {
                Token::Start(start) => match self.alternative(shape, start) {
                    Some(index) if !taken => {
                        taken = true;
                        self.take(shape, value, index, start, false)?;
                    }
                    Some(_) => {
                        let member = format!("the choice (again with <{}>)", start.local);
                        return Err(self.error(DecodeErrorKind::Duplicate { member }));
                    }
                    None => self.within(shape).skip_unknown(start)?,
                },
                Token::Text(text) if !taken && shape.members.iter().any(accepts_text) => {
                    taken = true;
                    self.take_text(shape, value, text)?;
                }
                Token::Text(_) if !taken && self.parts.has_included() && self.include_chosen(shape, value, from)? => {
                    taken = true;
                }
                Token::Text(text) if blank(&text) => {}
                Token::Text(text) => {
                    let position = self.reader.position();
                    self.within(shape).drift(DriftKind::Text, &text, position)?;
                }
                Token::End => {
                    // Content of no octets is no text.
                    taken = taken || (self.parts.has_included() && self.include_chosen(shape, value, from)?);
                    break;
                }
                Token::Eof => return Err(self.misplaced("end of the document")),
            }
        }
        if taken {
            return Ok(());
        }
        if can_be_empty(shape) {
            return self.take_nothing(shape, value);
        }
        let names: Vec<String> = shape.members.iter().map(record::describe).collect();
        let kind = DecodeErrorKind::Missing { member: format!("choice of {}", names.join(", ")) };
        Err(self.error_at(kind, element, self.reader.position()))
    }

    /// The choice falls on a member that may be empty.
    fn take_nothing(&mut self, shape: &'static Shape, value: &mut dyn Choice) -> Read {
        for (index, member) in shape.members.iter().enumerate() {
            if let Place::Inline(inner) = member.place {
                if can_be_empty(inner) || !member.flags.has(Flags::REQUIRED) {
                    let selected = value.select(index);
                    if !member.flags.has(Flags::REQUIRED) {
                        return Ok(());
                    }
                    self.spot = Spot::Nothing;
                    self.flags = member.flags;
                    return selected.read(self);
                }
            } else if !member.flags.has(Flags::REQUIRED) {
                value.select(index);
                return Ok(());
            }
        }
        Err(self.misplaced("nothing"))
    }

    /// Reads one of several types, chosen by `xsi:type`.
    ///
    /// # Errors
    /// A type that cannot stand here; whatever is wrong inside.
    pub fn typed(&mut self, shape: &'static Shape, value: &mut dyn Choice) -> Read {
        if self.slots.is_some() {
            return slots::read_choice(self, shape, value);
        }
        if !matches!(self.spot, Spot::Element) {
            return Err(self.misplaced("something other than an element"));
        }
        let named = match self.reader.attribute(XSI_NAMESPACE, "type").cloned() {
            None => None,
            Some(name) => {
                let (namespace, local) = self.type_name(&name)?;
                let namespaces = self.profile.namespaces;
                let fits = |member: &Member| {
                    matches!(member.place, Place::Element)
                        && member.name.local == local
                        && (!namespaces || member.name.ns == namespace)
                };
                let known = match sorted(shape) {
                    Some(order) => by_name(shape, order, local, fits),
                    None => shape.members.iter().position(fits),
                };
                Some((known, if namespace.is_empty() { local.to_owned() } else { format!("{{{namespace}}}{local}") }))
            }
        };
        let found = match named {
            Some((Some(index), _)) => {
                self.type_known = true;
                return value.select(index).read(self);
            }
            Some((None, found)) => found,
            None => {
                if let Some(index) = shape.members.iter().position(|member| member.flags.has(Flags::DEFAULT)) {
                    return value.select(index).read(self);
                }
                String::new()
            }
        };
        let Some(index) = shape.members.iter().position(|member| matches!(member.place, Place::Any(_))) else {
            return Err(self.error(DecodeErrorKind::XsiType { found, expected: shape.name.local.into() }));
        };
        let (element, offset) = (self.reader.element_start(), self.reader.position());
        value.select(index).read(self)?;
        let what = if found.is_empty() { "no xsi:type" } else { &found };
        self.drift_at(DriftKind::UnknownType, what, offset, element, String::new())
    }

    /// Namespace and local name of a type, from the value of `xsi:type`.
    pub(super) fn type_name<'n>(&self, text: &'n str) -> Result<(String, &'n str), Box<DecodeError>> {
        let name = crate::scalar::trim_space(text);
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        match self.reader.lookup(prefix) {
            Some(namespace) if is_ncname(local) => Ok((namespace.to_owned(), local)),
            _ => Err(self.error(DecodeErrorKind::Value {
                expected: "a type name whose prefix is declared as xsi:type".into(),
                text: self.shown(name),
            })),
        }
    }
}
