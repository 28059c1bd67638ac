//! XOP: an `Include` element in the root part of an MTOM package stands for the base64 of another part.
//!
//! The element is replaced by that base64 before the message is read, so that members are read as if nothing had been
//! packed. Only parts of the same package are used; an address of any other kind is an error and never followed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::names;
use crate::call::multipart::Package;
use crate::failure::{Problem, one_line};
use crate::xml::{Limits, Reader, Token};

/// The root part with its includes put in, and the parts that were. `limit` is the most bytes the result may have.
pub(crate) fn include(
    text: &str,
    package: &Package<'_>,
    limits: &Limits,
    limit: u64,
) -> Result<(String, Vec<usize>), Problem> {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let mut used = Vec::new();
    let mut reader = Reader::with_limits(text, limits.clone());
    loop {
        match reader.next()? {
            Token::Start(start) if reader.is(start, names::XOP, "Include") => {
                let href = reader.attribute("", "href").map(|href| href.trim().to_owned()).unwrap_or_default();
                let range = reader.skip()?.outer;
                let Some(reference) = href.strip_prefix("cid:") else {
                    let what =
                        format!("xop:Include refers to {:?}, only parts of the same message are read", one_line(&href));
                    return Err(Problem::Multipart(what));
                };
                let (index, part) = package.part(reference).ok_or_else(|| {
                    Problem::Multipart(format!(
                        "xop:Include refers to the part {:?}, which is not there",
                        one_line(reference)
                    ))
                })?;
                out.push_str(text.get(done..range.start).unwrap_or_default());
                let encoded = (part.body.len() as u64).div_ceil(3).saturating_mul(4);
                if encoded.saturating_add(out.len() as u64) > limit {
                    return Err(Problem::TooLarge { limit });
                }
                used.push(index);
                BASE64.encode_string(part.body, &mut out);
                done = range.end;
            }
            Token::Eof => break,
            _ => {}
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Ok((out, used))
}
