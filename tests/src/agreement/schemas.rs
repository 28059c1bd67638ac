//! What a strict server takes: libxml2's word on messages, with the schemas of a WSDL as files of their own.
//!
//! Requests are judged by another implementation than ours, since it is other people's servers that read them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use bindery_codegen::model::{Content, Model, ParticleKind, QName, TypeKind};

use super::edit::{self, Edit, XSD, Xml, escape, is_xsd};

/// Puts schemas beside a contract's files that a validator can start from, and says from which. The model is the one as read.
///
/// # Errors
/// What the file system says, or a file that is no XML.
pub fn write(folder: &Path, files: &[(String, String)], model: &Model) -> io::Result<PathBuf> {
    let Some((root, _)) = files.first() else { return Err(io::Error::other("a contract without files")) };
    if root.ends_with(".xsd") {
        return Ok(folder.join(root));
    }
    // Schemas by namespace: those in WSDL files, and those of rpc operations, which nobody wrote.
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut inline = Vec::new();
    for (name, text) in files {
        let xml = Xml::parse(text).map_err(io::Error::other)?;
        if is_xsd(xml.document.root_element(), "schema") {
            continue;
        }
        for (number, schema) in xml.schema("schema").enumerate() {
            let ns = schema.attribute("targetNamespace").unwrap_or_default().to_owned();
            let file = format!("{name}.{number}.xsd");
            groups.entry(ns).or_default().push(file.clone());
            inline.push((name.clone(), schema.id(), file));
        }
    }
    for (ns, text) in rpc(model) {
        let file = format!("rpc-{}.xsd", groups.len());
        fs::write(folder.join(&file), text)?;
        groups.entry(ns).or_default().push(file);
    }
    let group = |ns: &str| groups.keys().position(|known| known == ns).map(|index| format!("group-{index}.xsd"));
    for (name, text) in files {
        let xml = Xml::parse(text).map_err(io::Error::other)?;
        for (_, id, file) in inline.iter().filter(|(owner, ..)| owner == name) {
            let Some(schema) = xml.document.get_node(*id) else { continue };
            fs::write(folder.join(file), alone(&xml, schema, &group))?;
        }
    }
    let mut all = format!("<xs:schema xmlns:xs=\"{XSD}\">");
    for (ns, files) in &groups {
        let mut text = format!("<xs:schema xmlns:xs=\"{XSD}\"");
        if !ns.is_empty() {
            let _ = write!(text, " targetNamespace=\"{}\"", escape(ns));
        }
        text.push('>');
        for file in files {
            let _ = write!(text, "<xs:include schemaLocation=\"{file}\"/>");
        }
        text.push_str("</xs:schema>");
        let file = group(ns).unwrap_or_default();
        fs::write(folder.join(&file), text)?;
        let _ = if ns.is_empty() {
            write!(all, "<xs:include schemaLocation=\"{file}\"/>")
        } else {
            write!(all, "<xs:import namespace=\"{}\" schemaLocation=\"{file}\"/>", escape(ns))
        };
    }
    all.push_str("</xs:schema>");
    let path = folder.join("all-schemas.xsd");
    fs::write(&path, all)?;
    Ok(path)
}

/// A schema of a WSDL as a file: with the prefixes that are declared around it, and imports that find their files.
fn alone(xml: &Xml<'_>, schema: roxmltree::Node<'_, '_>, group: &dyn Fn(&str) -> Option<String>) -> String {
    let start = schema.range().start;
    let tag = xml.start_tag(schema);
    let name_end = tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(tag.len());
    let mut declared = String::new();
    for ns in schema.namespaces() {
        let written = ns.name().map_or_else(|| "xmlns=".to_owned(), |prefix| format!("xmlns:{prefix}="));
        if ns.name() != Some("xml") && !tag.contains(&written) {
            let _ = write!(declared, " {written}\"{}\"", escape(ns.uri()));
        }
    }
    let mut edits = vec![Edit::insert(name_end, declared)];
    for import in schema.children().filter(|node| is_xsd(*node, "import")) {
        let ns = import.attribute("namespace").unwrap_or_default();
        let here = |edit: Edit| Edit { range: edit.range.start - start..edit.range.end - start, with: edit.with };
        if ns == XSD {
            edits.push(here(Edit::remove(import.range())));
        } else if let Some(file) = group(ns) {
            edits.push(here(xml.set(import, "schemaLocation", Some(&file))));
        }
    }
    edit::apply(xml.outer(schema), &edits)
}

