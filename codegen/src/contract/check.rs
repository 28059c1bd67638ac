//! Rules that span members and types: counters, order of slots, cycles, and names that look like secrets.

use std::collections::BTreeMap;

use heck::ToSnakeCase;

use crate::diagnostic::Diagnostic;
use crate::model::{Builtin, Content, Layout, Model, Particle, ParticleKind, TypeId, TypeKind};

use super::ast::{Member, Ty};
use super::lower::{Base, Lower, Use};

/// Words that make a member's name look like a secret.
const SECRET_WORDS: &[&str] =
    &["password", "pwd", "passphrase", "token", "secret", "key", "pin", "card", "cvv", "cvc", "nonce"];

impl Lower<'_, '_> {
    /// Warns of a member that is named like a secret and not marked as one.
    pub(super) fn check_secret(&mut self, member: &Member, used: &Use) {
        if member.attrs.has("secret") || member.attrs.has("public") || used.base == Base::Scalar(Builtin::Boolean) {
            if let (Some(secret), Some(public)) = (member.attrs.span("secret"), member.attrs.span("public")) {
                self.cx.push(
                    Diagnostic::error("E0515", "a member is either secret or public").at(public, "").also(secret, ""),
                );
            }
            return;
        }
        if let Some(word) = secret_word(&member.name.text) {
            self.cx.push(
                Diagnostic::warning(
                    "W0501",
                    format!("`{}` looks like a secret and is not marked `#[secret]`", member.name.text),
                )
                .at(member.name.span, format!("named like a {word}"))
                .with_help("write `#[secret]` to keep it out of Debug, logs and errors, or `#[public]` if it is none"),
            );
        }
    }

    /// What may follow what in a positional layout.
    pub(super) fn check_slots(&mut self, members: &[(&Member, Ty)], particles: &[Particle]) {
        let element = |particle: &Particle| match &particle.kind {
            ParticleKind::Element(element) => {
                Some((element.name.local.clone(), element.origin.0, element.slot.clone()))
            }
            _ => None,
        };
        let mut open: Option<(String, Option<crate::source::Span>)> = None;
        let mut trailing: Option<(String, Option<crate::source::Span>)> = None;
        for particle in particles {
            let Some((name, span, slot)) = element(particle) else { continue };
            let slot = slot.unwrap_or_default();
            if let Some((list, place)) = &open {
                self.cx.push(
                    Diagnostic::error("E0527", format!("slot `{name}` is unreachable: `{list}` before it takes all slots that are left"))
                        .at(span, "can never be reached")
                        .also(*place, "a list without a counter")
                        .with_help(format!(
                            "write `#[count(entries)]` on `{list}`: its counter stands before it and is no member of its own"
                        )),
                );
                break;
            }
            if let (Some((earlier, place)), false) = (&trailing, slot.trailing) {
                self.cx.push(
                    Diagnostic::error(
                        "E0528",
                        format!("`{name}` follows `{earlier}`, which may be left out together with all after it"),
                    )
                    .at(span, "must be `#[trailing]` too")
                    .also(*place, ""),
                );
            }
            if slot.trailing && !particle.occurs.repeats() && particle.occurs.min > 0 {
                self.cx.push(
                    Diagnostic::error("E0528", format!("`{name}` may be left out, but its type cannot say so"))
                        .at(span, "write `Option<…>` as its type"),
                );
            }
            if slot.trailing {
                trailing = Some((name.to_string(), span));
            }
            if particle.occurs.repeats() && slot.count.is_none() {
                open = Some((name.to_string(), span));
            }
        }
        // A counter that someone wrote as a member would be written twice.
        for (member, _) in members {
            let name = &member.name.text;
            let Some(stem) = name.strip_suffix("Counter").or_else(|| name.strip_suffix("Count")) else { continue };
            if let Some(list) =
                members.iter().find(|(other, _)| other.attrs.has("count") && related(stem, &other.name.text))
            {
                self.cx.push(
                    Diagnostic::warning("W0502", format!("`{name}` looks like the counter of `{}`", list.0.name.text))
                        .at(member.name.span, "a slot of its own")
                        .also(list.0.name.span, "this list writes its counter by itself")
                        .with_help("remove the member if it is that counter"),
                );
            }
        }
    }

