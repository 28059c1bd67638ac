//! What may stand where something else is declared: types told by `xsi:type`, members of substitution groups.

use std::collections::BTreeSet;

use super::{Content, ElementId, Method, Model, SimpleKind, TypeId, TypeKind};

/// What may not stand in for what is declared: XSD's `block`, with `blockDefault` already applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Block {
    /// Types that extend the declared one, at any step between.
    pub extension: bool,
    /// Types that restrict it, at any step between.
    pub restriction: bool,
    /// Other elements, members of the substitution group.
    pub substitution: bool,
}

impl Block {
    /// Nothing is blocked.
    pub const NONE: Self = Self { extension: false, restriction: false, substitution: false };

    /// Blocks a way of deriving.
    pub fn of(method: Method) -> Self {
        match method {
            Method::Extension => Self { extension: true, ..Self::NONE },
            Method::Restriction => Self { restriction: true, ..Self::NONE },
        }
    }

    /// Whether types derived in this way are blocked.
    pub fn bars(self, method: Method) -> bool {
        match method {
            Method::Extension => self.extension,
            Method::Restriction => self.restriction,
        }
    }

    /// What either blocks.
    pub fn or(self, other: Self) -> Self {
        Self {
            extension: self.extension || other.extension,
            restriction: self.restriction || other.restriction,
            substitution: self.substitution || other.substitution,
        }
    }

    /// What both block.
    pub fn and(self, other: Self) -> Self {
        Self {
            extension: self.extension && other.extension,
            restriction: self.restriction && other.restriction,
            substitution: self.substitution && other.substitution,
        }
    }

    /// The same, of types alone.
    pub fn of_types(self) -> Self {
        Self { substitution: false, ..self }
    }
}

/// The hierarchies of types and of elements, from the top down.
#[derive(Debug, Clone, Default)]
pub struct Alternatives {
    /// Of each type, the named types that extend or restrict it directly, by name.
    below: Vec<Vec<(TypeId, Method)>>,
    /// Of each element, the elements that name it as their head, by name.
    directly: Vec<Vec<ElementId>>,
}

impl Alternatives {
    /// The hierarchies of a model's types and elements.
    pub fn of(model: &Model) -> Self {
        let mut found =
            Self { below: vec![Vec::new(); model.types.len()], directly: vec![Vec::new(); model.elements.len()] };
        for id in model.type_ids() {
            // No `xsi:type` can name an anonymous one.
            if let TypeKind::Complex(complex) = &model[id].kind
                && let Some(derivation) = complex.derivation
                && model[id].name.given().is_some()
            {
                found.below[derivation.base.0 as usize].push((id, derivation.method));
            }
        }
        found.below.iter_mut().for_each(|types| types.sort_by(|a, b| model[a.0].name.cmp(&model[b.0].name)));
        for id in model.element_ids() {
            if let Some(head) = model[id].substitutes {
                found.directly[head.0 as usize].push(id);
            }
        }
        found.directly.iter_mut().for_each(|members| members.sort_by(|a, b| model[*a].name.cmp(&model[*b].name)));
        found
    }

    /// The type and all derived from it that an element with this `block` may hold, bases first. Abstract ones are among them.
    pub fn types(&self, model: &Model, declared: TypeId, block: Block) -> Vec<TypeId> {
        self.derived(declared, block.or(model.block_of(declared)))
    }

    /// The type and all derived from it but for what `block` blocks, bases first.
    pub fn derived(&self, base: TypeId, block: Block) -> Vec<TypeId> {
        // A step that is blocked blocks what lies below as well.
        below(base, |id| self.below[id.0 as usize].iter().filter(|(_, method)| !block.bars(*method)).map(|(id, _)| *id))
    }

