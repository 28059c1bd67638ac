//! The codec generated from a contract, asked about many documents: one program for many contracts, since compiling is what costs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use bindery_codegen::model::Protocol;
use roxmltree::Document;

use super::side::Side;
use crate::corpus::compile::{self, Module};

/// A program with the bindings of several contracts in it.
#[derive(Debug)]
pub struct Program {
    path: PathBuf,
    folder: PathBuf,
    /// Modules that do not compile, with the first error.
    pub broken: BTreeMap<String, String>,
    /// What it was asked already.
    known: BTreeMap<Vec<String>, Said>,
    runs: usize,
}

/// What the program said of a job.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// `ok`, `error`, `panic`, or nothing if it died.
    pub result: String,
    /// Differences from the contract that were told: path and kind.
    pub drift: Vec<(String, String)>,
    /// More, or what is wrong.
    pub detail: String,
}

/// Something to ask the program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Job {
    /// `trip`, `strict`, `request` or `answer`.
    pub what: &'static str,
    /// The contract's module.
    pub module: String,
    /// The root, or operation and wire.
    pub key: String,
    /// The document.
    pub input: PathBuf,
    /// Where the other form goes.
    pub output: PathBuf,
    /// Of answers: status, media type, body.
    pub rest: Vec<String>,
}

impl Job {
    fn fields(&self) -> Vec<String> {
        let mut fields = vec![
            self.what.to_owned(),
            self.module.clone(),
            self.key.clone(),
            self.input.display().to_string(),
            self.output.display().to_string(),
        ];
        fields.extend(self.rest.iter().cloned());
        fields
    }
}

impl Program {
    /// Builds a program of contracts, by the names of their modules. What does not compile is left out.
    ///
    /// # Errors
    /// What the file system says, or a compiler that fails without naming a module.
    pub fn build(folder: &Path, name: &str, target: &Path, sides: &[(String, &Side)]) -> io::Result<Self> {
        let place = folder.join(name);
        let mut broken: BTreeMap<String, String> = BTreeMap::new();
        loop {
            let alive: Vec<&(String, &Side)> =
                sides.iter().filter(|(module, _)| !broken.contains_key(module)).collect();
            let modules: Vec<Module> =
                alive.iter().map(|(module, side)| Module { name: module.clone(), text: side.text.clone() }).collect();
            compile::write_crate(&place, name, &modules, Some(&main(&alive)))?;
            let manifest = place.join("Cargo.toml");
            let text = fs::read_to_string(&manifest)?;
            fs::write(
                &manifest,
                text.replace(
                    "[profile.dev]",
                    "http = { version = \"1\", default-features = false, features = [\"std\"] }\n\n[profile.dev]",
                ),
            )?;
            let compiled = compile::build(&place, target, &modules);
            if let Some(why) = compiled.broken {
                return Err(io::Error::other(why));
            }
            if compiled.errors.is_empty() {
                break;
            }
            broken.extend(compiled.errors);
        }
        Ok(Self { path: target.join("debug").join(name), folder: place, broken, known: BTreeMap::new(), runs: 0 })
    }

    /// Asks; what was asked before is not asked again. Headers: module, key and document.
    ///
    /// # Errors
    /// What the file system says.
    pub fn ask(&mut self, jobs: &[Job], headers: &[(String, String, PathBuf)]) -> io::Result<Vec<Said>> {
        let mut new: Vec<Vec<String>> =
            jobs.iter().map(Job::fields).filter(|fields| !self.known.contains_key(fields)).collect();
        new.sort();
        new.dedup();
        let mut first = 0;
        // A program that dies (its stack overflows, say) goes on behind the job it died of.
        while first < new.len() {
            let mut list = String::new();
            for (module, key, path) in headers {
                let _ = writeln!(list, "header\t{module}\t{key}\t{}", path.display());
            }
            for (index, fields) in new.iter().enumerate().skip(first) {
                let _ = writeln!(list, "{index}\t{}", fields.join("\t"));
            }
            let path = self.folder.join(format!("list-{}.tsv", self.runs));
            self.runs += 1;
            fs::write(&path, list)?;
            let output = Command::new(&self.path).arg(&path).output()?;
            for line in String::from_utf8_lossy(&output.stdout).lines() {
                let field: Vec<&str> = line.split('\t').collect();
                let [index, result, drift, detail] = field.as_slice() else { continue };
                let Some(fields) = index.parse::<usize>().ok().and_then(|index| new.get(index)) else { continue };
                first = first.max(index.parse::<usize>().unwrap_or_default() + 1);
                let drift = drift.split('|').filter_map(|item| item.split_once('='));
                let said = Said {
                    result: (*result).to_owned(),
                    drift: drift.map(|(path, kind)| (path.to_owned(), kind.to_owned())).collect(),
                    detail: (*detail).to_owned(),
                };
                self.known.insert(fields.clone(), said);
            }
            if output.status.success() {
                break;
            }
            first += 1;
        }
        Ok(jobs.iter().map(|job| self.known.get(&job.fields()).cloned().unwrap_or_default()).collect())
    }
}

