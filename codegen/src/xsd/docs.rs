//! Documentation: `xs:annotation/xs:documentation` and `wsdl:documentation` as plain paragraphs.

use roxmltree::Node;

use super::complex::SERIALIZATION;
use super::drafts::is_xsd;
use super::read::elements;
use crate::model::Docs;

/// The documentation of an XSD construct.
pub(crate) fn of(node: Node<'_, '_>) -> Docs {
    let mut parts = Vec::new();
    for annotation in elements(node).filter(|child| child.tag_name().name() == "annotation") {
        for documentation in elements(annotation).filter(|child| child.tag_name().name() == "documentation") {
            let text = text(documentation);
            if !text.is_empty() {
                parts.push(text);
            }
        }
        parts.extend(number_in_dot_net(annotation).map(|number| format!("`{number}` in .NET.")));
    }
    match parts.as_slice() {
        [only] => Docs(only.as_str().into()),
        parts => Docs(parts.join("\n\n").into()),
    }
}

/// The number of an enumerated value in the program that DataContractSerializer exported it from. Names are what it writes; the
/// vendor's documents and databases may speak of numbers.
fn number_in_dot_net<'a>(annotation: Node<'a, '_>) -> Option<&'a str> {
    let of_appinfo = elements(annotation).filter(|child| child.tag_name().name() == "appinfo");
    let pieces = of_appinfo.flat_map(|appinfo| appinfo.children());
    let number = pieces.filter(|it| it.has_tag_name((SERIALIZATION, "EnumerationValue"))).find_map(|it| it.text());
    // Nothing else belongs there, and a comment takes what it is given.
    number.map(str::trim).filter(|number| number.parse::<i128>().is_ok())
}

/// The text of a documentation element; markup inside it is left out, its text kept.
pub(crate) fn text(node: Node<'_, '_>) -> String {
    let mut raw = String::new();
    for piece in node.descendants() {
        if piece.is_text() {
            raw.push_str(piece.text().unwrap_or_default());
        } else if piece.is_element()
            && piece != node
            && !matches!(piece.tag_name().name(), "b" | "i" | "em" | "strong" | "code" | "a" | "tt" | "span")
        {
            // A block of markup: what stands before and after it are different lines.
            let blank = !is_xsd(piece.tag_name().namespace());
            if blank && !raw.is_empty() && !raw.ends_with('\n') {
                raw.push('\n');
            }
        }
    }
    normalize(&raw)
}

/// Without common indentation, trailing blanks, and runs of blank lines.
pub(crate) fn normalize(raw: &str) -> String {
    let lines: Vec<&str> = raw.lines().map(str::trim_end).collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    // The first line follows the start tag, so its indentation says nothing.
    let common = lines.iter().skip(1).filter(|line| !line.is_empty()).map(|line| indent(line)).min().unwrap_or(0);
    let mut out = String::with_capacity(raw.len());
    let mut blank = 0;
    for (number, line) in lines.iter().enumerate() {
        let line = if number == 0 { line.trim_start() } else { line.get(common..).unwrap_or(line.trim_start()) };
        if line.trim().is_empty() {
            blank += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank > 0 { "\n\n" } else { "\n" });
        }
        blank = 0;
        out.push_str(if out.is_empty() { line.trim_start() } else { line });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::normalize;

    #[test]
    fn paragraphs() {
        assert_eq!(normalize("\n    One\n      two\n\n\n    three  \n  "), "One\n  two\n\nthree");
        assert_eq!(normalize("  Plain "), "Plain");
        assert_eq!(normalize(" \n "), "");
    }
}
