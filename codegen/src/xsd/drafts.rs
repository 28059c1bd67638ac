//! The drafts of XML Schema from before the Recommendation of 2001, under namespaces of their own. Contracts written then
//! are in use as long as their services are: they are read as the Recommendation, in whose words nearly all of them are.

use roxmltree::Node;

use super::read::XSD;

const DRAFTS: [&str; 2] = ["http://www.w3.org/1999/XMLSchema", "http://www.w3.org/2000/10/XMLSchema"];

/// Types that were renamed, or became part of another one.
const RENAMED: &[(&str, &str)] = &[
    ("timeInstant", "dateTime"),
    ("timeDuration", "duration"),
    ("uriReference", "anyURI"),
    ("uri-reference", "anyURI"),
    ("CDATA", "normalizedString"),
    ("ur-type", "anyType"),
];

/// Whether a namespace is XML Schema's, of the Recommendation or of a draft.
pub(crate) fn is_xsd(ns: Option<&str>) -> bool {
    ns.is_some_and(|ns| ns == XSD || is_draft(ns))
}

/// Whether an element is a `schema`, of the Recommendation or of a draft.
pub(crate) fn is_schema(node: Node<'_, '_>) -> bool {
    let name = node.tag_name();
    name.name() == "schema" && is_xsd(name.namespace())
}

/// Whether a namespace is that of a draft.
pub(super) fn is_draft(ns: &str) -> bool {
    DRAFTS.contains(&ns)
}

/// What a draft's name is in the Recommendation; other names as they are.
pub(super) fn meant<'a>(ns: &'a str, local: &'a str) -> (&'a str, &'a str) {
    if !is_draft(ns) {
        return (ns, local);
    }
    (XSD, RENAMED.iter().find(|(old, _)| *old == local).map_or(local, |(_, new)| new))
}
