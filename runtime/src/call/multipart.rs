//! `multipart/related` answers (RFC 2387): SOAP with attachments, and MTOM packages.
//!
//! Only what such answers need: parts in memory, no nested packages.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::content::MediaType;
use super::transfer;
use crate::codec::parts::{Incoming, percent_decoded};

/// The most parts of a package: toolkits that take out everything make a part of every item of a list.
const MAX_PARTS: usize = 1000;
/// The most bytes of a part's head.
const MAX_HEAD: usize = 8 * 1024;

/// One part.
#[derive(Debug)]
pub(crate) struct Part<'b> {
    /// `Content-ID` without its angle brackets; empty if there is none.
    pub(crate) id: String,
    pub(crate) media: MediaType,
    /// `Content-Type` as it came; may be empty.
    pub(crate) content_type: String,
    pub(crate) body: Cow<'b, [u8]>,
}

/// What an id names.
#[derive(Debug)]
pub(crate) enum Named<'p, 'b> {
    None,
    One(&'p Part<'b>),
    /// Which of them is meant nobody can tell.
    Several,
}

impl Part<'_> {
    /// The part as the codec knows it.
    pub(crate) fn incoming(&self) -> Incoming<'_> {
        Incoming { id: &self.id, content_type: &self.content_type, bytes: &self.body }
    }
}

/// A package: its parts, and which of them is the root.
#[derive(Debug)]
pub(crate) struct Package<'b> {
    pub(crate) parts: Vec<Part<'b>>,
    pub(crate) root: usize,
    /// The parts by their ids without percent-encoding.
    by_id: BTreeMap<Vec<u8>, Ids>,
}

impl<'b> Package<'b> {
    /// The root part.
    pub(crate) fn root(&self) -> Option<&Part<'b>> {
        self.parts.get(self.root)
    }

    /// A part by the id a `cid:` reference gives, still percent-encoded.
    pub(crate) fn part(&self, reference: &str) -> Named<'_, 'b> {
        match self.by_id.get(&percent_decoded(reference)) {
            Some(Ids::One(index)) => self.parts.get(*index).map_or(Named::None, Named::One),
            Some(Ids::Several) => Named::Several,
            None => Named::None,
        }
    }
}

/// The parts that have an id.
#[derive(Debug)]
enum Ids {
    One(usize),
    Several,
}

/// Some toolkits write ids into heads as they stand in references, percent-encoded; so it counts on neither side.
fn by_id(parts: &[Part<'_>]) -> BTreeMap<Vec<u8>, Ids> {
    let mut found = BTreeMap::new();
    for (index, part) in parts.iter().enumerate().filter(|(_, part)| !part.id.is_empty()) {
        found.entry(percent_decoded(&part.id)).and_modify(|ids| *ids = Ids::Several).or_insert(Ids::One(index));
    }
    found
}

/// Takes a package apart.
///
/// # Errors
/// What does not fit.
pub(crate) fn parse<'b>(media: &MediaType, body: &'b [u8]) -> Result<Package<'b>, String> {
    let boundary = media.parameter("boundary").unwrap_or_default();
    if boundary.is_empty() || boundary.len() > 70 {
        return Err("its Content-Type names no usable boundary".into());
    }
    let delimiter = format!("--{boundary}").into_bytes();
    let mut parts = Vec::new();
    let Some((mut at, mut last)) = next_delimiter(body, 0, &delimiter).map(|found| (found.after, found.last)) else {
        return Err("the boundary does not occur".into());
    };
    while !last {
        let found = next_delimiter(body, at, &delimiter)
            .ok_or_else(|| "unexpected end: the closing boundary is missing".to_owned())?;
        if parts.len() == MAX_PARTS {
            return Err(format!("more than the limit of {MAX_PARTS} parts"));
        }
        parts.push(part(body.get(at..found.before).unwrap_or_default())?);
        at = found.after;
        last = found.last;
    }
    let root = match media.parameter("start") {
        Some(start) => {
            let start = unbracketed(start);
            let id = percent_decoded(start);
            parts.iter().position(|part| percent_decoded(&part.id) == id).ok_or_else(|| {
                format!("no part has the Content-ID of its `start`, {}", crate::failure::one_line(start))
            })?
        }
        None => 0,
    };
    if parts.is_empty() {
        return Err("it has no parts".into());
    }
    let by_id = by_id(&parts);
    Ok(Package { parts, root, by_id })
}

/// A delimiter line.
struct Delimiter {
    /// Where the part before it ends.
    before: usize,
    /// Where the next part begins.
    after: usize,
    /// The closing one.
    last: bool,
}

