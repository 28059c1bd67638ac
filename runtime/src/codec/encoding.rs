//! SOAP encoding (SOAP 1.1 section 5, SOAP 1.2 part 2 section 3): what `rpc/encoded` messages carry beyond their values.

use super::encoder::{Encoder, Spot};
use crate::error::{EncodeErrorKind, Write};
use crate::shape::{Item, Name};
use crate::soap::names;

/// The names of one version of SOAP encoding.
#[derive(Debug, PartialEq, Eq)]
pub struct Encoding {
    /// The namespace of the envelope, which `encodingStyle` is in.
    pub envelope: &'static str,
    /// The encoding: its namespace, and the value of `encodingStyle`.
    pub style: &'static str,
    /// Arrays say `arrayType="xs:int[2]"`; otherwise `itemType="xs:int" arraySize="2"`.
    pub(super) array_type: bool,
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
    /// Says that the element just opened is an array of these sizes, whose items are arrays of these dimensions.
    pub(super) fn array(
        &mut self,
        encoding: &'static Encoding,
        item: Option<&'static Name>,
        sizes: &[usize],
        inner: &[u8],
    ) -> Write {
        const ANY: Name = Name::new("http://www.w3.org/2001/XMLSchema", "anyType");
        let array = Name::new(encoding.style, "Array");
        self.out.type_attribute(array);
        let sizes: Vec<String> = sizes.iter().map(usize::to_string).collect();
        let item = item.unwrap_or(&ANY);
        let written = if encoding.array_type {
            let mut ty = self.out.qualified(item.ns, item.local);
            // The arrays inside come first, the innermost of them before the others.
            for rank in inner.iter().rev() {
                ty.push_str(&format!("[{}]", ",".repeat(usize::from(rank.saturating_sub(1)))));
            }
            ty.push_str(&format!("[{}]", sizes.join(",")));
            self.out.attribute(Name::new(encoding.style, "arrayType"), &ty, false)
        } else {
            let item = if inner.is_empty() { item } else { &array };
            let ty = self.out.qualified(item.ns, item.local);
            self.out
                .attribute(Name::new(encoding.style, "itemType"), &ty, false)
                .and_then(|()| self.out.attribute(Name::new(encoding.style, "arraySize"), &sizes.join(" "), false))
        };
        written.map_err(|c| self.error(EncodeErrorKind::Character(c)))
    }

    /// Writes an array of arrays, or of several dimensions. `ranks`: its own number of dimensions, then those of the arrays
    /// inside.
    pub(super) fn nested_array(
        &mut self,
        name: Name,
        of: &'static Item,
        ranks: &'static [u8],
        len: usize,
        item: &mut dyn FnMut(&mut Self, usize) -> Write,
    ) -> Write {
        let (rank, inner) = ranks.split_first().map_or((1, ranks), |(rank, inner)| (*rank, inner));
        let left = rank.saturating_sub(1);
        let mut sizes = vec![len];
        if left > 0 {
            // All rows stand in one list: their lengths are said before it.
            let before = std::mem::take(&mut self.measured);
            self.items(len, Spot::Measured { depth: 0, left }, of.flags, None, item)?;
            let measured = std::mem::replace(&mut self.measured, before);
            sizes.extend((0..usize::from(left)).map(|depth| measured.get(depth).copied().unwrap_or_default()));
        }
        let opened = self.out.open(name);
        match self.out.profile().encoding {
            Some(encoding) => self.array(encoding, of.ty, &sizes, inner)?,
            None => self.write_type(),
        }
        self.path.push((of.name.local, 0));
        self.row(of, left, inner, len, item)?;
        self.path.pop();
        self.out.close(opened);
        Ok(())
    }

    /// Writes the items of an array, or of a row that has `left` more dimensions.
    pub(super) fn row(
        &mut self,
        of: &'static Item,
        left: u8,
        inner: &'static [u8],
        len: usize,
        item: &mut dyn FnMut(&mut Self, usize) -> Write,
    ) -> Write {
        if left > 0 || !inner.is_empty() {
            return self.items(len, Spot::Row { of, left, inner }, of.flags, None, item);
        }
        let ty = of.ty.filter(|_| self.out.profile().encoding.is_some()).copied();
        self.items(len, Spot::Item(of.name), of.flags, ty, item)
    }

    /// Notes the length of a row, which must be that of the others.
    pub(super) fn measure(
        &mut self,
        depth: usize,
        left: u8,
        len: usize,
        item: &mut dyn FnMut(&mut Self, usize) -> Write,
    ) -> Write {
        match self.measured.get(depth) {
            Some(known) if *known != len => {
                let expected = format!("rows of one length: one has {known} items, this one {len}");
                return Err(self.error(EncodeErrorKind::Value { expected }));
            }
            Some(_) => {}
            None => self.measured.push(len),
        }
        if left > 1 {
            let spot = Spot::Measured { depth: depth + 1, left: left - 1 };
            return self.items(len, spot, self.flags, None, item);
        }
        Ok(())
    }
}
