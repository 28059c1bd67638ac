//! Operations: what ties each request to its reply.

use super::records::derives_with;
use super::scope::Scope;
use super::writer::{Group, Writer};
use super::{finish, reply_headers};
use crate::model::{HttpMethod, ResultKind, Route};
use crate::plan::{Detail, Effect, Operation, RustType, Service};

/// What stands in the module of operation markers.
pub(super) fn operations(w: &mut Writer, scope: &Scope<'_>, service: &Service) {
    if let Some(headers) = &service.reply_headers {
        w.blank();
        reply_headers::declare(w, scope, headers);
    }
    for item in &service.operations {
        w.blank();
        operation(w, scope, service, item);
    }
}

fn operation(w: &mut Writer, scope: &Scope<'_>, service: &Service, operation: &Operation) {
    w.docs(&format!("Marks `{}`.", operation.name));
    w.line("#[derive(Debug, Clone, Copy)]");
    w.code("pub struct ");
    w.ident(&operation.marker);
    w.code(";");
    w.end();
    w.blank();
    info(w, scope, service, operation);
    w.blank();
    w.code("impl rt::Operation for ");
    w.ident(&operation.marker);
    w.enter();
    let ty = |w: &mut Writer, name: &'static str, ty: &RustType| {
        w.code(name);
        scope.ty(w, ty);
        w.code(";");
        w.end();
    };
    ty(w, "type Input = ", &operation.input);
    ty(w, "type Reply = ", &operation.reply);
    ty(w, "type Output = ", &operation.output);
    match &operation.code {
        Some(code) => ty(w, "type Code = ", code),
        None => w.line("type Code = rt::NoCode;"),
    }
    match &operation.detail {
        Some(detail) => {
            w.code("type Detail = ");
            w.ident(&detail.ident);
            w.code(";");
            w.end();
        }
        None => w.line("type Detail = rt::NoDetail;"),
    }
    match service.reply_headers.as_ref().filter(|_| operation.reply_headers) {
        Some(headers) => {
            w.code("type ReplyHeaders = ");
            w.ident(&headers.ident);
            w.code(";");
            w.end();
        }
        None => w.line("type ReplyHeaders = ();"),
    }
    w.blank();
    w.code("const INFO: &'static rt::OperationInfo = &");
    w.ident(&operation.info);
    w.code(";");
    w.end();
    w.blank();
    if operation.encoded {
        w.line("const ENCODED: bool = true;");
        w.blank();
    }
    w.code(finish::head(operation));
    w.code(" -> ");
    w.code(scope.std("Result"));
    w.code("<Self::Output, ");
    w.code(scope.std("Box"));
    w.code("<rt::InBand<Self>>>");
    w.enter();
    finish::body(w, scope, operation);
    w.leave();
    w.leave();
    if let Some(item) = &operation.detail {
        w.blank();
        detail(w, scope, operation, item);
    }
}

/// The static that says how an operation is called.
fn info(w: &mut Writer, scope: &Scope<'_>, service: &Service, operation: &Operation) {
    w.code("static ");
    w.ident(&operation.info);
    w.code(": rt::OperationInfo = rt::OperationInfo ");
    w.open(Group::Lines);
    w.code("name: ");
    w.string(&operation.name);
    w.comma();
    w.code("service: &");
    scope.root(w, &service.info);
    w.comma();
    w.code("effect: rt::Effect::");
    match &operation.effect {
        Effect::Read => w.code("Read"),
        Effect::Idempotent => w.code("Idempotent"),
        Effect::Effectful { settled_by } => {
            w.code("Effectful ");
            w.open(Group::Braces);
            w.code("settled_by: ");
            w.string(settled_by);
            w.close();
        }
    }
    w.comma();
    w.code("input: ");
    scope.name(w, &operation.input_name);
    w.comma();
    w.code("output: ::std::option::Option::");
    match &operation.output_name {
        Some(name) => {
            w.code("Some");
            w.open(Group::Parens);
            scope.name(w, name);
            w.close();
        }
        None => w.code("None"),
    }
    w.comma();
    w.code("routes: &");
    w.open(Group::Brackets);
    for item in &operation.routes {
        route(w, item);
        w.comma();
    }
    w.close();
    w.comma();
    w.code("headers: &");
    w.open(Group::Brackets);
    for (name, required) in &operation.headers {
        w.code("rt::HeaderInfo ");
        w.open(Group::Braces);
        w.code("name: ");
        scope.name(w, name);
        w.comma();
        w.code("required: ");
        w.bool(*required);
        w.close();
        w.comma();
    }
    w.close();
    w.close();
    w.code(";");
    w.end();
}

