//! Writing what was fetched: staged beside its place, held against the loader, then moved, all or nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::closure::{Closure, Document};
use super::{Below, Change, Fetched, Options, Report, base, codes, failure, known, layout};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::generate::Failure;
use crate::lock::{Lock, LockedFile, sha256};
use crate::source::{self, LoadOptions, Locations, Sources, mask};
use crate::wsdl;

/// A folder as a path below the lock's, with `/`.
///
/// # Errors
/// It is not below.
pub(super) fn below(lock: &Path, folder: &Path) -> Result<Below, Diagnostic> {
    let absolute = |path: &Path| std::path::absolute(path).map(|path| source::normal(&path));
    let (Ok(base), Ok(full)) = (absolute(&base(lock)), absolute(folder)) else {
        return Err(Diagnostic::error(codes::STORE, format!("cannot tell where `{}` is", folder.display())));
    };
    match full.strip_prefix(&base) {
        Ok(below) => Ok(below.to_string_lossy().replace('\\', "/")),
        Err(_) => {
            let message = format!("`{}` is not below the folder of {}", folder.display(), lock.display());
            Err(Diagnostic::error(codes::STORE, message).with_help("name a folder beside the lock with `--into`"))
        }
    }
}

/// Writes the documents below the folder, and notes them in the lock.
pub(super) fn store(
    closure: Closure,
    folder: &Below,
    lock_path: &Path,
    mut lock: Lock,
    options: &Options,
) -> Result<Report, Box<Failure>> {
    let Closure { documents, notes, mut diagnostics, sources } = closure;
    let base = base(lock_path);
    let within = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let names = names(&documents, folder, &lock).map_err(failure)?;
    let paths: Vec<String> = names.iter().map(|name| within(name)).collect();

    // Staged beside the lock, so that moving is renaming.
    let target = base.join(folder);
    let cannot = |what: &Path, error: &io::Error| {
        failure(Diagnostic::error(codes::STORE, format!("cannot write {}: {error}", what.display())))
    };
    let staging =
        tempfile::Builder::new().prefix(".bindery-fetch-").tempdir_in(&base).map_err(|error| cannot(&base, &error))?;
    let fresh = staging.path().join("new");
    for (name, document) in names.iter().zip(&documents) {
        let file = fresh.join(name);
        let folder = file.parent().unwrap_or(&fresh);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&file, &document.bytes))
            .map_err(|error| cannot(&file, &error))?;
    }
    let summary = read_back(&fresh, &names, &documents, options)?;

    let before = Before { base: &base, lock: &lock, force: options.force };
    let mut files = Vec::new();
    for ((path, name), document) in paths.iter().zip(&names).zip(&documents) {
        files.push((name, before.fate(path, document, &mut diagnostics)));
    }
    let gone = before.gone(&paths, &documents, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(Box::new(Failure { sources, diagnostics }));
    }

    for (document, (_, fetched)) in documents.iter().zip(&files) {
        let entry = locked(document, fetched, &paths, lock.files.get(&fetched.path), &options.today);
        lock.files.insert(fetched.path.clone(), entry);
    }
    for file in &gone {
        lock.files.remove(&file.path);
    }

    // Now, and only now, the real files.
    let mut moves = Moves { kept: staging.path().join("old"), done: Vec::new() };
    let moved = (|| -> Result<(), (PathBuf, io::Error)> {
        if !target.exists() && !folder.is_empty() {
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent).map_err(|error| (parent.to_owned(), error))?;
            }
            moves.put(&fresh, &target)?;
        } else {
            for (name, file) in files.iter().filter(|(_, file)| file.change != Change::Same) {
                let place = base.join(&file.path);
                if let Some(folder) = place.parent() {
                    fs::create_dir_all(folder).map_err(|error| (folder.to_owned(), error))?;
                }
                moves.put(&fresh.join(name), &place)?;
            }
            for file in &gone {
                moves.take(&base.join(&file.path))?;
            }
        }
        lock.write(lock_path).map_err(|error| (lock_path.to_owned(), error))?;
        Ok(())
    })();
    if let Err((what, error)) = moved {
        let undone = moves.undo();
        let problem = Diagnostic::error(codes::STORE, format!("cannot write {}: {error}", what.display()));
        return Err(failure(match undone {
            Ok(()) => problem.with_note("everything is as it was"),
            Err(lost) => {
                // What could not be put back must not be deleted with the temporary folder.
                let kept = staging.keep();
                problem.with_note(format!("{} could not be put back; it is kept in {}", lost.display(), kept.display()))
            }
        }));
    }
    let mut files: Vec<Fetched> = files.into_iter().map(|(_, file)| file).chain(gone).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let root = paths.into_iter().next().unwrap_or_default();
    Ok(Report { root, files, notes, diagnostics, sources, summary })
}

