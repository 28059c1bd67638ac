//! [`DriftLog`]: differences from the contract in a file, counted, for `bindery drift`.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::looks::{is_code, looks_like};
use crate::environment::{Environment, SystemEnvironment};
use crate::error::{Drift, DriftKind, REDACTED};
use crate::operation::OperationInfo;

/// Different differences that are kept apart; those beyond are counted together.
const MOST_KINDS: usize = 1_000;
/// The size at which a file is full, unless set.
const MAX_BYTES: u64 = 4 << 20;
/// The most of a name, and the most names of children, that are written.
const MAX_NAME: usize = 100;
const MAX_CHILDREN: usize = 12;

/// Appends differences from the contract to a file, a JSON object per line, for `bindery drift` to sum up as a proposed change.
///
/// ```no_run
/// # fn main() -> std::io::Result<()> {
/// let drift = bindery_runtime::DriftLog::append_to("drift.jsonl")?;
/// let settings = bindery_runtime::Settings::new().on_drift(drift.listener());
/// # Ok(())
/// # }
/// ```
///
/// **No value is written**: of what is unknown the names and what the text looks like (`int`, `dateTime`, `text` and its length);
/// of unknown values of an enumeration those that are short codes. What is secret is told as such, without even its looks.
///
/// The same difference is written when it is met first, then when it was met twice as often as when it was last written,
/// and what is left when the last clone is dropped or [`DriftLog::flush`] is called: a thousand calls write some ten lines. At
/// most 1,000 different ones are kept apart, and a file that has 4 MiB takes no more. Several programs may append to one file.
///
/// Writing happens in the call that met the difference and takes as long as appending a line. A file that cannot be
/// written never fails a call; `flush` tells.
#[derive(Clone)]
pub struct DriftLog {
    shared: Arc<Shared>,
}

struct Shared {
    environment: Box<dyn Environment>,
    max_bytes: u64,
    state: Mutex<State>,
}

struct State {
    file: File,
    /// Bytes in the file, as far as this log knows.
    bytes: u64,
    met: BTreeMap<Key, Met>,
    failed: Option<io::Error>,
}

/// What makes two differences the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    service: &'static str,
    operation: &'static str,
    kind: &'static str,
    path: String,
    owner: Option<(&'static str, &'static str)>,
    name: String,
    looks: &'static str,
    /// A code, or the names of children.
    more: Vec<String>,
}

#[derive(Clone, Copy)]
struct Met {
    count: u64,
    written: u64,
    first: SystemTime,
    last: SystemTime,
    longest: usize,
    /// One of several siblings of its name.
    repeated: bool,
}

impl DriftLog {
    /// A log that appends to this file, made if it is not there.
    ///
    /// # Errors
    /// The file cannot be opened for appending.
    pub fn append_to(path: impl AsRef<Path>) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let bytes = file.metadata()?.len();
        let state = State { file, bytes, met: BTreeMap::new(), failed: None };
        let environment = Box::new(SystemEnvironment);
        Ok(Self { shared: Arc::new(Shared { environment, max_bytes: MAX_BYTES, state: Mutex::new(state) }) })
    }

    /// The same file with another clock, and another size at which it is full. What was counted so far is written.
    ///
    /// # Errors
    /// The file cannot be opened a second time.
    pub fn configured(self, environment: impl Environment + 'static, max_bytes: u64) -> io::Result<Self> {
        self.flush()?;
        let state = self.shared.lock();
        let state = State { file: state.file.try_clone()?, bytes: state.bytes, met: BTreeMap::new(), failed: None };
        Ok(Self {
            shared: Arc::new(Shared { environment: Box::new(environment), max_bytes, state: Mutex::new(state) }),
        })
    }

    /// The listener for [`Settings::on_drift`](crate::Settings::on_drift).
    pub fn listener(&self) -> impl Fn(&'static OperationInfo, &Drift) + Send + Sync + 'static {
        let log = self.clone();
        move |operation, drift| log.note(operation, drift)
    }

    /// Counts one difference.
    pub fn note(&self, operation: &'static OperationInfo, drift: &Drift) {
        let now = self.shared.environment.now();
        let (key, length) = key(operation, drift);
        let mut state = self.shared.lock();
        let key = match state.met.len() >= MOST_KINDS && !state.met.contains_key(&key) {
            true => Key {
                kind: word(DriftKind::More),
                path: String::new(),
                owner: None,
                name: String::new(),
                looks: "",
                more: Vec::new(),
                ..key
            },
            false => key,
        };
        let met = state.met.entry(key.clone()).or_insert(Met {
            count: 0,
            written: 0,
            first: now,
            last: now,
            longest: 0,
            repeated: false,
        });
        met.count += 1;
        met.last = met.last.max(now);
        met.longest = met.longest.max(length);
        met.repeated |= drift.path.ends_with(']');
        if met.count >= met.written.saturating_mul(2) {
            state.write(&key, self.shared.max_bytes);
        }
    }

    /// Writes what was counted and not written.
    ///
    /// # Errors
    /// The first failure to write since the last `flush`; a full file is none.
    pub fn flush(&self) -> io::Result<()> {
        self.shared.flush()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Counts are right or missing one, whatever happened to the thread that held them.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn flush(&self) -> io::Result<()> {
        let mut state = self.lock();
        let keys: Vec<Key> =
            state.met.iter().filter(|(_, met)| met.count > met.written).map(|(key, _)| key.clone()).collect();
        for key in keys {
            state.write(&key, self.max_bytes);
        }
        state.failed.take().map_or(Ok(()), Err)
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        // Nobody is left to be told.
        let _ = self.flush();
    }
}

impl State {
    /// Appends what was counted since the last line.
    fn write(&mut self, key: &Key, max_bytes: u64) {
        let Some(met) = self.met.get_mut(key) else { return };
        let line = line(key, met);
        if self.bytes.saturating_add(line.len() as u64) > max_bytes {
            return;
        }
        // One write per line: several programs may append to the file.
        match self.file.write_all(line.as_bytes()) {
            Ok(()) => {
                self.bytes += line.len() as u64;
                met.written = met.count;
            }
            Err(error) => {
                self.failed.get_or_insert(error);
            }
        }
    }
}

impl fmt::Debug for DriftLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DriftLog").field("met", &self.shared.lock().met.len()).finish_non_exhaustive()
    }
}

