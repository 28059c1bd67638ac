//! Other people's XML-RPC, SOAP and schema tools, for comparison. `tests/install-peers.sh` installs them; a test whose
//! peer is not there prints why and passes:
//!
//! ```no_run
//! # use bindery_tests::peers;
//! let Some(json) = peers::found(peers::xmlrpc_loads("<methodResponse/>")) else { return };
//! ```

mod gsoap;
mod jaxws;
mod relay;

use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;

pub use gsoap::GSoap;
pub use jaxws::JaxWs;
pub use relay::Relay;

/// Why a peer gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeerError {
    /// It is not installed: the test should be skipped. Prints as `skipped: needs X`.
    Missing(String),
    /// It ran and refused: what it wrote on stderr.
    Failed(String),
}

impl std::fmt::Display for PeerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(what) => write!(f, "skipped: needs {what} (tests/install-peers.sh)"),
            Self::Failed(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for PeerError {}

/// A peer's answer.
pub type PeerResult<T> = Result<T, PeerError>;

/// The answer; or, for a peer that is not there, the reason on stdout and `None` for the test to return on.
///
/// # Panics
/// When the peer ran and failed: that is the test's failure.
pub fn found<T>(result: PeerResult<T>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(missing @ PeerError::Missing(_)) => {
            println!("{missing}");
            None
        }
        Err(PeerError::Failed(why)) => panic!("{why}"),
    }
}

/// Decodes an XML-RPC request or response with CPython: JSON as `tests/interop/xmlrpc_json.py` describes it.
///
/// # Errors
/// When there is no Python, or it cannot read the message.
pub fn xmlrpc_loads(message: &str) -> PeerResult<String> {
    python("xmlrpc_client.py", &["loads"], message)
}

/// A `methodCall` as CPython writes it, from JSON `{"method": …, "params": […]}`.
///
/// # Errors
/// When there is no Python, or it cannot read the JSON.
pub fn xmlrpc_request(json: &str) -> PeerResult<String> {
    python("xmlrpc_client.py", &["request"], json)
}

/// A `methodResponse` as CPython writes it, from the JSON of its value or of a fault.
///
/// # Errors
/// When there is no Python, or it cannot read the JSON.
pub fn xmlrpc_response(json: &str) -> PeerResult<String> {
    python("xmlrpc_client.py", &["response"], json)
}

/// The canonical envelope zeep writes for Renotify through this port of `contracts/corteos/orders_api.wsdl`.
///
/// # Errors
/// When there is no zeep, or it does not accept the WSDL.
pub fn zeep_renotify_request(port: &str, token: &str, id: i32) -> PeerResult<String> {
    needs_zeep()?;
    python("zeep_corteos.py", &["request", &corteos_wsdl(), port, token, &id.to_string()], "")
}

/// What zeep makes of a Renotify response, as JSON.
///
/// # Errors
/// When there is no zeep, or it does not accept the WSDL or the response.
pub fn zeep_renotify_response(port: &str, response: &str) -> PeerResult<String> {
    needs_zeep()?;
    python("zeep_corteos.py", &["response", &corteos_wsdl(), port], response)
}

/// The envelope zeep would send for an operation of any WSDL; the input as `tests/interop/zeep_styles.py` describes it.
///
/// # Errors
/// When there is no zeep, or it does not accept the WSDL or the input.
pub fn zeep_request(wsdl: &Path, port: &str, operation: &str, json: &str) -> PeerResult<String> {
    needs_zeep()?;
    python("zeep_styles.py", &[&wsdl.to_string_lossy(), port, operation], json)
}

/// What zeep makes of a response to an operation of any WSDL, as JSON.
///
/// # Errors
/// When there is no zeep, or it does not accept the WSDL or the response.
pub fn zeep_reply(wsdl: &Path, port: &str, operation: &str, response: &str) -> PeerResult<String> {
    needs_zeep()?;
    python("zeep_styles.py", &["--reply", &wsdl.to_string_lossy(), port, operation], response)
}

/// Lets zeep call a service over WSDL's HTTP bindings; the input and what it returns as `tests/interop/zeep_http.py` describes them.
///
/// # Errors
/// When there is no zeep, or it does not accept the WSDL or the input.
pub fn zeep_http(wsdl: &Path, json: &str) -> PeerResult<String> {
    needs_zeep()?;
    python("zeep_http.py", &[&wsdl.to_string_lossy()], json)
}

/// The envelope node-soap would send for an operation of any WSDL; the input as `tests/interop/node_soap_styles.js`
/// describes it.
///
/// # Errors
/// When there is no node-soap, or it does not accept the WSDL or the input.
pub fn node_soap_request(wsdl: &Path, port: &str, operation: &str, json: &str) -> PeerResult<String> {
    let module = root().join("target/peers/node_modules/soap");
    let module = module.canonicalize().map_err(|_| missing("node-soap"))?;
    let mut command = Command::new("node");
    command.arg(script("node_soap_styles.js")).arg(module).arg(wsdl).args([port, operation]);
    run(command, "node", json)
}

