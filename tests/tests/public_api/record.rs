//! What of a crate's source others can name: a line for each item, member, method and implementation.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use quote::ToTokens;
use syn::{Attribute, Fields, ImplItem, Item, ItemImpl, Signature, Visibility};

/// The record of the crate with this root file and the files of its modules.
pub(crate) fn of_crate(root: &Path) -> BTreeSet<String> {
    let mut record = Record::default();
    record.file(root, "", root.parent().expect("a folder"));
    record.lines
}

/// The record of one file's source.
pub(crate) fn of_source(source: &str) -> BTreeSet<String> {
    let mut record = Record::default();
    record.items(&parse(source, "the source"), "", Path::new(""));
    record.lines
}

fn parse(source: &str, name: &str) -> Vec<Item> {
    syn::parse_file(source).unwrap_or_else(|error| panic!("{name}: {error}")).items
}

#[derive(Default)]
struct Record {
    lines: BTreeSet<String>,
}

impl Record {
    fn line(&mut self, path: &str, text: &str) {
        self.lines.insert(format!("{path}{text}"));
    }

    /// The items of a file; `folder` is where the files of its modules lie.
    fn file(&mut self, path: &Path, inside: &str, folder: &Path) {
        let source = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self.items(&parse(&source, &path.display().to_string()), inside, folder);
    }

    fn items(&mut self, items: &[Item], inside: &str, folder: &Path) {
        for item in items {
            match item {
                Item::Mod(module) if is_public(&module.vis) => {
                    let name = module.ident.to_string();
                    self.line(inside, &format!("{name}: mod{}", feature(&module.attrs)));
                    let (path, folder): (String, PathBuf) = (format!("{inside}{name}::"), folder.join(&name));
                    match &module.content {
                        Some((_, items)) => self.items(items, &path, &folder),
                        None => self.file(&folder.with_extension("rs"), &path, &folder),
                    }
                }
                Item::Struct(item) if is_public(&item.vis) => {
                    let hidden = item.fields.iter().any(|field| !is_public(&field.vis));
                    let mut traits = marks(&item.attrs);
                    if hidden {
                        traits.push_str(", hidden fields");
                    }
                    self.line(inside, &format!("{}{}: struct{traits}", item.ident, plain(&item.generics)));
                    for (at, field) in item.fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
                        let name = field.ident.as_ref().map_or_else(|| at.to_string(), ToString::to_string);
                        self.line(inside, &format!("{}.{name}: {}", item.ident, plain(&field.ty)));
                    }
                }
                Item::Enum(item) if is_public(&item.vis) => {
                    self.line(inside, &format!("{}{}: enum{}", item.ident, plain(&item.generics), marks(&item.attrs)));
                    for variant in &item.variants {
                        let fields = match &variant.fields {
                            Fields::Unit => String::new(),
                            Fields::Unnamed(fields) => plain(fields),
                            Fields::Named(fields) => format!(" {}", plain(fields)),
                        };
                        self.line(inside, &format!("{}::{}{fields}", item.ident, variant.ident));
                    }
                }
                Item::Static(item) if is_public(&item.vis) => {
                    self.line(inside, &format!("{}: {}", item.ident, plain(&item.ty)));
                }
                Item::Const(item) if is_public(&item.vis) => {
                    self.line(inside, &format!("{}: {}", item.ident, plain(&item.ty)));
                }
                Item::Type(item) if is_public(&item.vis) => {
                    self.line(inside, &format!("{}{} = {}", item.ident, plain(&item.generics), plain(&item.ty)));
                }
                Item::Trait(item) if is_public(&item.vis) => self.line(inside, &format!("{}: trait", item.ident)),
                Item::Use(item) if is_public(&item.vis) => self.line(inside, &plain(item)),
                Item::Fn(item) if is_public(&item.vis) => self.line(inside, &signature(&item.sig)),
                Item::Impl(item) => self.implementation(item, inside),
                // The runtime's `rt::record!(Name, SHAPE, [fields])` implements a trait.
                Item::Macro(item) if item.mac.path.segments.last().is_some_and(|last| last.ident == "record") => {
                    let name = item.mac.tokens.clone().into_iter().next();
                    self.line(inside, &format!("{}: rt::Value", name.map(|name| name.to_string()).unwrap_or_default()));
                }
                _ => {}
            }
        }
    }

    fn implementation(&mut self, item: &ItemImpl, inside: &str) {
        let of = plain(&item.self_ty);
        match &item.trait_ {
            Some((path, _)) => {
                let path = plain(path);
                self.line(inside, &format!("{of}: {path}"));
                for item in &item.items {
                    // What a trait's functions do is not told by their names; what its types are is.
                    if let ImplItem::Type(item) = item {
                        self.line(inside, &format!("{of}: {path}::{} = {}", item.ident, plain(&item.ty)));
                    }
                }
            }
            None => {
                let bare = of.split('<').next().unwrap_or_default();
                for item in &item.items {
                    if let ImplItem::Fn(item) = item
                        && is_public(&item.vis)
                    {
                        self.line(inside, &format!("{bare}::{}", signature(&item.sig)));
                    }
                }
            }
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn signature(signature: &Signature) -> String {
    plain(signature).trim_start_matches("fn ").to_owned()
}

/// What is derived, in order, and whether others may write or match it in full.
fn marks(attributes: &[Attribute]) -> String {
    let mut traits = BTreeSet::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let found = attribute.parse_nested_meta(|meta| {
            traits.insert(plain(&meta.path));
            Ok(())
        });
        found.expect("a list of paths");
    }
    let mut out: String = traits.iter().map(|name| format!(", {name}")).collect();
    if attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive")) {
        out.push_str(", non_exhaustive");
    }
    out
}

/// The cargo feature an item needs.
fn feature(attributes: &[Attribute]) -> String {
    let conditions = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let texts = conditions.map(|attribute| plain(&attribute.meta).replace(['"', '(', ')'], " "));
    texts.filter_map(|text| Some(format!(", feature {}", text.rsplit('=').next()?.trim()))).collect()
}

/// Tokens as people write them; without documentation.
fn plain(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let call = word.starts_with('(') && out.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '>'));
        let tight = out.is_empty()
            || word.starts_with([',', ';', ':', '>', ')', '<', '?', '.', ']'])
            || out.ends_with(['(', '<', '&', '[', '#'])
            || out.ends_with("::")
            || (call && !out.ends_with("->"));
        if !tight {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.replace(",)", ")")
}
