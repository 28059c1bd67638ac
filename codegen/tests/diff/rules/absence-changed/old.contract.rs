//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

#[binding(soap, version = "1.2", endpoint = "https://shop.example/Shop.svc", action = "urn:shop/{op}")]
#[binding(xml, endpoint = "https://shop.example/Shop", path = "/{op}")]
trait Shop {
    fn Find(number: String) -> Order;
}

struct Order {
    Number: String,
    #[absent(omit)]
    Note: Option<String>,
}
