//! Paths as seen from the place they are printed in.

use super::writer::{Group, Writer};
use crate::plan::{ItemId, ModuleId, NamespaceId, Plan, RustType, Service, WireName};

/// Names of the standard prelude that are used, and their paths.
const STANDARD: [(&str, &str); 7] = [
    ("Option", "::std::option::Option"),
    ("Some", "::std::option::Option::Some"),
    ("None", "::std::option::Option::None"),
    ("Vec", "::std::vec::Vec"),
    ("String", "::std::string::String"),
    ("Box", "::std::boxed::Box"),
    ("Result", "::std::result::Result"),
];

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
            shadowed: service
                .operations
                .iter()
                .map(|operation| operation.marker.as_str())
                .filter(|name| STANDARD.iter().any(|(short, _)| short == name))
                .collect(),
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

    /// Prints the path of a table of facets.
    pub(super) fn facets_of(&self, w: &mut Writer, table: usize) {
        if !self.in_facets {
            w.code(if self.is_root() { "facets::" } else { "super::facets::" });
        }
        w.ident(&self.plan.facets[table].ident);
    }

    /// Whether this is the root module.
    pub(super) fn is_root(&self) -> bool {
        self.module == Some(ModuleId(0))
    }

    /// Prints the path of something in the root module.
    pub(super) fn root(&self, w: &mut Writer, name: &str) {
        if !self.is_root() {
            w.code("super::");
        }
        w.ident(name);
    }

    /// Prints a generated type's path.
    pub(super) fn item(&self, w: &mut Writer, item: ItemId) {
        let item = &self.plan.items[item.0];
        self.in_module(w, item.module, &item.ident);
    }

    /// Prints the path of a generated type's shape.
    pub(super) fn shape(&self, w: &mut Writer, item: ItemId) {
        let item = &self.plan.items[item.0];
        self.in_module(w, item.module, &item.shape);
    }

    fn in_module(&self, w: &mut Writer, module: ModuleId, name: &str) {
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
    pub(super) fn namespace(&self, w: &mut Writer, namespace: Option<NamespaceId>) {
        match namespace {
            Some(namespace) => self.root(w, &self.plan.namespaces[namespace.0].ident),
            None => w.code("\"\""),
        }
    }

    /// Prints `rt::Name::new(NS, "local")`.
    pub(super) fn name(&self, w: &mut Writer, name: &WireName) {
        w.code("rt::Name::new");
        w.open(Group::Parens);
        self.namespace(w, name.ns);
        w.comma();
        w.string(&name.local);
        w.close();
    }

    /// A name of the standard prelude, with its path where something here takes the short name away.
    pub(super) fn std(&self, name: &'static str) -> &'static str {
        if !self.shadowed.contains(&name) {
            return name;
        }
        STANDARD.iter().find(|(short, _)| *short == name).map_or(name, |(_, path)| path)
    }

    /// Prints a type.
    pub(super) fn ty(&self, w: &mut Writer, ty: &RustType) {
        let (outer, inner) = match ty {
            RustType::Primitive(name) => return w.code(name),
            RustType::String => return w.code(self.std("String")),
            RustType::Runtime(name) => {
                w.code("rt::");
                return w.code(name);
            }
            RustType::Item(item) => return self.item(w, *item),
            RustType::Extern(path) => return w.path(path),
            RustType::Unit => return w.code("()"),
            RustType::Option(inner) => (self.std("Option"), inner),
            RustType::Vec(inner) => (self.std("Vec"), inner),
            RustType::Boxed(inner) => (self.std("Box"), inner),
            RustType::Nillable(inner) => ("rt::Nillable", inner),
            RustType::NilOr(inner) => ("rt::NilOr", inner),
            RustType::List(inner) => ("rt::List", inner),
            RustType::Secret(inner) => ("rt::Secret", inner),
            RustType::Spelled(inner) => ("rt::Spelled", inner),
        };
        w.code(outer);
        w.code("<");
        self.ty(w, inner);
        w.code(">");
    }
}

/// Prints `rt::Flags::A.and(rt::Flags::B)`.
pub(super) fn flags(w: &mut Writer, names: &[&'static str]) {
    let Some((first, others)) = names.split_first() else { return w.code("rt::Flags::NONE") };
    w.code("rt::Flags::");
    w.code(first);
    for name in others {
        w.code(".and(rt::Flags::");
        w.code(name);
        w.code(")");
    }
}
