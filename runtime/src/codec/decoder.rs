//! [`Decoder`]: where generated code reads from.

use std::borrow::Cow;
use std::ops::Range;

use super::drift::Pending;
use super::parts::IncomingParts;
use super::slots::{self, SlotDecoder};
use super::{Decoded, Profile};
use crate::error::{DecodeError, DecodeErrorKind, DriftKind, Read, excerpt};
use crate::facet::{Facet, value_of_empty};
use crate::raw::{AnyType, RawAttribute, RawElement};
use crate::scalar::{Scalar, SlotKind, named, trim_space};
use crate::shape::{Flags, Name};
use crate::value::{Coded, Enumeration, Value};
use crate::xml::chars::is_blank;
use crate::xml::{Attribute, Reader, Start, Token, XSI_NAMESPACE};

/// Where DataContractSerializer's own attributes are from.
const SERIALIZATION: &str = "http://schemas.microsoft.com/2003/10/Serialization/";

/// What the decoder stands at.
#[derive(Debug, Default)]
pub(super) enum Spot<'d> {
    /// Behind a start tag.
    #[default]
    Element,
    /// At a text: the whole content of an element, a run of mixed content, an attribute's value, a part of a packed string.
    Text(Cow<'d, str>),
    /// At an attribute for a wildcard.
    Attribute(Box<Attribute<'d>>),
    /// At an element that begins an inline group or choice. `repeats`: the group (or one around it) is an item of a list.
    Inline { start: Start<'d>, repeats: bool },
    /// At a run of text that belongs to an inline choice.
    InlineText(Cow<'d, str>),
    /// At nothing: an inline group or choice that may be empty, and is.
    Nothing,
}

/// Reads values, one occurrence at a time. Generated code hands it shapes and slots.
#[derive(Debug)]
pub struct Decoder<'d> {
    pub(super) reader: Reader<'d>,
    pub(super) profile: Profile,
    pub(super) strict: bool,
    pub(super) spot: Spot<'d>,
    /// The flags of the member we stand at.
    pub(super) flags: Flags,
    /// What the element we stand at holds if it is empty, where its flags say that there is such a value.
    pub(super) when_empty: Option<&'static str>,
    /// A token that was read and belongs to somebody else.
    pub(super) pending: Option<Token<'d>>,
    /// `xsi:type` was looked at, and the record that follows is the one it means.
    pub(super) type_known: bool,
    /// Positional layouts are read from here instead.
    pub(super) slots: Option<SlotDecoder<'d>>,
    /// Attributes, by namespace and local name, that belong to what is around the values and are not worth a word.
    around: fn(&str, &str) -> bool,
    /// What came beside the document.
    pub(super) parts: IncomingParts<'d>,
    /// Where the contents of the secret members we are in begin.
    open_secrets: Vec<usize>,
    secrets: Vec<Range<usize>>,
    pub(super) drifts: Vec<Pending>,
    pub(super) drifts_left_out: usize,
    /// Whose content the next difference is in.
    pub(super) owner: Option<Name>,
}

/// A prefix and its namespace.
type Declared<'d> = (&'d str, String);

/// A text, with the prefixes declared where it stands, and with where that is: the element and the text.
type NamedText<'d> = (Vec<Declared<'d>>, String, (usize, usize));

impl<'d> Decoder<'d> {
    /// A decoder over a reader that stands before the root, or anywhere inside a document.
    pub fn new(reader: Reader<'d>, profile: Profile, strict: bool) -> Self {
        Self {
            reader,
            profile,
            strict,
            spot: Spot::Element,
            flags: Flags::NONE,
            when_empty: None,
            pending: None,
            type_known: false,
            slots: None,
            around: |_, _| false,
            parts: IncomingParts::default(),
            open_secrets: Vec::new(),
            secrets: Vec::new(),
            drifts: Vec::new(),
            drifts_left_out: 0,
            owner: None,
        }
    }

    /// Says which attributes, by namespace and local name, are no part of the values where no member is for them.
    pub(crate) fn within_envelope(mut self, around: fn(&str, &str) -> bool) -> Self {
        self.around = around;
        self
    }

