//! [`Call`]: one call, dressed and sent.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use super::Client;
use super::attempts::{Attempts, Step};
use crate::attachment::Attachment;
use crate::call::{self, CallOptions, Job, NoResult, Prepared, Received, Sent};
use crate::codec::parts::{cid, percent_decoded};
use crate::codec::{Options, decode_document};
use crate::error::Drift;
use crate::failure::{CallError, Context, Contradiction, Failure, Faulted, Refused};
use crate::operation::{Binding, Detail as _, InBand, Operation, Protocol, ReplyHeaders as _};
use crate::raw::RawElement;
use crate::shape::Name;
use crate::soap::Fault;
use crate::transport::{AsyncTransport, Transport};
use crate::value::Value;

/// A call that has not been sent yet.
#[must_use = "nothing is sent before `.send()` or `.await`"]
pub struct Call<'c, T, O: Operation> {
    pub(super) client: &'c Client<T>,
    pub(super) input: O::Input,
    pub(super) options: CallOptions,
    pub(super) operation: PhantomData<fn() -> O>,
}

/// What a call brought.
#[non_exhaustive]
pub struct Reply<O: Operation> {
    /// The data.
    pub output: O::Output,
    /// The SOAP headers that the contract declares for replies; `()` where it declares none.
    pub headers: O::ReplyHeaders,
    /// SOAP headers that the contract does not declare, and declared ones that came before or are for somebody else, as they
    /// came. Those of WS-Addressing and WS-Security are not among them.
    pub other_headers: Vec<RawElement>,
    /// Differences from the contract that were accepted.
    pub drift: Vec<Drift>,
    /// Attachments of the answer that no member of the reply took, with their `Content-ID`s.
    pub attachments: Vec<(String, Attachment)>,
    /// Which call; with the status and the raw body.
    pub context: Context,
}

impl<O: Operation> Reply<O> {
    /// The attachment that a member refers to: `cid:` and its `Content-ID`, percent-encoded where the sender found it
    /// necessary (RFC 2392). For members of the type `swaRef`, and those that are XOP's `Include` by contract.
    pub fn attachment(&self, reference: &str) -> Option<&Attachment> {
        let id = percent_decoded(cid(reference.trim())?);
        self.attachments.iter().find(|(known, _)| percent_decoded(known) == id).map(|(_, attachment)| attachment)
    }
}

/// Shows no content of undeclared headers.
impl<O: Operation<Output: fmt::Debug>> fmt::Debug for Reply<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let others: Vec<&str> = self.other_headers.iter().map(RawElement::local).collect();
        f.debug_struct("Reply")
            .field("output", &self.output)
            .field("headers", &self.headers)
            .field("other_headers", &others)
            .field("drift", &self.drift)
            .field("attachments", &self.attachments)
            .field("context", &self.context)
            .finish()
    }
}

/// What came back over a transport.
type Answer = Result<(Sent, http::Response<Vec<u8>>), Box<Failure>>;

/// What an awaited call becomes.
type Sending<'c, R> = Pin<Box<dyn Future<Output = R> + Send + 'c>>;

impl<'c, T, O: Operation> Call<'c, T, O> {
    /// Uses another wire of the service.
    pub fn over(mut self, binding: &'static Binding) -> Self {
        self.options = self.options.over(binding);
        self
    }

    /// The most time for the whole call, retries included.
    pub fn timeout(mut self, total: Duration) -> Self {
        self.options = self.options.timeout(total);
        self
    }

    /// Whether every difference from the contract is an error.
    pub fn strict(mut self, strict: bool) -> Self {
        self.options = self.options.strict(strict);
        self
    }

    /// Sets a header that the contract declares for this operation, before the client's.
    pub fn set_header(mut self, name: Name, value: impl Value + Send + Sync + 'static) -> Self {
        self.options = self.options.set_header(name, value);
        self
    }

    /// Adds an attachment that the contract does not declare, under this `Content-ID` (without angle brackets); the message
    /// may refer to it as `cid:ID` (`swaRef`). SOAP bindings only.
    pub fn attach(mut self, id: impl Into<String>, attachment: Attachment) -> Self {
        self.options = self.options.attach(id, attachment);
        self
    }

    /// Adds a SOAP header of any kind.
    pub fn header(mut self, element: RawElement) -> Self {
        self.options = self.options.header(element);
        self
    }

    /// The input.
    pub fn input(&self) -> &O::Input {
        &self.input
    }

    /// Makes the HTTP request, for an application that sends it itself, once; [`Client::read_response`] reads the answer.
    ///
    /// # Errors
    /// [`CallError::Request`].
    pub fn into_request(self) -> Result<Prepared, CallError<O>> {
        call::prepare(&self.client.job::<O>(&self.input, &self.options), 1).map_err(CallError::failed)
    }

