//! What an overlay says about services and operations.

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{Effect, ErrorTable, ErrorTableId, Example, Protocol, Reply, TypeId, TypeKind};

use super::super::ast::{Operation, Service, Word};
use super::super::attrs::{Arg, Attr};
use super::super::binding;
use super::super::enums::error_codes;
use super::super::service::{check_example, effect_of};
use super::Patch;
use super::members::each_element;

impl Patch<'_, '_> {
    pub(super) fn service(&mut self, patch: &Service) {
        let Some(index) = self.model.services.iter().position(|service| service.name == patch.name.text) else {
            let known: Vec<String> = self.model.services.iter().map(|service| service.name.clone()).collect();
            self.nothing("the contract", "service", &patch.name, &known);
            return;
        };
        if patch.attrs.has("drop") {
            self.model.services.remove(index);
            return;
        }
        if !patch.docs.is_empty() {
            self.model.services[index].docs = patch.docs.clone();
        }
        for attr in patch.attrs.all("binding") {
            self.binding(index, attr);
        }
        let everything: Vec<usize> = (0..self.model.services[index].operations.len()).collect();
        for name in ["reply", "reply_errors"] {
            if let Some(attr) = patch.attrs.get(name) {
                let matched = everything.iter().filter(|operation| self.reply(index, **operation, attr)).count();
                if matched == 0 {
                    self.no_reply(attr, "no operation of the service answers with such members");
                }
            }
        }
        if let Some(attr) = patch.attrs.get("errors")
            && let Some(id) = self.error_table(attr)
        {
            for operation in &mut self.model.services[index].operations {
                operation.error_table = Some(id);
            }
        }
        let mut dropped = Vec::new();
        for operation in &patch.operations {
            self.operation(index, operation, &mut dropped);
        }
        dropped.sort_unstable();
        for operation in dropped.into_iter().rev() {
            self.model.services[index].operations.remove(operation);
        }
    }

    fn operation(&mut self, service: usize, patch: &Operation, dropped: &mut Vec<usize>) {
        let operations = &self.model.services[service].operations;
        // Overloads share a name, and what is said of one is said of all.
        let found: Vec<usize> =
            (0..operations.len()).filter(|index| operations[*index].name == patch.name.text).collect();
        if found.is_empty() {
            let known: Vec<String> = operations.iter().map(|operation| operation.name.clone()).collect();
            let owner = format!("`{}`", self.model.services[service].name);
            self.nothing(&owner, "operation", &patch.name, &known);
            return;
        }
        if patch.attrs.has("drop") {
            dropped.extend(found);
            return;
        }
        if let Some(ty) = &patch.output {
            self.cx.push(
                Diagnostic::error("E0564", "an overlay cannot change what an operation answers")
                    .at(ty.span, "leave this out")
                    .with_help("patch the members of the answer's type in a `struct`"),
            );
        }
        for index in found {
            self.patch_operation(service, index, patch);
        }
    }

    fn patch_operation(&mut self, service: usize, index: usize, patch: &Operation) {
        let operation = &mut self.model.services[service].operations[index];
        if !patch.docs.is_empty() {
            operation.docs = patch.docs.clone();
        }
        let input = operation.input.ty;
        for parameter in &patch.parameters {
            self.member(input, &patch.name.text, parameter);
        }
        self.effect(service, index, patch);
        for name in ["reply", "reply_errors"] {
            if let Some(attr) = patch.attrs.get(name)
                && !self.reply(service, index, attr)
            {
                self.no_reply(attr, "the operation's answer has no such members");
            }
        }
        if let Some(attr) = patch.attrs.get("errors")
            && let Some(id) = self.error_table(attr)
        {
            self.model.services[service].operations[index].error_table = Some(id);
        }
        if let Some(attr) = patch.attrs.get("raises") {
            self.raises(service, index, attr);
        }
        for attr in patch.attrs.all("example") {
            self.example(service, index, attr);
        }
    }

