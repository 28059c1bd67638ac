//! Structs with their shapes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::facets;
use super::scope::{Scope, flags, ident};
use crate::plan::{Item, Member, Place, Record, RecordKind, Wildcard, WireName};

pub(super) fn record(scope: &Scope<'_>, item: &Item, record: &Record) -> Vec<TokenStream> {
    let name = ident(&item.ident);
    let docs = docs::attributes(&item.docs);
    let derives = derives(scope, record.default);
    let fields = record.fields.iter().map(|field| {
        let (docs, ident, ty) = (docs::attributes(&field.docs), ident(&field.ident), scope.ty(&field.ty));
        quote! { #docs pub #ident: #ty, }
    });
    let structure = if record.fields.is_empty() {
        quote! { #docs #derives pub struct #name {} }
    } else {
        quote! { #docs #derives pub struct #name { #(#fields)* } }
    };
    let kind = match &record.kind {
        RecordKind::Record => quote! { rt::Kind::Record },
        RecordKind::All => quote! { rt::Kind::All },
        RecordKind::Group => quote! { rt::Kind::Group },
        RecordKind::Slots => quote! { rt::Kind::Slots },
        RecordKind::Packed(separators) => {
            let separators = separators.iter().map(|separator| Literal::string(separator));
            quote! { rt::Kind::Packed(&[#(#separators),*]) }
        }
    };
    let members: Vec<TokenStream> = record.fields.iter().map(|field| member(scope, &field.member)).collect();
    let shape = shape(scope, item, &kind, &members, &record.ordinal);
    let static_name = ident(&item.shape);
    let idents: Vec<_> = record.fields.iter().map(|field| ident(&field.ident)).collect();
    let value = quote! {
        impl rt::Value for #name {
            fn vacant() -> Self {
                Self { #(#idents: rt::Value::vacant()),* }
            }

            fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
                at.record(&#static_name, &mut [#(&mut self.#idents),*])
            }

            fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
                to.record(&#static_name, &[#(&self.#idents),*])
            }
        }
    };
    vec![structure, shape, value]
}

/// The derive attribute.
pub(super) fn derives(scope: &Scope<'_>, default: bool) -> TokenStream {
    let mut names: Vec<_> = scope.plan.derives.iter().map(|name| path(name)).collect();
    if default && !scope.plan.derives.iter().any(|name| name == "Default") {
        names.push(path("Default"));
    }
    if names.is_empty() {
        quote! {}
    } else {
        quote! { #[derive(#(#names),*)] }
    }
}

/// A derive macro's path, as the caller gave it.
fn path(name: &str) -> TokenStream {
    let segments = name.split("::").filter(|segment| !segment.is_empty()).map(ident);
    quote! { #(#segments)::* }
}

pub(super) fn shape(
    scope: &Scope<'_>,
    item: &Item,
    kind: &TokenStream,
    members: &[TokenStream],
    ordinal: &[u16],
) -> TokenStream {
    let (static_name, name) = (ident(&item.shape), scope.name(&item.wire));
    let ordinal = ordinal.iter().map(|index| Literal::u16_unsuffixed(*index));
    // Another module's types may hold this one inline.
    let visible = if scope.is_root() {
        quote! {}
    } else {
        quote! { pub(super) }
    };
    quote! {
        #visible static #static_name: rt::Shape = rt::Shape {
            name: #name,
            kind: #kind,
            members: &[#(#members),*],
            ordinal: &[#(#ordinal),*],
        };
    }
}

/// A member's entry in a shape.
pub(super) fn member(scope: &Scope<'_>, member: &Member) -> TokenStream {
    let mut out = untyped(scope, member);
    if let Some(ty) = &member.ty {
        let ty = scope.name(ty);
        out = quote! { rt::typed(&#ty, #out) };
    }
    if !member.facets.is_empty() {
        let facets = facets::slice(scope, &member.facets);
        out = quote! { rt::limited(#facets, #out) };
    }
    out
}

fn untyped(scope: &Scope<'_>, member: &Member) -> TokenStream {
    let WireName { ns, local } = &member.name;
    let (ns, name, flags) = (scope.namespace(*ns), Literal::string(local), flags(&member.flags));
    match &member.place {
        Place::Element => quote! { rt::element(#ns, #name, #flags) },
        Place::Wrapped { item, flags: item_flags, ty, facets } => {
            let (item_ns, item_name) = (scope.namespace(item.ns), Literal::string(&item.local));
            let item_flags = super::scope::flags(item_flags);
            let mut item = quote! { rt::item(#item_ns, #item_name, #item_flags) };
            if let Some(ty) = ty {
                let ty = scope.name(ty);
                item = quote! { rt::typed_item(&#ty, #item) };
            }
            if !facets.is_empty() {
                let facets = facets::slice(scope, facets);
                item = quote! { rt::limited_item(#facets, #item) };
            }
            quote! { rt::wrapped(#ns, #name, #flags, &#item) }
        }
        Place::Attribute => quote! { rt::attribute(#ns, #name, #flags) },
        Place::Text => quote! { rt::text(#flags) },
        Place::Inline(item) => {
            let shape = scope.shape(*item);
            quote! { rt::inline(&#shape, #flags) }
        }
        Place::Any(allowed) => {
            let allowed = wildcard(allowed);
            quote! { rt::any(&#allowed, #flags) }
        }
        Place::AnyAttribute(allowed) => {
            let allowed = wildcard(allowed);
            quote! { rt::any_attribute(&#allowed) }
        }
        Place::Slot(count) => {
            let count = ident(count);
            quote! { rt::slot(#name, rt::Count::#count, #flags) }
        }
        Place::Rest => quote! { rt::rest(#name) },
        Place::Part(none) => {
            let none = match none {
                Some(none) => {
                    let (some, none) = (scope.std("Some"), Literal::string(none));
                    quote! { #some(#none) }
                }
                None => scope.std("None"),
            };
            quote! { rt::part(#name, #none, #flags) }
        }
    }
}

fn wildcard(wildcard: &Wildcard) -> TokenStream {
    match wildcard {
        Wildcard::Any => quote! { rt::Wildcard::Any },
        Wildcard::Other(ns) => {
            let ns = Literal::string(ns);
            quote! { rt::Wildcard::Other(#ns) }
        }
        Wildcard::List(list) => {
            let list = list.iter().map(|ns| Literal::string(ns));
            quote! { rt::Wildcard::List(&[#(#list),*]) }
        }
    }
}
