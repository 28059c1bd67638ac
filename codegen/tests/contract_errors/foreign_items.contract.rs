use std::collections::HashMap;

fn free() {}

impl Thing {}

struct Tuple(i32, i32);

struct Unit;

pub struct Thing {
    pub Id: i32,
}

const LIMIT: usize = 10;

static NAME: &str = "x";

#[binding(soap, endpoint = "https://example.com/")]
trait Shop: Base {
    const X: i32;
    async fn Get(&self, Id: i32) -> Thing {
        todo!()
    }
}
