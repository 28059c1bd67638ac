//! Reading an envelope: Envelope, then Header (optional), then Body with exactly one child, and nothing else.
//!
//! The parts are taken by their place and expanded name, never searched for. Mandatory headers are judged before the body is
//! looked at.

use std::ops::Range;

use super::names;
use super::timestamp::{self, Stamp};
use crate::error::DecodeError;
use crate::failure::Problem;
use crate::operation::SoapVersion;
use crate::raw::RawElement;
use crate::shape::Name;
use crate::xml::chars::is_blank;
use crate::xml::{Reader, Start, Token};

impl From<Box<DecodeError>> for Problem {
    fn from(error: Box<DecodeError>) -> Self {
        Self::Decode(error)
    }
}

/// An envelope up to its body.
#[derive(Debug)]
pub(crate) struct Opened<'d> {
    /// The version the answer is in.
    pub(crate) version: SoapVersion,
    /// The body's first child, whose start tag the reader has just read; `None` for an empty body, which is then closed.
    pub(crate) child: Option<Start<'d>>,
    /// The messages this one answers, by WS-Addressing.
    pub(crate) relates_to: Vec<String>,
    /// The time of a WS-Security Timestamp.
    pub(crate) stamp: Option<Stamp>,
    /// Header blocks that the contract declares, still to be decoded.
    pub(crate) declared: Vec<Block<'d>>,
    /// Header blocks that nobody declared and nothing here acts upon, and those that came before.
    pub(crate) others: Vec<RawElement>,
    /// Where the blocks that came before begin.
    pub(crate) repeated: Vec<(Name, usize)>,
    /// Where declared blocks stand that nobody will decode: what is secret in them is not known.
    pub(crate) unread: Vec<Range<usize>>,
}

/// A header block that the contract declares.
#[derive(Debug)]
pub(crate) struct Block<'d> {
    /// Which of the declared ones.
    pub(crate) index: usize,
    /// Stands behind its start tag.
    pub(crate) reader: Reader<'d>,
}

/// The namespace of a version's envelopes.
pub(crate) const fn envelope(version: SoapVersion) -> &'static str {
    match version {
        SoapVersion::V11 => names::ENVELOPE_11,
        SoapVersion::V12 => names::ENVELOPE_12,
    }
}

/// Reads up to the body's first child.
#[cfg(test)]
pub(crate) fn open<'d>(reader: &mut Reader<'d>) -> Result<Opened<'d>, Problem> {
    let mut opened = open_body(reader, &[])?;
    opened.child = first_child(reader)?;
    Ok(opened)
}

/// Reads up to the body's start tag. `declared`: the header blocks that are understood.
pub(crate) fn open_body<'d>(reader: &mut Reader<'d>, declared: &[Name]) -> Result<Opened<'d>, Problem> {
    let start = loop {
        if let Token::Start(start) = reader.next()? {
            break start;
        }
    };
    let version = if reader.is(start, names::ENVELOPE_12, "Envelope") {
        SoapVersion::V12
    } else if reader.is(start, names::ENVELOPE_11, "Envelope") {
        SoapVersion::V11
    } else {
        let what = format!("the answer is not a SOAP envelope: its root is {}", describe(reader, start));
        return Err(broken(reader, what));
    };
    let ns = envelope(version);
    let mut opened = Opened {
        version,
        child: None,
        relates_to: Vec::new(),
        stamp: None,
        declared: Vec::new(),
        others: Vec::new(),
        repeated: Vec::new(),
        unread: Vec::new(),
    };
    let mut header = false;
    loop {
        match reader.next()? {
            Token::Text(text) if is_blank(&text) => {}
            Token::Start(start) if reader.is(start, ns, "Body") => return Ok(opened),
            Token::Start(start) if reader.is(start, ns, "Header") && !header => {
                header = true;
                headers(reader, &mut opened, declared)?;
            }
            Token::Start(start) => {
                let what = format!(
                    "the Envelope holds {}, where only one Header and then one Body may stand",
                    describe(reader, start)
                );
                return Err(broken(reader, what));
            }
            Token::Text(_) => return Err(broken(reader, "text between the parts of the Envelope")),
            Token::End | Token::Eof => return Err(broken(reader, "the Envelope has no Body")),
        }
    }
}

