//! Documents, and decoders and encoders of them: ours and others.

pub mod by_hand;
pub mod cases;
pub mod documents;
pub mod ours;
pub mod raw;
pub mod with_serde;
#[cfg(feature = "xsd-parser")]
pub mod with_xsd_parser;
