//! Services, bindings and operations.

use crate::diagnostic::Diagnostics;
use crate::model::{self, Model, QName, TypeId, TypeKind};

use super::carriers::Carriers;
use super::ledger::{Identity, Ledger, Wanted};
use super::names::leaf;
use super::naming::Sources;
use super::output::{self, Outcome};
use super::{
    Binding, Detail, Effect, Element, Example, HeaderSetter, Operation, Plan, PlanOptions, RustType, Service, WireName,
    ident, reply_headers,
};

pub(super) fn plan(
    model: &Model,
    plan: &mut Plan,
    ledger: &mut Ledger,
    options: &PlanOptions,
    diagnostics: &mut Diagnostics,
) {
    plan.unqualified = unqualified(model);
    if model.services.is_empty() {
        return;
    }
    let names = ServiceNames::give(model, plan, ledger);
    for (service, names) in model.services.iter().zip(names) {
        let ServiceNames { client, info, module, bindings: idents } = names;
        let operations = operations(plan, ledger, service, diagnostics);
        let headers = headers(plan, ledger, service, &operations);
        let reply_headers = reply_headers::plan(plan, ledger, service, &operations);
        let bindings: Vec<Binding> = service
            .bindings
            .iter()
            .zip(idents)
            .map(|(binding, ident)| Binding {
                ident,
                name: binding.name.clone(),
                endpoint: binding.endpoint.clone().unwrap_or_default(),
                docs: binding.docs.0.to_string(),
                protocol: binding.protocol.clone(),
            })
            .collect();
        if options.example_tests {
            examples(service, &module, &operations, &bindings, plan);
        }
        plan.services.push(Service {
            client,
            info,
            module,
            name: service.name.clone(),
            docs: service.docs.0.to_string(),
            bindings,
            operations,
            headers,
            reply_headers,
        });
    }
}

/// The names of one service.
struct ServiceNames {
    client: String,
    info: String,
    module: String,
    bindings: Vec<String>,
}

impl ServiceNames {
    /// Names all services of a contract, which stand side by side.
    fn give(model: &Model, plan: &Plan, ledger: &mut Ledger) -> Vec<Self> {
        let wanted = |kind: &str, service: &model::Service, preferred: String, order: String| Wanted {
            preferred,
            order: order.into(),
            identity: Identity::new(&service.ns, format!("{kind} {}", service.name)),
            chosen: false,
        };
        let services = || model.services.iter();
        let clients: Vec<Wanted> = services()
            .map(|service| {
                let order = format!("{}{}", service.ns, service.name);
                wanted("client", service, client_name(&service.name), order)
            })
            .collect();
        let types = root_types(plan);
        let types: Vec<&str> = types.iter().map(String::as_str).collect();
        let clients = ledger.assign(clients, &types, &ledger.everywhere("client "));
        let mut statics: Vec<Wanted> = Vec::new();
        for service in services() {
            statics.extend(service.bindings.iter().map(|binding| Wanted {
                preferred: ident::shouty(&binding.name),
                order: format!("{}{}", service.name, binding.name).into(),
                identity: Identity::new(&service.ns, format!("binding {} {}", service.name, binding.name)),
                chosen: false,
            }));
        }
        statics.extend(services().map(|service| {
            let preferred = ident::shouty(&format!("{} service", service.name));
            wanted("service", service, preferred, service.name.clone())
        }));
        let taken = root_statics(plan);
        let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
        let mut scope = ledger.everywhere("binding ");
        scope.extend(ledger.everywhere("service "));
        let mut idents = ledger.assign(statics, &taken, &scope).into_iter();
        let bindings: Vec<Vec<String>> =
            services().map(|service| idents.by_ref().take(service.bindings.len()).collect()).collect();
        let modules = operation_modules(model, plan, ledger);
        clients
            .into_iter()
            .zip(idents)
            .zip(modules)
            .zip(bindings)
            .map(|(((client, info), module), bindings)| Self { client, info, module, bindings })
            .collect()
    }
}

