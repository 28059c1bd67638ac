//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

#[open]
enum State {
    New = 1,
    Paid = 2,
}

struct Order {
    State: State,
}
