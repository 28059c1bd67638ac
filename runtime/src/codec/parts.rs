//! What stands beside a document: attachments, and binary content that XOP takes out of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use super::decoder::{Decoder, Spot};
use super::encoder::{self, Encoder};
use super::includes::Included;
use crate::attachment::Attachment;
use crate::error::{DecodeError, DecodeErrorKind, EncodeErrorKind, Write, excerpt};
use crate::shape::Name;

const MEDIA_TYPE: &str = "a media type of printable ASCII";

/// The type of content that nothing is known about.
const OCTETS: &str = "application/octet-stream";

/// The namespace of XOP 1.0.
pub(super) const XOP: &str = "http://www.w3.org/2004/08/xop/include";

/// The namespace of the attribute that says what binary content is (Describing Media Content of Binary Data in XML, §2.1).
const XMIME: &str = "http://www.w3.org/2005/05/xmlmime";

/// A part that came with a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Incoming<'d> {
    /// `Content-ID` without its angle brackets; may be empty.
    pub(crate) id: &'d str,
    /// `Content-Type` as it came; may be empty.
    pub(crate) content_type: &'d str,
    pub(crate) bytes: &'d [u8],
}

impl Incoming<'_> {
    fn to_attachment(self) -> Attachment {
        Attachment::new(self.content_type, self.bytes)
    }

    /// The part of the message that the id names, as the WS-I Attachments Profile 1.0 has it (§3.8): `name=uuid@host`.
    fn is_for(&self, name: &str) -> bool {
        let local = self.id.split('@').next().unwrap_or_default();
        let named = local.rsplit_once('=').map_or(local, |(named, _)| named);
        percent_decoded(named) == name.as_bytes()
    }
}

/// The parts that came with a document, each handed out once.
#[derive(Debug, Default)]
pub(crate) struct IncomingParts<'d> {
    left: Vec<Incoming<'d>>,
    /// Those that stand in the document.
    included: Vec<Included<'d>>,
    /// Which of those are left over as well.
    kept: BTreeSet<&'d str>,
}

impl<'d> IncomingParts<'d> {
    pub(crate) fn new(parts: Vec<Incoming<'d>>, included: Vec<Included<'d>>) -> Self {
        Self { left: parts, included, kept: BTreeSet::new() }
    }

    /// The include that stood in this range of the document: its number, and what it refers to.
    pub(super) fn included_within(&self, range: Range<usize>) -> Option<(usize, &str)> {
        // They are in the document's order.
        let index = self.included.partition_point(|included| included.at.start < range.start);
        let included = self.included.get(index).filter(|included| included.at.end <= range.end)?;
        Some((index, &included.href))
    }

    /// Leaves the part of an include over: a member refers to it.
    pub(super) fn keep_included(&mut self, index: usize) {
        if let Some(included) = self.included.get(index)
            && self.kept.insert(included.part.id)
        {
            self.left.push(included.part);
        }
    }

    /// Whether some stand in the document.
    pub(super) fn has_included(&self) -> bool {
        !self.included.is_empty()
    }

    /// The part with this name; of parts whose ids name nothing, the first: older toolkits go by their order.
    fn take(&mut self, name: &str) -> Option<Attachment> {
        let by_name = self.left.iter().position(|part| part.is_for(name));
        let index = by_name.or_else(|| self.left.iter().position(|part| !part.id.contains('=')))?;
        Some(self.left.remove(index).to_attachment())
    }

    /// Those nobody took, with their ids.
    pub(crate) fn left(self) -> Vec<(String, Attachment)> {
        self.left.into_iter().map(|part| (part.id.to_owned(), part.to_attachment())).collect()
    }

    fn referred(&mut self, reference: &str) -> Option<Attachment> {
        let id = percent_decoded(reference);
        let index = self.left.iter().position(|part| !id.is_empty() && percent_decoded(part.id) == id)?;
        Some(self.left.remove(index).to_attachment())
    }
}

impl<'d> Decoder<'d> {
    /// The parts that came with the document.
    pub(crate) fn with_parts(mut self, parts: IncomingParts<'d>) -> Self {
        self.parts = parts;
        self
    }

    /// What came beside the document and nobody took.
    pub(crate) fn take_left(&mut self) -> Vec<(String, Attachment)> {
        std::mem::take(&mut self.parts).left()
    }

