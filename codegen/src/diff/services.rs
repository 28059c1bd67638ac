//! Two versions of services: what can be called, over which wires, and what is said about calling it.

use super::compare::{Change, Comparison, Spot};
use super::names;
use super::notation;
use super::report::{Directions, Known, Owner, OwnerKind, Verdict};
use super::rules::services as rules;
use crate::model::{
    Effect, ErrorTable, Fault, Header, HttpMethod, Message, Model, Operation, Origin, QName, Reply, ResultKind, Route,
    Service, TypeId,
};

impl<'m> Comparison<'m> {
    pub(super) fn services(&mut self) {
        let (old, new) = (self.old, self.new);
        let pairs = pair(&old.services, &new.services, |a, b| self.service_score(a, b));
        for (index, service) in old.services.iter().enumerate() {
            let Some((_, to)) = pairs.iter().find(|(at, _)| *at == index) else {
                let change = Change::gone(service.origin, operation_names(service));
                self.find(&rules::SERVICE_REMOVED, &service_spot(service), change);
                continue;
            };
            let other = &new.services[*to];
            if service.name != other.name {
                let change = Change::both(service.origin, other.origin, service.name.clone(), other.name.clone());
                self.find(&rules::SERVICE_RENAMED, &service_spot(other), change);
            }
            self.docs(&service.docs, &other.docs, (service.origin, other.origin), &service_spot(other));
            let bindings = self.bindings(service, other);
            self.operations(service, other, &bindings);
        }
        for (index, service) in new.services.iter().enumerate() {
            if !pairs.iter().any(|(_, at)| *at == index) {
                // With the second service, the operations of the first get a module of another name.
                let source = if old.services.len() == 1 { Verdict::Breaking } else { Verdict::Safe };
                let known = Known { source: Some(source), ..Known::default() };
                let change = Change::come(service.origin, operation_names(service)).knowing(known);
                self.find(&rules::SERVICE_ADDED, &service_spot(service), change);
            }
        }
    }

    /// How much two services look like one another; 0 when they do not.
    fn service_score(&self, old: &Service, new: &Service) -> usize {
        let shared = old.operations.iter().filter(|a| new.operations.iter().any(|b| a.name == b.name)).count();
        let most = old.operations.len().max(new.operations.len()).max(1);
        if old.name == new.name {
            let same_ns = self.namespaces.ns(&old.ns) == new.ns;
            return 10_000 + if same_ns { 1_000 } else { 0 } + shared;
        }
        if names::without_version(&old.name) == names::without_version(&new.name) {
            return 5_000 + shared;
        }
        // Half of the operations, else they are two services.
        if shared * 2 >= most { shared * 1_000 / most } else { 0 }
    }

    fn operations(&mut self, old: &'m Service, new: &'m Service, bindings: &[(usize, usize)]) {
        let score = |a: &Operation, b: &Operation| {
            let input = self.namespaces.same(&a.input.element, &b.input.element);
            let types = self.paired(a.input.ty, b.input.ty);
            match (a.name == b.name, input && !a.input.element.local.is_empty(), types) {
                (true, true, _) => 3,
                (true, false, _) => 2,
                // Renamed, where the message is the same.
                (false, true, true) => 1,
                _ => 0,
            }
        };
        let pairs = pair(&old.operations, &new.operations, score);
        for (index, operation) in old.operations.iter().enumerate() {
            match pairs.iter().find(|(at, _)| *at == index) {
                Some((_, to)) => self.operation((old, operation), (new, &new.operations[*to]), bindings),
                None => {
                    let spot = operation_spot(old, operation);
                    let change = Change::gone(operation.origin, signature(self.old, operation));
                    self.find(&rules::OPERATION_REMOVED, &spot, change);
                }
            }
        }
        for (index, operation) in new.operations.iter().enumerate() {
            if !pairs.iter().any(|(_, at)| *at == index) {
                let change = Change::come(operation.origin, signature(self.new, operation));
                self.find(&rules::OPERATION_ADDED, &operation_spot(new, operation), change);
            }
        }
    }

