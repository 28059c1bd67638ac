//! Metro, the reference implementation of JAX-WS: services with binary content, and a client of them
//! (`tests/interop/JaxWsPeer.java`, which runs from its source).

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::{PeerError, PeerResult, missing, not_run, root, script};

/// Where Debian has the jar files of `libjaxws-java`.
const JARS: &str = "/usr/share/java";

/// The jar files it takes: `jaxws-rt` names most others itself.
const NAMES: [&str; 7] = [
    "jaxws-rt",
    "jaxb-runtime",
    "jaxb-core",
    "txw2",
    "istack-commons-runtime",
    "javax.activation",
    "javax.xml.soap-api",
];

/// Metro with its services; it ends when dropped, or with this process.
#[derive(Debug)]
pub struct JaxWs {
    /// Where the services are: below it `/vault`, `/files11`, `/files12`, `/pictures`, `/scanner`.
    pub url: String,
    child: Child,
    input: ChildStdin,
    lines: BufReader<ChildStdout>,
}

impl JaxWs {
    /// Starts it on a free port.
    ///
    /// # Errors
    /// When there is no JDK 11 or later with Debian's `libjaxws-java`, or it does not start.
    pub fn start() -> PeerResult<Self> {
        let jars: Vec<String> = NAMES.iter().map(|name| format!("{JARS}/{name}.jar")).collect();
        if !jars.iter().all(|jar| Path::new(jar).exists()) {
            return Err(missing("libjaxws-java"));
        }
        // What runs a source is the compiler, which is not in every Java; before 9, this is no option and no source is run.
        let compiler = Command::new("javac").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !compiler.is_ok_and(|status| status.success()) {
            return Err(missing("a JDK"));
        }
        let mut command = Command::new("java");
        // A quick start is worth more than quick code, and texts are not to depend on the locale.
        command.args(["-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-cp", &jars.join(":")]);
        command.arg(script("JaxWsPeer.java")).arg(root().join("tests/golden/attachments/input.wsdl"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| not_run("java", &error))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(PeerError::Failed("no stdin or stdout".to_owned()));
        };
        let mut peer = Self { url: String::new(), child, input, lines: BufReader::new(output) };
        peer.url = peer.line()?;
        Ok(peer)
    }

    /// Lets it call a service as a client: `vault`, `files11`, `files12` or `pictures` at this address. What came of it, as
    /// `JaxWsPeer.java` says it.
    ///
    /// # Errors
    /// When the call failed there, or the peer has ended.
    pub fn call(&mut self, service: &str, url: &str) -> PeerResult<String> {
        writeln!(self.input, "{service} {url}").map_err(|error| PeerError::Failed(error.to_string()))?;
        let line = self.line()?;
        line.strip_prefix("ok ").map(str::to_owned).ok_or(PeerError::Failed(line))
    }

    fn line(&mut self) -> PeerResult<String> {
        let mut line = String::new();
        match self.lines.read_line(&mut line) {
            Ok(read) if read > 0 => Ok(line.trim_end().to_owned()),
            Ok(_) => Err(PeerError::Failed("JaxWsPeer.java has ended: its stderr says why".to_owned())),
            Err(error) => Err(PeerError::Failed(error.to_string())),
        }
    }
}

impl Drop for JaxWs {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
