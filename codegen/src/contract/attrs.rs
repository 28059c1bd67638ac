//! Attributes: read, and checked against [`super::specs`].
//!
//! One table, [`SPECS`], says which there are, what each takes and where each may stand. What is not in the table, or stands where the table does not allow it, is an error:
//! a misspelt attribute that was quietly skipped could turn a retry on or a secret off.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::source::Span;

use super::ast::Word;
use super::read::Cx;
pub(super) use super::specs::On;
use super::specs::{Expect, SPECS, Spec};

/// An argument's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Arg {
    Name(Word),
    Text(Word),
    /// An integer's digits, with a sign if it has one: converted where the range is known.
    Number(Word),
    Call(Word, Word),
}

impl Arg {
    /// Its text, whatever it is.
    pub(super) fn word(&self) -> &Word {
        match self {
            Self::Name(word) | Self::Text(word) | Self::Number(word) | Self::Call(word, _) => word,
        }
    }
}

/// One attribute whose arguments have been checked against its specification.
#[derive(Debug, Clone)]
pub(super) struct Attr {
    pub(super) name: Word,
    pub(super) args: Vec<Arg>,
    named: Vec<(Word, Arg)>,
}

impl Attr {
    /// The first positional argument.
    pub(super) fn first(&self) -> Option<&Word> {
        self.args.first().map(Arg::word)
    }

    /// The argument with this name.
    pub(super) fn named(&self, name: &str) -> Option<&Word> {
        self.arg(name).map(Arg::word)
    }

    pub(super) fn arg(&self, name: &str) -> Option<&Arg> {
        self.named.iter().find(|(known, _)| known.text == name).map(|(_, arg)| arg)
    }

    /// The names of the named arguments.
    pub(super) fn names(&self) -> impl Iterator<Item = &Word> {
        self.named.iter().map(|(name, _)| name)
    }
}

/// The attributes of one item.
#[derive(Debug, Default)]
pub(super) struct Attrs(Vec<Attr>);

impl Attrs {
    /// The attribute with this name.
    pub(super) fn get(&self, name: &str) -> Option<&Attr> {
        self.0.iter().find(|attr| attr.name.text == name)
    }

    /// All attributes with this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Attr> {
        self.0.iter().filter(move |attr| attr.name.text == name)
    }

    /// Whether the attribute is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The place of an attribute's name.
    pub(super) fn span(&self, name: &str) -> Option<Span> {
        self.get(name).map(|attr| attr.name.span)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Attr> {
        self.0.iter()
    }
}

/// Reads an item's attributes and splits off its documentation.
pub(super) fn parse(cx: &mut Cx<'_>, attrs: &[syn::Attribute], on: On) -> (Attrs, crate::model::Docs) {
    let mut found = Attrs::default();
    let mut docs: Vec<String> = Vec::new();
    for attr in attrs {
        let name = attr.path().get_ident().map(IdentExt::unraw);
        let span = cx.span(syn::spanned::Spanned::span(attr.path()));
        let Some(name) = name else {
            unknown(cx, &quote::ToTokens::to_token_stream(attr.path()).to_string().replace(' ', ""), span, on);
            continue;
        };
        let name = Word { text: name.to_string(), span };
        if name.text == "doc" {
            match &attr.meta {
                syn::Meta::NameValue(syn::MetaNameValue {
                    value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }),
                    ..
                }) => docs.extend(text.value().split('\n').map(str::to_owned)),
                _ => cx.push(
                    Diagnostic::error("E0512", "`#[doc]` holds a string")
                        .at(span, "")
                        .with_help("write `/// …` instead"),
                ),
            }
            continue;
        }
        let Some(spec) = SPECS.iter().find(|spec| spec.name == name.text) else {
            unknown(cx, &name.text, span, on);
            continue;
        };
        if !spec.on.contains(&on) {
            misplaced(cx, spec, span, on);
            continue;
        }
        if !spec.repeats
            && let Some(earlier) = found.get(spec.name)
        {
            let earlier = earlier.name.span;
            cx.push(
                Diagnostic::error("E0513", format!("`#[{}]` is given twice", spec.name))
                    .at(span, "again here")
                    .also(earlier, "first here"),
            );
            continue;
        }
        if let Some(attr) = arguments(cx, spec, name, attr) {
            found.0.push(attr);
        }
    }
    (found, crate::model::Docs(dedent(&docs).into()))
}

