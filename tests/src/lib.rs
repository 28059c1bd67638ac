//! Helpers shared by the tests that cross crates.

pub mod peers;
pub mod server;
