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
    shape(w, scope, item, |w| w.code(kind), members, &open.by_name);
    w.blank();
    w.code("rt::alternatives!");
    w.enter();
    subject(w, scope, open.base);
    w.code(": ");
    w.ident(&item.shape);
    w.code(" = ");
    w.open(Group::Brackets);
    for alternative in &open.alternatives {
        subject(w, scope, alternative.subject);
        if !open.by_type {
            w.code(" => ");
            scope.ty(w, &alternative.ty);
        }
        w.comma();
    }
    w.close();
    w.end();
    w.leave();
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
