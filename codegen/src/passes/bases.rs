//! Tells which message types stand for the types derived from them.
//!
//! A derived type that some message or element names has a place of its own: its base is there to share members, as in
//! interfaces where every request extends one of a few others. One that nothing names can only come under its base's name,
//! with `xsi:type`. Asked before `prune`, so that the answer does not depend on which operations are kept.

use std::collections::BTreeSet;

use crate::model::{Block, Complex, Content, Model, TypeId, TypeKind};

pub(super) fn run(model: &mut Model) {
    let (mut bodies, mut faults) = (BTreeSet::new(), BTreeSet::new());
    for operation in model.services.iter().flat_map(|service| &service.operations) {
        bodies.insert(operation.input.ty);
        bodies.extend(operation.output.as_ref().map(|output| output.ty));
        bodies.extend(operation.all_headers().map(|header| header.ty));
        faults.extend(operation.faults.iter().map(|fault| fault.ty));
    }
    mark(model, &bodies, faults);
}

/// `bodies`: types of bodies and headers. `named`: types that something else names.
fn mark(model: &mut Model, bodies: &BTreeSet<TypeId>, mut named: BTreeSet<TypeId>) {
    named.extend(bodies);
    for ty in &model.types {
        if let TypeKind::Complex(Complex { content: Content::Particles(particle), .. }) = &ty.kind {
            particle.each_element(&mut |element| {
                named.insert(element.ty);
            });
        }
    }
    let mut bases = BTreeSet::new();
    for id in model.type_ids() {
        let TypeKind::Complex(complex) = &model[id].kind else { continue };
        // No `xsi:type` can name an abstract or an anonymous one.
        if named.contains(&id) || complex.is_abstract || model[id].name.given().is_none() {
            continue;
        }
        let (mut at, mut steps) = (complex, Block::NONE);
        // `flatten` has opened circles.
        while let Some(derivation) = at.derivation {
            steps = steps.or(Block::of(derivation.method));
            if bodies.contains(&derivation.base) && steps.and(model.block_of(derivation.base)) == Block::NONE {
                bases.insert(derivation.base);
            }
            let TypeKind::Complex(base) = &model[derivation.base].kind else { break };
            at = base;
        }
    }
    for id in bases {
        if let TypeKind::Complex(complex) = &mut model[id].kind {
            complex.stands_for_derived = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Derivation, Docs, ElementUse, Method, Name, Occurs, Origin, Particle, ParticleKind, QName, Type,
    };

    /// Whether `Request`, the type of a message, stands for the types derived from it: `Get`, which an element has if it is
    /// `named`, and `Put`, if there is such a one.
    fn stands(named: bool, put: bool) -> bool {
        let mut model = Model::default();
        let mut add = |name: &str, complex: Complex| {
            let (name, kind) = (Name::Given(QName::new("urn:t", name)), TypeKind::Complex(complex));
            model.add_type(Type { name, docs: Docs::default(), origin: Origin::default(), kind })
        };
        let request = add("Request", Complex::default());
        let derivation = Some(Derivation { base: request, method: Method::Extension });
        let get = add("Get", Complex { derivation, ..Complex::default() });
        if put {
            add("Put", Complex { derivation, ..Complex::default() });
        }
        if named {
            let kind = ParticleKind::Element(Box::new(ElementUse::new(QName::new("", "get"), get)));
            let content = Content::Particles(Particle { occurs: Occurs::ONCE, kind, origin: Origin::default() });
            add("Holder", Complex { content, ..Complex::default() });
        }
        mark(&mut model, &BTreeSet::from([request]), BTreeSet::new());
        matches!(&model[request].kind, TypeKind::Complex(request) if request.stands_for_derived)
    }

    #[test]
    fn only_what_nothing_names_comes_under_its_base() {
        assert!(stands(false, false));
        assert!(!stands(true, false));
        assert!(stands(true, true));
    }
}
