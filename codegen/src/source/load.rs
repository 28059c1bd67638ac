//! Loads a contract and everything it refers to: each document once, without recursion, without a network.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::{Path, PathBuf};

use roxmltree::Document;

use super::accept::accept;
use super::locate::{self, Roots, Target, label, locate};
use super::siblings::{declared_in, instead_of, mentions};
use super::wording::{RAISE, reason};
use super::{FileId, Limits, Locations, Sources, Span, Tree, builtin, codes};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};

/// How to load.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// Folders that may be read besides those of the inputs.
    pub roots: Vec<PathBuf>,
    /// Where `bindery fetch` saved what a location means.
    pub locations: Locations,
    /// Limits on the input.
    pub limits: Limits,
    /// A document that is not there is a warning, and what it would have declared stays open or is left out.
    pub allow_missing: bool,
    /// Loose ends are errors. Without it, what refers to something that no document declares is left open or left out,
    /// with a warning.
    pub strict: bool,
}

/// What kind of reference leads from one document to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// `wsdl:import`: another WSDL (or, against the rules but seen, a schema).
    WsdlImport,
    /// `xs:import`.
    Import,
    /// `xs:include`.
    Include,
    /// `xs:redefine`.
    Redefine,
    /// No import at all: a namespace that is used.
    Mention,
}

/// A reference to another document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Its kind.
    pub kind: EdgeKind,
    /// The namespace it speaks of; none for "no namespace".
    pub namespace: Option<String>,
    /// The location it gives.
    pub location: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// What a reader found in one document.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Target namespaces of the schemas in it (an empty string for none).
    pub declares: Vec<String>,
    /// Target namespace of the messages and port types in it, if it has any.
    pub defines: Option<String>,
    /// Where it leads.
    pub edges: Vec<Edge>,
}

/// A document that was loaded.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The file.
    pub file: FileId,
    /// Its references, each with the file it led to.
    pub edges: Vec<(Edge, Option<FileId>)>,
    /// Target namespaces of its schemas.
    pub declares: Vec<String>,
    /// Target namespace of its messages and port types, if it has any.
    pub defines: Option<String>,
    /// One of the inputs.
    pub is_root: bool,
    /// A schema of our own.
    pub is_builtin: bool,
}

impl Loaded {
    /// Whether it holds what a reference to this namespace asks for: `wsdl:import` is about messages, too.
    fn answers(&self, kind: EdgeKind, namespace: &str) -> bool {
        self.declares.iter().any(|declared| declared == namespace)
            || kind == EdgeKind::WsdlImport && self.defines.as_deref() == Some(namespace)
    }
}

/// Reads one document's tree, reports what is wrong in it, and says where it leads.
pub type Read<'r> = dyn FnMut(&Tree<'_, '_>, &mut Diagnostics) -> Found + 'r;

/// Loads the inputs and everything they refer to. Documents come out in the order they were first referred to.
pub fn load(
    inputs: &[PathBuf],
    options: &LoadOptions,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
    read: &mut Read<'_>,
) -> Vec<Loaded> {
    let mut roots = Roots::default();
    for input in inputs {
        roots.add(input.parent().unwrap_or(Path::new("")));
    }
    for root in &options.roots {
        if !root.is_dir() {
            let what = format!("the root `{}` is no folder that is there", root.display());
            diagnostics.push(
                Diagnostic::error(codes::NOT_FOUND, what).with_help("roots are folders that imports may reach into"),
            );
        }
        roots.add(root);
    }
    let mut loader = Loader {
        options,
        sources,
        diagnostics,
        read,
        roots,
        loaded: Vec::new(),
        by_path: HashMap::new(),
        by_builtin: BTreeMap::new(),
        queue: VecDeque::new(),
        came_from: HashMap::new(),
        bytes: 0,
        edges: 0,
        stopped: false,
        siblings: HashMap::new(),
        missing: Vec::new(),
    };
    for input in inputs {
        loader.input(input);
    }
    loader.follow();
    loader.tell_missing();
    loader.loaded
}

