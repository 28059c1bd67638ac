//! Two versions of one type.

use super::blocks::Declared;
use super::compare::{Change, Comparison, Spot};
use super::report::Known;
use super::report::Verdict::{Breaking, Safe};
use super::rules::types as rules;
use super::scalars::{convert, same, space};
use super::structure::content;
use super::{notation, rules::members};
use crate::model::{Complex, Content, Layout, Method, Model, Origin, ParticleKind, TypeId, TypeKind};

impl<'m> Comparison<'m> {
    pub(super) fn compare_types(&mut self, old: TypeId, new: TypeId, spot: &Spot) {
        let (before, after) = (&self.old[old], &self.new[new]);
        let places = (before.origin, after.origin);
        if before.name.given().is_some() == after.name.given().is_some() {
            self.docs(&before.docs, &after.docs, places, spot);
        }
        match (&before.kind, &after.kind) {
            (TypeKind::Simple(a), TypeKind::Simple(b)) => self.simple(old, new, a, b, places, spot),
            (TypeKind::Complex(a), TypeKind::Complex(b)) => {
                let declared = |ty, block, origin| Declared { ty, head: None, block, origin };
                self.blocks(declared(old, a.block, places.0), declared(new, b.block, places.1), spot);
                self.complex(a, b, places, spot);
            }
            (a, _) => {
                let word = |simple: bool| if simple { "simpleType" } else { "complexType" };
                let simple = matches!(a, TypeKind::Simple(_));
                self.find(
                    &rules::TYPE_KIND_CHANGED,
                    spot,
                    Change::both(places.0, places.1, word(simple), word(!simple)),
                );
            }
        }
    }

    fn complex(&mut self, old: &'m Complex, new: &'m Complex, places: (Origin, Origin), spot: &Spot) {
        let change = |before: &str, after: &str| Change::both(places.0, places.1, before, after);
        if old.is_abstract != new.is_abstract {
            let rule = if new.is_abstract { &rules::TYPE_BECAME_ABSTRACT } else { &rules::TYPE_NO_LONGER_ABSTRACT };
            self.find(rule, spot, change("", ""));
        }
        if old.mixed != new.mixed {
            let word = |mixed: bool| if mixed { "mixed" } else { "" };
            self.find(&rules::MIXED_CHANGED, spot, change(word(old.mixed), word(new.mixed)));
        }
        if old.data_contract != new.data_contract {
            let word = |is: bool| if is { "DataContract" } else { "" };
            self.find(&rules::NIL_MEANING_CHANGED, spot, change(word(old.data_contract), word(new.data_contract)));
        }
        if old.ordinal != new.ordinal {
            self.find(&rules::SERIALIZER_ORDER_CHANGED, spot, change("", ""));
        }
        self.soap_array(old, new, places, spot);
        let layout_changed = self.layout(old, new, places, spot);
        let inherited = self.base(old, new, places, spot);
        self.attributes(old, new, inherited, spot);
        if layout_changed {
            return;
        }
        let texts = if inherited { (text_of(self.old, old), text_of(self.new, new)) } else { (None, None) };
        match (&old.content, &new.content) {
            _ if texts.0.is_some() && texts.1.is_some() => {
                if let (Some(a), Some(b)) = texts {
                    self.type_of(a, b, places, &spot.at("text()"));
                }
            }
            (Content::Text(a), Content::Text(b)) => self.type_of(*a, *b, places, &spot.at("text()")),
            (Content::Text(_), _) | (_, Content::Text(_)) => {
                let kind = |complex: &Complex| match complex.content {
                    Content::Empty => "()",
                    Content::Text(_) => "simpleContent",
                    Content::Particles(_) => "complexContent",
                };
                self.find(&rules::CONTENT_KIND_CHANGED, spot, change(kind(old), kind(new)));
            }
            _ => {
                let before = content(self.old, old, inherited);
                let after = content(self.new, new, inherited);
                // A list in a group that repeats holds the same, but is no wrapper to the generator any more. One that starts
                // or stops to be a list is told by the rules for that.
                let one = before.leaves().len() == 1 && after.leaves().len() == 1;
                if one && before.repeats() == after.repeats() && is_wrapper(old) != is_wrapper(new) {
                    let known = Known { request: Some(Safe), response: Some(Safe), ..Known::default() };
                    self.find(&members::LIST_WRAPPER_CHANGED, spot, change("", "").knowing(known));
                }
                match (&old.layout, &new.layout) {
                    (Layout::Slots { more }, Layout::Slots { .. }) => self.slots(&before, &after, *more, places, spot),
                    (Layout::Packed { .. }, Layout::Packed { .. }) => self.slots(&before, &after, false, places, spot),
                    _ => self.content(&before, &after, old, new, places, spot),
                }
            }
        }
    }

