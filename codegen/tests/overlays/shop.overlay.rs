//! A shop.

struct Order {
    #[secret]
    #[rename(order_number)]
    Number: Guid,
}

struct Line {
    PartNumber: Option<PartKind>,
    /// Anything.
    Note: _,
}

#[add]
#[open]
enum PartKind {
    Screw = 1,
    Nail = 2,
}

#[add]
#[open]
enum ShopError {
    Ok = 0,
    #[retry]
    Busy = 2,
}

#[closed]
enum Colour {
    /// Stop.
    Red,
}

#[binding(soap, endpoint = "https://test.example.com/", addressing = "2005/08")]
#[errors(ShopError)]
trait Shop {
    /// Places an order.
    #[idempotent(by = Number)]
    #[reply_errors("Problems/Problem", code = Kind, text = Message)]
    #[raises(2)]
    fn Place(
        /// What to order.
        order: _,
    );
    #[drop]
    fn Find();
}
