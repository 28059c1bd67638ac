//! From bytes to text.
//!
//! The encoding is taken from the byte order mark, else from the HTTP `charset` parameter, else from the XML declaration,
//! else it is UTF-8 (RFC 7303 §3). Decoding is strict: a byte that means nothing is an error, never U+FFFD.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharsetError {
    /// What is wrong, with the encoding and where it was named.
    pub what: String,
    /// The byte it is wrong at.
    pub offset: usize,
}

impl fmt::Display for CharsetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, at byte {}", self.what, self.offset)
    }
}

impl std::error::Error for CharsetError {}

impl CharsetError {
    fn new(what: String, offset: usize) -> Self {
        Self { what, offset }
    }
}

/// Decodes a document. `http_charset` is the `charset` parameter of the HTTP Content-Type, if it had one.
///
/// Without a byte order mark the HTTP parameter wins over the XML declaration: a proxy may have re-coded the document, and
/// RFC 7303 says so. A byte order mark wins over both, but one that contradicts the HTTP parameter is refused.
///
/// # Errors
/// An encoding that is unknown or contradicts the bytes, and every byte that means nothing in it.
pub fn decode_bytes<'b>(bytes: &'b [u8], http_charset: Option<&str>) -> Result<Cow<'b, str>, CharsetError> {
    let http = match http_charset.map(|charset| charset.trim().trim_matches('"')) {
        Some(charset) if !charset.is_empty() => Some(
            lookup(charset)
                .ok_or_else(|| CharsetError::new(format!("the HTTP charset `{charset}` is not supported"), 0))?,
        ),
        _ => None,
    };
    if let Some((mark, length)) = Encoding::for_bom(bytes) {
        if let Some(http) = http
            && http != mark
            // The parameter `utf-16` leaves the order of bytes to the mark.
            && !(http == UTF_16LE && mark == UTF_16BE)
        {
            let what = format!("the HTTP charset says {}, the byte order mark says {}", http.name(), mark.name());
            return Err(CharsetError::new(what, 0));
        }
        return decode(bytes.get(length..).unwrap_or_default(), mark, "the byte order mark", length);
    }
    if let Some(http) = http {
        return decode(bytes, http, "the HTTP charset", 0);
    }
    match bytes {
        [b'<', 0, b'?', 0, ..] | [b'<', 0, _, 0, ..] => decode(bytes, UTF_16LE, "its first bytes", 0),
        [0, b'<', 0, ..] => decode(bytes, UTF_16BE, "its first bytes", 0),
        _ => match declared(bytes) {
            None => decode(bytes, UTF_8, "default", 0),
            Some((name, at)) => {
                let Some(encoding) = lookup(name) else {
                    return Err(CharsetError::new(format!("the declared encoding `{name}` is not supported"), at));
                };
                if encoding == UTF_16LE || encoding == UTF_16BE {
                    let what = format!("the declaration says {name}, but the bytes are not UTF-16");
                    return Err(CharsetError::new(what, at));
                }
                decode(bytes, encoding, "its XML declaration", 0)
            }
        },
    }
}

fn lookup(name: &str) -> Option<&'static Encoding> {
    // WHATWG's labels call Latin-1 and ASCII windows-1252; for the bytes 0x80 to 0x9F that would invent characters that the
    // document does not have, but nobody sends C1 controls, and mislabelled windows-1252 is common.
    Encoding::for_label_no_replacement(name.as_bytes()).filter(|encoding| encoding.name() != "x-user-defined")
}

fn decode<'b>(
    bytes: &'b [u8],
    encoding: &'static Encoding,
    source: &str,
    skipped: usize,
) -> Result<Cow<'b, str>, CharsetError> {
    if encoding == UTF_8 {
        return std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
            let at = error.valid_up_to();
            let what = match (error.error_len(), bytes.get(at)) {
                (Some(_), Some(byte)) => format!("byte 0x{byte:02X} is not UTF-8 (encoding by {source})"),
                _ => format!("unexpected end: the document ends inside a UTF-8 character (encoding by {source})"),
            };
            CharsetError::new(what, at + skipped)
        });
    }
    encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| {
        let at = first_bad(bytes, encoding);
        let name = if encoding == WINDOWS_1252 { "ISO-8859-1/windows-1252" } else { encoding.name() };
        CharsetError::new(format!("bytes that are not {name} (encoding by {source})"), at + skipped)
    })
}

/// Where strict decoding stops. Only for the error.
fn first_bad(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = vec![0u8; 4096];
    let mut done = 0;
    loop {
        let rest = bytes.get(done..).unwrap_or_default();
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(rest, &mut buffer, true);
        done += read;
        match result {
            encoding_rs::DecoderResult::InputEmpty => return done,
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(bad, after) => {
                return done.saturating_sub(usize::from(bad) + usize::from(after));
            }
        }
    }
}

/// The encoding an XML declaration names, and where.
fn declared(bytes: &[u8]) -> Option<(&str, usize)> {
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let end = declaration.iter().take(256).position(|byte| *byte == b'>')?;
    let declaration = std::str::from_utf8(declaration.get(..end)?).ok()?;
    let at = declaration.find("encoding")?;
    let rest = declaration.get(at + "encoding".len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let name = rest.get(1..)?.split(quote).next()?;
    Some((name, at + "<?xml".len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CP1251: &[u8] = b"<?xml version='1.0' encoding=\"windows-1251\"?><a>\xca\xeb\xfe\xf7</a>";

    fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let mark = if mark { "\u{feff}" } else { "" };
        let units = mark.encode_utf16().chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn the_declaration_is_believed() {
        assert!(decode_bytes(CP1251, None).unwrap().ends_with("<a>Ключ</a>"));
        assert!(decode_bytes(b"<?xml version='1.0' encoding='x-none'?><a/>", None).is_err());
        assert!(decode_bytes(b"<?xml version='1.0' encoding='UTF-16'?><a/>", None).is_err());
    }

    #[test]
    fn http_wins_over_the_declaration() {
        let text = "<?xml version='1.0' encoding='utf-8'?><a>\u{41a}</a>";
        let bytes = encoding_rs::WINDOWS_1251.encode(text).0;
        assert!(decode_bytes(&bytes, Some("windows-1251")).unwrap().contains('К'));
        assert!(decode_bytes(&bytes, None).is_err());
        assert!(decode_bytes(b"<a/>", Some("x-none")).is_err());
        assert!(decode_bytes(b"<a/>", Some("\"utf-8\"")).is_ok());
    }

    #[test]
    fn marks_and_utf16() {
        let text = "<?xml version='1.0' encoding='utf-16'?><a>Ключ</a>";
        for big in [false, true] {
            assert_eq!(decode_bytes(&utf16(text, big, true), None).unwrap(), text);
            assert_eq!(decode_bytes(&utf16(text, big, true), Some("utf-16")).unwrap(), text);
            assert_eq!(decode_bytes(&utf16(text, big, false), None).unwrap(), text);
        }
        assert_eq!(decode_bytes(b"\xef\xbb\xbf<a/>", None).unwrap(), "<a/>");
        assert!(decode_bytes(b"\xef\xbb\xbf<a/>", Some("windows-1251")).is_err());
    }

    #[test]
    fn nothing_is_replaced() {
        let error = decode_bytes(b"<a>\xca</a>", None).unwrap_err();
        assert!(error.what.contains("UTF-8") && error.offset == 3, "{error}");
        assert!(decode_bytes(b"<a>\xd0", None).unwrap_err().what.contains("unexpected end"));
        let mut odd = utf16("<a/>", false, true);
        odd.pop();
        assert!(decode_bytes(&odd, None).is_err());
    }
}
