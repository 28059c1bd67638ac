//! A small HTTP/1.1 listener whose answers can be cut, delayed and dripped: what a polite server crate will not do.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

const MAX_HEAD: usize = 64 * 1024;
const MAX_BODY: usize = 16 * 1024 * 1024;
const MAX_HEADERS: usize = 64;

/// One request as it came in.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// Path and query, as sent.
    pub path: String,
    /// Header names and values in the order sent, names in the client's own case.
    pub headers: Vec<(String, String)>,
    /// The body with any chunking undone.
    pub body: Vec<u8>,
    /// The number of the TCP connection it came on, counted from 0.
    pub connection: usize,
    /// The operation asked for, as far as it can be told: `AddOrder`, `Renotify`, `PlaceOrderAndAuthorize_API`; else empty.
    pub operation: String,
}

impl Request {
    /// The first header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The media type without its parameters, in lower case.
    pub(crate) fn media_type(&self) -> String {
        let value = self.header("content-type").unwrap_or("");
        value.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
    }

    /// A parameter of the media type, quotes taken off.
    pub(crate) fn media_parameter(&self, name: &str) -> Option<String> {
        self.header("content-type")?.split(';').skip(1).find_map(|part| {
            let (key, value) = part.split_once('=')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
        })
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Headers; `Content-Length` is added when the answer is written.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// An answer with one `Content-Type`.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: vec![("Content-Type".to_owned(), content_type.to_owned())], body: body.into() }
    }

    /// The page a proxy or IIS shows when something is wrong before any service runs.
    pub fn html(status: u16, title: &str) -> Self {
        let page = format!("<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>");
        Self::new(status, "text/html", page)
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// What to do on the wire with the answer to a request.
pub(crate) enum Delivery {
    Whole(Reply),
    /// The head promises the whole body, `usize` bytes of it follow, then the connection closes.
    Cut(Reply, usize),
    /// The body a few bytes at a time with a pause between.
    Drip(Reply, usize, Duration),
    /// Nothing at all: the connection closes.
    Hangup,
}

pub(crate) type Handler = dyn Fn(Request) -> Delivery + Send + Sync;

/// Serves until dropped; dropping closes every connection and waits for the accepting thread.
pub(crate) struct Listener {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
    accepting: Option<JoinHandle<()>>,
}

impl Listener {
    pub(crate) fn bind() -> io::Result<(TcpListener, SocketAddr)> {
        let socket = TcpListener::bind(("127.0.0.1", 0))?;
        let address = socket.local_addr()?;
        Ok((socket, address))
    }

    pub(crate) fn serve(socket: TcpListener, address: SocketAddr, handler: Arc<Handler>) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let open = Arc::new(Mutex::new(Vec::new()));
        let accepting = {
            let (stop, open) = (Arc::clone(&stop), Arc::clone(&open));
            thread::spawn(move || accept(&socket, &stop, &open, &handler))
        };
        Self { address, stop, open, accepting: Some(accepting) }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // `accept` has no timeout: a connection of our own wakes it up.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
        if let Some(thread) = self.accepting.take() {
            let _ = thread.join();
        }
        for stream in lock(&self.open).drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn accept(socket: &TcpListener, stop: &AtomicBool, open: &Mutex<Vec<TcpStream>>, handler: &Arc<Handler>) {
    for (number, stream) in socket.incoming().enumerate() {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        if let Ok(copy) = stream.try_clone() {
            lock(open).push(copy);
        }
        let handler = Arc::clone(handler);
        thread::spawn(move || {
            // A client that goes away in the middle is an everyday matter; there is nobody to tell.
            let _ = converse(&stream, number, &*handler);
            let _ = stream.shutdown(Shutdown::Both);
        });
    }
}

fn converse(stream: &TcpStream, connection: usize, handler: &Handler) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let request = match read_request(&mut reader, stream, connection) {
            Ok(Some(request)) => request,
            Ok(None) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return write_reply(stream, &Reply::html(400, &error.to_string()), false);
            }
            Err(error) => return Err(error),
        };
        let keep = !request.header("connection").is_some_and(|v| v.eq_ignore_ascii_case("close"));
        match handler(request) {
            Delivery::Whole(reply) => write_reply(stream, &reply, keep)?,
            Delivery::Cut(reply, at) => {
                write_head(stream, &reply, true)?;
                return write_all(stream, &reply.body[..at.min(reply.body.len())]);
            }
            Delivery::Drip(reply, bytes, pause) => {
                write_head(stream, &reply, keep)?;
                for piece in reply.body.chunks(bytes.max(1)) {
                    write_all(stream, piece)?;
                    thread::sleep(pause);
                }
            }
            Delivery::Hangup => return Ok(()),
        }
        if !keep {
            return Ok(());
        }
    }
}

