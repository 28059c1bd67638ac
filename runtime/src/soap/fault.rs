//! Faults: what a service answers instead of a result, in one form for SOAP 1.1, SOAP 1.2 and XML-RPC.

use std::fmt;

use crate::raw::RawElement;

/// An expanded name as a message gave it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FaultName {
    /// The namespace name; empty for none.
    pub ns: String,
    /// The local part.
    pub local: String,
}

impl fmt::Display for FaultName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ns.is_empty() { f.write_str(&self.local) } else { write!(f, "{{{}}}{}", self.ns, self.local) }
    }
}

/// Who or what is to blame, in SOAP 1.2's words (`Client` and `Server` of SOAP 1.1 are `Sender` and `Receiver`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultCode {
    /// The request is at fault; sending it again unchanged will not help.
    Sender,
    /// The service is at fault; whether it did something is not said.
    Receiver,
    /// The envelope's version is not spoken there.
    VersionMismatch,
    /// A mandatory header was not understood.
    MustUnderstand,
    /// The encoding of the data is not known there.
    DataEncodingUnknown,
    /// A code of the service's own, as SOAP 1.1 allows.
    Other(FaultName),
    /// XML-RPC's `faultCode`.
    Number(i64),
}

impl fmt::Display for FaultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sender => f.write_str("Sender"),
            Self::Receiver => f.write_str("Receiver"),
            Self::VersionMismatch => f.write_str("VersionMismatch"),
            Self::MustUnderstand => f.write_str("MustUnderstand"),
            Self::DataEncodingUnknown => f.write_str("DataEncodingUnknown"),
            Self::Other(name) => write!(f, "{name}"),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

/// A fault.
///
/// Its `Debug` form names the detail elements and headers but does not print them: a service may repeat what it was sent.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Fault {
    /// Who is to blame.
    pub code: FaultCode,
    /// Finer codes, outermost first (SOAP 1.2; for SOAP 1.1 the parts of a dotted code such as `Client.Authentication`,
    /// in the namespace of the code).
    pub subcodes: Vec<FaultName>,
    /// The text for people: per language, in the order received. The language is empty where none is given.
    pub reasons: Vec<(String, String)>,
    /// The text before it was decoded, where the service encodes it (CloudBlue's base64); otherwise empty.
    pub raw_text: String,
    /// The node that found the fault (`Node`), if it says so.
    pub node: String,
    /// The role it played (`Role`, SOAP 1.1's `faultactor`), if it says so.
    pub role: String,
    /// The elements of the detail, self-contained.
    pub detail: Vec<RawElement>,
    /// The header blocks that came with the fault, self-contained: SOAP 1.1 (§4.4) has what concerns a header there instead
    /// of in the detail.
    pub headers: Vec<RawElement>,
}

impl Fault {
    /// A fault with nothing but a code.
    pub(crate) fn new(code: FaultCode) -> Self {
        Self {
            code,
            subcodes: Vec::new(),
            reasons: Vec::new(),
            raw_text: String::new(),
            node: String::new(),
            role: String::new(),
            detail: Vec::new(),
            headers: Vec::new(),
        }
    }

    /// The first text; empty if there is none.
    pub fn reason(&self) -> &str {
        self.reasons.first().map_or("", |(_, text)| text)
    }

    /// The text in this language (`ru` also finds `ru-RU`), if there is one.
    pub fn reason_in(&self, language: &str) -> Option<&str> {
        let fits = |tag: &str| {
            tag.get(..language.len()).is_some_and(|start| start.eq_ignore_ascii_case(language))
                && matches!(tag.as_bytes().get(language.len()), None | Some(b'-'))
        };
        self.reasons.iter().find(|(tag, _)| fits(tag)).map(|(_, text)| text.as_str())
    }

    /// Whether the service says that the request was at fault, so that it did not act on it.
    pub fn blames_sender(&self) -> bool {
        matches!(self.code, FaultCode::Sender | FaultCode::VersionMismatch | FaultCode::MustUnderstand)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        for subcode in &self.subcodes {
            write!(f, " / {subcode}")?;
        }
        match self.reason() {
            "" => Ok(()),
            reason => write!(f, ": {}", crate::failure::one_line(reason)),
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |element: &RawElement| format!("{{{}}}{}", element.namespace(), element.local());
        let names: Vec<String> = self.detail.iter().map(name).collect();
        let headers: Vec<String> = self.headers.iter().map(name).collect();
        f.debug_struct("Fault")
            .field("code", &self.code)
            .field("subcodes", &self.subcodes)
            .field("reasons", &self.reasons)
            .field("node", &self.node)
            .field("role", &self.role)
            .field("detail", &names)
            .field("headers", &headers)
            .finish()
    }
}
