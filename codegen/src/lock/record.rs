//! A lock before a run and after it.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::{Lock, LockedFile};
use crate::generate::{Generated, Request};

impl Lock {
    /// Tells a run what is on record: the entry's names, and where the locations of fetched files lead. `folder` is the
    /// lock's.
    pub fn prepare(&self, entry: &str, folder: &Path, request: &mut Request) {
        request.plan.names = Some(self.names.get(entry).cloned().unwrap_or_default());
        request.locations = self.locations(folder);
    }

    /// The lock as it should be after these runs, each with its entry's name. `all` says that they are all there are: then
    /// entries and files that none of them names are dropped, but for files that were fetched.
    ///
    /// # Errors
    /// A file that was read can be read no longer.
    pub fn after(&self, runs: &[(&str, &Generated)], folder: &Path, all: bool) -> io::Result<Self> {
        let mut lock = if all { Self::default() } else { self.clone() };
        for (path, file) in self.files.iter().filter(|(_, file)| file.url.is_some()) {
            lock.files.insert(path.clone(), file.clone());
        }
        for (entry, generated) in runs {
            if let Some(names) = &generated.names {
                lock.names.insert((*entry).to_owned(), names.clone());
            }
            for path in &generated.files {
                let now = LockedFile::of(&std::fs::read(path)?);
                let Some(label) = relative(path, folder) else { continue };
                let file = lock.files.entry(label).or_default();
                // Not as it was fetched any more: fetching again must not undo in silence what somebody wrote into it.
                if file.sha256 != now.sha256 {
                    file.fetched = None;
                }
                (file.sha256, file.size) = (now.sha256, now.size);
            }
        }
        Ok(lock)
    }

    /// The lock that belongs to a configuration: `bindery.lock` beside `bindery.toml`.
    pub fn path_of(config: &Path) -> PathBuf {
        config.with_extension("lock")
    }
}

/// The path from a folder to a file, with `/`; none where there is no way from one to the other (two drives).
fn relative(path: &Path, folder: &Path) -> Option<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let as_written = way(&tidy(path), &tidy(folder));
    // One may be written through a link and the other not.
    let canonical =
        path.canonicalize().ok().zip(folder.canonicalize().ok()).and_then(|(path, folder)| way(&path, &folder));
    let steps = |way: &String| way.matches("../").count();
    as_written.into_iter().chain(canonical).min_by_key(steps)
}

/// An absolute path without `.` and `..`.
fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

fn way(path: &Path, folder: &Path) -> Option<String> {
    let (path, folder): (Vec<_>, Vec<_>) = (path.components().collect(), folder.components().collect());
    let common = path.iter().zip(&folder).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return None;
    }
    let mut steps = vec!["..".to_owned(); folder.len() - common];
    steps.extend(path[common..].iter().map(|step| step.as_os_str().to_string_lossy().into_owned()));
    Some(steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_from_the_lock_to_the_file() {
        let way = |path: &str, folder: &str| relative(Path::new(path), Path::new(folder)).unwrap();
        assert_eq!(way("a/b/c.xsd", "a"), "b/c.xsd");
        assert_eq!(way("a/b/../c.xsd", "a/./b"), "../c.xsd");
        assert_eq!(way("c.xsd", ""), "c.xsd");
    }

    #[test]
    fn files_nobody_reads_are_dropped_unless_they_were_fetched() {
        let fetched = LockedFile { url: Some("https://example.com/".to_owned()), ..LockedFile::of(b"a") };
        let mut before = Lock::default();
        before.files.insert("fetched.xsd".to_owned(), fetched);
        before.files.insert("own.xsd".to_owned(), LockedFile::of(b"b"));
        let files = |all| before.after(&[], Path::new(""), all).unwrap().files.into_keys().collect::<Vec<_>>();
        assert_eq!(files(true), ["fetched.xsd"]);
        assert_eq!(files(false), ["fetched.xsd", "own.xsd"]);
    }
}
