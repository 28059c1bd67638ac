//! Services, port types and bindings into the model: one service per port type, with every SOAP binding it is offered on.

use std::collections::{HashMap, HashSet};

use super::codes;
use super::message::{self, Form};
use super::policy::Policy;
use super::syntax::{Attached, Binding, BindingKind, BindingOperation, Definitions, Io, Operation, Port, PortType};
use super::tables::Tables;
use super::{headers, http};
use crate::diagnostic::Diagnostic;
use crate::model::{
    self, Docs, Effect, Fault, HttpMethod, Model, Protocol, QName, Reply, ResultKind, Route, Security, SoapVersion,
    TypeKind,
};
use crate::source::{FileId, Span};
use crate::xsd::Lowering;

/// A binding of a port type, with the port that offers it, if any does.
struct Offer<'w> {
    binding: &'w Binding,
    file: FileId,
    port: Option<&'w Port>,
    port_file: FileId,
    operations: HashMap<&'w str, Vec<&'w BindingOperation>>,
}

impl<'w> Offer<'w> {
    fn new(binding: &'w Binding, file: FileId, port: Option<&'w Port>, port_file: FileId) -> Self {
        let mut operations: HashMap<&str, Vec<&BindingOperation>> = HashMap::new();
        for operation in &binding.operations {
            operations.entry(&operation.name).or_default().push(operation);
        }
        Self { binding, file, port, port_file, operations }
    }
}

/// A port type with its offers.
struct Group<'w> {
    name: QName,
    port_type: &'w PortType,
    /// The name of the model's service.
    service: String,
    service_ns: String,
    docs: Docs,
    origin: Span,
    offers: Vec<Offer<'w>>,
}

impl<'w> Group<'w> {
    /// A port type that no service has: it lends its own name.
    fn of_port_type(name: QName, port_type: &'w PortType, offers: Vec<Offer<'w>>) -> Self {
        Self {
            service: name.local.to_string(),
            service_ns: name.ns.to_string(),
            docs: port_type.docs.clone(),
            origin: port_type.span,
            name,
            port_type,
            offers,
        }
    }

    fn speaks_soap(&self) -> bool {
        self.offers.iter().any(|offer| offer.binding.kind != BindingKind::Http)
    }
}

/// Makes the model's services.
pub(super) fn services<'w>(tables: &Tables<'w>, lowering: &mut Lowering<'_, '_>) -> Vec<model::Service> {
    groups(tables, lowering)
        .into_iter()
        .map(|mut group| {
            // SOAP first: it is the default where both are offered.
            group.offers.sort_by_key(|offer| offer.binding.kind == BindingKind::Http);
            service(tables, lowering, group)
        })
        .filter(|service| !service.operations.is_empty())
        .collect()
}

