//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

#[closed]
enum State {
    New = 1,
    Paid = 2,
}

struct Order {
    State: State,
}