    fn effect(&mut self, service: usize, index: usize, patch: &Operation) {
        let Some(attr) = effect_of(self.cx, &patch.attrs) else { return };
        let key = |key: &str| attr.named(key).map(|word| word.text.clone());
        let effect = match attr.name.text.as_str() {
            "read" => Effect::Read,
            "idempotent" => Effect::Idempotent { by: key("by") },
            "settled" => Effect::Settled { by: key("by").unwrap_or_default(), key: key("key") },
            _ => Effect::Effectful,
        };
        if let Some(by) = attr.named("by")
            && attr.name.text == "settled"
        {
            let known: Vec<String> =
                self.model.services[service].operations.iter().map(|operation| operation.name.clone()).collect();
            if !known.contains(&by.text) {
                self.nothing("the service", "operation", by, &known);
            }
        }
        for word in
            [attr.named("key"), attr.named("by").filter(|_| attr.name.text == "idempotent")].into_iter().flatten()
        {
            let input = self.model.services[service].operations[index].input.ty;
            let known = self.reachable_members(input);
            if !known.contains(&word.text) {
                self.nothing("the request", "member", word, &known);
            }
        }
        self.model.services[service].operations[index].effect = effect;
    }

    /// The members of a type and of the types of its members.
    fn reachable_members(&mut self, ty: TypeId) -> Vec<String> {
        let mut known = Vec::new();
        let mut inner = Vec::new();
        self.each_member(ty, &mut |name, ty| {
            known.push(name.to_owned());
            inner.push(ty);
        });
        for ty in inner {
            self.each_member(ty, &mut |name, _| known.push(name.to_owned()));
        }
        known
    }

    fn each_member(&mut self, ty: TypeId, visit: &mut dyn FnMut(&str, TypeId)) {
        let TypeKind::Complex(complex) = &mut self.model[ty].kind else { return };
        for attribute in &complex.attributes {
            visit(&attribute.name.local, attribute.ty);
        }
        if let crate::model::Content::Particles(particle) = &mut complex.content {
            each_element(particle, &mut |element, _| visit(&element.name.local, element.ty));
        }
    }

    /// The path below an answer to the record that has all these members: the answer itself or what it wraps.
    fn record_with(&mut self, output: TypeId, wanted: &[&str]) -> Option<Vec<String>> {
        let mut at = output;
        let mut path = Vec::new();
        // A wrapper in a wrapper is as deep as real services go.
        for _ in 0..3 {
            let mut members = Vec::new();
            self.each_member(at, &mut |name, ty| members.push((name.to_owned(), ty)));
            if wanted.iter().all(|wanted| members.iter().any(|(name, _)| name == wanted)) {
                return Some(path);
            }
            let (name, ty) =
                members.into_iter().find(|(_, ty)| matches!(self.model[*ty].kind, TypeKind::Complex(_)))?;
            path.push(name);
            at = ty;
        }
        None
    }

    /// Gives an operation an in-band error rule. False when its answer does not have the members.
    fn reply(&mut self, service: usize, index: usize, attr: &Attr) -> bool {
        let Some(output) = self.model.services[service].operations[index].output.as_ref().map(|output| output.ty)
        else {
            return false;
        };
        let key = |key: &str| attr.named(key).map(|word| word.text.clone());
        let reply = if attr.name.text == "reply" {
            let (Some(ok), Some(failed), Some(code)) = (key("ok"), key("failed"), key("code")) else { return false };
            let text = key("text");
            let mut wanted = vec![ok.as_str(), failed.as_str(), code.as_str()];
            wanted.extend(text.as_deref());
            let Some(path) = self.record_with(output, &wanted) else { return false };
            Reply::Flagged { path, ok, failed, code, text }
        } else {
            let Some(list) = attr.first().cloned() else { return false };
            let errors = list.text.split('/').next().unwrap_or_default().to_owned();
            let Some(path) = self.record_with(output, &[&errors]) else { return false };
            if !self.check_listed(output, &path, &list, attr) {
                // Reported: the rule is there but what it names is not.
                return true;
            }
            Reply::Listed { path, errors, code: key("code"), text: key("text") }
        };
        self.model.services[service].operations[index].reply = reply;
        true
    }

