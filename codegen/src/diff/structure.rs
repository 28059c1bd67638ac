//! Content models in a form that can be compared: groups that say nothing are taken away, so that two ways to write the same
//! content come out the same.

use crate::model::{Complex, Content, ElementUse, Method, Model, Occurs, Particle, ParticleKind, TypeKind, Wildcard};

/// How the members of a group are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Sequence,
    Choice,
    All,
}

/// A part of a content model.
#[derive(Debug, Clone)]
pub(super) enum Node<'m> {
    Element(&'m ElementUse, Occurs),
    Any(&'m Wildcard, Occurs),
    Group(Group<'m>),
}

/// Parts, how they are combined, and how often.
#[derive(Debug, Clone)]
pub(super) struct Group<'m> {
    pub(super) kind: Kind,
    pub(super) occurs: Occurs,
    pub(super) nodes: Vec<Node<'m>>,
}

impl<'m> Group<'m> {
    /// The elements at any depth.
    pub(super) fn leaves(&self) -> Vec<&'m ElementUse> {
        let mut found = Vec::new();
        leaves(&self.nodes, &mut found);
        found
    }

    /// The names of its elements, for people.
    pub(super) fn names(&self) -> String {
        let names: Vec<String> = self.leaves().iter().map(|element| format!("`{}`", element.name.local)).collect();
        if names.len() > 6 { format!("{}, …", names[..6].join(", ")) } else { names.join(", ") }
    }

    /// Whether anything in it may be there more than once.
    pub(super) fn repeats(&self) -> bool {
        let repeats = |node: &Node<'_>| match node {
            Node::Element(_, occurs) => occurs.repeats(),
            Node::Any(..) => false,
            Node::Group(group) => group.repeats(),
        };
        self.occurs.repeats() || self.nodes.iter().any(repeats)
    }

    /// Whether a message need not have any of it.
    pub(super) fn may_be_left_out(&self) -> bool {
        if self.occurs.min == 0 {
            return true;
        }
        let optional = |node: &Node<'_>| match node {
            Node::Element(_, occurs) | Node::Any(_, occurs) => occurs.min == 0,
            Node::Group(group) => group.may_be_left_out(),
        };
        match self.kind {
            Kind::Choice => self.nodes.iter().any(optional),
            Kind::Sequence | Kind::All => self.nodes.iter().all(optional),
        }
    }
}

fn leaves<'m>(nodes: &[Node<'m>], found: &mut Vec<&'m ElementUse>) {
    for node in nodes {
        match node {
            Node::Element(element, _) => found.push(element),
            Node::Any(..) => {}
            Node::Group(group) => leaves(&group.nodes, found),
        }
    }
}

/// The content of a complex type as one group; what its bases bring is put in front where asked for.
pub(super) fn content<'m>(model: &'m Model, complex: &'m Complex, inherited: bool) -> Group<'m> {
    let mut nodes = Vec::new();
    if inherited {
        let mut chain = vec![complex];
        let mut at = complex;
        while let Some(derivation) = at.derivation.filter(|derivation| derivation.method == Method::Extension) {
            match &model[derivation.base].kind {
                TypeKind::Complex(base) if chain.len() <= model.types.len() => {
                    chain.push(base);
                    at = base;
                }
                _ => break,
            }
        }
        chain.iter().rev().for_each(|step| nodes.extend(own(step)));
    } else {
        nodes.extend(own(complex));
    }
    let mut flat = Vec::new();
    nodes.into_iter().for_each(|node| push(&mut flat, node, Kind::Sequence));
    Group { kind: Kind::Sequence, occurs: Occurs::ONCE, nodes: flat }
}

fn own(complex: &Complex) -> Option<Node<'_>> {
    match &complex.content {
        Content::Particles(particle) => node(particle),
        Content::Empty | Content::Text(_) => None,
    }
}

fn node(particle: &Particle) -> Option<Node<'_>> {
    if particle.occurs.max == Some(0) {
        return None;
    }
    let (kind, list) = match &particle.kind {
        ParticleKind::Element(element) => return Some(Node::Element(element, particle.occurs)),
        ParticleKind::Any(wildcard) => return Some(Node::Any(wildcard, particle.occurs)),
        ParticleKind::Sequence(list) => (Kind::Sequence, list),
        ParticleKind::Choice(list) => (Kind::Choice, list),
        ParticleKind::All(list) => (Kind::All, list),
    };
    let mut nodes = Vec::new();
    list.iter().filter_map(node).for_each(|inner| push(&mut nodes, inner, kind));
    if nodes.is_empty() {
        return None;
    }
    if nodes.len() == 1
        && let Some(inner) = nodes.pop()
    {
        let occurs = occurs_of(&inner);
        match times(particle.occurs, occurs) {
            Some(both) => return Some(with_occurs(inner, both)),
            None => nodes.push(inner),
        }
    }
    Some(Node::Group(Group { kind, occurs: particle.occurs, nodes }))
}

/// Adds a part to a group's; a group of the same kind that occurs once is part of the group around it.
fn push<'m>(nodes: &mut Vec<Node<'m>>, node: Node<'m>, kind: Kind) {
    match node {
        Node::Group(group) if group.kind == kind && group.occurs == Occurs::ONCE && kind != Kind::All => {
            nodes.extend(group.nodes);
        }
        node => nodes.push(node),
    }
}

fn occurs_of(node: &Node<'_>) -> Occurs {
    match node {
        Node::Element(_, occurs) | Node::Any(_, occurs) => *occurs,
        Node::Group(group) => group.occurs,
    }
}

fn with_occurs<'m>(node: Node<'m>, occurs: Occurs) -> Node<'m> {
    match node {
        Node::Element(element, _) => Node::Element(element, occurs),
        Node::Any(wildcard, _) => Node::Any(wildcard, occurs),
        Node::Group(group) => Node::Group(Group { occurs, ..group }),
    }
}

/// How often something occurs that occurs within something that occurs, where numbers without a gap can say it.
fn times(outer: Occurs, inner: Occurs) -> Option<Occurs> {
    if outer == Occurs::ONCE {
        return Some(inner);
    }
    if inner.min > 1 || (inner.min == 1 && inner.max != Some(1) && outer.min > 1) {
        return None;
    }
    let max = match (outer.max, inner.max) {
        (Some(a), Some(b)) => Some(a.checked_mul(b)?),
        _ => None,
    };
    Some(Occurs { min: outer.min.saturating_mul(inner.min), max })
}
