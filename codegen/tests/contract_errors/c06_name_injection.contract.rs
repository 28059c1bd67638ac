#[binding(soap, version = "1.2", endpoint = "https://example.com/service")]
trait Shop {
    fn Get(Id: i32) -> Thing;
}

struct Thing {
    /// */ compile_error!(1) /*
    #[wire("x: i32, pub y")]
    X: i32,
    #[wire("")]
    Y: i32,
    #[wire("1st")]
    Z: i32,
}
