//! Before and after, in the notation of schemas rather than in words, so that it is the same in every language.

use super::structure::Node;
use crate::model::{
    Attribute, Builtin, ElementUse, Facets, Model, Name, NamespaceSet, Occurs, SimpleKind, TypeId, TypeKind, Wildcard,
};

/// More values than this are not listed.
const VALUES: usize = 6;

/// A type as people call it: its local name, `xs:` for built-in ones, what it is made of for anonymous ones.
pub(super) fn ty(model: &Model, id: TypeId) -> String {
    let ty = &model[id];
    match (&ty.name, &ty.kind) {
        (Name::Given(name), _) if name.ns == "http://www.w3.org/2001/XMLSchema" => format!("xs:{}", name.local),
        (Name::Given(name), _) => name.local.to_string(),
        (Name::Derived { .. }, TypeKind::Complex(_)) => "{…}".to_owned(),
        (Name::Derived { .. }, TypeKind::Simple(simple)) => {
            if !simple.values.is_empty() {
                return values(simple.values.iter().map(|value| value.wire.as_str()));
            }
            match &simple.kind {
                SimpleKind::Builtin(builtin) => format!("xs:{}", xsd_name(*builtin)),
                SimpleKind::Restriction(base) => {
                    let facets = facets(&simple.facets);
                    let base = self::ty(model, *base);
                    if facets.is_empty() { base } else { format!("{base} [{facets}]") }
                }
                SimpleKind::List(item) => format!("list of {}", self::ty(model, *item)),
                SimpleKind::Union(members) => {
                    let members: Vec<String> = members.iter().map(|member| self::ty(model, *member)).collect();
                    format!("union of {}", members.join(", "))
                }
            }
        }
    }
}

fn xsd_name(builtin: Builtin) -> String {
    let name = format!("{builtin:?}");
    let mut chars = name.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// `"A" | "B" | …`
pub(super) fn values<'v>(values: impl Iterator<Item = &'v str>) -> String {
    let all: Vec<String> = values.map(|value| format!("{value:?}")).collect();
    let mut shown = all.iter().take(VALUES).cloned().collect::<Vec<_>>().join(" | ");
    if all.len() > VALUES {
        shown.push_str(" | …");
    }
    shown
}

/// `0..1`, `1..*`, `2`
pub(super) fn occurs(occurs: Occurs) -> String {
    match occurs.max {
        Some(max) if max == occurs.min => max.to_string(),
        Some(max) => format!("{}..{max}", occurs.min),
        None => format!("{}..*", occurs.min),
    }
}

/// `Name: xs:int, 0..1, nillable`
pub(super) fn member(model: &Model, element: &ElementUse, occurrence: Occurs) -> String {
    let mut text = format!("{}: {}", element.name.local, ty(model, element.ty));
    if occurrence != Occurs::ONCE {
        text.push_str(&format!(", {}", occurs(occurrence)));
    }
    if element.nillable {
        text.push_str(", nillable");
    }
    if let Some(fixed) = &element.fixed {
        text.push_str(&format!(" = {fixed:?}"));
    }
    text
}

/// `@name: xs:int, required`
pub(super) fn attribute(model: &Model, attribute: &Attribute) -> String {
    let required = if attribute.required { ", required" } else { "" };
    format!("@{}: {}{required}", attribute.name.local, ty(model, attribute.ty))
}

/// `maxLength 10, pattern "[A-Z]+"`
pub(super) fn facets(facets: &Facets) -> String {
    let mut found: Vec<String> = Vec::new();
    let counts = [
        ("length", facets.length),
        ("minLength", facets.min_length),
        ("maxLength", facets.max_length),
        ("totalDigits", facets.total_digits),
        ("fractionDigits", facets.fraction_digits),
    ];
    found.extend(counts.into_iter().filter_map(|(name, value)| Some(format!("{name} {}", value?))));
    let bounds = [
        ("minInclusive", &facets.min_inclusive),
        ("maxInclusive", &facets.max_inclusive),
        ("minExclusive", &facets.min_exclusive),
        ("maxExclusive", &facets.max_exclusive),
    ];
    found.extend(bounds.into_iter().filter_map(|(name, value)| Some(format!("{name} {}", value.as_ref()?))));
    found.extend(facets.patterns.iter().map(|pattern| format!("pattern {pattern:?}")));
    if let Some(white_space) = facets.white_space {
        found.push(format!("whiteSpace {}", format!("{white_space:?}").to_lowercase()));
    }
    found.join(", ")
}

/// `##any lax`
pub(super) fn wildcard(wildcard: &Wildcard) -> String {
    let namespaces = match &wildcard.namespaces {
        NamespaceSet::Any => "##any".to_owned(),
        NamespaceSet::Other(_) => "##other".to_owned(),
        NamespaceSet::List(list) => {
            let names: Vec<&str> = list.iter().map(|ns| if ns.is_empty() { "##local" } else { ns }).collect();
            names.join(" ")
        }
    };
    format!("{namespaces} {}", format!("{:?}", wildcard.process).to_lowercase())
}

/// `(a, b | c)`: names and how they are combined.
pub(super) fn node(node: &Node<'_>) -> String {
    match node {
        Node::Element(element, occurrence) => format!("{}{}", element.name.local, mark(*occurrence)),
        Node::Any(_, occurrence) => format!("*{}", mark(*occurrence)),
        Node::Group(group) => {
            let separator = match group.kind {
                super::structure::Kind::Sequence => ", ",
                super::structure::Kind::Choice => " | ",
                super::structure::Kind::All => " & ",
            };
            let mut inner: Vec<String> = group.nodes.iter().take(8).map(self::node).collect();
            if group.nodes.len() > 8 {
                inner.push("…".to_owned());
            }
            format!("({}){}", inner.join(separator), mark(group.occurs))
        }
    }
}

/// `?`, `*`, `+`, or numbers in braces.
fn mark(occurrence: Occurs) -> String {
    match (occurrence.min, occurrence.max) {
        (1, Some(1)) => String::new(),
        (0, Some(1)) => "?".to_owned(),
        (0, None) => "*".to_owned(),
        (1, None) => "+".to_owned(),
        _ => format!("{{{}}}", occurs(occurrence)),
    }
}
