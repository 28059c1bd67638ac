//! How the caller's part comes out of a reply.

use super::scope::Scope;
use super::writer::{Group, Writer};
use crate::plan::{Finish, Operation, Presence, Step};

/// The function up to its result.
pub(super) fn head(operation: &Operation) -> &'static str {
    match operation.finish {
        Finish::Unit => "fn finish(_: Self::Reply)",
        _ => "fn finish(reply: Self::Reply)",
    }
}

/// The function's body.
pub(super) fn body(w: &mut Writer, scope: &Scope<'_>, operation: &Operation) {
    match &operation.finish {
        Finish::Whole => w.line("Ok(reply)"),
        Finish::Unit => w.line("Ok(())"),
        Finish::Field(field) => {
            w.code("Ok(reply.");
            w.ident(field);
            w.code(")");
            w.end();
        }
        Finish::Flagged { path, failed, code, text, ok } => in_band(
            w,
            "rt::reply::flagged::<Self>(",
            path,
            |w| {
                w.open(Group::Parens);
                w.code("result.");
                w.ident(&failed.field);
                if failed.presence != Presence::Always {
                    w.code(" == Some(true)");
                }
                w.comma();
                // Codes are `Copy`.
                let always = code.presence == Presence::Always;
                w.code(if always { "Some(result." } else { "result." });
                w.ident(&code.field);
                w.code(if always { ")" } else { "" });
                w.comma();
                optional(w, text.as_ref(), "result.");
                w.close();
            },
            |w| take(w, path, ok),
        ),
        Finish::Listed { path, errors, code, text } => in_band(
            w,
            "rt::reply::listed::<Self>(",
            path,
            |w| {
                w.code("result.");
                w.ident(&errors.field);
                w.code(if errors.presence == Presence::Always { ".iter()" } else { ".iter().flatten()" });
                w.code(".map");
                w.open(Group::Parens);
                w.code("|error| ");
                w.open(Group::Parens);
                match code {
                    Some(step) => {
                        w.code("error.");
                        w.ident(&step.field);
                        w.code(".clone()");
                        w.code(if step.presence == Presence::Always { "" } else { ".unwrap_or_default()" });
                    }
                    None => {
                        w.code(scope.std("String"));
                        w.code("::new()");
                    }
                }
                w.comma();
                optional(w, text.as_ref(), "error.");
                w.close();
                w.close();
                w.code(".collect()");
            },
            |w| match path.split_last() {
                // The record that holds the list is the reply itself.
                None => w.code("Some(::std::mem::replace(reply, rt::Value::vacant()))"),
                Some((last, before)) => take(w, before, last),
            },
        ),
    }
}

/// A call that is given what tells refusals, and how the data is taken out.
fn in_band(
    w: &mut Writer,
    call: &'static str,
    path: &[Step],
    refusal: impl FnOnce(&mut Writer),
    data: impl FnOnce(&mut Writer),
) {
    w.nested(call, ")", |w| {
        w.line("reply,");
        w.nested("|reply| {", "},", |w| {
            result(w, path);
            w.code("Some");
            w.open(Group::Parens);
            refusal(w);
            w.close();
            w.end();
        });
        w.code("|reply| ");
        data(w);
        w.code(",");
        w.end();
    });
}

/// `let result = …;` with a way out where a step of the path is missing.
fn result(w: &mut Writer, path: &[Step]) {
    let owned = path.last().is_some_and(|step| matches!(step.presence, Presence::Always | Presence::Box));
    w.code(if owned { "let result = &reply" } else { "let result = reply" });
    for step in path {
        w.code(".");
        w.ident(&step.field);
        w.code(match step.presence {
            Presence::Always | Presence::Box => "",
            Presence::Option => ".as_ref()?",
            Presence::OptionBox => ".as_deref()?",
        });
    }
    w.code(";");
    w.end();
}

/// A field as an `Option` of its own.
fn optional(w: &mut Writer, step: Option<&Step>, of: &'static str) {
    let Some(step) = step else { return w.code("None") };
    let always = step.presence == Presence::Always;
    w.code(if always { "Some(" } else { "" });
    w.code(of);
    w.ident(&step.field);
    w.code(if always { ".clone())" } else { ".clone()" });
}

/// An expression that moves the data out of the reply, as an `Option`.
fn take(w: &mut Writer, path: &[Step], data: &Step) {
    // What is always there leaves a vacant value behind, in a reply that is then thrown away.
    w.code(match data.presence {
        Presence::Option | Presence::OptionBox => "reply",
        Presence::Always => "Some(::std::mem::replace(&mut reply",
        Presence::Box => "Some(::std::mem::replace(&mut *reply",
    });
    for step in path {
        w.code(".");
        w.ident(&step.field);
        w.code(match step.presence {
            Presence::Always | Presence::Box => "",
            Presence::Option => ".as_mut()?",
            Presence::OptionBox => ".as_deref_mut()?",
        });
    }
    w.code(".");
    w.ident(&data.field);
    w.code(match data.presence {
        Presence::Option => ".take()",
        Presence::OptionBox => ".take().map(|data| *data)",
        Presence::Always | Presence::Box => ", rt::Value::vacant()))",
    });
}