    fn operation(
        &mut self,
        (old_service, old): (&'m Service, &'m Operation),
        (new_service, new): (&'m Service, &'m Operation),
        bindings: &[(usize, usize)],
    ) {
        let mut spot = operation_spot(new_service, new);
        if old.output.is_some() {
            spot.directions = Directions::BOTH;
        }
        let places = (old.origin, new.origin);
        let change = |before: String, after: String| Change::both(places.0, places.1, before, after);
        if old.name != new.name {
            self.find(&rules::OPERATION_RENAMED, &spot, change(old.name.clone(), new.name.clone()));
        }
        if old.effect != new.effect {
            self.find(&rules::EFFECT_CHANGED, &spot, change(effect(&old.effect), effect(&new.effect)));
        }
        if old.encoded != new.encoded {
            let word = |encoded: bool| if encoded { "encoded" } else { "literal" }.to_owned();
            self.find(&rules::ENCODING_CHANGED, &spot, change(word(old.encoded), word(new.encoded)));
        }
        self.docs(&old.docs, &new.docs, places, &spot);
        self.message(&old.input, &new.input, places, &Spot { directions: Directions::REQUEST, ..spot.at("input") });
        match (&old.output, &new.output) {
            (None, None) => {}
            (Some(a), Some(b)) => {
                self.message(a, b, places, &Spot { directions: Directions::RESPONSE, ..spot.at("output") });
            }
            (Some(_), None) => self.find(&rules::OPERATION_BECAME_ONE_WAY, &spot, change(String::new(), String::new())),
            (None, Some(_)) => self.find(&rules::OPERATION_BECAME_TWO_WAY, &spot, change(String::new(), String::new())),
        }
        self.faults(&old.faults, &new.faults, &spot);
        self.headers(&old.headers, &new.headers, &spot);
        self.reply_headers(&old.reply_headers, &new.reply_headers, &spot);
        self.routes((old_service, old), (new_service, new), bindings, &spot);
        self.replies(old, new, &spot);
    }

    fn message(&mut self, old: &Message, new: &Message, places: (Origin, Origin), spot: &Spot) {
        if !self.namespaces.same(&old.element, &new.element) {
            let change = Change::both(places.0, places.1, old.element.to_string(), new.element.to_string());
            self.find(&rules::MESSAGE_ELEMENT_CHANGED, spot, change);
        }
        if old.nillable != new.nillable {
            let word = |nillable: bool| if nillable { "nillable" } else { "" };
            let change = Change::both(places.0, places.1, word(old.nillable), word(new.nillable));
            self.find(&rules::MESSAGE_NIL_CHANGED, spot, change);
        }
        if !self.global((&old.element, old.ty), (&new.element, new.ty)) {
            self.type_of(old.ty, new.ty, places, spot);
        }
    }

    /// Whether both are the same global element, whose type is compared where it is declared.
    fn global(&self, old: (&QName, TypeId), new: (&QName, TypeId)) -> bool {
        // The wrapper of an rpc call may have an element's name, and is another thing.
        let declared = |model: &Model, (name, ty): (&QName, TypeId)| {
            model.elements.iter().any(|element| element.name == *name && element.ty == ty)
        };
        self.namespaces.same(old.0, new.0) && declared(self.old, old) && declared(self.new, new)
    }

    fn faults(&mut self, old: &[Fault], new: &[Fault], spot: &Spot) {
        let spot = Spot { directions: Directions::FAULT, ..spot.clone() };
        for a in old {
            let here = spot.at(&a.name);
            match new.iter().find(|b| a.name == b.name) {
                Some(b) => {
                    if !self.namespaces.same(&a.element, &b.element) {
                        let change = Change::both(a.origin, b.origin, a.element.to_string(), b.element.to_string());
                        self.find(&rules::FAULT_ELEMENT_CHANGED, &here, change);
                    }
                    if !self.global((&a.element, a.ty), (&b.element, b.ty)) {
                        self.type_of(a.ty, b.ty, (a.origin, b.origin), &here);
                    }
                }
                None => self.find(&rules::FAULT_REMOVED, &here, Change::gone(a.origin, a.element.local.clone())),
            }
        }
        for b in new.iter().filter(|b| !old.iter().any(|a| a.name == b.name)) {
            self.find(&rules::FAULT_ADDED, &spot.at(&b.name), Change::come(b.origin, b.element.local.clone()));
        }
    }

    fn headers(&mut self, old: &[Header], new: &[Header], spot: &Spot) {
        let spot = Spot { directions: Directions::HEADER, ..spot.clone() };
        for a in old {
            let here = spot.at(&a.element.local);
            match new.iter().find(|b| self.namespaces.same(&a.element, &b.element)) {
                Some(b) => {
                    if a.required != b.required {
                        let rule =
                            if b.required { &rules::HEADER_BECAME_REQUIRED } else { &rules::HEADER_BECAME_OPTIONAL };
                        self.find(rule, &here, Change::both(a.origin, b.origin, "", ""));
                    }
                    if !self.global((&a.element, a.ty), (&b.element, b.ty)) {
                        self.type_of(a.ty, b.ty, (a.origin, b.origin), &here);
                    }
                }
                None => {
                    let change = Change::gone(a.origin, notation::ty(self.old, a.ty));
                    self.find(&rules::HEADER_REMOVED, &here, change);
                }
            }
        }
        for b in new {
            if old.iter().any(|a| self.namespaces.same(&a.element, &b.element)) {
                continue;
            }
            let rule = if b.required { &rules::HEADER_ADDED_REQUIRED } else { &rules::HEADER_ADDED_OPTIONAL };
            let change = Change::come(b.origin, notation::ty(self.new, b.ty));
            self.find(rule, &spot.at(&b.element.local), change);
        }
    }

