//! What readers of documents see: the tree of one file, with places and with names resolved.

use roxmltree::{Attribute, Document, Node};

use super::{FileId, Span};

/// The tree of one file.
#[derive(Debug, Clone, Copy)]
pub struct Tree<'a, 'input> {
    /// The file.
    pub file: FileId,
    document: &'a Document<'input>,
}

/// A name in an attribute value, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<'a> {
    /// The namespace its prefix is bound to; none for a name without prefix where no default namespace is declared.
    pub ns: Option<&'a str>,
    /// The local part.
    pub local: &'a str,
}

impl<'a, 'input> Tree<'a, 'input> {
    pub(crate) fn new(file: FileId, document: &'a Document<'input>) -> Self {
        Self { file, document }
    }

    /// The document element.
    pub fn root(&self) -> Node<'a, 'input> {
        self.document.root_element()
    }

    /// The start tag of an element.
    pub fn span(&self, node: Node<'_, '_>) -> Span {
        let range = node.range();
        let text = &self.document.input_text()[range.clone()];
        let mut quote = None;
        let length = text
            .bytes()
            .position(|byte| match quote {
                Some(open) => {
                    if byte == open {
                        quote = None;
                    }
                    false
                }
                None => {
                    if matches!(byte, b'"' | b'\'') {
                        quote = Some(byte);
                    }
                    byte == b'>'
                }
            })
            .map_or(text.len(), |at| at + 1);
        self.place(range.start, range.start + length)
    }

    /// An attribute with its value.
    pub fn attribute_span(&self, attribute: &Attribute<'_, '_>) -> Span {
        let range = attribute.range();
        self.place(range.start, range.end)
    }

    /// The attribute of this name, or the start tag where it is missing.
    pub fn span_of(&self, node: Node<'_, '_>, attribute: &str) -> Span {
        node.attribute_node(attribute).map_or_else(|| self.span(node), |found| self.attribute_span(&found))
    }

    fn place(&self, start: usize, end: usize) -> Span {
        Span {
            file: self.file,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        }
    }

    /// Resolves a name in an attribute value.
    ///
    /// # Errors
    /// The prefix, when it is not bound.
    pub fn resolve<'v>(&self, node: Node<'v, 'input>, value: &'v str) -> Result<Written<'v>, &'v str> {
        match value.split_once(':') {
            Some((prefix, local)) => match node.lookup_namespace_uri(Some(prefix)) {
                Some(ns) => Ok(Written { ns: Some(ns), local }),
                None if prefix == "xml" => Ok(Written { ns: Some("http://www.w3.org/XML/1998/namespace"), local }),
                None => Err(prefix),
            },
            None => Ok(Written { ns: node.lookup_namespace_uri(None).filter(|ns| !ns.is_empty()), local: value }),
        }
    }
}