    /// The reader, to walk what surrounds values.
    pub fn reader(&mut self) -> &mut Reader<'d> {
        &mut self.reader
    }

    /// Gives the reader back.
    pub fn into_reader(self) -> Reader<'d> {
        self.reader
    }

    /// Reads on to the root element, which must have this name, and reads it into the value.
    ///
    /// # Errors
    /// Another name, and whatever is wrong inside.
    pub fn root(&mut self, root: Name, value: &mut dyn Value) -> Read {
        self.limited_root(root, Flags::NONE, &[], value)
    }

    /// The same, where the contract says more of the root than its type.
    pub(super) fn limited_root(&mut self, root: Name, flags: Flags, facets: &[Facet], value: &mut dyn Value) -> Read {
        match self.reader.next()? {
            Token::Start(start) => {
                self.expect(start, root)?;
                self.when_empty = value_of_empty(facets);
                // Only a value that can be nil takes it.
                let flags = flags.and(Flags::NILLABLE);
                let flags = if self.when_empty.is_some() { flags.and(Flags::HAS_DEFAULT) } else { flags };
                self.element(flags, value)
            }
            _ => {
                Err(self
                    .error(DecodeErrorKind::Unexpected { found: "text".into(), expected: format!("<{}>", root.local) }))
            }
        }
    }

    /// Checks the name of the element whose start tag was read last.
    ///
    /// # Errors
    /// Another name.
    pub fn expect(&mut self, start: Start<'d>, name: Name) -> Read {
        if self.named(start, &name) {
            return Ok(());
        }
        let describe = |local: &str, namespace: &str| {
            if namespace.is_empty() {
                format!("<{local}> in no namespace")
            } else {
                format!("<{local}> in namespace {namespace}")
            }
        };
        let found = describe(start.local, self.reader.namespace(start.namespace));
        let expected = describe(name.local, if self.profile.namespaces { name.ns } else { "" });
        Err(self.error(DecodeErrorKind::Unexpected { found, expected }))
    }

    /// Reads the element whose start tag was read last, to its end. The flags are those of a member it might be.
    ///
    /// # Errors
    /// Whatever is wrong inside.
    pub fn element(&mut self, flags: Flags, value: &mut dyn Value) -> Read {
        let secret = self.enter_secret(flags, self.reader.position());
        if !self.reader.attributes().is_empty() && self.nil()? {
            self.read_nil(flags, value, false)?;
        } else {
            self.spot = Spot::Element;
            self.flags = flags;
            value.read(self)?;
        }
        if secret {
            self.leave_secret(self.reader.content_end());
        }
        Ok(())
    }

    /// Checks that nothing follows up to the end of the document, and tells what was different from the contract.
    ///
    /// # Errors
    /// Anything that follows.
    pub fn finish(mut self) -> Result<Decoded, Box<DecodeError>> {
        self.reader.finish()?;
        let drift = self.take_drifts();
        Ok(Decoded { drift, secrets: self.secret_ranges() })
    }

    /// What was different so far, and where secrets stand, wherever the reader is: more may follow.
    pub(crate) fn stop(mut self) -> Decoded {
        let drift = self.take_drifts();
        Decoded { drift, secrets: self.secret_ranges() }
    }

    /// Where secret contents stand in the text. After an error inside a secret member everything behind its beginning counts
    /// as secret; what was not read yet is not looked at.
    pub fn secret_ranges(&self) -> Vec<Range<usize>> {
        let mut ranges = self.secrets.clone();
        if let Some(from) = self.open_secrets.first() {
            ranges.push(*from..self.reader.text().len());
        }
        ranges.retain(|range| !range.is_empty());
        ranges
    }

    /// Whether we are inside a secret member.
    pub fn is_secret(&self) -> bool {
        !self.open_secrets.is_empty()
    }

    pub(super) fn enter_secret(&mut self, flags: Flags, from: usize) -> bool {
        let secret = flags.has(Flags::SECRET);
        if secret {
            self.open_secrets.push(from);
        }
        secret
    }

    pub(super) fn leave_secret(&mut self, to: usize) {
        if let Some(from) = self.open_secrets.pop()
            && self.open_secrets.is_empty()
        {
            self.secrets.push(from..to.max(from));
        }
    }

    /// The value of `xsi:nil` at the start tag read last.
    pub(super) fn nil(&mut self) -> Result<bool, Box<DecodeError>> {
        let nil = self.reader.nil().map_err(|text| {
            let expected = "true, false, 1 or 0 as xsi:nil".into();
            self.error(DecodeErrorKind::Value { expected, text: self.shown(&text) })
        })?;
        // DataContractSerializer says nil of an object that it has written before; what there is of it is the reference.
        Ok(nil && self.reader.attribute(SERIALIZATION, "Ref").is_none())
    }

    /// Takes an element with `xsi:nil="true"` whose start tag was read.
    pub(super) fn read_nil(&mut self, flags: Flags, value: &mut dyn Value, item: bool) -> Read {
        // In SOAP encoding every value may be null.
        if !flags.has(Flags::NILLABLE) && self.profile.encoding.is_none() {
            if !flags.has(Flags::ABSENT_IS_EMPTY) {
                return Err(self.error(DecodeErrorKind::Nil("xsi:nil=\"true\" on an element that cannot be nil")));
            }
            self.drift(DriftKind::Nil, "nil", self.reader.position())?;
        }
        let taken = if item { value.read_nil_item() } else { value.read_nil() };
        if !taken && item && flags.has(Flags::NILLABLE) {
            // .NET's lists may hold null by contract; the list has no place for one.
            self.drift(DriftKind::NilItem, "nil", self.reader.position())?;
        } else if !taken {
            return Err(self.error(DecodeErrorKind::Nil("xsi:nil=\"true\" on an element whose value cannot be nil")));
        }
        match value.nil_attributes() {
            Some(kept) => self.keep_attributes(kept),
            None => self.foreign_attributes()?,
        }
        match self.reader.next()? {
            Token::End => Ok(()),
            _ => Err(self.error(DecodeErrorKind::Nil("xsi:nil=\"true\" on an element that has content"))),
        }
    }

    /// Hands out the attributes of an element that is nil. Of those of XML Schema instances, the type is worth a word: without it
    /// a value of an abstract type cannot be nil.
    fn keep_attributes(&mut self, kept: &mut Vec<RawAttribute>) {
        let attributes = self.reader.take_attributes();
        for attribute in &attributes {
            let namespace = self.reader.namespace(attribute.namespace);
            let owned = self.profile.encoding.is_some_and(|encoding| encoding.owns(namespace, attribute.local));
            if (namespace != XSI_NAMESPACE || attribute.local == "type") && !owned {
                let raw = RawAttribute::new(namespace, attribute.local, attribute.value.as_ref());
                kept.extend(raw.map(|raw| self.in_scope(raw)));
            }
        }
        self.reader.return_attributes(attributes);
    }

    /// Reports the attributes of an element that has none by contract. Those of XML Schema instances are not worth a word.
    pub(super) fn foreign_attributes(&mut self) -> Read {
        if self.reader.attributes().is_empty() {
            return Ok(());
        }
        let attributes = self.reader.take_attributes();
        for attribute in &attributes {
            self.foreign_attribute(attribute)?;
        }
        self.reader.return_attributes(attributes);
        Ok(())
    }

    pub(super) fn foreign_attribute(&mut self, attribute: &Attribute<'d>) -> Read {
        if self.reader.namespace_is(attribute.namespace, XSI_NAMESPACE) {
            return Ok(());
        }
        if let Some(encoding) = self.profile.encoding
            && encoding.owns(self.reader.namespace(attribute.namespace), attribute.local)
        {
            return Ok(());
        }
        if (self.around)(self.reader.namespace(attribute.namespace), attribute.local) {
            return Ok(());
        }
        let element = self.reader.element_start();
        let suffix = format!("/@{}", attribute.local);
        let raw = format!("{}=\"{}\"", attribute.local, attribute.value);
        self.drift_at(DriftKind::UnknownAttribute, &raw, attribute.range.start, element, suffix)
    }

    /// The text of the occurrence, to its end; white space treated as the member says.
    ///
    /// # Errors
    /// Elements inside it.
    pub fn text(&mut self) -> Result<Cow<'d, str>, Box<DecodeError>> {
        self.text_of(SlotKind::String)
    }

    /// The text of the occurrence; on positional wires, of a value of this XML-RPC type.
    ///
    /// # Errors
    /// Elements inside it; a value of another type.
    #[inline]
    pub fn text_of(&mut self, kind: SlotKind) -> Result<Cow<'d, str>, Box<DecodeError>> {
        // Nearly every text: the content of an element without attributes.
        if matches!(self.spot, Spot::Element)
            && self.slots.is_none()
            && self.reader.attributes().is_empty()
            && !self.flags.has_any(Flags::COLLAPSE.and(Flags::REPLACE).and(Flags::HAS_DEFAULT))
            && let Some(text) = self.reader.leaf()?
        {
            return Ok(Cow::Borrowed(text));
        }
        let text = match std::mem::take(&mut self.spot) {
            Spot::Element if self.slots.is_some() => slots::read_text(self, kind)?,
            Spot::Element => match self.element_text()? {
                text if text.is_empty() && self.flags.has(Flags::HAS_DEFAULT) => {
                    self.when_empty.map_or(text, Cow::Borrowed)
                }
                text => text,
            },
            Spot::Text(text) | Spot::InlineText(text) => text,
            Spot::Attribute(attribute) => attribute.value,
            Spot::Inline { start, .. } => return Err(self.misplaced(start.local)),
            Spot::Nothing => Cow::Borrowed(""),
        };
        if self.flags.has(Flags::COLLAPSE) {
            Ok(collapse(text))
        } else if self.flags.has(Flags::REPLACE) {
            Ok(replace(text))
        } else {
            Ok(text)
        }
    }

    #[inline]
    fn element_text(&mut self) -> Result<Cow<'d, str>, Box<DecodeError>> {
        if !self.reader.attributes().is_empty() {
            self.foreign_attributes()?;
        }
        if let Some(text) = self.reader.leaf()? {
            return Ok(Cow::Borrowed(text));
        }
        let text = match self.reader.next()? {
            Token::End => return Ok(Cow::Borrowed("")),
            Token::Text(text) => text,
            Token::Start(start) => return Err(self.element_in_text(start)),
            Token::Eof => return Err(self.misplaced("end of the document")),
        };
        match self.reader.next()? {
            Token::End => Ok(text),
            Token::Start(start) => Err(self.element_in_text(start)),
            Token::Text(_) | Token::Eof => Err(self.misplaced("end of the document")),
        }
    }

    #[cold]
    pub(super) fn element_in_text(&mut self, start: Start<'d>) -> Box<DecodeError> {
        let found = format!("element <{}>", start.local);
        self.error(DecodeErrorKind::Unexpected { found, expected: "text only".into() })
    }

    /// A shape that does not fit to where it is used. Generated code does not do that.
    #[cold]
    pub(super) fn misplaced(&mut self, found: &str) -> Box<DecodeError> {
        self.error(DecodeErrorKind::Unexpected { found: found.into(), expected: "a value of the member's type".into() })
    }

    /// Reads a value with a text form.
    ///
    /// # Errors
    /// A text that is no such value.
    #[inline]
    pub fn scalar<T: Scalar>(&mut self, value: &mut T) -> Read {
        let start = self.reader.element_start();
        let from = self.reader.position();
        let text = self.text_of(T::SLOT)?;
        match T::parse(&text) {
            Ok(parsed) => {
                *value = parsed;
                Ok(())
            }
            Err(expected) => Err(self.scalar_error(T::TYPE, expected, &text, start, from)),
        }
    }

    #[cold]
    fn scalar_error(&self, ty: &str, expected: &str, text: &str, element: usize, offset: usize) -> Box<DecodeError> {
        let expected = format!("{ty}: {expected}");
        self.error_at(DecodeErrorKind::Value { expected, text: self.shown(text) }, element, offset)
    }

    /// Reports a list that holds a value its open enumeration does not name.
    pub(crate) fn unknown_item(&mut self, list: &str) -> Read {
        let offset = self.reader.element_start();
        self.drift(DriftKind::UnknownValue, list, offset)
    }

    /// Reads a value of an enumeration over text, or of a union. White space around it does not count, but where a union has
    /// a member that is text.
    ///
    /// # Errors
    /// An unknown value, where the list is closed or the reader strict.
    pub fn enumeration<E: Enumeration>(&mut self, value: &mut E) -> Read {
        let (start, from) = (self.reader.element_start(), self.reader.position());
        let text = self.text_of(SlotKind::String)?;
        // As written first: values with blanks inside or around are legal.
        let trimmed = if E::TEXT { &text } else { trim_space(&text) };
        if let Some(known) = named::<E>(&text).or_else(|| named(trimmed)) {
            *value = known.clone();
            return Ok(());
        }
        let Some(unknown) = E::unknown(trimmed) else {
            let expected = one_of(E::VALUES.iter().map(|(text, _)| Cow::Borrowed(*text)));
            return Err(self.error_at(DecodeErrorKind::Value { expected, text: self.shown(&text) }, start, from));
        };
        *value = unknown;
        if value.is_listed() {
            return Ok(());
        }
        self.drift_at(DriftKind::UnknownValue, &text, from, start, String::new())
    }

    /// Reads a value of an enumeration over integer codes (`xs:int`, or `xs:long` where its type goes beyond).
    ///
    /// # Errors
    /// A text that is no such number; an unknown code, where the list is closed or the reader strict.
    pub fn coded<E: Coded>(&mut self, value: &mut E) -> Read {
        let (start, from) = (self.reader.element_start(), self.reader.position());
        let mut code = 0i64;
        if E::LONG {
            self.scalar(&mut code)?;
        } else {
            let mut number = 0i32;
            self.scalar(&mut number)?;
            code = i64::from(number);
        }
        if let Ok(index) = E::VALUES.binary_search_by(|(known, _)| known.cmp(&code))
            && let Some((_, known)) = E::VALUES.get(index)
        {
            *value = known.clone();
            return Ok(());
        }
        let Some(unknown) = E::unknown(code) else {
            let expected = one_of(E::VALUES.iter().map(|(code, _)| Cow::Owned(code.to_string())));
            let text = self.shown(&code.to_string());
            return Err(self.error_at(DecodeErrorKind::Value { expected, text }, start, from));
        };
        *value = unknown;
        self.drift_at(DriftKind::UnknownValue, &code.to_string(), from, start, String::new())
    }

    /// The whole element we stand at.
    ///
    /// # Errors
    /// Whatever is not well-formed in it; no element here.
    pub fn any(&mut self) -> Result<RawElement, Box<DecodeError>> {
        match std::mem::take(&mut self.spot) {
            Spot::Element if self.slots.is_none() => RawElement::capture(&mut self.reader),
            _ => Err(self.misplaced("something other than an element")),
        }
    }

    /// Attributes and content of the element we stand at.
    ///
    /// # Errors
    /// Whatever is not well-formed in it; no element here.
    pub fn any_type(&mut self) -> Result<AnyType, Box<DecodeError>> {
        match std::mem::take(&mut self.spot) {
            Spot::Element if self.slots.is_none() => AnyType::capture(&mut self.reader),
            _ => Err(self.misplaced("something other than an element")),
        }
    }

    /// The attribute we stand at.
    ///
    /// # Errors
    /// No attribute here.
    pub fn any_attribute(&mut self) -> Result<RawAttribute, Box<DecodeError>> {
        let Spot::Attribute(attribute) = std::mem::take(&mut self.spot) else {
            return Err(self.misplaced("something other than an attribute"));
        };
        let namespace = self.reader.namespace(attribute.namespace).to_owned();
        RawAttribute::new(namespace, attribute.local, attribute.value.into_owned())
            .map(|raw| self.in_scope(raw))
            .ok_or_else(|| self.misplaced("something other than an attribute"))
    }

    /// An attribute of the element we are in, with what the prefixes in its value mean.
    fn in_scope(&self, attribute: RawAttribute) -> RawAttribute {
        if attribute.value().contains(':') { attribute.in_scope(&self.scope()) } else { attribute }
    }

    /// The prefixes declared inside the element we are in.
    fn scope(&self) -> Vec<Declared<'d>> {
        self.reader.inner_namespaces().into_iter().map(|(prefix, uri)| (prefix, uri.to_owned())).collect()
    }

    /// The text of the occurrence as a qualified name: namespace and local part. A name without prefix is in the default
    /// namespace.
    ///
    /// # Errors
    /// No such name, or a prefix that is not declared.
    pub fn qualified_name(&mut self) -> Result<(String, String), Box<DecodeError>> {
        let (scope, text, at) = self.text_with_names()?;
        self.resolve(&scope, trim_space(&text), at)
    }

    /// Reads a list of prefixed names: of each, its namespace and local name.
    ///
    /// # Errors
    /// No such name, or a prefix that is not declared.
    pub fn qualified_names(&mut self) -> Result<Vec<(String, String)>, Box<DecodeError>> {
        let (scope, text, at) = self.text_with_names()?;
        let names = text.split([' ', '\t', '\n', '\r']).filter(|name| !name.is_empty());
        names.map(|name| self.resolve(&scope, name, at)).collect()
    }

    /// The text here, with the prefixes declared where it stands.
    pub(crate) fn scoped_text(&mut self) -> Result<(Vec<Declared<'d>>, String), Box<DecodeError>> {
        if self.slots.is_some() {
            return Ok((Vec::new(), self.text()?.into_owned()));
        }
        let (scope, text, _) = self.text_with_names()?;
        Ok((scope, text))
    }

    /// The text here, with the prefixes declared where it stands, and with where that is.
    fn text_with_names(&mut self) -> Result<NamedText<'d>, Box<DecodeError>> {
        // Inside the element: its own declarations count, and end with it.
        let scope = self.scope();
        let at = (self.reader.element_start(), self.reader.position());
        let text = self.text()?.into_owned();
        Ok((scope, text, at))
    }

    fn resolve(
        &self,
        scope: &[Declared<'d>],
        name: &str,
        (start, from): (usize, usize),
    ) -> Result<(String, String), Box<DecodeError>> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let namespace = match prefix {
            "xml" => Some(crate::xml::XML_NAMESPACE),
            _ => scope.iter().find(|(declared, _)| *declared == prefix).map(|(_, uri)| uri.as_str()),
        };
        let namespace = namespace.or_else(|| prefix.is_empty().then_some(""));
        match namespace {
            Some(namespace) if name.len() <= 256 && crate::xml::chars::is_ncname(local) => {
                Ok((namespace.into(), local.into()))
            }
            _ => {
                let expected = "xs:QName: a name whose prefix is declared, of at most 256 bytes".into();
                Err(self.error_at(DecodeErrorKind::Value { expected, text: self.shown(name) }, start, from))
            }
        }
    }

    /// A text as errors may show it: at most 64 characters, and none of a secret.
    pub fn shown(&self, text: &str) -> Option<String> {
        (!self.is_secret() && !self.flags.has(Flags::SECRET)).then(|| excerpt(text))
    }

    /// An error in the element (or slot) we are in.
    #[cold]
    pub fn error(&self, kind: DecodeErrorKind) -> Box<DecodeError> {
        self.error_at(kind, self.reader.element_start(), self.reader.position())
    }

    /// An error in the element whose start tag begins at `element`.
    #[cold]
    pub(super) fn error_at(&self, kind: DecodeErrorKind, element: usize, offset: usize) -> Box<DecodeError> {
        let path = match &self.slots {
            Some(_) => self.path(),
            None => crate::xml::paths(self.reader.text(), &[element]).pop().unwrap_or_default(),
        };
        Box::new(DecodeError { kind, path, offset })
    }

    /// The path of the element or slot we are in.
    #[cold]
    pub fn path(&self) -> String {
        match &self.slots {
            Some(slots) => slots.path(),
            None => self.reader.path(),
        }
    }
}

/// White space made single blanks, none around.
fn collapse(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let clean = !bytes.first().is_some_and(|byte| is_space_byte(*byte))
        && !bytes.last().is_some_and(|byte| is_space_byte(*byte))
        && !bytes.windows(2).any(|pair| matches!(pair, [b' ', b' ']))
        && !bytes.iter().any(|byte| matches!(byte, b'\t' | b'\n' | b'\r'));
    if clean {
        return text;
    }
    let words: Vec<&str> = text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

fn is_space_byte(byte: u8) -> bool {
    crate::xml::chars::is_space(byte)
}

/// Each white-space character made a blank.
fn replace(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains(['\t', '\n', '\r']) { Cow::Owned(text.replace(['\t', '\n', '\r'], " ")) } else { text }
}

/// `one of a, b, c`, not too long.
fn one_of<'a>(values: impl Iterator<Item = Cow<'a, str>>) -> String {
    let mut text = String::from("one of ");
    for (index, value) in values.enumerate() {
        if index == 12 {
            text.push_str(", …");
            break;
        }
        if index > 0 {
            text.push_str(", ");
        }
        text.push_str(&value);
    }
    text
}

/// Text between elements that holds nothing.
pub(super) fn blank(text: &str) -> bool {
    is_blank(text)
}
