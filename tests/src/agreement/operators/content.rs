//! Content models, inheritance, substitution groups and wildcards.

use super::{
    Table, is_global, is_group, is_member, name_of, one, pick, place, references, siblings, target, target_name,
    xsd_name,
};
use crate::agreement::edit::{Change, Edit, Xml, is_xsd, local};
use crate::agreement::random::Random;

pub(super) const ALL: Table = &[
    ("choice-branch-added", branch_added),
    ("choice-branch-removed", branch_removed),
    ("choice-to-sequence", |xml, random| group(xml, random, "choice", "sequence")),
    ("sequence-to-choice", |xml, random| group(xml, random, "sequence", "choice")),
    ("sequence-to-all", sequence_to_all),
    ("all-to-sequence", |xml, random| group(xml, random, "all", "sequence")),
    ("group-optional", |xml, random| occurs(xml, random, "minOccurs", "0")),
    ("group-repeated", |xml, random| occurs(xml, random, "maxOccurs", "unbounded")),
    ("group-single", group_single),
    ("group-wrapped", group_wrapped),
    ("members-to-choice", members_to_choice),
    ("extension-removed", extension_removed),
    ("extension-base-changed", extension_base_changed),
    ("extension-added", extension_added),
    ("type-abstract", |xml, random| is_abstract(xml, random, "complexType", true)),
    ("type-not-abstract", |xml, random| is_abstract(xml, random, "complexType", false)),
    ("type-blocked", |xml, random| is_blocked(xml, random, "complexType", true)),
    ("type-unblocked", |xml, random| is_blocked(xml, random, "complexType", false)),
    ("element-blocked", |xml, random| is_blocked(xml, random, "element", true)),
    ("element-unblocked", |xml, random| is_blocked(xml, random, "element", false)),
    ("derived-type-added", derived_added),
    ("derived-type-removed", derived_removed),
    ("element-abstract", |xml, random| is_abstract(xml, random, "element", true)),
    ("substitute-added", substitute_added),
    ("substitute-removed", substitute_removed),
    ("wildcard-added", wildcard_added),
    ("wildcard-removed", |xml, random| wildcard_removed(xml, random, "any")),
    ("wildcard-narrowed", wildcard_narrowed),
    ("any-attribute-added", any_attribute_added),
    ("any-attribute-removed", |xml, random| wildcard_removed(xml, random, "anyAttribute")),
    ("mixed-on", mixed_on),
];

fn branch_added(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let choice = pick(xml, random, |node| is_xsd(node, "choice") && xsd_name(node, "string").is_some())?;
    let text =
        format!("<{}element name=\"AddedBranch\" type=\"{}\"/>", xml.prefix(choice), xsd_name(choice, "string")?);
    one(xml.append(choice, &text), format!("{}: branch AddedBranch", place(choice)))
}

fn branch_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let branch = pick(xml, random, |node| {
        node.parent().is_some_and(|parent| {
            is_xsd(parent, "choice") && parent.children().filter(|child| child.is_element()).count() > 1
        }) && (is_xsd(node, "element") || is_group(node))
    })?;
    one(Edit::remove(branch.range()), format!("{}: no branch {}", place(branch), name_of(branch)))
}

fn group(xml: &Xml<'_>, random: &mut Random, from: &str, to: &str) -> Option<Change> {
    let node =
        pick(xml, random, |node| is_xsd(node, from) && node.children().filter(|child| child.is_element()).count() > 1)?;
    Some(Change { edits: xml.rename_tag(node, to), what: format!("{}: {from} becomes {to}", place(node)) })
}

fn sequence_to_all(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_xsd(node, "sequence")
            && node.parent().is_some_and(|parent| is_xsd(parent, "complexType"))
            && node.children().filter(|child| child.is_element()).count() > 1
            && node
                .children()
                .filter(|child| child.is_element())
                .all(|child| is_member(child) && !super::repeats(child))
    })?;
    Some(Change { edits: xml.rename_tag(node, "all"), what: format!("{}: any order", place(node)) })
}