struct Loader<'l, 'r> {
    options: &'l LoadOptions,
    sources: &'l mut Sources,
    diagnostics: &'l mut Diagnostics,
    read: &'l mut Read<'r>,
    roots: Roots,
    loaded: Vec<Loaded>,
    /// Canonical path to the file, or none where loading it failed (and was reported).
    by_path: HashMap<PathBuf, Option<FileId>>,
    by_builtin: BTreeMap<&'static str, Option<FileId>>,
    /// Edges to follow: document and edge index.
    queue: VecDeque<(usize, usize)>,
    came_from: HashMap<FileId, Span>,
    bytes: u64,
    edges: usize,
    stopped: bool,
    /// Target namespaces of the files of a folder, read once it is needed.
    siblings: HashMap<(PathBuf, bool), Vec<(String, PathBuf)>>,
    /// Documents that are not there: what to say, and the reference.
    missing: Vec<(Diagnostic, Edge)>,
}

impl Loader<'_, '_> {
    fn input(&mut self, input: &Path) {
        let canonical = match input.canonicalize() {
            Ok(canonical) if canonical.is_file() => canonical,
            Ok(_) => {
                let what = format!("`{}` is not a file", label(input));
                self.diagnostics
                    .push(Diagnostic::error(codes::NOT_FOUND, what).with_help("name the WSDL or XSD file itself"));
                return;
            }
            Err(error) => {
                let what = format!("cannot read `{}`: {}", input.display(), reason(&error));
                self.diagnostics.push(Diagnostic::error(codes::NOT_FOUND, what).with_help(instead_of(input)));
                return;
            }
        };
        let file = self.document(canonical, input, None);
        if let Some(file) = file
            && let Some(loaded) = self.loaded.iter_mut().find(|loaded| loaded.file == file)
        {
            loaded.is_root = true;
        }
    }

    /// Follows every edge; first those that name a file, then those that only name a namespace.
    fn follow(&mut self) {
        let mut by_namespace = Vec::new();
        loop {
            while let Some((document, edge)) = self.queue.pop_front() {
                if self.stopped {
                    return;
                }
                self.edges += 1;
                if self.edges > self.options.limits.edges {
                    let span = self.loaded[document].edges[edge].0.span;
                    self.limit("edges", self.options.limits.edges as u64, span);
                    return;
                }
                let edge_data = self.loaded[document].edges[edge].0.clone();
                match &edge_data.location {
                    Some(location) if !location.trim().is_empty() => match self.by_location(document, &edge_data) {
                        Ok(target) => self.loaded[document].edges[edge].1 = target,
                        Err(problem) => by_namespace.push((document, edge, Some(problem))),
                    },
                    _ => by_namespace.push((document, edge, None)),
                }
            }
            // What another document happens to declare needs no file; only then look further, one at a time, since
            // each may bring documents that answer the others.
            let mut waiting = std::mem::take(&mut by_namespace).into_iter();
            for (document, edge, problem) in waiting.by_ref() {
                self.by_namespace(document, edge, problem);
                if !self.queue.is_empty() {
                    break;
                }
            }
            by_namespace.extend(waiting);
            if self.queue.is_empty() && by_namespace.is_empty() {
                return;
            }
        }
    }