    /// Whether something came beside the document that nobody took.
    pub(super) fn has_parts(&self) -> bool {
        !self.parts.left.is_empty()
    }

    /// The attachment of this name, if one came with the document and nobody took it before.
    pub fn attachment(&mut self, name: &str) -> Option<Attachment> {
        self.parts.take(name)
    }

    /// The attachment that the element read last refers to (`href="cid:…"`, SOAP Messages with Attachments §4), the
    /// element read to its end; `None` when it refers to nothing.
    ///
    /// # Errors
    /// A reference to a part that is not there.
    pub fn referred_attachment(&mut self) -> Result<Option<Attachment>, Box<DecodeError>> {
        if !matches!(self.spot, Spot::Element) {
            return Ok(None);
        }
        let Some(href) = self.reader.attribute("", "href").map(|href| href.trim().to_owned()) else { return Ok(None) };
        let found = cid(&href).and_then(|reference| self.parts.referred(reference));
        if found.is_none() {
            let missing = DecodeErrorKind::Missing { member: format!("part {}", excerpt(&href)) };
            return Err(self.error(missing));
        }
        self.reader.skip()?;
        Ok(found)
    }
}

/// The `Content-ID` of a part that goes with a document.
#[derive(Debug)]
pub(crate) enum PartId {
    /// Given by the application, whole, without angle brackets.
    Given(String),
    /// How it begins: what follows makes it unlike all others.
    Begins(String),
}

impl PartId {
    /// The id, without its angle brackets.
    pub(crate) fn whole(&self, unique: &str) -> String {
        match self {
            Self::Given(id) => id.clone(),
            Self::Begins(with) => format!("{with}{unique}@bindery"),
        }
    }
}

/// A part that goes with a document.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) id: PartId,
    pub(crate) content_type: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) secret: bool,
}

impl Part {
    /// `None` for a media type that a part's head cannot hold.
    fn new(id: PartId, attachment: &Attachment, secret: bool) -> Option<Self> {
        let content_type = match attachment.content_type.as_str() {
            "" => OCTETS,
            given => given,
        };
        let (fits, bytes) = (fits(content_type), attachment.bytes.clone());
        fits.then(|| Self { id, content_type: content_type.to_owned(), bytes, secret })
    }
}

/// Collects what goes with a document.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// Binary content of at least so many bytes is taken out of the document, and the text that makes the ids of its parts
    /// unlike all others. `None`: nothing is taken out.
    xop: Option<(usize, String)>,
    /// What the element that is being written says about its content.
    media: Option<String>,
    pub(crate) list: Vec<Part>,
}

impl Parts {
    /// Takes out binary content of at least so many bytes.
    pub(crate) fn packing(threshold: usize, unique: String) -> Self {
        Self { xop: Some((threshold, unique)), ..Self::default() }
    }

    /// Adds an attachment that the document may refer to by this id.
    ///
    /// # Errors
    /// An id or a media type that a part's head cannot hold.
    pub(crate) fn attach(&mut self, id: &str, attachment: &Attachment) -> Result<(), String> {
        if id.is_empty() || !id.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>')) {
            return Err("the id of an attachment must be printable ASCII without blanks and angle brackets".into());
        }
        let part = Part::new(PartId::Given(id.to_owned()), attachment, false);
        self.list.push(part.ok_or_else(|| format!("the type of an attachment must be {MEDIA_TYPE}"))?);
        Ok(())
    }

    /// Whether content may be taken out of the document.
    pub(crate) fn packs(&self) -> bool {
        self.xop.is_some()
    }

    /// What makes the ids unlike all others, if some were given out.
    pub(crate) fn unique(&self) -> Option<&str> {
        self.xop.as_ref().map(|(_, unique)| unique.as_str())
    }
}

/// The id in an address of a part (RFC 2392), still percent-encoded.
pub(crate) fn cid(href: &str) -> Option<&str> {
    let (scheme, reference) = href.split_once(':')?;
    scheme.eq_ignore_ascii_case("cid").then_some(reference)
}

