struct Ordr {
    #[secret]
    Number: _,
}

struct Line {
    #[secret]
    PartNo: _,
}

#[open]
enum Colour {
    /// Not there.
    Blue,
}

trait Shoop {}

trait Shop {
    #[read]
    fn Plce();
    #[settled(by = Fnd, key = Numbr)]
    fn Place(
        #[secret]
        ordr: _,
    );
    #[example(xml, "samples/none")]
    fn Find();
}
