//! `bindery fetch`

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use bindery_codegen::config;
use bindery_codegen::fetch::{self, Change, Event, Fetched, Identity, Login, Options, Proxying, Report};
use bindery_codegen::lock::Lock;
use bindery_codegen::source::reason;
use indicatif::{ProgressBar, ProgressStyle};

use super::report;

/// The environment variable a password is taken from.
const PASSWORD: &str = "BINDERY_FETCH_PASSWORD";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The address of a WSDL or XSD; with `--update`, the folder of a fetched contract. `${NAME}` in an address stands for
    /// an environment variable, and is stored as it is written.
    #[arg(required_unless_present = "update")]
    address: Option<String>,
    /// Fetch again what the lock has addresses of.
    #[arg(long, conflicts_with_all = ["name", "into", "add"])]
    update: bool,
    /// What to call the contract: its folder and its entry. The default follows from the address.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The folder of contracts, relative to the configuration file.
    #[arg(long, value_name = "FOLDER", default_value = "contracts")]
    into: PathBuf,
    /// Add an entry for the contract to the configuration file.
    #[arg(long)]
    add: bool,
    /// The configuration file; the lock lies beside it.
    #[arg(long, value_name = "FILE", default_value = "bindery.toml")]
    config: PathBuf,
    /// User name for HTTP Basic. The password comes from `BINDERY_FETCH_PASSWORD`, `--password-file` or a prompt.
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// A file whose first line is the password.
    #[arg(long, value_name = "FILE", requires = "user")]
    password_file: Option<PathBuf>,
    /// A client certificate with its chain, PEM.
    #[arg(long, value_name = "FILE", requires = "key")]
    cert: Option<PathBuf>,
    /// The client certificate's private key, PEM.
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
    /// Authorities to trust in place of Mozilla's, PEM.
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// A proxy, such as `http://proxy:3128`, in place of what HTTPS_PROXY says; `none` for no proxy.
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// Seconds to wait for one document.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    /// A host that redirects may lead to.
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    /// Ask hosts of private networks and this machine too.
    #[arg(long)]
    allow_private: bool,
    /// Ask http addresses that an https contract refers to, and send credentials over http.
    #[arg(long)]
    allow_http: bool,
    /// Ask all documents from the contract's own host, whatever hosts they name.
    #[arg(long)]
    same_host: bool,
    /// Leave out imports that cannot be had.
    #[arg(long)]
    allow_missing: bool,
    /// Replace local files that were not fetched, or were changed since.
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let options = match options(args) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    let base = args.config.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let lock = Lock::path_of(&args.config);
    let variables = |name: &str| std::env::var(name).ok();
    let bar = Bar::new();
    let address = args.address.as_deref();
    let reports = if args.update {
        fetch::update(address, &lock, &options, &variables, &mut |event| bar.show(event))
    } else {
        let address = address.unwrap_or_default();
        let name = match &args.name {
            Some(name) if is_plain(name) => Ok(name.clone()),
            Some(name) => {
                eprintln!("error: `{name}` cannot be a contract's name: use letters, digits, `.`, `_` and `-`");
                return ExitCode::from(2);
            }
            None => fetch::name_of(address, &variables),
        };
        name.and_then(|name| {
            let folder = base.join(&args.into).join(name);
            fetch::fetch(address, &folder, &lock, &options, &variables, &mut |event| bar.show(event))
        })
        .map(|report| vec![report])
    };
    bar.done();
    let reports = match reports {
        Ok(reports) => reports,
        Err(failure) => {
            report::failure(&failure);
            eprintln!("nothing was written");
            return ExitCode::FAILURE;
        }
    };
    let mut code = ExitCode::SUCCESS;
    for report in &reports {
        report::diagnostics(&report.diagnostics, &report.sources);
        report::text(&text(report));
        if !args.update && !entry(args, base, report) {
            code = ExitCode::FAILURE;
        }
    }
    code
}

fn options(args: &Args) -> Result<Options, String> {
    let read = |path: &PathBuf| {
        std::fs::read(path).map_err(|error| format!("cannot read {}: {}", path.display(), reason(&error)))
    };
    let login = match &args.user {
        None => None,
        Some(user) => Some(Login { user: user.clone(), password: password(user, args.password_file.as_deref())? }),
    };
    let identity = match (&args.cert, &args.key) {
        (Some(cert), Some(key)) => Some(Identity { certificates: read(cert)?, key: read(key)? }),
        _ => None,
    };
    Ok(Options {
        timeout: Duration::from_secs(args.timeout),
        allow_private: args.allow_private,
        allow_http: args.allow_http,
        allowed_hosts: args.allow_host.clone(),
        same_host: args.same_host,
        allow_missing: args.allow_missing,
        force: args.force,
        proxy: match args.proxy.as_deref() {
            None => Proxying::Environment,
            Some("none") => Proxying::Direct,
            Some(address) => Proxying::Through(address.to_owned()),
        },
        login,
        identity,
        authorities: args.ca.as_ref().map(read).transpose()?,
        today: jiff::Timestamp::now().strftime("%Y-%m-%d").to_string(),
        ..Options::default()
    })
}

