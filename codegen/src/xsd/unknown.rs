//! Attributes that XML Schema does not have: slips like `typ` for `type`, which would change what is meant without a word.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::source::{Span, Tree};

/// The attributes of each element, of XML Schema 1.0 and 1.1; `id` is everybody's. None for elements it does not have.
fn attributes(element: &str) -> Option<&'static [&'static str]> {
    Some(match element {
        "schema" => &[
            "targetNamespace",
            "elementFormDefault",
            "attributeFormDefault",
            "blockDefault",
            "finalDefault",
            "version",
            "defaultAttributes",
            "xpathDefaultNamespace",
        ],
        "import" => &["namespace", "schemaLocation"],
        "include" | "redefine" | "override" => &["schemaLocation"],
        "element" => &[
            "name",
            "ref",
            "type",
            "minOccurs",
            "maxOccurs",
            "default",
            "fixed",
            "nillable",
            "form",
            "substitutionGroup",
            "abstract",
            "final",
            "block",
            "targetNamespace",
        ],
        "attribute" => &["name", "ref", "type", "use", "default", "fixed", "form", "targetNamespace", "inheritable"],
        "complexType" => &["name", "mixed", "abstract", "final", "block", "defaultAttributesApply"],
        "simpleType" => &["name", "final"],
        "complexContent" => &["mixed"],
        "extension" | "restriction" => &["base"],
        "list" => &["itemType"],
        "union" => &["memberTypes"],
        "all" | "choice" | "sequence" => &["minOccurs", "maxOccurs"],
        "group" => &["name", "ref", "minOccurs", "maxOccurs"],
        "attributeGroup" => &["name", "ref"],
        "any" => &["namespace", "processContents", "minOccurs", "maxOccurs", "notNamespace", "notQName"],
        "anyAttribute" => &["namespace", "processContents", "notNamespace", "notQName"],
        "unique" | "key" => &["name", "ref"],
        "keyref" => &["name", "refer", "ref"],
        "selector" | "field" => &["xpath", "xpathDefaultNamespace"],
        "notation" => &["name", "public", "system"],
        "simpleContent" | "annotation" => &[],
        "appinfo" | "documentation" => &["source"],
        "assert" | "assertion" => &["test", "xpathDefaultNamespace"],
        "alternative" => &["test", "type", "xpathDefaultNamespace"],
        "openContent" => &["mode"],
        "defaultOpenContent" => &["mode", "appliesToEmpty"],
        "length" | "minLength" | "maxLength" | "pattern" | "enumeration" | "whiteSpace" | "minInclusive"
        | "maxInclusive" | "minExclusive" | "maxExclusive" | "totalDigits" | "fractionDigits" | "explicitTimezone" => {
            &["value", "fixed"]
        }
        _ => return None,
    })
}

/// Warns of them, once for each kind in a schema document. `nodes` are those of XML Schema in it.
pub(super) fn warn(tree: &Tree<'_, '_>, nodes: &[Node<'_, '_>], diagnostics: &mut Diagnostics) {
    let mut found: BTreeMap<(&str, &str), (usize, Span)> = BTreeMap::new();
    for node in nodes {
        let Some(known) = attributes(node.tag_name().name()) else { continue };
        for attribute in node.attributes().filter(|attribute| attribute.namespace().is_none()) {
            let name = attribute.name();
            if !known.contains(&name) && name != "id" {
                let entry = found.entry((node.tag_name().name(), name));
                entry.or_insert_with(|| (0, tree.span_of(*node, name))).0 += 1;
            }
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|(_, (_, first))| first.start);
    for ((element, name), (count, first)) in found {
        let what = format!("`{element}` has no attribute `{}`; it is ignored", name.escape_debug());
        let label = if count == 1 { "here".to_owned() } else { format!("the first of {count}") };
        let mut problem = Diagnostic::warning(codes::UNKNOWN_ATTRIBUTE, what).at(first, label);
        if let Some(meant) = attributes(element).and_then(|known| did_you_mean(name, known.iter().copied())) {
            problem = problem.with_help(format!("did you mean `{meant}`?"));
        }
        diagnostics.push(problem);
    }
}
