//! Calls that one method carries for all operations: `Execute({Server, Method, Params, …})`, and the `Result` in their replies.

use super::value::Value;
use super::writer::{Writer, Written};
use crate::codec::slots::SlotValues;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};

/// A call through a method that carries every call in a struct.
#[derive(Debug)]
pub struct Execute<'a> {
    /// The XML-RPC method: `Execute`.
    pub method: &'a str,
    /// The struct's `Server`; left out when empty.
    pub server: &'a str,
    /// The struct's `Method`: the operation.
    pub operation: &'a str,
    /// The struct's `Params`.
    pub params: &'a SlotValues,
    /// Members of the struct besides: name, value, and whether it is secret (`Lang`, `Username`, `Password`, `AutoCommit` …).
    pub more: &'a [(&'a str, Value, bool)],
}

impl Execute<'_> {
    /// Writes the call.
    ///
    /// # Errors
    /// What XML-RPC cannot carry, with the member or the position of the parameter.
    pub fn write(&self) -> Result<Written, Box<EncodeError>> {
        let mut writer = Writer::call(self.method)?;
        writer.raw("<param><value><struct>");
        if !self.server.is_empty() {
            writer.member("Server", |writer| writer.value(&self.server.into(), 2))?;
        }
        writer.member("Method", |writer| writer.value(&self.operation.into(), 2))?;
        writer.member("Params", |writer| {
            writer.raw("<value><array><data>");
            for (value, secret) in self.params.iter() {
                writer.secret_value(value, 3, secret)?;
            }
            writer.raw("</data></array></value>");
            Ok(())
        })?;
        for (name, value, secret) in self.more {
            writer.member(name, |writer| writer.secret_value(value, 2, *secret))?;
        }
        writer.raw("</struct></value></param>");
        Ok(writer.end_call())
    }
}

/// The first item of `Result`: what a call through such a method returns. Other members of the struct are left alone; `Result`
/// is found by its name, wherever it stands. An empty `Result` holds no return values.
///
/// # Errors
/// A reply without a struct, without `Result`, or with one that is no array.
pub fn result_of(reply: &Value) -> Result<&Value, Box<DecodeError>> {
    static NOTHING: Value = Value::Array(Vec::new());
    results(reply).map(|items| items.first().unwrap_or(&NOTHING))
}

/// All items of `Result`; more than one has not been seen.
pub(super) fn results(reply: &Value) -> Result<&[Value], Box<DecodeError>> {
    let error = |kind| Box::new(DecodeError { kind, path: "/methodResponse/params/param/value".into(), offset: 0 });
    let unexpected =
        |found: String, expected: &str| error(DecodeErrorKind::Unexpected { found, expected: expected.into() });
    match reply {
        Value::Struct(members) => match members.get("Result") {
            None => Err(error(DecodeErrorKind::Missing { member: "member Result".into() })),
            Some(Value::Array(items)) => Ok(items),
            Some(other) => Err(unexpected(format!("Result of type {}", other.type_name()), "an array")),
        },
        other => Err(unexpected(format!("a value of type {}", other.type_name()), "a struct with the member Result")),
    }
}
