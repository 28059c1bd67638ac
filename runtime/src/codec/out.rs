//! [`Out`]: XML being written: tags, prefixes, escaping. It knows no shapes.

use std::ops::Range;

use super::{Encoded, Profile};
use crate::raw::{AnyType, RawAttribute};
use crate::shape::Name;
use crate::xml::{XML_NAMESPACE, XSI_NAMESPACE, escape_attribute, escape_text};

/// Prefixes are given in this order, then `n1`, `n2`, … The letters left out have their customary meanings in envelopes:
/// `a`ddressing, `i`nstance, `o`asis security, `s`oap, `u`tility, `x`.
const PREFIXES: [&str; 20] =
    ["b", "c", "d", "e", "f", "g", "h", "j", "k", "l", "m", "n", "p", "q", "r", "t", "v", "w", "y", "z"];

/// An element that was opened: what its end tag needs.
#[derive(Debug)]
pub(super) struct Opened {
    /// Where its name stands in the text, prefix included.
    name: Range<usize>,
    default_before: bool,
}

#[derive(Debug)]
pub(super) struct Out {
    text: String,
    profile: Profile,
    /// Namespaces used, with their prefixes; declared on the root when everything is written.
    prefixes: Vec<(String, String)>,
    /// The namespace of the name written last and its prefix: most names of a contract share one string for it.
    last: Option<(&'static str, usize)>,
    /// How many of them are declared around the root.
    declared: usize,
    /// The default namespace is in force where we are.
    default_active: bool,
    /// The root's own namespace, when it may be the default.
    default: &'static str,
    /// Where declarations go: behind the root's name.
    declare_at: Option<usize>,
    /// A start tag whose `>` is not written yet.
    tag_open: bool,
    secrets: Vec<Range<usize>>,
}

impl Out {
    pub(super) fn new(profile: Profile) -> Self {
        Self {
            text: String::new(),
            profile,
            prefixes: Vec::new(),
            last: None,
            declared: 0,
            default_active: false,
            default: "",
            declare_at: None,
            tag_open: false,
            secrets: Vec::new(),
        }
    }

    /// A prefix that is declared around the root.
    pub(super) fn declared(&mut self, ns: &str, prefix: &str) {
        self.prefixes.push((ns.to_owned(), prefix.to_owned()));
        self.declared = self.prefixes.len();
    }

    pub(super) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Whether names without prefix are in a namespace here.
    pub(super) fn has_default(&self) -> bool {
        self.default_active
    }

    /// Whether this is the namespace of a root that is to be written yet, and will be the default below it.
    pub(super) fn becomes_default(&self, ns: &str) -> bool {
        self.declare_at.is_none() && self.profile.namespaces && self.profile.default_namespace && !ns.is_empty()
    }

    /// Writes `<name`.
    pub(super) fn open(&mut self, name: Name) -> Opened {
        self.end_tag_open();
        let default_before = self.default_active;
        self.text.push('<');
        let from = self.text.len();
        let ns = if self.profile.namespaces { name.ns } else { "" };
        let root = self.declare_at.is_none();
        if root && self.profile.default_namespace && !ns.is_empty() {
            self.default = ns;
            self.default_active = true;
        }
        if !ns.is_empty() && (!self.default_active || ns != self.default) {
            self.push_known_prefix(ns);
            self.text.push(':');
        }
        self.text.push_str(name.local);
        let range = from..self.text.len();
        if root {
            self.declare_at = Some(self.text.len());
        }
        if ns.is_empty() && self.default_active {
            self.text.push_str(" xmlns=\"\"");
            self.default_active = false;
        }
        self.tag_open = true;
        Opened { name: range, default_before }
    }

    /// Writes the end of an element: `</name>`, or `/>` when nothing was written since its start.
    pub(super) fn close(&mut self, opened: Opened) {
        if self.tag_open {
            self.text.push_str("/>");
            self.tag_open = false;
        } else {
            self.text.push_str("</");
            if self.text.get(opened.name.clone()).is_some() {
                self.text.extend_from_within(opened.name);
            }
            self.text.push('>');
        }
        self.default_active = opened.default_before;
    }

    fn end_tag_open(&mut self) {
        if self.tag_open {
            self.text.push('>');
            self.tag_open = false;
        }
    }

    /// Writes an attribute into the start tag that is open.
    pub(super) fn attribute(&mut self, name: Name, value: &str, secret: bool) -> Result<(), char> {
        self.text.push(' ');
        // These two exist on every wire.
        let special = name.ns == XML_NAMESPACE || name.ns == XSI_NAMESPACE;
        if !name.ns.is_empty() && (self.profile.namespaces || special) {
            self.push_prefix(name.ns);
            self.text.push(':');
        }
        self.text.push_str(name.local);
        self.attribute_value(value, secret)
    }