/// Schemas of the wrappers that rpc operations have.
fn rpc(model: &Model) -> BTreeMap<String, String> {
    let mut by_ns: BTreeMap<String, String> = BTreeMap::new();
    let operations = model.services.iter().flat_map(|service| &service.operations);
    let messages = operations.flat_map(|operation| [Some(&operation.input), operation.output.as_ref()]);
    let mut seen: Vec<&QName> = Vec::new();
    for message in messages.flatten() {
        let known =
            model.elements.iter().any(|element| element.name == message.element) || seen.contains(&&message.element);
        let TypeKind::Complex(complex) = &model[message.ty].kind else { continue };
        if known || message.element.local.is_empty() {
            continue;
        }
        seen.push(&message.element);
        let mut parts = String::new();
        if let Content::Particles(particle) = &complex.content
            && let ParticleKind::Sequence(items) = &particle.kind
        {
            for item in items {
                let ParticleKind::Element(part) = &item.kind else { continue };
                let Some(ty) = model[part.ty].name.given() else { continue };
                let form = if part.name.ns.is_empty() { "unqualified" } else { "qualified" };
                let _ = write!(
                    parts,
                    "<xs:element name=\"{}\" form=\"{form}\" nillable=\"{}\" minOccurs=\"{}\" type=\"t:{}\" xmlns:t=\"{}\"/>",
                    part.name.local,
                    part.nillable,
                    item.occurs.min,
                    ty.local,
                    escape(&ty.ns)
                );
            }
        }
        let _ = write!(
            by_ns.entry(message.element.ns.to_string()).or_default(),
            "<xs:element name=\"{}\"><xs:complexType><xs:sequence>{parts}</xs:sequence></xs:complexType></xs:element>",
            message.element.local
        );
    }
    let imports: Vec<String> =
        model.types.iter().filter_map(|ty| ty.name.given()).map(|name| name.ns.to_string()).collect();
    for (ns, text) in &mut by_ns {
        let mut others: Vec<&String> =
            imports.iter().filter(|other| *other != ns && *other != XSD && !other.is_empty()).collect();
        others.sort();
        others.dedup();
        let imports: String = others.iter().map(|ns| format!("<xs:import namespace=\"{}\"/>", escape(ns))).collect();
        *text = format!("<xs:schema xmlns:xs=\"{XSD}\" targetNamespace=\"{}\">{imports}{text}</xs:schema>", escape(ns));
    }
    by_ns
}

/// What the validator says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// By document: nothing, or the first thing wrong with it.
    Documents(Vec<Option<String>>),
    /// The schema is none.
    NoSchema(String),
    /// There is no validator, or it failed.
    Silent,
}

/// Holds documents against a schema.
pub fn validate(schema: &Path, documents: &[PathBuf]) -> Word {
    if documents.is_empty() {
        return Word::Documents(Vec::new());
    }
    let Some(said) = schema.parent().map(|folder| folder.join("said.txt")) else { return Word::Silent };
    let Ok(file) = File::create(&said) else { return Word::Silent };
    let status = Command::new("timeout")
        .args(["20", "xmllint", "--noout", "--nonet", "--schema"])
        .arg(schema)
        .args(documents)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(file)
        .status();
    let (Ok(status), Ok(text)) = (status, fs::read_to_string(&said)) else { return Word::Silent };
    match status.code() {
        Some(5) => Word::NoSchema(text.lines().next().unwrap_or_default().to_owned()),
        Some(0 | 1 | 3 | 4) => {
            let mut wrong: BTreeMap<&str, &str> = BTreeMap::new();
            for line in text.lines() {
                if let Some((path, why)) = line.split_once(".xml:") {
                    wrong.entry(path).or_insert(why);
                }
            }
            let fails: Vec<&str> = text.lines().filter_map(|line| line.strip_suffix(" fails to validate")).collect();
            let word = |path: &PathBuf| {
                let path = path.to_string_lossy();
                let stem = path.trim_end_matches(".xml");
                match wrong.get(stem) {
                    Some(why) => Some((*why).to_owned()),
                    None => fails.contains(&&*path).then(|| "fails to validate".to_owned()),
                }
            };
            Word::Documents(documents.iter().map(word).collect())
        }
        _ => Word::Silent,
    }
}
