//! Contracts broken by chance: whatever is done to one, it is read, or refused with a place and a reason; soon, and without a panic.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use bindery_codegen::diagnostic::Severity;
use bindery_codegen::generate::{self, Request};
use roxmltree::{Document, Node};

use crate::agreement::edit::{self, Edit};
use crate::agreement::random::Random;
use crate::corpus::compile::{self, Module};
use crate::corpus::generate::{Outcome, attempt, request_of};
use crate::corpus::manifest;
use crate::corpus::report::Row;

/// Longer than this is a hang.
const PATIENCE: Duration = Duration::from_secs(10);
/// Contracts larger than this, with all they import, take too long to be read some thousand times.
const LARGEST: u64 = 60_000;
/// A stack as the main thread of most systems has it.
const STACK: usize = 8 << 20;

/// A contract to break.
#[derive(Debug, Clone)]
pub struct Victim {
    /// Its name in tables.
    pub name: String,
    /// The file to start from.
    root: String,
    /// Its files below the folder, the root first.
    files: Vec<(String, String)>,
}

/// Small contracts of the corpus, a few of each family.
///
/// # Errors
/// What the file system says.
pub fn victims(corpus: &Path, of_family: usize) -> io::Result<Vec<Victim>> {
    let mut victims: Vec<Victim> = Vec::new();
    let mut families: Vec<String> = Vec::new();
    for candidate in manifest::candidates(corpus)? {
        let known = families.iter().filter(|family| **family == candidate.family).count();
        if known >= of_family || candidate.bytes > LARGEST || !candidate.resolves {
            continue;
        }
        let path = corpus.join(&candidate.path);
        let Some(victim) = victim(&candidate.path, &path, &corpus.join(&candidate.family)) else { continue };
        families.push(candidate.family);
        victims.push(victim);
    }
    Ok(victims)
}

/// A contract with its files, where all of them are below one folder.
fn victim(name: &str, path: &Path, folder: &Path) -> Option<Victim> {
    let loaded = generate::load(&request_of(&[path.to_owned()], folder), Some("read")).ok()?;
    let root = path.strip_prefix(folder).ok()?.to_string_lossy().into_owned();
    let mut names: Vec<String> = loaded
        .sources
        .paths()
        .filter_map(|path| Some(path.strip_prefix(folder).ok()?.to_string_lossy().into_owned()))
        .collect();
    names.sort_by_key(|name| (*name != root, name.clone()));
    names.dedup();
    let files: Option<Vec<_>> =
        names.into_iter().map(|name| Some((name.clone(), fs::read_to_string(folder.join(&name)).ok()?))).collect();
    Some(Victim { name: name.to_owned(), root, files: files? })
}

/// What a run gives.
#[derive(Debug, Default)]
pub struct Broken {
    /// A row for each try.
    pub rows: Vec<Row>,
    /// What was generated all the same: it must compile.
    pub modules: Vec<Module>,
}

/// Breaks contracts, one after the other, so many times in all. The one at work is named in the file `current` of the folder: a stack
/// that overflows takes the process with it.
///
/// # Errors
/// What the file system says.
pub fn run(victims: &[Victim], seed: u64, numbers: std::ops::Range<usize>, out: &Path) -> io::Result<Broken> {
    let mut broken = Broken::default();
    let mut known = Vec::new();
    for number in numbers {
        let Some(victim) = victims.get(number % victims.len().max(1)) else { break };
        let folder = out.join("mangled").join(number.to_string());
        let _ = fs::remove_dir_all(&folder);
        let what = write(victim, &mut Random::new(seed, &number.to_string()), &folder)?;
        fs::write(out.join("current"), format!("{number} {}: {what}", victim.name))?;
        let mut row = Row {
            stage: "mangle".to_owned(),
            family: "mangle".to_owned(),
            contract: format!("{number} {}", victim.name),
            ..Row::default()
        };
        let (result, class, detail) = judge(&request_of(&[folder.join(&victim.root)], &folder), &mut |text| {
            let body = text.split_once('\n').map_or("", |(_, body)| body).to_owned();
            if !known.contains(&body) {
                broken.modules.push(Module { name: format!("m{number:05}"), text });
                known.push(body);
            }
        });
        (row.result, row.class, row.detail) = (result.to_owned(), class, format!("{detail} [{what}]"));
        if row.result == "passed" {
            let _ = fs::remove_dir_all(&folder);
        }
        broken.rows.push(row);
    }
    Ok(broken)
}

