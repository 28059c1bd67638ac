//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

#[binding(xml_rpc, endpoint = "https://shop.example/rpc", method = "Execute", server = "SHOP")]
trait Shop {
    fn Find(number: String) -> Order;
}

#[slots]
struct Order {
    Number: String,
    Place: Place,
}

#[packed("{Shelf}/{Box}")]
struct Place {
    Shelf: String,
    Box: String,
}
