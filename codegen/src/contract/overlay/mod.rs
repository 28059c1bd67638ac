//! Overlays: files in the contract language that patch a contract read from WSDL or XSD, without editing it.
//!
//! An overlay names what the contract already has and says something more, or something else, about it:
//!
//! ```text
//! //! Documentation of the contract as a whole.
//!
//! struct AuthHeader {
//!     /// Where the token comes from.
//!     #[secret]
//!     Token: _,                    // `_`: the type stays as it is
//! }
//!
//! #[reply_errors("Errors/UniversalApiError", code = Type, text = Text)]
//! trait OrdersAPI {
//!     #[read]
//!     fn GetOrder(#[secret] Token: _);
//!     #[drop]
//!     fn OldMethod();
//! }
//! ```
//!
//! * A `struct` is found by its type's name, or, where the type has none, by the element it belongs to; `#[wire("A/B")]`
//!   gives the path of a type inside another's content, `#[ns("…")]` tells equal names apart.
//! * A member's type may be `_`, `Option<_>` (it may be absent), another scalar, or an `enum` the overlay adds (`#[add]`).
//! * A `trait` is found by the service's name, a `fn` by the operation's. Parameters are members of the request; those that
//!   are not named stay as they are.
//! * Documentation (`///`) replaces the contract's.
//! * **Everything an overlay names must be there**: what matches nothing is an error, so that a vendor's rename cannot undo a
//!   `#[secret]` in silence.

mod members;
mod operations;

use std::path::Path;

use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Builtin, Docs, Model, Name, QName, Simple, SimpleKind, Type, TypeId, TypeKind};
use crate::source::Sources;

use super::ast::{self, Enumeration, File, NamespaceValue, Record, Word, xsd_name};
use super::attrs::{Arg, Attrs};
use super::parse::{self, Mode};
use super::read::{self, Cx};

/// Reads an overlay and patches `model` with it. False when it has mistakes, which are then in `diagnostics`; the model is
/// then of no use.
pub fn apply(path: &Path, model: &mut Model, sources: &mut Sources, diagnostics: &mut Diagnostics) -> bool {
    let Some(id) = read::read(path, sources, diagnostics) else { return false };
    let mut found = Diagnostics::default();
    let mut cx = Cx::new(id, sources, &mut found);
    if let Some(tree) = read::syntax(&mut cx, &sources.file(id).text) {
        let file = parse::file(&mut cx, &tree, Mode::Overlay);
        let folder = path.parent().unwrap_or(Path::new(""));
        Patch { cx: &mut cx, file: &file, folder, model }.run();
    }
    let failed = found.has_errors();
    diagnostics.extend(found);
    !failed
}

/// The work in progress.
struct Patch<'a, 'c> {
    cx: &'a mut Cx<'c>,
    file: &'a File,
    folder: &'a Path,
    model: &'a mut Model,
}

impl Patch<'_, '_> {
    fn run(&mut self) {
        let file = self.file;
        if !file.docs.is_empty() {
            self.model.docs = file.docs.clone();
        }
        for item in &file.enums {
            self.enumeration(item);
        }
        for record in &file.records {
            self.record(record);
        }
        for service in &file.services {
            self.service(service);
        }
        if file.enums.is_empty() && file.records.is_empty() && file.services.is_empty() && file.docs.is_empty() {
            let start = crate::source::Span { file: self.cx.file, start: 0, end: 0 };
            self.cx.push(
                Diagnostic::error("E0561", "the overlay changes nothing")
                    .at(start, "empty")
                    .with_help("name the types and services of the contract that are to be patched"),
            );
        }
    }

