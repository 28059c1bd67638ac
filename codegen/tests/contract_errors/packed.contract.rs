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
    A: Swapped,
    B: Touching,
    C: Unclosed,
    D: NoNone,
    E: Listed,
}

#[packed("{B}={A}")]
struct Swapped {
    A: i32,
    B: i32,
}

#[packed("{A}{B}")]
struct Touching {
    A: i32,
    B: i32,
}

#[packed("{A}={B")]
struct Unclosed {
    A: i32,
    B: i32,
}

#[packed("{A}={B}")]
struct NoNone {
    A: Option<i32>,
    #[none(-1)]
    B: i32,
}

#[packed("{A}")]
struct Listed {
    A: Vec<i32>,
}
