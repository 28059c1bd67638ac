//! Modules and constants for namespaces.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{self, Content, Model, TypeId, TypeKind};

use super::ledger::{Identity, Ledger, Wanted};
use super::{ItemKind, Member, Module, ModuleId, Namespace, NamespaceId, Place, Plan, WireName, ident, items};

/// The modules of a plan and where each namespace's types go.
#[derive(Debug, Clone, Default)]
pub(super) struct Modules {
    pub(super) modules: Vec<Module>,
    pub(super) namespaces: Vec<Namespace>,
    by_uri: BTreeMap<String, (ModuleId, NamespaceId)>,
}

impl Modules {
    /// `type_namespaces`: those that hold types to print; `all`: every namespace named anywhere.
    ///
    /// A namespace that is on record keeps its place, in the root or in a module of its own, whatever comes beside it.
    pub(super) fn new(type_namespaces: &BTreeSet<&str>, all: &BTreeSet<&str>, flat: bool, ledger: &mut Ledger) -> Self {
        let uris: Vec<&str> = all.iter().copied().filter(|uri| !uri.is_empty()).collect();
        let names = unique_names(&uris);
        let placed = ledger.namespaces().any(|uri| ledger.recorded(uri, MODULE).is_some());
        let split = !flat && (placed || type_namespaces.len() > 1);
        let in_module = |uri: &str| {
            split && type_namespaces.contains(uri) && ledger.recorded(uri, MODULE).is_none_or(|name| !name.is_empty())
        };
        let apart: Vec<bool> = uris.iter().map(|uri| in_module(uri)).collect();
        let constants = constants(&uris, &names, ledger);
        let mut idents = module_names(&uris, &names, &apart, ledger).into_iter();
        let mut modules = vec![Module { ident: String::new(), docs: String::new(), shadowed: Vec::new() }];
        let mut namespaces = Vec::new();
        let mut by_uri = BTreeMap::new();
        for ((uri, constant), apart) in uris.iter().zip(constants).zip(apart) {
            let mut module = ModuleId(0);
            if apart {
                modules.push(Module {
                    ident: idents.next().unwrap_or_default(),
                    docs: format!("Types of the namespace `{uri}`."),
                    shadowed: Vec::new(),
                });
                module = ModuleId(modules.len() - 1);
            } else if !flat && type_namespaces.contains(*uri) {
                ledger.keep(Identity::new(*uri, MODULE), "");
            }
            namespaces.push(Namespace { ident: constant, uri: (*uri).to_owned(), used: false });
            by_uri.insert((*uri).to_owned(), (module, NamespaceId(namespaces.len() - 1)));
        }
        Self { modules, namespaces, by_uri }
    }

    /// The module for types of a namespace.
    pub(super) fn module(&self, uri: &str) -> ModuleId {
        self.by_uri.get(uri).map_or(ModuleId(0), |(module, _)| *module)
    }

    /// The module that a namespace on record has its types in; `None` for a module that is not there now.
    pub(super) fn place(&self, uri: &str, ledger: &Ledger) -> Option<ModuleId> {
        match self.by_uri.get(uri) {
            Some((module, _)) => Some(*module),
            None => ledger.recorded(uri, MODULE).is_none_or(str::is_empty).then_some(ModuleId(0)),
        }
    }

    /// The constant of a namespace; `None` for no namespace.
    pub(super) fn namespace(&self, uri: &str) -> Option<NamespaceId> {
        self.by_uri.get(uri).map(|(_, namespace)| *namespace)
    }
}

/// Namespaces that hold types, and all namespaces named anywhere.
pub(super) fn namespaces<'m>(model: &'m Model, unused: &BTreeSet<TypeId>) -> (BTreeSet<&'m str>, BTreeSet<&'m str>) {
    let mut types = BTreeSet::new();
    let mut all = BTreeSet::new();
    for ty in model.type_ids().filter(|id| !unused.contains(id)).map(|id| &model[id]) {
        let printed = match &ty.kind {
            TypeKind::Complex(_) => true,
            TypeKind::Simple(simple) => !simple.values.is_empty(),
        };
        if printed {
            types.insert(ty.name.ns());
            all.insert(ty.name.ns());
        }
        if let TypeKind::Complex(complex) = &ty.kind {
            all.extend(complex.attributes.iter().map(|attribute| attribute.name.ns.as_str()));
            if let Content::Particles(particle) = &complex.content {
                particle_namespaces(particle, &mut all);
            }
        }
    }
    all.extend(model.elements.iter().map(|element| element.name.ns.as_str()));
    for operation in model.services.iter().flat_map(|service| &service.operations) {
        all.insert(&operation.input.element.ns);
        all.extend(operation.output.as_ref().map(|output| output.element.ns.as_str()));
        all.extend(operation.faults.iter().map(|fault| fault.element.ns.as_str()));
        all.extend(operation.all_headers().map(|header| header.element.ns.as_str()));
    }
    types.remove("");
    if items::is_encoded(model) {
        all.extend(model.types.iter().filter_map(|ty| ty.name.given()).map(|name| name.ns.as_str()));
    }
    (types, all)
}

fn particle_namespaces<'m>(particle: &'m model::Particle, out: &mut BTreeSet<&'m str>) {
    match &particle.kind {
        model::ParticleKind::Element(element) => {
            out.insert(&element.name.ns);
            if let Some(items) = &element.items {
                particle_namespaces(items, out);
            }
        }
        model::ParticleKind::Any(_) => {}
        model::ParticleKind::Sequence(items) | model::ParticleKind::Choice(items) | model::ParticleKind::All(items) => {
            items.iter().for_each(|item| particle_namespaces(item, out));
        }
    }
}

