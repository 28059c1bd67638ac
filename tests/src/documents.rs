//! The documents for people, as rustdoc sees them: the code in them has to compile.

/// Of the repository.
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// Of what generated files hold.
#[doc = include_str!("../../docs/generated-code.md")]
pub struct GeneratedCode;

/// Of what to do when a contract changes.
#[doc = include_str!("../../docs/change.md")]
pub struct Change;
