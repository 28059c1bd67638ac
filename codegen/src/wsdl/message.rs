//! Messages into body elements: document style, rpc style with the wrapper it implies, and what contracts do besides.

use std::collections::HashSet;

use super::codes;
use super::syntax::{BoundIo, Message, Part, Reference};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{
    self, Builtin, Complex, Content, Docs, ElementId, ElementUse, Name, Occurs, Particle, ParticleKind, QName, Simple,
    SimpleKind, Type, TypeId, TypeKind,
};
use crate::source::Span;
use crate::xsd::Lowering;
use crate::xsd::syntax::Space;

/// How a body is formed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form<'f> {
    /// rpc style: the parts stand in a wrapper of this local name.
    pub(super) rpc: Option<&'f str>,
    /// The name to call types made for it by: the operation's.
    pub(super) name: &'f str,
    /// The namespace such types belong to.
    pub(super) ns: &'f str,
}

/// The body of a message as one binding carries it.
pub(super) fn body(
    lowering: &mut Lowering<'_, '_>,
    message: &Message,
    io: Option<&BoundIo>,
    header_parts: &[&str],
    form: Form<'_>,
) -> model::Message {
    let chosen: Vec<&Part> = match io.and_then(|io| io.parts.as_ref()) {
        Some(names) => message.parts.iter().filter(|part| names.contains(&part.name)).collect(),
        None => message.parts.iter().filter(|part| !header_parts.contains(&part.name.as_str())).collect(),
    };
    let attachments = io.map_or(0, |io| io.attachments.len());
    if let (true, Some(io)) = (attachments > 0, io) {
        let what = "parts sent as attachments beside the body are left out";
        lowering
            .diagnostics
            .push(Diagnostic::warning(codes::UNSUPPORTED, what).at(io.attachments[0], "this attachment"));
    }
    // With attachments, `mime:content` names the parts that are not in the body; without `parts` they cannot be told by
    // the body alone, so the element part is the body.
    let chosen: Vec<&Part> = if attachments > 0 && io.is_some_and(|io| io.parts.is_none()) && form.rpc.is_none() {
        chosen.into_iter().filter(|part| part.element.is_some()).take(1).collect()
    } else {
        chosen
    };
    if let Some(wrapper) = form.rpc {
        let ns = io.and_then(|io| io.namespace.clone()).unwrap_or_else(|| form.ns.to_owned());
        let ty = record(lowering, message.span, &chosen, form, false);
        return model::Message { element: QName::new(ns, wrapper), ty, nillable: false };
    }
    if let [part] = chosen.as_slice()
        && let Some(reference) = &part.element
    {
        if let Some(id) = element(lowering, reference) {
            let element = &lowering.model[id];
            return model::Message { element: element.name.clone(), ty: element.ty, nillable: element.nillable };
        }
        return model::Message {
            element: reference.name.clone(),
            ty: lowering.builtin(Builtin::AnyType),
            nillable: false,
        };
    }
    if let [part] = chosen.as_slice()
        && let Some(reference) = &part.ty
    {
        let what = format!(
            "the part `{}` of a document-style message has a type where an element is expected",
            part.name.escape_debug()
        );
        lowering.diagnostics.push(
            Diagnostic::warning(codes::MESSAGE, what)
                .at(reference.span, "the WS-I Basic Profile demands `element` here")
                .with_note("the content of the type is put into the body directly"),
        );
        if let Some(ty) = named(lowering, reference)
            && matches!(lowering.model[ty].kind, TypeKind::Complex(_))
        {
            return model::Message { element: QName::default(), ty, nillable: false };
        }
    }
    if chosen.len() > 1 {
        let what = format!("the body of this message has {} parts; they stand in the body side by side", chosen.len());
        lowering
            .diagnostics
            .push(Diagnostic::warning(codes::MESSAGE, what).at(message.span, "the WS-I Basic Profile allows one"));
    }
    let ty = record(lowering, message.span, &chosen, form, true);
    model::Message { element: QName::default(), ty, nillable: false }
}

