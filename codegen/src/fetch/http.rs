//! Getting one document: redirects followed by us, addresses checked before they are connected to, everything within limits.

use std::error::Error as StdError;
use std::fmt;
use std::io::{self, Read};
use std::time::{Duration, Instant};

use base64::Engine as _;
use flate2::read::MultiGzDecoder;
use ureq::config::Config;
use ureq::http::{HeaderMap, HeaderValue, Uri, header};
use ureq::tls::{Certificate, ClientCert, PemItem, PrivateKey, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Proxy};
use url::Url;

use super::address::{Root, askable, private_name};
use super::private::is_private;
use super::{Event, Options, Proxying, codes};
use crate::diagnostic::Diagnostic;

/// Redirects followed for one document.
const REDIRECTS: usize = 10;
/// The longest wait for a name or a connection.
const CONNECT: Duration = Duration::from_secs(15);
/// The most bytes of a response's head.
const HEAD: usize = 64 << 10;
const ACCEPT: &str = "text/xml, application/xml, application/wsdl+xml, */*;q=0.5";

/// A document as it came.
#[derive(Debug)]
pub(super) struct Got {
    /// Its bytes, unpacked.
    pub(super) bytes: Vec<u8>,
    /// Where it came from in the end: its own references are relative to this.
    pub(super) from: Url,
}

/// Asks for documents.
pub(super) struct Http<'o> {
    options: &'o Options,
    root: Root,
    /// For the contract's own host: with the client certificate.
    home: Agent,
    away: Agent,
    authorization: Option<HeaderValue>,
    until: Instant,
}

impl<'o> Http<'o> {
    /// A client for the contract at this address.
    ///
    /// # Errors
    /// Credentials, certificates or a proxy that cannot be used.
    pub(super) fn new(root: &Root, options: &'o Options) -> Result<Self, Diagnostic> {
        let secret = options.login.is_some() || root.shown.contains("${");
        if secret && root.url.scheme() == "http" && !private_name(&root.url) && !options.allow_http {
            let message =
                format!("`{}` is asked over http, where everybody on the way reads the credentials", root.shown);
            return Err(Diagnostic::error(codes::CREDENTIALS, message)
                .with_help("use the https address, or give `--allow-http` if the network is yours"));
        }
        let authorization = match &options.login {
            None => None,
            Some(login) => {
                let pair = format!("{}:{}", login.user, login.password);
                let encoded = base64::engine::general_purpose::STANDARD.encode(pair);
                let mut value = HeaderValue::try_from(format!("Basic {encoded}"))
                    .map_err(|_| Diagnostic::error(codes::CREDENTIALS, "the user name or password cannot be sent"))?;
                value.set_sensitive(true);
                Some(value)
            }
        };
        let identity = match &options.identity {
            None => None,
            Some(identity) => {
                let certificates = certificates(&identity.certificates, "the client certificate (`--cert`)")?;
                let key = PrivateKey::from_pem(&identity.key).map_err(|_| {
                    Diagnostic::error(
                        codes::CREDENTIALS,
                        "the client's key (`--key`) is not a PEM file with one private key",
                    )
                    .with_help("keys with a password must be unlocked first: `openssl pkey -in KEY -out UNLOCKED`")
                })?;
                Some(ClientCert::new_with_certs(&certificates, key))
            }
        };
        let authorities = match &options.authorities {
            None => RootCerts::WebPki,
            Some(pem) => RootCerts::new_with_certs(&certificates(pem, "the list of authorities (`--ca`)")?),
        };
        let proxy = proxy(&options.proxy)?;
        let agent = |identity: Option<ClientCert>| {
            let tls = TlsConfig::builder().root_certs(authorities.clone()).client_cert(identity).build();
            let config = Config::builder()
                .tls_config(tls)
                .proxy(proxy.clone())
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .accept(ACCEPT)
                .accept_encoding("gzip")
                .user_agent(concat!("bindery/", env!("CARGO_PKG_VERSION")))
                .max_response_header_size(HEAD)
                .timeout_resolve(Some(CONNECT.min(options.timeout)))
                .timeout_connect(Some(CONNECT.min(options.timeout)))
                .build();
            Agent::with_parts(config, DefaultConnector::default(), Guard { allow: options.allow_private })
        };
        Ok(Self {
            options,
            root: root.clone(),
            home: agent(identity),
            away: agent(None),
            authorization,
            until: Instant::now() + options.total_timeout,
        })
    }

