//! Two versions of a service's wires.

use super::compare::{Change, Comparison, Spot};
use super::report::{Directions, Owner, OwnerKind};
use super::rules::bindings as rules;
use super::services::{pair, service_spot};
use crate::model::{Addressing, Binding, Origin, Protocol, Security, Service, SoapVersion};

impl Comparison<'_> {
    /// Compares bindings, and says which is which.
    pub(super) fn bindings(&mut self, old: &Service, new: &Service) -> Vec<(usize, usize)> {
        let score = |a: &Binding, b: &Binding| {
            let kind = kind(&a.protocol) == kind(&b.protocol);
            match (a.name == b.name, kind, a.protocol == b.protocol) {
                (true, ..) => 4,
                (false, true, true) if a.endpoint == b.endpoint => 3,
                (false, true, true) => 2,
                _ => 0,
            }
        };
        let pairs = pair(&old.bindings, &new.bindings, score);
        for (index, binding) in old.bindings.iter().enumerate() {
            match pairs.iter().find(|(at, _)| *at == index) {
                Some((_, to)) => self.binding(binding, new, &new.bindings[*to]),
                None => {
                    let change = Change::gone(binding.origin, words(&binding.protocol));
                    self.find(&rules::BINDING_REMOVED, &spot(old, binding), change);
                }
            }
        }
        for (index, binding) in new.bindings.iter().enumerate() {
            if !pairs.iter().any(|(_, at)| *at == index) {
                let change = Change::come(binding.origin, words(&binding.protocol));
                self.find(&rules::BINDING_ADDED, &spot(new, binding), change);
            }
        }
        if let (Some(a), Some(b)) = (old.bindings.first(), new.bindings.first())
            && !pairs.contains(&(0, 0))
        {
            let change = Change::both(old.origin, new.origin, a.name.clone(), b.name.clone());
            self.find(&rules::BINDING_DEFAULT_CHANGED, &service_spot(new), change);
        }
        pairs
    }

    fn binding(&mut self, a: &Binding, new_service: &Service, b: &Binding) {
        let spot = spot(new_service, b);
        let places = (a.origin, b.origin);
        if a.name != b.name {
            let change = Change::both(places.0, places.1, a.name.clone(), b.name.clone());
            self.find(&rules::BINDING_RENAMED, &spot, change);
        }
        if a.endpoint != b.endpoint {
            let word = |endpoint: &Option<String>| endpoint.clone().unwrap_or_default();
            let change = Change::both(places.0, places.1, word(&a.endpoint), word(&b.endpoint));
            self.find(&rules::ENDPOINT_CHANGED, &spot, change);
        }
        self.docs(&a.docs, &b.docs, places, &spot);
        self.protocol(&a.protocol, &b.protocol, places, &spot);
    }

    fn protocol(&mut self, old: &Protocol, new: &Protocol, places: (Origin, Origin), spot: &Spot) {
        let change = || Change::both(places.0, places.1, words(old), words(new));
        match (old, new) {
            (
                Protocol::Soap { version, addressing, security, data_contract, mtom },
                Protocol::Soap {
                    version: new_version,
                    addressing: new_addressing,
                    security: new_security,
                    data_contract: new_data_contract,
                    mtom: new_mtom,
                },
            ) => {
                if version != new_version {
                    self.find(&rules::SOAP_VERSION_CHANGED, spot, change());
                }
                if data_contract != new_data_contract {
                    self.find(&rules::SERIALIZER_CHANGED, spot, change());
                }
                match (addressing, new_addressing) {
                    (a, b) if a == b => {}
                    (None, _) => self.find(&rules::ADDRESSING_REQUIRED, spot, change()),
                    (_, None) => self.find(&rules::ADDRESSING_DROPPED, spot, change()),
                    _ => self.find(&rules::ADDRESSING_VERSION_CHANGED, spot, change()),
                }
                if mtom != new_mtom {
                    self.find(&rules::MTOM_CHANGED, spot, change());
                }
                self.security(security, new_security, &change, spot);
            }
            (Protocol::Plain { basic }, Protocol::Plain { basic: new_basic }) => {
                self.basic(*basic, *new_basic, &change, spot);
            }
            (Protocol::Http, Protocol::Http) => {}
            (a @ Protocol::XmlRpc { .. }, b @ Protocol::XmlRpc { .. }) => {
                if a != b {
                    self.find(&rules::XMLRPC_CALL_CHANGED, spot, change());
                }
            }
            _ => self.find(&rules::PROTOCOL_CHANGED, spot, change()),
        }
    }

    fn security(&mut self, old: &Security, new: &Security, change: &dyn Fn() -> Change, spot: &Spot) {
        match (old.username_token, new.username_token) {
            (false, true) => self.find(&rules::USERNAME_TOKEN_REQUIRED, spot, change()),
            (true, false) => self.find(&rules::USERNAME_TOKEN_DROPPED, spot, change()),
            (true, true) if old.digest != new.digest => self.find(&rules::PASSWORD_TYPE_CHANGED, spot, change()),
            _ => {}
        }
        if old.timestamp != new.timestamp {
            self.find(&rules::TIMESTAMP_CHANGED, spot, change());
        }
        self.basic(old.basic, new.basic, change, spot);
    }

    fn basic(&mut self, old: bool, new: bool, change: &dyn Fn() -> Change, spot: &Spot) {
        match (old, new) {
            (false, true) => self.find(&rules::BASIC_AUTH_REQUIRED, spot, change()),
            (true, false) => self.find(&rules::BASIC_AUTH_DROPPED, spot, change()),
            _ => {}
        }
    }
}