    fn soap_array(&mut self, old: &Complex, new: &Complex, places: (Origin, Origin), spot: &Spot) {
        let word = |model: &Model, array: &Complex| {
            let ranks = if array.array_ranks.is_empty() { &[1][..] } else { &array.array_ranks };
            let rank = |rank: &u8| format!("[{}]", ",".repeat(usize::from(rank.saturating_sub(1))));
            let ranks: String = ranks.iter().rev().map(rank).collect();
            array.soap_array.map(|item| format!("{}{ranks}", notation::ty(model, item))).unwrap_or_default()
        };
        let changed = match (old.soap_array, new.soap_array) {
            (None, None) => false,
            (Some(a), Some(b)) => !self.paired(a, b) || old.array_ranks != new.array_ranks,
            _ => true,
        };
        if changed {
            let (before, after) = (word(self.old, old), word(self.new, new));
            self.find(&rules::ARRAY_KIND_CHANGED, spot, Change::both(places.0, places.1, before, after));
        }
    }

    /// Compares layouts; whether they are so different that members need not be looked at.
    fn layout(&mut self, old: &Complex, new: &Complex, places: (Origin, Origin), spot: &Spot) -> bool {
        let change = |before: String, after: String| Change::both(places.0, places.1, before, after);
        match (&old.layout, &new.layout) {
            (Layout::Slots { more: a }, Layout::Slots { more: b }) => {
                if a != b {
                    let word = |more: bool| if more { "slots(more)" } else { "slots" }.to_owned();
                    let change = change(word(*a), word(*b));
                    self.find(&super::rules::slots::SURPLUS_SLOTS_CHANGED, spot, change);
                }
                false
            }
            (Layout::Packed { separators: a }, Layout::Packed { separators: b }) => {
                // The number of separators follows that of the members, which is reported by itself.
                if a != b && a.len() == b.len() {
                    self.find(&rules::SEPARATORS_CHANGED, spot, change(format!("{a:?}"), format!("{b:?}")));
                }
                false
            }
            (Layout::Xml, Layout::Xml) => false,
            (a, b) => {
                let word = |layout: &Layout| match layout {
                    Layout::Xml => "xml",
                    Layout::Slots { .. } => "slots",
                    Layout::Packed { .. } => "packed",
                };
                self.find(&rules::LAYOUT_CHANGED, spot, change(word(a).into(), word(b).into()));
                true
            }
        }
    }

    /// Compares what the types are derived from; whether inherited members have to be compared as well.
    fn base(&mut self, old: &Complex, new: &Complex, places: (Origin, Origin), spot: &Spot) -> bool {
        let same = match (old.derivation, new.derivation) {
            (None, None) => true,
            (Some(a), Some(b)) => a.method == b.method && self.paired(a.base, b.base),
            _ => false,
        };
        // What text is derived from is compared as the type of the text.
        let text = |complex: &Complex| matches!(complex.content, Content::Text(_));
        let only_text = |model: &Model, complex: &Complex| {
            text(complex)
                && complex
                    .derivation
                    .is_none_or(|derivation| matches!(model[derivation.base].kind, TypeKind::Simple(_)))
        };
        if same || (only_text(self.old, old) && only_text(self.new, new)) {
            return false;
        }
        let word = |model: &Model, complex: &Complex| {
            complex.derivation.map_or_else(String::new, |derivation| {
                let method = match derivation.method {
                    Method::Extension => "extends",
                    Method::Restriction => "restricts",
                };
                format!("{method} {}", notation::ty(model, derivation.base))
            })
        };
        let (before, after) = (word(self.old, old), word(self.new, new));
        // The same base by another method, or none before: the type may stand wherever it did.
        let same_base = matches!((old.derivation, new.derivation), (Some(a), Some(b)) if self.paired(a.base, b.base));
        let verdict = if same_base || old.derivation.is_none() { Safe } else { Breaking };
        let source = if same_base { Safe } else { Breaking };
        // A reader that knows no base meets what the base brings.
        let response = if same_base { Safe } else { Breaking };
        let known =
            Known { request: Some(verdict), response: Some(response), source: Some(source), ..Known::default() };
        self.find(&rules::BASE_CHANGED, spot, Change::both(places.0, places.1, before, after).knowing(known));
        true
    }

