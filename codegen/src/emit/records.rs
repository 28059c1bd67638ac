//! Structs with their shapes.

use super::facets;
use super::scope::{Scope, flags};
use super::writer::{Group, Writer};
use crate::plan::{Item, Member, Place, Record, RecordKind, Wildcard, Wrapped};

/// The struct.
pub(super) fn declare(w: &mut Writer, scope: &Scope<'_>, item: &Item, record: &Record) {
    w.docs(&item.docs);
    derives(w, scope, record.default);
    w.code("pub struct ");
    w.ident(&item.ident);
    if record.fields.is_empty() {
        w.code(" {}");
        w.end();
        return;
    }
    w.enter();
    for field in &record.fields {
        w.docs(&field.docs);
        w.code("pub ");
        w.ident(&field.ident);
        w.code(": ");
        scope.ty(w, &field.ty);
        w.code(",");
        w.end();
    }
    w.leave();
}

/// Its shape and codec.
pub(super) fn wire(w: &mut Writer, scope: &Scope<'_>, item: &Item, record: &Record) {
    let kind = |w: &mut Writer| match &record.kind {
        RecordKind::Record => w.code("rt::Kind::Record"),
        RecordKind::All => w.code("rt::Kind::All"),
        RecordKind::Group => w.code("rt::Kind::Group"),
        RecordKind::Slots => w.code("rt::Kind::Slots"),
        RecordKind::Packed(separators) => {
            w.code("rt::Kind::Packed");
            w.open(Group::Parens);
            w.code("&");
            strings(w, separators);
            w.close();
        }
    };
    shape(w, scope, item, kind, record.fields.iter().map(|field| &field.member), &record.ordinal);
    w.blank();
    w.code("rt::record!(");
    w.ident(&item.ident);
    w.code(", ");
    w.ident(&item.shape);
    w.code(", ");
    // A field is a line where they do not all fit: a new one then changes no other.
    w.open(Group::Brackets);
    for field in &record.fields {
        w.ident(&field.ident);
        w.comma();
    }
    w.close();
    w.code(");");
    w.end();
}

/// The derive attribute.
pub(super) fn derives(w: &mut Writer, scope: &Scope<'_>, default: bool) {
    derives_with(w, scope, if default { &["Default"] } else { &[] });
}

/// A derive attribute with the traits the caller gave, and those of these that are not among them; nothing without any.
pub(super) fn derives_with(w: &mut Writer, scope: &Scope<'_>, also: &[&'static str]) {
    let given = &scope.plan.derives;
    let has = |name: &str| given.iter().any(|path| path.rsplit("::").next() == Some(name));
    let also = also.iter().copied().filter(|name| !has(name));
    let mut paths = given.iter().map(String::as_str).chain(also).peekable();
    if paths.peek().is_none() {
        return;
    }
    w.code("#");
    w.open(Group::Brackets);
    w.code("derive");
    w.open(Group::Parens);
    for path in paths {
        w.path(path);
        w.comma();
    }
    w.close();
    w.close();
    w.end();
}

/// The static that says how a type stands on the wire.
pub(super) fn shape<'p>(
    w: &mut Writer,
    scope: &Scope<'_>,
    item: &Item,
    kind: impl FnOnce(&mut Writer),
    members: impl Iterator<Item = &'p Member>,
    ordinal: &[u16],
) {
    if !scope.is_root() {
        // Another module's types may hold this one inline.
        w.code("pub(super) ");
    }
    w.code("static ");
    w.ident(&item.shape);
    w.code(": rt::Shape = rt::Shape ");
    w.open(Group::Braces);
    w.code("name: ");
    scope.name(w, &item.wire);
    w.comma();
    w.code("kind: ");
    kind(w);
    w.comma();
    w.code("members: &");
    w.open(Group::Brackets);
    for member in members {
        self::member(w, scope, member);
        w.comma();
    }
    w.close();
    w.comma();
    w.code("ordinal: &");
    w.open(Group::Brackets);
    for index in ordinal {
        w.number((*index).into());
        w.comma();
    }
    w.close();
    w.comma();
    w.close();
    w.code(";");
    w.end();
}

/// A member's entry in a shape.
fn member(w: &mut Writer, scope: &Scope<'_>, member: &Member) {
    if !member.facets.is_empty() {
        w.code("rt::limited");
        w.open(Group::Parens);
        facets::slice(w, scope, &member.facets);
        w.comma();
    }
    if let Some(ty) = &member.ty {
        w.code("rt::typed");
        w.open(Group::Parens);
        w.code("&");
        scope.name(w, ty);
        w.comma();
    }
    untyped(w, scope, member);
    if member.ty.is_some() {
        w.close();
    }
    if !member.facets.is_empty() {
        w.close();
    }
}

