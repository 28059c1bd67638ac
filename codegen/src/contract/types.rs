//! Records, their members, and enumerations.

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{
    Absent, Attribute, Complex, Content, Docs, ElementUse, Layout, NamespaceSet, Occurs, Only, Origin, Particle,
    ParticleKind, ProcessContents, QName, TypeId, TypeKind, Wildcard,
};
use crate::source::Span;

use super::ast::{Member, Record, Ty, Word};
use super::attrs::Attrs;
use super::lower::{Arrangement, Base, Lower, Use};
use super::names::substitute;

/// What a member becomes.
pub(super) enum Part {
    Element(Particle),
    Attribute(Box<Attribute>),
    Text(TypeId, Span),
}

impl Lower<'_, '_> {
    /// A struct's content. `argument` is what its type parameter stands for.
    pub(super) fn record(&mut self, record: &Record, argument: Option<&Ty>) -> Complex {
        self.check_record_attributes(record);
        let arrangement = record.arrangement();
        let ns = if arrangement == Arrangement::Xml { self.type_ns(&record.attrs) } else { String::new() };
        let members: Vec<(&Member, Ty)> = record
            .members
            .iter()
            .map(|member| {
                let ty = match (&record.parameter, argument) {
                    (Some(parameter), Some(argument)) => substitute(&member.ty, &parameter.text, argument),
                    _ => member.ty.clone(),
                };
                (member, ty)
            })
            .collect();
        let mut complex = self.members(&members, &ns, arrangement);
        complex.ordinal = self.data_contract && arrangement == Arrangement::Xml;
        match arrangement {
            Arrangement::Xml => {
                if let Some(span) = record.attrs.span("unchecked") {
                    let any = Wildcard { namespaces: NamespaceSet::Any, process: ProcessContents::Skip };
                    complex.any_attribute = Some(any.clone());
                    let particle = Particle { occurs: Occurs::ANY, kind: ParticleKind::Any(any), origin: span.into() };
                    match &mut complex.content {
                        Content::Particles(Particle { kind: ParticleKind::Sequence(parts), .. }) => {
                            parts.push(particle)
                        }
                        content => *content = sequence(vec![particle], span),
                    }
                }
            }
            Arrangement::Slots => {
                let more = record.attrs.get("slots").is_some_and(|attr| attr.first().is_some());
                complex.layout = Layout::Slots { more };
            }
            Arrangement::Packed => complex.layout = Layout::Packed { separators: self.separators(record) },
        }
        complex
    }

    fn check_record_attributes(&mut self, record: &Record) {
        let layout: Vec<_> =
            ["slots", "packed", "unchecked"].iter().filter_map(|name| record.attrs.span(name)).collect();
        if let [first, second, ..] = layout[..] {
            self.cx.push(
                Diagnostic::error("E0515", "these two attributes contradict each other").at(second, "").also(first, ""),
            );
        }
        let reply = record.attrs.get("reply");
        if record.parameter.is_some() && reply.is_none() {
            self.cx.push(
                Diagnostic::error("E0507", format!("`{}` has a type parameter but is no `#[reply]`", record.name.text))
                    .at(record.name.span, "")
                    .with_help("add `#[reply(ok = …, failed = …, code = …)]`, or write a struct for each use"),
            );
        }
        let Some(reply) = reply else { return };
        let known = || record.members.iter().map(|member| member.name.text.as_str());
        for key in ["ok", "failed", "code", "text"] {
            let Some(word) = reply.named(key) else { continue };
            if !known().any(|name| name == word.text) {
                self.no_member(word, &record.name.text, known());
            }
        }
    }

