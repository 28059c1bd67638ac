//! Instance documents: what they hold, and whether two of them hold the same.

use std::path::Path;

use bindery_runtime::xml::decode_bytes;
use roxmltree::{Document, Node, ParsingOptions};

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const ENVELOPES: [&str; 2] = ["http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"];

/// A document to read: its text, and the name of its root.
#[derive(Debug, Clone)]
pub struct Payload {
    /// The text, decoded.
    pub text: String,
    /// Namespace of the root; empty for none.
    pub ns: String,
    /// Local name of the root.
    pub local: String,
}

/// Reads a document, or the first child of a SOAP message's Body as a document of its own.
///
/// # Errors
/// Why there is nothing to read, in a few words that group.
pub fn payload(path: &Path, soap: bool) -> Result<Payload, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("unreadable: {error}"))?;
    let text = decode_bytes(&bytes, None).map_err(|_| "charset".to_owned())?;
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&text, options).map_err(|_| "not well-formed".to_owned())?;
    let root = document.root_element();
    let is_envelope = |node: Node<'_, '_>| node.tag_name().namespace().is_some_and(|ns| ENVELOPES.contains(&ns));
    if !soap || !is_envelope(root) {
        return Ok(named(root, text.clone().into_owned()));
    }
    let body = root.children().find(|node| is_envelope(*node) && node.tag_name().name() == "Body");
    let Some(content) = body.and_then(|body| body.first_element_child()) else {
        return Err("empty Body".to_owned());
    };
    if is_envelope(content) {
        return Err("SOAP fault".to_owned());
    }
    let inner = text.get(content.range()).unwrap_or_default();
    Ok(named(content, with_namespaces(content, inner)))
}

fn named(node: Node<'_, '_>, text: String) -> Payload {
    let name = node.tag_name();
    Payload { text, ns: name.namespace().unwrap_or_default().to_owned(), local: name.name().to_owned() }
}

/// Repeats on an element's tag the prefixes that are declared around it.
fn with_namespaces(node: Node<'_, '_>, text: &str) -> String {
    let end = text.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(text.len());
    let own: Vec<&str> = text[..text.find('>').unwrap_or(text.len())].split("xmlns").skip(1).collect();
    let is_own = |prefix: Option<&str>| {
        own.iter().any(|rest| match prefix {
            None => rest.trim_start().starts_with('='),
            Some(prefix) => rest
                .strip_prefix(':')
                .is_some_and(|rest| rest.strip_prefix(prefix).is_some_and(|rest| rest.trim_start().starts_with('='))),
        })
    };
    let mut out = text[..end].to_owned();
    for namespace in node.namespaces() {
        if namespace.name() == Some("xml") || is_own(namespace.name()) {
            continue;
        }
        let uri = namespace.uri().replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        match namespace.name() {
            None => out.push_str(&format!(" xmlns=\"{uri}\"")),
            Some(prefix) => out.push_str(&format!(" xmlns:{prefix}=\"{uri}\"")),
        }
    }
    out.push_str(&text[end..]);
    out
}

/// What is in one document and not in the other: elements and attributes by name, and texts by their words. `None`: nothing.
///
/// Prefixes, order, `xsi` attributes and blanks do not count; nor does how a value is spelled, which is why texts are compared
/// by whether they are there. Text that is only in the second is no difference: an empty element has its default value.
pub fn lost(before: &str, after: &str) -> Option<String> {
    let options = || ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let (Ok(before), Ok(after)) =
        (Document::parse_with_options(before, options()), Document::parse_with_options(after, options()))
    else {
        return Some("not well-formed".to_owned());
    };
    let (before, after) = (inventory(&before), inventory(&after));
    let missing = |of: &[String], from: &[String]| -> Option<String> {
        let mut rest = from.to_vec();
        of.iter().find_map(|item| match rest.iter().position(|other| other == item) {
            Some(index) => {
                rest.swap_remove(index);
                None
            }
            None => Some(item.clone()),
        })
    };
    // Equal mostly: sorted lists tell that without looking for the difference.
    if before == after {
        return None;
    }
    missing(&before, &after).map(|item| format!("lost {item}")).or_else(|| {
        let after: Vec<String> = after.into_iter().filter(|item| !item.starts_with("text in ")).collect();
        missing(&after, &before).map(|item| format!("gained {item}"))
    })
}

fn inventory(document: &Document<'_>) -> Vec<String> {
    let mut items = Vec::new();
    for node in document.descendants() {
        if node.is_element() {
            let name = node.tag_name();
            items.push(format!("<{{{}}}{}>", name.namespace().unwrap_or_default(), name.name()));
            for attribute in node.attributes().filter(|attribute| attribute.namespace() != Some(XSI)) {
                items.push(format!("@{{{}}}{}", attribute.namespace().unwrap_or_default(), attribute.name()));
            }
            let text: bool =
                node.children().any(|child| child.is_text() && child.text().is_some_and(|t| !t.trim().is_empty()));
            if text {
                items.push(format!("text in <{}>", name.name()));
            }
        }
    }
    items.sort_unstable();
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_is_found() {
        let before = "<a xmlns='urn:a' x='1'><b>1</b><b>2</b></a>";
        assert_eq!(lost(before, "<p:a xmlns:p='urn:a' x='1'><p:b>01</p:b>\n<p:b>2</p:b></p:a>"), None);
        assert!(lost(before, "<a xmlns='urn:a' x='1'><b>1</b></a>").unwrap().starts_with("lost"));
        assert!(lost(before, "<a xmlns='urn:a'><b>1</b><b>2</b></a>").is_some());
        assert!(lost(before, "<a xmlns='urn:a' x='1'><b>1</b><b/></a>").unwrap().contains("text"));
        assert!(lost("<a/>", "<a b=''/>").unwrap().starts_with("gained"));
    }

    #[test]
    fn prefixes_declared_around_an_element_go_with_it() {
        let text = "<e xmlns:p='urn:p' xmlns='urn:d'><p:x xmlns:q='urn:q' p:y='1'><z/></p:x></e>";
        let document = Document::parse(text).unwrap();
        let node = document.root_element().first_element_child().unwrap();
        let alone = with_namespaces(node, &text[node.range()]);
        let alone = Document::parse(&alone).unwrap();
        assert_eq!(alone.root_element().tag_name().namespace(), Some("urn:p"));
        assert_eq!(alone.root_element().first_element_child().unwrap().tag_name().namespace(), Some("urn:d"));
    }
}
