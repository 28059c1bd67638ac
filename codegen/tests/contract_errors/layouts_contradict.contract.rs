#[binding(soap, version = "1.2", endpoint = "https://example.com/service")]
trait Shop {
    #[read]
    fn Get(Id: i32) -> Thing;
}

struct Thing {
    Id: i32,
}

#[slots]
#[packed("{A}")]
struct Both {
    A: i32,
}
