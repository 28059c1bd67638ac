//! Turns wrapper types that hold nothing but one repeated element (`ArrayOfX`, anonymous `<Errors><Error/>*</Errors>`) into
//! repeated items of the member that uses them.

use std::collections::BTreeSet;

use crate::model::{
    Alternatives, Complex, Content, ElementUse, Model, Name, Occurs, Particle, ParticleKind, TypeId, TypeKind,
};

pub(super) fn run(model: &mut Model) {
    // A wrapper that other types extend, or that extends one, is chosen by `xsi:type` and must stay a type.
    let mut bases = BTreeSet::new();
    for ty in &model.types {
        if let TypeKind::Complex(Complex { derivation: Some(derivation), .. }) = &ty.kind {
            bases.insert(derivation.base);
        }
    }
    let alternatives = Alternatives::of(model);
    for id in model.type_ids() {
        let TypeKind::Complex(complex) = &model[id].kind else { continue };
        let Content::Particles(particle) = &complex.content else { continue };
        // Few types have wrappers in them, and those alone are copied.
        if !has_wrapper(model, &alternatives, &bases, particle) {
            continue;
        }
        let mut particle = particle.clone();
        unwrap(model, &alternatives, &bases, &mut particle);
        if let TypeKind::Complex(complex) = &mut model[id].kind {
            complex.content = Content::Particles(particle);
        }
    }
}

fn unwrap(model: &Model, alternatives: &Alternatives, bases: &BTreeSet<TypeId>, particle: &mut Particle) {
    match &mut particle.kind {
        ParticleKind::Element(element) => {
            if may_wrap(bases, particle.occurs, element) {
                element.items = items(model, alternatives, element.ty).map(Box::new);
            }
        }
        ParticleKind::Any(_) => {}
        ParticleKind::Sequence(items) | ParticleKind::Choice(items) | ParticleKind::All(items) => {
            for item in items {
                unwrap(model, alternatives, bases, item);
            }
        }
    }
}

/// Whether [`unwrap`] would change anything.
fn has_wrapper(model: &Model, alternatives: &Alternatives, bases: &BTreeSet<TypeId>, particle: &Particle) -> bool {
    match &particle.kind {
        ParticleKind::Element(element) => {
            may_wrap(bases, particle.occurs, element) && wrapped(model, alternatives, element.ty).is_some()
        }
        ParticleKind::Any(_) => false,
        ParticleKind::Sequence(items) | ParticleKind::Choice(items) | ParticleKind::All(items) => {
            items.iter().any(|item| has_wrapper(model, alternatives, bases, item))
        }
    }
}

/// Whether an element may hold a list in a type that is a wrapper.
fn may_wrap(bases: &BTreeSet<TypeId>, occurs: Occurs, element: &ElementUse) -> bool {
    !occurs.repeats() && element.items.is_none() && element.global.is_none() && !bases.contains(&element.ty)
}

/// The repeated element a wrapper type holds, if the type is nothing but a wrapper.
pub(crate) fn items(model: &Model, alternatives: &Alternatives, id: TypeId) -> Option<Particle> {
    wrapped(model, alternatives, id).cloned()
}

fn wrapped<'m>(model: &'m Model, alternatives: &Alternatives, id: TypeId) -> Option<&'m Particle> {
    let ty = &model[id];
    let wrapper_by_name = match &ty.name {
        Name::Given(name) => name.local.starts_with("ArrayOf"),
        Name::Derived { .. } => true,
    };
    let TypeKind::Complex(complex) = &ty.kind else { return None };
    let bare = complex.attributes.is_empty()
        && complex.any_attribute.is_none()
        && complex.derivation.is_none()
        && !complex.mixed
        && !complex.is_abstract;
    // An array of SOAP's encoding is one whatever it is called.
    if !(wrapper_by_name || complex.soap_array.is_some()) || !bare {
        return None;
    }
    let Content::Particles(particle) = &complex.content else { return None };
    let item = only_child(particle)?;
    match &item.kind {
        // Items with a substitution group of their own stay behind their wrapper type, which can hold the choice.
        ParticleKind::Element(element)
            if item.occurs.repeats() && !element.global.is_some_and(|head| alternatives.has_elements(model, head)) =>
        {
            Some(item)
        }
        _ => None,
    }
}

/// The one particle inside any nesting of groups that occur exactly once.
fn only_child(particle: &Particle) -> Option<&Particle> {
    match &particle.kind {
        ParticleKind::Sequence(items) | ParticleKind::Choice(items) | ParticleKind::All(items) => {
            match items.as_slice() {
                [only] if !particle.occurs.repeats() => only_child(only),
                _ => None,
            }
        }
        ParticleKind::Element(_) => Some(particle),
        ParticleKind::Any(_) => None,
    }
}