/// Marks the namespaces that something printed refers to: a constant nobody uses is a warning in the caller's build.
pub(super) fn mark_used(plan: &mut Plan) {
    let mut used = BTreeSet::new();
    let mut name = |name: &WireName| used.extend(name.ns);
    let member = |member: &Member, name: &mut dyn FnMut(&WireName)| {
        member.ty.iter().for_each(|ty| name(ty));
        match &member.place {
            Place::Element | Place::Attribute => name(&member.name),
            Place::Wrapped(items) => {
                name(&member.name);
                name(&items.item);
                items.ty.iter().for_each(name);
            }
            _ => {}
        }
    };
    for item in &plan.items {
        match &item.kind {
            ItemKind::Record(record) => {
                name(&item.wire);
                record.fields.iter().for_each(|field| member(&field.member, &mut name));
            }
            ItemKind::Choice(choice) => {
                name(&item.wire);
                choice.variants.iter().for_each(|variant| member(&variant.member, &mut name));
            }
            ItemKind::Open(open) => {
                name(&item.wire);
                open.alternatives.iter().for_each(|alternative| member(&alternative.member, &mut name));
            }
            ItemKind::Enumeration(_) | ItemKind::Coded(_) => {}
        }
    }
    plan.elements.iter().for_each(|element| name(&element.name));
    for service in &plan.services {
        service.headers.iter().for_each(|header| name(&header.name));
        service.reply_headers.iter().flat_map(|it| &it.fields).for_each(|field| name(&field.name));
        for operation in &service.operations {
            name(&operation.input_name);
            operation.output_name.iter().for_each(&mut name);
            operation.headers.iter().for_each(|(header, _)| name(header));
            operation.detail.iter().flat_map(|detail| &detail.variants).for_each(|(_, element, _)| name(element));
        }
    }
    for namespace in used {
        plan.namespaces[namespace.0].used = true;
    }
}

/// The key of a namespace's module; an empty name is the root.
const MODULE: &str = "module";

fn constants(uris: &[&str], names: &[String], ledger: &mut Ledger) -> Vec<String> {
    let wanted: Vec<Wanted> = uris
        .iter()
        .zip(names)
        .map(|(uri, name)| Wanted {
            preferred: ident::shouty(&format!("ns {name}")),
            order: (*uri).to_owned().into(),
            identity: Identity::new(*uri, "constant"),
            chosen: false,
        })
        .collect();
    let scope = ledger.everywhere("constant");
    ledger.assign(wanted, &[], &scope)
}

fn module_names(uris: &[&str], names: &[String], apart: &[bool], ledger: &mut Ledger) -> Vec<String> {
    let wanted: Vec<Wanted> = uris
        .iter()
        .zip(names)
        .zip(apart)
        .filter(|(_, apart)| **apart)
        .map(|((uri, name), _)| Wanted {
            preferred: ident::snake(name),
            order: (*uri).to_owned().into(),
            identity: Identity::new(*uri, MODULE),
            chosen: false,
        })
        .collect();
    let mut scope = ledger.everywhere(MODULE);
    // Those of services stand beside them.
    scope.extend(ledger.everywhere("operations "));
    ledger.assign(wanted, &ROOT, &scope)
}

/// Names of the root module, or of every module.
const ROOT: [&str; 7] = ["operations", "elements", "facets", "rt", "tests", "std", "core"];

/// A short name for each namespace: its last telling segment, with as many before it as it takes to be the only one.
fn unique_names(uris: &[&str]) -> Vec<String> {
    let segments: Vec<Vec<String>> = uris.iter().map(|uri| segments(uri)).collect();
    let wanted: Vec<(String, String)> = segments
        .iter()
        .zip(uris)
        .map(|(own, uri)| {
            let clashes = |len: usize| segments.iter().filter(|other| tail(other, len) == tail(own, len)).count() > 1;
            let len = (1..own.len()).find(|len| !clashes(*len)).unwrap_or(own.len());
            (ident::snake(&tail(own, len).join("_")).trim_start_matches("r#").to_owned(), (*uri).to_owned())
        })
        .collect();
    ident::assign(&wanted, &ROOT)
}

fn tail(segments: &[String], len: usize) -> &[String] {
    &segments[segments.len().saturating_sub(len)..]
}

/// The telling parts of a namespace name, outermost first: versions and dates stay joined to what they version.
fn segments(uri: &str) -> Vec<String> {
    let bare = uri.split_once("://").map_or(uri, |(_, rest)| rest).trim_start_matches("urn:");
    let mut out: Vec<String> = Vec::new();
    for part in bare.split(['/', ':', '#', '?', '=', '.', '&']) {
        let part = part.trim();
        if part.is_empty()
            || matches!(part, "www" | "com" | "org" | "net" | "xsd" | "wsdl" | "asmx" | "svc" | "schemas")
        {
            continue;
        }
        let version = part.trim_start_matches(['v', 'V']).chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '_'));
        match out.last_mut() {
            Some(last) if version => {
                last.push('_');
                last.push_str(part);
            }
            _ => out.push(part.to_owned()),
        }
    }
    if out.is_empty() {
        out.push("ns".to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_tell_apart() {
        let uris = [
            "http://tempuri.org/",
            "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts",
            "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts.Responses",
            "http://fedex.com/ws/track/v16",
            "urn:ec.europa.eu:taxud:vies:services:checkVat:types",
            "urn:ec.europa.eu:taxud:vies:services:other:types",
        ];
        let names = unique_names(&uris);
        assert_eq!(names, ["tempuri", "contracts", "responses", "track_v16", "check_vat_types", "other_types"]);
    }
}
