//! Names of members, and of the choices and groups inside a type's content.
//!
//! A choice or group has no name on the wire, and its place changes with every member put before it. It is known again by
//! what is in it: of those on record, each is the one it shares most elements with.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::TypeId;

use super::items::Drafting;
use super::ledger::{Identity, Order, Wanted};
use super::names::type_label;
use super::{ItemId, ItemKind};

/// A field or variant that waits for its name.
pub(super) struct Member {
    /// The name it would like.
    pub(super) preferred: String,
    /// Of several that would like the same name, the first by this keeps it.
    pub(super) order: Order,
    /// What it is on the wire.
    pub(super) leaf: Leaf,
    /// The contract's author chose the name.
    pub(super) chosen: bool,
}

/// What a member is, within its type.
pub(super) enum Leaf {
    /// An element, attribute, the text …
    Wire(String),
    /// A choice or group of the same type's content.
    Part(ItemId),
}

/// A choice or group of a type's content.
pub(super) struct Part {
    pub(super) item: ItemId,
    /// What its name ends in: `Choice`, `ItemGroup` …
    pub(super) suffix: String,
    /// Its members, in the order of its fields or variants.
    pub(super) members: Vec<Member>,
}

/// Names a type's members and those of its parts, which stand before what they are in. Returns the names of the type's own.
pub(super) fn name(
    drafting: &mut Drafting<'_>,
    owner: TypeId,
    taken: &[&str],
    members: Vec<Member>,
    parts: Vec<Part>,
) -> Vec<String> {
    let name = &drafting.model[owner].name;
    let (ns, owner) = (name.ns().to_owned(), type_label(name));
    let labels = labels(drafting, &ns, &owner, &parts);
    for part in parts {
        let Some(label) = labels.get(&part.item) else { continue };
        drafting.part_names.insert(part.item, Identity::new(&ns, format!("type {label}")));
        let variants =
            matches!(drafting.slots[part.item.0].as_ref().map(|draft| &draft.kind), Some(ItemKind::Choice(_)));
        let taken: &[&str] = if variants { &["Self"] } else { &[] };
        let idents = assign(drafting, &ns, label, taken, part.members, &labels);
        if let Some(draft) = &mut drafting.slots[part.item.0] {
            put(&mut draft.kind, idents);
        }
    }
    assign(drafting, &ns, &owner, taken, members, &labels)
}

/// Gives fields or variants their names.
pub(super) fn put(kind: &mut ItemKind, idents: Vec<String>) {
    match kind {
        ItemKind::Record(record) => {
            record.fields.iter_mut().zip(idents).for_each(|(field, ident)| field.ident = ident);
        }
        ItemKind::Choice(choice) => {
            choice.variants.iter_mut().zip(idents).for_each(|(variant, ident)| variant.ident = ident);
        }
        ItemKind::Open(_) | ItemKind::Enumeration(_) | ItemKind::Coded(_) => {}
    }
}

fn assign(
    drafting: &mut Drafting<'_>,
    ns: &str,
    owner: &str,
    taken: &[&str],
    members: Vec<Member>,
    labels: &BTreeMap<ItemId, String>,
) -> Vec<String> {
    let prefix = format!("member {owner} ");
    let wanted: Vec<Wanted> = members
        .into_iter()
        .map(|member| {
            let leaf = match &member.leaf {
                Leaf::Wire(leaf) => leaf.as_str(),
                Leaf::Part(item) => {
                    labels.get(item).and_then(|label| label.find('#').map(|at| &label[at..])).unwrap_or("#")
                }
            };
            let identity = drafting.ledger.identity(ns, || format!("{prefix}{leaf}"));
            Wanted { preferred: member.preferred, order: member.order, identity, chosen: member.chosen }
        })
        .collect();
    let scope = drafting.ledger.scope(ns, &prefix);
    drafting.ledger.assign(wanted, taken, &scope)
}

