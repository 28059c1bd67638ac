//! Example messages as tests: each is read into the contract's types and written again.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::ident;
use super::writer::Writer;
use crate::plan::Plan;

/// Appends a test module with the messages as text, so that it needs no file at run time.
pub(super) fn emit(w: &mut Writer, plan: &Plan) {
    let mut items = vec![quote! { use bindery_runtime as rt; }];
    for example in plan.examples.iter() {
        let (module, marker, binding) =
            (ident(&example.operation.0), ident(&example.operation.1), ident(&example.binding));
        let mut add = |kind: &str, function: &str, text: &Option<String>| {
            if let Some(text) = text {
                items.push(test(&format!("{}_{kind}", example.test), function, (&module, &marker, &binding), text));
            }
        };
        add("request", "request", &example.request);
        add("response", "response", &example.response);
    }
    if items.len() > 1 {
        w.blank();
        w.line("#[cfg(test)]");
        w.block("mod examples", |w| super::pretty(w, items));
    }
}

fn test(
    name: &str,
    function: &str,
    (module, marker, binding): (&proc_macro2::Ident, &proc_macro2::Ident, &proc_macro2::Ident),
    text: &str,
) -> TokenStream {
    let (name, function, text) = (ident(name), ident(function), Literal::string(text));
    quote! {
        #[test]
        fn #name() {
            rt::example::#function::<super::#module::#marker>(&super::#binding, #text);
        }
    }
}
