//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

#[binding(soap, version = "1.2", endpoint = "https://shop.example/Shop.svc", action = "urn:shop/{op}")]
#[reply_errors("Errors", code = Type, text = Text)]
trait Shop {
    fn Find(number: String) -> Reply;
}

struct Reply {
    Number: Option<String>,
    Errors: Vec<Refusal>,
}

struct Refusal {
    Type: String,
    Text: String,
}
