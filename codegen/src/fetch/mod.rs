//! `bindery fetch`: a contract with everything it refers to, from the network into local files and the lock.
//!
//! This is the only part of Bindery that opens a socket, and it exists with the feature `fetch` alone. Documents are stored
//! as they came; the lock keeps where each came from and what the locations written in it mean. Nothing is written before
//! everything is there.

mod address;
mod closure;
pub mod codes;
mod http;
mod known;
mod layout;
mod private;
mod store;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use self::address::Root;
pub use self::address::Variables;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::generate::Failure;
use crate::lock::Lock;
use crate::source::{Limits, Sources};

/// How to fetch.
#[derive(Debug, Clone)]
pub struct Options {
    /// The sizes and numbers that reading a contract has: what passes them is not fetched.
    pub limits: Limits,
    /// Time for one document, redirects not counted.
    pub timeout: Duration,
    /// Time for all of them.
    pub total_timeout: Duration,
    /// Ask hosts of private networks and this machine too.
    pub allow_private: bool,
    /// Ask `http` addresses named in a contract that came over `https`, and send credentials over `http`.
    pub allow_http: bool,
    /// Hosts that redirects may lead to, besides the one asked.
    pub allowed_hosts: Vec<String>,
    /// Ask all documents from the contract's own host, whatever hosts they name.
    pub same_host: bool,
    /// Go on without imports that cannot be had.
    pub allow_missing: bool,
    /// Replace local files that were not fetched, or were changed since.
    pub force: bool,
    /// The way out.
    pub proxy: Proxying,
    /// HTTP Basic, for the contract's own host.
    pub login: Option<Login>,
    /// A client certificate, for the contract's own host.
    pub identity: Option<Identity>,
    /// PEM with the authorities to trust in place of Mozilla's.
    pub authorities: Option<Vec<u8>>,
    /// The day to put into the lock, `YYYY-MM-DD`.
    pub today: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            timeout: Duration::from_secs(60),
            total_timeout: Duration::from_secs(600),
            allow_private: false,
            allow_http: false,
            allowed_hosts: Vec::new(),
            same_host: false,
            allow_missing: false,
            force: false,
            proxy: Proxying::Environment,
            login: None,
            identity: None,
            authorities: None,
            today: String::new(),
        }
    }
}

/// The way to the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proxying {
    /// What HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY say.
    Environment,
    /// No proxy.
    Direct,
    /// This one.
    Through(String),
}

/// A user name and password.
#[derive(Clone)]
pub struct Login {
    /// The user.
    pub user: String,
    /// The password.
    pub password: String,
}

/// Shows no password.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("user", &self.user).finish_non_exhaustive()
    }
}

/// A client certificate with its key, both PEM.
#[derive(Clone)]
pub struct Identity {
    /// The certificate, and those between it and its authority.
    pub certificates: Vec<u8>,
    /// The private key.
    pub key: Vec<u8>,
}

/// Shows no key.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").finish_non_exhaustive()
    }
}

/// What is happening.
#[derive(Debug, Clone, Copy)]
pub enum Event<'e> {
    /// An address is asked.
    Asking {
        /// The address, without secrets.
        address: &'e str,
    },
    /// A redirect is followed.
    Redirected {
        /// From here.
        from: &'e str,
        /// To there.
        to: &'e str,
    },
    /// A document has come.
    Got {
        /// Its address, without secrets.
        address: &'e str,
        /// Its size.
        bytes: u64,
        /// Documents so far.
        documents: usize,
        /// References still to follow.
        waiting: usize,
    },
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It was not there before.
    New,
    /// Its content is what it was.
    Same,
    /// Its content is another.
    Changed {
        /// SHA-256 of the old content.
        from: String,
        /// Size of the old content.
        from_size: u64,
    },
    /// The contract does not refer to it any more, and it was deleted.
    Gone,
}

/// One file of a fetched contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Path relative to the lock's folder, with `/`.
    pub path: String,
    /// Where it came from, without secrets.
    pub address: String,
    /// SHA-256 of what is there now; of what was there for a file that is gone.
    pub sha256: String,
    /// Its size.
    pub size: u64,
    /// What became of it.
    pub change: Change,
}

/// A fetched contract.
#[derive(Debug)]
pub struct Report {
    /// The contract's own file, relative to the lock's folder.
    pub root: String,
    /// All its files, by path.
    pub files: Vec<Fetched>,
    /// What was not fetched because it need not be.
    pub notes: Vec<String>,
    /// Warnings.
    pub diagnostics: Diagnostics,
    /// Texts for the warnings' places.
    pub sources: Sources,
    /// Operations and types of the contract as read from the files; none when it cannot be read without mending.
    pub summary: Option<(usize, usize)>,
}

impl Report {
    /// Whether any file was added, changed or deleted.
    pub fn changed(&self) -> bool {
        self.files.iter().any(|file| file.change != Change::Same)
    }
}

/// The name of a contract as its address suggests: for its folder and its entry.
///
/// # Errors
/// The address cannot be asked.
pub fn name_of(address: &str, variables: &Variables<'_>) -> Result<String, Box<Failure>> {
    let root = Root::parse(address, variables).map_err(failure)?;
    Ok(layout::contract_name(&root.shown))
}

/// Fetches the contract at an address, with everything it refers to, into a folder, and notes it in the lock. Either
/// everything is written or nothing.
///
/// # Errors
/// What could not be fetched or written; the files and the lock are as they were.
pub fn fetch(
    address: &str,
    folder: &Path,
    lock: &Path,
    options: &Options,
    variables: &Variables<'_>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Report, Box<Failure>> {
    let root = Root::parse(address, variables).map_err(failure)?;
    let known = Lock::read(lock)?.unwrap_or_default();
    let folder = store::below(lock, folder).map_err(failure)?;
    let closure = closure::crawl(&root, options, tell)?;
    store::store(closure, &folder, lock, known, options)
}

/// Fetches contracts again from the addresses in the lock: all, or those in the folder that is named. All are fetched before
/// any is written.
///
/// # Errors
/// As for [`fetch`]; besides, when there is nothing to fetch again.
pub fn update(
    name: Option<&str>,
    lock: &Path,
    options: &Options,
    variables: &Variables<'_>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Vec<Report>, Box<Failure>> {
    let known = Lock::read(lock)?.unwrap_or_default();
    let mut fetched = Vec::new();
    for contract in known::contracts(&known, name).map_err(failure)? {
        let root = Root::parse(&contract.address, variables).map_err(failure)?;
        fetched.push((contract.folder, closure::crawl(&root, options, tell)?));
    }
    let mut reports = Vec::new();
    for (folder, closure) in fetched {
        let known = Lock::read(lock)?.unwrap_or_default();
        reports.push(store::store(closure, &folder, lock, known, options)?);
    }
    Ok(reports)
}

fn failure(problem: Diagnostic) -> Box<Failure> {
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(problem);
    Box::new(Failure { sources: Sources::default(), diagnostics })
}

/// A path below the lock's folder, with `/`; empty for that folder itself.
type Below = String;

/// The folder of a lock.
fn base(lock: &Path) -> PathBuf {
    lock.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}
