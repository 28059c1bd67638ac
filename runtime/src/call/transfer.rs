//! How the content of a MIME part was made fit for travel (RFC 2045 §6). HTTP needs none of it; toolkits made of libraries for
//! mail do it all the same.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// Padding is of no use to anybody who knows where the content ends.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The content that was encoded so.
///
/// # Errors
/// An encoding that is not known; content that is not of it.
pub(super) fn decoded<'b>(encoding: &str, content: &'b [u8]) -> Result<Cow<'b, [u8]>, String> {
    let is = |name: &str| encoding.eq_ignore_ascii_case(name);
    if ["binary", "8bit", "7bit"].into_iter().any(is) {
        return Ok(Cow::Borrowed(content));
    }
    if is("base64") {
        let packed: Vec<u8> = content.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let octets = BASE64.decode(packed).map_err(|error| format!("a part is no base64, as it says: {error}"))?;
        return Ok(Cow::Owned(octets));
    }
    if is("quoted-printable") {
        return quoted_printable(content).map(Cow::Owned);
    }
    let shown = crate::failure::one_line(encoding);
    Err(format!("a part has the transfer encoding {shown}, which is none of RFC 2045"))
}

/// RFC 2045 §6.7: `=` and two digits are an octet, `=` before a line's end joins lines, blanks before a line's end are nobody's.
fn quoted_printable(content: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(content.len());
    let mut lines = content.split(|byte| *byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        let (line, end): (_, &[u8]) = match line.strip_suffix(b"\r") {
            Some(line) => (line, b"\r\n"),
            None => (line, b"\n"),
        };
        let mut rest = line.trim_ascii_end();
        let joined = rest.last() == Some(&b'=');
        if joined {
            rest = rest.get(..rest.len() - 1).unwrap_or_default();
        }
        while let Some((&byte, after)) = rest.split_first() {
            rest = after;
            if byte != b'=' {
                out.push(byte);
                continue;
            }
            let digit = |at: usize| after.get(at).and_then(|byte| char::from(*byte).to_digit(16));
            let octet = digit(0).zip(digit(1)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
            out.push(octet.ok_or("a part is not quoted-printable, as it says: `=` without two digits")?);
            rest = after.get(2..).unwrap_or_default();
        }
        if lines.peek().is_some() && !joined {
            out.extend_from_slice(end);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_of_mail() {
        let text = |encoding: &str, content: &str| {
            decoded(encoding, content.as_bytes()).map(|octets| String::from_utf8(octets.into_owned()).unwrap())
        };
        assert_eq!(text("8BIT", "a=\r\nb").unwrap(), "a=\r\nb");
        assert_eq!(text("Base64", "YWJj\r\nZA==\r\n").unwrap(), "abcd");
        assert!(text("base64", "YW*j").unwrap_err().contains("base64"));
        assert_eq!(text("quoted-printable", "=D0=b6 =3D=  \r\nb \t\r\nc\nd=").unwrap(), "ж =b\r\nc\nd");
        for bad in ["=", "=4", "=4x", "a=é"] {
            let read = text("quoted-printable", &format!("{bad}x"));
            assert!(read.unwrap_err().contains("two digits"), "{bad}");
        }
        assert!(text("x-uuencode", "").unwrap_err().contains("x-uuencode"));
    }
}
