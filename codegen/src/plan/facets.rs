//! What a contract says about values beyond their Rust types, as data beside the shapes: for validation on request, and for
//! the value of an empty element.
//!
//! Each named simple type that says anything has a table, which its members share.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Builtin, Model, Occurs, Simple, SimpleKind, TypeId, TypeKind};
use crate::pattern;

use super::{ItemKind, Plan, enumerations, ident};

/// A facet of the runtime, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facet {
    /// `Is`
    Is(&'static str),
    /// Lengths and digits.
    Number(&'static str, u64),
    /// Bounds, defaults and fixed values.
    Text(&'static str, String),
    /// Patterns and values.
    Texts(&'static str, Vec<String>),
    /// `Items`
    Items(Vec<Facet>),
    /// `OneOf`
    OneOf(Vec<Vec<Facet>>),
    /// `Of`: a table of [`Plan::facets`].
    Of(usize),
    /// `Occurs`
    Occurs(u32, Option<u32>),
}

/// The facets of a named simple type.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The constant.
    pub ident: String,
    /// What it holds.
    pub facets: Vec<Facet>,
    /// Something in the plan refers to it.
    pub used: bool,
    /// The name it would like, and what tells it from others that would like the same.
    wanted: (String, String),
}

/// The tables so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables {
    /// Only what reading needs.
    reduced: bool,
    list: Vec<Table>,
    by_type: BTreeMap<(TypeId, Carrier), Option<usize>>,
}

/// What carries a value in Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Carrier {
    /// A type of its own, which lets nothing else in.
    Typed,
    /// Text, as in unions.
    Text,
}

impl Tables {
    pub(super) fn new(enabled: bool) -> Self {
        Self { reduced: !enabled, ..Self::default() }
    }

    /// The facets of a member's values.
    pub(super) fn of_member(
        &mut self,
        model: &Model,
        ty: TypeId,
        default: Option<&str>,
        fixed: Option<&str>,
    ) -> Vec<Facet> {
        let mut facets = Vec::new();
        let Some(text) = text_of(model, ty) else { return facets };
        // A complex type's text has its facets where the text is.
        if text == ty {
            facets = self.of_type(model, ty, Carrier::Typed);
        }
        let builtin = model.builtin_of(text);
        // The prefix of such a value is one of the schema's.
        if holds_names(model, text) {
            return facets;
        }
        if let Some(fixed) = fixed {
            if !self.reduced && !facets.iter().any(|facet| matches!(facet, Facet::Is(_))) {
                facets.extend(builtin.and_then(name_of).map(Facet::Is));
            }
            if !self.reduced && facets.is_empty() {
                facets.extend(self.members_of(model, text).map(Facet::OneOf));
            }
            facets.push(Facet::Text("Fixed", fixed.to_owned()));
        } else if let Some(default) = default {
            facets.push(Facet::Text("Default", default.to_owned()));
        }
        facets
    }

    /// What the members of a union say, where the union itself takes any text.
    fn members_of(&mut self, model: &Model, ty: TypeId) -> Option<Vec<Vec<Facet>>> {
        let TypeKind::Simple(Simple { kind: SimpleKind::Union(members), .. }) = &model[ty].kind else { return None };
        Some(members.iter().map(|member| self.of_type(model, *member, Carrier::Text)).collect())
    }

    /// How often something occurs, where a `Vec` does not say it.
    pub(super) fn of_occurs(&self, occurs: Occurs) -> Option<Facet> {
        let said = occurs.max == Some(1) || (occurs.min <= 1 && occurs.max.is_none());
        (!said && !self.reduced).then_some(Facet::Occurs(occurs.min, occurs.max))
    }

    /// A length that is none of a type's.
    pub(super) fn of_length(&self, max: Option<u32>) -> Vec<Facet> {
        let max = max.filter(|_| !self.reduced);
        max.map(|max| Facet::Number("MaxLength", u64::from(max))).into_iter().collect()
    }

