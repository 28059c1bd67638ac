//! Escaping: how text becomes XML.

use super::chars::{is_illegal, plain_bytes};

/// Appends text as element content. Carriage returns become character references, since readers would turn them into line
/// feeds.
///
/// # Errors
/// The first character that XML cannot carry; nothing is appended then.
pub fn escape_text(out: &mut String, text: &str) -> Result<(), char> {
    escape(out, text, &CONTENT)
}

/// Appends text as an attribute value between double quotes (which are the caller's). White space other than blanks becomes
/// character references, since readers would turn it into blanks.
///
/// # Errors
/// The first character that XML cannot carry; nothing is appended then.
pub fn escape_attribute(out: &mut String, text: &str) -> Result<(), char> {
    escape(out, text, &ATTRIBUTE)
}

/// What a byte becomes: itself where this is empty.
type Table = [&'static str; 256];

/// Stands in tables for bytes that may begin a character XML cannot carry.
const SUSPECT: &str = "?";

static CONTENT: Table = table(false);
static ATTRIBUTE: Table = table(true);

const fn table(attribute: bool) -> Table {
    let mut table = [""; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = SUSPECT;
        byte += 1;
    }
    table[0xef] = SUSPECT;
    table[b'\t' as usize] = if attribute { "&#x9;" } else { "" };
    table[b'\n' as usize] = if attribute { "&#xA;" } else { "" };
    table[b'\r' as usize] = "&#xD;";
    table[b'&' as usize] = "&amp;";
    table[b'<' as usize] = "&lt;";
    table[b'>' as usize] = "&gt;";
    if attribute {
        table[b'"' as usize] = "&quot;";
    }
    table
}

fn escape(out: &mut String, text: &str, table: &'static Table) -> Result<(), char> {
    let before = out.len();
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut at = 0;
    loop {
        while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            let plain = plain_bytes(*chunk, [b'<', b'>', b'&', b'"', 0xef]);
            at += plain;
            if plain < 8 {
                break;
            }
        }
        let Some(&byte) = bytes.get(at) else { break };
        let becomes = table[byte as usize];
        if becomes == SUSPECT {
            if is_illegal(bytes, at, byte) {
                out.truncate(before);
                return Err(text[at..].chars().next().unwrap_or('\u{fffd}'));
            }
        } else if !becomes.is_empty() {
            // Every replaced byte is ASCII: these are character boundaries.
            out.push_str(&text[done..at]);
            out.push_str(becomes);
            done = at + 1;
        }
        at += 1;
    }
    out.push_str(&text[done..]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_a_reader_would_change_is_escaped() {
        let mut out = String::new();
        assert_eq!(escape_text(&mut out, "a<b>&\"'\r\n\tя]]>"), Ok(()));
        assert_eq!(out, "a&lt;b&gt;&amp;\"'&#xD;\n\tя]]&gt;");
        out.clear();
        assert_eq!(escape_attribute(&mut out, "a<\"'\r\n\t>"), Ok(()));
        assert_eq!(out, "a&lt;&quot;'&#xD;&#xA;&#x9;&gt;");
    }

    #[test]
    fn what_xml_cannot_carry_is_refused() {
        let mut out = String::new();
        assert_eq!(escape_text(&mut out, "a\u{1}"), Err('\u{1}'));
        assert_eq!(escape_attribute(&mut out, "\u{ffff}"), Err('\u{ffff}'));
        assert_eq!(out, "");
    }
}
