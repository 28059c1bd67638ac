//! A call that is not sent does nothing, and the compiler says so.

#![deny(unused_must_use)]

use bindery_generated::mont::{B2BServiceV2Client, GetOrder};

fn main() {
    let client = B2BServiceV2Client::new(());
    client.get_order(GetOrder { order_number: "KEYS-00004280".into() });
}
