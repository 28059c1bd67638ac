//! The build script's way in.

use std::path::{Path, PathBuf};

use crate::generate::{self, Failure, Generated, Request};
use crate::output;

/// Generates one module from a contract, usually in a build script.
///
/// ```no_run
/// // build.rs
/// bindery_codegen::Builder::new().wsdl("contracts/orders.wsdl").compile().unwrap();
/// ```
///
/// ```ignore
/// // src/lib.rs
/// bindery_runtime::include_contract!(pub mod orders);
/// ```
///
/// Several WSDLs given to one builder share their types and become one module; a hand-written contract is a module of
/// its own. The network is never used.
#[derive(Debug, Clone, Default)]
#[must_use = "a builder does nothing until `compile` is called"]
pub struct Builder {
    request: Request,
    out_dir: Option<PathBuf>,
    file_name: Option<String>,
}

impl Builder {
    /// A builder without inputs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a WSDL or XSD file.
    pub fn wsdl(mut self, path: impl Into<PathBuf>) -> Self {
        self.request.inputs.push(path.into());
        self
    }

    /// Adds a hand-written contract (`*.contract.rs`).
    pub fn contract(self, path: impl Into<PathBuf>) -> Self {
        self.wsdl(path)
    }

    /// Adds a patch (`*.overlay.rs`); patches apply in order.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.request.overlays.push(path.into());
        self
    }

    /// Sets a namespace of a hand-written contract, by its constant's name there: for those the vendor does not tell.
    pub fn namespace(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.request.namespaces.insert(name.into(), value.into());
        self
    }

    /// Allows imports to reach into this folder, beside the folders of the inputs themselves.
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.request.roots.push(folder.into());
        self
    }

    /// Refuses WSDLs and schemas with loose ends: references to what no document declares, two types for one element,
    /// defaults outside their types. The default leaves these open or out, with a warning that says which.
    pub fn strict(mut self, strict: bool) -> Self {
        self.request.strict = strict;
        self
    }

    /// Generates although documents that are imported or included are not there, with a warning for each. What they would
    /// declare is left open, as raw XML, or left out. The default is an error that says how to get them.
    pub fn allow_missing(mut self, allow: bool) -> Self {
        self.request.allow_missing = allow;
        self
    }

    /// Keeps only these operations and what they reach: names, or globs such as `Get*`. The default keeps all.
    pub fn operations<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.request.passes.operations.extend(names.into_iter().map(Into::into));
        self
    }

    /// Uses a Rust type of yours in place of a generated one: the type's wire name (`Guid` or `{namespace}Guid`) and the
    /// path of a type that implements `bindery_runtime::Value`.
    pub fn extern_type(mut self, wire: impl Into<String>, path: impl Into<String>) -> Self {
        self.request.plan.externs.push((wire.into(), path.into()));
        self
    }

    /// Derives one more trait on every generated type, by path.
    pub fn derive(mut self, path: impl Into<String>) -> Self {
        self.request.plan.derives.push(path.into());
        self
    }

    /// Derives exactly these traits; the default is `Debug`, `Clone` and `PartialEq`. Replies must be `Debug`.
    pub fn derives<N: Into<String>>(mut self, paths: impl IntoIterator<Item = N>) -> Self {
        self.request.plan.derives = paths.into_iter().map(Into::into).collect();
        self
    }

    /// Puts the types of all namespaces into one module.
    pub fn flat(mut self, flat: bool) -> Self {
        self.request.plan.flat = flat;
        self
    }

    /// Adds a typed entry point per global element, for documents outside of calls. Schemas without services always have them.
    pub fn elements(mut self, elements: bool) -> Self {
        self.request.plan.elements = elements;
        self
    }

    /// Bases with more alternatives than this (types told by `xsi:type`, elements of a substitution group) become open types,
    /// `rt::Any<Base>`, instead of enums. The default is 64. A vendor that adds one type too many changes the generated
    /// interface: name the bases that matter in [`Builder::open_types`] or [`Builder::enum_types`].
    pub fn open_above(mut self, alternatives: usize) -> Self {
        self.request.plan.open_above = alternatives;
        self
    }

    /// Makes these bases open types, however many alternatives they have: local names or `{namespace}local`.
    pub fn open_types<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.request.plan.open_types.extend(names.into_iter().map(Into::into));
        self
    }

    /// Makes these bases enums, however many alternatives they have.
    pub fn enum_types<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.request.plan.enum_types.extend(names.into_iter().map(Into::into));
        self
    }

    /// Whether the contract's example messages become tests. The default is yes.
    pub fn example_tests(mut self, tests: bool) -> Self {
        self.request.plan.example_tests = tests;
        self
    }

    /// Whether lengths, patterns, bounds and the like go along, for `validate` to check. The default is yes; without, the
    /// file is smaller, and `validate` finds less.
    pub fn facets(mut self, facets: bool) -> Self {
        self.request.plan.facets = facets;
        self
    }

    /// Writes there instead of to `$OUT_DIR`.
    pub fn out_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(dir.into());
        self
    }

    /// The file's name without `.rs`; the default is the first input's.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Generates without writing or printing.
    ///
    /// # Errors
    /// Every mistake found in the inputs.
    pub fn generate(&self) -> Result<Generated, Box<Failure>> {
        generate::generate(&self.request)
    }

    /// Generates, writes the file if its content changes, and tells cargo what to watch. Warnings go to cargo.
    ///
    /// # Errors
    /// Every mistake found in the inputs, or the file that cannot be written.
    pub fn compile(self) -> Result<(), BuildError> {
        let in_build_script = std::env::var_os("OUT_DIR");
        let out_dir = match (&self.out_dir, &in_build_script) {
            (Some(dir), _) => dir.clone(),
            (None, Some(dir)) => PathBuf::from(dir),
            (None, None) => return Err(BuildError::NoOutDir),
        };
        // Said before generating: a build script that fails must run again when the mistake is mended.
        let watch = |path: &Path| println!("cargo::rerun-if-changed={}", path.display());
        if in_build_script.is_some() {
            self.request.inputs.iter().chain(&self.request.overlays).for_each(|path| watch(path));
        }
        let generated = self.generate().map_err(BuildError::Contract)?;
        if in_build_script.is_some() {
            generated.sources.paths().for_each(watch);
            for diagnostic in generated.diagnostics.iter().filter(|item| item.severity == crate::Severity::Warning) {
                println!("cargo::warning={}: {}", diagnostic.code, diagnostic.message.replace('\n', " "));
            }
        }
        let path = out_dir.join(format!("{}.rs", self.name()));
        output::write(&path, &generated.text).map_err(|source| BuildError::Write { path, source })?;
        Ok(())
    }

    fn name(&self) -> String {
        self.file_name.clone().unwrap_or_else(|| {
            let first = self.request.inputs.first().and_then(|path| path.file_name()).unwrap_or_default();
            let name = first.to_string_lossy();
            name.split('.').next().unwrap_or_default().to_owned()
        })
    }
}

/// Why nothing was written.
#[non_exhaustive]
pub enum BuildError {
    /// The contract has mistakes.
    Contract(Box<Failure>),
    /// Neither `out_dir` nor the environment says where to write.
    NoOutDir,
    /// The file could not be written.
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl std::fmt::Display for BuildError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Contract(failure) => failure.fmt(f),
            Self::NoOutDir => f.write_str("OUT_DIR is not set; call `out_dir` when not in a build script"),
            Self::Write { path, source } => write!(f, "cannot write {}: {source}", path.display()),
        }
    }
}

// `unwrap` in a build script prints this: it must read like the compiler's own message.
impl std::fmt::Debug for BuildError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n{self}\n")
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Contract(failure) => Some(failure.as_ref()),
            Self::NoOutDir => None,
            Self::Write { source, .. } => Some(source),
        }
    }
}
