//! What the values of a union can be told to be by their text alone.

use std::collections::BTreeSet;

use super::{Builtin, EnumValue, Facets, Model, SimpleKind, Text, TypeId, TypeKind, WhiteSpace};

/// The kinds of values of a union, its nested unions among them.
///
/// Listed values come first, whatever the order of the contract: nothing says more about a text. Then come the types in the
/// contract's order, then text. Types that cannot be told apart by the text are one.
#[derive(Debug, Clone, Default)]
pub struct Kinds {
    /// Listed values, each once.
    pub values: Vec<EnumValue>,
    /// Types with a lexical space of their own.
    pub types: Vec<Kind>,
    /// Other text is allowed, and this is what blanks mean in it. Qualified names and lists are text here: what a prefix
    /// stands for is not in the text, and any text is a list.
    pub text: Option<WhiteSpace>,
    /// Some of that text may be qualified names, alone or in a list: what its prefixes stand for must not get lost.
    pub names: bool,
    /// Text of any kind: what comes behind it is never reached.
    any: bool,
    /// The values, to be found.
    listed: BTreeSet<Text>,
}

/// One or more types of a union with one carrier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// The type that has all their values.
    pub builtin: Builtin,
    /// What decides whether a text is of this kind or of a later one: in each row all must hold, and of the rows one. Empty
    /// where nothing does.
    pub bounds: Vec<Bounds>,
}

/// Bounds of values, as XSD names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounds {
    /// `minInclusive`
    pub min_inclusive: Option<String>,
    /// `minExclusive`
    pub min_exclusive: Option<String>,
    /// `maxInclusive`
    pub max_inclusive: Option<String>,
    /// `maxExclusive`
    pub max_exclusive: Option<String>,
}

/// What carries the values of a union.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// Text: there is nothing else.
    Text,
    /// Text in which prefixes may stand for something.
    ScopedText,
    /// Listed values, and nothing else.
    Values,
    /// This type has all values.
    One(Builtin),
    /// One of several kinds.
    Several,
}

impl Kind {
    /// What stays the same when a union of one integer type gets another.
    pub fn family(&self) -> Builtin {
        family(self.builtin)
    }
}

impl Kinds {
    /// What carries the values.
    pub fn carrier(&self) -> Carrier {
        match (self.values.is_empty(), self.types.as_slice(), self.text) {
            _ if self.names => Carrier::ScopedText,
            (true, [], _) => Carrier::Text,
            (false, [], None) => Carrier::Values,
            (true, [one], None) => Carrier::One(one.builtin),
            _ => Carrier::Several,
        }
    }

    fn add_text(&mut self, white_space: WhiteSpace) {
        self.text = Some(match self.text {
            None => white_space,
            Some(known) if known == white_space => known,
            Some(_) => WhiteSpace::Preserve,
        });
    }

    fn add_type(&mut self, builtin: Builtin, bounds: Bounds) {
        // Behind text of any kind nothing is reached, and behind all decimal numbers no integer.
        let covers = |kind: &Kind| kind.bounds.is_empty() && rank(kind.builtin) > rank(builtin) && rank(builtin) > 0;
        if self.any || self.types.iter().any(covers) {
            return;
        }
        match self.types.iter_mut().find(|kind| family(kind.builtin) == family(builtin)) {
            Some(kind) if kind.builtin == builtin && (kind.bounds.is_empty() || bounds == Bounds::default()) => {
                kind.bounds.clear();
            }
            Some(kind) => {
                if kind.builtin != builtin {
                    // The rows say the range of the one so far, where they do not say less.
                    if kind.bounds.is_empty() {
                        kind.bounds.push(Bounds::default());
                    }
                    let before = kind.builtin;
                    kind.bounds.iter_mut().for_each(|row| row.within(before));
                    kind.builtin = family(builtin);
                }
                let mut bounds = bounds;
                bounds.within(builtin);
                kind.bounds.push(bounds);
                if kind.bounds.contains(&Bounds::default()) {
                    kind.bounds.clear();
                }
            }
            None => {
                let rows = if bounds == Bounds::default() { Vec::new() } else { vec![bounds] };
                self.types.push(Kind { builtin, bounds: rows });
            }
        }
    }
}

