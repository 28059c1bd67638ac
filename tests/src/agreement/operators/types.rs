//! Other types for what is there already.

use super::{
    Table, builtin, is_global, is_member, one, pick, place, references, siblings, target, target_name, xsd_name,
};
use crate::agreement::edit::{Change, Edit, Xml, is_xsd};
use crate::agreement::random::Random;

pub(super) const ALL: Table = &[
    ("type-int-to-long", |xml, random| other(xml, random, &["int", "short", "byte"], "long")),
    ("type-long-to-int", |xml, random| {
        other(xml, random, &["long", "integer", "nonNegativeInteger", "positiveInteger"], "int")
    }),
    ("type-int-to-string", |xml, random| other(xml, random, NUMBERS, "string")),
    ("type-string-to-int", |xml, random| other(xml, random, TEXTS, "int")),
    ("type-string-to-token", |xml, random| other(xml, random, &["string"], "token")),
    ("type-string-to-any-uri", |xml, random| other(xml, random, &["string"], "anyURI")),
    ("type-string-to-boolean", |xml, random| other(xml, random, TEXTS, "boolean")),
    ("type-boolean-to-string", |xml, random| other(xml, random, &["boolean"], "string")),
    ("type-decimal-to-double", |xml, random| other(xml, random, &["decimal"], "double")),
    ("type-double-to-decimal", |xml, random| other(xml, random, &["double", "float"], "decimal")),
    ("type-float-to-double", |xml, random| other(xml, random, &["float"], "double")),
    ("type-int-to-unsigned", |xml, random| other(xml, random, &["int", "long", "integer"], "unsignedInt")),
    ("type-int-to-integer", |xml, random| other(xml, random, NUMBERS, "integer")),
    ("type-date-time-to-date", |xml, random| other(xml, random, &["dateTime"], "date")),
    ("type-date-to-date-time", |xml, random| other(xml, random, &["date"], "dateTime")),
    ("type-string-to-date-time", |xml, random| other(xml, random, &["string"], "dateTime")),
    ("type-string-to-list", string_to_list),
    ("type-string-to-enumeration", string_to_enumeration),
    ("type-simple-to-complex", simple_to_complex),
    ("type-complex-to-string", complex_to_string),
    ("type-other-complex", other_complex),
    ("type-to-any", to_any),
    ("type-renamed", renamed),
    ("type-inlined", inlined),
    ("type-named", named),
    ("type-added", added),
    ("type-removed", removed),
    ("type-deepened", deepened),
];

const NUMBERS: &[&str] = &[
    "int",
    "long",
    "short",
    "integer",
    "decimal",
    "double",
    "float",
    "unsignedInt",
    "positiveInteger",
    "nonNegativeInteger",
];
const TEXTS: &[&str] = &["string", "token", "normalizedString"];

fn other(xml: &Xml<'_>, random: &mut Random, from: &[&str], to: &str) -> Option<Change> {
    let has = |node: roxmltree::Node<'_, '_>| builtin(node, "type").is_some_and(|ty| from.contains(&ty));
    let plain = |node: roxmltree::Node<'_, '_>| !node.has_attribute("default") && !node.has_attribute("fixed");
    let wanted = |node: roxmltree::Node<'_, '_>| is_member(node) || is_xsd(node, "attribute");
    let node = pick(xml, random, |node| wanted(node) && has(node) && plain(node))?;
    let what = format!("{}: {} becomes {to}", place(node), builtin(node, "type")?);
    one(xml.set(node, "type", Some(&xsd_name(node, to)?)), what)
}

/// An element with a built-in type gets a type of its own, of text around the name of the built-in one.
fn own_type(
    xml: &Xml<'_>,
    random: &mut Random,
    from: &[&str],
    make: impl Fn(&str, &str) -> String,
    what: &str,
) -> Option<Change> {
    let has = |node: roxmltree::Node<'_, '_>| builtin(node, "type").is_some_and(|ty| from.contains(&ty));
    let node = pick(xml, random, |node| {
        is_member(node) && has(node) && !node.has_attribute("default") && !node.has_attribute("fixed")
    })?;
    let text = make(xml.prefix(node), &xsd_name(node, builtin(node, "type")?)?);
    // The attribute may stand in the tag that is rewritten, so the tag is written anew as a whole.
    let range = node.attributes().find(|attribute| attribute.name() == "type")?.range();
    let edits = vec![Edit::remove(range), xml.append(node, &text)];
    Some(Change { edits, what: format!("{}: {what}", place(node)) })
}

fn string_to_list(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    own_type(
        xml,
        random,
        TEXTS,
        |p, ty| format!("<{p}simpleType><{p}list itemType=\"{ty}\"/></{p}simpleType>"),
        "a list",
    )
}

fn string_to_enumeration(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let make = |p: &str, ty: &str| {
        format!(
            "<{p}simpleType><{p}restriction base=\"{ty}\"><{p}enumeration value=\"Red\"/><{p}enumeration value=\"Green\"/>\
             </{p}restriction></{p}simpleType>"
        )
    };
    own_type(xml, random, TEXTS, make, "an enumeration")
}

