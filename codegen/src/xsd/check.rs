//! Checks on the filled model, and what can only be put in its place after every type is known.

use std::collections::{HashMap, HashSet};

use super::lower::Lowering;
use super::{codes, lexical};
use crate::diagnostic::Diagnostic;
use crate::model::{
    Content, ElementId, Facets, Model, Particle, ParticleKind, QName, SimpleKind, Text, TypeId, TypeKind,
};
use crate::source::Span;

/// How often all types are looked over for whether they end.
const ROUNDS: usize = 64;

impl Lowering<'_, '_> {
    pub(super) fn check(&mut self) {
        self.fill_references();
        let circles = self.type_circles() | self.substitution_circles();
        if circles {
            return; // everything below walks along bases and heads
        }
        self.finals();
        self.text_bases();
        self.consistency();
        self.values();
        self.endless();
    }

    /// Gives references to global elements the elements' types.
    fn fill_references(&mut self) {
        let types: Vec<TypeId> = self.model.elements.iter().map(|element| element.ty).collect();
        for ty in &mut self.model.types {
            if let TypeKind::Complex(complex) = &mut ty.kind
                && let Content::Particles(particle) = &mut complex.content
            {
                particle.each_element_mut(&mut |element| {
                    if let Some(ElementId(global)) = element.global {
                        element.ty = types[global as usize];
                    }
                });
            }
        }
    }

    fn type_circles(&mut self) -> bool {
        let next = |model: &Model, at: usize| -> Vec<usize> {
            match &model.types[at].kind {
                TypeKind::Simple(simple) => match &simple.kind {
                    SimpleKind::Builtin(_) => Vec::new(),
                    SimpleKind::Restriction(base) | SimpleKind::List(base) => vec![base.0 as usize],
                    SimpleKind::Union(members) => members.iter().map(|member| member.0 as usize).collect(),
                },
                TypeKind::Complex(complex) => {
                    complex.derivation.iter().map(|derivation| derivation.base.0 as usize).collect()
                }
            }
        };
        let circles = circles(self.model.types.len(), |at| next(&self.model, at));
        for circle in &circles {
            let members: Vec<(String, Option<Span>)> = circle
                .iter()
                .map(|at| {
                    let ty = &self.model.types[*at];
                    (ty.name.given().map_or_else(|| ty.name.to_string(), |name| name.local.to_string()), ty.origin.0)
                })
                .collect();
            self.circle("types are made from themselves", &members);
        }
        !circles.is_empty()
    }

    fn substitution_circles(&mut self) -> bool {
        let next = |at: usize| self.model.elements[at].substitutes.iter().map(|head| head.0 as usize).collect();
        let circles = circles(self.model.elements.len(), next);
        for circle in &circles {
            let members: Vec<(String, Option<Span>)> = circle
                .iter()
                .map(|at| (self.model.elements[*at].name.local.to_string(), self.model.elements[*at].origin.0))
                .collect();
            self.circle("elements head one another's substitutionGroup", &members);
        }
        !circles.is_empty()
    }

    fn circle(&mut self, what: &str, members: &[(String, Option<Span>)]) {
        let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        names.extend(names.first().copied());
        let mut problem = Diagnostic::error(codes::CYCLE, format!("{what}: {}", names.join(" → ")));
        for (at, (_, span)) in members.iter().enumerate().take(8) {
            problem = if at == 0 {
                problem.at(*span, "the circle begins here")
            } else {
                problem.also(*span, "and leads over this")
            };
        }
        self.diagnostics.push(problem);
    }

    /// Restricted text of a complex base: the base of the text is the text of the base.
    fn text_bases(&mut self) {
        for (ty, base, text) in std::mem::take(&mut self.texts) {
            let mut at = base;
            let found = loop {
                match &self.model[at].kind {
                    TypeKind::Simple(_) => break Some(at),
                    TypeKind::Complex(complex) => match (&complex.content, complex.derivation) {
                        (Content::Text(text), _) => break Some(*text),
                        (_, Some(derivation)) => at = derivation.base,
                        _ => break None,
                    },
                }
            };
            match found {
                Some(found) if found != text => {
                    if let TypeKind::Simple(simple) = &mut self.model[text].kind {
                        simple.kind = SimpleKind::Restriction(found);
                    }
                }
                _ => {
                    let span = self.model[ty].origin.0;
                    let any = self.builtin(crate::model::Builtin::AnySimpleType);
                    if let TypeKind::Simple(simple) = &mut self.model[text].kind {
                        simple.kind = SimpleKind::Restriction(any);
                    }
                    let what = "a simpleContent that restricts a type without text";
                    self.diagnostics.push(Diagnostic::error(codes::STRUCTURE, what).at(span, "its base has no text"));
                }
            }
        }
    }

