//! What the headers of an answer say about its body: media type, charset, compression.

use std::borrow::Cow;
use std::io::Read as _;

use flate2::bufread::MultiGzDecoder;
use http::{HeaderMap, header};

/// A `Content-Type`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct MediaType {
    /// `type/subtype` in lower case; empty if there is no (readable) header.
    pub(crate) essence: String,
    parameters: Vec<(String, String)>,
}

impl MediaType {
    /// Reads the header of an answer.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        value.map(Self::parse).unwrap_or_default()
    }

    /// Reads a header value; what does not fit the grammar is left out.
    pub(crate) fn parse(text: &str) -> Self {
        let (essence, mut rest) = text.split_once(';').unwrap_or((text, ""));
        let mut parameters = Vec::new();
        while !rest.is_empty() {
            let Some((name, after)) = rest.split_once('=') else { break };
            let (value, after) = parameter(after.trim_start());
            parameters.push((name.trim().to_ascii_lowercase(), value));
            rest = after.trim_start().strip_prefix(';').unwrap_or_default();
        }
        Self { essence: essence.trim().to_ascii_lowercase(), parameters }
    }

    /// A parameter by its name in lower case.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The `charset` parameter.
    pub(crate) fn charset(&self) -> Option<&str> {
        self.parameter("charset")
    }

    /// Whether it names XML of some kind.
    pub(crate) fn is_xml(&self) -> bool {
        matches!(self.essence.as_str(), "text/xml" | "application/xml") || self.essence.ends_with("+xml")
    }

    /// Whether it is one of the two media types of SOAP, or a package that holds one.
    pub(crate) fn may_hold_soap(&self) -> bool {
        self.is_multipart() || (self.is_xml() && self.essence != "application/xhtml+xml")
    }

    pub(crate) fn is_multipart(&self) -> bool {
        self.essence == "multipart/related"
    }
}

/// A parameter's value, quoted or not, and what follows it.
fn parameter(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        return (value.trim().to_owned(), rest);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, quoted.get(at + 1..).unwrap_or_default()),
            '\\' => value.extend(chars.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    (value, "")
}

/// Why a body could not be decompressed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Inflate {
    /// Not gzip, or gzip that is damaged; says which.
    Bad(String),
    /// More bytes than the limit.
    TooLarge,
}

/// The body without its compression: `gzip` once, at most `limit` bytes.
pub(crate) fn decompress<'b>(headers: &HeaderMap, body: &'b [u8], limit: u64) -> Result<Cow<'b, [u8]>, Inflate> {
    let mut encodings = Vec::new();
    for value in headers.get_all(header::CONTENT_ENCODING) {
        let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
        let named = value.split(',').map(|name| name.trim().to_owned());
        encodings.extend(named.filter(|name| !name.is_empty() && name != "identity"));
    }
    match encodings.as_slice() {
        [] if body.len() as u64 > limit => Err(Inflate::TooLarge),
        [] => Ok(Cow::Borrowed(body)),
        // An answer without a body says nothing about compression.
        _ if body.is_empty() => Ok(Cow::Borrowed(body)),
        [one] if one == "gzip" || one == "x-gzip" => {
            let mut bytes = Vec::new();
            let mut reader = MultiGzDecoder::new(body).take(limit.saturating_add(1));
            reader
                .read_to_end(&mut bytes)
                .map_err(|error| Inflate::Bad(format!("the gzip of the answer is damaged: {error}")))?;
            if bytes.len() as u64 > limit { Err(Inflate::TooLarge) } else { Ok(Cow::Owned(bytes)) }
        }
        [one] => Err(Inflate::Bad(format!(
            "the answer is compressed with {}, only gzip is understood",
            crate::failure::one_line(one)
        ))),
        more => Err(Inflate::Bad(format!("the answer is compressed {} times, only once is accepted", more.len()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn headers(encoding: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_ENCODING, encoding.parse().unwrap());
        headers
    }

    #[test]
    fn media_types() {
        let media = MediaType::parse("Application/SOAP+xml; Charset=\"utf-8\";action=\"a;\\\"b\"; x");
        assert_eq!(media.essence, "application/soap+xml");
        assert_eq!(media.charset(), Some("utf-8"));
        assert_eq!(media.parameter("action"), Some("a;\"b"));
        assert!(media.may_hold_soap());
        assert_eq!(MediaType::parse("text/xml;charset=utf-16 ; q=1").charset(), Some("utf-16"));
        assert!(!MediaType::parse("text/html").may_hold_soap());
        assert_eq!(MediaType::parse("").essence, "");
        assert_eq!(MediaType::parse("text/xml; charset=\"utf-8").charset(), Some("utf-8"));
    }

    #[test]
    fn gzip_is_unpacked_up_to_the_limit() {
        let packed = gzip(&[b'x'; 100]);
        assert_eq!(decompress(&headers("gzip"), &packed, 100).unwrap().len(), 100);
        assert_eq!(decompress(&headers("gzip"), &packed, 99), Err(Inflate::TooLarge));
        assert_eq!(decompress(&headers("identity"), b"abc", 3).unwrap().len(), 3);
        assert_eq!(decompress(&headers("identity"), b"abcd", 3), Err(Inflate::TooLarge));
    }

    #[test]
    fn other_and_repeated_encodings_are_refused() {
        let twice = gzip(&gzip(b"x"));
        assert!(matches!(decompress(&headers("gzip, gzip"), &twice, 100), Err(Inflate::Bad(_))));
        assert!(matches!(decompress(&headers("br"), b"x", 100), Err(Inflate::Bad(_))));
        assert!(matches!(decompress(&headers("gzip"), b"plain", 100), Err(Inflate::Bad(_))));
        let packed = gzip(b"hello hello hello");
        assert!(matches!(decompress(&headers("gzip"), &packed[..packed.len() - 4], 100), Err(Inflate::Bad(_))));
    }
}
