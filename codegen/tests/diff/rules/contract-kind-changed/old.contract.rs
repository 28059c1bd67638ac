//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

struct Order {
    Number: String,
}
