//! Local names for fetched documents: readable, stable, and such that a relative location still means the right file.

use std::collections::{BTreeMap, BTreeSet};

use super::closure::Document;
use crate::lock::sha256;

/// The longest file name.
const LONGEST: usize = 80;

/// A path per document, relative to the contract's folder. Documents whose address has a path already keep it.
///
/// Documents from one folder of a server stay in one folder, so that `types.xsd` written in one of them finds its
/// neighbour. Folders of a server share the contract's folder until two documents would have the same name.
pub(super) fn paths(documents: &[Document], known: &BTreeMap<&str, &str>) -> Vec<String> {
    let mut paths: Vec<Option<String>> =
        documents.iter().map(|it| known.get(it.shown.as_str()).map(|path| (*path).to_owned())).collect();
    let mut taken: BTreeSet<String> = known.values().map(|path| path.to_lowercase()).collect();
    let mut folders: Vec<String> = Vec::new();
    for document in documents {
        let folder = folder(document);
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    for server_folder in &folders {
        let members: Vec<usize> = (0..documents.len()).filter(|at| folder(&documents[*at]) == *server_folder).collect();
        let settled = members.iter().find_map(|at| paths[*at].as_deref()).map(folder_of);
        let mut names: Vec<(usize, String)> = Vec::new();
        for at in members.into_iter().filter(|at| paths[*at].is_none()) {
            let wanted = name(&documents[at]);
            let free = |name: &str| !names.iter().any(|(_, other)| other.eq_ignore_ascii_case(name));
            let chosen = numbered(&wanted, free);
            names.push((at, chosen));
        }
        let own = own_folder(server_folder);
        let mut choices = settled.into_iter().chain([String::new()]).chain((1..).map(|n| match n {
            1 => format!("{own}/"),
            n => format!("{own}-{n}/"),
        }));
        let prefix = choices
            .find(|prefix| names.iter().all(|(_, name)| !taken.contains(&format!("{prefix}{name}").to_lowercase())))
            .expect("some number is free");
        for (at, name) in names {
            let path = format!("{prefix}{name}");
            taken.insert(path.to_lowercase());
            paths[at] = Some(path);
        }
    }
    paths.into_iter().map(Option::unwrap_or_default).collect()
}

/// Paths no location can mean by accident: for contracts whose own relative locations would lead to other documents.
pub(super) fn distinct(documents: &[Document]) -> Vec<String> {
    let distinct = |document: &Document| {
        let name = name(document);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, "xsd"));
        format!("{stem}-{}.{extension}", &sha256(document.shown.as_bytes())[..8])
    };
    documents.iter().map(distinct).collect()
}

fn folder_of(path: &str) -> String {
    path.rfind('/').map_or(String::new(), |at| path[..=at].to_owned())
}

/// The folder on its server a document is relative to.
fn folder(document: &Document) -> String {
    let path = document.from.path();
    let end = path.rfind('/').unwrap_or_default();
    format!(
        "{}:{}{}",
        document.from.host_str().unwrap_or_default(),
        document.from.port().unwrap_or_default(),
        &path[..end]
    )
}

/// What a folder of a server is called locally: after its last part.
fn own_folder(server_folder: &str) -> String {
    let last = server_folder.rsplit('/').find(|part| !part.is_empty()).unwrap_or("other");
    cleaned(last.split(':').next().unwrap_or(last))
}

/// A file name for a document, from its address.
fn name(document: &Document) -> String {
    let extension = if document.is_wsdl { "wsdl" } else { "xsd" };
    let address = document.shown.split('#').next().unwrap_or_default();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let last = path.split('/').rev().find(|part| !part.is_empty()).unwrap_or("contract");
    let last = decoded(if path.contains('/') { last } else { last.split(':').next().unwrap_or(last) });
    let stem = without_extension(&last);
    let mut tail = String::new();
    for (key, value) in query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))) {
        let key = key.to_ascii_lowercase();
        let value = decoded(value);
        if matches!(key.as_str(), "wsdl" | "xsd" | "singlewsdl") {
            let value = value.rsplit('/').next().unwrap_or_default();
            if is_contract(value) {
                return fitting(value, extension);
            }
            tail.push_str(&match value {
                "" => String::new(),
                digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => format!(".{key}{digits}"),
                other => format!(".{other}"),
            });
        } else if !value.is_empty() && !value.contains("***") && !value.contains("${") {
            let value = value.rsplit('/').next().unwrap_or_default().to_owned();
            tail.push('.');
            tail.push_str(&value);
        }
    }
    if query.is_empty() && is_contract(&last) {
        return fitting(&last, extension);
    }
    fitting(&format!("{stem}{tail}"), extension)
}

fn is_contract(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".wsdl") || name.ends_with(".xsd")
}

/// `Service.svc` and `orders.wsdl` without what they end in; `v1.2` is no such end.
fn without_extension(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, end))
            if !stem.is_empty() && (2..=5).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphabetic()) =>
        {
            stem
        }
        _ => name,
    }
}

