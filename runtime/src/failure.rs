//! [`Failure`]: a call that went wrong, before the operation's own types come in; [`CallError`] adds those.

mod call_error;

use std::error::Error as StdError;
use std::{fmt, io};

pub use self::call_error::{CallError, Contradiction, Faulted, Outcome, Refused};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::operation::{Binding, OperationInfo};
use crate::shape::Name;
use crate::transport::{Delivery, TransportError, TransportErrorKind};

/// Which call an error belongs to, and what was received.
#[derive(Clone)]
pub struct Context {
    /// The operation.
    pub operation: &'static OperationInfo,
    /// The wire it was called on.
    pub binding: &'static Binding,
    /// The endpoint's host and port, without the rest of the URL; empty when there is no valid endpoint.
    pub host: String,
    /// Which attempt this was, from 1.
    pub attempt: u32,
    /// How far the request may have got.
    pub delivery: Delivery,
    /// The HTTP status, if there is an answer.
    pub status: Option<u16>,
    /// The answer's `Content-Type`, as received; empty for none.
    pub content_type: String,
    body: Vec<u8>,
}

impl Context {
    pub(crate) fn new(operation: &'static OperationInfo, binding: &'static Binding, attempt: u32) -> Self {
        Self {
            operation,
            binding,
            host: String::new(),
            attempt,
            delivery: Delivery::NotSent,
            status: None,
            content_type: String::new(),
            body: Vec::new(),
        }
    }

    pub(crate) fn answered(&mut self, response: &http::Response<Vec<u8>>) {
        self.delivery = Delivery::Answered;
        self.status = Some(response.status().as_u16());
        let content_type = response.headers().get(http::header::CONTENT_TYPE);
        self.content_type =
            content_type.map(|value| String::from_utf8_lossy(value.as_bytes()).into()).unwrap_or_default();
        self.body = response.body().clone();
    }

    /// The answer's whole body as it came over the wire (still compressed, if it was); empty if there was none.
    ///
    /// Kept because it may hold what was paid for. It may also hold secrets: neither `Debug` nor any message shows it.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("operation", &self.operation.name)
            .field("binding", &self.binding.name)
            .field("host", &self.host)
            .field("attempt", &self.attempt)
            .field("delivery", &self.delivery)
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}", self.operation.name, self.binding.name)?;
        if !self.host.is_empty() {
            write!(f, ", {}", self.host)?;
        }
        if self.attempt > 1 {
            write!(f, ", attempt {}", self.attempt)?;
        }
        f.write_str(")")
    }
}

/// The layer of a call at which it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Layer {
    /// Settings or input: nothing was sent.
    Request,
    /// No complete answer.
    Transport,
    /// An answer over HTTP that is no message of the protocol.
    Http,
    /// A message that breaks the rules of XML, SOAP or XML-RPC, or belongs to another call.
    Protocol,
    /// A message whose content does not fit the contract.
    Decode,
}

/// What went wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum Problem {
    /// The settings do not allow the call; says what to change.
    Config(String),
    /// The binding wants credentials and none are set.
    Credentials,
    /// Credentials would travel in clear over `http`.
    Plaintext,
    /// A declared header is required and not set.
    Header(Name),
    /// The input cannot be written.
    Encode(Box<EncodeError>),
    /// The system gives no randomness or no usable time.
    Environment(io::Error),
    /// No complete answer.
    Transport(TransportError),
    /// An HTTP error status without a message of the protocol.
    Status,
    /// HTTP asks for other credentials (401, 407), or refuses these (403).
    Auth,
    /// HTTP points elsewhere. Never followed.
    Redirect {
        /// Where to; empty if it is not said. Without query.
        location: String,
    },
    /// The answer is of another media type.
    ContentType,
    /// The answer is empty, but the operation has a reply.
    EmptyBody,
    /// The answer is compressed in a way we do not take, or wrongly.
    ContentEncoding(String),
    /// The answer is larger than the limit, in bytes, after decompression.
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// The parts of a multipart answer do not fit together.
    Multipart(String),
    /// The envelope breaks a rule; says which.
    Envelope {
        /// Which rule.
        what: String,
        /// Where in the decoded text, in bytes.
        offset: usize,
    },
    /// The answer is of another SOAP version.
    VersionMismatch {
        /// The namespace of the envelope.
        found: String,
    },
    /// A mandatory header we do not know.
    MustUnderstand {
        /// Its expanded name.
        header: String,
    },
    /// The answer belongs to another request.
    Correlation {
        /// Our message id.
        sent: String,
        /// What the answer relates to.
        got: String,
    },
    /// Characters, syntax, limits, or content that does not fit the contract.
    Decode(Box<DecodeError>),
}

/// A call that failed, and at what.
#[derive(Debug)]
pub struct Failure {
    /// Which call, and what was received.
    pub context: Context,
    /// What went wrong.
    pub problem: Problem,
}

impl Failure {
    pub(crate) fn new(context: Context, problem: Problem) -> Box<Self> {
        Box::new(Self { context, problem })
    }

