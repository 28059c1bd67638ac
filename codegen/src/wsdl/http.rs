//! HTTP bindings (WSDL 1.1 §4, with the MIME types of §5): forms, query strings, paths, documents.

use super::codes;
use super::message::{self, Form};
use super::syntax::{Binding, BindingKind, BindingOperation, BoundIo, HttpContent, Message, Part};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{self, HttpMethod};
use crate::xsd::Lowering;

/// Whether the binding's verb is one of the two that WSDL has.
pub(super) fn verb_is_known(binding: &Binding) -> bool {
    verb(binding).is_some()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Get,
    Post,
}

fn verb(binding: &Binding) -> Option<Verb> {
    match binding.verb.as_deref()? {
        verb if verb.eq_ignore_ascii_case("GET") => Some(Verb::Get),
        verb if verb.eq_ignore_ascii_case("POST") => Some(Verb::Post),
        _ => None,
    }
}

fn content(io: Option<&BoundIo>) -> Option<&HttpContent> {
    io.and_then(|io| io.http.as_ref())
}

/// How the operation is called; none where the binding describes what clients cannot do.
pub(super) fn method(binding: &Binding, bound: &BindingOperation) -> Option<HttpMethod> {
    match (verb(binding)?, content(bound.input.as_ref())) {
        (Verb::Get, None | Some(HttpContent::UrlEncoded)) => Some(HttpMethod::GetQuery),
        (Verb::Get, Some(HttpContent::UrlReplacement)) => Some(HttpMethod::GetReplaced),
        (Verb::Post, None | Some(HttpContent::UrlEncoded)) => Some(HttpMethod::PostForm),
        (Verb::Post, Some(HttpContent::Xml(_))) => Some(HttpMethod::PostDocument),
        (Verb::Post, Some(HttpContent::Mime(content))) => {
            let is_form = |it: &String| it.eq_ignore_ascii_case("application/x-www-form-urlencoded");
            content.types.iter().any(is_form).then_some(HttpMethod::PostForm)
        }
        _ => None,
    }
}

/// Whether clients can send the operation over the binding; told where they cannot. Always so for SOAP.
pub(super) fn can_carry(binding: &Binding, bound: &BindingOperation, diagnostics: &mut Diagnostics) -> bool {
    if binding.kind != BindingKind::Http || method(binding, bound).is_some() {
        return true;
    }
    let what = format!("the operation `{}` is left out of the binding `{}`", bound.name.escape_debug(), binding.name);
    diagnostics.push(
        Diagnostic::warning(codes::UNSUPPORTED, what)
            .at(bound.span, "its input is neither a form nor XML, or does not fit the verb")
            .with_note("clients send forms, query strings, values in the path, and XML documents"),
    );
    false
}

/// What is appended to the address: the location with a `/` before it. (Strictly it is a relative URI, which would replace
/// the end of the address; but every toolkit appends it.)
pub(super) fn path(bound: &BindingOperation) -> String {
    let location = bound.location.as_ref().map_or("", |(location, _)| location.as_str());
    if location.is_empty() || location.starts_with(['/', '?']) { location.to_owned() } else { format!("/{location}") }
}

/// What is sent: a document, or a record with a member for each field.
pub(super) fn input(
    lowering: &mut Lowering<'_, '_>,
    message: &Message,
    binding: &Binding,
    bound: &BindingOperation,
    form: Form<'_>,
) -> Option<model::Message> {
    let form = Form { name: &message.name, ..form };
    match (method(binding, bound)?, content(bound.input.as_ref())) {
        (HttpMethod::PostDocument, Some(HttpContent::Xml(part))) => {
            let part = named(message, part.as_deref())?;
            let document = message::document(lowering, part, form.needed_by)?;
            if document.is_none() {
                let what = format!("the part `{}` is sent as XML but is no element", part.name.escape_debug());
                let skipped = "the operation is skipped: nothing says under which name it goes";
                lowering.diagnostics.push(Diagnostic::warning(codes::MESSAGE, what).at(part.span, skipped));
            }
            document
        }
        (HttpMethod::GetReplaced, _) => {
            let path = path(bound);
            let missing = message.parts.iter().find(|part| !path.contains(&format!("({})", part.name)));
            if let Some(part) = missing {
                let what = format!("the location has no place for the part `{}`", part.name.escape_debug());
                let span = bound.location.as_ref().map_or(bound.span, |(_, span)| *span);
                let expected = format!("`({})` was expected here; calls will be refused", part.name.escape_debug());
                lowering.diagnostics.push(Diagnostic::warning(codes::MESSAGE, what).at(span, expected));
            }
            message::fields(lowering, message, form)
        }
        _ => message::fields(lowering, message, form),
    }
}

/// What comes back: a document, content of any kind, or nothing. The outer `None`: a part leads nowhere (and was reported).
pub(super) fn output(
    lowering: &mut Lowering<'_, '_>,
    message: &Message,
    bound: Option<&BoundIo>,
    form: Form<'_>,
) -> Option<Option<model::Message>> {
    let form = Form { name: &message.name, ..form };
    let (part, types) = match content(bound) {
        Some(HttpContent::Mime(content)) => {
            let Some(part) = named(message, content.part.as_deref()) else { return Some(None) };
            return Some(Some(message::content(lowering, part, &content.types, form)));
        }
        Some(HttpContent::Xml(part)) => (part.as_deref(), vec!["text/xml".to_owned()]),
        _ => (None, Vec::new()),
    };
    let Some(part) = named(message, part) else { return Some(None) };
    let document = message::document(lowering, part, form.needed_by)?;
    Some(Some(document.unwrap_or_else(|| message::content(lowering, part, &types, form))))
}

/// The part of this name; the first where none is named, or where the name is not that of a part.
fn named<'m>(message: &'m Message, name: Option<&str>) -> Option<&'m Part> {
    name.and_then(|name| message.parts.iter().find(|part| part.name == name)).or(message.parts.first())
}
