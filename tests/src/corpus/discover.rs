//! A folder without tables: which contracts in it are roots, and which documents belong to them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};

use bindery_runtime::xml::decode_bytes;
use roxmltree::{Document, Node, ParsingOptions};

use super::documents;
use super::manifest::{Instance, Root};
use super::validate;

const XSD: &str = "http://www.w3.org/2001/XMLSchema";
const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";

/// The contracts that no other contract of the folder refers to, in the order of their paths. Of files that refer to each
/// other in a circle, the first is one.
///
/// # Errors
/// What the file system says.
pub fn roots(folder: &Path) -> io::Result<Vec<Root>> {
    Ok(Contracts::read(folder)?.roots.into_iter().map(|path| root(&path)).collect())
}

/// The XML documents whose root element (or, of a SOAP message, its Body's first child) a contract near them declares.
///
/// Whether they are valid is asked of `xmllint`, where it is installed and the contract is a schema.
///
/// # Errors
/// What the file system says.
pub fn instances(folder: &Path) -> io::Result<Vec<Instance>> {
    let contracts = Contracts::read(folder)?;
    let declared = contracts.declared();
    let mut found: BTreeMap<&str, Vec<(String, bool)>> = BTreeMap::new();
    for path in files(folder, &["xml"])? {
        let file = folder.join(&path);
        let Ok(payload) = documents::payload(&file, true) else { continue };
        let Some(roots) = declared.get(&(payload.ns, payload.local)) else { continue };
        // Several versions of a contract declare the same names: the one that stands nearest is meant.
        let nearest = roots.iter().filter(|root| family(root) == family(&path)).max_by_key(|root| shared(root, &path));
        if let Some(root) = nearest {
            let soap = documents::payload(&file, false).is_ok_and(|whole| whole.local == "Envelope");
            found.entry(root).or_default().push((path, soap));
        }
    }
    let mut instances = Vec::new();
    for (contract, documents) in found {
        let plain: Vec<PathBuf> =
            documents.iter().filter(|(_, soap)| !soap).map(|(path, _)| folder.join(path)).collect();
        let accepted = if has_extension(contract, &["xsd"]) && !plain.is_empty() {
            validate::accepted(&folder.join(contract), &plain)
        } else {
            None
        };
        instances.extend(documents.into_iter().map(|(path, soap)| Instance {
            valid: accepted.as_ref().filter(|_| !soap).map(|accepted| accepted.contains(&folder.join(&path))),
            contract: contract.to_owned(),
            family: family(contract).to_owned(),
            soap,
            well_formed: true,
            path,
        }));
    }
    Ok(instances)
}

/// The contracts of a folder, by path below it.
struct Contracts {
    files: BTreeMap<String, Contract>,
    roots: Vec<String>,
}

/// What a file refers to and declares.
#[derive(Default)]
struct Contract {
    references: BTreeSet<String>,
    elements: Vec<(String, String)>,
}

impl Contracts {
    fn read(folder: &Path) -> io::Result<Self> {
        let mut all = BTreeMap::new();
        for path in files(folder, &["wsdl", "xsd"])? {
            let contract = Contract::read(&std::fs::read(folder.join(&path))?, &path);
            all.insert(path, contract);
        }
        let referred: BTreeSet<&String> =
            all.iter().flat_map(|(path, file)| file.references.iter().filter(move |it| *it != path)).collect();
        let mut roots: Vec<String> = all.keys().filter(|path| !referred.contains(path)).cloned().collect();
        let mut contracts = Self { files: all, roots: Vec::new() };
        let mut reached: BTreeSet<String> = roots.iter().flat_map(|root| contracts.closure(root)).collect();
        let rest: Vec<String> = contracts.files.keys().filter(|path| !reached.contains(*path)).cloned().collect();
        for path in rest {
            if !reached.contains(&path) {
                reached.extend(contracts.closure(&path));
                roots.push(path);
            }
        }
        roots.sort();
        contracts.roots = roots;
        Ok(contracts)
    }

