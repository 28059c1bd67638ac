//! A shop, as it was.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

#[binding(soap, version = "1.2", endpoint = "https://shop.example/Shop.svc", action = "urn:shop/{op}")]
trait Shop {
    fn Find(number: String) -> Order;
    fn Place(order: NewOrder) -> Order;
}

struct Order {
    Number: String,
    State: State,
    Lines: Vec<Line>,
}

struct NewOrder {
    Number: String,
    Note: Option<String>,
    Lines: Vec<Line>,
}

struct Line {
    Part: String,
    Quantity: i32,
}

#[open]
#[text]
enum State {
    New,
    Paid,
}
