//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

#[binding(soap, version = "1.2", endpoint = "https://shop.example/Shop.svc", action = "urn:shop/{op}")]
#[errors(Refused)]
trait Shop {
    #[raises(9)]
    fn Find(number: String) -> Reply<Order>;
}

#[open]
enum Refused {
    Ok = 0,
    Busy = 9,
}

#[open]
enum Broken {
    Ok = 0,
    Busy = 9,
}

#[reply(ok = Data, failed = IsError, code = ErrorCode)]
struct Reply<T> {
    Data: Option<T>,
    IsError: bool,
    ErrorCode: i32,
}

struct Order {
    Number: String,
}
