//! Names for everything that was drafted, all at once, and its order: both depend on names alone, not on declarations.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ElementId, Model, TypeId};

use super::alternatives::blocked;
use super::carriers::{Blocks, Carriers};
use super::facets::Tables;
use super::items::{Draft, Drafts, Key};
use super::ledger::{Identity, Ledger, Wanted};
use super::modules::Modules;
use super::names::type_label;
use super::open::{Marker, Subject};
use super::{Item, ItemId, ItemKind, Member, Place, Plan, PlanOptions, RustType, ident};

/// Names everything, sorts it, and makes the plan.
pub(super) fn finish(model: &Model, drafts: Drafts, options: &PlanOptions) -> (Plan, Ledger) {
    let Drafts {
        items,
        modules,
        by_key,
        tables,
        parts,
        mut ledger,
        markers,
        mut roots,
        nil_roots,
        root_flags,
        mut bodies,
        mut faults,
        blocks,
    } = drafts;
    let identities = identities(model, &by_key, &parts, &ledger);
    // Clients and their statics stand in the root beside types and shapes: what is on record of one is kept from the other.
    let clients = ledger.everywhere("client ");
    let statics: Vec<String> = ["binding ", "service "].iter().flat_map(|kind| ledger.everywhere(kind)).collect();
    let mut plan = Plan {
        docs: model.docs.0.to_string(),
        modules: modules.modules.clone(),
        namespaces: modules.namespaces.clone(),
        derives: options.derives.clone(),
        ..Plan::default()
    };
    let mut idents = vec![String::new(); items.len()];
    let mut shapes = vec![String::new(); items.len()];
    for module in 0..plan.modules.len() {
        let members: Vec<usize> = (0..items.len()).filter(|index| items[*index].module.0 == module).collect();
        let wanted: Vec<Wanted> = members
            .iter()
            .map(|index| Wanted {
                preferred: items[*index].preferred.clone(),
                order: items[*index].key.clone().into(),
                identity: identities[*index].clone(),
                chosen: false,
            })
            .collect();
        let mut scope = BTreeSet::new();
        for uri in ledger.namespaces().filter(|uri| modules.place(uri, &ledger).is_some_and(|id| id.0 == module)) {
            scope.extend(ledger.scope(uri, "type "));
        }
        let mut taken: Vec<&str> = plan.namespaces.iter().map(|namespace| namespace.ident.as_str()).collect();
        if module == 0 {
            scope.extend(clients.iter().cloned());
            taken.extend(statics.iter().map(String::as_str));
        }
        let names = ledger.assign(wanted, &["Self"], &scope);
        let shapes_wanted: Vec<_> = names.iter().map(|name| (ident::shouty(name), name.clone())).collect();
        for ((index, name), shape) in members.into_iter().zip(names).zip(ident::assign(&shapes_wanted, &taken)) {
            idents[index] = name;
            shapes[index] = shape;
        }
        plan.modules[module].shadowed = SHADOWABLE
            .into_iter()
            .filter(|name| items.iter().zip(&idents).any(|(item, ident)| item.module.0 == module && ident == name))
            .collect();
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|a, b| (items[*a].module, &idents[*a]).cmp(&(items[*b].module, &idents[*b])));
    let mut place = vec![ItemId(0); items.len()];
    for (position, index) in order.iter().enumerate() {
        place[*index] = ItemId(position);
    }
    let mut items: Vec<Option<Draft>> = items.into_iter().map(Some).collect();
    plan.items = order
        .iter()
        .filter_map(|index| {
            let Draft { module, docs, wire, mut kind, .. } = items[*index].take()?;
            renumber(&mut kind, &place);
            let (ident, shape) = (std::mem::take(&mut idents[*index]), std::mem::take(&mut shapes[*index]));
            Some(Item { module, ident, shape, docs, wire, kind })
        })
        .collect();
    plan.markers = name_markers(model, &markers, &mut ledger);
    let carriers = roots.values_mut().chain(bodies.values_mut()).chain(faults.values_mut());
    carriers.for_each(|ty| renumber_type(ty, &place));
    plan.sources = Sources {
        modules,
        tables,
        roots,
        nil_roots,
        root_flags,
        bodies,
        faults,
        blocks,
        by_type: by_key
            .into_iter()
            .filter_map(|(key, item)| match key {
                Key::Type(id) => Some((id, place[item.0])),
                _ => None,
            })
            .collect(),
    };
    (plan, ledger)
}