    fn attribute_value(&mut self, value: &str, secret: bool) -> Result<(), char> {
        self.text.push_str("=\"");
        let from = self.text.len();
        escape_attribute(&mut self.text, value)?;
        self.mark(secret, from);
        self.text.push('"');
        Ok(())
    }

    /// Writes an attribute of any name into the start tag that is open.
    pub(super) fn any_attribute(&mut self, attribute: &RawAttribute, secret: bool) -> Result<(), char> {
        self.text.push(' ');
        if !attribute.namespace().is_empty() {
            self.push_prefix(attribute.namespace());
            self.text.push(':');
        }
        self.text.push_str(attribute.local());
        let mut value = String::new();
        attribute.scoped_value().append(&mut value, &mut |prefix, ns| Some(self.prefix_for(prefix, ns)));
        self.attribute_value(&value, secret)
    }

    /// Writes `xsi:type` with the name of a type.
    pub(super) fn type_attribute(&mut self, name: Name) {
        self.text.push(' ');
        self.push_prefix(XSI_NAMESPACE);
        self.text.push_str(":type=\"");
        if self.profile.namespaces && !name.ns.is_empty() {
            self.push_prefix(name.ns);
            self.text.push(':');
        }
        self.text.push_str(name.local);
        self.text.push('"');
    }

