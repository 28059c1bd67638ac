//! Choices, types told by `xsi:type`, and enumerations.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::records::{derives, member, shape};
use super::scope::{Scope, ident};
use crate::plan::{Choice, Coded, Enumeration, Item, Value};

pub(super) fn choice(scope: &Scope<'_>, item: &Item, choice: &Choice) -> Vec<TokenStream> {
    let name = ident(&item.ident);
    let docs = docs::attributes(&item.docs);
    let derives = derives(scope, false);
    let variants = choice.variants.iter().map(|variant| {
        let (docs, ident, ty) = (docs::attributes(&variant.docs), ident(&variant.ident), scope.ty(&variant.ty));
        quote! { #docs #ident(#ty), }
    });
    let members: Vec<TokenStream> = choice.variants.iter().map(|variant| member(scope, &variant.member)).collect();
    let (kind, method) = if choice.by_type {
        (quote! { rt::Kind::Types }, ident("typed"))
    } else {
        (quote! { rt::Kind::Choice }, ident("choice"))
    };
    let shape = shape(scope, item, &kind, &members, &[]);
    let static_name = ident(&item.shape);
    let idents: Vec<_> = choice.variants.iter().map(|variant| ident(&variant.ident)).collect();
    let indices: Vec<_> = (0..choice.variants.len()).map(Literal::usize_unsuffixed).collect();
    let vacant = &idents[choice.vacant];
    // The index is one of the shape's own, so the last arm stands for the last variant.
    let others = idents.len() - 1;
    let (last, before) = (&idents[others], &idents[..others]);
    let numbers = &indices[..others];
    let select = if before.is_empty() {
        quote! { Self::#last(rt::Value::vacant()) }
    } else {
        quote! {
            match index {
                #(#numbers => Self::#before(rt::Value::vacant()),)*
                _ => Self::#last(rt::Value::vacant()),
            }
        }
    };
    vec![
        quote! { #docs #derives pub enum #name { #(#variants)* } },
        shape,
        quote! {
            impl rt::Choice for #name {
                fn select(&mut self, index: usize) -> &mut dyn rt::Value {
                    if rt::Choice::selected(self).0 != index {
                        *self = #select;
                    }
                    match self { #(Self::#idents(value) => value,)* }
                }

                fn selected(&self) -> (usize, &dyn rt::Value) {
                    match self { #(Self::#idents(value) => (#indices, value),)* }
                }
            }
        },
        quote! {
            impl rt::Value for #name {
                fn vacant() -> Self {
                    Self::#vacant(rt::Value::vacant())
                }

                fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
                    at.#method(&#static_name, self)
                }

                fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
                    to.#method(&#static_name, self)
                }
            }
        },
    ]
}

fn variants<W>(values: &[Value<W>]) -> Vec<TokenStream> {
    values
        .iter()
        .map(|value| {
            let (docs, ident) = (docs::attributes(&value.docs), ident(&value.ident));
            quote! { #docs #ident, }
        })
        .collect()
}

pub(super) fn enumeration(scope: &Scope<'_>, item: &Item, enumeration: &Enumeration) -> Vec<TokenStream> {
    let name = ident(&item.ident);
    let docs = docs::attributes(&item.docs);
    let derives = derives(scope, false);
    let variants = variants(&enumeration.values);
    let mut sorted: Vec<&Value<String>> = enumeration.values.iter().collect();
    sorted.sort_by(|a, b| a.wire.cmp(&b.wire));
    let table = sorted.iter().map(|value| {
        let (wire, ident) = (Literal::string(&value.wire), ident(&value.ident));
        quote! { (#wire, Self::#ident) }
    });
    let arms = enumeration.values.iter().map(|value| {
        let (wire, ident) = (Literal::string(&value.wire), ident(&value.ident));
        quote! { Self::#ident => #wire, }
    });
    let (option, some, none, string) = (scope.std("Option"), scope.std("Some"), scope.std("None"), scope.std("String"));
    let (unknown_variant, unknown_arm, unknown, argument, vacant) = match &enumeration.unknown {
        Some(unknown) => {
            let unknown = ident(unknown);
            (
                quote! {
                    /// A value this version of the contract does not list.
                    #unknown(#string),
                },
                quote! { Self::#unknown(text) => text, },
                quote! { #some(Self::#unknown(text.into())) },
                quote! { text },
                quote! { Self::#unknown(#string::new()) },
            )
        }
        None => {
            let first = ident(&enumeration.values[0].ident);
            (quote! {}, quote! {}, quote! { #none }, quote! { _ }, quote! { Self::#first })
        }
    };
    vec![
        quote! { #docs #derives pub enum #name { #(#variants)* #unknown_variant } },
        quote! {
            impl rt::Enumeration for #name {
                const VALUES: &'static [(&'static str, Self)] = &[#(#table),*];

                fn unknown(#argument: &str) -> #option<Self> {
                    #unknown
                }

                fn as_text(&self) -> ::std::borrow::Cow<'_, str> {
                    ::std::borrow::Cow::Borrowed(match self { #(#arms)* #unknown_arm })
                }
            }
        },
        value_impl(&name, &vacant, "enumeration"),
    ]
}

pub(super) fn coded(scope: &Scope<'_>, item: &Item, coded: &Coded) -> Vec<TokenStream> {
    let name = ident(&item.ident);
    let docs = docs::attributes(&item.docs);
    let mut derives: Vec<_> = scope.plan.derives.clone();
    for extra in ["Copy", "Eq"] {
        let needs = if extra == "Copy" { "Clone" } else { "PartialEq" };
        if derives.iter().any(|name| name == needs) && !derives.iter().any(|name| name == extra) {
            derives.push(extra.to_owned());
        }
    }
    let derives = derives.iter().map(|name| ident(name));
    let variants = variants(&coded.values);
    let mut sorted: Vec<&Value<i64>> = coded.values.iter().collect();
    sorted.sort_by_key(|value| value.wire);
    let table = sorted.iter().map(|value| {
        let (wire, ident) = (Literal::i64_unsuffixed(value.wire), ident(&value.ident));
        quote! { (#wire, Self::#ident) }
    });
    let arms = coded.values.iter().map(|value| {
        let (wire, ident) = (Literal::i64_unsuffixed(value.wire), ident(&value.ident));
        quote! { Self::#ident => #wire, }
    });
    let (option, some, none) = (scope.std("Option"), scope.std("Some"), scope.std("None"));
    let (unknown_variant, unknown_arm, unknown, argument, vacant) = match &coded.unknown {
        Some(unknown) => {
            let unknown = ident(unknown);
            (
                quote! {
                    /// A code this version of the contract does not list.
                    #unknown(i64),
                },
                quote! { Self::#unknown(code) => *code, },
                quote! { #some(Self::#unknown(code)) },
                quote! { code },
                quote! { Self::#unknown(0) },
            )
        }
        None => {
            let first = ident(&coded.values[0].ident);
            (quote! {}, quote! {}, quote! { #none }, quote! { _ }, quote! { Self::#first })
        }
    };
    let mut out = vec![
        quote! { #docs #[derive(#(#derives),*)] pub enum #name { #(#variants)* #unknown_variant } },
        quote! {
            impl rt::Coded for #name {
                const VALUES: &'static [(i64, Self)] = &[#(#table),*];

                fn unknown(#argument: i64) -> #option<Self> {
                    #unknown
                }

                fn as_code(&self) -> i64 {
                    match self { #(#arms)* #unknown_arm }
                }
            }
        },
        value_impl(&name, &vacant, "coded"),
    ];
    if let Some((retry, not_executed)) = &coded.errors {
        let retry = says(retry, "retry_later");
        let not_executed = says(not_executed, "not_executed");
        out.push(quote! {
            impl rt::Code for #name {
                fn code(&self) -> ::std::borrow::Cow<'_, str> {
                    ::std::borrow::Cow::Owned(rt::Coded::as_code(self).to_string())
                }

                #retry
                #not_executed
            }
        });
    }
    out
}

/// A method of `Code` that holds for these variants; the trait's own answer serves where there are none.
fn says(variants: &[String], method: &str) -> TokenStream {
    if variants.is_empty() {
        return quote! {};
    }
    let (method, variants) = (ident(method), variants.iter().map(|name| ident(name)));
    quote! {
        fn #method(&self) -> bool {
            matches!(self, #(Self::#variants)|*)
        }
    }
}

fn value_impl(name: &proc_macro2::Ident, vacant: &TokenStream, method: &str) -> TokenStream {
    let method = ident(method);
    quote! {
        impl rt::Value for #name {
            fn vacant() -> Self {
                #vacant
            }

            fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
                at.#method(self)
            }

            fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
                to.#method(self)
            }
        }
    }
}
