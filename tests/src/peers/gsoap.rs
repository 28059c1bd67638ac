//! A server of gSOAP's, made of `tests/golden/xop_declared` and `tests/interop/gsoap_device.c` when it is started.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use super::{PeerError, PeerResult, missing, not_run, root, run, script};

/// Where Debian has what generated headers import.
const IMPORTS: &str = "/usr/share/gsoap/import";

/// The server; it ends when dropped, or with this process.
#[derive(Debug)]
pub struct GSoap {
    /// Where the device is.
    pub url: String,
    child: Child,
    /// It ends when this is closed.
    _input: Option<ChildStdin>,
}

impl GSoap {
    /// Makes it in this folder and starts it on a free port.
    ///
    /// # Errors
    /// When there is no gSOAP with its library or no C compiler, or they do not accept the WSDL.
    pub fn start(folder: &Path) -> PeerResult<Self> {
        if !Path::new(IMPORTS).exists() || !Path::new("/usr/include/stdsoap2.h").exists() {
            return Err(missing("gsoap and libgsoap-dev"));
        }
        let in_folder = |program: &str, arguments: &[&str]| {
            let mut command = Command::new(program);
            command.args(arguments).current_dir(folder);
            run(command, program, "").map(|_| ())
        };
        let path = |path: std::io::Result<std::path::PathBuf>| {
            path.map(|path| path.to_string_lossy().into_owned()).map_err(|error| PeerError::Failed(error.to_string()))
        };
        let wsdl = path(root().join("tests/golden/xop_declared/input.wsdl").canonicalize())?;
        let source = path(script("gsoap_device.c").canonicalize())?;
        in_folder("wsdl2h", &["-c", "-o", "device.h", &wsdl])?;
        in_folder("soapcpp2", &["-c", "-S", "-x", "-L", "-I", IMPORTS, "device.h"])?;
        // Warnings are about gSOAP's own code.
        in_folder("cc", &["-w", "-I.", "-o", "device", &source, "soapC.c", "soapServer.c", "-lgsoap"])?;
        let mut command = Command::new(folder.join("device"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| not_run("the device", &error))?;
        let input = child.stdin.take();
        let output = child.stdout.take();
        let mut server = Self { url: String::new(), child, _input: input };
        if let Some(output) = output {
            let read = BufReader::new(output).read_line(&mut server.url);
            read.map_err(|error| PeerError::Failed(error.to_string()))?;
        }
        server.url.truncate(server.url.trim_end().len());
        if server.url.is_empty() {
            Err(PeerError::Failed("the device has ended: its stderr says why".into()))
        } else {
            Ok(server)
        }
    }
}

impl Drop for GSoap {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
