//! [`CallError`]: every way a call can fail, with the operation's own types.

use std::error::Error as StdError;
use std::fmt;

use super::{Context, Failure, Layer, one_line};
use crate::operation::{Code, Effect, Operation};
use crate::soap::Fault;
use crate::transport::Delivery;

/// A failed call, by the layer at which it failed.
///
/// For operations that change something, every failure without a word of the service's after which it may have acted is
/// [`CallError::OutcomeUnknown`], with the failure inside. A fault or a refusal stays what it is, and may leave the effect open all
/// the same: [`CallError::outcome`] tells for all of them.
#[non_exhaustive]
pub enum CallError<O: Operation> {
    /// Settings or input: nothing was sent.
    Request(Box<Failure>),
    /// No complete answer.
    Transport(Box<Failure>),
    /// An answer over HTTP that is no message of the protocol: an error status, a login page, a redirect.
    Http(Box<Failure>),
    /// A message that breaks the rules of XML, SOAP or XML-RPC, or belongs to another call.
    Protocol(Box<Failure>),
    /// A message whose content does not fit the contract.
    Decode(Box<Failure>),
    /// A fault.
    Fault(Box<Faulted<O>>),
    /// The service refused, in a regular reply: its own error codes.
    Refused(Box<Refused<O>>),
    /// The reply contradicts itself: neither success nor refusal.
    Contradiction(Box<Contradiction<O>>),
    /// The operation changes something, and may have taken effect.
    OutcomeUnknown {
        /// The operation that tells whether it did; empty when the contract knows none.
        settled_by: &'static str,
        /// What happened.
        source: Box<CallError<O>>,
    },
}

/// A fault, with its detail decoded where the contract declares it.
pub struct Faulted<O: Operation> {
    /// The fault as received.
    pub fault: Fault,
    /// The first detail element the contract declares, decoded; `None` when there is none, or it does not fit its type
    /// (it is then still in `fault.detail`).
    pub detail: Option<O::Detail>,
    /// Declared headers of replies, as far as they came with the fault and can be read. All are in `fault.headers`.
    pub headers: O::ReplyHeaders,
    /// Which call.
    pub context: Context,
}

/// A refusal.
pub struct Refused<O: Operation> {
    /// Codes and texts, in the reply's order; at least one.
    pub errors: Vec<(O::Code, Option<String>)>,
    /// The whole reply. Not part of `Debug`.
    pub reply: O::Reply,
    /// Declared headers of the reply.
    pub headers: O::ReplyHeaders,
    /// Which call.
    pub context: Context,
}

/// A reply that contradicts itself.
pub struct Contradiction<O: Operation> {
    /// What does not fit together.
    pub what: &'static str,
    /// The whole reply. Not part of `Debug`.
    pub reply: O::Reply,
    /// Declared headers of the reply.
    pub headers: O::ReplyHeaders,
    /// Which call.
    pub context: Context,
}

/// What is known of a failed call's effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The service did not act: nothing was sent, or it says so.
    NotExecuted,
    /// The service may have acted.
    Unknown {
        /// The operation that tells whether it did; empty when the contract knows none.
        settled_by: &'static str,
    },
}

impl<O: Operation> CallError<O> {
    pub(crate) fn failed(failure: Box<Failure>) -> Self {
        let error = match failure.layer() {
            Layer::Request => Self::Request(failure),
            Layer::Transport => Self::Transport(failure),
            Layer::Http => Self::Http(failure),
            Layer::Protocol => Self::Protocol(failure),
            Layer::Decode => Self::Decode(failure),
        };
        error.settled()
    }

    /// Wraps a failure that leaves the effect open.
    pub(crate) fn settled(self) -> Self {
        let Effect::Effectful { settled_by } = O::INFO.effect else { return self };
        let open = match &self {
            Self::Request(_) | Self::Fault(_) | Self::Refused(_) | Self::OutcomeUnknown { .. } => false,
            Self::Transport(_) => self.delivery() != Delivery::NotSent,
            // A rejected login and a redirect are answers from before the service; so is a client error without a message.
            Self::Http(failure) => !failure.is_rejection(),
            Self::Protocol(_) | Self::Decode(_) | Self::Contradiction(_) => true,
        };
        if open { Self::OutcomeUnknown { settled_by, source: Box::new(self) } } else { self }
    }

