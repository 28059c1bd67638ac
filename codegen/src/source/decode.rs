//! Bytes to text: the encodings contracts are really published in, decoded strictly.
//!
//! A byte order mark decides; else UTF-16 shows itself by its zero bytes; else the XML declaration decides; else it is UTF-8.

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text, without byte order mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The text.
    pub(crate) text: String,
    /// The declaration contradicts the bytes; the bytes won.
    pub(crate) remark: Option<String>,
}

/// Why bytes are not text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DecodeError {
    /// No bytes at all, or white space alone.
    Empty,
    /// gzip or zip data.
    Compressed(&'static str),
    /// UTF-32, UTF-7 or a name nobody knows.
    UnknownEncoding(String),
    /// A byte sequence that the encoding does not have.
    Malformed {
        /// The encoding's name.
        encoding: &'static str,
        /// First byte that could not be decoded, from 0.
        offset: usize,
    },
    /// A character XML does not allow.
    BadChar {
        /// The character.
        ch: char,
        /// Line, from 1.
        line: usize,
    },
}

/// Decodes a contract file.
///
/// # Errors
/// When it is empty, compressed, in an unknown encoding, or holds bytes or characters that may not be there.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(DecodeError::Empty);
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(DecodeError::Compressed("gzip"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(DecodeError::Compressed("zip"));
    }
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Err(DecodeError::UnknownEncoding("UTF-32".into()));
    }
    let (by_bytes, skip) = match bytes {
        [0xef, 0xbb, 0xbf, ..] => (Some(UTF_8), 3),
        [0xff, 0xfe, ..] => (Some(UTF_16LE), 2),
        [0xfe, 0xff, ..] => (Some(UTF_16BE), 2),
        [b'<', 0, ..] => (Some(UTF_16LE), 0),
        [0, b'<', ..] => (Some(UTF_16BE), 0),
        _ => (None, 0),
    };
    let body = &bytes[skip..];
    let declared = if by_bytes.is_some_and(|encoding| encoding != UTF_8) { None } else { declared_encoding(body) };
    let mut remark = None;
    let encoding = match (by_bytes, declared) {
        (Some(encoding), None) => encoding,
        (Some(encoding), Some(name)) => {
            if Encoding::for_label(name.as_bytes()) != Some(encoding) {
                remark = Some(format!(
                    "the XML declaration says `{name}`, but the byte order mark says {}; the mark is believed",
                    encoding.name()
                ));
            }
            encoding
        }
        (None, Some(name)) => match Encoding::for_label(name.as_bytes()) {
            // A declaration that could be read byte by byte is not in UTF-16: tools that convert files forget to change it.
            Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => {
                remark = Some(format!("the XML declaration says `{name}`, but the file is not; it is read as UTF-8"));
                UTF_8
            }
            Some(encoding) => encoding,
            None => return Err(DecodeError::UnknownEncoding(name)),
        },
        (None, None) => UTF_8,
    };
    let text = strict(body, encoding, skip)?;
    // The first bytes of what is not allowed; most documents have none of them.
    let suspicious = |byte: u8| byte == 0xef || (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r'));
    // Whole blocks at a time: a loop without an exit is done by vector instructions.
    let blocks = text.as_bytes().chunks(256).enumerate();
    let found = blocks.filter(|(_, block)| block.iter().fold(false, |any, byte| any | suspicious(*byte))).find_map(
        |(number, block)| {
            let bytes = block.iter().enumerate().filter(|(_, byte)| suspicious(**byte));
            bytes.map(|(at, _)| number * 256 + at).find_map(|at| {
                let ch = text[at..].chars().next()?;
                (!allowed(ch)).then_some((at, ch))
            })
        },
    );
    match found {
        Some((at, ch)) => Err(DecodeError::BadChar { ch, line: text[..at].matches('\n').count() + 1 }),
        None => Ok(Decoded { text, remark }),
    }
}

/// Characters of XML 1.0.
fn allowed(ch: char) -> bool {
    match ch {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        ch => ch >= ' ',
    }
}

