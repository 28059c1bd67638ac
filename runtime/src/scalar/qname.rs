//! [`QName`].

use std::fmt;

use super::lexical::LexicalError;
use crate::codec::{Decoder, Encoder};
use crate::containers::List;
use crate::error::{Read, Write};
use crate::value::Value;
use crate::xml::chars::is_ncname;

/// A qualified name as a value (`xs:QName`, XSD 1.0 part 2, §3.2.18): a namespace and a local part.
///
/// The prefix it was written with means nothing outside its document and is not kept; a prefix is found when it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QName {
    namespace: String,
    local: String,
}

impl QName {
    /// A name in this namespace; an empty text stands for no namespace.
    ///
    /// # Errors
    /// A local part that is no XML name without colon.
    pub fn new(namespace: impl Into<String>, local: impl Into<String>) -> Result<Self, LexicalError> {
        let local = local.into();
        if !is_ncname(&local) {
            return Err(LexicalError::new("an XML name without colon"));
        }
        Ok(Self { namespace: namespace.into(), local })
    }

    /// The namespace; empty for none.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The local part.
    pub fn local(&self) -> &str {
        &self.local
    }
}

/// `{namespace}local`, or `local`.
impl fmt::Display for QName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.namespace.is_empty() {
            f.write_str(&self.local)
        } else {
            write!(f, "{{{}}}{}", self.namespace, self.local)
        }
    }
}

impl Value for QName {
    fn vacant() -> Self {
        Self { namespace: String::new(), local: String::new() }
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        (self.namespace, self.local) = at.qualified_name()?;
        Ok(())
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        to.qualified_name(&self.namespace, &self.local)
    }
}

impl Value for List<QName> {
    fn vacant() -> Self {
        Self(Vec::new())
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        let names = at.qualified_names()?;
        self.0 = names.into_iter().map(|(namespace, local)| QName { namespace, local }).collect();
        Ok(())
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        to.qualified_names(&mut self.0.iter().map(|name| (name.namespace.as_str(), name.local.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::QName;

    #[test]
    fn local_parts_are_names() {
        assert_eq!(QName::new("urn:x", "a-b").unwrap().to_string(), "{urn:x}a-b");
        assert_eq!(QName::new("", "a").unwrap().to_string(), "a");
        for local in ["", "a:b", "1a", "a b"] {
            assert!(QName::new("urn:x", local).is_err(), "{local}");
        }
    }
}
