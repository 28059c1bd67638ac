//! A linear look over XML text before a tree is built from it: every limit is checked first, so that no input can make
//! the tree deep, wide or slow to build. It also finds the DOCTYPE. It is not a parser: what it does not understand it
//! leaves to the parser to refuse.

use std::ops::Range;

use memchr::memchr;

use super::Limits;

/// What the look-over found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scan {
    /// Where the DOCTYPE stands, from `<` to `>`.
    pub(crate) doctype: Option<Range<usize>>,
    /// Elements seen.
    pub(crate) elements: usize,
    /// The document breaks off inside a tag, comment, section or element.
    pub(crate) cut_off: bool,
}

/// A limit was passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exceeded {
    /// The name of the field of [`Limits`].
    pub(crate) limit: &'static str,
    /// What was counted, in words.
    pub(crate) what: &'static str,
    /// Its greatest allowed value.
    pub(crate) max: usize,
    /// Byte offset in the text.
    pub(crate) at: usize,
}

/// Looks over the text.
///
/// # Errors
/// When a limit is passed.
pub(crate) fn scan(text: &str, limits: &Limits) -> Result<Scan, Exceeded> {
    Scanner { bytes: text.as_bytes(), at: 0, limits, found: Scan::default(), scopes: Vec::new(), in_scope: 0 }.run()
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    limits: &'a Limits,
    found: Scan,
    /// Namespace declarations each open element added.
    scopes: Vec<usize>,
    in_scope: usize,
}

