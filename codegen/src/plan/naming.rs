//! Names for everything that was drafted, all at once, and its order: both depend on names alone, not on declarations.

use std::collections::BTreeMap;

use crate::model::{Model, TypeId};

use super::facets::Tables;
use super::items::{Drafts, Key};
use super::modules::Modules;
use super::{Item, ItemId, ItemKind, Member, Place, Plan, PlanOptions, RustType, ident};

/// Names everything, sorts it, and makes the plan.
pub(super) fn finish(model: &Model, drafts: Drafts, options: &PlanOptions) -> Plan {
    let Drafts { items, modules, by_key, tables } = drafts;
    let mut plan = Plan {
        docs: model.docs.0.clone(),
        modules: modules.modules.clone(),
        namespaces: modules.namespaces.clone(),
        derives: options.derives.clone(),
        ..Plan::default()
    };
    let mut idents = vec![String::new(); items.len()];
    let mut shapes = vec![String::new(); items.len()];
    for module in 0..plan.modules.len() {
        let members: Vec<usize> = (0..items.len()).filter(|index| items[*index].module.0 == module).collect();
        let wanted: Vec<_> =
            members.iter().map(|index| (items[*index].preferred.clone(), items[*index].key.clone())).collect();
        let names = ident::assign(&wanted, &["Self"]);
        let statics: Vec<_> = names.iter().map(|name| (ident::shouty(name), name.clone())).collect();
        let taken: Vec<&str> = plan.namespaces.iter().map(|namespace| namespace.ident.as_str()).collect();
        for ((index, name), shape) in members.into_iter().zip(names).zip(ident::assign(&statics, &taken)) {
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
    plan.items = order
        .iter()
        .map(|index| {
            let draft = &items[*index];
            let mut kind = draft.kind.clone();
            renumber(&mut kind, &place);
            Item {
                module: draft.module,
                ident: idents[*index].clone(),
                shape: shapes[*index].clone(),
                docs: draft.docs.clone(),
                wire: draft.wire.clone(),
                kind,
            }
        })
        .collect();
    plan.sources = Sources {
        modules,
        tables,
        by_type: by_key
            .into_iter()
            .filter_map(|(key, item)| match key {
                Key::Type(id) => Some((id, place[item.0])),
                _ => None,
            })
            .collect(),
    };
    plan
}

/// What the service part of the plan needs to know of the types part.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    pub(super) modules: Modules,
    pub(super) tables: Tables,
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
        | RustType::List(inner)
        | RustType::Secret(inner) => renumber_type(inner, place),
        RustType::Primitive(_) | RustType::String | RustType::Runtime(_) | RustType::Extern(_) | RustType::Unit => {}
    }
}
