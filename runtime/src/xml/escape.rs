//! Escaping: how text becomes XML.

use super::chars::find_illegal;

/// Appends text as element content. Carriage returns become character references, since readers would turn them into line
/// feeds.
///
/// # Errors
/// The first character that XML cannot carry; nothing is appended then.
pub fn escape_text(out: &mut String, text: &str) -> Result<(), char> {
    escape(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'\r' => Some("&#xD;"),
        _ => None,
    })
}

/// Appends text as an attribute value between double quotes (which are the caller's). White space other than blanks becomes
/// character references, since readers would turn it into blanks.
///
/// # Errors
/// The first character that XML cannot carry; nothing is appended then.
pub fn escape_attribute(out: &mut String, text: &str) -> Result<(), char> {
    escape(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\t' => Some("&#x9;"),
        b'\n' => Some("&#xA;"),
        b'\r' => Some("&#xD;"),
        _ => None,
    })
}

fn escape(out: &mut String, text: &str, replace: impl Fn(u8) -> Option<&'static str>) -> Result<(), char> {
    if let Some((_, c)) = find_illegal(text) {
        return Err(c);
    }
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(reference) = replace(byte) {
            // Every replaced byte is ASCII: these are character boundaries.
            out.push_str(&text[done..at]);
            out.push_str(reference);
            done = at + 1;
        }
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
