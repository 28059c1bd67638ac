#[binding(xml, endpoint = "https://example.com/x y", path = "/x\r\nX-Evil: 1")]
trait Shop {
    #[path("/x\r\nX-Evil: 1")]
    fn Get(Id: i32) -> Thing;
}

#[binding(soap, endpoint = "file:///etc/passwd", action = "a\nb")]
trait Files {
    fn Get(Id: i32) -> Thing;
}

#[binding(soap, endpoint = "https://user:password@example.com/")]
trait Users {
    fn Get(Id: i32) -> Thing;
}

struct Thing {
    Id: i32,
}
