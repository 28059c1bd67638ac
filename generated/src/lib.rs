//! Typed clients for the contracts in this repository, written by Bindery: a module and a feature per vendor.
//!
//! Everything but this file is generated: change the contract and run `bindery generate`.

#![allow(missing_docs)] // what the vendors do not document stays undocumented

#[cfg(feature = "cloudblue")]
pub mod cloudblue;
#[cfg(feature = "corteos")]
pub mod corteos;
#[cfg(feature = "mont")]
pub mod mont;
