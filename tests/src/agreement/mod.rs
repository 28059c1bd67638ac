//! Whether `bindery diff` says the truth: contracts are changed in many small ways, and what the diff says of each change is held
//! against the codec and the compiler.
//!
//! * [`bases`] are contracts to change; [`operators`] change their text, each in one way, by chance but always in the same way for one seed.
//! * [`instances`] builds documents of a contract, [`schemas`] asks another implementation whether a contract allows a document.

pub mod bases;
pub mod dress;
pub mod edit;
pub mod instances;
pub mod lexical;
pub mod mutation;
pub mod operators;
pub mod programs;
pub mod random;
pub mod run;
pub mod schemas;
pub mod server;
pub mod side;
pub mod source;
pub mod table;
pub mod wire;
