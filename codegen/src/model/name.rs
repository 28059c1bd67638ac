//! Names, documentation and places.

use std::fmt;

use crate::source::Span;

/// Text that many hold and nobody changes: copying it makes no other, and short ones are no allocation. Every stage copies
/// names and documentation from the one before, and a type that inherits has those of its bases again.
pub type Text = ecow::EcoString;

/// Namespace names, each held once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Namespaces(Vec<Text>);

impl Namespaces {
    /// The one text of a name. A contract has few of them, and mostly asks for the same as before.
    pub(crate) fn get(&mut self, name: &str) -> Text {
        match self.0.iter().position(|known| known == name) {
            Some(at) => {
                self.0.swap(0, at);
                self.0[0].clone()
            }
            None => {
                let name = Text::from(name);
                self.0.push(name.clone());
                name
            }
        }
    }
}

/// An expanded name: namespace and local part, exactly as on the wire. An empty namespace means "no namespace".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct QName {
    /// The namespace name; empty for none.
    pub ns: Text,
    /// The local part.
    pub local: Text,
}

impl QName {
    /// Makes an expanded name.
    pub fn new(ns: impl Into<Text>, local: impl Into<Text>) -> Self {
        Self { ns: ns.into(), local: local.into() }
    }
}

impl fmt::Display for QName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ns.is_empty() { f.write_str(&self.local) } else { write!(f, "{{{}}}{}", self.ns, self.local) }
    }
}

/// What a type is called, and how sure that is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Name {
    /// Named in the contract.
    Given(QName),
    /// Anonymous: made from where it stands (the owner's name, then the element, attribute or group that holds it).
    Derived {
        /// The namespace of the schema it stands in.
        ns: Text,
        /// The steps from the nearest named owner, for example `["TrackReply", "Notification", "Severity"]`.
        path: Vec<Text>,
    },
}

impl Name {
    /// The namespace the name belongs to.
    pub fn ns(&self) -> &str {
        match self {
            Self::Given(name) => &name.ns,
            Self::Derived { ns, .. } => ns,
        }
    }

    /// The wire name, where there is one.
    pub fn given(&self) -> Option<&QName> {
        match self {
            Self::Given(name) => Some(name),
            Self::Derived { .. } => None,
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(name) => name.fmt(f),
            Self::Derived { ns, path } if ns.is_empty() => f.write_str(&path.join("/")),
            Self::Derived { ns, path } => write!(f, "{{{ns}}}{}", path.join("/")),
        }
    }
}

/// Documentation as the contract gives it: paragraphs of plain text or Markdown, without indentation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Docs(pub Text);

impl Docs {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

/// Where something was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Origin(pub Option<Span>);

impl From<Span> for Origin {
    fn from(span: Span) -> Self {
        Self(Some(span))
    }
}
