//! Calls without I/O: [`prepare`] makes an HTTP request, [`read`] takes an HTTP response apart. No socket, no clock and no
//! randomness of its own; both come from [`Settings::environment`](crate::Settings::environment).
//!
//! [`crate::client`] drives these two over a transport. An application that sends requests its own way (a queue, a proxy, a
//! test) can use them directly.

pub(crate) mod content;
pub(crate) mod endpoint;
pub(crate) mod multipart;
mod prepare;
mod read;
mod transfer;
mod xmlrpc;

use std::fmt;
use std::ops::Range;
use std::time::Duration;

pub(crate) use self::prepare::Built;
pub use self::prepare::prepare;
pub use self::read::read;
use crate::attachment::Attachment;
use crate::client::Settings;
use crate::error::Drift;
use crate::failure::{Context, Failure};
use crate::operation::{Binding, OperationInfo};
use crate::raw::RawElement;
use crate::shape::Name;
use crate::soap::Fault;
use crate::soap::write::HeaderValue;
use crate::value::Value;

/// What one call sets for itself.
#[derive(Clone, Default)]
pub struct CallOptions {
    pub(crate) binding: Option<&'static Binding>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) strict: Option<bool>,
    pub(crate) headers: Vec<(Name, HeaderValue)>,
    pub(crate) raw_headers: Vec<RawElement>,
    pub(crate) attachments: Vec<(String, Attachment)>,
}

impl CallOptions {
    /// Nothing: as the settings say.
    pub fn new() -> Self {
        Self::default()
    }

    /// The wire to use.
    #[must_use]
    pub fn over(mut self, binding: &'static Binding) -> Self {
        self.binding = Some(binding);
        self
    }

    /// The most time for the whole call, retries included.
    #[must_use]
    pub fn timeout(mut self, total: Duration) -> Self {
        self.timeout = Some(total);
        self
    }

    /// Whether every difference from the contract is an error.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = Some(strict);
        self
    }

    /// A header that the contract declares for the operation.
    #[must_use]
    pub fn set_header(mut self, name: Name, value: impl Value + Send + Sync + 'static) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, std::sync::Arc::new(value)));
        self
    }

    /// An attachment that the contract does not declare, under this `Content-ID` (without angle brackets). The message may
    /// refer to it as `cid:ID` (`swaRef`, WS-I Attachments Profile 1.0 §4.4).
    #[must_use]
    pub fn attach(mut self, id: impl Into<String>, attachment: Attachment) -> Self {
        self.attachments.push((id.into(), attachment));
        self
    }

    /// A SOAP header of any kind, as it is.
    #[must_use]
    pub fn header(mut self, element: RawElement) -> Self {
        self.raw_headers.push(element);
        self
    }
}

/// Shows no header values.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("binding", &self.binding.map(|binding| binding.name))
            .field("timeout", &self.timeout)
            .field("strict", &self.strict)
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("raw_headers", &self.raw_headers.len())
            .field("attachments", &self.attachments.len())
            .finish()
    }
}

/// A call to make: an operation, its input, and the settings that apply.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The operation.
    pub operation: &'static OperationInfo,
    /// The request's body.
    pub input: &'a (dyn Value + Send + Sync),
    /// The client's settings.
    pub settings: &'a Settings,
    /// Headers set for all calls of a client; those that the operation does not declare are left out.
    pub headers: &'a [(Name, HeaderValue)],
    /// The call's own settings.
    pub options: &'a CallOptions,
    /// The operation's messages use SOAP encoding: [`Operation::ENCODED`](crate::Operation::ENCODED).
    pub encoded: bool,
    /// The headers that replies are declared to bring:
    /// [`ReplyHeaders::ELEMENTS`](crate::ReplyHeaders::ELEMENTS) of the operation's.
    pub reply_headers: &'static [Name],
}

impl fmt::Debug for Job<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job")
            .field("operation", &self.operation.name)
            .field("settings", &self.settings)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Job<'_> {
    pub(crate) fn strict(&self) -> bool {
        self.options.strict.unwrap_or(self.settings.strict)
    }
}

/// A request ready to be sent once. Another attempt needs another one.
#[non_exhaustive]
pub struct Prepared {
    /// The request, with absolute URL. Holds secrets.
    pub request: http::Request<Vec<u8>>,
    /// What is needed to read the answer.
    pub sent: Sent,
}

/// Shows neither URL nor headers nor body.
impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared").field("sent", &self.sent).finish_non_exhaustive()
    }
}

/// What is remembered of a request to read its answer.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Sent {
    /// Which call.
    pub context: Context,
    /// The WS-Addressing `MessageID`, if one is used.
    pub message_id: Option<String>,
    /// Where secrets stand in the request's body, in bytes.
    pub secrets: Vec<Range<usize>>,
}

/// What there is to say about an answer beside its content.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Received {
    /// Differences from the contract that were accepted.
    pub drift: Vec<Drift>,
    /// Attachments of the answer that no member of the reply took, with their `Content-ID`s.
    pub attachments: Vec<(String, Attachment)>,
    /// SOAP headers of the answer that nothing else here acts upon: neither declared nor WS-Addressing's or WS-Security's.
    pub headers: Vec<RawElement>,
    /// Which call; holds status and body.
    pub context: Context,
}

/// An answer that is no result.
#[derive(Debug)]
#[non_exhaustive]
pub enum NoResult {
    /// A fault.
    Fault(Box<(Fault, Context)>),
    /// Anything else.
    Failed(Box<Failure>),
}

impl From<Box<Failure>> for NoResult {
    fn from(failure: Box<Failure>) -> Self {
        Self::Failed(failure)
    }
}
