//! Rust paths that the settings give: of types of the caller's, and of traits to derive.

use crate::diagnostic::{Diagnostic, Diagnostics};

use super::{PlanOptions, is_identifier};

/// Refuses what is no path. Emitting takes a path apart and could only stop at what is none.
pub(super) fn check(options: &PlanOptions, diagnostics: &mut Diagnostics) {
    for path in options.derives.iter().filter(|path| !is_path(path)) {
        let message = format!("`{path}` in `derives` is no path of a trait");
        diagnostics.push(
            Diagnostic::error("E0609", message).with_help("write it as in `#[derive(…)]`: `Hash`, `shown::Show`"),
        );
    }
    for (wire, path) in &options.externs {
        // Generated modules lie below somebody else's: only a path from a root means the same in all of them.
        if !is_path(path) || !path.trim_start_matches("::").contains("::") {
            let message = format!("`{path}`, the external type for `{wire}`, is no path of a type from a crate's root");
            let help = "write `crate::Money` for a type of your own crate, `prices::Money` for one of another";
            diagnostics.push(Diagnostic::error("E0609", message).with_help(help));
        }
    }
}

/// The path as it stands anywhere in a generated file: one of another crate begins with `::`, so that no module of the file
/// takes its place.
pub(super) fn rooted(path: &str) -> String {
    if path.starts_with("crate::") || path.starts_with("::") { path.to_owned() } else { format!("::{path}") }
}

fn is_path(text: &str) -> bool {
    let inner = text.strip_prefix("::").or_else(|| text.strip_prefix("crate::")).unwrap_or(text);
    inner.split("::").all(is_identifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_from_a_root_stand_for_types() {
        let refused = |derive: &str, path: &str| {
            let mut diagnostics = Diagnostics::default();
            let options = PlanOptions {
                derives: vec![derive.to_owned()],
                externs: vec![("Money".to_owned(), path.to_owned())],
                ..PlanOptions::default()
            };
            check(&options, &mut diagnostics);
            diagnostics.iter().count()
        };
        for path in ["crate::Money", "::prices::Money", "prices::r#type::Money"] {
            assert_eq!(refused("shown::Show", path), 0, "{path}");
        }
        for path in ["", "Money", "::Money", "crate", "a::", "a::b c", "a::B<u8>", "super::Money", "a::B; fn x() {}"] {
            assert_eq!(refused("Eq", path), 1, "{path}");
        }
        for derive in ["", "De bug", "Eq, Ord", "Eq)]"] {
            assert_eq!(refused(derive, "a::B"), 1, "{derive}");
        }
    }
}