    /// Which call it was.
    pub fn context(&self) -> &Context {
        match self {
            Self::Request(failure)
            | Self::Transport(failure)
            | Self::Http(failure)
            | Self::Protocol(failure)
            | Self::Decode(failure) => &failure.context,
            Self::Fault(fault) => &fault.context,
            Self::Refused(refused) => &refused.context,
            Self::Contradiction(contradiction) => &contradiction.context,
            Self::OutcomeUnknown { source, .. } => source.context(),
        }
    }

    /// The failure underneath, for the layers that have one.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Request(failure)
            | Self::Transport(failure)
            | Self::Http(failure)
            | Self::Protocol(failure)
            | Self::Decode(failure) => Some(failure),
            Self::OutcomeUnknown { source, .. } => source.failure(),
            Self::Fault(_) | Self::Refused(_) | Self::Contradiction(_) => None,
        }
    }

    /// The operation's name.
    pub fn operation(&self) -> &'static str {
        O::INFO.name
    }

    /// The endpoint's host; empty when there is no valid endpoint.
    pub fn host(&self) -> &str {
        &self.context().host
    }

    /// How far the request may have got.
    pub fn delivery(&self) -> Delivery {
        self.context().delivery
    }

    /// The HTTP status, if there is an answer.
    pub fn status(&self) -> Option<u16> {
        self.context().status
    }

    /// The answer's body as received, if there is one. May hold secrets: keep it, do not print it.
    pub fn body(&self) -> Option<&[u8]> {
        let context = self.context();
        context.status.is_some().then(|| context.body())
    }

    /// The fault, if it is one.
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Fault(faulted) => Some(&faulted.fault),
            Self::OutcomeUnknown { source, .. } => source.fault(),
            _ => None,
        }
    }

    /// The fault's decoded detail, if there is one.
    pub fn detail(&self) -> Option<&O::Detail> {
        match self {
            Self::Fault(faulted) => faulted.detail.as_ref(),
            Self::OutcomeUnknown { source, .. } => source.detail(),
            _ => None,
        }
    }

    /// The service's own codes and texts, if it refused; empty otherwise.
    pub fn codes(&self) -> &[(O::Code, Option<String>)] {
        match self {
            Self::Refused(refused) => &refused.errors,
            Self::OutcomeUnknown { source, .. } => source.codes(),
            _ => &[],
        }
    }

    /// What is known of the effect.
    ///
    /// An operation that only reads has none. A fault or a refusal counts as "not executed" when it blames the request; a
    /// `Receiver` fault, and a code that asks to try later without saying that nothing was done, leave it open.
    pub fn outcome(&self) -> Outcome {
        let settled_by = match O::INFO.effect {
            Effect::Read => return Outcome::NotExecuted,
            Effect::Idempotent => "",
            Effect::Effectful { settled_by } => settled_by,
        };
        let unknown = Outcome::Unknown { settled_by };
        match self {
            Self::Request(_) => Outcome::NotExecuted,
            Self::OutcomeUnknown { .. } => unknown,
            Self::Transport(_) if self.delivery() == Delivery::NotSent => Outcome::NotExecuted,
            Self::Http(failure) if failure.is_rejection() => Outcome::NotExecuted,
            Self::Transport(_) | Self::Http(_) | Self::Protocol(_) | Self::Decode(_) | Self::Contradiction(_) => {
                unknown
            }
            Self::Fault(faulted) if faulted.fault.blames_sender() || faulted.detail.is_some() => Outcome::NotExecuted,
            Self::Fault(_) => unknown,
            Self::Refused(refused) => {
                let open = |code: &O::Code| code.retry_later() && !code.not_executed();
                if refused.errors.iter().any(|(code, _)| open(code)) { unknown } else { Outcome::NotExecuted }
            }
        }
    }

    /// Says that the effect is open, where it is, and what to do.
    fn fmt_open(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (O::INFO.effect, self.outcome()) {
            (Effect::Effectful { .. }, Outcome::Unknown { settled_by: "" }) => {
                f.write_str("; the outcome is unknown: find out before sending it again")
            }
            (Effect::Effectful { .. }, Outcome::Unknown { settled_by }) => {
                write!(f, "; the outcome is unknown: call {settled_by} to find out, do not send it again")
            }
            _ => Ok(()),
        }
    }

    /// Whether sending the call again is safe *and* may help. An operation that changes something is retryable only when
    /// the service certainly did not act.
    pub fn is_retryable(&self) -> bool {
        let safe = !matches!(O::INFO.effect, Effect::Effectful { .. }) || self.outcome() == Outcome::NotExecuted;
        let helps = match self {
            Self::Refused(refused) => refused.errors.iter().any(|(code, _)| code.retry_later()),
            Self::Fault(faulted) => faulted.fault.code == crate::soap::FaultCode::Receiver && faulted.detail.is_none(),
            _ => self.failure().is_some_and(Failure::is_transient),
        };
        safe && helps
    }
}

