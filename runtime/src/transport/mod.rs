//! How a prepared request gets to the service and the answer back: two small traits, and adapters behind features.
//!
//! * [`Transport`] blocks; the feature `ureq` brings [`Ureq`].
//! * [`AsyncTransport`] does not; the feature `reqwest` brings [`Reqwest`].
//!
//! A transport sends one request and returns one response, whatever its status. It follows no redirect, repeats nothing,
//! decompresses nothing, reads no more than it is told to, and says in its error how far the request may have got: that
//! decides whether a call may be sent again.

mod error;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "ureq")]
mod ureq;

use std::sync::Arc;
use std::time::Duration;

pub use self::error::{Delivery, Phase, TransportError, TransportErrorKind};
#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;
#[cfg(feature = "ureq")]
pub use self::ureq::Ureq;

/// How long each step of a call may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Finding the address and connecting, TLS included where the adapter cannot tell them apart.
    pub connect: Duration,
    /// Sending the request.
    pub write: Duration,
    /// From the request's last byte to the response's head.
    pub first_byte: Duration,
    /// The longest pause while the response's body arrives.
    pub idle: Duration,
    /// Everything, retries included. Enforced even while bytes keep dripping in.
    pub total: Duration,
}

impl Timeouts {
    /// For calls that change nothing: 10 s to connect, 30 s to write, 60 s to the first byte, 30 s idle, 100 s in all.
    pub const READ: Self = Self {
        connect: Duration::from_secs(10),
        write: Duration::from_secs(30),
        first_byte: Duration::from_secs(60),
        idle: Duration::from_secs(30),
        total: Duration::from_secs(100),
    };

    /// For calls that change something: more patience (120 s to the first byte, 180 s in all), because giving up early
    /// leaves an open question behind.
    pub const EFFECTFUL: Self =
        Self { first_byte: Duration::from_secs(120), total: Duration::from_secs(180), ..Self::READ };

    /// The same with another total; no step may outlast it.
    #[must_use]
    pub fn with_total(self, total: Duration) -> Self {
        Self {
            connect: self.connect.min(total),
            write: self.write.min(total),
            first_byte: self.first_byte.min(total),
            idle: self.idle.min(total),
            total,
        }
    }
}

/// What a transport must keep to while it sends one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exchange {
    /// Times for this attempt; `total` is what is left of the call's own total.
    pub timeouts: Timeouts,
    /// The most bytes of response body to read, as they come over the wire. One more is
    /// [`TransportErrorKind::TooLarge`].
    pub max_body: u64,
    /// Use a connection nothing was sent on before, and do not keep it: a connection from a pool may be closed by the
    /// server at the moment we write to it, and then nobody knows whether the request arrived.
    pub fresh_connection: bool,
}

impl Exchange {
    /// An exchange with these bounds that may use a pooled connection.
    pub const fn new(timeouts: Timeouts, max_body: u64) -> Self {
        Self { timeouts, max_body, fresh_connection: false }
    }

    /// The same, on a connection of its own if `fresh`.
    #[must_use]
    pub const fn fresh_connection(mut self, fresh: bool) -> Self {
        self.fresh_connection = fresh;
        self
    }
}

/// A blocking transport.
pub trait Transport {
    /// Sends the request once and reads the whole response.
    ///
    /// # Errors
    /// No complete response; says how far the request may have got.
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        exchange: &Exchange,
    ) -> Result<http::Response<Vec<u8>>, TransportError>;

    /// Waits before another attempt.
    fn pause(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

/// A transport that does not block.
pub trait AsyncTransport: Sync {
    /// Sends the request once and reads the whole response.
    ///
    /// # Errors
    /// No complete response; says how far the request may have got.
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        exchange: &Exchange,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, TransportError>> + Send;

    /// Waits before another attempt. A transport without a timer returns at once, as this default does.
    fn pause(&self, duration: Duration) -> impl Future<Output = ()> + Send {
        let _ = duration;
        std::future::ready(())
    }
}

impl<T: Transport + ?Sized> Transport for &T {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        exchange: &Exchange,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        (**self).send(request, exchange)
    }

    fn pause(&self, duration: Duration) {
        (**self).pause(duration);
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        exchange: &Exchange,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        (**self).send(request, exchange)
    }

    fn pause(&self, duration: Duration) {
        (**self).pause(duration);
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        exchange: &Exchange,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        (**self).send(request, exchange)
    }

    fn pause(&self, duration: Duration) {
        (**self).pause(duration);
    }
}

impl<T: AsyncTransport> AsyncTransport for &T {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        exchange: &Exchange,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, TransportError>> + Send {
        (**self).send(request, exchange)
    }

    fn pause(&self, duration: Duration) -> impl Future<Output = ()> + Send {
        (**self).pause(duration)
    }
}

impl<T: AsyncTransport + Send> AsyncTransport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        exchange: &Exchange,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, TransportError>> + Send {
        (**self).send(request, exchange)
    }

    fn pause(&self, duration: Duration) -> impl Future<Output = ()> + Send {
        (**self).pause(duration)
    }
}