    /// The facets of a simple type: a reference to its table, or what an anonymous one says.
    fn of_type(&mut self, model: &Model, ty: TypeId, carrier: Carrier) -> Vec<Facet> {
        if self.reduced {
            return Vec::new();
        }
        let Some(name) = model[ty].name.given() else { return self.steps(model, ty, carrier) };
        let TypeKind::Simple(Simple { kind, .. }) = &model[ty].kind else { return Vec::new() };
        if matches!(kind, SimpleKind::Builtin(_)) {
            return self.steps(model, ty, carrier);
        }
        let table = match self.by_type.get(&(ty, carrier)) {
            Some(table) => *table,
            None => {
                let facets = self.steps(model, ty, carrier);
                let table = self.table(model, ty, carrier, &name.to_string(), &name.local, facets);
                self.by_type.insert((ty, carrier), table);
                table
            }
        };
        table.map(Facet::Of).into_iter().collect()
    }

    /// A table for these facets, where there is none that says the same.
    fn table(
        &mut self,
        model: &Model,
        ty: TypeId,
        carrier: Carrier,
        name: &str,
        local: &str,
        facets: Vec<Facet>,
    ) -> Option<usize> {
        match facets.as_slice() {
            [] => return None,
            [Facet::Of(other)] => return Some(*other),
            _ => {}
        }
        let mut wanted = (ident::shouty(local), name.to_owned());
        if carrier == Carrier::Text {
            if let [Facet::Of(typed)] = self.of_type(model, ty, Carrier::Typed).as_slice()
                && self.list[*typed].facets == facets
            {
                return Some(*typed);
            }
            wanted = (ident::shouty(&format!("{local} text")), format!("{name} text"));
        }
        self.list.push(Table { facets, wanted, ..Table::default() });
        Some(self.list.len() - 1)
    }

    /// What a simple type says, from its base on.
    fn steps(&mut self, model: &Model, ty: TypeId, carrier: Carrier) -> Vec<Facet> {
        let TypeKind::Simple(simple) = &model[ty].kind else { return Vec::new() };
        // An enumeration tells its values itself.
        if carrier == Carrier::Typed && enumerations::of(model, ty) == Some(ty) {
            return Vec::new();
        }
        let mut facets = match &simple.kind {
            SimpleKind::Builtin(builtin) => return lexical(*builtin, carrier),
            SimpleKind::Restriction(base) => self.of_type(model, *base, carrier),
            SimpleKind::List(item) => {
                // Codes are plain numbers in a list.
                let coded = enumerations::of(model, *item).is_some()
                    && model.builtin_of(*item).is_some_and(Builtin::is_integer);
                let mut inner = self.of_type(model, *item, if coded { Carrier::Text } else { Carrier::Typed });
                if inner.is_empty() {
                    // What the items are decides which lists are one value.
                    let builtin = model.builtin_of(*item).filter(|builtin| !is_text(*builtin));
                    inner.extend(builtin.and_then(name_of).map(Facet::Is));
                }
                vec![Facet::Items(inner)]
            }
            SimpleKind::Union(members) => {
                let members: Vec<Vec<Facet>> =
                    members.iter().map(|member| self.of_type(model, *member, Carrier::Text)).collect();
                // Where one member takes any text, the union does.
                if members.iter().any(Vec::is_empty) { Vec::new() } else { vec![Facet::OneOf(members)] }
            }
        };
        self.own(model, ty, simple, carrier, &mut facets);
        facets
    }

