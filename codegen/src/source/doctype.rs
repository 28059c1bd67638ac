//! Document type declarations: what the W3C's own schemas carry is read, everything that reaches out is refused.
//!
//! Accepted is an internal subset of ATTLIST, ELEMENT, NOTATION and plain entities, as in the schema of XML Signature. Its
//! external subset is the DTD *of the schema language*, known by its name and never fetched. The text that comes
//! out has the DOCTYPE blanked and entity references replaced, with every line where it was.

use std::ops::Range;

use super::Limits;

/// Why a DOCTYPE is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DoctypeError {
    /// An external DTD other than that of the schema language.
    ExternalDtd(String),
    /// An entity in another file.
    ExternalEntity(String),
    /// References to a parameter entity.
    ParameterEntity,
    /// An entity that holds markup.
    Markup(String),
    /// References to entities add too much text.
    Expansion(usize),
    /// It cannot be read.
    Syntax,
}

/// The text without its DOCTYPE, entities expanded.
///
/// # Errors
/// See [`DoctypeError`]; with the byte offset.
pub(crate) fn resolve(text: &str, doctype: Range<usize>, limits: &Limits) -> Result<String, (DoctypeError, usize)> {
    let entities = declarations(&text[doctype.clone()]).map_err(|(error, at)| (error, doctype.start + at))?;
    let budget = limits.entity_bytes.min(text.len().saturating_mul(5));
    let mut out = String::with_capacity(text.len() + 1024);
    let blank = |part: &str, out: &mut String| out.extend(part.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
    out.push_str(&text[..doctype.start]);
    blank(&text[doctype.clone()], &mut out);
    if entities.is_empty() {
        out.push_str(&text[doctype.end..]);
        return Ok(out);
    }
    let mut added = 0;
    let mut at = doctype.end;
    while at < text.len() {
        let rest = &text[at..];
        let Some(hit) = rest.find(['&', '<']) else {
            out.push_str(rest);
            break;
        };
        out.push_str(&rest[..hit]);
        let here = &rest[hit..];
        let raw = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
            .into_iter()
            .find(|(open, _)| here.starts_with(open))
            .map(|(_, close)| here.find(close).map_or(here.len(), |end| end + close.len()));
        if let Some(length) = raw {
            out.push_str(&here[..length]);
            at += hit + length;
            continue;
        }
        let name = here.strip_prefix('&').and_then(|after| after.split_once(';')).map(|(name, _)| name);
        match name.and_then(|name| entities.iter().find(|(known, _)| known == name)) {
            Some((name, _)) => {
                expand(name, &entities, 0, &mut added, budget, &mut out).map_err(|error| (error, at + hit))?;
                at += hit + name.len() + 2;
            }
            None => {
                out.push_str(&here[..1]);
                at += hit + 1;
            }
        }
    }
    Ok(out)
}

/// Entities may name others, but neither deeply nor in a circle.
const NESTING: usize = 8;

fn expand(
    name: &str,
    entities: &[(String, String)],
    depth: usize,
    added: &mut usize,
    budget: usize,
    out: &mut String,
) -> Result<(), DoctypeError> {
    let Some((_, value)) = entities.iter().find(|(known, _)| known == name) else {
        // A character reference or one of the five predefined entities: the parser reads it.
        out.push('&');
        out.push_str(name);
        out.push(';');
        return Ok(());
    };
    if depth >= NESTING {
        return Err(DoctypeError::Expansion(budget));
    }
    let mut rest = value.as_str();
    loop {
        let (plain, after) = rest.split_once('&').map_or((rest, None), |(plain, after)| (plain, Some(after)));
        *added += plain.len() + 1;
        if *added > budget {
            return Err(DoctypeError::Expansion(budget));
        }
        // Lines stay where they are.
        out.extend(plain.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
        let Some(after) = after else { return Ok(()) };
        let Some((inner, tail)) = after.split_once(';') else { return Err(DoctypeError::Syntax) };
        expand(inner, entities, depth + 1, added, budget, out)?;
        rest = tail;
    }
}

type Declared = Vec<(String, String)>;

fn declarations(doctype: &str) -> Result<Declared, (DoctypeError, usize)> {
    let (head, subset_at) = match doctype.find('[') {
        Some(at) => (&doctype[..at], Some(at + 1)),
        None => (doctype, None),
    };
    external(head)?;
    let Some(start) = subset_at else { return Ok(Vec::new()) };
    let end = doctype.rfind(']').filter(|end| *end >= start).ok_or((DoctypeError::Syntax, start))?;
    let mut entities = Declared::new();
    let mut at = start;
    while at < end {
        let rest = &doctype[at..end];
        let Some(first) = rest.chars().next() else { break };
        if first.is_ascii_whitespace() {
            at += 1;
        } else if rest.starts_with("<!--") {
            at += rest.find("-->").ok_or((DoctypeError::Syntax, at))? + 3;
        } else if rest.starts_with("<?") {
            at += rest.find("?>").ok_or((DoctypeError::Syntax, at))? + 2;
        } else if first == '%' {
            return Err((DoctypeError::ParameterEntity, at));
        } else if let Some(body) = rest.strip_prefix("<!ENTITY") {
            let length = declaration_end(body).ok_or((DoctypeError::Syntax, at))?;
            if let Some(entity) = entity(&body[..length]).map_err(|error| (error, at))? {
                // XML: the first declaration of an entity binds.
                if entities.iter().all(|(name, _)| *name != entity.0) {
                    entities.push(entity);
                }
            }
            at += "<!ENTITY".len() + length + 1;
        } else if ["<!ATTLIST", "<!ELEMENT", "<!NOTATION"].iter().any(|open| rest.starts_with(open)) {
            at += declaration_end(rest).ok_or((DoctypeError::Syntax, at))? + 1;
        } else {
            return Err((DoctypeError::Syntax, at));
        }
    }
    Ok(entities)
}

/// Offset of the `>` that ends a declaration, quoted text skipped.
fn declaration_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at),
            (None, _) => {}
        }
    }
    None
}

