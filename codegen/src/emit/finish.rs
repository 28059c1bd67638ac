//! How the caller's part comes out of a reply.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use crate::plan::{Finish, Operation, Presence, Step};

/// The name of `finish`'s argument, and its body.
pub(super) fn body(scope: &Scope<'_>, operation: &Operation) -> (TokenStream, TokenStream) {
    match &operation.finish {
        Finish::Whole => (quote! { reply }, quote! { Ok(reply) }),
        Finish::Unit => (quote! { _ }, quote! { Ok(()) }),
        Finish::Field(field) => {
            let field = ident(field);
            (quote! { reply }, quote! { Ok(reply.#field) })
        }
        Finish::Flagged { path, failed, code, text, ok } => {
            let result = result(path);
            let flag = ident(&failed.field);
            let failed = match failed.presence {
                Presence::Always => quote! { result.#flag },
                _ => quote! { result.#flag == Some(true) },
            };
            // Codes are `Copy`.
            let code_field = ident(&code.field);
            let code = match code.presence {
                Presence::Always => quote! { Some(result.#code_field) },
                _ => quote! { result.#code_field },
            };
            let text = text.as_ref().map_or_else(|| quote! { None }, |text| optional(text, &quote! { result }));
            let take = take(path, ok);
            let body = quote! {
                rt::reply::flagged::<Self>(
                    reply,
                    |reply| {
                        #result
                        Some((#failed, #code, #text))
                    },
                    |reply| #take,
                )
            };
            (quote! { reply }, body)
        }
        Finish::Listed { path, errors, code, text } => {
            let result = result(path);
            let list = ident(&errors.field);
            let list = match errors.presence {
                Presence::Always => quote! { result.#list.iter() },
                _ => quote! { result.#list.iter().flatten() },
            };
            let code = match code {
                Some(step) if step.presence == Presence::Always => {
                    let field = ident(&step.field);
                    quote! { error.#field.clone() }
                }
                Some(step) => {
                    let field = ident(&step.field);
                    quote! { error.#field.clone().unwrap_or_default() }
                }
                None => {
                    let string = scope.std("String");
                    quote! { #string::new() }
                }
            };
            let text = text.as_ref().map_or_else(|| quote! { None }, |text| optional(text, &quote! { error }));
            let take = match path.split_last() {
                // The record that holds the list is the reply itself.
                None => quote! { Some(::std::mem::replace(reply, rt::Value::vacant())) },
                Some((last, before)) => take(before, last),
            };
            let body = quote! {
                rt::reply::listed::<Self>(
                    reply,
                    |reply| {
                        #result
                        Some(#list.map(|error| (#code, #text)).collect())
                    },
                    |reply| #take,
                )
            };
            (quote! { reply }, body)
        }
    }
}

/// `let result = …;` with a way out where a step of the path is missing.
fn result(path: &[Step]) -> TokenStream {
    let mut out = quote! { reply };
    let mut owned = false;
    for step in path {
        let field = ident(&step.field);
        (out, owned) = match step.presence {
            Presence::Always | Presence::Box => (quote! { #out.#field }, true),
            Presence::Option => (quote! { #out.#field.as_ref()? }, false),
            Presence::OptionBox => (quote! { #out.#field.as_deref()? }, false),
        };
    }
    if owned {
        quote! { let result = &#out; }
    } else {
        quote! { let result = #out; }
    }
}

/// A field as an `Option` of its own.
fn optional(step: &Step, of: &TokenStream) -> TokenStream {
    let field = ident(&step.field);
    match step.presence {
        Presence::Always => quote! { Some(#of.#field.clone()) },
        _ => quote! { #of.#field.clone() },
    }
}

/// An expression that moves the data out of the reply, as an `Option`.
fn take(path: &[Step], data: &Step) -> TokenStream {
    let mut out = quote! { reply };
    for step in path {
        let field = ident(&step.field);
        out = match step.presence {
            Presence::Always | Presence::Box => quote! { #out.#field },
            Presence::Option => quote! { #out.#field.as_mut()? },
            Presence::OptionBox => quote! { #out.#field.as_deref_mut()? },
        };
    }
    let field = ident(&data.field);
    match data.presence {
        Presence::Option => quote! { #out.#field.take() },
        Presence::OptionBox => quote! { #out.#field.take().map(|data| *data) },
        // What is always there leaves a vacant value behind, in a reply that is then thrown away.
        Presence::Always => quote! { Some(::std::mem::replace(&mut #out.#field, rt::Value::vacant())) },
        Presence::Box => quote! { Some(::std::mem::replace(&mut *#out.#field, rt::Value::vacant())) },
    }
}