impl Bounds {
    fn add(&mut self, facets: &Facets) {
        // A step restricts what its base allows, so that the first bound met on the way down is the closest.
        let take = |own: &mut Option<String>, facet: &Option<String>| {
            if own.is_none() {
                *own = facet.as_ref().map(|text| text.trim().to_owned());
            }
        };
        take(&mut self.min_inclusive, &facets.min_inclusive);
        take(&mut self.min_exclusive, &facets.min_exclusive);
        take(&mut self.max_inclusive, &facets.max_inclusive);
        take(&mut self.max_exclusive, &facets.max_exclusive);
    }

    /// Adds the range of a built-in type where there is no bound on that side.
    fn within(&mut self, builtin: Builtin) {
        let (low, high) = range(builtin);
        if self.min_inclusive.is_none() && self.min_exclusive.is_none() {
            self.min_inclusive = low.map(str::to_owned);
        }
        if self.max_inclusive.is_none() && self.max_exclusive.is_none() {
            self.max_inclusive = high.map(str::to_owned);
        }
    }
}

impl Model {
    /// The kinds of values of a union. `None` for a type that is none; a restriction of a union is none.
    pub fn kinds(&self, id: TypeId) -> Option<Kinds> {
        let TypeKind::Simple(simple) = &self[id].kind else { return None };
        if !simple.values.is_empty() || !matches!(simple.kind, SimpleKind::Union(_)) {
            return None;
        }
        let mut kinds = Kinds::default();
        self.add_kinds(id, &mut kinds);
        // Bounds say something only where somebody else would take what they refuse.
        if kinds.text.is_none()
            && let Some(last) = kinds.types.last_mut()
        {
            last.bounds.clear();
        }
        Some(kinds)
    }

    fn add_kinds(&self, mut id: TypeId, kinds: &mut Kinds) {
        let mut bounds = Bounds::default();
        let mut white_space = None;
        let mut restricted = false;
        loop {
            let TypeKind::Simple(simple) = &self[id].kind else { return };
            let names = self.builtin_of(id).is_some_and(is_name);
            if !simple.values.is_empty() && !names && !self.is_list(id) {
                let new = simple.values.iter().filter(|value| kinds.listed.insert(value.wire.clone()));
                kinds.values.extend(new.cloned());
                return;
            }
            let facets = &simple.facets;
            bounds.add(facets);
            white_space = white_space.or(facets.white_space);
            restricted |= !facets.patterns.is_empty()
                || facets.length.is_some()
                || facets.min_length.is_some()
                || facets.max_length.is_some();
            match &simple.kind {
                SimpleKind::Restriction(base) => id = *base,
                SimpleKind::List(item) => {
                    kinds.names |= !kinds.any && self.holds_names(*item);
                    return kinds.add_text(WhiteSpace::Collapse);
                }
                SimpleKind::Union(members) => {
                    return members.iter().for_each(|member| self.add_kinds(*member, kinds));
                }
                SimpleKind::Builtin(builtin) => match text(*builtin) {
                    Some(own) => {
                        kinds.names |= !kinds.any && is_name(*builtin);
                        kinds.add_text(white_space.unwrap_or(own));
                        kinds.any |= !restricted && is_any_text(*builtin);
                        return;
                    }
                    None => {
                        if is_unbounded_on_one_side(*builtin) {
                            bounds.within(*builtin);
                        }
                        return kinds.add_type(*builtin, bounds);
                    }
                },
            }
        }
    }

    /// Whether values of a simple type may be qualified names.
    pub fn holds_names(&self, mut id: TypeId) -> bool {
        loop {
            let TypeKind::Simple(simple) = &self[id].kind else { return false };
            match &simple.kind {
                SimpleKind::Restriction(base) | SimpleKind::List(base) => id = *base,
                SimpleKind::Builtin(builtin) => return is_name(*builtin),
                SimpleKind::Union(_) => return self.kinds(id).is_some_and(|kinds| kinds.names),
            }
        }
    }

    /// Whether values of a simple type are lists.
    fn is_list(&self, mut id: TypeId) -> bool {
        loop {
            let TypeKind::Simple(simple) = &self[id].kind else { return false };
            match simple.kind {
                SimpleKind::List(_) => return true,
                SimpleKind::Restriction(base) => id = base,
                SimpleKind::Builtin(builtin) => {
                    return matches!(builtin, Builtin::NmTokens | Builtin::IdRefs | Builtin::Entities);
                }
                SimpleKind::Union(_) => return false,
            }
        }
    }
}

