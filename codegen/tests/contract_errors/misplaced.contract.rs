#[secret]
#[binding(soap, version = "1.2", endpoint = "https://example.com/service")]
trait Shop {
    #[slots]
    fn Get(#[trailing] Id: i32) -> Thing;
}

#[read]
struct Thing {
    #[count(entries)]
    Ids: Vec<i32>,
    #[max(3)]
    Name: String,
    #[flat]
    Id: i32,
    #[item("x")]
    #[flat]
    Many: Vec<i32>,
    #[absent(nil)]
    Must: i32,
    #[attribute]
    List: Vec<i32>,
    #[text]
    Text: String,
}
