//! Schemas as a whole: namespaces, qualification, names of global elements, and changes that say nothing.

use super::{Table, is_global, is_member, one, pick, place, references, target};
use crate::agreement::edit::{Change, Edit, XSD, Xml, escape, is_xsd};
use crate::agreement::random::Random;

pub(super) const ALL: Table = &[
    ("form-default-changed", |xml, random| form_default(xml, random, "elementFormDefault")),
    ("attribute-form-default-changed", |xml, random| form_default(xml, random, "attributeFormDefault")),
    ("form-changed", form),
    ("namespace-changed", namespace),
    ("element-renamed", element_renamed),
    ("element-removed", element_removed),
    ("element-nillable", element_nillable),
    ("documentation-added", documentation),
    ("declarations-reordered", declarations_reordered),
    ("id-added", id_added),
];

fn form_default(xml: &Xml<'_>, random: &mut Random, attribute: &str) -> Option<Change> {
    let node = pick(xml, random, |node| is_xsd(node, "schema") && node.has_attribute("targetNamespace"))?;
    let value = if node.attribute(attribute) == Some("qualified") { "unqualified" } else { "qualified" };
    one(xml.set(node, attribute, Some(value)), format!("{attribute}={value}"))
}

fn form(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let qualified = |node: roxmltree::Node<'_, '_>| {
        node.attribute("form").map_or_else(
            || {
                node.ancestors()
                    .find(|node| is_xsd(*node, "schema"))
                    .and_then(|schema| schema.attribute("elementFormDefault"))
                    == Some("qualified")
            },
            |form| form == "qualified",
        )
    };
    let node = pick(xml, random, |node| is_member(node) && node.has_attribute("name") && !target(node).is_empty())?;
    let value = if qualified(node) { "unqualified" } else { "qualified" };
    one(xml.set(node, "form", Some(value)), format!("{}: {value}", place(node)))
}

/// Everything that names the namespace names the new one.
fn namespace(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let schema = pick(xml, random, |node| is_xsd(node, "schema") && !target(node).is_empty())?;
    let old = schema.attribute("targetNamespace")?;
    let (quoted, new) = (escape(old), escape(&format!("{old}/v2")));
    let mut edits = Vec::new();
    for quote in ['"', '\''] {
        let wanted = format!("={quote}{quoted}{quote}");
        edits.extend(
            xml.text
                .match_indices(&wanted)
                .map(|(at, found)| Edit::replace(at..at + found.len(), format!("={quote}{new}{quote}"))),
        );
    }
    Some(Change { edits, what: format!("{old} becomes {old}/v2") })
}

fn element_renamed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_global(node, "element"))?;
    let name = node.attribute("name")?;
    let new = format!("{name}V2");
    let mut edits = vec![xml.set(node, "name", Some(&new))];
    for (range, prefix) in references(xml, target(node), name, &["ref", "substitutionGroup", "element"]) {
        edits.push(Edit::replace(range, format!("{prefix}{new}")));
    }
    Some(Change { edits, what: format!("element {name} becomes {new}") })
}

fn element_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_global(node, "element")
            && node.attribute("name").is_some_and(|name| {
                references(xml, target(node), name, &["ref", "substitutionGroup", "element"]).is_empty()
            })
    })?;
    one(Edit::remove(node.range()), format!("{} removed", place(node)))
}

fn element_nillable(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_global(node, "element") && !node.has_attribute("nillable"))?;
    one(xml.set(node, "nillable", Some("true")), format!("{} is nillable", place(node)))
}

fn documentation(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        (is_member(node) || is_global(node, "complexType")) && !node.children().any(|child| is_xsd(child, "annotation"))
    })?;
    let p = xml.prefix(node);
    let text = format!("<{p}annotation><{p}documentation>What it is.</{p}documentation></{p}annotation>");
    one(xml.prepend(node, &text), format!("{}: documentation", place(node)))
}

fn declarations_reordered(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let declared = |node: roxmltree::Node<'_, '_>| {
        ["element", "complexType", "simpleType"].iter().any(|local| is_global(node, local))
    };
    let next =
        |node: roxmltree::Node<'_, '_>| node.next_siblings().skip(1).find(|node| declared(*node)).map(|node| node.id());
    let node = pick(xml, random, |node| declared(node) && next(node).is_some())?;
    let other = xml.document.get_node(next(node)?)?;
    let edits = vec![Edit::replace(node.range(), xml.outer(other)), Edit::replace(other.range(), xml.outer(node))];
    Some(Change { edits, what: format!("{} and {} change places", place(node), place(other)) })
}

/// An attribute that schemas may have for tools.
fn id_added(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        node.tag_name().namespace() == Some(XSD) && is_member(node) && !node.has_attribute("id")
    })?;
    one(xml.set(node, "id", Some("marked")), format!("{}: an id", place(node)))
}
