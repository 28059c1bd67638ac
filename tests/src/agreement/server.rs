//! What a strict server of the new contract makes of a request: to which operation it belongs, or why it is refused.
//!
//! Servers differ. This one goes by what the contract says: SOAP version, action and body element must be the contract's, required
//! headers and what the policy asks for must be there. Where it listens is not looked at: old addresses mostly go on working.

use bindery_codegen::model::{Model, Operation, Protocol, SoapVersion};
use roxmltree::{Document, Node};

const ENVELOPES: [(&str, SoapVersion); 2] = [
    ("http://schemas.xmlsoap.org/soap/envelope/", SoapVersion::V11),
    ("http://www.w3.org/2003/05/soap-envelope", SoapVersion::V12),
];

/// A request as the harness wrote it down.
#[derive(Debug)]
pub struct Request<'t> {
    line: &'t str,
    headers: Vec<(&'t str, &'t str)>,
    body: &'t str,
}

impl<'t> Request<'t> {
    /// Takes a request apart.
    pub fn parse(text: &'t str) -> Option<Self> {
        let (head, body) = text.split_once("\n\n")?;
        let mut lines = head.lines();
        let line = lines.next()?;
        Some(Self { line, headers: lines.filter_map(|line| line.split_once(": ")).collect(), body })
    }

    fn header(&self, name: &str) -> Option<&'t str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }
}

/// The operation that a request of an operation of this name reaches: service and operation, as numbers.
///
/// # Errors
/// Why it is refused.
pub fn dispatch(model: &Model, request: &Request<'_>, name: &str) -> Result<(usize, usize), String> {
    let mut why = "no operation".to_owned();
    let mut demanded = None;
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, service) in model.services.iter().enumerate() {
        for (number, operation) in service.operations.iter().enumerate() {
            for route in &operation.routes {
                let Some(binding) = service.bindings.get(route.binding) else { continue };
                match accepts(&binding.protocol, operation, route.action.as_deref(), route.path.as_deref(), request) {
                    Ok(()) => found.push((at, number)),
                    Err(Refusal::Demand(refusal)) if operation.name == name => demanded = Some(refusal),
                    // What comes closest says most.
                    Err(Refusal::Address(refusal)) if operation.name == name => why = refusal,
                    Err(_) => {}
                }
            }
        }
    }
    found.sort_by_key(|(at, number)| model.services[*at].operations[*number].name != name);
    // Another operation that shares action and element does not stand in for one that wants more.
    let own = found.first().is_some_and(|(at, number)| model.services[*at].operations[*number].name == name);
    match demanded {
        Some(refusal) if !own => Err(refusal),
        _ => found.first().copied().ok_or(why),
    }
}

/// Why an operation does not take a request.
enum Refusal {
    /// It is for another one.
    Address(String),
    /// It is for this one, and lacks something.
    Demand(String),
}

fn accepts(
    protocol: &Protocol,
    operation: &Operation,
    action: Option<&str>,
    path: Option<&str>,
    request: &Request<'_>,
) -> Result<(), Refusal> {
    let address = |why: &str| Err(Refusal::Address(why.to_owned()));
    let demand = |why: &str| Err(Refusal::Demand(why.to_owned()));
    match protocol {
        Protocol::Soap { version, addressing, security, .. } => {
            let document = Document::parse(request.body).map_err(|_| Refusal::Address("no envelope".to_owned()))?;
            let envelope = document.root_element();
            let sent = ENVELOPES.iter().find(|(ns, _)| envelope.tag_name().namespace() == Some(ns));
            if sent.map(|(_, version)| *version) != Some(*version) {
                return address("the other SOAP version");
            }
            let part =
                |name: &str| envelope.children().find(|node| node.is_element() && node.tag_name().name() == name);
            let headers: Vec<Node<'_, '_>> =
                part("Header").map(|node| node.children().filter(Node::is_element).collect()).unwrap_or_default();
            let header = |ns: &str, name: &str| {
                headers
                    .iter()
                    .any(|node| node.has_tag_name((ns, name)) || (ns.is_empty() && node.tag_name().name() == name))
            };
            let body = part("Body").and_then(|body| body.children().find(Node::is_element));
            let name = body.map(|node| (node.tag_name().namespace().unwrap_or_default(), node.tag_name().name()));
            if !operation.input.element.local.is_empty()
                && name != Some((operation.input.element.ns.as_str(), operation.input.element.local.as_str()))
            {
                return address("another body element");
            }
            let sent = match version {
                SoapVersion::V11 => request.header("soapaction").map(|action| action.trim_matches('"').to_owned()),
                SoapVersion::V12 => request.header("content-type").and_then(|media| {
                    let (_, action) = media.split_once("action=")?;
                    Some(action.split(';').next()?.trim_matches('"').to_owned())
                }),
            };
            if sent.unwrap_or_default() != action.unwrap_or_default() {
                return address("another action");
            }
            if let Some(missing) = operation
                .headers
                .iter()
                .find(|wanted| wanted.required && !header(&wanted.element.ns, &wanted.element.local))
            {
                return demand(&format!("header {} is missing", missing.element));
            }
            if security.username_token && !header("", "Security") {
                return demand("no UsernameToken");
            }
            if security.username_token && security.digest != request.body.contains("#PasswordDigest") {
                return demand("another kind of password");
            }
            if security.timestamp && !request.body.contains(":Timestamp") {
                return demand("no Timestamp");
            }
            if addressing.is_some() && !header("", "Action") {
                return demand("no addressing");
            }
            Ok(())
        }
        Protocol::Plain { .. } | Protocol::Http => {
            if request.header("soapaction").is_some() || request.body.contains(":Envelope") {
                return address("an envelope");
            }
            if matches!(protocol, Protocol::Plain { basic: true }) && request.header("authorization").is_none() {
                return demand("no credentials");
            }
            // Behind the path, a GET has its arguments.
            let wanted = path.unwrap_or_default();
            let place = request.line.split(' ').nth(1).unwrap_or_default();
            let reached =
                place.ends_with(wanted) || (request.line.starts_with("GET") && place.contains(&format!("{wanted}/")));
            if wanted.is_empty() || reached { Ok(()) } else { address("another path") }
        }
        Protocol::XmlRpc { .. } => address("XML-RPC"),
    }
}

/// An answer of an operation, as its binding would give it: status, media type, body.
pub fn answer(version: SoapVersion, content: Option<&str>, fault: bool) -> (u16, &'static str, String) {
    let (ns, media) = match version {
        SoapVersion::V11 => (ENVELOPES[0].0, "text/xml; charset=utf-8"),
        SoapVersion::V12 => (ENVELOPES[1].0, "application/soap+xml; charset=utf-8"),
    };
    let Some(content) = content else { return (202, media, String::new()) };
    let body = match (fault, version) {
        (false, _) => content.to_owned(),
        (true, SoapVersion::V11) => {
            format!(
                "<e:Fault><faultcode>e:Server</faultcode><faultstring>No.</faultstring><detail>{content}</detail></e:Fault>"
            )
        }
        (true, SoapVersion::V12) => format!(
            "<e:Fault><e:Code><e:Value>e:Receiver</e:Value></e:Code><e:Reason><e:Text xml:lang=\"en\">No.</e:Text></e:Reason>\
             <e:Detail>{content}</e:Detail></e:Fault>"
        ),
    };
    let status = if fault { 500 } else { 200 };
    (status, media, format!("<e:Envelope xmlns:e=\"{ns}\"><e:Body>{body}</e:Body></e:Envelope>"))
}
