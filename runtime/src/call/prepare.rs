//! From an input to an HTTP request.

use std::ops::Range;

use http::{HeaderMap, HeaderName, HeaderValue, Method as HttpMethod, Uri, header};

use super::endpoint::{self, Endpoint};
use super::{Job, Prepared, Sent};
use crate::client::{Capture, SoapLogin};
use crate::failure::{Context, Failure, Problem};
use crate::operation::{Binding, OperationInfo, Protocol, Route, Soap};
use crate::shape::Name;
use crate::soap::package;
use crate::soap::write::{self as soap, HeaderValue as SoapHeader};

/// A request of one protocol.
pub(crate) struct Built {
    pub(crate) method: HttpMethod,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) secrets: Vec<Range<usize>>,
    pub(crate) message_id: Option<String>,
    /// For a body of several parts: where the readable one stands, and what the others are.
    pub(crate) package: Option<Shown>,
}

/// What captures show of a body that is a package.
pub(crate) struct Shown {
    pub(crate) root: Range<usize>,
    pub(crate) beside: Vec<String>,
}

/// Makes the request of one attempt (counted from 1), with fresh ids, nonces and times.
///
/// # Errors
/// Settings that do not fit the operation, a missing credential or header, an input that cannot be written. Nothing was
/// sent then.
pub fn prepare(job: &Job<'_>, attempt: u32) -> Result<Prepared, Box<Failure>> {
    let binding = binding_of(job);
    let mut context = Context::new(job.operation, binding, attempt);
    let built = match build(job, binding, &mut context) {
        Ok(built) => built,
        Err(problem) => return Err(Failure::new(context, problem)),
    };
    let mut request = http::Request::new(built.body);
    *request.method_mut() = built.method;
    *request.uri_mut() = built.uri;
    *request.headers_mut() = built.headers;
    if let Some(listener) = &job.settings.on_capture {
        let package = built.package.as_ref().map(|package| (package.root.clone(), package.beside.as_slice()));
        listener(&Capture::request(job.operation, binding, attempt, &request, &built.secrets, package));
    }
    let sent = Sent { context, message_id: built.message_id, secrets: built.secrets };
    Ok(Prepared { request, sent })
}

