//! Changes of XML text that leave everything else as it was written.

use std::ops::Range;

use roxmltree::{Document, Node};

/// XML Schema's namespace.
pub const XSD: &str = "http://www.w3.org/2001/XMLSchema";
/// WSDL's namespace.
pub const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
/// The namespaces of WSDL's SOAP bindings: 1.1 and 1.2.
pub const SOAP: [&str; 2] = ["http://schemas.xmlsoap.org/wsdl/soap/", "http://schemas.xmlsoap.org/wsdl/soap12/"];

/// A piece of text and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Bytes of the old text.
    pub range: Range<usize>,
    /// The new text.
    pub with: String,
}

impl Edit {
    /// Puts text at a place.
    pub fn insert(at: usize, with: impl Into<String>) -> Self {
        Self { range: at..at, with: with.into() }
    }

    /// Puts text in the place of other text.
    pub fn replace(range: Range<usize>, with: impl Into<String>) -> Self {
        Self { range, with: with.into() }
    }

    /// Takes text away.
    pub fn remove(range: Range<usize>) -> Self {
        Self { range, with: String::new() }
    }
}

/// A change of one file, and what it is in words.
#[derive(Debug, Clone)]
pub struct Change {
    /// What changes.
    pub edits: Vec<Edit>,
    /// For people.
    pub what: String,
}

/// Applies edits that do not overlap.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut out = String::with_capacity(text.len() + 200);
    let mut at = 0;
    for edit in edits {
        if edit.range.start < at {
            continue;
        }
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.with);
        at = edit.range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// A file to change.
pub struct Xml<'t> {
    /// Its text.
    pub text: &'t str,
    /// The same, parsed.
    pub document: Document<'t>,
}

impl<'t> Xml<'t> {
    /// Parses a file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &'t str) -> Result<Self, roxmltree::Error> {
        Ok(Self { text, document: Document::parse(text)? })
    }

    /// All elements of XML Schema with this name, in document order.
    pub fn schema<'a>(&'a self, local: &'a str) -> impl Iterator<Item = Node<'a, 't>> {
        self.document.descendants().filter(move |node| is_xsd(*node, local))
    }

    /// All elements of WSDL with this name, in document order.
    pub fn wsdl<'a>(&'a self, local: &'a str) -> impl Iterator<Item = Node<'a, 't>> {
        self.document.descendants().filter(move |node| node.has_tag_name((WSDL, local)))
    }

    /// The prefix of an element's tag, with its colon.
    pub fn prefix(&self, node: Node<'_, '_>) -> &'t str {
        let tag = &self.text[node.range().start + 1..];
        let end = tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(0);
        tag[..end].find(':').map_or("", |colon| &tag[..=colon])
    }

    /// Where something can be put into an element: behind its start tag. An empty-element tag has no such place.
    pub fn inside(&self, node: Node<'_, '_>) -> Option<usize> {
        let start = node.range().start + self.start_tag(node).len();
        (!self.text[..start].ends_with("/>")).then_some(start)
    }

    /// Where something can be put at the end of an element.
    pub fn end_inside(&self, node: Node<'_, '_>) -> Option<usize> {
        self.inside(node)?;
        let text = &self.text[node.range()];
        text.rfind("</").map(|at| node.range().start + at)
    }

    /// An element's start tag.
    pub fn start_tag(&self, node: Node<'_, '_>) -> &'t str {
        let text = &self.text[node.range()];
        let mut quote = None;
        for (at, c) in text.char_indices() {
            match (quote, c) {
                (None, '"' | '\'') => quote = Some(c),
                (Some(open), _) if open == c => quote = None,
                (None, '>') => return &text[..=at],
                _ => {}
            }
        }
        text
    }

    /// Sets an attribute, or takes it away.
    pub fn set(&self, node: Node<'_, '_>, name: &str, value: Option<&str>) -> Edit {
        let found = node.attributes().find(|attribute| attribute.namespace().is_none() && attribute.name() == name);
        match (found, value) {
            (Some(attribute), Some(value)) => Edit::replace(attribute.range_value(), escape(value)),
            (Some(attribute), None) => Edit::remove(attribute.range()),
            (None, Some(value)) => {
                let tag = self.start_tag(node);
                let name_end = tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(tag.len());
                Edit::insert(node.range().start + name_end, format!(" {name}=\"{}\"", escape(value)))
            }
            (None, None) => Edit::insert(node.range().start, ""),
        }
    }

    /// Puts text at the end of an element's content, whether or not it has any.
    pub fn append(&self, node: Node<'_, '_>, with: &str) -> Edit {
        match self.end_inside(node) {
            Some(at) => Edit::insert(at, with),
            None => self.fill(node, with),
        }
    }

    /// Puts text at the start of an element's content, whether or not it has any.
    pub fn prepend(&self, node: Node<'_, '_>, with: &str) -> Edit {
        match self.inside(node) {
            Some(at) => Edit::insert(at, with),
            None => self.fill(node, with),
        }
    }

    /// Makes an empty-element tag one with content.
    fn fill(&self, node: Node<'_, '_>, with: &str) -> Edit {
        let range = node.range();
        let tag = &self.text[range.clone()];
        let name_end = tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(tag.len());
        let name = &tag[1..name_end];
        Edit::replace(range.end - 2..range.end, format!(">{with}</{name}>"))
    }

    /// Renames an element's tag: another local name with the same prefix.
    pub fn rename_tag(&self, node: Node<'_, '_>, local: &str) -> Vec<Edit> {
        let name = format!("{}{}", self.prefix(node), node.tag_name().name());
        let new = format!("{}{local}", self.prefix(node));
        let range = node.range();
        let mut edits = vec![Edit::replace(range.start + 1..range.start + 1 + name.len(), new.clone())];
        if let Some(end) = self.end_inside(node) {
            edits.push(Edit::replace(end + 2..end + 2 + name.len(), new));
        }
        edits
    }

    /// An element with its tags.
    pub fn outer(&self, node: Node<'_, '_>) -> &'t str {
        &self.text[node.range()]
    }
}

/// Whether an element is XML Schema's with this name.
pub fn is_xsd(node: Node<'_, '_>, local: &str) -> bool {
    node.has_tag_name((XSD, local))
}

/// Text for an attribute's value.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// The part of a name behind its prefix.
pub fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The expanded name that a prefixed one stands for.
pub fn resolve<'n>(node: Node<'n, '_>, name: &'n str) -> (&'n str, &'n str) {
    let (prefix, local) = name.split_once(':').map_or((None, name), |(prefix, local)| (Some(prefix), local));
    (node.lookup_namespace_uri(prefix).unwrap_or_default(), local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_leave_the_rest_as_it_was() {
        let text = "<x:a xmlns:x='u' b='1'><x:c d=\">\"/></x:a>";
        let xml = Xml::parse(text).unwrap();
        let root = xml.document.root_element();
        let inner = root.first_element_child().unwrap();
        assert_eq!(xml.start_tag(inner), "<x:c d=\">\"/>");
        let edits = [xml.set(root, "b", Some("2\"")), xml.set(inner, "d", None), xml.append(inner, "t")];
        assert_eq!(apply(text, &edits), "<x:a xmlns:x='u' b='2&quot;'><x:c >t</x:c></x:a>");
        assert_eq!(apply(text, &xml.rename_tag(root, "z")), "<x:z xmlns:x='u' b='1'><x:c d=\">\"/></x:z>");
        assert_eq!(
            apply(text, &[xml.set(inner, "n", Some("1"))]),
            "<x:a xmlns:x='u' b='1'><x:c n=\"1\" d=\">\"/></x:a>"
        );
    }
}
