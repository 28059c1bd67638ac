//! Running Bindery over a folder of real contracts: load, generate, compile, round trip.

pub mod compile;
pub mod discover;
pub mod documents;
pub mod generate;
pub mod manifest;
pub mod order;
pub mod report;
pub mod roundtrip;
pub mod stages;
pub mod validate;
pub mod w3c;

use std::path::PathBuf;

/// Where the contracts are, beside the project; `None` when the folder is not there.
pub fn folder() -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus"));
    path.canonicalize().ok().filter(|path| path.join("MANIFEST.tsv").is_file())
}
