//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

#[open]
enum State {
    New = 1,
    Settled = 2,
}

struct Order {
    State: State,
}
