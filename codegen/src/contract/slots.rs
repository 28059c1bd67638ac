//! Members of positional layouts and of packed strings.

use crate::diagnostic::Diagnostic;
use crate::model::{Builtin, Counter, ElementUse, Occurs, Particle, ParticleKind, QName, SlotUse};

use super::ast::{Member, Record};
use super::attrs::Attrs;
use super::lower::{Arrangement, Base, Lower, Use};
use super::types::{Part, rename};

impl Lower<'_, '_> {
    fn max(&mut self, attrs: &Attrs, base: &Base) -> Option<u32> {
        let word = attrs.get("max")?.first()?.clone();
        if !base.is_text() {
            self.cx
                .push(Diagnostic::error("E0517", "`#[max(…)]` limits text").at(word.span, "this member is not text"));
        }
        match word.text.parse::<u32>() {
            Ok(max) if max > 0 => Some(max),
            _ => {
                self.cx.push(
                    Diagnostic::error("E0518", format!("`#[max({})]` is not a length", word.text))
                        .at(word.span, format!("expected a number from 1 to {}", u32::MAX)),
                );
                None
            }
        }
    }

    pub(super) fn slot(&mut self, member: &Member, wire: String, used: Use) -> Option<Part> {
        let count = member.attrs.get("count").and_then(|attr| attr.first()).map(|word| match word.text.as_str() {
            "values" => Counter::Values,
            _ => Counter::Entries,
        });
        if let Some(span) = member.attrs.span("count")
            && !used.list
        {
            let message = format!("a counter counts the entries of a list, and `{wire}` is not a `Vec`");
            self.cx.push(
                Diagnostic::error("E0524", message).at(member.ty.span, "nothing to count").also(span, "").with_help(
                    "put `#[count(…)]` on the list: the counter slot before it is written and read by itself",
                ),
            );
        }
        if !self.check_slot_type(member, &used) {
            return None;
        }
        let max_len = self.max(&member.attrs, &used.base);
        let slot = SlotUse { count, trailing: member.attrs.has("trailing"), none: None, max_len };
        let occurs = match (used.list, used.optional) {
            (true, _) => Occurs::ANY,
            (false, true) => Occurs::OPTIONAL,
            (false, false) => Occurs::ONCE,
        };
        Some(positional(member, wire, &used, slot, occurs))
    }

    fn check_slot_type(&mut self, member: &Member, used: &Use) -> bool {
        let problem = match used.base {
            Base::Record(i) => {
                let record = &self.file.records[i];
                match record.arrangement() {
                    Arrangement::Xml => Some("a struct in a positional layout is `#[slots]` or `#[packed(…)]` itself"),
                    Arrangement::Slots if used.optional && !used.list => {
                        Some("several slots cannot be absent together: use a counted list")
                    }
                    _ => None,
                }
            }
            Base::Choice => Some("a choice has no positional form"),
            Base::Scalar(Builtin::Xml) => Some("raw XML has no positional form"),
            _ if used.list && used.optional => Some("a list of slots is never absent: an empty one has counter 0"),
            _ => None,
        };
        match problem {
            Some(problem) => {
                self.cx.push(Diagnostic::error("E0517", problem).at(member.ty.span, "cannot be a slot"));
                false
            }
            None => true,
        }
    }

    pub(super) fn packed_part(&mut self, member: &Member, wire: String, used: Use) -> Option<Part> {
        if used.list || !used.base.is_text() {
            self.cx.push(
                Diagnostic::error("E0517", "a part of a packed string is one piece of text")
                    .at(member.ty.span, "not one piece of text"),
            );
            return None;
        }
        let none = member.attrs.get("none").and_then(|attr| attr.first()).cloned();
        match (&none, used.optional) {
            (None, true) => self.cx.push(
                Diagnostic::error("E0519", format!("`{wire}` may be absent, but nothing says what is written then"))
                    .at(member.ty.span, "optional")
                    .with_help("add `#[none(-1)]` with the text that means \"none\""),
            ),
            (Some(word), false) => self.cx.push(
                Diagnostic::error("E0519", "`#[none(…)]` says how `None` is written, but this part is never absent")
                    .at(word.span, "write `Option<…>` as its type"),
            ),
            _ => {}
        }
        let max_len = self.max(&member.attrs, &used.base);
        let slot = SlotUse { none: none.map(|word| word.text), max_len, ..SlotUse::default() };
        let occurs = if used.optional { Occurs::OPTIONAL } else { Occurs::ONCE };
        Some(positional(member, wire, &used, slot, occurs))
    }

    /// The literal texts of a packed pattern: before, between and after its members.
    pub(super) fn separators(&mut self, record: &Record) -> Vec<String> {
        let Some(pattern) = record.attrs.get("packed").and_then(|attr| attr.first()).cloned() else {
            return Vec::new();
        };
        let mut separators = vec![String::new()];
        let mut names = Vec::new();
        let mut rest = pattern.text.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                self.cx.push(Diagnostic::error("E0519", "a `{` in the pattern is not closed").at(pattern.span, ""));
                return Vec::new();
            };
            if let Some(last) = separators.last_mut() {
                last.push_str(before);
            }
            separators.push(String::new());
            names.push(name);
            rest = after;
        }
        if let Some(last) = separators.last_mut() {
            last.push_str(rest);
        }
        let members: Vec<&str> = record.members.iter().map(|member| member.name.text.as_str()).collect();
        if names != members {
            let expected: Vec<_> = members.iter().map(|name| format!("{{{name}}}")).collect();
            self.cx.push(
                Diagnostic::error("E0519", "the pattern does not name the struct's members in their order")
                    .at(pattern.span, format!("expected {} in this order", expected.join(", "))),
            );
        } else if separators.len() > 2 && separators[1..separators.len() - 1].iter().any(String::is_empty) {
            self.cx.push(
                Diagnostic::error("E0519", "two parts of the pattern stand side by side with nothing between")
                    .at(pattern.span, "cannot be taken apart again"),
            );
        }
        separators
    }
}

/// A member that is known by its place.
fn positional(member: &Member, wire: String, used: &Use, slot: SlotUse, occurs: Occurs) -> Part {
    let mut element = ElementUse::new(QName::new("", wire), used.ty);
    element.docs = member.docs.clone();
    element.secret = member.attrs.has("secret");
    element.rename = rename(&member.attrs);
    element.origin = member.name.span.into();
    element.slot = Some(Box::new(slot));
    let origin = member.name.span.into();
    Part::Element(Particle { occurs, kind: ParticleKind::Element(Box::new(element)), origin })
}