    pub(super) fn no_member<'n>(&mut self, word: &Word, owner: &str, known: impl IntoIterator<Item = &'n str>) {
        let known: Vec<&str> = known.into_iter().collect();
        let mut diagnostic = Diagnostic::error("E0523", format!("`{owner}` has no member `{}`", word.text))
            .at(word.span, "not a member");
        diagnostic = match did_you_mean(&word.text, known.iter().copied()) {
            Some(near) => diagnostic.with_help(format!("did you mean `{near}`?")),
            None => diagnostic.with_help(format!("members are: {}", known.join(", "))),
        };
        self.cx.push(diagnostic);
    }

    /// The members of a struct or the parameters of an operation.
    pub(super) fn members(&mut self, members: &[(&Member, Ty)], ns: &str, arrangement: Arrangement) -> Complex {
        let mut complex = Complex { data_contract: arrangement == Arrangement::Xml, ..Complex::default() };
        let mut particles = Vec::new();
        let mut text = None;
        let mut seen: Vec<(String, Span)> = Vec::new();
        for (member, ty) in members {
            let wire = self.wire(&member.attrs, &member.name);
            if let Some((_, earlier)) = seen.iter().find(|(name, _)| *name == wire) {
                let earlier = *earlier;
                self.duplicate("member", &Word { text: wire.clone(), span: member.name.span }, earlier);
                continue;
            }
            seen.push((wire.clone(), member.name.span));
            self.check_member_attributes(member, arrangement);
            let Some(used) = self.resolve(ty) else { continue };
            self.check_secret(member, &used);
            let part = match arrangement {
                Arrangement::Xml => self.xml_member(member, wire, ns, used),
                Arrangement::Slots => self.slot(member, wire, used),
                Arrangement::Packed => self.packed_part(member, wire, used),
            };
            match part {
                Some(Part::Element(particle)) => particles.push(particle),
                Some(Part::Attribute(attribute)) => complex.attributes.push(*attribute),
                Some(Part::Text(ty, span)) => text = Some((ty, span)),
                None => {}
            }
        }
        if arrangement == Arrangement::Slots {
            self.check_slots(members, &particles);
        }
        complex.content = match text {
            Some((_, span)) if !particles.is_empty() => {
                self.cx.push(
                    Diagnostic::error("E0516", "a struct with `#[text]` has no element members")
                        .at(span, "text and elements at once")
                        .with_help("mark the other members `#[attribute]`"),
                );
                Content::Empty
            }
            Some((ty, _)) => Content::Text(ty),
            None if particles.is_empty() => Content::Empty,
            None => {
                let span = members.first().map(|(member, _)| member.name.span);
                Content::Particles(Particle {
                    occurs: Occurs::ONCE,
                    kind: ParticleKind::Sequence(particles),
                    origin: Origin(span),
                })
            }
        };
        complex
    }

    /// Attributes that mean nothing in this arrangement.
    fn check_member_attributes(&mut self, member: &Member, arrangement: Arrangement) {
        let (wrong, place): (&[&str], _) = match arrangement {
            Arrangement::Xml => (&["count", "trailing", "none", "max"], "a member of an XML contract"),
            Arrangement::Slots => (&["flat", "item", "attribute", "text", "ns", "absent", "none", "only"], "a slot"),
            Arrangement::Packed => (
                &["flat", "item", "attribute", "text", "ns", "absent", "only", "count", "trailing"],
                "a part of a packed string",
            ),
        };
        for name in wrong {
            if let Some(span) = member.attrs.span(name) {
                let mut diagnostic =
                    Diagnostic::error("E0511", format!("`#[{name}]` means nothing on {place}")).at(span, "remove this");
                if *name != "none" && arrangement == Arrangement::Xml {
                    diagnostic = diagnostic.with_help("positional layouts are structs marked `#[slots]`");
                }
                self.cx.push(diagnostic);
            }
        }
    }

    fn xml_member(&mut self, member: &Member, wire: String, ns: &str, used: Use) -> Option<Part> {
        let span = member.name.span;
        if let Base::Record(i) = used.base {
            let record = &self.file.records[i];
            if record.arrangement() != Arrangement::Xml {
                let message = format!("`{}` is a positional layout and cannot be an XML element", record.name.text);
                self.cx.push(Diagnostic::error("E0517", message).at(member.ty.span, "positional"));
                return None;
            }
        }
        for name in ["attribute", "text"] {
            if let Some(at) = member.attrs.span(name)
                && (used.list || !used.base.is_text())
            {
                let message = format!("`#[{name}]` needs a type that is one piece of text");
                self.cx
                    .push(Diagnostic::error("E0517", message).at(member.ty.span, "not one piece of text").also(at, ""));
                return None;
            }
        }
        if member.attrs.has("attribute") {
            let ns = self.own_namespace(&member.attrs).unwrap_or_default();
            return Some(Part::Attribute(Box::new(Attribute {
                name: QName::new(ns, wire),
                ty: used.ty,
                required: !used.optional,
                prohibited: false,
                default: None,
                fixed: None,
                docs: member.docs.clone(),
                secret: member.attrs.has("secret"),
                rename: rename(&member.attrs),
                origin: span.into(),
            })));
        }
        if member.attrs.has("text") {
            return Some(Part::Text(used.ty, span));
        }
        let ns = self.own_namespace(&member.attrs).unwrap_or_else(|| ns.to_owned());
        let mut element = self.element(member, QName::new(&*ns, wire), &used);
        let mut occurs = if used.optional { Occurs::OPTIONAL } else { Occurs::ONCE };
        if used.list {
            if member.attrs.has("flat") {
                self.check_flat(member, &used);
                occurs = Occurs::ANY;
                element.nillable = used.nil_items;
            } else {
                element.items = Some(Box::new(self.item(member, &ns, &used)));
            }
        } else {
            for name in ["flat", "item"] {
                if let Some(at) = member.attrs.span(name) {
                    let message = format!("`#[{name}]` is for lists");
                    self.cx.push(
                        Diagnostic::error("E0517", message).at(at, "remove this").also(member.ty.span, "not a `Vec`"),
                    );
                }
            }
        }
        Some(Part::Element(Particle { occurs, kind: ParticleKind::Element(Box::new(element)), origin: span.into() }))
    }

    fn check_flat(&mut self, member: &Member, used: &Use) {
        if used.optional {
            self.cx.push(
                Diagnostic::error("E0517", "a `#[flat]` list has no wrapper that could be absent")
                    .at(member.ty.span, "write `Vec<…>`"),
            );
        }
        if let Some(span) = member.attrs.span("item") {
            self.cx.push(
                Diagnostic::error("E0515", "a `#[flat]` list has no item name of its own")
                    .at(span, "remove this, or `#[flat]`"),
            );
        }
    }

    /// The item element of a wrapped list: named after its type, in the serializer's manner.
    fn item(&mut self, member: &Member, ns: &str, used: &Use) -> Particle {
        let mut name = used.item.clone();
        // XmlSerializer keeps items in the namespace of the list.
        if !self.data_contract {
            name.ns = ns.into();
        }
        let given = member.attrs.get("item").map(|attr| (attr.first().cloned(), attr.arg("ns").cloned()));
        if let Some((local, item_ns)) = given {
            if let Some(local) = local {
                self.check_xml_name(&local);
                name.local = local.text.into();
            }
            if let Some(item_ns) = item_ns {
                name.ns = self.namespace(&item_ns).into();
            }
        }
        let span = member.ty.span;
        let mut item = ElementUse::new(name, used.ty);
        item.nillable = used.nil_items;
        item.origin = span.into();
        Particle { occurs: Occurs::ANY, kind: ParticleKind::Element(Box::new(item)), origin: span.into() }
    }

    fn element(&mut self, member: &Member, name: QName, used: &Use) -> ElementUse {
        let mut element = ElementUse::new(name, used.ty);
        element.docs = member.docs.clone();
        element.secret = member.attrs.has("secret");
        element.rename = rename(&member.attrs);
        element.origin = member.name.span.into();
        element.only = only(&member.attrs);
        element.nillable = used.optional;
        if used.optional && !self.data_contract {
            // XmlSerializer: a null value type is written as nil, a null string, record or list not at all.
            let nil = used.base.is_value_type() && !used.list;
            element.nillable = nil;
            element.absent = Some(if nil { Absent::Nil } else { Absent::Omit });
        }
        if let Some(word) = member.attrs.get("absent").and_then(|attr| attr.first()).cloned() {
            if !used.optional {
                self.cx.push(
                    Diagnostic::error(
                        "E0517",
                        "`#[absent(…)]` says how `None` is written, but this member is never absent",
                    )
                    .at(member.ty.span, "write `Option<…>`")
                    .also(word.span, ""),
                );
            }
            element.absent = Some(match word.text.as_str() {
                "nil" => Absent::Nil,
                "empty" => Absent::Empty,
                _ => Absent::Omit,
            });
            element.nillable |= element.absent == Some(Absent::Nil);
        }
        element
    }

    /// A type made for a message.
    pub(super) fn message_type(&mut self, ns: &str, name: &str, docs: Docs, span: Span, complex: Complex) -> TypeId {
        self.model.add_type(crate::model::Type {
            name: crate::model::Name::Derived { ns: ns.into(), path: vec![name.into()] },
            docs,
            origin: span.into(),
            kind: TypeKind::Complex(complex),
        })
    }
}

pub(super) fn rename(attrs: &Attrs) -> Option<String> {
    attrs.get("rename").and_then(|attr| attr.first()).map(|word| word.text.clone())
}

fn only(attrs: &Attrs) -> Only {
    match attrs.get("only").and_then(|attr| attr.first()).map(|word| word.text.as_str()) {
        Some("soap") => Only::Soap,
        Some(_) => Only::Plain,
        None => Only::All,
    }
}

/// A sequence of particles.
pub(super) fn sequence(parts: Vec<Particle>, span: Span) -> Content {
    Content::Particles(Particle { occurs: Occurs::ONCE, kind: ParticleKind::Sequence(parts), origin: span.into() })
}