fn next_delimiter(body: &[u8], from: usize, delimiter: &[u8]) -> Option<Delimiter> {
    let mut at = from;
    loop {
        let start = at + memchr::memmem::find(body.get(at..)?, delimiter)?;
        let line_start = start == 0 || body.get(start - 1) == Some(&b'\n');
        let mut end = start + delimiter.len();
        let last = body.get(end..end + 2) == Some(b"--");
        if last {
            end += 2;
        }
        let rest = body.get(end..).unwrap_or_default();
        let padding = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let line_end = match rest.get(padding..).unwrap_or_default() {
            [b'\r', b'\n', ..] => Some(padding + 2),
            [b'\n', ..] => Some(padding + 1),
            [] if last => Some(padding),
            _ => None,
        };
        if line_start && let Some(line_end) = line_end {
            let mut before = start.saturating_sub(1);
            if before > from && body.get(before - 1) == Some(&b'\r') {
                before -= 1;
            }
            return Some(Delimiter { before: before.max(from), after: end + line_end, last });
        }
        at = start + 1;
    }
}

fn part(bytes: &[u8]) -> Result<Part<'_>, String> {
    let (head, body) = split_head(bytes)?;
    // Names of files may come in any encoding; nobody asks for them.
    let head = String::from_utf8_lossy(head);
    let mut part =
        Part { id: String::new(), media: MediaType::default(), content_type: String::new(), body: Cow::Borrowed(body) };
    // Continued lines belong to the one before.
    let unfolded = head.replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ");
    for line in unfolded.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-id" => part.id = unbracketed(value).to_owned(),
            "content-type" => {
                part.media = MediaType::parse(value);
                part.content_type = value.to_owned();
            }
            "content-transfer-encoding" => part.body = transfer::decoded(value, body)?,
            _ => {}
        }
    }
    Ok(part)
}

fn split_head(bytes: &[u8]) -> Result<(&[u8], &[u8]), String> {
    let too_long = || format!("the head of a part does not end within {MAX_HEAD} bytes");
    for (blank, length) in [(&b"\r\n"[..], 2), (b"\n", 1)] {
        if let Some(body) = bytes.strip_prefix(blank) {
            return Ok((bytes.get(..length).unwrap_or_default(), body));
        }
    }
    let window = bytes.get(..MAX_HEAD.min(bytes.len())).unwrap_or_default();
    let crlf = memchr::memmem::find(window, b"\r\n\r\n").map(|at| (at, at + 4));
    let lf = memchr::memmem::find(window, b"\n\n").map(|at| (at, at + 2));
    let (end, start) = match (crlf, lf) {
        (Some(a), Some(b)) => a.min(b),
        (found, None) | (None, found) => found.ok_or_else(too_long)?,
    };
    Ok((bytes.get(..end).unwrap_or_default(), bytes.get(start..).unwrap_or_default()))
}

fn unbracketed(id: &str) -> &str {
    let id = id.trim();
    id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/related; type=\"application/xop+xml\"; boundary=\"b--1\"; start=\"<root>\"";

    fn package(body: &str) -> Result<Package<'_>, String> {
        parse(&MediaType::parse(TYPE), body.as_bytes())
    }

    #[test]
    fn parts_are_found_by_id() {
        let body = "preamble --b--1\r\n--b--1\r\nContent-ID: <x@y>\r\n\r\n\r\n--b--1x\r\nbytes\r\n--b--1\r\n\
                    Content-Type: text/xml;\r\n charset=utf-8\r\ncontent-id: <root>\r\n\r\n<a/>\r\n--b--1--";
        let package = package(body).unwrap();
        assert_eq!(&*package.root().unwrap().body, b"<a/>");
        assert_eq!(package.root().unwrap().media.charset(), Some("utf-8"));
        assert!(matches!(package.part("x%40y"), Named::One(part) if *part.body == *b"\r\n--b--1x\r\nbytes"));
        assert!(matches!(package.part("z"), Named::None));
    }

    #[test]
    fn what_does_not_fit_is_said() {
        let open = "--b--1\r\ncontent-id: <root>\r\n\r\n<a/>\r\n";
        assert!(package(open).unwrap_err().contains("unexpected end"));
        assert!(package("nothing").unwrap_err().contains("boundary"));
        assert!(package("--b--1--").is_err());
        let encoded = "--b--1\r\ncontent-id: <root>\r\nContent-Transfer-Encoding: uuencode\r\n\r\nPGEvPg==\r\n--b--1--";
        assert!(package(encoded).unwrap_err().contains("uuencode"));
        let other = "--b--1\r\ncontent-id: <other>\r\n\r\n<a/>\r\n--b--1--\r\n";
        assert!(package(other).unwrap_err().contains("start"));
        let many = format!("{}--b--1--", "--b--1\r\n\r\nx\r\n".repeat(1001));
        assert!(
            parse(&MediaType::parse("multipart/related; boundary=b--1"), many.as_bytes())
                .unwrap_err()
                .contains("1000 parts")
        );
    }
}