fn route(w: &mut Writer, route: &Route) {
    w.code("rt::Route ");
    w.open(Group::Braces);
    w.code("binding: ");
    w.number(route.binding as i128);
    w.comma();
    w.code("action: ");
    w.string(route.action.as_deref().unwrap_or_default());
    w.comma();
    w.code("path: ");
    w.string(route.path.as_deref().unwrap_or_default());
    w.comma();
    w.code(match route.http {
        HttpMethod::Post => "method: rt::Method::Post",
        HttpMethod::GetPath => "method: rt::Method::GetPath",
        HttpMethod::GetQuery => "method: rt::Method::GetQuery",
        HttpMethod::GetReplaced => "method: rt::Method::GetReplaced",
        HttpMethod::PostForm => "method: rt::Method::PostForm",
        HttpMethod::PostDocument => "method: rt::Method::PostDocument",
    });
    w.comma();
    w.code(match route.result {
        ResultKind::Item => "result: rt::ResultKind::Item",
        ResultKind::List => "result: rt::ResultKind::List",
        ResultKind::Message => "result: rt::ResultKind::Message",
    });
    w.close();
}

/// An enum with a variant per declared fault.
fn detail(w: &mut Writer, scope: &Scope<'_>, operation: &Operation, detail: &Detail) {
    w.docs(&format!("Declared faults of `{}`.", operation.name));
    derives_with(w, scope, &["Debug"]);
    w.code("pub enum ");
    w.ident(&detail.ident);
    w.enter();
    for (variant, _, ty) in &detail.variants {
        w.ident(variant);
        w.open(Group::Parens);
        w.code(scope.std("Box"));
        w.code("<");
        scope.ty(w, ty);
        w.code(">");
        w.close();
        w.code(",");
        w.end();
    }
    w.leave();
    w.blank();
    w.code("impl rt::Detail for ");
    w.ident(&detail.ident);
    w.enter();
    w.code("const ELEMENTS: &'static [rt::Name] = &");
    w.open(Group::Brackets);
    for (_, name, _) in &detail.variants {
        scope.name(w, name);
        w.comma();
    }
    w.close();
    w.code(";");
    w.end();
    w.blank();
    let idents: Vec<&str> = detail.variants.iter().map(|(variant, ..)| variant.as_str()).collect();
    w.block("fn vacant(index: usize) -> Self", |w| {
        let vacant = |w: &mut Writer, ident: &str| {
            w.code("Self::");
            w.ident(ident);
            w.code("(rt::Value::vacant())");
        };
        match idents.as_slice() {
            [only] => {
                w.line("let _ = index;");
                vacant(w, only);
                w.end();
            }
            idents => w.block("match index", |w| {
                for (index, ident) in idents.iter().enumerate() {
                    if index + 1 == idents.len() {
                        w.code("_");
                    } else {
                        w.number(index as i128);
                    }
                    w.code(" => ");
                    vacant(w, ident);
                    w.code(",");
                    w.end();
                }
            }),
        }
    });
    w.blank();
    w.block("fn value(&mut self) -> &mut dyn rt::Value", |w| {
        w.block("match self", |w| {
            for ident in &idents {
                w.code("Self::");
                w.ident(ident);
                w.code("(value) => value,");
                w.end();
            }
        });
    });
    w.leave();
}