    fn reply_headers(&mut self, old: &[Header], new: &[Header], spot: &Spot) {
        let spot = Spot { directions: Directions::REPLY_HEADER, ..spot.clone() };
        for a in old {
            let here = spot.at(&a.element.local);
            match new.iter().find(|b| self.namespaces.same(&a.element, &b.element)) {
                Some(b) if self.global((&a.element, a.ty), (&b.element, b.ty)) => {}
                Some(b) => self.type_of(a.ty, b.ty, (a.origin, b.origin), &here),
                None => {
                    let change = Change::gone(a.origin, notation::ty(self.old, a.ty));
                    self.find(&rules::REPLY_HEADER_REMOVED, &here, change);
                }
            }
        }
        for b in new {
            if old.iter().any(|a| self.namespaces.same(&a.element, &b.element)) {
                continue;
            }
            let change = Change::come(b.origin, notation::ty(self.new, b.ty));
            self.find(&rules::REPLY_HEADER_ADDED, &spot.at(&b.element.local), change);
        }
    }

    fn routes(
        &mut self,
        (old_service, old): (&Service, &Operation),
        (new_service, new): (&Service, &Operation),
        bindings: &[(usize, usize)],
        spot: &Spot,
    ) {
        for a in &old.routes {
            let Some((_, to)) = bindings.iter().find(|(at, _)| *at == a.binding) else { continue };
            match new.routes.iter().find(|b| b.binding == *to) {
                Some(b) => self.route(a, b, (old.origin, new.origin), spot),
                None => {
                    let name = old_service.bindings.get(a.binding).map_or("", |binding| &binding.name);
                    self.find(&rules::ROUTE_REMOVED, spot, Change::gone(old.origin, name));
                }
            }
        }
        for b in &new.routes {
            let known = bindings.iter().find(|(_, at)| *at == b.binding).map(|(at, _)| *at);
            if known.is_some_and(|known| !old.routes.iter().any(|a| a.binding == known)) {
                let name = new_service.bindings.get(b.binding).map_or("", |binding| &binding.name);
                self.find(&rules::ROUTE_ADDED, spot, Change::come(new.origin, name));
            }
        }
    }

    fn route(&mut self, a: &Route, b: &Route, places: (Origin, Origin), spot: &Spot) {
        let word = |text: &Option<String>| text.clone().unwrap_or_default();
        let change = |before: String, after: String| Change::both(places.0, places.1, before, after);
        if a.action != b.action {
            self.find(&rules::ACTION_CHANGED, spot, change(word(&a.action), word(&b.action)));
        }
        if a.reply_action != b.reply_action {
            self.find(&rules::REPLY_ACTION_CHANGED, spot, change(word(&a.reply_action), word(&b.reply_action)));
        }
        if a.path != b.path {
            self.find(&rules::PATH_CHANGED, spot, change(word(&a.path), word(&b.path)));
        }
        if a.http != b.http {
            let word = |http: HttpMethod| format!("{http:?}");
            self.find(&rules::HTTP_METHOD_CHANGED, spot, change(word(a.http), word(b.http)));
        }
        if a.result != b.result {
            let word = |result: ResultKind| format!("{result:?}").to_lowercase();
            self.find(&rules::RESULT_SHAPE_CHANGED, spot, change(word(a.result), word(b.result)));
        }
    }

    /// What is said about success and failure inside of replies.
    fn replies(&mut self, old: &Operation, new: &Operation, spot: &Spot) {
        let change = |before: String, after: String| Change::both(old.origin, new.origin, before, after);
        if old.reply != new.reply {
            self.find(&rules::REPLY_RULE_CHANGED, spot, change(reply(&old.reply), reply(&new.reply)));
        }
        let table = |model: &Model, operation: &Operation| {
            operation.error_table.map(|table| model[table].name.clone()).unwrap_or_default()
        };
        let (before, after) = (table(self.old, old), table(self.new, new));
        if before != after {
            self.find(&rules::ERROR_TABLE_CHANGED, spot, change(before, after));
        }
        let only = |a: &[i64], b: &[i64]| {
            let mut codes: Vec<i64> = a.iter().filter(|code| !b.contains(code)).copied().collect();
            codes.sort_unstable();
            codes.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
        };
        let (gone, come) = (only(&old.raises, &new.raises), only(&new.raises, &old.raises));
        if !come.is_empty() {
            self.find(&rules::RAISES_ADDED, spot, change(String::new(), come));
        }
        if !gone.is_empty() {
            self.find(&rules::RAISES_REMOVED, spot, change(gone, String::new()));
        }
    }

