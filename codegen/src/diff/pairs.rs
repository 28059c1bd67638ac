//! Which thing of the old contract is which of the new one.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Content, Model, Name, QName, Text, TypeId, TypeKind};

/// Names of the old contract in the words of the new one.
#[derive(Debug, Default)]
pub(super) struct Namespaces {
    /// Namespaces that were renamed: old name to new.
    pub(super) moved: BTreeMap<String, String>,
}

impl Namespaces {
    /// The name an old name would have in the new contract.
    pub(super) fn translate(&self, name: &QName) -> QName {
        QName { ns: self.ns(&name.ns).into(), local: name.local.clone() }
    }

    /// The namespace an old namespace has become.
    pub(super) fn ns<'n>(&'n self, ns: &'n str) -> &'n str {
        self.moved.get(ns).map_or(ns, String::as_str)
    }

    /// Whether an old name and a new one are the same.
    pub(super) fn same(&self, old: &QName, new: &QName) -> bool {
        old.local == new.local && self.ns(&old.ns) == new.ns
    }
}

/// What a contract declares in each of its namespaces.
pub(super) fn declared(model: &Model) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |ns: &str, name: String| {
        if !ns.is_empty() && ns != XSD {
            found.entry(ns.to_owned()).or_default().insert(name);
        }
    };
    for ty in &model.types {
        if let Name::Given(name) = &ty.name {
            add(&name.ns, format!("type {}", name.local));
        }
    }
    for element in &model.elements {
        add(&element.name.ns, format!("element {}", element.name.local));
    }
    for service in &model.services {
        add(&service.ns, format!("service {}", service.name));
        for operation in &service.operations {
            add(&operation.input.element.ns, format!("element {}", operation.input.element.local));
            if let Some(output) = &operation.output {
                add(&output.element.ns, format!("element {}", output.element.local));
            }
        }
    }
    found
}

const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// Pairs namespaces that are gone with new ones that declare much the same.
pub(super) fn namespaces(old: &Model, new: &Model) -> Namespaces {
    let (old, new) = (declared(old), declared(new));
    let gone: Vec<&String> = old.keys().filter(|ns| !new.contains_key(*ns)).collect();
    let come: Vec<&String> = new.keys().filter(|ns| !old.contains_key(*ns)).collect();
    let mut candidates: Vec<(u64, &String, &String)> = Vec::new();
    for from in &gone {
        for to in &come {
            let spelt_alike = without_version(from) == without_version(to);
            let score = share(&old[*from], &new[*to]) + if spelt_alike { 500 } else { 0 };
            // A version in the name and something in common, or half in common.
            if score >= 500 && (score > 500 || !spelt_alike) {
                candidates.push((score, from, to));
            }
        }
    }
    // The most alike first; then by name, so that the result is always the same.
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut moved = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (_, from, to) in candidates {
        if !moved.contains_key(from) && taken.insert(to) {
            moved.insert(from.clone(), to.clone());
        }
    }
    Namespaces { moved }
}

/// A namespace name without the digits that versions and dates are made of, and without a trailing slash.
fn without_version(ns: &str) -> String {
    ns.trim_end_matches('/').chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '_')).collect()
}

/// How much two sets have in common, in thousandths of all there is.
fn share<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> u64 {
    let all = a.union(b).count() as u64;
    (a.intersection(b).count() as u64 * 1000).checked_div(all).unwrap_or(0)
}

/// Which old type is which new one.
#[derive(Debug, Default)]
pub(super) struct Types {
    pub(super) forth: BTreeMap<TypeId, TypeId>,
    pub(super) back: BTreeMap<TypeId, TypeId>,
    /// Pairs with different names.
    pub(super) renamed: Vec<(TypeId, TypeId)>,
}

impl Types {
    fn insert(&mut self, old: TypeId, new: TypeId) {
        self.forth.insert(old, new);
        self.back.insert(new, old);
    }
}

