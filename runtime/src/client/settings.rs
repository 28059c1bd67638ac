//! [`Settings`]: everything about a client that is not the contract's.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};

use super::capture::Capture;
use super::credentials::Credentials;
use crate::environment::{Environment, SystemEnvironment};
use crate::error::Drift;
use crate::operation::{Binding, Effect, OperationInfo};
use crate::secret::Secret;
use crate::transport::Timeouts;
use crate::xml::Limits;

/// Told what was accepted although the contract does not say it.
pub type DriftListener = dyn Fn(&'static OperationInfo, &Drift) + Send + Sync;

/// Given a redacted copy of every request and response.
pub type CaptureListener = dyn Fn(&Capture) + Send + Sync;

/// How XML-RPC credentials travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum XmlRpcLogin {
    /// As `Username` and `Password` members of the struct that carries the call.
    #[default]
    Members,
    /// As HTTP Basic authentication.
    Basic,
}

/// How credentials travel with SOAP messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SoapLogin {
    /// As the contract says. Where it says nothing, a call with credentials is an error.
    #[default]
    Declared,
    /// As a WS-Security UsernameToken.
    UsernameToken,
    /// As HTTP Basic authentication.
    Basic,
}

/// Binary content of fewer bytes stays in the message: a part of its own costs about 200.
const MTOM_THRESHOLD: usize = 1024;

/// The most bytes of an answer by default, on the wire and decompressed.
const MAX_BODY: u64 = 32 * 1024 * 1024;

/// Settings of a client, made by chaining. Cheap to clone.
#[derive(Clone)]
pub struct Settings {
    pub(crate) endpoint: Option<String>,
    pub(crate) endpoints: Vec<(&'static Binding, String)>,
    pub(crate) binding: Option<&'static Binding>,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) soap_login: SoapLogin,
    pub(crate) mtom: Option<bool>,
    pub(crate) mtom_threshold: usize,
    pub(crate) digest: Option<bool>,
    pub(crate) timestamp: Option<bool>,
    pub(crate) to: Option<String>,
    pub(crate) timeouts: Option<Timeouts>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) max_body: u64,
    pub(crate) strict: bool,
    pub(crate) retries: u32,
    pub(crate) http_headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) allow_plaintext_http: bool,
    pub(crate) xmlrpc: XmlRpcSettings,
    pub(crate) on_drift: Option<Arc<DriftListener>>,
    pub(crate) on_capture: Option<Arc<CaptureListener>>,
    pub(crate) environment: Arc<dyn Environment>,
}

/// What XML-RPC calls carry beside their parameters.
#[derive(Debug, Clone, Default)]
pub(crate) struct XmlRpcSettings {
    pub(crate) login: XmlRpcLogin,
    pub(crate) lang: Option<String>,
    pub(crate) auto_commit: Option<bool>,
}

impl Default for Settings {
    fn default() -> Self {
        Self::new()
    }
}

impl Settings {
    /// The contract's endpoints, no credentials, one attempt, lenient reading, the limits and times of this crate.
    pub fn new() -> Self {
        Self {
            endpoint: None,
            endpoints: Vec::new(),
            binding: None,
            credentials: None,
            soap_login: SoapLogin::Declared,
            mtom: None,
            mtom_threshold: MTOM_THRESHOLD,
            digest: None,
            timestamp: None,
            to: None,
            timeouts: None,
            limits: Arc::new(Limits::new()),
            max_body: MAX_BODY,
            strict: false,
            retries: 0,
            http_headers: Vec::new(),
            allow_plaintext_http: false,
            xmlrpc: XmlRpcSettings::default(),
            on_drift: None,
            on_capture: None,
            environment: Arc::new(SystemEnvironment),
        }
    }

    /// Where the default binding is reached, instead of where the contract says, together with every binding that the
    /// contract puts at the same address. `http` or `https`, no user information.
    #[must_use]
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// Where this binding is reached, instead of where the contract says.
    #[must_use]
    pub fn endpoint_of(mut self, binding: &'static Binding, url: impl Into<String>) -> Self {
        self.endpoints.retain(|(known, _)| !std::ptr::eq(*known, binding));
        self.endpoints.push((binding, url.into()));
        self
    }

