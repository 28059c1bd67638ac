//! SOAP headers that bindings declare, and what faults bring in theirs (WSDL 1.1 §3.7).

use super::syntax::BoundIo;
use super::tables::Tables;
use super::{codes, message};
use crate::diagnostic::Diagnostic;
use crate::model::{Fault, Header};
use crate::xsd::Lowering;

/// The headers that a binding declares for one direction of an operation.
pub(super) fn declared(
    tables: &Tables<'_>,
    lowering: &mut Lowering<'_, '_>,
    bound: Option<&BoundIo>,
    needed_by: &str,
) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for header in bound.into_iter().flat_map(|io| &io.headers) {
        let Some(reference) = &header.message else {
            let what = format!("{needed_by} names no message");
            lowering
                .diagnostics
                .push(Diagnostic::error(codes::STRUCTURE, what).at(header.span, "`message` is missing"));
            continue;
        };
        let found = tables.find(&tables.messages, "message", reference, needed_by, lowering.diagnostics);
        let Some((_, message)) = found else { continue };
        let part = message.parts.iter().find(|part| part.name == header.part).or(match message.parts.as_slice() {
            // The part is misspelt now and then; with one part there is no doubt.
            [only] => Some(only),
            _ => None,
        });
        let Some(part) = part else {
            let what = format!("the header's message `{}` has no part `{}`", message.name, header.part.escape_debug());
            lowering
                .diagnostics
                .push(Diagnostic::warning(codes::MESSAGE, what).at(header.span, "the header is skipped"));
            continue;
        };
        if let Some((element, ty)) = message::single(lowering, part, header.namespace.as_deref(), needed_by)
            && !headers.iter().any(|known| known.element == element)
        {
            headers.push(Header { element, ty, required: header.required, origin: header.span.into() });
        }
    }
    headers
}

/// What a fault may carry in its header because of a declared header (`soap:headerfault`).
pub(super) fn faults(
    tables: &Tables<'_>,
    lowering: &mut Lowering<'_, '_>,
    bound: Option<&BoundIo>,
    needed_by: &str,
    faults: &mut Vec<Fault>,
) {
    let headers = bound.map_or(&[][..], |io| &io.headers);
    for (header, (reference, part)) in
        headers.iter().flat_map(|header| header.faults.iter().map(move |it| (header, it)))
    {
        let Some(reference) = reference else { continue };
        let found = tables.find(&tables.messages, "message", reference, needed_by, lowering.diagnostics);
        let Some((_, message)) = found else { continue };
        let Some(part) = message.parts.iter().find(|it| it.name == *part).or(message.parts.first()) else { continue };
        if let Some((element, ty)) = message::single(lowering, part, header.namespace.as_deref(), needed_by)
            && !faults.iter().any(|known| known.element == element)
        {
            faults.push(Fault { name: message.name.clone(), element, ty, origin: header.span.into() });
        }
    }
}
