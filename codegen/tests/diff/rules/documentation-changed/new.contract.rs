//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

/// An order. Obsolete since 2024.
struct Order {
    Number: String,
}
