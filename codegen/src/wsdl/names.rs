//! Names of WSDL's own declarations: messages, port types, bindings, services. Nothing on the wire is called by them, so what
//! is no XML name but passes in other toolkits (`Order Service`, `2ndRequest`) need not stop anybody.

use roxmltree::Node;

use super::codes;
use super::syntax::Reference;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Namespaces, QName};
use crate::source::Tree;
use crate::xsd::names::is_ncname;

/// Longer ones are no names.
const LONGEST: usize = 200;

/// Whether a text that is no NCName can do as a name: words with marks between them, not a template's placeholder.
fn is_usable(name: &str) -> bool {
    let marks = |c: char| matches!(c, ' ' | '-' | '.' | '_' | ':' | '/' | ',' | '(' | ')' | '+' | '&' | '#' | '@');
    name.chars().count() <= LONGEST
        && name.chars().any(char::is_alphanumeric)
        && name.chars().all(|c| c.is_alphanumeric() || marks(c))
}

/// The `name` of a declaration, if there is one that can be used.
pub(super) fn declared(tree: &Tree<'_, '_>, node: Node<'_, '_>, diagnostics: &mut Diagnostics) -> Option<String> {
    let name = node.attribute("name").map(str::trim).unwrap_or_default();
    if is_ncname(name) {
        return Some(name.to_owned());
    }
    let word = node.tag_name().name();
    let code = if is_usable(name) { codes::NAME } else { crate::xsd::codes::NAME };
    let what = if name.is_empty() {
        format!("this {word} has no name")
    } else {
        let shown: String = name.chars().take(60).flat_map(char::escape_debug).collect();
        format!("the {word} name `{shown}` is not an XML name (NCName)")
    };
    diagnostics.push(Diagnostic::error(code, what).at(
        tree.span_of(node, "name"),
        "a name starts with a letter or `_` and holds letters, digits, `.`, `-` and `_`",
    ));
    is_usable(name).then(|| name.to_owned())
}

/// What an attribute refers to by a name of a declaration that is no XML name; none where it is one. The declaration was
/// told of; that it is referred to is no second mistake.
pub(super) fn loose_reference(
    tree: &Tree<'_, '_>,
    node: Node<'_, '_>,
    attribute: &str,
    namespaces: &mut Namespaces,
) -> Option<Reference> {
    let value = node.attribute(attribute)?.trim();
    let (prefix, local) = value.split_once(':').map_or((None, value), |(prefix, local)| (Some(prefix), local));
    let ns = node.lookup_namespace_uri(prefix);
    if is_ncname(local) || !is_usable(local) || (prefix.is_some() && ns.is_none()) {
        return None;
    }
    let name = QName::new(namespaces.get(ns.unwrap_or_default()), local);
    Some(Reference { name, span: tree.span_of(node, attribute), unbound: false })
}
