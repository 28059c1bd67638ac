//! From a location written in a contract to a file: offline, inside the declared folders, never by guessing outside them.
//!
//! A relative location means that file, also where `\` stands for `/`. A URL is never fetched: the file is looked for under the
//! URL's last segments near the referring file, and (for WCF's `x.svc?xsd=xsd0`) under the names people save such documents by.
//! So is what an absolute path meant on the machine of the contract's author; the path itself is never followed.

use std::path::{Component, Path, PathBuf};

/// Where a location may lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A file that is there and inside a root; its canonical path, and the path to show.
    File {
        /// Canonical path: the document's identity.
        canonical: PathBuf,
        /// Path as people would write it.
        shown: PathBuf,
    },
    /// Nothing is there.
    NotFound,
    /// A URL with no file beside the contract.
    Remote,
    /// It leaves the folders that may be read.
    Outside(&'static str),
    /// What is there is not a file.
    NotAFile,
}

/// Folders that may be read, canonical.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roots(Vec<PathBuf>);

impl Roots {
    /// Adds a folder; one that is not there allows nothing.
    pub(crate) fn add(&mut self, folder: &Path) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if let Ok(canonical) = folder.canonicalize()
            && !self.0.contains(&canonical)
        {
            self.0.push(canonical);
        }
    }

    fn hold(&self, canonical: &Path) -> bool {
        self.0.iter().any(|root| canonical.starts_with(root))
    }

    /// The file at this path, which a contract named: judged before it is opened.
    fn admit(&self, path: &Path) -> Target {
        let shown = normal(path);
        // Judge the way that is written first, so that nothing outside is even looked at.
        let parent = shown.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match parent.canonicalize() {
            Ok(folder) if !self.hold(&folder) => return Target::Outside("it leaves the folder of the contract"),
            Ok(_) => {}
            Err(_) => {
                let lexical = std::path::absolute(&shown).map(|path| normal(&path));
                return match lexical {
                    Ok(lexical) if self.hold(&lexical) => Target::NotFound,
                    _ => Target::Outside("it leaves the folder of the contract"),
                };
            }
        }
        let link = shown.symlink_metadata().is_ok_and(|data| data.file_type().is_symlink());
        let Ok(canonical) = shown.canonicalize() else {
            return if link { Target::Outside("it is a symlink that leads nowhere") } else { Target::NotFound };
        };
        if !self.hold(&canonical) {
            return Target::Outside(if link {
                "it is a symlink out of the folder of the contract"
            } else {
                "it leaves the folder of the contract"
            });
        }
        match canonical.metadata() {
            Ok(data) if data.is_file() => Target::File { canonical, shown },
            Ok(_) => Target::NotAFile,
            Err(_) => Target::NotFound,
        }
    }
}

/// Whether a URL's host is this machine or an address: a published contract names a host, so this one was not meant for us.
pub(crate) fn names_a_machine(location: &str) -> bool {
    let Some(rest) = strip_scheme(location.trim(), &["http", "https", "ftp"]) else { return false };
    let authority = rest.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    host.starts_with('[') || name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::Ipv4Addr>().is_ok()
}

/// Finds the file a location means, as written in the file `from`. The file at that relative path goes first, then the
/// one the location was `saved` as, then what resembles it; `fits` looks into a file found by resemblance only and says
/// whether it is the one.
pub(crate) fn locate(
    location: &str,
    from: &Path,
    roots: &Roots,
    saved: Option<&Path>,
    fits: &mut dyn FnMut(&Path) -> bool,
) -> Target {
    let folder = from.parent().unwrap_or(Path::new(""));
    let location = location.trim();
    let url = strip_scheme(location, &["http", "https", "ftp"]);
    let direct = if url.is_some() { Target::Remote } else { by_path(location, folder, roots) };
    if let Target::File { .. } = direct {
        return direct;
    }
    if let Some(saved) = saved
        && let found @ Target::File { .. } = roots.admit(saved)
    {
        return found;
    }
    match (url, direct) {
        (Some(rest), _) => by_resemblance(rest, folder, roots, fits).unwrap_or(Target::Remote),
        (None, Target::NotFound) => {
            let decoded = percent_decoded(location);
            let path = decoded.split('#').next().unwrap_or_default();
            if path.contains('?') && !path.contains('\0') {
                return by_resemblance(path, folder, roots, fits).unwrap_or_else(|| {
                    // A query on what is a file already (`types.xsd?v=2`) says nothing to a file system.
                    roots.admit(&folder.join(path.split('?').next().unwrap_or_default()))
                });
            }
            Target::NotFound
        }
        (None, Target::Outside(ABSOLUTE)) => {
            let path = location.replace('\\', "/");
            let path =
                path.split_at_checked(5).filter(|(it, _)| it.eq_ignore_ascii_case("file:")).map_or(&*path, |it| it.1);
            by_resemblance(path, folder, roots, fits).unwrap_or(Target::Outside(ABSOLUTE))
        }
        (None, other) => other,
    }
}

