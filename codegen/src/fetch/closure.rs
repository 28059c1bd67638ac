//! Everything a contract refers to: each document once, in the order it was first named.

use std::collections::{BTreeMap, VecDeque};

use url::Url;

use super::address::Root;
use super::http::Http;
use super::{Event, Options, codes};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::generate::Failure;
use crate::source::{Edge, EdgeKind, FileId, Sources, Span, Tree, accept, builtin};
use crate::wsdl;

/// Errors after which nothing more is asked: one is the rule, and each may cost a timeout.
const MOST_ERRORS: usize = 5;

/// A document that was fetched.
#[derive(Debug)]
pub(super) struct Document {
    /// The address, as it may be shown and stored.
    pub(super) shown: String,
    /// Where redirects led to, if anywhere, as it may be shown and stored.
    pub(super) redirected: Option<String>,
    /// Where it came from in the end.
    pub(super) from: Url,
    pub(super) bytes: Vec<u8>,
    pub(super) is_wsdl: bool,
    pub(super) references: Vec<Reference>,
}

/// What a location means.
#[derive(Debug)]
pub(super) struct Reference {
    /// The location as written.
    pub(super) location: String,
    /// The same as it may be shown and stored.
    pub(super) shown: String,
    /// The document.
    pub(super) target: usize,
}

/// A contract with all it refers to; the first document is the contract.
#[derive(Debug)]
pub(super) struct Closure {
    pub(super) documents: Vec<Document>,
    /// What was not fetched, and why, in words.
    pub(super) notes: Vec<String>,
    pub(super) diagnostics: Diagnostics,
    pub(super) sources: Sources,
}

/// Fetches the contract at this address and everything it refers to.
///
/// # Errors
/// What could not be had, with the way that leads there.
pub(super) fn crawl(root: &Root, options: &Options, tell: &mut dyn FnMut(Event<'_>)) -> Result<Closure, Box<Failure>> {
    let http = match Http::new(root, options) {
        Ok(http) => http,
        Err(problem) => {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(problem);
            return Err(Box::new(Failure { sources: Sources::default(), diagnostics }));
        }
    };
    let mut crawler = Crawler {
        root,
        options,
        http,
        tell,
        closure: Closure {
            documents: Vec::new(),
            notes: Vec::new(),
            diagnostics: Diagnostics::default(),
            sources: Sources::default(),
        },
        by_address: BTreeMap::new(),
        places: Vec::new(),
        contents: Vec::new(),
        queue: VecDeque::new(),
        bytes: 0,
        edges: 0,
    };
    crawler.run();
    let Crawler { closure, .. } = crawler;
    if closure.diagnostics.has_errors() {
        return Err(Box::new(Failure { sources: closure.sources, diagnostics: closure.diagnostics }));
    }
    Ok(closure)
}

struct Crawler<'c> {
    root: &'c Root,
    options: &'c Options,
    http: Http<'c>,
    tell: &'c mut dyn FnMut(Event<'_>),
    closure: Closure,
    /// Addresses asked and arrived at, with the document; none where it could not be had.
    by_address: BTreeMap<String, Option<usize>>,
    /// Per document: its text for messages, and the reference it was first found by.
    places: Vec<(FileId, Option<Span>)>,
    /// Per document: where its references lead. The same bytes with the same targets are the same document.
    contents: Vec<Vec<String>>,
    /// References to follow, with the document they stand in.
    queue: VecDeque<(usize, Edge)>,
    bytes: u64,
    edges: usize,
}

