//! Services, bindings and operations.

use crate::diagnostic::Diagnostics;
use crate::model::{self, Model, QName, TypeId, TypeKind};

use super::naming::Sources;
use super::output::{self, Outcome};
use super::{
    Binding, Detail, Effect, Element, Example, HeaderSetter, Operation, Plan, PlanOptions, RustType, Service, WireName,
    ident, scalars,
};

pub(super) fn plan(model: &Model, plan: &mut Plan, options: &PlanOptions, diagnostics: &mut Diagnostics) {
    plan.unqualified = unqualified(model);
    if model.services.is_empty() {
        return;
    }
    let one = model.services.len() == 1;
    let types = root_types(plan);
    let wanted: Vec<(String, String)> = model
        .services
        .iter()
        .map(|service| (client_name(&service.name), format!("{}{}", service.ns, service.name)))
        .collect();
    let clients = ident::assign(&wanted, &types.iter().map(String::as_str).collect::<Vec<_>>());
    let statics: Vec<String> = root_statics(plan);
    let bindings: Vec<(String, String)> = model
        .services
        .iter()
        .flat_map(|service| {
            service
                .bindings
                .iter()
                .map(|binding| (ident::shouty(&binding.name), format!("{}{}", service.name, binding.name)))
        })
        .chain(
            model
                .services
                .iter()
                .map(|service| (ident::shouty(&format!("{} service", service.name)), service.name.clone())),
        )
        .collect();
    let mut names = ident::assign(&bindings, &statics.iter().map(String::as_str).collect::<Vec<_>>()).into_iter();
    let mut binding_names: Vec<Vec<String>> =
        model.services.iter().map(|service| names.by_ref().take(service.bindings.len()).collect()).collect();
    let infos: Vec<String> = names.collect();
    for (index, service) in model.services.iter().enumerate() {
        let module = if one {
            "operations".to_owned()
        } else {
            format!("{}_operations", ident::snake(&service.name).trim_start_matches("r#"))
        };
        let operations = operations(model, plan, service, diagnostics);
        let headers = headers(model, plan, service, &operations);
        let bindings: Vec<Binding> = service
            .bindings
            .iter()
            .zip(std::mem::take(&mut binding_names[index]))
            .map(|(binding, ident)| Binding {
                ident,
                name: binding.name.clone(),
                endpoint: binding.endpoint.clone().unwrap_or_default(),
                docs: binding.docs.0.clone(),
                protocol: binding.protocol.clone(),
            })
            .collect();
        if options.example_tests {
            examples(service, &module, &operations, &bindings, plan);
        }
        plan.services.push(Service {
            client: clients[index].clone(),
            info: infos[index].clone(),
            module,
            name: service.name.clone(),
            docs: service.docs.0.clone(),
            bindings,
            operations,
            headers,
        });
    }
}

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

fn operations(model: &Model, plan: &Plan, service: &model::Service, diagnostics: &mut Diagnostics) -> Vec<Operation> {
    let sources = &plan.sources;
    let wanted: Vec<(String, String)> = service
        .operations
        .iter()
        .enumerate()
        .map(|(index, operation)| (ident::upper_camel(&operation.name), format!("{}/{index:05}", operation.name)))
        .collect();
    let markers = ident::assign(&wanted, &["Self"]);
    let methods: Vec<(String, String)> = service
        .operations
        .iter()
        .zip(&wanted)
        .map(|(operation, (_, key))| (ident::snake(&operation.name), key.clone()))
        .collect();
    let taken: Vec<&str> = vec!["new", "with", "client"];
    let methods = ident::assign(&methods, &taken);
    service
        .operations
        .iter()
        .zip(markers.into_iter().zip(methods))
        .map(|(operation, (marker, method))| {
            let reply = operation.output.as_ref().map_or(RustType::Unit, |output| {
                let ty = message_type(model, sources, output.ty);
                // A rule about success and failure looks into the reply: there must be one.
                let may_be_nil = output.nillable && operation.reply == model::Reply::Plain;
                if may_be_nil { RustType::Option(Box::new(ty)) } else { ty }
            });
            let Outcome { output, finish, code } = output::outcome(plan, operation, &reply, diagnostics);
            Operation {
                info: ident::shouty(&marker),
                name: operation.name.clone(),
                docs: operation.docs.0.clone(),
                effect: effect(&operation.effect),
                input_name: wire(sources, &operation.input.element),
                input: message_type(model, sources, operation.input.ty),
                output_name: operation.output.as_ref().map(|output| wire(sources, &output.element)),
                encoded: operation.encoded,
                reply,
                output,
                finish,
                code,
                detail: detail(model, sources, &marker, operation),
                routes: operation.routes.clone(),
                headers: operation
                    .headers
                    .iter()
                    .map(|header| (wire(sources, &header.element), header.required))
                    .collect(),
                marker,
                method,
            }
        })
        .collect()
}