/// The header blocks of an envelope that was read before, each with the namespaces declared around it.
pub(crate) fn header_blocks(reader: &mut Reader<'_>, version: SoapVersion) -> Result<Vec<RawElement>, Problem> {
    let mut blocks = Vec::new();
    let mut inside = false;
    loop {
        match reader.next()? {
            Token::Start(start) if reader.is(start, envelope(version), "Body") && !inside => return Ok(blocks),
            Token::Start(_) if inside => blocks.push(RawElement::capture(reader)?),
            Token::Start(start) => inside = reader.is(start, envelope(version), "Header"),
            Token::End if inside => inside = false,
            Token::End | Token::Eof => return Ok(blocks),
            Token::Text(_) => {}
        }
    }
}

/// Reads on from the body's start tag to its first child; to the document's end when there is none.
pub(crate) fn first_child<'d>(reader: &mut Reader<'d>) -> Result<Option<Start<'d>>, Problem> {
    loop {
        match reader.next()? {
            Token::Text(text) if is_blank(&text) => {}
            Token::Text(_) => return Err(broken(reader, "text in the Body, where exactly one element is expected")),
            Token::Start(start) => return Ok(Some(start)),
            Token::End | Token::Eof => {
                finish(reader)?;
                return Ok(None);
            }
        }
    }
}

/// Reads on behind the body's one child: to the end of the document, which must come.
pub(crate) fn close(reader: &mut Reader<'_>, child: &str) -> Result<(), Problem> {
    loop {
        match reader.next()? {
            Token::Text(text) if is_blank(&text) => {}
            Token::End => break,
            Token::Start(start) => {
                let what = format!(
                    "the Body holds {child} and then {}, where exactly one element may stand",
                    describe(reader, start)
                );
                return Err(broken(reader, what));
            }
            Token::Text(_) => return Err(broken(reader, "text in the Body, beside its one element")),
            Token::Eof => return Err(broken(reader, "the Body is not closed")),
        }
    }
    finish(reader)
}

/// Behind the body: the envelope's end, and the document's.
pub(crate) fn finish(reader: &mut Reader<'_>) -> Result<(), Problem> {
    loop {
        match reader.next()? {
            Token::Text(text) if is_blank(&text) => {}
            Token::End => break,
            Token::Start(start) => {
                let what =
                    format!("{} after the Body, which must be the Envelope's last element", describe(reader, start));
                return Err(broken(reader, what));
            }
            Token::Text(_) => return Err(broken(reader, "text after the Body")),
            Token::Eof => return Err(broken(reader, "the Envelope is not closed")),
        }
    }
    Ok(reader.finish()?)
}

/// Reads the Header, to its end.
fn headers<'d>(reader: &mut Reader<'d>, opened: &mut Opened<'d>, declared: &[Name]) -> Result<(), Problem> {
    loop {
        match reader.next()? {
            Token::Start(start) => header(reader, start, opened, declared)?,
            Token::End => return Ok(()),
            Token::Text(text) if is_blank(&text) => {}
            Token::Text(_) => return Err(broken(reader, "text between the header blocks")),
            Token::Eof => return Err(broken(reader, "the Header is not closed")),
        }
    }
}

