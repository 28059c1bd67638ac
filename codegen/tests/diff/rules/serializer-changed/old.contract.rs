//! A shop.

#![contract(namespace = SHOP, style = data_contract)]

const SHOP: Ns = "urn:shop";

#[binding(soap, version = "1.2", endpoint = "https://shop.example/Shop.svc", action = "urn:shop/{op}")]
trait Shop {
    fn Find(number: String) -> Order;
}

struct Order {
    Number: String,
}