impl Crawler<'_> {
    fn run(&mut self) {
        self.document(self.root.url.clone(), None);
        while let Some((document, edge)) = self.queue.pop_front() {
            if self.closure.diagnostics.count(Severity::Error) >= MOST_ERRORS {
                return;
            }
            self.edges += 1;
            if self.edges > self.options.limits.edges {
                let message = format!("more imports than the limit `edges` of {}", self.options.limits.edges);
                self.closure.diagnostics.push(Diagnostic::error(codes::LIMIT, message).at(edge.span, "stopped here"));
                return;
            }
            self.follow(document, &edge);
        }
    }

    fn follow(&mut self, document: usize, edge: &Edge) {
        let location = edge.location.as_deref().unwrap_or_default().trim();
        if let Some(target) = self.target(document, edge)
            && let Some(found) = match target {
                Ok(address) => self.document(address, Some(edge.span)),
                Err(problem) => {
                    self.problem(problem, Some(edge.span));
                    None
                }
            }
        {
            let references = &mut self.closure.documents[document].references;
            if !references.iter().any(|known| known.location == location) {
                let shown = self.root.secrets.shown(location);
                references.push(Reference { location: location.to_owned(), shown, target: found });
            }
        }
    }

    /// The address a reference means; none where nothing needs to be fetched.
    fn target(&mut self, document: usize, edge: &Edge) -> Option<Result<Url, Diagnostic>> {
        if edge.kind == EdgeKind::Mention {
            return None;
        }
        let namespace = edge.namespace.as_deref().unwrap_or_default();
        if matches!(edge.kind, EdgeKind::Import | EdgeKind::WsdlImport) && builtin::find(namespace).is_some() {
            self.note(format!("{namespace}: a standard namespace, built in"));
            return None;
        }
        let location = edge.location.as_deref().unwrap_or_default().trim();
        if location.is_empty() {
            // Declared in a document that is fetched anyway, or nowhere: generating will tell.
            return None;
        }
        Some(resolve(&self.closure.documents[document].from, location, self.root, self.options))
    }

    /// The document at this address: fetched now, or before.
    fn document(&mut self, address: Url, from: Option<Span>) -> Option<usize> {
        if let Some(known) = self.by_address.get(address.as_str()) {
            return *known;
        }
        self.by_address.insert(address.to_string(), None);
        if self.closure.documents.len() >= self.options.limits.documents {
            let message = format!("more documents than the limit `documents` of {}", self.options.limits.documents);
            self.problem(Diagnostic::error(codes::LIMIT, message), from);
            self.queue.clear();
            return None;
        }
        let limits = &self.options.limits;
        let most = limits.file_bytes.min(limits.total_bytes.saturating_sub(self.bytes));
        let got = match self.http.get(&address, most, self.tell) {
            Ok(got) => got,
            Err(problem) => {
                self.problem(problem, from);
                return None;
            }
        };
        self.bytes += got.bytes.len() as u64;
        if let Some(known) = self.by_address.get(got.from.as_str()).copied().flatten() {
            self.by_address.insert(address.to_string(), Some(known));
            return Some(known);
        }
        let found = self.read(&address, got.from, got.bytes, from)?;
        self.by_address.insert(address.to_string(), Some(found));
        let arrived = self.closure.documents[found].from.to_string();
        self.by_address.entry(arrived).or_insert(Some(found));
        Some(found)
    }

    /// Looks where a document leads.
    fn read(&mut self, address: &Url, arrived: Url, bytes: Vec<u8>, from: Option<Span>) -> Option<usize> {
        let secrets = &self.root.secrets;
        let shown = match from {
            None => self.root.shown.split('#').next().unwrap_or_default().to_owned(),
            Some(_) => secrets.shown(address.as_str()),
        };
        let refused = |refused: crate::source::Refused| {
            let problem = Diagnostic::error(refused.code, refused.message);
            refused.help.into_iter().fold(problem, Diagnostic::with_help)
        };
        let accepted = match accept(&shown, &bytes, &self.options.limits) {
            Ok(accepted) => accepted,
            Err(why) => {
                self.problem(refused(why), from);
                return None;
            }
        };
        let (edges, is_wsdl, file) = {
            let document = match accepted.tree(&shown) {
                Ok(document) => document,
                Err(why) => {
                    self.problem(refused(why), from);
                    return None;
                }
            };
            let file = self.closure.sources.add(shown.as_str(), "", "");
            let mut remarks = Diagnostics::default();
            let found = wsdl::references(&Tree::new(file, &document), &mut remarks);
            let Some(found) = found else {
                // Of remarks about the content, only that it is no contract concerns fetching.
                *self.closure.sources.text_mut(file) = secrets.blotted(accepted.text.clone());
                let why = remarks.iter().find(|remark| remark.severity == Severity::Error).cloned();
                let why = why.unwrap_or_else(|| Diagnostic::error(codes::STATUS, format!("`{shown}` is no contract")));
                self.problem(why.also(from, "referred to from here"), None);
                return None;
            };
            (found.edges, document.root_element().tag_name().name() == "definitions", file)
        };
        let targets: Vec<String> = edges
            .iter()
            .filter_map(|edge| arrived.join(edge.location.as_deref()?.trim()).ok())
            .map(|target| target.to_string())
            .collect();
        let same = self
            .closure
            .documents
            .iter()
            .zip(&self.contents)
            .position(|(known, leads)| known.bytes == bytes && *leads == targets);
        if let Some(known) = same {
            return Some(known);
        }
        *self.closure.sources.text_mut(file) = secrets.blotted(accepted.text);
        let index = self.closure.documents.len();
        (self.tell)(Event::Got {
            address: &shown,
            bytes: bytes.len() as u64,
            documents: index + 1,
            waiting: self.queue.len(),
        });
        if let Some(placeholder) = secrets.held_by(&bytes) {
            let message =
                format!("`{shown}` repeats the value of {placeholder}: whoever reads the stored file reads it");
            self.closure.diagnostics.push(Diagnostic::warning(codes::HOLDS_SECRET, message));
        }
        let redirected = (arrived != *address).then(|| secrets.shown(arrived.as_str()));
        self.queue.extend(edges.into_iter().map(|edge| (index, edge)));
        self.places.push((file, from));
        self.contents.push(targets);
        self.closure.documents.push(Document {
            shown,
            redirected,
            from: arrived,
            bytes,
            is_wsdl,
            references: Vec::new(),
        });
        Some(index)
    }

    fn note(&mut self, note: String) {
        if !self.closure.notes.contains(&note) {
            self.closure.notes.push(note);
        }
    }

    /// Reports what could not be had, with the way that leads there.
    fn problem(&mut self, problem: Diagnostic, from: Option<Span>) {
        let mut problem = problem;
        if let Some(span) = from {
            problem = problem.at(span, "referred to from here");
            let mut file = span.file;
            for _ in 0..8 {
                let Some((_, Some(span))) = self.places.iter().find(|(known, _)| *known == file) else { break };
                let label = &self.closure.sources.file(file).label;
                problem =
                    problem.with_note(format!("`{label}` is referred to at {}", self.closure.sources.place(*span)));
                file = span.file;
            }
            if self.options.allow_missing && problem.code != codes::LIMIT {
                problem.severity = Severity::Warning;
                problem.code = codes::LEFT_OUT;
                problem.help.clear();
            }
        }
        self.closure.diagnostics.push(problem);
    }
}

