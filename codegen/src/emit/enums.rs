//! Choices, types told by `xsi:type`, and enumerations.

use super::records::{derives, derives_with, shape};
use super::scope::Scope;
use super::writer::{Group, Writer};
use crate::plan::{Choice, Coded, Enumeration, Item, Value};

/// What the runtime wants of every enumeration, whatever the caller derives.
const LISTED: &[&str] = &["Debug", "Clone", "PartialEq"];

/// The enum of a choice.
pub(super) fn declare_choice(w: &mut Writer, scope: &Scope<'_>, item: &Item, choice: &Choice) {
    w.docs(&item.docs);
    derives(w, scope, false);
    head(w, item);
    for variant in &choice.variants {
        w.docs(&variant.docs);
        w.ident(&variant.ident);
        w.open(Group::Parens);
        scope.ty(w, &variant.ty);
        w.close();
        w.code(",");
        w.end();
    }
    w.leave();
}

/// The shape of a choice and its codec.
pub(super) fn wire_choice(w: &mut Writer, scope: &Scope<'_>, item: &Item, choice: &Choice) {
    let (kind, read, write) = if choice.by_type {
        ("rt::Kind::Types", "at.typed", "to.typed")
    } else {
        ("rt::Kind::Choice", "at.choice", "to.choice")
    };
    shape(w, scope, item, |w| w.code(kind), choice.variants.iter().map(|variant| &variant.member), &[]);
    w.blank();
    let idents = || choice.variants.iter().map(|variant| variant.ident.as_str());
    let vacant = |w: &mut Writer, ident: &str| {
        w.code("Self::");
        w.ident(ident);
        w.code("(rt::Value::vacant())");
    };
    imp(w, "Choice", item, |w| {
        w.block("fn select(&mut self, index: usize) -> &mut dyn rt::Value", |w| {
            w.block("if rt::Choice::selected(self).0 != index", |w| {
                w.code("*self = ");
                // The index is one of the shape's own, so the last arm stands for the last variant.
                let last = choice.variants.len() - 1;
                if last == 0 {
                    vacant(w, &choice.variants[0].ident);
                } else {
                    w.code("match index ");
                    w.open(Group::Lines);
                    for (index, ident) in idents().enumerate() {
                        if index == last {
                            w.code("_");
                        } else {
                            w.number(index as i128);
                        }
                        w.code(" => ");
                        vacant(w, ident);
                        w.comma();
                    }
                    w.close();
                }
                w.code(";");
                w.end();
            });
            w.block("match self", |w| {
                for ident in idents() {
                    w.code("Self::");
                    w.ident(ident);
                    w.code("(value) => value,");
                    w.end();
                }
            });
        });
        w.blank();
        w.block("fn selected(&self) -> (usize, &dyn rt::Value)", |w| {
            w.block("match self", |w| {
                for (index, ident) in idents().enumerate() {
                    w.code("Self::");
                    w.ident(ident);
                    w.code("(value) => (");
                    w.number(index as i128);
                    w.code(", value),");
                    w.end();
                }
            });
        });
    });
    w.blank();
    let shaped = |w: &mut Writer, call: &'static str| {
        w.code(call);
        w.open(Group::Parens);
        w.code("&");
        w.ident(&item.shape);
        w.comma();
        w.code("self");
        w.close();
        w.end();
    };
    let vacant = |w: &mut Writer| {
        vacant(w, &choice.variants[choice.vacant].ident);
        w.end();
    };
    value(w, item, vacant, |w| shaped(w, read), |w| shaped(w, write));
}

/// The enum of an enumeration over text.
pub(super) fn declare_enumeration(w: &mut Writer, scope: &Scope<'_>, item: &Item, enumeration: &Enumeration) {
    w.docs(&item.docs);
    derives_with(w, scope, LISTED);
    head(w, item);
    variants(w, &enumeration.values);
    for kind in &enumeration.kinds {
        w.ident(&kind.ident);
        w.code("(");
        scope.ty(w, &kind.ty);
        w.code("),");
        w.end();
    }
    if let Some(unknown) = &enumeration.unknown {
        w.line(match (enumeration.text, enumeration.values.is_empty()) {
            (true, true) => "/// Other text, which the contract allows.",
            (true, false) => "/// Text that the contract allows beside the values it lists.",
            (false, true) => "/// A text that is none of these.",
            (false, false) => "/// A value this version of the contract does not list.",
        });
        w.ident(unknown);
        w.code("(");
        w.code(scope.std("String"));
        w.code("),");
        w.end();
    }
    w.leave();
}