/// Where the operations' markers stand: `operations` for an only service, and for the one that was the only one.
fn operation_modules(model: &Model, plan: &Plan, ledger: &mut Ledger) -> Vec<String> {
    let one = model.services.len() == 1;
    let wanted: Vec<Wanted> = model
        .services
        .iter()
        .map(|service| {
            let key = format!("operations {}", service.name);
            // A second service beside it must not take the word away, nor give it to another.
            let first = one && ledger.everywhere("operations ").is_empty();
            let plain = first || ledger.recorded(&service.ns, &key) == Some("operations");
            let named = || format!("{}_operations", ident::snake(&service.name).trim_start_matches("r#"));
            Wanted {
                preferred: if plain { "operations".to_owned() } else { named() },
                order: format!("{}{}", service.ns, service.name).into(),
                identity: Identity::new(&service.ns, key),
                chosen: false,
            }
        })
        .collect();
    let modules: Vec<&str> = plan.modules.iter().map(|module| module.ident.as_str()).collect();
    let taken: Vec<&str> = modules.into_iter().chain(["elements", "rt", "tests"]).collect();
    ledger.assign(wanted, &taken, &ledger.everywhere("operations "))
}

/// Methods every client has.
const METHODS: [&str; 3] = ["new", "with", "client"];

fn client_name(service: &str) -> String {
    let name = ident::upper_camel(service);
    if name.ends_with("Client") { name } else { format!("{name}Client") }
}

fn root_types(plan: &Plan) -> Vec<String> {
    plan.items.iter().filter(|item| item.module.0 == 0).map(|item| item.ident.clone()).collect()
}

fn root_statics(plan: &Plan) -> Vec<String> {
    plan.items
        .iter()
        .filter(|item| item.module.0 == 0)
        .map(|item| item.shape.clone())
        .chain(plan.namespaces.iter().map(|namespace| namespace.ident.clone()))
        .collect()
}

/// Whether any element of the contract's own types is in no namespace.
fn unqualified(model: &Model) -> bool {
    fn inside(particle: &model::Particle) -> bool {
        match &particle.kind {
            model::ParticleKind::Element(element) => {
                element.name.ns.is_empty() || element.items.as_ref().is_some_and(|items| inside(items))
            }
            model::ParticleKind::Any(_) => false,
            model::ParticleKind::Sequence(items)
            | model::ParticleKind::Choice(items)
            | model::ParticleKind::All(items) => items.iter().any(inside),
        }
    }
    model.types.iter().any(|ty| match &ty.kind {
        TypeKind::Complex(complex) => {
            matches!(&complex.content, model::Content::Particles(particle) if inside(particle))
        }
        TypeKind::Simple(_) => false,
    })
}

fn operations(
    plan: &Plan,
    ledger: &mut Ledger,
    service: &model::Service,
    diagnostics: &mut Diagnostics,
) -> Vec<Operation> {
    let sources = &plan.sources;
    let wanted = |kind: &str, name: fn(&str) -> String| -> Vec<Wanted> {
        let one = |(index, operation): (usize, &model::Operation)| Wanted {
            preferred: name(&operation.name),
            order: format!("{}/{index:05}", operation.name).into(),
            identity: Identity::new(&service.ns, format!("{kind} {} {}", service.name, operation.name)),
            chosen: false,
        };
        service.operations.iter().enumerate().map(one).collect()
    };
    let scope = |ledger: &Ledger, kind: &str| ledger.scope(&service.ns, &format!("{kind} {} ", service.name));
    let mut in_module = scope(ledger, "operation");
    in_module.extend(ledger.recorded(&service.ns, &format!("reply_headers {}", service.name)).map(str::to_owned));
    // Beside the markers stand functions that use these.
    let taken = ["Self", "Ok", "Some", "None"];
    let markers = ledger.assign(wanted("operation", ident::upper_camel), &taken, &in_module);
    // Setters of headers are methods too.
    let mut methods = scope(ledger, "method");
    methods.extend(scope(ledger, "header"));
    let methods = ledger.assign(wanted("method", ident::snake), &METHODS, &methods);
    // A marker is a value, too: one of capitals alone is spelt like a static. Nobody outside sees these.
    let statics: Vec<(String, String)> = markers
        .iter()
        .enumerate()
        .map(|(index, marker)| (ident::shouty(marker), format!("{marker}/{index:05}")))
        .collect();
    let infos = ident::assign(&statics, &markers.iter().map(String::as_str).collect::<Vec<_>>());
    service
        .operations
        .iter()
        .zip(markers.into_iter().zip(methods).zip(infos))
        .map(|(operation, ((marker, method), info))| {
            let reply = operation.output.as_ref().map_or(RustType::Unit, |output| {
                // A rule about success and failure looks into the reply: there must be one, of the type it was made for.
                let ruled = operation.reply != model::Reply::Plain;
                match sources.by_type.get(&output.ty) {
                    Some(item) if ruled => RustType::Item(*item),
                    _ if output.nillable && !ruled => {
                        RustType::Option(Box::new(message_type(sources, &output.element, output.ty)))
                    }
                    _ => message_type(sources, &output.element, output.ty),
                }
            });
            let Outcome { output, finish, code } = output::outcome(plan, operation, &reply, diagnostics);
            Operation {
                info,
                name: operation.name.clone(),
                docs: operation.docs.0.to_string(),
                effect: effect(&operation.effect),
                input_name: wire(sources, &operation.input.element),
                input: message_type(sources, &operation.input.element, operation.input.ty),
                output_name: operation.output.as_ref().map(|output| wire(sources, &output.element)),
                encoded: operation.encoded,
                reply,
                output,
                finish,
                code,
                detail: detail(sources, ledger, service, &marker, operation),
                routes: operation.routes.clone(),
                headers: operation
                    .headers
                    .iter()
                    .map(|header| (wire(sources, &header.element), header.required))
                    .collect(),
                reply_headers: !operation.reply_headers.is_empty(),
                marker,
                method,
            }
        })
        .collect()
}

