//! What can go wrong between us and the service, and how far the request may have got.

use std::error::Error as StdError;
use std::fmt;

/// How far a request may have got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Certainly not sent: the service knows nothing of it.
    NotSent,
    /// A byte may have left: the service may have done what was asked.
    MaybeSent,
    /// The service answered.
    Answered,
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "nothing was sent",
            Self::MaybeSent => "the request may have been sent",
            Self::Answered => "the service answered",
        })
    }
}

/// A step of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// Looking up the address.
    Resolve,
    /// Connecting, TLS included.
    Connect,
    /// Sending the request.
    Write,
    /// Waiting for the response's head.
    FirstByte,
    /// Reading the response's body.
    Body,
    /// The call as a whole.
    Total,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Resolve => "looking up the address",
            Self::Connect => "connecting",
            Self::Write => "sending the request",
            Self::FirstByte => "waiting for the answer",
            Self::Body => "reading the answer",
            Self::Total => "the call as a whole",
        })
    }
}

/// What went wrong in a transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The host name is not known.
    Resolve,
    /// No connection.
    Connect,
    /// TLS: the certificate is not trusted, or no common version.
    Tls,
    /// A step took longer than it may.
    Timeout(Phase),
    /// The connection broke, or the response ended before it was complete.
    Closed,
    /// The response is larger than the limit, in bytes.
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// The response is not HTTP/1.1, or its head is too large.
    Http,
    /// The request cannot be sent by this transport (its URL, its headers).
    Request,
    /// The call was given up by the caller.
    Cancelled,
    /// Anything else.
    Other,
}

/// No complete response.
///
/// Never holds a URL, a header or a body: those may carry secrets.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    delivery: Delivery,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl TransportError {
    /// An error of this kind; `delivery` must be [`Delivery::MaybeSent`] unless it is certain that no byte left.
    pub fn new(kind: TransportErrorKind, delivery: Delivery) -> Self {
        Self { kind, delivery, source: None }
    }

    /// The same with the error underneath, which must not show secrets.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// How far the request may have got.
    pub fn delivery(&self) -> Delivery {
        self.delivery
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TransportErrorKind::Resolve => f.write_str("the host name could not be resolved")?,
            TransportErrorKind::Connect => f.write_str("no connection")?,
            TransportErrorKind::Tls => f.write_str("no TLS connection")?,
            TransportErrorKind::Timeout(phase) => write!(f, "timed out: {phase} took too long")?,
            TransportErrorKind::Closed => f.write_str("the connection ended before the answer was complete")?,
            TransportErrorKind::TooLarge { limit } => write!(f, "the answer is over the limit of {limit} bytes")?,
            TransportErrorKind::Http => f.write_str("the answer is not a valid HTTP response")?,
            TransportErrorKind::Request => f.write_str("the request cannot be sent")?,
            TransportErrorKind::Cancelled => f.write_str("the call was cancelled")?,
            TransportErrorKind::Other => f.write_str("the transport failed")?,
        }
        write!(f, "; {}", self.delivery)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
