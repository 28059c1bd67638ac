//! Reads service contracts and writes typed Rust clients. See `ARCHITECTURE.md` for the house plan.

pub mod contract;
pub mod diagnostic;
pub mod emit;
pub mod model;
pub mod passes;
pub mod plan;
pub mod source;
