//! XML as messages need it: a strict pull reader with limits, and the escaping half of a writer.
//!
//! XML 1.0 (fifth edition) with Namespaces 1.0, without document type declarations. A document is read from one string: see
//! [`decode_bytes`] for how bytes become text.

mod canonical;
pub mod chars;
mod charset;
mod escape;
mod limits;
mod namespaces;
mod path;
mod reader;
mod tag;
mod text;

pub use canonical::canonical;
pub use charset::{CharsetError, decode_bytes};
pub use escape::{escape_attribute, escape_text};
pub use limits::Limits;
pub use namespaces::{NamespaceId, XML_NAMESPACE, XMLNS_NAMESPACE, XSI_NAMESPACE};
pub use path::paths;
pub use reader::{Instructions, Reader, Skipped, Start, Token};
pub use tag::Attribute;

#[cfg(test)]
mod tests;
