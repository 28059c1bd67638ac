//! Typed clients for the contracts in this repository, written by Bindery: a module and a feature per vendor.
//!
//! Everything but this file is generated: change the contract and run `bindery generate`.

#![allow(missing_docs)] // what the vendors do not document stays undocumented

#[cfg(feature = "cloudblue")]
#[rustfmt::skip]
pub mod cloudblue;
#[cfg(feature = "corteos")]
/// Corteos XmlGate V3: a module per service.
pub mod corteos {
    #[rustfmt::skip]
    pub mod authorization;
    #[rustfmt::skip]
    pub mod orders_api;
}
#[cfg(feature = "mont")]
#[rustfmt::skip]
pub mod mont;
