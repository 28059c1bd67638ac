//! [`ScopedText`].

use std::fmt;

use super::QName;
use crate::codec::{Decoder, Encoder};
use crate::containers::List;
use crate::error::{Read, Write};
use crate::value::Value;
use crate::xml::chars::is_ncname;
use crate::xml::{XML_NAMESPACE, XMLNS_NAMESPACE};

/// A text in which prefixed names may stand: a union with `xs:QName` among its types (XSD 1.0 part 2, §2.5.1.3), where only the
/// service knows whether `a:b` is a name. It remembers what its prefixes mean, and they are declared where it is written; a
/// prefix that means something else there is replaced.
///
/// ```
/// use bindery_runtime as rt;
///
/// let event = rt::ScopedText::new("t:Created").with_prefix("t", "urn:example:topics");
/// assert_eq!(event.as_str(), "t:Created");
/// assert_eq!(event.to_name().unwrap().to_string(), "{urn:example:topics}Created");
/// assert!(rt::ScopedText::new("any").to_name().is_none());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopedText {
    text: String,
    /// Prefixes that the text may use, with their namespaces.
    prefixes: Vec<(String, String)>,
}

impl ScopedText {
    /// A text whose prefixes, if it has any, mean nothing yet.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), prefixes: Vec::new() }
    }

    /// Says what a prefix in the text means. One that XML has no declaration for (`xml`, what is no name, no namespace) is
    /// written as it stands.
    #[must_use]
    pub fn with_prefix(mut self, prefix: impl Into<String>, namespace: impl Into<String>) -> Self {
        self.prefixes.push((prefix.into(), namespace.into()));
        self
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The prefixes that stand in the text, with what they mean.
    pub fn prefixes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.prefixes.iter().map(|(prefix, namespace)| (prefix.as_str(), namespace.as_str()))
    }

    /// The name that the text is, if it is one with a known prefix.
    pub fn to_name(&self) -> Option<QName> {
        let (prefix, local) = self.text.split_once(':')?;
        let (_, namespace) = self.prefixes().find(|(known, _)| *known == prefix)?;
        QName::new(namespace, local).ok()
    }

    /// A text with those of the prefixes declared around it that stand in it.
    pub(crate) fn read_from(text: &str, scope: &[(&str, String)]) -> Self {
        let mut read = Self::new(text);
        for (prefix, _) in words(text).filter_map(|word| word.split_once(':')) {
            if let Some((_, namespace)) = scope.iter().find(|(known, _)| *known == prefix && !prefix.is_empty())
                && !read.prefixes().any(|(known, _)| known == prefix)
            {
                read = read.with_prefix(prefix, namespace.as_str());
            }
        }
        read
    }

    /// Appends the text with prefixes that are declared: `prefix_for` is asked for one, by the own one and its namespace.
    pub(crate) fn append(&self, out: &mut String, prefix_for: &mut dyn FnMut(&str, &str) -> Option<String>) {
        if self.prefixes.is_empty() {
            return out.push_str(&self.text);
        }
        for piece in self.text.split_inclusive(is_space) {
            let name = piece.split_once(':').and_then(|(prefix, rest)| {
                let (_, namespace) = self.prefixes().find(|(known, _)| *known == prefix)?;
                if !can_be_declared(prefix, namespace) {
                    return None;
                }
                Some((prefix_for(prefix, namespace)?, rest))
            });
            match name {
                Some((prefix, rest)) => out.extend([prefix.as_str(), ":", rest]),
                None => out.push_str(piece),
            }
        }
    }
}

/// Whether XML lets the prefix be bound to the namespace.
fn can_be_declared(prefix: &str, namespace: &str) -> bool {
    is_ncname(prefix)
        && !matches!(prefix, "xml" | "xmlns")
        && !namespace.is_empty()
        && namespace != XML_NAMESPACE
        && namespace != XMLNS_NAMESPACE
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_space).filter(|word| !word.is_empty())
}

