//! Which characters XML knows (XML 1.0, fifth edition, §2.2, §2.3).

/// Whether the character may stand in a document.
pub const fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Whether the byte is XML white space.
pub const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}

/// Whether all of the text is XML white space.
pub fn is_blank(text: &str) -> bool {
    text.bytes().all(is_space)
}

/// How many of eight bytes, from the first on, are neither controls nor one of these.
#[inline]
pub(super) fn plain_bytes<const N: usize>(bytes: [u8; 8], others: [u8; N]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let word = u64::from_le_bytes(bytes);
    // In each of these words the lowest high bit marks the first such byte; what stands above it means nothing.
    let mut marks = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
    for other in others {
        let word = word ^ (ONES * u64::from(other));
        marks |= word.wrapping_sub(ONES) & !word & HIGHS;
    }
    (marks.trailing_zeros() / 8) as usize
}

/// Whether two names are the same. Most have up to 16 bytes: two overlapping words, and no call of a comparison of memory.
#[inline]
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match (a.first_chunk::<8>(), a.last_chunk::<8>(), b.first_chunk::<8>(), b.last_chunk::<8>()) {
        (Some(first), Some(last), Some(other_first), Some(other_last)) if a.len() <= 16 => {
            first == other_first && last == other_last
        }
        (None, ..) => a.iter().zip(b).all(|(a, b)| a == b),
        _ => a == b,
    }
}

/// Whether a name without prefix may begin with the character.
pub const fn is_name_start(c: char) -> bool {
    matches!(c,
        'A'..='Z' | 'a'..='z' | '_'
        | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
        | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

/// Whether a name without prefix may go on with the character.
pub const fn is_name_char(c: char) -> bool {
    is_name_start(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// Whether the text is a name without prefix (`NCName`).
pub fn is_ncname(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_name_start) && chars.all(is_name_char)
}

/// The first character of the text that may not stand in a document, with its byte position.
pub fn find_illegal(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if is_illegal(bytes, at, byte) {
            return text.get(at..).and_then(|rest| rest.chars().next()).map(|c| (at, c));
        }
        at += 1;
    }
    None
}

/// Whether an illegal character begins at this byte of valid UTF-8: a control, or U+FFFE, or U+FFFF.
pub(super) fn is_illegal(bytes: &[u8], at: usize, byte: u8) -> bool {
    match byte {
        b'\t' | b'\n' | b'\r' => false,
        0..=0x1f => true,
        0xef => bytes.get(at + 1) == Some(&0xbf) && matches!(bytes.get(at + 2), Some(0xbe | 0xbf)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn illegal_characters_are_found() {
        assert_eq!(find_illegal("a\tb\r\n\u{fffd}я\u{10ffff}"), None);
        assert_eq!(find_illegal("я\u{b}"), Some((2, '\u{b}')));
        assert_eq!(find_illegal("\u{ffff}"), Some((0, '\u{ffff}')));
        assert_eq!(find_illegal("a\u{fffe}"), Some((1, '\u{fffe}')));
        for c in ['\0', '\u{1f}', '\u{fffe}'] {
            assert!(!is_char(c));
        }
    }

    #[test]
    fn plain_bytes_end_at_the_first_other() {
        for at in 0..8 {
            for byte in 0..=255u8 {
                let mut bytes = *b"abcdefgh";
                bytes[at] = byte;
                let plain = byte >= 0x20 && byte != b'<' && byte != 0xef;
                assert_eq!(plain_bytes(bytes, [b'<', 0xef]), if plain { 8 } else { at }, "{byte} at {at}");
            }
        }
        assert_eq!(plain_bytes(*b"ab=<<;<\n", [b'<', 0xef]), 3);
    }

    #[test]
    fn same_names_of_any_length() {
        let name = "abcdefghijklmnopqrstuvwxyz".as_bytes();
        for length in 0..name.len() {
            assert!(same(&name[..length], &name[..length]));
            assert!(!same(&name[..length], &name[..length + 1]));
            for at in 0..length {
                let mut other = name[..length].to_vec();
                other[at] = b'_';
                assert!(!same(&name[..length], &other), "{length} {at}");
            }
        }
    }

    #[test]
    fn names() {
        assert!(is_ncname("Ключ-1.x_y"));
        for name in ["", "1a", "-a", "a:b", "a b", ".a"] {
            assert!(!is_ncname(name), "{name}");
        }
    }
}
