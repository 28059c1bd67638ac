//! `xop:Include` where a contract declares it: ONVIF's `AttachmentData`, the Russian interdepartmental exchange.
//!
//! What an include stands for is put in its place before a document is read, which is right for every member but one: the
//! include itself, or whatever takes elements of any name. Such a member is given the include as it came; and the part it names
//! stays with the message.

use std::ops::Range;

use super::decoder::Decoder;
use super::parts::{Incoming, XOP};
use super::search::Search;
use super::seen::Seen;
use crate::error::DecodeError;
use crate::shape::Shape;
use crate::value::{Choice, Value};
use crate::xml::{Reader, Start, Token, escape_attribute};

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

impl Decoder<'_> {
    /// Reads what stands between `from` and here as the include it came from, if it did and the element, which holds no text,
    /// has a member for one. Returns whether that is so.
    #[cold]
    pub(super) fn include_itself(
        &mut self,
        shape: &'static Shape,
        slots: &mut [&mut dyn Value],
        seen: &mut Seen,
        from: usize,
    ) -> Result<bool, Box<DecodeError>> {
        self.include(from, |decoder, start| {
            let Search::Member(found) = decoder.search(shape, start, seen, 0) else { return Ok(false) };
            let (Some(member), Some(slot)) = (shape.members.get(found.index), slots.get_mut(found.index)) else {
                return Ok(false);
            };
            seen.insert(found.index);
            decoder.read_member(member, &mut **slot, start, false)?;
            Ok(true)
        })
    }

    /// The same of an element whose content is a choice.
    #[cold]
    pub(super) fn include_chosen(
        &mut self,
        shape: &'static Shape,
        value: &mut dyn Choice,
        from: usize,
    ) -> Result<bool, Box<DecodeError>> {
        self.include(from, |decoder, start| {
            let Some(index) = decoder.alternative(shape, start) else { return Ok(false) };
            decoder.take(shape, value, index, start, false)?;
            Ok(true)
        })
    }

    /// Hands the include that stood between `from` and here to `read`, which says whether it had a use for it.
    fn include(
        &mut self,
        from: usize,
        read: impl for<'e> FnOnce(&mut Decoder<'e>, Start<'e>) -> Result<bool, Box<DecodeError>>,
    ) -> Result<bool, Box<DecodeError>> {
        let Some((index, href)) = self.parts.included_within(from..self.reader.position()) else { return Ok(false) };
        let mut element = format!("<Include xmlns=\"{XOP}\" href=\"");
        // It came from a document, so a document can hold it.
        escape_attribute(&mut element, href).map_err(|_| self.misplaced("character that XML cannot hold"))?;
        element.push_str("\"/>");
        let reader = Reader::with_limits(&element, self.reader.limits().clone());
        let mut decoder = Decoder::new(reader, self.profile, self.strict);
        let Token::Start(start) = decoder.reader.next()? else { return Ok(false) };
        let used = read(&mut decoder, start)?;
        if used {
            self.parts.keep_included(index);
        }
        Ok(used)
    }
}
