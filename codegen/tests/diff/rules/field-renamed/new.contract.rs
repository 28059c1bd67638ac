//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

struct Order {
    #[rename(number)]
    OrdNo: String,
}
