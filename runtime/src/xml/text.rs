//! Character data: scanning, references, line ends.

use super::chars::{is_char, is_illegal, plain_bytes};

/// What is wrong with character data, and at which byte of it.
pub(super) struct TextError {
    pub(super) what: String,
    pub(super) at: usize,
}

impl TextError {
    fn new(what: impl Into<String>, at: usize) -> Self {
        Self { what: what.into(), at }
    }
}

pub(super) fn illegal(text: &str, at: usize) -> TextError {
    match text.get(at..).and_then(|rest| rest.chars().next()) {
        Some(c) => TextError::new(format!("illegal character U+{:04X}", u32::from(c)), at),
        None => TextError::new("illegal character", at),
    }
}

const PLAIN: u8 = 0;
const END: u8 = 1;
const REFERENCE: u8 = 2;
const RETURN: u8 = 3;
const BRACKET: u8 = 4;
const SUSPECT: u8 = 5;
const BLANK: u8 = 6;

/// What each byte means in text content.
const CONTENT: [u8; 256] = classes(b'<', false);
/// What each byte means in an attribute value between double quotes, and between single quotes.
const DOUBLE: [u8; 256] = classes(b'"', true);
const SINGLE: [u8; 256] = classes(b'\'', true);

const fn classes(end: u8, attribute: bool) -> [u8; 256] {
    let mut table = [PLAIN; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = SUSPECT;
        byte += 1;
    }
    table[0xef] = SUSPECT;
    table[b'\t' as usize] = if attribute { BLANK } else { PLAIN };
    table[b'\n' as usize] = if attribute { BLANK } else { PLAIN };
    table[b'\r' as usize] = RETURN;
    table[b'&' as usize] = REFERENCE;
    if attribute {
        table[b'<' as usize] = SUSPECT;
    } else {
        table[b']' as usize] = BRACKET;
    }
    table[end as usize] = END;
    table
}

/// Scans text content from `from` up to the next `<` or the end. Returns that place, and whether the text has to be decoded.
#[inline]
pub(super) fn scan_content(text: &str, from: usize) -> Result<(usize, bool), TextError> {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut decode = false;
    loop {
        while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            let plain = plain_bytes(*chunk, [b'<', b'&', b']', 0xef]);
            at += plain;
            if plain < 8 {
                break;
            }
        }
        let Some(&byte) = bytes.get(at) else { return Ok((at, decode)) };
        match CONTENT[byte as usize] {
            PLAIN => {}
            END => return Ok((at, decode)),
            REFERENCE | RETURN => decode = true,
            BRACKET => {
                if bytes.get(at + 1) == Some(&b']') && bytes.get(at + 2) == Some(&b'>') {
                    return Err(TextError::new("`]]>` must be written `]]&gt;` in text", at));
                }
            }
            _ => {
                if is_illegal(bytes, at, byte) {
                    return Err(illegal(text, at));
                }
            }
        }
        at += 1;
    }
}

/// Scans an attribute value from behind its opening quote. Returns the place of the closing quote, and whether the value has
/// to be decoded.
#[inline]
pub(super) fn scan_attribute(text: &str, from: usize, quote: u8) -> Result<(usize, bool), TextError> {
    let bytes = text.as_bytes();
    let table = if quote == b'"' { &DOUBLE } else { &SINGLE };
    let mut at = from;
    let mut decode = false;
    while let Some(&byte) = bytes.get(at) {
        match table[byte as usize] {
            PLAIN => {}
            END => return Ok((at, decode)),
            REFERENCE | RETURN | BLANK => decode = true,
            _ if byte == b'<' => return Err(TextError::new("`<` must be written `&lt;` in an attribute value", at)),
            _ => {
                if is_illegal(bytes, at, byte) {
                    return Err(illegal(text, at));
                }
            }
        }
        at += 1;
    }
    Err(TextError::new("unexpected end of the document inside an attribute value", at))
}

/// Appends text with its references replaced and its line ends made `\n` (XML 1.0, §2.11, §4.6).
pub(super) fn decode_content(out: &mut String, text: &str) -> Result<(), TextError> {
    decode(out, text, false)
}

/// Appends an attribute value with its references replaced and its white space made blanks (XML 1.0, §3.3.3).
pub(super) fn decode_attribute(out: &mut String, text: &str) -> Result<(), TextError> {
    decode(out, text, true)
}

/// Appends text whose line ends are made `\n`, with nothing else replaced (CDATA sections).
pub(super) fn decode_cdata(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    out.push_str(rest);
}

fn decode(out: &mut String, text: &str, attribute: bool) -> Result<(), TextError> {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let special = match byte {
            b'&' | b'\r' => true,
            b'\t' | b'\n' => attribute,
            _ => false,
        };
        if !special {
            at += 1;
            continue;
        }
        out.push_str(&text[done..at]);
        if byte == b'&' {
            let (c, length) = reference(text, at)?;
            out.push(c);
            at += length;
        } else {
            out.push(if attribute { ' ' } else { '\n' });
            at += 1;
            if byte == b'\r' && bytes.get(at) == Some(&b'\n') {
                at += 1;
            }
        }
        done = at;
    }
    out.push_str(&text[done..]);
    Ok(())
}

/// The character a reference stands for, and the reference's length.
fn reference(text: &str, at: usize) -> Result<(char, usize), TextError> {
    let rest = &text[at + 1..];
    // The longest useful reference is `#x10FFFF;`; leading zeros are allowed, though not without end.
    let Some(end) = rest.bytes().take(32).position(|byte| byte == b';') else {
        return Err(TextError::new("a character or entity reference is not ended by `;` (write `&amp;` for `&`)", at));
    };
    let name = &rest[..end];
    let c = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => match name.strip_prefix('#') {
            Some(number) => numeric(number)
                .ok_or_else(|| TextError::new(format!("`&{name};` is no reference to a legal character"), at))?,
            None => {
                let what = "unknown entity: only &lt; &gt; &amp; &apos; &quot; and character references are allowed";
                return Err(TextError::new(format!("`&{}`: {what}", crate::error::excerpt(name)), at));
            }
        },
    };
    Ok((c, end + 2))
}

fn numeric(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    // `from_str_radix` would take a sign.
    if digits.is_empty() || !digits.bytes().all(|digit| char::from(digit).is_digit(radix)) {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(digits, radix).ok()?)?;
    is_char(c).then_some(c)
}
