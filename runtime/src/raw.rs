//! Pieces of XML kept as they are: [`RawElement`], [`AnyType`], [`RawAttribute`].

use std::borrow::Cow;

use crate::codec::{Decoder, Encoder};
use crate::error::{DecodeError, Read, Write};
use crate::scalar::ScopedText;
use crate::value::Value;
use crate::xml::{Reader, Skipped, Token, XMLNS_NAMESPACE, XSI_NAMESPACE, escape_attribute, escape_text};

/// A whole element as it was written, with every namespace declaration it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawElement {
    namespace: String,
    local: String,
    xml: String,
    /// Where in `xml` further declarations can be put in: behind the element's name.
    name_end: usize,
    /// Some name has no prefix, and nothing here says what that means.
    bare: bool,
}

impl RawElement {
    /// Takes an element from text: one element, well-formed, nothing around it but white space and comments.
    ///
    /// # Errors
    /// Whatever is not well-formed.
    pub fn parse(xml: &str) -> Result<Self, Box<DecodeError>> {
        let mut reader = Reader::new(xml);
        while !matches!(reader.next()?, Token::Start(_)) {}
        let element = Self::capture(&mut reader)?;
        reader.finish()?;
        Ok(element)
    }

    /// Takes the element whose start tag the reader has just read, and everything in it.
    ///
    /// # Errors
    /// Whatever is not well-formed in it.
    pub fn capture(reader: &mut Reader<'_>) -> Result<Self, Box<DecodeError>> {
        let text = reader.text();
        let start = reader.element_start();
        let name: &str = {
            let rest = text.get(start + 1..).unwrap_or_default();
            &rest[..rest.find([' ', '\t', '\r', '\n', '/', '>']).unwrap_or(rest.len())]
        };
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let namespace = reader.lookup(prefix).unwrap_or_default().to_owned();
        let own = reader.own_prefixes();
        let skipped = reader.skip()?;
        let piece = text.get(skipped.outer.clone()).unwrap_or_default();
        // The element has ended: what is in scope now is what was in scope around it.
        let outer = if memchr::memchr(b':', piece.as_bytes()).is_some() {
            reader.inner_namespaces()
        } else {
            vec![("", reader.lookup("").unwrap_or_default())]
        };
        let name_end = 1 + name.len();
        let mut xml = String::with_capacity(piece.len() + 64);
        xml.push_str(&piece[..name_end]);
        let mut bare = skipped.unprefixed && !own.contains(&"");
        for (prefix, uri) in needed(piece, &skipped, &outer, &own) {
            declare(&mut xml, prefix, uri);
            bare &= !prefix.is_empty();
        }
        xml.push_str(&piece[name_end..]);
        Ok(Self { namespace, local: local.into(), xml, name_end, bare })
    }

    /// The namespace of the element; empty for none.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The local name of the element.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// The XML.
    pub fn as_xml(&self) -> &str {
        &self.xml
    }

    /// The element's text, if it holds nothing but text.
    pub fn text(&self) -> Option<String> {
        let mut reader = Reader::new(&self.xml);
        let mut text = String::new();
        let mut depth = 0;
        loop {
            match reader.next().ok()? {
                Token::Start(_) if depth == 0 => depth = 1,
                Token::Start(_) => return None,
                Token::Text(piece) if depth == 1 => text.push_str(&piece),
                Token::Text(_) | Token::End => {}
                Token::Eof => return Some(text),
            }
        }
    }

    /// Appends the XML; `default` says whether a default namespace is in force around it.
    pub(crate) fn append(&self, out: &mut String, default: bool) {
        if self.bare && default {
            out.push_str(&self.xml[..self.name_end]);
            out.push_str(" xmlns=\"\"");
            out.push_str(&self.xml[self.name_end..]);
        } else {
            out.push_str(&self.xml);
        }
    }
}

impl std::str::FromStr for RawElement {
    type Err = Box<DecodeError>;

    fn from_str(xml: &str) -> Result<Self, Self::Err> {
        Self::parse(xml)
    }
}

/// The declarations from outside that a piece of XML needs. Prefixes are looked for in values too, since values may hold
/// names (`xsi:type="c:Car"`): one declaration too many does no harm.
fn needed<'a>(piece: &str, skipped: &Skipped, outer: &[(&'a str, &'a str)], own: &[&str]) -> Vec<(&'a str, &'a str)> {
    let mut needed = Vec::new();
    let unprefixed = skipped.unprefixed || has_plain_type(piece);
    for (prefix, uri) in outer {
        let used = if prefix.is_empty() { unprefixed && !uri.is_empty() } else { mentions(piece, prefix) };
        if used && !own.contains(prefix) {
            needed.push((*prefix, *uri));
        }
    }
    needed
}

