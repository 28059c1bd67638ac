//! Tells which message types stand for the types derived from them.
//!
//! A derived type that some message names has a place of its own: its base is there to share members, as in interfaces where
//! every request extends one of a few others. One that no message names can only come under its base's name, with
//! `xsi:type`. Where at least an element somewhere is of it, requests keep the base all the same, since callers would have to
//! say at each call that they mean no other; replies do not, since nothing of them may get lost. Asked before `prune`, so that
//! the answer does not depend on which operations are kept.

use std::collections::BTreeSet;

use crate::model::{Block, Complex, Content, Model, TypeId, TypeKind};

pub(super) fn run(model: &mut Model) {
    let (mut requests, mut replies) = (BTreeSet::new(), BTreeSet::new());
    for operation in model.services.iter().flat_map(|service| &service.operations) {
        requests.insert(operation.input.ty);
        requests.extend(operation.headers.iter().map(|header| header.ty));
        replies.extend(operation.output.as_ref().map(|output| output.ty));
        replies.extend(operation.reply_headers.iter().map(|header| header.ty));
    }
    let messages = model.message_types().collect();
    mark(model, &requests, &replies, &messages);
}

/// `requests`, `replies`: types of bodies and headers. `messages`: those of faults as well.
fn mark(model: &mut Model, requests: &BTreeSet<TypeId>, replies: &BTreeSet<TypeId>, messages: &BTreeSet<TypeId>) {
    let mut members = BTreeSet::new();
    for ty in &model.types {
        if let TypeKind::Complex(Complex { content: Content::Particles(particle), .. }) = &ty.kind {
            particle.each_element(&mut |element| {
                members.insert(element.ty);
            });
        }
    }
    let mut bases = BTreeSet::new();
    for id in model.type_ids() {
        let TypeKind::Complex(complex) = &model[id].kind else { continue };
        // No `xsi:type` can name an abstract or an anonymous one.
        if messages.contains(&id) || complex.is_abstract || model[id].name.given().is_none() {
            continue;
        }
        let is_member = members.contains(&id);
        let (mut at, mut steps) = (complex, Block::NONE);
        // `flatten` has opened circles.
        while let Some(derivation) = at.derivation {
            steps = steps.or(Block::of(derivation.method));
            let comes = replies.contains(&derivation.base) || (requests.contains(&derivation.base) && !is_member);
            if comes && steps.and(model.block_of(derivation.base)) == Block::NONE {
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

    /// Whether `Base`, the type of a request or a reply, stands for the types derived from it: `Get`, which an element or
    /// another message has, and `Put`, if there is such a one.
    fn stands(reply: bool, element: bool, message: bool, put: bool) -> bool {
        let mut model = Model::default();
        let mut add = |name: &str, complex: Complex| {
            let (name, kind) = (Name::Given(QName::new("urn:t", name)), TypeKind::Complex(complex));
            model.add_type(Type { name, docs: Docs::default(), origin: Origin::default(), kind })
        };
        let base = add("Base", Complex::default());
        let derivation = Some(Derivation { base, method: Method::Extension });
        let get = add("Get", Complex { derivation, ..Complex::default() });
        if put {
            add("Put", Complex { derivation, ..Complex::default() });
        }
        if element {
            let kind = ParticleKind::Element(Box::new(ElementUse::new(QName::new("", "get"), get)));
            let content = Content::Particles(Particle { occurs: Occurs::ONCE, kind, origin: Origin::default() });
            add("Holder", Complex { content, ..Complex::default() });
        }
        let (only, none) = (BTreeSet::from([base]), BTreeSet::new());
        let messages = BTreeSet::from_iter([base].into_iter().chain(message.then_some(get)));
        if reply {
            mark(&mut model, &none, &only, &messages)
        } else {
            mark(&mut model, &only, &none, &messages)
        }
        matches!(&model[base].kind, TypeKind::Complex(base) if base.stands_for_derived)
    }

    #[test]
    fn only_what_nothing_else_names_comes_in_a_request() {
        assert!(stands(false, false, false, false));
        assert!(!stands(false, true, false, false));
        assert!(!stands(false, false, true, false));
        assert!(stands(false, true, true, true));
    }

    #[test]
    fn what_no_message_names_comes_in_a_reply() {
        assert!(stands(true, false, false, false));
        assert!(stands(true, true, false, false));
        assert!(!stands(true, false, true, false));
        assert!(stands(true, true, true, true));
    }
}
