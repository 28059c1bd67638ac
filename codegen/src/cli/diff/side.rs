//! What the two sides of a comparison are: files, folders, configurations, revisions.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use bindery_codegen::diff::Place;
use bindery_codegen::generate::{self, Request};
use bindery_codegen::lock::Lock;
use bindery_codegen::model::Model;
use bindery_codegen::source::Sources;
use bindery_codegen::{config, passes};
use tempfile::TempDir;

use super::super::report;
use super::git;

/// A contract of one side, not read yet.
#[derive(Debug)]
pub(super) struct Contract {
    /// What to call it, and to find it by on the other side.
    pub(super) name: String,
    pub(super) request: Request,
    /// The folder it was checked out into, which lives as long as this, and what to call that folder.
    pub(super) checkout: Option<(Rc<TempDir>, String)>,
}

/// A contract that was read.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) model: Model,
    pub(super) sources: Sources,
    checkout: Option<(PathBuf, String)>,
}

impl Read {
    /// A contract that is not there.
    pub(super) fn nothing(hand_written: bool) -> Self {
        let model = Model { hand_written, ..Model::default() };
        Self { model, sources: Sources::default(), checkout: None }
    }

    /// Names files of a revision by the revision instead of a temporary folder.
    pub(super) fn relabel(&self, place: Option<&mut Place>) {
        if let (Some((folder, name)), Some(place)) = (&self.checkout, place)
            && let Some((file, ..)) = &mut place.at
            && let Ok(rest) = Path::new(file.as_str()).strip_prefix(folder)
        {
            *file = format!("{name}:{}", rest.to_string_lossy().replace('\\', "/"));
        }
    }
}

impl Contract {
    /// Reads it, with overlays, keeping the operations asked for.
    pub(super) fn read(self) -> Result<Read, String> {
        let loaded = match generate::load(&self.request, Some("read")) {
            Ok(loaded) => loaded,
            Err(failure) => {
                report::failure(&failure);
                return Err(format!("`{}` cannot be compared", self.name));
            }
        };
        let generate::Loaded { mut model, sources, mut diagnostics } = loaded;
        // Warnings are `generate`'s to tell; here they would drown the report.
        passes::keep(&mut model, &self.request.passes, &mut diagnostics);
        if diagnostics.has_errors() {
            report::diagnostics(&diagnostics, &sources);
            return Err(format!("`{}` cannot be compared", self.name));
        }
        let checkout = self.checkout.map(|(folder, name)| (folder.path().to_owned(), name));
        Ok(Read { model, sources, checkout })
    }
}

/// How files are read that no configuration says it of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'r> {
    pub(super) overlays: &'r [PathBuf],
    pub(super) roots: &'r [PathBuf],
}

/// Finds the contracts of both sides. A revision without a path has the other side's.
pub(super) fn both(old: &str, new: &str, reading: &Reading<'_>) -> Result<(Vec<Contract>, Vec<Contract>), String> {
    let path_of = |side: &str| match side.strip_prefix("git:") {
        Some(rest) => rest.split_once(':').map(|(_, path)| PathBuf::from(path)),
        None => Some(PathBuf::from(side)),
    };
    let other = |other: &str| path_of(other).unwrap_or_else(|| PathBuf::from("."));
    Ok((one(old, &other(new), reading)?, one(new, &other(old), reading)?))
}

fn one(side: &str, other: &Path, reading: &Reading<'_>) -> Result<Vec<Contract>, String> {
    let Some(rest) = side.strip_prefix("git:") else {
        return contracts(Path::new(side), reading, None);
    };
    let (revision, path) = match rest.split_once(':') {
        Some((revision, path)) => (revision, PathBuf::from(path)),
        None => (rest, git::below_the_root(other)?),
    };
    let folder = Rc::new(git::check_out(revision)?);
    let at = folder.path().join(&path);
    if !at.exists() {
        return Err(format!("revision {revision} has no {}", path.display()));
    }
    contracts(&at, reading, Some((folder, revision.to_owned())))
}

/// The contracts of a file or folder on the disk.
fn contracts(
    path: &Path,
    reading: &Reading<'_>,
    checkout: Option<(Rc<TempDir>, String)>,
) -> Result<Vec<Contract>, String> {
    let contract = |name: String, request: Request| Contract { name, request, checkout: checkout.clone() };
    if path.is_dir() {
        let settings = path.join("bindery.toml");
        if settings.is_file() {
            return configured(&settings).map(|found| found.map(|(name, request)| contract(name, request)).collect());
        }
        let found = roots(path)?;
        return Ok(found.into_iter().map(|(name, request)| contract(name, request)).collect());
    }
    if !path.is_file() {
        return Err(format!("there is no {}", path.display()));
    }
    match path.file_name().and_then(|name| name.to_str()) {
        Some("bindery.lock") => contracts(&path.with_file_name("bindery.toml"), reading, checkout),
        Some(name) if name.ends_with(".toml") => {
            configured(path).map(|found| found.map(|(name, request)| contract(name, request)).collect())
        }
        name => {
            let name = name.unwrap_or_default().to_owned();
            let request = Request {
                inputs: vec![path.to_owned()],
                overlays: reading.overlays.to_vec(),
                roots: reading.roots.to_vec(),
                locations: Lock::locations_near(path),
                ..Request::default()
            };
            Ok(vec![contract(name, request)])
        }
    }
}

