//! The comparison as a whole: what is gone, what is new, and what is the same thing and has to be looked into.

use std::collections::BTreeSet;

use super::names;
use super::pairs::{self, Namespaces, Types};
use super::report::{Directions, Finding, Known, Owner, OwnerKind, Place, Report, verdicts};
use super::rules::{Rule, contract, documentation};
use super::uses;
use crate::model::{Alternatives, Builtin, Docs, Model, Name, Origin, SimpleKind, TypeId, TypeKind};

/// Compares two versions of a contract, as they are read (with overlays, before any pass).
///
/// # Example
/// ```no_run
/// use bindery_codegen::{diff, generate};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let read = |path: &str| {
///     let request = generate::Request { inputs: vec![path.into()], ..Default::default() };
///     generate::load(&request, Some("read"))
/// };
/// let (old, new) = (read("v1/service.wsdl")?, read("v2/service.wsdl")?);
/// let mut report = diff::compare(&old.model, &new.model);
/// report.locate(&old.sources, &new.sources);
/// println!("{} changes, wire {}", report.findings.len(), if report.wire_safe() { "safe" } else { "breaking" });
/// # Ok(())
/// # }
/// ```
pub fn compare(old: &Model, new: &Model) -> Report {
    let namespaces = pairs::namespaces(old, new);
    let types = pairs::types(old, new, &namespaces);
    let mut comparison = Comparison {
        old,
        new,
        old_alternatives: Alternatives::of(old),
        new_alternatives: Alternatives::of(new),
        old_uses: uses::of_types(old),
        new_uses: uses::of_types(new),
        namespaces,
        types,
        done: BTreeSet::new(),
        queue: Vec::new(),
        findings: Vec::new(),
    };
    comparison.run();
    let mut findings = comparison.findings;
    findings.iter_mut().for_each(Finding::seal);
    let mut report = Report { findings, ignored: Vec::new() };
    report.sort();
    report
}

/// Two contracts side by side, and what was found so far.
pub(super) struct Comparison<'m> {
    pub(super) old: &'m Model,
    pub(super) new: &'m Model,
    pub(super) old_alternatives: Alternatives,
    pub(super) new_alternatives: Alternatives,
    old_uses: Vec<Directions>,
    new_uses: Vec<Directions>,
    pub(super) namespaces: Namespaces,
    pub(super) types: Types,
    /// Pairs of types that were looked into, or are going to be.
    done: BTreeSet<(TypeId, TypeId)>,
    queue: Vec<(TypeId, TypeId, Spot)>,
    findings: Vec<Finding>,
}

/// Where the comparison is.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) owner: Owner,
    pub(super) path: String,
    pub(super) directions: Directions,
}

impl Spot {
    /// One step further in.
    pub(super) fn at(&self, step: &str) -> Self {
        let path = if self.path.is_empty() { step.to_owned() } else { format!("{}/{step}", self.path) };
        Self { path, ..self.clone() }
    }
}

/// A change before it is a finding.
#[derive(Debug, Clone, Default)]
pub(super) struct Change {
    pub(super) old: Option<Origin>,
    pub(super) new: Option<Origin>,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) known: Known,
}

impl Change {
    /// Something that is there in both.
    pub(super) fn both(old: Origin, new: Origin, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { old: Some(old), new: Some(new), before: before.into(), after: after.into(), known: Known::default() }
    }

    pub(super) fn gone(old: Origin, before: impl Into<String>) -> Self {
        Self { old: Some(old), before: before.into(), ..Self::default() }
    }

    pub(super) fn come(new: Origin, after: impl Into<String>) -> Self {
        Self { new: Some(new), after: after.into(), ..Self::default() }
    }

    pub(super) fn knowing(mut self, known: Known) -> Self {
        self.known = known;
        self
    }
}

impl<'m> Comparison<'m> {
    fn run(&mut self) {
        self.whole();
        self.elements();
        self.services();
        self.error_tables();
        let pairs: Vec<(TypeId, TypeId)> = self.types.forth.iter().map(|(old, new)| (*old, *new)).collect();
        for (old, new) in pairs {
            let spot = self.spot_of(old, new);
            self.look_into(old, new, &spot);
        }
        while let Some((old, new, spot)) = self.queue.pop() {
            self.compare_types(old, new, &spot);
        }
        self.unpaired();
        self.derived_types();
        names::collisions(self);
    }

    /// Adds a finding.
    pub(super) fn find(&mut self, rule: &'static Rule, spot: &Spot, change: Change) {
        let place = |origin: Option<Origin>| origin.and_then(|origin| origin.0).map(|span| Place { span, at: None });
        self.findings.push(Finding {
            rule,
            owner: spot.owner.clone(),
            path: spot.path.clone(),
            old: place(change.old),
            new: place(change.new),
            directions: spot.directions,
            verdicts: verdicts(rule, spot.directions, change.known),
            before: change.before,
            after: change.after,
            fingerprint: String::new(),
        });
    }

    /// Compares documentation, which has no verdict but is worth reading.
    pub(super) fn docs(&mut self, old: &Docs, new: &Docs, places: (Origin, Origin), spot: &Spot) {
        let words = |docs: &Docs| docs.0.split_whitespace().collect::<Vec<_>>().join(" ");
        let (before, after) = (words(old), words(new));
        if before != after {
            let change = Change::both(places.0, places.1, before, after);
            self.find(&documentation::DOCUMENTATION_CHANGED, spot, change);
        }
    }