/// A type with a member for each part.
fn record(lowering: &mut Lowering<'_, '_>, span: Span, parts: &[&Part], form: Form<'_>, bare: bool) -> TypeId {
    let mut members: Vec<Particle> = Vec::new();
    let mut names = HashSet::new();
    for part in parts {
        let mut member = match (&part.element, &part.ty) {
            (Some(reference), _) => match element(lowering, reference) {
                Some(id) => {
                    let global = &lowering.model[id];
                    let mut member = ElementUse::new(global.name.clone(), global.ty);
                    member.global = Some(id);
                    member.nillable = global.nillable;
                    member.docs = global.docs.clone();
                    member
                }
                None => continue,
            },
            (None, Some(reference)) => {
                let Some(ty) = named(lowering, reference) else { continue };
                let mut member = ElementUse::new(QName::new("", part.name.clone()), ty);
                // rpc parts are there always; null is `xsi:nil`, which servers of that age send and take.
                member.nillable = !bare;
                member
            }
            (None, None) => {
                let what = format!("the part `{}` has neither element nor type", part.name.escape_debug());
                lowering
                    .diagnostics
                    .push(Diagnostic::error(codes::STRUCTURE, what).at(part.span, "one of them is expected"));
                continue;
            }
        };
        if !part.docs.is_empty() {
            member.docs = part.docs.clone();
        }
        member.origin = part.span.into();
        if !names.insert(member.name.clone()) {
            let what = format!("two parts of this message are called `{}`", member.name.local);
            lowering.diagnostics.push(Diagnostic::warning(codes::MESSAGE, what).at(part.span, "skipped"));
            continue;
        }
        members.push(Particle {
            occurs: Occurs::ONCE,
            kind: ParticleKind::Element(Box::new(member)),
            origin: part.span.into(),
        });
    }
    let mut complex = Complex::default();
    if !members.is_empty() {
        complex.content = Content::Particles(Particle {
            occurs: Occurs::ONCE,
            kind: ParticleKind::Sequence(members),
            origin: span.into(),
        });
    }
    let name = Name::Derived { ns: form.ns.to_owned(), path: vec![form.name.to_owned()] };
    lowering.model.add_type(Type { name, docs: Docs::default(), origin: span.into(), kind: TypeKind::Complex(complex) })
}

/// The element and type of a header or fault part.
pub(super) fn single(lowering: &mut Lowering<'_, '_>, part: &Part, ns: Option<&str>) -> Option<(QName, TypeId)> {
    match (&part.element, &part.ty) {
        (Some(reference), _) => {
            let id = element(lowering, reference)?;
            let element = &lowering.model[id];
            Some((element.name.clone(), element.ty))
        }
        (None, Some(reference)) => {
            let ty = named(lowering, reference)?;
            Some((QName::new(ns.unwrap_or_default(), part.name.clone()), ty))
        }
        (None, None) => None,
    }
}

/// The global element a part means; reported when there is none.
pub(super) fn element(lowering: &mut Lowering<'_, '_>, reference: &Reference) -> Option<ElementId> {
    if let Some(found) = lowering.element_named(&reference.name) {
        return Some(found);
    }
    let found = elsewhere(lowering, Space::Element, reference).and_then(|name| lowering.element_named(&name));
    if found.is_none() {
        missing(lowering, Space::Element, reference);
    }
    found
}

/// The type a part means; reported when there is none.
fn named(lowering: &mut Lowering<'_, '_>, reference: &Reference) -> Option<TypeId> {
    if let Some(found) = lowering.type_named(&reference.name) {
        return Some(found);
    }
    if let Some(name) = elsewhere(lowering, Space::Type, reference) {
        return lowering.type_named(&name);
    }
    if let Some(id) = lowering.element_named(&reference.name) {
        let what =
            format!("there is no type `{}`, but an element of that name; its type is used", reference.name.local);
        lowering
            .diagnostics
            .push(Diagnostic::warning(codes::MESSAGE, what).at(reference.span, "`element` was meant here"));
        return Some(lowering.model[id].ty);
    }
    missing(lowering, Space::Type, reference);
    // Keeps the wrapper whole, so that one mistake is reported once.
    let kind = TypeKind::Simple(Simple::plain(SimpleKind::Builtin(Builtin::AnyType)));
    let name = Name::Given(reference.name.clone());
    Some(lowering.model.add_type(Type { name, docs: Docs::default(), origin: reference.span.into(), kind }))
}

/// The only declaration of this local name in another namespace.
fn elsewhere(lowering: &mut Lowering<'_, '_>, space: Space, reference: &Reference) -> Option<QName> {
    let same: Vec<QName> =
        lowering.names(space).into_iter().filter(|name| name.local == reference.name.local).cloned().collect();
    let [only] = same.as_slice() else { return None };
    let what = format!(
        "there is no {} `{}` in the namespace `{}`; the one in `{}` is used",
        space.word(),
        reference.name.local,
        reference.name.ns.escape_debug(),
        only.ns.escape_debug()
    );
    lowering.diagnostics.push(Diagnostic::warning(codes::NAMESPACE, what).at(reference.span, "another namespace"));
    Some(only.clone())
}

fn missing(lowering: &mut Lowering<'_, '_>, space: Space, reference: &Reference) {
    let word = space.word();
    let what = format!(
        "there is no {word} `{}` in the namespace `{}`",
        reference.name.local,
        reference.name.ns.escape_debug()
    );
    let mut problem = Diagnostic::error(codes::UNRESOLVED, what)
        .at(reference.span, format!("this {word} is not declared in any loaded document"));
    let names = lowering.names(space);
    let same_ns = names.iter().filter(|name| name.ns == reference.name.ns).map(|name| name.local.as_str());
    if let Some(near) = did_you_mean(&reference.name.local, same_ns) {
        problem = problem.with_help(format!("did you mean `{near}`?"));
    }
    lowering.diagnostics.push(problem);
}
