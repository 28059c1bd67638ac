//! Clients, bindings and operations.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::finish;
use super::scope::{Scope, ident};
use crate::model::{Addressing, HttpMethod, Protocol, ResultKind, Route, SoapVersion};
use crate::plan::{Binding, Detail, Effect, Operation, Service};

/// What stands in the root module: bindings, the service's static, the client.
pub(super) fn root_items(scope: &Scope<'_>, service: &Service) -> Vec<TokenStream> {
    let mut out: Vec<TokenStream> =
        service.bindings.iter().enumerate().map(|(index, item)| binding(index, item, scope.plan.unqualified)).collect();
    let (info, name) = (ident(&service.info), Literal::string(&service.name));
    let bindings = service.bindings.iter().map(|binding| ident(&binding.ident));
    out.push(quote! {
        static #info: rt::ServiceInfo = rt::ServiceInfo { name: #name, bindings: &[#(&#bindings),*] };
    });
    out.extend(client(scope, service));
    out
}

fn binding(index: usize, binding: &Binding, unqualified: bool) -> TokenStream {
    let docs = if binding.docs.trim().is_empty() {
        docs::attributes(&format!("The `{}` wire.", binding.name))
    } else {
        docs::attributes(&binding.docs)
    };
    let (ident, name, endpoint) =
        (ident(&binding.ident), Literal::string(&binding.name), Literal::string(&binding.endpoint));
    let index = Literal::usize_unsuffixed(index);
    let protocol = protocol(&binding.protocol, unqualified);
    quote! {
        #docs
        pub static #ident: rt::Binding = rt::Binding {
            name: #name,
            index: #index,
            endpoint: #endpoint,
            protocol: #protocol,
        };
    }
}

