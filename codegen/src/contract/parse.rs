//! From syn's tree to [`super::ast`]: the closed list of items, types and positions a contract file may use.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::source::Span;

use super::ast::{
    Alias, Enumeration, File, Member, Namespace, NamespaceValue, Operation, Record, SCALARS, Service, Ty, TyKind,
    Variant, Word, scalar,
};
use super::attrs::{self, On};
use super::read::Cx;

/// Which of the two languages is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Contract,
    Overlay,
}

impl Mode {
    fn pick(self, contract: On, overlay: On) -> On {
        if self == Self::Contract { contract } else { overlay }
    }
}

/// Turns a syntax tree into a file of the language; mistakes are reported and left out.
pub(super) fn file(cx: &mut Cx<'_>, tree: &syn::File, mode: Mode) -> File {
    let (attrs, docs) = attrs::parse(cx, &tree.attrs, mode.pick(On::File, On::OverlayFile));
    let mut file = File {
        docs,
        attrs,
        namespaces: Vec::new(),
        records: Vec::new(),
        enums: Vec::new(),
        aliases: Vec::new(),
        services: Vec::new(),
    };
    for item in &tree.items {
        match item {
            syn::Item::Const(item) => file.namespaces.extend(namespace(cx, item)),
            syn::Item::Struct(item) => file.records.push(record(cx, item, mode)),
            syn::Item::Enum(item) => file.enums.push(enumeration(cx, item, mode)),
            syn::Item::Type(item) if mode == Mode::Contract => file.aliases.push(alias(cx, item)),
            syn::Item::Trait(item) => file.services.push(service(cx, item, mode)),
            other => foreign(cx, other),
        }
    }
    file
}

fn foreign(cx: &mut Cx<'_>, item: &syn::Item) {
    let (what, help) = match item {
        syn::Item::Mod(_) | syn::Item::Use(_) | syn::Item::ExternCrate(_) | syn::Item::Macro(_) => (
            "modules, imports and includes are",
            "a contract is one file and reads no other: not beside it, not outside its folder",
        ),
        syn::Item::Fn(_) => ("a free function is", "operations stand in a `trait`"),
        syn::Item::Impl(_) => ("an `impl` is", "contracts hold no behaviour: only what is on the wire"),
        syn::Item::Type(_) => ("a type alias is", "an overlay patches structs, enums and traits of a contract"),
        _ => ("this is", "use `const`, `struct`, `enum`, `type` and `trait`"),
    };
    let mut label = item.to_token_stream().to_string();
    label.truncate(label.char_indices().nth(40).map_or(label.len(), |(at, _)| at));
    let span = cx.span(item.span());
    cx.push(
        Diagnostic::error("E0505", format!("{what} not part of the contract language: `{label}`"))
            .at(span, "not allowed here")
            .with_help(help),
    );
}

fn word(cx: &Cx<'_>, ident: &syn::Ident) -> Word {
    Word { text: ident.unraw().to_string(), span: cx.span(ident.span()) }
}

fn no_visibility(cx: &mut Cx<'_>, visibility: &syn::Visibility) {
    if !matches!(visibility, syn::Visibility::Inherited) {
        let span = cx.span(visibility.span());
        cx.push(
            Diagnostic::error("E0506", "contracts have no visibility")
                .at(span, "remove this")
                .with_help("everything in a contract is public: it describes the wire"),
        );
    }
}

fn plain_generics(cx: &mut Cx<'_>, generics: &syn::Generics) {
    if !generics.params.is_empty() || generics.where_clause.is_some() {
        let span = cx.span(generics.span());
        cx.push(
            Diagnostic::error("E0507", "only a `#[reply]` struct may have a type parameter, and only one")
                .at(span, "not allowed here"),
        );
    }
}

fn namespace(cx: &mut Cx<'_>, item: &syn::ItemConst) -> Option<Namespace> {
    // `#[unknown]` is checked for its spelling here; it says something to the reader of the contract.
    attrs::parse(cx, &item.attrs, On::Namespace);
    no_visibility(cx, &item.vis);
    let is_ns = matches!(&*item.ty, syn::Type::Path(path) if path.path.is_ident("Ns"));
    if !is_ns {
        let span = cx.span(item.ty.span());
        cx.push(
            Diagnostic::error("E0508", "a constant of a contract is a namespace")
                .at(span, "expected `Ns`")
                .with_help("write `const NAME: Ns = \"http://…\";`"),
        );
        return None;
    }
    let value = match &*item.expr {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => {
            NamespaceValue::Text(Word { text: text.value(), span: cx.span(text.span()) })
        }
        syn::Expr::Path(path) if path.path.get_ident().is_some() => {
            let ident = path.path.get_ident()?;
            NamespaceValue::Same(word(cx, ident))
        }
        other => {
            let span = cx.span(other.span());
            cx.push(
                Diagnostic::error("E0508", "a namespace is a string or another namespace's name")
                    .at(span, "expected a string"),
            );
            return None;
        }
    };
    Some(Namespace { name: word(cx, &item.ident), value })
}