fn configured(path: &Path) -> Result<impl Iterator<Item = (String, Request)>, String> {
    match config::load(path) {
        Ok(targets) => Ok(targets.into_iter().map(|target| (target.name, target.request))),
        Err(failure) => {
            report::failure(&failure);
            Err(String::new())
        }
    }
}

/// The contracts of a folder without a configuration: each hand-written one, each WSDL that no other one imports, and all schemas
/// that no WSDL reads, together.
fn roots(folder: &Path) -> Result<Vec<(String, Request)>, String> {
    let mut files = Vec::new();
    list(folder, &mut files).map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    files.sort();
    let label = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
    let request = |inputs: Vec<PathBuf>| Request {
        locations: inputs.first().map(|path| Lock::locations_near(path)).unwrap_or_default(),
        inputs,
        roots: vec![folder.to_owned()],
        ..Request::default()
    };
    let ends = |path: &Path, end: &str| path.to_string_lossy().to_lowercase().ends_with(end);
    let mut found: Vec<(String, Request)> = Vec::new();
    let mut read: BTreeSet<PathBuf> = BTreeSet::new();
    for path in files.iter().filter(|path| ends(path, ".contract.rs")) {
        found.push((label(path), request(vec![path.clone()])));
    }
    for path in files.iter().filter(|path| ends(path, ".wsdl")) {
        let request = request(vec![path.clone()]);
        // Who cannot be read is told when it is compared.
        if let Ok(loaded) = generate::load(&request, Some("read")) {
            let others = loaded.sources.paths().filter_map(|path| path.canonicalize().ok());
            let own = path.canonicalize().ok();
            read.extend(others.filter(|other| Some(other) != own.as_ref()));
        }
        found.push((label(path), request));
    }
    let imported = |path: &Path| path.canonicalize().is_ok_and(|path| read.contains(&path));
    found.retain(|(_, request)| !request.inputs.iter().any(|path| imported(path)));
    let schemas: Vec<PathBuf> = files.iter().filter(|path| ends(path, ".xsd") && !imported(path)).cloned().collect();
    if !schemas.is_empty() {
        found.push(("*.xsd".to_owned(), request(schemas)));
    }
    if found.is_empty() {
        return Err(format!("{} holds no bindery.toml, WSDL, XSD or .contract.rs file", folder.display()));
    }
    Ok(found)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        // A link may lead in a circle.
        if path.is_dir() && !hidden && !path.is_symlink() {
            list(&path, files)?;
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

/// A contract with its counterpart, and what to call the two.
type Pair = (String, Option<Contract>, Option<Contract>);

/// Which contract of the old side is which of the new one: by name, then by name without a version, then the only two left.
pub(super) fn pair(old: Vec<Contract>, new: Vec<Contract>) -> Vec<Pair> {
    let stem = |name: &str| {
        name.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '_')).collect::<String>().to_lowercase()
    };
    let mut old: Vec<Option<Contract>> = old.into_iter().map(Some).collect();
    let mut new: Vec<Option<Contract>> = new.into_iter().map(Some).collect();
    let mut pairs: Vec<Pair> = Vec::new();
    let called = |a: &str, b: &str| if a == b { a.to_owned() } else { format!("{a} → {b}") };
    for round in 0..3 {
        for a in &mut old {
            let left = new.iter().flatten().count();
            let Some(name) = a.as_ref().map(|contract| contract.name.clone()) else { continue };
            let same = |other: &Contract| match round {
                0 => other.name == name,
                1 => stem(&other.name) == stem(&name),
                _ => left == 1,
            };
            if let Some(b) = new.iter_mut().find(|b| b.as_ref().is_some_and(same)) {
                let (a, b) = (a.take(), b.take());
                let other = b.as_ref().map(|contract| contract.name.as_str()).unwrap_or_default();
                pairs.push((called(&name, other), a, b));
            }
        }
        if old.iter().flatten().count() != 1 && round == 1 {
            break;
        }
    }
    pairs.extend(old.into_iter().flatten().map(|contract| (contract.name.clone(), Some(contract), None)));
    pairs.extend(new.into_iter().flatten().map(|contract| (contract.name.clone(), None, Some(contract))));
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    pairs
}
