//! Contracts in other words: declarations in another order, prefixes with other names. What they mean stays.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use roxmltree::{Document, Node};

const XSD: &str = "http://www.w3.org/2001/XMLSchema";
const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";

/// A small generator of numbers (xorshift): the same sequence for the same seed, everywhere.
#[derive(Debug)]
pub struct Numbers(u64);

impl Numbers {
    /// Starts a sequence.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("fits")
    }

    /// Another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

/// Declarations whose order means nothing. Annotations, imports and includes stand before them and stay.
fn is_declaration(node: Node<'_, '_>) -> bool {
    let name = node.tag_name();
    match name.namespace() {
        Some(XSD) => {
            matches!(name.name(), "element" | "complexType" | "simpleType" | "group" | "attributeGroup" | "attribute")
        }
        Some(WSDL) => matches!(name.name(), "message" | "portType" | "binding" | "service" | "operation"),
        _ => false,
    }
}

/// Whether the order of what an element holds means nothing.
fn is_holder(node: Node<'_, '_>) -> bool {
    let name = node.tag_name();
    match name.namespace() {
        Some(XSD) => name.name() == "schema",
        Some(WSDL) => matches!(name.name(), "definitions" | "portType" | "binding"),
        _ => false,
    }
}

/// The text with the declarations of every schema and of the WSDL in another order.
///
/// # Panics
/// When the text is not well-formed.
pub fn shuffled(text: &str, numbers: &mut Numbers) -> String {
    let document = Document::parse(text).expect("is well-formed");
    let mut out = String::with_capacity(text.len());
    rearranged(text, document.root(), &mut out, numbers);
    out
}

/// Appends a node's text, with the declarations in it in another order, and theirs.
fn rearranged(text: &str, node: Node<'_, '_>, out: &mut String, numbers: &mut Numbers) {
    let places: Vec<Node<'_, '_>> = node.children().filter(Node::is_element).collect();
    let movable = |child: &&Node<'_, '_>| is_holder(node) && is_declaration(**child);
    let mut moved: Vec<Node<'_, '_>> = places.iter().filter(movable).copied().collect();
    numbers.shuffle(&mut moved);
    let mut moved = moved.into_iter();
    let mut at = node.range().start;
    for place in &places {
        out.push_str(&text[at..place.range().start]);
        let next = if movable(&place) { moved.next().expect("as many as there are places") } else { *place };
        rearranged(text, next, out, numbers);
        at = place.range().end;
    }
    out.push_str(&text[at..node.range().end]);
}

/// The text with every prefix renamed, in names and in the attributes that hold names.
///
/// # Panics
/// When the text is not well-formed.
pub fn renamed(text: &str) -> String {
    const NAMES: &[&str] = &[
        "type",
        "base",
        "ref",
        "itemType",
        "memberTypes",
        "substitutionGroup",
        "element",
        "message",
        "binding",
        "arrayType",
        "refer",
    ];
    let document = Document::parse(text).expect("is well-formed");
    let mut edits: BTreeMap<usize, &str> = BTreeMap::new();
    let prefix_at = |start: usize, end: usize| {
        let name = &text[start..end];
        name.find(':').filter(|colon| &name[..*colon] != "xml").map(|_| start)
    };
    let name_end = |start: usize| {
        start + text[start..].find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(0)
    };
    for node in document.descendants().filter(Node::is_element) {
        let range = node.range();
        let open = range.start + 1;
        if let Some(at) = prefix_at(open, name_end(open)) {
            edits.insert(at, "z");
        }
        edits.extend(declarations(text, range.start).into_iter().map(|at| (at, "z")));
        if let Some(close) = text[range.clone()].rfind("</").map(|at| range.start + at + 2)
            && text[..range.end].ends_with('>')
            && !text[..range.end].ends_with("/>")
            && let Some(at) = prefix_at(close, name_end(close))
        {
            edits.insert(at, "z");
        }
        for attribute in node.attributes() {
            let place = attribute.range();
            if let Some(at) = prefix_at(place.start, name_end(place.start)) {
                edits.insert(at, "z");
            }
            if NAMES.contains(&attribute.name()) && attribute.namespace().is_none_or(|ns| ns == WSDL) {
                let value = attribute.range_value();
                let mut at = value.start;
                for word in text[value].split(' ') {
                    if word.contains(':') && !word.starts_with("xml:") {
                        edits.insert(at, "z");
                    }
                    at += word.len() + 1;
                }
            }
        }
    }
    let mut out = String::with_capacity(text.len() + edits.len());
    let mut at = 0;
    for (place, insert) in edits {
        out.push_str(&text[at..place]);
        out.push_str(insert);
        at = place;
    }
    out.push_str(&text[at..]);
    out
}

/// Where the prefixes stand that a start tag declares; the parser tells no places of them.
fn declarations(text: &str, start: usize) -> Vec<usize> {
    const DECLARATION: &str = "xmlns:";
    let mut found = Vec::new();
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => break,
            (None, _) if byte.is_ascii_whitespace() && text[at + 1..].starts_with(DECLARATION) => {
                let prefix = at + 1 + DECLARATION.len();
                // This one has but one name.
                if !text[prefix..].starts_with("xml=") {
                    found.push(prefix);
                }
            }
            (None, _) => {}
        }
    }
    found
}

/// Copies a folder of contracts; what is a contract and well-formed text in UTF-8 goes through `change`, the rest stays as it is.
///
/// # Errors
/// What the file system says.
pub fn copy(from: &Path, to: &Path, change: &mut dyn FnMut(&str) -> String) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    let mut entries: Vec<_> = std::fs::read_dir(from)?.collect::<io::Result<_>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target, change)?;
            continue;
        }
        let bytes = std::fs::read(&path)?;
        let text = std::str::from_utf8(&bytes).ok().map(|text| text.trim_start_matches('\u{feff}'));
        match text.filter(|text| is_contract(&path, text)) {
            Some(text) => std::fs::write(target, change(text))?,
            None => std::fs::write(target, bytes)?,
        }
    }
    Ok(())
}

/// By its name and by being well-formed: what else lies in a folder of contracts may be anything.
fn is_contract(path: &Path, text: &str) -> bool {
    let by_name =
        path.extension().is_some_and(|extension| ["wsdl", "xsd", "xml"].iter().any(|known| extension == *known));
    by_name && Document::parse(text).is_ok()
}