    /// What one step of restriction adds.
    fn own(&self, model: &Model, ty: TypeId, simple: &Simple, carrier: Carrier, out: &mut Vec<Facet>) {
        let facets = &simple.facets;
        let builtin = model.builtin_of(ty);
        if matches!(builtin, Some(Builtin::QName | Builtin::Notation)) {
            // Their text begins with a prefix, which says nothing.
            return;
        }
        let mut own = Vec::new();
        for (name, value) in [
            ("Length", facets.length),
            ("MinLength", facets.min_length),
            ("MaxLength", facets.max_length),
            ("TotalDigits", facets.total_digits),
            ("FractionDigits", facets.fraction_digits),
        ] {
            own.extend(value.map(|value| Facet::Number(name, value)));
        }
        for (name, value) in [
            ("MinInclusive", &facets.min_inclusive),
            ("MaxInclusive", &facets.max_inclusive),
            ("MinExclusive", &facets.min_exclusive),
            ("MaxExclusive", &facets.max_exclusive),
        ] {
            own.extend(value.as_ref().map(|value| Facet::Text(name, value.trim().to_owned())));
        }
        // A pattern that cannot be run lets everything in, and so do its alternatives; the front end has told that.
        let patterns: Result<Vec<String>, String> =
            facets.patterns.iter().map(|text| pattern::translate(text)).collect();
        if let Ok(patterns) = patterns
            && !patterns.is_empty()
        {
            own.push(Facet::Texts("Pattern", patterns));
        }
        let listed = carrier == Carrier::Typed && enumerations::of(model, ty) == Some(ty);
        if !simple.values.is_empty() && !listed {
            own.push(Facet::Texts("Values", simple.values.iter().map(|value| value.wire.to_string()).collect()));
        }
        let matters = own.iter().any(|facet| !matches!(facet, Facet::Texts("Pattern", _)));
        let known = out.iter().any(|facet| matches!(facet, Facet::Is(_)));
        if matters && !known {
            out.extend(builtin.filter(|builtin| !is_text(*builtin)).and_then(name_of).map(Facet::Is));
        }
        out.append(&mut own);
    }
}

/// Names the tables, and drops what nothing refers to.
pub(super) fn finish(tables: Tables, plan: &mut Plan) {
    let mut list = tables.list;
    let wanted: Vec<(String, String)> = list.iter().map(|table| table.wanted.clone()).collect();
    for (table, ident) in list.iter_mut().zip(ident::assign(&wanted, &[])) {
        table.ident = ident;
    }
    let mut todo = Vec::new();
    for item in &plan.items {
        match &item.kind {
            ItemKind::Record(record) => {
                record
                    .fields
                    .iter()
                    .for_each(|field| field.member.each_facets(&mut |facets| refers(facets, &mut todo)));
            }
            ItemKind::Choice(choice) => {
                choice.variants.iter().for_each(|one| one.member.each_facets(&mut |facets| refers(facets, &mut todo)));
            }
            ItemKind::Open(open) => {
                let members = open.alternatives.iter().map(|one| &one.member);
                members.for_each(|member| member.each_facets(&mut |facets| refers(facets, &mut todo)));
            }
            ItemKind::Enumeration(_) | ItemKind::Coded(_) => {}
        }
    }
    plan.elements.iter().for_each(|element| refers(&element.facets, &mut todo));
    let mut used = BTreeSet::new();
    while let Some(table) = todo.pop() {
        if used.insert(table) {
            refers(&list[table].facets, &mut todo);
            list[table].used = true;
        }
    }
    plan.facets = list;
}

fn refers(facets: &[Facet], out: &mut Vec<usize>) {
    for facet in facets {
        match facet {
            Facet::Of(table) => out.push(*table),
            Facet::Items(inner) => refers(inner, out),
            Facet::OneOf(members) => members.iter().for_each(|member| refers(member, out)),
            _ => {}
        }
    }
}

/// The simple type of a type's text.
pub(super) fn text_of(model: &Model, ty: TypeId) -> Option<TypeId> {
    use crate::model::Content;
    match &model[ty].kind {
        TypeKind::Simple(_) => Some(ty),
        TypeKind::Complex(complex) => match complex.content {
            Content::Text(text) => Some(text),
            Content::Empty | Content::Particles(_) => None,
        },
    }
}