fn simple_to_complex(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let make = |p: &str, ty: &str| {
        format!(
            "<{p}complexType><{p}simpleContent><{p}extension base=\"{ty}\"><{p}attribute name=\"unit\" type=\"{ty}\"/></{p}extension>\
             </{p}simpleContent></{p}complexType>"
        )
    };
    own_type(xml, random, &["string", "int", "decimal", "long", "double"], make, "text with an attribute")
}

fn complex_to_string(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_member(node)
            && node.has_attribute("type")
            && builtin(node, "type").is_none()
            && !node.has_attribute("default")
    })?;
    one(xml.set(node, "type", Some(&xsd_name(node, "string")?)), format!("{} is a string", place(node)))
}

fn other_complex(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_member(node)
            && node.has_attribute("type")
            && builtin(node, "type").is_none()
            && siblings(node, "complexType").len() > 1
    })?;
    let types = siblings(node, "complexType");
    let name = random.pick(&types)?.attribute("name")?;
    one(xml.set(node, "type", Some(&target_name(node, name)?)), format!("{} is a {name}", place(node)))
}

fn to_any(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_member(node) && node.has_attribute("type") && !node.has_attribute("default") && !node.has_attribute("fixed")
    })?;
    one(xml.set(node, "type", Some(&xsd_name(node, "anyType")?)), format!("{} is anything", place(node)))
}

/// No message changes by it, except where messages tell types.
fn renamed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_global(node, "complexType") || is_global(node, "simpleType"))?;
    let name = node.attribute("name")?;
    let new = format!("{name}V2");
    let mut edits = vec![xml.set(node, "name", Some(&new))];
    for (range, prefix) in references(xml, target(node), name, &["type", "base", "itemType"]) {
        edits.push(Edit::replace(range, format!("{prefix}{new}")));
    }
    Some(Change { edits, what: format!("type {name} becomes {new}") })
}

/// A named type that one element uses moves into that element.
fn inlined(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_global(node, "complexType")
            && node
                .attribute("name")
                .is_some_and(|name| references(xml, target(node), name, &["type", "base"]).len() == 1)
    })?;
    let name = node.attribute("name")?;
    let user = xml.document.descendants().find(|user| {
        (is_member(*user) || is_global(*user, "element"))
            && user
                .attribute("type")
                .is_some_and(|ty| crate::agreement::edit::resolve(*user, ty) == (target(node), name))
    })?;
    let text = xml.outer(node).replacen(&format!(" name=\"{name}\""), "", 1);
    let edits = vec![
        Edit::remove(node.range()),
        Edit::remove(user.attributes().find(|attribute| attribute.name() == "type")?.range()),
        xml.append(user, &text),
    ];
    Some(Change { edits, what: format!("type {name} moves into {}", place(user)) })
}

/// An anonymous type gets a name.
fn named(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is_xsd(node, "complexType")
            && node.parent().is_some_and(|parent| is_xsd(parent, "element"))
            && target_name(node, "x").is_some()
    })?;
    let element = node.parent()?;
    let schema = node.ancestors().find(|node| is_xsd(*node, "schema"))?;
    let tag = xml.outer(node);
    let name_end = tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
    let named = format!("{} name=\"NamedNow\"{}", &tag[..name_end], &tag[name_end..]);
    // A nested type cannot be moved past the element it is cut from.
    let edits = vec![
        xml.set(element, "type", Some(&target_name(node, "NamedNow")?)),
        Edit::remove(node.range()),
        xml.append(schema, &named),
    ];
    Some(Change { edits, what: format!("the type of {} gets a name", place(element)) })
}

fn added(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let schema = pick(xml, random, |node| is_xsd(node, "schema"))?;
    let (p, ty) = (xml.prefix(schema), xsd_name(schema, "string")?);
    let text = format!(
        "<{p}complexType name=\"AddedType\"><{p}sequence><{p}element name=\"Note\" type=\"{ty}\"/></{p}sequence></{p}complexType>"
    );
    one(xml.append(schema, &text), "type AddedType")
}

fn removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        (is_global(node, "complexType") || is_global(node, "simpleType"))
            && node
                .attribute("name")
                .is_some_and(|name| references(xml, target(node), name, &["type", "base", "itemType"]).is_empty())
    })?;
    one(Edit::remove(node.range()), format!("{} removed", place(node)))
}

/// What was a member becomes a member of a member.
fn deepened(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_member(node) && node.has_attribute("name"))?;
    let p = xml.prefix(node);
    let text = format!(
        "<{p}element name=\"Wrapped\"><{p}complexType><{p}sequence>{}</{p}sequence></{p}complexType></{p}element>",
        xml.outer(node)
    );
    one(Edit::replace(node.range(), text), format!("{} moves into an element of its own", place(node)))
}
