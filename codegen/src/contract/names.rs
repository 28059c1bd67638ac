//! Names: XML's rules for them, and those made from types.

use super::ast::{Ty, TyKind, xsd_name};

/// Whether a text is an XML name without a colon (Namespaces in XML 1.0, `NCName`).
///
/// # Errors
/// What is wrong with it, in words.
pub(super) fn xml_name(text: &str) -> Result<(), String> {
    let start = |c: char| {
        c == '_'
            || c.is_ascii_alphabetic()
            || matches!(c, '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
                | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
                | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
    };
    let rest = |c: char| {
        start(c)
            || c.is_ascii_digit()
            || matches!(c, '-' | '.' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
    };
    if text.len() > 1024 {
        return Err("it is longer than 1024 bytes".into());
    }
    let mut chars = text.chars();
    match chars.next() {
        None => return Err("it is empty".into()),
        Some(first) if !start(first) => return Err(format!("it cannot begin with {first:?}")),
        Some(_) => {}
    }
    match chars.find(|c| !rest(*c)) {
        Some(bad) => Err(format!("it cannot hold {bad:?}")),
        None => Ok(()),
    }
}

/// Puts the argument in the place of a type parameter.
pub(super) fn substitute(ty: &Ty, parameter: &str, argument: &Ty) -> Ty {
    let kind = match &ty.kind {
        TyKind::Named(name, None) if name.text == parameter => return argument.clone(),
        TyKind::Named(name, Some(inner)) => {
            TyKind::Named(name.clone(), Some(Box::new(substitute(inner, parameter, argument))))
        }
        TyKind::Option(inner) => TyKind::Option(Box::new(substitute(inner, parameter, argument))),
        TyKind::List(inner) => TyKind::List(Box::new(substitute(inner, parameter, argument))),
        other => other.clone(),
    };
    Ty { kind, span: ty.span }
}

/// A type's spelling, the same for the same type.
pub(super) fn spell(ty: &Ty) -> String {
    match &ty.kind {
        TyKind::Scalar(builtin) => xsd_name(*builtin).into(),
        TyKind::Option(inner) => format!("Option<{}>", spell(inner)),
        TyKind::List(inner) => format!("Vec<{}>", spell(inner)),
        TyKind::Named(name, None) => format!("{}.", name.text),
        TyKind::Named(name, Some(inner)) => format!("{}<{}>", name.text, spell(inner)),
        TyKind::Unchanged | TyKind::Wrong => String::new(),
    }
}

/// A type's spelling as part of a name: `OrderContract`, `StringList`.
pub(super) fn readable(ty: &Ty) -> String {
    match &ty.kind {
        TyKind::Scalar(builtin) => {
            let mut name = xsd_name(*builtin).to_owned();
            name[..1].make_ascii_uppercase();
            name
        }
        TyKind::Option(inner) => readable(inner),
        TyKind::List(inner) => format!("{}List", readable(inner)),
        TyKind::Named(name, None) => name.text.clone(),
        TyKind::Named(name, Some(inner)) => format!("{}{}", readable(inner), name.text),
        TyKind::Unchanged | TyKind::Wrong => String::new(),
    }
}
