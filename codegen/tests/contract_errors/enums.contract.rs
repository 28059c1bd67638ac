#[binding(soap, version = "1.2", endpoint = "https://example.com/service")]
trait Shop {
    fn Get(Id: Code) -> Thing;
}

struct Thing {
    A: Code,
    B: Text,
    C: Shape,
}

#[open]
enum Code {
    First = 1,
    Second = 1,
    Third,
    Fourth = "4",
    Fifth = 99999999999999999999,
    First = 6,
    #[retry]
    Seventh = 7,
}

#[text]
#[open]
#[closed]
enum Text {
    A = 1,
    #[wire("b")]
    B,
}

enum Shape {
    Round(Thing),
    Square,
    Many(Vec<Thing>),
    Pair(Thing, Thing),
}

enum Quiet {
    Yes = 1,
}

#[open]
enum Empty {}