/// Two members cannot both have the name that was chosen; a number behind one of them would not be what anybody chose.
fn renamed_alike(cx: &mut Cx<'_>, members: &[Member]) {
    let mut known: BTreeMap<&str, Span> = BTreeMap::new();
    for word in members.iter().filter_map(|member| member.attrs.get("rename")?.first()) {
        if let Some(first) = known.insert(&word.text, word.span) {
            cx.push(
                Diagnostic::error("E0530", format!("two members are renamed to `{}`", word.text))
                    .at(word.span, "again here")
                    .also(first, "first here"),
            );
        }
    }
}

fn record(cx: &mut Cx<'_>, item: &syn::ItemStruct, mode: Mode) -> Record {
    let (attrs, docs) = attrs::parse(cx, &item.attrs, mode.pick(On::Record, On::OverlayRecord));
    no_visibility(cx, &item.vis);
    let mut parameter = None;
    let mut rest = item.generics.clone();
    if let Some(syn::GenericParam::Type(only)) = item.generics.params.first()
        && item.generics.params.len() == 1
        && only.bounds.is_empty()
        && mode == Mode::Contract
    {
        parameter = Some(word(cx, &only.ident));
        rest.params.clear();
    }
    plain_generics(cx, &rest);
    let mut members = Vec::new();
    match &item.fields {
        syn::Fields::Named(fields) => {
            for field in &fields.named {
                let (attrs, docs) = attrs::parse(cx, &field.attrs, mode.pick(On::Member, On::OverlayMember));
                no_visibility(cx, &field.vis);
                let Some(ident) = &field.ident else { continue };
                members.push(Member { name: word(cx, ident), ty: ty(cx, &field.ty, mode), attrs, docs });
            }
        }
        syn::Fields::Unnamed(fields) => {
            let span = cx.span(fields.span());
            cx.push(
                Diagnostic::error("E0506", "the members of a struct have names")
                    .at(span, "expected `{ Name: Type, … }`"),
            );
        }
        // `struct X;` in an overlay says something about the type alone.
        syn::Fields::Unit if mode == Mode::Overlay => {}
        syn::Fields::Unit => {
            let span = cx.span(item.ident.span());
            cx.push(Diagnostic::error("E0506", "a struct needs a body").at(span, "write `{}` after it"));
        }
    }
    renamed_alike(cx, &members);
    Record { name: word(cx, &item.ident), parameter, members, attrs, docs }
}

fn enumeration(cx: &mut Cx<'_>, item: &syn::ItemEnum, mode: Mode) -> Enumeration {
    let (attrs, docs) = attrs::parse(cx, &item.attrs, mode.pick(On::Enum, On::OverlayEnum));
    no_visibility(cx, &item.vis);
    plain_generics(cx, &item.generics);
    let mut variants = Vec::new();
    for variant in &item.variants {
        let (attrs, docs) = attrs::parse(cx, &variant.attrs, On::Variant);
        let code = match &variant.discriminant {
            None => None,
            Some((_, expr)) => match code(cx, expr) {
                Some(code) => Some(code),
                None => continue,
            },
        };
        let payload = match &variant.fields {
            syn::Fields::Unit => None,
            syn::Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                fields.unnamed.first().map(|field| ty(cx, &field.ty, mode))
            }
            fields => {
                let span = cx.span(fields.span());
                cx.push(
                    Diagnostic::error("E0506", "a branch of a choice holds exactly one type")
                        .at(span, "expected `(Type)`"),
                );
                Some(Ty { kind: TyKind::Wrong, span })
            }
        };
        variants.push(Variant { name: word(cx, &variant.ident), code, payload, attrs, docs });
    }
    Enumeration { name: word(cx, &item.ident), variants, attrs, docs }
}

/// An integer literal with an optional minus. `None` when it is none, which is then reported.
fn code(cx: &mut Cx<'_>, expr: &syn::Expr) -> Option<(i64, crate::source::Span)> {
    let span = cx.span(expr.span());
    let (negative, inner) = match expr {
        syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), expr, .. }) => (true, &**expr),
        other => (false, other),
    };
    if let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) = inner {
        let text = format!("{}{}", if negative { "-" } else { "" }, number.base10_digits());
        if let Ok(code) = text.parse() {
            return Some((code, span));
        }
        cx.push(Diagnostic::error("E0506", "the code does not fit 64 bits").at(span, "too large"));
        return None;
    }
    cx.push(Diagnostic::error("E0506", "a code is an integer").at(span, "expected an integer such as `17`"));
    None
}

