//! Services: operations, their messages and effects, and how each is reached on each binding.

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{
    Complex, Docs, Effect, ElementUse, Example, Fault, Header, HttpMethod, Layout, Message, Occurs, Only, Operation,
    Particle, ParticleKind, Protocol, QName, Reply, ResultKind, Route, Service,
};

use super::ast::{self, Member, Ty, Word};
use super::attrs::{Attr, Attrs};
use super::binding::{self, Wire};
use super::lower::{Arrangement, Base, Lower, Use};
use super::types::sequence;

/// What the operations of a service share.
struct Scope<'s> {
    service: &'s ast::Service,
    ns: String,
    wires: Vec<Wire>,
}

impl Scope<'_> {
    fn positional(&self) -> bool {
        self.wires.iter().any(|wire| matches!(wire.binding.protocol, Protocol::XmlRpc { .. }))
    }

    fn plain(&self) -> bool {
        self.wires.iter().any(|wire| matches!(wire.binding.protocol, Protocol::Plain { .. }))
    }
}

impl Lower<'_, '_> {
    pub(super) fn services(&mut self) {
        let file = self.file;
        for (i, service) in file.services.iter().enumerate() {
            if let Some(earlier) = file.services[..i].iter().find(|other| other.name.text == service.name.text) {
                self.duplicate("service", &service.name, earlier.name.span);
                continue;
            }
            let lowered = self.service(service);
            self.model.services.push(lowered);
        }
    }

    fn service(&mut self, service: &ast::Service) -> Service {
        let ns = self.own_namespace(&service.attrs).unwrap_or_else(|| self.service_ns.clone());
        let data_contract = self.data_contract;
        let wires = binding::bindings(self.cx, service, data_contract);
        let positional = wires.iter().filter(|wire| matches!(wire.binding.protocol, Protocol::XmlRpc { .. })).count();
        if positional > 0 && positional < wires.len() {
            self.cx.push(
                Diagnostic::error("E0544", "XML-RPC cannot share a service with other wires")
                    .at(service.name.span, "its layouts are positional")
                    .with_help("write a trait of its own for each"),
            );
        }
        let scope = Scope { service, ns: if positional > 0 { String::new() } else { ns.clone() }, wires };
        let mut operations: Vec<Operation> = Vec::new();
        for (i, operation) in service.operations.iter().enumerate() {
            if let Some(earlier) = service.operations[..i].iter().find(|other| other.name.text == operation.name.text) {
                self.duplicate("operation", &operation.name, earlier.name.span);
                continue;
            }
            operations.push(self.operation(&scope, operation));
        }
        Service {
            name: service.name.text.clone(),
            ns,
            docs: service.docs.clone(),
            origin: service.name.span.into(),
            bindings: scope.wires.into_iter().map(|wire| wire.binding).collect(),
            operations,
        }
    }

    fn operation(&mut self, scope: &Scope<'_>, operation: &ast::Operation) -> Operation {
        let name = self.wire(&operation.attrs, &operation.name);
        let (input, parameters) = self.input(scope, operation, &name);
        let (output, reply) = self.output(scope, operation, &name);
        let (error_table, raises) = self.errors(scope, operation);
        Operation {
            name: operation.name.text.clone(),
            docs: operation.docs.clone(),
            origin: operation.name.span.into(),
            effect: self.effect(scope, operation),
            input,
            output,
            encoded: false,
            faults: self.faults(scope, operation),
            headers: self.headers(scope, operation, false),
            reply_headers: self.headers(scope, operation, true),
            routes: self.routes(scope, operation, &name, &parameters),
            reply,
            error_table,
            raises,
            examples: self.examples(scope, operation),
        }
    }

    /// The request: one element named after the operation, with the parameters inside.
    fn input(&mut self, scope: &Scope<'_>, operation: &ast::Operation, name: &str) -> (Message, Vec<(Word, Use)>) {
        let members: Vec<(&Member, Ty)> =
            operation.parameters.iter().map(|member| (member, member.ty.clone())).collect();
        let element = QName::new(&*scope.ns, name);
        if scope.positional()
            && let [only] = &operation.parameters[..]
            && let Some(used) = self.quiet_record(&only.ty)
            && let Base::Record(i) = used.base
            && self.file.records[i].arrangement() == Arrangement::Slots
        {
            // One positional struct is the parameter list itself.
            return (Message { element, ty: used.ty, nillable: false }, Vec::new());
        }
        let arrangement = if scope.positional() { Arrangement::Slots } else { Arrangement::Xml };
        let mut complex = self.members(&members, &scope.ns, arrangement);
        if scope.positional() {
            complex.layout = Layout::Slots { more: false };
        }
        let docs = Docs(format!("The parameters of `{}`.", operation.name.text).into());
        let ty = self.message_type(&scope.ns, name, docs, operation.name.span, complex);
        let used = members.iter().filter_map(|(member, ty)| Some((member.name.clone(), self.resolve(ty)?))).collect();
        (Message { element, ty, nillable: false }, used)
    }

