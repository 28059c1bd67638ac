#[binding(xml_rpc, method = "Execute", server = "BM")]
trait T {
    fn T_API(request: Request) -> Answer;
}

#[slots]
struct Answer {
    Ok: i32,
}

#[slots]
struct Request {
    #[max(18446744073709551616)]
    X: String,
    #[max(0)]
    Y: String,
}
