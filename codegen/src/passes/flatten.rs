//! Gives each complex type everything it inherits: attributes, content and text type of its bases.
//!
//! The link to the base stays, since `xsi:type` still needs it.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Attribute, Complex, Content, Method, Model, Occurs, Particle, ParticleKind, TypeId, TypeKind};

pub(super) fn run(model: &mut Model, diagnostics: &mut Diagnostics) {
    let mut done = BTreeSet::new();
    for id in model.type_ids() {
        let mut chain = chain(model, id, diagnostics);
        // Bases first, so that each step adds to something complete.
        while let Some(step) = chain.pop() {
            if done.insert(step) {
                flatten(model, step);
            }
        }
    }
}

/// The type and its bases, nearest first.
fn chain(model: &mut Model, id: TypeId, diagnostics: &mut Diagnostics) -> Vec<TypeId> {
    let mut chain = vec![id];
    let mut at = id;
    while let TypeKind::Complex(Complex { derivation: Some(derivation), .. }) = &model[at].kind {
        let base = derivation.base;
        if chain.contains(&base) {
            let place = model[at].origin.0;
            diagnostics.push(
                Diagnostic::error("E0501", format!("`{}` is derived from itself", model[at].name))
                    .at(place, "in a circle"),
            );
            if let TypeKind::Complex(complex) = &mut model[at].kind {
                complex.derivation = None;
            }
            break;
        }
        chain.push(base);
        at = base;
    }
    chain
}

fn flatten(model: &mut Model, id: TypeId) {
    let TypeKind::Complex(Complex { derivation: Some(derivation), .. }) = model[id].kind else { return };
    let base = match &model[derivation.base].kind {
        TypeKind::Complex(base) => base.clone(),
        // simpleContent over a simple type: the content already names it.
        TypeKind::Simple(_) => return,
    };
    // No type is its own base by now: circles have been opened.
    let TypeKind::Complex(flat) = &mut model[id].kind else { return };
    flat.attributes = attributes(base.attributes, std::mem::take(&mut flat.attributes));
    match derivation.method {
        Method::Extension => {
            flat.content = extended(base.content, std::mem::take(&mut flat.content));
            flat.any_attribute = match (flat.any_attribute.take(), base.any_attribute) {
                (Some(own), Some(inherited)) => Some(inherited.union(&own)),
                (own, inherited) => own.or(inherited),
            };
            flat.mixed |= base.mixed;
        }
        Method::Restriction => {
            // A restriction repeats the content it keeps; one of simple content may name only new facets.
            if matches!((&base.content, &flat.content), (Content::Text(_), Content::Empty)) {
                flat.content = base.content;
            }
        }
    }
}

/// The base's attributes, each replaced by the derived type's where it names the same, then the derived type's new ones.
fn attributes(base: Vec<Attribute>, own: Vec<Attribute>) -> Vec<Attribute> {
    let mut all = base;
    for attribute in own {
        match all.iter_mut().find(|inherited| inherited.name == attribute.name) {
            Some(inherited) => *inherited = attribute,
            None => all.push(attribute),
        }
    }
    all.retain(|attribute| !attribute.prohibited);
    all
}

/// The base's content followed by the derived type's.
fn extended(base: Content, own: Content) -> Content {
    match (base, own) {
        (base, Content::Empty) => base,
        (Content::Particles(first), Content::Particles(second)) => {
            let origin = second.origin;
            Content::Particles(Particle {
                occurs: Occurs::ONCE,
                kind: ParticleKind::Sequence(vec![first, second]),
                origin,
            })
        }
        (_, own) => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Derivation, Docs, ElementUse, Name, Origin, QName, Simple, SimpleKind, Type};

    fn record(model: &mut Model, name: &str, base: Option<(TypeId, Method)>, members: &[&str]) -> TypeId {
        let text = model.add_type(Type {
            name: Name::Given(QName::new("xs", "string")),
            docs: Docs::default(),
            origin: Origin::default(),
            kind: TypeKind::Simple(Simple::plain(SimpleKind::Builtin(crate::model::Builtin::String))),
        });
        let members = members
            .iter()
            .map(|member| Particle {
                occurs: Occurs::ONCE,
                kind: ParticleKind::Element(Box::new(ElementUse::new(QName::new("", *member), text))),
                origin: Origin::default(),
            })
            .collect();
        let content = Content::Particles(Particle {
            occurs: Occurs::ONCE,
            kind: ParticleKind::Sequence(members),
            origin: Origin::default(),
        });
        model.add_type(Type {
            name: Name::Given(QName::new("", name)),
            docs: Docs::default(),
            origin: Origin::default(),
            kind: TypeKind::Complex(Complex {
                derivation: base.map(|(base, method)| Derivation { base, method }),
                content,
                ..Complex::default()
            }),
        })
    }

    fn names(model: &Model, id: TypeId) -> Vec<String> {
        fn walk(particle: &Particle, out: &mut Vec<String>) {
            match &particle.kind {
                ParticleKind::Element(element) => out.push(element.name.local.to_string()),
                ParticleKind::Any(_) => {}
                ParticleKind::Sequence(items) | ParticleKind::Choice(items) | ParticleKind::All(items) => {
                    items.iter().for_each(|item| walk(item, out));
                }
            }
        }
        let mut out = Vec::new();
        if let TypeKind::Complex(Complex { content: Content::Particles(particle), .. }) = &model[id].kind {
            walk(particle, &mut out);
        }
        out
    }

    #[test]
    fn an_extension_has_its_bases_members_first_whatever_the_declaration_order() {
        let mut model = Model::default();
        let top = record(&mut model, "Top", None, &["a"]);
        let low = record(&mut model, "Low", None, &["c"]);
        let mid = record(&mut model, "Mid", Some((top, Method::Extension)), &["b"]);
        if let TypeKind::Complex(complex) = &mut model[low].kind {
            complex.derivation = Some(Derivation { base: mid, method: Method::Extension });
        }
        run(&mut model, &mut Diagnostics::default());
        assert_eq!(names(&model, low), ["a", "b", "c"]);
        assert_eq!(names(&model, mid), ["a", "b"]);
    }

    #[test]
    fn a_restriction_keeps_only_what_it_repeats() {
        let mut model = Model::default();
        let base = record(&mut model, "Base", None, &["a", "b"]);
        let narrow = record(&mut model, "Narrow", Some((base, Method::Restriction)), &["a"]);
        run(&mut model, &mut Diagnostics::default());
        assert_eq!(names(&model, narrow), ["a"]);
    }

    #[test]
    fn a_circle_is_an_error_and_ends() {
        let mut model = Model::default();
        let a = record(&mut model, "A", None, &["a"]);
        let b = record(&mut model, "B", Some((a, Method::Extension)), &["b"]);
        if let TypeKind::Complex(complex) = &mut model[a].kind {
            complex.derivation = Some(Derivation { base: b, method: Method::Extension });
        }
        let mut diagnostics = Diagnostics::default();
        run(&mut model, &mut diagnostics);
        assert!(diagnostics.has_errors());
    }
}
