//! Content models into the model, named groups written out where they are used.

use std::rc::Rc;

use super::codes;
use super::lower::{Context, Lowering, Written};
use super::read::XSD;
use super::syntax::{Element, Global, Particle, Reference, Space, Term};
use crate::diagnostic::Diagnostic;
use crate::model::{
    self, Builtin, ElementId, ElementUse, NamespaceSet, Occurs, ParticleKind, ProcessContents, QName, Text,
};
use crate::source::Span;

/// How deep groups may refer to groups.
const NESTING: usize = 100;

/// A place that takes anything.
pub(super) const OPEN: model::Wildcard =
    model::Wildcard { namespaces: NamespaceSet::Any, process: ProcessContents::Lax };

impl<'s> Lowering<'s, '_> {
    pub(super) fn particle(&mut self, it: &'s Particle, context: &mut Context) -> Option<model::Particle> {
        let kind = match &it.term {
            Term::Element(element) => ParticleKind::Element(Box::new(self.element_use(element, context))),
            Term::Any(wildcard) => ParticleKind::Any(self.wildcard(wildcard, context)),
            Term::Sequence(list) => ParticleKind::Sequence(self.particle_list(list, context)),
            Term::Choice(list) => ParticleKind::Choice(self.particle_list(list, context)),
            Term::All(list) => ParticleKind::All(self.particle_list(list, context)),
            Term::Group(reference) => {
                let Some(written) = self.group(reference, context) else {
                    // What the group would hold is not known: anything may stand there, and nothing is lost.
                    let kind = ParticleKind::Any(OPEN);
                    return Some(model::Particle { occurs: Occurs::ANY, kind, origin: it.span.into() });
                };
                let (group, size) = written?;
                self.members = self.members.saturating_add(size);
                if self.members > self.limits.group_members {
                    self.too_many(it.span);
                    return None;
                }
                let group = model::Particle::clone(&group);
                if it.occurs == Occurs::ONCE {
                    return Some(group);
                }
                if group.occurs == Occurs::ONCE {
                    return Some(model::Particle { occurs: it.occurs, ..group });
                }
                ParticleKind::Sequence(vec![group])
            }
        };
        Some(model::Particle { occurs: it.occurs, kind, origin: it.span.into() })
    }

    fn particle_list(&mut self, list: &'s [Particle], context: &mut Context) -> Vec<model::Particle> {
        list.iter().filter_map(|particle| self.particle(particle, context)).collect()
    }

    /// The particle of a named group: written out once, then copied. None where there is no such group, or where it
    /// would contain itself.
    fn group(&mut self, reference: &'s Reference, context: &Context) -> Option<Written> {
        let Some(found) = self.find(Space::Group, reference, context) else {
            let complaint = self.complaint(Space::Group, reference, context);
            self.miss(context.owner, complaint);
            return None;
        };
        let key = (found.unit, std::ptr::from_ref(found.global));
        if let Some(known) = self.groups.get(&key) {
            return Some(known.clone());
        }
        let Global::Group(group) = found.global else { return None };
        let name = self.meant(reference, context);
        let again = self.open_groups.iter().any(|(known, _, _)| *known == key);
        if again || self.open_groups.len() > NESTING {
            let open: Vec<(QName, Span)> =
                self.open_groups.iter().map(|(_, name, span)| (name.clone(), *span)).collect();
            self.cycle("groups contain themselves", &open, (&name, group.span));
            return None;
        }
        self.open_groups.push((key, name.clone(), group.span));
        let mut inner = Context {
            unit: found.unit,
            redefining: found.redefines.then_some((Space::Group, name)),
            owner: context.owner,
            path: vec![group.name.clone()],
        };
        let particle = group.particle.as_ref().and_then(|particle| self.particle(particle, &mut inner));
        self.open_groups.pop();
        let written = particle.map(|particle| {
            let size = size(&particle);
            (Rc::new(particle), size)
        });
        self.groups.insert(key, written.clone());
        Some(written)
    }

    fn element_use(&mut self, it: &'s Element, context: &mut Context) -> ElementUse {
        let mut element = match (&it.reference, &it.name) {
            (Some(reference), _) => match self.find(Space::Element, reference, context) {
                Some(found) => {
                    let Global::Element(global) = found.global else { return self.lost(reference, context) };
                    let local = reference.name.local.clone();
                    // The element's own type may not be filled in yet: the checks put it in its place.
                    let name = QName::new(self.units[found.unit].target.clone(), local);
                    let mut element = ElementUse::new(name, model::TypeId(0));
                    element.global = Some(ElementId(found.index));
                    element.block = global.block.of_types();
                    element.nillable = global.nillable;
                    element.default = global.default.clone();
                    element.fixed = global.fixed.clone();
                    element.docs = if it.docs.is_empty() { global.docs.clone() } else { it.docs.clone() };
                    element
                }
                // .NET's DataSet: a schema stands in the message.
                None if reference.name.ns == XSD && reference.name.local == "schema" => {
                    let ty = self.builtin(Builtin::AnyType);
                    ElementUse::new(reference.name.clone(), ty)
                }
                None => self.lost(reference, context),
            },
            (None, name) => {
                let local = name.clone().unwrap_or_default();
                context.path.push(local.clone());
                let ty = self.element_type(&it.ty, context);
                context.path.pop();
                let ns = if it.qualified { self.units[context.unit].target.clone() } else { Text::new() };
                let mut element = ElementUse::new(QName::new(ns, local), ty);
                element.block = it.block.of_types();
                element.nillable = it.nillable;
                element.default = it.default.clone();
                element.fixed = it.fixed.clone();
                element.docs = it.docs.clone();
                element
            }
        };
        element.origin = it.span.into();
        element
    }

    fn lost(&mut self, reference: &Reference, context: &Context) -> ElementUse {
        let ty = self.placeholder(Space::Element, reference, context, Builtin::AnyType);
        ElementUse::new(self.meant(reference, context), ty)
    }

    pub(super) fn too_many(&mut self, span: Span) {
        if self.members == usize::MAX {
            return; // said already
        }
        let max = self.limits.group_members;
        self.members = usize::MAX;
        let what =
            format!("written out, the groups of this schema have more than {max} members (limit `group_members`)");
        self.diagnostics.push(Diagnostic::error(codes::GROUPS, what).at(span, "at this reference"));
    }

    /// Reports definitions in a circle, from the first occurrence of `closing` in `open`.
    pub(super) fn cycle(&mut self, what: &str, open: &[(QName, Span)], closing: (&QName, Span)) {
        let Some(start) = open.iter().position(|(name, _)| name == closing.0) else {
            let message = format!("{what} too deeply: more than {} levels", open.len());
            self.diagnostics.push(Diagnostic::error(codes::GROUPS, message).at(closing.1, "here"));
            return;
        };
        let mut names: Vec<&str> = open[start..].iter().map(|(name, _)| name.local.as_str()).collect();
        names.push(&closing.0.local);
        let mut problem = Diagnostic::error(codes::GROUP_CYCLE, format!("{what}: {}", names.join(" → ")))
            .at(closing.1, "the circle begins here");
        for (_, span) in open[start + 1..].iter().take(8) {
            problem = problem.also(*span, "and leads over this");
        }
        self.diagnostics.push(problem);
    }
}

fn size(particle: &model::Particle) -> usize {
    match &particle.kind {
        ParticleKind::Element(_) | ParticleKind::Any(_) => 1,
        ParticleKind::Sequence(list) | ParticleKind::Choice(list) | ParticleKind::All(list) => {
            1 + list.iter().map(size).sum::<usize>()
        }
    }
}
