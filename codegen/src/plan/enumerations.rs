//! Which simple types enumerate values, and how the values are called.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::model::{self, Builtin, Model, Simple, SimpleKind, TypeId, TypeKind};

use super::items::{Drafting, Key};
use super::ledger::{Identity, Wanted};
use super::names::type_label;
use super::{Coded, Enumeration, ItemId, ItemKind, Value, facets, ident};

impl Drafting<'_> {
    /// The simple type up the chain of restrictions that enumerates values.
    pub(super) fn enumeration_of(&self, id: TypeId) -> Option<TypeId> {
        of(self.model, id)
    }

    /// The values a simple type enumerates: its own, or for a union all its members' where each enumerates.
    pub(super) fn values<'s>(&self, simple: &'s Simple) -> Cow<'s, [model::EnumValue]> {
        values(self.model, simple)
    }

    /// Whether an item is an enumeration of integer codes.
    pub(super) fn is_coded(&self, item: ItemId) -> bool {
        let Some(Key::Type(id)) = self.key_of(item) else { return false };
        matches!(&self.model[id].kind, TypeKind::Simple(simple) if self.codes(id, simple).is_some())
    }

    /// The integer codes of an enumeration, if that is what its values are.
    pub(super) fn codes(&self, id: TypeId, simple: &Simple) -> Option<Vec<i64>> {
        match self.model.builtin_of(id) {
            Some(builtin) if builtin.is_integer() => {
                self.values(simple).iter().map(|value| value.wire.trim().parse().ok()).collect()
            }
            _ => None,
        }
    }

    pub(super) fn enumeration(&mut self, id: TypeId, simple: &Simple) -> ItemKind {
        let values = self.values(simple);
        let codes = self.codes(id, simple);
        let (ns, owner) = (self.model[id].name.ns().to_owned(), type_label(&self.model[id].name));
        let prefix = format!("value {owner} ");
        let wanted: Vec<Wanted> = values
            .iter()
            .map(|value| Wanted {
                preferred: value.name.as_deref().map_or_else(|| ident::variant(&value.wire), ident::upper_camel),
                order: value.wire.clone().into(),
                identity: self.ledger.identity(&ns, || format!("{prefix}{}", value.wire)),
                chosen: value.name.is_some(),
            })
            .collect();
        let closed = simple.closed;
        // The variant for all other values is ours, and keeps its name too when the vendor adds a value called the same.
        let other = format!("unknown {owner}");
        let mut scope = self.ledger.scope(&ns, &prefix);
        let unknown = self.ledger.recorded(&ns, &other).map(str::to_owned);
        scope.extend(unknown.clone());
        let idents = self.ledger.assign(wanted, &["Self"], &scope);
        let unknown = (!closed).then(|| {
            unknown.filter(|name| !idents.contains(name)).unwrap_or_else(|| spare_variant("Unknown", &idents))
        });
        if let Some(unknown) = &unknown {
            self.ledger.keep(Identity::new(ns, other), unknown);
        }
        match codes {
            Some(codes) => ItemKind::Coded(Coded {
                long: !self.model.builtin_of(id).is_some_and(is_within_int),
                errors: self.errors(id, &codes, &idents),
                values: idents
                    .into_iter()
                    .zip(values.iter())
                    .zip(codes)
                    .map(|((ident, value), wire)| Value { ident, docs: value.docs.0.clone(), wire })
                    .collect(),
                unknown,
            }),
            None => {
                let mut seen = BTreeSet::new();
                let of = self.model.builtin_of(id).filter(|builtin| has_spellings(*builtin));
                ItemKind::Enumeration(Enumeration {
                    of: of.and_then(facets::name_of),
                    values: idents
                        .into_iter()
                        .zip(values.iter())
                        .filter(|(_, value)| seen.insert(value.wire.clone()))
                        .map(|(ident, value)| Value { ident, docs: value.docs.0.clone(), wire: value.wire.clone() })
                        .collect(),
                    kinds: Vec::new(),
                    text: false,
                    unknown,
                })
            }
        }
    }

    /// Variants of an error table that may be retried, and those that say nothing was done.
    pub(super) fn errors(&self, id: TypeId, codes: &[i64], idents: &[String]) -> Option<(Vec<String>, Vec<String>)> {
        let table = self.model.error_tables.iter().find(|table| table.ty == id)?;
        let pick = |wanted: fn(&model::ErrorCode) -> bool| {
            codes
                .iter()
                .zip(idents)
                .filter(|(code, _)| table.codes.iter().any(|known| known.code == **code && wanted(known)))
                .map(|(_, ident)| ident.clone())
                .collect()
        };
        Some((pick(|code| code.retry), pick(|code| code.not_executed)))
    }
}