/// What blanks mean in a type that is text to unions.
fn text(builtin: Builtin) -> Option<WhiteSpace> {
    match builtin {
        Builtin::AnyType | Builtin::AnySimpleType | Builtin::Xml | Builtin::String | Builtin::Attachment => {
            Some(WhiteSpace::Preserve)
        }
        Builtin::NormalizedString => Some(WhiteSpace::Replace),
        Builtin::Token
        | Builtin::Language
        | Builtin::Name
        | Builtin::NCName
        | Builtin::NmToken
        | Builtin::NmTokens
        | Builtin::Id
        | Builtin::IdRef
        | Builtin::IdRefs
        | Builtin::Entity
        | Builtin::Entities
        | Builtin::AnyUri
        | Builtin::QName
        | Builtin::Notation => Some(WhiteSpace::Collapse),
        _ => None,
    }
}

/// Whether a prefix in the text stands for something.
fn is_name(builtin: Builtin) -> bool {
    matches!(builtin, Builtin::QName | Builtin::Notation)
}

/// Whether every text is a value.
fn is_any_text(builtin: Builtin) -> bool {
    matches!(
        builtin,
        Builtin::AnyType | Builtin::AnySimpleType | Builtin::String | Builtin::NormalizedString | Builtin::Token
    )
}

/// Types of one family are one kind: their texts are alike. The name is that of the type that holds them all.
fn family(builtin: Builtin) -> Builtin {
    match builtin {
        Builtin::Float | Builtin::Double => Builtin::Double,
        other if rank(other) == 1 => Builtin::Integer,
        other => other,
    }
}

/// Of two numeric types, the one with the higher rank takes every text of the other. 0 for what is no number.
fn rank(builtin: Builtin) -> u8 {
    match builtin {
        whole if whole.is_integer() => 1,
        Builtin::Decimal => 2,
        Builtin::Float | Builtin::Double => 3,
        _ => 0,
    }
}

/// Integers of any size on one side of a number: no machine type says so.
fn is_unbounded_on_one_side(builtin: Builtin) -> bool {
    matches!(
        builtin,
        Builtin::NonPositiveInteger | Builtin::NegativeInteger | Builtin::NonNegativeInteger | Builtin::PositiveInteger
    )
}