    /// Gets a document of at most so many bytes.
    ///
    /// # Errors
    /// Why there is none; the address is not in the message where the caller knows it.
    pub(super) fn get(&self, address: &Url, most: u64, tell: &mut dyn FnMut(Event<'_>)) -> Result<Got, Diagnostic> {
        let mut current = address.clone();
        let mut asked = vec![current.clone()];
        loop {
            self.allowed(&current)?;
            let shown = self.root.secrets.shown(current.as_str());
            tell(Event::Asking { address: &shown });
            let response = self.ask(&current, &shown)?;
            let (parts, body) = response.into_parts();
            let status = parts.status.as_u16();
            if matches!(status, 301 | 302 | 303 | 307 | 308)
                && let Some(location) = parts.headers.get(header::LOCATION)
            {
                let next = self.redirected(&current, location)?;
                if asked.contains(&next) || asked.len() > REDIRECTS {
                    let what = if asked.contains(&next) { "in a circle" } else { "too often" };
                    let message = format!("`{}` is redirected {what}", self.root.secrets.shown(address.as_str()));
                    let problem = Diagnostic::error(codes::REDIRECT, message);
                    return Err(asked.iter().fold(problem, |problem, step| {
                        problem.with_note(format!("by way of {}", self.root.secrets.shown(step.as_str())))
                    }));
                }
                tell(Event::Redirected { from: &shown, to: &self.root.secrets.shown(next.as_str()) });
                asked.push(next.clone());
                current = next;
                continue;
            }
            if status != 200 {
                return Err(self.refused(&shown, status));
            }
            let bytes = self.body(&parts.headers, body, most, &shown)?;
            return Ok(Got { bytes, from: current });
        }
    }

    fn ask(&self, address: &Url, shown: &str) -> Result<ureq::http::Response<ureq::Body>, Diagnostic> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            let seconds = self.options.total_timeout.as_secs();
            let message = format!("fetching has taken {seconds} seconds, and there is more");
            return Err(Diagnostic::error(codes::LIMIT, message));
        }
        let home = self.is_home(address);
        let agent = if home { &self.home } else { &self.away };
        let mut request =
            agent.get(address.as_str()).config().timeout_global(Some(self.options.timeout.min(left))).build();
        if home && let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, authorization.clone());
        }
        request.call().map_err(|error| self.no_answer(shown, &error))
    }

    /// Whether credentials may go there: the contract's own host and port, or the same host over https.
    fn is_home(&self, address: &Url) -> bool {
        let root = &self.root.url;
        let same = address.host() == root.host();
        let exact =
            address.scheme() == root.scheme() && address.port_or_known_default() == root.port_or_known_default();
        let safer =
            root.scheme() == "http" && address.scheme() == "https" && root.port().is_none() && address.port().is_none();
        same && (exact || safer)
    }

    /// Whether an address may be asked, as far as it can be seen before its name is looked up.
    fn allowed(&self, address: &Url) -> Result<(), Diagnostic> {
        askable(address, &self.root.secrets)?;
        if !self.options.allow_private && private_name(address) {
            return Err(private(address.host_str().unwrap_or_default()));
        }
        Ok(())
    }

    fn redirected(&self, from: &Url, location: &HeaderValue) -> Result<Url, Diagnostic> {
        let secrets = &self.root.secrets;
        let shown = secrets.shown(from.as_str());
        let refuse = |why: String| Diagnostic::error(codes::REDIRECT, format!("`{shown}` is redirected {why}"));
        let text = String::from_utf8_lossy(location.as_bytes());
        let mut to = from.join(text.trim()).map_err(|_| refuse("to something that is no address".to_owned()))?;
        to.set_fragment(None);
        let target = secrets.shown(to.as_str());
        if !matches!(to.scheme(), "http" | "https") || askable(&to, secrets).is_err() {
            return Err(refuse(format!("to `{target}`, which is never asked")));
        }
        if from.scheme() == "https" && to.scheme() == "http" {
            return Err(refuse(format!("from https to `{target}`"))
                .with_note("what comes over http may be changed by anybody on the way"));
        }
        let host = to.host_str().unwrap_or_default();
        if to.host() != from.host() && !self.options.allowed_hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
        {
            return Err(refuse(format!("to another host, `{target}`"))
                .with_help(format!("if that host is the vendor's, give `--allow-host {host}`")));
        }
        Ok(to)
    }

    fn refused(&self, shown: &str, status: u16) -> Diagnostic {
        let problem = Diagnostic::error(codes::STATUS, format!("`{shown}` was answered with HTTP status {status}"));
        match status {
            401 if self.authorization.is_none() => problem.with_help("the server wants a user name: `--user NAME`"),
            401 | 403 => problem.with_help("the server does not accept these credentials for this address"),
            404 | 410 => {
                problem.with_help("the document is not there: look for the address in the vendor's documentation")
            }
            407 => problem.with_help("the proxy wants a user name and password, in HTTPS_PROXY"),
            300..=399 => problem.with_help("the server redirects without saying where"),
            500..=599 => problem.with_help("the server has failed; try again later"),
            _ => problem,
        }
    }

    /// The bytes of an answer, unpacked.
    fn body(&self, headers: &HeaderMap, body: ureq::Body, most: u64, shown: &str) -> Result<Vec<u8>, Diagnostic> {
        let mut packings = Vec::new();
        for value in headers.get_all(header::CONTENT_ENCODING) {
            let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
            let names = value.split(',').map(|name| name.trim().to_owned());
            packings.extend(names.filter(|name| !name.is_empty() && name != "identity"));
        }
        // What is on the wire is held to the limit too: an archive can be made of nothing but headers.
        let wire = body.into_reader().take(most.saturating_add(1));
        let mut bytes = Vec::new();
        let read = match packings.as_slice() {
            [] => wire.take(most.saturating_add(1)).read_to_end(&mut bytes),
            [one] if one == "gzip" || one == "x-gzip" => {
                MultiGzDecoder::new(wire).take(most.saturating_add(1)).read_to_end(&mut bytes)
            }
            _ => {
                let message = format!("`{shown}` came compressed in a way that was not asked for");
                return Err(Diagnostic::error(codes::NO_ANSWER, message));
            }
        };
        if bytes.len() as u64 > most {
            let limits = &self.options.limits;
            let (name, max) = match most < limits.file_bytes {
                true => ("total_bytes", limits.total_bytes),
                false => ("file_bytes", limits.file_bytes),
            };
            let message = format!("with `{shown}` the limit `{name}` of {max} bytes is passed");
            return Err(Diagnostic::error(codes::LIMIT, message));
        }
        match read {
            Ok(_) => Ok(bytes),
            Err(error) => Err(self.broken(shown, &error)),
        }
    }

    fn no_answer(&self, shown: &str, error: &ureq::Error) -> Diagnostic {
        use ureq::Error as E;
        if let E::Other(inner) = error
            && let Some(Refused { host }) = inner.downcast_ref()
        {
            return private(host);
        }
        let (what, help) = match error {
            E::HostNotFound => ("the host is not known", NOT_FOUND),
            E::ConnectionFailed => ("no connection", UNREACHABLE),
            E::ConnectProxyFailed(_) => {
                ("the proxy does not let us through", "check the proxy's address and credentials")
            }
            E::Timeout(_) => ("the time ran out", SLOW),
            E::LargeResponseHeader(..) => ("the head of the answer is too long", ""),
            E::Protocol(_) => ("the answer is not HTTP", "check the port, and whether it speaks http or https"),
            E::Tls(_) | E::Pem(_) | E::Rustls(_) | E::TlsRequired => return tls(shown, &error.to_string()),
            E::Io(error) => return self.broken(shown, error),
            _ => ("the request failed", ""),
        };
        no_answer(shown, what, help)
    }

    fn broken(&self, shown: &str, error: &io::Error) -> Diagnostic {
        if let Some(inner) = error.get_ref() {
            if let Some(inner) = inner.downcast_ref::<ureq::Error>() {
                return match inner {
                    ureq::Error::Io(_) => no_answer(shown, "the connection broke", ""),
                    other => self.no_answer(shown, other),
                };
            }
            let mut source: Option<&(dyn StdError + 'static)> = Some(inner);
            while let Some(error) = source {
                if error.to_string().contains("certificate") {
                    return tls(shown, &error.to_string());
                }
                source = error.source();
            }
        }
        // std has no kind of its own for names that are not found.
        if error.to_string().starts_with("failed to lookup address information") {
            return no_answer(shown, "the host is not known", NOT_FOUND);
        }
        match error.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => no_answer(shown, "the time ran out", SLOW),
            io::ErrorKind::ConnectionRefused | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
                no_answer(shown, "no connection", UNREACHABLE)
            }
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                no_answer(shown, "the answer is cut off or damaged", "try again")
            }
            _ => no_answer(shown, "the connection broke", "try again; a proxy in between may need `--proxy`"),
        }
    }
}