/// What the record calls each part: `Order#Choice`, and `Order#Choice.2` for the next.
fn labels(drafting: &Drafting<'_>, ns: &str, owner: &str, parts: &[Part]) -> BTreeMap<ItemId, String> {
    let mut labels = BTreeMap::new();
    if parts.is_empty() {
        return labels;
    }
    let known = recorded(drafting, ns, owner);
    let contents = contents(parts);
    // The best matches first; of equal ones those that also end alike, then in document order.
    let mut matches: Vec<_> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        for (label, leaves) in known.iter().filter(|(label, _)| kind(suffix(label)) == kind(&part.suffix)) {
            let same = contents[at].intersection(leaves).count();
            // There is one mixed content; and text and wildcards have no names to be known by.
            let plain = contents[at].is_empty() && leaves.is_empty();
            if same > 0 || plain || part.suffix == "Content" {
                matches.push((std::cmp::Reverse(same), suffix(label) != part.suffix, at, label));
            }
        }
    }
    matches.sort();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (_, _, at, label) in matches {
        if !labels.contains_key(&parts[at].item) && used.insert(label) {
            labels.insert(parts[at].item, label.clone());
        }
    }
    let mut all: BTreeSet<String> = known.keys().cloned().collect();
    for part in parts {
        labels.entry(part.item).or_insert_with(|| {
            let plain = format!("{owner}#{}", part.suffix);
            let numbered = (2..).map(|number| format!("{plain}.{number}"));
            let label =
                std::iter::once(plain.clone()).chain(numbered).find(|label| !all.contains(label)).unwrap_or(plain);
            all.insert(label.clone());
            label
        });
    }
    labels
}

/// The parts of a type that are on record, with the elements in them.
fn recorded(drafting: &Drafting<'_>, ns: &str, owner: &str) -> BTreeMap<String, BTreeSet<String>> {
    let prefix = format!("{owner}#");
    let parts = drafting.ledger.on_record(ns, &format!("type {prefix}"));
    let label = |key: &str| key["type ".len()..].to_owned();
    let mut direct: BTreeMap<String, Vec<String>> = parts.iter().map(|(key, _)| (label(key), Vec::new())).collect();
    for (key, _) in drafting.ledger.on_record(ns, &format!("member {prefix}")) {
        if let Some((label, leaf)) = key["member ".len()..].split_once(' ') {
            direct.entry(label.to_owned()).or_default().push(leaf.to_owned());
        }
    }
    let mut all = BTreeMap::new();
    for label in direct.keys() {
        // What is nested counts as well; a damaged record may be nested in a circle.
        let (mut leaves, mut seen, mut todo) = (BTreeSet::new(), BTreeSet::new(), vec![label.clone()]);
        while let Some(label) = todo.pop() {
            if !seen.insert(label.clone()) {
                continue;
            }
            for leaf in direct.get(&label).into_iter().flatten() {
                match leaf.strip_prefix('#') {
                    Some(part) => todo.push(format!("{prefix}{part}")),
                    None => {
                        leaves.insert(leaf.clone());
                    }
                }
            }
        }
        all.insert(label.clone(), leaves);
    }
    all
}

/// The elements in each part, nested ones included.
fn contents(parts: &[Part]) -> Vec<BTreeSet<String>> {
    let mut contents: Vec<BTreeSet<String>> = Vec::with_capacity(parts.len());
    for part in parts {
        let mut leaves = BTreeSet::new();
        for member in &part.members {
            match &member.leaf {
                Leaf::Wire(leaf) => {
                    leaves.insert(leaf.clone());
                }
                Leaf::Part(item) => {
                    let inner = parts.iter().take(contents.len()).position(|part| part.item == *item);
                    leaves.extend(inner.iter().flat_map(|at| contents[*at].iter().cloned()));
                }
            }
        }
        leaves.retain(|leaf| !leaf.starts_with('#'));
        contents.push(leaves);
    }
    contents
}

/// The suffix in a label.
fn suffix(label: &str) -> &str {
    let suffix = label.split_once('#').map_or(label, |(_, suffix)| suffix);
    suffix.split_once('.').map_or(suffix, |(suffix, _)| suffix)
}

/// What a part is, by its suffix: groups in choices are called after their first member.
fn kind(suffix: &str) -> &str {
    if suffix.ends_with("Group") { "Group" } else { suffix }
}
