//! What carries the values of unions: one type where all members have it, or an enum with a variant for each listed value and
//! for each kind of type that a text can be told to be of.

use std::collections::HashMap;

use crate::model::{self, Bounds, Kinds, Model, TypeId};

use super::enumerations::spare_variant;
use super::facets::name_of;
use super::items::{Drafting, Key};
use super::ledger::{Identity, Wanted};
use super::names::type_label;
use super::{Enumeration, Facet, ItemId, ItemKind, RustType, UnionKind, Value, ident, scalars};

impl Drafting<'_> {
    /// Whether the type is a union that has an enum of its own, for kinds beside listed values.
    pub(super) fn is_union(&self, id: TypeId) -> bool {
        self.kinds.get(&id).is_some_and(|kinds| kinds.carrier() == model::Carrier::Several)
    }

    /// Whether an item is the enum of a union that has text among its members.
    pub(super) fn is_textual(&self, item: ItemId) -> bool {
        let Some(Key::Type(id)) = self.key_of(item) else { return false };
        self.is_union(id) && self.kinds.get(&id).is_some_and(|kinds| kinds.text.is_some())
    }

    pub(super) fn union(&mut self, id: TypeId) -> ItemKind {
        let kinds = self.kinds.get(&id).cloned().unwrap_or_default();
        let (ns, owner) = (self.model[id].name.ns().to_owned(), type_label(&self.model[id].name));
        let (value, kind) = (format!("value {owner} "), format!("kind {owner} "));
        let mut wanted: Vec<Wanted> = Vec::new();
        for one in &kinds.values {
            wanted.push(Wanted {
                preferred: one.name.as_deref().map_or_else(|| ident::variant(&one.wire), ident::upper_camel),
                // Values have the first choice.
                order: format!("0{}", one.wire).into(),
                identity: Identity::new(&ns, format!("{value}{}", one.wire)),
                chosen: one.name.is_some(),
            });
        }
        for one in &kinds.types {
            let name = name_of(one.builtin).unwrap_or("Guid");
            wanted.push(Wanted {
                preferred: name.to_owned(),
                order: format!("1{name}").into(),
                // The name stays when a union of one integer type gets another.
                identity: Identity::new(&ns, format!("{kind}{:?}", one.family())),
                chosen: false,
            });
        }
        // The variant for all other text is ours, and keeps its name too when the vendor adds a value called the same.
        let other = format!("unknown {owner}");
        let mut scope = self.ledger.scope(&ns, &value);
        scope.extend(self.ledger.scope(&ns, &kind));
        let unknown = self.ledger.recorded(&ns, &other).map(str::to_owned);
        scope.extend(unknown.clone());
        let mut idents = self.ledger.assign(wanted, &["Self"], &scope);
        let spare = if kinds.text.is_some() { "Text" } else { "Unknown" };
        let unknown = unknown.filter(|name| !idents.contains(name)).unwrap_or_else(|| spare_variant(spare, &idents));
        self.ledger.keep(Identity::new(ns, other), &unknown);
        let of_types = idents.split_off(kinds.values.len());
        ItemKind::Enumeration(Enumeration {
            of: None,
            values: idents
                .into_iter()
                .zip(&kinds.values)
                .map(|(ident, one)| Value { ident, docs: one.docs.0.clone(), wire: one.wire.clone() })
                .collect(),
            kinds: of_types
                .into_iter()
                .zip(&kinds.types)
                .map(|(ident, one)| UnionKind {
                    ident,
                    ty: RustType::Spelled(Box::new(scalars::builtin(one.builtin))),
                    bounds: bounds(one),
                })
                .collect(),
            text: kinds.text.is_some(),
            unknown: Some(unknown),
        })
    }

    /// The Rust type of a union's values, where it is none of the union's own.
    pub(super) fn union_carrier(&self, id: TypeId) -> Option<RustType> {
        match self.kinds.get(&id)?.carrier() {
            model::Carrier::Text => Some(RustType::String),
            model::Carrier::ScopedText => Some(RustType::Runtime("ScopedText")),
            model::Carrier::One(builtin) => Some(scalars::builtin(builtin)),
            model::Carrier::Values | model::Carrier::Several => None,
        }
    }
}

/// What the values of each union are: asked for at every member of its type, and so found once.
pub(super) fn kinds(model: &Model) -> HashMap<TypeId, Kinds> {
    model.type_ids().filter_map(|id| Some((id, model.kinds(id)?))).collect()
}

/// The bounds of a kind, for the runtime.
fn bounds(kind: &model::Kind) -> Vec<Facet> {
    let row = |bounds: &Bounds| {
        let named = [
            ("MinInclusive", &bounds.min_inclusive),
            ("MinExclusive", &bounds.min_exclusive),
            ("MaxInclusive", &bounds.max_inclusive),
            ("MaxExclusive", &bounds.max_exclusive),
        ];
        let mut row: Vec<Facet> = name_of(kind.builtin).map(Facet::Is).into_iter().collect();
        row.extend(named.into_iter().filter_map(|(name, text)| Some(Facet::Text(name, text.clone()?))));
        row
    };
    match kind.bounds.as_slice() {
        [] => Vec::new(),
        [one] => row(one),
        several => vec![Facet::OneOf(several.iter().map(row).collect())],
    }
}
