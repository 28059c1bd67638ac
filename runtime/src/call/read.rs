//! From an HTTP response to a value.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use http::{HeaderMap, StatusCode, header};

use super::content::{Inflate, MediaType, decompress};
use super::multipart::{self, Package};
use super::{Job, NoResult, Received, Sent};
use crate::attachment::Attachment;
use crate::client::{Capture, redact};
use crate::codec::parts::{Incoming, IncomingParts};
use crate::codec::{Decoder, Profile};
use crate::error::{DecodeError, DecodeErrorKind, Drift, DriftKind};
use crate::failure::{Context, Failure, Problem};
use crate::operation::{Protocol, Soap};
use crate::raw::RawElement;
use crate::shape::{Flags, Name};
use crate::soap::read::Opened;
use crate::soap::{self, Fault};
use crate::value::Value;
use crate::xml::{CharsetError, Instructions, Reader, decode_bytes};

/// What an answer held beside the reply.
#[derive(Default)]
pub(crate) struct Beside {
    pub(crate) drift: Vec<Drift>,
    /// Attachments that no member of the reply took, with their ids.
    pub(crate) attachments: Vec<(String, Attachment)>,
    /// Headers that the contract does not declare.
    pub(crate) headers: Vec<RawElement>,
}

impl From<Vec<Drift>> for Beside {
    fn from(drift: Vec<Drift>) -> Self {
        Self { drift, ..Self::default() }
    }
}

/// What was made of an answer's text.
pub(crate) struct Taken {
    pub(crate) result: Result<Beside, Bad>,
    /// Where secrets stand in the text.
    pub(crate) secrets: Vec<Range<usize>>,
    /// How much of the text was looked at: what comes behind may hold secrets, too.
    pub(crate) seen: usize,
}

impl Taken {
    pub(crate) fn bad(problem: impl Into<Bad>, seen: usize) -> Self {
        Self { result: Err(problem.into()), secrets: Vec::new(), seen }
    }
}

/// A fault, or a problem.
pub(crate) enum Bad {
    Fault(Box<Fault>),
    Problem(Problem),
}