impl Failure {
    /// An HTTP answer that says the request was turned away before the service saw it.
    fn is_rejection(&self) -> bool {
        match self.problem {
            super::Problem::Auth | super::Problem::Redirect { .. } => true,
            // 408 comes from a server that got only part of the request, but proxies use it as they like.
            super::Problem::Status => {
                matches!(self.context.status, Some(400 | 403..=407 | 410..=417 | 421 | 426 | 429 | 431))
            }
            _ => false,
        }
    }
}

impl<O: Operation> fmt::Display for CallError<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(failure)
            | Self::Transport(failure)
            | Self::Http(failure)
            | Self::Protocol(failure)
            | Self::Decode(failure) => failure.fmt(f),
            Self::Fault(faulted) => {
                write!(f, "{}: fault {}", faulted.context, faulted.fault)?;
                self.fmt_open(f)
            }
            Self::Refused(refused) => {
                write!(f, "{}: refused with", refused.context)?;
                for (index, (code, text)) in refused.errors.iter().enumerate() {
                    write!(f, "{}{}", if index == 0 { " " } else { "; " }, one_line(&code.code()))?;
                    if let Some(text) = text {
                        write!(f, " ({})", one_line(text))?;
                    }
                }
                self.fmt_open(f)
            }
            Self::Contradiction(contradiction) => {
                write!(f, "{}: the reply contradicts itself: {}", contradiction.context, contradiction.what)
            }
            Self::OutcomeUnknown { source, .. } => {
                source.fmt(f)?;
                self.fmt_open(f)
            }
        }
    }
}

impl<O: Operation> fmt::Debug for CallError<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(failure) => f.debug_tuple("Request").field(failure).finish(),
            Self::Transport(failure) => f.debug_tuple("Transport").field(failure).finish(),
            Self::Http(failure) => f.debug_tuple("Http").field(failure).finish(),
            Self::Protocol(failure) => f.debug_tuple("Protocol").field(failure).finish(),
            Self::Decode(failure) => f.debug_tuple("Decode").field(failure).finish(),
            Self::Fault(faulted) => faulted.fmt(f),
            Self::Refused(refused) => refused.fmt(f),
            Self::Contradiction(contradiction) => contradiction.fmt(f),
            Self::OutcomeUnknown { settled_by, source } => {
                f.debug_struct("OutcomeUnknown").field("settled_by", settled_by).field("source", source).finish()
            }
        }
    }
}

impl<O: Operation> fmt::Debug for Faulted<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faulted")
            .field("fault", &self.fault)
            .field("detail", &self.detail)
            .field("headers", &self.headers)
            .field("context", &self.context)
            .finish()
    }
}

impl<O: Operation> fmt::Debug for Refused<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refused").field("errors", &self.errors).field("context", &self.context).finish_non_exhaustive()
    }
}

impl<O: Operation> fmt::Debug for Contradiction<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contradiction")
            .field("what", &self.what)
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

impl<O: Operation> StdError for CallError<O> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            // The message above holds the whole of `source`'s already.
            Self::OutcomeUnknown { source, .. } => source.source(),
            _ => self.failure().and_then(StdError::source),
        }
    }
}