fn unknown(cx: &mut Cx<'_>, name: &str, span: Span, on: On) {
    let here = SPECS.iter().filter(|spec| spec.on.contains(&on));
    let mut diagnostic = Diagnostic::error("E0510", format!("no attribute `{name}` in contract files"))
        .at(span, format!("{} has no such attribute", on.a()));
    let near = did_you_mean(name, here.clone().map(|spec| spec.name))
        .or_else(|| did_you_mean(name, SPECS.iter().map(|spec| spec.name)))
        .or_else(|| former(name));
    diagnostic = match near.and_then(|near| SPECS.iter().find(|spec| spec.name == near)) {
        Some(spec) => diagnostic.with_help(format!("did you mean {}?", usage(spec))),
        None => {
            let known: Vec<_> = here.map(|spec| spec.name).collect();
            if known.is_empty() {
                diagnostic.with_help(format!("{} takes no attributes", on.a()))
            } else {
                diagnostic.with_help(format!("{} may have: {}", on.a(), known.join(", ")))
            }
        }
    };
    cx.push(diagnostic);
}

/// Words other description languages use for ours.
fn former(name: &str) -> Option<&'static str> {
    Some(match name {
        "sensitive" | "redact" | "private" | "sensitive_data" => "secret",
        "not_idempotent" | "irreversible" | "write" => "effectful",
        "readonly" | "safe" | "query" => "read",
        "namespace" => "ns",
        "serde" | "xml" => "wire",
        "nil" | "nillable" | "default" => "absent",
        "counter" | "len" => "count",
        "optional" => "trailing",
        "throws" => "raises",
        _ => return None,
    })
}

fn misplaced(cx: &mut Cx<'_>, spec: &Spec, span: Span, on: On) {
    let places: Vec<_> =
        spec.on.iter().filter(|other| other.is_overlay() == on.is_overlay()).map(|on| on.a()).collect();
    let mut diagnostic = Diagnostic::error("E0511", format!("`#[{}]` cannot stand on {}", spec.name, on.a()))
        .at(span, "not allowed here")
        .with_help(match (places.is_empty(), on.is_overlay()) {
            (false, _) => format!("it belongs on {}", places.join(", ")),
            (true, true) => "an overlay cannot change this: it is part of how the contract looks on the wire".into(),
            (true, false) => "it is for overlays only".into(),
        });
    if spec.name == "retry" && matches!(on, On::Operation | On::OverlayOperation | On::Service) {
        diagnostic = diagnostic.with_note(
            "whether a call may be repeated follows from its effect: an operation that is neither `#[read]` nor \
             `#[idempotent]` is irreversible and is never sent twice; `#[retry]` marks error codes that say \"try later\"",
        );
    }
    cx.push(diagnostic);
}

/// An argument list as written.
struct Given(Option<syn::Ident>, Value);

enum Value {
    Word(syn::Ident),
    Call(syn::Ident, syn::Ident),
    Text(syn::LitStr),
    Number(bool, syn::LitInt),
}

