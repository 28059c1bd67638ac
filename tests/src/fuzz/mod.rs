//! Contracts that nobody wrote: schemas made by chance from a grammar of what XML Schema allows, and what our code makes of them.
//!
//! Real contracts show what vendors do; chance shows which combinations nobody thought of. Every case is determined by the run's seed
//! and its own number, so that any one can be made again alone.
//!
//! * [`schema`] is a schema as a tree, and prints it; [`make`] makes one by chance, with simple types from [`simple`], content from
//!   [`content`] and names from [`names`].
//! * [`run`] makes documents, asks another implementation whether they are valid, and sends them through generated code.
//! * [`service`] puts services over such types, and [`calls`] holds the requests of their clients against the contract.
//! * [`mangle`] breaks real contracts.

pub mod calls;
pub mod content;
pub mod make;
pub mod mangle;
pub mod names;
pub mod run;
pub mod schema;
pub mod service;
pub mod simple;