/// The program's own part: what each module can do.
fn main(sides: &[&(String, &Side)]) -> String {
    let mut out = String::from(include_str!("harness.rs"));
    for (module, side) in sides {
        let _ = writeln!(out, "\nfn build_{module}() -> Module {{\n    let mut module = Module::default();");
        of_module(&mut out, module, side);
        out.push_str("    module\n}\n");
    }
    out.push_str("\nfn main() {\n    let mut modules = BTreeMap::new();\n");
    for (module, _) in sides {
        let _ = writeln!(out, "    modules.insert({module:?}, build_{module}());");
    }
    out.push_str("    drive(&modules);\n}\n");
    out
}

fn of_module(out: &mut String, module: &str, side: &Side) {
    let root = |ty: &str, name: &str| format!("rt::Root::<{ty}>::new({name}, true)");
    let mut add = |key: &str, ty: &str, name: &str| {
        let _ = writeln!(out, "    module.roots.insert({key:?}, Box::new({}));", root(ty, name));
    };
    for element in &side.plan.elements {
        let name = bindery_codegen::model::QName::new(side.ns(&element.name), element.name.local.clone());
        add(&format!("element/{name}"), &side.ty(&element.ty, module), &side.name(&element.name));
    }
    for (at, service) in side.plan.services.iter().enumerate() {
        for operation in &service.operations {
            let key = |what: &str| format!("{at}.{}/{what}", operation.name);
            let marker = format!("{module}::{}::{}", service.module, operation.marker);
            add(&key("in"), &format!("<{marker} as rt::Operation>::Input"), &side.name(&operation.input_name));
            if let Some(output) = &operation.output_name {
                add(&key("out"), &format!("<{marker} as rt::Operation>::Reply"), &side.name(output));
            }
            for (_, name, ty) in operation.detail.iter().flat_map(|detail| &detail.variants) {
                add(&key(&format!("fault/{}", name.local)), &side.ty(ty, module), &side.name(name));
            }
            for header in
                service.headers.iter().filter(|header| operation.headers.iter().any(|(name, _)| *name == header.name))
            {
                add(
                    &key(&format!("header/{}", header.name.local)),
                    &side.ty(&header.ty, module),
                    &side.name(&header.name),
                );
            }
        }
    }
    for (at, service) in side.plan.services.iter().enumerate() {
        for operation in service.operations.iter().filter(|operation| !operation.input_name.local.is_empty()) {
            for route in &operation.routes {
                let binding = &service.bindings[route.binding];
                if matches!(binding.protocol, Protocol::XmlRpc { .. }) {
                    continue;
                }
                let marker = format!("{module}::{}::{}", service.module, operation.marker);
                let _ = writeln!(
                    out,
                    "    module.calls.insert(\"{at}.{}@{}\", Box::new(Operation::<{marker}>(|text, headers, go| {{\n        \
                     #[allow(unused_mut)]\n        let mut client = {module}::{}::with((), settings({}).binding(&{module}::{}));",
                    operation.name,
                    route.binding,
                    service.client,
                    takes_credentials(&binding.protocol),
                    binding.ident
                );
                for header in &service.headers {
                    if operation.headers.iter().any(|(name, _)| *name == header.name) {
                        let _ = writeln!(
                            out,
                            "        if let Some(text) = headers.get(\"{at}.{}/header/{}\") {{\n            \
                             client.{}({}.read(text).map_err(|error| format!(\"header: {{error}}\"))?);\n        }}",
                            operation.name,
                            header.name.local,
                            header.method,
                            root(&side.ty(&header.ty, module), &side.name(&header.name))
                        );
                    }
                }
                let _ = writeln!(
                    out,
                    "        let _ = headers;\n        let input = {}.read(text).map_err(|error| format!(\"input: {{error}}\"))?;\n        \
                     go(client.{}(input), client.client());\n        Ok(())\n    }})));",
                    root(&format!("<{marker} as rt::Operation>::Input"), &side.name(&operation.input_name)),
                    operation.method
                );
            }
        }
    }
}

/// Whether a wire says how it takes credentials; elsewhere giving them is an error.
fn takes_credentials(protocol: &Protocol) -> bool {
    match protocol {
        Protocol::Soap { security, .. } => security.username_token,
        Protocol::Plain { basic } => *basic,
        Protocol::Http | Protocol::XmlRpc { .. } => false,
    }
}

