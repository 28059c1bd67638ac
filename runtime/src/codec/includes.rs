//! `xop:Include` where a contract declares it: ONVIF's `AttachmentData`, the Russian interdepartmental exchange.
//!
//! What an include stands for is put in its place before a document is read, which is right for every member but one: the
//! include itself. Such a member is given the include as it came; and the part it names stays with the message.

use std::ops::Range;

use super::decoder::Decoder;
use super::parts::{Incoming, XOP};
use super::seen::Seen;
use crate::error::DecodeError;
use crate::shape::{Name, Place, Shape};
use crate::value::Value;
use crate::xml::{Reader, escape_attribute};

/// The element.
const INCLUDE: Name = Name::new(XOP, "Include");

/// An include whose content is in its place now.
#[derive(Debug, Clone)]
pub(crate) struct Included<'d> {
    /// Where the content stands in the document.
    pub(crate) at: Range<usize>,
    /// What the include referred to, as it came.
    pub(crate) href: String,
    /// The part that it named.
    pub(crate) part: Incoming<'d>,
}

impl<'d> Decoder<'d> {
    /// Reads what stands between `from` and here as the include it came from, if it did and the element has a member for one.
    /// Returns whether that is so.
    #[cold]
    pub(super) fn include_itself(
        &mut self,
        shape: &'static Shape,
        slots: &mut [&mut dyn Value],
        seen: &mut Seen,
        from: usize,
    ) -> Result<bool, Box<DecodeError>> {
        let declared = |place, name: &Name| matches!(place, Place::Element) && *name == INCLUDE;
        let Some(index) = shape.members.iter().position(|member| declared(member.place, &member.name)) else {
            return Ok(false);
        };
        let (Some(slot), false) = (slots.get_mut(index), seen.has(index)) else { return Ok(false) };
        let Some(href) = self.parts.take_included(from..self.reader.position()) else { return Ok(false) };
        let mut element = format!("<Include xmlns=\"{XOP}\" href=\"");
        // It came from a document, so a document can hold it.
        escape_attribute(&mut element, &href).map_err(|_| self.misplaced("character that XML cannot hold"))?;
        element.push_str("\"/>");
        let reader = Reader::with_limits(&element, self.reader.limits().clone());
        Decoder::new(reader, self.profile, self.strict).root(INCLUDE, &mut **slot)?;
        seen.insert(index);
        Ok(true)
    }
}
