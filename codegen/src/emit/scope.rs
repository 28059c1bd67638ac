//! Paths as seen from the place they are printed in.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use super::writer::{Group, Writer};
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

    /// Prints the path of a table of facets.
    pub(super) fn write_facets_of(&self, w: &mut Writer, table: usize) {
        if !self.in_facets {
            w.code(if self.is_root() { "facets::" } else { "super::facets::" });
        }
        w.ident(&self.plan.facets[table].ident);
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

    /// Prints a generated type's path.
    pub(super) fn write_item(&self, w: &mut Writer, item: ItemId) {
        let item = &self.plan.items[item.0];
        self.write_in_module(w, item.module, &item.ident);
    }

    /// Prints the path of a generated type's shape.
    pub(super) fn write_shape(&self, w: &mut Writer, item: ItemId) {
        let item = &self.plan.items[item.0];
        self.write_in_module(w, item.module, &item.shape);
    }

    fn write_in_module(&self, w: &mut Writer, module: ModuleId, name: &str) {
        if self.module != Some(module) {
            if !self.is_root() {
                w.code("super::");
            }
            if module != ModuleId(0) {
                w.ident(&self.plan.modules[module.0].ident);
                w.code("::");
            }
        }
        w.ident(name);
    }

    /// Prints a namespace: its constant, or the empty string.
    pub(super) fn write_namespace(&self, w: &mut Writer, namespace: Option<NamespaceId>) {
        match namespace {
            Some(namespace) => {
                if !self.is_root() {
                    w.code("super::");
                }
                w.ident(&self.plan.namespaces[namespace.0].ident);
            }
            None => w.code("\"\""),
        }
    }

    /// Prints `rt::Name::new(NS, "local")`.
    pub(super) fn write_name(&self, w: &mut Writer, name: &WireName) {
        w.code("rt::Name::new");
        w.open(Group::Parens);
        self.write_namespace(w, name.ns);
        w.comma();
        w.string(&name.local);
        w.close();
    }

    /// A name of the standard prelude, with its path where something here takes the short name away.
    pub(super) fn std_path(&self, name: &'static str) -> &'static str {
        if !self.shadowed.contains(&name) {
            return name;
        }
        match name {
            "Option" => "::std::option::Option",
            "Some" => "::std::option::Option::Some",
            "None" => "::std::option::Option::None",
            "Vec" => "::std::vec::Vec",
            "String" => "::std::string::String",
            "Box" => "::std::boxed::Box",
            "Result" => "::std::result::Result",
            _ => name,
        }
    }

    /// Prints a type.
    pub(super) fn write_ty(&self, w: &mut Writer, ty: &RustType) {
        let (outer, inner) = match ty {
            RustType::Primitive(name) => return w.code(name),
            RustType::String => return w.code(self.std_path("String")),
            RustType::Runtime(name) => {
                w.code("rt::");
                return w.code(name);
            }
            RustType::Item(item) => return self.write_item(w, *item),
            RustType::Extern(path) => {
                for segment in path.split("::").filter(|segment| !segment.is_empty()) {
                    w.code("::");
                    w.ident(segment);
                }
                return;
            }
            RustType::Unit => return w.code("()"),
            RustType::Option(inner) => (self.std_path("Option"), inner),
            RustType::Vec(inner) => (self.std_path("Vec"), inner),
            RustType::Boxed(inner) => (self.std_path("Box"), inner),
            RustType::Nillable(inner) => ("rt::Nillable", inner),
            RustType::List(inner) => ("rt::List", inner),
            RustType::Secret(inner) => ("rt::Secret", inner),
        };
        w.code(outer);
        w.code("<");
        self.write_ty(w, inner);
        w.code(">");
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

/// Prints `rt::Flags::A.and(rt::Flags::B)`.
pub(super) fn write_flags(w: &mut Writer, names: &[&'static str]) {
    let Some((first, others)) = names.split_first() else { return w.code("rt::Flags::NONE") };
    w.code("rt::Flags::");
    w.code(first);
    for name in others {
        w.code(".and(rt::Flags::");
        w.code(name);
        w.code(")");
    }
}