fn alias(cx: &mut Cx<'_>, item: &syn::ItemType) -> Alias {
    attrs::parse(cx, &item.attrs, On::Alias);
    no_visibility(cx, &item.vis);
    plain_generics(cx, &item.generics);
    Alias { name: word(cx, &item.ident), ty: ty(cx, &item.ty, Mode::Contract) }
}

fn service(cx: &mut Cx<'_>, item: &syn::ItemTrait, mode: Mode) -> Service {
    let (attrs, docs) = attrs::parse(cx, &item.attrs, mode.pick(On::Service, On::OverlayService));
    no_visibility(cx, &item.vis);
    plain_generics(cx, &item.generics);
    if let Some(bound) = item.supertraits.first() {
        let span = cx.span(bound.span());
        cx.push(Diagnostic::error("E0506", "a service has no supertraits").at(span, "not allowed here"));
    }
    let mut operations = Vec::new();
    for member in &item.items {
        match member {
            syn::TraitItem::Fn(function) => operations.push(operation(cx, function, mode)),
            other => {
                let span = cx.span(other.span());
                cx.push(
                    Diagnostic::error("E0505", "a service holds operations and nothing else")
                        .at(span, "expected `fn Name(…) -> …;`"),
                );
            }
        }
    }
    Service { name: word(cx, &item.ident), operations, attrs, docs }
}

fn operation(cx: &mut Cx<'_>, function: &syn::TraitItemFn, mode: Mode) -> Operation {
    let (attrs, docs) = attrs::parse(cx, &function.attrs, mode.pick(On::Operation, On::OverlayOperation));
    let signature = &function.sig;
    plain_generics(cx, &signature.generics);
    if let Some(body) = &function.default {
        let span = cx.span(body.span());
        cx.push(
            Diagnostic::error("E0506", "operations have no body")
                .at(span, "write `;` instead")
                .with_help("a contract says what is on the wire; code is generated from it"),
        );
    }
    let qualifiers = [
        signature.constness.as_ref().map(Spanned::span),
        signature.asyncness.as_ref().map(Spanned::span),
        signature.abi.as_ref().map(Spanned::span),
    ];
    for span in qualifiers.into_iter().flatten() {
        let span = cx.span(span);
        cx.push(Diagnostic::error("E0506", "operations have no qualifiers").at(span, "remove this"));
    }
    let mut parameters = Vec::new();
    for input in &signature.inputs {
        match input {
            syn::FnArg::Typed(parameter) => {
                let (attrs, docs) = attrs::parse(cx, &parameter.attrs, mode.pick(On::Parameter, On::OverlayParameter));
                let name = match &*parameter.pat {
                    syn::Pat::Ident(pat)
                        if pat.by_ref.is_none() && pat.mutability.is_none() && pat.subpat.is_none() =>
                    {
                        word(cx, &pat.ident)
                    }
                    other => {
                        let span = cx.span(other.span());
                        cx.push(Diagnostic::error("E0506", "a parameter is a name").at(span, "expected a name"));
                        continue;
                    }
                };
                parameters.push(Member { name, ty: ty(cx, &parameter.ty, mode), attrs, docs });
            }
            other => {
                let span = cx.span(other.span());
                cx.push(
                    Diagnostic::error("E0506", "operations have no `self`")
                        .at(span, "remove this")
                        .with_help("the parameters are what is sent"),
                );
            }
        }
    }
    let output = match &signature.output {
        syn::ReturnType::Default => None,
        syn::ReturnType::Type(_, output) => match &**output {
            syn::Type::Tuple(tuple) if tuple.elems.is_empty() => None,
            other => Some(ty(cx, other, mode)),
        },
    };
    renamed_alike(cx, &parameters);
    Operation { name: word(cx, &signature.ident), parameters, output, attrs, docs }
}

fn ty(cx: &mut Cx<'_>, tree: &syn::Type, mode: Mode) -> Ty {
    let span = cx.span(tree.span());
    let kind = match tree {
        syn::Type::Path(path) if path.qself.is_none() && path.path.segments.len() == 1 => {
            path_type(cx, &path.path.segments[0], mode)
        }
        syn::Type::Infer(_) if mode == Mode::Overlay => TyKind::Unchanged,
        syn::Type::Infer(_) => {
            cx.push(
                Diagnostic::error("E0520", "`_` stands for \"as it is\" in overlays only").at(span, "expected a type"),
            );
            TyKind::Wrong
        }
        other => {
            let text = other.to_token_stream().to_string();
            let mut diagnostic =
                Diagnostic::error("E0520", format!("`{text}` is not a type of contract files")).at(span, "not known");
            diagnostic = match other {
                syn::Type::Reference(_) => diagnostic.with_help("contracts have no references: write the type itself"),
                syn::Type::Slice(_) | syn::Type::Array(_) => diagnostic.with_help("write `Vec<…>` for a list"),
                _ => diagnostic.with_help(known_types()),
            };
            cx.push(diagnostic);
            TyKind::Wrong
        }
    };
    Ty { kind, span }
}