    fn by_location(&mut self, document: usize, edge: &Edge) -> Result<Option<FileId>, Diagnostic> {
        let location = edge.location.as_deref().unwrap_or_default();
        let from = self.sources.file(self.loaded[document].file).path.clone();
        let builtin = self.loaded[document].is_builtin;
        let wanted = edge.namespace.clone();
        let limit = self.options.limits.file_bytes;
        let mut fits = |path: &Path| wanted.as_deref().is_none_or(|namespace| mentions(path, namespace, limit));
        let saved = self.options.locations.find(&from, location);
        let target =
            if builtin { Target::Remote } else { locate(location, &from, &self.roots, saved.as_deref(), &mut fits) };
        let short: String = location.chars().take(300).collect();
        let keyword = keyword(edge.kind);
        let problem = match target {
            Target::File { canonical, shown } => return Ok(self.document(canonical, &shown, Some(edge.span))),
            Target::NotFound => Diagnostic::error(codes::NOT_FOUND, format!("there is no file `{short}`"))
                .at(edge.span, format!("this {keyword} leads nowhere"))
                .with_help("save the missing document at that place beside the contract"),
            Target::NotAFile => Diagnostic::error(codes::NOT_FOUND, format!("`{short}` is not a file"))
                .at(edge.span, "a file was expected"),
            Target::Remote => Diagnostic::error(
                codes::REMOTE,
                format!("`{short}` is not beside the contract and is never fetched"),
            )
            .at(edge.span, format!("the schemaLocation or location of this {keyword} is a network address"))
            .with_note("contracts are read offline: what a build uses must be in the source tree")
            .with_help(
                "let `bindery fetch` save the whole contract, or save the document under its file name beside it",
            ),
            Target::Outside(why) => Diagnostic::error(codes::OUTSIDE, format!("`{short}` may not be read: {why}"))
                .at(edge.span, "this schemaLocation or location must stay inside the contract's folder")
                .with_help(if why == locate::ABSOLUTE {
                    "save the document under its file name beside the contract: it is looked for there"
                } else {
                    "move the file, or declare a wider folder: `roots` in bindery.toml, `root` on the builder, `--root`"
                }),
        };
        Err(self.with_chain(problem, self.loaded[document].file))
    }

    /// An edge whose file is not there, or that names none: what is loaded already, what we have built in, or a file
    /// beside that declares the namespace.
    fn by_namespace(&mut self, document: usize, edge: usize, problem: Option<Diagnostic>) {
        let data = self.loaded[document].edges[edge].0.clone();
        let own = self.loaded[document].file;
        let namespace = data.namespace.clone().unwrap_or_default();
        if matches!(data.kind, EdgeKind::Import | EdgeKind::Mention | EdgeKind::WsdlImport)
            && (data.namespace.is_some() || problem.is_none())
        {
            // A location that leads outside is refused, whatever else would answer; only a standard namespace needs no file.
            let outside = problem.as_ref().is_some_and(|problem| problem.code == codes::OUTSIDE);
            let known = self
                .loaded
                .iter()
                .filter(|_| !outside)
                .find(|loaded| (loaded.file != own || problem.is_none()) && loaded.answers(data.kind, &namespace));
            if let Some(known) = known {
                let file = known.file;
                self.loaded[document].edges[edge].1 = Some(file);
                return;
            }
            if let Some(schema) = builtin::find(&namespace) {
                let file = self.builtin(schema);
                self.loaded[document].edges[edge].1 = file;
                return;
            }
            if data.kind != EdgeKind::Mention
                && !outside
                && let Some(path) = self.sibling(own, &namespace)
                && let Ok(canonical) = path.canonicalize()
            {
                let file = self.document(canonical, &path, Some(data.span));
                self.loaded[document].edges[edge].1 = file;
                // A WSDL may have the namespace of a schema that is not there.
                let found = |file| {
                    self.loaded.iter().any(|loaded| loaded.file == file && loaded.answers(data.kind, &namespace))
                };
                if file.is_none_or(found) {
                    return;
                }
            }
        }
        if let Some(problem) = problem {
            self.missing.push((problem, data));
        }
    }

    /// Tells what is not there, once everything that is there has been read: an import whose namespace no prefix is bound
    /// to anywhere cannot be needed.
    fn tell_missing(&mut self) {
        for (mut problem, edge) in std::mem::take(&mut self.missing) {
            // What was read since may have it.
            let namespace = edge.namespace.as_deref().unwrap_or_default();
            if edge.kind == EdgeKind::Import
                && problem.code != codes::OUTSIDE
                && self.loaded.iter().any(|it| it.file != edge.span.file && it.answers(edge.kind, namespace))
            {
                continue;
            }
            let needless = edge.kind == EdgeKind::Import
                && !self.options.strict
                && problem.code != codes::OUTSIDE
                && !locate::names_a_machine(edge.location.as_deref().unwrap_or_default())
                && edge.namespace.as_deref().is_some_and(|namespace| !self.is_bound(namespace));
            if needless || self.options.allow_missing {
                problem.severity = Severity::Warning;
                problem.code = if needless { codes::NOT_NEEDED } else { codes::MISSING };
                problem.help.clear();
                problem.notes.push(if needless {
                    "nothing that was read has a prefix for its namespace, so nothing can need it".to_owned()
                } else {
                    "missing documents are allowed here: what this one declares is left open or left out".to_owned()
                });
            } else if edge.kind != EdgeKind::WsdlImport && problem.code != codes::OUTSIDE {
                problem.notes.push("`allow_missing` generates without it, with what it declares left open".to_owned());
            }
            self.diagnostics.push(problem);
        }
    }