    /// Resolves a type that is a struct, without a word about one that is not.
    fn quiet_record(&mut self, ty: &Ty) -> Option<Use> {
        let ast::TyKind::Named(name, _) = &ty.kind else { return None };
        let known = self.file.records.iter().any(|record| record.name.text == name.text && record.parameter.is_none());
        if known { self.resolve(ty) } else { None }
    }

    fn output(&mut self, scope: &Scope<'_>, operation: &ast::Operation, name: &str) -> (Option<Message>, Reply) {
        let settings = operation.attrs.get("output");
        let listed = operation.attrs.get("reply_errors").or_else(|| scope.service.attrs.get("reply_errors"));
        let Some(ty) = &operation.output else {
            if let Some(attr) = settings {
                self.cx.push(
                    Diagnostic::error("E0546", "this operation answers nothing")
                        .at(attr.name.span, "there is no output to describe")
                        .with_help("write `-> Type` after the parameters"),
                );
            }
            return (None, Reply::Plain);
        };
        let Some(used) = self.resolve(ty) else { return (None, Reply::Plain) };
        let bare = settings.is_some_and(|attr| attr.first().is_some());
        let given = |key: &str| settings.and_then(|attr| attr.named(key)).cloned();
        for word in [given("element"), given("member")].into_iter().flatten() {
            self.check_xml_name(&word);
        }
        let element = given("element").map_or_else(|| format!("{name}Response"), |word| word.text);
        let member = given("member").map_or_else(|| format!("{name}Result"), |word| word.text);
        if scope.positional() {
            return (self.positional_output(operation, ty, used, &element), Reply::Plain);
        }
        let mut path = Vec::new();
        let message = if bare {
            if used.list || !matches!(used.base, Base::Record(_)) {
                self.cx.push(Diagnostic::error("E0546", "a bare output is a struct").at(ty.span, "not a struct"));
            }
            Message { element: QName::new(&*scope.ns, element), ty: used.ty, nillable: used.optional }
        } else {
            path.push(member.clone());
            let result = Member {
                name: Word { text: member, span: ty.span },
                ty: ty.clone(),
                attrs: Attrs::default(),
                docs: Docs::default(),
            };
            let complex = self.members(&[(&result, ty.clone())], &scope.ns, Arrangement::Xml);
            let docs = Docs(format!("The answer to `{}`.", operation.name.text).into());
            let ty = self.message_type(&scope.ns, &element, docs, operation.name.span, complex);
            Message { element: QName::new(&*scope.ns, element), ty, nillable: false }
        };
        let reply = self.reply(&used, path, listed);
        (Some(message), reply)
    }

    /// An XML-RPC result: an array of slots, or a list of rows.
    fn positional_output(&mut self, operation: &ast::Operation, ty: &Ty, used: Use, element: &str) -> Option<Message> {
        let is_slots = matches!(used.base, Base::Record(i) if self.file.records[i].arrangement() == Arrangement::Slots);
        let rows = operation.attrs.get("result").and_then(|attr| attr.first()).is_some_and(|kind| kind.text == "list");
        if rows != used.list || used.optional || (used.list && !is_slots) {
            let expected = if rows {
                "expected `Vec<…>` of a `#[slots]` struct"
            } else {
                "expected a `#[slots]` struct or a scalar"
            };
            self.cx.push(
                Diagnostic::error("E0546", "the result kind and the type do not fit together")
                    .at(ty.span, expected)
                    .also(operation.attrs.span("result"), ""),
            );
            return None;
        }
        let element = QName::new("", element);
        if is_slots && !rows {
            return Some(Message { element, ty: used.ty, nillable: false });
        }
        let mut slot = ElementUse::new(QName::new("", if rows { "Rows" } else { "Value" }), used.ty);
        slot.slot = Some(Box::default());
        slot.origin = ty.span.into();
        let part = Particle {
            occurs: if rows { Occurs::ANY } else { Occurs::ONCE },
            kind: ParticleKind::Element(Box::new(slot)),
            origin: ty.span.into(),
        };
        let complex = Complex {
            content: sequence(vec![part], ty.span),
            layout: Layout::Slots { more: false },
            ..Complex::default()
        };
        let docs = Docs(format!("The answer to `{}`.", operation.name.text).into());
        let ty = self.message_type("", &element.local, docs, operation.name.span, complex);
        Some(Message { element, ty, nillable: false })
    }