impl Parse for Given {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = if input.peek(syn::Ident::peek_any) && input.peek2(syn::Token![=]) {
            let key = input.call(syn::Ident::parse_any)?;
            input.parse::<syn::Token![=]>()?;
            Some(key)
        } else {
            None
        };
        Ok(Self(key, input.parse()?))
    }
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(syn::LitStr) {
            return input.parse().map(Self::Text);
        }
        if input.peek(syn::LitInt) {
            return input.parse().map(|number| Self::Number(false, number));
        }
        if input.peek(syn::Token![-]) && input.peek2(syn::LitInt) {
            input.parse::<syn::Token![-]>()?;
            return input.parse().map(|number| Self::Number(true, number));
        }
        if input.peek(syn::Ident::peek_any) {
            let word = input.call(syn::Ident::parse_any)?;
            if input.peek(syn::token::Paren) {
                let inner;
                syn::parenthesized!(inner in input);
                let argument = inner.call(syn::Ident::parse_any)?;
                if !inner.is_empty() {
                    return Err(inner.error("expected one word in the brackets"));
                }
                return Ok(Self::Call(word, argument));
            }
            return Ok(Self::Word(word));
        }
        Err(input.error("expected a name, a string or an integer"))
    }
}

fn arguments(cx: &mut Cx<'_>, spec: &Spec, name: Word, attr: &syn::Attribute) -> Option<Attr> {
    let tokens = match &attr.meta {
        syn::Meta::Path(_) => TokenStream::new(),
        syn::Meta::List(list) if matches!(list.delimiter, syn::MacroDelimiter::Paren(_)) => list.tokens.clone(),
        _ => {
            bad(cx, spec, name.span, "arguments stand in round brackets");
            return None;
        }
    };
    let parsed = match Punctuated::<Given, syn::Token![,]>::parse_terminated.parse2(tokens) {
        Ok(parsed) => parsed,
        Err(error) => {
            let range = cx.span(error.span());
            let whole = cx.span(syn::spanned::Spanned::span(&attr.meta));
            // An argument list that ends too early has no token to point at.
            let span = if range.start >= whole.start && range.end <= whole.end { range } else { whole };
            bad(cx, spec, span, &error.to_string());
            return None;
        }
    };
    let mut result = Attr { name, args: Vec::new(), named: Vec::new() };
    for Given(key, value) in parsed {
        let arg = convert(cx, value);
        match key {
            None => {
                let at = result.args.len();
                let last = spec.positional.len().saturating_sub(1);
                let expect = spec.positional.get(if spec.variadic { at.min(last) } else { at });
                match expect {
                    Some(expect) => check(cx, spec, *expect, &arg)?,
                    None => {
                        bad(cx, spec, arg.word().span, "one argument too many");
                        return None;
                    }
                }
                result.args.push(arg);
            }
            Some(key) => {
                let key = Word { text: key.unraw().to_string(), span: cx.span(key.span()) };
                let Some((_, expect, _)) = spec.named.iter().find(|(known, _, _)| *known == key.text) else {
                    let mut diagnostic =
                        Diagnostic::error("E0514", format!("`#[{}]` has no argument `{}`", spec.name, key.text))
                            .at(key.span, "not known");
                    diagnostic = match did_you_mean(&key.text, spec.named.iter().map(|(known, _, _)| *known)) {
                        Some(near) => diagnostic.with_help(format!("did you mean `{near}`?")),
                        None => diagnostic.with_help(format!("write {}", usage(spec))),
                    };
                    cx.push(diagnostic);
                    return None;
                };
                check(cx, spec, *expect, &arg)?;
                if let Some((earlier, _)) = result.named.iter().find(|(known, _)| known.text == key.text) {
                    let earlier = earlier.span;
                    cx.push(
                        Diagnostic::error("E0513", format!("argument `{}` is given twice", key.text))
                            .at(key.span, "again here")
                            .also(earlier, "first here"),
                    );
                    return None;
                }
                result.named.push((key, arg));
            }
        }
    }
    if result.args.len() < spec.required {
        bad(cx, spec, result.name.span, "an argument is missing");
        return None;
    }
    for (key, _, required) in spec.named {
        if *required && result.arg(key).is_none() {
            bad(cx, spec, result.name.span, &format!("argument `{key} = …` is missing"));
            return None;
        }
    }
    Some(result)
}

