include!("../../../../../../etc/passwd");

mod other;

#[binding(soap, version = "1.2", endpoint = "https://example.com/service")]
trait Shop {
    #[example(soap, "../../../../../../etc/passwd")]
    fn Get(Id: i32) -> Thing;
    #[example(soap, "/etc/passwd")]
    fn Put(Id: i32) -> Thing;
    #[example(soap, "samples/none")]
    fn Post(Id: i32) -> Thing;
    #[example(saop, "samples/none")]
    fn Copy(Id: i32) -> Thing;
}

struct Thing {
    Id: i32,
}