    /// Compares the types of something that is there in both versions: a member, an attribute, text.
    pub(super) fn type_of(&mut self, old: TypeId, new: TypeId, places: (Origin, Origin), spot: &Spot) {
        if self.paired(old, new) {
            return; // looked into under its own name
        }
        let named = |model: &Model, id: TypeId| model[id].name.given().is_some();
        let anonymous = !named(self.old, old) && !named(self.new, new);
        let change = Change::both(places.0, places.1, notation::ty(self.old, old), notation::ty(self.new, new));
        match (space(self.old, old), space(self.new, new)) {
            (Some(_), Some(_)) if anonymous => self.look_into(old, new, spot),
            (Some(before), Some(after)) => {
                use super::scalars::Space::{Enumeration, Scalar};
                let verdict = convert(&before, &after);
                let mut known = Known {
                    request: Some(verdict.request),
                    response: Some(verdict.response),
                    source: Some(verdict.source),
                    behaviour: Some(verdict.behaviour),
                };
                if same(&before, &after) {
                    // Only the name of the type is another; of the two, an enumeration has one in Rust.
                    let enumeration = matches!(before, Enumeration { .. });
                    known = Known {
                        request: Some(Safe),
                        response: Some(Safe),
                        source: Some(if enumeration { Breaking } else { Safe }),
                        behaviour: Some(Safe),
                    };
                    if !enumeration {
                        return;
                    }
                    self.find(&members::TYPE_REPLACED, spot, change.knowing(known));
                    return;
                }
                let rule = match (&before, &after) {
                    (Enumeration { .. }, Scalar { builtin, .. }) if super::scalars::is_text(*builtin) => {
                        &members::ENUMERATION_BECAME_TEXT
                    }
                    (Scalar { builtin, .. }, Enumeration { .. }) if super::scalars::is_text(*builtin) => {
                        &members::TEXT_BECAME_ENUMERATION
                    }
                    _ if verdict.request == Safe => &members::SCALAR_WIDENED,
                    _ if verdict.response == Safe => &members::SCALAR_NARROWED,
                    _ => &members::SCALAR_REPLACED,
                };
                self.find(rule, spot, change.knowing(known));
            }
            (None, None) => {
                if !anonymous {
                    let told = super::names::on_the_wire(self.old, old) || super::names::on_the_wire(self.new, new);
                    let verdict = if told { Breaking } else { Safe };
                    let known = Known { request: Some(verdict), response: Some(verdict), ..Known::default() };
                    self.find(&members::TYPE_REPLACED, spot, change.knowing(known));
                }
                self.look_into(old, new, spot);
            }
            _ => self.find(&rules::TYPE_KIND_CHANGED, spot, change),
        }
    }
}

/// Whether the content is one element that repeats, in groups that do not.
fn is_wrapper(complex: &Complex) -> bool {
    let Content::Particles(particle) = &complex.content else { return false };
    let mut at = particle;
    loop {
        match &at.kind {
            ParticleKind::Element(_) => return at.occurs.repeats(),
            ParticleKind::Sequence(list) | ParticleKind::Choice(list) | ParticleKind::All(list) => {
                match list.as_slice() {
                    [only] if !at.occurs.repeats() => at = only,
                    _ => return false,
                }
            }
            ParticleKind::Any(_) => return false,
        }
    }
}

/// The type of a complex type's text: its own, or that of the nearest base that has any.
fn text_of(model: &Model, complex: &Complex) -> Option<TypeId> {
    let mut at = complex;
    for _ in 0..=model.types.len() {
        if let Content::Text(ty) = at.content {
            return Some(ty);
        }
        if matches!(at.content, Content::Particles(_)) {
            return None;
        }
        match &model[at.derivation?.base].kind {
            TypeKind::Complex(base) => at = base,
            TypeKind::Simple(_) => return Some(at.derivation?.base),
        }
    }
    None
}