fn spot(service: &Service, binding: &Binding) -> Spot {
    Spot {
        owner: Owner {
            kind: OwnerKind::Binding,
            name: format!("{}.{}", service.name, binding.name),
            ns: service.ns.clone(),
        },
        path: String::new(),
        directions: Directions::BOTH,
    }
}

/// Protocols of one kind may be compared.
fn kind(protocol: &Protocol) -> u8 {
    match protocol {
        Protocol::Soap { .. } => 0,
        Protocol::Plain { .. } => 1,
        Protocol::XmlRpc { .. } => 2,
        Protocol::Http => 3,
    }
}

/// A protocol with what it demands.
fn words(protocol: &Protocol) -> String {
    let mut found: Vec<String> = Vec::new();
    match protocol {
        Protocol::Soap { version, addressing, security, data_contract, mtom } => {
            found.push(
                match version {
                    SoapVersion::V11 => "SOAP 1.1",
                    SoapVersion::V12 => "SOAP 1.2",
                }
                .to_owned(),
            );
            match addressing {
                None => {}
                Some(Addressing::V10) => found.push("WS-Addressing".to_owned()),
                Some(Addressing::Submission) => found.push("WS-Addressing 2004/08".to_owned()),
            }
            let flags = [
                (security.username_token && !security.digest, "UsernameToken"),
                (security.username_token && security.digest, "UsernameToken (digest)"),
                (security.timestamp, "Timestamp"),
                (*data_contract, "DataContractSerializer"),
                (security.basic, "HTTP Basic"),
                (*mtom, "MTOM"),
            ];
            found.extend(flags.into_iter().filter(|(set, _)| *set).map(|(_, word)| word.to_owned()));
        }
        Protocol::Plain { basic } => {
            found.push("XML".to_owned());
            if *basic {
                found.push("HTTP Basic".to_owned());
            }
        }
        Protocol::Http => found.push("HTTP".to_owned()),
        Protocol::XmlRpc { method, server } => {
            found.push("XML-RPC".to_owned());
            found.extend(method.clone());
            found.extend(server.clone());
        }
    }
    found.join(", ")
}
