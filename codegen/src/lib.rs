//! Reads service contracts (WSDL, XSD, hand-written contract files) and writes typed Rust clients.
//!
//! [`Builder`] is the way in from a build script; the `bindery` command does the same from `bindery.toml`. The stages
//! between a contract and its Rust are modules of their own; `ARCHITECTURE.md` shows how they fit.

mod builder;
pub mod codes;
pub mod config;
pub mod contract;

pub mod diagnostic;
#[cfg(feature = "cli")]
pub mod diff;
#[cfg(feature = "cli")]
pub mod drift;
pub mod emit;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod generate;
pub mod lock;
pub mod model;
pub mod output;
pub mod passes;
mod pattern;
pub mod plan;
pub mod source;
mod stamp;
pub mod wsdl;
pub mod xsd;

pub use builder::{BuildError, Builder};
pub use diagnostic::Severity;
