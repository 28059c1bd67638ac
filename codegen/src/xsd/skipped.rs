//! What a schema says and generated code does not act on: told once per document, with the first place.

use roxmltree::Node;

use super::codes;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Tree;

/// A kind of construct that is passed over.
struct Kind {
    code: &'static str,
    /// One of them, and several.
    words: [&'static str; 2],
    consequence: &'static str,
}

const IDENTITY: Kind = Kind {
    code: codes::IDENTITY,
    words: ["identity constraint (`key`, `keyref`, `unique`)", "identity constraints (`key`, `keyref`, `unique`)"],
    consequence: "nothing checks that such values are there, or differ, or refer to one another",
};
const NOTATION: Kind = Kind {
    code: codes::NOTATION,
    words: ["notation", "notations"],
    consequence: "their identifiers are in no generated type, and values are names like any other",
};

/// Notes for one schema document. `nodes` are those of XML Schema in it.
pub(super) fn remark(tree: &Tree<'_, '_>, nodes: &[Node<'_, '_>], diagnostics: &mut Diagnostics) {
    let mut found: [(Kind, usize, Option<Node<'_, '_>>); 2] = [(IDENTITY, 0, None), (NOTATION, 0, None)];
    for node in nodes {
        let kind = match node.tag_name().name() {
            "key" | "keyref" | "unique" => 0,
            "notation" => 1,
            _ => continue,
        };
        let (_, count, first) = &mut found[kind];
        *count += 1;
        first.get_or_insert(*node);
    }
    for (kind, count, first) in found {
        if let Some(first) = first {
            let [one, several] = kind.words;
            let what = if count == 1 {
                format!("1 {one} is not acted on")
            } else {
                format!("{count} {several} are not acted on")
            };
            let note = Diagnostic::note(kind.code, format!("{what}: {}", kind.consequence));
            diagnostics.push(note.at(tree.span(first), if count == 1 { "here" } else { "the first one" }));
        }
    }
}
