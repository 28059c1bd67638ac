//! In-band results: how a reply that arrived says whether the call worked.

use crate::operation::{InBand, Operation};
use crate::value::Coded;

/// A flag, a code and a text beside the data (`IsError`, `ErrorCode`, `ErrorText`, `Data`).
///
/// `status` reads the three; `None` when the record that holds them is missing. `data` moves the data out.
///
/// # Errors
/// [`InBand::Refused`] when the flag is set; [`InBand::Contradiction`] when the flag says success but the code does not,
/// or there is no data.
pub fn flagged<O: Operation>(
    mut reply: O::Reply,
    status: impl FnOnce(&O::Reply) -> Option<(bool, Option<O::Code>, Option<String>)>,
    data: impl FnOnce(&mut O::Reply) -> Option<O::Output>,
) -> Result<O::Output, Box<InBand<O>>>
where
    O::Code: Coded,
{
    let Some((failed, code, text)) = status(&reply) else {
        return Err(contradiction("the result is missing", reply));
    };
    if failed {
        let errors = code.into_iter().map(|code| (code, text.clone())).collect();
        return Err(Box::new(InBand::Refused { errors, reply }));
    }
    if code.is_some_and(|code| code.as_code() != 0) {
        return Err(contradiction("an error code beside a flag that says success", reply));
    }
    match data(&mut reply) {
        Some(data) => Ok(data),
        None => Err(contradiction("success without data", reply)),
    }
}

/// A list of errors, empty on success (`Errors/UniversalApiError`).
///
/// `errors` reads the list; `None` when the record that holds it is missing. `data` moves the record out.
///
/// # Errors
/// [`InBand::Refused`] when the list holds an error; [`InBand::Contradiction`] when the record is missing.
pub fn listed<O: Operation>(
    mut reply: O::Reply,
    errors: impl FnOnce(&O::Reply) -> Option<Vec<(O::Code, Option<String>)>>,
    data: impl FnOnce(&mut O::Reply) -> Option<O::Output>,
) -> Result<O::Output, Box<InBand<O>>> {
    let Some(errors) = errors(&reply) else {
        return Err(contradiction("the result is missing", reply));
    };
    if !errors.is_empty() {
        return Err(Box::new(InBand::Refused { errors, reply }));
    }
    match data(&mut reply) {
        Some(data) => Ok(data),
        None => Err(contradiction("the result is missing", reply)),
    }
}

fn contradiction<O: Operation>(what: &'static str, reply: O::Reply) -> Box<InBand<O>> {
    Box::new(InBand::Contradiction { what, reply })
}