    /// The wire to use where a call does not say; without it, the service's first.
    #[must_use]
    pub fn binding(mut self, binding: &'static Binding) -> Self {
        self.binding = Some(binding);
        self
    }

    /// User name and password: for the UsernameToken of SOAP (or HTTP Basic: [`Settings::soap_login`]), HTTP Basic of plain XML
    /// and HTTP bindings, the login of XML-RPC. A call over a binding that has no use for them is an error.
    #[must_use]
    pub fn credentials(mut self, username: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials = Some(Credentials { username: username.into(), password: Secret::new(password.into()) });
        self
    }

    /// How credentials travel with SOAP messages, where the contract does not say or says it wrong.
    #[must_use]
    pub fn soap_login(mut self, login: SoapLogin) -> Self {
        self.soap_login = login;
        self
    }

    /// Send SOAP requests as MTOM packages, whatever the contract says: `xs:base64Binary` content goes beside the envelope
    /// as it is, instead of inside it as base64. Answers may be packages whether or not requests are.
    #[must_use]
    pub fn mtom(mut self, mtom: bool) -> Self {
        self.mtom = Some(mtom);
        self
    }

    /// The least bytes of binary content that an MTOM package takes out of the envelope. 1024 unless set.
    #[must_use]
    pub fn mtom_threshold(mut self, bytes: usize) -> Self {
        self.mtom_threshold = bytes;
        self
    }

    /// Send a password digest in place of the password, whatever the contract says. No substitute for TLS.
    #[must_use]
    pub fn digest(mut self, digest: bool) -> Self {
        self.digest = Some(digest);
        self
    }

    /// Send a WS-Security Timestamp (five minutes), whatever the contract says. Servers check it against their clock.
    #[must_use]
    pub fn timestamp(mut self, timestamp: bool) -> Self {
        self.timestamp = Some(timestamp);
        self
    }

    /// The WS-Addressing `To`, where the service sits behind a proxy and expects another address than the one it is
    /// called at.
    #[must_use]
    pub fn to(mut self, address: impl Into<String>) -> Self {
        self.to = Some(address.into());
        self
    }

