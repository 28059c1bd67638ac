//! What tests of calls share: a service as the generator would write it (MONT's ChangeQuantityOfSubscription), a transport
//! that answers from memory, and an environment that does not change.

#![allow(dead_code, unreachable_pub)] // each test takes what it needs

pub mod mont;
pub mod world;
