//! What the contract requires must be given.

use bindery_generated::mont::SendOrderLineContract;

fn main() {
    let _ = SendOrderLineContract {
        order_line_num: "KEYS-00004280-1".into(),
        part_num: "abc-11111".into(),
        end_user_info: None,
        mont_subscriber_id: None,
    };
}
