//! A vendor's web server on this machine, polite or not.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request as it came: `GET /path?query`, and the head.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) target: String,
    pub(crate) head: String,
}

impl Asked {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// What to do with a request.
pub(crate) enum Answer {
    /// Send this.
    Bytes(Vec<u8>),
    /// Send this head, and then bytes without end.
    Endless(Vec<u8>),
    /// Send this head, and then a byte every so often.
    Slow(Vec<u8>, Duration),
}

/// A document with status 200.
pub(crate) fn xml(body: impl AsRef<[u8]>) -> Answer {
    with("200 OK", "Content-Type: text/xml\r\n", body)
}

/// Any answer.
pub(crate) fn with(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Answer {
    let body = body.as_ref();
    let mut bytes =
        format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len())
            .into_bytes();
    bytes.extend_from_slice(body);
    Answer::Bytes(bytes)
}

pub(crate) fn redirect(to: &str) -> Answer {
    with("302 Found", &format!("Location: {to}\r\n"), "")
}

/// A server that runs as long as the test's process.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

pub(crate) type Handler = dyn Fn(&Asked) -> Answer + Send + Sync;

impl Server {
    pub(crate) fn new(handler: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        Self::over(handler, |stream| Some(Box::new(stream)))
    }

    /// A server whose connections go through something first, such as TLS.
    pub(crate) fn over(
        handler: impl Fn(&Asked) -> Answer + Send + Sync + 'static,
        wrap: impl Fn(TcpStream) -> Option<Box<dyn Stream>> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let address = listener.local_addr().expect("its address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, handler, wrap) = (Arc::clone(&asked), Arc::new(handler) as Arc<Handler>, Arc::new(wrap));
        thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                let (log, handler, wrap) = (Arc::clone(&log), Arc::clone(&handler), Arc::clone(&wrap));
                thread::spawn(move || {
                    if let Some(stream) = wrap(stream) {
                        serve(stream, &log, &*handler);
                    }
                });
            }
        });
        Self { address, asked }
    }

    /// An address on it.
    pub(crate) fn url(&self, target: &str) -> String {
        format!("http://{}{target}", self.address)
    }

    /// The requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no test has failed inside").clone()
    }
}

/// What a server reads from and writes to.
pub(crate) trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

fn serve(mut stream: Box<dyn Stream>, log: &Mutex<Vec<Asked>>, handler: &Handler) {
    let Some(head) = head(&mut *stream) else { return };
    let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let asked = Asked { target, head };
    log.lock().expect("no test has failed inside").push(asked.clone());
    match handler(&asked) {
        Answer::Bytes(bytes) => {
            let _ = stream.write_all(&bytes);
        }
        Answer::Endless(head) => {
            let _ = stream.write_all(&head);
            while stream.write_all(&[b' '; 64 * 1024]).is_ok() {}
        }
        Answer::Slow(head, pause) => {
            let _ = stream.write_all(&head);
            while stream.write_all(b" ").and_then(|()| stream.flush()).is_ok() {
                thread::sleep(pause);
            }
        }
    }
    let _ = stream.flush();
}

/// Everything up to the empty line.
pub(crate) fn head(stream: &mut dyn Stream) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > 64 * 1024 || stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    String::from_utf8(head).ok()
}
