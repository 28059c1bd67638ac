//! A shop, as it is.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

#[binding(soap, version = "1.2", endpoint = "https://shop.example/v2/Shop.svc", action = "urn:shop/{op}")]
trait Shop {
    #[read]
    fn Find(number: String) -> Order;
    fn Place(order: NewOrder) -> Order;
    fn Cancel(number: String) -> Order;
}

struct Order {
    Number: String,
    State: State,
    Lines: Vec<Line>,
}

struct NewOrder {
    Currency: String,
    Number: String,
    Lines: Vec<Line>,
}

struct Line {
    Part: String,
    Quantity: i64,
    Discount: Option<Decimal>,
}

#[open]
#[text]
enum State {
    New,
    Paid,
    Shipped,
    Returned,
    Lost,
    Found,
}