    /// Element Declarations Consistent. Where they are not, no reader can tell which is meant: the content is left open.
    fn consistency(&mut self) {
        let mut found = Vec::new();
        for (at, ty) in self.model.types.iter().enumerate() {
            if let TypeKind::Complex(complex) = &ty.kind
                && let Content::Particles(particle) = &complex.content
            {
                let mut seen: HashMap<&QName, (TypeId, Option<Span>)> = HashMap::new();
                particle.each_element(&mut |element| {
                    let place = element.origin.0;
                    match seen.get(&element.name) {
                        Some((ty, first)) if *ty != element.ty && !alike(&self.model, *ty, element.ty) => {
                            found.push((at, element.name.clone(), place, *first));
                        }
                        Some(_) => {}
                        None => {
                            seen.insert(&element.name, (element.ty, place));
                        }
                    }
                });
            }
        }
        let any = if found.is_empty() { return } else { self.builtin(crate::model::Builtin::AnyType) };
        for (at, name, place, first) in found {
            if let TypeKind::Complex(complex) = &mut self.model.types[at].kind
                && let Content::Particles(particle) = &mut complex.content
            {
                particle.each_element_mut(&mut |element| {
                    if element.name == name {
                        (element.ty, element.global, element.default, element.fixed) = (any, None, None, None);
                    }
                });
            }
            let name = name.local;
            self.diagnostics.push(
                Diagnostic::error(
                    codes::INCONSISTENT,
                    format!("the element `{name}` has two types in one content model"),
                )
                .at(place, "another type here")
                .also(first, "one type here")
                .with_help("give the two elements different names, or the same type"),
            );
        }
    }

