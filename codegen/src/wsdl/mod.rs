//! WSDL 1.1: [`syntax`] as written, and the way from input files to a model.

pub mod codes;
mod headers;
mod http;
mod lenient;
mod lower;
mod message;
mod names;
mod policy;
mod read;
pub mod syntax;
mod tables;

use std::path::PathBuf;

use roxmltree::Node;

pub use crate::source::LoadOptions;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Model, TypeId};
use crate::source::{self, FileId, Found, Loaded, Sources, Span, Tree};
use crate::xsd::{self, Lowering, syntax::Schema};

/// What a document turned out to be.
enum Document {
    Definitions(Box<syntax::Definitions>),
    Schema(Schema),
}

/// Loads WSDL and XSD files with everything they refer to, and lowers them into one model.
///
/// Everything that is wrong or noteworthy goes to `diagnostics`; there is no model when any of it is an error.
pub fn load_model(
    inputs: &[PathBuf],
    options: &LoadOptions,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Model> {
    let mut documents: Vec<(FileId, Document)> = Vec::new();
    let loaded = source::load(inputs, options, sources, diagnostics, &mut |tree, diagnostics| {
        let root = tree.root();
        let Some(document) = read_document(tree, root, diagnostics) else { return Found::default() };
        let found = found(&document);
        documents.push((tree.file, document));
        found
    });
    let forgive = |diagnostics: &mut Diagnostics| {
        if !options.strict {
            lenient::forgive(diagnostics);
        }
    };
    forgive(diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let mut schemas: Vec<(usize, Schema)> = Vec::new();
    let mut definitions: Vec<(usize, syntax::Definitions)> = Vec::new();
    for (file, document) in documents {
        let Some(at) = loaded.iter().position(|loaded| loaded.file == file) else { continue };
        match document {
            Document::Schema(schema) => schemas.push((at, schema)),
            Document::Definitions(mut it) => {
                schemas.extend(std::mem::take(&mut it.schemas).into_iter().map(|schema| (at, schema)));
                definitions.push((at, *it));
            }
        }
    }
    let units = xsd::units(&loaded, &schemas);
    let mut lowering = Lowering::run(units, &options.limits, diagnostics);
    let services = {
        let tables = tables::Tables::new(&loaded, &definitions, lowering.diagnostics);
        lower::services(&tables, &mut lowering)
    };
    lowering.model.services = services;
    lowering.model.docs = contract_docs(&loaded, &schemas, &definitions);
    let roots: Vec<TypeId> = lowering.model.message_types().collect();
    let has_operations = lowering.model.services.iter().any(|service| !service.operations.is_empty());
    let reached = if has_operations { crate::model::reachable(&lowering.model, roots) } else { Vec::new() };
    let declared: usize =
        schemas.iter().filter(|(at, _)| !loaded[*at].is_builtin).map(|(_, it)| it.globals.len()).sum();
    let model = lowering.finish(|_, ty| !has_operations || reached.get(ty.0 as usize).copied().unwrap_or(true));
    forgive(diagnostics);
    if !has_operations && !diagnostics.has_errors() {
        let place =
            loaded.iter().find(|loaded| loaded.is_root).map(|loaded| Span { file: loaded.file, start: 0, end: 0 });
        if declared == 0 {
            let what = "0 operations and 0 types found";
            let problem =
                Diagnostic::error(codes::NOTHING, what).at(place, "this contract declares nothing to generate from");
            let left_out = diagnostics.count(crate::diagnostic::Severity::Warning) > 0;
            let problem = problem.with_help("check that the right document was saved, and that it is complete");
            diagnostics.push(if left_out {
                problem.with_note("the warnings say what was left out, and why")
            } else {
                problem
            });
        } else if !definitions.is_empty() {
            let what = "the WSDL declares no operation that can be called over SOAP or HTTP; only types are generated";
            diagnostics.push(Diagnostic::note(codes::TYPES_ONLY, what).at(place, "this contract"));
        }
    }
    (!diagnostics.has_errors()).then_some(model)
}

/// Target namespaces of a document's schemas and messages, and where it leads.
fn found(document: &Document) -> Found {
    match document {
        Document::Definitions(it) => Found {
            declares: it.schemas.iter().map(|schema| schema.target.clone().unwrap_or_default()).collect(),
            defines: (!it.messages.is_empty() || !it.port_types.is_empty()).then(|| it.target.clone()),
            edges: it.edges.clone(),
        },
        Document::Schema(it) => {
            let declares = vec![it.target.clone().unwrap_or_default()];
            Found { declares, defines: None, edges: it.edges.clone() }
        }
    }
}

/// What a document declares and where it leads; none, with an error, when it is neither WSDL 1.1 nor a schema.
#[cfg(feature = "fetch")]
pub(crate) fn references(tree: &Tree<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Found> {
    read_document(tree, tree.root(), diagnostics).as_ref().map(found)
}

fn read_document(tree: &Tree<'_, '_>, root: Node<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Document> {
    let name = root.tag_name();
    match (name.namespace().unwrap_or_default(), name.name()) {
        (read::WSDL, "definitions") => {
            Some(Document::Definitions(Box::new(read::read_definitions(tree, root, diagnostics))))
        }
        (_, "schema") if xsd::drafts::is_schema(root) => {
            Some(Document::Schema(xsd::read_schema(tree, root, diagnostics)))
        }
        (ns, "description") if ns.starts_with("http://www.w3.org/") && ns.contains("wsdl") => {
            let problem = Diagnostic::error(source::codes::NOT_CONTRACT, "WSDL 2.0 is not supported")
                .at(tree.span(root), "a WSDL 2.0 document");
            diagnostics.push(
                problem
                    .with_help("use the WSDL 1.1 document of the service; nearly every server publishes one as well"),
            );
            None
        }
        (ns, local) => {
            let short = |text: &str| text.chars().take(100).flat_map(char::escape_debug).collect::<String>();
            let of = if ns.is_empty() { "no namespace".to_owned() } else { format!("the namespace `{}`", short(ns)) };
            let what =
                format!("this is neither WSDL 1.1 nor XML Schema: the root element is `{}` of {of}", short(local));
            let mut problem = Diagnostic::error(source::codes::NOT_CONTRACT, what)
                .at(tree.span(root), "`definitions` or `schema` was expected");
            if local.eq_ignore_ascii_case("html") {
                problem = problem
                    .with_help("this is an HTML page: the download was probably answered by a login or error page");
            } else if local == "schema" || local == "definitions" {
                problem = problem.with_help(format!(
                    "the namespace must be `{}`",
                    if local == "schema" { xsd::XSD } else { read::WSDL }
                ));
            } else if local == "Envelope" {
                problem = problem.with_help("this is a SOAP message: the service answered, but not with its contract");
            }
            diagnostics.push(problem);
            None
        }
    }
}

fn contract_docs(
    loaded: &[Loaded],
    schemas: &[(usize, Schema)],
    definitions: &[(usize, syntax::Definitions)],
) -> crate::model::Docs {
    let of_root = |at: usize| loaded[at].is_root;
    let mut texts: Vec<(&str, &str)> = Vec::new();
    let wsdls = definitions.iter().filter(|(at, _)| of_root(*at));
    texts.extend(wsdls.map(|(_, it)| (it.target.as_str(), it.docs.0.as_str())));
    let standalone = definitions.is_empty();
    let schemas = schemas.iter().filter(|(at, _)| standalone && of_root(*at));
    texts.extend(schemas.map(|(_, it)| (it.target.as_deref().unwrap_or_default(), it.docs.0.as_str())));
    texts.retain(|(_, text)| !text.is_empty());
    texts.sort_unstable(); // the order of the inputs means nothing
    let texts: Vec<&str> = texts.into_iter().map(|(_, text)| text).collect();
    crate::model::Docs(texts.join("\n\n").into())
}
