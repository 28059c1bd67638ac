//! The model as stable text: for golden files, `bindery inspect` and diffs.
//!
//! One fact a line, nested by indentation, in the model's own order. Prefixes stand for namespaces and are made from their last
//! part, so that one namespace more does not rename the others; `xs` is XML Schema's. Numbers of types are never printed, so that a
//! type more changes only its own lines.

use std::fmt::Write as _;

use super::{
    Addressing, Attribute, Binding, Block, Builtin, Complex, Content, Counter, Docs, Effect, Element, ElementUse,
    Facets, HttpMethod, Layout, Message, Method, Model, Name, NamespaceSet, Occurs, Only, Operation, Particle,
    ParticleKind, ProcessContents, Protocol, QName, Reply, ResultKind, Route, Service, Simple, SimpleKind, SlotUse,
    SoapVersion, Text, Type, TypeId, TypeKind, Wildcard,
};

const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// Prints the model as text that depends on nothing but the model.
pub fn print(model: &Model) -> String {
    let mut printer = Printer { model, namespaces: Vec::new(), out: String::new() };
    printer.model();
    let mut head = String::new();
    for (prefix, ns) in &printer.namespaces {
        let _ = writeln!(head, "namespace {prefix} {ns:?}");
    }
    if !head.is_empty() {
        head.push('\n');
    }
    head + &printer.out
}

struct Printer<'m> {
    model: &'m Model,
    /// Prefix and namespace, in the order they were first needed.
    namespaces: Vec<(String, String)>,
    out: String,
}

