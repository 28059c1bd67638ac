//! The piece of a generated file that shows most in few lines.

use std::collections::BTreeMap;

use syn::{Item, ItemImpl, ReturnType, Type, visit_mut::VisitMut};

/// Lines of types shown for one contract.
const MOST_LINES: usize = 44;

/// Operations or elements of one contract that are looked at.
const MOST_TRIED: usize = 24;

/// Types by module (empty for the root) and name.
type Types = BTreeMap<(String, String), Item>;

/// An operation with what it takes and gives, or else a type with its entry point.
pub(super) fn of(text: &str) -> Option<String> {
    let mut file = syn::parse_file(text).expect("generated code is Rust");
    Bare.visit_file_mut(&mut file);
    let mut types = Types::new();
    let mut operations = BTreeMap::new();
    let mut methods = Vec::new();
    let mut elements = Vec::new();
    for item in &file.items {
        match item {
            Item::Mod(module) => {
                let name = module.ident.to_string();
                for item in module.content.iter().flat_map(|(_, items)| items) {
                    match item {
                        Item::Impl(block) => operations.extend(operation(block)),
                        Item::Static(entry) if name == "elements" => elements.push(entry.clone()),
                        item => declare(&mut types, &name, item),
                    }
                }
            }
            Item::Impl(block) if block.trait_.is_none() => methods.extend(calls(block)),
            item => declare(&mut types, "", item),
        }
    }
    let shown = methods
        .iter()
        .take(MOST_TRIED)
        .filter_map(|(client, method)| {
            let operation = operations.get(&marker(method)?)?;
            let mut picked = Vec::new();
            for ty in operation {
                follow(&types, "operations", ty, &mut picked);
            }
            let lines = lines(&types, &picked);
            // Empty requests and very long ones show little.
            Some((lines.abs_diff(MOST_LINES * 2 / 3), client, method, picked))
        })
        .min_by_key(|(distance, ..)| *distance);
    if let Some((_, client, method, picked)) = shown {
        let signature = print(Item::Impl(syn::parse_quote! { impl<T> #client<T> { #method } }));
        return Some(signature + &print_all(&types, &picked));
    }
    let entries = elements.iter().take(MOST_TRIED).filter_map(|entry| {
        let mut picked = Vec::new();
        follow(&types, "elements", &entry.ty, &mut picked);
        let lines = lines(&types, &picked);
        (!picked.is_empty()).then_some((lines.abs_diff(MOST_LINES * 2 / 3), entry, picked))
    });
    if let Some((_, entry, picked)) = entries.min_by_key(|(distance, ..)| *distance) {
        let module = print(Item::Mod(syn::parse_quote! { pub mod elements { #entry } }));
        return Some(module + &print_all(&types, &picked));
    }
    let first = types.keys().next()?.clone();
    Some(print_all(&types, &[first]))
}

/// Takes documentation away, and the bodies of functions.
struct Bare;

impl VisitMut for Bare {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.clear();
    }
}

fn declare(types: &mut Types, module: &str, item: &Item) {
    let name = match item {
        Item::Struct(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        _ => return,
    };
    types.insert((module.to_owned(), name.to_string()), item.clone());
}

/// The marker of an operation, with its request and what a call gives.
fn operation(block: &ItemImpl) -> Option<(String, Vec<Type>)> {
    let marker = last(&block.self_ty)?;
    let types: Vec<Type> = ["Input", "Output"]
        .iter()
        .filter_map(|wanted| {
            block.items.iter().find_map(|item| match item {
                syn::ImplItem::Type(it) if it.ident == wanted => Some(it.ty.clone()),
                _ => None,
            })
        })
        .collect();
    (types.len() == 2).then_some((marker, types))
}

/// The methods of a client that make a call.
fn calls(block: &ItemImpl) -> Vec<(syn::Ident, syn::ImplItemFn)> {
    let Some(client) = last(&block.self_ty) else { return Vec::new() };
    block
        .items
        .iter()
        .filter_map(|item| match item {
            syn::ImplItem::Fn(method) if marker(method).is_some() => {
                Some((syn::Ident::new(&client, proc_macro2::Span::call_site()), method.clone()))
            }
            _ => None,
        })
        .collect()
}

/// `X` of `-> rt::Call<'_, T, operations::X>`.
fn marker(method: &syn::ImplItemFn) -> Option<String> {
    let ReturnType::Type(_, ty) = &method.sig.output else { return None };
    let Type::Path(path) = ty.as_ref() else { return None };
    let call = path.path.segments.last().filter(|segment| segment.ident == "Call")?;
    let syn::PathArguments::AngleBracketed(arguments) = &call.arguments else { return None };
    match arguments.args.last()? {
        syn::GenericArgument::Type(ty) => last(ty),
        _ => None,
    }
}

fn last(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.segments.last().map(|segment| segment.ident.to_string())
}

/// Adds the type and what its fields are made of, nearest first, as long as there is room.
fn follow(types: &Types, from: &str, ty: &Type, picked: &mut Vec<(String, String)>) {
    let mut queue: std::collections::VecDeque<(String, String)> = named(types, from, ty).into();
    while let Some(key) = queue.pop_front() {
        if picked.contains(&key) {
            continue;
        }
        picked.push(key.clone());
        if picked.len() > 1 && lines(types, picked) > MOST_LINES {
            picked.pop();
            continue;
        }
        let fields: Vec<&Type> = match &types[&key] {
            Item::Struct(item) => item.fields.iter().map(|field| &field.ty).collect(),
            Item::Enum(item) => {
                item.variants.iter().flat_map(|variant| variant.fields.iter().map(|it| &it.ty)).collect()
            }
            _ => Vec::new(),
        };
        for field in fields {
            queue.extend(named(types, &key.0, field));
        }
    }
}

/// The generated types a type is made of, as seen from a module.
fn named(types: &Types, from: &str, ty: &Type) -> Vec<(String, String)> {
    let Type::Path(path) = ty else { return Vec::new() };
    let segments: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let names: Vec<&str> = segments.iter().map(String::as_str).collect();
    let module = match names.as_slice() {
        ["super", _] => "",
        ["super", module, _] | [module, _] => module,
        _ => from,
    };
    let mut out: Vec<(String, String)> = segments
        .last()
        .map(|name| (module.to_owned(), name.clone()))
        .filter(|key| types.contains_key(key))
        .into_iter()
        .collect();
    for segment in &path.path.segments {
        if let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments {
            for argument in &arguments.args {
                if let syn::GenericArgument::Type(inner) = argument {
                    out.extend(named(types, from, inner));
                }
            }
        }
    }
    out
}

fn lines(types: &Types, picked: &[(String, String)]) -> usize {
    print_all(types, picked).lines().count()
}

/// Items one by one, in their modules' order of appearance, each module once.
fn print_all(types: &Types, picked: &[(String, String)]) -> String {
    let mut out = String::new();
    for (module, name) in picked {
        let item = &types[&(module.clone(), name.clone())];
        out.push('\n');
        let path = if module.is_empty() { String::new() } else { format!("// in `{module}`\n") };
        out.push_str(&path);
        out.push_str(&print(item.clone()));
    }
    out
}

fn print(item: Item) -> String {
    let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
    prettyplease::unparse(&file).replace("> {}\n", ">;\n")
}
