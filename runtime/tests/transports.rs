//! The adapters against a server that behaves and misbehaves. Needs the features `ureq` and `reqwest`.

#![cfg(all(feature = "ureq", feature = "reqwest"))]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bindery_runtime as rt;
use rt::transport::{Reqwest, Ureq};
use rt::{
    AsyncTransport as _, Delivery, Exchange, Phase, Timeouts, Transport as _, TransportError,
    TransportErrorKind as Kind,
};

/// Answers every request with the same bytes, piece by piece, then closes.
struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    fn start(pieces: &[&str], pause: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(AtomicUsize::new(0));
        let pieces: Vec<String> = pieces.iter().map(|piece| (*piece).to_owned()).collect();
        let (kept, counted) = (requests.clone(), connections.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
                let (pieces, kept) = (pieces.clone(), kept.clone());
                std::thread::spawn(move || serve(stream, &pieces, pause, &kept));
            }
        });
        Self { address, requests, connections }
    }

    fn url(&self) -> String {
        format!("http://{}/path?k=SECRET", self.address)
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, pieces: &[String], pause: Duration, requests: &Mutex<Vec<String>>) {
    loop {
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        while !request.ends_with(b"<body/>") {
            match stream.read(&mut buffer) {
                Ok(0) | Err(_) => return,
                Ok(count) => request.extend_from_slice(&buffer[..count]),
            }
        }
        requests.lock().unwrap().push(String::from_utf8(request).unwrap());
        for piece in pieces {
            if stream.write_all(piece.as_bytes()).is_err() {
                return;
            }
            std::thread::sleep(pause);
        }
        if !pieces.concat().contains("keep-alive") {
            return;
        }
    }
}

fn request(url: &str) -> http::Request<Vec<u8>> {
    http::Request::post(url).header("content-type", "text/xml").body(b"<body/>".to_vec()).unwrap()
}

fn quick(total_ms: u64) -> Exchange {
    Exchange::new(Timeouts::READ.with_total(Duration::from_millis(total_ms)), 1000)
}

type Result = std::result::Result<http::Response<Vec<u8>>, TransportError>;

/// Sends over both adapters.
fn both(url: &str, exchange: &Exchange) -> [Result; 2] {
    let blocking = Ureq::new().send(request(url), exchange);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let other = runtime.block_on(Reqwest::new().unwrap().send(request(url), exchange));
    [blocking, other]
}

fn errors(results: [Result; 2]) -> [TransportError; 2] {
    results.map(|result| result.expect_err("an error"))
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n";

#[test]
fn a_status_is_no_error_and_a_redirect_is_not_followed() {
    for head in
        ["HTTP/1.1 500 Oh", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/", "HTTP/1.1 307 There\r\nLocation: /x"]
    {
        let server = Server::start(&[head, "\r\nContent-Length: 4\r\n\r\n<a/>"], Duration::ZERO);
        for result in both(&server.url(), &quick(5000)) {
            let response = result.unwrap();
            assert_eq!(response.body(), b"<a/>");
            assert!(head.contains(response.status().as_str()));
        }
        assert_eq!(server.requests().len(), 2);
        for request in server.requests() {
            let lower = request.to_lowercase();
            assert!(request.starts_with("POST /path?k=SECRET HTTP/1.1\r\n"), "{request}");
            assert!(lower.contains("content-length: 7") && lower.contains("content-type: text/xml"), "{request}");
            for unasked in ["referer", "cookie", "expect", "transfer-encoding"] {
                assert!(!lower.contains(unasked), "{request}");
            }
        }
    }
}

#[test]
fn compressed_bodies_come_as_they_are() {
    let server = Server::start(&[HEAD, "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"], Duration::ZERO);
    for result in both(&server.url(), &quick(5000)) {
        assert_eq!(result.unwrap().body(), b"abc");
    }
}

#[test]
fn an_answer_that_ends_early_is_none() {
    for rest in ["Content-Length: 100\r\n\r\n<a/>", "Transfer-Encoding: chunked\r\n\r\n4\r\n<a/>\r\n", ""] {
        let server = Server::start(&[HEAD, rest], Duration::ZERO);
        for error in errors(both(&server.url(), &quick(5000))) {
            assert_eq!(error.delivery(), Delivery::MaybeSent);
            assert!(matches!(error.kind(), Kind::Closed | Kind::Http), "{error:?} {rest:?}");
        }
        assert_eq!(server.requests().len(), 2, "nothing is sent again");
    }
}

#[test]
fn the_size_is_limited() {
    let big = "x".repeat(1001);
    for rest in [format!("Content-Length: 1001\r\n\r\n{big}"), format!("\r\n{big}")] {
        let server = Server::start(&[HEAD, &rest], Duration::ZERO);
        for error in errors(both(&server.url(), &quick(5000))) {
            assert_eq!(error.kind(), Kind::TooLarge { limit: 1000 });
        }
    }
    let server = Server::start(&[HEAD, "\r\n", &big[1..]], Duration::ZERO);
    for result in both(&server.url(), &quick(5000)) {
        assert_eq!(result.unwrap().body().len(), 1000);
    }
}

#[test]
fn time_is_limited_while_bytes_drip() {
    let drip = ["x"; 40];
    let mut pieces = vec![HEAD, "\r\n"];
    pieces.extend(drip);
    let server = Server::start(&pieces, Duration::from_millis(100));
    let started = Instant::now();
    for error in errors(both(&server.url(), &quick(400))) {
        assert!(matches!(error.kind(), Kind::Timeout(Phase::Total)), "{error:?}");
        assert_eq!(error.delivery(), Delivery::MaybeSent);
    }
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[test]
fn nobody_there() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for error in errors(both(&format!("http://{closed}/?k=SECRET"), &quick(5000))) {
        assert_eq!((error.kind(), error.delivery()), (Kind::Connect, Delivery::NotSent), "{error:?}");
        let mut text = format!("{error} {error:?}");
        let mut source = std::error::Error::source(&error);
        while let Some(inner) = source {
            text.push_str(&format!("{inner} {inner:?}"));
            source = inner.source();
        }
        assert!(!text.contains("SECRET"), "{text}");
    }
    for error in errors(both("http://no-such-host.invalid/", &quick(5000))) {
        assert_eq!(error.delivery(), Delivery::NotSent, "{error:?}");
    }
}

#[test]
fn no_tls_where_there_is_none() {
    let server = Server::start(&["nonsense"], Duration::ZERO);
    for error in errors(both(&format!("https://{}/", server.address), &quick(1500))) {
        assert!(server.requests().is_empty());
        assert!(!matches!(error.delivery(), Delivery::Answered), "{error:?}");
    }
}

#[test]
fn connections_are_shared_only_where_that_is_safe() {
    let alive = "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 4\r\n\r\n<a/>";
    for (fresh, expected) in [(false, 1), (true, 3)] {
        let server = Server::start(&[alive], Duration::ZERO);
        let transport = Ureq::new();
        for _ in 0..3 {
            transport.send(request(&server.url()), &quick(5000).fresh_connection(fresh)).unwrap();
        }
        assert_eq!(server.connections.load(Ordering::SeqCst), expected);
        let server = Server::start(&[alive], Duration::ZERO);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let transport = Reqwest::new().unwrap();
        for _ in 0..3 {
            let exchange = quick(5000).fresh_connection(fresh);
            runtime.block_on(transport.send(request(&server.url()), &exchange)).unwrap();
        }
        assert_eq!(server.connections.load(Ordering::SeqCst), expected);
    }
}