fn occurs(xml: &Xml<'_>, random: &mut Random, attribute: &str, value: &str) -> Option<Change> {
    let node = pick(xml, random, |node| {
        (is_xsd(node, "sequence") || is_xsd(node, "choice"))
            && !node.has_attribute(attribute)
            && node.children().filter(|child| child.is_element()).count() > 0
    })?;
    one(
        xml.set(node, attribute, Some(value)),
        format!("{}: the {} has {attribute} {value}", place(node), node.tag_name().name()),
    )
}

fn group_single(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_group(node) && super::repeats(node))?;
    one(xml.set(node, "maxOccurs", None), format!("{}: the group does not repeat", place(node)))
}

/// A sequence in a sequence says nothing more.
fn group_wrapped(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_xsd(node, "sequence"))?;
    let p = xml.prefix(node);
    one(
        Edit::replace(node.range(), format!("<{p}sequence>{}</{p}sequence>", xml.outer(node))),
        format!("{}: a sequence in a sequence", place(node)),
    )
}

fn members_to_choice(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let next = |node: roxmltree::Node<'_, '_>| {
        node.next_siblings().skip(1).find(roxmltree::Node::is_element).map(|node| node.id())
    };
    let in_order = |node: roxmltree::Node<'_, '_>| node.parent().is_some_and(|parent| is_xsd(parent, "sequence"));
    let node = pick(xml, random, |node| is_member(node) && in_order(node) && next(node).is_some())?;
    let other = xml.document.get_node(next(node)?).filter(|other| is_member(*other))?;
    let p = xml.prefix(node);
    let edits = vec![
        Edit::insert(node.range().start, format!("<{p}choice>")),
        Edit::insert(other.range().end, format!("</{p}choice>")),
    ];
    Some(Change { edits, what: format!("{} or {}", place(node), name_of(other)) })
}

fn extension_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_xsd(node, "extension") && node.parent().is_some_and(|parent| is_xsd(parent, "complexContent"))
    })?;
    let content = node.parent()?;
    let inner = xml.inside(node).zip(xml.end_inside(node)).map_or("", |(start, end)| &xml.text[start..end]);
    one(Edit::replace(content.range(), inner), format!("{} extends nothing", place(node)))
}

fn extension_base_changed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_xsd(node, "extension") && node.parent().is_some_and(|parent| is_xsd(parent, "complexContent"))
    })?;
    let types = siblings(node, "complexType");
    let name = random.pick(&types)?.attribute("name")?;
    one(xml.set(node, "base", Some(&target_name(node, name)?)), format!("{} extends {name}", place(node)))
}

fn extension_added(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_global(node, "complexType")
            && node.children().any(|child| is_xsd(child, "sequence"))
            && siblings(node, "complexType").len() > 1
    })?;
    let types = siblings(node, "complexType");
    let base = random.pick(&types)?.attribute("name")?;
    let (p, inside, end) = (xml.prefix(node), xml.inside(node)?, xml.end_inside(node)?);
    let edits = vec![
        Edit::insert(inside, format!("<{p}complexContent><{p}extension base=\"{}\">", target_name(node, base)?)),
        Edit::insert(end, format!("</{p}extension></{p}complexContent>")),
    ];
    Some(Change { edits, what: format!("{} extends {base}", place(node)) })
}

fn is_abstract(xml: &Xml<'_>, random: &mut Random, local: &str, wanted: bool) -> Option<Change> {
    let node =
        pick(xml, random, |node| is_global(node, local) && (node.attribute("abstract") == Some("true")) != wanted)?;
    let value = if wanted { Some("true") } else { None };
    one(xml.set(node, "abstract", value), format!("{}: abstract={wanted}", place(node)))
}

