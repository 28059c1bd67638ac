//! What a service's replies bring in their SOAP headers: one struct per service with all of them, as a client has one setter
//! for each header of requests. Most services declare the same few headers for every operation.

use super::ledger::{Identity, Ledger, Wanted};
use super::names::leaf;
use super::services::{message_type, wire};
use super::{HeaderField, Operation, Plan, ReplyHeaders, RustType, WireName, ident};
use crate::model::{self, QName, TypeId};

/// The struct of a service whose replies are declared to have headers.
pub(super) fn plan(
    plan: &Plan,
    ledger: &mut Ledger,
    service: &model::Service,
    operations: &[Operation],
) -> Option<ReplyHeaders> {
    let mut found: Vec<(WireName, TypeId, &QName)> = Vec::new();
    for header in service.operations.iter().flat_map(|operation| &operation.reply_headers) {
        let name = wire(&plan.sources, &header.element);
        if !found.iter().any(|(known, ..)| *known == name) {
            found.push((name, header.ty, &header.element));
        }
    }
    if found.is_empty() {
        return None;
    }
    // Whichever operation comes first, the fields stay where they are.
    found.sort_by_key(|(_, _, element)| (&element.local, &element.ns));
    let prefix = format!("reply_header {} ", service.name);
    let wanted: Vec<Wanted> = found
        .iter()
        .map(|(name, _, element)| Wanted {
            preferred: ident::snake(&name.local),
            order: element.to_string().into(),
            identity: Identity::new(&service.ns, format!("{prefix}{}", leaf(&service.ns, element))),
            chosen: false,
        })
        .collect();
    let names = ledger.assign(wanted, &[], &ledger.scope(&service.ns, &prefix));
    let fields = names
        .into_iter()
        .zip(found)
        .map(|(ident, (name, ty, element))| {
            let ty = RustType::Option(Box::new(message_type(&plan.sources, element, ty)));
            HeaderField { ident, name, ty }
        })
        .collect();
    Some(ReplyHeaders { ident: name(ledger, service, operations), fields })
}

/// It stands beside the markers of operations and their details, which have their names already.
fn name(ledger: &mut Ledger, service: &model::Service, operations: &[Operation]) -> String {
    let wanted = Wanted {
        preferred: "ReplyHeaders".into(),
        order: "".into(),
        identity: Identity::new(&service.ns, format!("reply_headers {}", service.name)),
        chosen: false,
    };
    let details = operations.iter().filter_map(|operation| operation.detail.as_ref());
    let taken: Vec<&str> = operations
        .iter()
        .map(|operation| operation.marker.as_str())
        .chain(details.map(|detail| detail.ident.as_str()))
        .chain(["Self"])
        .collect();
    let scope = ledger.scope(&service.ns, &format!("operation {} ", service.name));
    ledger.assign(vec![wanted], &taken, &scope).pop().unwrap_or_default()
}
