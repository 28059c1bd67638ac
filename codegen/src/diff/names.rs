//! Names in Rust that may change although nothing on the wire does, and names that look like one another.
//!
//! The comparison knows no Rust; it knows that names which differ only in case and punctuation fall together there, and that
//! namespaces with types become modules as soon as there are several.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{Change, Comparison, Spot, is_builtin};
use super::report::Known;
use super::report::Verdict::{Breaking, Safe};
use super::report::{Directions, Owner, OwnerKind};
use super::rules::contract as rules;
use crate::model::{Complex, Content, Model, Name, TypeId, TypeKind};

/// What is left of a name when Rust's spelling is given to it.
fn spelling(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A name without the digits of a version.
pub(super) fn without_version(name: &str) -> String {
    let name = spelling(name);
    name.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Whether two names may be spellings of one another, or one a part of the other.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (spelling(a), spelling(b));
    if a == b || (a.len() >= 3 && b.contains(&a)) || (b.len() >= 3 && a.contains(&b)) {
        return true;
    }
    // Most of the shorter one, as a head or a tail in common.
    let shorter = a.chars().count().min(b.chars().count());
    let head = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let tail = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count();
    shorter >= 4 && head.max(tail) * 3 >= shorter * 2
}

/// Namespaces that hold types of the contract's own.
fn with_types(model: &Model) -> BTreeSet<String> {
    let printed = |id: &TypeId| match &model[*id].kind {
        TypeKind::Complex(_) => true,
        TypeKind::Simple(simple) => !simple.values.is_empty(),
    };
    let mut found: BTreeSet<String> = model
        .type_ids()
        .filter(|id| printed(id) && !is_builtin(model, *id))
        .map(|id| model[id].name.ns().to_owned())
        .collect();
    found.remove("");
    found
}

/// Namespaces that came and went, and what that does to modules.
pub(super) fn namespaces(comparison: &mut Comparison<'_>) {
    let before: BTreeSet<String> =
        with_types(comparison.old).iter().map(|ns| comparison.namespaces.ns(ns).to_owned()).collect();
    let after = with_types(comparison.new);
    let spot = comparison.contract_spot();
    let split = |model: &Model, namespaces: &BTreeSet<String>| !model.hand_written && namespaces.len() > 1;
    let was = split(comparison.old, &before);
    let is = split(comparison.new, &after);
    if was != is {
        let list = |all: &BTreeSet<String>| all.len().to_string();
        let change = Change { before: list(&before), after: list(&after), ..Change::default() };
        comparison.find(&rules::MODULES_SPLIT, &spot, change);
    }
    let tail = |ns: &str| {
        let parts: Vec<String> =
            ns.split(['/', ':', '#', '.']).map(without_version).filter(|part| !part.is_empty()).collect();
        parts.last().cloned().unwrap_or_default()
    };
    for ns in after.difference(&before) {
        let clash = before.iter().any(|known| tail(known) == tail(ns));
        let known = Known { source: Some(if clash && is { Breaking } else { Safe }), ..Known::default() };
        let here =
            Spot { owner: Owner { kind: OwnerKind::Contract, name: ns.clone(), ns: ns.clone() }, ..spot.clone() };
        comparison.find(&rules::NAMESPACE_ADDED, &here, Change::default().knowing(known));
    }
    for ns in before.difference(&after) {
        let here =
            Spot { owner: Owner { kind: OwnerKind::Contract, name: ns.clone(), ns: ns.clone() }, ..spot.clone() };
        comparison.find(&rules::NAMESPACE_REMOVED, &here, Change::default());
    }
}

/// Whether messages may say the name of a type: `xsi:type` chooses among derived types, SOAP encoding names every type.
pub(super) fn on_the_wire(model: &Model, id: TypeId) -> bool {
    let derived = matches!(&model[id].kind, TypeKind::Complex(Complex { derivation: Some(_), .. }));
    let encoded = model.services.iter().flat_map(|service| &service.operations).any(|operation| operation.encoded);
    encoded || derived || is_base(model, id)
}

/// Whether other types are derived from this one.
fn is_base(model: &Model, id: TypeId) -> bool {
    let derives = |other: TypeId| {
        matches!(&model[other].kind, TypeKind::Complex(Complex { derivation: Some(derivation), .. })
            if derivation.base == id)
    };
    model.type_ids().any(derives)
}

/// A place where names must differ, and the names in it by spelling.
type Scope = BTreeMap<String, BTreeSet<String>>;

/// Finds names that fall together with one that came or went.
pub(super) fn collisions(comparison: &mut Comparison<'_>) {
    let old = scopes(comparison.old, &|ns| comparison.namespaces.ns(ns).to_owned());
    let new = scopes(comparison.new, &str::to_owned);
    let empty = Scope::new();
    let mut found = Vec::new();
    for (owner, scope) in &new {
        let before = old.get(owner).unwrap_or(&empty);
        for (spelling, names) in scope {
            let Some(known) = before.get(spelling) else { continue };
            // Something stays, and something of its spelling came or went.
            if known != names && known.intersection(names).next().is_some() {
                let show = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(", ");
                found.push((owner.clone(), show(known), show(names)));
            }
        }
    }
    for (owner, before, after) in found {
        let name = known_name(&before, &after);
        let spot = Spot { owner, path: name, directions: Directions::BOTH };
        let change = Change { before, after, ..Change::default() };
        comparison.find(&rules::NAME_COLLISION, &spot, change);
    }
}

/// The first name that is there in both.
fn known_name(before: &str, after: &str) -> String {
    let names: BTreeSet<&str> = after.split(", ").collect();
    before.split(", ").find(|name| names.contains(name)).unwrap_or(before).to_owned()
}

fn scopes(model: &Model, translate: &dyn Fn(&str) -> String) -> BTreeMap<Owner, Scope> {
    let mut found: BTreeMap<Owner, Scope> = BTreeMap::new();
    let mut add = |kind: OwnerKind, owner: &str, ns: &str, name: &str, shown: &str| {
        let owner = Owner { kind, name: owner.to_owned(), ns: translate(ns) };
        let names = found.entry(owner).or_default().entry(spelling(name)).or_default();
        // Two things of one name: a wrapper of an rpc call and an element, say.
        let mut shown = shown.to_owned();
        while names.contains(&shown) {
            shown.push('′');
        }
        names.insert(shown);
    };
    let split = !model.hand_written && with_types(model).len() > 1;
    for id in model.type_ids().filter(|id| !is_builtin(model, *id)) {
        let ty = &model[id];
        let module = if split { ty.name.ns() } else { "" };
        let (owner, name) = match &ty.name {
            Name::Given(name) => (name.local.clone(), name.local.clone()),
            Name::Derived { path, .. } => (path.join("/").into(), path.join("").into()),
        };
        let printed = match &ty.kind {
            TypeKind::Complex(_) => true,
            TypeKind::Simple(simple) => !simple.values.is_empty(),
        };
        if printed {
            add(OwnerKind::Contract, "", module, &name, &owner);
        }
        match &ty.kind {
            TypeKind::Simple(simple) => {
                for value in &simple.values {
                    let name = value.name.as_deref().unwrap_or(&value.wire);
                    // Values without a letter get names of their own kind.
                    if name.chars().any(char::is_alphabetic) {
                        add(OwnerKind::Type, &owner, ty.name.ns(), name, name);
                    }
                }
            }
            TypeKind::Complex(complex) => {
                for attribute in &complex.attributes {
                    let name = attribute.rename.as_deref().unwrap_or(&attribute.name.local);
                    add(OwnerKind::Type, &owner, ty.name.ns(), name, &format!("@{}", attribute.name.local));
                }
                if let Content::Particles(particle) = &complex.content {
                    let mut names = Vec::new();
                    elements(particle, &mut names);
                    for (name, shown) in names {
                        add(OwnerKind::Type, &owner, ty.name.ns(), &name, &shown);
                    }
                }
            }
        }
    }
    // What the generator makes of types and elements has names beside theirs.
    let module = |ns: &str| if split { ns.to_owned() } else { String::new() };
    let bases: BTreeSet<TypeId> = model
        .types
        .iter()
        .filter_map(|ty| match &ty.kind {
            TypeKind::Complex(complex) => complex.derivation.map(|derivation| derivation.base),
            TypeKind::Simple(_) => None,
        })
        .collect();
    for id in bases {
        let Some(name) = model[id].name.given() else { continue };
        let made = format!("Any{}", name.local);
        add(OwnerKind::Contract, "", &module(&name.ns), &made, &format!("{made} (xsi:type)"));
    }
    let heads: BTreeSet<&crate::model::QName> =
        model.elements.iter().filter_map(|element| Some(&model[element.substitutes?].name)).collect();
    for element in &model.elements {
        let name = &element.name;
        // Documents have constants, which only contracts without a service get unasked.
        if model.services.is_empty() {
            add(OwnerKind::Element, "", "", &name.local, &name.to_string());
        }
        if heads.contains(name) {
            let made = format!("{}Element", name.local);
            add(OwnerKind::Contract, "", &module(&name.ns), &made, &format!("{made} (substitutionGroup)"));
        }
    }
    for service in &model.services {
        let client = format!("{}Client", service.name);
        add(OwnerKind::Contract, "", "", &client, &format!("{client} (service)"));
        for operation in &service.operations {
            add(OwnerKind::Service, &service.name, &service.ns, &operation.name, &operation.name);
        }
    }
    found
}

/// The elements of a content model itself, without the items inside of list wrappers.
fn elements(particle: &crate::model::Particle, out: &mut Vec<(String, String)>) {
    use crate::model::ParticleKind;
    match &particle.kind {
        ParticleKind::Element(element) => {
            let name = element.rename.clone().unwrap_or_else(|| element.name.local.to_string());
            out.push((name, element.name.local.to_string()));
        }
        ParticleKind::Any(_) => {}
        ParticleKind::Sequence(list) | ParticleKind::Choice(list) | ParticleKind::All(list) => {
            list.iter().for_each(|inner| elements(inner, out));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_people_would_call_the_same() {
        assert!(alike("PartNum", "PartNumber"));
        assert!(alike("customer_id", "CustomerId"));
        assert!(!alike("Price", "Quantity"));
        assert!(!alike("Id", "Kind"));
    }
}