pub(super) fn wire(sources: &Sources, name: &QName) -> WireName {
    WireName { ns: sources.modules.namespace(&name.ns), local: name.local.clone() }
}

/// The Rust type of a message's body or header.
pub(super) fn message_type(sources: &Sources, element: &QName, id: TypeId) -> RustType {
    carrier(sources, &sources.bodies, element, id)
}

/// What carries values of a type: something special, or its item.
fn carrier(sources: &Sources, special: &Carriers, element: &QName, id: TypeId) -> RustType {
    if let Some(ty) = special.get(&(id, sources.blocks.of_element(element, id))) {
        return ty.clone();
    }
    if let Some(item) = sources.by_type.get(&id) {
        return RustType::Item(*item);
    }
    // Nothing is said about it that could be typed.
    RustType::Runtime("AnyType")
}

fn effect(effect: &model::Effect) -> Effect {
    match effect {
        model::Effect::Read => Effect::Read,
        model::Effect::Idempotent { .. } => Effect::Idempotent,
        model::Effect::Effectful => Effect::Effectful { settled_by: String::new() },
        model::Effect::Settled { by, .. } => Effect::Effectful { settled_by: by.clone() },
    }
}

fn detail(
    sources: &Sources,
    ledger: &mut Ledger,
    service: &model::Service,
    marker: &str,
    operation: &model::Operation,
) -> Option<Detail> {
    let mut variants: Vec<(String, WireName, RustType)> = Vec::new();
    let prefix = format!("fault {} {}/", service.name, operation.name);
    let wanted: Vec<Wanted> = operation
        .faults
        .iter()
        .map(|fault| Wanted {
            preferred: ident::upper_camel(&fault.element.local),
            order: fault.element.to_string().into(),
            identity: Identity::new(&service.ns, format!("{prefix}{}", leaf(&service.ns, &fault.element))),
            chosen: false,
        })
        .collect();
    let idents = ledger.assign(wanted, &["Self"], &ledger.scope(&service.ns, &prefix));
    for (fault, ident) in operation.faults.iter().zip(idents) {
        let name = wire(sources, &fault.element);
        if !variants.iter().any(|(_, known, _)| *known == name) {
            variants.push((ident, name, carrier(sources, &sources.faults, &fault.element, fault.ty)));
        }
    }
    (!variants.is_empty()).then(|| Detail { ident: format!("{marker}Detail"), variants })
}

