#[binding(sop, endpoint = "https://example.com/")]
#[binding(soap, endpoint = "https://example.com/", vresion = "1.2")]
#[binding(soap, name = "b", version = "1.3")]
#[binding(soap, name = "c", security = username_token(plain))]
#[binding(xml, name = "d", version = "1.2")]
#[binding(xml, name = "e", endpoint = https)]
#[binding]
trait Shop {
    #[read(now)]
    fn Get(Id: i32) -> Thing;
    #[settled(key = Id)]
    fn Put(Id: i32) -> Thing;
    #[raises]
    fn Post(Id: i32) -> Thing;
    #[raises("one")]
    fn Patch(Id: i32) -> Thing;
    #[example("xml" "path")]
    fn Copy(Id: i32) -> Thing;
    #[only(soap, xml)]
    fn Move(Id: i32) -> Thing;
}

struct Thing {
    #[wire(Id)]
    #[secret]
    #[secret]
    Id: i32,
    #[absent = "nil"]
    Other: Option<i32>,
}