    /// Whether other types may stand where one is declared by an element with this `block`.
    pub fn has_types(&self, model: &Model, declared: TypeId, block: Block) -> bool {
        let derived = &self.below[declared.0 as usize];
        if derived.is_empty() {
            return false;
        }
        let block = block.or(model.block_of(declared));
        derived.iter().any(|(_, method)| !block.bars(*method))
    }

    /// Whether named types derive from this one, blocked or not.
    pub fn is_base(&self, id: TypeId) -> bool {
        !self.below[id.0 as usize].is_empty()
    }

    /// The element and all that may stand in for it, heads first. Abstract ones are among them.
    pub fn elements(&self, model: &Model, head: ElementId) -> Vec<ElementId> {
        self.members(model, head, model[head].block)
    }

    /// The element and all that may stand in for it if this is what it blocks, heads first.
    pub fn members(&self, model: &Model, head: ElementId, block: Block) -> Vec<ElementId> {
        if block.substitution {
            return vec![head];
        }
        // One that is blocked may head others that are not, as they do not stand in for it.
        let mut found = below(head, |id| self.directly[id.0 as usize].iter().copied());
        found.retain(|member| *member == head || !is_blocked(model, head, block, *member));
        found
    }

    /// Whether other elements may stand in for this one.
    pub fn has_elements(&self, model: &Model, head: ElementId) -> bool {
        let (block, directly) = (model[head].block, &self.directly[head.0 as usize]);
        let stands = |member: &ElementId| !block.substitution && !is_blocked(model, head, block, *member);
        // The first one nearly always answers; the whole group is asked where it does not.
        model[head].is_abstract
            || directly.iter().any(stands)
            || (!directly.is_empty() && self.elements(model, head).len() > 1)
    }
}

/// Whether the head's `block`, or that of its type or one between the two, excludes a member of its group by how the member's
/// type is derived (XML Schema Part 1, Substitution Group OK).
fn is_blocked(model: &Model, head: ElementId, block: Block, member: ElementId) -> bool {
    let top = model[head].ty;
    let (steps, between) = way(model, model[member].ty, top);
    let block = block.or(model.block_of(top)).or(between);
    steps.and(block).of_types() != Block::NONE
}

/// How a type is derived from another, at all steps together, and what the types between the two block.
pub(crate) fn way(model: &Model, derived: TypeId, top: TypeId) -> (Block, Block) {
    let (mut steps, mut between) = (Block::NONE, Block::NONE);
    let mut at = derived;
    while at != top {
        let Some((next, method)) = step(model, at) else {
            // What is left leads over built-in types, each a restriction of the next; of lists and unions it begins there.
            steps.restriction |= model.builtin_of(at).is_some() || matches!(model[at].kind, TypeKind::Complex(_));
            break;
        };
        steps = steps.or(Block::of(method));
        at = next;
        if at != top {
            between = between.or(model.block_of(at));
        }
    }
    (steps, between)
}

/// The type that a type is derived from, and how. None where that is one that XML Schema defines.
fn step(model: &Model, id: TypeId) -> Option<(TypeId, Method)> {
    match &model[id].kind {
        TypeKind::Complex(complex) => match (complex.derivation, &complex.content) {
            (Some(derivation), _) => Some((derivation.base, derivation.method)),
            (None, Content::Text(text)) => Some((*text, Method::Extension)),
            (None, _) => None,
        },
        TypeKind::Simple(simple) => match simple.kind {
            SimpleKind::Restriction(base) => Some((base, Method::Restriction)),
            SimpleKind::Builtin(_) | SimpleKind::List(_) | SimpleKind::Union(_) => None,
        },
    }
}

/// A thing and everything below it, each before what is below it.
fn below<I: Copy + Ord, B: DoubleEndedIterator<Item = I>>(top: I, directly: impl Fn(I) -> B) -> Vec<I> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut todo = vec![top];
    while let Some(id) = todo.pop() {
        if seen.insert(id) {
            found.push(id);
            todo.extend(directly(id).rev());
        }
    }
    found
}