    /// What error tables tell of a code beyond its name; the codes themselves are values of an enumeration.
    pub(super) fn error_tables(&mut self) {
        for a in &self.old.error_tables {
            let Some(b) = self.new.error_tables.iter().find(|b| a.name == b.name) else { continue };
            self.codes(a, b);
        }
    }

    fn codes(&mut self, old: &ErrorTable, new: &ErrorTable) {
        let spot = Spot {
            owner: Owner { kind: OwnerKind::Errors, name: new.name.clone(), ns: String::new() },
            path: String::new(),
            directions: Directions::RESPONSE,
        };
        let places = (self.old[old.ty].origin, self.new[new.ty].origin);
        for a in &old.codes {
            let Some(b) = new.codes.iter().find(|b| a.code == b.code) else { continue };
            if (a.retry, a.not_executed) != (b.retry, b.not_executed) {
                let word = |retry: bool, not_executed: bool| match (retry, not_executed) {
                    (true, true) => "retry, not_executed",
                    (true, false) => "retry",
                    (false, true) => "not_executed",
                    (false, false) => "",
                };
                let (before, after) = (word(a.retry, a.not_executed), word(b.retry, b.not_executed));
                let change = Change::both(places.0, places.1, before, after);
                self.find(&rules::ERROR_CODE_CHANGED, &spot.at(&a.code.to_string()), change);
            }
        }
    }
}

/// Pairs two lists by score, the best first; what scores nothing stays alone.
pub(super) fn pair<T>(old: &[T], new: &[T], score: impl Fn(&T, &T) -> usize) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(usize, usize, usize)> = Vec::new();
    for (from, a) in old.iter().enumerate() {
        for (to, b) in new.iter().enumerate() {
            let score = score(a, b);
            if score > 0 {
                candidates.push((score, from, to));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let (mut from_taken, mut to_taken) = (vec![false; old.len()], vec![false; new.len()]);
    for (_, from, to) in candidates {
        if !from_taken[from] && !to_taken[to] {
            (from_taken[from], to_taken[to]) = (true, true);
            pairs.push((from, to));
        }
    }
    pairs
}

pub(super) fn service_spot(service: &Service) -> Spot {
    Spot {
        owner: Owner { kind: OwnerKind::Service, name: service.name.clone(), ns: service.ns.clone() },
        path: String::new(),
        directions: Directions::BOTH,
    }
}

fn operation_spot(service: &Service, operation: &Operation) -> Spot {
    Spot {
        owner: Owner {
            kind: OwnerKind::Operation,
            name: format!("{}.{}", service.name, operation.name),
            ns: service.ns.clone(),
        },
        path: String::new(),
        directions: if operation.output.is_some() { Directions::BOTH } else { Directions::REQUEST },
    }
}

fn operation_names(service: &Service) -> String {
    let mut names: Vec<&str> = service.operations.iter().map(|operation| operation.name.as_str()).collect();
    names.sort_unstable();
    names.join(", ")
}

/// `Input -> Output`
fn signature(model: &Model, operation: &Operation) -> String {
    let name = |message: &Message| match message.element.local.as_str() {
        "" => notation::ty(model, message.ty),
        local => local.to_owned(),
    };
    let output = operation.output.as_ref().map(|output| format!(" -> {}", name(output))).unwrap_or_default();
    format!("{}{output}", name(&operation.input))
}

fn effect(effect: &Effect) -> String {
    match effect {
        Effect::Read => "read".to_owned(),
        Effect::Idempotent { by: None } => "idempotent".to_owned(),
        Effect::Idempotent { by: Some(by) } => format!("idempotent(by = {by})"),
        Effect::Effectful => "effectful".to_owned(),
        Effect::Settled { by, key: None } => format!("settled(by = {by})"),
        Effect::Settled { by, key: Some(key) } => format!("settled(by = {by}, key = {key})"),
    }
}

fn reply(reply: &Reply) -> String {
    match reply {
        Reply::Plain => String::new(),
        Reply::Flagged { path, ok, failed, code, text } => {
            let text = text.as_ref().map(|text| format!(", text = {text}")).unwrap_or_default();
            format!("{}: ok = {ok}, failed = {failed}, code = {code}{text}", path.join("/"))
        }
        Reply::Listed { path, errors, code, text } => {
            let part = |name: &str, value: &Option<String>| {
                value.as_ref().map(|value| format!(", {name} = {value}")).unwrap_or_default()
            };
            format!("{}/{errors}{}{}", path.join("/"), part("code", code), part("text", text))
        }
    }
}