/// What the compiler says of what was generated: a row for each that it does not take.
///
/// # Errors
/// What the file system says, or a compiler that cannot be run.
pub fn compiled(modules: Vec<Module>, out: &Path) -> io::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (number, batch) in compile::batches(modules).into_iter().enumerate() {
        let place = out.join(format!("mangled_{number}"));
        let _ = fs::remove_dir_all(&place);
        let mut alive = batch;
        // The compiler does not tell all at once.
        loop {
            compile::write_crate(&place, &format!("mangled_{number}"), &alive, None)?;
            let said = compile::check(&place, &out.join("target"), &alive);
            if let Some(why) = said.broken {
                return Err(io::Error::other(why));
            }
            if said.errors.is_empty() {
                break;
            }
            alive.retain(|module| !said.errors.contains_key(&module.name));
            rows.extend(said.errors.into_iter().map(|(module, error)| Row {
                stage: "mangle".to_owned(),
                family: "compile".to_owned(),
                contract: module,
                result: "failed".to_owned(),
                class: "does not compile".to_owned(),
                detail: error,
                ..Row::default()
            }));
        }
    }
    Ok(rows)
}

fn judge(request: &Request, generated: &mut dyn FnMut(String)) -> (&'static str, String, String) {
    let (send, receive) = mpsc::channel();
    let own = request.clone();
    let start = Instant::now();
    let spawned = thread::Builder::new().stack_size(STACK).spawn(move || {
        let _ = send.send((attempt(&own), complaints(&own)));
    });
    if spawned.is_err() {
        return ("failed", "no thread".to_owned(), String::new());
    }
    let (outcome, complaints) = match receive.recv_timeout(PATIENCE) {
        Ok(done) => done,
        Err(mpsc::RecvTimeoutError::Timeout) => {
            return ("failed", "hang".to_owned(), format!("{:.0?}", start.elapsed()));
        }
        Err(mpsc::RecvTimeoutError::Disconnected) => return ("failed", "panic".to_owned(), String::new()),
    };
    match outcome {
        Outcome::Panicked(why) => ("failed", "panic".to_owned(), why),
        Outcome::Refused(errors) if errors.is_empty() => {
            ("failed", "refused without an error".to_owned(), String::new())
        }
        Outcome::Refused(errors) => match complaints {
            Some(lacking) => ("failed", "an error says too little".to_owned(), lacking),
            None => ("passed", format!("refused {}", errors[0].0), errors[0].1.clone()),
        },
        Outcome::Generated { text, .. } => {
            generated(text);
            ("passed", "generated".to_owned(), String::new())
        }
    }
}