fn wire(sources: &Sources, name: &QName) -> WireName {
    WireName { ns: sources.modules.namespace(&name.ns), local: name.local.clone() }
}

/// The Rust type of a message body.
fn message_type(model: &Model, sources: &Sources, id: TypeId) -> RustType {
    if let Some(item) = sources.by_type.get(&id) {
        return RustType::Item(*item);
    }
    match &model[id].kind {
        TypeKind::Complex(_) => RustType::Runtime("AnyType"),
        TypeKind::Simple(simple) => match simple.kind {
            model::SimpleKind::Builtin(builtin) => scalars::builtin(builtin),
            model::SimpleKind::Restriction(base) => message_type(model, sources, base),
            model::SimpleKind::List(item) => RustType::List(Box::new(message_type(model, sources, item))),
            model::SimpleKind::Union(_) => RustType::String,
        },
    }
}

fn effect(effect: &model::Effect) -> Effect {
    match effect {
        model::Effect::Read => Effect::Read,
        model::Effect::Idempotent { .. } => Effect::Idempotent,
        model::Effect::Effectful => Effect::Effectful { settled_by: String::new() },
        model::Effect::Settled { by, .. } => Effect::Effectful { settled_by: by.clone() },
    }
}

fn detail(model: &Model, sources: &Sources, marker: &str, operation: &model::Operation) -> Option<Detail> {
    let mut variants: Vec<(String, WireName, RustType)> = Vec::new();
    let wanted: Vec<(String, String)> = operation
        .faults
        .iter()
        .map(|fault| (ident::upper_camel(&fault.element.local), fault.element.to_string()))
        .collect();
    for (fault, ident) in operation.faults.iter().zip(ident::assign(&wanted, &["Self"])) {
        let name = wire(sources, &fault.element);
        if !variants.iter().any(|(_, known, _)| *known == name) {
            variants.push((ident, name, message_type(model, sources, fault.ty)));
        }
    }
    (!variants.is_empty()).then(|| Detail { ident: format!("{marker}Detail"), variants })
}

/// A setter for every header any operation declares.
fn headers(model: &Model, plan: &Plan, service: &model::Service, operations: &[Operation]) -> Vec<HeaderSetter> {
    let mut found: Vec<(WireName, TypeId, String)> = Vec::new();
    for header in service.operations.iter().flat_map(|operation| &operation.headers) {
        let name = wire(&plan.sources, &header.element);
        if !found.iter().any(|(known, ..)| *known == name) {
            found.push((name, header.ty, header.element.to_string()));
        }
    }
    let methods: Vec<(String, String)> = found
        .iter()
        .map(|(name, _, key)| (format!("set_{}", ident::snake(&name.local).trim_start_matches("r#")), key.clone()))
        .collect();
    let taken: Vec<&str> =
        operations.iter().map(|operation| operation.method.as_str()).chain(["new", "with", "client"]).collect();
    ident::assign(&methods, &taken)
        .into_iter()
        .zip(found)
        .map(|(method, (name, ty, _))| HeaderSetter { method, name, ty: message_type(model, &plan.sources, ty) })
        .collect()
}

/// A typed entry point for each global element that can stand at the root of a document.
pub(super) fn elements(model: &Model, plan: &mut Plan, options: &PlanOptions) {
    if !options.elements && !model.services.is_empty() {
        return;
    }
    let elements: Vec<&model::Element> = model.elements.iter().filter(|element| !element.is_abstract).collect();
    let wanted: Vec<(String, String)> =
        elements.iter().map(|element| (ident::shouty(&element.name.local), element.name.to_string())).collect();
    let mut found: Vec<Element> = ident::assign(&wanted, &[])
        .into_iter()
        .zip(elements)
        .map(|(ident, element)| Element {
            ident,
            name: wire(&plan.sources, &element.name),
            docs: element.docs.0.clone(),
            ty: root_type(model, plan, element),
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

fn root_type(model: &Model, plan: &Plan, element: &model::Element) -> RustType {
    let ty = message_type(model, &plan.sources, element.ty);
    if element.nillable { RustType::Option(Box::new(ty)) } else { ty }
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