fn groups<'w>(tables: &Tables<'w>, lowering: &mut Lowering<'_, '_>) -> Vec<Group<'w>> {
    let mut groups: Vec<Group<'w>> = Vec::new();
    let mut offered: Vec<*const Binding> = Vec::new();
    for (definitions, service) in tables.services() {
        let first_group = groups.len();
        for port in &service.ports {
            let Some(reference) = &port.binding else {
                let what = format!("the port `{}` names no binding", port.name.escape_debug());
                lowering
                    .diagnostics
                    .push(Diagnostic::error(codes::STRUCTURE, what).at(port.span, "`binding` is missing"));
                continue;
            };
            let needed_by = format!("the port `{}`", port.name.escape_debug());
            let found = tables.find(&tables.bindings, "binding", reference, &needed_by, lowering.diagnostics);
            let Some((_, binding)) = found else { continue };
            offered.push(binding);
            if !is_spoken(binding, Some(port), lowering) {
                continue;
            }
            let Some((name, port_type)) = port_type(tables, binding, lowering) else { continue };
            let offer = Offer::new(binding, file_of(tables, binding, definitions), Some(port), definitions.file);
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.offers.push(offer),
                None => groups.push(Group {
                    service: name.local.to_string(),
                    service_ns: definitions.target.clone(),
                    docs: if service.docs.is_empty() { port_type.docs.clone() } else { service.docs.clone() },
                    origin: service.span,
                    name,
                    port_type,
                    offers: vec![offer],
                }),
            }
        }
        // A service of one port type lends it its name; with several, the port types' own names tell them apart. ASP.NET
        // gives each of its HTTP ports a port type beside the one for SOAP, which stays the main one.
        let new = &mut groups[first_group..];
        let soap = new.iter().filter(|group| group.speaks_soap()).count();
        let mut main = new.iter_mut().filter(|group| soap == 0 || group.speaks_soap());
        if let (Some(only), None) = (main.next(), main.next()) {
            only.service = service.name.clone();
        }
    }
    // Bindings that no port offers, and port types that no binding offers: still to be called, at an address to be given.
    for (definitions, binding) in tables.all_bindings() {
        if offered.contains(&std::ptr::from_ref(binding)) || !is_spoken(binding, None, lowering) {
            continue;
        }
        let Some((name, port_type)) = port_type(tables, binding, lowering) else { continue };
        let offer = Offer::new(binding, definitions.file, None, definitions.file);
        match groups.iter_mut().find(|group| group.name == name) {
            // The port type has an address already; a binding without one adds nothing to call.
            Some(group) if group.offers.iter().any(|known| known.port.is_some()) => {}
            Some(group) => group.offers.push(offer),
            None => groups.push(Group::of_port_type(name, port_type, vec![offer])),
        }
    }
    if tables.definitions.iter().any(|it| !it.bindings.is_empty()) {
        return groups;
    }
    for (definitions, port_type) in tables.all_port_types() {
        let name = QName::new(definitions.target.clone(), port_type.name.clone());
        groups.push(Group::of_port_type(name, port_type, Vec::new()));
    }
    groups
}

fn file_of(tables: &Tables<'_>, binding: &Binding, otherwise: &Definitions) -> FileId {
    let holder = tables.definitions.iter().find(|it| it.bindings.iter().any(|known| std::ptr::eq(known, binding)));
    holder.map_or(otherwise.file, |it| it.file)
}

fn port_type<'w>(
    tables: &Tables<'w>,
    binding: &Binding,
    lowering: &mut Lowering<'_, '_>,
) -> Option<(QName, &'w PortType)> {
    match &binding.port_type {
        Some(reference) => {
            let needed_by = format!("the binding `{}`", binding.name);
            tables.find(&tables.port_types, "portType", reference, &needed_by, lowering.diagnostics)
        }
        None => {
            let what = format!("the binding `{}` names no port type", binding.name);
            lowering.diagnostics.push(Diagnostic::error(codes::STRUCTURE, what).at(binding.span, "`type` is missing"));
            None
        }
    }
}

/// Whether clients speak what the binding says; told where they do not.
fn is_spoken(binding: &Binding, port: Option<&Port>, lowering: &mut Lowering<'_, '_>) -> bool {
    let why = match binding.kind {
        BindingKind::Soap11 | BindingKind::Soap12 => return true,
        BindingKind::Http if !http::verb_is_known(binding) => "its verb is neither GET nor POST",
        BindingKind::Http if binding.operations.is_empty() => "it has no operations",
        BindingKind::Http => return true,
        BindingKind::Other => "it is neither a SOAP nor an HTTP binding",
    };
    let (word, name, span) =
        port.map_or(("binding", &binding.name, binding.span), |port| ("port", &port.name, port.span));
    let what = format!("the {word} `{}` is skipped: {why}", name.escape_debug());
    lowering.diagnostics.push(Diagnostic::note(codes::SKIPPED, what).at(span, "skipped"));
    false
}

