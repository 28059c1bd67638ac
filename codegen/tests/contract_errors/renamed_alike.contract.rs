#[binding(soap, version = "1.2", endpoint = "https://example.com/service")]
trait Shop {
    fn Get(#[rename(id)] First: i32, #[rename(id)] Second: i32) -> Thing;
}

struct Thing {
    #[rename(name)]
    A: String,
    #[rename(name)]
    B: String,
    #[rename(other)]
    C: String,
}