/// What a difference is counted as, and the length of its text.
fn key(operation: &'static OperationInfo, drift: &Drift) -> (Key, usize) {
    let raw = drift.raw.as_str();
    let last = drift.path.rsplit('/').next().unwrap_or_default();
    let mut name = short(last.split('[').next().unwrap_or_default().trim_start_matches('@'));
    let (mut looks, mut more, mut length) = ("", Vec::new(), 0);
    let mut text_of = |text: &str| {
        length = text.trim().chars().count();
        looks_like(text)
    };
    match drift.kind {
        _ if raw == REDACTED => looks = "secret",
        DriftKind::UnknownElement if raw.starts_with('<') => match children(raw) {
            Content::Text(text) => looks = text_of(&text),
            Content::Elements(names) => (looks, more) = ("element", names),
            Content::Mixed => looks = "mixed content",
        },
        DriftKind::UnknownElement => {
            // XML-RPC: `struct member Name: the int 5`.
            let (member, value) =
                raw.strip_prefix("struct member ").and_then(|rest| rest.split_once(": ")).unwrap_or((raw, ""));
            name = if is_name(member) { short(member) } else { String::new() };
            looks = slot(value);
        }
        DriftKind::UnknownAttribute => {
            let value = raw.split_once("=\"").map_or("", |(_, value)| value.strip_suffix('"').unwrap_or(value));
            looks = text_of(value);
        }
        DriftKind::UnknownValue if is_code(raw.trim()) => more = vec![raw.trim().to_owned()],
        DriftKind::UnknownValue | DriftKind::Text => looks = text_of(raw),
        DriftKind::UnknownType if !raw.contains(char::is_whitespace) => more = vec![short(raw)],
        DriftKind::SurplusSlot => looks = slot(raw),
        DriftKind::SlotType => looks = slot(raw),
        _ => {}
    }
    let key = Key {
        service: operation.service.name,
        operation: operation.name,
        kind: word(drift.kind),
        path: without_positions(&drift.path),
        owner: drift.owner.map(|owner| (owner.ns, owner.local)),
        name,
        looks,
        more,
    };
    (key, length)
}

/// The kind as `bindery drift` knows it.
fn word(kind: DriftKind) -> &'static str {
    match kind {
        DriftKind::UnknownElement => "unknown-element",
        DriftKind::UnknownAttribute => "unknown-attribute",
        DriftKind::UnknownValue => "unknown-value",
        DriftKind::UnknownType => "unknown-type",
        DriftKind::Order => "order",
        DriftKind::Text => "text",
        DriftKind::OtherWire => "other-wire",
        DriftKind::Nil => "nil",
        DriftKind::NilItem => "nil-item",
        DriftKind::SurplusSlot => "surplus-slot",
        DriftKind::SlotType => "slot-type",
        DriftKind::Uncorrelated => "uncorrelated",
        DriftKind::Stale => "stale",
        DriftKind::RepeatedHeader => "repeated-header",
        DriftKind::More => "more",
    }
}

