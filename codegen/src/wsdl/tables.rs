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

    /// Services by name, with the documents they stand in. By name, because the order of declarations means nothing: the
    /// same contract must come out the same however its files and declarations are ordered.
    pub(super) fn services(&self) -> Vec<(&'w Definitions, &'w Service)> {
        self.by_name(|it| &it.services, |service| &service.name)
    }

    /// Bindings by name.
    pub(super) fn all_bindings(&self) -> Vec<(&'w Definitions, &'w Binding)> {
        self.by_name(|it| &it.bindings, |binding| &binding.name)
    }

    /// Port types by name.
    pub(super) fn all_port_types(&self) -> Vec<(&'w Definitions, &'w PortType)> {
        self.by_name(|it| &it.port_types, |port_type| &port_type.name)
    }

    fn by_name<T>(
        &self,
        of: impl Fn(&'w Definitions) -> &'w Vec<T>,
        name: impl Fn(&'w T) -> &'w str,
    ) -> Vec<(&'w Definitions, &'w T)> {
        let mut all: Vec<(&Definitions, &T)> =
            self.definitions.iter().flat_map(|it| of(it).iter().map(|item| (*it, item))).collect();
        all.sort_by(|(a_in, a), (b_in, b)| (name(a), &a_in.target).cmp(&(name(b), &b_in.target)));
        all
    }

    /// What a reference leads to; reported with what needs it when it leads nowhere.
    pub(super) fn find<T>(
        &self,
        table: &Named<'w, T>,
        word: &str,
        reference: &Reference,
        needed_by: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<(QName, &'w T)> {
        if let Some(found) = table.get(&reference.name) {
            return Some((reference.name.clone(), found));
        }
        let mut same: Vec<&QName> = table.keys().filter(|name| name.local == reference.name.local).collect();
        same.sort_unstable();
        if let [only] = same.as_slice() {
            let what = format!(
                "there is no {word} `{}` in {}; the one in `{}` is used",
                reference.name.local,
                reference.home(),
                only.ns.escape_debug()
            );
            diagnostics.push(Diagnostic::warning(codes::NAMESPACE, what).at(reference.span, "another namespace"));
            return Some(((*only).clone(), table[*only]));
        }
        let what = format!("there is no {word} `{}` in {}", reference.name.local, reference.home());
        let mut problem = Diagnostic::error(codes::UNRESOLVED, what)
            .at(reference.span, format!("this {word} is not declared in any loaded document"));
        let mut names: Vec<&str> = table.keys().map(|name| name.local.as_str()).collect();
        names.sort_unstable();
        if let Some(near) = did_you_mean(&reference.name.local, names) {
            problem = problem.with_help(format!("did you mean `{near}`?"));
        }
        diagnostics.push(problem.with_note(format!("needed by {needed_by}")));
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