    /// Whether the steps of an error list and the members of its errors are there.
    fn check_listed(&mut self, output: TypeId, path: &[String], list: &Word, attr: &Attr) -> bool {
        let mut at = output;
        // The item of a list whose wrapper is no type of its own: the next step names it and stays at its type.
        let mut item: Option<String> = None;
        for step in path.iter().map(String::as_str).chain(list.text.split('/')) {
            if item.take().is_some_and(|item| item == step) {
                continue;
            }
            let mut next = None;
            let mut known = Vec::new();
            self.each_member(at, &mut |name, ty| {
                known.push(name.to_owned());
                if name == step {
                    next = next.or(Some(ty));
                }
            });
            item = self.item_name(at, step);
            match next {
                Some(ty) => at = ty,
                None => {
                    let word = Word { text: step.to_owned(), span: list.span };
                    self.nothing("the answer", "member", &word, &known);
                    return false;
                }
            }
        }
        let mut known = Vec::new();
        self.each_member(at, &mut |name, _| known.push(name.to_owned()));
        // The list may be named without its item: then its members are one level down.
        if !list.text.contains('/') && known.len() == 1 {
            let mut inner = None;
            self.each_member(at, &mut |_, ty| inner = Some(ty));
            if let Some(inner) = inner {
                known.clear();
                self.each_member(inner, &mut |name, _| known.push(name.to_owned()));
            }
        }
        let mut whole = true;
        for key in ["code", "text"] {
            if let Some(word) = attr.named(key)
                && !known.contains(&word.text)
            {
                self.nothing("an error of the answer", "member", word, &known);
                whole = false;
            }
        }
        whole
    }

    /// The item's name of a list member that wraps its items.
    fn item_name(&mut self, owner: TypeId, member: &str) -> Option<String> {
        let TypeKind::Complex(complex) = &mut self.model[owner].kind else { return None };
        let crate::model::Content::Particles(particle) = &mut complex.content else { return None };
        let mut found = None;
        each_element(particle, &mut |element, _| {
            if element.name.local == member
                && let Some(items) = &element.items
                && let crate::model::ParticleKind::Element(item) = &items.kind
            {
                found = Some(item.name.local.clone());
            }
        });
        found.map(String::from)
    }

    fn no_reply(&mut self, attr: &Attr, what: &str) {
        self.cx.push(
            Diagnostic::error("E0562", what)
                .at(attr.first().map_or(attr.name.span, |word| word.span), "matches nothing")
                .with_note(
                    "an overlay that matches nothing is an error: a vendor's rename must not undo it in silence",
                ),
        );
    }

    fn error_table(&mut self, attr: &Attr) -> Option<ErrorTableId> {
        let word = attr.first()?;
        let Some((ty, item)) = self.added(&word.text) else {
            self.cx.push(
                Diagnostic::error("E0564", format!("this overlay adds no enum `{}`", word.text))
                    .at(word.span, "not known")
                    .with_help("write the table of codes as `#[add] #[open] enum … { Name = 1, … }`"),
            );
            return None;
        };
        if let Some(known) = self.model.error_tables.iter().position(|table| table.ty == ty) {
            return Some(ErrorTableId(u32::try_from(known).ok()?));
        }
        let codes = error_codes(item);
        let id = self.model.add_error_table(ErrorTable { name: word.text.clone(), ty, codes });
        if let TypeKind::Simple(simple) = &mut self.model[ty].kind {
            simple.error_table = Some(id);
        }
        Some(id)
    }

    fn raises(&mut self, service: usize, index: usize, attr: &Attr) {
        let Some(table) = self.model.services[service].operations[index].error_table else {
            self.cx.push(
                Diagnostic::error("E0526", "`#[raises(…)]` needs a table of codes")
                    .at(attr.name.span, "codes of what?")
                    .with_help("add `#[errors(VendorError)]` to the service, naming an enum this overlay adds"),
            );
            return;
        };
        let mut raises = Vec::new();
        for word in attr.args.iter().map(Arg::word) {
            match word.text.parse::<i64>() {
                Ok(code) if self.model[table].codes.iter().any(|known| known.code == code) => raises.push(code),
                _ => self.cx.push(
                    Diagnostic::error("E0526", format!("the table has no code {}", word.text))
                        .at(word.span, "not in the table"),
                ),
            }
        }
        self.model.services[service].operations[index].raises = raises;
    }

