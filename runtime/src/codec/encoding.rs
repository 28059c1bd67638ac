//! SOAP encoding (SOAP 1.1 section 5, SOAP 1.2 part 2 section 3): what `rpc/encoded` messages carry beyond their values.

use super::encoder::Encoder;
use crate::error::{EncodeErrorKind, Write};
use crate::shape::Name;
use crate::soap::names;

/// The names of one version of SOAP encoding.
#[derive(Debug, PartialEq, Eq)]
pub struct Encoding {
    /// The namespace of the envelope, which `encodingStyle` is in.
    pub envelope: &'static str,
    /// The encoding: its namespace, and the value of `encodingStyle`.
    pub style: &'static str,
    /// Arrays say `arrayType="xs:int[2]"`; otherwise `itemType="xs:int" arraySize="2"`.
    array_type: bool,
}

impl Encoding {
    /// SOAP 1.1's.
    pub const V11: Self = Self { envelope: names::ENVELOPE_11, style: names::ENCODING_11, array_type: true };
    /// SOAP 1.2's.
    pub const V12: Self = Self { envelope: names::ENVELOPE_12, style: names::ENCODING_12, array_type: false };

    /// Whether an attribute is one of the encoding's own that says nothing about values. (`offset` and `position` do.)
    pub(super) fn owns(&self, namespace: &str, local: &str) -> bool {
        match namespace {
            "" => self.array_type && local == "id",
            ns if ns == self.envelope => local == "encodingStyle",
            ns if ns == self.style => {
                matches!(local, "arrayType" | "itemType" | "arraySize" | "root" | "nodeType" | "id")
            }
            _ => false,
        }
    }
}

impl Encoder<'_> {
    /// Says that the element just opened is an array of this many items.
    pub(super) fn array(&mut self, encoding: &'static Encoding, item: Option<&'static Name>, len: usize) -> Write {
        const ANY: Name = Name::new("http://www.w3.org/2001/XMLSchema", "anyType");
        self.out.type_attribute(Name::new(encoding.style, "Array"));
        let item = item.unwrap_or(&ANY);
        let mut ty = self.out.qualified(item.ns, item.local);
        let written = if encoding.array_type {
            ty.push_str(&format!("[{len}]"));
            self.out.attribute(Name::new(encoding.style, "arrayType"), &ty, false)
        } else {
            self.out
                .attribute(Name::new(encoding.style, "itemType"), &ty, false)
                .and_then(|()| self.out.attribute(Name::new(encoding.style, "arraySize"), &len.to_string(), false))
        };
        written.map_err(|c| self.error(EncodeErrorKind::Character(c)))
    }
}
