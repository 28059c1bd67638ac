//! Clients and bindings.

use super::scope::Scope;
use super::writer::{Group, Writer};
use crate::model::{Addressing, Protocol, SoapVersion};
use crate::plan::{Binding, Effect, Operation, Service};

/// What stands in the root module: bindings, the service's static, the client.
pub(super) fn root_items(w: &mut Writer, scope: &Scope<'_>, service: &Service) {
    for (index, item) in service.bindings.iter().enumerate() {
        w.blank();
        binding(w, index, item, scope.plan.unqualified);
    }
    w.blank();
    w.code("static ");
    w.ident(&service.info);
    w.code(": rt::ServiceInfo = rt::ServiceInfo ");
    w.open(Group::Lines);
    w.code("name: ");
    w.string(&service.name);
    w.comma();
    w.code("bindings: &");
    w.open(Group::Brackets);
    for binding in &service.bindings {
        w.code("&");
        w.ident(&binding.ident);
        w.comma();
    }
    w.close();
    w.close();
    w.code(";");
    w.end();
    w.blank();
    client(w, scope, service);
}

fn binding(w: &mut Writer, index: usize, binding: &Binding, unqualified: bool) {
    if binding.docs.trim().is_empty() {
        w.docs(&format!("The `{}` wire.", binding.name));
    } else {
        w.docs(&binding.docs);
    }
    w.code("pub static ");
    w.ident(&binding.ident);
    w.code(": rt::Binding = rt::Binding ");
    w.open(Group::Lines);
    w.code("name: ");
    w.string(&binding.name);
    w.comma();
    w.code("index: ");
    w.number(index as i128);
    w.comma();
    w.code("endpoint: ");
    w.string(&binding.endpoint);
    w.comma();
    w.code("protocol: ");
    protocol(w, &binding.protocol, unqualified);
    w.comma();
    w.close();
    w.code(";");
    w.end();
}

fn protocol(w: &mut Writer, protocol: &Protocol, unqualified: bool) {
    match protocol {
        Protocol::Soap { version, addressing, security, data_contract, mtom } => {
            w.code("rt::Protocol::Soap");
            w.open(Group::Parens);
            w.code("rt::Soap ");
            w.open(Group::Lines);
            w.code(match version {
                SoapVersion::V11 => "version: rt::SoapVersion::V11",
                SoapVersion::V12 => "version: rt::SoapVersion::V12",
            });
            w.comma();
            w.code(match addressing {
                None => "addressing: ::std::option::Option::None",
                Some(Addressing::V10) => "addressing: ::std::option::Option::Some(rt::Addressing::V10)",
                Some(Addressing::Submission) => "addressing: ::std::option::Option::Some(rt::Addressing::Submission)",
            });
            w.comma();
            flag(w, "username_token: ", security.username_token);
            flag(w, "digest: ", security.digest);
            flag(w, "timestamp: ", security.timestamp);
            flag(w, "data_contract: ", *data_contract);
            flag(w, "unqualified: ", unqualified);
            flag(w, "basic: ", security.basic);
            flag(w, "mtom: ", *mtom);
        }
        Protocol::Plain { basic } => {
            w.code("rt::Protocol::Plain");
            w.open(Group::Parens);
            w.code("rt::Plain ");
            w.open(Group::Braces);
            flag(w, "basic: ", *basic);
        }
        Protocol::Http => {
            w.code("rt::Protocol::Http");
            w.open(Group::Parens);
            w.code("rt::Http ");
            w.open(Group::Braces);
            flag(w, "unqualified: ", unqualified);
        }
        Protocol::XmlRpc { method, server } => {
            w.code("rt::Protocol::XmlRpc");
            w.open(Group::Parens);
            w.code("rt::XmlRpc ");
            w.open(Group::Braces);
            w.code("method: ");
            w.string(method.as_deref().unwrap_or_default());
            w.comma();
            w.code("server: ");
            w.string(server.as_deref().unwrap_or_default());
        }
    }
    w.close();
    w.close();
}

