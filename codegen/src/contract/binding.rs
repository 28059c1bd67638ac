//! `#[binding(…)]`: protocol, address and the settings each protocol has.

use crate::diagnostic::Diagnostic;
use crate::model::{Addressing, Binding, Docs, Protocol, Security, SoapVersion};

use super::ast::{self, Word};
use super::attrs::{Arg, Attr};
use super::read::Cx;

/// A binding with the patterns its routes are made from.
pub(super) struct Wire {
    pub(super) binding: Binding,
    action: Option<String>,
    pub(super) path: String,
}

impl Wire {
    /// The SOAP action of an operation: the binding's pattern, or namespace and name.
    pub(super) fn action(&self, ns: &str, name: &str) -> String {
        match &self.action {
            Some(pattern) => pattern.replace("{op}", name),
            None => format!("{ns}{}{name}", if ns.ends_with('/') { "" } else { "/" }),
        }
    }
}

/// Which settings each protocol has.
fn settings(protocol: &str) -> &'static [&'static str] {
    match protocol {
        "soap" => &["name", "endpoint", "version", "action", "addressing", "security", "timestamp"],
        "xml" => &["name", "endpoint", "path", "auth"],
        _ => &["name", "endpoint", "method", "server"],
    }
}

/// A service's bindings, in the order given.
pub(super) fn bindings(cx: &mut Cx<'_>, service: &ast::Service, data_contract: bool) -> Vec<Wire> {
    let mut wires: Vec<Wire> = Vec::new();
    for attr in service.attrs.all("binding") {
        let Some(wire) = binding(cx, attr, data_contract) else { continue };
        if let Some(earlier) = wires.iter().find(|other| other.binding.name == wire.binding.name) {
            cx.push(
                Diagnostic::error("E0530", format!("binding `{}` is defined twice", wire.binding.name))
                    .at(attr.name.span, "again here")
                    .also(earlier.binding.origin.0, "first here")
                    .with_help("give one of them another name: `name = \"…\"`"),
            );
            continue;
        }
        wires.push(wire);
    }
    if service.attrs.all("binding").next().is_none() {
        cx.push(
            Diagnostic::error("E0544", format!("service `{}` has no binding", service.name.text))
                .at(service.name.span, "cannot be called")
                .with_help("add `#[binding(soap, version = \"1.2\", endpoint = \"https://…\")]`, `#[binding(xml, …)]` or `#[binding(xml_rpc, …)]`"),
        );
    }
    wires
}

fn binding(cx: &mut Cx<'_>, attr: &Attr, data_contract: bool) -> Option<Wire> {
    let kind = attr.first()?;
    if !matches!(kind.text.as_str(), "soap" | "xml" | "xml_rpc") {
        let near = crate::diagnostic::did_you_mean(&kind.text, ["soap", "xml", "xml_rpc"]);
        let mut diagnostic = Diagnostic::error("E0544", format!("no protocol `{}`", kind.text))
            .at(kind.span, "expected soap, xml or xml_rpc");
        if let Some(near) = near {
            diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
        }
        cx.push(diagnostic);
        return None;
    }
    let known = settings(&kind.text);
    for word in attr.names() {
        if !known.contains(&word.text.as_str()) {
            cx.push(
                Diagnostic::error("E0544", format!("`{}` bindings have no setting `{}`", kind.text, word.text))
                    .at(word.span, "not known here")
                    .with_help(format!("its settings are: {}", known.join(", "))),
            );
        }
    }
    for key in ["name", "action", "path", "method", "server"] {
        if let Some(word) = attr.named(key) {
            check_text(cx, &word.clone(), &format!("the {key}"));
        }
    }
    if let Some(endpoint) = attr.named("endpoint") {
        check_endpoint(cx, endpoint);
    }
    let text = |key: &str| attr.named(key).map(|word| word.text.clone());
    let protocol = match kind.text.as_str() {
        "soap" => soap(attr, data_contract),
        "xml" => Protocol::Plain { basic: text("auth").as_deref() == Some("basic") },
        _ => Protocol::XmlRpc { method: text("method"), server: text("server") },
    };
    let path = text("path").unwrap_or_else(|| "/{op}".into());
    if !path.starts_with('/') {
        cx.push(
            Diagnostic::error("E0545", "a path begins with `/`").at(attr.named("path").map(|word| word.span), "here"),
        );
    }
    Some(Wire {
        binding: Binding {
            name: text("name").unwrap_or_else(|| kind.text.clone()),
            protocol,
            endpoint: text("endpoint"),
            docs: Docs::default(),
            origin: attr.name.span.into(),
        },
        action: text("action"),
        path,
    })
}

fn soap(attr: &Attr, data_contract: bool) -> Protocol {
    Protocol::Soap {
        version: match attr.named("version").map(|word| word.text.as_str()) {
            Some("1.2") => SoapVersion::V12,
            _ => SoapVersion::V11,
        },
        addressing: addressing(attr).unwrap_or_default(),
        security: security(attr).unwrap_or_default(),
        data_contract,
        mtom: false,
    }
}

/// The addressing version an attribute asks for; `None` where it does not speak of it.
pub(super) fn addressing(attr: &Attr) -> Option<Option<Addressing>> {
    Some(match attr.named("addressing")?.text.as_str() {
        "2005/08" => Some(Addressing::V10),
        "2004/08" => Some(Addressing::Submission),
        _ => None,
    })
}

/// The security settings an attribute asks for; `None` where it does not speak of them.
pub(super) fn security(attr: &Attr) -> Option<Security> {
    let token = attr.arg("security");
    let timestamp = attr.named("timestamp");
    if token.is_none() && timestamp.is_none() {
        return None;
    }
    Some(Security {
        username_token: token.is_some_and(|arg| arg.word().text == "username_token"),
        digest: matches!(token, Some(Arg::Call(_, kind)) if kind.text == "digest"),
        timestamp: timestamp.is_some_and(|word| word.text == "yes"),
        basic: false,
    })
}

/// Text that goes into a request line or a header must not end it.
pub(super) fn check_text(cx: &mut Cx<'_>, word: &Word, what: &str) {
    if let Some(bad) = word.text.chars().find(|c| c.is_control() || c.is_whitespace()) {
        let name = if bad.is_control() { "a control character" } else { "white space" };
        cx.push(
            Diagnostic::error(
                "E0545",
                format!("{what} cannot hold {name} ({bad:?}): it is part of an HTTP header or path"),
            )
            .at(word.span, "here"),
        );
    }
}

/// An endpoint is an http or https address without credentials in it.
pub(super) fn check_endpoint(cx: &mut Cx<'_>, word: &Word) {
    check_text(cx, word, "the endpoint");
    let rest = word.text.strip_prefix("https://").or_else(|| word.text.strip_prefix("http://"));
    let problem = match rest {
        None => Some("expected `https://…` or `http://…`"),
        Some(rest) if rest.split('/').next().is_some_and(|host| host.is_empty()) => Some("the host is missing"),
        Some(rest) if rest.split('/').next().is_some_and(|host| host.contains('@')) => {
            Some("no user or password in an address")
        }
        Some(_) if word.text.contains('{') => Some("`{op}` goes into `path = \"/{op}\"`, not into the endpoint"),
        Some(_) => None,
    };
    if let Some(problem) = problem {
        cx.push(Diagnostic::error("E0545", "the endpoint is not a usable address").at(word.span, problem));
    }
}
