//! Replies read into typed values: response, `Result`, slots, and places in bytes for whatever there is to say.

use std::ops::Range;

use super::execute::{result_of, results};
use super::fault::Fault;
use super::reader::{Options, Response, Step, locate, read_response};
use super::value::Value;
use crate::codec::slots::decode_slots;
use crate::error::{DecodeError, DecodeErrorKind, Drift, DriftKind};
use crate::operation::{ResultKind, XmlRpc};

/// A reply that was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The value was read.
    Read {
        /// Differences from the contract, with their places in bytes.
        drift: Vec<Drift>,
        /// The bytes that must not be shown. `None`: some must not, and which cannot be told.
        secrets: Option<Vec<Range<usize>>>,
    },
    /// The call failed; the value holds nothing.
    Fault(Fault),
}

/// Reads a response into the value of an operation's reply.
///
/// Where the binding has one method for all calls, the return values are found in `Result`. Its first item is an array of
/// return values, of rows, or a struct, as `kind` says. `<nil/>` is read: the layout decides where nothing can stand.
///
/// # Errors
/// A document that is no response, and return values that do not fit to the layout, with position and byte offset.
pub fn read_reply(
    text: &str,
    binding: XmlRpc,
    kind: ResultKind,
    value: &mut dyn crate::value::Value,
    options: &Options,
    strict: bool,
) -> Result<Reply, Box<DecodeError>> {
    let options = options.clone().nil(true);
    let response = match read_response(text, &options)? {
        Response::Value(value) => value,
        Response::Fault(fault) => return Ok(Reply::Fault(fault)),
    };
    let (result, mut path) = if binding.method.is_empty() {
        (&response, Vec::new())
    } else {
        (result_of(&response)?, vec![Step::Member("Result"), Step::Item(0)])
    };
    let items = items_of(result, kind)?;
    // An order that went through must not fail over something beside its result.
    let beside = if binding.method.is_empty() { 0 } else { results(&response)?.len().saturating_sub(1) };
    let beside = (beside > 0).then(|| Drift {
        path: "/Result[2]".into(),
        kind: DriftKind::SurplusSlot,
        raw: format!("{beside} values beside the return values"),
        offset: 0,
        owner: None,
    });
    if strict && let Some(Drift { path, kind, raw, offset, .. }) = beside {
        return Err(Box::new(DecodeError { kind: DecodeErrorKind::Drift { kind, raw }, path, offset }));
    }
    let rows = kind == ResultKind::List && items.iter().all(|row| matches!(row, Value::Array(_)));
    if rows {
        path.push(Step::Each);
    }
    // Places are only looked for where somebody wants them.
    let places = || if result.items().is_some() { locate(text, &options, &path) } else { Vec::new() };
    let place =
        |places: &[Range<usize>], index: usize| places.get(index).or(places.last()).map_or(0, |range| range.start);

    let read = decode_slots(items, value, &options.limits, strict).map_err(|mut error| {
        error.offset = place(&places(), error.offset);
        error
    })?;
    if read.drift.is_empty() && read.secret.is_empty() {
        return Ok(Reply::Read { drift: beside.into_iter().collect(), secrets: Some(Vec::new()) });
    }
    let places = places();
    let mut drift = read.drift;
    for drift in &mut drift {
        drift.offset = if read.irregular { 0 } else { place(&places, drift.offset) };
    }
    drift.extend(beside);
    let secrets: Option<Vec<_>> = read.secret.iter().map(|index| places.get(*index).cloned()).collect();
    Ok(Reply::Read { drift, secrets: secrets.filter(|secrets| secrets.is_empty() || !read.irregular) })
}

/// The return values, or rows of them, or the one struct.
fn items_of(result: &Value, kind: ResultKind) -> Result<&[Value], Box<DecodeError>> {
    match (kind, result.items()) {
        (ResultKind::Item | ResultKind::List, Some(items)) => Ok(items),
        // A method with one return value need not wrap it.
        (ResultKind::Item | ResultKind::Message, None) => Ok(std::slice::from_ref(result)),
        (ResultKind::List, None) | (ResultKind::Message, Some(_)) => Err(Box::new(DecodeError {
            kind: DecodeErrorKind::Unexpected {
                found: format!("a result of type {}", result.type_name()),
                expected: if kind == ResultKind::List { "an array of rows" } else { "a struct" }.into(),
            },
            path: "/methodResponse/params/param/value".into(),
            offset: 0,
        })),
    }
}