fn convert(cx: &Cx<'_>, value: Value) -> Arg {
    let word = |ident: &syn::Ident| Word { text: ident.unraw().to_string(), span: cx.span(ident.span()) };
    match value {
        Value::Word(ident) => Arg::Name(word(&ident)),
        Value::Call(ident, argument) => Arg::Call(word(&ident), word(&argument)),
        Value::Text(text) => Arg::Text(Word { text: text.value(), span: cx.span(text.span()) }),
        Value::Number(negative, number) => Arg::Number(Word {
            text: format!("{}{}", if negative { "-" } else { "" }, number.base10_digits()),
            span: cx.span(number.span()),
        }),
    }
}

/// `None` when the argument is not what is expected, which is then reported.
fn check(cx: &mut Cx<'_>, spec: &Spec, expect: Expect, arg: &Arg) -> Option<()> {
    let one_of = |cx: &mut Cx<'_>, word: &Word, known: &[&'static str]| {
        if known.contains(&word.text.as_str()) {
            return Some(());
        }
        let mut diagnostic = Diagnostic::error("E0514", format!("`{}` is not known to `#[{}]`", word.text, spec.name))
            .at(word.span, format!("expected one of: {}", known.join(", ")));
        if let Some(near) = did_you_mean(&word.text, known.iter().copied()) {
            diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
        }
        cx.push(diagnostic);
        None
    };
    let what = match (expect, arg) {
        (Expect::Name | Expect::NameOrText, Arg::Name(_))
        | (Expect::Text | Expect::NameOrText | Expect::Scalar, Arg::Text(_))
        | (Expect::Number | Expect::Scalar, Arg::Number(_)) => return Some(()),
        (Expect::OneOf(known), Arg::Name(word) | Arg::Text(word)) => return one_of(cx, word, known),
        (Expect::Call(known, _), Arg::Name(word)) => return one_of(cx, word, known),
        (Expect::Call(known, inner), Arg::Call(word, argument)) => {
            one_of(cx, word, known)?;
            return one_of(cx, argument, inner);
        }
        (Expect::Name, _) => "expected a name, without quotes".to_owned(),
        (Expect::Text, _) => "expected a string in quotes".to_owned(),
        (Expect::NameOrText, _) => "expected a name or a string".to_owned(),
        (Expect::Number, _) => "expected an integer".to_owned(),
        (Expect::Scalar, _) => "expected an integer or a string".to_owned(),
        (Expect::OneOf(known) | Expect::Call(known, _), _) => format!("expected one of: {}", known.join(", ")),
    };
    bad(cx, spec, arg.word().span, &what);
    None
}

/// How the attribute is written, in code quotes.
fn usage(spec: &Spec) -> String {
    format!("`{}`", spec.usage.replace(" or ", "` or `"))
}

fn bad(cx: &mut Cx<'_>, spec: &Spec, span: Span, what: &str) {
    cx.push(
        Diagnostic::error("E0514", format!("the arguments of `#[{}]` are not right", spec.name))
            .at(span, what)
            .with_help(format!("write {}", usage(spec))),
    );
}

/// Documentation lines without the blank that follows `///`, and without empty lines at both ends.
fn dedent(lines: &[String]) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usage_line_follows_its_own_specification() {
        let mut sources = crate::source::Sources::default();
        for spec in SPECS {
            for usage in spec.usage.split(" or ") {
                let text = format!("{} struct X {{}}", usage.replace("#![", "#["));
                let file = sources.add("usage", "", &*text);
                let mut diagnostics = crate::diagnostic::Diagnostics::default();
                let mut cx = Cx::new(file, &sources, &mut diagnostics);
                let item: syn::ItemStruct = syn::parse_str(&text).expect(usage);
                let (attrs, _) = parse(&mut cx, &item.attrs, spec.on[0]);
                assert!(attrs.has(spec.name), "{usage}: {diagnostics:?}");
            }
        }
    }
}