/// A setter for every header any operation declares.
fn headers(plan: &Plan, ledger: &mut Ledger, service: &model::Service, operations: &[Operation]) -> Vec<HeaderSetter> {
    let mut found: Vec<(WireName, TypeId, &QName)> = Vec::new();
    for header in service.operations.iter().flat_map(|operation| &operation.headers) {
        let name = wire(&plan.sources, &header.element);
        if !found.iter().any(|(known, ..)| *known == name) {
            found.push((name, header.ty, &header.element));
        }
    }
    let prefix = format!("header {} ", service.name);
    let wanted: Vec<Wanted> = found
        .iter()
        .map(|(name, _, element)| Wanted {
            preferred: setter(&name.local),
            order: element.to_string().into(),
            identity: Identity::new(&service.ns, format!("{prefix}{}", leaf(&service.ns, element))),
            chosen: false,
        })
        .collect();
    let taken: Vec<&str> = operations.iter().map(|operation| operation.method.as_str()).chain(METHODS).collect();
    let mut scope = ledger.scope(&service.ns, &prefix);
    scope.extend(ledger.scope(&service.ns, &format!("method {} ", service.name)));
    ledger
        .assign(wanted, &taken, &scope)
        .into_iter()
        .zip(found)
        .map(|(method, (name, ty, element))| HeaderSetter {
            method,
            name,
            ty: message_type(&plan.sources, element, ty),
        })
        .collect()
}

/// The method that sets a header of this name. Two underscores in a row would be a warning.
fn setter(local: &str) -> String {
    format!("set_{}", ident::snake(local).trim_start_matches("r#").trim_start_matches('_'))
}

/// A typed entry point for each global element that can stand at the root of a document.
pub(super) fn elements(model: &Model, plan: &mut Plan, ledger: &mut Ledger, options: &PlanOptions) {
    if !options.elements && !model.services.is_empty() {
        return;
    }
    let elements: Vec<(model::ElementId, &model::Element)> =
        model.entry_points().into_iter().map(|id| (id, &model[id])).collect();
    let wanted: Vec<Wanted> = elements
        .iter()
        .map(|(_, element)| Wanted {
            preferred: ident::shouty(&element.name.local),
            order: element.name.to_string().into(),
            identity: Identity::new(&element.name.ns, format!("element {}", element.name.local)),
            chosen: false,
        })
        .collect();
    let mut found: Vec<Element> = ledger
        .assign(wanted, &[], &ledger.everywhere("element "))
        .into_iter()
        .zip(elements)
        .map(|(ident, (id, element))| Element {
            ident,
            name: wire(&plan.sources, &element.name),
            docs: element.docs.0.clone(),
            ty: root_type(plan, id, element),
            flags: plan.sources.root_flags.get(&id).cloned().unwrap_or_default(),
            facets: plan.sources.tables.of_member(
                model,
                element.ty,
                element.default.as_deref(),
                element.fixed.as_deref(),
            ),
        })
        .collect();
    found.sort_by(|a, b| a.ident.cmp(&b.ident));
    plan.elements = found;
}

fn root_type(plan: &Plan, id: model::ElementId, element: &model::Element) -> RustType {
    let exact = plan.sources.roots.get(&id).cloned();
    let ty = exact.unwrap_or_else(|| message_type(&plan.sources, &element.name, element.ty));
    match element.nillable {
        true if plan.sources.nil_roots.contains(&id) => RustType::NilOr(Box::new(ty)),
        true => RustType::Option(Box::new(ty)),
        false => ty,
    }
}

/// Example messages become tests of what can be read again: records, not bare text.
fn examples(service: &model::Service, module: &str, operations: &[Operation], bindings: &[Binding], plan: &mut Plan) {
    for (operation, planned) in service.operations.iter().zip(operations) {
        for example in &operation.examples {
            let Some(binding) = bindings.get(example.binding) else { continue };
            plan.examples.push(Example {
                test: ident::snake(&format!(
                    "{} {} {}",
                    operation.name,
                    binding.name,
                    example.path.rsplit('/').next().unwrap_or("")
                )),
                operation: (module.to_owned(), planned.marker.clone()),
                binding: binding.ident.clone(),
                path: example.path.clone(),
                request: None,
                response: None,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn setters_are_called_after_headers() {
        let names = ["AuthHeader", "type", "_2", "_auth"].map(super::setter);
        assert_eq!(names, ["set_auth_header", "set_type", "set_2", "set_auth"]);
    }
}