fn service(tables: &Tables<'_>, lowering: &mut Lowering<'_, '_>, group: Group<'_>) -> model::Service {
    let mut bindings = Vec::new();
    for offer in &group.offers {
        bindings.push(binding(tables, lowering, offer));
    }
    if bindings.is_empty() {
        let what = format!("the port type `{}` has no binding: SOAP 1.1, document style, is assumed", group.name.local);
        lowering
            .diagnostics
            .push(Diagnostic::warning(codes::UNSUPPORTED, what).at(group.port_type.span, "no binding, no address"));
        bindings.push(model::Binding {
            name: group.name.local.to_string(),
            protocol: Protocol::Soap {
                version: SoapVersion::V11,
                addressing: None,
                security: Security::default(),
                data_contract: false,
                mtom: false,
            },
            endpoint: None,
            docs: Docs::default(),
            origin: group.port_type.span.into(),
        });
    }
    let mut operations: Vec<model::Operation> = Vec::new();
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for declared in &group.port_type.operations {
        counts.entry(&declared.name).or_default().0 += 1;
    }
    let mut numbered: Vec<(&Operation, usize)> = Vec::new();
    for declared in &group.port_type.operations {
        let Some((_, seen)) = counts.get_mut(declared.name.as_str()) else { continue };
        numbered.push((declared, *seen));
        *seen += 1;
    }
    // Vendors' tools list operations in an order that changes from release to release and means nothing.
    numbered.sort_by_key(|(declared, _)| (&declared.name, declared.input.as_ref().and_then(|it| it.name.as_ref())));
    let mut taken: HashSet<String> = HashSet::new();
    for (declared, nth) in numbered {
        let overloads = counts.get(declared.name.as_str()).map_or(1, |(overloads, _)| *overloads);
        let name = distinct_name(declared, overloads, nth, &taken);
        taken.insert(name.clone());
        operations.extend(operation(tables, lowering, &group, declared, nth, name, &bindings));
    }
    let data_contract = is_data_contract(&lowering.model, &operations);
    for binding in &mut bindings {
        if let Protocol::Soap { data_contract: flag, .. } = &mut binding.protocol {
            *flag = data_contract;
        }
    }
    model::Service {
        name: group.service,
        ns: group.service_ns,
        docs: group.docs,
        origin: group.origin.into(),
        bindings,
        operations,
    }
}

/// Overloads are told apart by their input's name, as ASMX names them.
fn distinct_name(declared: &Operation, overloads: usize, nth: usize, taken: &HashSet<String>) -> String {
    if overloads < 2 {
        return declared.name.clone();
    }
    let free = |name: &str| !taken.contains(name);
    let input = declared
        .input
        .as_ref()
        .and_then(|input| input.name.as_deref())
        .filter(|name| *name != declared.name && free(name));
    match input {
        Some(name) => name.to_owned(),
        None if nth == 0 && free(&declared.name) => declared.name.clone(),
        None => (2..)
            .map(|n| format!("{}_{n}", declared.name))
            .find(|name| free(name))
            .unwrap_or_else(|| declared.name.clone()),
    }
}

/// Whether a DataContract type is sent or received.
fn is_data_contract(model: &Model, operations: &[model::Operation]) -> bool {
    let roots = operations
        .iter()
        .flat_map(|operation| [Some(operation.input.ty), operation.output.as_ref().map(|output| output.ty)])
        .flatten();
    let reached = crate::model::reachable(model, roots);
    model
        .types
        .iter()
        .zip(reached)
        .any(|(ty, reached)| reached && matches!(&ty.kind, TypeKind::Complex(complex) if complex.data_contract))
}

