//! Facets: the tables of named types, and what members say beside.

use super::scope::Scope;
use super::writer::{Group, Writer};
use crate::plan::{Facet, Plan};

/// A module with the tables, sorted by name; nothing where there are none.
pub(super) fn module(w: &mut Writer, plan: &Plan) {
    let scope = Scope::facets(plan);
    let mut used: Vec<_> = plan.facets.iter().filter(|table| table.used).collect();
    if used.is_empty() {
        return;
    }
    used.sort_by(|a, b| a.ident.cmp(&b.ident));
    w.blank();
    w.line("// What the contract says about values beyond their types: `validate` checks it.");
    w.block("mod facets", |w| {
        w.line("use bindery_runtime as rt;");
        for table in used {
            w.blank();
            w.code("pub(super) const ");
            w.ident(&table.ident);
            w.code(": &[rt::Facet] = ");
            slice(w, &scope, &table.facets);
            w.code(";");
            w.end();
        }
    });
}

/// An expression for some facets.
pub(super) fn slice(w: &mut Writer, scope: &Scope<'_>, facets: &[Facet]) {
    if let [Facet::Of(table)] = facets {
        return scope.facets_of(w, *table);
    }
    list(w, facets, |w, facet| one(w, scope, facet));
}

/// `&[…]`
fn list<T>(w: &mut Writer, elements: &[T], mut each: impl FnMut(&mut Writer, &T)) {
    w.code("&");
    w.open(Group::Brackets);
    for element in elements {
        each(w, element);
        w.comma();
    }
    w.close();
}

fn one(w: &mut Writer, scope: &Scope<'_>, facet: &Facet) {
    w.code("rt::Facet::");
    let call = |w: &mut Writer, name: &'static str| {
        w.code(name);
        w.open(Group::Parens);
    };
    match facet {
        Facet::Is(builtin) => {
            call(w, "Is");
            w.code("rt::Builtin::");
            w.code(builtin);
        }
        Facet::Number(name, value) => {
            call(w, name);
            w.number((*value).into());
        }
        Facet::Text(name, value) => {
            call(w, name);
            w.string(value);
        }
        Facet::Texts(name, values) => {
            call(w, name);
            list(w, values, |w, value| w.string(value));
        }
        Facet::Items(inner) => {
            call(w, "Items");
            slice(w, scope, inner);
        }
        Facet::OneOf(members) => {
            call(w, "OneOf");
            list(w, members, |w, member| slice(w, scope, member));
        }
        Facet::Of(table) => {
            call(w, "Of");
            scope.facets_of(w, *table);
        }
        Facet::Occurs(min, max) => {
            call(w, "Occurs");
            w.number((*min).into());
            w.comma();
            match max {
                Some(max) => {
                    w.code(scope.std("Some"));
                    w.open(Group::Parens);
                    w.number((*max).into());
                    w.close();
                }
                None => w.code(scope.std("None")),
            }
        }
    }
    w.close();
}