    fn example(&mut self, service: usize, index: usize, attr: &Attr) {
        let [wire, path] = &attr.args[..] else { return };
        let (wire, path) = (wire.word(), path.word());
        let names: Vec<String> =
            self.model.services[service].bindings.iter().map(|binding| binding.name.clone()).collect();
        let Some(binding) = names.iter().position(|name| *name == wire.text) else {
            self.nothing("the service", "binding", wire, &names);
            return;
        };
        if check_example(self.cx, self.folder, path) {
            let example = Example { binding, path: path.text.clone(), origin: path.span.into() };
            self.model.services[service].operations[index].examples.push(example);
        }
    }

    /// Settings of a binding that the WSDL leaves out or gets wrong.
    fn binding(&mut self, service: usize, attr: &Attr) {
        let Some(name) = attr.first() else { return };
        let names: Vec<String> =
            self.model.services[service].bindings.iter().map(|binding| binding.name.clone()).collect();
        let Some(index) = names.iter().position(|known| *known == name.text) else {
            self.nothing("the service", "binding", name, &names);
            return;
        };
        for word in attr.names() {
            if !matches!(word.text.as_str(), "endpoint" | "addressing" | "security" | "timestamp" | "default") {
                self.cx.push(
                    Diagnostic::error("E0564", format!("an overlay cannot change `{}` of a binding", word.text))
                        .at(word.span, "leave this out")
                        .with_help("it can set endpoint, addressing, security, timestamp and default"),
                );
            }
        }
        let target = &mut self.model.services[service].bindings[index];
        if let Some(endpoint) = attr.named("endpoint") {
            binding::check_endpoint(self.cx, endpoint);
            target.endpoint = Some(endpoint.text.clone());
        }
        if let Protocol::Soap { addressing, security, .. } = &mut target.protocol {
            if let Some(given) = binding::addressing(attr) {
                *addressing = given;
            }
            if let Some(given) = binding::security(attr) {
                *security = given;
            }
        } else if binding::addressing(attr).is_some() || binding::security(attr).is_some() {
            self.cx.push(
                Diagnostic::error("E0564", "only SOAP bindings have addressing and security")
                    .at(name.span, "not a SOAP binding"),
            );
        }
        if attr.named("default").is_some() {
            self.make_default(service, index);
        }
    }

    /// Moves a binding to the front, and what refers to bindings by index with it.
    fn make_default(&mut self, service: usize, index: usize) {
        let service = &mut self.model.services[service];
        let binding = service.bindings.remove(index);
        service.bindings.insert(0, binding);
        let moved = |old: usize| match old {
            old if old == index => 0,
            old if old < index => old + 1,
            old => old,
        };
        for operation in &mut service.operations {
            operation.routes.iter_mut().for_each(|route| route.binding = moved(route.binding));
            operation.routes.sort_by_key(|route| route.binding);
            operation.examples.iter_mut().for_each(|example| example.binding = moved(example.binding));
        }
    }

    /// Reports a name that matches nothing.
    pub(super) fn nothing(&mut self, owner: &str, what: &str, word: &Word, known: &[String]) {
        let mut diagnostic = Diagnostic::error("E0562", format!("{owner} has no {what} `{}`", word.text))
            .at(word.span, "matches nothing")
            .with_note("an overlay that matches nothing is an error: a vendor's rename must not undo it in silence");
        diagnostic = match did_you_mean(&word.text, known.iter().map(String::as_str)) {
            Some(near) => diagnostic.with_help(format!("did you mean `{near}`?")),
            None if known.is_empty() => diagnostic,
            None => diagnostic.with_help(format!("there are: {}", known.join(", "))),
        };
        self.cx.push(diagnostic);
    }
}