    fn reply(&mut self, used: &Use, path: Vec<String>, listed: Option<&Attr>) -> Reply {
        let Base::Record(i) = used.base else { return Reply::Plain };
        let file = self.file;
        let record = &file.records[i];
        let wire = |word: &Word| {
            let member = record.members.iter().find(|member| member.name.text == word.text);
            let spelled = member.and_then(|member| member.attrs.get("wire")).and_then(Attr::first);
            spelled.unwrap_or(word).text.clone()
        };
        if let Some(attr) = record.attrs.get("reply") {
            let key = |key: &str| attr.named(key).map(wire);
            if let (Some(ok), Some(failed), Some(code)) = (key("ok"), key("failed"), key("code")) {
                return Reply::Flagged { path, ok, failed, code, text: key("text") };
            }
        }
        let Some(attr) = listed else { return Reply::Plain };
        let Some(list) = attr.first() else { return Reply::Plain };
        let errors = list.text.split('/').next().unwrap_or_default();
        if !record.members.iter().any(|member| wire(&member.name) == errors) {
            let known: Vec<&str> = record.members.iter().map(|member| member.name.text.as_str()).collect();
            let word = Word { text: errors.to_owned(), span: list.span };
            self.no_member(&word, &record.name.text, known);
        }
        let key = |key: &str| attr.named(key).map(|word| word.text.clone());
        Reply::Listed { path, errors: errors.to_owned(), code: key("code"), text: key("text") }
    }

    fn effect(&mut self, scope: &Scope<'_>, operation: &ast::Operation) -> Effect {
        let Some(attr) = effect_of(self.cx, &operation.attrs) else { return Effect::Effectful };
        match attr.name.text.as_str() {
            "read" => Effect::Read,
            "idempotent" => {
                if let Some(word) = attr.named("by") {
                    self.check_input_member(operation, word);
                }
                Effect::Idempotent { by: attr.named("by").map(|word| word.text.clone()) }
            }
            "settled" => {
                let Some(by) = attr.named("by") else { return Effect::Effectful };
                self.check_settles(scope, by);
                if let Some(word) = attr.named("key") {
                    self.check_input_member(operation, word);
                }
                Effect::Settled { by: by.text.clone(), key: attr.named("key").map(|word| word.text.clone()) }
            }
            _ => Effect::Effectful,
        }
    }

    /// The operation that tells whether a call took effect must exist and must itself change nothing.
    fn check_settles(&mut self, scope: &Scope<'_>, by: &Word) {
        let operations = &scope.service.operations;
        match operations.iter().find(|operation| operation.name.text == by.text) {
            Some(found) if found.attrs.has("read") => {}
            Some(found) => {
                let place = found.name.span;
                self.cx.push(
                    Diagnostic::error(
                        "E0543",
                        format!("`{}` cannot settle another call: it is not `#[read]`", by.text),
                    )
                    .at(by.span, "")
                    .also(place, "this may change something itself"),
                );
            }
            None => {
                let known = operations.iter().map(|operation| operation.name.text.as_str());
                let mut diagnostic = Diagnostic::error("E0543", format!("no operation `{}` in this service", by.text))
                    .at(by.span, "not defined");
                if let Some(near) = did_you_mean(&by.text, known) {
                    diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
                }
                self.cx.push(diagnostic);
            }
        }
    }

    /// A key is a parameter, or a member of a struct that is one.
    fn check_input_member(&mut self, operation: &ast::Operation, word: &Word) {
        let mut known: Vec<&str> = Vec::new();
        let file = self.file;
        for parameter in &operation.parameters {
            known.push(&parameter.name.text);
            if let Some(used) = self.quiet_record(&parameter.ty)
                && let Base::Record(i) = used.base
            {
                known.extend(file.records[i].members.iter().map(|member| member.name.text.as_str()));
            }
        }
        if !known.contains(&word.text.as_str()) {
            let mut diagnostic =
                Diagnostic::error("E0523", format!("`{}` is sent no `{}`", operation.name.text, word.text))
                    .at(word.span, "neither a parameter nor a member of one");
            if let Some(near) = did_you_mean(&word.text, known.iter().copied()) {
                diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
            }
            self.cx.push(diagnostic);
        }
    }

