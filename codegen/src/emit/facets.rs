//! Facets: the tables of named types, and what members say beside.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::{Scope, ident};
use crate::plan::{Facet, Plan};

/// The tables, sorted by name; nothing where there are none.
pub(super) fn tables(plan: &Plan) -> Vec<TokenStream> {
    let scope = Scope::facets(plan);
    let mut used: Vec<_> = plan.facets.iter().filter(|table| table.used).collect();
    used.sort_by(|a, b| a.ident.cmp(&b.ident));
    used.into_iter()
        .map(|table| {
            let (ident, facets) = (ident(&table.ident), slice(&scope, &table.facets));
            quote! { pub(super) const #ident: &[rt::Facet] = #facets; }
        })
        .collect()
}

/// An expression for some facets.
pub(super) fn slice(scope: &Scope<'_>, facets: &[Facet]) -> TokenStream {
    if let [Facet::Of(table)] = facets {
        return scope.facets_of(*table);
    }
    let facets = facets.iter().map(|facet| one(scope, facet));
    quote! { &[#(#facets),*] }
}

fn one(scope: &Scope<'_>, facet: &Facet) -> TokenStream {
    match facet {
        Facet::Is(builtin) => {
            let builtin = ident(builtin);
            quote! { rt::Facet::Is(rt::Builtin::#builtin) }
        }
        Facet::Number(name, value) => {
            let (name, value) = (ident(name), Literal::u64_unsuffixed(*value));
            quote! { rt::Facet::#name(#value) }
        }
        Facet::Text(name, value) => {
            let (name, value) = (ident(name), Literal::string(value));
            quote! { rt::Facet::#name(#value) }
        }
        Facet::Texts(name, values) => {
            let (name, values) = (ident(name), values.iter().map(|value| Literal::string(value)));
            quote! { rt::Facet::#name(&[#(#values),*]) }
        }
        Facet::Items(inner) => {
            let inner = slice(scope, inner);
            quote! { rt::Facet::Items(#inner) }
        }
        Facet::OneOf(members) => {
            let members = members.iter().map(|member| slice(scope, member));
            quote! { rt::Facet::OneOf(&[#(#members),*]) }
        }
        Facet::Of(table) => {
            let table = scope.facets_of(*table);
            quote! { rt::Facet::Of(#table) }
        }
        Facet::Occurs(min, max) => {
            let min = Literal::u32_unsuffixed(*min);
            let max = match max {
                Some(max) => {
                    let (some, max) = (scope.std("Some"), Literal::u32_unsuffixed(*max));
                    quote! { #some(#max) }
                }
                None => scope.std("None"),
            };
            quote! { rt::Facet::Occurs(#min, #max) }
        }
    }
}