impl From<Problem> for Bad {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Box<DecodeError>> for Bad {
    fn from(error: Box<DecodeError>) -> Self {
        Self::Problem(Problem::Decode(error))
    }
}

/// Reads the answer to a request into `reply`, and its declared SOAP headers into `headers`, whose slots are in the order of
/// [`Job::reply_headers`]. Those may hold something beside a fault, too.
///
/// The status is a hint; the body decides wherever it is a message of the protocol. Differences from the contract that are
/// accepted go to [`Settings::on_drift`](crate::Settings::on_drift), too.
///
/// # Errors
/// A fault, or whatever makes the answer unusable; `reply` holds nothing useful then. Holds the whole body.
pub fn read(
    job: &Job<'_>,
    sent: &Sent,
    response: &http::Response<Vec<u8>>,
    reply: &mut dyn Value,
    headers: &mut [&mut dyn Value],
) -> Result<Received, NoResult> {
    let mut context = sent.context.clone();
    context.answered(response);
    let mut shown = None;
    let result = take(job, sent, &context, response, (reply, headers), &mut shown);
    if let Some(listener) = &job.settings.on_capture {
        let body = shown.unwrap_or_else(|| match response.body().len() {
            0 => String::new(),
            length => format!("({length} bytes that were not read as a message)"),
        });
        let (status, headers) = (response.status(), response.headers());
        listener(&Capture::response(job.operation, context.binding, context.attempt, status, headers, body));
    }
    match result {
        Ok(Beside { drift, attachments, headers }) => {
            if let Some(listener) = &job.settings.on_drift {
                drift.iter().for_each(|drift| listener(job.operation, drift));
            }
            Ok(Received { drift, attachments, headers, context })
        }
        Err(Bad::Fault(fault)) => Err(NoResult::Fault(Box::new((*fault, context)))),
        Err(Bad::Problem(problem)) => Err(NoResult::Failed(Failure::new(context, problem))),
    }
}

fn take(
    job: &Job<'_>,
    sent: &Sent,
    context: &Context,
    response: &http::Response<Vec<u8>>,
    (reply, headers): (&mut dyn Value, &mut [&mut dyn Value]),
    shown: &mut Option<String>,
) -> Result<Beside, Bad> {
    let status = response.status();
    if status.is_redirection() {
        return Err(redirect(response).into());
    }
    let protocol = context.binding.protocol;
    let media = MediaType::of(response.headers());
    if response.body().is_empty() {
        return match error_status(status) {
            Some(problem) => Err(problem.into()),
            None if job.operation.output.is_none() => Ok(Beside::default()),
            None => Err(Problem::EmptyBody.into()),
        };
    }
    let content = matches!(protocol, Protocol::Http(_)) && job.operation.output.is_some_and(|it| it.local.is_empty());
    let fits = match protocol {
        Protocol::Soap(_) => media.may_hold_soap(),
        Protocol::Http(_) => content || media.is_xml(),
        Protocol::Plain(_) | Protocol::XmlRpc(_) => media.is_xml(),
    };
    // Without a Content-Type the body itself is asked.
    if !fits && !media.essence.is_empty() {
        return match error_status(status) {
            Some(problem) => Err(problem.into()),
            // What answers a one-way call is nobody's business, as long as it is no fault.
            None if job.operation.output.is_none() => Ok(Beside::default()),
            None => Err(Problem::ContentType.into()),
        };
    }
    let limit = job.settings.max_body;
    let body = decompress(response.headers(), response.body(), limit).map_err(|bad| match bad {
        Inflate::Bad(what) => Problem::ContentEncoding(what),
        Inflate::TooLarge => Problem::TooLarge { limit },
    })?;
    if content {
        return match error_status(status) {
            Some(problem) => Err(problem.into()),
            None => take_content(job, response.headers(), &body, reply),
        };
    }
    let mut parts = IncomingParts::default();
    let package = match protocol {
        Protocol::Soap(_) if media.is_multipart() => Some(multipart::parse(&media, &body).map_err(Problem::Multipart)?),
        _ => None,
    };
    let text = match protocol {
        Protocol::XmlRpc(_) => crate::xmlrpc::decode_body(&body, media.charset()).map_err(charset)?,
        _ if let Some(package) = &package => {
            let (text, left) = unpack(job, package)?;
            parts = left;
            Cow::Owned(text)
        }
        _ => decode_bytes(&body, media.charset()).map_err(charset)?,
    };
    let text = match protocol {
        Protocol::Soap(_) if job.encoded => match soap::multiref::resolve(&text, &job.settings.limits, limit)? {
            Cow::Borrowed(_) => text,
            Cow::Owned(resolved) => Cow::Owned(resolved),
        },
        _ => text,
    };
    let taken = match protocol {
        Protocol::Soap(soap) => take_soap(job, soap, sent, &text, parts, (reply, headers)),
        Protocol::Plain(_) => take_document(job, Profile::PLAIN, &text, reply),
        Protocol::Http(http) => take_document(job, crate::http_binding::profile(http), &text, reply),
        Protocol::XmlRpc(rpc) => super::xmlrpc::take(job, rpc, context.binding, &text, reply),
    };
    if job.settings.on_capture.is_some() {
        let mut secrets = taken.secrets;
        if taken.seen < text.len() {
            secrets.push(taken.seen..text.len());
        }
        *shown = Some(redact(&text, &secrets));
    }
    match (taken.result, error_status(status)) {
        // An error page that happens to be XML: the status says more than its syntax.
        (Err(Bad::Problem(problem)), Some(by_status)) if is_foreign(&problem) => Err(by_status.into()),
        // Without a result in an envelope that says otherwise, an error status is an error.
        (Ok(_), Some(by_status))
            if !matches!(protocol, Protocol::Soap(_) | Protocol::XmlRpc(_)) || job.operation.output.is_none() =>
        {
            Err(by_status.into())
        }
        (result, _) => result,
    }
}

/// The error that a status alone makes.
fn error_status(status: StatusCode) -> Option<Problem> {
    match status.as_u16() {
        401 | 403 | 407 => Some(Problem::Auth),
        400.. => Some(Problem::Status),
        _ => None,
    }
}

/// Whether the document was not of the protocol at all.
fn is_foreign(problem: &Problem) -> bool {
    match problem {
        Problem::Envelope { .. } => true,
        Problem::Decode(error) => {
            matches!(error.kind, DecodeErrorKind::Syntax(_) | DecodeErrorKind::Dtd | DecodeErrorKind::Unexpected { .. })
        }
        _ => false,
    }
}

fn redirect(response: &http::Response<Vec<u8>>) -> Problem {
    let location = response.headers().get(header::LOCATION);
    let location = location.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).unwrap_or_default();
    // Query, fragment and user information may hold secrets.
    let location = location.split(['?', '#']).next().unwrap_or_default();
    let location = match location.split_once("://") {
        Some((scheme, rest)) => {
            let authority_end = rest.find('/').unwrap_or(rest.len());
            let (authority, path) = rest.split_at(authority_end);
            format!("{scheme}://{}{path}", authority.rsplit('@').next().unwrap_or_default())
        }
        None => location.to_owned(),
    };
    Problem::Redirect { location }
}

