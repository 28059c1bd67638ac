//! A listener between a client and a server, which keeps what both say.

use std::io;
use std::sync::{Arc, Mutex};

use bindery_runtime::transport::{Exchange, Timeouts, Transport as _, Ureq};

use crate::server::http::{Delivery, Listener, lock};
use crate::server::{Reply, Request};

/// The most bytes of an answer that is passed on.
const MAX_ANSWER: u64 = 64 * 1024 * 1024;

/// Passes requests on to a server, and keeps them with their answers. It stops when dropped.
pub struct Relay {
    /// Where it listens.
    pub url: String,
    kept: Arc<Mutex<Vec<(Request, Reply)>>>,
    _listener: Listener,
}

impl Relay {
    /// Listens on a free port, for a server at this address. Paths stand behind both addresses.
    ///
    /// # Errors
    /// When the loopback gives no port.
    pub fn to(server: &str) -> io::Result<Self> {
        let (socket, address) = Listener::bind()?;
        let kept: Arc<Mutex<Vec<(Request, Reply)>>> = Arc::default();
        let (keep, server) = (Arc::clone(&kept), server.to_owned());
        let handler = move |request: Request| {
            let reply = pass_on(&server, &request).unwrap_or_else(|why| Reply::new(502, "text/plain", why));
            lock(&keep).push((request, reply.clone()));
            Delivery::Whole(reply)
        };
        let listener = Listener::serve(socket, address, Arc::new(handler));
        Ok(Self { url: format!("http://{address}"), kept, _listener: listener })
    }

    /// The last request and its answer.
    pub fn last(&self) -> Option<(Request, Reply)> {
        lock(&self.kept).last().cloned()
    }
}

/// Sends a request to the server as it came, but for the headers that belong to a connection.
fn pass_on(server: &str, request: &Request) -> Result<Reply, String> {
    let mut builder = http::Request::builder().method(request.method.as_str()).uri(format!("{server}{}", request.path));
    let own = ["host", "connection", "content-length", "transfer-encoding", "expect", "accept-encoding"];
    for (name, value) in &request.headers {
        if !own.iter().any(|it| name.eq_ignore_ascii_case(it)) {
            builder = builder.header(name, value);
        }
    }
    let request = builder.body(request.body.clone()).map_err(|error| error.to_string())?;
    let exchange = Exchange::new(Timeouts::READ, MAX_ANSWER).fresh_connection(true);
    let answer = Ureq::new().send(request, &exchange).map_err(|error| error.to_string())?;
    let headers = answer.headers().iter().filter(|(name, _)| !own.contains(&name.as_str()) && *name != "keep-alive");
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = headers.map(|(name, value)| (name.to_string(), text(value))).collect();
    Ok(Reply { status: answer.status().as_u16(), headers, body: answer.into_body() })
}
