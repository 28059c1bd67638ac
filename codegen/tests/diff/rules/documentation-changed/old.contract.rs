//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

/// An order.
struct Order {
    Number: String,
}