fn write_head(stream: &TcpStream, reply: &Reply, keep: bool) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {} {}\r\n", reply.status, reason(reply.status));
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n", reply.body.len()));
    if !keep {
        head.push_str("Connection: close\r\n");
    }
    head.push_str("\r\n");
    write_all(stream, head.as_bytes())
}

fn write_reply(stream: &TcpStream, reply: &Reply, keep: bool) -> io::Result<()> {
    write_head(stream, reply, keep)?;
    write_all(stream, &reply.body)
}

fn write_all(mut stream: &TcpStream, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes)?;
    stream.flush()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        415 => "Unsupported Media Type",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Status",
    }
}

fn invalid(text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text)
}

/// `None` when the client closed the connection between two requests.
fn read_request(
    reader: &mut BufReader<&TcpStream>,
    stream: &TcpStream,
    connection: usize,
) -> io::Result<Option<Request>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let before = head.len();
        reader.by_ref().take((MAX_HEAD - before) as u64).read_until(b'\n', &mut head)?;
        if head.len() == before {
            return if head.is_empty() { Ok(None) } else { Err(invalid("The request head is cut or too long")) };
        }
    }
    let mut fields = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut fields);
    match parsed.parse(&head) {
        Ok(httparse::Status::Complete(_)) => {}
        _ => return Err(invalid("The request head is not HTTP/1.1")),
    }
    let mut headers = Vec::new();
    for field in parsed.headers.iter() {
        let value = std::str::from_utf8(field.value).map_err(|_| invalid("A header value is not text"))?;
        headers.push((field.name.to_owned(), value.to_owned()));
    }
    let mut request = Request {
        method: parsed.method.unwrap_or("").to_owned(),
        path: parsed.path.unwrap_or("").to_owned(),
        headers,
        body: Vec::new(),
        connection,
        operation: String::new(),
    };
    if request.header("expect").is_some_and(|v| v.eq_ignore_ascii_case("100-continue")) {
        write_all(stream, b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    request.body = read_body(reader, &request)?;
    Ok(Some(request))
}

fn read_body(reader: &mut BufReader<&TcpStream>, request: &Request) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    if request.header("transfer-encoding").is_some_and(|v| v.eq_ignore_ascii_case("chunked")) {
        loop {
            let line = read_line(reader)?;
            let size = line.split(';').next().unwrap_or("").trim();
            let size = usize::from_str_radix(size, 16).map_err(|_| invalid("A chunk size is not hexadecimal"))?;
            if size > MAX_BODY - body.len() {
                return Err(invalid("The request body is too large"));
            }
            if size == 0 {
                while !read_line(reader)?.is_empty() {}
                return Ok(body);
            }
            let start = body.len();
            body.resize(start + size, 0);
            reader.read_exact(&mut body[start..])?;
            if !read_line(reader)?.is_empty() {
                return Err(invalid("A chunk does not end where it says"));
            }
        }
    }
    if let Some(length) = request.header("content-length") {
        let length: usize = length.trim().parse().map_err(|_| invalid("Content-Length is not a number"))?;
        if length > MAX_BODY {
            return Err(invalid("The request body is too large"));
        }
        body.resize(length, 0);
        reader.read_exact(&mut body)?;
    }
    Ok(body)
}

fn read_line(reader: &mut BufReader<&TcpStream>) -> io::Result<String> {
    let mut line = Vec::new();
    reader.by_ref().take(1024).read_until(b'\n', &mut line)?;
    let line = line.strip_suffix(b"\r\n").ok_or_else(|| invalid("A chunk line does not end"))?;
    String::from_utf8(line.to_vec()).map_err(|_| invalid("A chunk line is not text"))
}

/// A test that panicked with the lock held must not take the others down with it.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
