//! [`Client`]: a service over a transport, and [`Call`], one call to it.
//!
//! The generated client of a service wraps a [`Client`] and has a method per operation that returns a [`Call`]. A call may be
//! dressed (another binding, a timeout, a header) and is then sent: `.send()` where the transport blocks, `.await` where it
//! does not, `.into_request()` where the application sends for itself.
//!
//! Dropping the future of a call that changes something leaves its outcome open, like a connection that breaks: await such
//! calls in a task of their own.

mod attempts;
mod call;
mod capture;
mod credentials;
mod drift_log;
mod looks;
mod settings;
mod trace;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

pub use self::call::{Call, Reply};
pub(crate) use self::capture::redact;
pub use self::capture::{Capture, Direction};
pub use self::credentials::Credentials;
pub use self::drift_log::DriftLog;
pub use self::settings::{CaptureListener, DriftListener, Settings, SoapLogin, XmlRpcLogin};
use crate::call::{CallOptions, Job, Sent};
use crate::failure::CallError;
use crate::operation::{Operation, ReplyHeaders as _, ServiceInfo};
use crate::shape::Name;
use crate::soap::write::HeaderValue;
use crate::value::Value;

/// A service over a transport.
#[derive(Clone)]
pub struct Client<T> {
    service: &'static ServiceInfo,
    transport: T,
    settings: Settings,
    headers: Vec<(Name, HeaderValue)>,
}

impl<T> Client<T> {
    /// A client of this service.
    pub fn new(service: &'static ServiceInfo, transport: T, settings: Settings) -> Self {
        Self { service, transport, settings, headers: Vec::new() }
    }

    /// The service.
    pub fn service(&self) -> &'static ServiceInfo {
        self.service
    }

    /// The transport.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The same client with other settings.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Sets a declared header for every call whose operation declares it; a second value replaces the first.
    pub fn set_header(&mut self, name: Name, value: impl Value + Send + Sync + 'static) {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, Arc::new(value)));
    }

    /// Takes a header back.
    pub fn remove_header(&mut self, name: Name) {
        self.headers.retain(|(known, _)| *known != name);
    }

    /// A call, not sent yet.
    pub fn call<O: Operation>(&self, input: O::Input) -> Call<'_, T, O> {
        Call { client: self, input, options: CallOptions::new(), operation: PhantomData }
    }

    /// Reads the answer to a request that was made with [`Call::into_request`] and sent by the application.
    ///
    /// # Errors
    /// As [`Call::send`].
    pub fn read_response<O: Operation>(
        &self,
        sent: &Sent,
        response: &http::Response<Vec<u8>>,
    ) -> Result<Reply<O>, CallError<O>> {
        let options = CallOptions::new();
        call::conclude(&self.job::<O>(&(), &options), sent, response)
    }

    fn job<'a, O: Operation>(&'a self, input: &'a (dyn Value + Send + Sync), options: &'a CallOptions) -> Job<'a> {
        let (settings, headers) = (&self.settings, self.headers.as_slice());
        let (encoded, reply_headers) = (O::ENCODED, O::ReplyHeaders::ELEMENTS);
        Job { operation: O::INFO, input, settings, headers, options, encoded, reply_headers }
    }
}

/// Shows no header values.
impl<T> fmt::Debug for Client<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("service", &self.service.name)
            .field("settings", &self.settings)
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