/// Types from which others derive, and elements of such types or with substitutes, so that there is something to block.
fn is_blocked(xml: &Xml<'_>, random: &mut Random, kind: &str, wanted: bool) -> Option<Change> {
    let bases: Vec<&str> = xml
        .document
        .descendants()
        .filter_map(|node| node.attribute(if is_xsd(node, "element") { "substitutionGroup" } else { "base" }))
        .map(local)
        .collect();
    let node = pick(xml, random, |node| {
        let named = ["name", "type"].into_iter().filter_map(|attribute| node.attribute(attribute));
        is_xsd(node, kind)
            && node.attribute("ref").is_none()
            && node.attribute("block").is_some() != wanted
            && (!wanted || named.map(local).any(|name| bases.contains(&name)))
    })?;
    let value = if wanted { Some("#all") } else { None };
    one(xml.set(node, "block", value), format!("{}: block={wanted}", place(node)))
}

fn derived_added(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_global(node, "complexType")
            && !node.children().any(|child| is_xsd(child, "simpleContent"))
            && target_name(node, "x").is_some()
            && xsd_name(node, "string").is_some()
    })?;
    let (p, base, ty) = (xml.prefix(node), target_name(node, node.attribute("name")?)?, xsd_name(node, "string")?);
    let text = format!(
        "<{p}complexType name=\"AddedDerived\"><{p}complexContent><{p}extension base=\"{base}\"><{p}sequence>\
         <{p}element name=\"More\" type=\"{ty}\"/></{p}sequence></{p}extension></{p}complexContent></{p}complexType>"
    );
    one(Edit::insert(node.range().end, text), format!("a type that extends {base}"))
}

fn derived_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_global(node, "complexType")
            && node.descendants().any(|inner| is_xsd(inner, "extension"))
            && node
                .attribute("name")
                .is_some_and(|name| references(xml, target(node), name, &["type", "base"]).is_empty())
    })?;
    one(Edit::remove(node.range()), format!("{} removed", place(node)))
}

fn substitute_added(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let used = |node: roxmltree::Node<'_, '_>| {
        node.attribute("name").is_some_and(|name| !references(xml, target(node), name, &["ref"]).is_empty())
    };
    let head = pick(xml, random, |node| is_global(node, "element") && node.has_attribute("type") && used(node))?;
    let (p, name, ty) = (xml.prefix(head), target_name(head, head.attribute("name")?)?, head.attribute("type")?);
    let text = format!("<{p}element name=\"addedSubstitute\" type=\"{ty}\" substitutionGroup=\"{name}\"/>");
    one(Edit::insert(head.range().end, text), format!("an element that may stand for {name}"))
}

fn substitute_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_global(node, "element") && node.has_attribute("substitutionGroup"))?;
    one(xml.set(node, "substitutionGroup", None), format!("{} stands for nothing", place(node)))
}

fn wildcard_added(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node =
        pick(xml, random, |node| is_xsd(node, "sequence") && !node.children().any(|child| is_xsd(child, "any")))?;
    let text = format!(
        "<{}any namespace=\"##other\" processContents=\"lax\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>",
        xml.prefix(node)
    );
    one(xml.append(node, &text), format!("{}: anything at the end", place(node)))
}

fn wildcard_removed(xml: &Xml<'_>, random: &mut Random, local: &str) -> Option<Change> {
    let node = pick(xml, random, |node| is_xsd(node, local))?;
    one(Edit::remove(node.range()), format!("{}: no {local}", place(node)))
}

fn wildcard_narrowed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_xsd(node, "any") && node.attribute("namespace") != Some("urn:only"))?;
    one(xml.set(node, "namespace", Some("urn:only")), format!("{}: any of urn:only", place(node)))
}

fn any_attribute_added(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_xsd(node, "complexType")
            && node.children().any(is_group)
            && !node.children().any(|child| is_xsd(child, "anyAttribute"))
    })?;
    let text = format!("<{}anyAttribute namespace=\"##other\" processContents=\"lax\"/>", xml.prefix(node));
    one(xml.append(node, &text), format!("{}: any attribute", place(node)))
}

fn mixed_on(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_xsd(node, "complexType") && node.children().any(is_group) && !node.has_attribute("mixed")
    })?;
    one(xml.set(node, "mixed", Some("true")), format!("{}: mixed", place(node)))
}
