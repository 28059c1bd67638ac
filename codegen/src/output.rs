//! Writing generated files: all or nothing, and only what changed.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Writes the text by way of a temporary file beside it, unless the file already holds it. Says whether it wrote.
///
/// # Errors
/// What the file system says; the old file stays as it was.
pub fn write(path: &Path, text: &str) -> io::Result<bool> {
    let staged = stage(path, text)?;
    let changed = staged.is_some();
    staged.map_or(Ok(()), |file| put(file, path))?;
    Ok(changed)
}

/// Writes several files, as [`write()`] does each. None is replaced before all are on disk. Says which changed, in order.
///
/// # Errors
/// What the file system says, with the file it is about.
pub fn write_all(files: &[(&Path, &str)]) -> Result<Vec<bool>, (PathBuf, io::Error)> {
    let told = |path: &Path| {
        let path = path.to_owned();
        |error| (path, error)
    };
    let staged: Vec<Option<NamedTempFile>> =
        files.iter().map(|(path, text)| stage(path, text).map_err(told(path))).collect::<Result<_, _>>()?;
    let mut changed = Vec::with_capacity(files.len());
    for (file, (path, _)) in staged.into_iter().zip(files) {
        changed.push(file.is_some());
        file.map_or(Ok(()), |file| put(file, path)).map_err(told(path))?;
    }
    Ok(changed)
}

/// The text in a temporary file beside the path; `None` when the file at the path holds it already.
fn stage(path: &Path, text: &str) -> io::Result<Option<NamedTempFile>> {
    if std::fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(None);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".bindery-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    // Temporary files are private; generated code is for everyone who may read the folder.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    Ok(Some(file))
}

fn put(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.persist(path).map(|_| ()).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::{write, write_all};

    #[test]
    fn an_equal_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.rs");
        assert!(write(&path, "x").unwrap());
        assert!(!write(&path, "x").unwrap());
        assert!(write(&path, "y").unwrap());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "y");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn one_that_cannot_be_written_leaves_all_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let (good, file) = (folder.path().join("good.rs"), folder.path().join("file"));
        write(&good, "old").unwrap();
        write(&file, "").unwrap();
        let bad = file.join("below.rs");
        let (path, _) = write_all(&[(&good, "new"), (&bad, "x")]).unwrap_err();
        assert_eq!((path, std::fs::read_to_string(&good).unwrap().as_str()), (bad, "old"));
        assert_eq!(write_all(&[(&good, "new"), (&file, "")]).unwrap(), [true, false]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