/// A name that can be a file everywhere, with an extension.
fn fitting(name: &str, extension: &str) -> String {
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, end)) if is_contract(name) && !stem.is_empty() => (stem, end.to_ascii_lowercase()),
        _ => (name, extension.to_owned()),
    };
    format!("{}.{extension}", cleaned(stem))
}

/// Letters, digits, `.`, `_` and `-`; not hidden, not a device of Windows, not too long.
fn cleaned(text: &str) -> String {
    const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];
    let mut out = String::new();
    for c in text.chars() {
        let c = if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
        if out.chars().count() < LONGEST && !(c == '_' && out.ends_with('_')) {
            out.push(c);
        }
    }
    let out = out.trim_matches(['.', '_', '-']);
    let first = out.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = (first.starts_with("com") || first.starts_with("lpt")) && first.len() == 4;
    match out {
        "" => "contract".to_owned(),
        _ if numbered || DEVICES.contains(&first.as_str()) => format!("x-{out}"),
        _ => out.to_owned(),
    }
}

/// The name, or the name with the first number that makes it free.
fn numbered(name: &str, free: impl Fn(&str) -> bool) -> String {
    if free(name) {
        return name.to_owned();
    }
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "xsd"));
    (2..).map(|n| format!("{stem}-{n}.{extension}")).find(|name| free(name)).expect("some number is free")
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    let pairs = format!("x={text}");
    url::form_urlencoded::parse(pairs.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or(text)
}

/// A name for the contract itself, from its address: what its folder and entry are called unless the user says.
pub(super) fn contract_name(shown: &str) -> String {
    use heck::ToKebabCase;
    let address = shown.split(['?', '#']).next().unwrap_or_default();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let mut parts = address.split('/');
    let host = parts.next().unwrap_or_default().split(':').next().unwrap_or_default().to_owned();
    let last = parts.rfind(|part| !part.is_empty() && !part.contains("${")).map(decoded);
    let name = last.as_deref().map(without_extension).unwrap_or(&host).to_kebab_case();
    if name.is_empty() { "contract".to_owned() } else { cleaned(&name) }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    fn document(address: &str, is_wsdl: bool) -> Document {
        Document {
            shown: address.to_owned(),
            redirected: None,
            from: Url::parse(address).expect("an address"),
            bytes: Vec::new(),
            is_wsdl,
            references: Vec::new(),
        }
    }

    #[test]
    fn names_from_addresses() {
        for (address, is_wsdl, expected) in [
            ("https://h/a/Service.svc?wsdl", true, "Service.wsdl"),
            ("https://h/a/Service.svc?singleWsdl", true, "Service.wsdl"),
            ("https://h/a/Service.svc?wsdl=wsdl0", true, "Service.wsdl0.wsdl"),
            ("https://h/a/Service.svc?xsd=xsd2", false, "Service.xsd2.xsd"),
            ("https://h/a/orders?xsd=1", false, "orders.xsd1.xsd"),
            ("https://h/a/orders?xsd=../../common/Types.xsd", false, "Types.xsd"),
            ("https://h/a/orders?WSDL=Orders.wsdl", true, "Orders.wsdl"),
            ("https://h/a/types.XSD", false, "types.xsd"),
            ("https://h/get.php?file=order&v=3", false, "get.order.3.xsd"),
            ("https://h/get.php?wsdl&token=***", true, "get.wsdl"),
            ("https://h:8080", true, "h.wsdl"),
            ("https://h/v1.2", true, "v1.2.wsdl"),
            ("https://h/con.xsd", false, "x-con.xsd"),
            ("https://h/%2e%2e%2fevil%00.xsd", false, "evil.xsd"),
            ("https://h/a%20b", false, "a_b.xsd"),
        ] {
            assert_eq!(name(&document(address, is_wsdl)), expected, "{address}");
        }
    }

    #[test]
    fn same_names_are_told_apart_and_neighbours_stay_together() {
        let documents = [
            document("https://h/v1/main.wsdl", true),
            document("https://h/v1/types.xsd", false),
            document("https://h/common/base.xsd", false),
            document("https://h/v2/types.xsd", false),
            document("https://h/v2/more.xsd", false),
            document("https://h/v1/Types.xsd?x=", false),
        ];
        let none = BTreeMap::new();
        let expected = ["main.wsdl", "types.xsd", "base.xsd", "v2/types.xsd", "v2/more.xsd", "Types-2.xsd"];
        assert_eq!(paths(&documents, &none), expected);
        // What was fetched before keeps its name, whatever comes first now.
        let known = BTreeMap::from([("https://h/v2/types.xsd", "types.xsd"), ("https://h/v1/main.wsdl", "main.wsdl")]);
        let again = paths(&documents, &known);
        assert_eq!((again[0].as_str(), again[3].as_str()), ("main.wsdl", "types.xsd"));
        assert_eq!(again[1], "v1/types.xsd");
    }

    #[test]
    fn names_of_contracts() {
        assert_eq!(contract_name("https://h/B2B/OrderService.svc?wsdl"), "order-service");
        assert_eq!(contract_name("https://api.example.com"), "api-example-com");
    }
}
