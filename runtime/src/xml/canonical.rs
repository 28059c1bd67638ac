//! A form in which two documents are equal exactly when they say the same: expanded names instead of prefixes, attributes
//! sorted, no comments, no white space between elements, one element or text a line.
//!
//! Not W3C's Canonical XML, which keeps prefixes and white space and so tells apart what means the same.

use super::chars::is_blank;
use super::{Reader, Token};
use crate::error::DecodeError;

/// The form of a document, or of one element cut from a document: prefixes it does not declare itself stay as they are.
///
/// # Errors
/// What makes the text ill-formed.
pub fn canonical(text: &str) -> Result<String, Box<DecodeError>> {
    let wrapped;
    let text = match declare_missing(text) {
        Some(with_declarations) => {
            wrapped = with_declarations;
            wrapped.as_str()
        }
        None => text,
    };
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
                    .map(|attribute| format!(" {{{}}}{}={:?}", reader.namespace(attribute.ns), attribute.local, attribute.value))
                    .collect();
                attributes.sort();
                line(&mut out, depth, &format!("{{{}}}{}{}", reader.namespace(start.ns), start.local, attributes.concat()));
                depth += 1;
            }
            Token::Text(piece) => run.push_str(&piece),
            Token::End => {
                flush(&mut run, &mut out, depth);
                depth -= 1;
            }
            Token::Eof => return Ok(out),
            _ => {}
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
