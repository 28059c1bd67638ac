#[binding(soap, version = "1.2", endpoint = "https://example.com/service")]
trait Shop {
    fn Get(Id: i32) -> A;
}

struct A {
    B: B,
}

struct B {
    C: C,
}

struct C {
    A: A,
    Fine: Option<Tree>,
}

struct Tree {
    Children: Vec<Tree>,
    Parent: Option<Tree>,
}
