//! What an overlay says about members: elements wherever they stand in a type's content, and attributes.

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{Absent, Attribute, Content, ElementUse, Particle, ParticleKind, TypeId, TypeKind};

use super::super::ast::{Member, Ty, TyKind};
use super::super::parse::suggest;
use super::Patch;

/// How a member's type is to change.
#[derive(Default)]
struct Change {
    ty: Option<TypeId>,
    optional: bool,
}

impl Patch<'_, '_> {
    /// Patches a member of a type.
    pub(super) fn member(&mut self, owner: TypeId, shown: &str, member: &Member) {
        let Some(change) = self.change(&member.ty) else { return };
        let wire = member.attrs.get("wire").and_then(|attr| attr.first()).unwrap_or(&member.name).clone();
        let TypeKind::Complex(complex) = &mut self.model[owner].kind else { return };
        let mut matched = 0;
        if let Content::Particles(particle) = &mut complex.content {
            each_element(particle, &mut |element, occurs| {
                if element.name.local == wire.text {
                    matched += 1;
                    patch_element(element, member, &change);
                    if change.optional {
                        occurs.min = 0;
                    }
                    if member.attrs.has("required") {
                        occurs.min = occurs.min.max(1);
                    }
                }
            });
        }
        for attribute in &mut complex.attributes {
            if attribute.name.local == wire.text {
                matched += 1;
                patch_attribute(attribute, member, &change);
            }
        }
        if matched > 0 {
            return;
        }
        let mut known: Vec<String> =
            complex.attributes.iter().map(|attribute| attribute.name.local.to_string()).collect();
        if let Content::Particles(particle) = &mut complex.content {
            each_element(particle, &mut |element, _| known.push(element.name.local.to_string()));
        }
        let inherited = complex.derivation.is_some();
        let mut diagnostic = Diagnostic::error("E0562", format!("`{shown}` has no member `{}`", wire.text))
            .at(wire.span, "matches nothing")
            .with_note("an overlay that matches nothing is an error: a vendor's rename must not undo it in silence");
        diagnostic = match did_you_mean(&wire.text, known.iter().map(String::as_str)) {
            Some(near) => diagnostic.with_help(format!("did you mean `{near}`?")),
            None if known.is_empty() => diagnostic.with_help(format!("`{shown}` has no members at all")),
            None => diagnostic.with_help(format!("its members are: {}", known.join(", "))),
        };
        if inherited {
            diagnostic = diagnostic.with_help("members of its base type are patched there");
        }
        self.cx.push(diagnostic);
    }

    /// What the type in an overlay asks for. `None` when it is wrong, which is then reported.
    fn change(&mut self, ty: &Ty) -> Option<Change> {
        match &ty.kind {
            TyKind::Unchanged => Some(Change::default()),
            TyKind::Option(inner) => Some(Change { optional: true, ..self.change(inner)? }),
            TyKind::Scalar(builtin) => Some(Change { ty: Some(self.scalar(*builtin)), optional: false }),
            TyKind::Named(name, None) => {
                if let Some((id, _)) = self.added(&name.text) {
                    return Some(Change { ty: Some(id), optional: false });
                }
                let added: Vec<&str> = self
                    .file
                    .enums
                    .iter()
                    .filter(|item| item.attrs.has("add"))
                    .map(|item| item.name.text.as_str())
                    .collect();
                let help = suggest(&name.text, &added);
                self.cx.push(
                    Diagnostic::error(
                        "E0564",
                        format!("`{}` is neither a scalar nor an enum this overlay adds", name.text),
                    )
                    .at(name.span, "not known")
                    .with_help(help)
                    .with_help("write `_` to leave the type as it is"),
                );
                None
            }
            TyKind::List(_) | TyKind::Named(..) => {
                self.cx.push(
                    Diagnostic::error(
                        "E0564",
                        "an overlay cannot change how often a member occurs or what it is made of",
                    )
                    .at(ty.span, "expected `_`, `Option<_>`, a scalar or an added enum"),
                );
                None
            }
            TyKind::Wrong => None,
        }
    }
}

fn patch_element(element: &mut ElementUse, member: &Member, change: &Change) {
    if !member.docs.is_empty() {
        element.docs = member.docs.clone();
    }
    element.secret |= member.attrs.has("secret");
    if let Some(word) = member.attrs.get("rename").and_then(|attr| attr.first()) {
        element.rename = Some(word.text.clone());
    }
    if let Some(word) = member.attrs.get("absent").and_then(|attr| attr.first()) {
        element.absent = Some(match word.text.as_str() {
            "nil" => Absent::Nil,
            "empty" => Absent::Empty,
            _ => Absent::Omit,
        });
    }
    if let Some(ty) = change.ty {
        match &mut element.items {
            // The items of a list are what has a type; the list stays a list.
            Some(items) => {
                if let ParticleKind::Element(item) = &mut items.kind {
                    item.ty = ty;
                }
            }
            None => {
                element.ty = ty;
                element.global = None;
            }
        }
    }
}

fn patch_attribute(attribute: &mut Attribute, member: &Member, change: &Change) {
    if !member.docs.is_empty() {
        attribute.docs = member.docs.clone();
    }
    attribute.secret |= member.attrs.has("secret");
    if let Some(word) = member.attrs.get("rename").and_then(|attr| attr.first()) {
        attribute.rename = Some(word.text.clone());
    }
    if let Some(ty) = change.ty {
        attribute.ty = ty;
    }
    if change.optional {
        attribute.required = false;
    }
    if member.attrs.has("required") {
        attribute.required = true;
    }
}

/// Visits every element of a content model with its occurrence, without recursion.
pub(super) fn each_element(root: &mut Particle, visit: &mut dyn FnMut(&mut ElementUse, &mut crate::model::Occurs)) {
    let mut stack = vec![root];
    while let Some(particle) = stack.pop() {
        match &mut particle.kind {
            ParticleKind::Element(element) => visit(element, &mut particle.occurs),
            ParticleKind::Sequence(parts) | ParticleKind::Choice(parts) | ParticleKind::All(parts) => {
                stack.extend(parts.iter_mut().rev());
            }
            ParticleKind::Any(_) => {}
        }
    }
}
