//! Elements and attributes that come, go, or are there more or less often.

use super::{
    Table, builtin, is_global, is_group, is_member, is_optional, name_of, one, pick, place, repeats, xsd_name,
};
use crate::agreement::edit::{Change, Edit, Xml, is_xsd};
use crate::agreement::random::Random;

pub(super) const ALL: Table = &[
    ("member-added-optional", |xml, random| added(xml, random, " minOccurs=\"0\"", false)),
    ("member-added-required", |xml, random| added(xml, random, "", false)),
    ("member-added-first-optional", |xml, random| added(xml, random, " minOccurs=\"0\"", true)),
    ("member-added-repeated", |xml, random| added(xml, random, " minOccurs=\"0\" maxOccurs=\"unbounded\"", false)),
    ("member-removed-optional", |xml, random| removed(xml, random, true)),
    ("member-removed-required", |xml, random| removed(xml, random, false)),
    ("member-renamed", renamed),
    ("member-case-changed", case_changed),
    ("member-required", required),
    ("member-optional", optional),
    ("member-repeated", repeated),
    ("member-single", single),
    ("member-bounded", bounded),
    ("member-nillable", |xml, random| nillable(xml, random, true)),
    ("member-not-nillable", |xml, random| nillable(xml, random, false)),
    ("members-reordered", reordered),
    ("default-added", |xml, random| defaulted(xml, random, "default")),
    ("fixed-added", |xml, random| defaulted(xml, random, "fixed")),
    ("default-changed", default_changed),
    ("default-removed", default_removed),
    ("attribute-added-optional", |xml, random| attribute_added(xml, random, "")),
    ("attribute-added-required", |xml, random| attribute_added(xml, random, " use=\"required\"")),
    ("attribute-removed", attribute_removed),
    ("attribute-renamed", attribute_renamed),
    ("attribute-required", |xml, random| attribute_use(xml, random, true)),
    ("attribute-optional", |xml, random| attribute_use(xml, random, false)),
];

fn added(xml: &Xml<'_>, random: &mut Random, occurs: &str, first: bool) -> Option<Change> {
    let group = pick(xml, random, |node| is_xsd(node, "sequence") && xsd_name(node, "string").is_some())?;
    let (prefix, ty) = (xml.prefix(group), xsd_name(group, "string")?);
    let element = format!("<{prefix}element name=\"AddedNote\" type=\"{ty}\"{occurs}/>");
    let edit = if first { xml.prepend(group, &element) } else { xml.append(group, &element) };
    one(edit, format!("{}: element AddedNote{occurs}", place(group)))
}

fn removed(xml: &Xml<'_>, random: &mut Random, wanted: bool) -> Option<Change> {
    let member = pick(xml, random, |node| is_member(node) && is_optional(node) == wanted)?;
    one(Edit::remove(member.range()), format!("{} removed", place(member)))
}

fn renamed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let member = pick(xml, random, |node| is_member(node) && node.has_attribute("name"))?;
    let name = format!("{}New", name_of(member));
    one(xml.set(member, "name", Some(&name)), format!("{} becomes {name}", place(member)))
}

/// To Rust it is the same name, to the wire it is not.
fn case_changed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let member = pick(xml, random, |node| is_member(node) && node.has_attribute("name"))?;
    let name = member.attribute("name")?;
    let first = name.chars().next()?;
    let other: String =
        if first.is_uppercase() { first.to_lowercase().collect() } else { first.to_uppercase().collect() };
    let name = format!("{other}{}", &name[first.len_utf8()..]);
    one(xml.set(member, "name", Some(&name)), format!("{} becomes {name}", place(member)))
}

fn required(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let member = pick(xml, random, |node| is_member(node) && is_optional(node))?;
    one(xml.set(member, "minOccurs", None), format!("{} is required", place(member)))
}

fn optional(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let member = pick(xml, random, |node| is_member(node) && !is_optional(node))?;
    one(xml.set(member, "minOccurs", Some("0")), format!("{} is optional", place(member)))
}

fn repeated(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let inside_all = |node: roxmltree::Node<'_, '_>| node.parent().is_some_and(|parent| is_xsd(parent, "all"));
    let member = pick(xml, random, |node| is_member(node) && !repeats(node) && !inside_all(node))?;
    one(xml.set(member, "maxOccurs", Some("unbounded")), format!("{} repeats", place(member)))
}

fn single(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let member = pick(xml, random, |node| is_member(node) && repeats(node))?;
    one(xml.set(member, "maxOccurs", None), format!("{} does not repeat", place(member)))
}

fn bounded(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let member = pick(xml, random, |node| is_member(node) && node.attribute("maxOccurs") == Some("unbounded"))?;
    one(xml.set(member, "maxOccurs", Some("7")), format!("{} at most 7 times", place(member)))
}

