//! [`Attachment`]: content that travels beside a message.

use std::fmt;

use crate::codec::{Decoder, Encoder};
use crate::error::{DecodeErrorKind, Read, Write};
use crate::value::Value;

/// Content beside a message, or in place of one: a MIME part of a SOAP message with attachments
/// ([SwA](https://www.w3.org/TR/SOAP-attachments), WSDL 1.1 §5), or the whole answer of an HTTP binding that declares neither XML nor a form.
///
/// `Debug` shows the media type and the length only.
///
/// ```
/// use bindery_runtime::Attachment;
///
/// let photo = Attachment::new("image/jpeg", vec![0xff, 0xd8]);
/// assert_eq!(format!("{photo:?}"), "Attachment(image/jpeg, 2 octets)");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Attachment {
    /// The media type, as in `Content-Type`. Empty is sent as `application/octet-stream`; empty in an answer means that it
    /// does not say.
    pub content_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl Attachment {
    /// An attachment of this media type.
    pub fn new(content_type: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { content_type: content_type.into(), bytes: bytes.into() }
    }
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let media = if self.content_type.is_empty() { "no type" } else { &self.content_type };
        write!(f, "Attachment({media}, {} octets)", self.bytes.len())
    }
}

impl Value for Attachment {
    fn vacant() -> Self {
        Self::default()
    }

    /// Attachments do not stand in the document; but SOAP 1.1 encoding lets an empty element refer to one.
    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        match at.referred_attachment()? {
            Some(found) => {
                *self = found;
                Ok(())
            }
            None => Err(at.error(DecodeErrorKind::Unexpected {
                found: "an element".into(),
                expected: "a part of a multipart/related message".into(),
            })),
        }
    }

    fn read_beside(&mut self, name: &str, at: &mut Decoder<'_>) -> bool {
        match at.attachment(name) {
            Some(found) => {
                *self = found;
                true
            }
            None => false,
        }
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        to.attachment(self)
    }
}