    fn errors(
        &mut self,
        scope: &Scope<'_>,
        operation: &ast::Operation,
    ) -> (Option<crate::model::ErrorTableId>, Vec<i64>) {
        let named = operation.attrs.get("errors").or_else(|| scope.service.attrs.get("errors"));
        let table = named.and_then(|attr| attr.first()).cloned().and_then(|word| self.error_table(&word));
        let mut raises = Vec::new();
        let Some(attr) = operation.attrs.get("raises") else { return (table.map(|(_, id)| id), raises) };
        let Some((_, id)) = table else {
            if named.is_none() {
                self.cx.push(
                    Diagnostic::error("E0526", "`#[raises(…)]` needs a table of codes")
                        .at(attr.name.span, "codes of what?")
                        .with_help("add `#[errors(VendorError)]` to the service, naming the enum of its codes"),
                );
            }
            return (None, raises);
        };
        for word in attr.args.iter().map(super::attrs::Arg::word) {
            let code: Option<i64> = word.text.parse().ok();
            match code {
                Some(code) if raises.contains(&code) => self.cx.push(
                    Diagnostic::error("E0530", format!("code {code} is listed twice")).at(word.span, "again here"),
                ),
                Some(code) if self.model[id].codes.iter().any(|known| known.code == code) => raises.push(code),
                _ => {
                    let table = self.model[id].name.clone();
                    self.cx.push(
                        Diagnostic::error("E0526", format!("`{table}` has no code {}", word.text))
                            .at(word.span, "not in the table")
                            .with_help(format!("add it to `{table}` or remove it here")),
                    );
                }
            }
        }
        (Some(id), raises)
    }

    /// The headers of requests, or those of replies: `#[header(X)]`, `#[header(X, optional)]`, `#[header(X, reply)]`.
    fn headers(&mut self, scope: &Scope<'_>, operation: &ast::Operation, replies: bool) -> Vec<Header> {
        let mut headers: Vec<Header> = Vec::new();
        for attr in scope.service.attrs.all("header").chain(operation.attrs.all("header")) {
            let of_reply = attr.args.iter().skip(1).any(|arg| arg.word().text == "reply");
            let Some(word) = attr.first().filter(|_| of_reply == replies) else { continue };
            let word = word.clone();
            let Some((ty, name)) = self.find_record(&word) else { continue };
            let element = QName::new(&*scope.ns, name.local);
            if headers.iter().any(|header| header.element == element) {
                continue;
            }
            headers.push(Header { element, ty, required: attr.args.len() == 1, origin: word.span.into() });
        }
        headers
    }

    fn faults(&mut self, scope: &Scope<'_>, operation: &ast::Operation) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Vec::new();
        for attr in scope.service.attrs.all("fault").chain(operation.attrs.all("fault")) {
            let Some(word) = attr.first() else { continue };
            let word = word.clone();
            let Some((ty, element)) = self.find_record(&word) else { continue };
            if !faults.iter().any(|fault| fault.element == element) {
                faults.push(Fault { name: word.text, element, ty, origin: word.span.into() });
            }
        }
        faults
    }

    fn routes(
        &mut self,
        scope: &Scope<'_>,
        operation: &ast::Operation,
        name: &str,
        parameters: &[(Word, Use)],
    ) -> Vec<Route> {
        let only = operation.attrs.get("only").and_then(|attr| attr.first()).map(|word| match word.text.as_str() {
            "soap" => Only::Soap,
            _ => Only::Plain,
        });
        self.check_routes(scope, operation, parameters);
        let text = |key: &str| operation.attrs.get(key).and_then(|attr| attr.first()).cloned();
        for key in ["action", "path"] {
            if let Some(word) = text(key) {
                binding::check_text(self.cx, &word, &format!("the {key}"));
            }
        }
        if let Some(word) = text("path")
            && !word.text.starts_with('/')
        {
            self.cx.push(Diagnostic::error("E0545", "a path begins with `/`").at(word.span, "here"));
        }
        let mut routes = Vec::new();
        for (index, wire) in scope.wires.iter().enumerate() {
            let mut route = Route {
                binding: index,
                action: None,
                reply_action: None,
                http: HttpMethod::Post,
                path: None,
                result: ResultKind::Item,
            };
            match &wire.binding.protocol {
                Protocol::Soap { .. } if only != Some(Only::Plain) => {
                    let action = text("action").map(|word| word.text);
                    route.action = Some(action.unwrap_or_else(|| wire.action(&scope.ns, name)));
                }
                Protocol::Plain { .. } if only != Some(Only::Soap) => {
                    let path = text("path").map(|word| word.text);
                    route.path = Some(path.unwrap_or_else(|| wire.path.replace("{op}", name)));
                    if operation.attrs.has("get") {
                        route.http = HttpMethod::GetPath;
                    }
                }
                Protocol::XmlRpc { .. } => {
                    route.path = Some(name.to_owned());
                    route.result = match text("result").map(|word| word.text).as_deref() {
                        Some("list") => ResultKind::List,
                        Some("message") => ResultKind::Message,
                        _ => ResultKind::Item,
                    };
                }
                _ => continue,
            }
            routes.push(route);
        }
        if routes.is_empty() && !scope.wires.is_empty() {
            self.cx.push(
                Diagnostic::error("E0547", format!("no binding of the service carries `{}`", operation.name.text))
                    .at(operation.attrs.span("only"), "leaves none"),
            );
        }
        routes
    }

