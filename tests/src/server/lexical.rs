//! Reading and writing the few XML value forms the services need, as .NET's XmlConvert does.

use roxmltree::Node;

/// A value that cannot be read: what it should have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadValue {
    pub(crate) text: String,
    pub(crate) expected: &'static str,
}

type Read<T> = Result<T, BadValue>;

fn bad<T>(text: &str, expected: &'static str) -> Read<T> {
    Err(BadValue { text: text.to_owned(), expected })
}

/// All text directly inside an element, comments and CDATA marks taken out.
pub(crate) fn text(node: Node<'_, '_>) -> String {
    node.children().filter(Node::is_text).filter_map(|t| t.text()).collect()
}

pub(crate) fn int32(text: &str) -> Read<i32> {
    text.trim().parse().or_else(|_| bad(text, "Int32"))
}

pub(crate) fn int64(text: &str) -> Read<i64> {
    text.trim().parse().or_else(|_| bad(text, "Int64"))
}

pub(crate) fn boolean(text: &str) -> Read<bool> {
    match text.trim() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => bad(text, "Boolean"),
    }
}

/// The D form (8-4-4-4-12), given back in lower case.
pub(crate) fn guid(text: &str) -> Read<String> {
    let groups: Vec<&str> = text.trim().split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|g| g.len()).collect();
    let hexadecimal = groups.iter().all(|g| g.bytes().all(|b| b.is_ascii_hexdigit()));
    if lengths == [8, 4, 4, 4, 12] && hexadecimal { Ok(text.trim().to_ascii_lowercase()) } else { bad(text, "Guid") }
}

/// A date and time with or without a zone, given back as written.
pub(crate) fn date_time(text: &str) -> Read<String> {
    let trimmed = text.trim();
    let known = trimmed.parse::<jiff::civil::DateTime>().is_ok() || trimmed.parse::<jiff::Timestamp>().is_ok();
    if known { Ok(trimmed.to_owned()) } else { bad(text, "DateTime") }
}

/// Kopecks as roubles, without needless zeros as .NET writes a double.
pub(crate) fn money(kopecks: i64) -> String {
    let (whole, rest) = (kopecks / 100, kopecks % 100);
    match rest {
        0 => whole.to_string(),
        r if r % 10 == 0 => format!("{whole}.{}", r / 10),
        r => format!("{whole}.{r:02}"),
    }
}

/// For text content and for attribute values in double quotes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#xD;"),
            c => out.push(c),
        }
    }
    out
}

/// The text that is written so in a path.
pub(crate) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if bytes[at] == b'%' => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_dotnet_reads_them() {
        assert_eq!(int32(" 15\n"), Ok(15));
        assert!(int32("99999999999").is_err() && int32("").is_err() && int32("1.0").is_err());
        assert_eq!(boolean("1"), Ok(true));
        assert!(boolean("True").is_err());
        assert_eq!(guid("54E3081C-f787-4e33-bc99-cc2e3aa392c7").unwrap(), "54e3081c-f787-4e33-bc99-cc2e3aa392c7");
        assert!(guid("54e3081c").is_err());
        assert!(date_time("2026-12-31T00:00:00").is_ok() && date_time("2026-12-31T00:00:00.1234567+03:00").is_ok());
        assert!(date_time("31.12.2026").is_err());
    }

    #[test]
    fn money_has_no_needless_zeros() {
        assert_eq!([money(150_000), money(99_950), money(1), money(29_999)], ["1500", "999.5", "0.01", "299.99"]);
    }
}
