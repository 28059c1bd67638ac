//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

struct Order {
    Lines: Vec<Line>,
}

struct Line {
    Number: String,
}