/// What an unknown element holds.
enum Content {
    Text(String),
    /// Names of its children, each once.
    Elements(Vec<String>),
    Mixed,
}

/// Looks into an element as it was written. The reader has accepted it, so it is well-formed.
fn children(raw: &str) -> Content {
    let (mut depth, mut names, mut text) = (0usize, Vec::new(), String::new());
    let mut rest = raw;
    while let Some(open) = rest.find('<') {
        if depth == 1 {
            text.push_str(&rest[..open]);
        }
        rest = &rest[open..];
        let (end, section) = if rest.starts_with("<![CDATA[") {
            (rest.find("]]>").map(|at| at + 3), true)
        } else if rest.starts_with("<!--") {
            (rest.find("-->").map(|at| at + 3), false)
        } else {
            (tag_end(rest), false)
        };
        let Some(end) = end else { break };
        let tag = &rest[..end];
        if section {
            if depth == 1 {
                text.push_str(&tag[9..end - 3]);
            }
        } else if tag.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else if !tag.starts_with("<!") && !tag.starts_with("<?") {
            let name = tag[1..].split([' ', '\t', '\r', '\n', '/', '>']).next().unwrap_or_default();
            let local = short(name.rsplit(':').next().unwrap_or_default());
            if depth == 1 && !names.contains(&local) && names.len() < MAX_CHILDREN {
                names.push(local);
            }
            depth += usize::from(!tag.ends_with("/>"));
        }
        rest = &rest[end..];
    }
    match (names.is_empty(), text.trim().is_empty()) {
        (true, _) => Content::Text(text),
        (false, true) => Content::Elements(names),
        (false, false) => Content::Mixed,
    }
}

/// Where a tag ends; a `>` in an attribute's value is none.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// What kind of value a slot holds, from the words about it.
fn slot(words: &str) -> &'static str {
    const KINDS: &[(&str, &str)] = &[
        ("the int", "int"),
        ("the long int", "long"),
        ("the boolean", "bool"),
        ("the string", "text"),
        ("the double", "double"),
        ("the dateTime", "dateTime"),
        ("base64", "base64"),
        ("a struct", "struct"),
        ("an array", "array"),
        ("nil", "nil"),
        ("string", "text"),
        ("int", "int"),
        ("i4", "int"),
        ("i8", "long"),
        ("boolean", "bool"),
        ("double", "double"),
    ];
    KINDS.iter().find(|(start, _)| words.starts_with(start)).map_or("", |(_, kind)| kind)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
}

fn short(text: &str) -> String {
    text.chars().take(MAX_NAME).collect()
}

/// A path that is the same for every item of a list.
fn without_positions(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for (at, step) in path.split('/').enumerate() {
        if at > 0 {
            out.push('/');
        }
        out.push_str(&short(step.split('[').next().unwrap_or_default()));
    }
    out
}

/// A line of the file.
fn line(key: &Key, met: &Met) -> String {
    let mut out = String::from("{\"version\":1");
    let mut text = |name: &str, value: &str| {
        let _ = write!(out, ",\"{name}\":{}", Quoted(value));
    };
    text("first", &day_and_time(met.first));
    text("last", &day_and_time(met.last));
    text("service", key.service);
    text("operation", key.operation);
    text("kind", key.kind);
    text("path", &key.path);
    if let Some((namespace, local)) = key.owner {
        text("namespace", namespace);
        text("type", local);
    }
    text("name", &key.name);
    text("looks", key.looks);
    let (count, longest, repeated) = (met.count - met.written, met.longest, met.repeated);
    let _ = write!(out, ",\"count\":{count},\"longest\":{longest},\"repeated\":{repeated},\"more\":[");
    for (at, more) in key.more.iter().enumerate() {
        let _ = write!(out, "{}{}", if at > 0 { "," } else { "" }, Quoted(more));
    }
    out.push_str("]}\n");
    out
}

/// Seconds are exact enough, in UTC.
fn day_and_time(time: SystemTime) -> String {
    let time = jiff::Timestamp::try_from(time).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A JSON string.
struct Quoted<'t>(&'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => write!(f, "\\u{:04x}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}
