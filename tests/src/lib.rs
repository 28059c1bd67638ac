//! Helpers shared by the tests that cross crates.

pub mod agreement;
pub mod corpus;
pub mod demo;
#[cfg(doctest)]
mod documents;
pub mod families;
pub mod fuzz;
pub mod peers;
pub mod rearrange;
pub mod server;
pub mod verdict;
