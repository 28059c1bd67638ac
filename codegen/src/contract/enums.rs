//! Enumerations: codes, texts, choices, and tables of error codes.

use crate::diagnostic::Diagnostic;
use crate::model::{
    Builtin, Complex, Content, ElementUse, EnumValue, ErrorCode, ErrorTable, ErrorTableId, Occurs, Particle,
    ParticleKind, QName, Simple, TypeKind,
};
use crate::source::Span;

use super::ast::{Enumeration, Variant, Word};
use super::lower::{Base, Lower, enum_base};

impl Lower<'_, '_> {
    /// An `enum`: codes, texts, or a choice.
    pub(super) fn enumeration(&mut self, item: &Enumeration) -> TypeKind {
        if let (Some(open), Some(closed)) = (item.attrs.span("open"), item.attrs.span("closed")) {
            self.cx.push(Diagnostic::error("E0515", "an enum is either open or closed").at(closed, "").also(open, ""));
        }
        if item.variants.is_empty() {
            self.cx.push(Diagnostic::error("E0525", "an enum has at least one value").at(item.name.span, "empty"));
        }
        let base = enum_base(item);
        let mut names: Vec<(&str, Span)> = Vec::new();
        for variant in &item.variants {
            match names.iter().find(|(name, _)| *name == variant.name.text) {
                Some((_, earlier)) => {
                    let earlier = *earlier;
                    self.duplicate("value", &variant.name, earlier);
                }
                None => names.push((&variant.name.text, variant.name.span)),
            }
        }
        if base == Base::Choice {
            return TypeKind::Complex(self.choice(item));
        }
        if !item.attrs.has("open") && !item.attrs.has("closed") {
            self.cx.push(
                Diagnostic::warning("W0510", format!("`{}` does not say what a new value means", item.name.text))
                    .at(item.name.span, "read as open")
                    .with_help("write `#[open]` (unknown values are kept) or `#[closed]` (they are errors)"),
            );
        }
        let mut values: Vec<EnumValue> = Vec::new();
        let mut wide = false;
        for variant in &item.variants {
            let wire = match (base, variant.code) {
                (Base::Text, None) => {
                    let word = variant.attrs.get("wire").and_then(|attr| attr.first()).unwrap_or(&variant.name);
                    word.text.clone()
                }
                (Base::Text, Some((_, span))) => {
                    self.cx.push(
                        Diagnostic::error("E0525", "a `#[text]` enum has no codes")
                            .at(span, "remove this, or `#[text]`"),
                    );
                    continue;
                }
                (_, Some((code, _))) => {
                    wide |= i32::try_from(code).is_err();
                    code.to_string()
                }
                (_, None) => {
                    let message = format!("`{}::{}` has no wire value", item.name.text, variant.name.text);
                    self.cx.push(
                        Diagnostic::error("E0525", message)
                            .at(variant.name.span, "expected `= <integer>`")
                            .with_help("mark the enum `#[text]` if its values are written as text"),
                    );
                    continue;
                }
            };
            if let Some(earlier) = values.iter().find(|value| value.wire == wire) {
                let earlier = earlier.origin.0;
                self.cx.push(
                    Diagnostic::error("E0530", format!("value `{wire}` is given twice"))
                        .at(variant.name.span, "again here")
                        .also(earlier, "first here"),
                );
                continue;
            }
            values.push(EnumValue {
                wire: wire.into(),
                name: Some(variant.name.text.clone()),
                docs: variant.docs.clone(),
                origin: variant.name.span.into(),
            });
        }
        let builtin = match base {
            Base::Text => Builtin::String,
            _ if wide => Builtin::Long,
            _ => Builtin::Int,
        };
        let mut simple = Simple::plain(self.restriction(builtin));
        simple.values = values;
        simple.closed = item.attrs.has("closed");
        TypeKind::Simple(simple)
    }

    fn choice(&mut self, item: &Enumeration) -> Complex {
        let ns = self.type_ns(&item.attrs);
        let mut branches = Vec::new();
        for variant in &item.variants {
            let Some(ty) = &variant.payload else {
                self.cx.push(
                    Diagnostic::error("E0525", "every branch of a choice holds a type")
                        .at(variant.name.span, "expected `(Type)` after this"),
                );
                continue;
            };
            let wire = self.wire(&variant.attrs, &variant.name);
            let Some(used) = self.resolve(ty) else { continue };
            if used.optional || used.list {
                self.cx.push(
                    Diagnostic::error("E0517", "a branch of a choice is one value")
                        .at(ty.span, "name a struct that holds the list"),
                );
                continue;
            }
            let mut element = ElementUse::new(QName::new(&*ns, wire), used.ty);
            element.docs = variant.docs.clone();
            element.origin = variant.name.span.into();
            branches.push(Particle {
                occurs: Occurs::ONCE,
                kind: ParticleKind::Element(Box::new(element)),
                origin: variant.name.span.into(),
            });
        }
        Complex {
            content: Content::Particles(Particle {
                occurs: Occurs::ONCE,
                kind: ParticleKind::Choice(branches),
                origin: item.name.span.into(),
            }),
            data_contract: true,
            ..Complex::default()
        }
    }

    /// The table of an error enumeration, made when first named.
    pub(super) fn error_table(&mut self, word: &Word) -> Option<(usize, ErrorTableId)> {
        let (index, ty) = self.find_enum(word)?;
        let file = self.file;
        let item = &file.enums[index];
        if enum_base(item) != Base::Coded {
            self.cx.push(
                Diagnostic::error("E0526", format!("`{}` is not a table of codes", word.text))
                    .at(word.span, "expected an enum with `= <integer>` values"),
            );
            return None;
        }
        if let Some(id) = self.error_tables.get(&index) {
            return Some((index, *id));
        }
        let codes = error_codes(item);
        let id = self.model.add_error_table(ErrorTable { name: item.name.text.clone(), ty, codes });
        if let TypeKind::Simple(simple) = &mut self.model[ty].kind {
            simple.error_table = Some(id);
        }
        self.error_tables.insert(index, id);
        Some((index, id))
    }
}

/// The codes of a table, with what they say about trying again.
pub(super) fn error_codes(table: &Enumeration) -> Vec<ErrorCode> {
    let code = |variant: &Variant| {
        let (retry, not_executed) = (variant.attrs.has("retry"), variant.attrs.has("not_executed"));
        Some(ErrorCode { code: variant.code?.0, retry, not_executed })
    };
    table.variants.iter().filter_map(code).collect()
}
