//! Types are the contract's: a number is no text.

use bindery_generated::mont::ChangeQuantityOfSubscription;

fn main() {
    let _ = ChangeQuantityOfSubscription {
        mont_subscription_id: "SUB-001068".into(),
        by_end_user: true,
        new_quantity: "3",
    };
}
