#[binding(soap, version = "1.2", endpoint = "https://example.com/service")]
trait Shop {
    #[effectful]
    #[retry]
    fn AddOrder(Id: i32) -> Thing;
    #[settled(by = GetOrdr, key = Nummer)]
    fn PlaceOrder(Number: String) -> Thing;
    #[settled(by = AddOrder)]
    fn Pay(Number: String) -> Thing;
    #[read]
    #[effectful]
    fn GetOrder(Number: String) -> Thing;
}

struct Thing {
    Id: i32,
}
