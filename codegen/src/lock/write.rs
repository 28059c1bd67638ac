//! A lock as text.

use std::fmt::Write;

use super::{Lock, LockedFile, VERSION};

const HEAD: &str = "\
# Files read and names given out. Written by `bindery`; commit it, and after a merge keep the lines of both sides.
# Deleting the line of a name lets the next run choose anew.
";

pub(super) fn text(lock: &Lock) -> String {
    let mut out = format!("{HEAD}version = {VERSION}\n");
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    if !lock.files.is_empty() {
        line("\n[files]".to_owned());
        for (path, file) in &lock.files {
            line(format!("{} = {{ {} }}", quoted(path), facts(file)));
        }
    }
    for (path, file) in lock.files.iter().filter(|(_, file)| !file.locations.is_empty()) {
        line(format!("\n[locations.{}]", quoted(path)));
        for (location, target) in &file.locations {
            line(format!("{} = {}", quoted(location), quoted(target)));
        }
    }
    for (entry, names) in &lock.names {
        for (namespace, names) in names.0.iter().filter(|(_, names)| !names.is_empty()) {
            line(format!("\n[names.{}.{}]", quoted(entry), quoted(namespace)));
            for (key, name) in names {
                line(format!("{} = {}", quoted(key), quoted(name)));
            }
        }
    }
    out
}

fn facts(file: &LockedFile) -> String {
    let mut out = format!("sha256 = {}, size = {}", quoted(&file.sha256), file.size);
    for (key, value) in [("url", &file.url), ("redirected", &file.redirected), ("fetched", &file.fetched)] {
        if let Some(value) = value {
            let _ = write!(out, ", {key} = {}", quoted(value));
        }
    }
    out
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