/// `name: true,`
fn flag(w: &mut Writer, name: &'static str, value: bool) {
    w.code(name);
    w.bool(value);
    w.comma();
}

fn client(w: &mut Writer, scope: &Scope<'_>, service: &Service) {
    w.docs(&client_docs(service));
    w.line("#[derive(Debug, Clone)]");
    w.code("pub struct ");
    w.ident(&service.client);
    w.code("<T>");
    w.enter();
    w.line("client: rt::Client<T>,");
    w.leave();
    w.blank();
    w.code("impl<T> ");
    w.ident(&service.client);
    w.code("<T>");
    w.enter();
    w.line("/// A client with the contract's own endpoint and default settings.");
    w.block("pub fn new(transport: T) -> Self", |w| w.line("Self::with(transport, rt::Settings::new())"));
    w.blank();
    w.line("/// A client with the given settings: endpoint, credentials, wire, limits, listeners.");
    w.block("pub fn with(transport: T, settings: rt::Settings) -> Self", |w| {
        w.code("Self ");
        w.open(Group::Braces);
        w.code("client: rt::Client::new(&");
        w.ident(&service.info);
        w.code(", transport, settings)");
        w.close();
        w.end();
    });
    w.blank();
    w.line("/// What the calls go through: settings, and reading answers that the application received itself.");
    w.block("pub fn client(&self) -> &rt::Client<T>", |w| w.line("&self.client"));
    for header in &service.headers {
        w.blank();
        w.docs(&format!("Sets the `{}` header, sent with every operation that declares it.", header.name.local));
        w.code("pub fn ");
        w.ident(&header.method);
        w.code("(&mut self, header: ");
        scope.ty(w, &header.ty);
        w.code(")");
        w.enter();
        w.code("self.client.set_header");
        w.open(Group::Parens);
        scope.name(w, &header.name);
        w.comma();
        w.code("header");
        w.close();
        w.code(";");
        w.end();
        w.leave();
    }
    for operation in &service.operations {
        w.blank();
        method(w, scope, service, operation);
    }
    w.leave();
}

fn client_docs(service: &Service) -> String {
    let mut text = service.docs.clone();
    if text.trim().is_empty() {
        text = format!("Client of `{}`.", service.name);
    }
    if let [first, second, ..] = service.bindings.as_slice() {
        let others: Vec<String> = service.bindings[1..].iter().map(|binding| format!("`{}`", binding.ident)).collect();
        text.push_str(&format!(
            "\n\nCalls go over `{first}` unless told otherwise: `.over(&{})`. Wires: `{first}`, {}.",
            second.ident,
            others.join(", "),
            first = first.ident,
        ));
    }
    text
}

fn method(w: &mut Writer, scope: &Scope<'_>, service: &Service, operation: &Operation) {
    w.docs(&method_docs(operation));
    w.code("pub fn ");
    w.ident(&operation.method);
    w.open(Group::Parens);
    w.code("&self");
    w.comma();
    w.code("input: ");
    scope.ty(w, &operation.input);
    w.close();
    w.code(" -> rt::Call<'_, T, ");
    w.ident(&service.module);
    w.code("::");
    w.ident(&operation.marker);
    w.code(">");
    w.enter();
    w.line("self.client.call(input)");
    w.leave();
}

/// The vendor's words, and what calling the operation does where that matters.
fn method_docs(operation: &Operation) -> String {
    let mut text = operation.docs.trim().to_owned();
    if text.is_empty() {
        text = format!("Calls `{}`.", operation.name);
    }
    match &operation.effect {
        Effect::Read => text.push_str("\n\nReads only: may be repeated."),
        Effect::Idempotent => text.push_str("\n\nRepeating it changes nothing more."),
        Effect::Effectful { settled_by } if !settled_by.is_empty() => {
            text.push_str(&format!("\n\nNever sent twice. If the outcome is unknown, `{settled_by}` tells."));
        }
        Effect::Effectful { .. } => {}
    }
    text
}