/// The wire of a call: its own, else the client's, else the service's first.
fn binding_of(job: &Job<'_>) -> &'static Binding {
    let first = job.operation.service.bindings.first().copied();
    job.options.binding.or(job.settings.binding).or(first).unwrap_or(&NOWHERE)
}

/// Stands in for the binding of a service that has none, in errors.
static NOWHERE: Binding = Binding {
    name: "no binding",
    index: usize::MAX,
    endpoint: "",
    protocol: Protocol::Plain(crate::operation::Plain { basic: false }),
};

fn build(job: &Job<'_>, binding: &'static Binding, context: &mut Context) -> Result<Built, Problem> {
    let route = route(job.operation, binding)?;
    let url = job.settings.endpoint_for(binding, job.operation);
    let endpoint = endpoint::check(url).map_err(Problem::Config)?;
    context.host.clone_from(&endpoint.host);
    let mut built = match binding.protocol {
        Protocol::Soap(soap) => build_soap(job, soap, route, &endpoint, url)?,
        Protocol::Plain(plain) => {
            body_only(job)?;
            crate::plain::build(job, plain, route, &endpoint)?
        }
        Protocol::Http(http) => {
            body_only(job)?;
            crate::http_binding::build(job, http, route, &endpoint)?
        }
        Protocol::XmlRpc(rpc) => {
            body_only(job)?;
            super::xmlrpc::build(job, rpc, route, &endpoint)?
        }
    };
    built.headers.entry(header::ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
    let agent = concat!("bindery-runtime/", env!("CARGO_PKG_VERSION"));
    built.headers.entry(header::USER_AGENT).or_insert(HeaderValue::from_static(agent));
    for (index, (name, value)) in job.settings.http_headers.iter().enumerate() {
        let again = job.settings.http_headers.iter().take(index).any(|(before, _)| before == name);
        if again {
            built.headers.append(name, value.clone());
        } else {
            built.headers.insert(name, value.clone());
        }
    }
    // Last, so that headers the application has set count as well.
    let secret = !built.secrets.is_empty() || built.headers.iter().any(|(name, value)| is_credential(name, value));
    if secret && !endpoint.private && !job.settings.allow_plaintext_http {
        return Err(Problem::Plaintext);
    }
    Ok(built)
}

/// Whether a header carries credentials, as far as its name or whoever made its value says so.
fn is_credential(name: &http::HeaderName, value: &http::HeaderValue) -> bool {
    value.is_sensitive() || [header::AUTHORIZATION, header::PROXY_AUTHORIZATION, header::COOKIE].contains(name)
}

/// How the operation is reached on a binding.
fn route(operation: &'static OperationInfo, binding: &'static Binding) -> Result<&'static Route, Problem> {
    let bindings = operation.service.bindings;
    if !bindings.get(binding.index).is_some_and(|known| std::ptr::eq(*known, binding)) {
        let what = format!("the binding {} does not belong to the service {}", binding.name, operation.service.name);
        return Err(Problem::Config(what));
    }
    operation.routes.iter().find(|route| route.binding == binding.index).ok_or_else(|| {
        let offered: Vec<&str> = operation
            .routes
            .iter()
            .filter_map(|route| bindings.get(route.binding))
            .map(|binding| binding.name)
            .collect();
        Problem::Config(format!("the operation is not offered on this binding, only on: {}", offered.join(", ")))
    })
}

fn build_soap(job: &Job<'_>, soap: Soap, route: &Route, endpoint: &Endpoint, url: &str) -> Result<Built, Problem> {
    let settings = job.settings;
    let (token, basic) = match settings.soap_login {
        SoapLogin::Declared => (soap.username_token, soap.basic),
        SoapLogin::UsernameToken => (true, false),
        SoapLogin::Basic => (false, true),
    };
    if token && settings.credentials.is_none() {
        return Err(Problem::Credentials);
    }
    if !token && !basic && settings.credentials.is_some() {
        return Err(Problem::Config(
            "credentials are set, but the binding does not say how it takes them: choose with `Settings::soap_login`"
                .into(),
        ));
    }
    let credentials = settings.credentials.as_ref().filter(|_| token);
    let mtom = settings.mtom.unwrap_or(soap.mtom).then_some(settings.mtom_threshold);
    let message = soap::Message {
        soap,
        action: route.action,
        to: settings.to.as_deref().unwrap_or(url),
        credentials,
        digest: settings.digest.unwrap_or(soap.digest),
        timestamp: settings.timestamp.unwrap_or(soap.timestamp),
        headers: &declared_headers(job)?,
        raw_headers: &job.options.raw_headers,
        body: job.operation.input,
        encoded: job.encoded,
        input: job.input,
        mtom,
    };
    let written = soap::write(&message, settings.environment.as_ref())?;
    let mut headers: HeaderMap = soap::http_headers(soap, route.action)?.into_iter().collect();
    if let Some(credentials) = settings.credentials.as_ref().filter(|_| basic) {
        headers.insert(header::AUTHORIZATION, credentials.basic().ok_or_else(crate::plain::colon)?);
    }
    let (method, uri, message_id) = (HttpMethod::POST, endpoint.uri.clone(), written.message_id);
    let mut parts = written.parts;
    for (id, attachment) in &job.options.attachments {
        parts.attach(id, attachment).map_err(Problem::Config)?;
    }
    if mtom.is_none() && parts.list.is_empty() {
        let body = written.text.into_bytes();
        return Ok(Built { method, uri, headers, body, secrets: written.secrets, message_id, package: None });
    }
    let envelope = (written.text, written.secrets);
    let packed = package::pack(soap, route.action, envelope, parts, settings.environment.as_ref())?;
    headers.insert(header::CONTENT_TYPE, packed.content_type);
    headers.insert(HeaderName::from_static("mime-version"), HeaderValue::from_static("1.0"));
    let package = Some(Shown { root: packed.root, beside: packed.beside });
    Ok(Built { method, uri, headers, body: packed.body, secrets: packed.secrets, message_id, package })
}

/// The declared headers that are set, in the contract's order; the call's own before the client's.
fn declared_headers(job: &Job<'_>) -> Result<Vec<(Name, SoapHeader)>, Problem> {
    for (name, _) in &job.options.headers {
        if !job.operation.headers.iter().any(|header| header.name == *name) {
            let what = format!(
                "the contract does not declare the header {{{}}}{} for this operation: send it as a raw header",
                name.ns, name.local
            );
            return Err(Problem::Config(what));
        }
    }
    let mut headers = Vec::new();
    for header in job.operation.headers {
        let mut set = job.options.headers.iter().chain(job.headers);
        match set.find(|(name, _)| *name == header.name) {
            Some((name, value)) => headers.push((*name, value.clone())),
            None if header.required => return Err(Problem::Header(header.name)),
            None => {}
        }
    }
    Ok(headers)
}

fn body_only(job: &Job<'_>) -> Result<(), Problem> {
    if !job.options.attachments.is_empty() {
        return Err(Problem::Config("the call has an attachment, which this binding cannot carry".into()));
    }
    if job.options.headers.is_empty() && job.options.raw_headers.is_empty() {
        return Ok(());
    }
    Err(Problem::Config("the call has a SOAP header, which this binding cannot carry".into()))
}
