//! Records, their members, and enumerations.

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{
    Absent, Attribute, Builtin, Complex, Content, Counter, Docs, ElementUse, EnumValue, ErrorCode, ErrorTable,
    ErrorTableId, Layout, NamespaceSet, Occurs, Only, Origin, Particle, ParticleKind, ProcessContents, QName, Simple,
    SlotUse, TypeId, TypeKind, Wildcard,
};
use crate::source::Span;

use super::ast::{Enumeration, Member, Record, Ty, Word};
use super::attrs::Attrs;
use super::lower::{Arrangement, Base, Lower, Use, enum_base, substitute};

/// What a member becomes.
enum Part {
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
            ns.clone_into(&mut name.ns);
        }
        let given = member.attrs.get("item").map(|attr| (attr.first().cloned(), attr.arg("ns").cloned()));
        if let Some((local, item_ns)) = given {
            if let Some(local) = local {
                self.check_xml_name(&local);
                name.local = local.text;
            }
            if let Some(item_ns) = item_ns {
                name.ns = self.namespace(&item_ns);
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

    fn max(&mut self, attrs: &Attrs, base: &Base) -> Option<u32> {
        let word = attrs.get("max")?.first()?.clone();
        if !base.is_text() {
            self.cx
                .push(Diagnostic::error("E0517", "`#[max(…)]` limits text").at(word.span, "this member is not text"));
        }
        match word.text.parse::<u32>() {
            Ok(max) if max > 0 => Some(max),
            _ => {
                self.cx.push(
                    Diagnostic::error("E0518", format!("`#[max({})]` is not a length", word.text))
                        .at(word.span, format!("expected a number from 1 to {}", u32::MAX)),
                );
                None
            }
        }
    }

    fn slot(&mut self, member: &Member, wire: String, used: Use) -> Option<Part> {
        let count = member.attrs.get("count").and_then(|attr| attr.first()).map(|word| match word.text.as_str() {
            "values" => Counter::Values,
            _ => Counter::Entries,
        });
        if let Some(span) = member.attrs.span("count")
            && !used.list
        {
            let message = format!("a counter counts the entries of a list, and `{wire}` is not a `Vec`");
            self.cx.push(
                Diagnostic::error("E0524", message).at(member.ty.span, "nothing to count").also(span, "").with_help(
                    "put `#[count(…)]` on the list: the counter slot before it is written and read by itself",
                ),
            );
        }
        if !self.check_slot_type(member, &used) {
            return None;
        }
        let max_len = self.max(&member.attrs, &used.base);
        let mut element = ElementUse::new(QName::new("", wire), used.ty);
        element.docs = member.docs.clone();
        element.secret = member.attrs.has("secret");
        element.rename = rename(&member.attrs);
        element.origin = member.name.span.into();
        element.slot = Some(SlotUse { count, trailing: member.attrs.has("trailing"), none: None, max_len });
        let occurs = match (used.list, used.optional) {
            (true, _) => Occurs::ANY,
            (false, true) => Occurs::OPTIONAL,
            (false, false) => Occurs::ONCE,
        };
        Some(Part::Element(Particle {
            occurs,
            kind: ParticleKind::Element(Box::new(element)),
            origin: member.name.span.into(),
        }))
    }

    fn check_slot_type(&mut self, member: &Member, used: &Use) -> bool {
        let problem = match used.base {
            Base::Record(i) => {
                let record = &self.file.records[i];
                match record.arrangement() {
                    Arrangement::Xml => Some("a struct in a positional layout is `#[slots]` or `#[packed(…)]` itself"),
                    Arrangement::Slots if used.optional && !used.list => {
                        Some("several slots cannot be absent together: use a counted list")
                    }
                    _ => None,
                }
            }
            Base::Choice => Some("a choice has no positional form"),
            Base::Scalar(Builtin::Xml) => Some("raw XML has no positional form"),
            _ if used.list && used.optional => Some("a list of slots is never absent: an empty one has counter 0"),
            _ => None,
        };
        match problem {
            Some(problem) => {
                self.cx.push(Diagnostic::error("E0517", problem).at(member.ty.span, "cannot be a slot"));
                false
            }
            None => true,
        }
    }

    fn packed_part(&mut self, member: &Member, wire: String, used: Use) -> Option<Part> {
        if used.list || !used.base.is_text() {
            self.cx.push(
                Diagnostic::error("E0517", "a part of a packed string is one piece of text")
                    .at(member.ty.span, "not one piece of text"),
            );
            return None;
        }
        let none = member.attrs.get("none").and_then(|attr| attr.first()).cloned();
        match (&none, used.optional) {
            (None, true) => self.cx.push(
                Diagnostic::error("E0519", format!("`{wire}` may be absent, but nothing says what is written then"))
                    .at(member.ty.span, "optional")
                    .with_help("add `#[none(-1)]` with the text that means \"none\""),
            ),
            (Some(word), false) => self.cx.push(
                Diagnostic::error("E0519", "`#[none(…)]` says how `None` is written, but this part is never absent")
                    .at(word.span, "write `Option<…>` as its type"),
            ),
            _ => {}
        }
        let max_len = self.max(&member.attrs, &used.base);
        let mut element = ElementUse::new(QName::new("", wire), used.ty);
        element.docs = member.docs.clone();
        element.secret = member.attrs.has("secret");
        element.rename = rename(&member.attrs);
        element.origin = member.name.span.into();
        element.slot = Some(SlotUse { none: none.map(|word| word.text), max_len, ..SlotUse::default() });
        let occurs = if used.optional { Occurs::OPTIONAL } else { Occurs::ONCE };
        Some(Part::Element(Particle {
            occurs,
            kind: ParticleKind::Element(Box::new(element)),
            origin: member.name.span.into(),
        }))
    }

    /// The literal texts of a packed pattern: before, between and after its members.
    fn separators(&mut self, record: &Record) -> Vec<String> {
        let Some(pattern) = record.attrs.get("packed").and_then(|attr| attr.first()).cloned() else {
            return Vec::new();
        };
        let mut separators = vec![String::new()];
        let mut names = Vec::new();
        let mut rest = pattern.text.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                self.cx.push(Diagnostic::error("E0519", "a `{` in the pattern is not closed").at(pattern.span, ""));
                return Vec::new();
            };
            if let Some(last) = separators.last_mut() {
                last.push_str(before);
            }
            separators.push(String::new());
            names.push(name);
            rest = after;
        }
        if let Some(last) = separators.last_mut() {
            last.push_str(rest);
        }
        let members: Vec<&str> = record.members.iter().map(|member| member.name.text.as_str()).collect();
        if names != members {
            let expected: Vec<_> = members.iter().map(|name| format!("{{{name}}}")).collect();
            self.cx.push(
                Diagnostic::error("E0519", "the pattern does not name the struct's members in their order")
                    .at(pattern.span, format!("expected {} in this order", expected.join(", "))),
            );
        } else if separators.len() > 2 && separators[1..separators.len() - 1].iter().any(String::is_empty) {
            self.cx.push(
                Diagnostic::error("E0519", "two parts of the pattern stand side by side with nothing between")
                    .at(pattern.span, "cannot be taken apart again"),
            );
        }
        separators
    }

    /// An `enum`: codes, texts, or a choice.
    pub(super) fn enumeration(&mut self, item: &Enumeration) -> TypeKind {
        if let (Some(open), Some(closed)) = (item.attrs.span("open"), item.attrs.span("closed")) {
            self.cx.push(Diagnostic::error("E0515", "an enum is either open or closed").at(closed, "").also(open, ""));
        }
        if item.variants.is_empty() {
            self.cx.push(Diagnostic::error("E0525", "an enum has at least one value").at(item.name.span, "empty"));
        }
        let base = enum_base(item);
        let mut names: Vec<(&str, Span)> = Vec::new();
        for variant in &item.variants {
            match names.iter().find(|(name, _)| *name == variant.name.text) {
                Some((_, earlier)) => {
                    let earlier = *earlier;
                    self.duplicate("value", &variant.name, earlier);
                }
                None => names.push((&variant.name.text, variant.name.span)),
            }
        }
        if base == Base::Choice {
            return TypeKind::Complex(self.choice(item));
        }
        if !item.attrs.has("open") && !item.attrs.has("closed") {
            self.cx.push(
                Diagnostic::warning("W0510", format!("`{}` does not say what a new value means", item.name.text))
                    .at(item.name.span, "read as open")
                    .with_help("write `#[open]` (unknown values are kept) or `#[closed]` (they are errors)"),
            );
        }
        let mut values: Vec<EnumValue> = Vec::new();
        let mut wide = false;
        for variant in &item.variants {
            let wire = match (base, variant.code) {
                (Base::Text, None) => {
                    let word = variant.attrs.get("wire").and_then(|attr| attr.first()).unwrap_or(&variant.name);
                    word.text.clone()
                }
                (Base::Text, Some((_, span))) => {
                    self.cx.push(
                        Diagnostic::error("E0525", "a `#[text]` enum has no codes")
                            .at(span, "remove this, or `#[text]`"),
                    );
                    continue;
                }
                (_, Some((code, _))) => {
                    wide |= i32::try_from(code).is_err();
                    code.to_string()
                }
                (_, None) => {
                    let message = format!("`{}::{}` has no wire value", item.name.text, variant.name.text);
                    self.cx.push(
                        Diagnostic::error("E0525", message)
                            .at(variant.name.span, "expected `= <integer>`")
                            .with_help("mark the enum `#[text]` if its values are written as text"),
                    );
                    continue;
                }
            };
            if let Some(earlier) = values.iter().find(|value| value.wire == wire) {
                let earlier = earlier.origin.0;
                self.cx.push(
                    Diagnostic::error("E0530", format!("value `{wire}` is given twice"))
                        .at(variant.name.span, "again here")
                        .also(earlier, "first here"),
                );
                continue;
            }
            values.push(EnumValue {
                wire,
                name: Some(variant.name.text.clone()),
                docs: variant.docs.clone(),
                origin: variant.name.span.into(),
            });
        }
        let builtin = match base {
            Base::Text => Builtin::String,
            _ if wide => Builtin::Long,
            _ => Builtin::Int,
        };
        let mut simple = Simple::plain(self.restriction(builtin));
        simple.values = values;
        simple.closed = item.attrs.has("closed");
        TypeKind::Simple(simple)
    }

    fn choice(&mut self, item: &Enumeration) -> Complex {
        let ns = self.type_ns(&item.attrs);
        let mut branches = Vec::new();
        for variant in &item.variants {
            let Some(ty) = &variant.payload else {
                self.cx.push(
                    Diagnostic::error("E0525", "every branch of a choice holds a type")
                        .at(variant.name.span, "expected `(Type)` after this"),
                );
                continue;
            };
            let wire = self.wire(&variant.attrs, &variant.name);
            let Some(used) = self.resolve(ty) else { continue };
            if used.optional || used.list {
                self.cx.push(
                    Diagnostic::error("E0517", "a branch of a choice is one value")
                        .at(ty.span, "name a struct that holds the list"),
                );
                continue;
            }
            let mut element = ElementUse::new(QName::new(&*ns, wire), used.ty);
            element.docs = variant.docs.clone();
            element.origin = variant.name.span.into();
            branches.push(Particle {
                occurs: Occurs::ONCE,
                kind: ParticleKind::Element(Box::new(element)),
                origin: variant.name.span.into(),
            });
        }
        Complex {
            content: Content::Particles(Particle {
                occurs: Occurs::ONCE,
                kind: ParticleKind::Choice(branches),
                origin: item.name.span.into(),
            }),
            data_contract: true,
            ..Complex::default()
        }
    }

    /// The table of an error enumeration, made when first named.
    pub(super) fn error_table(&mut self, word: &Word) -> Option<(usize, ErrorTableId)> {
        let (index, ty) = self.find_enum(word)?;
        let file = self.file;
        let item = &file.enums[index];
        if enum_base(item) != Base::Coded {
            self.cx.push(
                Diagnostic::error("E0526", format!("`{}` is not a table of codes", word.text))
                    .at(word.span, "expected an enum with `= <integer>` values"),
            );
            return None;
        }
        if let Some(id) = self.error_tables.get(&index) {
            return Some((index, *id));
        }
        let codes = item
            .variants
            .iter()
            .filter_map(|variant| {
                Some(ErrorCode {
                    code: variant.code?.0,
                    retry: variant.attrs.has("retry"),
                    not_executed: variant.attrs.has("not_executed"),
                })
            })
            .collect();
        let id = self.model.add_error_table(ErrorTable { name: item.name.text.clone(), ty, codes });
        if let TypeKind::Simple(simple) = &mut self.model[ty].kind {
            simple.error_table = Some(id);
        }
        self.error_tables.insert(index, id);
        Some((index, id))
    }

    /// A type made for a message.
    pub(super) fn message_type(&mut self, ns: &str, name: &str, docs: Docs, span: Span, complex: Complex) -> TypeId {
        self.model.add_type(crate::model::Type {
            name: crate::model::Name::Derived { ns: ns.to_owned(), path: vec![name.to_owned()] },
            docs,
            origin: span.into(),
            kind: TypeKind::Complex(complex),
        })
    }
}

fn rename(attrs: &Attrs) -> Option<String> {
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
