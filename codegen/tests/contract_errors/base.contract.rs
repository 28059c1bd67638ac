//! What the overlay cases patch.

#[binding(soap, version = "1.2", endpoint = "https://example.com/service")]
trait Shop {
    fn Place(order: Order) -> Placed;
    #[read]
    fn Find(Number: String) -> Placed;
}

struct Order {
    Number: String,
    Lines: Vec<Line>,
}

struct Line {
    PartNumber: String,
    #[attribute]
    Note: Option<String>,
}

struct Placed {
    Number: String,
    Problems: Option<Vec<Problem>>,
}

struct Problem {
    #[attribute]
    Kind: String,
    #[attribute]
    Message: Option<String>,
}

#[open]
#[text]
enum Colour {
    Red,
    Green,
}
