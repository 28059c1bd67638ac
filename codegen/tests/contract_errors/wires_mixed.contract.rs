#[binding(xml_rpc)]
#[binding(soap, endpoint = "https://example.com/")]
trait Mixed {
    fn Get(Id: i32) -> i32;
}

#[binding(soap, endpoint = "https://example.com/")]
trait Soap {
    #[get]
    #[result(list)]
    fn Get(Ids: Vec<i32>) -> Row;
    #[only(xml)]
    fn Put(Id: i32) -> i32;
    #[output(bare)]
    fn Post(Id: i32) -> i32;
    #[output(element = "x y")]
    fn Patch(Id: i32);
}

#[binding(xml_rpc)]
trait Rows {
    #[result(list)]
    fn One() -> Row;
    fn Many() -> Vec<Row>;
}

trait Unbound {
    fn Get(Id: i32) -> i32;
}

#[slots]
struct Row {
    Id: i32,
}