    /// The namespace an attribute means, if it is there.
    fn namespace(&mut self, attrs: &Attrs) -> Option<String> {
        let arg = attrs.get("ns")?.args.first()?;
        let word = arg.word();
        if let Arg::Text(_) = arg {
            return Some(word.text.clone());
        }
        let mut name = word.text.as_str();
        // A namespace may stand for another, each for an earlier one.
        for namespace in self.file.namespaces.iter().rev() {
            if namespace.name.text == name {
                match &namespace.value {
                    NamespaceValue::Text(text) => return Some(text.text.clone()),
                    NamespaceValue::Same(other) => name = &other.text,
                }
            }
        }
        let known = self.file.namespaces.iter().map(|namespace| namespace.name.text.as_str());
        let mut diagnostic = Diagnostic::error("E0541", format!("no namespace `{}` in this overlay", word.text))
            .at(word.span, "not defined");
        diagnostic = match did_you_mean(&word.text, known) {
            Some(near) => diagnostic.with_help(format!("did you mean `{near}`?")),
            None => diagnostic.with_help(format!("write it as a string, or add `const {}: Ns = \"…\";`", word.text)),
        };
        self.cx.push(diagnostic);
        None
    }

    /// The one type an overlay's item names.
    fn find_type(&mut self, name: &Word, attrs: &Attrs, fits: fn(&Type) -> bool) -> Option<TypeId> {
        let path = attrs.get("wire").and_then(|attr| attr.first()).unwrap_or(name).clone();
        let ns = self.namespace(attrs);
        let candidates: Vec<TypeId> = self
            .model
            .type_ids()
            .filter(|id| {
                let ty = &self.model[*id];
                fits(ty) && called(&ty.name) == path.text && ns.as_ref().is_none_or(|ns| ty.name.ns() == ns)
            })
            .collect();
        // A named type is meant before an element's anonymous one.
        let given: Vec<TypeId> =
            candidates.iter().copied().filter(|id| self.model[*id].name.given().is_some()).collect();
        match (&given[..], &candidates[..]) {
            ([only], _) | ([], [only]) => Some(*only),
            (_, []) => {
                let known: Vec<String> = self
                    .model
                    .types
                    .iter()
                    .filter(|ty| fits(ty) && ty.name.ns() != super::lower::XSD)
                    .map(|ty| called(&ty.name))
                    .collect();
                let mut diagnostic = Diagnostic::error("E0562", format!("the contract has no type `{}`", path.text))
                    .at(path.span, "matches nothing")
                    .with_note(
                        "an overlay that matches nothing is an error: a vendor's rename must not undo it in silence",
                    );
                if let Some(near) = did_you_mean(&path.text, known.iter().map(String::as_str)) {
                    diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
                }
                self.cx.push(diagnostic);
                None
            }
            (_, several) => {
                let names: Vec<String> = several.iter().map(|id| format!("`{}`", self.model[*id].name)).collect();
                self.cx.push(
                    Diagnostic::error("E0563", format!("`{}` is the name of {} types", path.text, several.len()))
                        .at(path.span, "which one?")
                        .with_note(format!("they are {}", names.join(", ")))
                        .with_help("add `#[ns(\"…\")]` with the namespace of the one that is meant"),
                );
                None
            }
        }
    }

    /// A scalar type of the model, made if it has none yet.
    fn scalar(&mut self, builtin: Builtin) -> TypeId {
        let known = self.model.type_ids().find(|id| {
            matches!(&self.model[*id].kind, TypeKind::Simple(simple)
                if simple.kind == SimpleKind::Builtin(builtin) && simple.values.is_empty())
        });
        known.unwrap_or_else(|| {
            self.model.add_type(Type {
                name: Name::Given(QName::new(super::lower::XSD, xsd_name(builtin))),
                docs: Docs::default(),
                origin: crate::model::Origin::default(),
                kind: TypeKind::Simple(Simple::plain(SimpleKind::Builtin(builtin))),
            })
        })
    }

    fn document(&mut self, id: TypeId, docs: &Docs) {
        if !docs.is_empty() {
            self.model[id].docs = docs.clone();
        }
    }

    fn record(&mut self, record: &Record) {
        let Some(id) = self.find_type(&record.name, &record.attrs, is_complex) else { return };
        self.document(id, &record.docs);
        for member in &record.members {
            self.member(id, &record.name.text, member);
        }
    }