/// The address a location means in a document.
fn resolve(base: &Url, location: &str, root: &Root, options: &Options) -> Result<Url, Diagnostic> {
    let mut target = base.join(location).map_err(|error| {
        let location: String = location.chars().take(300).collect();
        Diagnostic::error(codes::ADDRESS, format!("`{}` is no address: {error}", root.secrets.shown(&location)))
    })?;
    target.set_fragment(None);
    super::address::askable(&target, &root.secrets)?;
    if options.same_host && target.host() != root.url.host() {
        let host = root.url.host_str();
        // Both schemes have hosts and ports, so none of these can fail.
        let moved = target.set_scheme(root.url.scheme()).is_ok()
            && target.set_host(host).is_ok()
            && target.set_port(root.url.port()).is_ok();
        debug_assert!(moved, "an http address takes any host of another");
    }
    // A contract that came over https is not mixed with parts that anybody on the way can change. Services behind a proxy that
    // ends TLS often write their own addresses with http.
    if root.url.scheme() == "https" && target.scheme() == "http" && !options.allow_http {
        let port = target.port().filter(|port| *port != 80);
        let _ = target.set_scheme("https");
        let _ = target.set_port(port);
    }
    Ok(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(base: &str, location: &str, options: &Options) -> Result<String, String> {
        let root = Root::parse("https://h.example/a/S.svc?wsdl", &|_| None).unwrap_or_else(|p| panic!("{}", p.message));
        let base = Url::parse(base).expect("an address");
        resolve(&base, location, &root, options).map(|url| url.to_string()).map_err(|problem| problem.message)
    }

    #[test]
    fn locations_are_relative_to_where_the_document_came_from() {
        let options = Options::default();
        let base = "https://h.example/a/S.svc?wsdl";
        assert_eq!(resolved(base, "?xsd=xsd0", &options).unwrap(), "https://h.example/a/S.svc?xsd=xsd0");
        assert_eq!(resolved(base, "../c/t.xsd#x", &options).unwrap(), "https://h.example/c/t.xsd");
        assert_eq!(resolved(base, "http://h.example:80/t.xsd", &options).unwrap(), "https://h.example/t.xsd");
        assert!(resolved(base, "file:///etc/passwd", &options).unwrap_err().contains("only http and https"));
        assert!(resolved(base, "c:\\t.xsd", &options).unwrap_err().contains("only http and https"));
    }

    #[test]
    fn a_host_only_the_vendor_knows_can_be_replaced() {
        let options = Options { same_host: true, ..Options::default() };
        let found = resolved("https://h.example/a/S.svc?wsdl", "http://srv01:8080/a/S.svc?xsd=1", &options).unwrap();
        assert_eq!(found, "https://h.example/a/S.svc?xsd=1");
    }
}
