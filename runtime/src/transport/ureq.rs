//! The blocking transport over [`ureq`] 3.

use std::error::Error as StdError;
use std::io::{self, Read as _};

use ureq::Agent;
use ureq::config::{AutoHeaderValue, ConfigBuilder};
use ureq::typestate::AgentScope;

use super::{Delivery, Exchange, Phase, Transport, TransportError, TransportErrorKind};

/// The most bytes of response head to take.
const MAX_HEAD: usize = 64 * 1024;

/// Blocking HTTP/1.1 over [`ureq`] with rustls and Mozilla's authorities.
///
/// No redirects, no cookies, no proxy from the environment, no repeated sends, no status as an error. A pause inside a
/// response body is bounded by the total time only: `ureq` knows no idle time that leaves the wait for the first byte alone.
#[derive(Debug, Clone)]
pub struct Ureq {
    pooled: Agent,
    fresh: Agent,
}

impl Default for Ureq {
    fn default() -> Self {
        Self::new()
    }
}

impl Ureq {
    /// A transport with the default configuration.
    pub fn new() -> Self {
        Self::configured(|config| config)
    }

    /// A transport with a configuration of your own (a proxy, client certificates, other authorities). What a call's safety
    /// rests on (redirects, statuses, timeouts, sizes) is set afterwards and cannot be changed here. `configure` runs twice.
    pub fn configured(configure: impl Fn(ConfigBuilder<AgentScope>) -> ConfigBuilder<AgentScope>) -> Self {
        let build = |idle: Option<usize>| {
            // The environment is not asked for a proxy unless `configure` sets one.
            let mut config = configure(Agent::config_builder().proxy(None))
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .accept(AutoHeaderValue::None)
                .accept_encoding(AutoHeaderValue::None)
                .user_agent(AutoHeaderValue::None)
                .max_response_header_size(MAX_HEAD);
            if let Some(idle) = idle {
                config = config.max_idle_connections(idle).max_idle_connections_per_host(idle);
            }
            Agent::new_with_config(config.build())
        };
        Self { pooled: build(None), fresh: build(Some(0)) }
    }
}

impl Transport for Ureq {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        exchange: &Exchange,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        let agent = if exchange.fresh_connection { &self.fresh } else { &self.pooled };
        let times = exchange.timeouts;
        let configured = agent
            .configure_request(request)
            .timeout_global(Some(times.total))
            .timeout_resolve(Some(times.connect))
            .timeout_connect(Some(times.connect))
            .timeout_send_request(Some(times.write))
            .timeout_send_body(Some(times.write))
            .timeout_recv_response(Some(times.first_byte))
            .build();
        let response = agent.run(configured).map_err(failed)?;
        let (parts, body) = response.into_parts();
        let mut bytes = Vec::new();
        let mut reader = body.into_reader().take(exchange.max_body.saturating_add(1));
        reader.read_to_end(&mut bytes).map_err(broken)?;
        if bytes.len() as u64 > exchange.max_body {
            let kind = TransportErrorKind::TooLarge { limit: exchange.max_body };
            return Err(TransportError::new(kind, Delivery::Answered));
        }
        Ok(http::Response::from_parts(parts, bytes))
    }
}

/// An error before the response's head was there.
fn failed(error: ureq::Error) -> TransportError {
    use TransportErrorKind as Kind;
    let (kind, delivery) = match &error {
        ureq::Error::HostNotFound => (Kind::Resolve, Delivery::NotSent),
        ureq::Error::ConnectionFailed | ureq::Error::ConnectProxyFailed(_) => (Kind::Connect, Delivery::NotSent),
        ureq::Error::InvalidProxyUrl
        | ureq::Error::BadUri(_)
        | ureq::Error::Http(_)
        | ureq::Error::RequireHttpsOnly(_)
        | ureq::Error::TlsRequired => (Kind::Request, Delivery::NotSent),
        ureq::Error::Tls(_) | ureq::Error::Pem(_) => (Kind::Tls, Delivery::NotSent),
        ureq::Error::Rustls(error) => (Kind::Tls, tls_delivery(error)),
        ureq::Error::Timeout(ureq::Timeout::Resolve) => (Kind::Timeout(Phase::Resolve), Delivery::NotSent),
        ureq::Error::Timeout(ureq::Timeout::Connect) => (Kind::Timeout(Phase::Connect), Delivery::NotSent),
        ureq::Error::Timeout(timeout) => (Kind::Timeout(phase(*timeout)), Delivery::MaybeSent),
        ureq::Error::Io(error) => return io_failed(error, Delivery::MaybeSent).with_source(error.to_string()),
        ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => (Kind::Http, Delivery::MaybeSent),
        _ => (Kind::Other, Delivery::MaybeSent),
    };
    // Errors that quote the URL or a header are not passed on: those may hold secrets.
    match kind {
        Kind::Request => TransportError::new(kind, delivery),
        _ => TransportError::new(kind, delivery).with_source(error),
    }
}

/// An error while the body was read.
fn broken(error: io::Error) -> TransportError {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>());
    if let Some(ureq::Error::Timeout(timeout)) = inner {
        let phase = match timeout {
            ureq::Timeout::Global | ureq::Timeout::PerCall => Phase::Total,
            _ => Phase::Body,
        };
        return TransportError::new(TransportErrorKind::Timeout(phase), Delivery::MaybeSent);
    }
    io_failed(&error, Delivery::MaybeSent).with_source(error)
}

fn io_failed(error: &io::Error, delivery: Delivery) -> TransportError {
    use io::ErrorKind as Io;
    if let Some(tls) = tls_error(error) {
        return TransportError::new(TransportErrorKind::Tls, tls_delivery(tls));
    }
    // std has no kind of its own for names that are not found. Should its words change, we are only less certain.
    if error.to_string().starts_with("failed to lookup address information") {
        return TransportError::new(TransportErrorKind::Resolve, Delivery::NotSent);
    }
    match error.kind() {
        // These come from connecting: nothing was there to send on.
        Io::ConnectionRefused
        | Io::HostUnreachable
        | Io::NetworkUnreachable
        | Io::AddrNotAvailable
        | Io::PermissionDenied => TransportError::new(TransportErrorKind::Connect, Delivery::NotSent),
        Io::TimedOut => TransportError::new(TransportErrorKind::Timeout(Phase::Total), delivery),
        _ => TransportError::new(TransportErrorKind::Closed, delivery),
    }
}

fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    let mut inner: Option<&(dyn StdError + 'static)> = error.get_ref().map(|inner| inner as _);
    while let Some(error) = inner {
        if let Some(tls) = error.downcast_ref() {
            return Some(tls);
        }
        inner = error.source();
    }
    None
}

/// A certificate we do not accept ends the handshake, before the request.
fn tls_delivery(error: &rustls::Error) -> Delivery {
    match error {
        rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented => Delivery::NotSent,
        _ => Delivery::MaybeSent,
    }
}

fn phase(timeout: ureq::Timeout) -> Phase {
    match timeout {
        ureq::Timeout::Resolve => Phase::Resolve,
        ureq::Timeout::Connect => Phase::Connect,
        ureq::Timeout::SendRequest | ureq::Timeout::SendBody | ureq::Timeout::PerWrite => Phase::Write,
        ureq::Timeout::RecvResponse => Phase::FirstByte,
        ureq::Timeout::RecvBody => Phase::Body,
        _ => Phase::Total,
    }
}