/// Reads one header block, to its end.
fn header<'d>(
    reader: &mut Reader<'d>,
    start: Start<'d>,
    opened: &mut Opened<'d>,
    declared: &[Name],
) -> Result<(), Problem> {
    let ns = envelope(opened.version);
    let mandatory = match reader.attribute(ns, "mustUnderstand").map(|value| value.trim().to_owned()) {
        None => false,
        Some(value) => match (value.as_str(), opened.version) {
            ("1", _) | ("true", SoapVersion::V12) => true,
            ("0", _) | ("false", SoapVersion::V12) => false,
            _ => {
                let value = crate::failure::one_line(&value);
                let what = format!("mustUnderstand=\"{value}\" on {} is not a boolean", describe(reader, start));
                return Err(broken(reader, what));
            }
        },
    };
    let role = match opened.version {
        SoapVersion::V11 => "actor",
        SoapVersion::V12 => "role",
    };
    let for_us = match reader.attribute(ns, role).map(|role| role.trim()) {
        None | Some("") => true,
        Some(role) => matches!(role, names::ROLE_NEXT_12 | names::ROLE_ULTIMATE_12 | names::ACTOR_NEXT_11),
    };
    let namespace = reader.namespace(start.namespace).to_owned();
    let acted_upon = matches!(
        (namespace.as_str(), start.local),
        (
            names::ADDRESSING_10 | names::ADDRESSING_2004,
            "Action" | "MessageID" | "RelatesTo" | "To" | "From" | "ReplyTo" | "FaultTo"
        ) | (names::SECURITY, "Security")
    );
    let known = acted_upon || (namespace == names::MS_DIAGNOSTICS && start.local == "ActivityId");
    let fits = |(_, name): &(usize, &Name)| name.local == start.local && name.ns == namespace;
    let named = declared.iter().enumerate().find(fits);
    let wanted = named.filter(|_| for_us);
    if mandatory && for_us && !known && wanted.is_none() {
        let header = format!("{{{namespace}}}{}", start.local);
        return Err(Problem::MustUnderstand { header });
    }
    let first = match wanted {
        Some((index, name)) if opened.declared.iter().any(|block| block.index == index) => {
            opened.repeated.push((*name, reader.element_start()));
            false
        }
        Some((index, _)) => {
            opened.declared.push(Block { index, reader: reader.clone() });
            true
        }
        None => false,
    };
    if !acted_upon && !first {
        let from = reader.element_start();
        opened.others.push(RawElement::capture(reader)?);
        if named.is_some() {
            opened.unread.push(from..reader.position());
        }
        return Ok(());
    }
    match (namespace.as_str(), start.local) {
        (names::ADDRESSING_10 | names::ADDRESSING_2004, "RelatesTo") if for_us => {
            // Relations of other kinds (a message that replaces another) say nothing about whose answer this is.
            let reply = reader.attribute("", "RelationshipType").is_none_or(|kind| {
                let kind = kind.trim();
                kind == "http://www.w3.org/2005/08/addressing/reply" || kind == "wsa:Reply" || kind.ends_with(":Reply")
            });
            let id = text(reader)?.text;
            if reply {
                opened.relates_to.push(id);
            }
        }
        (names::SECURITY, "Security") => opened.stamp = timestamp::read(reader)?.or(opened.stamp.take()),
        _ => {
            reader.skip()?;
        }
    }
    Ok(())
}

/// The text of an element that has no child elements.
pub(super) struct Simple {
    /// White space around it taken off.
    pub(super) text: String,
    /// What the prefix of the text stands for, if the text is a name with a prefix that is declared; what an empty
    /// prefix stands for otherwise.
    pub(super) namespace: Option<String>,
}

/// Reads the text of the element just opened, to its end.
pub(super) fn text(reader: &mut Reader<'_>) -> Result<Simple, Problem> {
    let mut simple = Simple { text: String::new(), namespace: reader.lookup("").map(str::to_owned) };
    loop {
        match reader.next()? {
            Token::Text(text) => {
                simple.text.push_str(text.trim_matches([' ', '\t', '\r', '\n']));
                if let Some((prefix, _)) = simple.text.split_once(':') {
                    simple.namespace = reader.lookup(prefix).map(str::to_owned);
                }
            }
            Token::End => return Ok(simple),
            Token::Start(start) => {
                let what = format!("{} inside a text", describe(reader, start));
                return Err(broken(reader, what));
            }
            Token::Eof => return Err(broken(reader, "unexpected end of the document")),
        }
    }
}

/// A broken rule at the innermost open element.
pub(super) fn broken(reader: &Reader<'_>, what: impl Into<String>) -> Problem {
    Problem::Envelope { what: what.into(), offset: reader.element_start() }
}

/// An element in a sentence.
pub(crate) fn describe(reader: &Reader<'_>, start: Start<'_>) -> String {
    let local = crate::failure::one_line(start.local);
    match reader.namespace(start.namespace) {
        "" => format!("<{local}> in no namespace"),
        ns => format!("<{local}> of namespace {}", crate::failure::one_line(ns)),
    }
}