    /// The layer of the call.
    pub fn layer(&self) -> Layer {
        match &self.problem {
            Problem::Config(_)
            | Problem::Credentials
            | Problem::Plaintext
            | Problem::Header(_)
            | Problem::Encode(_)
            | Problem::Environment(_) => Layer::Request,
            Problem::Transport(_) => Layer::Transport,
            Problem::Status
            | Problem::Auth
            | Problem::Redirect { .. }
            | Problem::ContentType
            | Problem::EmptyBody
            | Problem::ContentEncoding(_)
            | Problem::TooLarge { .. } => Layer::Http,
            Problem::Multipart(_)
            | Problem::Envelope { .. }
            | Problem::VersionMismatch { .. }
            | Problem::MustUnderstand { .. }
            | Problem::Correlation { .. } => Layer::Protocol,
            Problem::Decode(error) => match error.kind {
                DecodeErrorKind::Charset(_)
                | DecodeErrorKind::Syntax(_)
                | DecodeErrorKind::Dtd
                | DecodeErrorKind::Limit { .. } => Layer::Protocol,
                _ => Layer::Decode,
            },
        }
    }

    /// Whether a later attempt may do better (whether it is safe is another question).
    pub(crate) fn is_transient(&self) -> bool {
        match &self.problem {
            Problem::Transport(error) => !matches!(
                error.kind(),
                TransportErrorKind::Tls
                    | TransportErrorKind::TooLarge { .. }
                    | TransportErrorKind::Request
                    | TransportErrorKind::Cancelled
            ),
            Problem::Status => matches!(self.context.status, Some(408 | 429 | 502 | 503 | 504)),
            _ => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.context)?;
        let status = self.context.status.unwrap_or_default();
        match &self.problem {
            Problem::Config(what) => f.write_str(what),
            Problem::Credentials => {
                f.write_str("the binding wants a user name and a password: give them with `Settings::credentials`")
            }
            Problem::Plaintext => f.write_str(
                "credentials would go over http in clear: use an https endpoint, or `Settings::allow_plaintext_http`",
            ),
            Problem::Header(name) => {
                write!(f, "the header {{{}}}{} is required: set it on the client or the call", name.ns, name.local)
            }
            Problem::Encode(error) => write!(f, "the request cannot be written: {error}"),
            Problem::Environment(error) => write!(f, "the system gives no randomness or no usable time: {error}"),
            Problem::Transport(error) => write!(f, "{error}"),
            Problem::Status => {
                write!(f, "HTTP status {status} with {}", Media(&self.context.content_type))
            }
            Problem::Auth if status == 407 => {
                write!(f, "HTTP status {status}: a proxy in between wants a login, which none of the settings gives it")
            }
            Problem::Auth if status == 401 => write!(
                f,
                "HTTP status {status}: the service wants a login, or another one than `Settings::credentials` and the binding give it"
            ),
            Problem::Auth => write!(f, "HTTP status {status}: the service does not let these credentials do this"),
            Problem::Redirect { location } if location.is_empty() => {
                write!(f, "HTTP status {status}: a redirect that does not say where to")
            }
            Problem::Redirect { location } => write!(
                f,
                "HTTP status {status}: redirected to {}, which is not followed; set the endpoint if that is right",
                one_line(location)
            ),
            Problem::ContentType => write!(
                f,
                "the answer (HTTP status {status}) is {}, where {} was expected",
                Media(&self.context.content_type),
                expected_media(self.context.binding)
            ),
            Problem::EmptyBody => write!(f, "the answer (HTTP status {status}) is empty, but a reply was expected"),
            Problem::ContentEncoding(what) => f.write_str(what),
            Problem::TooLarge { limit } => write!(f, "the decompressed answer is over the limit of {limit} bytes"),
            Problem::Multipart(what) => write!(f, "multipart answer: {what}"),
            Problem::Envelope { what, offset } => write!(f, "{what}, at byte {offset}"),
            Problem::VersionMismatch { found } => write!(
                f,
                "the answer is a SOAP envelope of another version (namespace {}), and not a fault",
                one_line(found)
            ),
            Problem::MustUnderstand { header } => {
                write!(f, "the answer has a mandatory header this client does not understand: {}", one_line(header))
            }
            Problem::Correlation { sent, got } => write!(
                f,
                "the answer belongs to another request: its RelatesTo is {}, our MessageID {sent}",
                if got.is_empty() { "missing".into() } else { one_line(got) }
            ),
            Problem::Decode(error) => write!(f, "{error}"),
        }
    }
}

impl StdError for Failure {
    // A message already says what the error right beneath says; the chain goes on below that one.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.problem {
            Problem::Encode(error) => error.source(),
            Problem::Environment(error) => error.source(),
            Problem::Transport(error) => error.source(),
            Problem::Decode(error) => error.source(),
            _ => None,
        }
    }
}

/// A content type in a sentence.
struct Media<'a>(&'a str);

impl fmt::Display for Media<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            "" => f.write_str("of no content type"),
            text => write!(f, "content type {}", one_line(text)),
        }
    }
}

fn expected_media(binding: &Binding) -> &'static str {
    use crate::operation::{Protocol, SoapVersion};
    match binding.protocol {
        Protocol::Soap(soap) if soap.version == SoapVersion::V12 => "application/soap+xml",
        Protocol::Soap(_) | Protocol::XmlRpc(_) => "text/xml",
        Protocol::Plain(_) | Protocol::Http(_) => "application/xml",
    }
}

/// Text from outside, made fit for one line of a message: control characters out, no more than 200 characters.
pub(crate) fn one_line(text: &str) -> String {
    const MOST: usize = 200;
    let mut line: String =
        text.chars().map(|c| if c.is_control() || is_bidi(c) { ' ' } else { c }).take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        line.push('…');
    }
    line
}

/// Characters that reorder what a reader sees.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}
