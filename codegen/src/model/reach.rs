//! What can be reached from given types: through members, bases, substitutes and derived types.

use super::{Content, ElementUse, Model, Particle, ParticleKind, SimpleKind, TypeId, TypeKind};

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
    let mut derived: Vec<Vec<TypeId>> = vec![Vec::new(); model.types.len()];
    for id in model.type_ids() {
        if let TypeKind::Complex(complex) = &model[id].kind
            && let Some(derivation) = complex.derivation
        {
            derived[derivation.base.0 as usize].push(id);
        }
    }
    let mut substitutes: Vec<Vec<TypeId>> = vec![Vec::new(); model.elements.len()];
    for element in &model.elements {
        // Every head above it, so that one step leads from a head to all of its members.
        let mut head = element.substitutes;
        let mut steps = 0;
        while let Some(id) = head {
            substitutes[id.0 as usize].push(element.ty);
            head = model[id].substitutes;
            steps += 1;
            if steps > model.elements.len() {
                break;
            }
        }
    }
    let mut seen = vec![false; model.types.len()];
    let mut queue: Vec<TypeId> = roots.into_iter().collect();
    while let Some(id) = queue.pop() {
        if std::mem::replace(&mut seen[id.0 as usize], true) {
            continue;
        }
        queue.extend(&derived[id.0 as usize]);
        match &model[id].kind {
            TypeKind::Simple(simple) => match &simple.kind {
                SimpleKind::Builtin(_) => {}
                SimpleKind::Restriction(base) | SimpleKind::List(base) => queue.push(*base),
                SimpleKind::Union(members) => queue.extend(members),
            },
            TypeKind::Complex(complex) => {
                queue.extend(complex.derivation.map(|derivation| derivation.base));
                queue.extend(complex.attributes.iter().map(|attribute| attribute.ty));
                queue.extend(complex.soap_array);
                match &complex.content {
                    Content::Empty => {}
                    Content::Text(text) => queue.push(*text),
                    Content::Particles(particle) => particle.each_element(&mut |element| {
                        queue.push(element.ty);
                        if let Some(global) = element.global {
                            queue.extend(&substitutes[global.0 as usize]);
                        }
                    }),
                }
            }
        }
    }
    seen
}