/// The codec of an enumeration over text.
pub(super) fn wire_enumeration(w: &mut Writer, scope: &Scope<'_>, item: &Item, enumeration: &Enumeration) {
    let unknown = enumeration.unknown.as_deref();
    imp(w, "Enumeration", item, |w| {
        w.code("const VALUES: &'static [(&'static str, Self)] = &");
        table(w, &enumeration.values, |w, wire| w.string(wire));
        if let Some(of) = enumeration.of {
            w.blank();
            w.code("const OF: ");
            w.code(scope.std("Option"));
            w.code("<rt::Builtin> = ");
            w.code(scope.std("Some"));
            w.code("(rt::Builtin::");
            w.code(of);
            w.code(");");
            w.end();
        }
        w.blank();
        if enumeration.text {
            w.line("const TEXT: bool = true;");
            w.blank();
        }
        w.code(if unknown.is_some() { "fn unknown(text: &str) -> " } else { "fn unknown(_: &str) -> " });
        w.code(scope.std("Option"));
        w.code("<Self>");
        w.enter();
        if enumeration.kinds.is_empty() {
            unknown_value(w, scope, unknown, "text.into()");
        } else {
            kinds(w, scope, enumeration);
        }
        w.leave();
        w.blank();
        w.block("fn as_text(&self) -> ::std::borrow::Cow<'_, str>", |w| {
            w.code("::std::borrow::Cow::Borrowed");
            w.open(Group::Parens);
            w.code("match self ");
            w.open(Group::Lines);
            for value in &enumeration.values {
                own(w, &value.ident);
                w.code(" => ");
                w.string(&value.wire);
                w.comma();
            }
            for kind in &enumeration.kinds {
                own(w, &kind.ident);
                w.code("(value) => return rt::union_text(value)");
                w.comma();
            }
            if let Some(unknown) = unknown {
                own(w, unknown);
                w.code("(text) => text");
                w.comma();
            }
            w.close();
            w.close();
            w.end();
        });
        let is_union = enumeration.text || !enumeration.kinds.is_empty();
        if let Some(unknown) = unknown.filter(|_| is_union) {
            w.blank();
            w.block("fn is_listed(&self) -> bool", |w| {
                if enumeration.text {
                    w.line("true");
                } else {
                    w.code("!matches!(self, ");
                    own(w, unknown);
                    w.code("(_))");
                    w.end();
                }
            });
        }
    });
    w.blank();
    let vacant = |w: &mut Writer| match unknown {
        Some(unknown) => {
            own(w, unknown);
            w.code("(");
            w.code(scope.std("String"));
            w.code("::new())");
            w.end();
        }
        None => first(w, &enumeration.values),
    };
    value(w, item, vacant, |w| w.line("at.enumeration(self)"), |w| w.line("to.enumeration(self)"));
}

/// The enum of an enumeration over an integer.
pub(super) fn declare_coded(w: &mut Writer, scope: &Scope<'_>, item: &Item, coded: &Coded) {
    w.docs(&item.docs);
    derives_with(w, scope, &["Debug", "Clone", "PartialEq", "Copy", "Eq"]);
    head(w, item);
    variants(w, &coded.values);
    if let Some(unknown) = &coded.unknown {
        w.line("/// A code this version of the contract does not list.");
        w.ident(unknown);
        w.code("(i64),");
        w.end();
    }
    w.leave();
}

/// The codec of an enumeration over an integer.
pub(super) fn wire_coded(w: &mut Writer, scope: &Scope<'_>, item: &Item, coded: &Coded) {
    let unknown = coded.unknown.as_deref();
    imp(w, "Coded", item, |w| {
        w.code("const VALUES: &'static [(i64, Self)] = &");
        table(w, &coded.values, |w, wire| w.number((*wire).into()));
        if coded.long {
            w.blank();
            w.line("const LONG: bool = true;");
        }
        w.blank();
        w.code(if unknown.is_some() { "fn unknown(code: i64) -> " } else { "fn unknown(_: i64) -> " });
        w.code(scope.std("Option"));
        w.code("<Self>");
        w.enter();
        unknown_value(w, scope, unknown, "code");
        w.leave();
        w.blank();
        w.block("fn as_code(&self) -> i64", |w| {
            w.block("match self", |w| {
                for value in &coded.values {
                    own(w, &value.ident);
                    w.code(" => ");
                    w.number(value.wire.into());
                    w.code(",");
                    w.end();
                }
                if let Some(unknown) = unknown {
                    own(w, unknown);
                    w.code("(code) => *code,");
                    w.end();
                }
            });
        });
    });
    w.blank();
    let vacant = |w: &mut Writer| match unknown {
        Some(unknown) => {
            own(w, unknown);
            w.code("(0)");
            w.end();
        }
        None => first(w, &coded.values),
    };
    value(w, item, vacant, |w| w.line("at.coded(self)"), |w| w.line("to.coded(self)"));
    if let Some((retry, not_executed)) = &coded.errors {
        w.blank();
        imp(w, "Code", item, |w| {
            w.block("fn code(&self) -> ::std::borrow::Cow<'_, str>", |w| {
                w.line("::std::borrow::Cow::Owned(rt::Coded::as_code(self).to_string())");
            });
            says(w, retry, "fn retry_later(&self) -> bool");
            says(w, not_executed, "fn not_executed(&self) -> bool");
        });
    }
}