fn strict(bytes: &[u8], encoding: &'static Encoding, skipped: usize) -> Result<String, DecodeError> {
    if encoding == UTF_8 {
        return match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(DecodeError::Malformed { encoding: "UTF-8", offset: skipped + error.valid_up_to() }),
        };
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let capacity = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len());
    text.reserve(capacity);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        // The web's tables give bytes that a code page leaves undefined the C1 control of the same number; no text holds those.
        (DecoderResult::InputEmpty, _) if encoding.is_single_byte() => {
            match text.chars().position(|ch| ('\u{80}'..='\u{9f}').contains(&ch)) {
                Some(at) => Err(DecodeError::Malformed { encoding: encoding.name(), offset: skipped + at }),
                None => Ok(text),
            }
        }
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::Malformed(bad, after), read) => {
            let back = usize::from(bad) + usize::from(after);
            Err(DecodeError::Malformed { encoding: encoding.name(), offset: skipped + read.saturating_sub(back) })
        }
        (DecoderResult::OutputFull, read) => {
            Err(DecodeError::Malformed { encoding: encoding.name(), offset: skipped + read })
        }
    }
}

/// Where the XML declaration starts. White space and comments may stand before it: that is not allowed, but servers that
/// print a blank line first and people who put a licence at the top publish such files, and no parser of theirs minds.
pub(crate) fn declaration_at(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|byte| !byte.is_ascii_whitespace())?;
        match bytes[at..].strip_prefix(b"<!--") {
            Some(comment) => at += 4 + comment.windows(3).position(|end| end == b"-->")? + 3,
            None => break,
        }
    }
    let name = bytes[at..].strip_prefix(b"<?xml")?;
    name.first().is_some_and(u8::is_ascii_whitespace).then_some(at)
}

/// The name in `<?xml … encoding="…"?>`, read as ASCII.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let bytes = &bytes[declaration_at(bytes)?..];
    let head = &bytes[..bytes.len().min(1024)];
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let declaration: String = head[..end].iter().map(|byte| char::from(*byte)).collect();
    let after = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Some(after[1..].split(quote).next()?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes).expect("decodes").text
    }

    #[test]
    fn every_usual_encoding() {
        assert_eq!(text(b"\xef\xbb\xbf<a/>"), "<a/>");
        assert_eq!(text(b"\xff\xfe<\0\x16\x04/\0>\0"), "<\u{416}/>");
        assert_eq!(text(b"\0<\0a\0/\0>"), "<a/>");
        assert_eq!(text(b"<?xml version='1.0' encoding='windows-1251'?><a>\xc6</a>").chars().nth(48), Some('Ж'));
        assert!(text(b"<?xml version=\"1.0\" encoding=\"KOI8-R\"?><a>\xf6</a>").contains('Ж'));
    }

    #[test]
    fn strictness() {
        let bad = decode(b"<a>\xc0\xaf</a>");
        assert_eq!(bad, Err(DecodeError::Malformed { encoding: "UTF-8", offset: 3 }));
        let unmapped = decode(b"<?xml version='1.0' encoding='windows-1251'?><a>\x98</a>");
        assert_eq!(unmapped, Err(DecodeError::Malformed { encoding: "windows-1251", offset: 48 }));
        assert_eq!(decode(b"<a b='\0'/>"), Err(DecodeError::BadChar { ch: '\0', line: 1 }));
        assert_eq!(decode(b" \n"), Err(DecodeError::Empty));
        assert!(matches!(decode(b"\x1f\x8b\x08"), Err(DecodeError::Compressed("gzip"))));
        assert!(matches!(decode(b"<?xml version='1.0' encoding='UTF-7'?><a/>"), Err(DecodeError::UnknownEncoding(_))));
    }

    #[test]
    fn a_forgotten_declaration_is_remarked() {
        let decoded = decode(b"<?xml version='1.0' encoding='utf-16'?><a/>").expect("decodes");
        assert!(decoded.remark.is_some_and(|remark| remark.contains("utf-16")));
    }
}