    /// Sends the call and waits for the answer.
    ///
    /// # Errors
    /// Everything that is not a regular result; see [`CallError`].
    pub fn send(self) -> Result<O::Output, CallError<O>>
    where
        T: Transport,
    {
        self.send_full().map(|reply| reply.output)
    }

    /// As [`Call::send`], and tells what was different from the contract.
    ///
    /// # Errors
    /// As [`Call::send`].
    pub fn send_full(self) -> Result<Reply<O>, CallError<O>>
    where
        T: Transport,
    {
        let job = self.client.job::<O>(&self.input, &self.options);
        let (sent, response) = exchange(&self.client.transport, job).map_err(CallError::failed)?;
        conclude(&job, &sent, &response)
    }

    /// As `.await`, and tells what was different from the contract.
    ///
    /// # Errors
    /// As [`Call::send`].
    pub async fn await_full(self) -> Result<Reply<O>, CallError<O>>
    where
        T: AsyncTransport,
    {
        let job = self.client.job::<O>(&self.input, &self.options);
        let (sent, response) = exchange_async(&self.client.transport, job).await.map_err(CallError::failed)?;
        conclude(&job, &sent, &response)
    }
}

impl<'c, T: AsyncTransport, O: Operation> IntoFuture for Call<'c, T, O> {
    type Output = Result<O::Output, CallError<O>>;
    type IntoFuture = Sending<'c, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.await_full().await.map(|reply| reply.output) })
    }
}

impl<T, O: Operation> fmt::Debug for Call<'_, T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &O::INFO.name).field("options", &self.options).finish_non_exhaustive()
    }
}

/// Sends until there is an answer to read. Blocking.
fn exchange<T: Transport>(transport: &T, job: Job<'_>) -> Answer {
    let mut attempts = Attempts::new(job);
    loop {
        let (prepared, exchange, span) = attempts.next()?;
        let result = span.run(|| transport.send(prepared.request, &exchange));
        span.record(&result);
        match attempts.judge(prepared.sent, result) {
            Step::Done(sent, response) => return Ok((sent, response)),
            Step::Failed(failure) => return Err(failure),
            Step::Again(pause) => transport.pause(pause),
        }
    }
}

/// Sends until there is an answer to read.
async fn exchange_async<T: AsyncTransport>(transport: &T, job: Job<'_>) -> Answer {
    let mut attempts = Attempts::new(job);
    loop {
        let (prepared, exchange, span) = attempts.next()?;
        let result = span.run_async(transport.send(prepared.request, &exchange)).await;
        span.record(&result);
        match attempts.judge(prepared.sent, result) {
            Step::Done(sent, response) => return Ok((sent, response)),
            Step::Failed(failure) => return Err(failure),
            Step::Again(pause) => transport.pause(pause).await,
        }
    }
}

/// From the answer to the operation's own types. The only part of a call that exists once per operation.
pub(super) fn conclude<O: Operation>(
    job: &Job<'_>,
    sent: &Sent,
    response: &http::Response<Vec<u8>>,
) -> Result<Reply<O>, CallError<O>> {
    let mut reply = O::Reply::vacant();
    let mut headers = O::ReplyHeaders::default();
    let received = match call::read(job, sent, response, &mut reply, &mut headers.slots()) {
        Ok(received) => received,
        Err(NoResult::Failed(failure)) => return Err(CallError::failed(failure)),
        Err(NoResult::Fault(fault)) => {
            let (fault, context) = *fault;
            let detail = detail::<O>(&fault, context.binding);
            return Err(CallError::Fault(Box::new(Faulted { fault, detail, headers, context })));
        }
    };
    let Received { drift, attachments, headers: other_headers, context } = received;
    match O::finish(reply) {
        Ok(output) => Ok(Reply { output, headers, other_headers, drift, attachments, context }),
        Err(in_band) => Err(match *in_band {
            InBand::Refused { errors, reply } => {
                CallError::Refused(Box::new(Refused { errors, reply, headers, context }))
            }
            InBand::Contradiction { what, reply } => {
                CallError::Contradiction(Box::new(Contradiction { what, reply, headers, context })).settled()
            }
        }),
    }
}

/// The first detail element, or header of the fault, that the contract declares, decoded.
fn detail<O: Operation>(fault: &Fault, binding: &Binding) -> Option<O::Detail> {
    let Protocol::Soap(soap) = binding.protocol else { return None };
    let options = Options::new(crate::soap::write::profile(soap));
    fault.detail.iter().chain(&fault.headers).find_map(|element| {
        let fits = |name: &Name| name.local == element.local() && name.ns == element.namespace();
        let index = O::Detail::ELEMENTS.iter().position(fits)?;
        let name = *O::Detail::ELEMENTS.get(index)?;
        let mut detail = O::Detail::vacant(index);
        decode_document(element.as_xml(), name, detail.value(), &options).ok()?;
        Some(detail)
    })
}