impl Printer<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        for _ in 0..depth {
            self.out.push_str("  ");
        }
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn docs(&mut self, depth: usize, docs: &Docs) {
        for line in docs.0.lines() {
            // Controls would break the line structure the text relies on.
            let line: String = line.chars().map(|c| if c.is_control() && c != '\t' { '\u{FFFD}' } else { c }).collect();
            self.line(depth, &format!("// {line}"));
        }
    }

    fn prefix(&mut self, ns: &str) -> String {
        if ns == XSD {
            return "xs".into();
        }
        if let Some((prefix, _)) = self.namespaces.iter().find(|(_, known)| known == ns) {
            return prefix.clone();
        }
        let stem = stem(ns);
        let taken = |prefix: &str| self.namespaces.iter().any(|(known, _)| known == prefix);
        let mut prefix = stem.clone();
        let mut number = 2;
        while taken(&prefix) {
            prefix = format!("{stem}{number}");
            number += 1;
        }
        self.namespaces.push((prefix.clone(), ns.to_owned()));
        prefix
    }

    fn qname(&mut self, name: &QName) -> String {
        if name.ns.is_empty() { name.local.to_string() } else { format!("{}:{}", self.prefix(&name.ns), name.local) }
    }

    fn name(&mut self, name: &Name) -> String {
        match name {
            Name::Given(name) => self.qname(name),
            Name::Derived { ns, path } if ns.is_empty() => format!("({})", path.join("/")),
            Name::Derived { ns, path } => format!("({}:{})", self.prefix(ns), path.join("/")),
        }
    }

    fn ty(&mut self, id: TypeId) -> String {
        let model = self.model;
        match model.types.get(id.0 as usize) {
            Some(ty) => self.name(&ty.name),
            None => "?".into(),
        }
    }

    fn model(&mut self) {
        let model = self.model;
        self.docs(0, &model.docs);
        for service in &model.services {
            self.service(service);
        }
        for element in &model.elements {
            self.global(element);
        }
        for ty in &model.types {
            self.type_(ty);
        }
        for table in &model.error_tables {
            let ty = self.ty(table.ty);
            self.line(0, &format!("errors {} {ty}", table.name));
            for code in &table.codes {
                let flags = words(&[(code.retry, "retry"), (code.not_executed, "not_executed")]);
                self.line(1, &format!("{}{flags}", code.code));
            }
        }
    }

    // Services

    fn service(&mut self, service: &Service) {
        self.docs(0, &service.docs);
        self.line(0, &format!("service {} {:?}", service.name, service.ns));
        for binding in &service.bindings {
            self.binding(binding);
        }
        for operation in &service.operations {
            self.operation(operation, service);
        }
        self.out.push('\n');
    }

    fn binding(&mut self, binding: &Binding) {
        self.docs(1, &binding.docs);
        let protocol = match &binding.protocol {
            Protocol::Soap { version, addressing, security, data_contract, mtom } => {
                let version = match version {
                    SoapVersion::V11 => "soap 1.1",
                    SoapVersion::V12 => "soap 1.2",
                };
                let addressing = match addressing {
                    None => "",
                    Some(Addressing::V10) => " addressing",
                    Some(Addressing::Submission) => " addressing(2004/08)",
                };
                let flags = words(&[
                    (security.username_token, "username_token"),
                    (security.digest, "digest"),
                    (security.timestamp, "timestamp"),
                    (security.basic, "basic"),
                    (*data_contract, "data_contract"),
                    (*mtom, "mtom"),
                ]);
                format!("{version}{addressing}{flags}")
            }
            Protocol::Plain { basic } => format!("xml{}", words(&[(*basic, "basic")])),
            Protocol::Http => "http".into(),
            Protocol::XmlRpc { method, server } => {
                let part = |name: &str, value: &Option<String>| {
                    value.as_ref().map(|value| format!(" {name}={value:?}")).unwrap_or_default()
                };
                format!("xmlrpc{}{}", part("method", method), part("server", server))
            }
        };
        let endpoint = binding.endpoint.as_ref().map(|endpoint| format!(" {endpoint:?}")).unwrap_or_default();
        self.line(1, &format!("binding {} {protocol}{endpoint}", binding.name));
    }

    fn operation(&mut self, operation: &Operation, service: &Service) {
        self.docs(1, &operation.docs);
        let effect = match &operation.effect {
            Effect::Read => " read".into(),
            Effect::Idempotent { by } => {
                format!(" idempotent{}", by.as_ref().map(|by| format!("(by {by})")).unwrap_or_default())
            }
            Effect::Effectful => String::new(),
            Effect::Settled { by, key } => {
                format!(" settled(by {by}{})", key.as_ref().map(|key| format!(", key {key}")).unwrap_or_default())
            }
        };
        let encoded = words(&[(operation.encoded, "encoded")]);
        self.line(1, &format!("operation {}{effect}{encoded}", operation.name));
        self.message("input", &operation.input);
        if let Some(output) = &operation.output {
            self.message("output", output);
        }
        for fault in &operation.faults {
            let (element, ty) = (self.qname(&fault.element), self.ty(fault.ty));
            self.line(2, &format!("fault {} {element}: {ty}", fault.name));
        }
        for header in &operation.headers {
            let (element, ty) = (self.qname(&header.element), self.ty(header.ty));
            self.line(2, &format!("header {element}: {ty}{}", words(&[(header.required, "required")])));
        }
        for header in &operation.reply_headers {
            let (element, ty) = (self.qname(&header.element), self.ty(header.ty));
            self.line(2, &format!("reply header {element}: {ty}"));
        }
        for route in &operation.routes {
            self.route(route, service);
        }
        self.reply(&operation.reply);
        if let Some(table) = operation.error_table {
            let name = self.model.error_tables.get(table.0 as usize).map_or("?", |table| table.name.as_str());
            self.line(2, &format!("errors {name}"));
        }
        if !operation.raises.is_empty() {
            let codes: Vec<String> = operation.raises.iter().map(i64::to_string).collect();
            self.line(2, &format!("raises {}", codes.join(" ")));
        }
        for example in &operation.examples {
            let binding = service.bindings.get(example.binding).map_or("?", |binding| binding.name.as_str());
            self.line(2, &format!("example {binding} {:?}", example.path));
        }
    }

    fn message(&mut self, word: &str, message: &Message) {
        let ty = self.ty(message.ty);
        let element =
            if message.element.local.is_empty() { "(no element)".into() } else { self.qname(&message.element) };
        self.line(2, &format!("{word} {element}: {ty}{}", words(&[(message.nillable, "nillable")])));
    }

    fn route(&mut self, route: &Route, service: &Service) {
        let binding = service.bindings.get(route.binding).map_or("?", |binding| binding.name.as_str());
        let mut line = format!("route {binding}");
        let mut part = |name: &str, value: &Option<String>| {
            if let Some(value) = value {
                let _ = write!(line, " {name}={value:?}");
            }
        };
        part("action", &route.action);
        part("reply_action", &route.reply_action);
        part("path", &route.path);
        line.push_str(match route.http {
            HttpMethod::Post => "",
            HttpMethod::GetPath => " get_path",
            HttpMethod::GetQuery => " get_query",
            HttpMethod::GetReplaced => " get_replaced",
            HttpMethod::PostForm => " post_form",
            HttpMethod::PostDocument => " post_document",
        });
        line.push_str(match route.result {
            ResultKind::Item => "",
            ResultKind::List => " list",
            ResultKind::Message => " message",
        });
        self.line(2, &line);
    }

    fn reply(&mut self, reply: &Reply) {
        let optional = |name: &str, value: &Option<String>| {
            value.as_ref().map(|value| format!(" {name}={value}")).unwrap_or_default()
        };
        match reply {
            Reply::Plain => {}
            Reply::Flagged { path, ok, failed, code, text } => {
                let line = format!(
                    "reply flagged at={} ok={ok} failed={failed} code={code}{}",
                    path.join("/"),
                    optional("text", text)
                );
                self.line(2, &line);
            }
            Reply::Listed { path, errors, code, text } => {
                let line = format!(
                    "reply listed at={} errors={errors}{}{}",
                    path.join("/"),
                    optional("code", code),
                    optional("text", text)
                );
                self.line(2, &line);
            }
        }
    }

    // Types

    fn global(&mut self, element: &Element) {
        self.docs(0, &element.docs);
        let (name, ty) = (self.qname(&element.name), self.ty(element.ty));
        let mut line = format!(
            "element {name}: {ty}{}",
            words(&[(element.nillable, "nillable"), (element.is_abstract, "abstract")])
        );
        if let Some(head) = element.substitutes {
            let model = self.model;
            if let Some(head) = model.elements.get(head.0 as usize) {
                let _ = write!(line, " substitutes {}", self.qname(&head.name));
            }
        }
        line.push_str(&blocked(element.block));
        line.push_str(&values(&element.default, &element.fixed));
        self.line(0, &line);
    }

    fn type_(&mut self, ty: &Type) {
        if let TypeKind::Simple(Simple { kind: SimpleKind::Builtin(builtin), .. }) = &ty.kind
            && ty.name.ns() == XSD
            && !matches!(builtin, Builtin::Guid | Builtin::Xml | Builtin::Attachment)
        {
            return; // its name says it all
        }
        self.out.push('\n');
        self.docs(0, &ty.docs);
        let name = self.name(&ty.name);
        match &ty.kind {
            TypeKind::Simple(simple) => self.simple(&name, simple),
            TypeKind::Complex(complex) => self.complex(&name, complex),
        }
    }

    fn simple(&mut self, name: &str, simple: &Simple) {
        let kind = match &simple.kind {
            SimpleKind::Builtin(builtin) => format!("{builtin:?}"),
            SimpleKind::Restriction(base) => self.ty(*base),
            SimpleKind::List(item) => format!("list of {}", self.ty(*item)),
            SimpleKind::Union(members) => {
                let members: Vec<String> = members.iter().map(|member| self.ty(*member)).collect();
                format!("union of {}", members.join(", "))
            }
        };
        let mut line = format!("simple {name} = {kind}{}", words(&[(simple.closed, "closed")]));
        if let Some(table) = simple.error_table.and_then(|table| self.model.error_tables.get(table.0 as usize)) {
            let _ = write!(line, " errors {}", table.name);
        }
        self.line(0, &line);
        self.facets(&simple.facets);
        for value in &simple.values {
            self.docs(1, &value.docs);
            let renamed = value.name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
            self.line(1, &format!("value {:?}{renamed}", value.wire));
        }
    }

    fn facets(&mut self, facets: &Facets) {
        let counts = [
            ("length", facets.length),
            ("min_length", facets.min_length),
            ("max_length", facets.max_length),
            ("total_digits", facets.total_digits),
            ("fraction_digits", facets.fraction_digits),
        ];
        for (name, value) in counts {
            if let Some(value) = value {
                self.line(1, &format!("{name} {value}"));
            }
        }
        let bounds = [
            ("min_inclusive", &facets.min_inclusive),
            ("max_inclusive", &facets.max_inclusive),
            ("min_exclusive", &facets.min_exclusive),
            ("max_exclusive", &facets.max_exclusive),
        ];
        for (name, value) in bounds {
            if let Some(value) = value {
                self.line(1, &format!("{name} {value:?}"));
            }
        }
        if let Some(white_space) = facets.white_space {
            self.line(1, &format!("white_space {}", format!("{white_space:?}").to_lowercase()));
        }
        for pattern in &facets.patterns {
            self.line(1, &format!("pattern {pattern:?}"));
        }
    }

    fn complex(&mut self, name: &str, complex: &Complex) {
        let mut line = format!("complex {name}");
        if let Some(derivation) = complex.derivation {
            let word = match derivation.method {
                Method::Extension => "extends",
                Method::Restriction => "restricts",
            };
            let _ = write!(line, " {word} {}", self.ty(derivation.base));
        }
        line.push_str(&words(&[
            (complex.is_abstract, "abstract"),
            (complex.stands_for_derived, "stands_for_derived"),
            (complex.mixed, "mixed"),
            (complex.data_contract, "data_contract"),
        ]));
        line.push_str(&blocked(complex.block));
        if let Some(item) = complex.soap_array {
            let _ = write!(line, " soap_array of {}", self.ty(item));
            // As WSDL writes it: the innermost first.
            for rank in complex.array_ranks.iter().rev() {
                let _ = write!(line, "[{}]", ",".repeat(usize::from(rank.saturating_sub(1))));
            }
        }
        match &complex.layout {
            Layout::Xml => {}
            Layout::Slots { more } => line.push_str(if *more { " slots more" } else { " slots" }),
            Layout::Packed { separators } => {
                let _ = write!(line, " packed {separators:?}");
            }
        }
        self.line(0, &line);
        for attribute in &complex.attributes {
            self.attribute(attribute);
        }
        if let Some(wildcard) = &complex.any_attribute {
            let line = format!("any attribute {}", self.wildcard(wildcard));
            self.line(1, &line);
        }
        match &complex.content {
            Content::Empty => {}
            Content::Text(text) => {
                let text = self.ty(*text);
                self.line(1, &format!("text {text}"));
            }
            Content::Particles(particle) => self.particle(1, particle),
        }
    }

    fn attribute(&mut self, attribute: &Attribute) {
        self.docs(1, &attribute.docs);
        let (name, ty) = (self.qname(&attribute.name), self.ty(attribute.ty));
        let flags = words(&[
            (attribute.required, "required"),
            (attribute.prohibited, "prohibited"),
            (attribute.secret, "secret"),
        ]);
        let renamed = attribute.rename.as_ref().map(|rename| format!(" as {rename}")).unwrap_or_default();
        let values = values(&attribute.default, &attribute.fixed);
        self.line(1, &format!("attribute {name}: {ty}{flags}{values}{renamed}"));
    }

    fn particle(&mut self, depth: usize, particle: &Particle) {
        let occurs = occurs(particle.occurs);
        let (word, list) = match &particle.kind {
            ParticleKind::Element(element) => return self.element(depth, element, &occurs),
            ParticleKind::Any(wildcard) => {
                let line = format!("any {}{occurs}", self.wildcard(wildcard));
                return self.line(depth, &line);
            }
            ParticleKind::Sequence(list) => ("sequence", list),
            ParticleKind::Choice(list) => ("choice", list),
            ParticleKind::All(list) => ("all", list),
        };
        self.line(depth, &format!("{word}{occurs}"));
        for particle in list {
            self.particle(depth + 1, particle);
        }
    }

    fn element(&mut self, depth: usize, element: &ElementUse, occurs: &str) {
        self.docs(depth, &element.docs);
        let (name, ty) = (self.qname(&element.name), self.ty(element.ty));
        let mut line = format!("{name}: {ty}{occurs}");
        line.push_str(&words(&[
            (element.global.is_some(), "ref"),
            (element.nillable, "nillable"),
            (element.secret, "secret"),
        ]));
        line.push_str(&blocked(element.block));
        line.push_str(&values(&element.default, &element.fixed));
        if let Some(rename) = &element.rename {
            let _ = write!(line, " as {rename}");
        }
        line.push_str(match element.only {
            Only::All => "",
            Only::Soap => " only soap",
            Only::Plain => " only plain",
        });
        if let Some(absent) = element.absent {
            let _ = write!(line, " absent={}", format!("{absent:?}").to_lowercase());
        }
        if let Some(slot) = &element.slot {
            line.push_str(&slot_words(slot));
        }
        self.line(depth, &line);
        if let Some(items) = &element.items {
            self.line(depth + 1, "items");
            self.particle(depth + 2, items);
        }
    }

    fn wildcard(&mut self, wildcard: &Wildcard) -> String {
        let namespaces = match &wildcard.namespaces {
            NamespaceSet::Any => "##any".to_owned(),
            NamespaceSet::Other(ns) if ns.is_empty() => "##other".to_owned(),
            NamespaceSet::Other(ns) => format!("not {}", self.prefix(ns)),
            NamespaceSet::List(list) => {
                let list: Vec<String> =
                    list.iter().map(|ns| if ns.is_empty() { "##local".to_owned() } else { self.prefix(ns) }).collect();
                format!("in {}", list.join(" "))
            }
        };
        let process = match wildcard.process {
            ProcessContents::Strict => "strict",
            ProcessContents::Lax => "lax",
            ProcessContents::Skip => "skip",
        };
        format!("{namespaces} {process}")
    }
}