fn protocol(protocol: &Protocol, unqualified: bool) -> TokenStream {
    match protocol {
        Protocol::Soap { version, addressing, security, data_contract, mtom } => {
            let version = match version {
                SoapVersion::V11 => quote! { V11 },
                SoapVersion::V12 => quote! { V12 },
            };
            let addressing = match addressing {
                None => quote! { ::std::option::Option::None },
                Some(Addressing::V10) => quote! { ::std::option::Option::Some(rt::Addressing::V10) },
                Some(Addressing::Submission) => quote! { ::std::option::Option::Some(rt::Addressing::Submission) },
            };
            let (token, digest, timestamp) = (security.username_token, security.digest, security.timestamp);
            let basic = security.basic;
            quote! {
                rt::Protocol::Soap(rt::Soap {
                    version: rt::SoapVersion::#version,
                    addressing: #addressing,
                    username_token: #token,
                    digest: #digest,
                    timestamp: #timestamp,
                    data_contract: #data_contract,
                    unqualified: #unqualified,
                    basic: #basic,
                    mtom: #mtom,
                })
            }
        }
        Protocol::Plain { basic } => quote! { rt::Protocol::Plain(rt::Plain { basic: #basic }) },
        Protocol::Http => quote! { rt::Protocol::Http(rt::Http { unqualified: #unqualified }) },
        Protocol::XmlRpc { method, server } => {
            let method = Literal::string(method.as_deref().unwrap_or_default());
            let server = Literal::string(server.as_deref().unwrap_or_default());
            quote! { rt::Protocol::XmlRpc(rt::XmlRpc { method: #method, server: #server }) }
        }
    }
}

fn client(scope: &Scope<'_>, service: &Service) -> Vec<TokenStream> {
    let (name, info, module) = (ident(&service.client), ident(&service.info), ident(&service.module));
    let mut text = service.docs.clone();
    if text.trim().is_empty() {
        text = format!("Client of `{}`.", service.name);
    }
    if service.bindings.len() > 1 {
        let others: Vec<String> = service.bindings[1..].iter().map(|binding| format!("`{}`", binding.ident)).collect();
        text.push_str(&format!(
            "\n\nCalls go over `{}` unless told otherwise: `.over(&{})`. Wires: `{}`, {}.",
            service.bindings[0].ident,
            service.bindings[1].ident,
            service.bindings[0].ident,
            others.join(", ")
        ));
    }
    let docs = docs::attributes(&text);
    let methods = service.operations.iter().map(|operation| {
        let (docs, method, marker) =
            (docs::attributes(&method_docs(operation)), ident(&operation.method), ident(&operation.marker));
        let input = scope.ty(&operation.input);
        quote! {
            #docs
            pub fn #method(&self, input: #input) -> rt::Call<'_, T, #module::#marker> {
                self.client.call(input)
            }
        }
    });
    let setters = service.headers.iter().map(|header| {
        let (method, name, ty) = (ident(&header.method), scope.name(&header.name), scope.ty(&header.ty));
        let docs = docs::attributes(&format!(
            "Sets the `{}` header, sent with every operation that declares it.",
            header.name.local
        ));
        quote! {
            #docs
            pub fn #method(&mut self, header: #ty) {
                self.client.set_header(#name, header);
            }
        }
    });
    vec![
        quote! {
            #docs
            #[derive(Debug, Clone)]
            pub struct #name<T> {
                client: rt::Client<T>,
            }
        },
        quote! {
            impl<T> #name<T> {
                /// A client with the contract's own endpoint and default settings.
                pub fn new(transport: T) -> Self {
                    Self::with(transport, rt::Settings::new())
                }

                /// A client with the given settings: endpoint, credentials, wire, limits, listeners.
                pub fn with(transport: T, settings: rt::Settings) -> Self {
                    Self { client: rt::Client::new(&#info, transport, settings) }
                }

                /// What the calls go through: settings, and reading answers that the application received itself.
                pub fn client(&self) -> &rt::Client<T> {
                    &self.client
                }

                #(#setters)*
                #(#methods)*
            }
        },
    ]
}

/// The vendor's words, and what calling the operation does where that matters.
fn method_docs(operation: &Operation) -> String {
    let mut text = operation.docs.trim().to_owned();
    if text.is_empty() {
        text = format!("Calls `{}`.", operation.name);
    }
    match &operation.effect {
        Effect::Read => text.push_str("\n\nReads only: may be repeated."),
        Effect::Idempotent => text.push_str("\n\nRepeating it changes nothing more."),
        Effect::Effectful { settled_by } if !settled_by.is_empty() => {
            text.push_str(&format!("\n\nNever sent twice. If the outcome is unknown, `{settled_by}` tells."));
        }
        Effect::Effectful { .. } => {}
    }
    text
}

/// What stands in the module of operation markers.
pub(super) fn operations(scope: &Scope<'_>, service: &Service) -> Vec<TokenStream> {
    service.operations.iter().flat_map(|item| operation(scope, service, item)).collect()
}

fn operation(scope: &Scope<'_>, service: &Service, operation: &Operation) -> Vec<TokenStream> {
    let (marker, info) = (ident(&operation.marker), ident(&operation.info));
    let docs = docs::attributes(&format!("Marks `{}`.", operation.name));
    let (name, service_info) = (Literal::string(&operation.name), scope.root(&service.info));
    let effect = match &operation.effect {
        Effect::Read => quote! { rt::Effect::Read },
        Effect::Idempotent => quote! { rt::Effect::Idempotent },
        Effect::Effectful { settled_by } => {
            let settled_by = Literal::string(settled_by);
            quote! { rt::Effect::Effectful { settled_by: #settled_by } }
        }
    };
    let input_name = scope.name(&operation.input_name);
    let output_name = match &operation.output_name {
        Some(name) => {
            let name = scope.name(name);
            quote! { ::std::option::Option::Some(#name) }
        }
        None => quote! { ::std::option::Option::None },
    };
    let routes = operation.routes.iter().map(route);
    let headers = operation.headers.iter().map(|(name, required)| {
        let name = scope.name(name);
        quote! { rt::HeaderInfo { name: #name, required: #required } }
    });
    let (input, reply, output) = (scope.ty(&operation.input), scope.ty(&operation.reply), scope.ty(&operation.output));
    let code = operation.code.as_ref().map_or_else(|| quote! { rt::NoCode }, |code| scope.ty(code));
    let detail_type = operation.detail.as_ref().map_or_else(
        || quote! { rt::NoDetail },
        |detail| {
            let ident = ident(&detail.ident);
            quote! { #ident }
        },
    );
    let (result, boxed) = (scope.std("Result"), scope.std("Box"));
    let encoded = operation.encoded.then(|| quote! { const ENCODED: bool = true; });
    let (argument, finish) = finish::body(scope, operation);
    let mut out = vec![
        quote! {
            #docs
            #[derive(Debug, Clone, Copy)]
            pub struct #marker;
        },
        quote! {
            static #info: rt::OperationInfo = rt::OperationInfo {
                name: #name,
                service: &#service_info,
                effect: #effect,
                input: #input_name,
                output: #output_name,
                routes: &[#(#routes),*],
                headers: &[#(#headers),*],
            };
        },
        quote! {
            impl rt::Operation for #marker {
                type Input = #input;
                type Reply = #reply;
                type Output = #output;
                type Code = #code;
                type Detail = #detail_type;

                const INFO: &'static rt::OperationInfo = &#info;
                #encoded

                fn finish(#argument: Self::Reply) -> #result<Self::Output, #boxed<rt::InBand<Self>>> {
                    #finish
                }
            }
        },
    ];
    if let Some(item) = &operation.detail {
        out.extend(detail(scope, operation, item));
    }
    out
}

fn route(route: &Route) -> TokenStream {
    let binding = Literal::usize_unsuffixed(route.binding);
    let action = Literal::string(route.action.as_deref().unwrap_or_default());
    let path = Literal::string(route.path.as_deref().unwrap_or_default());
    let method = match route.http {
        HttpMethod::Post => quote! { Post },
        HttpMethod::GetPath => quote! { GetPath },
        HttpMethod::GetQuery => quote! { GetQuery },
        HttpMethod::GetReplaced => quote! { GetReplaced },
        HttpMethod::PostForm => quote! { PostForm },
        HttpMethod::PostDocument => quote! { PostDocument },
    };
    let result = match route.result {
        ResultKind::Item => quote! { Item },
        ResultKind::List => quote! { List },
        ResultKind::Message => quote! { Message },
    };
    quote! {
        rt::Route {
            binding: #binding,
            action: #action,
            path: #path,
            method: rt::Method::#method,
            result: rt::ResultKind::#result,
        }
    }
}

/// An enum with a variant per declared fault.
fn detail(scope: &Scope<'_>, operation: &Operation, detail: &Detail) -> Vec<TokenStream> {
    let name = ident(&detail.ident);
    let docs = docs::attributes(&format!("Declared faults of `{}`.", operation.name));
    let boxed = scope.std("Box");
    let variants = detail.variants.iter().map(|(variant, _, ty)| {
        let (variant, ty) = (ident(variant), scope.ty(ty));
        quote! { #variant(#boxed<#ty>), }
    });
    let names = detail.variants.iter().map(|(_, name, _)| scope.name(name));
    let idents: Vec<_> = detail.variants.iter().map(|(variant, ..)| ident(variant)).collect();
    let vacant = match idents.as_slice() {
        [only] => quote! { let _ = index; Self::#only(rt::Value::vacant()) },
        [before @ .., last] => {
            let numbers = (0..before.len()).map(Literal::usize_unsuffixed);
            quote! {
                match index {
                    #(#numbers => Self::#before(rt::Value::vacant()),)*
                    _ => Self::#last(rt::Value::vacant()),
                }
            }
        }
        [] => quote! {},
    };
    vec![
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            pub enum #name { #(#variants)* }
        },
        quote! {
            impl rt::Detail for #name {
                const ELEMENTS: &'static [rt::Name] = &[#(#names),*];

                fn vacant(index: usize) -> Self {
                    #vacant
                }

                fn value(&mut self) -> &mut dyn rt::Value {
                    match self { #(Self::#idents(value) => value,)* }
                }
            }
        },
    ]
}
