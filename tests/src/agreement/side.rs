//! One version of a contract, at every stage that is looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use bindery_codegen::diagnostic::Diagnostics;
use bindery_codegen::emit::{self, Header};
use bindery_codegen::model::{Complex, Content, Model, Particle, ParticleKind, TypeKind};
use bindery_codegen::plan::{self, Plan, RustType, WireName};

use super::bases::Base;
use super::instances::{Root, roots};
use super::wire::Defaults;

/// A version of a contract.
#[derive(Debug)]
pub struct Side {
    /// Where its files are.
    pub folder: PathBuf,
    /// As read.
    pub read: Model,
    /// With everything inherited in its place: what documents are made from.
    pub flat: Model,
    /// As it is generated from.
    pub model: Model,
    /// In Rust.
    pub plan: Plan,
    /// The generated text, without its first line, which names files.
    pub text: String,
    /// What documents can be made of.
    pub roots: Vec<Root>,
}

impl Side {
    /// Reads and generates the contract in a folder.
    ///
    /// # Errors
    /// Why it is none.
    pub fn load(base: &Base, folder: &Path) -> Result<Self, String> {
        let read = base.load(folder, Some("read"))?.model;
        let flat = base.load(folder, Some("flatten"))?.model;
        let model = base.load(folder, None)?.model;
        let mut diagnostics = Diagnostics::default();
        let plan = plan::plan(&model, &base.request(folder).plan, &mut diagnostics);
        if diagnostics.has_errors() {
            return Err("no plan".to_owned());
        }
        let text = emit::emit(&plan, &Header::default());
        let text = text.split_once('\n').map_or("", |(_, rest)| rest).to_owned();
        let roots = roots(&flat);
        Ok(Self { folder: folder.to_owned(), read, flat, model, plan, text, roots })
    }

    /// The defaults of its elements. A name that has several is left out.
    pub fn defaults(&self) -> Defaults {
        let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for element in &self.flat.elements {
            if let Some(value) = element.default.as_deref().or(element.fixed.as_deref()) {
                found.entry(&element.name.local).or_default().insert(value);
            }
        }
        let mut todo: Vec<&Particle> = Vec::new();
        for ty in &self.flat.types {
            if let TypeKind::Complex(Complex { content: Content::Particles(particle), .. }) = &ty.kind {
                todo.push(particle);
            }
        }
        while let Some(particle) = todo.pop() {
            match &particle.kind {
                ParticleKind::Element(element) => {
                    if let Some(value) = element.default.as_deref().or(element.fixed.as_deref()) {
                        found.entry(&element.name.local).or_default().insert(value);
                    }
                }
                ParticleKind::Sequence(list) | ParticleKind::Choice(list) | ParticleKind::All(list) => {
                    todo.extend(list);
                }
                ParticleKind::Any(_) => {}
            }
        }
        found
            .into_iter()
            .filter_map(|(name, values)| match values.iter().collect::<Vec<_>>().as_slice() {
                [only] => Some((name.to_owned(), (**only).to_owned())),
                _ => None,
            })
            .collect()
    }

    /// A type's path, as seen from elsewhere in its crate.
    pub fn ty(&self, ty: &RustType, module: &str) -> String {
        let inner = |outer: &str, inner: &RustType| format!("{outer}<{}>", self.ty(inner, module));
        match ty {
            RustType::Primitive(name) => (*name).to_owned(),
            RustType::String => "::std::string::String".to_owned(),
            RustType::Runtime(name) => format!("rt::{name}"),
            RustType::Item(item) => {
                let item = &self.plan.items[item.0];
                self.path(item.module, &item.ident, module)
            }
            RustType::Extern(path) => path.clone(),
            RustType::Option(ty) => inner("::std::option::Option", ty),
            RustType::Vec(ty) => inner("::std::vec::Vec", ty),
            RustType::Boxed(ty) => inner("::std::boxed::Box", ty),
            RustType::Nillable(ty) => inner("rt::Nillable", ty),
            RustType::NilOr(ty) => inner("rt::NilOr", ty),
            RustType::List(ty) => inner("rt::List", ty),
            RustType::Secret(ty) => inner("rt::Secret", ty),
            RustType::Spelled(ty) => inner("rt::Spelled", ty),
            RustType::Unit => "()".to_owned(),
        }
    }

    /// The path of something in a module of the plan.
    pub fn path(&self, inner: plan::ModuleId, ident: &str, module: &str) -> String {
        let mut path = format!("{module}::");
        let inner = &self.plan.modules[inner.0].ident;
        if !inner.is_empty() {
            let _ = write!(path, "{inner}::");
        }
        path + ident
    }

    /// A wire name in Rust.
    pub fn name(&self, name: &WireName) -> String {
        format!("rt::Name::new({:?}, {:?})", self.ns(name), name.local)
    }

    /// A wire name's namespace.
    pub fn ns(&self, name: &WireName) -> &str {
        name.ns.map_or("", |ns| &self.plan.namespaces[ns.0].uri)
    }
}
