//! Where WSDL's names lead: messages, port types, bindings and policies of all loaded documents.

use std::collections::HashMap;

use super::codes;
use super::policy::Policy;
use super::syntax::{Attached, Binding, Definitions, Message, PortType, Reference, Service};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::QName;
use crate::source::{FileId, Loaded, Span};

/// Something declared, with its namespace.
type Named<'w, T> = HashMap<QName, &'w T>;

/// All WSDL declarations by name.
#[derive(Debug)]
pub(super) struct Tables<'w> {
    pub(super) definitions: Vec<&'w Definitions>,
    pub(super) messages: Named<'w, Message>,
    pub(super) port_types: Named<'w, PortType>,
    pub(super) bindings: Named<'w, Binding>,
    policies: HashMap<(FileId, &'w str), &'w Policy>,
}

impl<'w> Tables<'w> {
    /// Collects the declarations; roots first, so that their services come first.
    pub(super) fn new(loaded: &[Loaded], documents: &'w [(usize, Definitions)], diagnostics: &mut Diagnostics) -> Self {
        let mut ordered: Vec<&(usize, Definitions)> = documents.iter().collect();
        ordered.sort_by_key(|(at, _)| (!loaded[*at].is_root, *at));
        let mut tables = Self {
            definitions: ordered.iter().map(|(_, it)| it).collect(),
            messages: HashMap::new(),
            port_types: HashMap::new(),
            bindings: HashMap::new(),
            policies: HashMap::new(),
        };
        for (_, it) in ordered {
            let name = |local: &str| QName::new(it.target.clone(), local);
            for message in &it.messages {
                enter(
                    &mut tables.messages,
                    name(&message.name),
                    message,
                    message.span,
                    |known| known.span,
                    "message",
                    diagnostics,
                );
            }
            for port_type in &it.port_types {
                enter(
                    &mut tables.port_types,
                    name(&port_type.name),
                    port_type,
                    port_type.span,
                    |known| known.span,
                    "portType",
                    diagnostics,
                );
            }
            for binding in &it.bindings {
                enter(
                    &mut tables.bindings,
                    name(&binding.name),
                    binding,
                    binding.span,
                    |known| known.span,
                    "binding",
                    diagnostics,
                );
            }
            for (id, policy) in &it.policies {
                tables.policies.entry((it.file, id.as_str())).or_insert(policy);
            }
        }
        tables
    }

    /// Services with the namespaces they stand in.
    pub(super) fn services(&self) -> impl Iterator<Item = (&'w Definitions, &'w Service)> {
        self.definitions.iter().flat_map(|it| it.services.iter().map(|service| (*it, service)))
    }

    /// What a reference leads to; reported when it leads nowhere.
    pub(super) fn find<T>(
        &self,
        table: &Named<'w, T>,
        word: &str,
        reference: &Reference,
        diagnostics: &mut Diagnostics,
    ) -> Option<(QName, &'w T)> {
        if let Some(found) = table.get(&reference.name) {
            return Some((reference.name.clone(), found));
        }
        let mut same: Vec<&QName> = table.keys().filter(|name| name.local == reference.name.local).collect();
        same.sort_unstable();
        if let [only] = same.as_slice() {
            let what = format!(
                "there is no {word} `{}` in the namespace `{}`; the one in `{}` is used",
                reference.name.local,
                reference.name.ns.escape_debug(),
                only.ns.escape_debug()
            );
            diagnostics.push(Diagnostic::warning(codes::NAMESPACE, what).at(reference.span, "another namespace"));
            return Some(((*only).clone(), table[*only]));
        }
        let what = format!(
            "there is no {word} `{}` in the namespace `{}`",
            reference.name.local,
            reference.name.ns.escape_debug()
        );
        let mut problem = Diagnostic::error(codes::UNRESOLVED, what)
            .at(reference.span, format!("this {word} is not declared in any loaded document"));
        let mut names: Vec<&str> = table.keys().map(|name| name.local.as_str()).collect();
        names.sort_unstable();
        if let Some(near) = did_you_mean(&reference.name.local, names) {
            problem = problem.with_help(format!("did you mean `{near}`?"));
        }
        diagnostics.push(problem);
        None
    }

    /// What everything attached demands together.
    pub(super) fn policy(&self, file: FileId, attached: &Attached, total: &mut Policy) {
        for policy in &attached.inline {
            total.merge(policy);
        }
        if attached.using_addressing && total.addressing.is_none() {
            total.addressing = Some(crate::model::Addressing::V10);
        }
        for (uri, _) in &attached.references {
            let id = uri.rsplit_once('#').map_or(uri.as_str(), |(_, id)| id);
            let own = self.policies.get(&(file, id)).copied();
            let found = own.or_else(|| {
                // Split contracts keep their policies in another of the files.
                self.definitions.iter().find_map(|it| self.policies.get(&(it.file, id)).copied())
            });
            if let Some(found) = found {
                total.merge(found);
            }
        }
    }
}

fn enter<'w, T: std::fmt::Debug>(
    table: &mut Named<'w, T>,
    name: QName,
    item: &'w T,
    span: Span,
    place: impl Fn(&T) -> Span,
    word: &str,
    diagnostics: &mut Diagnostics,
) {
    match table.get(&name) {
        None => {
            table.insert(name, item);
        }
        Some(first) => {
            let first = place(first);
            let what = format!("the {word} `{}` is declared twice; the first is used", name.local);
            diagnostics.push(Diagnostic::warning(codes::DUPLICATE, what).at(span, "ignored").also(first, "used"));
        }
    }
}