/// Whether the name of a type (`xsi:type`) has no prefix somewhere in the piece.
fn has_plain_type(piece: &str) -> bool {
    piece.split(":type=").skip(1).any(|rest| {
        let quote = rest.chars().next().unwrap_or('"');
        let value = rest.split(quote).nth(1).unwrap_or_default();
        !value.contains(':')
    })
}

/// Whether a name with this prefix may stand in the piece: `c:Car`, but not in `xmlns:c="…"`, `urn:a:c:d` or `c://`.
fn mentions(piece: &str, prefix: &str) -> bool {
    let bytes = piece.as_bytes();
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || *byte >= 0x80;
    piece.match_indices(prefix).any(|(at, _)| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let mut after = bytes.iter().skip(at + prefix.len());
        before.is_none_or(|before| !in_name(before) && *before != b':')
            && after.next() == Some(&b':')
            && after.next().is_some_and(|next| in_name(next) && !next.is_ascii_digit() && !matches!(next, b'-' | b'.'))
    })
}

fn declare(out: &mut String, prefix: &str, uri: &str) {
    out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
    out.push_str(prefix);
    out.push_str("=\"");
    // It was read from a document: its characters are legal.
    let _ = escape_attribute(out, uri);
    out.push('"');
}

impl Value for RawElement {
    fn vacant() -> Self {
        Self { namespace: String::new(), local: String::new(), xml: String::new(), name_end: 0, bare: false }
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        *self = at.any()?;
        Ok(())
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        to.any(self)
    }
}

/// An attribute kept as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawAttribute {
    namespace: String,
    local: String,
    /// With what its prefixes mean, if any stand in it.
    value: ScopedText,
}

impl RawAttribute {
    /// An attribute. `None` when the local name is no XML name, or the value holds a character that XML cannot carry, or it
    /// would be a namespace declaration.
    pub fn new(namespace: impl Into<String>, local: impl Into<String>, value: impl Into<String>) -> Option<Self> {
        let (namespace, local, value) = (namespace.into(), local.into(), value.into());
        let legal = crate::xml::chars::is_ncname(&local)
            && crate::xml::chars::find_illegal(&value).is_none()
            && crate::xml::chars::find_illegal(&namespace).is_none()
            && namespace != XMLNS_NAMESPACE
            && !(namespace.is_empty() && local == "xmlns");
        legal.then(|| Self { namespace, local, value: value.into() })
    }

    /// The same, with what the prefixes mean that stand in its value.
    pub(crate) fn in_scope(mut self, scope: &[(&str, String)]) -> Self {
        self.value = ScopedText::read_from(self.value.as_str(), scope);
        self
    }

    /// The namespace; empty for none.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The local name.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// The value.
    pub fn value(&self) -> &str {
        self.value.as_str()
    }

    /// The value, with what its prefixes mean. A name in it (`xsi:type="a:b"`) keeps its meaning.
    pub fn scoped_value(&self) -> &ScopedText {
        &self.value
    }
}

impl Value for RawAttribute {
    fn vacant() -> Self {
        Self { namespace: String::new(), local: String::new(), value: ScopedText::default() }
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        *self = at.any_attribute()?;
        Ok(())
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        to.any_attribute(self)
    }
}

/// What stands in an element of any type (`xs:anyType`): its attributes and its content as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnyType {
    pub(crate) namespaces: Vec<(String, String)>,
    attributes: Vec<RawAttribute>,
    content: String,
}