    /// Whether a name in any document that was read can be in this namespace.
    fn is_bound(&self, namespace: &str) -> bool {
        self.loaded.iter().filter(|loaded| !loaded.is_builtin).any(|loaded| {
            let text = &self.sources.file(loaded.file).text;
            match Document::parse(text) {
                Ok(document) => {
                    document.descendants().any(|node| node.namespaces().any(|bound| bound.uri() == namespace))
                }
                Err(_) => true,
            }
        })
    }

    fn builtin(&mut self, schema: &'static builtin::Schema) -> Option<FileId> {
        if let Some(file) = self.by_builtin.get(schema.namespace) {
            return *file;
        }
        let file = self.sources.add(format!("<built-in>/{}", schema.name), PathBuf::new(), schema.text);
        self.by_builtin.insert(schema.namespace, Some(file));
        // A test holds every one of them to be well-formed.
        let found = match Document::parse(schema.text) {
            Ok(document) => (self.read)(&Tree::new(file, &document), self.diagnostics),
            Err(_) => Found::default(),
        };
        self.enter(file, found, true, false);
        Some(file)
    }

    /// A file beside the referring one, or else below a declared root, that declares the namespace; none when there are
    /// several that differ, for there is no telling which is meant.
    fn sibling(&mut self, from: FileId, namespace: &str) -> Option<PathBuf> {
        if namespace.is_empty() {
            return None;
        }
        let mut path = self.sources.file(from).path.clone();
        let own = path.canonicalize().ok();
        let folder = if path.pop() && !path.as_os_str().is_empty() { path } else { PathBuf::from(".") };
        let places = std::iter::once((folder, false)).chain(self.options.roots.iter().map(|root| (root.clone(), true)));
        for (folder, deep) in places {
            let limit = self.options.limits.file_bytes;
            let list = self.siblings.entry((folder.clone(), deep)).or_insert_with(|| declared_in(&folder, deep, limit));
            // The referring file is among them; what it asks for is not in it.
            let hits: Vec<&Path> = list
                .iter()
                .filter(|(declared, path)| declared == namespace && path.canonicalize().ok() != own)
                .map(|(_, path)| path.as_path())
                .collect();
            if let Some((first, others)) = hits.split_first() {
                let same = others.is_empty() || {
                    let text = std::fs::read(first).ok();
                    others.iter().all(|other| std::fs::read(other).ok() == text)
                };
                return same.then(|| first.to_path_buf());
            }
        }
        None
    }

    /// The document at this path: loaded now, or before.
    fn document(&mut self, canonical: PathBuf, shown: &Path, from: Option<Span>) -> Option<FileId> {
        if let Some(known) = self.by_path.get(&canonical) {
            return *known;
        }
        if self.by_path.len() >= self.options.limits.documents {
            match from {
                Some(span) => self.limit("documents", self.options.limits.documents as u64, span),
                None => self
                    .diagnostics
                    .push(Diagnostic::error(codes::LIMIT, "more inputs than the limit `documents` allows")),
            }
            return None;
        }
        self.by_path.insert(canonical.clone(), None);
        let file = self.read_file(&canonical, shown, from)?;
        self.by_path.insert(canonical, Some(file));
        if let Some(span) = from {
            self.came_from.insert(file, span);
        }
        Some(file)
    }

