//! Example messages as tests: each is read into the contract's types and written again.

use super::writer::{Group, Writer};
use crate::plan::{Example, Plan};

/// A test module with the messages as text, so that it needs no file at run time; nothing where there are none.
pub(super) fn module(w: &mut Writer, plan: &Plan) {
    let messages = |example: &'_ Example| example.request.is_some() || example.response.is_some();
    if !plan.examples.iter().any(messages) {
        return;
    }
    w.blank();
    w.line("#[cfg(test)]");
    w.block("mod examples", |w| {
        w.line("use bindery_runtime as rt;");
        for example in &plan.examples {
            test(w, example, "_request", "rt::example::request::<", example.request.as_deref());
            test(w, example, "_response", "rt::example::response::<", example.response.as_deref());
        }
    });
}

fn test(w: &mut Writer, example: &Example, kind: &'static str, call: &'static str, message: Option<&str>) {
    let Some(message) = message else { return };
    w.blank();
    w.line("#[test]");
    w.code("fn ");
    w.ident(&example.test);
    w.code(kind);
    w.code("()");
    w.enter();
    w.code(call);
    w.code("super::");
    w.ident(&example.operation.0);
    w.code("::");
    w.ident(&example.operation.1);
    w.code(">");
    w.open(Group::Parens);
    w.code("&super::");
    w.ident(&example.binding);
    w.comma();
    w.string(message);
    w.close();
    w.code(";");
    w.end();
    w.leave();
}
