//! Messages into body elements: document style, rpc style with the wrapper it implies, and what contracts do besides.

use std::collections::HashSet;

use super::codes;
use super::syntax::{BoundContent, BoundIo, Message, Part, Reference};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{
    self, Builtin, Complex, Content, Docs, ElementId, ElementUse, Name, Occurs, Particle, ParticleKind, QName, Type,
    TypeId, TypeKind,
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
    /// What cannot be had without it, in words.
    pub(super) needed_by: &'f str,
}

/// What a part holds.
#[derive(Debug, Clone, Copy)]
enum Held {
    Element(ElementId),
    Type(TypeId),
}

/// The body of a message as one binding carries it; none when a part of it leads nowhere (and was reported).
pub(super) fn body(
    lowering: &mut Lowering<'_, '_>,
    message: &Message,
    io: Option<&BoundIo>,
    header_parts: &[&str],
    form: Form<'_>,
) -> Option<model::Message> {
    let attachments: &[BoundContent] = io.map_or(&[], |io| &io.attachments);
    let beside = |part: &Part| attachments.iter().find(|content| content.part.as_ref() == Some(&part.name));
    let chosen: Vec<&Part> = match io.and_then(|io| io.parts.as_ref()) {
        Some(names) => message.parts.iter().filter(|part| names.contains(&part.name)).collect(),
        None => message.parts.iter().filter(|part| !header_parts.contains(&part.name.as_str())).collect(),
    };
    let chosen: Vec<&Part> = chosen.into_iter().filter(|part| beside(part).is_none()).collect();
    for content in attachments {
        let known = content.part.as_ref().is_some_and(|name| message.parts.iter().any(|part| part.name == *name));
        if !known {
            let what = "this attachment is no part of the message; it is left out";
            lowering
                .diagnostics
                .push(Diagnostic::warning(codes::MESSAGE, what).at(content.span, "`part` should name one"));
        }
    }
    // An attachment that does not say which part it is might be any; but the body of a document is an element.
    let nameless = attachments.iter().any(|content| content.part.is_none());
    let chosen: Vec<&Part> = if nameless && io.is_some_and(|io| io.parts.is_none()) && form.rpc.is_none() {
        chosen.into_iter().filter(|part| part.element.is_some()).take(1).collect()
    } else {
        chosen
    };
    // All of them are looked at before one is given up, so that everything that is missing is said at once.
    let held: Vec<Option<(&Part, Held)>> =
        chosen.iter().map(|part| held(lowering, part, form.needed_by).map(|held| (*part, held))).collect();
    let mut held: Vec<(&Part, Held)> = held.into_iter().collect::<Option<_>>()?;
    let in_body = held.len();
    let attached: Vec<Part> =
        message.parts.iter().filter_map(|part| Some(attached(part, &beside(part)?.types))).collect();
    let attachment = (!attached.is_empty()).then(|| lowering.builtin(Builtin::Attachment));
    held.extend(attached.iter().zip(attachment.into_iter().cycle()).map(|(part, ty)| (part, Held::Type(ty))));
    if let Some(wrapper) = form.rpc {
        let ns = io.and_then(|io| io.namespace.clone()).unwrap_or_else(|| form.ns.to_owned());
        let ty = record(lowering, message.span, &held, form, false);
        return Some(model::Message { element: QName::new(ns, wrapper), ty, nillable: false });
    }
    match held.as_slice() {
        [(_, Held::Element(id))] => {
            let element = &lowering.model[*id];
            return Some(model::Message { element: element.name.clone(), ty: element.ty, nillable: element.nillable });
        }
        [(part, Held::Type(ty))] if in_body == 1 => {
            let what = format!(
                "the part `{}` of a document-style message has a type where an element is expected",
                part.name.escape_debug()
            );
            lowering.diagnostics.push(
                Diagnostic::warning(codes::MESSAGE, what)
                    .at(part.span, "the WS-I Basic Profile demands `element` here")
                    .with_note("the content of the type is put into the body directly"),
            );
            if matches!(lowering.model[*ty].kind, TypeKind::Complex(_)) {
                return Some(model::Message { element: QName::default(), ty: *ty, nillable: false });
            }
        }
        _ => {}
    }
    if in_body > 1 {
        let what = format!("the body of this message has {in_body} parts; they stand in the body side by side");
        lowering
            .diagnostics
            .push(Diagnostic::warning(codes::MESSAGE, what).at(message.span, "the WS-I Basic Profile allows one"));
    }
    let ty = record(lowering, message.span, &held, form, true);
    Some(model::Message { element: QName::default(), ty, nillable: false })
}

