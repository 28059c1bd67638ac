//! The frame of a SOAP message as both SOAP vendors read it: version, headers, body.

use roxmltree::{Document, Node};

pub(crate) const SOAP11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
pub(crate) const SOAP12: &str = "http://www.w3.org/2003/05/soap-envelope";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    Soap11,
    Soap12,
}

impl Version {
    pub(crate) fn namespace(self) -> &'static str {
        match self {
            Self::Soap11 => SOAP11,
            Self::Soap12 => SOAP12,
        }
    }
}

pub(crate) struct Envelope<'a, 'i> {
    pub(crate) version: Version,
    pub(crate) headers: Vec<Node<'a, 'i>>,
    /// The one element in the body.
    pub(crate) body: Node<'a, 'i>,
}

impl<'a, 'i> Envelope<'a, 'i> {
    /// What is wrong is said in words for the log of a test, not in those of any real server.
    pub(crate) fn read(document: &'a Document<'i>) -> Result<Self, &'static str> {
        let root = document.root_element();
        let version = match root.tag_name().namespace() {
            Some(SOAP11) => Version::Soap11,
            Some(SOAP12) => Version::Soap12,
            _ => return Err("the root element is in no SOAP namespace"),
        };
        if root.tag_name().name() != "Envelope" {
            return Err("the root element is not Envelope");
        }
        let soap = version.namespace();
        let mut parts = root.children().filter(Node::is_element).peekable();
        let headers = match parts.next_if(|part| is(*part, soap, "Header")) {
            Some(header) => header.children().filter(Node::is_element).collect(),
            None => Vec::new(),
        };
        let body = parts.next().filter(|part| is(*part, soap, "Body")).ok_or("there is no Body")?;
        if parts.next().is_some() {
            return Err("something follows the Body");
        }
        let mut inside = body.children().filter(Node::is_element);
        let body = inside.next().ok_or("the Body is empty")?;
        if inside.next().is_some() {
            return Err("the Body holds more than one element");
        }
        Ok(Self { version, headers, body })
    }

    pub(crate) fn header(&self, namespace: &str, name: &str) -> Option<Node<'a, 'i>> {
        self.headers.iter().copied().find(|header| is(*header, namespace, name))
    }

    /// Mandatory headers meant for the receiver that `known` does not cover.
    pub(crate) fn not_understood(&self, known: impl Fn(&str, &str) -> bool) -> Option<Node<'a, 'i>> {
        let soap = self.version.namespace();
        self.headers.iter().copied().find(|header| {
            let must = matches!(header.attribute((soap, "mustUnderstand")), Some("1" | "true"));
            let role = match self.version {
                Version::Soap11 => header.attribute((soap, "actor")),
                Version::Soap12 => header.attribute((soap, "role")),
            };
            let ours = role.is_none_or(|r| r.is_empty() || r.ends_with("/ultimateReceiver") || r.ends_with("/next"));
            let tag = header.tag_name();
            must && ours && !known(tag.namespace().unwrap_or(""), tag.name())
        })
    }
}

pub(crate) fn is(node: Node<'_, '_>, namespace: &str, name: &str) -> bool {
    node.tag_name().name() == name && node.tag_name().namespace().unwrap_or("") == namespace
}

pub(crate) fn child<'a, 'i>(node: Node<'a, 'i>, namespace: &str, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_element() && is(*child, namespace, name))
}
