//! Writing values as documents.
//!
//! The form is the one the specification's examples have and that picky servers want: `<i4>`, strings without a type element,
//! doubles without exponent, everything in one line.

use std::fmt::Write as _;
use std::ops::Range;

use super::MAX_DEPTH;
use super::fault::Fault;
use super::value::{Struct, Value};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::scalar;
use crate::xml::escape_text;

type Result<T> = std::result::Result<T, Box<EncodeError>>;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// A document, ready to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Written {
    /// The document.
    pub text: String,
    /// The bytes of it that must not be shown, in ascending order.
    pub secrets: Vec<Range<usize>>,
}

/// Shows the length only: the document may hold secrets.
impl std::fmt::Debug for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Written({} bytes)", self.text.len())
    }
}

/// Writes a `methodCall`.
///
/// # Errors
/// A method name that is none, and everything in the parameters that XML-RPC cannot carry: characters, duplicate members, values
/// nested deeper than [`MAX_DEPTH`].
pub fn write_call(method: &str, params: &[Value]) -> Result<Written> {
    let mut writer = Writer::call(method)?;
    for param in params {
        writer.param(param, false)?;
    }
    Ok(writer.end_call())
}

/// Writes a `methodResponse` with a value: what a server does, and a test.
///
/// # Errors
/// As [`write_call`].
pub fn write_response(value: &Value) -> Result<String> {
    let mut writer = Writer::new();
    writer.raw("<methodResponse><params><param>");
    writer.value(value, 1)?;
    writer.raw("</param></params></methodResponse>");
    Ok(writer.text)
}

/// Writes a `methodResponse` with a fault: what a server does, and a test. The fault's `raw` text is what is sent.
///
/// # Errors
/// As [`write_call`].
pub fn write_fault(fault: &Fault) -> Result<String> {
    let mut members = Struct::new();
    members.push("faultCode", fault.code);
    members.push("faultString", fault.raw.as_str());
    let mut writer = Writer::new();
    writer.raw("<methodResponse><fault>");
    writer.value(&members.into(), 1)?;
    writer.raw("</fault></methodResponse>");
    Ok(writer.text)
}

/// Writes documents piece by piece.
pub(super) struct Writer {
    text: String,
    secrets: Vec<Range<usize>>,
    /// Where the value being written stands, for errors.
    path: String,
}

impl Writer {
    fn new() -> Self {
        Self { text: DECLARATION.into(), secrets: Vec::new(), path: String::new() }
    }