    fn read_file(&mut self, canonical: &Path, shown: &Path, from: Option<Span>) -> Option<FileId> {
        let name = label(shown);
        let limits = &self.options.limits;
        let fail = |loader: &mut Self, code, message: String, help: Option<&str>| {
            let mut problem = Diagnostic::error(code, message).at(from, "referred to from here");
            if let Some(help) = help {
                problem = problem.with_help(help);
            }
            if let Some(span) = from {
                problem = loader.with_chain(problem, span.file);
            }
            loader.diagnostics.push(problem);
            None
        };
        let size = match canonical.metadata() {
            Ok(data) => data.len(),
            Err(error) => {
                return fail(self, codes::NOT_FOUND, format!("cannot read `{name}`: {}", reason(&error)), None);
            }
        };
        if size > limits.file_bytes {
            let max = limits.file_bytes;
            return fail(
                self,
                codes::LIMIT,
                format!("`{name}` has {size} bytes; the limit `file_bytes` is {max}"),
                Some(RAISE),
            );
        }
        self.bytes += size;
        if self.bytes > limits.total_bytes {
            let max = limits.total_bytes;
            self.stopped = true;
            return fail(
                self,
                codes::LIMIT,
                format!("with `{name}` the inputs pass the limit `total_bytes` of {max}"),
                Some(RAISE),
            );
        }
        let bytes = match std::fs::read(canonical) {
            Ok(bytes) => bytes,
            Err(error) => {
                return fail(self, codes::NOT_FOUND, format!("cannot read `{name}`: {}", reason(&error)), None);
            }
        };
        let accepted = match accept(&name, &bytes, limits) {
            Ok(accepted) => accepted,
            Err(refused) => return fail(self, refused.code, refused.message, refused.help),
        };
        let document = match accepted.tree(&name) {
            Ok(document) => document,
            Err(refused) => return fail(self, refused.code, refused.message, refused.help),
        };
        // Text is shown in errors from here on only, so that a file that is no contract is never quoted.
        let file = self.sources.add(name, locate::normal(shown), String::new());
        for (code, remark) in &accepted.remarks {
            let span = Span { file, start: 0, end: 0 };
            let mut warning = Diagnostic::warning(code, remark);
            if *code == codes::ENCODING_REMARK {
                warning = warning.at(span, "declared here");
            } else {
                warning = warning.with_help("delete what stands before `<?xml`");
            }
            self.diagnostics.push(warning);
        }
        let found = (self.read)(&Tree::new(file, &document), self.diagnostics);
        drop(document);
        *self.sources.text_mut(file) = accepted.text;
        self.enter(file, found, false, from.is_none());
        Some(file)
    }

    /// Lists a document that was read, and its references to be followed.
    fn enter(&mut self, file: FileId, found: Found, is_builtin: bool, is_root: bool) {
        let index = self.loaded.len();
        self.queue.extend((0..found.edges.len()).map(|edge| (index, edge)));
        let edges = found.edges.into_iter().map(|edge| (edge, None)).collect();
        self.loaded.push(Loaded { file, edges, declares: found.declares, defines: found.defines, is_root, is_builtin });
    }

    fn limit(&mut self, name: &str, max: u64, span: Span) {
        self.stopped = true;
        let message = format!("more {name} than the limit of {max}");
        self.diagnostics.push(Diagnostic::error(codes::LIMIT, message).at(span, "stopped here"));
    }

    /// Tells how the file came to be read.
    fn with_chain(&self, mut problem: Diagnostic, mut file: FileId) -> Diagnostic {
        for _ in 0..8 {
            let Some(span) = self.came_from.get(&file) else { break };
            let to = &self.sources.file(file).label;
            problem = problem.with_note(format!("`{to}` is referred to at {}", self.sources.place(*span)));
            file = span.file;
        }
        problem
    }
}

fn keyword(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::WsdlImport => "wsdl:import",
        EdgeKind::Import | EdgeKind::Mention => "import",
        EdgeKind::Include => "include",
        EdgeKind::Redefine => "redefine",
    }
}