/// What is on disk and in the lock before anything is written.
struct Before<'a> {
    base: &'a Path,
    lock: &'a Lock,
    /// Files that were edited may be replaced.
    force: bool,
}

impl Before<'_> {
    /// What becomes of the file at the path; complains where somebody else's work is in the way.
    fn fate(&self, path: &str, document: &Document, diagnostics: &mut Diagnostics) -> Fetched {
        let hash = sha256(&document.bytes);
        let known = self.lock.files.get(path).filter(|file| file.url.is_some());
        let on_disk = fs::read(self.base.join(path)).ok();
        let change = match (known, on_disk.as_deref().map(sha256)) {
            (_, None) => Change::New,
            (_, Some(there)) if there == hash => match known {
                // The lock was behind the file; nothing to write, but it is news all the same.
                Some(known) if known.sha256 != hash => {
                    Change::Changed { from: known.sha256.clone(), from_size: known.size }
                }
                _ => Change::Same,
            },
            (Some(known), Some(there)) if there == known.sha256 && known.fetched.is_some() => {
                Change::Changed { from: there, from_size: known.size }
            }
            (known, Some(there)) => {
                if !self.force {
                    diagnostics.push(in_the_way(path, known.is_some()));
                }
                Change::Changed { from: there, from_size: on_disk.map_or(0, |bytes| bytes.len() as u64) }
            }
        };
        let size = document.bytes.len() as u64;
        Fetched { path: path.to_owned(), address: document.shown.clone(), sha256: hash, size, change }
    }

    /// Files of the same contract that nothing refers to any more.
    fn gone(&self, paths: &[String], documents: &[Document], diagnostics: &mut Diagnostics) -> Vec<Fetched> {
        let address = documents.first().map(|it| it.shown.as_str());
        let old = self.lock.files.iter().find(|(_, file)| file.url.as_deref() == address);
        let old_root = old.map(|(path, _)| path.clone()).filter(|path| paths.contains(path));
        let now: BTreeSet<&String> = paths.iter().collect();
        let mut gone = Vec::new();
        for path in old_root.map(|root| known::own(self.lock, &root)).unwrap_or_default() {
            let Some(known) = self.lock.files.get(&path).filter(|known| known.url.is_some() && !now.contains(&path))
            else {
                continue;
            };
            let there = fs::read(self.base.join(&path)).ok().map(|bytes| sha256(&bytes));
            let edited = known.fetched.is_none() || there.as_ref().is_some_and(|there| *there != known.sha256);
            if there.is_some() && edited && !self.force {
                diagnostics.push(in_the_way(&path, true));
            }
            gone.push(Fetched {
                address: known.url.clone().unwrap_or_default(),
                sha256: known.sha256.clone(),
                size: known.size,
                path,
                change: Change::Gone,
            });
        }
        gone
    }
}

/// What the lock says of a file from now on. One that has not changed keeps its day.
fn locked(
    document: &Document,
    fetched: &Fetched,
    paths: &[String],
    before: Option<&LockedFile>,
    today: &str,
) -> LockedFile {
    let same = before.filter(|before| before.sha256 == fetched.sha256);
    let day = same.and_then(|before| before.fetched.clone()).unwrap_or_else(|| today.to_owned());
    LockedFile {
        sha256: fetched.sha256.clone(),
        size: fetched.size,
        url: Some(document.shown.clone()),
        redirected: document.redirected.clone(),
        fetched: Some(day).filter(|day| !day.is_empty()),
        locations: document
            .references
            .iter()
            .map(|reference| (reference.shown.clone(), paths[reference.target].clone()))
            .collect(),
    }
}

/// A name below the folder for each document, such that what is written in them leads to the right ones.
fn names(documents: &[Document], folder: &Below, lock: &Lock) -> Result<Vec<String>, Diagnostic> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let known: BTreeMap<&str, &str> = lock
        .files
        .iter()
        .filter_map(|(path, file)| Some((file.url.as_deref()?, path.strip_prefix(&prefix)?)))
        .collect();
    let others: BTreeSet<&str> = known.values().copied().collect();
    for names in [layout::paths(documents, &known), layout::distinct(documents)] {
        if !misled(documents, &names, &others) {
            return Ok(names);
        }
    }
    let first = documents.first().map(|it| it.shown.as_str()).unwrap_or_default();
    Err(Diagnostic::error(codes::STORE, format!("`{first}` cannot be laid out as files"))
        .with_note("its documents refer to one another by names that mean something else beside one another"))
}

