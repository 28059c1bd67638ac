//! Requests that are `multipart/related` (RFC 2387): an envelope with its attachments (SOAP Messages with Attachments, WS-I
//! Attachments Profile 1.0), or with the binary content that XOP took out of it (MTOM; for SOAP 1.1 its member submission).

use std::ops::Range;

use http::HeaderValue;

use crate::codec::parts::{Part, Parts};
use crate::environment::Environment;
use crate::failure::Problem;
use crate::operation::{Soap, SoapVersion};

/// A package.
#[derive(Debug)]
pub(crate) struct Packed {
    pub(crate) content_type: HeaderValue,
    pub(crate) body: Vec<u8>,
    /// Where secrets stand in the body.
    pub(crate) secrets: Vec<Range<usize>>,
    /// Where the envelope stands in the body.
    pub(crate) root: Range<usize>,
    /// The parts beside it, for people.
    pub(crate) beside: Vec<String>,
}

/// Puts an envelope and its parts into one body. `media` is the envelope's own media type, with the action where it carries it.
///
/// # Errors
/// No randomness to be had; a media type that a header cannot carry.
pub(crate) fn pack(
    soap: Soap,
    action: &str,
    (text, secrets): (String, Vec<Range<usize>>),
    parts: Parts,
    environment: &dyn Environment,
) -> Result<Packed, Problem> {
    let xop = parts.packs();
    let unique = match parts.unique() {
        Some(unique) => unique.to_owned(),
        None => fresh(environment)?,
    };
    let boundary = boundary(&unique, &text, &parts.list);
    let (plain, info) = match soap.version {
        SoapVersion::V11 => ("text/xml", "text/xml".to_owned()),
        SoapVersion::V12 if action.is_empty() => ("application/soap+xml", "application/soap+xml".to_owned()),
        SoapVersion::V12 => {
            ("application/soap+xml", format!("application/soap+xml; action={}", super::write::quoted(action)))
        }
    };
    let root_id = format!("root.{unique}@bindery");
    let (media, root_media) = if xop {
        // XOP 1.0 §4.1: the package's `start-info` and the root's `type` are the media type that the envelope would have.
        let info = super::write::quoted(&info);
        (
            format!(
                "multipart/related; type=\"application/xop+xml\"; start=\"<{root_id}>\"; start-info={info}; \
                 boundary=\"{boundary}\""
            ),
            format!("application/xop+xml; charset=utf-8; type={info}"),
        )
    } else {
        let action = info.strip_prefix(plain).unwrap_or_default();
        (
            format!("multipart/related; type=\"{plain}\"; start=\"<{root_id}>\"; boundary=\"{boundary}\"{action}"),
            format!("{plain}; charset=utf-8{action}"),
        )
    };
    let content: usize = parts.list.iter().map(|part| part.bytes.len() + 256 + boundary.len()).sum();
    let mut packed = Packed {
        content_type: HeaderValue::from_bytes(media.as_bytes()).map_err(|_| super::write::bad_action())?,
        body: Vec::with_capacity(text.len() + content + 512),
        secrets: Vec::new(),
        root: 0..0,
        beside: Vec::new(),
    };
    packed.head(&boundary, &root_media, &root_id);
    let start = packed.body.len();
    packed.body.extend_from_slice(text.as_bytes());
    packed.root = start..packed.body.len();
    packed.secrets.extend(secrets.into_iter().map(|range| range.start + start..range.end + start));
    drop(text);
    for part in parts.list {
        let id = part.id.whole(&unique);
        packed.body.extend_from_slice(b"\r\n");
        packed.head(&boundary, &part.content_type, &id);
        let from = packed.body.len();
        packed.body.extend_from_slice(&part.bytes);
        if part.secret {
            packed.secrets.push(from..packed.body.len());
        }
        packed.beside.push(format!("part <{id}>: {}, {} octets", part.content_type, part.bytes.len()));
    }
    packed.body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    Ok(packed)
}

/// A text that no other message has.
pub(crate) fn fresh(environment: &dyn Environment) -> Result<String, Problem> {
    Ok(uuid::Uuid::from_bytes(environment.uuid().map_err(Problem::Environment)?).to_string())
}

/// A boundary that does not occur in what it separates.
fn boundary(unique: &str, text: &str, parts: &[Part]) -> String {
    let mut boundary = format!("bindery-{unique}");
    let occurs = |boundary: &str| {
        let finder = memchr::memmem::Finder::new(boundary);
        finder.find(text.as_bytes()).is_some() || parts.iter().any(|part| finder.find(&part.bytes).is_some())
    };
    let mut more = 0u32;
    while occurs(&boundary) {
        more += 1;
        boundary = format!("bindery-{unique}-{more}");
    }
    boundary
}

impl Packed {
    fn head(&mut self, boundary: &str, media: &str, id: &str) {
        let head = format!(
            "--{boundary}\r\nContent-Type: {media}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <{id}>\r\n\r\n"
        );
        self.body.extend_from_slice(head.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::parts::PartId;

    #[test]
    fn a_boundary_never_occurs_in_the_content() {
        let part = |bytes: &[u8]| Part {
            id: PartId::Begins("1.".into()),
            content_type: String::new(),
            bytes: bytes.to_vec(),
            secret: false,
        };
        assert_eq!(boundary("u", "<a/>", &[part(b"bindery")]), "bindery-u");
        assert_eq!(boundary("u", "<a>bindery-u-1</a>", &[part(b"\r\n--bindery-u--")]), "bindery-u-2");
    }
}