fn charset(error: CharsetError) -> Problem {
    Problem::Decode(Box::new(DecodeError {
        kind: DecodeErrorKind::Charset(error.what),
        path: String::new(),
        offset: error.offset,
    }))
}

/// The root of a package with what it includes, and the other parts.
fn unpack<'p>(job: &Job<'_>, package: &'p Package<'_>) -> Result<(String, IncomingParts<'p>), Problem> {
    let root = package.root().ok_or_else(|| Problem::Multipart("it has no root part".into()))?;
    let text = decode_bytes(&root.body, root.media.charset()).map_err(charset)?;
    let (text, included) = soap::xop::include(&text, package, &job.settings.limits, job.settings.max_body)?;
    let beside = package.parts.iter().enumerate().filter(|(index, _)| *index != package.root).map(|(_, part)| part);
    let used: BTreeSet<&str> = included.iter().map(|included| included.part.id).collect();
    let left = beside.map(multipart::Part::incoming).filter(|part| !used.contains(part.id)).collect();
    Ok((text, IncomingParts::new(left, included)))
}

/// An answer that is content of any kind: the one member of the reply takes it.
fn take_content(job: &Job<'_>, headers: &HeaderMap, body: &[u8], reply: &mut dyn Value) -> Result<Beside, Bad> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let parts = IncomingParts::new(vec![Incoming { id: "", content_type: media, bytes: body }], Vec::new());
    let mut decoder = Decoder::new(Reader::new("<answer/>"), Profile::PLAIN, job.strict()).with_parts(parts);
    decoder.root(Name::new("", "answer"), reply)?;
    Ok(decoder.finish()?.drift.into())
}

fn take_soap<'t>(
    job: &Job<'_>,
    soap: Soap,
    sent: &Sent,
    text: &'t str,
    parts: IncomingParts<'t>,
    (reply, headers): (&mut dyn Value, &mut [&mut dyn Value]),
) -> Taken {
    let limits = job.settings.limits.as_ref().clone();
    let mut reader = Reader::with_limits(text, limits).instructions(Instructions::Reject);
    let body = job.operation.output.unwrap_or(job.operation.input);
    let profile = soap::write::body_profile(soap, body, job.encoded);
    let mut opened = match soap::read::open_body(&mut reader, job.reply_headers) {
        Ok(opened) => opened,
        // Headers that were not decoded may hold secrets.
        Err(problem) if job.reply_headers.is_empty() => return Taken::bad(problem, reader.position()),
        Err(problem) => return Taken::bad(problem, 0),
    };
    let declared = soap::reply_headers::read(std::mem::take(&mut opened.declared), profile, job.strict(), headers);
    let (others, unread) = (std::mem::take(&mut opened.others), std::mem::take(&mut opened.unread));
    let mut decoder = Decoder::new(reader, profile, job.strict()).with_parts(parts);
    let result = read_soap(job, soap, sent, &mut decoder, (opened, declared.error), reply);
    let mut secrets = decoder.secret_ranges();
    secrets.extend(declared.secrets);
    secrets.extend(unread);
    let seen = decoder.reader().position();
    let attachments = decoder.take_left();
    let result = result.and_then(|envelope| {
        let mut drift = declared.drift;
        drift.extend(envelope);
        drift.extend(decoder.finish()?.drift);
        Ok(Beside { drift, attachments, headers: others })
    });
    Taken { result, secrets, seen }
}

