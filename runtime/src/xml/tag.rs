//! Start tags: names, attributes, namespace declarations.

use std::borrow::Cow;

use super::chars::{is_name_char, is_name_start, is_space, same};
use super::namespaces::{NamespaceId, XML_NAMESPACE, XMLNS_NAMESPACE};
use super::reader::{Open, Reader, Start};
use super::text::{decode_attribute, scan_attribute};
use crate::error::{DecodeError, DecodeErrorKind};

/// An attribute of the start tag read last; namespace declarations are not among them.
#[derive(Debug, Clone)]
pub struct Attribute<'d> {
    /// The prefix as written; empty for none.
    pub prefix: &'d str,
    /// The local part of the name.
    pub local: &'d str,
    /// Its namespace.
    pub namespace: NamespaceId,
    /// The value, references replaced and white space normalised.
    pub value: Cow<'d, str>,
    /// Where the value stands in the document, without its quotes.
    pub range: std::ops::Range<usize>,
}

const OTHER: u8 = 0;
const START: u8 = 1;
const CONTINUE: u8 = 2;
const COLON: u8 = 4;
const WIDE: u8 = 8;
/// What may stand behind the first character of a name.
const ANYWHERE: u8 = START | CONTINUE;

const NAME: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        let c = byte as u8;
        if c.is_ascii_alphabetic() || c == b'_' {
            table[byte] = START;
        } else if c.is_ascii_digit() || c == b'-' || c == b'.' {
            table[byte] = CONTINUE;
        } else if c == b':' {
            table[byte] = COLON;
        } else if c >= 0x80 {
            table[byte] = WIDE;
        }
        byte += 1;
    }
    table
};

/// A name as written: where it ends, and where its colon stands (`from` when there is none).
struct Scanned {
    end: usize,
    colon: usize,
}

impl<'d> Reader<'d> {
    /// Scans a name at `from`.
    #[inline]
    fn scan_name(&self, from: usize) -> Result<Scanned, Box<DecodeError>> {
        let bytes = self.text.as_bytes();
        // Names are ASCII, nearly always.
        let class = |at: usize| bytes.get(at).map_or(OTHER, |byte| NAME[*byte as usize]);
        let mut end = from;
        let mut colon = from;
        if class(from) == START {
            while class(end) & ANYWHERE != 0 {
                end += 1;
            }
            if class(end) == COLON && class(end + 1) == START {
                colon = end;
                end += 1;
                while class(end) & ANYWHERE != 0 {
                    end += 1;
                }
            }
        }
        if end == from || class(end) & (WIDE | COLON) != 0 {
            return self.scan_any_name(from);
        }
        if end - from > self.limits.name {
            return Err(self.limit("bytes of a name (name)", self.limits.name as u64, from));
        }
        Ok(Scanned { end, colon })
    }