/// The last telling part of a namespace, in lower case.
fn stem(ns: &str) -> String {
    let plain = |part: &str| part.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let telling = |part: &String| {
        // `v2`, `2004`, `1.0` tell versions, not subjects.
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && (part.len() == 1 || !part[1..].bytes().all(|b| b.is_ascii_digit()))
    };
    let stem = ns.split(['/', ':', '#', '.']).map(plain).rfind(telling);
    stem.filter(|stem| stem != "xs").map_or_else(|| "ns".to_owned(), |stem| stem.chars().take(24).collect())
}

fn slot_words(slot: &SlotUse) -> String {
    let mut line = String::from(" slot");
    match slot.count {
        Some(Counter::Entries) => line.push_str(" count=entries"),
        Some(Counter::Values) => line.push_str(" count=values"),
        None => {}
    }
    if slot.trailing {
        line.push_str(" trailing");
    }
    if let Some(none) = &slot.none {
        let _ = write!(line, " none={none:?}");
    }
    if let Some(max) = slot.max_len {
        let _ = write!(line, " max_len={max}");
    }
    line
}

/// The words whose flags are set, each with a blank before it.
fn words(flags: &[(bool, &str)]) -> String {
    flags.iter().filter(|(set, _)| *set).map(|(_, word)| format!(" {word}")).collect()
}

