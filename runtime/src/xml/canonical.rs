//! A form in which two documents are equal exactly when they say the same: expanded names instead of prefixes, attributes
//! sorted, no comments, no white space between elements, one element or text a line.
//!
//! Not W3C's Canonical XML, which keeps prefixes and white space and so tells apart what means the same.

use std::borrow::Cow;

use super::chars::is_blank;
use super::{Reader, Token, XSI_NAMESPACE};
use crate::error::DecodeError;
use crate::soap::names;

/// The form of a document.
///
/// # Errors
/// What makes the text ill-formed.
pub fn canonical(text: &str) -> Result<String, Box<DecodeError>> {
    let mut reader = Reader::new(text);
    let mut out = String::new();
    let mut depth = 0;
    let mut run = String::new();
    loop {
        match reader.next()? {
            Token::Start(start) => {
                flush(&mut run, &mut out, depth);
                let mut attributes: Vec<String> = reader
                    .attributes()
                    .iter()
                    .map(|attribute| {
                        let namespace = reader.namespace(attribute.namespace);
                        let value = named(&reader, namespace, attribute.local, &attribute.value);
                        format!(" {{{namespace}}}{}={value:?}", attribute.local)
                    })
                    .collect();
                attributes.sort();
                line(
                    &mut out,
                    depth,
                    &format!("{{{}}}{}{}", reader.namespace(start.namespace), start.local, attributes.concat()),
                );
                depth += 1;
            }
            Token::Text(piece) => run.push_str(&piece),
            Token::End => {
                flush(&mut run, &mut out, depth);
                depth -= 1;
            }
            Token::Eof => return Ok(out),
        }
    }
}

/// The value of an attribute that names a type, with what its prefix stands for; any other value as it is.
fn named<'v>(reader: &Reader<'_>, namespace: &str, local: &str, value: &'v str) -> Cow<'v, str> {
    let names_type = match namespace {
        XSI_NAMESPACE => local == "type",
        names::ENCODING_11 | names::ENCODING_12 => matches!(local, "arrayType" | "itemType"),
        _ => false,
    };
    let (prefix, name) = value.trim().split_once(':').unwrap_or(("", value));
    match reader.lookup(prefix) {
        Some(uri) if names_type => Cow::Owned(format!("{{{uri}}}{name}")),
        _ => Cow::Borrowed(value),
    }
}

/// White space between elements says nothing in the messages compared here.
fn flush(run: &mut String, out: &mut String, depth: usize) {
    if !is_blank(run) {
        line(out, depth, &format!("{run:?}"));
    }
    run.clear();
}

fn line(out: &mut String, depth: usize, text: &str) {
    out.extend(std::iter::repeat_n("  ", depth));
    out.push_str(text);
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn prefixes_attribute_order_and_layout_do_not_count() {
        let a = canonical("<p:a xmlns:p='u' y='1' x='2'>\n  <p:b>t</p:b>\n</p:a>").unwrap();
        let b = canonical("<a xmlns='u' x='2' y='1'><!-- c --><b><![CDATA[t]]></b></a>").unwrap();
        assert_eq!(a, b);
        assert_ne!(a, canonical("<a x='2' y='1'><b>t</b></a>").unwrap());
        let typed = |prefix: &str| {
            let xsi = "xmlns:i='http://www.w3.org/2001/XMLSchema-instance'";
            canonical(&format!("<a {xsi} xmlns:{prefix}='u' i:type='{prefix}:T'/>")).unwrap()
        };
        assert_eq!(typed("p"), typed("q"));
        assert_ne!(a, canonical("<a xmlns='u' x='2' y='1'><b>t </b></a>").unwrap());
    }
}