/// Whether a relative location would find another document than it means.
fn misled(documents: &[Document], names: &[String], others: &BTreeSet<&str>) -> bool {
    let there: BTreeSet<String> =
        names.iter().map(String::as_str).chain(others.iter().copied()).map(str::to_lowercase).collect();
    documents.iter().zip(names).any(|(document, name)| {
        document.references.iter().any(|reference| {
            let folder = Path::new(name).parent().unwrap_or(Path::new(""));
            let Some(path) = source::relative(&reference.location, folder) else { return false };
            let path = path.to_string_lossy().replace('\\', "/").to_lowercase();
            there.contains(&path) && path != names[reference.target].to_lowercase()
        })
    })
}

/// Reads the staged files as generating will: every reference must lead to the document it was followed to.
fn read_back(
    folder: &Path,
    names: &[String],
    documents: &[Document],
    options: &Options,
) -> Result<Option<(usize, usize)>, Box<Failure>> {
    let mut locations = Locations::new(folder);
    for (name, document) in names.iter().zip(documents) {
        let map = document.references.iter().map(|it| (it.shown.clone(), names[it.target].clone()));
        locations.add(name.as_str(), map.collect());
    }
    let root = folder.join(names.first().map(String::as_str).unwrap_or_default());
    let load = LoadOptions {
        locations,
        limits: options.limits.clone(),
        allow_missing: options.allow_missing,
        ..LoadOptions::default()
    };
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let loaded = source::load(std::slice::from_ref(&root), &load, &mut sources, &mut diagnostics, &mut |tree, _| {
        wsdl::references(tree, &mut Diagnostics::default()).unwrap_or_default()
    });
    if diagnostics.has_errors() {
        return Err(Box::new(Failure { sources, diagnostics }));
    }
    let by_path: BTreeMap<PathBuf, usize> =
        names.iter().enumerate().map(|(at, name)| (source::normal(&folder.join(name)), at)).collect();
    for document in &loaded {
        let Some(from) = by_path.get(&sources.file(document.file).path) else { continue };
        for (edge, led) in &document.edges {
            let location = edge.location.as_deref().unwrap_or_default().trim();
            let wanted =
                documents[*from].references.iter().find(|known| known.location == location).map(|it| it.target);
            let got = led.and_then(|file| by_path.get(&sources.file(file).path).copied());
            if let Some(wanted) = wanted
                && got != Some(wanted)
            {
                let (from, location) = (&documents[*from].shown, mask::masked(location));
                let message = format!("`{location}` in `{from}` would lead to another document than it means");
                return Err(failure(Diagnostic::error(codes::STORE, message)));
            }
        }
    }
    let model = wsdl::load_model(&[root], &load, &mut Sources::default(), &mut Diagnostics::default());
    Ok(model.map(|model| (model.services.iter().map(|service| service.operations.len()).sum(), model.types.len())))
}

fn in_the_way(path: &str, fetched: bool) -> Diagnostic {
    let what = if fetched { "was changed after it was fetched" } else { "is there and was not fetched" };
    Diagnostic::error(codes::IN_THE_WAY, format!("`{path}` {what}"))
        .with_help("put what you know better into an overlay and move the file away, or give `--force` to replace it")
}

/// Moves that can be taken back.
struct Moves {
    /// Where replaced files wait.
    kept: PathBuf,
    /// What was moved where, and where what was there before is kept.
    done: Vec<(PathBuf, Option<PathBuf>, Option<PathBuf>)>,
}

impl Moves {
    /// Puts a file or folder at a place.
    fn put(&mut self, from: &Path, place: &Path) -> Result<(), (PathBuf, io::Error)> {
        self.take(place)?;
        fs::rename(from, place).map_err(|error| (place.to_owned(), error))?;
        if let Some(last) = self.done.last_mut() {
            last.1 = Some(from.to_owned());
        }
        Ok(())
    }

    /// Takes away what is at a place.
    fn take(&mut self, place: &Path) -> Result<(), (PathBuf, io::Error)> {
        let mut kept = None;
        if place.symlink_metadata().is_ok() {
            let to = self.kept.join(self.done.len().to_string());
            fs::create_dir_all(&self.kept)
                .and_then(|()| fs::rename(place, &to))
                .map_err(|error| (place.to_owned(), error))?;
            kept = Some(to);
        }
        self.done.push((place.to_owned(), None, kept));
        Ok(())
    }

    /// Puts everything back.
    ///
    /// # Errors
    /// The first place that could not be restored.
    fn undo(&mut self) -> Result<(), PathBuf> {
        let mut lost = Ok(());
        for (place, from, kept) in std::mem::take(&mut self.done).into_iter().rev() {
            let back = from.map_or(Ok(()), |from| fs::rename(&place, from));
            let back = back.and_then(|()| kept.map_or(Ok(()), |kept| fs::rename(kept, &place)));
            if back.is_err() {
                lost = Err(place);
            }
        }
        lost
    }
}