/// Pairs types by name, then anonymous types by where they stand, then types that hold the same under another name.
pub(super) fn types(old: &Model, new: &Model, namespaces: &Namespaces) -> Types {
    let mut pairs = Types::default();
    let by_name: BTreeMap<&QName, TypeId> = new.type_ids().filter_map(|id| Some((new[id].name.given()?, id))).collect();
    for id in old.type_ids() {
        if let Some(name) = old[id].name.given()
            && let Some(found) = by_name.get(&namespaces.translate(name))
            && !(is_numbered(&name.local) && nothing_in_common(old, id, new, *found))
        {
            pairs.insert(id, *found);
        }
    }
    let places = anonymous(new, &Namespaces::default());
    for (place, ids) in anonymous(old, namespaces) {
        // Where two anonymous types have the same path, the walk through their owners tells them apart.
        if let ([id], Some([found])) = (ids.as_slice(), places.get(&place).map(Vec::as_slice)) {
            pairs.insert(*id, *found);
        }
    }
    renamed(old, new, &mut pairs);
    pairs
}

fn anonymous(model: &Model, namespaces: &Namespaces) -> BTreeMap<(String, Vec<Text>), Vec<TypeId>> {
    let mut found: BTreeMap<(String, Vec<Text>), Vec<TypeId>> = BTreeMap::new();
    for id in model.type_ids() {
        if let Name::Derived { ns, path } = &model[id].name {
            found.entry((namespaces.ns(ns).to_owned(), path.clone())).or_default().push(id);
        }
    }
    found
}

/// Named types that are gone, with new ones of the same making.
fn renamed(old: &Model, new: &Model, pairs: &mut Types) {
    // Beyond this, a contract was replaced rather than changed, and looking for renames would take long to say little.
    const MOST: usize = 400_000;
    let named = |model: &Model, known: &BTreeMap<TypeId, TypeId>| -> Vec<(TypeId, BTreeSet<String>)> {
        let ids = model.type_ids().filter(|id| model[*id].name.given().is_some() && !known.contains_key(id));
        let held = ids.map(|id| (id, parts(model, id)));
        // One member is enough for lists, whose names are numbers that move when one more list comes.
        let telling = |id: TypeId, parts: &BTreeSet<String>| {
            parts.len() > 1 || (!parts.is_empty() && is_numbered(&local(model, id)))
        };
        held.filter(|(id, parts)| telling(*id, parts)).collect()
    };
    let (gone, come) = (named(old, &pairs.forth), named(new, &pairs.back));
    if gone.len().saturating_mul(come.len()) > MOST {
        return;
    }
    let mut candidates = Vec::new();
    for (from, held) in &gone {
        for (to, holds) in &come {
            let mut score = share(held, holds);
            let (before, after) = (&old[*from].name, &new[*to].name);
            let same_local = before.given().map(|name| &name.local) == after.given().map(|name| &name.local);
            if same_local && score >= 400 {
                score += 1000;
            }
            if score >= 750 {
                candidates.push((score, before, after, *from, *to));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, _, _, from, to) in candidates {
        if !pairs.forth.contains_key(&from) && !pairs.back.contains_key(&to) {
            pairs.insert(from, to);
            pairs.renamed.push((from, to));
        }
    }
}

fn local(model: &Model, id: TypeId) -> String {
    model[id].name.given().map(|name| name.local.to_string()).unwrap_or_default()
}

/// Whether a name is one that .NET gives to lists, and counts: `ArrayOfString`, `ArrayOfString1`.
fn is_numbered(name: &str) -> bool {
    name.starts_with("ArrayOf")
}

fn nothing_in_common(old: &Model, a: TypeId, new: &Model, b: TypeId) -> bool {
    let (a, b) = (parts(old, a), parts(new, b));
    !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
}

/// What a type holds, by name: members, attributes, values.
fn parts(model: &Model, id: TypeId) -> BTreeSet<String> {
    match &model[id].kind {
        TypeKind::Simple(simple) => simple.values.iter().map(|value| format!("={}", value.wire)).collect(),
        TypeKind::Complex(complex) => {
            let mut found: BTreeSet<String> =
                complex.attributes.iter().map(|attribute| format!("@{}", attribute.name.local)).collect();
            if let Content::Particles(particle) = &complex.content {
                particle.each_element(&mut |element| {
                    found.insert(element.name.local.to_string());
                });
            }
            found
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_in_names_are_no_difference() {
        assert_eq!(without_version("http://fedex.com/ws/track/v16"), without_version("http://fedex.com/ws/track/v18"));
        assert_eq!(without_version("urn:a:2.1"), without_version("urn:a:3"));
        assert_ne!(without_version("http://example.com/orders"), without_version("http://example.com/items"));
    }
}
