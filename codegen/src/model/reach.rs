//! What can be reached from given types: through members, bases, substitutes and derived types.

use std::collections::HashSet;

use super::{Alternatives, Block, Content, ElementUse, Model, Particle, ParticleKind, SimpleKind, TypeId, TypeKind};

impl Particle {
    /// Calls for every element of the content model, and for the items of those that wrap a list.
    pub fn each_element<'p>(&'p self, call: &mut dyn FnMut(&'p ElementUse)) {
        match &self.kind {
            ParticleKind::Element(element) => {
                call(element);
                if let Some(items) = &element.items {
                    items.each_element(call);
                }
            }
            ParticleKind::Any(_) => {}
            ParticleKind::Sequence(list) | ParticleKind::Choice(list) | ParticleKind::All(list) => {
                list.iter().for_each(|particle| particle.each_element(call));
            }
        }
    }

    /// [`Particle::each_element`], to change them.
    pub fn each_element_mut(&mut self, call: &mut dyn FnMut(&mut ElementUse)) {
        match &mut self.kind {
            ParticleKind::Element(element) => {
                call(element);
                if let Some(items) = &mut element.items {
                    items.each_element_mut(call);
                }
            }
            ParticleKind::Any(_) => {}
            ParticleKind::Sequence(list) | ParticleKind::Choice(list) | ParticleKind::All(list) => {
                list.iter_mut().for_each(|particle| particle.each_element_mut(call));
            }
        }
    }
}

/// For each type of the model, whether it can be reached from the roots.
pub fn reachable(model: &Model, roots: impl IntoIterator<Item = TypeId>) -> Vec<bool> {
    let alternatives = Alternatives::of(model);
    let mut seen = vec![false; model.types.len()];
    // What may stand where a type or element is declared has been followed.
    let mut declared: HashSet<(TypeId, Block)> = HashSet::new();
    let mut heads = vec![false; model.elements.len()];
    let mut queue: Vec<(TypeId, Block)> = roots.into_iter().map(|id| (id, Block::NONE)).collect();
    while let Some((id, block)) = queue.pop() {
        if alternatives.is_base(id) && declared.insert((id, block)) {
            for derived in alternatives.types(model, id, block) {
                if !seen[derived.0 as usize] {
                    follow(model, derived, &alternatives, &mut seen, &mut heads, &mut queue);
                }
            }
        } else if !seen[id.0 as usize] {
            follow(model, id, &alternatives, &mut seen, &mut heads, &mut queue);
        }
    }
    seen
}

/// Marks a type, and queues what it is made of.
fn follow(
    model: &Model,
    id: TypeId,
    alternatives: &Alternatives,
    seen: &mut [bool],
    heads: &mut [bool],
    queue: &mut Vec<(TypeId, Block)>,
) {
    seen[id.0 as usize] = true;
    let mut add = |id: TypeId| queue.push((id, Block::NONE));
    match &model[id].kind {
        TypeKind::Simple(simple) => match &simple.kind {
            SimpleKind::Builtin(_) => {}
            SimpleKind::Restriction(base) | SimpleKind::List(base) => add(*base),
            SimpleKind::Union(members) => members.iter().copied().for_each(add),
        },
        TypeKind::Complex(complex) => {
            complex.derivation.map(|derivation| derivation.base).into_iter().for_each(&mut add);
            complex.attributes.iter().map(|attribute| attribute.ty).for_each(&mut add);
            complex.soap_array.into_iter().for_each(&mut add);
            match &complex.content {
                Content::Empty => {}
                Content::Text(text) => add(*text),
                Content::Particles(particle) => particle.each_element(&mut |element| {
                    queue.push((element.ty, element.block.of_types()));
                    if let Some(global) = element.global
                        && !std::mem::replace(&mut heads[global.0 as usize], true)
                    {
                        for member in alternatives.elements(model, global) {
                            queue.push((model[member].ty, model[member].block.of_types()));
                        }
                    }
                }),
            }
        }
    }
}