    /// Times for every call, instead of [`Timeouts::READ`] and [`Timeouts::EFFECTFUL`].
    #[must_use]
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = Some(timeouts);
        self
    }

    /// How much of anything an answer may hold.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Arc::new(limits);
        self
    }

    /// The most bytes of an answer, on the wire and again decompressed. 32 MiB unless set.
    #[must_use]
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.max_body = bytes;
        self
    }

    /// Make every difference from the contract an error.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// How often a call may be sent again: after failures that left the service untouched, and for operations that change
    /// nothing also after answers that ask to come back. At most 4; 0 unless set. Operations that change something are never
    /// repeated once a byte may have left.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries.min(4);
        self
    }

    /// An HTTP header for every request. Its value is shown in captures only if its name is harmless; `Authorization`, cookies
    /// and values marked sensitive need `https` as other credentials do.
    #[must_use]
    pub fn http_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.http_headers.push((name, value));
        self
    }

    /// Let credentials and secrets go over `http` to hosts other than this machine.
    #[must_use]
    pub fn allow_plaintext_http(mut self, allow: bool) -> Self {
        self.allow_plaintext_http = allow;
        self
    }

    /// How XML-RPC credentials travel.
    #[must_use]
    pub fn xmlrpc_login(mut self, login: XmlRpcLogin) -> Self {
        self.xmlrpc.login = login;
        self
    }

    /// XML-RPC: the language of messages (`Lang`), such as `ru`.
    #[must_use]
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.xmlrpc.lang = Some(lang.into());
        self
    }

    /// XML-RPC: whether each call commits by itself (`AutoCommit`).
    #[must_use]
    pub fn auto_commit(mut self, auto_commit: bool) -> Self {
        self.xmlrpc.auto_commit = Some(auto_commit);
        self
    }

    /// Be told of every difference from the contract that was accepted.
    #[must_use]
    pub fn on_drift(mut self, listener: impl Fn(&'static OperationInfo, &Drift) + Send + Sync + 'static) -> Self {
        self.on_drift = Some(Arc::new(listener));
        self
    }

    /// Be given a redacted copy of every request and response.
    #[must_use]
    pub fn on_capture(mut self, listener: impl Fn(&Capture) + Send + Sync + 'static) -> Self {
        self.on_capture = Some(Arc::new(listener));
        self
    }

    /// Another clock and another source of randomness.
    #[must_use]
    pub fn environment(mut self, environment: impl Environment + 'static) -> Self {
        self.environment = Arc::new(environment);
        self
    }

    /// The endpoint of a binding as a URL text; empty when nobody says.
    pub(crate) fn endpoint_for(&self, binding: &'static Binding, operation: &'static OperationInfo) -> &str {
        if let Some((_, url)) = self.endpoints.iter().find(|(known, _)| std::ptr::eq(*known, binding)) {
            return url;
        }
        let default = self.binding.or_else(|| operation.service.bindings.first().copied());
        match &self.endpoint {
            Some(url) if default.is_some_and(|default| default.endpoint == binding.endpoint) => url,
            _ => binding.endpoint,
        }
    }

    /// The times of a call.
    pub(crate) fn times(&self, operation: &OperationInfo, total: Option<Duration>) -> Timeouts {
        let times = self.timeouts.unwrap_or(match operation.effect {
            Effect::Read => Timeouts::READ,
            Effect::Idempotent | Effect::Effectful { .. } => Timeouts::EFFECTFUL,
        });
        total.map_or(times, |total| times.with_total(total))
    }
}

/// Shows neither credentials nor header values.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("binding", &self.binding.map(|binding| binding.name))
            .field("credentials", &self.credentials.is_some())
            .field("digest", &self.digest)
            .field("timestamp", &self.timestamp)
            .field("timeouts", &self.timeouts)
            .field("limits", &self.limits)
            .field("max_body", &self.max_body)
            .field("strict", &self.strict)
            .field("retries", &self.retries)
            .field("allow_plaintext_http", &self.allow_plaintext_http)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Plain, Protocol, ServiceInfo};
    use crate::shape::Name;

    const fn binding(index: usize, endpoint: &'static str) -> Binding {
        Binding { name: "b", index, endpoint, protocol: Protocol::Plain(Plain { basic: false }) }
    }

    static ONE: Binding = binding(0, "https://vendor/a");
    static TWIN: Binding = binding(1, "https://vendor/a");
    static OTHER: Binding = binding(2, "https://vendor/b");
    static SERVICE: ServiceInfo = ServiceInfo { name: "S", bindings: &[&ONE, &TWIN, &OTHER] };
    static OPERATION: OperationInfo = OperationInfo {
        name: "O",
        service: &SERVICE,
        effect: Effect::Read,
        input: Name::new("", "O"),
        output: None,
        routes: &[],
        headers: &[],
    };

    #[test]
    fn an_endpoint_goes_for_all_bindings_at_one_address() {
        let settings = Settings::new().endpoint("https://test/a");
        let of = |settings: &Settings, binding| settings.endpoint_for(binding, &OPERATION).to_owned();
        assert_eq!(of(&settings, &ONE), "https://test/a");
        assert_eq!(of(&settings, &TWIN), "https://test/a");
        assert_eq!(of(&settings, &OTHER), "https://vendor/b");
        let settings = settings.binding(&OTHER).endpoint_of(&TWIN, "https://test/t");
        assert_eq!(of(&settings, &ONE), "https://vendor/a");
        assert_eq!(of(&settings, &TWIN), "https://test/t");
        assert_eq!(of(&settings, &OTHER), "https://test/a");
    }
}
