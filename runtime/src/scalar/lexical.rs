//! What the parsers of this module share: white space, length caps and a small scanner over ASCII digits.

use std::fmt;

/// The longest text of a date, time, duration, name or identifier that is looked at, in bytes.
pub const MAX_LEXICAL: usize = 256;

/// The longest text of a decimal or integer that is looked at, in bytes.
pub const MAX_NUMBER: usize = 4096;

/// A text that is not in the lexical space of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LexicalError {
    expected: &'static str,
}

impl LexicalError {
    pub(crate) const fn new(expected: &'static str) -> Self {
        Self { expected }
    }

    /// What would have been right.
    pub const fn expected(&self) -> &'static str {
        self.expected
    }
}

impl fmt::Display for LexicalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for LexicalError {}

/// Whether XML counts the byte as white space.
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The text without XML white space around it: the `collapse` that every non-string type of XSD has.
pub(super) fn trim(text: &str) -> &str {
    super::trim_space(text)
}

/// Trims, and refuses a text that is too long to be looked at. Nothing is parsed, copied or counted before this.
pub(super) fn prepare<'a>(text: &'a str, max: usize, too_long: &'static str) -> Result<&'a str, LexicalError> {
    let text = trim(text);
    if text.len() > max { Err(LexicalError::new(too_long)) } else { Ok(text) }
}

/// Reads a short text from left to right.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scanner<'a> {
    rest: &'a [u8],
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text.as_bytes() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Takes the byte if it comes next.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    /// Takes all ASCII digits that come next.
    pub(super) fn digits(&mut self) -> &'a [u8] {
        let length = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        digits
    }

    /// Takes four ASCII digits, if no fifth follows.
    pub(super) fn four_digits(&mut self) -> Option<u16> {
        let (digits, rest) = self.rest.split_first_chunk::<4>()?;
        if !digits.iter().all(u8::is_ascii_digit) || rest.first().is_some_and(u8::is_ascii_digit) {
            return None;
        }
        self.rest = rest;
        Some(digits.iter().fold(0, |value, digit| value * 10 + u16::from(digit - b'0')))
    }

    /// Takes exactly two ASCII digits.
    pub(super) fn two_digits(&mut self) -> Option<u8> {
        match self.rest {
            [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] => {
                self.rest = rest;
                Some((tens - b'0') * 10 + (ones - b'0'))
            }
            _ => None,
        }
    }
}

/// A number below 100 as two digits: what `{:02}` does, at a fraction of the cost.
pub(super) const fn two_digits(value: u8) -> [u8; 2] {
    [b'0' + value / 10 % 10, b'0' + value % 10]
}

/// Digits and punctuation as text.
pub(super) fn ascii(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The value of ASCII digits, if it fits.
pub(super) fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0u64, |value, digit| value.checked_mul(10)?.checked_add(u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_xml_space_only() {
        assert_eq!(trim(" \t\r\n5\n"), "5");
        assert_eq!(trim("\u{a0}5"), "\u{a0}5");
        assert_eq!(trim("\u{b}5"), "\u{b}5");
    }

    #[test]
    fn caps_before_looking() {
        let text = "1".repeat(MAX_LEXICAL + 1);
        assert!(prepare(&text, MAX_LEXICAL, "short").is_err());
        assert!(prepare(&text[1..], MAX_LEXICAL, "short").is_ok());
    }

    #[test]
    fn numbers_do_not_wrap() {
        assert_eq!(number(b"18446744073709551615"), Some(u64::MAX));
        assert_eq!(number(b"18446744073709551616"), None);
        assert_eq!(number(b""), None);
    }
}