/// What a built-in type says beyond its carrier.
fn lexical(builtin: Builtin, carrier: Carrier) -> Vec<Facet> {
    let items = |name| vec![Facet::Items(vec![Facet::Is(name)]), Facet::Number("MinLength", 1)];
    match builtin {
        Builtin::NmTokens => items("NmToken"),
        Builtin::IdRefs | Builtin::Entities => items("NCName"),
        Builtin::Language
        | Builtin::Name
        | Builtin::NCName
        | Builtin::NmToken
        | Builtin::Id
        | Builtin::IdRef
        | Builtin::Entity
        | Builtin::NonPositiveInteger
        | Builtin::NegativeInteger
        | Builtin::NonNegativeInteger
        | Builtin::PositiveInteger => name_of(builtin).map(Facet::Is).into_iter().collect(),
        _ if carrier == Carrier::Text && !is_text(builtin) => name_of(builtin).map(Facet::Is).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Whether the value is its text: there is nothing to say about how it counts and compares.
fn is_text(builtin: Builtin) -> bool {
    matches!(
        builtin,
        Builtin::AnyType
            | Builtin::AnySimpleType
            | Builtin::Xml
            | Builtin::String
            | Builtin::NormalizedString
            | Builtin::Token
            | Builtin::AnyUri
            | Builtin::Guid
    )
}

/// The runtime's name of a built-in type.
pub(super) fn name_of(builtin: Builtin) -> Option<&'static str> {
    Some(match builtin {
        Builtin::Language => "Language",
        Builtin::Name => "Name",
        Builtin::NCName | Builtin::Id | Builtin::IdRef | Builtin::Entity => "NCName",
        Builtin::NmToken => "NmToken",
        Builtin::QName | Builtin::Notation => "QName",
        Builtin::Boolean => "Boolean",
        Builtin::Decimal => "Decimal",
        Builtin::Integer => "Integer",
        Builtin::NonPositiveInteger => "NonPositiveInteger",
        Builtin::NegativeInteger => "NegativeInteger",
        Builtin::NonNegativeInteger => "NonNegativeInteger",
        Builtin::PositiveInteger => "PositiveInteger",
        Builtin::Long => "Long",
        Builtin::Int => "Int",
        Builtin::Short => "Short",
        Builtin::Byte => "Byte",
        Builtin::UnsignedLong => "UnsignedLong",
        Builtin::UnsignedInt => "UnsignedInt",
        Builtin::UnsignedShort => "UnsignedShort",
        Builtin::UnsignedByte => "UnsignedByte",
        Builtin::Float => "Float",
        Builtin::Double => "Double",
        Builtin::Duration => "Duration",
        Builtin::DateTime => "DateTime",
        Builtin::Date => "Date",
        Builtin::Time => "Time",
        Builtin::GYear => "GYear",
        Builtin::GYearMonth => "GYearMonth",
        Builtin::GMonth => "GMonth",
        Builtin::GMonthDay => "GMonthDay",
        Builtin::GDay => "GDay",
        Builtin::Base64Binary => "Base64Binary",
        Builtin::HexBinary => "HexBinary",
        Builtin::AnyType
        | Builtin::AnySimpleType
        | Builtin::Xml
        | Builtin::Attachment
        | Builtin::String
        | Builtin::NormalizedString
        | Builtin::Token
        | Builtin::AnyUri
        | Builtin::Guid
        | Builtin::NmTokens
        | Builtin::IdRefs
        | Builtin::Entities => return None,
    })
}

/// Whether values of a simple type are names with prefixes, or lists of them.
fn holds_names(model: &Model, mut ty: TypeId) -> bool {
    loop {
        let TypeKind::Simple(simple) = &model[ty].kind else { return false };
        match &simple.kind {
            SimpleKind::Builtin(builtin) => return matches!(builtin, Builtin::QName | Builtin::Notation),
            SimpleKind::Restriction(base) | SimpleKind::List(base) => ty = *base,
            SimpleKind::Union(_) => return false,
        }
    }
}