    /// Defaults, fixed values and bounds must be readable as their types; defaults and fixed values that are not are dropped.
    fn values(&mut self) {
        let mut bad: Vec<(String, &'static str, Text, Option<Span>)> = Vec::new();
        let mut unreadable: HashSet<(TypeId, Text)> = HashSet::new();
        let model = &self.model;
        let mut check = |name: &str, ty: TypeId, default: &Option<Text>, fixed: &Option<Text>, span: Option<Span>| {
            for (word, value) in [("default", default), ("fixed", fixed)] {
                if let Some(value) = value
                    && let Some(builtin) = text_of(model, ty).and_then(|text| model.builtin_of(text))
                    && !lexical::valid(builtin, value)
                {
                    bad.push((name.to_owned(), word, value.clone(), span));
                    unreadable.insert((ty, value.clone()));
                }
            }
        };
        for element in &model.elements {
            check(&element.name.local, element.ty, &element.default, &element.fixed, element.origin.0);
        }
        for ty in &model.types {
            if let TypeKind::Complex(complex) = &ty.kind {
                for attribute in &complex.attributes {
                    check(
                        &attribute.name.local,
                        attribute.ty,
                        &attribute.default,
                        &attribute.fixed,
                        attribute.origin.0,
                    );
                }
                if let Content::Particles(particle) = &complex.content {
                    particle.each_element(&mut |element| {
                        if element.global.is_none() {
                            check(&element.name.local, element.ty, &element.default, &element.fixed, element.origin.0);
                        }
                    });
                }
            }
        }
        let mut problems: Vec<Diagnostic> = bad
            .into_iter()
            .map(|(name, word, value, span)| {
                let shown: String = value.chars().take(60).flat_map(char::escape_debug).collect();
                let what = format!("the {word} value `{shown}` of `{name}` is not a value of its type");
                Diagnostic::error(codes::DEFAULT, what).at(span, "declared here")
            })
            .collect();
        for ty in &model.types {
            if let TypeKind::Simple(simple) = &ty.kind
                && let SimpleKind::Restriction(base) = &simple.kind
                && bounds(&simple.facets).next().is_some()
                && let Some(builtin) = model.builtin_of(*base)
            {
                for (facet, value) in bounds(&simple.facets) {
                    if !lexical::valid(builtin, value) {
                        let shown: String = value.chars().take(60).flat_map(char::escape_debug).collect();
                        let what = format!("{facet} `{shown}` is not a value of the type it restricts");
                        problems.push(Diagnostic::error(codes::FACET, what).at(ty.origin.0, "in this type"));
                    }
                }
            }
        }
        for problem in problems {
            self.diagnostics.push(problem);
        }
        if !unreadable.is_empty() {
            self.drop_values(&unreadable);
        }
    }

    fn drop_values(&mut self, unreadable: &HashSet<(TypeId, Text)>) {
        let clear = |ty: TypeId, value: &mut Option<Text>| {
            if value.as_ref().is_some_and(|text| unreadable.contains(&(ty, text.clone()))) {
                *value = None;
            }
        };
        for element in &mut self.model.elements {
            clear(element.ty, &mut element.default);
            clear(element.ty, &mut element.fixed);
        }
        for ty in &mut self.model.types {
            let TypeKind::Complex(complex) = &mut ty.kind else { continue };
            for attribute in &mut complex.attributes {
                clear(attribute.ty, &mut attribute.default);
                clear(attribute.ty, &mut attribute.fixed);
            }
            if let Content::Particles(particle) = &mut complex.content {
                particle.each_element_mut(&mut |element| {
                    clear(element.ty, &mut element.default);
                    clear(element.ty, &mut element.fixed);
                });
            }
        }
    }

    /// Types of which no finite value exists.
    fn endless(&mut self) {
        let model = &self.model;
        let mut finite = vec![false; model.types.len()];
        // Each round settles at least one type or ends. Real schemas need a handful; where that many are not enough, the
        // schema is built to take long, and nothing is said about it.
        for round in 0.. {
            if round > ROUNDS {
                return;
            }
            let mut changed = false;
            for step in 0..finite.len() {
                let at = if round % 2 == 0 { finite.len() - 1 - step } else { step };
                if !finite[at] && ends(model, at, &finite) {
                    finite[at] = true;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let endless: Vec<(String, Option<Span>)> = (0..finite.len())
            .filter(|at| !finite[*at])
            .map(|at| (model.types[at].name.to_string(), model.types[at].origin.0))
            .collect();
        for (name, span) in endless.into_iter().take(20) {
            let what = format!("the type `{name}` is recursive without an end: each value must hold another");
            self.diagnostics.push(Diagnostic::warning(codes::RECURSIVE, what).at(span, "no finite value exists"));
        }
    }
}

fn ends(model: &Model, at: usize, finite: &[bool]) -> bool {
    let TypeKind::Complex(complex) = &model.types[at].kind else { return true };
    let base = complex.derivation.is_none_or(|derivation| finite[derivation.base.0 as usize]);
    let own = match &complex.content {
        Content::Particles(particle) => particle_ends(particle, finite),
        Content::Empty | Content::Text(_) => true,
    };
    // A restriction replaces the content of its base.
    let restriction =
        complex.derivation.is_some_and(|derivation| derivation.method == crate::model::Method::Restriction);
    own && (base || restriction)
}

fn particle_ends(particle: &Particle, finite: &[bool]) -> bool {
    particle.occurs.min == 0
        || match &particle.kind {
            // A substitute may end where the head does not.
            ParticleKind::Element(element) => {
                element.nillable || element.global.is_some() || finite[element.ty.0 as usize]
            }
            ParticleKind::Any(_) => true,
            ParticleKind::Sequence(list) | ParticleKind::All(list) => {
                list.iter().all(|particle| particle_ends(particle, finite))
            }
            ParticleKind::Choice(list) => {
                list.is_empty() || list.iter().any(|particle| particle_ends(particle, finite))
            }
        }
}

/// Two anonymous types that say the same: one declaration written twice is no contradiction.
fn alike(model: &Model, a: TypeId, b: TypeId) -> bool {
    let (a, b) = (&model[a], &model[b]);
    match (&a.kind, &b.kind) {
        _ if a.name.given().is_some() || b.name.given().is_some() => false,
        (TypeKind::Simple(a), TypeKind::Simple(b)) => {
            let values = |simple: &crate::model::Simple| {
                simple.values.iter().map(|value| value.wire.clone()).collect::<Vec<_>>()
            };
            a.kind == b.kind && a.facets == b.facets && values(a) == values(b)
        }
        _ => false,
    }
}

/// The simple type of a type's text.
fn text_of(model: &Model, mut ty: TypeId) -> Option<TypeId> {
    loop {
        match &model[ty].kind {
            TypeKind::Simple(_) => return Some(ty),
            TypeKind::Complex(complex) => match (&complex.content, complex.derivation) {
                (Content::Text(text), _) => return Some(*text),
                (_, Some(derivation)) => ty = derivation.base,
                _ => return None,
            },
        }
    }
}

fn bounds(facets: &Facets) -> impl Iterator<Item = (&'static str, &str)> {
    [
        ("minInclusive", facets.min_inclusive.as_deref()),
        ("maxInclusive", facets.max_inclusive.as_deref()),
        ("minExclusive", facets.min_exclusive.as_deref()),
        ("maxExclusive", facets.max_exclusive.as_deref()),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| (name, value)))
}

/// Circles of a graph, each once, found without recursion.
fn circles(count: usize, next: impl Fn(usize) -> Vec<usize>) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; count];
    let mut found = Vec::new();
    for start in 0..count {
        if marks[start] != Mark::New {
            continue;
        }
        let mut path: Vec<(usize, Vec<usize>)> = vec![(start, next(start))];
        marks[start] = Mark::Open;
        while let Some((at, rest)) = path.last_mut() {
            match rest.pop() {
                Some(to) => match marks[to] {
                    Mark::New => {
                        marks[to] = Mark::Open;
                        path.push((to, next(to)));
                    }
                    Mark::Open => {
                        let from = path.iter().position(|(node, _)| *node == to).unwrap_or(0);
                        found.push(path[from..].iter().map(|(node, _)| *node).collect());
                    }
                    Mark::Done => {}
                },
                None => {
                    marks[*at] = Mark::Done;
                    path.pop();
                }
            }
        }
    }
    found
}
