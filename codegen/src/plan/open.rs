//! Bases with so many alternatives that an enum of them would be a burden: which they are, and what is generated instead.
//!
//! An enum costs its users a variant, a member and several match arms per alternative, again for each base above it. The
//! open form is one type of the runtime, `rt::Any<Base>`, and a table. Which form a base gets is a fact of the generated
//! interface, so it is chosen by settings first, then by what is on record, and by number only where these say nothing.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::{ElementId, QName, TypeId};

use super::items::{Drafting, Key};
use super::ledger::{Identity, Ledger};
use super::{ItemId, Member, PlanOptions, RustType};

/// More alternatives than this make a base open, unless the settings say otherwise. `docs/performance.md` has the
/// measurements.
pub const OPEN_ABOVE: usize = 64;

/// The forms as the record has them.
const OPEN: &str = "Open";
const ENUM: &str = "Enum";

/// A base with its alternatives, held through the runtime's `Any`.
#[derive(Debug, Clone)]
pub struct Open {
    /// Chosen by `xsi:type` rather than by element name.
    pub by_type: bool,
    /// What the alternatives derive from.
    pub base: Subject,
    /// The alternatives, by wire name.
    pub alternatives: Vec<Alternative>,
    /// The shape's last member: what the contract does not list.
    pub unknown: Member,
    /// The alternatives in the order of their local names, which readers search by.
    pub by_name: Vec<u16>,
}

impl Open {
    fn new(by_type: bool, base: Subject, alternatives: Vec<Alternative>, unknown: Member) -> Self {
        // More than a table can count are searched one by one.
        let all: Option<Vec<u16>> = (0..alternatives.len()).map(|index| u16::try_from(index).ok()).collect();
        let mut by_name = all.unwrap_or_default();
        by_name.sort_by_key(|index| alternatives[usize::from(*index)].member.name.local.clone());
        Self { by_type, base, alternatives, unknown, by_name }
    }
}

/// What stands for a base or an alternative in Rust's types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The type itself.
    Type(ItemId),
    /// An element: an index into the plan's markers.
    Element(usize),
}

/// What may stand where a base is declared.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// How callers name it.
    pub subject: Subject,
    /// What is held.
    pub ty: RustType,
    /// Its place in the shape.
    pub member: Member,
}

/// A type that stands for an element, in the module of entry points.
#[derive(Debug, Clone)]
pub struct Marker {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: String,
}

/// What decides about a base's form, and what was asked for.
#[derive(Debug, Default)]
pub(super) struct Forms {
    above: usize,
    open: BTreeSet<String>,
    enums: BTreeSet<String>,
    /// Entries of the settings that a base has used, and all bases seen.
    used: BTreeSet<String>,
    bases: BTreeSet<String>,
    /// What `Any` needs of what it holds can be derived.
    possible: bool,
    remarks: Vec<Diagnostic>,
}

impl Forms {
    pub(super) fn new(options: &PlanOptions) -> Self {
        let derived = |wanted: &str| options.derives.iter().any(|path| path.rsplit("::").next() == Some(wanted));
        Self {
            above: options.open_above,
            open: options.open_types.iter().cloned().collect(),
            enums: options.enum_types.iter().cloned().collect(),
            possible: ["Debug", "Clone", "PartialEq"].into_iter().all(derived),
            ..Self::default()
        }
    }

    /// Whether a base with so many alternatives is open: what the settings say, else what is on record, else by number.
    pub(super) fn is_open(
        &mut self,
        name: &QName,
        alternatives: usize,
        identity: Identity,
        ledger: &mut Ledger,
    ) -> bool {
        self.bases.insert(name.local.to_string());
        let mut asked = |names: &BTreeSet<String>| {
            let found =
                [name.local.to_string(), name.to_string()].into_iter().find(|spelling| names.contains(spelling));
            self.used.extend(found.clone());
            found.is_some()
        };
        let (open, closed) = (asked(&self.open), asked(&self.enums));
        if open && closed {
            let message = format!("the settings ask for `{}` as an open type and as an enum", name.local);
            self.remarks.push(Diagnostic::error("E0605", message).with_help("name it in one of the lists"));
        }
        if open && !self.possible {
            let message = format!("`{}` cannot be an open type without the usual derives", name.local);
            let help = "derive `Debug`, `Clone` and `PartialEq`, or leave it an enum";
            self.remarks.push(Diagnostic::error("E0606", message).with_help(help));
        }
        let recorded = ledger.recorded(&identity.ns, &identity.key).map(|form| form == OPEN);
        let form = match recorded {
            _ if !self.possible => false,
            _ if open || closed => open,
            Some(recorded) => recorded,
            None => {
                let wide = alternatives > self.above;
                if ledger.is_off() && alternatives * 4 > self.above * 3 {
                    self.remarks.push(self.close_call(&name.local, alternatives, wide));
                }
                wide
            }
        };
        ledger.keep(identity, if form { OPEN } else { ENUM });
        form
    }

    /// A note on a base whose form the next type of the vendor's may change.
    fn close_call(&self, base: &str, alternatives: usize, wide: bool) -> Diagnostic {
        let (form, list) = if wide { ("an open type", "open_types") } else { ("an enum", "enum_types") };
        Diagnostic::note("N0607", format!("`{base}` has {alternatives} alternatives and is {form}"))
            .with_note(format!(
                "a base with more than {} is an open type; nothing keeps this one from changing",
                self.above
            ))
            .with_help(format!("say `{list} = [\"{base}\"]`, or keep a `bindery.lock`"))
    }

