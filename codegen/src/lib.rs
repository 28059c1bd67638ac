//! Reads service contracts and writes typed Rust clients. See `ARCHITECTURE.md` for the house plan.

pub mod diagnostic;
pub mod model;
pub mod source;
