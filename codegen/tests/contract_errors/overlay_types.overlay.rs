struct Order {
    Number: Guuid,
    Lines: Vec<i32>,
}

struct Line {
    PartNumber: Option<Code>,
    Note: Code,
}

#[add]
#[open]
enum Code {
    A = 1,
    B,
}

#[add]
enum Colour {
    Red = 1,
}

type X = i32;

trait Shop {
    fn Find() -> i32;
}
