//! [`Encoder`]: where generated code writes to.

use super::check::Check;
use super::out::Out;
use super::pairs::Pairs;
use super::parts::Parts;
use super::segments::Segments;
use super::slots::{self, SlotEncoder};
use super::{Encoded, Profile};
use crate::error::{EncodeError, EncodeErrorKind, Write};
use crate::facet::Facet;
use crate::raw::{AnyType, RawAttribute, RawElement};
use crate::scalar::{Scalar, SlotKind};
use crate::shape::{Flags, Item, Name, Shape};
use crate::value::{Coded, Enumeration, Value};
use crate::xml::XSI_NAMESPACE;

/// What the encoder stands at: the member that the next value belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spot {
    /// An element, or the items of a repeated element.
    Element(Name),
    /// A wrapper element and the items in it.
    Wrapped(Name, &'static Item),
    /// An item of a list: it cannot be left out.
    Item(Name),
    /// A list inside an array of SOAP's encoding: a row of it, where it has that many dimensions left, or else an array of its
    /// own, with the dimensions of it and of those inside.
    Row { of: &'static Item, left: u8, inner: &'static [u8] },
    /// A row of an array that is not written yet: its length is asked for.
    Measured { depth: usize, left: u8 },
    /// An attribute.
    Attribute(Name),
    /// Any attribute.
    AnyAttribute,
    /// The text of an element.
    Text,
    /// Any element.
    Any,
    /// A group or choice inside the content that is being written.
    Inline(&'static Shape),
    /// A member that this wire does not have.
    Elsewhere(&'static str),
}

/// Writes values. Generated code hands it shapes and slots.
#[derive(Debug)]
pub struct Encoder<'e> {
    pub(super) out: Out,
    pub(super) spot: Spot,
    /// The flags of the member we stand at.
    pub(super) flags: Flags,
    /// The type that the next element has to name.
    pub(super) pending_type: Option<Name>,
    /// Positional layouts are written here instead.
    pub(super) slots: Option<SlotEncoder<'e>>,
    /// Path segments are written here instead.
    pub(super) segments: Option<Segments>,
    /// Names and texts are written here instead.
    pub(super) pairs: Option<Pairs>,
    /// What goes beside the document.
    pub(super) parts: Option<Parts>,
    /// The lengths of rows, outermost dimension first, of a table that is about to be written.
    pub(super) measured: Vec<usize>,
    /// Members from the root to where we are; with the number of the item where there are several.
    pub(super) path: Vec<(&'static str, usize)>,
    /// How many secret members we are in.
    pub(super) secret: usize,
    /// Values are looked at by this instead of written.
    pub(super) check: Option<&'e mut dyn Check>,
    /// While values are looked at: what the contract says about the member we stand at.
    pub(super) facets: &'static [Facet],
    /// A name in no namespace could not be written below the root's namespace as the default.
    pub(super) default_in_the_way: bool,
    /// Memory for the texts of scalars.
    scratch: String,
}

impl Encoder<'_> {
    /// An encoder of one document.
    pub fn new(profile: Profile) -> Self {
        Self {
            out: Out::new(profile),
            spot: Spot::Any,
            flags: Flags::NONE,
            pending_type: None,
            slots: None,
            segments: None,
            pairs: None,
            parts: None,
            measured: Vec::new(),
            path: Vec::new(),
            secret: 0,
            check: None,
            facets: &[],
            default_in_the_way: false,
            scratch: String::new(),
        }
    }

    /// A prefix that is declared around the root.
    pub(super) fn declared(&mut self, ns: &str, prefix: &str) {
        self.out.declared(ns, prefix);
    }

    /// Writes a value as the root element.
    ///
    /// # Errors
    /// What the wire cannot carry; a value that holds nothing.
    pub fn root(&mut self, root: Name, value: &dyn Value) -> Write {
        self.limited_root(root, Flags::NONE, value)
    }

    /// The same, where the contract says more of the root than its type.
    pub(super) fn limited_root(&mut self, root: Name, flags: Flags, value: &dyn Value) -> Write {
        self.spot = Spot::Element(root);
        // A value is `None` only where the element may be nil.
        self.flags = flags.and(Flags::REQUIRED).and(Flags::NILLABLE);
        self.path.clear();
        self.path.push((root.local, 0));
        value.write(self)
    }

    /// The text, and where secrets stand in it.
    ///
    /// # Errors
    /// A namespace with a character that XML cannot carry.
    pub fn finish(self) -> Result<Encoded, Box<EncodeError>> {
        let finished = self.out.finish();
        finished.map_err(|c| Box::new(EncodeError { kind: EncodeErrorKind::Character(c), path: String::new() }))
    }

    /// Whether XML is written, and not one of the wires that hold texts only.
    pub(super) fn is_xml(&self) -> bool {
        self.slots.is_none() && self.segments.is_none() && self.pairs.is_none()
    }

    /// Whether what is written now is secret.
    pub(super) fn is_secret(&self) -> bool {
        self.secret > 0 || self.flags.has(Flags::SECRET)
    }

    /// Writes a value with a text form.
    ///
    /// # Errors
    /// What the wire cannot carry.
    pub fn scalar<T: Scalar>(&mut self, value: &T) -> Write {
        if let Some(octets) = value.octets()
            && let Some(include) = self.packed(octets)
        {
            return self.include(&include);
        }
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        value.format(&mut text);
        let written = self.text_of(T::SLOT, if T::TYPE == String::TYPE { &text } else { self.not_empty(&text) });
        self.scratch = text;
        written
    }

    /// A text whose blanks do not count, as it is written: an element that has a default would hold that if nothing were in it.
    pub(crate) fn not_empty<'t>(&self, text: &'t str) -> &'t str {
        let default = self.flags.has(Flags::HAS_DEFAULT) && self.check.is_none() && self.is_xml();
        if default && text.is_empty() { " " } else { text }
    }

    /// Writes what stands for content that was taken out of the document.
    fn include(&mut self, include: &str) -> Write {
        match self.spot {
            Spot::Element(name) | Spot::Item(name) => {
                let opened = self.out.open(name);
                self.write_type();
                self.out.raw(false, |out, _| out.push_str(include));
                self.out.close(opened);
            }
            _ => self.out.raw(false, |out, _| out.push_str(include)),
        }
        Ok(())
    }

    /// Writes a value of an enumeration over text.
    ///
    /// # Errors
    /// What the wire cannot carry.
    pub fn enumeration<E: Enumeration>(&mut self, value: &E) -> Write {
        let text = value.as_text();
        if self.check.is_some() && !value.is_listed() {
            self.unlisted(&text);
        }
        self.text_of(SlotKind::String, &text)
    }

    /// Tells of a value that an open enumeration keeps and does not name, where values are only looked at.
    pub(crate) fn unlisted(&mut self, text: &str) {
        self.tell(|check, at| check.unlisted(at, text));
    }

    /// Writes a value of an enumeration over integer codes.
    ///
    /// # Errors
    /// A code that is no `xs:int`, where the enumeration's type does not go beyond.
    pub fn coded<E: Coded>(&mut self, value: &E) -> Write {
        let code = value.as_code();
        if self.check.is_some() && E::VALUES.binary_search_by(|(known, _)| known.cmp(&code)).is_err() {
            self.unlisted(&code.to_string());
        }
        match i32::try_from(code) {
            Ok(code) => self.scalar(&code),
            Err(_) if E::LONG => self.scalar(&code),
            Err(_) => Err(self.value_error("a code from -2147483648 to 2147483647")),
        }
    }

    /// Writes text: as an element's content, an attribute's value, a slot, a part.
    ///
    /// # Errors
    /// What the wire cannot carry.
    pub fn text(&mut self, text: &str) -> Write {
        self.text_of(SlotKind::String, text)
    }

    /// Writes text; on positional wires, as a value of this XML-RPC type.
    ///
    /// # Errors
    /// What the wire cannot carry.
    pub fn text_of(&mut self, kind: SlotKind, text: &str) -> Write {
        if self.slots.is_some() {
            return slots::write_text(self, kind, text);
        }
        if self.check.is_some() {
            self.tell(|check, at| check.text(at, text));
            return Ok(());
        }
        let secret = self.is_secret();
        if let Some(segments) = &mut self.segments {
            let written = segments.push(text, secret);
            return written.map_err(|expected| self.value_error(expected));
        }
        if let Some(pairs) = &mut self.pairs {
            return match self.spot {
                Spot::Element(name) | Spot::Item(name) => {
                    pairs.push(name.local, text, secret);
                    Ok(())
                }
                Spot::Elsewhere(only) => Err(self.error(EncodeErrorKind::OtherWire { only })),
                _ => Err(self.value_error("the text of an element: a form holds nothing else")),
            };
        }
        let text = if self.flags.has(Flags::COLLAPSE) { self.not_empty(text) } else { text };
        let written = match self.spot {
            Spot::Element(name) | Spot::Item(name) => {
                let opened = self.out.open(name);
                self.write_type();
                let written = self.out.text(text, secret);
                self.out.close(opened);
                written
            }
            Spot::Attribute(name) => {
                self.parts_see_attribute(name, text);
                self.out.attribute(name, text, secret)
            }
            Spot::Text => self.out.text(text, secret),
            Spot::Elsewhere(only) => return Err(self.error(EncodeErrorKind::OtherWire { only })),
            Spot::Wrapped(..)
            | Spot::Row { .. }
            | Spot::Measured { .. }
            | Spot::Any
            | Spot::AnyAttribute
            | Spot::Inline(_) => {
                return Err(self.value_error("a value of the member's type"));
            }
        };
        written.map_err(|c| self.error(EncodeErrorKind::Character(c)))
    }

    /// Writes a value that is not there: what the member's flags say about absence.
    ///
    /// # Errors
    /// A member that cannot be absent.
    pub fn absent(&mut self) -> Write {
        if self.slots.is_some() {
            return slots::write_absent(self);
        }
        if self.segments.is_some() {
            return Err(self.error(EncodeErrorKind::Missing));
        }
        let flags = self.flags;
        if self.pairs.is_some() {
            // A form has neither nil nor empty elements: what is not there is left out.
            return match self.spot {
                Spot::Item(_) => Err(self.error(EncodeErrorKind::Missing)),
                _ if flags.has(Flags::REQUIRED) => Err(self.error(EncodeErrorKind::Missing)),
                _ => Ok(()),
            };
        }
        match self.spot {
            Spot::Element(name) | Spot::Wrapped(name, _) => {
                let nil = flags.has(Flags::NIL_IF_NONE)
                    || (flags.has(Flags::NIL_IF_NONE_ON_SOAP) && !self.out.profile().plain)
                    || (flags.has(Flags::REQUIRED) && flags.has(Flags::NILLABLE));
                if nil {
                    self.nil_element(name, &[])
                } else if flags.has(Flags::EMPTY_IF_NONE) {
                    if self.check.is_some() {
                        return Ok(());
                    }
                    let opened = self.out.open(name);
                    self.out.close(opened);
                    Ok(())
                } else if flags.has(Flags::REQUIRED) {
                    Err(self.error(EncodeErrorKind::Missing))
                } else {
                    Ok(())
                }
            }
            Spot::Item(name) if flags.has(Flags::NILLABLE) => self.nil_element(name, &[]),
            // Leaving an item out would shift those behind it.
            Spot::Item(_) | Spot::Row { .. } | Spot::Measured { .. } => Err(self.error(EncodeErrorKind::Missing)),
            Spot::Attribute(_) | Spot::Any if flags.has(Flags::REQUIRED) => Err(self.error(EncodeErrorKind::Missing)),
            Spot::Attribute(_) | Spot::AnyAttribute | Spot::Text | Spot::Any | Spot::Inline(_) | Spot::Elsewhere(_) => {
                Ok(())
            }
        }
    }

    /// Leaves the member out, whatever its flags prefer.
    ///
    /// # Errors
    /// A member that cannot be left out.
    pub fn omitted(&mut self) -> Write {
        if !self.is_xml() {
            return self.absent();
        }
        if self.flags.has(Flags::REQUIRED) && !matches!(self.spot, Spot::Elsewhere(_)) {
            return Err(self.error(EncodeErrorKind::Missing));
        }
        match self.spot {
            Spot::Item(_) => Err(self.error(EncodeErrorKind::Missing)),
            _ => Ok(()),
        }
    }

    /// Writes `xsi:nil="true"`.
    ///
    /// # Errors
    /// A member that is no element.
    pub fn nil(&mut self) -> Write {
        self.nil_with(&[])
    }

    /// Writes `xsi:nil="true"`, with these attributes besides.
    ///
    /// # Errors
    /// A member that is no element; an attribute that XML cannot carry.
    pub fn nil_with(&mut self, attributes: &[RawAttribute]) -> Write {
        if !self.is_xml() {
            return self.absent();
        }
        match self.spot {
            Spot::Element(name) | Spot::Wrapped(name, _) | Spot::Item(name) => self.nil_element(name, attributes),
            Spot::Elsewhere(only) => Err(self.error(EncodeErrorKind::OtherWire { only })),
            _ => Err(self.value_error("a value that is not nil")),
        }
    }

    fn nil_element(&mut self, name: Name, attributes: &[RawAttribute]) -> Write {
        if attributes.iter().any(|attribute| attribute.local().is_empty()) {
            return Err(self.value_error("attributes with names"));
        }
        if self.check.is_some() {
            return Ok(());
        }
        let secret = self.is_secret();
        let opened = self.out.open(name);
        let mut written = self.out.attribute(Name::new(XSI_NAMESPACE, "nil"), "true", false);
        for attribute in attributes {
            written = written.and_then(|()| self.out.any_attribute(attribute, secret));
        }
        self.out.close(opened);
        written.map_err(|c| self.error(EncodeErrorKind::Character(c)))
    }

    /// Writes an element as it is.
    ///
    /// # Errors
    /// Nothing to write; a place where no element can stand.
    pub fn any(&mut self, element: &RawElement) -> Write {
        match self.spot {
            _ if !self.is_xml() => Err(self.value_error("a text instead of XML")),
            Spot::Any if element.local().is_empty() => Err(self.value_error("an element that was made from XML")),
            Spot::Any if self.check.is_some() => Ok(()),
            Spot::Any => {
                self.out.raw(self.is_secret(), |out, default| element.append(out, default));
                Ok(())
            }
            Spot::Elsewhere(only) => Err(self.error(EncodeErrorKind::OtherWire { only })),
            _ => Err(self.value_error("a value of the member's type")),
        }
    }

    /// Writes an element with these attributes and this content.
    ///
    /// # Errors
    /// A place where no element can stand.
    pub fn any_type(&mut self, value: &AnyType) -> Write {
        if !self.is_xml() {
            return Err(self.value_error("a text instead of XML"));
        }
        let name = match self.spot {
            Spot::Element(name) | Spot::Item(name) => name,
            Spot::Elsewhere(only) => return Err(self.error(EncodeErrorKind::OtherWire { only })),
            _ => return Err(self.value_error("a value of the member's type")),
        };
        if self.check.is_some() {
            return Ok(());
        }
        // The value brings its own `xsi:type`, if any.
        self.pending_type = None;
        let written = self.out.any_type(name, value, self.is_secret());
        written.map_err(|c| self.error(EncodeErrorKind::Character(c)))
    }

    /// Writes an attribute as it is.
    ///
    /// # Errors
    /// A place where no attribute can stand.
    pub fn any_attribute(&mut self, attribute: &RawAttribute) -> Write {
        match self.spot {
            Spot::AnyAttribute if attribute.local().is_empty() => Err(self.value_error("an attribute with a name")),
            Spot::AnyAttribute if self.check.is_some() => Ok(()),
            Spot::AnyAttribute => {
                let secret = self.is_secret();
                let written = self.out.any_attribute(attribute, secret);
                written.map_err(|c| self.error(EncodeErrorKind::Character(c)))
            }
            _ => Err(self.value_error("a value of the member's type")),
        }
    }

    /// Writes a qualified name.
    ///
    /// # Errors
    /// A name in no namespace, where names without prefix are in one: whoever writes the document tries again without
    /// such a default.
    pub fn qualified_name(&mut self, namespace: &str, local: &str) -> Write {
        self.qualified_names(&mut std::iter::once((namespace, local)))
    }

    /// Writes a list of prefixed names, of each its namespace and local name.
    ///
    /// # Errors
    /// A name in no namespace, where names without prefix are in one.
    pub fn qualified_names(&mut self, names: &mut dyn Iterator<Item = (&str, &str)>) -> Write {
        if self.check.is_some() {
            return Ok(());
        }
        let mut text = String::new();
        // An element's start is not written before its text; of the root it is known which default it will bring.
        let default =
            self.out.has_default() || matches!(&self.spot, Spot::Element(name) if self.out.becomes_default(name.ns));
        for (namespace, local) in names {
            if !text.is_empty() {
                text.push(' ');
            }
            if !namespace.is_empty() {
                text.push_str(&self.out.qualified(namespace, local));
            } else if default {
                self.default_in_the_way = true;
                return Err(self.value_error("a name in a namespace: a name in none cannot be written here"));
            } else {
                text.push_str(local);
            }
        }
        self.text(&text)
    }

    /// A prefix that means this namespace here: this one, or another where it means something else already. `None` on wires
    /// that declare none.
    pub(crate) fn prefix_for(&mut self, prefix: &str, namespace: &str) -> Option<String> {
        let declares = self.is_xml() && self.check.is_none();
        declares.then(|| self.out.prefix_for(prefix, namespace))
    }

    /// An error for a value that cannot be written where we are.
    #[cold]
    pub fn value_error(&self, expected: &str) -> Box<EncodeError> {
        self.error(EncodeErrorKind::Value { expected: expected.into() })
    }

    /// An error at the member we are in.
    #[cold]
    pub fn error(&self, kind: EncodeErrorKind) -> Box<EncodeError> {
        let path = path_text(&self.path);
        Box::new(EncodeError { kind, path })
    }

    pub(super) fn write_type(&mut self) {
        if let Some(name) = self.pending_type.take() {
            self.out.type_attribute(name);
        }
    }
}

/// Members from the root on, as people read them: `/order/price[2]`.
pub(super) fn path_text(members: &[(&'static str, usize)]) -> String {
    let mut path = String::new();
    for (name, item) in members {
        if !name.is_empty() {
            path.push('/');
            path.push_str(name);
        }
        if *item > 0 {
            path.push_str(&format!("[{item}]"));
        }
    }
    path
}
