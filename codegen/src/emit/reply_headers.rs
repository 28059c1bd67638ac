//! The headers that replies of a service bring.

use super::records;
use super::scope::Scope;
use super::writer::{Group, Writer};
use crate::plan::ReplyHeaders;

/// The struct, and which of its fields takes which header.
pub(super) fn declare(w: &mut Writer, scope: &Scope<'_>, headers: &ReplyHeaders) {
    w.docs("SOAP headers of replies, as far as the contract declares them; `None` for one that did not come.");
    records::derives(w, scope, true);
    w.code("pub struct ");
    w.ident(&headers.ident);
    w.enter();
    for field in &headers.fields {
        w.code("pub ");
        w.ident(&field.ident);
        w.code(": ");
        scope.ty(w, &field.ty);
        w.code(",");
        w.end();
    }
    w.leave();
    w.blank();
    w.code("rt::reply_headers!");
    w.open(Group::Parens);
    w.ident(&headers.ident);
    w.comma();
    w.open(Group::Brackets);
    for field in &headers.fields {
        w.ident(&field.ident);
        w.code(": ");
        scope.name(w, &field.name);
        w.comma();
    }
    w.close();
    w.close();
    w.code(";");
    w.end();
}
