//! What to say about files that cannot be read. Nothing here repeats more of a file than a name in it.

use super::decode::DecodeError;
use super::doctype::DoctypeError;

/// What the file system says, in words.
pub fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".into(),
        std::io::ErrorKind::PermissionDenied => "permission denied".into(),
        std::io::ErrorKind::IsADirectory => "it is a folder".into(),
        std::io::ErrorKind::NotADirectory => "a part of the path is no folder".into(),
        std::io::ErrorKind::InvalidData => "it is not UTF-8 text".into(),
        _ => error.to_string(),
    }
}

pub(super) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..floor(text, at)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

pub(super) fn looks_like_html(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(400).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || (head.starts_with("<?xml") && head.contains("<html"))
}

/// What a text is that has nothing of XML at its start, and what to do.
pub(super) fn something_else(text: &str) -> Option<(&'static str, &'static str)> {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let read = "WSDL 1.1 and XML Schema files are read, and contracts written by hand (`*.contract.rs`)";
    let what = match start {
        _ if start.starts_with('<') => return None,
        _ if start.starts_with(['{', '[']) && looks_like_json(start) => "JSON",
        _ if start.starts_with("openapi:") || start.starts_with("swagger:") => "an OpenAPI document",
        _ if start.starts_with("%PDF") => "a PDF document",
        // Text before the first tag is a mistake in an XML document, which the parser tells with its place.
        _ if start.contains('<') => return None,
        _ => "plain text",
    };
    Some((what, read))
}

/// Whether a text that begins with a bracket goes on as JSON does.
fn looks_like_json(text: &str) -> bool {
    // Not `[`: `[[` begins a TOML table.
    text[1..].trim_start().starts_with(['"', '{', '}', ']'])
}

/// What to do about a limit.
pub(super) const RAISE: &str =
    "raise the limit if the contract really needs it: `limits` in bindery.toml or on the builder";

pub(super) fn decode_message(name: &str, bytes: &[u8], error: &DecodeError) -> (String, Option<&'static str>) {
    match error {
        DecodeError::Empty => {
            (format!("`{name}` is empty"), Some("save the contract again: the download may have failed"))
        }
        DecodeError::Compressed(kind) => (format!("`{name}` is {kind} data, not XML text"), Some("unpack it first")),
        DecodeError::UnknownEncoding(encoding) => (
            format!(
                "`{name}` is in the encoding `{}`, which is not supported",
                encoding.chars().take(32).collect::<String>()
            ),
            Some("convert it to UTF-8"),
        ),
        DecodeError::Malformed { encoding, offset } => (
            {
                let line = bytes.iter().take(*offset).filter(|byte| **byte == b'\n').count() + 1;
                let byte = bytes.get(*offset).map(|byte| format!(" 0x{byte:02X}")).unwrap_or_default();
                format!(
                    "`{name}` is not valid {encoding}: the byte{byte} at offset {offset} (line {line}) cannot be decoded"
                )
            },
            Some("correct the encoding in the XML declaration, or convert the file to UTF-8"),
        ),
        DecodeError::BadChar { ch, line } => {
            let message =
                format!("`{name}`, line {line}: the character U+{:04X} is not allowed in XML", u32::from(*ch));
            (message, Some("remove it: no document can hold it, in whatever spelling"))
        }
    }
}

pub(super) fn doctype_message(error: &DoctypeError) -> String {
    match error {
        DoctypeError::ExternalDtd(system) => {
            format!("the DOCTYPE names an external DTD, `{}`, which is never read", system.escape_debug())
        }
        DoctypeError::ExternalEntity(name) => {
            format!("the entity `{}` is external, and external entities are never read", name.escape_debug())
        }
        DoctypeError::ParameterEntity => "references to parameter entities are not expanded".into(),
        DoctypeError::Markup(name) => {
            format!("the entity `{}` holds markup; only plain text is expanded", name.escape_debug())
        }
        DoctypeError::Expansion(max) => format!("entity expansion passes the limit `entity_bytes` of {max} bytes"),
        DoctypeError::Syntax => "the DOCTYPE cannot be read".into(),
    }
}

/// The parser's message with no more of the text in it than a name.
pub(super) fn syntax(error: &roxmltree::Error) -> String {
    // Where the parser names what it was reading and not what is wrong with it.
    let plain = match error {
        roxmltree::Error::InvalidComment(_) => "a comment holds `--`, which only its end may",
        roxmltree::Error::UnknownToken(_) => "text stands outside the document, or `<` before what is no tag",
        _ => "",
    };
    if !plain.is_empty() {
        return plain.to_owned();
    }
    let text = error.to_string();
    let text = text.rsplit_once(" at ").map_or(text.as_str(), |(text, _)| text);
    let escaped = |c: char| -> String { if c == '\'' { c.into() } else { c.escape_debug().collect() } };
    text.chars().take(160).map(escaped).collect()
}

/// The last place at or before `at` that does not split a character.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
