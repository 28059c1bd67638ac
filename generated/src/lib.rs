//! Typed clients for the contracts in this repository.
