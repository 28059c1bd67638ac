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
    Start: A,
}

#[slots]
struct A {
    #[count(entries)]
    Bs: Vec<B>,
}

#[slots]
struct B {
    #[count(entries)]
    As: Vec<A>,
}
