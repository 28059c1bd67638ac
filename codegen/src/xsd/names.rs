//! XML names in attribute values.

use roxmltree::Node;

use super::{codes, drafts};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Namespaces, QName};
use crate::source::{self, Span};

/// Resolves a name in an attribute value. A prefix that is not bound is reported; the name then has no namespace, and
/// `true` says so.
pub(crate) fn qname(
    node: Node<'_, '_>,
    value: &str,
    span: Span,
    namespaces: &mut Namespaces,
    diagnostics: &mut Diagnostics,
) -> Option<(QName, bool)> {
    let shown = || value.chars().take(80).flat_map(char::escape_debug).collect::<String>();
    let (prefix, local) = value.split_once(':').map_or((None, value), |(prefix, local)| (Some(prefix), local));
    let ns = match prefix {
        Some("xml") => Some("http://www.w3.org/XML/1998/namespace"),
        prefix => node.lookup_namespace_uri(prefix),
    };
    match (prefix, ns) {
        (Some(prefix), None) if is_ncname(local) => {
            let prefix: String = prefix.chars().take(40).flat_map(char::escape_debug).collect();
            let what = format!("the prefix `{prefix}` of `{}` is not bound", shown());
            diagnostics.push(
                Diagnostic::error(source::codes::PREFIX, what)
                    .at(span, "used here")
                    .with_help(format!("declare it with `xmlns:{prefix}=\"…\"`, or correct it")),
            );
            Some((QName::new("", local), true))
        }
        _ if !is_ncname(local) => {
            let what = format!("`{}` is not an XML name (NCName)", shown());
            diagnostics.push(Diagnostic::error(codes::NAME, what).at(span, "a name was expected here"));
            None
        }
        (_, ns) => {
            let (ns, local) = drafts::meant(ns.unwrap_or_default(), local);
            Some((QName::new(namespaces.get(ns), local), false))
        }
    }
}

/// Whether a text is a name without a colon (Namespaces in XML, NCName; XML 1.0 fifth edition).
pub(crate) fn is_ncname(text: &str) -> bool {
    if text.is_ascii() {
        let bytes = text.as_bytes();
        let start = |byte: u8| byte == b'_' || byte.is_ascii_alphabetic();
        let more = |byte: &u8| start(*byte) || matches!(*byte, b'-' | b'.' | b'0'..=b'9');
        return bytes.first().is_some_and(|byte| start(*byte)) && bytes.iter().all(more);
    }
    let start = |c: char| {
        matches!(c, '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
            | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
            | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
            | '\u{10000}'..='\u{EFFFF}')
    };
    let more = |c: char| {
        start(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
    };
    let mut chars = text.chars();
    chars.next().is_some_and(start) && chars.all(more)
}
