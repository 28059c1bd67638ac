//! [`Reader`]: a pull reader over one document.

use std::borrow::Cow;
use std::ops::Range;

use super::chars::{find_illegal, is_blank, is_space, same};
use super::limits::Limits;
use super::namespaces::{NamespaceId, Namespaces, XSI_NAMESPACE};
use super::tag::Attribute;
use super::text::{decode_cdata, decode_content, scan_content};
use crate::error::{DecodeError, DecodeErrorKind};

/// What the reader does with processing instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Instructions {
    /// They are skipped.
    #[default]
    Skip,
    /// They are an error: SOAP forbids them.
    Reject,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Token<'d> {
    /// A start tag. `<a/>` is a start and an end.
    Start(Start<'d>),
    /// An end tag.
    End,
    /// All text up to the next tag: CDATA sections, comments and instructions do not divide it. Never empty.
    Text(Cow<'d, str>),
    /// The end of the document.
    Eof,
}

/// The name of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start<'d> {
    /// The prefix as written; empty for none.
    pub prefix: &'d str,
    /// The local part.
    pub local: &'d str,
    /// The namespace.
    pub namespace: NamespaceId,
}

/// An element that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The whole element, from `<` to `>`.
    pub outer: Range<usize>,
    /// What stands between its tags; empty for `<a/>`.
    pub inner: Range<usize>,
    /// Some name in it (its own included) has no prefix.
    pub unprefixed: bool,
    /// The same for the names of the elements inside it.
    pub unprefixed_inside: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Open {
    /// Where its `<` stands.
    pub(super) start: usize,
    pub(super) name_end: usize,
    /// The namespace bindings before its own.
    pub(super) mark: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Prolog,
    Content,
    Epilog,
}

/// A strict pull reader over one document: XML 1.0 with namespaces and without DTD, under [`Limits`].
#[derive(Debug, Clone)]
pub struct Reader<'d> {
    pub(super) text: &'d str,
    pub(super) pos: usize,
    pub(super) limits: Limits,
    instructions: Instructions,
    stage: Stage,
    pub(super) open: Vec<Open>,
    pub(super) namespaces: Namespaces<'d>,
    pub(super) attributes: Vec<Attribute<'d>>,
    /// The start tag just read was `<a/>`: its end is due.
    pub(super) empty: bool,
    pub(super) elements: u64,
    /// Where the content of the element that ended last ended.
    content_end: usize,
}

impl<'d> Reader<'d> {
    /// A reader with default limits.
    pub fn new(text: &'d str) -> Self {
        Self::with_limits(text, Limits::new())
    }

    /// A reader with these limits.
    pub fn with_limits(text: &'d str, limits: Limits) -> Self {
        Self {
            text,
            pos: 0,
            limits,
            instructions: Instructions::Skip,
            stage: Stage::Prolog,
            open: Vec::new(),
            namespaces: Namespaces::new(),
            attributes: Vec::new(),
            empty: false,
            elements: 0,
            content_end: 0,
        }
    }

    /// The same reader with this treatment of processing instructions.
    #[must_use]
    pub fn instructions(mut self, instructions: Instructions) -> Self {
        self.instructions = instructions;
        self
    }