/// Whether every value of an integer type is an `xs:int`.
fn is_within_int(builtin: Builtin) -> bool {
    matches!(builtin, Builtin::Int | Builtin::Short | Builtin::Byte | Builtin::UnsignedShort | Builtin::UnsignedByte)
}

/// The simple type up the chain of restrictions that enumerates values.
pub(super) fn of(model: &Model, mut id: TypeId) -> Option<TypeId> {
    loop {
        let TypeKind::Simple(simple) = &model[id].kind else { return None };
        if has_values(model, simple) {
            return Some(id);
        }
        match simple.kind {
            SimpleKind::Restriction(base) => id = base,
            _ => return None,
        }
    }
}

/// Whether a simple type enumerates [`values`]: asked for each member, so without making them.
fn has_values(model: &Model, simple: &Simple) -> bool {
    match &simple.kind {
        SimpleKind::Union(members) if simple.values.is_empty() => {
            let simple = |member: &TypeId| matches!(model[*member].kind, TypeKind::Simple(_));
            members.iter().all(|member| !simple(member) || of(model, *member).is_some()) && members.iter().any(simple)
        }
        _ => !values(model, simple).is_empty(),
    }
}

/// The values a simple type enumerates: its own, or for a union all its members' where each enumerates.
fn values<'s>(model: &Model, simple: &'s Simple) -> Cow<'s, [model::EnumValue]> {
    if let SimpleKind::List(_) = simple.kind {
        return Cow::default();
    }
    if !simple.values.is_empty() {
        // A list restricted to whole lists of values stays a list, and names stay names, whose prefixes are a document's own.
        return if is_list(model, &simple.kind) || are_names(model, simple) {
            Cow::default()
        } else {
            Cow::Borrowed(&simple.values)
        };
    }
    let SimpleKind::Union(members) = &simple.kind else { return Cow::default() };
    let mut all: Vec<model::EnumValue> = Vec::new();
    for member in members {
        let found = match &model[*member].kind {
            TypeKind::Simple(_) => match of(model, *member) {
                Some(id) => match &model[id].kind {
                    TypeKind::Simple(simple) => values(model, simple),
                    TypeKind::Complex(_) => Cow::default(),
                },
                // Numbers or free text beside the values: the values are not all there is.
                None => return Cow::default(),
            },
            TypeKind::Complex(_) => Cow::default(),
        };
        for value in found.iter() {
            if !all.iter().any(|known| known.wire == value.wire) {
                all.push(value.clone());
            }
        }
    }
    Cow::Owned(all)
}

/// Whether the values are qualified names with prefixes.
fn are_names(model: &Model, simple: &Simple) -> bool {
    let SimpleKind::Restriction(base) = simple.kind else { return false };
    matches!(model.builtin_of(base), Some(Builtin::QName | Builtin::Notation))
        && simple.values.iter().any(|value| value.wire.contains(':'))
}

/// Whether values of a type are lists.
pub(super) fn is_list(model: &Model, kind: &SimpleKind) -> bool {
    match kind {
        SimpleKind::List(_) => true,
        SimpleKind::Restriction(base) => match &model[*base].kind {
            TypeKind::Simple(simple) => is_list(model, &simple.kind),
            TypeKind::Complex(_) => false,
        },
        SimpleKind::Builtin(builtin) => {
            matches!(builtin, Builtin::NmTokens | Builtin::IdRefs | Builtin::Entities)
        }
        SimpleKind::Union(_) => false,
    }
}

/// Whether one value of the type has several texts.
fn has_spellings(builtin: Builtin) -> bool {
    builtin.is_integer()
        || matches!(
            builtin,
            Builtin::Boolean
                | Builtin::Decimal
                | Builtin::Float
                | Builtin::Double
                | Builtin::Duration
                | Builtin::DateTime
                | Builtin::Date
                | Builtin::Time
                | Builtin::GYear
                | Builtin::GYearMonth
                | Builtin::GMonth
                | Builtin::GMonthDay
                | Builtin::GDay
                | Builtin::Base64Binary
                | Builtin::HexBinary
        )
}

/// This name, unless the vendor has a value of that name.
pub(super) fn spare_variant(name: &str, idents: &[String]) -> String {
    let mut name = name.to_owned();
    while idents.contains(&name) {
        name.insert_str(0, "Other");
    }
    name
}
