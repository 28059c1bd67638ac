#[binding(soap, version = "1.2", endpoint = "https://example.com/service")]
trait Shop {
    #[idempotant]
    fn Get(Id: i32) -> Thing;
    #[sensitive]
    fn Put(Id: i32) -> Thing;
    #[derive(Debug)]
    fn Post(Id: i32) -> Thing;
}

#[serde(rename_all = "camelCase")]
struct Thing {
    Id: i32,
}