/// Errors without a place, or that say neither what was expected there nor what to do.
fn complaints(request: &Request) -> Option<String> {
    let failure = generate::generate(request).err()?;
    let mut out = String::new();
    for item in failure.diagnostics.iter().filter(|item| item.severity == Severity::Error) {
        // Rendering must not fail on any place either.
        let _ = item.render(&failure.sources, false);
        let says = !item.help.is_empty() || item.labels.iter().any(|label| !label.text.is_empty());
        // Of a file that is no XML there is nothing to underline.
        let placed = !item.labels.is_empty() || item.message.contains(" line ");
        if !placed || !says {
            let lacks = if placed { "help" } else { "place" };
            let _ = write!(out, "no {lacks}: {}: {}; ", item.code, item.message);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Puts a broken copy into a folder, and says what was done.
fn write(victim: &Victim, random: &mut Random, folder: &Path) -> io::Result<String> {
    let mut files = victim.files.clone();
    let mut done = Vec::new();
    for _ in 0..[1, 1, 1, 2, 4][random.below(5)] {
        let at = random.below(files.len());
        let (what, text) = mangle(random, &files[at].1);
        files[at].1 = text;
        done.push(what);
    }
    for (name, text) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    Ok(done.join(", "))
}

/// Values that no attribute expects.
const ODD: &[&str] = &[
    "",
    " ",
    "1x",
    "a b",
    ":",
    ":a",
    "a:",
    "a:b:c",
    "unknown:Type",
    "\u{434}",
    "-1",
    "0",
    "4294967296",
    "99999999999999999999999",
    "unbounded",
    "true",
    "maybe",
    "##any",
    "#all",
    "..",
    "/",
    "http://[",
    "{",
    "\u{1f600}",
    "self",
    "xs:string",
    "tns:tns",
];

fn mangle(random: &mut Random, text: &str) -> (String, String) {
    let Ok(document) = Document::parse(text) else { return bytes(random, text) };
    if random.chance(8) {
        return bytes(random, text);
    }
    let elements: Vec<Node<'_, '_>> = document.descendants().filter(Node::is_element).skip(1).collect();
    let Some(node) = random.pick(&elements).copied() else { return bytes(random, text) };
    let other = elements[random.below(elements.len())];
    let outer = |node: Node<'_, '_>| text[node.range()].to_owned();
    let name = node.tag_name().name().to_owned();
    let apart = !node.range().contains(&other.range().start) && !other.range().contains(&node.range().start);
    let attributes: Vec<_> = document.descendants().flat_map(|node| node.attributes()).collect();
    let (what, edits) = match random.below(9) {
        0 => (format!("removed {name}"), vec![Edit::remove(node.range())]),
        1 => (format!("doubled {name}"), vec![Edit::insert(node.range().end, outer(node))]),
        2 if apart => (
            format!("swapped {name} and {}", other.tag_name().name()),
            vec![Edit::replace(node.range(), outer(other)), Edit::replace(other.range(), outer(node))],
        ),
        3 if apart => (
            format!("moved {name} behind {}", other.tag_name().name()),
            vec![Edit::remove(node.range()), Edit::insert(other.range().end, outer(node))],
        ),
        4 => {
            let depth = [20, 300, 10_000][random.below(3)];
            let tag = &text[node.range().start + 1..];
            let prefix =
                tag.split([' ', '>', '/', '\n']).next().and_then(|tag| tag.split_once(':')).map(|(prefix, _)| prefix);
            let wrapper = ["sequence", "choice", "complexType", "all", "any", "schema"][random.below(6)];
            let wrapper = prefix.map_or_else(|| wrapper.to_owned(), |prefix| format!("{prefix}:{wrapper}"));
            let with = format!(
                "{}{}{}",
                format!("<{wrapper}>").repeat(depth),
                outer(node),
                format!("</{wrapper}>").repeat(depth)
            );
            (format!("put {name} into {depth} {wrapper}"), vec![Edit::replace(node.range(), with)])
        }
        5 => match random.pick(&attributes) {
            Some(attribute) => (format!("removed {}", attribute.name()), vec![Edit::remove(attribute.range())]),
            None => return bytes(random, text),
        },
        _ => match random.pick(&attributes) {
            Some(attribute) => {
                let value = if random.chance(50) {
                    ODD[random.below(ODD.len())].to_owned()
                } else {
                    // Of the same kind most of all: that makes circles and doubles.
                    let same: Vec<_> = attributes.iter().filter(|other| other.name() == attribute.name()).collect();
                    let from = if random.chance(70) {
                        same[random.below(same.len())]
                    } else {
                        &attributes[random.below(attributes.len())]
                    };
                    from.value().to_owned()
                };
                let what = format!("{}={value:?} instead of {:?}", attribute.name(), attribute.value());
                (what, vec![Edit::replace(attribute.range_value(), edit::escape(&value))])
            }
            None => return bytes(random, text),
        },
    };
    (what, edit::apply(text, &edits))
}

/// Broken without regard to what it is.
fn bytes(random: &mut Random, text: &str) -> (String, String) {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let (before, after) = text.split_at(at);
    match random.below(3) {
        0 => (format!("cut at {at}"), before.to_owned()),
        1 => {
            let with =
                ["<", ">", "&", "\"", "\0", "]]>", "<!--", "<!DOCTYPE x [<!ENTITY e \"x\">]>", "&e;", "\u{fffe}"]
                    [random.below(10)];
            (format!("{with:?} at {at}"), format!("{before}{with}{after}"))
        }
        _ => {
            let rest: String = after.chars().skip(1 + random.below(20)).collect();
            (format!("characters removed at {at}"), format!("{before}{rest}"))
        }
    }
}
