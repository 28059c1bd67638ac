//! Names that make trouble: in Rust, in other languages, or beside one another.

use crate::agreement::random::Random;

/// Names that belong together: from one family they collide, or nearly do.
const FAMILIES: &[&[&str]] = &[
    // Ordinary ones are the larger part.
    &["id", "Order", "price", "Customer", "note", "Line", "amount", "status", "Address", "city", "Code", "item"],
    &["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"],
    // Keywords of Rust, past and future.
    &["type", "Self", "self", "super", "crate", "fn", "match", "async", "await", "dyn", "try", "gen", "union", "yield"],
    &["impl", "struct", "enum", "trait", "mod", "use", "move", "ref", "static", "where", "loop", "macro", "raw", "box"],
    // What the prelude, the runtime and generated code call their own.
    &[
        "Option",
        "Vec",
        "String",
        "Box",
        "Result",
        "Some",
        "None",
        "Ok",
        "Err",
        "Default",
        "Clone",
        "Debug",
        "PartialEq",
    ],
    &["Value", "Name", "Root", "Shape", "rt", "std", "core", "Raw", "Any", "List", "Nillable", "Secret", "NS", "T"],
    &["i32", "str", "bool", "u8", "f64", "main", "test", "elements", "types", "shapes", "namespaces", "NAME", "SHAPE"],
    &[
        "value",
        "content",
        "text",
        "choice",
        "any",
        "attributes",
        "items",
        "other",
        "Unknown",
        "unknown",
        "Other",
        "Text",
    ],
    &[
        "Decimal",
        "DateTime",
        "Date",
        "Duration",
        "Base64",
        "Element",
        "Attributes",
        "Node",
        "Content",
        "Choice",
        "Drift",
    ],
    // The same word in several hands.
    &["name", "Name", "NAME", "na_me", "naMe", "na-me", "na.me", "name_", "_name", "Na_Me", "name2", "name_2"],
    &["item1", "item_1", "Item1", "item-1", "ITEM1", "item.1", "item01", "item1_", "Item_1", "iTEM1"],
    // Other scripts, and letters whose case is not what it seems.
    &["Имя", "имя", "ИМЯ", "名前", "été", "Été", "Straße", "STRASSE", "İd", "ıd", "Ünit", "ñ"],
    // Digits and punctuation.
    &["_1", "_", "__", "a1", "a_1", "a.1", "a-1", "A-1", "_-", "a..b", "a--b", "x.", "x-", "x_", "_2", "_0a"],
];

/// Gives out names.
#[derive(Debug)]
pub struct Names {
    family: &'static [&'static str],
    plain: bool,
}

impl Names {
    /// Those of one case: a family that it prefers.
    pub fn new(random: &mut Random) -> Self {
        let plain = random.chance(40);
        let family = if plain { FAMILIES[0] } else { FAMILIES[random.below(FAMILIES.len())] };
        Self { family, plain }
    }

    /// A name that is not taken yet, and is then.
    pub fn fresh(&self, random: &mut Random, taken: &mut Vec<String>) -> String {
        let family = match random.below(100) {
            0..60 => self.family,
            _ if self.plain => FAMILIES[random.below(2)],
            _ => FAMILIES[random.below(FAMILIES.len())],
        };
        let mut name = family[random.below(family.len())].to_owned();
        while taken.contains(&name) {
            name.push_str(["x", "2", "_", "A", "-b", ".c"][random.below(6)]);
        }
        taken.push(name.clone());
        name
    }
}
