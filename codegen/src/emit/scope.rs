//! Paths as seen from the place they are printed in.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::plan::{ItemId, ModuleId, NamespaceId, Plan, RustType, Service, WireName};

/// A place in the generated file.
pub(super) struct Scope<'p> {
    pub(super) plan: &'p Plan,
    module: Option<ModuleId>,
    /// Standard names that something here takes away.
    shadowed: Vec<&'p str>,
    /// It is the module of facets.
    in_facets: bool,
}

impl<'p> Scope<'p> {
    /// A module of types.
    pub(super) fn module(plan: &'p Plan, module: ModuleId) -> Self {
        Self { plan, module: Some(module), shadowed: plan.modules[module.0].shadowed.clone(), in_facets: false }
    }

    /// The module of operation markers.
    pub(super) fn operations(plan: &'p Plan, service: &'p Service) -> Self {
        Self {
            plan,
            module: None,
            shadowed: service.operations.iter().map(|operation| operation.marker.as_str()).collect(),
            in_facets: false,
        }
    }

    /// The module of entry points.
    pub(super) fn elements(plan: &'p Plan) -> Self {
        Self { plan, module: None, shadowed: Vec::new(), in_facets: false }
    }

    /// The module of facets.
    pub(super) fn facets(plan: &'p Plan) -> Self {
        Self { plan, module: None, shadowed: Vec::new(), in_facets: true }
    }

    /// A table of facets, which stand in a module of their own.
    pub(super) fn facets_of(&self, table: usize) -> TokenStream {
        let name = ident(&self.plan.facets[table].ident);
        if self.in_facets {
            name.into_token_stream()
        } else if self.is_root() {
            quote! { facets::#name }
        } else {
            quote! { super::facets::#name }
        }
    }

    /// The module of types this is, if it is one.
    pub(super) fn module_id(&self) -> Option<ModuleId> {
        self.module
    }

    /// Whether this is the root module.
    pub(super) fn is_root(&self) -> bool {
        self.module == Some(ModuleId(0))
    }

    /// Something in the root module.
    pub(super) fn root(&self, name: &str) -> TokenStream {
        let name = ident(name);
        if self.is_root() {
            name.into_token_stream()
        } else {
            quote! { super::#name }
        }
    }

    /// A generated type.
    pub(super) fn item(&self, item: ItemId) -> TokenStream {
        let item = &self.plan.items[item.0];
        self.in_module(item.module, &item.ident)
    }

    /// A generated type's shape.
    pub(super) fn shape(&self, item: ItemId) -> TokenStream {
        let item = &self.plan.items[item.0];
        self.in_module(item.module, &item.shape)
    }

    fn in_module(&self, module: ModuleId, name: &str) -> TokenStream {
        let name = ident(name);
        if self.module == Some(module) {
            return name.into_token_stream();
        }
        let prefix = if self.is_root() {
            quote! {}
        } else {
            quote! { super:: }
        };
        if module == ModuleId(0) {
            return quote! { #prefix #name };
        }
        let module = ident(&self.plan.modules[module.0].ident);
        quote! { #prefix #module::#name }
    }

    /// A namespace: its constant, or the empty string.
    pub(super) fn namespace(&self, namespace: Option<NamespaceId>) -> TokenStream {
        match namespace {
            Some(namespace) => self.root(&self.plan.namespaces[namespace.0].ident),
            None => Literal::string("").into_token_stream(),
        }
    }

    /// `rt::Name::new(NS, "local")`
    pub(super) fn name(&self, name: &WireName) -> TokenStream {
        let (ns, local) = (self.namespace(name.ns), Literal::string(&name.local));
        quote! { rt::Name::new(#ns, #local) }
    }

    /// A name of the standard prelude, with its path where something here takes the short name away.
    pub(super) fn std(&self, name: &str) -> TokenStream {
        let short = ident(name);
        if !self.shadowed.contains(&name) {
            return short.into_token_stream();
        }
        match name {
            "Option" => quote! { ::std::option::Option },
            "Some" => quote! { ::std::option::Option::Some },
            "None" => quote! { ::std::option::Option::None },
            "Vec" => quote! { ::std::vec::Vec },
            "String" => quote! { ::std::string::String },
            "Box" => quote! { ::std::boxed::Box },
            "Result" => quote! { ::std::result::Result },
            _ => short.into_token_stream(),
        }
    }

    /// A type.
    pub(super) fn ty(&self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::Primitive(name) => ident(name).into_token_stream(),
            RustType::String => self.std("String"),
            RustType::Runtime(name) => {
                let name = ident(name);
                quote! { rt::#name }
            }
            RustType::Item(item) => self.item(*item),
            RustType::Extern(path) => {
                let segments = path.split("::").filter(|segment| !segment.is_empty()).map(ident);
                quote! { ::#(#segments)::* }
            }
            RustType::Option(inner) => self.wrap(self.std("Option"), inner),
            RustType::Vec(inner) => self.wrap(self.std("Vec"), inner),
            RustType::Boxed(inner) => self.wrap(self.std("Box"), inner),
            RustType::Nillable(inner) => self.wrap(quote! { rt::Nillable }, inner),
            RustType::List(inner) => self.wrap(quote! { rt::List }, inner),
            RustType::Secret(inner) => self.wrap(quote! { rt::Secret }, inner),
            RustType::Unit => quote! { () },
        }
    }

    fn wrap(&self, outer: TokenStream, inner: &RustType) -> TokenStream {
        let inner = self.ty(inner);
        quote! { #outer<#inner> }
    }
}

/// An identifier the plan has checked; `r#` marks a raw one.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// `rt::Flags::A.and(rt::Flags::B)`
pub(super) fn flags(names: &[&str]) -> TokenStream {
    let mut names = names.iter().map(|name| ident(name));
    let Some(first) = names.next() else { return quote! { rt::Flags::NONE } };
    quote! { rt::Flags::#first #(.and(rt::Flags::#names))* }
}
