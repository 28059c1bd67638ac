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
    #[trailing]
    Early: Option<i32>,
    Late: i32,
    Record: Plain,
    Raw: Xml,
    #[absent(nil)]
    Nil: Option<i32>,
    #[trailing]
    Bare: i32,
    #[count(entries)]
    Items: Vec<i32>,
    ItemsCount: i32,
    #[count(everything)]
    Others: Vec<i32>,
}

struct Plain {
    Id: i32,
}