    pub(super) fn contract_spot(&self) -> Spot {
        Spot {
            owner: Owner { kind: OwnerKind::Contract, name: String::new(), ns: String::new() },
            path: String::new(),
            directions: Directions::BOTH,
        }
    }

    /// What is said of the contract as a whole, its namespaces first.
    fn whole(&mut self) {
        let spot = self.contract_spot();
        if self.old.hand_written != self.new.hand_written {
            let kind = |model: &Model| if model.hand_written { "*.contract.rs" } else { "WSDL, XSD" };
            let change = Change { before: kind(self.old).into(), after: kind(self.new).into(), ..Change::default() };
            self.find(&contract::CONTRACT_KIND_CHANGED, &spot, change);
        }
        self.docs(&self.old.docs, &self.new.docs, (Origin::default(), Origin::default()), &spot);
        for (from, to) in self.namespaces.moved.clone() {
            let change = Change { before: from, after: to, ..Change::default() };
            self.find(&contract::NAMESPACE_CHANGED, &spot, change);
        }
        names::namespaces(self);
    }

    /// Where changes of a type are reported: under its name, or under that of the nearest named thing around it.
    pub(super) fn spot_of(&self, old: TypeId, new: TypeId) -> Spot {
        let spot = spot_of_type(self.new, new);
        Spot { directions: self.directions(Some(old), Some(new)), ..spot }
    }

    /// The messages a type occurs in, in either version.
    pub(super) fn directions(&self, old: Option<TypeId>, new: Option<TypeId>) -> Directions {
        let get = |uses: &[Directions], id: Option<TypeId>| {
            id.and_then(|id| uses.get(id.0 as usize).copied()).unwrap_or_default()
        };
        get(&self.old_uses, old).and(get(&self.new_uses, new))
    }

    /// Compares two types once, now or later.
    pub(super) fn look_into(&mut self, old: TypeId, new: TypeId, spot: &Spot) {
        if self.done.insert((old, new)) {
            self.queue.push((old, new, spot.clone()));
        }
    }

    /// Whether an old type is a new one.
    pub(super) fn paired(&self, old: TypeId, new: TypeId) -> bool {
        self.types.forth.get(&old) == Some(&new)
    }

    /// Types that are in one version only, and those that changed their names.
    fn unpaired(&mut self) {
        for (old, new) in self.types.renamed.clone() {
            let (before, after) = (&self.old[old], &self.new[new]);
            let named_on_wire = names::on_the_wire(self.old, old) || names::on_the_wire(self.new, new);
            let verdict = if named_on_wire { None } else { Some(super::Verdict::Safe) };
            let change = Change::both(before.origin, after.origin, before.name.to_string(), after.name.to_string())
                .knowing(Known { request: verdict, response: verdict, ..Known::default() });
            let spot = self.spot_of(old, new);
            self.find(&contract::TYPE_RENAMED, &spot, change);
        }
        for id in self.old.type_ids() {
            let ty = &self.old[id];
            let paired = self.types.forth.contains_key(&id);
            if !paired && ty.name.given().is_some() && !is_builtin(self.old, id) {
                let spot = Spot { directions: self.directions(Some(id), None), ..spot_of_type(self.old, id) };
                self.find(&contract::TYPE_REMOVED, &spot, Change::gone(ty.origin, ""));
            }
        }
        for id in self.new.type_ids() {
            let ty = &self.new[id];
            let paired = self.types.back.contains_key(&id);
            if !paired && ty.name.given().is_some() && !is_builtin(self.new, id) {
                let spot = Spot { directions: self.directions(None, Some(id)), ..spot_of_type(self.new, id) };
                self.find(&contract::TYPE_ADDED, &spot, Change::come(ty.origin, ""));
            }
        }
    }
}

/// Whether a type is XML Schema's own, which no version of a contract changes.
pub(super) fn is_builtin(model: &Model, id: TypeId) -> bool {
    let ty = &model[id];
    ty.name.ns() == "http://www.w3.org/2001/XMLSchema"
        || matches!(&ty.kind, TypeKind::Simple(simple)
            if matches!(simple.kind, SimpleKind::Builtin(Builtin::Guid | Builtin::Xml | Builtin::Attachment)) && simple.values.is_empty())
}

/// A type's own name, or the path to it from the nearest named thing.
fn spot_of_type(model: &Model, id: TypeId) -> Spot {
    let name = &model[id].name;
    let (kind, local, path) = match name {
        Name::Given(name) => (OwnerKind::Type, name.local.clone(), String::new()),
        Name::Derived { ns, path } => {
            let first = path.first().cloned().unwrap_or_default();
            let element = model.elements.iter().any(|element| element.name.local == first && element.name.ns == *ns);
            let kind = if element { OwnerKind::Element } else { OwnerKind::Type };
            (kind, first, path.get(1..).unwrap_or_default().join("/"))
        }
    };
    Spot {
        owner: Owner { kind, name: local.into(), ns: name.ns().to_owned() },
        path,
        directions: Directions::default(),
    }
}

/// A path with another last step.
pub(super) fn join(path: &str, step: &str) -> String {
    match path.rsplit_once('/') {
        Some((head, _)) => format!("{head}/{step}"),
        None => step.to_owned(),
    }
}
