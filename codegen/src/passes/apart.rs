//! Finds content models in which an element may be either of two things, whatever comes behind it.
//!
//! XML Schema forbids them ("Unique Particle Attribution": 1.0, part 1, section 3.8.6), though not every processor looks. What is read of
//! such a type is complete and in order, but one of the two may get what was meant for the other. Found by the automaton that Glushkov made
//! of regular expressions: every element or wildcard is a position, and no two positions that may come next anywhere may fit
//! one name.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{
    Alternatives, Content, Layout, Model, NamespaceSet, Occurs, Particle, ParticleKind, QName, TypeKind,
};

/// A content model with more positions than this is not looked into.
const MOST: usize = 4000;

pub(super) fn run(model: &Model, diagnostics: &mut Diagnostics) {
    if model.hand_written {
        return;
    }
    let alternatives = Alternatives::of(model);
    let mut told = BTreeSet::new();
    let mut open = Vec::new();
    for id in model.type_ids() {
        let TypeKind::Complex(complex) = &model[id].kind else { continue };
        let Content::Particles(particle) = &complex.content else { continue };
        if complex.layout != Layout::Xml {
            continue;
        }
        let Some((one, other)) = conflict(model, &alternatives, particle) else { continue };
        // Of what is inherited the base has told.
        let places = [one, other].map(|particle| particle.origin.0.map(|span| (span.file, span.start)));
        if places.iter().all(Option::is_some) && !told.insert(places) {
            continue;
        }
        if [one, other].iter().any(|particle| matches!(particle.kind, ParticleKind::Any(_))) {
            open.push(id);
            continue;
        }
        diagnostics.push(
            Diagnostic::warning("W0504", format!("`{}` has elements that may be either of two things", model[id].name))
                .at(other.origin.0, format!("{} may come at the same place …", described(other)))
                .also(one.origin.0, format!("… as {}", described(one)))
                .with_note(
                    "XML Schema forbids this; what comes is kept, and in order, but may be taken for the wrong one",
                ),
        );
    }
    if let Some(first) = open.first() {
        // Common, and rarely a matter: one remark for all.
        let which = match open.len() {
            1 => format!("`{}` has", model[*first].name),
            2 => format!("`{}` and another type have", model[*first].name),
            count => format!("`{}` and {} other types have", model[*first].name, count - 1),
        };
        diagnostics.push(
            Diagnostic::note("N0505", format!("{which} elements that the open content beside them allows as well"))
                .with_note(
                    "XML Schema forbids this; such an element is taken for what it is called, where that can come",
                ),
        );
    }
}

fn described(particle: &Particle) -> String {
    match &particle.kind {
        ParticleKind::Element(element) => format!("`{}`", element.name.local),
        _ => "any element".to_owned(),
    }
}

/// The first two particles of a content model that compete for an element.
fn conflict<'m>(
    model: &'m Model,
    alternatives: &Alternatives,
    particle: &'m Particle,
) -> Option<(&'m Particle, &'m Particle)> {
    let mut automaton = Automaton { model, alternatives, labels: Vec::new(), follow: Vec::new() };
    // Nearly all are done with this: no two particles have a name in common.
    let mut leaves = Vec::new();
    collect(particle, &mut leaves);
    let labels: Vec<Label<'m>> = leaves.into_iter().map(|leaf| automaton.label(leaf)).collect();
    compete(&labels, 0..labels.len())?;
    let whole = automaton.build(particle)?;
    if let found @ Some(_) = compete(&automaton.labels, whole.first.iter().copied()) {
        return found;
    }
    automaton.follow.iter().find_map(|next| compete(&automaton.labels, next.iter().copied()))
}

fn collect<'m>(particle: &'m Particle, leaves: &mut Vec<&'m Particle>) {
    match &particle.kind {
        _ if particle.occurs.max == Some(0) => {}
        ParticleKind::Element(_) | ParticleKind::Any(_) => leaves.push(particle),
        ParticleKind::Sequence(items) | ParticleKind::Choice(items) | ParticleKind::All(items) => {
            items.iter().for_each(|item| collect(item, leaves));
        }
    }
}

/// An element or wildcard, and the names that fit it.
#[derive(Clone)]
struct Label<'m> {
    particle: &'m Particle,
    names: Vec<&'m QName>,
    any: Option<&'m NamespaceSet>,
}

