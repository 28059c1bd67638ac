//! [`NilOr`].

use crate::codec::{Decoder, Encoder};
use crate::error::{Read, Write};
use crate::raw::RawAttribute;
use crate::value::Value;

/// A nillable element that may have attributes, which it keeps when it says `xsi:nil="true"` (XML Schema 1.0, part 1,
/// section 3.3.4): `nilReason` of GML and AIXM is such a one.
///
/// ```
/// use bindery_runtime::{Name, NilOr, Root};
///
/// static HEIGHT: Root<NilOr<i32>> = Root::new(Name::new("", "height"), true);
/// let xsi = "http://www.w3.org/2001/XMLSchema-instance";
/// let height = HEIGHT.read(&format!("<height xmlns:i='{xsi}' i:nil='true' nilReason='unknown'/>")).unwrap();
/// assert_eq!((height.value(), height.nil_attribute("", "nilReason")), (None, Some("unknown")));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum NilOr<T> {
    /// The element says `xsi:nil="true"`, and has these attributes besides.
    Nil(Vec<RawAttribute>),
    /// The element holds a value.
    Value(T),
}

impl<T> NilOr<T> {
    /// Nil, without further attributes.
    pub const fn nil() -> Self {
        Self::Nil(Vec::new())
    }

    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Nil(_) => None,
        }
    }

    /// The value, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Nil(_) => None,
        }
    }

    /// Whether the element says nil.
    pub fn is_nil(&self) -> bool {
        matches!(self, Self::Nil(_))
    }

    /// An attribute of an element that says nil: by its namespace (empty for none) and its name.
    pub fn nil_attribute(&self, namespace: &str, local: &str) -> Option<&str> {
        let Self::Nil(attributes) = self else { return None };
        let named = |attribute: &&RawAttribute| attribute.namespace() == namespace && attribute.local() == local;
        attributes.iter().find(named).map(RawAttribute::value)
    }
}

/// Nil, without further attributes.
impl<T> Default for NilOr<T> {
    fn default() -> Self {
        Self::nil()
    }
}

impl<T> From<T> for NilOr<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Value> NilOr<T> {
    fn or_vacant(&mut self) -> Option<&mut T> {
        if self.is_nil() {
            *self = Self::Value(T::vacant());
        }
        match self {
            Self::Value(value) => Some(value),
            Self::Nil(_) => None,
        }
    }
}

impl<T: Value> Value for NilOr<T> {
    fn vacant() -> Self {
        Self::nil()
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        self.or_vacant().map_or(Ok(()), |value| value.read(at))
    }

    fn read_nil(&mut self) -> bool {
        *self = Self::nil();
        true
    }

    fn holds_nil() -> bool {
        true
    }

    fn nil_attributes(&mut self) -> Option<&mut Vec<RawAttribute>> {
        match self {
            Self::Nil(attributes) => Some(attributes),
            Self::Value(_) => None,
        }
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        match self {
            Self::Value(value) => value.write(to),
            Self::Nil(attributes) => to.nil_with(attributes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NilOr;
    use crate::Root;
    use crate::shape::Name;

    #[test]
    fn attributes_of_nil_go_there_and_back() {
        static HEIGHT: Root<NilOr<Option<i32>>> = Root::new(Name::new("urn:h", "height"), false);
        let xsi = crate::xml::XSI_NAMESPACE;
        let nil = format!(
            "<height xmlns=\"urn:h\" xmlns:i=\"{xsi}\" xmlns:b=\"urn:b\" i:nil=\"true\" b:why=\"a&lt;b\" note=\"x\"/>"
        );
        let (height, decoded) = HEIGHT.read_with(&nil, |_| {}).unwrap();
        assert_eq!(decoded.drift, []);
        assert_eq!(height.nil_attribute("urn:b", "why"), Some("a<b"));
        assert_eq!(HEIGHT.write(&height).unwrap(), nil);
        assert_eq!(HEIGHT.read("<height xmlns='urn:h'>7</height>").unwrap().into_value(), Some(Some(7)));
    }

    /// A value of an abstract type says its type even when it is nil.
    #[test]
    fn the_type_of_nil_is_kept() {
        static SHAPE: Root<NilOr<i32>> = Root::new(Name::new("urn:s", "shape"), false);
        let xsi = crate::xml::XSI_NAMESPACE;
        let nil = format!("<shape xmlns='urn:s' xmlns:t='urn:t' xmlns:i='{xsi}' i:type='t:Circle' i:nil='true'/>");
        let shape = SHAPE.read(&nil).unwrap();
        let written = SHAPE.write(&shape).unwrap();
        assert_eq!(
            written,
            format!("<shape xmlns=\"urn:s\" xmlns:i=\"{xsi}\" xmlns:t=\"urn:t\" i:nil=\"true\" i:type=\"t:Circle\"/>")
        );
        assert_eq!(SHAPE.read(&written).unwrap(), shape);
    }
}