fn untyped(w: &mut Writer, scope: &Scope<'_>, member: &Member) {
    let name = &member.name;
    let named = |w: &mut Writer, function: &'static str| {
        w.code(function);
        w.open(Group::Parens);
        scope.namespace(w, name.ns);
        w.comma();
        w.string(&name.local);
        w.comma();
        flags(w, &member.flags);
    };
    match &member.place {
        Place::Element => named(w, "rt::element"),
        Place::Wrapped(items) => {
            named(w, "rt::wrapped");
            w.comma();
            w.code("&");
            wrapped_item(w, scope, items);
        }
        Place::Attribute => named(w, "rt::attribute"),
        Place::Text => {
            w.code("rt::text");
            w.open(Group::Parens);
            flags(w, &member.flags);
        }
        Place::Inline(item) => {
            w.code("rt::inline");
            w.open(Group::Parens);
            w.code("&");
            scope.shape(w, *item);
            w.comma();
            flags(w, &member.flags);
        }
        Place::Any(allowed) => {
            w.code("rt::any");
            w.open(Group::Parens);
            w.code("&");
            wildcard(w, allowed);
            w.comma();
            flags(w, &member.flags);
        }
        Place::AnyAttribute(allowed) => {
            w.code("rt::any_attribute");
            w.open(Group::Parens);
            w.code("&");
            wildcard(w, allowed);
        }
        Place::Slot(count) => {
            w.code("rt::slot");
            w.open(Group::Parens);
            w.string(&name.local);
            w.comma();
            w.code("rt::Count::");
            w.code(count);
            w.comma();
            flags(w, &member.flags);
        }
        Place::Rest => {
            w.code("rt::rest");
            w.open(Group::Parens);
            w.string(&name.local);
        }
        Place::Part(none) => {
            w.code("rt::part");
            w.open(Group::Parens);
            w.string(&name.local);
            w.comma();
            match none {
                Some(none) => {
                    w.code(scope.std("Some"));
                    w.open(Group::Parens);
                    w.string(none);
                    w.close();
                }
                None => w.code(scope.std("None")),
            }
            w.comma();
            flags(w, &member.flags);
        }
    }
    w.close();
}

/// What is known of the items of a list in a wrapper: from the outside in, their ranks, facets and type.
fn wrapped_item(w: &mut Writer, scope: &Scope<'_>, items: &Wrapped) {
    let Wrapped { item, flags: item_flags, ty, facets, ranks } = items;
    if !ranks.is_empty() {
        w.code("rt::nested_item");
        w.open(Group::Parens);
        w.code("&");
        w.open(Group::Brackets);
        for rank in ranks {
            w.number((*rank).into());
            w.comma();
        }
        w.close();
        w.comma();
    }
    if !facets.is_empty() {
        w.code("rt::limited_item");
        w.open(Group::Parens);
        super::facets::slice(w, scope, facets);
        w.comma();
    }
    if let Some(ty) = ty {
        w.code("rt::typed_item");
        w.open(Group::Parens);
        w.code("&");
        scope.name(w, ty);
        w.comma();
    }
    w.code("rt::item");
    w.open(Group::Parens);
    scope.namespace(w, item.ns);
    w.comma();
    w.string(&item.local);
    w.comma();
    flags(w, item_flags);
    w.close();
    if ty.is_some() {
        w.close();
    }
    if !facets.is_empty() {
        w.close();
    }
    if !ranks.is_empty() {
        w.close();
    }
}

fn wildcard(w: &mut Writer, wildcard: &Wildcard) {
    match wildcard {
        Wildcard::Any => w.code("rt::Wildcard::Any"),
        Wildcard::Other(ns) => {
            w.code("rt::Wildcard::Other");
            w.open(Group::Parens);
            w.string(ns);
            w.close();
        }
        Wildcard::List(list) => {
            w.code("rt::Wildcard::List");
            w.open(Group::Parens);
            w.code("&");
            strings(w, list);
            w.close();
        }
    }
}

fn strings(w: &mut Writer, texts: &[String]) {
    w.open(Group::Brackets);
    for text in texts {
        w.string(text);
        w.comma();
    }
    w.close();
}
