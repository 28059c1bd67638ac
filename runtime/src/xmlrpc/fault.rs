//! [`Fault`].

use std::fmt;

use super::value::Value;
use crate::error::{DecodeError, DecodeErrorKind};
use crate::scalar;

/// A fault: the server's answer that the call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `faultCode`.
    pub code: i32,
    /// What the server says, in plain text: `faultString`, decoded where it was base64.
    pub text: String,
    /// `faultString` as it was on the wire.
    pub raw: String,
}

impl Fault {
    /// A fault with this `faultString`. A text that is base64 of a text (some servers encode what the business logic says, and
    /// leave what the protocol layer says in plain text) is decoded.
    pub fn new(code: i32, raw: impl Into<String>) -> Self {
        let raw = raw.into();
        Self { code, text: decode(&raw).unwrap_or_else(|| raw.clone()), raw }
    }

    /// Takes a fault out of the struct in `<fault>`.
    ///
    /// # Errors
    /// No struct, no `faultCode`, or no `faultString`. It still is a failed call.
    pub fn from_value(value: &Value) -> Result<Self, Box<DecodeError>> {
        let error = |kind| Box::new(DecodeError { kind, path: "/methodResponse/fault".into(), offset: 0 });
        let missing = |member: &str| error(DecodeErrorKind::Missing { member: member.into() });
        let unexpected = |member: &str, found: &Value, expected: &str| {
            let found = format!("{member} of type {}", found.type_name());
            error(DecodeErrorKind::Unexpected { found, expected: expected.into() })
        };
        if !matches!(value, Value::Struct(_)) {
            return Err(unexpected("fault", value, "a struct of faultCode and faultString"));
        }
        let code = match value.member("faultCode") {
            Some(Value::Int(code)) => *code,
            // Seen from servers that have strings only; it cannot mean anything else.
            Some(Value::Str(text)) if text.trim().parse::<i32>().is_ok() => text.trim().parse().unwrap_or_default(),
            Some(other) => return Err(unexpected("faultCode", other, "an int")),
            None => return Err(missing("faultCode")),
        };
        match value.member("faultString") {
            Some(Value::Str(text)) => Ok(Self::new(code, text.as_str())),
            Some(Value::Base64(octets)) => {
                let text = String::from_utf8_lossy(octets).into_owned();
                Ok(Self { code, text, raw: scalar::encode_base64(octets) })
            }
            Some(other) => Err(unexpected("faultString", other, "a string")),
            None => Err(missing("faultString")),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fault {}: {}", self.code, self.text)
    }
}

impl std::error::Error for Fault {}

/// The text inside, if the string is base64 of one beyond reasonable doubt.
///
/// A plain word can happen to be base64 ("Authorization" cannot, its length is not a multiple of four; "Account disabled!" has
/// characters base64 does not have; "AccessForbidden1" could be). So it must be canonical (no white space but line breaks,
/// padded, encoding the result gives the same string), decode to UTF-8 without control characters, and be long enough: of random
/// octets a third is printable, so that twelve of them (16 characters) all are in one of 100,000 cases and words of that length
/// without spaces are rare to begin with. Where padding proves the intent, 8 characters are enough.
fn decode(raw: &str) -> Option<String> {
    let compact: String = raw.trim().chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    let minimum = if compact.ends_with('=') { 8 } else { 16 };
    if compact.len() < minimum {
        return None;
    }
    let octets = scalar::decode_base64(&compact)?;
    if scalar::encode_base64(&octets) != compact {
        return None;
    }
    let text = String::from_utf8(octets).ok()?;
    let printable = |c: char| !c.is_control() || matches!(c, '\t' | '\r' | '\n');
    text.chars().all(printable).then(|| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::value::Struct;
    use super::*;

    #[test]
    fn business_faults_are_base64() {
        let text = "Table Account does not contain row with ID 99999999.";
        let raw = scalar::encode_base64(text.as_bytes());
        let fault = Fault::new(1, raw.clone());
        assert_eq!((fault.text.as_str(), fault.raw), (text, raw.clone()));
        // In lines, and with a line break inside the text, as MIME encoders and servers write them.
        let (head, tail) = raw.split_at(20);
        assert_eq!(Fault::new(1, format!("{head}\r\n{tail}\n")).text, text);
        assert_eq!(Fault::new(1, scalar::encode_base64(b"Access Denied\n")).text, "Access Denied");
        assert_eq!(Fault::new(1, scalar::encode_base64("Нет доступа".as_bytes())).text, "Нет доступа");
        assert_eq!(Fault::new(1, "RXJyb3I=").text, "Error");
    }

    #[test]
    fn plain_texts_stay() {
        for raw in [
            "Too many parameters.",
            "Server error. XML-RPC violation: /methodCall/params/param/value",
            "",
            "busy",
            "Denied12",
            "NotImplemented00",
            "InternalServerErrors",
            "QUJD",
            "AAAAAAAAAAAAAAAAAAAAAA==",
            "/+7/+7/+7/+7/+7/+7==",
        ] {
            assert_eq!(Fault::new(4, raw).text, raw);
        }
    }

    #[test]
    fn malformed_faults_are_errors() {
        let mut members = Struct::new();
        members.push("faultString", "x");
        let error = Fault::from_value(&members.clone().into()).unwrap_err();
        assert!(error.to_string().contains("faultCode"), "{error}");
        members.push("faultCode", "4");
        assert_eq!(Fault::from_value(&members.into()).unwrap(), Fault { code: 4, text: "x".into(), raw: "x".into() });
        assert!(Fault::from_value(&Value::Int(1)).is_err());
    }
}
