//! From the file as written to the model: names resolved, defaults applied, everything by index.
//!
//! This file holds what types and services share: namespaces, the table of names, and types where they are used.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{
    Builtin, Complex, Docs, ErrorTableId, Model, Name, Origin, QName, Simple, SimpleKind, Type, TypeId, TypeKind,
};
use crate::source::Span;

use super::LoadOptions;
use super::ast::{Enumeration, File, NamespaceValue, Record, Ty, Word, xsd_name};
use super::attrs::{Arg, Attrs};
use super::names::xml_name;
use super::read::Cx;

pub(super) const XSD: &str = "http://www.w3.org/2001/XMLSchema";
const SERIALIZATION: &str = "http://schemas.microsoft.com/2003/10/Serialization/";
/// Where DataContractSerializer keeps the items of lists of built-in types.
pub(super) const ARRAYS: &str = "http://schemas.microsoft.com/2003/10/Serialization/Arrays";
/// WCF's and ASMX's namespace for services that name none.
const DEFAULT_NS: &str = "http://tempuri.org/";

/// What a name of the file stands for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Def {
    Record(usize),
    Enum(usize),
    Alias(usize),
}

/// What a type finally is, as far as the rules for members care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    Scalar(Builtin),
    /// An enumeration over integers.
    Coded,
    /// An enumeration over text.
    Text,
    /// An `enum` with one type per branch.
    Choice,
    /// The record with this index in the file.
    Record(usize),
}

impl Base {
    /// .NET's value types, which XmlSerializer writes as nil when they are null; strings, records and lists it leaves out.
    pub(super) fn is_value_type(self) -> bool {
        match self {
            Self::Scalar(builtin) => !matches!(builtin, Builtin::String | Builtin::Base64Binary | Builtin::Xml),
            Self::Coded | Self::Text => true,
            Self::Choice | Self::Record(_) => false,
        }
    }

    /// One piece of text: what fits an attribute, a path segment or a part of a packed string.
    pub(super) fn is_text(self) -> bool {
        !matches!(self, Self::Choice | Self::Record(_) | Self::Scalar(Builtin::Xml))
    }
}

/// A type where it is used: its `Option` and `Vec` taken off.
#[derive(Debug, Clone)]
pub(super) struct Use {
    pub(super) ty: TypeId,
    pub(super) base: Base,
    pub(super) list: bool,
    /// The member itself may be absent.
    pub(super) optional: bool,
    /// Items of the list may be nil.
    pub(super) nil_items: bool,
    /// The name an item element takes from the type.
    pub(super) item: QName,
}

/// How a record is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrangement {
    Xml,
    Slots,
    Packed,
}

impl Record {
    pub(super) fn arrangement(&self) -> Arrangement {
        if self.attrs.has("slots") {
            Arrangement::Slots
        } else if self.attrs.has("packed") {
            Arrangement::Packed
        } else {
            Arrangement::Xml
        }
    }
}

/// The work in progress.
pub(super) struct Lower<'a, 'c> {
    pub(super) cx: &'a mut Cx<'c>,
    pub(super) file: &'a File,
    pub(super) folder: &'a Path,
    pub(super) model: Model,
    /// Namespace of services.
    pub(super) service_ns: String,
    /// Namespace of types.
    types_ns: String,
    /// DataContractSerializer's rules rather than XmlSerializer's.
    pub(super) data_contract: bool,
    namespaces: BTreeMap<&'a str, String>,
    pub(super) defs: BTreeMap<&'a str, (Def, Span)>,
    scalars: BTreeMap<Builtin, TypeId>,
    pub(super) record_ids: Vec<TypeId>,
    pub(super) enum_ids: Vec<TypeId>,
    /// Type-parameter structs with their argument filled in, by record and by the argument's spelling.
    pub(super) instances: BTreeMap<(usize, String), TypeId>,
    /// Instances whose members are still to be filled.
    pub(super) pending: Vec<(usize, TypeId, Ty)>,
    pub(super) error_tables: BTreeMap<usize, ErrorTableId>,
}