fn binding(tables: &Tables<'_>, lowering: &mut Lowering<'_, '_>, offer: &Offer<'_>) -> model::Binding {
    let it = offer.binding;
    let mut policy = Policy::default();
    let mut merge = |file: FileId, attached: &Attached| tables.policy(file, attached, &mut policy);
    merge(offer.file, &it.policies);
    if let Some(port) = offer.port {
        merge(offer.port_file, &port.policies);
    }
    for operation in &it.operations {
        merge(offer.file, &operation.policies);
    }
    for (what, span) in &policy.unsupported {
        let message =
            format!("the policy of the binding `{}` demands {what}, which generated clients do not do", it.name);
        lowering.diagnostics.push(
            Diagnostic::warning(codes::POLICY, message)
                .at(*span, "this assertion")
                .also(it.span, "of this binding")
                .with_help("ask the vendor for a binding without it, or expect the service to refuse calls"),
        );
    }
    if let Some(transport) = &it.transport {
        let http = transport.to_ascii_lowercase().contains("http") && !transport.contains("jms");
        if !http && !transport.is_empty() {
            let shown: String = transport.chars().take(120).flat_map(char::escape_debug).collect();
            let message = format!("the binding `{}` is for the transport `{shown}`, not HTTP", it.name);
            lowering.diagnostics.push(
                Diagnostic::warning(codes::UNSUPPORTED, message)
                    .at(it.span, "this binding")
                    .with_note("the messages are generated; to send them needs a transport of your own"),
            );
        }
    }
    let endpoint = offer
        .port
        .and_then(|port| port.address.as_ref())
        .map(|(address, _)| address.clone())
        .filter(|address| !address.is_empty());
    model::Binding {
        name: offer.port.map_or(&it.name, |port| &port.name).clone(),
        protocol: if it.kind == BindingKind::Http {
            Protocol::Http
        } else {
            Protocol::Soap {
                version: if it.kind == BindingKind::Soap12 { SoapVersion::V12 } else { SoapVersion::V11 },
                addressing: policy.addressing,
                security: Security {
                    username_token: policy.username_token,
                    digest: policy.digest,
                    timestamp: policy.timestamp,
                    basic: policy.basic,
                },
                data_contract: false,
                mtom: policy.mtom,
            }
        },
        endpoint,
        docs: offer
            .port
            .map(|port| port.docs.clone())
            .filter(|docs| !docs.is_empty())
            .unwrap_or_else(|| it.docs.clone()),
        origin: offer.port.map_or(it.span, |port| port.span).into(),
    }
}

/// The operation of a binding that carries this operation of its port type.
fn bound<'w>(offer: &Offer<'w>, declared: &Operation, nth: usize) -> Option<&'w BindingOperation> {
    let mut named: Vec<&'w BindingOperation> =
        offer.operations.get(declared.name.as_str()).cloned().unwrap_or_default();
    if named.len() > 1 {
        let input = declared.input.as_ref().and_then(|input| input.name.as_deref());
        let output = declared.output.as_ref().and_then(|output| output.name.as_deref());
        let same = |bound: &&BindingOperation| {
            bound.input.as_ref().and_then(|io| io.name.as_deref()) == input
                && bound.output.as_ref().and_then(|io| io.name.as_deref()) == output
        };
        if named.iter().filter(|bound| same(bound)).count() == 1 {
            named.retain(same);
            return named.first().copied();
        }
    }
    named.get(nth).or(named.first()).copied()
}