/// What a document has that its other form lacks, or the other way round, and nobody told. `None`: nothing.
///
/// Elements and attributes are told apart by their path of local names, and values by what they mean where that is plain (numbers).
/// What is nil holds nothing, so it may as well be absent. An empty element with a default means the default.
pub fn lost(before: &str, after: &str, drift: &[(String, String)], defaults: &Defaults) -> Option<String> {
    let (Ok(before), Ok(after)) = (Document::parse(before), Document::parse(after)) else {
        return Some("not well-formed".to_owned());
    };
    let (mut before, mut after) = (inventory(&before, defaults), inventory(&after, defaults));
    before.sort();
    after.sort();
    let told = |path: &str| {
        drift.iter().any(|(place, _)| {
            let place = without_numbers(place);
            path == place || path.strip_prefix(&place).is_some_and(|rest| rest.starts_with(['/', '=', '#']))
        })
    };
    let missing = |of: &[(String, String)], from: &[(String, String)]| {
        let mut rest = from.to_vec();
        of.iter().find_map(|item| match rest.iter().position(|other| other == item) {
            Some(index) => {
                rest.swap_remove(index);
                None
            }
            None => (!told(&item.0)).then(|| format!("{} {}", item.0, item.1)),
        })
    };
    missing(&before, &after)
        .map(|item| format!("lost {item}"))
        .or_else(|| missing(&after, &before).map(|item| format!("made up {item}")))
}

/// Elements that have a default, by local name, and what it is.
pub type Defaults = BTreeMap<String, String>;

/// Paths with their values.
fn inventory(document: &Document<'_>, defaults: &Defaults) -> Vec<(String, String)> {
    const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
    let mut items = Vec::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let is_nil = |node: roxmltree::Node<'_, '_>| matches!(node.attribute((XSI, "nil")), Some("true" | "1"));
        if node.ancestors().any(|node| node.is_element() && is_nil(node)) {
            continue;
        }
        let mut names: Vec<&str> =
            node.ancestors().filter(roxmltree::Node::is_element).map(|node| node.tag_name().name()).collect();
        names.reverse();
        let path = format!("/{}", names.join("/"));
        for attribute in node.attributes().filter(|attribute| attribute.namespace() != Some(XSI)) {
            items.push((format!("{path}/@{}", attribute.name()), meaning(attribute.value())));
        }
        let text: String = node.children().filter(roxmltree::Node::is_text).filter_map(|child| child.text()).collect();
        items.push((path.clone(), node.tag_name().namespace().unwrap_or_default().to_owned()));
        // An empty text says no more than the element itself, unless a default stands for it.
        let default = defaults.get(node.tag_name().name()).filter(|_| text.is_empty() && !node.has_children());
        let text = default.unwrap_or(&text);
        if !text.trim().is_empty() {
            items.push((format!("{path}#"), meaning(text)));
        }
    }
    items
}

/// A value without the liberties of its spelling.
fn meaning(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.parse::<f64>() {
        // Digits that a double does not hold are compared as they stand.
        Ok(number) if text.len() < 15 || text.contains(['E', 'e']) => format!("{number:e}"),
        _ => text,
    }
}

fn without_numbers(path: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in path.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_are_found_unless_told() {
        let told = |path: &str| vec![(path.to_owned(), "x".to_owned())];
        let none = Defaults::new();
        assert_eq!(lost("<a><b>1.0</b><c/></a>", "<a><c/><b>1</b></a>", &[], &none), None);
        assert!(lost("<a><b>1</b></a>", "<a><b>2</b></a>", &[], &none).unwrap().starts_with("lost /a/b#"));
        assert!(lost("<a><b/></a>", "<a/>", &[], &none).is_some());
        assert_eq!(lost("<a><b><c>1</c></b></a>", "<a/>", &told("/a/b[2]"), &none), None);
        assert!(lost("<a><bc/></a>", "<a/>", &told("/a/b"), &none).is_some());
        assert!(lost("<a/>", "<a d='1'/>", &[], &none).unwrap().starts_with("made up"));
        let nil = "<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><b i:nil='true'/></a>";
        assert_eq!(lost(nil, "<a/>", &[], &none), None);
        let defaults = Defaults::from([("b".to_owned(), "42".to_owned())]);
        assert_eq!(lost("<a><b/></a>", "<a><b>42</b></a>", &[], &defaults), None);
        assert!(lost("<a><b/></a>", "<a><b>41</b></a>", &[], &defaults).is_some());
    }
}