    /// An enumeration: added where it says so, otherwise one of the contract's.
    fn enumeration(&mut self, item: &Enumeration) {
        if item.attrs.has("add") {
            self.add_enumeration(item);
            return;
        }
        let Some(id) = self.find_type(&item.name, &Attrs::default(), is_enumeration) else { return };
        self.document(id, &item.docs);
        let closed = item.attrs.has("closed");
        let open = item.attrs.has("open");
        let name = item.name.text.clone();
        for variant in &item.variants {
            let TypeKind::Simple(simple) = &mut self.model[id].kind else { return };
            let wire = variant.attrs.get("wire").and_then(|attr| attr.first()).unwrap_or(&variant.name);
            let code = variant.code.map(|(code, _)| code.to_string());
            let text = code.as_deref().unwrap_or(&wire.text);
            if let Some(value) = simple.values.iter_mut().find(|value| value.wire == text) {
                if !variant.docs.is_empty() {
                    value.docs = variant.docs.clone();
                }
                if variant.name.text != value.wire {
                    value.name = Some(variant.name.text.clone());
                }
                continue;
            }
            let known: Vec<String> = simple.values.iter().map(|value| value.wire.to_string()).collect();
            let word = Word { text: text.to_owned(), span: variant.name.span };
            self.nothing(&format!("`{name}`"), "value", &word, &known);
        }
        if let TypeKind::Simple(simple) = &mut self.model[id].kind
            && (closed || open)
        {
            simple.closed = closed;
        }
    }

    fn add_enumeration(&mut self, item: &Enumeration) {
        let text = item.attrs.has("text");
        let mut simple =
            Simple::plain(SimpleKind::Restriction(self.scalar(if text { Builtin::String } else { Builtin::Int })));
        simple.closed = item.attrs.has("closed");
        if self.model.types.iter().any(|ty| called(&ty.name) == item.name.text) {
            self.cx.push(
                Diagnostic::error("E0530", format!("the contract has a type `{}` already", item.name.text))
                    .at(item.name.span, "choose another name, or leave out `#[add]` to patch that one"),
            );
        }
        for variant in &item.variants {
            let wire = match (text, variant.code) {
                (false, Some((code, _))) => code.to_string(),
                (true, None) => {
                    variant.attrs.get("wire").and_then(|attr| attr.first()).unwrap_or(&variant.name).text.clone()
                }
                _ => {
                    self.cx.push(
                        Diagnostic::error(
                            "E0525",
                            format!("`{}::{}` has no wire value", item.name.text, variant.name.text),
                        )
                        .at(variant.name.span, "expected `= <integer>`, or `#[text]` on the enum"),
                    );
                    continue;
                }
            };
            simple.values.push(crate::model::EnumValue {
                wire: wire.into(),
                name: Some(variant.name.text.clone()),
                docs: variant.docs.clone(),
                origin: variant.name.span.into(),
            });
        }
        self.model.add_type(Type {
            name: Name::Given(QName::new("", &item.name.text)),
            docs: item.docs.clone(),
            origin: item.name.span.into(),
            kind: TypeKind::Simple(simple),
        });
    }

    /// What an overlay calls an enumeration it has added.
    fn added(&self, name: &str) -> Option<(TypeId, &ast::Enumeration)> {
        let item = self.file.enums.iter().find(|item| item.name.text == name && item.attrs.has("add"))?;
        let id = self.model.type_ids().find(|id| self.model[*id].origin.0 == Some(item.name.span))?;
        Some((id, item))
    }
}

/// How an overlay writes a type's name: its local name, or the path from the named owner.
fn called(name: &Name) -> String {
    match name {
        Name::Given(name) => name.local.to_string(),
        Name::Derived { path, .. } => path.join("/"),
    }
}

fn is_complex(ty: &Type) -> bool {
    matches!(ty.kind, TypeKind::Complex(_))
}

fn is_enumeration(ty: &Type) -> bool {
    matches!(&ty.kind, TypeKind::Simple(simple) if !simple.values.is_empty())
}