fn operation(
    tables: &Tables<'_>,
    lowering: &mut Lowering<'_, '_>,
    group: &Group<'_>,
    declared: &Operation,
    nth: usize,
    name: String,
    bindings: &[model::Binding],
) -> Option<model::Operation> {
    let Some(input) = declared.input.as_ref().filter(|_| !declared.notifies) else {
        let what = format!("the operation `{}` is sent by the server; it is skipped", declared.name);
        lowering.diagnostics.push(Diagnostic::warning(codes::UNSUPPORTED, what).at(declared.span, "a notification"));
        return None;
    };
    let carriers: Vec<(usize, &Offer<'_>, &BindingOperation)> = group
        .offers
        .iter()
        .enumerate()
        .filter_map(|(at, offer)| bound(offer, declared, nth).map(|bound| (at, offer, bound)))
        .filter(|(_, offer, bound)| http::can_carry(offer.binding, bound, lowering.diagnostics))
        .collect();
    if carriers.is_empty() && !group.offers.is_empty() {
        let what = format!("the operation `{}` is on no binding; it is skipped", declared.name);
        lowering.diagnostics.push(Diagnostic::warning(codes::UNSUPPORTED, what).at(declared.span, "not bound"));
        return None;
    }
    let first = carriers.first().copied();
    let rpc = first.is_some_and(|(_, offer, bound)| bound.rpc.unwrap_or(offer.binding.rpc));
    let ns = group.name.ns.as_str();

    let needed_by = format!("the operation `{}`", declared.name);
    let message = |io: &Io, lowering: &mut Lowering<'_, '_>| {
        let Some(reference) = &io.message else {
            let what = format!("a message of the operation `{}` is not named", declared.name);
            lowering.diagnostics.push(Diagnostic::error(codes::STRUCTURE, what).at(io.span, "`message` is missing"));
            return None;
        };
        tables.find(&tables.messages, "message", reference, &needed_by, lowering.diagnostics)
    };
    let (input_name, input_message) = message(input, lowering)?;
    let bound_input = first.and_then(|(_, _, bound)| bound.input.as_ref());
    let headers = headers::declared(tables, lowering, bound_input, &format!("a header of {needed_by}"));
    let header_parts: Vec<&str> = bound_input
        .into_iter()
        .flat_map(|io| &io.headers)
        .filter(|header| header.message.as_ref().is_none_or(|reference| reference.name == input_name))
        .map(|header| header.part.as_str())
        .collect();
    let form = Form { rpc: rpc.then_some(declared.name.as_str()), name: &name, ns, needed_by: &needed_by };
    let over_http = first.filter(|(_, offer, _)| offer.binding.kind == BindingKind::Http);
    let body = match over_http {
        Some((_, offer, bound)) => http::input(lowering, input_message, offer.binding, bound, form)?,
        None => message::body(lowering, input_message, bound_input, &header_parts, form)?,
    };

    let output = match &declared.output {
        None => None,
        Some(output) => {
            let (output_name, output_message) = message(output, lowering)?;
            let bound_output = first.and_then(|(_, _, bound)| bound.output.as_ref());
            let header_parts: Vec<&str> = bound_output
                .into_iter()
                .flat_map(|io| &io.headers)
                .filter(|header| header.message.as_ref().is_none_or(|reference| reference.name == output_name))
                .map(|header| header.part.as_str())
                .collect();
            let (wrapper, type_name) = (format!("{}Response", declared.name), format!("{name}Response"));
            let form = Form { rpc: rpc.then_some(wrapper.as_str()), name: &type_name, ns, needed_by: &needed_by };
            match over_http {
                Some(_) => http::output(lowering, output_message, bound_output, form)?,
                None => Some(message::body(lowering, output_message, bound_output, &header_parts, form)?),
            }
        }
    };
    let encoded =
        first.is_some_and(|(_, _, bound)| [&bound.input, &bound.output].into_iter().flatten().any(|io| io.encoded));
    let mut faults = faults(tables, lowering, declared);
    headers::faults(tables, lowering, bound_input, &format!("a header fault of {needed_by}"), &mut faults);
    let bound_output = first.and_then(|(_, _, bound)| bound.output.as_ref()).filter(|_| output.is_some());
    let mut reply_headers =
        headers::declared(tables, lowering, bound_output, &format!("a reply header of {needed_by}"));
    headers::faults(tables, lowering, bound_output, &format!("a header fault of {needed_by}"), &mut faults);
    // `wsdl:required` says that it must be understood, not that it is sent (WSDL 1.1 §2.1.3); servers do leave them out.
    reply_headers.iter_mut().for_each(|header| header.required = false);
    let routes = routes(group, declared, input, &carriers, bindings);
    Some(model::Operation {
        name,
        docs: declared.docs.clone(),
        origin: declared.span.into(),
        effect: Effect::Effectful,
        input: body,
        output,
        encoded,
        faults,
        headers,
        reply_headers,
        routes,
        reply: Reply::Plain,
        error_table: None,
        raises: Vec::new(),
        examples: Vec::new(),
    })
}

fn faults(tables: &Tables<'_>, lowering: &mut Lowering<'_, '_>, declared: &Operation) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    let needed_by = format!("a fault of the operation `{}`", declared.name);
    for fault in &declared.faults {
        let Some(reference) = &fault.message else {
            let what = format!("{needed_by} names no message");
            let problem = Diagnostic::error(codes::STRUCTURE, what).at(fault.span, "`message` is missing");
            lowering.diagnostics.push(problem);
            continue;
        };
        let found = tables.find(&tables.messages, "message", reference, &needed_by, lowering.diagnostics);
        let Some((_, message)) = found else { continue };
        let Some(part) = message.parts.first() else {
            let what = format!("{needed_by} has no part: its detail is not typed");
            lowering.diagnostics.push(Diagnostic::warning(codes::MESSAGE, what).at(message.span, "an empty message"));
            continue;
        };
        if let Some((element, ty)) = message::single(lowering, part, None, &needed_by) {
            let name = fault.name.clone().unwrap_or_else(|| message.name.clone());
            faults.push(Fault { name, element, ty, origin: fault.span.into() });
        }
    }
    faults
}

fn routes(
    group: &Group<'_>,
    declared: &Operation,
    input: &Io,
    carriers: &[(usize, &Offer<'_>, &BindingOperation)],
    bindings: &[model::Binding],
) -> Vec<Route> {
    let route = |binding: usize, action: Option<String>| Route {
        binding,
        action,
        reply_action: declared.output.as_ref().and_then(|output| output.action.clone()),
        http: HttpMethod::Post,
        path: None,
        result: ResultKind::Item,
    };
    let over_http = |binding: usize, offer: &Offer<'_>, bound: &BindingOperation| Route {
        http: http::method(offer.binding, bound).unwrap_or_default(),
        path: Some(http::path(bound)),
        reply_action: None,
        ..route(binding, None)
    };
    if carriers.is_empty() {
        return vec![route(0, input.action.clone())];
    }
    carriers
        .iter()
        .map(|(at, offer, bound)| {
            if offer.binding.kind == BindingKind::Http {
                return over_http(*at, offer, bound);
            }
            let soap = bound.action.as_ref().map(|(action, _)| action.clone());
            let addressing = match &bindings[*at].protocol {
                Protocol::Soap { addressing, .. } => *addressing,
                _ => None,
            };
            let action = match (&soap, addressing) {
                (_, Some(_)) if input.action.is_some() => input.action.clone(),
                (Some(action), Some(_)) if !action.is_empty() => Some(action.clone()),
                (_, Some(_)) => Some(default_action(group, declared, input)),
                (None, None) => input.action.clone(),
                (Some(action), None) => Some(action.clone()),
            };
            route(*at, action)
        })
        .collect()
}

/// The action WS-Addressing gives an operation that declares none: `namespace/portType/inputName`.
fn default_action(group: &Group<'_>, declared: &Operation, input: &Io) -> String {
    let delimiter = if group.name.ns.starts_with("urn:") { ":" } else { "/" };
    let ns = group.name.ns.strip_suffix(delimiter).unwrap_or(&group.name.ns);
    let suffix = if declared.output.is_some() { "Request" } else { "" };
    let name = input.name.clone().unwrap_or_else(|| format!("{}{suffix}", declared.name));
    format!("{ns}{delimiter}{}{delimiter}{name}", group.name.local)
}