    /// The document.
    pub fn text(&self) -> &'d str {
        self.text
    }

    /// The limits in force.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// How far the document was read, in bytes.
    pub fn position(&self) -> usize {
        self.pos
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Where the start tag of the innermost open element begins.
    pub fn element_start(&self) -> usize {
        self.open.last().map_or(0, |open| open.start)
    }

    /// Where the content of the element that ended last ended: where its end tag begins.
    pub fn content_end(&self) -> usize {
        self.content_end
    }

    /// The namespace name; empty for none.
    pub fn namespace(&self, id: NamespaceId) -> &str {
        self.namespaces.uri(id)
    }

    /// Whether the namespace is this one.
    #[inline]
    pub fn namespace_is(&mut self, id: NamespaceId, expected: &'static str) -> bool {
        self.namespaces.is(id, expected)
    }

    /// Whether this is the name of an element.
    pub fn is(&mut self, start: Start<'_>, namespace: &'static str, local: &str) -> bool {
        start.local == local && self.namespaces.is(start.namespace, namespace)
    }

    /// The namespace a prefix stands for at the current place; the empty prefix is the default namespace.
    pub fn lookup(&self, prefix: &str) -> Option<&str> {
        self.namespaces.resolve(prefix).map(|id| self.namespaces.uri(id))
    }

    /// Whether the namespace stays in scope behind the element whose start tag was read last.
    #[inline]
    pub(crate) fn declared_outside(&self, id: NamespaceId) -> bool {
        id.index().is_none_or(|index| self.open.last().is_some_and(|open| index < open.mark))
    }

    /// Attributes of the start tag read last, namespace declarations left out.
    pub fn attributes(&self) -> &[Attribute<'d>] {
        &self.attributes
    }

    /// The value of an attribute of the start tag read last.
    pub fn attribute(&mut self, namespace: &'static str, local: &str) -> Option<&Cow<'d, str>> {
        let namespaces = &mut self.namespaces;
        self.attributes
            .iter()
            .find(|attribute| attribute.local == local && namespaces.is(attribute.namespace, namespace))
            .map(|attribute| &attribute.value)
    }

    /// Takes an attribute out, so that nobody else looks at it.
    pub(crate) fn remove_attribute(&mut self, namespace: &'static str, local: &str) -> Option<Cow<'d, str>> {
        let namespaces = &mut self.namespaces;
        let fits = |it: &Attribute<'_>| it.local == local && namespaces.is(it.namespace, namespace);
        let index = self.attributes.iter().position(fits)?;
        Some(self.attributes.remove(index).value)
    }

    /// Counts things a message calls for as if they stood there as elements, against the same limit.
    pub(crate) fn spend(&mut self, count: usize) -> Result<(), Box<DecodeError>> {
        self.elements = self.elements.saturating_add(count as u64);
        if self.elements > self.limits.elements {
            return Err(self.limit("elements of a document (elements)", self.limits.elements, self.element_start()));
        }
        Ok(())
    }

    /// The attributes, to be given back with [`Reader::return_attributes`] so that their memory is used again.
    pub(crate) fn take_attributes(&mut self) -> Vec<Attribute<'d>> {
        std::mem::take(&mut self.attributes)
    }

    pub(crate) fn return_attributes(&mut self, mut attributes: Vec<Attribute<'d>>) {
        attributes.clear();
        if self.attributes.capacity() < attributes.capacity() && self.attributes.is_empty() {
            self.attributes = attributes;
        }
    }

    /// The value of `xsi:nil` at the start tag read last. `Err` holds a value that is no boolean.
    pub(crate) fn nil(&mut self) -> Result<bool, String> {
        match self.attribute(XSI_NAMESPACE, "nil") {
            None => Ok(false),
            Some(value) => <bool as crate::Scalar>::parse(value).map_err(|_| value.clone().into_owned()),
        }
    }

    /// The namespaces in scope where the reader is.
    pub(crate) fn inner_namespaces(&self) -> Vec<(&'d str, &str)> {
        self.namespaces.visible(self.namespaces.mark())
    }

    /// Prefixes the innermost open element declares itself.
    pub(crate) fn own_prefixes(&self) -> Vec<&'d str> {
        let mark = self.open.last().map_or(1, |open| open.mark);
        self.namespaces.from(mark).iter().map(|binding| binding.prefix).collect()
    }

    /// Reads on.
    ///
    /// # Errors
    /// Whatever is not well-formed, and every limit.
    #[inline]
    #[allow(clippy::should_implement_trait)] // it returns errors, and goes on saying `Eof`
    pub fn next(&mut self) -> Result<Token<'d>, Box<DecodeError>> {
        if self.empty {
            self.empty = false;
            self.content_end = self.pos;
            self.close();
            return Ok(Token::End);
        }
        if self.stage != Stage::Content {
            return self.outside();
        }
        let bytes = self.text.as_bytes();
        match (bytes.get(self.pos), bytes.get(self.pos + 1)) {
            (Some(b'<'), Some(b'/')) => {
                self.end_tag()?;
                Ok(Token::End)
            }
            (Some(b'<'), Some(b'!' | b'?')) => self.slow_text(self.pos),
            (Some(b'<'), _) => self.start_tag().map(Token::Start),
            _ => {
                let from = self.pos;
                let (end, decode) = scan_content(self.text, from).map_err(|error| self.syntax(error.what, error.at))?;
                if decode || matches!(bytes.get(end + 1), Some(b'!' | b'?')) || end == bytes.len() {
                    return self.slow_text(from);
                }
                if end - from > self.limits.text {
                    return Err(self.limit("bytes of text (text)", self.limits.text as u64, from));
                }
                self.pos = end;
                Ok(Token::Text(Cow::Borrowed(&self.text[from..end])))
            }
        }
    }

    /// Whether the next token is a start tag.
    #[inline]
    pub(crate) fn at_start_tag(&self) -> bool {
        let bytes = self.text.as_bytes();
        !self.empty
            && self.stage == Stage::Content
            && bytes.get(self.pos) == Some(&b'<')
            && !matches!(bytes.get(self.pos + 1), Some(b'/' | b'!' | b'?'))
    }

    /// The content of the element whose start tag was read last, and its end tag, when it is nothing but text that can be
    /// lent: the short way through what most of a message consists of. `None`, and nothing happened, when it is not.
    #[inline]
    pub(crate) fn leaf(&mut self) -> Result<Option<&'d str>, Box<DecodeError>> {
        let text = self.text;
        let bytes = text.as_bytes();
        let (from, Some(open)) = (self.pos, self.open.last()) else { return Ok(None) };
        if self.empty {
            return Ok(None);
        }
        let (end, decode) = scan_content(text, from).map_err(|error| self.syntax(error.what, error.at))?;
        let name = bytes.get(open.start + 1..open.name_end).unwrap_or_default();
        let name_from = end + 2;
        let name_end = name_from + name.len();
        let plain = !decode
            && bytes.get(end + 1) == Some(&b'/')
            && bytes.get(name_end) == Some(&b'>')
            && bytes.get(name_from..name_end).is_some_and(|found| same(found, name))
            && end - from <= self.limits.text;
        if !plain {
            return Ok(None);
        }
        self.content_end = end;
        self.pos = name_end + 1;
        self.close();
        Ok(Some(&text[from..end]))
    }

    #[inline]
    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.namespaces.truncate(open.mark);
        }
        if self.open.is_empty() {
            self.stage = Stage::Epilog;
        }
    }

    /// Reads an end tag whose `</` stands at the current position.
    #[inline]
    fn end_tag(&mut self) -> Result<(), Box<DecodeError>> {
        let text = self.text;
        let bytes = text.as_bytes();
        let name_from = self.pos + 2;
        let expected = match self.open.last() {
            Some(open) => &text[open.start + 1..open.name_end],
            None => return Err(self.syntax("an end tag without start tag", self.pos)),
        };
        let name_end = name_from + expected.len();
        if bytes.get(name_from..name_end).is_some_and(|found| same(found, expected.as_bytes())) {
            let mut at = name_end;
            while bytes.get(at).is_some_and(|byte| is_space(*byte)) {
                at += 1;
            }
            match bytes.get(at) {
                Some(b'>') => {
                    self.content_end = self.pos;
                    self.pos = at + 1;
                    self.close();
                    return Ok(());
                }
                None => return Err(self.unexpected_end()),
                Some(_) => {}
            }
        }
        let rest = &text[name_from..];
        let found = &rest[..rest.find(['>', ' ', '<']).unwrap_or(rest.len())];
        if name_from + found.len() == bytes.len() {
            return Err(self.unexpected_end());
        }
        let found = crate::error::excerpt(found);
        Err(self.syntax(format!("the end tag `</{found}>` does not match `<{expected}>`"), self.pos))
    }

    fn unexpected_end(&self) -> Box<DecodeError> {
        let what = match self.open.last() {
            Some(open) => {
                format!(
                    "unexpected end of the document: `<{}>` is not closed",
                    &self.text[open.start + 1..open.name_end]
                )
            }
            None => "unexpected end of the document".into(),
        };
        self.syntax(what, self.text.len())
    }

    /// Text that holds references, carriage returns, CDATA sections, comments or instructions.
    fn slow_text(&mut self, from: usize) -> Result<Token<'d>, Box<DecodeError>> {
        let text = self.text;
        let bytes = text.as_bytes();
        let mut out = String::new();
        loop {
            let (end, decode) = scan_content(text, self.pos).map_err(|error| self.syntax(error.what, error.at))?;
            let piece = &text[self.pos..end];
            if decode {
                let at = self.pos;
                decode_content(&mut out, piece).map_err(|error| self.syntax(error.what, at + error.at))?;
            } else {
                out.push_str(piece);
            }
            if end == bytes.len() {
                return Err(self.unexpected_end());
            }
            self.pos = end;
            match bytes.get(end + 1) {
                Some(b'!') if text[end..].starts_with("<![CDATA[") => {
                    let inner_from = end + "<![CDATA[".len();
                    let inner = self.until(inner_from, "]]>", "a CDATA section")?;
                    decode_cdata(&mut out, inner);
                    self.pos = inner_from + inner.len() + 3;
                }
                Some(b'!' | b'?') => self.misc()?,
                _ => break,
            }
            if self.pos - from > self.limits.text {
                break;
            }
        }
        if self.pos - from > self.limits.text {
            return Err(self.limit("bytes of text (text)", self.limits.text as u64, from));
        }
        if out.is_empty() { self.next() } else { Ok(Token::Text(Cow::Owned(out))) }
    }

    /// The text from `from` up to `end`, which must come; legal characters only.
    fn until(&self, from: usize, end: &str, what: &str) -> Result<&'d str, Box<DecodeError>> {
        let rest = &self.text[from..];
        let Some(length) = memchr::memmem::find(rest.as_bytes(), end.as_bytes()) else {
            return Err(self.syntax(format!("unexpected end of the document inside {what}"), self.text.len()));
        };
        let inner = &rest[..length];
        if let Some((at, c)) = find_illegal(inner) {
            return Err(self.syntax(format!("illegal character U+{:04X} in {what}", u32::from(c)), from + at));
        }
        Ok(inner)
    }

    /// Passes over the comment or processing instruction that begins at the current position.
    fn misc(&mut self) -> Result<(), Box<DecodeError>> {
        let rest = &self.text[self.pos..];
        if rest.starts_with("<!--") {
            let from = self.pos + 4;
            let inner = self.until(from, "--", "a comment")?;
            let end = from + inner.len();
            if self.text.as_bytes().get(end + 2) != Some(&b'>') {
                return Err(self.syntax("`--` inside a comment", end));
            }
            self.pos = end + 3;
            return Ok(());
        }
        if let Some(inner_rest) = rest.strip_prefix("<?") {
            let inner = self.until(self.pos + 2, "?>", "a processing instruction")?;
            let target = inner_rest.split([' ', '\t', '\r', '\n', '?']).next().unwrap_or_default();
            if target.eq_ignore_ascii_case("xml") {
                return Err(self.syntax("an XML declaration can only stand at the very beginning", self.pos));
            }
            if !super::chars::is_ncname(target) {
                return Err(self.syntax("a processing instruction without a proper name", self.pos));
            }
            if self.instructions == Instructions::Reject {
                return Err(self
                    .syntax(format!("processing instruction `<?{target}`: not allowed in a SOAP message"), self.pos));
            }
            self.pos += inner.len() + 4;
            return Ok(());
        }
        if rest.starts_with("<!DOCTYPE") {
            return Err(self.error(DecodeErrorKind::Dtd, self.pos));
        }
        Err(self.syntax("`<!` begins neither a comment nor a CDATA section", self.pos))
    }

    /// Reads on before or behind the root element.
    fn outside(&mut self) -> Result<Token<'d>, Box<DecodeError>> {
        if self.pos == 0 {
            if self.text.starts_with('\u{feff}') {
                self.pos = '\u{feff}'.len_utf8();
            }
            self.declaration()?;
        }
        let bytes = self.text.as_bytes();
        loop {
            match (bytes.get(self.pos), bytes.get(self.pos + 1)) {
                (Some(byte), _) if is_space(*byte) => self.pos += 1,
                (Some(b'<'), Some(b'!')) if self.text[self.pos..].starts_with("<![") => {
                    return Err(self.syntax("a CDATA section outside the root element", self.pos));
                }
                (Some(b'<'), Some(b'!' | b'?')) => self.misc()?,
                (Some(b'<'), Some(b'/')) => return Err(self.syntax("an end tag without start tag", self.pos)),
                (Some(b'<'), _) if self.stage == Stage::Prolog => {
                    self.stage = Stage::Content;
                    return self.start_tag().map(Token::Start);
                }
                (Some(b'<'), _) => {
                    return Err(self.syntax("a second root element after the end of the document", self.pos));
                }
                (Some(_), _) if self.stage == Stage::Prolog => {
                    return Err(self.syntax("text before the root element: this is not an XML document", self.pos));
                }
                (Some(_), _) => return Err(self.syntax("text after the end of the document", self.pos)),
                (None, _) if self.stage == Stage::Prolog => {
                    return Err(self.syntax("unexpected end of the document: it has no root element", self.pos));
                }
                (None, _) => return Ok(Token::Eof),
            }
        }
    }

    /// Passes over an XML declaration, if there is one.
    fn declaration(&mut self) -> Result<(), Box<DecodeError>> {
        let Some(rest) = self.text[self.pos..].strip_prefix("<?xml") else { return Ok(()) };
        if !rest.bytes().next().is_some_and(is_space) {
            return Ok(());
        }
        let inner = self.until(self.pos + 5, "?>", "the XML declaration")?;
        if !is_declaration(inner) {
            return Err(self.syntax("malformed XML declaration", self.pos));
        }
        self.pos += inner.len() + 7;
        Ok(())
    }

    /// Passes over the rest of the innermost open element. Everything in it is checked like anything that is read.
    ///
    /// # Errors
    /// As [`Reader::next`].
    pub fn skip(&mut self) -> Result<Skipped, Box<DecodeError>> {
        let start = self.element_start();
        let depth = self.open.len();
        let own = self.open.last().is_some_and(|open| !self.text[open.start..open.name_end].contains(':'));
        let mut skipped =
            Skipped { outer: start..start, inner: self.pos..self.pos, unprefixed: own, unprefixed_inside: false };
        while self.open.len() >= depth {
            match self.next()? {
                Token::Start(inner) => skipped.unprefixed_inside |= inner.prefix.is_empty(),
                Token::Eof => return Err(self.unexpected_end()),
                Token::End | Token::Text(_) => {}
            }
        }
        skipped.unprefixed |= skipped.unprefixed_inside;
        skipped.inner.end = self.content_end.max(skipped.inner.start);
        skipped.outer.end = self.pos;
        Ok(skipped)
    }

    /// Checks that nothing but comments and white space is left, up to the end of the document.
    ///
    /// # Errors
    /// Anything else.
    pub fn finish(&mut self) -> Result<(), Box<DecodeError>> {
        loop {
            match self.next()? {
                Token::Eof => return Ok(()),
                Token::End => {}
                Token::Text(text) if is_blank(&text) => {}
                Token::Text(_) | Token::Start(_) => {
                    return Err(self.syntax("content after the value was read", self.pos));
                }
            }
        }
    }
}

/// ` version="1.0" encoding="utf-8" standalone="yes"`, the last two optional, in this order.
fn is_declaration(text: &str) -> bool {
    let mut rest = text;
    let mut last = 0;
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        if trimmed.is_empty() {
            return last > 0;
        }
        if trimmed.len() == rest.len() {
            return false;
        }
        let Some((name, after)) = trimmed.split_once('=') else { return false };
        let after = after.trim_start_matches([' ', '\t', '\r', '\n']);
        let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return false };
        let Some((value, after)) = after[1..].split_once(quote) else { return false };
        let (order, good) = match name.trim_end_matches([' ', '\t', '\r', '\n']) {
            "version" => {
                (1, value.strip_prefix("1.").is_some_and(|v| !v.is_empty() && v.bytes().all(|b| b.is_ascii_digit())))
            }
            "encoding" => (2, value.starts_with(|c: char| c.is_ascii_alphabetic())),
            "standalone" => (3, matches!(value, "yes" | "no")),
            _ => return false,
        };
        if !good || order <= last || (last == 0 && order != 1) {
            return false;
        }
        last = order;
        rest = after;
    }
}
