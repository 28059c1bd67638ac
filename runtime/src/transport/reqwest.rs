//! The async transport over [`reqwest`] 0.13 (tokio).

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use super::{AsyncTransport, Delivery, Exchange, Phase, TransportError, TransportErrorKind};

/// Async HTTP/1.1 over [`reqwest`] with rustls and Mozilla's authorities. Needs a tokio runtime with time and I/O enabled.
///
/// No redirects, no cookies, no proxy from the environment, no repeated sends (reqwest's own retries are off), HTTP/1.1 only.
#[derive(Debug, Clone)]
pub struct Reqwest {
    pooled: reqwest::Client,
    fresh: reqwest::Client,
}

impl Reqwest {
    /// A transport with the default configuration.
    ///
    /// # Errors
    /// TLS could not be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::configured(|builder| builder)
    }

    /// A transport with a configuration of your own (a proxy, client certificates through
    /// `tls_backend_preconfigured`). What a call's safety rests on (redirects, retries, HTTP/1.1) is set afterwards and
    /// cannot be changed here. `configure` runs twice.
    ///
    /// # Errors
    /// The configuration is refused by reqwest.
    pub fn configured(
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<Self, TransportError> {
        let tls = tls()?;
        let build = |fresh: bool| {
            let builder = reqwest::Client::builder().tls_backend_preconfigured(tls.clone()).no_proxy();
            let mut builder = configure(builder)
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                .connect_timeout(Duration::from_secs(10))
                .http1_only();
            if fresh {
                builder = builder.pool_max_idle_per_host(0);
            }
            builder.build().map_err(|error| {
                TransportError::new(TransportErrorKind::Request, Delivery::NotSent).with_source(error.without_url())
            })
        };
        Ok(Self { pooled: build(false)?, fresh: build(true)? })
    }
}

/// rustls with ring, so that nothing depends on a provider installed for the whole process.
fn tls() -> Result<rustls::ClientConfig, TransportError> {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| TransportError::new(TransportErrorKind::Tls, Delivery::NotSent).with_source(error))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

impl AsyncTransport for Reqwest {
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
        exchange: &Exchange,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        let client = if exchange.fresh_connection { &self.fresh } else { &self.pooled };
        let times = exchange.timeouts;
        let max_body = exchange.max_body;
        let request = reqwest::Request::try_from(request)
            .map_err(|_| TransportError::new(TransportErrorKind::Request, Delivery::NotSent))?;
        let answer = async {
            let head = async { client.execute(request).await.map_err(failed) };
            let wait = times.connect.saturating_add(times.write).saturating_add(times.first_byte);
            let response = match tokio::time::timeout(wait, head).await {
                Ok(response) => response?,
                Err(_) => return Err(timeout(Phase::FirstByte)),
            };
            body(response, times.idle, max_body).await
        };
        match tokio::time::timeout(times.total, answer).await {
            Ok(answer) => answer,
            Err(_) => Err(timeout(Phase::Total)),
        }
    }

    async fn pause(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

async fn body(
    mut response: reqwest::Response,
    idle: Duration,
    max_body: u64,
) -> Result<http::Response<Vec<u8>>, TransportError> {
    let too_large = || TransportError::new(TransportErrorKind::TooLarge { limit: max_body }, Delivery::Answered);
    if response.content_length().is_some_and(|length| length > max_body) {
        return Err(too_large());
    }
    let mut head = http::Response::new(());
    *head.status_mut() = response.status();
    *head.headers_mut() = std::mem::take(response.headers_mut());
    let mut bytes = Vec::new();
    loop {
        match tokio::time::timeout(idle, response.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                if (bytes.len() as u64).saturating_add(chunk.len() as u64) > max_body {
                    return Err(too_large());
                }
                bytes.extend_from_slice(&chunk);
            }
            Ok(Ok(None)) => break,
            Ok(Err(error)) => return Err(failed(error)),
            Err(_) => return Err(timeout(Phase::Body)),
        }
    }
    Ok(head.map(|()| bytes))
}

fn timeout(phase: Phase) -> TransportError {
    TransportError::new(TransportErrorKind::Timeout(phase), Delivery::MaybeSent)
}

fn failed(error: reqwest::Error) -> TransportError {
    use TransportErrorKind as Kind;
    // The URL may hold secrets, so it does not go along.
    let error = error.without_url();
    let (kind, delivery) = if error.is_connect() {
        let kind = if error.is_timeout() {
            Kind::Timeout(Phase::Connect)
        } else if caused_by::<rustls::Error>(&error) {
            Kind::Tls
        } else {
            Kind::Connect
        };
        (kind, Delivery::NotSent)
    } else if error.is_builder() {
        (Kind::Request, Delivery::NotSent)
    } else if error.is_timeout() {
        (Kind::Timeout(Phase::Total), Delivery::MaybeSent)
    } else if caused_by::<io::Error>(&error) || error.is_body() || error.is_decode() || error.is_request() {
        (Kind::Closed, Delivery::MaybeSent)
    } else {
        (Kind::Other, Delivery::MaybeSent)
    };
    TransportError::new(kind, delivery).with_source(error)
}

fn caused_by<E: StdError + 'static>(error: &reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        if error.is::<E>() {
            return true;
        }
        if let Some(io) = error.downcast_ref::<io::Error>()
            && io.get_ref().is_some_and(|inner| inner.is::<E>())
        {
            return true;
        }
        source = error.source();
    }
    false
}