fn path_type(cx: &mut Cx<'_>, segment: &syn::PathSegment, mode: Mode) -> TyKind {
    let name = word(cx, &segment.ident);
    let mut arguments = Vec::new();
    match &segment.arguments {
        syn::PathArguments::None => {}
        syn::PathArguments::AngleBracketed(brackets) => {
            for argument in &brackets.args {
                if let syn::GenericArgument::Type(argument) = argument {
                    arguments.push(ty(cx, argument, mode));
                } else {
                    let span = cx.span(argument.span());
                    cx.push(Diagnostic::error("E0520", "expected a type here").at(span, "not a type"));
                    return TyKind::Wrong;
                }
            }
        }
        syn::PathArguments::Parenthesized(_) => {
            cx.push(Diagnostic::error("E0520", "contracts have no function types").at(name.span, "not a type"));
            return TyKind::Wrong;
        }
    }
    if arguments.iter().any(|argument| matches!(argument.kind, TyKind::Wrong)) {
        return TyKind::Wrong;
    }
    if arguments.len() > 1 {
        let message = format!("`{}` takes one type, not {}", name.text, arguments.len());
        cx.push(Diagnostic::error("E0520", message).at(name.span, ""));
        return TyKind::Wrong;
    }
    let argument = arguments.pop();
    match (name.text.as_str(), argument) {
        ("Option", Some(inner)) => {
            if let TyKind::Option(_) = inner.kind {
                cx.push(
                    Diagnostic::error("E0521", "`Option<Option<…>>` has no meaning on the wire")
                        .at(inner.span, "already optional"),
                );
                return TyKind::Wrong;
            }
            TyKind::Option(Box::new(inner))
        }
        ("Vec", Some(inner)) => {
            if let TyKind::List(_) = inner.kind {
                cx.push(
                    Diagnostic::error("E0521", "a list of lists needs a name for the inner list")
                        .at(inner.span, "a list in a list")
                        .with_help("write a struct with one member that holds the inner list"),
                );
                return TyKind::Wrong;
            }
            TyKind::List(Box::new(inner))
        }
        ("Option" | "Vec", None) => {
            let message = format!("`{}` needs a type: `{}<…>`", name.text, name.text);
            cx.push(Diagnostic::error("E0520", message).at(name.span, "of what?"));
            TyKind::Wrong
        }
        (text, argument) => match (scalar(text), argument) {
            (Some(builtin), None) => TyKind::Scalar(builtin),
            (Some(_), Some(argument)) => {
                let message = format!("`{text}` takes no type argument");
                cx.push(Diagnostic::error("E0520", message).at(argument.span, "not allowed here"));
                TyKind::Wrong
            }
            (None, argument) => TyKind::Named(name, argument.map(Box::new)),
        },
    }
}

/// What to say when a type is not known: Rust habits, other languages' habits, then the nearest name.
pub(super) fn suggest(name: &str, contract: &[&str]) -> String {
    let habit = match name {
        "str" | "string" | "Str" => Some("String"),
        "int" | "Int" | "Int32" | "isize" | "usize" => Some("i32"),
        "long" | "Int64" => Some("i64"),
        "short" | "Int16" => Some("i16"),
        "boolean" | "Boolean" => Some("bool"),
        "float" | "single" => Some("f32"),
        "double" | "Double" => Some("f64"),
        "money" | "BigDecimal" => Some("Decimal"),
        "dateTime" | "Timestamp" => Some("DateTime"),
        "Uuid" | "UUID" | "guid" => Some("Guid"),
        "base64Binary" | "Binary" => Some("Bytes"),
        "Any" | "AnyType" | "anyType" => Some("Xml"),
        _ => None,
    };
    let names = contract.iter().copied().chain(SCALARS.iter().map(|(name, _, _)| *name)).chain(["Option", "Vec"]);
    match habit.or_else(|| did_you_mean(name, names)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => known_types(),
    }
}

fn known_types() -> String {
    let names: Vec<_> = SCALARS.iter().map(|(name, _, _)| *name).collect();
    format!("known are {}, `Option<…>`, `Vec<…>` and the structs and enums of the contract", names.join(", "))
}