fn password(user: &str, file: Option<&Path>) -> Result<String, String> {
    if let Some(file) = file {
        let text = std::fs::read_to_string(file)
            .map_err(|error| format!("cannot read {}: {}", file.display(), reason(&error)))?;
        return Ok(text.lines().next().unwrap_or_default().to_owned());
    }
    if let Ok(password) = std::env::var(PASSWORD) {
        return Ok(password);
    }
    if !std::io::stdin().is_terminal() {
        return Err(format!("no password for `{user}`: set {PASSWORD}, or name a file with `--password-file`"));
    }
    rpassword::prompt_password(format!("Password of {user}: ")).map_err(|error| format!("no password: {error}"))
}

fn is_plain(name: &str) -> bool {
    !name.starts_with('.')
        && !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

/// What is happening, on a terminal only.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{spinner} {wide_msg}");
        let bar = ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    fn show(&self, event: Event<'_>) {
        match event {
            Event::Asking { address } => self.0.set_message(address.to_owned()),
            Event::Redirected { from, to } => self.0.println(format!("{from} is redirected to {to}")),
            Event::Got { address, bytes, documents, waiting } => {
                self.0.println(format!("{documents:>4}  {address}  {bytes} bytes"));
                self.0.set_message(format!("{documents} documents, {waiting} references to follow"));
            }
        }
    }

    fn done(&self) {
        self.0.finish_and_clear();
    }
}

/// What became of each file.
fn text(report: &Report) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    let width = report.files.iter().map(|file| file.path.chars().count()).max().unwrap_or_default();
    let short = |hash: &str| hash.chars().take(12).collect::<String>();
    let mut same = 0;
    for Fetched { path, sha256, size, change, .. } in &report.files {
        let (what, more) = match change {
            Change::Same => {
                same += 1;
                continue;
            }
            Change::New => ("new", format!("{size} bytes")),
            Change::Gone => ("gone", "no longer referred to".to_owned()),
            Change::Changed { from, from_size } => {
                ("changed", format!("{from_size} -> {size} bytes, {} -> {}", short(from), short(sha256)))
            }
        };
        let _ = writeln!(out, "{what:<8} {path:<width$}  {more}");
    }
    if same > 0 {
        let _ = writeln!(out, "unchanged: {same} {}", if same == 1 { "file" } else { "files" });
    }
    for note in &report.notes {
        let _ = writeln!(out, "not fetched: {note}");
    }
    let root = &report.root;
    match report.summary {
        Some((0, types)) => {
            let _ = writeln!(out, "{root}: {types} types");
        }
        Some((operations, types)) => {
            let _ = writeln!(out, "{root}: {operations} operations, {types} types");
        }
        None => {
            let _ = writeln!(out, "{root}: cannot be generated from as it is; `bindery inspect {root}` says why");
        }
    }
    if report.files.iter().any(|file| file.path == *root && file.change == Change::New) {
        return out;
    }
    if report.changed() {
        let _ = writeln!(out, "what that breaks: `bindery diff git:HEAD {root}`");
    }
    out
}

/// Suggests or adds an entry that generates from the contract, unless there is one.
fn entry(args: &Args, base: &Path, report: &Report) -> bool {
    let known = match args.config.exists() {
        true => match config::load(&args.config) {
            Ok(targets) => targets,
            // A configuration without entries is about to get its first.
            Err(failure) if failure.diagnostics.iter().all(|it| it.code == "E0007") => Vec::new(),
            Err(failure) => {
                report::failure(&failure);
                return !args.add;
            }
        },
        false => Vec::new(),
    };
    let file = base.join(&report.root);
    if known.iter().any(|target| target.request.inputs.contains(&file)) {
        return true;
    }
    let folder = known
        .first()
        .and_then(|target| target.output.parent())
        .map(|folder| folder.strip_prefix(base).unwrap_or(folder).to_string_lossy().replace('\\', "/"))
        .filter(|folder| !folder.is_empty())
        .unwrap_or_else(|| "src/generated".to_owned());
    let parent = report.root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut name = parent.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("contract").to_owned();
    if known.iter().any(|target| target.name == name) {
        let stem = report.root.rsplit('/').next().unwrap_or_default();
        name = format!("{name}-{}", stem.split('.').next().unwrap_or_default().to_lowercase());
    }
    let module: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let entry = format!(
        "[[generate]]\nname = {}\nfrom = [{}]\nto = {}\n",
        quoted(&name),
        quoted(&report.root),
        quoted(&format!("{folder}/{module}.rs"))
    );
    if !args.add {
        say!("\nto generate from it, add to {} (`--add` does):\n\n{entry}", args.config.display());
        return true;
    }
    let old = std::fs::read_to_string(&args.config).unwrap_or_default();
    let gap = if old.is_empty() {
        ""
    } else if old.ends_with('\n') {
        "\n"
    } else {
        "\n\n"
    };
    let new = format!("{old}{gap}{entry}");
    // A file whose entries are written in another form would be damaged by adding to its end.
    let written = config::parses(&new)
        .and_then(|()| bindery_codegen::output::write(&args.config, &new).map_err(|error| error.to_string()));
    match written {
        Ok(_) => {
            say!("added `{name}` to {}: `bindery generate {name}`", args.config.display());
            true
        }
        Err(error) => {
            eprintln!("error: cannot add to {}: {error}\nadd this yourself:\n\n{entry}", args.config.display());
            false
        }
    }
}

/// A TOML basic string; names and paths here have no control characters.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
