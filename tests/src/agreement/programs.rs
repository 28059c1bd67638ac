//! Programs written against the bindings of a contract, the way its users write them.
//!
//! Everything is used once: each type is built by a literal with every field, as the README does, and by `Default` where that
//! exists; each field is read as the type it has; each enum is matched without a `_` arm, as a user may; each method is called, each
//! header set, each wire chosen, each entry point read.

use std::fmt::Write as _;

use bindery_codegen::plan::{Item, ItemKind, RustType};

use super::side::Side;

/// The program, for bindings that are in the crate's module of this name.
pub fn program(side: &Side, module: &str) -> String {
    let api = format!("crate::{module}");
    let mut out = String::from("use bindery_runtime as rt;\n\n");
    for (number, item) in side.plan.items.iter().enumerate() {
        of_item(&mut out, side, &api, number, item);
    }
    of_services(&mut out, side, &api);
    for (number, element) in side.plan.elements.iter().enumerate() {
        let ty = side.ty(&element.ty, &api);
        let _ = writeln!(
            out,
            "pub fn element_{number}(text: &str) -> ::std::option::Option<{ty}> {{\n    {api}::elements::{}.read(text).ok()\n}}\n",
            element.ident
        );
    }
    out
}

fn of_item(out: &mut String, side: &Side, api: &str, number: usize, item: &Item) {
    let path = side.path(item.module, &item.ident, api);
    match &item.kind {
        ItemKind::Record(record) => {
            let arguments: Vec<String> = record
                .fields
                .iter()
                .enumerate()
                .map(|(index, field)| format!("a{index}: {}", side.ty(&field.ty, api)))
                .collect();
            let fields: Vec<String> =
                record.fields.iter().enumerate().map(|(index, field)| format!("{}: a{index}", field.ident)).collect();
            let _ = writeln!(
                out,
                "pub fn build_{number}({}) -> {path} {{\n    {path} {{ {} }}\n}}\n",
                arguments.join(", "),
                fields.join(", ")
            );
            let _ = writeln!(out, "pub fn read_{number}(value: &{path}) {{\n    let _ = value;");
            for field in &record.fields {
                let _ = writeln!(out, "    let _: &{} = &value.{};", side.ty(&field.ty, api), field.ident);
            }
            out.push_str("}\n\n");
            if record.default {
                let _ = writeln!(
                    out,
                    "pub fn default_{number}() -> {path} {{\n    ::std::default::Default::default()\n}}\n"
                );
            }
        }
        ItemKind::Choice(choice) => {
            let arms: Vec<(&str, String)> =
                choice.variants.iter().map(|variant| (variant.ident.as_str(), side.ty(&variant.ty, api))).collect();
            matched(out, &path, number, &arms);
            for (index, (variant, ty)) in arms.iter().enumerate() {
                let _ = writeln!(
                    out,
                    "pub fn choose_{number}_{index}(value: {ty}) -> {path} {{\n    {path}::{variant}(value)\n}}\n"
                );
            }
        }
        // Only contracts of thousands of types have one; none of those changed here has.
        ItemKind::Open(_) => {}
        ItemKind::Enumeration(enumeration) => {
            let values: Vec<&str> = enumeration.values.iter().map(|value| value.ident.as_str()).collect();
            enumerated(out, &path, number, &values, enumeration.unknown.as_deref(), "::std::string::String");
        }
        ItemKind::Coded(coded) => {
            let values: Vec<&str> = coded.values.iter().map(|value| value.ident.as_str()).collect();
            enumerated(out, &path, number, &values, coded.unknown.as_deref(), "i64");
        }
    }
}

/// A match over variants that hold a value each.
fn matched(out: &mut String, path: &str, number: usize, arms: &[(&str, String)]) {
    let _ = writeln!(out, "pub fn match_{number}(value: &{path}) {{\n    match value {{");
    for (variant, ty) in arms {
        let _ = writeln!(out, "        {path}::{variant}(value) => {{\n            let _: &{ty} = value;\n        }}");
    }
    out.push_str("    }\n}\n\n");
}

fn enumerated(out: &mut String, path: &str, number: usize, values: &[&str], unknown: Option<&str>, ty: &str) {
    let _ = writeln!(out, "pub fn match_{number}(value: &{path}) -> usize {{\n    match value {{");
    for (index, value) in values.iter().enumerate() {
        let _ = writeln!(out, "        {path}::{value} => {index},");
    }
    if let Some(unknown) = unknown {
        let _ = writeln!(
            out,
            "        {path}::{unknown}(value) => {{\n            let _: &{ty} = value;\n            {}\n        }}",
            values.len()
        );
    }
    out.push_str("    }\n}\n\n");
}

fn of_services(out: &mut String, side: &Side, api: &str) {
    for (at, service) in side.plan.services.iter().enumerate() {
        let client = format!("{api}::{}", service.client);
        for binding in &service.bindings {
            let _ = writeln!(
                out,
                "pub fn wire_{at}_{}(settings: rt::Settings) -> rt::Settings {{\n    settings.binding(&{api}::{})\n}}\n",
                binding.ident.to_lowercase(),
                binding.ident
            );
        }
        for (number, header) in service.headers.iter().enumerate() {
            let _ = writeln!(
                out,
                "pub fn header_{at}_{number}<T>(client: &mut {client}<T>, header: {}) {{\n    client.{}(header);\n}}\n",
                side.ty(&header.ty, api),
                header.method
            );
        }
        for (number, operation) in service.operations.iter().enumerate() {
            let marker = format!("{api}::{}::{}", service.module, operation.marker);
            let (input, output) = (side.ty(&operation.input, api), side.ty(&operation.output, api));
            let _ = writeln!(
                out,
                "pub fn call_{at}_{number}<T: rt::Transport>(client: &{client}<T>, input: {input}) -> \
                 ::std::result::Result<{output}, rt::CallError<{marker}>> {{\n    client.{}(input).send()\n}}\n",
                operation.method
            );
            if let Some(code) = &operation.code {
                let _ = writeln!(
                    out,
                    "pub fn codes_{at}_{number}(error: &rt::CallError<{marker}>) -> ::std::option::Option<&{}> {{\n    \
                     error.codes().first().map(|(code, _)| code)\n}}\n",
                    side.ty(code, api)
                );
            }
            if let Some(detail) = &operation.detail {
                let path = format!("{api}::{}::{}", service.module, detail.ident);
                let _ = writeln!(
                    out,
                    "pub fn detail_{at}_{number}(error: &rt::CallError<{marker}>) {{\n    match error.detail() {{\n        \
                     ::std::option::Option::None => {{}}"
                );
                for (variant, _, ty) in &detail.variants {
                    let ty = side.ty(&RustType::Boxed(Box::new(ty.clone())), api);
                    let _ = writeln!(
                        out,
                        "        ::std::option::Option::Some({path}::{variant}(value)) => {{\n            let _: &{ty} = value;\n        }}"
                    );
                }
                out.push_str("    }\n}\n\n");
            }
        }
    }
}
