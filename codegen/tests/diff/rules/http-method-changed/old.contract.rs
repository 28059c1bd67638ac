//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

#[binding(xml, endpoint = "https://shop.example/Shop", path = "/{op}")]
trait Shop {
    fn Find(number: String) -> Order;
}

struct Order {
    Number: String,
}
