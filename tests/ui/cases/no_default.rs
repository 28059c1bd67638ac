//! A type with required members has no default: an order without a number must not come from nowhere.

use bindery_generated::mont::SendOrderContract;

fn main() {
    let _ = SendOrderContract::default();
}