fn nillable(xml: &Xml<'_>, random: &mut Random, wanted: bool) -> Option<Change> {
    let is =
        |node: roxmltree::Node<'_, '_>| node.attribute("nillable").is_some_and(|value| value == "true" || value == "1");
    let member = pick(xml, random, |node| is_member(node) && node.has_attribute("name") && is(node) != wanted)?;
    let value = if wanted { Some("true") } else { None };
    one(xml.set(member, "nillable", value), format!("{}: nillable={wanted}", place(member)))
}

fn reordered(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let next = |node: roxmltree::Node<'_, '_>| {
        node.next_siblings().skip(1).find(|node| is_member(*node)).map(|node| node.id())
    };
    let in_order = |node: roxmltree::Node<'_, '_>| node.parent().is_some_and(|parent| is_xsd(parent, "sequence"));
    let member = pick(xml, random, |node| is_member(node) && in_order(node) && next(node).is_some())?;
    let other = xml.document.get_node(next(member)?)?;
    let edits = vec![Edit::replace(member.range(), xml.outer(other)), Edit::replace(other.range(), xml.outer(member))];
    Some(Change { edits, what: format!("{} and {} change places", place(member), name_of(other)) })
}

/// A value that the built-in type of a declaration has.
fn some_value(ty: &str) -> Option<&'static str> {
    Some(match ty {
        "string" | "token" | "normalizedString" => "text",
        "int" | "long" | "short" | "integer" | "decimal" | "positiveInteger" | "nonNegativeInteger" => "7",
        "boolean" => "true",
        "date" => "2024-02-29",
        "double" | "float" => "1.5",
        _ => return None,
    })
}

fn defaulted(xml: &Xml<'_>, random: &mut Random, attribute: &str) -> Option<Change> {
    let node = pick(xml, random, |node| {
        (is_member(node) || is_xsd(node, "attribute"))
            && builtin(node, "type").is_some_and(|ty| some_value(ty).is_some())
            && !node.has_attribute("default")
            && !node.has_attribute("fixed")
            && node.attribute("use") != Some("required")
    })?;
    let value = some_value(builtin(node, "type")?)?;
    one(xml.set(node, attribute, Some(value)), format!("{}: {attribute}={value}", place(node)))
}

fn default_changed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let has = |node: roxmltree::Node<'_, '_>| ["default", "fixed"].into_iter().find(|name| node.has_attribute(*name));
    let wanted = |node: roxmltree::Node<'_, '_>| is_member(node) || is_xsd(node, "attribute");
    let node = pick(xml, random, |node| wanted(node) && has(node).is_some())?;
    let attribute = has(node)?;
    let value = node.attribute(attribute)?;
    let other = match value {
        "true" => "false".to_owned(),
        "false" => "true".to_owned(),
        number if number.parse::<i64>().is_ok() => "3".to_owned(),
        text => format!("{text}x"),
    };
    one(xml.set(node, attribute, Some(&other)), format!("{}: {attribute}={other}", place(node)))
}

fn default_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let has = |node: roxmltree::Node<'_, '_>| ["default", "fixed"].into_iter().find(|name| node.has_attribute(*name));
    let wanted = |node: roxmltree::Node<'_, '_>| is_member(node) || is_xsd(node, "attribute");
    let node = pick(xml, random, |node| wanted(node) && has(node).is_some())?;
    let attribute = has(node)?;
    one(xml.set(node, attribute, None), format!("{}: no {attribute}", place(node)))
}

fn attribute_added(xml: &Xml<'_>, random: &mut Random, usage: &str) -> Option<Change> {
    let ty = pick(xml, random, |node| {
        is_xsd(node, "complexType")
            && xsd_name(node, "string").is_some()
            && node.children().any(is_group)
            && !node.children().any(|child| is_xsd(child, "anyAttribute"))
    })?;
    let (prefix, name) = (xml.prefix(ty), xsd_name(ty, "string")?);
    let attribute = format!("<{prefix}attribute name=\"addedMark\" type=\"{name}\"{usage}/>");
    one(xml.append(ty, &attribute), format!("{}: attribute addedMark{usage}", place(ty)))
}

fn attribute_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_xsd(node, "attribute") && !is_global(node, "attribute"))?;
    one(Edit::remove(node.range()), format!("{} removed", place(node)))
}

fn attribute_renamed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_xsd(node, "attribute") && !is_global(node, "attribute") && node.has_attribute("name")
    })?;
    let name = format!("{}New", name_of(node));
    one(xml.set(node, "name", Some(&name)), format!("{} becomes {name}", place(node)))
}

fn attribute_use(xml: &Xml<'_>, random: &mut Random, required: bool) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_xsd(node, "attribute")
            && !is_global(node, "attribute")
            && !node.has_attribute("default")
            && (node.attribute("use") == Some("required")) != required
    })?;
    let value = if required { Some("required") } else { None };
    one(xml.set(node, "use", value), format!("{}: required={required}", place(node)))
}