/// Two of these that are not the same particle and fit one name.
fn compete<'m>(
    labels: &[Label<'m>],
    positions: impl Iterator<Item = usize> + Clone,
) -> Option<(&'m Particle, &'m Particle)> {
    let mut names: HashMap<&QName, &'m Particle> = HashMap::new();
    let mut wildcards: Vec<&Label<'m>> = Vec::new();
    for label in positions.clone().map(|position| &labels[position]) {
        for name in &label.names {
            let known = *names.entry(name).or_insert(label.particle);
            if !std::ptr::eq(known, label.particle) {
                return Some((known, label.particle));
            }
        }
        if let Some(set) = label.any {
            let other = |known: &&&Label<'m>| {
                !std::ptr::eq(known.particle, label.particle) && known.any.is_some_and(|other| overlap(other, set))
            };
            if let Some(known) = wildcards.iter().find(other) {
                return Some((known.particle, label.particle));
            }
            wildcards.push(label);
        }
    }
    if wildcards.is_empty() {
        return None;
    }
    positions.map(|position| &labels[position]).find_map(|label| {
        let open = wildcards
            .iter()
            .find(|open| open.any.is_some_and(|set| label.names.iter().any(|name| set.allows(&name.ns))))?;
        Some((open.particle, label.particle))
    })
}

fn overlap(a: &NamespaceSet, b: &NamespaceSet) -> bool {
    match (a, b) {
        (NamespaceSet::List(list), other) | (other, NamespaceSet::List(list)) => list.iter().any(|ns| other.allows(ns)),
        // There are always namespaces that nobody has named.
        _ => true,
    }
}

/// Where a part of a content model begins and ends.
struct Part {
    empty: bool,
    first: Vec<usize>,
    last: Vec<usize>,
}

struct Automaton<'m, 's> {
    model: &'m Model,
    alternatives: &'s Alternatives,
    /// What stands at each position. Particles that repeat have several.
    labels: Vec<Label<'m>>,
    /// The positions that may come behind each.
    follow: Vec<BTreeSet<usize>>,
}

