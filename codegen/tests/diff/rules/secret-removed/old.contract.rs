//! A shop.

#![contract(namespace = SHOP)]

const SHOP: Ns = "urn:shop";

struct Account {
    Login: String,
    #[secret]
    Password: String,
}