    fn check_routes(&mut self, scope: &Scope<'_>, operation: &ast::Operation, parameters: &[(Word, Use)]) {
        if let Some(span) = operation.attrs.span("get") {
            if !scope.plain() {
                self.cx.push(
                    Diagnostic::error("E0547", "`#[get]` is for plain XML bindings").at(span, "the service has none"),
                );
            }
            for (name, used) in parameters {
                if used.list || used.optional || !used.base.is_text() {
                    self.cx.push(
                        Diagnostic::error("E0547", format!("`{}` cannot be a path segment", name.text))
                            .at(name.span, "expected one piece of text that is always there")
                            .also(span, "parameters go into the path"),
                    );
                }
            }
        }
        if let Some(span) = operation.attrs.span("result")
            && !scope.positional()
        {
            self.cx.push(
                Diagnostic::error("E0547", "`#[result(…)]` is for XML-RPC").at(span, "the service has no such binding"),
            );
        }
    }

    fn examples(&mut self, scope: &Scope<'_>, operation: &ast::Operation) -> Vec<Example> {
        let mut examples = Vec::new();
        for attr in operation.attrs.all("example") {
            let [wire, path] = &attr.args[..] else { continue };
            let (wire, path) = (wire.word(), path.word());
            let names = || scope.wires.iter().map(|wire| wire.binding.name.as_str());
            let Some(index) = names().position(|name| name == wire.text) else {
                let mut diagnostic = Diagnostic::error("E0548", format!("no binding `{}` in this service", wire.text))
                    .at(wire.span, "not defined");
                diagnostic = match did_you_mean(&wire.text, names()) {
                    Some(near) => diagnostic.with_help(format!("did you mean `{near}`?")),
                    None => {
                        diagnostic.with_help(format!("its bindings are: {}", names().collect::<Vec<_>>().join(", ")))
                    }
                };
                self.cx.push(diagnostic);
                continue;
            };
            if check_example(self.cx, self.folder, path) {
                examples.push(Example { binding: index, path: path.text.clone(), origin: path.span.into() });
            }
        }
        examples
    }
}

/// The attribute that says what calling an operation does, if there is one; more than one is an error.
pub(super) fn effect_of<'a>(cx: &mut super::read::Cx<'_>, attrs: &'a Attrs) -> Option<&'a Attr> {
    let is_effect = |attr: &&Attr| matches!(attr.name.text.as_str(), "read" | "idempotent" | "effectful" | "settled");
    let mut given = attrs.iter().filter(is_effect);
    let first = given.next()?;
    if let Some(second) = given.next() {
        cx.push(
            Diagnostic::error("E0542", "an operation has one effect")
                .at(second.name.span, "and this is another")
                .also(first.name.span, "this is one"),
        );
    }
    Some(first)
}

/// Whether an example's path stays in the contract's folder and leads to a sample.
pub(super) fn check_example(cx: &mut super::read::Cx<'_>, folder: &std::path::Path, path: &Word) -> bool {
    let outside = path.text.starts_with('/')
        || path.text.contains(['\\', ':', '%'])
        || path.text.chars().any(char::is_control)
        || path.text.split('/').any(|step| matches!(step, "" | "." | ".."));
    if outside {
        cx.push(
            Diagnostic::error(
                "E0549",
                format!("the sample `{}` is outside the contract's folder", path.text.escape_debug()),
            )
            .at(path.span, "not a path below the folder")
            .with_help("keep samples beside the contract: `samples/<name>`"),
        );
        return false;
    }
    let there = |kind: &str| folder.join(format!("{}.{kind}.xml", path.text)).is_file();
    if !there("request") && !there("response") {
        cx.push(
            Diagnostic::error("E0549", format!("no sample `{}`", path.text))
                .at(path.span, "no such file")
                .with_help(format!("expected `{0}.request.xml` or `{0}.response.xml` beside the contract", path.text)),
        );
        return false;
    }
    true
}