    /// Begins a call: up to and with `<params>`.
    pub(super) fn call(method: &str) -> Result<Self> {
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':' | b'/');
        if method.is_empty() || !method.bytes().all(legal) {
            let expected = "a method name of letters, digits and _ . : /".into();
            return Err(Box::new(EncodeError { kind: EncodeErrorKind::Value { expected }, path: "methodName".into() }));
        }
        let mut writer = Self::new();
        let _ = write!(writer.text, "<methodCall><methodName>{method}</methodName><params>");
        Ok(writer)
    }

    pub(super) fn end_call(mut self) -> Written {
        self.raw("</params></methodCall>");
        Written { text: self.text, secrets: self.secrets }
    }

    /// Writes a parameter.
    pub(super) fn param(&mut self, value: &Value, secret: bool) -> Result<()> {
        self.raw("<param>");
        self.secret_value(value, 1, secret)?;
        self.raw("</param>");
        Ok(())
    }

    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes a member of a struct whose tags the caller writes.
    pub(super) fn member(&mut self, name: &str, write: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let length = self.path.len();
        let _ = write!(self.path, "/{name}");
        self.raw("<member><name>");
        self.escaped(name)?;
        self.raw("</name>");
        write(self)?;
        self.raw("</member>");
        self.path.truncate(length);
        Ok(())
    }

    /// Writes a value, and notes where it stands if nobody may see it. `depth` counts it and the values around it.
    pub(super) fn secret_value(&mut self, value: &Value, depth: usize, secret: bool) -> Result<()> {
        let start = self.text.len() + "<value>".len();
        self.value(value, depth)?;
        if secret {
            let end = self.text.len() - "</value>".len();
            self.secrets.push(start..end);
        }
        Ok(())
    }

    pub(super) fn value(&mut self, value: &Value, depth: usize) -> Result<()> {
        if depth > MAX_DEPTH {
            return Err(
                self.error(EncodeErrorKind::Value { expected: format!("values nested at most {MAX_DEPTH} deep") })
            );
        }
        self.raw("<value>");
        match value {
            Value::Int(value) => {
                let _ = write!(self.text, "<i4>{value}</i4>");
            }
            Value::Long(value) => {
                let _ = write!(self.text, "<i8>{value}</i8>");
            }
            Value::Bool(value) => self.raw(if *value { "<boolean>1</boolean>" } else { "<boolean>0</boolean>" }),
            Value::Str(text) => self.escaped(text)?,
            Value::Double(value) => {
                let _ = write!(self.text, "<double>{value}</double>");
            }
            Value::DateTime(value) => {
                let _ = write!(self.text, "<dateTime.iso8601>{}</dateTime.iso8601>", value.as_str());
            }
            Value::Base64(octets) => {
                let _ = write!(self.text, "<base64>{}</base64>", scalar::encode_base64(octets));
            }
            Value::Struct(members) => self.members(members, depth)?,
            Value::Array(items) => {
                self.raw("<array><data>");
                for (index, item) in items.iter().enumerate() {
                    let length = self.path.len();
                    let _ = write!(self.path, "[{}]", index + 1);
                    self.value(item, depth + 1)?;
                    self.path.truncate(length);
                }
                self.raw("</data></array>");
            }
            Value::Nil => self.raw("<nil/>"),
        }
        self.raw("</value>");
        Ok(())
    }

    fn members(&mut self, members: &Struct, depth: usize) -> Result<()> {
        if let Some(name) = members.duplicate() {
            let expected = format!("members with names of their own, not {name} twice");
            return Err(self.error(EncodeErrorKind::Value { expected }));
        }
        self.raw("<struct>");
        for (name, value) in members.iter() {
            self.member(name, |writer| writer.value(value, depth + 1))?;
        }
        self.raw("</struct>");
        Ok(())
    }

    fn escaped(&mut self, text: &str) -> Result<()> {
        escape_text(&mut self.text, text).map_err(|c| self.error(EncodeErrorKind::Character(c)))
    }

    fn error(&self, kind: EncodeErrorKind) -> Box<EncodeError> {
        Box::new(EncodeError { kind, path: self.path.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::{Options, Response, read_call, read_response};
    use super::super::value::{Double, Iso8601};
    use super::*;

    #[test]
    fn the_form_picky_servers_want() {
        let values = [
            Value::Int(-1),
            Value::from("a<b"),
            Value::from(""),
            Value::Double(Double::new(1e21).unwrap()),
            Value::Bool(true),
            Value::Array(vec![Value::Base64(b"ABC".to_vec())]),
        ];
        assert_eq!(
            write_call("Execute", &values).unwrap().text,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><methodCall><methodName>Execute</methodName><params>\
             <param><value><i4>-1</i4></value></param><param><value>a&lt;b</value></param><param><value></value></param>\
             <param><value><double>1000000000000000000000</double></value></param><param><value><boolean>1</boolean></value></param>\
             <param><value><array><data><value><base64>QUJD</base64></value></data></array></value></param></params></methodCall>"
        );
    }

    #[test]
    fn what_is_written_reads_back() {
        let mut members = Struct::new();
        members.push("text", " \r\n\t]]> ");
        members.push("when", Value::DateTime("19980717T14:08:55".parse::<Iso8601>().unwrap()));
        members.push("many", vec![Value::Int(i32::MIN), Value::Bool(false), Value::Array(vec![])]);
        let value = Value::from(members);
        let text = write_response(&value).unwrap();
        assert_eq!(read_response(&text, &Options::new()), Ok(Response::Value(value.clone())));
        let call = write_call("a.b", std::slice::from_ref(&value)).unwrap();
        assert_eq!(read_call(&call.text, &Options::new()), Ok(("a.b".into(), vec![value])));
        let fault = Fault::new(-32600, "plain text");
        assert_eq!(read_response(&write_fault(&fault).unwrap(), &Options::new()), Ok(Response::Fault(fault)));
    }

    #[test]
    fn refuses_what_cannot_be_sent() {
        let error = write_call("x", &[Value::Array(vec![Value::Int(1), Value::from("a\u{1}")])]).unwrap_err();
        assert_eq!(error.to_string(), "[2]: XML cannot carry the character U+0001");
        let mut twice = Struct::new();
        twice.push("a", 1);
        twice.push("a", 2);
        assert!(write_call("x", &[twice.into()]).is_err());
        assert!(write_call("a\r\nb", &[]).is_err());
        assert!(write_call("", &[]).is_err());
        let nested = |depth: usize| (1..depth).fold(Value::Array(vec![]), |value, _| Value::Array(vec![value]));
        assert!(write_call("x", &[nested(64)]).is_ok());
        assert!(write_call("x", &[nested(65)]).is_err());
    }
}