/// What a service of PHP's `soap` extension answers to an rpc/encoded request, if it answers with these parts as it read them.
///
/// # Errors
/// When there is no PHP with that extension, or it does not accept the WSDL or the request.
pub fn php_soap_mirror(wsdl: &Path, parts: &[&str], request: &str) -> PeerResult<String> {
    let modules = Command::new("php").arg("-m").output().map_err(|_| missing("PHP"))?;
    if !String::from_utf8_lossy(&modules.stdout).lines().any(|module| module == "soap") {
        return Err(missing("PHP with its soap extension"));
    }
    let mut command = Command::new("php");
    command.arg(script("php_soap.php")).arg(wsdl).args(parts);
    run(command, "php", request)
}

/// Validates one document with xmllint.
///
/// # Errors
/// When there is no xmllint, or the document is not valid: its messages.
pub fn validate(schema: &Path, document: &str) -> PeerResult<()> {
    let mut command = Command::new("xmllint");
    command.args(["--nonet", "--noout", "--schema"]).arg(schema).arg("-");
    run(command, "xmllint", document).map(|_| ())
}

/// A part of a multipart message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MimePart {
    /// `Content-ID` as it stands there.
    pub id: String,
    /// `Content-Type` as it stands there.
    pub media: String,
    /// The content.
    pub body: Vec<u8>,
}

/// The parts of a body with this `Content-Type`, as CPython takes it apart.
///
/// # Errors
/// When there is no Python, or it finds the body defective.
pub fn mime_parts(content_type: &str, body: &[u8]) -> PeerResult<Vec<MimePart>> {
    let hex: String = body.iter().map(|byte| format!("{byte:02x}")).collect();
    let lines = python("mime_parts.py", &[content_type], &hex)?;
    let bytes = |hex: &str| -> Option<Vec<u8>> {
        let pairs = hex.as_bytes().as_chunks::<2>().0;
        pairs
            .iter()
            .map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()))
            .collect()
    };
    let part = |line: &str| {
        let mut fields = line.split('\t');
        let (id, media, hex) = (fields.next()?, fields.next()?, fields.next()?);
        Some(MimePart { id: id.to_owned(), media: media.to_owned(), body: bytes(hex)? })
    };
    lines.lines().map(|line| part(line).ok_or_else(|| PeerError::Failed(line.to_owned()))).collect()
}

/// CPython's `xmlrpc.server` answering `Execute`; it ends when dropped.
#[derive(Debug)]
pub struct XmlRpcServer {
    /// Where it listens.
    pub url: String,
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl XmlRpcServer {
    /// Starts it on a free port.
    ///
    /// # Errors
    /// When there is no Python or it does not start.
    pub fn start() -> PeerResult<Self> {
        let mut command = Command::new(interpreter()?);
        command.arg(script("xmlrpc_server.py")).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| not_run("python", &error))?;
        let Some(output) = child.stdout.take() else { return Err(PeerError::Failed("no stdout".to_owned())) };
        let mut server = Self { url: String::new(), child, lines: BufReader::new(output) };
        server.url = server.next_call()?;
        Ok(server)
    }

    /// The JSON of the struct that the next call passed; waits for it.
    ///
    /// # Errors
    /// When the server has ended.
    pub fn next_call(&mut self) -> PeerResult<String> {
        let mut line = String::new();
        match self.lines.read_line(&mut line) {
            Ok(read) if read > 0 => Ok(line.trim_end().to_owned()),
            Ok(_) => Err(PeerError::Failed("xmlrpc_server.py has ended".to_owned())),
            Err(error) => Err(PeerError::Failed(error.to_string())),
        }
    }
}

impl Drop for XmlRpcServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("interop").join(name)
}

fn corteos_wsdl() -> String {
    root().join("contracts/corteos/orders_api.wsdl").to_string_lossy().into_owned()
}

/// The one with zeep, or whatever is on the PATH: enough for XML-RPC.
fn interpreter() -> PeerResult<PathBuf> {
    let installed = root().join("target/peers/bin/python");
    if installed.exists() {
        return Ok(installed);
    }
    let works = |name: &&str| {
        let status = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    };
    ["python3", "python"].iter().find(|name| works(name)).map(PathBuf::from).ok_or_else(|| missing("python"))
}

fn needs_zeep() -> PeerResult<()> {
    let mut command = Command::new(interpreter()?);
    command.args(["-c", "import zeep, lxml"]);
    run(command, "python", "").map(|_| ()).map_err(|_| missing("zeep"))
}

