//! Documents on their own: a schema's global elements as typed entry points.

use std::fmt;
use std::marker::PhantomData;

use crate::codec::{self, Decoded, Options, Profile};
use crate::error::{DecodeError, EncodeError};
use crate::facet::{Facet, value_of_empty};
use crate::shape::{Flags, Name};
use crate::value::Value;

/// A global element: its name, and the type of what it holds. Generated code has one static per element.
///
/// ```
/// use bindery_runtime as rt;
///
/// static GREETING: rt::Root<String> = rt::Root::new(rt::Name::new("urn:example", "greeting"), false);
/// let text = GREETING.read("<greeting xmlns='urn:example'>Hello</greeting>").unwrap();
/// assert_eq!(text, "Hello");
/// assert_eq!(GREETING.write(&text).unwrap(), "<greeting xmlns=\"urn:example\">Hello</greeting>");
/// ```
pub struct Root<T> {
    name: Name,
    /// The contract has elements in no namespace, so there is no default namespace to write.
    unqualified: bool,
    flags: Flags,
    facets: &'static [Facet],
    content: PhantomData<fn() -> T>,
}

impl<T: Value> Root<T> {
    /// An element of this name. `unqualified` says that the contract has elements in no namespace.
    pub const fn new(name: Name, unqualified: bool) -> Self {
        Self { name, unqualified, flags: Flags::NONE, facets: &[], content: PhantomData }
    }

    /// The same, where the contract says more of the value than its type does.
    #[must_use]
    pub const fn limited(self, facets: &'static [Facet]) -> Self {
        Self { facets, ..self }
    }

    /// The same, where the contract says what white space means to its text ([`Flags::COLLAPSE`], [`Flags::REPLACE`]).
    #[must_use]
    pub const fn flags(self, flags: Flags) -> Self {
        Self { flags, ..self }
    }

    /// The element's name.
    pub fn name(&self) -> Name {
        self.name
    }

    fn profile(&self) -> Profile {
        Profile::SOAP.default_namespace(!self.unqualified)
    }

    /// Reads a document. What the contract does not know is accepted; see [`Root::read_with`] to be told.
    ///
    /// # Errors
    /// Whatever is wrong with the document, with its place.
    pub fn read(&self, text: &str) -> Result<T, Box<DecodeError>> {
        self.read_with(text, |_| {}).map(|(value, _)| value)
    }

    /// Reads a document with options (limits, strictness), and tells what the contract does not know.
    ///
    /// # Errors
    /// Whatever is wrong with the document, with its place.
    pub fn read_with(&self, text: &str, set: impl FnOnce(&mut Options)) -> Result<(T, Decoded), Box<DecodeError>> {
        let mut options = Options::new(self.profile());
        set(&mut options);
        let mut value = T::vacant();
        let decoded = codec::decode_limited(text, self.name, self.flags, self.facets, &mut value, &options)?;
        Ok((value, decoded))
    }

    /// Checks a value as this element: see [`crate::Validate::validate`], which knows nothing of an element's own facets.
    ///
    /// # Errors
    /// Everything that is wrong.
    #[cfg(feature = "validate")]
    pub fn validate(&self, value: &T) -> Result<(), crate::Violations> {
        crate::validate::validate(self.name, self.facets, value)
    }

    /// Writes a document, without XML declaration.
    ///
    /// # Errors
    /// What XML cannot carry, with its path.
    pub fn write(&self, value: &T) -> Result<String, Box<EncodeError>> {
        let default = value_of_empty(self.facets).map_or(Flags::NONE, |_| Flags::HAS_DEFAULT);
        let written = codec::encode_limited(self.name, self.flags.and(default), self.profile(), value);
        written.map(|encoded| encoded.text)
    }
}

impl<T> fmt::Debug for Root<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Root").field(&self.name).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate as rt;

    static COUNT: Root<i32> = Root::new(Name::new("", "count"), true);
    static NILLABLE: Root<Option<i32>> = Root::new(Name::new("", "count"), true);

    #[test]
    fn a_name_in_no_namespace_does_not_get_the_default_of_its_element() {
        static KIND: Root<rt::QName> = Root::new(Name::new("urn:a", "kind"), true);
        for text in ["<a:kind xmlns:a='urn:a'>x</a:kind>", "<kind xmlns='urn:a' xmlns:b='urn:b'>b:x</kind>"] {
            let name = KIND.read(text).unwrap();
            assert_eq!(KIND.read(&KIND.write(&name).unwrap()).unwrap(), name, "{text}");
        }
    }

    #[test]
    fn an_empty_element_has_its_default() {
        static DEFAULTED: Root<i32> = Root::new(Name::new("", "count"), true).limited(&[Facet::Default("7")]);
        assert_eq!(DEFAULTED.read("<count/>").unwrap(), 7);
        assert_eq!(DEFAULTED.read("<count><!-- nothing --></count>").unwrap(), 7);
        assert_eq!(DEFAULTED.read("<count>1</count>").unwrap(), 1);
        assert!(DEFAULTED.read("<count> </count>").is_err());
        // A value without text has blanks instead: nothing at all would be the default.
        static OCTETS: Root<rt::Base64Binary> = Root::new(Name::new("", "a"), true).limited(&[Facet::Default("AAEC")]);
        let empty = OCTETS.read("<a> </a>").unwrap();
        assert_eq!((empty.0.len(), OCTETS.read("<a/>").unwrap().0.len()), (0, 3));
        assert_eq!(OCTETS.write(&empty).unwrap(), "<a> </a>");
        assert!(COUNT.read("<count/>").is_err());
    }

    #[test]
    fn white_space_is_what_the_contract_says() {
        static TEXT: Root<String> = Root::new(Name::new("", "text"), true);
        static TOKEN: Root<Option<String>> = Root::new(Name::new("", "text"), true).flags(Flags::COLLAPSE);
        let text = "<text> two \n words </text>";
        assert_eq!(TEXT.read(text).unwrap(), " two \n words ");
        assert_eq!(TOKEN.read(text).unwrap().unwrap(), "two words");
    }

    #[test]
    fn a_nillable_element_may_be_the_root_and_nil() {
        let nil = "<count xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/>";
        assert_eq!(NILLABLE.read(nil).unwrap(), None);
        assert_eq!(NILLABLE.read("<count>1</count>").unwrap(), Some(1));
        let written = NILLABLE.write(&None).unwrap();
        assert_eq!(NILLABLE.read(&written).unwrap(), None);
        assert!(COUNT.read(nil).is_err());
    }
}
