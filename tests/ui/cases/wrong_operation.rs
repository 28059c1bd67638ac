//! Each operation takes its own parameters.

use bindery_generated::mont::{B2BServiceV2Client, GetPriceChanges};

fn main() {
    let client = B2BServiceV2Client::new(());
    let _ = client.get_order(GetPriceChanges { version: 0 });
}