/// The octets that a percent-encoded text means.
pub(crate) fn percent_decoded(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.as_bytes();
    while let Some((&byte, rest)) = bytes.split_first() {
        bytes = rest;
        let code = match rest {
            [high, low, ..] if byte == b'%' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match code {
            Some((high, low)) => {
                out.push(high * 16 + low);
                bytes = rest.get(2..).unwrap_or_default();
            }
            None => out.push(byte),
        }
    }
    out
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Whether a part's head can hold this media type.
fn fits(content_type: &str) -> bool {
    !content_type.is_empty() && content_type.chars().all(|c| c == ' ' || c.is_ascii_graphic())
}

/// A message part's name as it may stand in a Content-ID.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

impl Encoder<'_> {
    /// Collects attachments, and takes out binary content where the parts say so.
    pub(crate) fn with_parts(mut self, parts: Parts) -> Self {
        self.parts = Some(parts);
        self
    }

    /// What was collected.
    pub(crate) fn take_parts(&mut self) -> Parts {
        self.parts.take().unwrap_or_default()
    }

    /// Writes content that stands beside the document.
    ///
    /// # Errors
    /// A wire without attachments.
    pub fn attachment(&mut self, value: &Attachment) -> Write {
        let name = match self.spot {
            encoder::Spot::Element(name) if self.is_xml() => name,
            encoder::Spot::Elsewhere(only) => return Err(self.error(EncodeErrorKind::OtherWire { only })),
            _ => return Err(self.value_error("a text: attachments cannot stand here")),
        };
        let secret = self.is_secret();
        let Some(parts) = &mut self.parts else {
            return Err(self.value_error("a value without attachments: this wire has none"));
        };
        let id = PartId::Begins(format!("{}=", escaped(name.local)));
        match Part::new(id, value, secret) {
            Some(part) => parts.list.push(part),
            None => return Err(self.value_error(MEDIA_TYPE)),
        }
        Ok(())
    }

    /// Notes that an element begins.
    pub(super) fn parts_begin_element(&mut self) {
        if let Some(parts) = &mut self.parts {
            parts.media = None;
        }
    }

    /// Notes an attribute of the element that is being written: what it says about the content goes for its part as well.
    pub(super) fn parts_see_attribute(&mut self, name: Name, value: &str) {
        if let Some(parts) = &mut self.parts
            && parts.packs()
            && (name.ns, name.local) == (XMIME, "contentType")
        {
            parts.media = Some(value.to_owned());
        }
    }

    /// Takes octets out of the document where that is asked for and worth it, and returns what refers to them: the element
    /// that XOP 1.0 (§2.1) puts in the place of their base64.
    pub(super) fn packed(&mut self, octets: &[u8]) -> Option<String> {
        let secret = self.is_secret();
        if !matches!(self.spot, encoder::Spot::Element(_) | encoder::Spot::Item(_) | encoder::Spot::Text) {
            return None;
        }
        let of_this_element = matches!(self.spot, encoder::Spot::Text);
        let parts = self.parts.as_mut()?;
        let (threshold, unique) = parts.xop.as_ref()?;
        if octets.len() < *threshold {
            return None;
        }
        let id = PartId::Begins(format!("{}.", parts.list.len() + 1));
        let include = format!("<xop:Include xmlns:xop=\"{XOP}\" href=\"cid:{}\"/>", id.whole(unique));
        let media = parts.media.take().filter(|media| of_this_element && fits(media));
        let content_type = media.unwrap_or_else(|| OCTETS.to_owned());
        parts.list.push(Part { id, content_type, bytes: octets.to_vec(), secret });
        Some(include)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part<'d>(id: &'d str, bytes: &'d [u8]) -> Incoming<'d> {
        Incoming { id, content_type: "text/plain", bytes }
    }

    #[test]
    fn parts_go_by_name_and_else_by_order() {
        let mut parts =
            IncomingParts::new(vec![part("b=1@h", b"B"), part("%D0%B6=2@h", b"zh"), part("x@h", b"X")], Vec::new());
        assert_eq!(parts.take("ж").unwrap().bytes, b"zh");
        assert_eq!(parts.take("a").unwrap().bytes, b"X");
        assert_eq!(parts.take("a"), None);
        assert_eq!(parts.referred("b%3D1@h").unwrap().bytes, b"B");
        assert_eq!(escaped("a ж"), "a%20%D0%B6");
    }
}
