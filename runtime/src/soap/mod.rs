//! SOAP 1.1 and 1.2 over HTTP: envelopes, headers, WS-Addressing, WS-Security UsernameToken and Timestamp, faults.
//!
//! `write` makes the envelope of a request, `read` walks the envelope of an answer up to the body's one child, where the
//! codec takes over, and checks the rest afterwards. XML signatures and encryption are neither made nor checked.

pub(crate) mod fault;
pub(crate) mod multiref;
pub mod names;
pub(crate) mod package;
pub(crate) mod read;
pub(crate) mod read_fault;
pub(crate) mod reply_headers;
mod security;
pub(crate) mod timestamp;
pub(crate) mod write;
pub(crate) mod xop;

pub use fault::{Fault, FaultCode, FaultName};
pub use security::{VALIDITY, password_digest};
