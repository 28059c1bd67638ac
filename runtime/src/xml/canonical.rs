//! A form in which two documents are equal exactly when they say the same: expanded names instead of prefixes, attributes
//! sorted, no comments, no white space between elements, one element or text a line.
//!
//! Not W3C's Canonical XML, which keeps prefixes and white space and so tells apart what means the same.

use super::chars::is_blank;
use super::{Reader, Token};
use crate::error::DecodeError;

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
                        format!(
                            " {{{}}}{}={:?}",
                            reader.namespace(attribute.namespace),
                            attribute.local,
                            attribute.value
                        )
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
        assert_ne!(a, canonical("<a xmlns='u' x='2' y='1'><b>t </b></a>").unwrap());
    }
}