    /// Says what there is to say about the settings, once all bases are known.
    pub(super) fn report(self, diagnostics: &mut Diagnostics) {
        for name in self.open.union(&self.enums).filter(|name| !self.used.contains(*name)) {
            let message = format!("`{name}` is no base of the contract that anything refers to");
            let mut diagnostic = Diagnostic::error("E0604", message);
            diagnostic = match did_you_mean(name, self.bases.iter().map(String::as_str)) {
                Some(near) => diagnostic.with_help(format!("did you mean `{near}`?")),
                None => diagnostic.with_help("name a type with derived types, or the head of a substitution group"),
            };
            diagnostics.push(diagnostic);
        }
        let mut remarks = self.remarks;
        remarks.sort_by(|a, b| a.message.cmp(&b.message));
        remarks.into_iter().for_each(|remark| diagnostics.push(remark));
    }
}

impl Drafting<'_> {
    /// The types that may stand where one is declared, as the open form has them.
    pub(super) fn open_types(&mut self, base: TypeId, types: &[TypeId], unknown: Member) -> Open {
        let mut types: Vec<(QName, TypeId)> =
            types.iter().map(|id| (self.model[*id].name.given().cloned().unwrap_or_default(), *id)).collect();
        types.sort();
        let alternatives = types
            .into_iter()
            .map(|(name, id)| {
                let item = self.item(Key::Type(id));
                let member = self.type_member(&name, id == base);
                Alternative { subject: Subject::Type(item), ty: RustType::Item(item), member }
            })
            .collect();
        Open::new(true, Subject::Type(self.item(Key::Type(base))), alternatives, unknown)
    }

    /// The elements of a substitution group, as the open form has them.
    pub(super) fn open_elements(&mut self, head: ElementId, elements: &[ElementId], unknown: Member) -> Open {
        let mut elements: Vec<(QName, ElementId)> =
            elements.iter().map(|id| (self.model[*id].name.clone(), *id)).collect();
        elements.sort();
        let alternatives = elements
            .into_iter()
            .map(|(_, id)| {
                let (mut ty, member) = self.element_member(id);
                // What is held stands in a box of its own.
                if let RustType::Option(inner) | RustType::NilOr(inner) = &mut ty
                    && let RustType::Boxed(value) = &mut **inner
                {
                    *inner = value.clone();
                } else if let RustType::Boxed(value) = ty {
                    ty = *value;
                }
                Alternative { subject: Subject::Element(self.marker(id)), ty, member }
            })
            .collect();
        Open::new(false, Subject::Element(self.marker(head)), alternatives, unknown)
    }

    fn marker(&mut self, element: ElementId) -> usize {
        let next = self.markers.len();
        *self.markers.entry(element).or_insert(next)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Names;
    use super::*;
    use crate::model::Model;

    /// Whether a base with so many alternatives is open, the form on record afterwards, and the codes of what was said.
    fn decide(
        options: &PlanOptions,
        alternatives: usize,
        recorded: Option<&str>,
    ) -> (bool, Option<String>, Vec<&'static str>) {
        let identity = Identity::new("urn:a", "form any:Event");
        let mut names = Names::default();
        if let Some(form) = recorded {
            names.0.entry("urn:a".into()).or_default().insert(identity.key.clone(), form.into());
        }
        let keeps = recorded.is_some();
        let mut ledger = Ledger::new(keeps.then_some(&names), &Model::default());
        let mut forms = Forms::new(options);
        let open = forms.is_open(&QName::new("urn:a", "Event"), alternatives, identity, &mut ledger);
        let mut diagnostics = Diagnostics::default();
        forms.report(&mut diagnostics);
        let form = ledger.into_names().map(|names| names.0["urn:a"]["form any:Event"].clone());
        (open, form, diagnostics.iter().map(|diagnostic| diagnostic.code).collect())
    }

    #[test]
    fn settings_come_before_the_record_and_the_record_before_the_number() {
        let number = PlanOptions { open_above: 8, ..PlanOptions::default() };
        assert_eq!(decide(&number, 6, None), (false, None, vec![]));
        assert_eq!(decide(&number, 8, None), (false, None, vec!["N0607"]));
        assert_eq!(decide(&number, 9, None), (true, None, vec!["N0607"]));
        assert_eq!(decide(&number, 9, Some(ENUM)), (false, Some(ENUM.into()), vec![]));
        assert_eq!(decide(&number, 2, Some(OPEN)), (true, Some(OPEN.into()), vec![]));
        let open = PlanOptions { open_types: vec!["Event".into()], ..number.clone() };
        assert_eq!(decide(&open, 2, Some(ENUM)), (true, Some(OPEN.into()), vec![]));
        let enums = PlanOptions { enum_types: vec!["{urn:a}Event".into()], ..number };
        assert_eq!(decide(&enums, 900, None), (false, None, vec![]));
    }

    #[test]
    fn settings_that_cannot_be_followed_are_errors() {
        let open = || PlanOptions { open_types: vec!["Event".into()], ..PlanOptions::default() };
        assert_eq!(decide(&PlanOptions { open_types: vec!["Evnet".into()], ..open() }, 2, None).2, ["E0604"]);
        assert_eq!(decide(&PlanOptions { enum_types: vec!["Event".into()], ..open() }, 2, None).2, ["E0605"]);
        assert_eq!(decide(&PlanOptions { derives: vec!["Debug".into()], ..open() }, 2, None).2, ["E0606"]);
        let derives = vec!["Debug".into(), "Clone".into()];
        assert!(!decide(&PlanOptions { derives, ..PlanOptions::default() }, 900, None).0);
    }
}
