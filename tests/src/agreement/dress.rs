//! The same text as others would write it: blanks that do not count, comments and instructions inside, references for characters.

use bindery_codegen::model::{Builtin, Model, SimpleKind, TypeId, TypeKind, WhiteSpace};

use super::edit::escape;
use super::random::Random;

/// What white space means to a simple type.
pub fn white_space(model: &Model, mut id: TypeId) -> WhiteSpace {
    loop {
        let TypeKind::Simple(simple) = &model[id].kind else { return WhiteSpace::Preserve };
        if let Some(white_space) = simple.facets.white_space {
            return white_space;
        }
        match &simple.kind {
            SimpleKind::Restriction(base) => id = *base,
            SimpleKind::Builtin(Builtin::NormalizedString) => return WhiteSpace::Replace,
            SimpleKind::Builtin(Builtin::AnyType | Builtin::Xml | Builtin::AnySimpleType | Builtin::String) => {
                return WhiteSpace::Preserve;
            }
            // Of a union, the member that takes the text decides.
            SimpleKind::Union(_) => return WhiteSpace::Preserve,
            SimpleKind::Builtin(_) | SimpleKind::List(_) => return WhiteSpace::Collapse,
        }
    }
}

/// The text with other white space that means the same.
pub fn spaced(text: &str, white_space: WhiteSpace, random: &mut Random) -> String {
    match white_space {
        WhiteSpace::Preserve => text.to_owned(),
        WhiteSpace::Replace => text.replace(' ', ["\t", "\n", " "][random.below(3)]),
        WhiteSpace::Collapse => {
            let inner = text.replace(' ', ["  ", "\n\t", " \t "][random.below(3)]);
            let around = [("", "\n"), ("\n  ", " "), ("\t", "")][random.below(3)];
            format!("{}{inner}{}", around.0, around.1)
        }
    }
}

/// The text as the content of an element, in one of the ways that XML has. `instructions`: those, too.
pub fn content(text: &str, instructions: bool, random: &mut Random) -> String {
    let mut middle = text.len() / 2;
    while !text.is_char_boundary(middle) {
        middle -= 1;
    }
    let (before, behind) = (escape(&text[..middle]), escape(&text[middle..]));
    let cdata = |text: &str| if text.contains("]]>") { escape(text) } else { format!("<![CDATA[{text}]]>") };
    match random.below(7) {
        0 => format!("{before}{behind}<!-- a comment -->"),
        1 => format!("{before}<!-- a comment -->{behind}"),
        2 => cdata(text),
        3 => format!("{before}{}", cdata(&text[middle..])),
        4 if instructions => format!("{before}<?instruction a=\"b\"?>{behind}"),
        5 => references(text),
        _ => format!("<!---->{before}{behind}"),
    }
}

/// The text as an attribute's value: blanks by references are not the parser's to replace.
pub fn attribute(text: &str, random: &mut Random) -> String {
    match random.below(2) {
        0 => references(text),
        _ => escape(text),
    }
}

/// Each second character by its number.
fn references(text: &str) -> String {
    let mut out = String::new();
    for (index, c) in text.chars().enumerate() {
        match index % 4 {
            0 => out.push_str(&format!("&#{};", u32::from(c))),
            2 => out.push_str(&format!("&#x{:x};", u32::from(c))),
            _ => out.push_str(&escape(&c.to_string())),
        }
    }
    out
}
