//! A secret is not written to a log or a database by accident.

use bindery_runtime::Secret;

fn store(_: impl serde::Serialize) {}

fn main() {
    store(Secret::new(String::from("hunter2")));
}