/// What each drafted type's name stands for.
fn identities(
    model: &Model,
    by_key: &BTreeMap<Key, ItemId>,
    parts: &BTreeMap<ItemId, Identity>,
    ledger: &Ledger,
) -> Vec<Identity> {
    let mut identities = vec![Identity::default(); by_key.len()];
    for (key, item) in by_key {
        identities[item.0] = match key {
            Key::Type(id) => {
                let name = &model[*id].name;
                ledger.identity(name.ns(), || format!("type {}", type_label(name)))
            }
            Key::AnyOf(id, block) => {
                let name = &model[*id].name;
                ledger.identity(name.ns(), || format!("type any:{}{}", type_label(name), blocked(*block)))
            }
            Key::Substitutes(id) => {
                let name = &model[*id].name;
                ledger.identity(&name.ns, || format!("type substitutes:{}", name.local))
            }
            Key::Part { .. } => parts.get(item).cloned().unwrap_or_default(),
        };
    }
    identities
}

/// Names the types that stand for elements. They share a module, whatever the elements' namespaces.
fn name_markers(model: &Model, elements: &[ElementId], ledger: &mut Ledger) -> Vec<Marker> {
    let wanted: Vec<Wanted> = elements
        .iter()
        .map(|id| {
            let name = &model[*id].name;
            Wanted {
                preferred: ident::upper_camel(&name.local),
                order: name.to_string().into(),
                identity: Identity::new(&name.ns, format!("marker {}", name.local)),
                chosen: false,
            }
        })
        .collect();
    let scope = ledger.everywhere("marker ");
    let idents = ledger.assign(wanted, &["Self"], &scope);
    let docs = elements.iter().map(|id| format!("Stands for the element `{}`.", model[*id].name.local));
    idents.into_iter().zip(docs).map(|(ident, docs)| Marker { ident, docs }).collect()
}

/// What the service part of the plan needs to know of the types part.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    pub(super) modules: Modules,
    pub(super) tables: Tables,
    pub(super) roots: BTreeMap<ElementId, RustType>,
    pub(super) nil_roots: BTreeSet<ElementId>,
    pub(super) root_flags: BTreeMap<ElementId, Vec<&'static str>>,
    pub(super) bodies: Carriers,
    pub(super) faults: Carriers,
    pub(super) blocks: Blocks,
    pub(super) by_type: BTreeMap<TypeId, ItemId>,
}

/// Standard names generated code uses without a path as long as no type of the module takes them.
const SHADOWABLE: [&str; 8] = ["Option", "Some", "None", "Vec", "String", "Box", "Result", "Default"];

fn renumber(kind: &mut ItemKind, place: &[ItemId]) {
    let member = |member: &mut Member| {
        if let Place::Inline(item) = &mut member.place {
            *item = place[item.0];
        }
    };
    match kind {
        ItemKind::Record(record) => record.fields.iter_mut().for_each(|field| {
            renumber_type(&mut field.ty, place);
            member(&mut field.member);
        }),
        ItemKind::Choice(choice) => choice.variants.iter_mut().for_each(|variant| {
            renumber_type(&mut variant.ty, place);
            member(&mut variant.member);
        }),
        ItemKind::Open(open) => {
            let subject = |subject: &mut Subject| {
                if let Subject::Type(item) = subject {
                    *item = place[item.0];
                }
            };
            subject(&mut open.base);
            for alternative in &mut open.alternatives {
                subject(&mut alternative.subject);
                renumber_type(&mut alternative.ty, place);
            }
        }
        ItemKind::Enumeration(_) | ItemKind::Coded(_) => {}
    }
}

fn renumber_type(ty: &mut RustType, place: &[ItemId]) {
    match ty {
        RustType::Item(item) => *item = place[item.0],
        RustType::Option(inner)
        | RustType::Vec(inner)
        | RustType::Boxed(inner)
        | RustType::Nillable(inner)
        | RustType::NilOr(inner)
        | RustType::List(inner)
        | RustType::Secret(inner)
        | RustType::Spelled(inner) => renumber_type(inner, place),
        RustType::Primitive(_) | RustType::String | RustType::Runtime(_) | RustType::Extern(_) | RustType::Unit => {}
    }
}