/// Lowers a file. Mistakes are reported; the model is then of no use.
pub(super) fn lower(cx: &mut Cx<'_>, file: &File, folder: &Path, options: &LoadOptions) -> Model {
    let mut lower = Lower {
        cx,
        file,
        folder,
        model: Model { docs: file.docs.clone(), hand_written: true, ..Model::default() },
        service_ns: String::new(),
        types_ns: String::new(),
        data_contract: true,
        namespaces: BTreeMap::new(),
        defs: BTreeMap::new(),
        scalars: BTreeMap::new(),
        record_ids: Vec::new(),
        enum_ids: Vec::new(),
        instances: BTreeMap::new(),
        pending: Vec::new(),
        error_tables: BTreeMap::new(),
    };
    lower.read_namespaces(options);
    lower.defaults();
    lower.declare();
    lower.fill_types();
    lower.services();
    lower.fill_instances();
    lower.check_file();
    lower.model
}

impl<'a> Lower<'a, '_> {
    fn read_namespaces(&mut self, options: &LoadOptions) {
        let mut spans: BTreeMap<&str, Span> = BTreeMap::new();
        for namespace in &self.file.namespaces {
            let name = &namespace.name;
            if let Some(earlier) = spans.insert(&name.text, name.span) {
                self.duplicate("namespace", name, earlier);
                continue;
            }
            let value = match (options.namespaces.get(&name.text), &namespace.value) {
                (Some(set), _) => Word { text: set.clone(), span: name.span },
                (None, NamespaceValue::Text(text)) => text.clone(),
                (None, NamespaceValue::Same(other)) => match self.namespaces.get(other.text.as_str()) {
                    Some(value) => Word { text: value.clone(), span: other.span },
                    None => {
                        self.no_namespace(other);
                        continue;
                    }
                },
            };
            self.check_namespace(&value);
            self.namespaces.insert(&name.text, value.text);
        }
        for name in options.namespaces.keys() {
            if !self.file.namespaces.iter().any(|namespace| namespace.name.text == *name) {
                let known = self.file.namespaces.iter().map(|namespace| namespace.name.text.as_str());
                let mut diagnostic = Diagnostic::error(
                    "E0541",
                    format!("the settings give a value for namespace `{name}`, which this contract does not have"),
                );
                if let Some(near) = did_you_mean(name, known) {
                    diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
                }
                self.cx.push(diagnostic);
            }
        }
    }

    fn check_namespace(&mut self, value: &Word) {
        if let Some(bad) = value.text.chars().find(|c| c.is_control() || c.is_whitespace()) {
            self.cx.push(
                Diagnostic::error("E0540", format!("a namespace cannot hold the character {bad:?}"))
                    .at(value.span, "here"),
            );
        }
    }

    fn no_namespace(&mut self, word: &Word) {
        let known = self.file.namespaces.iter().map(|namespace| namespace.name.text.as_str());
        let mut diagnostic = Diagnostic::error("E0541", format!("no namespace `{}` in this contract", word.text))
            .at(word.span, "not defined");
        diagnostic = match did_you_mean(&word.text, known) {
            Some(near) => diagnostic.with_help(format!("did you mean `{near}`?")),
            None => diagnostic.with_help(format!("add `const {}: Ns = \"…\";`", word.text)),
        };
        self.cx.push(diagnostic);
    }

    /// The namespace an argument means.
    pub(super) fn namespace(&mut self, arg: &Arg) -> String {
        match arg {
            Arg::Text(text) => {
                self.check_namespace(text);
                text.text.clone()
            }
            other => {
                let word = other.word().clone();
                if let Some(value) = self.namespaces.get(word.text.as_str()) {
                    return value.clone();
                }
                self.no_namespace(&word);
                String::new()
            }
        }
    }

    /// The namespace of `#[ns(X)]`, if it is there.
    pub(super) fn own_namespace(&mut self, attrs: &Attrs) -> Option<String> {
        let arg = attrs.get("ns")?.args.first()?.clone();
        Some(self.namespace(&arg))
    }

    fn defaults(&mut self) {
        let contract = self.file.attrs.get("contract");
        self.service_ns = match contract.and_then(|attr| attr.arg("namespace")) {
            Some(arg) => self.namespace(&arg.clone()),
            None if self.positional_only() => String::new(),
            None => DEFAULT_NS.into(),
        };
        self.types_ns = match contract.and_then(|attr| attr.arg("types")) {
            Some(arg) => self.namespace(&arg.clone()),
            None => self.service_ns.clone(),
        };
        self.data_contract =
            contract.and_then(|attr| attr.named("style")).is_none_or(|style| style.text == "data_contract");
    }

    /// Whether nothing in the file has a wire with namespaces: XML-RPC alone.
    fn positional_only(&self) -> bool {
        let mut bindings = self.file.services.iter().flat_map(|service| service.attrs.all("binding")).peekable();
        bindings.peek().is_some() && bindings.all(|attr| attr.first().is_some_and(|kind| kind.text == "xml_rpc"))
    }

    pub(super) fn duplicate(&mut self, what: &str, word: &Word, earlier: Span) {
        self.cx.push(
            Diagnostic::error("E0530", format!("{what} `{}` is defined twice", word.text))
                .at(word.span, "again here")
                .also(earlier, "first here"),
        );
    }

    /// Gives every type of the file an index, in the order of the file.
    fn declare(&mut self) {
        let file = self.file;
        let mut all: Vec<(&'a Word, Def)> = Vec::new();
        all.extend(file.records.iter().enumerate().map(|(i, record)| (&record.name, Def::Record(i))));
        all.extend(file.enums.iter().enumerate().map(|(i, item)| (&item.name, Def::Enum(i))));
        all.extend(file.aliases.iter().enumerate().map(|(i, alias)| (&alias.name, Def::Alias(i))));
        all.sort_by_key(|(name, _)| name.span.start);
        // Placeholders for what is not a type of its own (generic structs) keep the vectors indexable.
        self.record_ids = vec![TypeId(u32::MAX); file.records.len()];
        self.enum_ids = vec![TypeId(u32::MAX); file.enums.len()];
        for (name, def) in all {
            if super::ast::scalar(&name.text).is_some() || matches!(name.text.as_str(), "Option" | "Vec" | "Ns") {
                self.cx.push(
                    Diagnostic::error("E0531", format!("`{}` is a built-in type of contract files", name.text))
                        .at(name.span, "choose another name")
                        .with_help("keep the wire's name with `#[wire(\"…\")]` where the type's name is on the wire"),
                );
                continue;
            }
            if let Some((_, earlier)) = self.defs.get(name.text.as_str()) {
                let earlier = *earlier;
                self.duplicate("type", name, earlier);
                continue;
            }
            self.defs.insert(&name.text, (def, name.span));
            match def {
                Def::Record(i) if file.records[i].parameter.is_none() => {
                    let record = &file.records[i];
                    let ns = if record.arrangement() == Arrangement::Xml {
                        self.type_ns(&record.attrs)
                    } else {
                        String::new()
                    };
                    let local = self.wire(&record.attrs, name);
                    self.record_ids[i] = self.placeholder(Name::Given(QName::new(ns, local)), &record.docs, name.span);
                }
                Def::Enum(i) => {
                    let item = &file.enums[i];
                    let ns = self.type_ns(&item.attrs);
                    let local = self.wire(&item.attrs, name);
                    self.enum_ids[i] = self.placeholder(Name::Given(QName::new(ns, local)), &item.docs, name.span);
                }
                Def::Record(_) | Def::Alias(_) => {}
            }
        }
    }

    pub(super) fn type_ns(&mut self, attrs: &Attrs) -> String {
        self.own_namespace(attrs).unwrap_or_else(|| self.types_ns.clone())
    }

    pub(super) fn placeholder(&mut self, name: Name, docs: &Docs, span: Span) -> TypeId {
        self.model.add_type(Type {
            name,
            docs: docs.clone(),
            origin: span.into(),
            kind: TypeKind::Complex(Complex::default()),
        })
    }

    fn fill_types(&mut self) {
        let file = self.file;
        for (i, record) in file.records.iter().enumerate() {
            let id = self.record_ids[i];
            if record.parameter.is_none() && id.0 != u32::MAX {
                let kind = self.record(record, None);
                self.model[id].kind = TypeKind::Complex(kind);
            }
        }
        for (i, item) in file.enums.iter().enumerate() {
            let id = self.enum_ids[i];
            if id.0 != u32::MAX {
                let kind = self.enumeration(item);
                self.model[id].kind = kind;
            }
        }
    }

    /// Fills what came up while members and services were read. Filling may bring up more.
    fn fill_instances(&mut self) {
        while let Some((record, id, argument)) = self.pending.pop() {
            let file = self.file;
            let kind = self.record(&file.records[record], Some(&argument));
            self.model[id].kind = TypeKind::Complex(kind);
        }
    }

    /// The wire's spelling of a name, checked to be an XML name.
    pub(super) fn wire(&mut self, attrs: &Attrs, name: &Word) -> String {
        let word = attrs.get("wire").and_then(|attr| attr.first()).unwrap_or(name).clone();
        self.check_xml_name(&word);
        word.text
    }

    pub(super) fn check_xml_name(&mut self, word: &Word) {
        if let Err(reason) = xml_name(&word.text) {
            self.cx.push(
                Diagnostic::error("E0532", format!("`{}` is not an XML name: {reason}", word.text.escape_debug()))
                    .at(word.span, "not an XML name"),
            );
        }
    }

    /// The model's type for a scalar, made when first used.
    pub(super) fn scalar(&mut self, builtin: Builtin) -> TypeId {
        if let Some(id) = self.scalars.get(&builtin) {
            return *id;
        }
        let ns = if builtin == Builtin::Guid { SERIALIZATION } else { XSD };
        let id = self.model.add_type(Type {
            name: Name::Given(QName::new(ns, xsd_name(builtin))),
            docs: Docs::default(),
            origin: Origin::default(),
            kind: TypeKind::Simple(Simple::plain(SimpleKind::Builtin(builtin))),
        });
        self.scalars.insert(builtin, id);
        id
    }

    /// The enumeration `#[errors(X)]` names.
    pub(super) fn find_enum(&mut self, word: &Word) -> Option<(usize, TypeId)> {
        if let Some((Def::Enum(i), _)) = self.defs.get(word.text.as_str()) {
            return Some((*i, self.enum_ids[*i]));
        }
        let known = self.file.enums.iter().map(|item| item.name.text.as_str());
        let mut diagnostic = Diagnostic::error("E0522", format!("no enum `{}` in this contract", word.text))
            .at(word.span, "not defined");
        if let Some(near) = did_you_mean(&word.text, known) {
            diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
        }
        self.cx.push(diagnostic);
        None
    }

    /// A plain struct by name, for headers and faults.
    pub(super) fn find_record(&mut self, word: &Word) -> Option<(TypeId, QName)> {
        let found = self.named(word, None, &mut Vec::new())?;
        if let Base::Record(_) = found.base {
            return Some((found.ty, found.item));
        }
        self.cx.push(
            Diagnostic::error("E0522", format!("`{}` is not a struct", word.text)).at(word.span, "expected a struct"),
        );
        None
    }

    /// The integers and strings an enumeration restricts.
    pub(super) fn restriction(&mut self, builtin: Builtin) -> SimpleKind {
        SimpleKind::Restriction(self.scalar(builtin))
    }
}

/// What kind of type an `enum` is.
pub(super) fn enum_base(item: &Enumeration) -> Base {
    if item.attrs.has("text") {
        Base::Text
    } else if item.variants.iter().any(|variant| variant.payload.is_some()) {
        Base::Choice
    } else {
        Base::Coded
    }
}
