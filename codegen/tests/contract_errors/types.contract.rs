#[binding(soap, version = "1.2", endpoint = "https://example.com/service")]
trait Shop {
    fn Get(Id: i32) -> Thing;
}

struct Thing {
    A: &str,
    B: [u8; 4],
    C: std::string::String,
    D: HashMap<String, i32>,
    E: Option<Option<i32>>,
    F: Vec<Vec<i32>>,
    G: Vec,
    H: i32<String>,
    I: _,
    J: Thing<i32>,
    K: Names,
    L: Vec<Names>,
    M: Loop,
    N: impl Copy,
}

type Names = Vec<String>;
type Loop = Again;
type Again = Loop;