fn python(name: &str, arguments: &[&str], input: &str) -> PeerResult<String> {
    let mut command = Command::new(interpreter()?);
    command.arg(script(name)).args(arguments);
    run(command, "python", input)
}

fn missing(what: &str) -> PeerError {
    PeerError::Missing(what.to_owned())
}

fn not_run(what: &str, error: &io::Error) -> PeerError {
    if error.kind() == io::ErrorKind::NotFound { missing(what) } else { PeerError::Failed(format!("{what}: {error}")) }
}

fn run(mut command: Command, what: &str, input: &str) -> PeerResult<String> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| not_run(what, &error))?;
    let stdin = child.stdin.take();
    let input = input.as_bytes().to_vec();
    // Written beside the reading: a peer may answer before it has read all.
    let writing = thread::spawn(move || {
        if let Some(mut stdin) = stdin {
            // One that stops reading says why on stderr.
            let _ = stdin.write_all(&input);
        }
    });
    let output = child.wait_with_output().map_err(|error| not_run(what, &error))?;
    let _ = writing.join();
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|_| PeerError::Failed(format!("{what}: the answer is not UTF-8")))
    } else {
        Err(PeerError::Failed(String::from_utf8_lossy(&output.stderr).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn cpython_reads_and_writes_messages() {
        let json =
            r#"{"method": "Execute", "params": [{"N": 1, "D": {"double": "1.5"}, "S": "ж", "B": {"base64": "AAE="}}]}"#;
        let Some(request) = found(xmlrpc_request(json)) else { return };
        assert!(request.contains("<methodName>Execute</methodName>") && request.contains("ж"), "{request}");
        let Some(back) = found(xmlrpc_loads(&request)) else { return };
        assert_eq!(back, json.replace('ж', "\\u0436"));
        let Some(fault) = found(xmlrpc_response(r#"{"fault": {"code": 1, "string": "x"}}"#)) else { return };
        assert_eq!(xmlrpc_loads(&fault).unwrap(), r#"{"fault": {"code": 1, "string": "x"}}"#);
        assert!(matches!(xmlrpc_loads("<methodResponse>"), Err(PeerError::Failed(_))));
    }

    #[test]
    fn the_python_server_tells_what_it_was_asked() {
        let Some(mut server) = found(XmlRpcServer::start()) else { return };
        let params = r#"{"method": "Execute", "params": [{"Server": "BM", "Method": "PlaceOrderAndAuthorize_API", "Params": [1, "a=b"]}]}"#;
        let Some(body) = found(xmlrpc_request(params)) else { return };
        let host = server.url.strip_prefix("http://").and_then(|rest| rest.split('/').next()).unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let head = format!("POST /RPC2 HTTP/1.0\r\nContent-Type: text/xml\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.contains("SO000501"), "{answer}");
        assert!(server.next_call().unwrap().contains(r#""Params": [1, "a=b"]"#));
    }

    #[test]
    fn xmllint_tells_valid_from_not() {
        let folder = std::env::temp_dir().join(format!("bindery-peers-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let schema = folder.join("s.xsd");
        let text =
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a' type='xs:int'/></xs:schema>";
        std::fs::write(&schema, text).unwrap();
        let outcome = (found(validate(&schema, "<a>1</a>")), validate(&schema, "<a>one</a>"));
        std::fs::remove_dir_all(&folder).unwrap();
        let (Some(()), invalid) = outcome else { return };
        assert!(matches!(invalid, Err(PeerError::Failed(why)) if why.contains("'one'")));
    }

    #[test]
    fn zeep_and_the_vendor_server_understand_each_other() {
        let server = crate::server::Server::start().unwrap();
        let (host, path) = server.corteos_orders_url.strip_prefix("http://").unwrap().split_once('/').unwrap();
        let heads = [
            ("OrdersAPISoap", "text/xml; charset=utf-8\r\nSOAPAction: \"http://corteos.ru/Renotify\""),
            ("OrdersAPISoap12", "application/soap+xml; charset=utf-8"),
        ];
        for (port, media) in heads {
            let token = "ae26c893-ffce-4a3b-9d41-4edfca62b5a6";
            let Some(request) = found(zeep_renotify_request(port, token, 1_768_311)) else { return };
            let head =
                format!("POST /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: {media}\r\n");
            let mut stream = TcpStream::connect(host).unwrap();
            let message = format!("{head}Content-Length: {}\r\n\r\n{request}", request.len());
            stream.write_all(message.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            let (_, response) = answer.split_once("\r\n\r\n").unwrap();
            let Some(json) = found(zeep_renotify_response(port, response)) else { return };
            assert!(json.ends_with(r#""ResponseDetails": true}"#), "{json}");
        }
        assert_eq!(server.corteos_notified().len(), 2);
    }
}