impl<'m> Automaton<'m, '_> {
    fn label(&self, particle: &'m Particle) -> Label<'m> {
        let (mut names, mut any) = (Vec::new(), None);
        match &particle.kind {
            ParticleKind::Element(element) => {
                names.push(&element.name);
                let group = element.global.map(|head| self.alternatives.elements(self.model, head));
                names.extend(group.iter().flatten().skip(1).map(|member| &self.model[*member].name));
            }
            ParticleKind::Any(wildcard) => any = Some(&wildcard.namespaces),
            ParticleKind::Sequence(_) | ParticleKind::Choice(_) | ParticleKind::All(_) => {}
        }
        Label { particle, names, any }
    }

    /// `None` where there are too many positions.
    fn build(&mut self, particle: &'m Particle) -> Option<Part> {
        let Occurs { min, max } = particle.occurs;
        if max == Some(0) {
            return Some(Part { empty: true, first: Vec::new(), last: Vec::new() });
        }
        let mut part = self.once(particle)?;
        if max == Some(min) && min > 1 {
            // Behind the last one something else comes than behind those before it: two stand for all.
            let again = self.once(particle)?;
            part = self.then(part, again);
        } else if particle.occurs.repeats() {
            self.link(&part.last, &part.first);
        }
        part.empty |= min == 0;
        Some(part)
    }

    fn once(&mut self, particle: &'m Particle) -> Option<Part> {
        let mut all = Part { empty: true, first: Vec::new(), last: Vec::new() };
        match &particle.kind {
            ParticleKind::Element(_) | ParticleKind::Any(_) => {
                let position = self.labels.len();
                if position >= MOST {
                    return None;
                }
                self.labels.push(self.label(particle));
                self.follow.push(BTreeSet::new());
                all = Part { empty: false, first: vec![position], last: vec![position] };
            }
            ParticleKind::Sequence(items) => {
                for item in items {
                    let next = self.build(item)?;
                    all = self.then(all, next);
                }
            }
            ParticleKind::Choice(branches) => {
                all.empty = branches.is_empty();
                for branch in branches {
                    let next = self.build(branch)?;
                    all.empty |= next.empty;
                    all.first.extend(next.first);
                    all.last.extend(next.last);
                }
            }
            ParticleKind::All(items) => {
                for item in items {
                    let next = self.build(item)?;
                    self.link(&all.last, &next.first);
                    self.link(&next.last, &all.first);
                    all.empty &= next.empty;
                    all.first.extend(next.first);
                    all.last.extend(next.last);
                }
            }
        }
        Some(all)
    }

    /// One part behind another.
    fn then(&mut self, before: Part, mut behind: Part) -> Part {
        self.link(&before.last, &behind.first);
        let mut first = before.first;
        if before.empty {
            first.extend(&behind.first);
        }
        if behind.empty {
            behind.last.extend(before.last);
        }
        Part { empty: before.empty && behind.empty, first, last: behind.last }
    }

    fn link(&mut self, from: &[usize], to: &[usize]) {
        for position in from {
            self.follow[*position].extend(to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Builtin, Complex, Docs, Element, ElementId, ElementUse, Name, Origin, ProcessContents, Simple, SimpleKind,
        Type, TypeId, Wildcard,
    };

    fn particle(kind: ParticleKind, occurs: &str) -> Particle {
        let occurs = match occurs {
            "?" => Occurs::OPTIONAL,
            "*" => Occurs::ANY,
            "2" => Occurs { min: 2, max: Some(2) },
            "3" => Occurs { min: 0, max: Some(3) },
            _ => Occurs::ONCE,
        };
        Particle { occurs, kind, origin: Origin::default() }
    }

    /// Of `a? ( b | # )* ~`: elements of these names, a choice of those in parentheses with bars, `#` for any element, `~` for one of another
    /// namespace; `h` is the head of a group that `m` belongs to.
    fn parse(words: &mut std::str::SplitWhitespace<'_>) -> Particle {
        let (mut items, mut choice) = (Vec::new(), false);
        while let Some(word) = words.next() {
            let occurs = word.trim_start_matches(|c: char| c.is_alphabetic() || "#~()|".contains(c));
            items.push(match &word[..word.len() - occurs.len()] {
                "(" => {
                    let inner = parse(words);
                    items.push(inner);
                    continue;
                }
                ")" => {
                    let kind = if choice { ParticleKind::Choice(items) } else { ParticleKind::Sequence(items) };
                    return particle(kind, occurs);
                }
                "|" => {
                    choice = true;
                    continue;
                }
                wild @ ("#" | "~") => {
                    let namespaces = if wild == "#" { NamespaceSet::Any } else { NamespaceSet::Other("urn:t".into()) };
                    let wildcard = Wildcard { namespaces, process: ProcessContents::Lax };
                    particle(ParticleKind::Any(wildcard), occurs)
                }
                name => {
                    let mut element = ElementUse::new(QName::new("urn:t", name), TypeId(0));
                    element.global = (name == "h").then_some(ElementId(0));
                    particle(ParticleKind::Element(Box::new(element)), occurs)
                }
            });
        }
        particle(ParticleKind::Sequence(items), "")
    }

    /// How many warnings and remarks a type of this content gives.
    fn warnings(content: &str) -> usize {
        let mut model = Model::default();
        let mut add = |kind| {
            let name = Name::Given(QName::new("urn:t", format!("T{}", model.types.len())));
            model.types.push(Type { name, docs: Docs::default(), origin: Origin::default(), kind });
        };
        add(TypeKind::Simple(Simple::plain(SimpleKind::Builtin(Builtin::String))));
        let content = Content::Particles(parse(&mut content.split_whitespace()));
        add(TypeKind::Complex(Complex { content, ..Complex::default() }));
        for (name, substitutes) in [("h", None), ("m", Some(ElementId(0)))] {
            model.elements.push(Element {
                name: QName::new("urn:t", name),
                ty: TypeId(0),
                nillable: false,
                is_abstract: false,
                substitutes,
                block: crate::model::Block::NONE,
                default: None,
                fixed: None,
                docs: Docs::default(),
                origin: Origin::default(),
            });
        }
        let mut diagnostics = Diagnostics::default();
        run(&model, &mut diagnostics);
        diagnostics.iter().count()
    }

    #[test]
    fn what_comes_next_is_one_thing() {
        for clear in
            ["a b a", "a2 a", "( a b a )*", "( a? b c* )*", "a ~* b", "( a b? )2 a", "h a m", "a? b #*", "( a | b )3 c"]
        {
            assert_eq!(warnings(clear), 0, "{clear}");
        }
        for unclear in [
            "a? a",
            "a* b? a",
            "( a? b a? )3",
            "( a b? )3 a",
            "a? #",
            "~* ~",
            "( a b | a c )",
            "( a | b c )* ( d | a )?",
            "h? m",
            "( a | h | m )",
            "( b? a? )* a",
        ] {
            assert_eq!(warnings(unclear), 1, "{unclear}");
        }
    }
}