/// Why an absolute path, a `file:` address or a network path is not followed.
pub(crate) const ABSOLUTE: &str = "it is an absolute location";

/// The path a relative location means below or beside a folder, without looking; none for addresses and absolute ones.
#[cfg(feature = "fetch")]
pub(crate) fn relative(location: &str, folder: &Path) -> Option<PathBuf> {
    let decoded = percent_decoded(location.trim());
    let path = decoded.split('#').next().unwrap_or_default();
    let scheme = path.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '?']));
    (!scheme && !path.starts_with('/') && !path.contains(['\\', '\0']) && !path.is_empty())
        .then(|| normal(&folder.join(path)))
}

/// The file at a relative path, with or without its escapes.
fn by_path(location: &str, folder: &Path, roots: &Roots) -> Target {
    let decoded = percent_decoded(location).replace('\\', "/");
    if let Some((scheme, _)) = decoded.split_once(':')
        && !scheme.contains(['/', '?', '#'])
    {
        return if scheme.len() == 1 || scheme.eq_ignore_ascii_case("file") {
            Target::Outside(ABSOLUTE)
        } else {
            Target::Remote
        };
    }
    if decoded.starts_with('/') {
        return Target::Outside(ABSOLUTE);
    }
    if decoded.contains('\0') {
        return Target::NotFound;
    }
    let path = decoded.split('#').next().unwrap_or_default();
    match roots.admit(&folder.join(path)) {
        // Files made by converting names to URLs keep their escapes in some archives.
        Target::NotFound if decoded != location && !path.contains('?') => match roots.admit(&folder.join(location)) {
            Target::File { canonical, shown } => Target::File { canonical, shown },
            _ => Target::NotFound,
        },
        found => found,
    }
}

fn strip_scheme<'a>(location: &'a str, schemes: &[&str]) -> Option<&'a str> {
    let (scheme, rest) = location.split_once("://")?;
    schemes.iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(rest)
}

fn by_resemblance(rest: &str, folder: &Path, roots: &Roots, fits: &mut dyn FnMut(&Path) -> bool) -> Option<Target> {
    let rest = rest.split('#').next().unwrap_or_default();
    let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
    let segments: Vec<String> = path
        .split('/')
        .map(percent_decoded)
        .filter(|segment| !matches!(segment.as_str(), "" | "." | "..") && !segment.contains(['/', '\\', '\0', ':']))
        .collect();
    let mut admit = |path: PathBuf| match roots.admit(&path) {
        Target::File { canonical, shown } if fits(&canonical) => Some(Target::File { canonical, shown }),
        _ => None,
    };
    if let (Some(query), Some(last)) = (query, segments.last()) {
        return names_for_query(last, query).into_iter().find_map(|name| admit(folder.join(name)));
    }
    // The longest tail first, nearest folder first; one segment alone only right beside.
    for (up, ancestor) in folder.ancestors().take(12).enumerate() {
        for skip in segments.len().saturating_sub(12)..segments.len() {
            let tail = &segments[skip..];
            if tail.len() > 1 || up == 0 {
                let path: PathBuf = tail.iter().collect();
                if let Some(found) = admit(ancestor.join(path)) {
                    return Some(found);
                }
            }
        }
    }
    None
}

