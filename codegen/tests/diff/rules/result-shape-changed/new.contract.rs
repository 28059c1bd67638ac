//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

#[binding(xml_rpc, endpoint = "https://shop.example/rpc", method = "Execute", server = "SHOP")]
trait Shop {
    #[result(list)]
    fn Find(number: String) -> Vec<Order>;
}

#[slots]
struct Order {
    Number: String,
    Sum: f64,
}
