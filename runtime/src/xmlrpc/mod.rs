//! XML-RPC: values, calls, replies and faults.
//!
//! [`read_response`] and [`read_call`] turn a document into [`Value`]s, [`write_call`] and [`Execute::write`] do the reverse;
//! [`read_reply`] goes all the way to typed values. Positional layouts (records as flat arrays with counters) are the business of [`crate::codec`], which reads and writes the
//! slots of such an array.

mod execute;
mod fault;
mod reader;
mod reply;
mod value;
mod writer;

pub use execute::{Execute, result_of};
pub use fault::Fault;
pub use reader::{Options, Response, Step, decode_body, locate, read_call, read_response};
pub use reply::{Reply, read_reply};
pub use value::{Double, Iso8601, Struct, Value};
pub use writer::{Written, write_call, write_fault, write_response};

#[cfg(test)]
mod tests;

/// How deep values may be nested, read or written.
pub const MAX_DEPTH: usize = 64;
