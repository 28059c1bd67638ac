//! What the caller gets from a reply, and how the reply says success or failure.

use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Operation, Reply};

use super::{Field, Finish, ItemKind, Plan, Presence, Record, RustType, Step};

/// The caller's part, how it comes out of the reply, and the type of in-band codes.
pub(super) struct Outcome {
    pub(super) output: RustType,
    pub(super) finish: Finish,
    pub(super) code: Option<RustType>,
}

pub(super) fn outcome(plan: &Plan, operation: &Operation, reply: &RustType, diagnostics: &mut Diagnostics) -> Outcome {
    let found = match &operation.reply {
        Reply::Plain => return plain(plan, reply),
        Reply::Flagged { path, ok, failed, code, text } => {
            flagged(plan, reply, path, ok, failed, code, text.as_deref())
        }
        Reply::Listed { path, errors, code, text } => {
            listed(plan, reply, path, errors, code.as_deref(), text.as_deref())
        }
    };
    found.unwrap_or_else(|missing| {
        diagnostics.push(missing.diagnostic(operation));
        plain(plan, reply)
    })
}

/// A wire name that is not where the contract's rule about replies says it is.
struct Missing {
    name: String,
    known: Vec<String>,
}

impl Missing {
    fn diagnostic(self, operation: &Operation) -> Diagnostic {
        let message = format!("the reply of `{}` has no member `{}`", operation.name, self.name);
        let diagnostic = Diagnostic::error("E0602", message).at(operation.origin.0, "its reply rule names it");
        match did_you_mean(&self.name, self.known.iter().map(String::as_str)) {
            Some(near) => diagnostic.with_help(format!("did you mean `{near}`?")),
            None => diagnostic.with_note(format!("members there: {}", self.known.join(", "))),
        }
    }
}

fn record<'p>(plan: &'p Plan, ty: &RustType) -> Option<&'p Record> {
    match ty {
        RustType::Item(item) => match &plan.items[item.0].kind {
            ItemKind::Record(record) => Some(record),
            _ => None,
        },
        RustType::Option(inner) | RustType::Boxed(inner) | RustType::Secret(inner) | RustType::Vec(inner) => {
            record(plan, inner)
        }
        _ => None,
    }
}

/// A reply with one member is that member; an empty one is nothing.
fn plain(plan: &Plan, reply: &RustType) -> Outcome {
    let whole = matches!(reply, RustType::Option(_));
    let (output, finish) = match record(plan, reply).filter(|_| !whole).map(|record| record.fields.as_slice()) {
        Some([]) => (RustType::Unit, Finish::Unit),
        Some([only]) => (only.ty.clone(), Finish::Field(only.ident.clone())),
        _ => (reply.clone(), Finish::Whole),
    };
    Outcome { output, finish, code: None }
}

fn field<'p>(plan: &'p Plan, ty: &RustType, name: &str) -> Result<&'p Field, Missing> {
    let fields = record(plan, ty).map_or(&[][..], |record| &record.fields);
    fields.iter().find(|field| field.member.name.local == name).ok_or_else(|| Missing {
        name: name.to_owned(),
        known: fields.iter().map(|field| field.member.name.local.to_string()).collect(),
    })
}

fn step(field: &Field) -> Step {
    let presence = match &field.ty {
        RustType::Option(inner) if matches!(**inner, RustType::Boxed(_)) => Presence::OptionBox,
        RustType::Option(_) => Presence::Option,
        RustType::Boxed(_) => Presence::Box,
        _ => Presence::Always,
    };
    Step { field: field.ident.clone(), presence }
}

/// The steps along a path of wire names, and the type at its end.
fn walk(plan: &Plan, from: &RustType, path: &[String]) -> Result<(Vec<Step>, RustType), Missing> {
    let mut at = from.clone();
    let mut steps = Vec::new();
    for name in path {
        let field = field(plan, &at, name)?;
        steps.push(step(field));
        at = bare(&field.ty);
    }
    Ok((steps, at))
}

/// The type without what may be absent or boxed around it.
fn bare(ty: &RustType) -> RustType {
    match ty {
        RustType::Option(inner) | RustType::Boxed(inner) => bare(inner),
        other => other.clone(),
    }
}

fn flagged(
    plan: &Plan,
    reply: &RustType,
    path: &[String],
    ok: &str,
    failed: &str,
    code: &str,
    text: Option<&str>,
) -> Result<Outcome, Missing> {
    let (path, at) = walk(plan, reply, path)?;
    let ok = field(plan, &at, ok)?;
    let code = field(plan, &at, code)?;
    let finish = Finish::Flagged {
        path,
        failed: step(field(plan, &at, failed)?),
        code: step(code),
        text: text.map(|text| field(plan, &at, text)).transpose()?.map(step),
        ok: step(ok),
    };
    Ok(Outcome { output: bare(&ok.ty), finish, code: Some(bare(&code.ty)) })
}

fn listed(
    plan: &Plan,
    reply: &RustType,
    path: &[String],
    errors: &str,
    code: Option<&str>,
    text: Option<&str>,
) -> Result<Outcome, Missing> {
    let (path, at) = walk(plan, reply, path)?;
    let list = field(plan, &at, errors)?;
    let find = |name: Option<&str>| name.map(|name| field(plan, &list.ty, name)).transpose();
    let (code, text) = (find(code)?, find(text)?);
    let finish = Finish::Listed { path, errors: step(list), code: code.map(step), text: text.map(step) };
    // The caller gets the record with the list: what stands beside an empty list (a trace, a session) must not be lost.
    Ok(Outcome { output: at, finish, code: Some(RustType::String) })
}
