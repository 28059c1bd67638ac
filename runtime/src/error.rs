//! What can be wrong with a message, and what is merely new in it.

use std::fmt;

use crate::shape::Name;

/// Why a message could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// What is wrong.
    pub kind: DecodeErrorKind,
    /// The element (or attribute, or slot) it is wrong in: `/Reply/Periods/Period[2]/Seats`. `[n]` counts siblings of the same
    /// name and is left out for the first. Empty where there is no element yet.
    pub path: String,
    /// Where in the decoded text, in bytes from its start.
    pub offset: usize,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The bytes are not in the character encoding they claim.
    Charset(String),
    /// Not well-formed XML, or XML that a message may not hold.
    Syntax(String),
    /// A document type declaration, which no message may have.
    Dtd,
    /// A limit was reached.
    Limit {
        /// What there is too much of, with the name of the limit.
        what: &'static str,
        /// The most that is accepted.
        limit: u64,
    },
    /// A required member is missing.
    Missing {
        /// The member.
        member: String,
    },
    /// A member that occurs once occurs again.
    Duplicate {
        /// The member.
        member: String,
    },
    /// `xsi:nil` where it may not be.
    Nil(&'static str),
    /// A text that is not a value of its type.
    Value {
        /// What was expected.
        expected: String,
        /// The text, at most 64 characters of it; `None` when it is secret.
        text: Option<String>,
    },
    /// Something that cannot stand here.
    Unexpected {
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// `xsi:type` names a type that cannot stand here, or is missing where it must be given.
    XsiType {
        /// The type named; empty when missing.
        found: String,
        /// The type expected.
        expected: String,
    },
    /// A value of a positional layout is missing, surplus or of another type.
    Slot {
        /// The position of the slot, from 1.
        position: usize,
        /// The member it belongs to; empty when it belongs to none.
        name: String,
        /// What was expected.
        expected: String,
        /// What was found.
        got: String,
    },
    /// A strict reader met something the contract does not know.
    Drift {
        /// What differs.
        kind: DriftKind,
        /// The piece, at most 64 characters of it; redacted when secret.
        raw: String,
    },
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Charset(what) | Self::Syntax(what) => f.write_str(what),
            Self::Dtd => f.write_str("a document type declaration (DTD, `<!DOCTYPE`) is not allowed in a message"),
            Self::Limit { what, limit } => write!(f, "more than the limit of {limit} for {what}"),
            Self::Missing { member } => write!(f, "required {member} is missing"),
            Self::Duplicate { member } => write!(f, "{member} occurs more than once"),
            Self::Nil(what) => f.write_str(what),
            Self::Value { expected, text: Some(text) } => write!(f, "expected {expected}, found {text:?}"),
            Self::Value { expected, text: None } => write!(f, "expected {expected} (the text is secret)"),
            Self::Unexpected { found, expected } => write!(f, "unexpected {found}, expected {expected}"),
            Self::XsiType { found, expected } if found.is_empty() => {
                write!(f, "xsi:type is missing: the type {expected} must be named")
            }
            Self::XsiType { found, expected } => {
                write!(f, "xsi:type names {found}, expected {expected} or a type known to extend it")
            }
            Self::Slot { position, name, expected, got } if name.is_empty() => {
                write!(f, "slot at position {position}: expected {expected}, found {got}")
            }
            Self::Slot { position, name, expected, got } => {
                write!(f, "slot at position {position} ({name}): expected {expected}, found {got}")
            }
            Self::Drift { kind, raw } => write!(f, "{kind} (strict): {raw}"),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        if !self.path.is_empty() {
            write!(f, ", in {}", self.path)?;
        }
        write!(f, ", at byte {}", self.offset)
    }
}

impl std::error::Error for DecodeError {}

/// Something in a message that the contract does not say, which was accepted, kept and is hereby told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// Where: the path of the element, attribute or slot.
    pub path: String,
    /// What differs.
    pub kind: DriftKind,
    /// The piece as it was written; redacted under a secret member.
    pub raw: String,
    /// Where in the decoded text, in bytes from its start.
    pub offset: usize,
    /// The type whose content differs, by its name in the contract; none where the reader was in no record.
    pub owner: Option<Name>,
}

/// What differs from the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DriftKind {
    /// An element no member is for.
    UnknownElement,
    /// An attribute no member is for.
    UnknownAttribute,
    /// A value the enumeration does not list.
    UnknownValue,
    /// An `xsi:type` the contract does not know here.
    UnknownType,
    /// Elements in another order than the contract's.
    Order,
    /// Text between elements.
    Text,
    /// A member that the contract has on another wire only.
    OtherWire,
    /// `xsi:nil` where the contract has an empty list.
    Nil,
    /// A nil item of a list whose items are not optional; the list does without it.
    NilItem,
    /// A positional value more than the contract has.
    SurplusSlot,
    /// A positional value of another XML-RPC type than the contract's, with a text that fits.
    SlotType,
    /// An answer that does not say which request it belongs to.
    Uncorrelated,
    /// An answer whose Timestamp is past, or still to come.
    Stale,
    /// A header of a reply that came before; the first one counts.
    RepeatedHeader,
    /// More differences than are kept.
    More,
}

impl fmt::Display for DriftKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownElement => "unknown element",
            Self::UnknownAttribute => "unknown attribute",
            Self::UnknownValue => "unknown value",
            Self::UnknownType => "unknown xsi:type",
            Self::Order => "element out of order",
            Self::Text => "text between elements",
            Self::OtherWire => "member of another wire",
            Self::Nil => "nil in place of an empty list",
            Self::NilItem => "nil item of a list, left out",
            Self::SurplusSlot => "surplus slot",
            Self::SlotType => "slot of another type",
            Self::Uncorrelated => "answer without correlation",
            Self::Stale => "stale Timestamp",
            Self::RepeatedHeader => "header that came before",
            Self::More => "more differences than are kept",
        })
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, in {}, at byte {}: {}", self.kind, self.path, self.offset, excerpt(&self.raw))
    }
}

/// Why a value could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    /// What is wrong.
    pub kind: EncodeErrorKind,
    /// The member it is wrong in.
    pub path: String,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// A required member holds nothing.
    Missing,
    /// A required list holds nothing.
    Empty,
    /// A character that XML cannot carry.
    Character(char),
    /// The member does not exist on this wire, but holds a value.
    OtherWire {
        /// The wire it exists on.
        only: &'static str,
    },
    /// The value cannot be written here.
    Value {
        /// What is possible here.
        expected: String,
    },
}

impl fmt::Display for EncodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("a value is required"),
            Self::Empty => f.write_str("at least one item is required"),
            Self::Character(c) => write!(f, "XML cannot carry the character U+{:04X}", u32::from(*c)),
            Self::OtherWire { only } => {
                write!(f, "this member exists on {only} only and would be lost: leave it empty or use another binding")
            }
            Self::Value { expected } => write!(f, "the value cannot be written: expected {expected}"),
        }
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { write!(f, "{}", self.kind) } else { write!(f, "{}: {}", self.path, self.kind) }
    }
}

impl std::error::Error for EncodeError {}

/// What reading returns.
pub type Read = Result<(), Box<DecodeError>>;

/// What writing returns.
pub type Write = Result<(), Box<EncodeError>>;

/// What stands in place of anything secret.
pub(crate) const REDACTED: &str = "(redacted)";

/// At most 64 characters of a text.
pub(crate) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(64) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}
