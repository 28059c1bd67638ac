//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

struct Account {
    Login: String,
    #[public]
    Password: String,
}