    fn closure(&self, root: &str) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut next = vec![root];
        while let Some(path) = next.pop() {
            if let Some(file) = self.files.get(path)
                && reached.insert(path.to_owned())
            {
                next.extend(file.references.iter().map(String::as_str));
            }
        }
        reached
    }

    /// The roots that lead to the declaration of each element.
    fn declared(&self) -> BTreeMap<(String, String), Vec<&str>> {
        let mut out: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
        for root in &self.roots {
            for path in self.closure(root) {
                for name in self.files.get(&path).into_iter().flat_map(|file| &file.elements) {
                    out.entry(name.clone()).or_default().push(root);
                }
            }
        }
        out
    }
}

impl Contract {
    /// What cannot be read refers to nothing: trying it says why.
    fn read(bytes: &[u8], path: &str) -> Self {
        let mut contract = Self::default();
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let Ok(text) = decode_bytes(bytes, None) else { return contract };
        let Ok(document) = Document::parse_with_options(&text, options) else { return contract };
        for node in document.descendants().filter(Node::is_element) {
            let name = node.tag_name();
            let location = match (name.namespace(), name.name()) {
                (Some(XSD), "import" | "include" | "redefine") => node.attribute("schemaLocation"),
                (Some(WSDL), "import") => node.attribute("location"),
                (Some(XSD), "element") => {
                    let schema = node.parent().filter(|parent| parent.tag_name().name() == "schema");
                    if let (Some(schema), Some(local)) = (schema, node.attribute("name")) {
                        let ns = schema.attribute("targetNamespace").unwrap_or_default();
                        contract.elements.push((ns.to_owned(), local.to_owned()));
                    }
                    None
                }
                _ => None,
            };
            contract.references.extend(location.and_then(|location| resolve(path, location)));
        }
        contract
    }
}

/// A relative location, as a path below the folder. `None` for what leads out of it.
fn resolve(from: &str, location: &str) -> Option<String> {
    let folder = Path::new(from).parent().unwrap_or(Path::new(""));
    let mut parts: Vec<String> = Vec::new();
    for part in folder.join(location.trim().replace('\\', "/")).components() {
        match part {
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop()?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

/// The files with one of these extensions, below a folder, in the order of their paths. Links are not followed.
fn files(folder: &Path, extensions: &[&str]) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let path = entry.path();
            if kind.is_dir() {
                folders.push(path);
            } else if let Some(path) = path.strip_prefix(folder).ok().and_then(Path::to_str)
                && kind.is_file()
                && has_extension(path, extensions)
            {
                found.push(path.replace('\\', "/"));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    extensions.iter().any(|wanted| extension.eq_ignore_ascii_case(wanted))
}

fn root(path: &str) -> Root {
    Root { path: path.to_owned(), family: family(path).to_owned(), resolves: true }
}

/// The first folder on the path: what imports may reach into. Files at the top have the whole folder.
fn family(path: &str) -> &str {
    path.split_once('/').map_or("", |(family, _)| family)
}

/// How many folders two paths have in common.
fn shared(one: &str, other: &str) -> usize {
    one.split('/').zip(other.split('/')).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_says_itself_what_is_in_it() {
        let folder = std::env::temp_dir().join(format!("bindery-discover-{}", std::process::id()));
        let write = |path: &str, text: &str| {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let schema = |body: &str| format!("<s:schema xmlns:s='{XSD}' targetNamespace='urn:t'>{body}</s:schema>");
        write("a/main.xsd", &schema("<s:include schemaLocation='parts/part.xsd'/>"));
        write("a/parts/part.xsd", &schema("<s:element name='e'/><s:include schemaLocation='../parts/part.xsd'/>"));
        write("b/one.xsd", &schema("<s:include schemaLocation='two.xsd'/>"));
        write("b/two.xsd", &schema("<s:include schemaLocation='one.xsd'/><s:element name='e'/>"));
        write("b/broken.WSDL", "<definitions");
        write("a/samples/e.xml", "<e xmlns='urn:t'/>");
        write("a/samples/other.xml", "<f xmlns='urn:t'/>");
        let roots = roots(&folder).unwrap();
        let instances = instances(&folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let paths: Vec<&str> = roots.iter().map(|root| root.path.as_str()).collect();
        assert_eq!(paths, ["a/main.xsd", "b/broken.WSDL", "b/one.xsd"]);
        let found: Vec<(&str, &str)> = instances.iter().map(|it| (it.path.as_str(), it.contract.as_str())).collect();
        assert_eq!(found, [("a/samples/e.xml", "a/main.xsd")]);
    }
}