    /// Writes an element that brings declarations, attributes and content of its own.
    pub(super) fn any_type(&mut self, name: Name, value: &AnyType, secret: bool) -> Result<(), char> {
        // What its own prefixes mean cannot be changed: the content uses them. So ours give way.
        let mut local: Vec<(String, String)> =
            value.namespaces().map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned())).collect();
        let own_default = value.namespaces().find(|(prefix, _)| prefix.is_empty()).map(|(_, uri)| uri.to_owned());
        let ns = if self.profile.namespaces { name.ns } else { "" };
        let as_default = own_default.as_deref() == Some(ns);
        if own_default.is_none() || (ns.is_empty() && !as_default) {
            // A name in no namespace cannot have a prefix: where the content has another default, the content cannot stand
            // here as it is, and no element of a contract without namespaces ever held such content.
            local.retain(|(prefix, _)| !prefix.is_empty());
            if own_default.is_none() && local.is_empty() && value.attributes().is_empty() {
                let opened = self.open(name);
                self.content(value, secret);
                self.close(opened);
                return Ok(());
            }
        }
        let qualified =
            if ns.is_empty() || as_default || (own_default.is_none() && self.default_active && ns == self.default) {
                name.local.to_owned()
            } else {
                format!("{}:{}", self.prefix_beside(ns, &mut local), name.local)
            };
        let mut attributes = Vec::new();
        for attribute in value.attributes() {
            attributes.push(match attribute.namespace() {
                "" => attribute.local().to_owned(),
                XML_NAMESPACE => format!("xml:{}", attribute.local()),
                ns => format!("{}:{}", self.prefix_beside(ns, &mut local), attribute.local()),
            });
        }
        self.end_tag_open();
        let default_before = self.default_active;
        self.text.push('<');
        let from = self.text.len();
        self.text.push_str(&qualified);
        let range = from..self.text.len();
        if self.declare_at.is_none() {
            self.declare_at = Some(self.text.len());
        }
        if ns.is_empty() && own_default.is_none() && self.default_active {
            self.text.push_str(" xmlns=\"\"");
            self.default_active = false;
        }
        for (prefix, uri) in &local {
            // An undeclaration where nothing is declared says nothing.
            if prefix.is_empty() && uri.is_empty() && !self.default_active {
                continue;
            }
            self.text.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            self.text.push_str(prefix);
            self.attribute_value(uri, false)?;
            if prefix.is_empty() {
                self.default_active = !uri.is_empty();
            }
        }
        for (name, attribute) in attributes.iter().zip(value.attributes()) {
            self.text.push(' ');
            self.text.push_str(name);
            self.attribute_value(attribute.value(), secret)?;
        }
        self.tag_open = true;
        self.content(value, secret);
        self.close(Opened { name: range, default_before });
        Ok(())
    }

    fn content(&mut self, value: &AnyType, secret: bool) {
        if !value.content().is_empty() {
            self.raw(secret, |out, _| out.push_str(value.content()));
        }
    }

    /// A prefix for the namespace beside these local ones: one of them, or ours, or a new local one where ours is taken.
    fn prefix_beside(&mut self, ns: &str, local: &mut Vec<(String, String)>) -> String {
        if let Some((prefix, _)) = local.iter().find(|(prefix, uri)| uri == ns && !prefix.is_empty()) {
            return prefix.clone();
        }
        let known = self.prefixes.iter().find(|(known, _)| known == ns).map(|(_, prefix)| prefix.clone());
        match known {
            Some(prefix) if !local.iter().any(|(taken, _)| *taken == prefix) => prefix,
            _ => {
                let fresh = (1..).map(|n| format!("q{n}")).find(|fresh| !local.iter().any(|(taken, _)| taken == fresh));
                let fresh = fresh.unwrap_or_default();
                local.push((fresh.clone(), ns.to_owned()));
                fresh
            }
        }
    }

    /// Writes character data.
    pub(super) fn text(&mut self, text: &str, secret: bool) -> Result<(), char> {
        if text.is_empty() {
            return Ok(());
        }
        self.end_tag_open();
        let from = self.text.len();
        escape_text(&mut self.text, text)?;
        self.mark(secret, from);
        Ok(())
    }

    /// Writes XML as it is; told whether a default namespace is in force.
    pub(super) fn raw(&mut self, secret: bool, write: impl FnOnce(&mut String, bool)) {
        self.end_tag_open();
        let from = self.text.len();
        write(&mut self.text, self.default_active);
        self.mark(secret, from);
    }

    fn mark(&mut self, secret: bool, from: usize) {
        if secret && from < self.text.len() {
            self.secrets.push(from..self.text.len());
        }
    }

    /// A name as it may stand in a value: with a prefix that is declared.
    pub(super) fn qualified(&mut self, ns: &str, local: &str) -> String {
        let prefix = self.prefix(ns);
        format!("{}:{local}", self.prefixes.get(prefix).map_or("", |(_, prefix)| prefix))
    }

    /// A prefix for the namespace: the one asked for, if it means nothing else.
    pub(super) fn prefix_for(&mut self, prefix: &str, ns: &str) -> String {
        match self.prefixes.iter().find(|(_, known)| known == prefix) {
            Some((known, _)) if known == ns => {}
            Some(_) => {
                let index = self.prefix(ns);
                return self.prefixes.get(index).map(|(_, prefix)| prefix.clone()).unwrap_or_default();
            }
            None => self.prefixes.push((ns.to_owned(), prefix.to_owned())),
        }
        prefix.to_owned()
    }

    /// As [`Out::push_prefix`], without comparing texts where it can be helped.
    fn push_known_prefix(&mut self, ns: &'static str) {
        let index = match self.last {
            Some((last, index)) if std::ptr::eq(last, ns) => index,
            _ if ns == XML_NAMESPACE => return self.push_prefix(ns),
            _ => self.prefix(ns),
        };
        self.last = Some((ns, index));
        if let Some((_, prefix)) = self.prefixes.get(index) {
            self.text.push_str(prefix);
        }
    }

    fn push_prefix(&mut self, ns: &str) {
        if ns == XML_NAMESPACE {
            self.text.push_str("xml");
            return;
        }
        let index = self.prefix(ns);
        if let Some((_, prefix)) = self.prefixes.get(index) {
            self.text.push_str(prefix);
        }
    }

    /// The index of the namespace's prefix, given to it now if it has none.
    fn prefix(&mut self, ns: &str) -> usize {
        if let Some(index) = self.prefixes.iter().position(|(known, _)| known == ns) {
            return index;
        }
        let given = self.prefixes.iter().filter(|(known, _)| known != XSI_NAMESPACE).count();
        let customary = (ns == XSI_NAMESPACE).then(|| self.profile.xsi.to_owned());
        let next = (given..).map(|given| match PREFIXES.get(given) {
            Some(letter) => (*letter).to_owned(),
            None => format!("n{}", given - PREFIXES.len() + 1),
        });
        // Texts may bring prefixes of their own.
        let free = |prefix: &String| !self.prefixes.iter().any(|(_, taken)| taken == prefix);
        let prefix = customary.into_iter().chain(next).find(free).unwrap_or_default();
        self.prefixes.push((ns.to_owned(), prefix));
        self.prefixes.len() - 1
    }

    /// Declares what was used on the root, and hands out the text and the secret ranges in it.
    pub(super) fn finish(mut self) -> Result<Encoded, char> {
        let style =
            self.profile.encoding.map(|encoding| (self.qualified(encoding.envelope, "encodingStyle"), encoding));
        if let Some(at) = self.declare_at {
            let mut declarations = String::new();
            if !self.default.is_empty() {
                declarations.push_str(" xmlns=\"");
                escape_attribute(&mut declarations, self.default)?;
                declarations.push('"');
            }
            for (ns, prefix) in self.prefixes.iter().skip(self.declared) {
                declarations.push_str(" xmlns:");
                declarations.push_str(prefix);
                declarations.push_str("=\"");
                escape_attribute(&mut declarations, ns)?;
                declarations.push('"');
            }
            if let Some((name, encoding)) = style {
                declarations.push_str(&format!(" {name}=\"{}\"", encoding.style));
            }
            self.text.insert_str(at, &declarations);
            for range in &mut self.secrets {
                // Everything but the root's name stands behind the declarations.
                range.start += declarations.len();
                range.end += declarations.len();
            }
        }
        Ok(Encoded { text: self.text, secrets: self.secrets })
    }
}
