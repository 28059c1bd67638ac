//! Enumerations and facets.

use super::{Table, builtin, is_member, one, pick, place, xsd_name};
use crate::agreement::edit::{Change, Edit, Xml, is_xsd};
use crate::agreement::random::Random;

pub(super) const ALL: Table = &[
    ("enum-value-added", enum_added),
    ("enum-value-removed", enum_removed),
    ("enum-value-renamed", enum_renamed),
    ("enum-values-reordered", enum_reordered),
    ("enum-opened", enum_opened),
    ("facet-max-length-tightened", |xml, random| facet(xml, random, &["maxLength"], -1)),
    ("facet-max-length-loosened", |xml, random| facet(xml, random, &["maxLength"], 5)),
    ("facet-min-length-changed", |xml, random| facet(xml, random, &["minLength"], 1)),
    ("facet-length-changed", |xml, random| facet(xml, random, &["length"], 1)),
    ("facet-max-tightened", |xml, random| facet(xml, random, &["maxInclusive", "maxExclusive"], -1)),
    ("facet-max-loosened", |xml, random| facet(xml, random, &["maxInclusive", "maxExclusive"], 1000)),
    ("facet-min-tightened", |xml, random| facet(xml, random, &["minInclusive", "minExclusive"], 1)),
    ("facet-digits-changed", |xml, random| facet(xml, random, &["totalDigits", "fractionDigits"], 1)),
    ("facet-removed", facet_removed),
    ("facet-pattern-changed", pattern_changed),
    ("facet-pattern-removed", pattern_removed),
    ("facet-max-length-added", |xml, random| restricted(xml, random, "maxLength", "5", &["string", "token"])),
    ("facet-pattern-added", |xml, random| restricted(xml, random, "pattern", "[0-9]{4}", &["string", "token"])),
    ("facet-bounds-added", |xml, random| {
        restricted(xml, random, "maxInclusive", "100", &["int", "long", "integer", "short", "decimal"])
    }),
    ("facet-white-space-added", |xml, random| restricted(xml, random, "whiteSpace", "collapse", &["string"])),
];

fn enum_added(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_xsd(node, "enumeration"))?;
    let restriction = node.parent()?;
    let value = match builtin(restriction, "base") {
        Some("int" | "long" | "short" | "integer") => "987",
        _ => "AddedValue",
    };
    let text = format!("<{}enumeration value=\"{value}\"/>", xml.prefix(node));
    one(Edit::insert(node.range().start, text), format!("{}: value {value}", place(node)))
}

fn has_others(node: roxmltree::Node<'_, '_>) -> bool {
    is_xsd(node, "enumeration")
        && node
            .parent()
            .is_some_and(|parent| parent.children().filter(|child| is_xsd(*child, "enumeration")).count() > 1)
}

fn enum_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, has_others)?;
    one(Edit::remove(node.range()), format!("{}: no value {}", place(node), node.attribute("value")?))
}

fn enum_renamed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_xsd(node, "enumeration"))?;
    let value = node.attribute("value")?;
    let new = if value.parse::<i64>().is_ok() { "988".to_owned() } else { format!("{value}2") };
    one(xml.set(node, "value", Some(&new)), format!("{}: {value} becomes {new}", place(node)))
}

fn enum_reordered(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, has_others)?;
    let other = node.parent()?.children().find(|child| is_xsd(*child, "enumeration") && *child != node)?;
    let edits = vec![Edit::replace(node.range(), xml.outer(other)), Edit::replace(other.range(), xml.outer(node))];
    Some(Change { edits, what: format!("{}: values change places", place(node)) })
}

/// What was an enumeration is any text of its base.
fn enum_opened(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_xsd(node, "restriction") && node.children().any(|child| is_xsd(child, "enumeration"))
    })?;
    let edits = node.children().filter(|child| is_xsd(*child, "enumeration")).map(|child| Edit::remove(child.range()));
    Some(Change { edits: edits.collect(), what: format!("{}: any value", place(node)) })
}

fn facet(xml: &Xml<'_>, random: &mut Random, names: &[&str], by: i64) -> Option<Change> {
    let number =
        |node: roxmltree::Node<'_, '_>| node.attribute("value").and_then(|value| value.trim().parse::<i64>().ok());
    let is = |node: roxmltree::Node<'_, '_>| names.iter().any(|name| is_xsd(node, name));
    let node = pick(xml, random, |node| {
        is(node) && number(node).is_some_and(|value| value.checked_add(by).is_some_and(|new| new > 0))
    })?;
    let new = number(node)?.checked_add(by)?.to_string();
    one(xml.set(node, "value", Some(&new)), format!("{}: {} {new}", place(node), node.tag_name().name()))
}

fn facet_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let names = ["maxLength", "minLength", "length", "maxInclusive", "minInclusive", "totalDigits", "fractionDigits"];
    let node = pick(xml, random, |node| names.iter().any(|name| is_xsd(node, name)))?;
    one(Edit::remove(node.range()), format!("{}: no {}", place(node), node.tag_name().name()))
}

fn pattern_changed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_xsd(node, "pattern"))?;
    one(xml.set(node, "value", Some("Q[0-9]{5}Q")), format!("{}: another pattern", place(node)))
}

fn pattern_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_xsd(node, "pattern"))?;
    one(Edit::remove(node.range()), format!("{}: no pattern", place(node)))
}

fn restricted(xml: &Xml<'_>, random: &mut Random, facet: &str, value: &str, from: &[&str]) -> Option<Change> {
    let has = |node: roxmltree::Node<'_, '_>| builtin(node, "type").is_some_and(|ty| from.contains(&ty));
    let node = pick(xml, random, |node| {
        (is_member(node) || is_xsd(node, "attribute"))
            && has(node)
            && !node.has_attribute("default")
            && !node.has_attribute("fixed")
    })?;
    let (p, ty) = (xml.prefix(node), xsd_name(node, builtin(node, "type")?)?);
    let text = format!(
        "<{p}simpleType><{p}restriction base=\"{ty}\"><{p}{facet} value=\"{value}\"/></{p}restriction></{p}simpleType>"
    );
    let range = node.attributes().find(|attribute| attribute.name() == "type")?.range();
    let edits = vec![Edit::remove(range), xml.append(node, &text)];
    Some(Change { edits, what: format!("{}: {facet} {value}", place(node)) })
}