const NOT_FOUND: &str = "check the spelling; if only the vendor's own network knows the name, try `--same-host`";
const UNREACHABLE: &str = "check the address and the port, or whether a proxy is needed (`--proxy`)";
const SLOW: &str = "give it more seconds with `--timeout`";

fn no_answer(shown: &str, what: &str, help: &str) -> Diagnostic {
    let problem = Diagnostic::error(codes::NO_ANSWER, format!("no answer from `{shown}`: {what}"));
    if help.is_empty() { problem } else { problem.with_help(help) }
}

fn tls(shown: &str, why: &str) -> Diagnostic {
    no_answer(
        shown,
        "the connection cannot be secured",
        "for an authority of your own give `--ca`, for a client certificate `--cert` and `--key`",
    )
    .with_note(why.chars().take(200).collect::<String>())
}

fn private(host: &str) -> Diagnostic {
    let message = format!("`{host}` is this machine or belongs to a private network, and is not asked");
    Diagnostic::error(codes::PRIVATE, message).with_help("if the service is yours, give `--allow-private`")
}

/// All certificates of a PEM file.
fn certificates(pem: &[u8], what: &str) -> Result<Vec<Certificate<'static>>, Diagnostic> {
    let mut found = Vec::new();
    for item in parse_pem(pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => found.push(certificate),
            Ok(_) => {}
            Err(_) => {
                found.clear();
                break;
            }
        }
    }
    if found.is_empty() {
        return Err(Diagnostic::error(codes::CREDENTIALS, format!("{what} is not a PEM file with a certificate")));
    }
    Ok(found)
}

