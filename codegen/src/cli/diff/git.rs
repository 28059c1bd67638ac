//! Sides that git keeps, by way of the `git` command. Nothing of the repository is changed: files come out into a folder of our
//! own, with an index of our own.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;

use bindery_codegen::generate::Request;
use tempfile::TempDir;

use super::side::Contract;

/// What contracts are made of; the rest of a repository stays where it is.
const KINDS: &[&str] = &[".wsdl", ".xsd", ".xml", ".contract.rs", ".overlay.rs", "bindery.toml", "bindery.lock"];

fn is_wanted(path: &str) -> bool {
    let path = path.to_lowercase();
    KINDS.iter().any(|kind| path.ends_with(kind))
}

/// Runs git and returns what it prints.
fn git<S: AsRef<OsStr>>(arguments: &[S], index: Option<&Path>, input: Option<&[u8]>) -> Result<Vec<u8>, String> {
    let mut command = Command::new("git");
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(index) = index {
        command.env("GIT_INDEX_FILE", index);
    }
    let mut child = command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            "`git:` needs the git command, which is not there; give files or folders instead".to_owned()
        }
        _ => format!("git cannot be run: {error}"),
    })?;
    if let Some(mut stdin) = child.stdin.take() {
        // Git that ends early says why itself.
        let _ = stdin.write_all(input.unwrap_or_default());
    }
    let output = child.wait_with_output().map_err(|error| format!("git cannot be run: {error}"))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(format!("git: {}", String::from_utf8_lossy(&output.stderr).trim()))
    }
}

fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

/// A path as the repository knows it: from its root.
pub(super) fn below_the_root(path: &Path) -> Result<PathBuf, String> {
    let root = PathBuf::from(line(&git(&["rev-parse", "--show-toplevel"], None, None)?));
    let real = |path: &Path| path.canonicalize().map_err(|error| format!("{}: {error}", path.display()));
    let (root, path) = (real(&root)?, real(path)?);
    path.strip_prefix(&root)
        .map(Path::to_owned)
        .map_err(|_| format!("{} is not in the repository; say `git:REV:PATH`", path.display()))
}

/// Checks the contracts of a revision out into a temporary folder.
pub(super) fn check_out(revision: &str) -> Result<TempDir, String> {
    let name = format!("{revision}^{{commit}}");
    let commit =
        git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name], None, None).map_err(|error| {
            if error == "git:" || error == "git: " { format!("git knows no revision `{revision}`") } else { error }
        })?;
    let commit = line(&commit);
    let folder = temporary()?;
    let index = temporary()?;
    let index = index.path().join("index");
    git(&["read-tree", &commit], Some(&index), None)?;
    let files = git(&["ls-files", "--full-name", "-z", ":/"], Some(&index), None)?;
    copy(&files, folder.path(), &index)?;
    Ok(folder)
}

fn temporary() -> Result<TempDir, String> {
    TempDir::new().map_err(|error| format!("no temporary folder can be made: {error}"))
}

/// Writes those of the files that contracts are made of below a folder, from an index.
fn copy(files: &[u8], folder: &Path, index: &Path) -> Result<(), String> {
    let wanted: Vec<&[u8]> =
        files.split(|byte| *byte == 0).filter(|name| is_wanted(&String::from_utf8_lossy(name))).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let mut prefix = std::ffi::OsString::from("--prefix=");
    prefix.push(folder);
    prefix.push("/");
    // Names are from the root, where git has to be for them.
    let root = line(&git(&["rev-parse", "--show-toplevel"], None, None)?);
    let arguments: Vec<&OsStr> = [OsStr::new("-C"), OsStr::new(&root)]
        .into_iter()
        .chain(["checkout-index", "-z", "--stdin"].map(OsStr::new))
        .chain([prefix.as_os_str()])
        .collect();
    git(&arguments, Some(index), Some(&wanted.join(&0))).map(drop)
}

/// The sides git hands to an external diff program: `path old-file old-hex old-mode new-file new-hex new-mode`. Git gives the one
/// file only, so what it imports is read from the working tree.
pub(super) fn driver(arguments: &[String]) -> Result<(Vec<Contract>, Vec<Contract>), String> {
    let [path, old, _, _, new, ..] = arguments else {
        return Err("git gives seven arguments to an external diff program".to_owned());
    };
    let side = |file: &str, name: &str| -> Result<Vec<Contract>, String> {
        if file == "/dev/null" {
            return Ok(Vec::new());
        }
        let folder = temporary()?;
        let files = git(&["ls-files", "--full-name", "-z", ":/"], None, None)?;
        for file in files.split(|byte| *byte == 0).map(String::from_utf8_lossy).filter(|file| is_wanted(file)) {
            let to = folder.path().join(&*file);
            let made = to.parent().map(std::fs::create_dir_all).transpose();
            // What the working tree does not have is told by whoever imports it.
            if made.is_ok() {
                let _ = std::fs::copy(&*file, &to);
            }
        }
        let to = folder.path().join(path);
        let written = to.parent().map(std::fs::create_dir_all).transpose().and_then(|_| std::fs::copy(file, &to));
        written.map_err(|error| format!("{file}: {error}"))?;
        let request = Request { inputs: vec![to], roots: vec![folder.path().to_owned()], ..Request::default() };
        Ok(vec![Contract { name: path.clone(), request, checkout: Some((Rc::new(folder), name.to_owned())) }])
    };
    Ok((side(old, "a")?, side(new, "b")?))
}
