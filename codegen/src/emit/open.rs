//! Bases with many alternatives: an alias of the runtime's `Any`, and the table it works from.

use super::records::shape;
use super::scope::Scope;
use super::writer::{Group, Writer};
use crate::plan::open::{Open, Subject};
use crate::plan::{Item, Plan};

/// The alias.
pub(super) fn declare(w: &mut Writer, scope: &Scope<'_>, item: &Item, open: &Open) {
    w.docs(&item.docs);
    w.code("pub type ");
    w.ident(&item.ident);
    w.code(" = rt::Any<");
    subject(w, scope, open.base);
    w.code(">;");
    w.end();
}

/// The shape, the table, and what may go into it.
pub(super) fn wire(w: &mut Writer, scope: &Scope<'_>, item: &Item, open: &Open) {
    let kind = if open.by_type { "rt::Kind::Types" } else { "rt::Kind::Choice" };
    let members = open.alternatives.iter().map(|alternative| &alternative.member).chain([&open.unknown]);
    shape(w, scope, item, |w| w.code(kind), members, &[]);
    w.blank();
    w.code("impl rt::Base for ");
    subject(w, scope, open.base);
    w.enter();
    w.code("const SHAPE: &'static rt::Shape = &");
    w.ident(&item.shape);
    w.code(";");
    w.end();
    w.code("const KNOWN: &'static [rt::Known<Self>] = &");
    w.open(Group::Brackets);
    for alternative in &open.alternatives {
        w.code("rt::Known::of::<");
        subject(w, scope, alternative.subject);
        w.code(">()");
        w.comma();
    }
    w.close();
    w.code(";");
    w.end();
    w.leave();
    w.blank();
    for alternative in &open.alternatives {
        w.code("impl rt::DerivedFrom<");
        subject(w, scope, open.base);
        w.code("> for ");
        subject(w, scope, alternative.subject);
        w.code(" { type Value = ");
        if open.by_type {
            w.code("Self");
        } else {
            scope.ty(w, &alternative.ty);
        }
        w.code("; }");
        w.end();
    }
}

fn subject(w: &mut Writer, scope: &Scope<'_>, subject: Subject) {
    match subject {
        Subject::Type(item) => scope.item(w, item),
        Subject::Element(marker) => {
            w.code(if scope.is_root() { "elements::" } else { "super::elements::" });
            w.ident(&scope.plan.markers[marker].ident);
        }
    }
}

/// The types that stand for elements, for the module of entry points.
pub(super) fn markers(w: &mut Writer, plan: &Plan) {
    let mut markers: Vec<_> = plan.markers.iter().collect();
    markers.sort_by(|a, b| a.ident.cmp(&b.ident));
    for marker in markers {
        w.blank();
        w.docs(&marker.docs);
        w.line("#[derive(Debug)]");
        w.code("pub enum ");
        w.ident(&marker.ident);
        w.code(" {}");
        w.end();
    }
}