/// The parts of a message side by side, as fields of a form; a lone element is the message itself. None when a part of it
/// leads nowhere (and was reported).
pub(super) fn fields(lowering: &mut Lowering<'_, '_>, message: &Message, form: Form<'_>) -> Option<model::Message> {
    let held: Vec<Option<(&Part, Held)>> =
        message.parts.iter().map(|part| held(lowering, part, form.needed_by).map(|held| (part, held))).collect();
    let held: Vec<(&Part, Held)> = held.into_iter().collect::<Option<_>>()?;
    if let [(_, Held::Element(id))] = held.as_slice() {
        let element = &lowering.model[*id];
        return Some(model::Message { element: element.name.clone(), ty: element.ty, nillable: element.nillable });
    }
    let ty = shared_record(lowering, message.span, &held, form);
    Some(model::Message { element: QName::default(), ty, nillable: false })
}

/// The record of a message that operations may share: one type for all of them.
fn shared_record(lowering: &mut Lowering<'_, '_>, span: Span, parts: &[(&Part, Held)], form: Form<'_>) -> TypeId {
    let name = Name::Derived { ns: form.ns.into(), path: vec![form.name.into()] };
    let same = |id: &TypeId| lowering.model[*id].origin == span.into() && lowering.model[*id].name == name;
    let known = lowering.model.type_ids().find(same);
    known.unwrap_or_else(|| record(lowering, span, parts, form, true))
}

/// A part that is a document of its own: its element. None for a part with a type, which has no name to stand under, and for one with
/// neither, which is how ASP.NET declares a document of any kind (`<part name="Body"/>`).
pub(super) fn document(
    lowering: &mut Lowering<'_, '_>,
    part: &Part,
    needed_by: &str,
) -> Option<Option<model::Message>> {
    if part.element.is_none() && part.ty.is_none() {
        return Some(None);
    }
    Some(match held(lowering, part, needed_by)? {
        Held::Element(id) => {
            let element = &lowering.model[id];
            Some(model::Message { element: element.name.clone(), ty: element.ty, nillable: element.nillable })
        }
        Held::Type(_) => None,
    })
}

/// A message that is one part as it comes, whatever it is.
pub(super) fn content(
    lowering: &mut Lowering<'_, '_>,
    part: &Part,
    types: &[String],
    form: Form<'_>,
) -> model::Message {
    let part = &attached(part, types);
    let held = [(part, Held::Type(lowering.builtin(Builtin::Attachment)))];
    let ty = shared_record(lowering, part.span, &held, form);
    model::Message { element: QName::default(), ty, nillable: false }
}

/// The part with its media types in its documentation: the caller has to give one.
fn attached(part: &Part, types: &[String]) -> Part {
    let mut part = part.clone();
    if !types.is_empty() {
        let types: Vec<String> = types.iter().map(|it| format!("`{}`", it.escape_debug())).collect();
        let says = format!("An attachment: {}.", types.join(" or "));
        part.docs = Docs(if part.docs.is_empty() { says.into() } else { format!("{}\n\n{says}", part.docs.0).into() });
    }
    part
}

/// What a part refers to; none when it leads nowhere, which is reported with what cannot be had without it.
fn held(lowering: &mut Lowering<'_, '_>, part: &Part, needed_by: &str) -> Option<Held> {
    match (&part.element, &part.ty) {
        (Some(reference), _) => {
            if let Some(found) = element(lowering, reference) {
                return Some(Held::Element(found));
            }
            if let Some(ty) = lowering.type_named(&reference.name, reference.unbound) {
                let what =
                    format!("there is no element `{}`, but a type of that name; it is used", reference.name.local);
                lowering
                    .diagnostics
                    .push(Diagnostic::warning(codes::MESSAGE, what).at(reference.span, "`type` was meant here"));
                return Some(Held::Type(ty));
            }
            missing(lowering, Space::Element, reference, needed_by);
            None
        }
        (None, Some(reference)) => {
            if let Some(ty) = named(lowering, reference) {
                return Some(Held::Type(ty));
            }
            missing(lowering, Space::Type, reference, needed_by);
            None
        }
        (None, None) => {
            let what = format!("the part `{}` has neither element nor type", part.name.escape_debug());
            lowering
                .diagnostics
                .push(Diagnostic::error(codes::STRUCTURE, what).at(part.span, "one of them is expected"));
            Some(Held::Type(lowering.builtin(Builtin::AnyType)))
        }
    }
}