fn read_soap<'t>(
    job: &Job<'_>,
    soap: Soap,
    sent: &Sent,
    decoder: &mut Decoder<'t>,
    (mut opened, broken_header): (Opened<'t>, Option<Box<DecodeError>>),
    reply: &mut dyn Value,
) -> Result<Vec<Drift>, Bad> {
    let bare = job.operation.output.is_some_and(|output| output.local.is_empty());
    // Where the members of the reply stand in the Body directly, the decoder starts at the Body; but a fault comes first.
    let body = bare.then(|| decoder.reader().clone());
    opened.child = soap::read::first_child(decoder.reader())?;
    let mut drift = Vec::new();
    let ns = soap::read::envelope(opened.version);
    let is_fault = opened.child.is_some_and(|child| decoder.reader().is(child, ns, "Fault"));
    if opened.version != soap.version && !is_fault {
        return Err(Problem::VersionMismatch { found: ns.to_owned() }.into());
    }
    if let Some(id) = &sent.message_id {
        match opened.relates_to.first() {
            Some(_) if opened.relates_to.contains(id) => {}
            Some(other) => return Err(Problem::Correlation { sent: id.clone(), got: other.clone() }.into()),
            // A fault may come from before the headers were looked at.
            None if is_fault => {}
            None if job.strict() => return Err(Problem::Correlation { sent: id.clone(), got: String::new() }.into()),
            None => drift.push(Drift {
                path: "/Envelope/Header".into(),
                kind: DriftKind::Uncorrelated,
                raw: "no RelatesTo".into(),
                offset: 0,
                owner: None,
            }),
        }
    }
    drift.extend(soap::reply_headers::repeated(decoder.reader().text(), &opened.repeated, job.strict() && !is_fault)?);
    if let Some(stamp) = &opened.stamp
        && let Some(what) = stamp.stale(job.settings.environment.now())
    {
        drift.push(Drift {
            path: "/Envelope/Header/Security/Timestamp".into(),
            kind: DriftKind::Stale,
            raw: what,
            offset: stamp.offset,
            owner: None,
        });
    }
    // A fault says more than what is wrong with a header beside it.
    if let Some(error) = broken_header.filter(|_| !is_fault) {
        return Err(error.into());
    }
    match (opened.child, job.operation.output) {
        (Some(_), _) if is_fault => {
            let mut fault = soap::read_fault::read(decoder.reader(), opened.version)?;
            soap::read::close(decoder.reader(), "a Fault")?;
            let again = Reader::with_limits(decoder.reader().text(), job.settings.limits.as_ref().clone());
            fault.headers = soap::read::header_blocks(&mut again.instructions(Instructions::Reject), opened.version)?;
            return Err(Bad::Fault(Box::new(fault)));
        }
        (_, Some(_)) if let Some(body) = body => {
            *decoder.reader() = body;
            decoder.element(Flags::NONE, reply)?;
            soap::read::finish(decoder.reader())?;
        }
        (Some(child), Some(output)) => {
            decoder.expect(child, output)?;
            decoder.element(Flags::NONE, reply)?;
            soap::read::close(decoder.reader(), &format!("<{}>", output.local))?;
        }
        (None, Some(output)) => {
            let what = format!("the Body is empty, where <{}> was expected", output.local);
            return Err(Problem::Envelope { what, offset: decoder.reader().position() }.into());
        }
        (Some(child), None) => {
            let what = soap::read::describe(decoder.reader(), child);
            let offset = decoder.reader().element_start();
            decoder.drift(DriftKind::UnknownElement, &what, offset)?;
            decoder.reader().skip()?;
            soap::read::close(decoder.reader(), &what)?;
        }
        (None, None) => {}
    }
    Ok(drift)
}

fn take_document(job: &Job<'_>, profile: Profile, text: &str, reply: &mut dyn Value) -> Taken {
    let reader = Reader::with_limits(text, job.settings.limits.as_ref().clone());
    let mut decoder = Decoder::new(reader, profile, job.strict());
    let Some(output) = job.operation.output else {
        return Taken { result: Ok(Beside::default()), secrets: Vec::new(), seen: 0 };
    };
    let result = decoder.root(output, reply);
    let secrets = decoder.secret_ranges();
    let seen = decoder.reader().position();
    let finished = result.and_then(|()| decoder.finish());
    Taken { result: finished.map(|decoded| decoded.drift.into()).map_err(Bad::from), secrets, seen }
}
