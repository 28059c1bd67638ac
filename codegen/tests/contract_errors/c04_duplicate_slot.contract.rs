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
    X: i32,
    X: String,
}