impl fmt::Display for ScopedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<&str> for ScopedText {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for ScopedText {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// What its prefixes mean is known.
impl From<QName> for ScopedText {
    fn from(name: QName) -> Self {
        match name.namespace() {
            "" => Self::new(name.local()),
            namespace => Self::new(format!("q:{}", name.local())).with_prefix("q", namespace),
        }
    }
}

impl Value for ScopedText {
    fn vacant() -> Self {
        Self::default()
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        let (scope, text) = at.scoped_text()?;
        *self = Self::read_from(&text, &scope);
        Ok(())
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        let mut text = String::new();
        self.append(&mut text, &mut |prefix, namespace| to.prefix_for(prefix, namespace));
        to.text(&text)
    }
}

impl Value for List<ScopedText> {
    fn vacant() -> Self {
        Self(Vec::new())
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        let (scope, text) = at.scoped_text()?;
        self.0 = words(&text).map(|word| ScopedText::read_from(word, &scope)).collect();
        Ok(())
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        let mut text = String::new();
        for item in &self.0 {
            // Such an item would come back as two, or as none.
            if item.text.is_empty() || item.text.contains(is_space) {
                return Err(to.value_error("list items that are not empty and hold no white space"));
            }
            if !text.is_empty() {
                text.push(' ');
            }
            item.append(&mut text, &mut |prefix, namespace| to.prefix_for(prefix, namespace));
        }
        to.text(to.not_empty(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate as rt;

    static ROOT: rt::Root<ScopedText> = rt::Root::new(rt::Name::new("urn:a", "kind"), false);
    static LIST: rt::Root<List<ScopedText>> = rt::Root::new(rt::Name::new("urn:a", "kinds"), true);

    #[test]
    fn prefixes_are_declared_again() {
        let read = ROOT.read("<a:kind xmlns:a='urn:a' xmlns:x='urn:x' xmlns:y='urn:y'>x:b</a:kind>").unwrap();
        assert_eq!(read, ScopedText::new("x:b").with_prefix("x", "urn:x"));
        let written = ROOT.write(&read).unwrap();
        assert_eq!(written, r#"<kind xmlns="urn:a" xmlns:x="urn:x">x:b</kind>"#);
        assert_eq!(ROOT.read(&written).unwrap(), read);
        // What is no name stays as it is.
        for text in ["any", "urn:x", "a b", ":", "x:"] {
            let read = ROOT.read(&format!("<kind xmlns='urn:a'>{text}</kind>")).unwrap();
            assert_eq!(ROOT.write(&read).unwrap(), format!(r#"<kind xmlns="urn:a">{text}</kind>"#));
        }
    }

    #[test]
    fn a_prefix_that_is_taken_is_replaced() {
        let read = LIST.read("<c:kinds xmlns:c='urn:a' xmlns:b='urn:x'>b:1\n c:2 any</c:kinds>").unwrap();
        let written = LIST.write(&read).unwrap();
        assert_eq!(written, r#"<c:kinds xmlns:b="urn:x" xmlns:c="urn:a">b:1 c:2 any</c:kinds>"#);
        let other = ScopedText::new("b:3").with_prefix("b", "urn:y");
        let written = LIST.write(&List(vec![read[0].clone(), other.clone()])).unwrap();
        assert_eq!(written, r#"<d:kinds xmlns:b="urn:x" xmlns:c="urn:y" xmlns:d="urn:a">b:1 c:3</d:kinds>"#);
        assert_eq!(LIST.read(&written).unwrap()[1].to_name(), other.to_name());
    }

    #[test]
    fn what_cannot_be_declared_is_not() {
        for (text, prefix) in [("a\"b='1':c", "a\"b='1'"), ("xmlns:a", "xmlns"), ("xml:a", "xml"), (":a", "")] {
            let written = ROOT.write(&ScopedText::new(text).with_prefix(prefix, "urn:x")).unwrap();
            assert_eq!(ROOT.read(&written).unwrap(), ScopedText::new(text), "{written}");
        }
    }

    #[test]
    fn names_go_in() {
        let name = QName::new("urn:x", "y").unwrap();
        assert_eq!(ScopedText::from(name.clone()).to_name(), Some(name));
        assert_eq!(ScopedText::from(QName::new("", "y").unwrap()).as_str(), "y");
    }
}
