#[binding(soap, endpoint = "https://example.com/")]
#[binding(soap, endpoint = "https://example.com/2")]
trait Shop {
    fn Get(Id: i32, Id: i32) -> Thing;
    fn Get(Id: i32) -> Thing;
}

#[binding(soap, endpoint = "https://example.com/")]
trait Shop {}

struct Thing {
    #[wire("Id")]
    Number: i32,
    Id: i32,
}

struct Thing {}

struct String {}