fn blocked(block: Block) -> String {
    let ways =
        [(block.extension, "extension"), (block.restriction, "restriction"), (block.substitution, "substitution")];
    let ways = words(&ways);
    if ways.is_empty() { ways } else { format!(" block={}", ways.trim_start().replace(' ', "+")) }
}

fn values(default: &Option<Text>, fixed: &Option<Text>) -> String {
    let part =
        |name: &str, value: &Option<Text>| value.as_ref().map(|value| format!(" {name}={value:?}")).unwrap_or_default();
    part("default", default) + &part("fixed", fixed)
}

/// `?`, `*`, `+` or `{min,max}`; nothing for exactly once.
fn occurs(occurs: Occurs) -> String {
    match (occurs.min, occurs.max) {
        (1, Some(1)) => String::new(),
        (0, Some(1)) => " ?".into(),
        (0, None) => " *".into(),
        (1, None) => " +".into(),
        (min, Some(max)) => format!(" {{{min},{max}}}"),
        (min, None) => format!(" {{{min},}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occurrence() {
        assert_eq!(occurs(Occurs::ONCE), "");
        assert_eq!(occurs(Occurs { min: 2, max: Some(5) }), " {2,5}");
        assert_eq!(occurs(Occurs { min: 3, max: None }), " {3,}");
    }

    #[test]
    fn prefixes_come_from_the_namespace() {
        assert_eq!(stem("http://tempuri.org/"), "org");
        assert_eq!(stem("http://schemas.datacontract.org/2004/07/Shop.V2.Contracts"), "contracts");
        assert_eq!(stem("urn:x"), "x");
        assert_eq!(stem("urn:shop:v2"), "shop");
        assert_eq!(stem(""), "ns");
    }

    #[test]
    fn an_empty_model_prints_nothing() {
        assert_eq!(print(&Model::default()), "");
    }
}
