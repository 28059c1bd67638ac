//! XML-RPC calls: the struct that carries an operation, its `Result`, and faults.

use std::ops::Range;

use http::{HeaderMap, HeaderValue, Method as HttpMethod, header};

use super::Job;
use super::endpoint::Endpoint;
use super::prepare::Built;
use super::read::{Bad, Taken};
use crate::client::XmlRpcLogin;
use crate::codec::slots::{SlotsRead, decode_slots, encode_slots};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::failure::Problem;
use crate::operation::{Binding, ResultKind, Route, XmlRpc};
use crate::soap::{Fault, FaultCode};
use crate::value::Value;
use crate::xmlrpc::{self, Execute, Options, Response, Step};

/// Makes the request.
pub(crate) fn build(job: &Job<'_>, rpc: XmlRpc, route: &Route, endpoint: &Endpoint) -> Result<Built, Problem> {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
    let settings = &job.settings.xmlrpc;
    let method = if rpc.method.is_empty() { route.path } else { rpc.method };
    let params = encode_slots(job.operation.input.local, job.input).map_err(Problem::Encode)?;
    let mut more: Vec<(&str, xmlrpc::Value, bool)> = Vec::new();
    if let Some(lang) = &settings.lang {
        more.push(("Lang", lang.as_str().into(), false));
    }
    if let Some(credentials) = &job.settings.credentials {
        if settings.login == XmlRpcLogin::Basic || rpc.method.is_empty() {
            headers.insert(header::AUTHORIZATION, credentials.basic().ok_or_else(crate::plain::colon)?);
        } else {
            more.push(("Username", credentials.username.as_str().into(), false));
            more.push(("Password", credentials.password.expose().as_str().into(), true));
        }
    }
    if let Some(auto_commit) = settings.auto_commit {
        more.push(("AutoCommit", if auto_commit { "Yes" } else { "No" }.into(), false));
    }
    let written = if rpc.method.is_empty() {
        if !more.is_empty() {
            let what = "Lang and AutoCommit go into a struct that this binding's calls do not have".to_owned();
            return Err(Problem::Config(what));
        }
        xmlrpc::write_call(method, params.values()).map_err(Problem::Encode)?
    } else {
        let call = Execute { method, server: rpc.server, operation: route.path, params: &params, more: &more };
        call.write().map_err(Problem::Encode)?
    };
    Ok(Built {
        method: HttpMethod::POST,
        uri: endpoint.uri.clone(),
        headers,
        body: written.text.into_bytes(),
        secrets: written.secrets,
        message_id: None,
        package: None,
    })
}

/// Reads an answer.
pub(crate) fn take(job: &Job<'_>, rpc: XmlRpc, binding: &Binding, text: &str, reply: &mut dyn Value) -> Taken {
    // Documented replies hold null; the layout decides where it can stand.
    let options = Options::with_limits(job.settings.limits.as_ref().clone()).nil(true);
    let response = match xmlrpc::read_response(text, &options) {
        Ok(response) => response,
        Err(error) => return Taken::bad(error, 0),
    };
    let value = match response {
        Response::Value(value) => value,
        Response::Fault(fault) => return Taken::bad(Bad::Fault(Box::new(to_fault(fault))), text.len()),
    };
    let kind = job.operation.routes.iter().find(|route| route.binding == binding.index).map(|route| route.result);
    let mut place = Place { path: Vec::new() };
    let result = if rpc.method.is_empty() {
        Ok(&value)
    } else {
        place.path.extend([Step::Member("Result"), Step::Item(0)]);
        xmlrpc::result_of(&value)
    };
    let items = result.and_then(|result| place.items(result, kind.unwrap_or(ResultKind::Item)));
    let read = match items {
        Ok(_) if job.operation.output.is_none() => Ok(SlotsRead::default()),
        Ok(items) => decode_slots(items, reply, &job.settings.limits, job.strict()),
        Err(error) => return Taken::bad(error, 0),
    };
    match read {
        Ok(read) => {
            let show = job.settings.on_capture.is_some();
            let (secrets, seen) = if show { place.secrets(text, &options, &read, kind) } else { (Vec::new(), 0) };
            Taken { result: Ok(read.drift.into()), secrets, seen }
        }
        Err(error) => Taken::bad(error, 0),
    }
}

/// Where in an answer the return values stand.
struct Place {
    path: Vec<Step>,
}

impl Place {
    /// The return values. For an `Item` or a `List` these are the items of an array, for a `Message` one struct.
    fn items<'v>(&self, result: &'v xmlrpc::Value, kind: ResultKind) -> Result<&'v [xmlrpc::Value], Box<DecodeError>> {
        match (kind, result.items()) {
            (ResultKind::Item | ResultKind::List, Some(items)) => Ok(items),
            // A method that returns one value need not wrap it.
            (ResultKind::Item, None) if self.path.is_empty() => Ok(std::slice::from_ref(result)),
            (ResultKind::Message, None) => Ok(std::slice::from_ref(result)),
            (kind, _) => Err(Box::new(DecodeError {
                kind: DecodeErrorKind::Unexpected {
                    found: format!("a result of type {}", result.type_name()),
                    expected: match kind {
                        ResultKind::Item => "an array of return values".into(),
                        ResultKind::List => "an array of rows".into(),
                        ResultKind::Message => "a struct".into(),
                    },
                },
                path: "/methodResponse/params/param/value".into(),
                offset: 0,
            })),
        }
    }

    /// Where the secret items stand in the text, and how much of it may be shown: nothing, when some are secret and their
    /// places cannot be told.
    fn secrets(
        &self,
        text: &str,
        options: &Options,
        read: &SlotsRead,
        kind: Option<ResultKind>,
    ) -> (Vec<Range<usize>>, usize) {
        if read.secret.is_empty() {
            return (Vec::new(), text.len());
        }
        if read.irregular || !matches!(kind, Some(ResultKind::Item)) {
            return (Vec::new(), 0);
        }
        let items = xmlrpc::locate(text, options, &self.path);
        let ranges: Vec<Range<usize>> = read.secret.iter().filter_map(|index| items.get(*index).cloned()).collect();
        if ranges.len() == read.secret.len() { (ranges, text.len()) } else { (Vec::new(), 0) }
    }
}

fn to_fault(fault: xmlrpc::Fault) -> Fault {
    let mut common = Fault::new(FaultCode::Number(fault.code.into()));
    if fault.text != fault.raw {
        common.raw_text = fault.raw;
    }
    common.reasons.push((String::new(), fault.text));
    common
}
