//! XML Schema 1.0: [`syntax`] as written, `read` from a tree, [`Lowering`] into the model.

mod builtin;
mod check;
pub mod codes;
mod complex;
pub(crate) mod docs;
pub(crate) mod drafts;
mod facets;
mod lexical;
mod lower;
pub(crate) mod names;
mod particles;
pub(crate) mod read;
mod simple;
mod skipped;
mod substitution;
pub mod syntax;
mod units;
mod unknown;

pub use lower::Lowering;
pub use read::{XSD, read_schema};
pub use units::{Unit, units};