    /// Checks that need the whole model.
    pub(super) fn check_file(&mut self) {
        for (path, slots) in cycles(&self.model) {
            let names: Vec<String> = path.iter().map(|id| short(&self.model, *id)).collect();
            let place = path.first().and_then(|id| self.model[*id].origin.0);
            let (message, help) = if slots {
                (
                    format!("positional layouts contain each other: {}", names.join(" → ")),
                    "a positional layout is finite: take one of them out",
                )
            } else {
                (
                    format!("`{}` contains itself and never ends: {}", names[0], names.join(" → ")),
                    "make one of the members `Option<…>` or `Vec<…>`",
                )
            };
            self.cx.push(Diagnostic::error("E0529", message).at(place, "goes round").with_help(help));
        }
        let file = self.file;
        for (i, item) in file.enums.iter().enumerate() {
            if self.error_tables.contains_key(&i) {
                continue;
            }
            for variant in &item.variants {
                for name in ["retry", "not_executed"] {
                    if let Some(span) = variant.attrs.span(name) {
                        self.cx.push(
                            Diagnostic::error(
                                "E0526",
                                format!(
                                    "`#[{name}]` is for error codes, and no `#[errors({})]` names this enum",
                                    item.name.text
                                ),
                            )
                            .at(span, "")
                            .with_help("add `#[errors(…)]` to the service or the operation"),
                        );
                    }
                }
            }
        }
        if file.services.is_empty() && file.records.is_empty() && file.enums.is_empty() {
            let end = crate::source::Span { file: self.cx.file, start: 0, end: 0 };
            self.cx.push(
                Diagnostic::error("E0550", "the contract holds nothing")
                    .at(end, "no service and no type")
                    .with_help("a contract has a `trait` for its service and a `struct` for each message"),
            );
        }
    }
}

/// `ProvisioningItems` and `ProvisioningItem`, `Items` and `ItemsData` and the like.
fn related(stem: &str, list: &str) -> bool {
    let trim = |name: &str| name.trim_end_matches('s').to_ascii_lowercase();
    !stem.is_empty() && trim(stem) == trim(list)
}

/// The word of a name that makes it look secret, if there is one. Whole words only: `PlugIn` is no pin.
pub(super) fn secret_word(name: &str) -> Option<&'static str> {
    let snake = name.to_snake_case();
    let words: Vec<&str> = snake.split('_').collect();
    SECRET_WORDS.iter().copied().find(|secret| {
        words.iter().any(|word| {
            let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
            word == *secret || word.strip_suffix('s') == Some(secret)
        })
    })
}

fn short(model: &Model, id: TypeId) -> String {
    match &model[id].name {
        crate::model::Name::Given(name) => name.local.to_string(),
        crate::model::Name::Derived { path, .. } => path.join("/"),
    }
}

/// Types that cannot be held because they contain themselves, each as the path that leads back, and whether positional.
fn cycles(model: &Model) -> Vec<(Vec<TypeId>, bool)> {
    let mut edges: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for id in model.type_ids() {
        let TypeKind::Complex(complex) = &model[id].kind else { continue };
        let positional = complex.layout != Layout::Xml;
        let Content::Particles(Particle { kind: ParticleKind::Sequence(parts), .. }) = &complex.content else {
            continue;
        };
        for part in parts {
            let ParticleKind::Element(element) = &part.kind else { continue };
            let must = part.occurs.min > 0 && element.items.is_none();
            if (must || positional) && matches!(model[element.ty].kind, TypeKind::Complex(_)) {
                edges.entry(id).or_default().push(element.ty);
            }
        }
    }
    // Depth-first with a stack of its own: a long chain of types must not end the process.
    let mut state: BTreeMap<TypeId, bool> = BTreeMap::new();
    let mut found = Vec::new();
    for start in model.type_ids() {
        if state.contains_key(&start) {
            continue;
        }
        let mut stack = vec![(start, 0)];
        state.insert(start, true);
        while let Some((id, next)) = stack.last_mut() {
            let id = *id;
            let Some(to) = edges.get(&id).and_then(|to| to.get(*next)).copied() else {
                state.insert(id, false);
                stack.pop();
                continue;
            };
            *next += 1;
            match state.get(&to) {
                Some(true) => {
                    let from = stack.iter().position(|(other, _)| *other == to).unwrap_or(0);
                    let mut path: Vec<TypeId> = stack[from..].iter().map(|(id, _)| *id).collect();
                    path.push(to);
                    let positional =
                        matches!(&model[to].kind, TypeKind::Complex(complex) if complex.layout != Layout::Xml);
                    found.push((path, positional));
                }
                Some(false) => {}
                None => {
                    state.insert(to, true);
                    stack.push((to, 0));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::secret_word;

    #[test]
    fn secrets_are_told_by_whole_words() {
        for name in [
            "Password",
            "AuthToken",
            "TokenValue",
            "CardNumberID",
            "Keys",
            "ApiKey",
            "pin",
            "CVV",
            "NewPassword2",
            "CVCID",
        ] {
            let expected = name != "CVCID"; // one word to us: a contract marks it itself
            assert_eq!(secret_word(name).is_some(), expected, "{name}");
        }
        for name in ["PluginID", "ShippingAddress", "Keyboard", "Monkey", "Discarded", "SpinCount"] {
            assert_eq!(secret_word(name), None, "{name}");
        }
    }
}