impl AnyType {
    /// Plain text. `None` when it holds a character that XML cannot carry.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut content = String::new();
        escape_text(&mut content, text).ok()?;
        Some(Self { content, ..Self::default() })
    }

    /// Content and attributes taken from an element in text form; the element's own name does not matter.
    ///
    /// # Errors
    /// Whatever is not well-formed.
    pub fn parse(xml: &str) -> Result<Self, Box<DecodeError>> {
        let mut reader = Reader::new(xml);
        while !matches!(reader.next()?, Token::Start(_)) {}
        let value = Self::capture(&mut reader)?;
        reader.finish()?;
        Ok(value)
    }

    /// Takes attributes and content of the element whose start tag the reader has just read.
    ///
    /// # Errors
    /// Whatever is not well-formed in it.
    pub fn capture(reader: &mut Reader<'_>) -> Result<Self, Box<DecodeError>> {
        let text = reader.text();
        let attributes: Vec<RawAttribute> = reader
            .attributes()
            .iter()
            .map(|attribute| RawAttribute {
                namespace: reader.namespace(attribute.namespace).into(),
                local: attribute.local.into(),
                value: attribute.value.clone().into_owned().into(),
            })
            .collect();
        let inner: Vec<(String, String)> =
            reader.inner_namespaces().into_iter().map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned())).collect();
        let skipped = reader.skip()?;
        let content = text.get(skipped.inner.clone()).unwrap_or_default();
        // A type's name without prefix is in the default namespace, as elements' names are.
        let unprefixed = skipped.unprefixed_inside
            || attributes.iter().any(|attribute| {
                attribute.namespace == XSI_NAMESPACE && attribute.local == "type" && !attribute.value().contains(':')
            });
        let mut namespaces = Vec::new();
        let mut bare = unprefixed;
        for (prefix, uri) in inner {
            let used = if prefix.is_empty() {
                unprefixed
            } else {
                mentions(content, &prefix) || attributes.iter().any(|attribute| mentions(attribute.value(), &prefix))
            };
            if used {
                bare &= !prefix.is_empty();
                namespaces.push((prefix, uri));
            }
        }
        if bare {
            // Names without prefix are in no namespace: that has to be said wherever this goes.
            namespaces.push((String::new(), String::new()));
        }
        Ok(Self { namespaces, attributes, content: content.into() })
    }

    /// The attributes, `xsi:type` included.
    pub fn attributes(&self) -> &[RawAttribute] {
        &self.attributes
    }

    /// The same value with one attribute more.
    #[must_use]
    pub fn with_attribute(mut self, attribute: RawAttribute) -> Self {
        self.attributes.push(attribute);
        self
    }

    /// The same value with this attribute in place of one of that name.
    pub(crate) fn with_attribute_instead(mut self, namespace: &str, local: &str, value: String) -> Self {
        self.attributes.retain(|known| (known.namespace(), known.local()) != (namespace, local));
        self.attributes.push(RawAttribute { namespace: namespace.into(), local: local.into(), value: value.into() });
        self
    }

    /// The content as written: text with references, elements. Prefixes in it are declared by [`AnyType::namespaces`].
    pub fn content(&self) -> &str {
        &self.content
    }

    /// The prefixes that content and attribute values use, with what they mean.
    pub fn namespaces(&self) -> impl Iterator<Item = (&str, &str)> {
        self.namespaces.iter().map(|(prefix, uri)| (prefix.as_str(), uri.as_str()))
    }

    /// The content as text, when it holds no element.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        if !self.content.contains(['<', '&', '\r']) {
            return Some(Cow::Borrowed(&self.content));
        }
        let element = format!("<a>{}</a>", self.content);
        let mut reader = Reader::new(&element);
        reader.next().ok()?;
        match reader.next().ok()? {
            Token::End => Some(Cow::Borrowed("")),
            Token::Text(text) => match reader.next().ok()? {
                Token::End => Some(Cow::Owned(text.into_owned())),
                _ => None,
            },
            Token::Start(_) | Token::Eof => None,
        }
    }
}

impl Value for AnyType {
    fn vacant() -> Self {
        Self::default()
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        *self = at.any_type()?;
        Ok(())
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        to.any_type(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The second child of a root that declares a few prefixes.
    fn inside(element: &str) -> RawElement {
        let text = format!("<r xmlns:a='urn:a' xmlns:b='urn:b' xmlns:s='urn:s'>{element}</r>");
        let mut reader = Reader::new(&text);
        while !matches!(reader.next().unwrap(), Token::Start(start) if start.local != "r") {}
        RawElement::capture(&mut reader).unwrap()
    }

    #[test]
    fn only_prefixes_that_may_be_meant_are_declared() {
        let piece = "<a:x t=\"b:T\">s</a:x>";
        assert_eq!(inside(piece).as_xml(), "<a:x xmlns:a=\"urn:a\" xmlns:b=\"urn:b\" t=\"b:T\">s</a:x>");
        for piece in [
            "<v:x xmlns:v=\"urn:s\">1</v:x>",
            "<x>urn:a:b:s</x>",
            "<x>s://host a: b b:1 data:x</x>",
            "<x xmlns:sa=\"urn:q\" sa:y=\"\">bs:q</x>",
        ] {
            assert_eq!(inside(piece).as_xml(), piece);
            // So it is the same wherever it is put.
            assert_eq!(inside(inside(piece).as_xml()), inside(piece));
        }
    }
}
