//! XOP: an `Include` element in the root part of an MTOM package stands for the base64 of another part.
//!
//! The element is replaced by that base64 before the message is read, so that members are read as if nothing had been
//! packed. Only parts of the same package are used; an address of any other kind is an error and never followed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::names;
use crate::call::multipart::{Named, Package};
use crate::codec::includes::Included;
use crate::codec::parts::cid;
use crate::failure::{Problem, one_line};
use crate::xml::chars::is_blank;
use crate::xml::{Limits, Reader, Token};

/// The root part with its includes put in, and what these were. `limit` is the most bytes the result may have.
pub(crate) fn include<'p>(
    text: &str,
    package: &'p Package<'_>,
    limits: &Limits,
    limit: u64,
) -> Result<(String, Vec<Included<'p>>), Problem> {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let mut included = Vec::new();
    let mut reader = Reader::with_limits(text, limits.clone());
    // What came last in the element that is open: an include is all the content that an element has.
    let mut last = Last::Nothing;
    loop {
        match reader.next()? {
            Token::Start(start) if reader.is(start, names::XOP, "Include") => {
                let href = reader.attribute("", "href").map(|href| href.trim().to_owned()).unwrap_or_default();
                let range = reader.skip()?.outer;
                if last != Last::Nothing {
                    return Err(beside_others());
                }
                last = Last::Include;
                let Some(reference) = cid(&href) else {
                    let what =
                        format!("xop:Include refers to {:?}, only parts of the same message are read", one_line(&href));
                    return Err(Problem::Multipart(what));
                };
                let part = match package.part(reference) {
                    Named::One(part) => part,
                    Named::None => return Err(unusable(reference, "which is not there")),
                    Named::Several => return Err(unusable(reference, "which several parts claim to be")),
                };
                out.push_str(text.get(done..range.start).unwrap_or_default());
                let encoded = (part.body.len() as u64).div_ceil(3).saturating_mul(4);
                if encoded.saturating_add(out.len() as u64) > limit {
                    return Err(Problem::TooLarge { limit });
                }
                let from = out.len();
                BASE64.encode_string(&part.body, &mut out);
                included.push(Included { at: from..out.len(), part: part.incoming(), href });
                done = range.end;
            }
            Token::Text(text) if !is_blank(&text) => {
                if last == Last::Include {
                    return Err(beside_others());
                }
                last = Last::Text;
            }
            Token::Text(_) => {}
            Token::Start(_) | Token::End => last = Last::Nothing,
            Token::Eof => break,
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Ok((out, included))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Text,
    Include,
}

/// Joined base64 would be read, and mean something else.
fn beside_others() -> Problem {
    Problem::Multipart("xop:Include stands beside other content, of which it has to be all".into())
}

fn unusable(reference: &str, why: &str) -> Problem {
    Problem::Multipart(format!("xop:Include refers to the part {:?}, {why}", one_line(reference)))
}