/// `pub enum Name {`
fn head(w: &mut Writer, item: &Item) {
    w.code("pub enum ");
    w.ident(&item.ident);
    w.enter();
}

/// `Self::Variant`
fn own(w: &mut Writer, ident: &str) {
    w.code("Self::");
    w.ident(ident);
}

fn variants<W>(w: &mut Writer, values: &[Value<W>]) {
    for value in values {
        w.docs(&value.docs);
        w.ident(&value.ident);
        w.code(",");
        w.end();
    }
}

/// The values in the order of what is on the wire, which readers search by.
fn table<W: Ord>(w: &mut Writer, values: &[Value<W>], wire: impl Fn(&mut Writer, &W)) {
    let mut sorted: Vec<&Value<W>> = values.iter().collect();
    sorted.sort_by(|a, b| a.wire.cmp(&b.wire));
    w.open(Group::Brackets);
    for value in sorted {
        w.open(Group::Parens);
        wire(w, &value.wire);
        w.comma();
        own(w, &value.ident);
        w.close();
        w.comma();
    }
    w.close();
    w.code(";");
    w.end();
}

/// The value of the first of a union's types that a text is of.
fn kinds(w: &mut Writer, scope: &Scope<'_>, enumeration: &Enumeration) {
    w.line("let mut found = rt::OneOf::new(text);");
    for kind in &enumeration.kinds {
        w.code("found.try_as");
        w.open(Group::Parens);
        super::facets::slice(w, scope, &kind.bounds);
        w.comma();
        own(w, &kind.ident);
        w.close();
        w.code(";");
        w.end();
    }
    if let Some(unknown) = &enumeration.unknown {
        w.code("found.or(");
        own(w, unknown);
        w.code(")");
        w.end();
    }
}

/// What a value that is not listed becomes.
fn unknown_value(w: &mut Writer, scope: &Scope<'_>, unknown: Option<&str>, from: &'static str) {
    match unknown {
        Some(unknown) => {
            w.code(scope.std("Some"));
            w.code("(");
            own(w, unknown);
            w.code("(");
            w.code(from);
            w.code("))");
        }
        None => w.code(scope.std("None")),
    }
    w.end();
}

/// A closed enumeration starts as its first value.
fn first<W>(w: &mut Writer, values: &[Value<W>]) {
    own(w, &values[0].ident);
    w.end();
}

/// A method of `Code` that holds for these variants; the trait's own answer serves where there are none.
fn says(w: &mut Writer, variants: &[String], head: &'static str) {
    if variants.is_empty() {
        return;
    }
    w.blank();
    w.block(head, |w| {
        w.code("matches!");
        w.open(Group::Parens);
        w.code("self");
        w.comma();
        for (index, variant) in variants.iter().enumerate() {
            if index > 0 {
                w.code(" | ");
            }
            own(w, variant);
        }
        w.close();
        w.end();
    });
}

/// An implementation of one of the runtime's traits.
fn imp(w: &mut Writer, of: &'static str, item: &Item, body: impl FnOnce(&mut Writer)) {
    w.code("impl rt::");
    w.code(of);
    w.code(" for ");
    w.ident(&item.ident);
    w.enter();
    body(w);
    w.leave();
}

/// The implementation of `Value`.
pub(super) fn value(
    w: &mut Writer,
    item: &Item,
    vacant: impl FnOnce(&mut Writer),
    read: impl FnOnce(&mut Writer),
    write: impl FnOnce(&mut Writer),
) {
    imp(w, "Value", item, |w| {
        w.block("fn vacant() -> Self", vacant);
        w.blank();
        w.block("fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read", read);
        w.blank();
        w.block("fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write", write);
    });
}