impl Scanner<'_> {
    fn run(mut self) -> Result<Scan, Exceeded> {
        loop {
            let text_start = self.at;
            let Some(open) = self.find(b'<') else {
                self.check(
                    self.bytes.len() - text_start,
                    self.limits.text_bytes,
                    "text_bytes",
                    "bytes of text",
                    text_start,
                )?;
                break;
            };
            self.check(open - text_start, self.limits.text_bytes, "text_bytes", "bytes of text", text_start)?;
            self.at = open;
            let rest = &self.bytes[open..];
            let done = if rest.starts_with(b"<!--") {
                self.section(4, b"-->")?
            } else if rest.starts_with(b"<![CDATA[") {
                self.section(9, b"]]>")?
            } else if rest.starts_with(b"<!DOCTYPE") {
                self.doctype()
            } else if rest.starts_with(b"<?") {
                self.section(2, b"?>")?
            } else if rest.starts_with(b"</") {
                self.close_tag()
            } else {
                self.open_tag()?
            };
            if !done {
                self.found.cut_off = true;
                break;
            }
        }
        self.found.cut_off |= !self.scopes.is_empty();
        Ok(self.found)
    }

    fn check(
        &self,
        count: usize,
        max: usize,
        limit: &'static str,
        what: &'static str,
        at: usize,
    ) -> Result<(), Exceeded> {
        if count > max { Err(Exceeded { limit, what, max, at }) } else { Ok(()) }
    }

    fn find(&self, byte: u8) -> Option<usize> {
        memchr(byte, &self.bytes[self.at..]).map(|at| self.at + at)
    }

    /// Skips to after `end`; false when it never comes.
    fn section(&mut self, open: usize, end: &[u8]) -> Result<bool, Exceeded> {
        let start = self.at;
        let mut from = start + open;
        let last = end[end.len() - 1];
        while let Some(hit) = self.bytes.get(from..).and_then(|rest| memchr(last, rest)) {
            from += hit + 1;
            if from - start >= open + end.len() && self.bytes[..from].ends_with(end) {
                self.at = from;
                self.check(from - start, self.limits.text_bytes, "text_bytes", "bytes of text", start)?;
                return Ok(true);
            }
        }
        self.at = self.bytes.len();
        Ok(false)
    }

    fn doctype(&mut self) -> bool {
        let start = self.at;
        let mut quote = None;
        let mut brackets = 0usize;
        let mut at = start;
        while let Some(byte) = self.bytes.get(at).copied() {
            match (quote, byte) {
                (Some(open), _) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'<') if self.bytes[at..].starts_with(b"<!--") => {
                    let Some(end) = self.bytes[at..].windows(3).position(|three| three == b"-->") else { break };
                    at += end + 2;
                }
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'[') => brackets += 1,
                (None, b']') => brackets = brackets.saturating_sub(1),
                (None, b'>') if brackets == 0 => {
                    self.found.doctype.get_or_insert(start..at + 1);
                    self.at = at + 1;
                    return true;
                }
                (None, _) => {}
            }
            at += 1;
        }
        self.at = self.bytes.len();
        false
    }

    fn close_tag(&mut self) -> bool {
        self.in_scope -= self.scopes.pop().unwrap_or(0);
        match self.find(b'>') {
            Some(end) => {
                self.at = end + 1;
                true
            }
            None => false,
        }
    }

    fn name(&mut self) -> Result<Range<usize>, Exceeded> {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(|b| !matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b'=' | b'>' | b'/')) {
            self.at += 1;
        }
        self.check(self.at - start, self.limits.name_bytes, "name_bytes", "bytes in a name", start)?;
        Ok(start..self.at)
    }

    fn open_tag(&mut self) -> Result<bool, Exceeded> {
        let start = self.at;
        self.at += 1;
        self.name()?;
        let (mut attributes, mut namespaces) = (0, 0);
        let empty = loop {
            match self.bytes.get(self.at).copied() {
                None => return Ok(false),
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'/') if self.bytes.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    break true;
                }
                Some(b'>') => {
                    self.at += 1;
                    break false;
                }
                Some(_) => {
                    let before = self.at;
                    let name = self.name()?;
                    // What the document names is bounded as names are: it becomes identifiers, not text.
                    let names = &self.bytes[name.clone()] == b"name";
                    if self.bytes[name.clone()].starts_with(b"xmlns") {
                        namespaces += 1;
                        self.check(
                            namespaces,
                            self.limits.namespaces,
                            "namespaces",
                            "namespace declarations on one element",
                            start,
                        )?;
                    } else {
                        attributes += 1;
                        self.check(
                            attributes,
                            self.limits.attributes,
                            "attributes",
                            "attributes on one element",
                            start,
                        )?;
                    }
                    if !self.value(names)? {
                        return Ok(false);
                    }
                    if self.at == before {
                        self.at += 1; // something only the parser can name
                    }
                }
            }
        };
        self.found.elements += 1;
        self.check(self.found.elements, self.limits.elements, "elements", "elements", start)?;
        self.check(self.scopes.len() + 1, self.limits.depth, "depth", "depth: elements inside one another", start)?;
        let in_scope = self.in_scope + namespaces;
        self.check(
            in_scope,
            self.limits.namespaces_in_scope,
            "namespaces_in_scope",
            "namespace declarations in scope",
            start,
        )?;
        if !empty {
            self.scopes.push(namespaces);
            self.in_scope = in_scope;
        }
        Ok(true)
    }

    /// Skips `= "value"`; false when the text ends first.
    fn value(&mut self, names: bool) -> Result<bool, Exceeded> {
        let mut at = self.at;
        let blank = |at: usize| self.bytes.get(at).is_some_and(u8::is_ascii_whitespace);
        while blank(at) {
            at += 1;
        }
        if self.bytes.get(at) != Some(&b'=') {
            return Ok(true);
        }
        at += 1;
        while blank(at) {
            at += 1;
        }
        let Some(quote @ (b'"' | b'\'')) = self.bytes.get(at).copied() else {
            self.at = at;
            return Ok(true);
        };
        let Some(end) = memchr(quote, &self.bytes[at + 1..]) else { return Ok(false) };
        if names {
            self.check(end, self.limits.name_bytes, "name_bytes", "bytes in a name", at)?;
        }
        self.check(end, self.limits.attribute_bytes, "attribute_bytes", "bytes in an attribute value", at)?;
        self.at = at + 1 + end + 1;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(text: &str) -> Option<&'static str> {
        scan(text, &Limits::default()).err().map(|exceeded| exceeded.limit)
    }

    #[test]
    fn limits_at_the_edge() {
        let nested = |n: usize| format!("{}{}", "<a>".repeat(n), "</a>".repeat(n));
        assert_eq!(limit(&nested(256)), None);
        assert_eq!(limit(&nested(257)), Some("depth"));
        let attributes = |n: usize| {
            let list: String = (0..n).map(|i| format!(" a{i}='1'")).collect();
            format!("<a{list}/>")
        };
        assert_eq!(limit(&attributes(256)), None);
        assert_eq!(limit(&attributes(257)), Some("attributes"));
        assert_eq!(limit(&format!("<{}/>", "a".repeat(1024))), None);
        assert_eq!(limit(&format!("<{}/>", "a".repeat(1025))), Some("name_bytes"));
        assert_eq!(limit(&format!("<a name='{}'/>", "x".repeat(1025))), Some("name_bytes"));
        assert_eq!(limit(&format!("<a b='{}'/>", "x".repeat((1 << 20) + 1))), Some("attribute_bytes"));
    }

    #[test]
    fn counts_what_a_tree_would_hold() {
        let text = "<?xml version='1.0'?><!-- <x> --><a><![CDATA[<y>]]><b c='>'/><b/></a>";
        let found = scan(text, &Limits::default()).expect("in limits");
        let tree = roxmltree::Document::parse(text).expect("parses");
        assert_eq!(found.elements, tree.descendants().filter(roxmltree::Node::is_element).count());
        assert!(!found.cut_off);
    }

    #[test]
    fn doctype_and_ends() {
        let text = "<!DOCTYPE a [<!ENTITY b '>]'><!-- ]> -->]><a/>";
        let found = scan(text, &Limits::default()).expect("in limits");
        assert_eq!(&text[found.doctype.expect("is there")], &text[..text.len() - 4]);
        for cut in ["<a", "<a b='", "<a>", "<!-- ", "<!DOCTYPE a ["] {
            assert!(scan(cut, &Limits::default()).expect("in limits").cut_off, "{cut}");
        }
    }
}