/// File names under which `Service.svc?xsd=xsd0` is usually saved.
fn names_for_query(last: &str, query: &str) -> Vec<String> {
    let (key, value) = query.split_once('=').unwrap_or((query, ""));
    let key = key.to_ascii_lowercase();
    if !matches!(key.as_str(), "xsd" | "wsdl" | "singlewsdl") || value.contains(['/', '\\', ':']) {
        return Vec::new();
    }
    let extension = if key == "xsd" { "xsd" } else { "wsdl" };
    let value = percent_decoded(value);
    if value.contains(['/', '\\', ':', '\0']) {
        return Vec::new();
    }
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let mut names = Vec::new();
    if !value.is_empty() {
        let bare = value.strip_suffix(&format!(".{extension}")).unwrap_or(&value).to_owned();
        names.extend([value.clone(), format!("{bare}.{extension}")]);
        for owner in [stem, last] {
            for joint in ["_", ".", "-"] {
                names.push(format!("{owner}{joint}{bare}.{extension}"));
            }
        }
        names.extend([
            format!("{last}_{key}={value}"),
            format!("{last}_{key}={value}.{extension}"),
            format!("{last}.{key}={value}"),
            format!("{last}%3F{key}={value}"),
        ]);
        // WCF numbers its documents, and people number the files after the service.
        if let Some(number) = bare.strip_prefix(key.as_str()) {
            names.push(format!("{stem}{number}.{extension}"));
        }
    }
    names.push(format!("{last}?{query}"));
    names.push(format!("{stem}.{extension}"));
    names.push(format!("{last}.{extension}"));
    names
}

fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match (bytes[at], hex.and_then(|pair| u8::from_str_radix(pair, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The path without `.` and without `name/..`; `..` at its start stays.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// The path with `/` between its parts, on every system.
pub(crate) fn label(path: &Path) -> String {
    normal(path).to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        assert_eq!(normal(Path::new("a/./b/../c")), Path::new("a/c"));
        assert_eq!(normal(Path::new("../a/../../b")), Path::new("../../b"));
        assert_eq!(percent_decoded("a%20b%2e%zz"), "a b.%zz");
    }

    #[test]
    fn nothing_outside_is_looked_at() {
        let roots = Roots::default();
        let at = |location: &str| locate(location, Path::new("a/b.wsdl"), &roots, None, &mut |_| true);
        for location in [
            "file:///etc/passwd",
            "/etc/passwd",
            "\\\\host\\share\\x.xsd",
            "C:/x.xsd",
            "%2fetc%2fpasswd",
            "../../x.xsd",
        ] {
            assert!(matches!(at(location), Target::Outside(_)), "{location}: {:?}", at(location));
        }
        assert_eq!(at("http://127.0.0.1:9/x.xsd"), Target::Remote);
        assert_eq!(at("urn:x"), Target::Remote);
    }

    #[test]
    fn what_was_absolute_elsewhere_is_looked_for_beside() {
        let folder = tempfile::tempdir().expect("made");
        let folder = folder.path();
        std::fs::create_dir_all(folder.join("types")).expect("made");
        std::fs::write(folder.join("types/a.xsd"), "<a/>").expect("written");
        let mut roots = Roots::default();
        roots.add(folder);
        let at = |location: &str| locate(location, &folder.join("b.wsdl"), &roots, None, &mut |_| true);
        for location in [
            "file:///C:/dev/types/a.xsd",
            "C:\\dev\\types\\a.xsd",
            "types\\a.xsd",
            "\\\\host\\types\\a.xsd",
            "file:types/a.xsd",
        ] {
            assert!(matches!(at(location), Target::File { .. }), "{location}: {:?}", at(location));
        }
        for location in ["file:///dev/types/b.xsd", "..\\a.xsd", "D:a.xsd"] {
            assert!(matches!(at(location), Target::Outside(_)), "{location}: {:?}", at(location));
        }
    }

    #[test]
    fn names_of_saved_documents() {
        let names = names_for_query("Order.svc", "xsd=xsd1");
        for name in ["xsd1.xsd", "Order_xsd1.xsd", "Order.svc_xsd1.xsd", "Order1.xsd", "Order.svc?xsd=xsd1"] {
            assert!(names.iter().any(|known| known == name), "{name}");
        }
        assert!(names_for_query("Order.svc", "xsd=../../x").is_empty());
    }
}