/// A type with a member for each part.
fn record(lowering: &mut Lowering<'_, '_>, span: Span, parts: &[(&Part, Held)], form: Form<'_>, bare: bool) -> TypeId {
    let mut members: Vec<Particle> = Vec::new();
    let mut names = HashSet::new();
    for (part, held) in parts {
        let mut member = match held {
            Held::Element(id) => {
                let global = &lowering.model[*id];
                let mut member = ElementUse::new(global.name.clone(), global.ty);
                member.global = Some(*id);
                member.nillable = global.nillable;
                member.docs = global.docs.clone();
                member
            }
            Held::Type(ty) => {
                let mut member = ElementUse::new(QName::new("", part.name.clone()), *ty);
                // rpc parts are there always; null is `xsi:nil`, which servers of that age send and take.
                member.nillable = !bare && lowering.model.builtin_of(*ty) != Some(Builtin::Attachment);
                member
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
    let name = Name::Derived { ns: form.ns.into(), path: vec![form.name.into()] };
    lowering.model.add_type(Type { name, docs: Docs::default(), origin: span.into(), kind: TypeKind::Complex(complex) })
}

/// The element and type of a header or fault part.
pub(super) fn single(
    lowering: &mut Lowering<'_, '_>,
    part: &Part,
    ns: Option<&str>,
    needed_by: &str,
) -> Option<(QName, TypeId)> {
    match held(lowering, part, needed_by)? {
        Held::Element(id) => {
            let element = &lowering.model[id];
            Some((element.name.clone(), element.ty))
        }
        Held::Type(ty) => Some((QName::new(ns.unwrap_or_default(), part.name.clone()), ty)),
    }
}

/// The global element a part means.
fn element(lowering: &mut Lowering<'_, '_>, reference: &Reference) -> Option<ElementId> {
    if let Some(found) = lowering.element_named(&reference.name) {
        return Some(found);
    }
    elsewhere(lowering, Space::Element, reference).and_then(|name| lowering.element_named(&name))
}

/// The type a part means.
fn named(lowering: &mut Lowering<'_, '_>, reference: &Reference) -> Option<TypeId> {
    if let Some(found) = lowering.type_named(&reference.name, reference.unbound) {
        return Some(found);
    }
    if let Some(name) = elsewhere(lowering, Space::Type, reference) {
        return lowering.type_named(&name, false);
    }
    if let Some(id) = lowering.element_named(&reference.name) {
        let what =
            format!("there is no type `{}`, but an element of that name; its type is used", reference.name.local);
        lowering
            .diagnostics
            .push(Diagnostic::warning(codes::MESSAGE, what).at(reference.span, "`element` was meant here"));
        return Some(lowering.model[id].ty);
    }
    None
}

/// The only declaration of this local name in another namespace.
fn elsewhere(lowering: &mut Lowering<'_, '_>, space: Space, reference: &Reference) -> Option<QName> {
    let same: Vec<QName> =
        lowering.names(space).into_iter().filter(|name| name.local == reference.name.local).cloned().collect();
    let [only] = same.as_slice() else { return None };
    let what = format!(
        "there is no {} `{}` in {}; the one in `{}` is used",
        space.word(),
        reference.name.local,
        reference.home(),
        only.ns.escape_debug()
    );
    lowering.diagnostics.push(Diagnostic::warning(codes::NAMESPACE, what).at(reference.span, "another namespace"));
    Some(only.clone())
}

fn missing(lowering: &mut Lowering<'_, '_>, space: Space, reference: &Reference, needed_by: &str) {
    let word = space.word();
    let what = format!("there is no {word} `{}` in {}", reference.name.local, reference.home());
    let mut problem = Diagnostic::error(codes::UNRESOLVED, what)
        .at(reference.span, format!("this {word} is not declared in any loaded document"));
    let names = lowering.names(space);
    let same_ns = names.iter().filter(|name| name.ns == reference.name.ns).map(|name| name.local.as_str());
    if let Some(near) = did_you_mean(&reference.name.local, same_ns) {
        problem = problem.with_help(format!("did you mean `{near}`?"));
    }
    lowering.diagnostics.push(problem.with_note(format!("needed by {needed_by}")));
}
