//! Helpers shared by the tests that cross crates.

pub mod corpus;
pub mod demo;
pub mod peers;
pub mod server;