/// The least and the greatest value of an integer type.
fn range(builtin: Builtin) -> (Option<&'static str>, Option<&'static str>) {
    match builtin {
        Builtin::NonPositiveInteger => (None, Some("0")),
        Builtin::NegativeInteger => (None, Some("-1")),
        Builtin::NonNegativeInteger => (Some("0"), None),
        Builtin::PositiveInteger => (Some("1"), None),
        Builtin::Long => (Some("-9223372036854775808"), Some("9223372036854775807")),
        Builtin::Int => (Some("-2147483648"), Some("2147483647")),
        Builtin::Short => (Some("-32768"), Some("32767")),
        Builtin::Byte => (Some("-128"), Some("127")),
        Builtin::UnsignedLong => (Some("0"), Some("18446744073709551615")),
        Builtin::UnsignedInt => (Some("0"), Some("4294967295")),
        Builtin::UnsignedShort => (Some("0"), Some("65535")),
        Builtin::UnsignedByte => (Some("0"), Some("255")),
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Docs, Name, Origin, QName, Simple, Type};

    /// A model with a union of these: `int`, `string~` (restricted), `int>5`, `=a` (a listed value), `[` (a list).
    fn kinds(members: &[&str]) -> Kinds {
        let mut model = Model::default();
        let mut add = |simple: Simple| {
            let name = Name::Given(QName::new("urn:t", format!("T{}", model.types.len())));
            model.types.push(Type {
                name,
                docs: Docs::default(),
                origin: Origin::default(),
                kind: TypeKind::Simple(simple),
            });
            TypeId(u32::try_from(model.types.len() - 1).unwrap())
        };
        let ids = members
            .iter()
            .map(|member| {
                let base = member.trim_end_matches(|c: char| c == '~' || c == '>' || c.is_ascii_digit());
                let builtin = match base {
                    "string" => Builtin::String,
                    "token" => Builtin::Token,
                    "uri" => Builtin::AnyUri,
                    "qname" => Builtin::QName,
                    "int" => Builtin::Int,
                    "short" => Builtin::Short,
                    "integer" => Builtin::Integer,
                    "positive" => Builtin::PositiveInteger,
                    "negative" => Builtin::NegativeInteger,
                    "decimal" => Builtin::Decimal,
                    "double" => Builtin::Double,
                    "boolean" => Builtin::Boolean,
                    "date" => Builtin::Date,
                    _ => Builtin::String,
                };
                let base = add(Simple::plain(SimpleKind::Builtin(builtin)));
                let mut simple = Simple::plain(SimpleKind::Restriction(base));
                if let Some(value) = member.strip_prefix('=') {
                    let (docs, origin) = (Docs::default(), Origin::default());
                    simple.values.push(EnumValue { wire: value.into(), name: None, docs, origin });
                } else if let Some((_, bound)) = member.split_once('>') {
                    simple.facets.min_exclusive = Some(bound.to_owned());
                } else if member.ends_with('~') {
                    simple.facets.patterns.push("x+".to_owned());
                } else if *member == "[" {
                    simple = Simple::plain(SimpleKind::List(base));
                }
                add(simple)
            })
            .collect();
        let union = add(Simple::plain(SimpleKind::Union(ids)));
        model.kinds(union).unwrap()
    }

    fn types(kinds: &Kinds) -> Vec<(Builtin, usize)> {
        kinds.types.iter().map(|kind| (kind.builtin, kind.bounds.len())).collect()
    }

    #[test]
    fn what_cannot_be_told_apart_is_one() {
        assert_eq!(kinds(&["string~", "string~"]).carrier(), Carrier::Text);
        assert_eq!(kinds(&["uri", "["]).carrier(), Carrier::Text);
        assert_eq!(kinds(&["=a", "=b"]).carrier(), Carrier::Values);
        assert_eq!(kinds(&["int>5", "int"]).carrier(), Carrier::One(Builtin::Int));
        assert_eq!(kinds(&["negative", "positive"]).carrier(), Carrier::One(Builtin::Integer));
        assert_eq!(kinds(&["decimal", "int"]).carrier(), Carrier::One(Builtin::Decimal));
        assert_eq!(kinds(&["string", "int"]).carrier(), Carrier::Text);
    }

    #[test]
    fn names_decide_unless_nothing_reaches_them() {
        assert_eq!(kinds(&["qname", "["]).carrier(), Carrier::ScopedText);
        assert_eq!(kinds(&["=a", "int", "uri", "qname"]).carrier(), Carrier::ScopedText);
        assert_eq!(kinds(&["string", "qname"]).carrier(), Carrier::Text);
    }

    #[test]
    fn kinds_keep_their_order_and_text_comes_last() {
        let found = kinds(&["string~", "int", "=a", "date", "boolean"]);
        assert_eq!(types(&found), [(Builtin::Int, 0), (Builtin::Date, 0), (Builtin::Boolean, 0)]);
        assert_eq!((found.text, found.carrier()), (Some(WhiteSpace::Preserve), Carrier::Several));
        let found = kinds(&["token", "=a", "uri"]);
        assert_eq!((found.text, found.carrier()), (Some(WhiteSpace::Collapse), Carrier::Several));
    }

    #[test]
    fn bounds_are_kept_where_they_decide() {
        assert_eq!(types(&kinds(&["int>5", "=a"])), [(Builtin::Int, 0)]);
        assert_eq!(types(&kinds(&["int>5", "decimal"])), [(Builtin::Int, 1), (Builtin::Decimal, 0)]);
        assert_eq!(types(&kinds(&["positive", "string"])), [(Builtin::PositiveInteger, 1)]);
        let found = kinds(&["positive", "short", "string"]);
        assert_eq!(types(&found), [(Builtin::Integer, 2)]);
        assert_eq!(found.types[0].bounds[1].max_inclusive.as_deref(), Some("32767"));
        assert_eq!(types(&kinds(&["short", "integer", "string"])), [(Builtin::Integer, 0)]);
        assert_eq!(types(&kinds(&["int>5", "int>7", "double"])), [(Builtin::Int, 2), (Builtin::Double, 0)]);
    }
}
