//! How the caller's part comes out of a reply.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use crate::plan::{Finish, Operation, Presence, Step};

/// The name of `finish`'s argument, and its body.
pub(super) fn body(scope: &Scope<'_>, operation: &Operation) -> (TokenStream, TokenStream) {
    let (ok, err, boxed) = (quote! { Ok }, quote! { Err }, scope.std("Box"));
    match &operation.finish {
        Finish::Whole => (quote! { reply }, quote! { #ok(reply) }),
        Finish::Unit => (quote! { _ }, quote! { #ok(()) }),
        Finish::Field(field) => {
            let field = ident(field);
            (quote! { reply }, quote! { #ok(reply.#field) })
        }
        Finish::Flagged { path, failed, code, text, ok: data } => {
            let record = borrow(path);
            let failed_field = ident(&failed.field);
            let code_field = ident(&code.field);
            let is_failed = match failed.presence {
                Presence::Always => quote! { record.#failed_field },
                _ => quote! { record.#failed_field == Some(true) },
            };
            let code_expr = match code.presence {
                Presence::Always => quote! { Some(record.#code_field) },
                _ => quote! { record.#code_field },
            };
            let text_expr = match text {
                Some(text) if text.presence == Presence::Always => {
                    let field = ident(&text.field);
                    quote! { Some(record.#field.clone()) }
                }
                Some(text) => {
                    let field = ident(&text.field);
                    quote! { record.#field.clone() }
                }
                None => quote! { None },
            };
            let take = take(path, data);
            (
                quote! { mut reply },
                quote! {
                    let Some(record) = #record else {
                        return #err(#boxed::new(rt::InBand::Contradiction { what: "the result is missing", reply }));
                    };
                    let code = #code_expr;
                    let has_code = code.is_some_and(|code| rt::Coded::as_code(&code) != 0);
                    if #is_failed {
                        let errors = code.into_iter().map(|code| (code, #text_expr)).collect();
                        return #err(#boxed::new(rt::InBand::Refused { errors, reply }));
                    }
                    if has_code {
                        let what = "an error code beside a flag that says success";
                        return #err(#boxed::new(rt::InBand::Contradiction { what, reply }));
                    }
                    match #take {
                        Some(data) => #ok(data),
                        None => {
                            let what = "success without data";
                            #err(#boxed::new(rt::InBand::Contradiction { what, reply }))
                        }
                    }
                },
            )
        }
        Finish::Listed { path, errors, code, text } => {
            let record = borrow(path);
            let list_field = ident(&errors.field);
            let list = match errors.presence {
                Presence::Always => quote! { record.#list_field.iter() },
                _ => quote! { record.#list_field.iter().flatten() },
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
                None => quote! { ::std::string::String::new() },
            };
            let text = match text {
                Some(step) if step.presence == Presence::Always => {
                    let field = ident(&step.field);
                    quote! { Some(error.#field.clone()) }
                }
                Some(step) => {
                    let field = ident(&step.field);
                    quote! { error.#field.clone() }
                }
                None => quote! { None },
            };
            let output = output_of(path);
            let (argument, success) = match output {
                // The record is the reply itself.
                None => (quote! { reply }, quote! { #ok(reply) }),
                Some((before, last)) if last.presence == Presence::Always => {
                    let (before, last) = (before.iter().map(|step| ident(&step.field)), ident(&last.field));
                    (quote! { reply }, quote! { #ok(reply #(.#before)* .#last) })
                }
                Some((before, last)) => {
                    let take = take(before, last);
                    (
                        quote! { mut reply },
                        quote! {
                            match #take {
                                Some(record) => #ok(record),
                                None => {
                                    let what = "the result is missing";
                                    #err(#boxed::new(rt::InBand::Contradiction { what, reply }))
                                }
                            }
                        },
                    )
                }
            };
            (
                argument,
                quote! {
                    let Some(record) = #record else {
                        return #err(#boxed::new(rt::InBand::Contradiction { what: "the result is missing", reply }));
                    };
                    let errors: ::std::vec::Vec<_> = #list.map(|error| (#code, #text)).collect();
                    if !errors.is_empty() {
                        return #err(#boxed::new(rt::InBand::Refused { errors, reply }));
                    }
                    #success
                },
            )
        }
    }
}

fn output_of(path: &[Step]) -> Option<(&[Step], &Step)> {
    path.split_last().map(|(last, before)| (before, last))
}

/// `Option<&Record>`: the record at the end of the path, if every step is there.
fn borrow(path: &[Step]) -> TokenStream {
    let mut out = quote! { Some(&reply) };
    for step in path {
        let field = ident(&step.field);
        out = match step.presence {
            Presence::Always => quote! { #out.map(|record| &record.#field) },
            Presence::Box => quote! { #out.map(|record| &*record.#field) },
            Presence::Option => quote! { #out.and_then(|record| record.#field.as_ref()) },
            Presence::OptionBox => quote! { #out.and_then(|record| record.#field.as_deref()) },
        };
    }
    out
}

/// `Option<Data>`: moves the data out of the reply and leaves nothing in its place.
fn take(path: &[Step], data: &Step) -> TokenStream {
    let mut out = quote! { Some(&mut reply) };
    for step in path {
        let field = ident(&step.field);
        out = match step.presence {
            Presence::Always => quote! { #out.map(|record| &mut record.#field) },
            Presence::Box => quote! { #out.map(|record| &mut *record.#field) },
            Presence::Option => quote! { #out.and_then(|record| record.#field.as_mut()) },
            Presence::OptionBox => quote! { #out.and_then(|record| record.#field.as_deref_mut()) },
        };
    }
    let field = ident(&data.field);
    match data.presence {
        Presence::Option => quote! { #out.and_then(|record| record.#field.take()) },
        Presence::OptionBox => quote! { #out.and_then(|record| record.#field.take()).map(|data| *data) },
        // What is always there is moved out by leaving a vacant value behind in a reply that is thrown away.
        Presence::Always => {
            quote! { #out.map(|record| ::std::mem::replace(&mut record.#field, rt::Value::vacant())) }
        }
        Presence::Box => {
            quote! { #out.map(|record| *::std::mem::replace(&mut record.#field, rt::Value::vacant())) }
        }
    }
}