    /// Scans a name of any characters, and finds what is wrong with it.
    #[cold]
    fn scan_any_name(&self, from: usize) -> Result<Scanned, Box<DecodeError>> {
        let bytes = self.text.as_bytes();
        let mut colon = from;
        let mut part = from;
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            match NAME[byte as usize] {
                START => at += 1,
                CONTINUE if at > part => at += 1,
                COLON if colon == from && at > from => {
                    colon = at;
                    at += 1;
                    part = at;
                }
                WIDE => match self.text[at..].chars().next() {
                    Some(c) if is_name_start(c) || (at > part && is_name_char(c)) => at += c.len_utf8(),
                    _ => break,
                },
                _ => break,
            }
        }
        if at == part {
            let found = match self.text.get(at..).and_then(|rest| rest.chars().next()) {
                Some(c) => format!("a name cannot begin with {c:?}"),
                None => "unexpected end of the document in place of a name".into(),
            };
            return Err(self.syntax(found, at));
        }
        if at - from > self.limits.name {
            return Err(self.limit("bytes of a name (name)", self.limits.name as u64, from));
        }
        Ok(Scanned { end: at, colon })
    }

    fn skip_space(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        while bytes.get(at).is_some_and(|byte| is_space(*byte)) {
            at += 1;
        }
        at
    }

    /// Reads a start tag whose `<` stands at the current position.
    #[inline]
    pub(crate) fn start_tag(&mut self) -> Result<Start<'d>, Box<DecodeError>> {
        let from = self.pos + 1;
        let name = self.scan_name(from)?;
        let text = self.text;
        let (prefix, local) = if name.colon == from {
            ("", &text[from..name.end])
        } else {
            (&text[from..name.colon], &text[name.colon + 1..name.end])
        };
        let namespace = self.rest_of_start_tag(prefix, name.end)?;
        Ok(Start { prefix, local, namespace })
    }

    /// Reads a start tag whose `<` stands at the current position, if its name is this prefix and this local name: what
    /// mostly comes need not be looked at byte by byte. Returns its namespace; `None`, and nothing happened, when it has
    /// another name.
    ///
    /// The prefix must have been read from a start tag, and the local name must be one that a start tag can have.
    #[inline]
    pub(crate) fn start_tag_like(
        &mut self,
        prefix: &'d str,
        local: &str,
    ) -> Result<Option<NamespaceId>, Box<DecodeError>> {
        let bytes = self.text.as_bytes();
        let from = self.pos + 1;
        let colon = from + prefix.len();
        let local_from = if prefix.is_empty() { from } else { colon + 1 };
        let end = local_from + local.len();
        let alike = bytes.get(local_from..end).is_some_and(|found| same(found, local.as_bytes()))
            && (prefix.is_empty()
                || (bytes.get(colon) == Some(&b':')
                    && bytes.get(from..colon).is_some_and(|found| same(found, prefix.as_bytes()))))
            && matches!(bytes.get(end), Some(b'>' | b'/' | b' '))
            && end - from <= self.limits.name;
        if alike { self.rest_of_start_tag(prefix, end).map(Some) } else { Ok(None) }
    }

    /// Reads a start tag from behind its name, which was scanned. Returns the name's namespace.
    #[inline]
    fn rest_of_start_tag(&mut self, prefix: &'d str, name_end: usize) -> Result<NamespaceId, Box<DecodeError>> {
        let bytes = self.text.as_bytes();
        let start = self.pos;
        if self.open.len() >= self.limits.depth {
            return Err(self.limit("element depth (depth)", self.limits.depth as u64, start));
        }
        self.elements += 1;
        if self.elements > self.limits.elements {
            return Err(self.limit("elements of a document (elements)", self.limits.elements, start));
        }
        self.attributes.clear();
        let mark = self.namespaces.mark();
        let mut at = name_end;
        match bytes.get(at) {
            Some(b'>') => at += 1,
            Some(b'/') if bytes.get(at + 1) == Some(&b'>') => {
                at += 2;
                self.empty = true;
            }
            _ => at = self.read_attributes(at, mark, start)?,
        }
        let Some(namespace) = self.namespaces.resolve(prefix) else {
            return Err(self.undeclared(prefix, start + 1));
        };
        self.open.push(Open { start, name_end, mark });
        self.pos = at;
        Ok(namespace)
    }

    fn undeclared(&self, prefix: &str, at: usize) -> Box<DecodeError> {
        let what = if prefix == "xmlns" {
            "the prefix `xmlns` cannot be used for names".into()
        } else {
            format!("the namespace prefix `{}` is not declared", crate::error::excerpt(prefix))
        };
        self.syntax(what, at)
    }

    /// Reads attributes and the end of the tag. Returns the position behind it.
    fn read_attributes(&mut self, from: usize, mark: usize, start: usize) -> Result<usize, Box<DecodeError>> {
        let text = self.text;
        let bytes = text.as_bytes();
        let mut at = from;
        let mut prefixed = false;
        let end = loop {
            let after_space = self.skip_space(at);
            match bytes.get(after_space) {
                Some(b'>') => break after_space + 1,
                Some(b'/') if bytes.get(after_space + 1) == Some(&b'>') => {
                    self.empty = true;
                    break after_space + 2;
                }
                None => return Err(self.syntax("unexpected end of the document inside a tag", after_space)),
                Some(_) if after_space == at => {
                    let c = text[at..].chars().next().unwrap_or(' ');
                    return Err(self.syntax(format!("unexpected {c:?} in a tag"), at));
                }
                Some(_) => {}
            }
            let name_from = after_space;
            let name = self.scan_name(name_from)?;
            let equals = self.skip_space(name.end);
            if bytes.get(equals) != Some(&b'=') {
                return Err(self.syntax(format!("attribute `{}` has no value", &text[name_from..name.end]), equals));
            }
            let quote_at = self.skip_space(equals + 1);
            let quote = match bytes.get(quote_at) {
                Some(quote @ (b'"' | b'\'')) => *quote,
                _ => return Err(self.syntax("an attribute value must stand in quotes", quote_at)),
            };
            let value_from = quote_at + 1;
            let (value_end, decode) =
                scan_attribute(text, value_from, quote).map_err(|error| self.syntax(error.what, error.at))?;
            let raw = &text[value_from..value_end];
            if raw.len() > self.limits.attribute_value {
                let limit = self.limits.attribute_value as u64;
                return Err(self.limit("bytes of an attribute value (attribute_value)", limit, value_from));
            }
            let value = if decode {
                let mut value = String::with_capacity(raw.len());
                decode_attribute(&mut value, raw).map_err(|error| self.syntax(error.what, value_from + error.at))?;
                Cow::Owned(value)
            } else {
                Cow::Borrowed(raw)
            };
            at = value_end + 1;
            let (prefix, local) = if name.colon == name_from {
                ("", &text[name_from..name.end])
            } else {
                (&text[name_from..name.colon], &text[name.colon + 1..name.end])
            };
            if prefix == "xmlns" || (prefix.is_empty() && local == "xmlns") {
                let declared = if prefix.is_empty() { "" } else { local };
                self.declare(declared, value, mark, name_from)?;
                continue;
            }
            prefixed |= !prefix.is_empty();
            if self.attributes.len() >= self.limits.attributes {
                return Err(self.limit("attributes of an element (attributes)", self.limits.attributes as u64, start));
            }
            let range = value_from..value_end;
            self.attributes.push(Attribute { prefix, local, namespace: NamespaceId::NONE, value, range });
        };
        if prefixed {
            self.resolve_attributes(start)?;
        }
        self.unique_attributes(start)?;
        Ok(end)
    }

    /// Takes a namespace declaration into scope.
    fn declare(&mut self, prefix: &'d str, uri: Cow<'d, str>, mark: usize, at: usize) -> Result<(), Box<DecodeError>> {
        let wrong = match prefix {
            "xml" if uri != XML_NAMESPACE => Some("the prefix `xml` cannot be bound to another namespace"),
            "xmlns" => Some("the prefix `xmlns` cannot be declared"),
            _ if prefix != "xml" && uri == XML_NAMESPACE => Some("the namespace of `xml` cannot have another prefix"),
            _ if uri == XMLNS_NAMESPACE => Some("the namespace of `xmlns` cannot be declared"),
            _ if !prefix.is_empty() && uri.is_empty() => Some("a prefix cannot be declared empty"),
            _ => None,
        };
        if let Some(wrong) = wrong {
            return Err(self.syntax(wrong, at));
        }
        let own = self.namespaces.from(mark);
        if own.iter().any(|binding| binding.prefix == prefix) {
            let name = if prefix.is_empty() { "xmlns".into() } else { format!("xmlns:{prefix}") };
            return Err(self.syntax(format!("duplicate attribute `{name}`"), at));
        }
        if own.len() >= self.limits.namespaces {
            let what = "namespace declarations of an element (namespaces; 128 by default in scope)";
            return Err(self.limit(what, self.limits.namespaces as u64, at));
        }
        // The binding of `xml` does not count.
        if self.namespaces.mark() > self.limits.namespaces_in_scope {
            let what = "namespace declarations in scope (namespaces_in_scope)";
            return Err(self.limit(what, self.limits.namespaces_in_scope as u64, at));
        }
        self.namespaces.push(prefix, uri);
        Ok(())
    }

    fn resolve_attributes(&mut self, start: usize) -> Result<(), Box<DecodeError>> {
        let mut undeclared = None;
        for attribute in &mut self.attributes {
            if attribute.prefix.is_empty() {
                continue;
            }
            match self.namespaces.resolve(attribute.prefix) {
                Some(namespace) => attribute.namespace = namespace,
                None => undeclared = Some((attribute.prefix, attribute.range.start)),
            }
        }
        match undeclared {
            Some((prefix, at)) => Err(self.undeclared(prefix, at.max(start))),
            None => Ok(()),
        }
    }

    /// No two attributes may have the same expanded name.
    fn unique_attributes(&self, start: usize) -> Result<(), Box<DecodeError>> {
        let attributes = &self.attributes;
        let same = |a: &Attribute<'_>, b: &Attribute<'_>| {
            a.local == b.local && self.namespaces.uri(a.namespace) == self.namespaces.uri(b.namespace)
        };
        let twice = if attributes.len() <= 16 {
            attributes
                .iter()
                .enumerate()
                .find(|(index, one)| attributes.iter().take(*index).any(|other| same(one, other)))
        } else {
            // Sorted, so that many attributes cost little more than few.
            let mut order: Vec<usize> = (0..attributes.len()).collect();
            let key = |index: usize| (attributes[index].local, self.namespaces.uri(attributes[index].namespace));
            order.sort_unstable_by(|a, b| key(*a).cmp(&key(*b)));
            order.windows(2).find(|pair| key(pair[0]) == key(pair[1])).map(|pair| (pair[1], &attributes[pair[1]]))
        };
        match twice {
            Some((_, attribute)) => {
                let colon = if attribute.prefix.is_empty() { "" } else { ":" };
                let what = format!("duplicate attribute `{}{colon}{}`", attribute.prefix, attribute.local);
                Err(self.syntax(what, attribute.range.start.max(start)))
            }
            None => Ok(()),
        }
    }

    pub(super) fn limit(&self, what: &'static str, limit: u64, at: usize) -> Box<DecodeError> {
        self.error(DecodeErrorKind::Limit { what, limit }, at)
    }

    pub(super) fn syntax(&self, what: impl Into<String>, at: usize) -> Box<DecodeError> {
        self.error(DecodeErrorKind::Syntax(what.into()), at)
    }

    /// An error in the element that is open.
    #[cold]
    pub(super) fn error(&self, kind: DecodeErrorKind, offset: usize) -> Box<DecodeError> {
        Box::new(DecodeError { kind, path: self.path(), offset })
    }

    /// The path of the element that is open.
    #[cold]
    pub fn path(&self) -> String {
        match self.open.last() {
            Some(open) => super::path::paths(self.text, &[open.start]).pop().unwrap_or_default(),
            None => String::new(),
        }
    }
}
