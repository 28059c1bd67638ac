//! What goes over the wire, and what comes of it: beside the vendors' own messages, and against the vendor server.

#[path = "../support/mod.rs"]
mod support;

mod replies;
mod requests;
mod secrets;
mod served;
mod slots;
