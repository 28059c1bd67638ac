#[slots]
struct Order {
    #[count(entries)]
    Lines: _,
}

#[settled(by = Find)]
trait Shop {}
