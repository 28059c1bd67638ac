//! Counters are written by the runtime: there is no slot to set one by hand.

use bindery_generated::cloudblue::ItemParameters;

fn main() {
    let _ = ItemParameters {
        provisioning_item_id: 0,
        provisioning_parameters_counter: 1,
        parameters: vec![].into(),
    };
}
