#![contract(namespace = TEMPUR, types = TYPES, style = datacontract)]

const TEMPURI: Ns = "http://tempuri.org/";
const TEMPURI: Ns = "http://tempuri.org/2";
const TYPES: Ns = OTHERS;
const SPACED: Ns = "http://example.com/ x";
const NUMBER: Ns = 1;
const WRONG: &str = "http://example.com/";

#[binding(soap, version = "1.2", endpoint = "https://example.com/service")]
trait Shop {
    fn Get(Id: i32) -> Thing;
}

#[ns(SPACD)]
struct Thing {
    Id: i32,
}