fn proxy(proxying: &Proxying) -> Result<Option<Proxy>, Diagnostic> {
    let wrong = |what: &str| {
        Diagnostic::error(codes::CREDENTIALS, format!("{what} is no proxy's address"))
            .with_help("expected something like `http://proxy.example.com:3128`")
    };
    match proxying {
        Proxying::Direct => Ok(None),
        Proxying::Through(address) => {
            let named = Url::parse(address).is_ok_and(|url| !url.username().is_empty() || url.password().is_some());
            if named {
                return Err(Diagnostic::error(codes::CREDENTIALS, "`--proxy` holds a user name or password")
                    .with_note("it is seen in the list of processes")
                    .with_help("set HTTPS_PROXY to this address instead"));
            }
            Proxy::new(address).map(Some).map_err(|_| wrong("what `--proxy` says"))
        }
        Proxying::Environment => {
            let names = ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
            let set = names.into_iter().find(|name| std::env::var(name).is_ok_and(|value| !value.trim().is_empty()));
            match (Proxy::try_from_env(), set) {
                // Going on without the proxy would show the request to a network it must not reach.
                (None, Some(name)) => Err(wrong(&format!("the value of {name}"))),
                (proxy, _) => Ok(proxy),
            }
        }
    }
}

/// Looks up names, and hands out only addresses that may be connected to: the address that was checked is the one used.
#[derive(Debug)]
struct Guard {
    allow: bool,
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        // The proxy is the user's choice, wherever it stands.
        let is_proxy = config.proxy().is_some_and(|proxy| proxy.uri() == uri);
        if self.allow || is_proxy {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|address| !is_private(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() {
            return Err(ureq::Error::Other(Box::new(Refused { host: uri.host().unwrap_or_default().to_owned() })));
        }
        Ok(public)
    }
}

/// A name leads into a private network only.
#[derive(Debug)]
struct Refused {
    host: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is in a private network", self.host)
    }
}

impl StdError for Refused {}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `ureq` asks it: with the request's address, which is not the proxy's.
    #[test]
    fn a_name_that_leads_into_a_private_network_is_refused_after_it_was_looked_up() {
        let timeout = || NextTimeout {
            after: ureq::unversioned::transport::time::Duration::NotHappening,
            ..NextTimeout::default()
        };
        let uri: Uri = "http://localhost:1/".parse().unwrap();
        let refused = Guard { allow: false }.resolve(&uri, &Config::default(), timeout());
        assert!(matches!(refused, Err(ureq::Error::Other(_))), "{refused:?}");
        assert!(Guard { allow: true }.resolve(&uri, &Config::default(), timeout()).is_ok());
        let through = Config::builder().proxy(Some(Proxy::new("http://localhost:1").unwrap())).build();
        assert!(Guard { allow: false }.resolve(through.proxy().unwrap().uri(), &through, timeout()).is_ok());
    }
}
