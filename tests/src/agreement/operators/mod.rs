//! Ways a vendor changes a contract, one function each.

mod content;
mod members;
mod schema;
mod services;
mod types;
mod values;
mod written;

use roxmltree::Node;

use super::edit::{Change, Edit, XSD, Xml, is_xsd};
use super::random::Random;

/// What an operator changes.
#[derive(Debug, Clone, Copy)]
pub enum Apply {
    /// A WSDL or XSD file.
    Xml(fn(&Xml<'_>, &mut Random) -> Option<Change>),
    /// A hand-written contract.
    Written(fn(&str, &mut Random) -> Option<Change>),
}

/// One way to change a contract.
#[derive(Debug, Clone, Copy)]
pub struct Operator {
    /// Its name in tables and ids.
    pub name: &'static str,
    /// What it does.
    pub apply: Apply,
}

/// All operators, in the order of tables.
pub fn all() -> impl Iterator<Item = Operator> {
    let xml = [members::ALL, types::ALL, values::ALL, content::ALL, schema::ALL, services::ALL];
    let xml = xml.into_iter().flatten().map(|(name, apply)| Operator { name, apply: Apply::Xml(*apply) });
    xml.chain(written::ALL.iter().map(|(name, apply)| Operator { name, apply: Apply::Written(*apply) }))
}

/// A table of operators over XML.
type Table = &'static [(&'static str, fn(&Xml<'_>, &mut Random) -> Option<Change>)];

/// A change of one place.
fn one(edit: Edit, what: impl Into<String>) -> Option<Change> {
    Some(Change { edits: vec![edit], what: what.into() })
}

/// One of the nodes that a condition holds for.
fn pick<'a, 't>(xml: &'a Xml<'t>, random: &mut Random, wanted: impl Fn(Node<'a, 't>) -> bool) -> Option<Node<'a, 't>> {
    let found: Vec<Node<'a, 't>> =
        xml.document.descendants().filter(|node| node.is_element() && wanted(*node)).collect();
    random.pick(&found).copied()
}

/// A local element of a content model.
fn is_member(node: Node<'_, '_>) -> bool {
    is_xsd(node, "element") && node.parent().is_some_and(is_group)
}

fn is_group(node: Node<'_, '_>) -> bool {
    ["sequence", "choice", "all"].iter().any(|local| is_xsd(node, local))
}

/// A global declaration of the schema.
fn is_global(node: Node<'_, '_>, local: &str) -> bool {
    is_xsd(node, local) && node.parent().is_some_and(|parent| is_xsd(parent, "schema"))
}

fn is_optional(node: Node<'_, '_>) -> bool {
    node.attribute("minOccurs") == Some("0")
}

fn repeats(node: Node<'_, '_>) -> bool {
    node.attribute("maxOccurs").is_some_and(|max| max != "1" && max != "0")
}

/// `name` or the local part of `ref`, for messages.
fn name_of<'n>(node: Node<'n, '_>) -> &'n str {
    node.attribute("name").or_else(|| node.attribute("ref")).unwrap_or_else(|| node.tag_name().name())
}

/// Where an element stands: the names around it.
fn place(node: Node<'_, '_>) -> String {
    let mut names: Vec<&str> =
        node.ancestors().filter_map(|node| node.attribute("name").or_else(|| node.attribute("ref"))).take(3).collect();
    names.reverse();
    names.join("/")
}

/// The built-in type that a `type` or `base` attribute names, if it is one of XML Schema's.
fn builtin<'n>(node: Node<'n, '_>, attribute: &str) -> Option<&'n str> {
    let name = node.attribute(attribute)?;
    let (ns, local) = super::edit::resolve(node, name);
    (ns == XSD).then_some(local)
}

/// The name of a built-in type as this place writes it: with the prefix that XML Schema has here, and a declaration where it has none.
fn xsd_name(node: Node<'_, '_>, local: &str) -> Option<String> {
    let mut prefixes = node.namespaces().filter(|ns| ns.uri() == XSD).map(roxmltree::Namespace::name);
    prefixes.next().map(|prefix| prefix.map_or_else(|| local.to_owned(), |prefix| format!("{prefix}:{local}")))
}

/// The target namespace around a node, and how names of it are written there.
fn target_name(node: Node<'_, '_>, local: &str) -> Option<String> {
    let schema = node.ancestors().find(|node| is_xsd(*node, "schema"))?;
    let Some(target) = schema.attribute("targetNamespace") else { return Some(local.to_owned()) };
    let mut prefixes = node.namespaces().filter(|ns| ns.uri() == target).map(roxmltree::Namespace::name);
    prefixes.next().map(|prefix| prefix.map_or_else(|| local.to_owned(), |prefix| format!("{prefix}:{local}")))
}

/// Global declarations of a kind that the schema around a node has, by name.
fn siblings<'a, 't>(node: Node<'a, 't>, local: &'a str) -> Vec<Node<'a, 't>> {
    node.ancestors()
        .find(|node| is_xsd(*node, "schema"))
        .map(|schema| schema.children().filter(|node| is_xsd(*node, local) && node.has_attribute("name")).collect())
        .unwrap_or_default()
}

/// Every attribute that refers to a global declaration, in the whole file.
fn references(xml: &Xml<'_>, ns: &str, name: &str, attributes: &[&str]) -> Vec<(std::ops::Range<usize>, String)> {
    let mut found = Vec::new();
    for node in xml.document.descendants().filter(Node::is_element) {
        for attribute in node.attributes().filter(|attribute| attributes.contains(&attribute.name())) {
            let (prefix, _) = attribute.value().rsplit_once(':').unwrap_or(("", attribute.value()));
            if super::edit::resolve(node, attribute.value()) == (ns, name) {
                let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}:") };
                found.push((attribute.range_value(), prefix));
            }
        }
    }
    found
}

/// The target namespace of the schema or WSDL around a node.
fn target<'n>(node: Node<'n, '_>) -> &'n str {
    node.ancestors().find_map(|node| node.attribute("targetNamespace")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::agreement::{bases, edit};

    #[test]
    fn names_are_unique() {
        let names: Vec<&str> = all().map(|operator| operator.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }

    /// Every operator over XML finds a place in some contract; those that need the corpus say so by being silent without it.
    #[test]
    fn every_operator_finds_a_place() {
        let bases = bases::all().unwrap();
        if bases.len() < 10 {
            println!("skipped: needs ../shared");
            return;
        }
        let mut idle = Vec::new();
        for operator in all() {
            // Some look at one place only, chosen by chance.
            let works = (1..=30).any(|seed| {
                bases.iter().flat_map(|base| base.files.iter().map(move |file| (base, file))).any(
                    |(base, (_, text))| {
                        let mut random = Random::new(seed, operator.name);
                        match operator.apply {
                            Apply::Xml(apply) if !base.written() => {
                                let xml = Xml::parse(text).unwrap();
                                apply(&xml, &mut random).is_some_and(|change| edit::apply(text, &change.edits) != *text)
                            }
                            Apply::Written(apply) if base.written() => {
                                apply(text, &mut random).is_some_and(|change| edit::apply(text, &change.edits) != *text)
                            }
                            _ => false,
                        }
                    },
                )
            });
            if !works {
                idle.push(operator.name);
            }
        }
        assert!(idle.is_empty(), "no place for {idle:?}");
    }
}