fn external(head: &str) -> Result<(), (DoctypeError, usize)> {
    let literals: Vec<&str> = head.split(['"', '\'']).skip(1).step_by(2).collect();
    let system = match head.split_ascii_whitespace().nth(2) {
        Some("PUBLIC") => literals.get(1).copied(),
        Some("SYSTEM") => literals.first().copied(),
        _ => None,
    };
    match system {
        Some(system) if system.rsplit('/').next() != Some("XMLSchema.dtd") => {
            Err((DoctypeError::ExternalDtd(system.chars().take(200).collect()), 0))
        }
        _ => Ok(()),
    }
}

fn entity(body: &str) -> Result<Option<(String, String)>, DoctypeError> {
    let body = body.trim_start();
    let (parameter, body) = match body.strip_prefix('%') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, body),
    };
    let (name, rest) = body.split_once(|c: char| c.is_ascii_whitespace()).ok_or(DoctypeError::Syntax)?;
    let rest = rest.trim();
    if rest.starts_with("SYSTEM") || rest.starts_with("PUBLIC") {
        return Err(DoctypeError::ExternalEntity(name.chars().take(64).collect()));
    }
    if parameter {
        return Ok(None); // harmless until it is referred to, and that is refused
    }
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or(DoctypeError::Syntax)?;
    let value = rest[1..].strip_suffix(quote).ok_or(DoctypeError::Syntax)?;
    if value.contains('<') || value.contains("&#60;") || value.contains("&#x3") {
        return Err(DoctypeError::Markup(name.chars().take(64).collect()));
    }
    Ok(Some((name.to_owned(), value.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Result<String, DoctypeError> {
        let found = crate::source::prescan::scan(text, &Limits::default()).expect("in limits");
        resolve(text, found.doctype.expect("has a DOCTYPE"), &Limits::default()).map_err(|(error, _)| error)
    }

    #[test]
    fn the_signature_schema_way() {
        let text = "<!DOCTYPE schema PUBLIC \"-//W3C//DTD XMLSchema 200102//EN\" \"http://www.w3.org/2001/XMLSchema.dtd\" [\n\
                    <!ATTLIST schema xmlns:ds CDATA #FIXED \"urn:d\">\n<!ENTITY d 'urn:d'>\n<!ENTITY % p ''>\n]>\n<a b='&d;'>&amp;<!-- &d; --></a>";
        let out = run(text).expect("is accepted");
        assert!(out.ends_with("\n<a b='urn:d'>&amp;<!-- &d; --></a>"));
        assert_eq!(out.matches('\n').count(), text.matches('\n').count());
    }

    #[test]
    fn what_reaches_out_is_refused() {
        assert!(matches!(run("<!DOCTYPE a SYSTEM 'file:///etc/x'><a/>"), Err(DoctypeError::ExternalDtd(_))));
        assert!(matches!(run("<!DOCTYPE a [<!ENTITY x SYSTEM 'f'>]><a/>"), Err(DoctypeError::ExternalEntity(_))));
        assert!(matches!(run("<!DOCTYPE a [<!ENTITY % x 'f'> %x;]><a/>"), Err(DoctypeError::ParameterEntity)));
        assert!(matches!(run("<!DOCTYPE a [<!ENTITY x '<b/>'>]><a>&x;</a>"), Err(DoctypeError::Markup(_))));
    }

    #[test]
    fn expansion_is_bounded() {
        let laughs = "<!DOCTYPE a [<!ENTITY a '0123456789'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>\
                      <!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>]><a>&d;</a>";
        assert!(matches!(run(laughs), Err(DoctypeError::Expansion(_))));
        assert!(matches!(
            run("<!DOCTYPE a [<!ENTITY x '&y;'><!ENTITY y '&x;'>]><a>&x;</a>"),
            Err(DoctypeError::Expansion(_))
        ));
    }
}
