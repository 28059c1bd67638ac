//! What can be reached from given types: through members, bases, substitutes and derived types. Derived types stand where their
//! base is declared; a base that something else is derived from, and no more, does not bring them along.

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
    let mut queue: Vec<(TypeId, Use)> = roots.into_iter().map(|id| (id, Use::Declared(Block::NONE))).collect();
    while let Some((id, used)) = queue.pop() {
        match used {
            Use::Declared(block) if alternatives.is_base(id) && declared.insert((id, block)) => {
                for derived in alternatives.types(model, id, block) {
                    if !seen[derived.0 as usize] {
                        follow(model, derived, &alternatives, &mut seen, &mut heads, &mut queue);
                    }
                }
            }
            _ if seen[id.0 as usize] => {}
            _ => follow(model, id, &alternatives, &mut seen, &mut heads, &mut queue),
        }
    }
    seen
}

/// What leads to a type.
enum Use {
    /// Something is declared to be of it: derived types may stand there, but for those that are blocked.
    Declared(Block),
    /// A type is derived from it, or made of its values.
    Base,
}

/// Marks a type, and queues what it is made of.
fn follow(
    model: &Model,
    id: TypeId,
    alternatives: &Alternatives,
    seen: &mut [bool],
    heads: &mut [bool],
    queue: &mut Vec<(TypeId, Use)>,
) {
    seen[id.0 as usize] = true;
    match &model[id].kind {
        TypeKind::Simple(simple) => match &simple.kind {
            SimpleKind::Builtin(_) => {}
            SimpleKind::Restriction(base) | SimpleKind::List(base) => queue.push((*base, Use::Base)),
            SimpleKind::Union(members) => queue.extend(members.iter().map(|member| (*member, Use::Base))),
        },
        TypeKind::Complex(complex) => {
            queue.extend(complex.derivation.map(|derivation| (derivation.base, Use::Base)));
            let mut add = |id: TypeId| queue.push((id, Use::Declared(Block::NONE)));
            complex.attributes.iter().map(|attribute| attribute.ty).for_each(&mut add);
            complex.soap_array.into_iter().for_each(&mut add);
            match &complex.content {
                Content::Empty => {}
                Content::Text(text) => add(*text),
                Content::Particles(particle) => particle.each_element(&mut |element| {
                    queue.push((element.ty, Use::Declared(element.block.of_types())));
                    if let Some(global) = element.global
                        && !std::mem::replace(&mut heads[global.0 as usize], true)
                    {
                        for member in alternatives.elements(model, global) {
                            queue.push((model[member].ty, Use::Declared(model[member].block.of_types())));
                        }
                    }
                }),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Complex, Derivation, Docs, Method, Name, Occurs, Origin, QName, Type};
    use super::*;

    #[test]
    fn a_base_brings_what_is_derived_only_where_it_is_declared() {
        let mut model = Model::default();
        let mut add = |name: &str, complex: Complex| {
            let (name, kind) = (Name::Given(QName::new("urn:t", name)), TypeKind::Complex(complex));
            model.add_type(Type { name, docs: Docs::default(), origin: Origin::default(), kind })
        };
        let base = add("Request", Complex { is_abstract: true, ..Complex::default() });
        let derivation = Some(Derivation { base, method: Method::Extension });
        let get = add("Get", Complex { derivation, ..Complex::default() });
        add("Put", Complex { derivation, ..Complex::default() });
        let kind = ParticleKind::Element(Box::new(ElementUse::new(QName::new("", "request"), base)));
        let content = Content::Particles(Particle { occurs: Occurs::ONCE, kind, origin: Origin::default() });
        let holder = add("Holder", Complex { content, ..Complex::default() });
        assert_eq!(reachable(&model, [get]), [true, true, false, false]);
        assert_eq!(reachable(&model, [holder]), [true; 4]);
        assert_eq!(reachable(&model, [get, holder]), [true; 4]);
    }
}
