//! References inside a message in SOAP encoding: an element with `href="#id"` stands for the element with that `id`, which
//! mostly stands beside the reply in the Body (`multiRef`).
//!
//! Each reference is replaced by a copy of what it means before the message is read, so that values are read as if they
//! had stood in place. The result is bounded, and a value that holds itself is an error: no value of ours can.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::names;
use crate::error::DecodeError;
use crate::failure::{Problem, one_line};
use crate::xml::{Limits, Reader, Token, escape_attribute};

/// Prefixes and what they mean at one place.
type Scope<'d> = Vec<(&'d str, String)>;

/// An element with an id.
struct Target<'d> {
    start: usize,
    /// Where its name ends: what copies keep begins here.
    name_end: usize,
    /// What stands between its tags, and where it ends.
    inner: Range<usize>,
    end: usize,
    /// `<a/>`
    empty: bool,
    in_header: bool,
    /// What prefixes mean inside it, and those it declares itself.
    scope: usize,
    own: Vec<&'d str>,
}

/// An element that stands for another.
struct Reference<'d> {
    outer: Range<usize>,
    id: String,
    /// It stands in a header block, which need not be in SOAP encoding: it may then mean something else.
    in_header: bool,
    prefix: &'d str,
    local: &'d str,
    namespace: String,
    scope: usize,
    own: Vec<&'d str>,
}

#[derive(Default)]
struct Found<'d> {
    targets: Vec<Target<'d>>,
    by_id: HashMap<String, usize>,
    /// In document order.
    references: Vec<Reference<'d>>,
    /// Children of the Body that are there to be referred to, in document order.
    aside: Vec<Range<usize>>,
    scopes: Vec<Scope<'d>>,
}

/// The message with its references put in. `limit` is the most bytes the result may have. What is not well-formed is left
/// as it is, for the reader to complain about.
pub(crate) fn resolve<'t>(text: &'t str, limits: &Limits, limit: u64) -> Result<Cow<'t, str>, Problem> {
    let Ok(found) = Found::of(text, limits) else { return Ok(Cow::Borrowed(text)) };
    let found = found?;
    if found.references.is_empty() && found.aside.is_empty() {
        return Ok(Cow::Borrowed(text));
    }
    let mut copy = Copy { text, found: &found, out: String::with_capacity(text.len()), limit, depth: limits.depth };
    let mut done = 0;
    for aside in &found.aside {
        copy.piece(done..aside.start, &mut Vec::new())?;
        done = aside.end;
    }
    copy.piece(done..text.len(), &mut Vec::new())?;
    Ok(Cow::Owned(copy.out))
}

impl<'d> Found<'d> {
    /// Looks for ids and references. The outer error is one of syntax.
    fn of(text: &'d str, limits: &Limits) -> Result<Result<Self, Problem>, Box<DecodeError>> {
        const BODY_CHILD: usize = 3;
        let mut found = Self::default();
        let mut reader = Reader::with_limits(text, limits.clone());
        // The targets we are in, by the depth of their elements.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut depth = 0;
        let (mut in_body, mut in_header) = (false, false);
        let mut root_seen = false;
        let mut aside_from = None;
        loop {
            match reader.next()? {
                Token::Start(start) => {
                    depth += 1;
                    let from = reader.element_start();
                    if depth == BODY_CHILD - 1 {
                        (in_body, in_header) = (start.local == "Body", start.local == "Header");
                    }
                    if !(in_body || in_header) || depth < BODY_CHILD {
                        continue;
                    }
                    let id = reader.attribute("", "id").cloned();
                    let id = id.or_else(|| reader.attribute(names::ENCODING_12, "id").cloned());
                    if in_body && depth == BODY_CHILD {
                        let not_root = reader.attribute(names::ENCODING_11, "root").is_some_and(|root| root == "0");
                        if !root_seen && !not_root {
                            root_seen = true;
                        } else if id.is_some() {
                            aside_from = Some(from);
                        }
                    }
                    let name_end =
                        from + 1 + start.local.len() + start.prefix.len() + usize::from(!start.prefix.is_empty());
                    let href =
                        reader.attribute("", "href").and_then(|href| href.trim().strip_prefix('#')).map(str::to_owned);
                    let href = match href {
                        None => reader.attribute(names::ENCODING_12, "ref").map(|id| id.trim().to_owned()),
                        href => href,
                    };
                    if id.is_none() && href.is_none() {
                        continue;
                    }
                    // A copy would not say any more that it has to be understood.
                    if in_header && depth == BODY_CHILD && must_understand(&mut reader) {
                        continue;
                    }
                    let scope = found.scope(&reader);
                    let own = reader.own_prefixes();
                    if let Some(id) = href {
                        let namespace = reader.namespace(start.namespace).to_owned();
                        let outer = reader.skip()?.outer;
                        depth -= 1;
                        let (prefix, local) = (start.prefix, start.local);
                        found.references.push(Reference { outer, id, in_header, prefix, local, namespace, scope, own });
                        continue;
                    }
                    let Some(id) = id else { continue };
                    let tag_end = reader.position();
                    let empty = text.get(from..tag_end).is_some_and(|tag| tag.ends_with("/>"));
                    let inner = tag_end..tag_end;
                    let target = Target { start: from, name_end, inner, end: tag_end, empty, in_header, scope, own };
                    let index = found.targets.len();
                    let before = found.by_id.insert(id.trim().to_owned(), index);
                    if before
                        .is_some_and(|before| found.targets.get(before).is_some_and(|it| it.in_header == in_header))
                    {
                        let what = format!("two elements of the message have the id {:?}", one_line(&id));
                        return Ok(Err(Problem::Envelope { what, offset: from }));
                    }
                    open.push((depth, index));
                    found.targets.push(target);
                }
                Token::End => {
                    if let Some((_, index)) = open.pop_if(|(at, _)| *at == depth)
                        && let Some(target) = found.targets.get_mut(index)
                    {
                        target.end = reader.position();
                        if !target.empty {
                            target.inner.end = reader.content_end();
                        }
                    }
                    if depth == BODY_CHILD
                        && let Some(from) = aside_from.take()
                    {
                        found.aside.push(from..reader.position());
                    }
                    depth = depth.saturating_sub(1);
                }
                Token::Text(_) => {}
                Token::Eof => return Ok(Ok(found)),
            }
        }
    }

    /// The number of the scope the reader is in. Neighbours mostly share one.
    fn scope(&mut self, reader: &Reader<'d>) -> usize {
        let visible = reader.inner_namespaces();
        let same = |known: &Scope<'_>| {
            known.len() == visible.len() && known.iter().zip(&visible).all(|((p, u), (q, v))| p == q && u == v)
        };
        if !self.scopes.last().is_some_and(same) {
            self.scopes.push(visible.iter().map(|(prefix, uri)| (*prefix, (*uri).to_owned())).collect());
        }
        self.scopes.len() - 1
    }
}

fn must_understand(reader: &mut Reader<'_>) -> bool {
    [names::ENVELOPE_11, names::ENVELOPE_12].iter().any(|ns| reader.attribute(ns, "mustUnderstand").is_some())
}

struct Copy<'f, 'd> {
    text: &'d str,
    found: &'f Found<'d>,
    out: String,
    limit: u64,
    depth: usize,
}

impl Copy<'_, '_> {
    /// A piece of the message, with the references in it put in. `chain`: the targets this is part of.
    fn piece(&mut self, range: Range<usize>, chain: &mut Vec<usize>) -> Result<(), Problem> {
        let references = &self.found.references;
        let first = references.partition_point(|reference| reference.outer.start < range.start);
        let mut done = range.start;
        for reference in references.iter().skip(first).take_while(|reference| reference.outer.start < range.end) {
            self.raw(done..reference.outer.start)?;
            self.reference(reference, chain)?;
            done = reference.outer.end;
        }
        self.raw(done..range.end)
    }

    fn raw(&mut self, range: Range<usize>) -> Result<(), Problem> {
        let piece = self.text.get(range).unwrap_or_default();
        if (self.out.len() + piece.len()) as u64 > self.limit {
            return Err(Problem::TooLarge { limit: self.limit });
        }
        self.out.push_str(piece);
        Ok(())
    }

    fn reference(&mut self, reference: &Reference<'_>, chain: &mut Vec<usize>) -> Result<(), Problem> {
        let bad = |what: String| Problem::Envelope { what, offset: reference.outer.start };
        let id = || one_line(&reference.id);
        let found = self.found;
        let target = found.by_id.get(&reference.id).and_then(|index| Some((*index, found.targets.get(*index)?)));
        let Some((index, target)) = target else {
            if reference.in_header {
                return self.raw(reference.outer.clone());
            }
            return Err(bad(format!("<{}> refers to the id {:?}, which is not in the message", reference.local, id())));
        };
        let inside = target.start < reference.outer.start && reference.outer.end <= target.end;
        if inside || chain.contains(&index) {
            return Err(bad(format!("the value with the id {:?} holds itself", id())));
        }
        if chain.len() >= self.depth {
            return Err(bad(format!("references inside one another, more than {} deep", self.depth)));
        }
        let name = self.open(reference, target).ok_or_else(|| {
            bad(format!("<{}> refers to the id {:?}, whose default namespace it cannot have", reference.local, id()))
        })?;
        if target.empty {
            return self.raw(target.name_end..target.inner.start);
        }
        self.raw(target.name_end..target.inner.start)?;
        chain.push(index);
        self.piece(target.inner.clone(), chain)?;
        chain.pop();
        self.out.push_str("</");
        self.out.push_str(&name);
        self.out.push('>');
        Ok(())
    }

    /// Writes `<name` with the declarations that make prefixes mean in the copy what they mean in the original. Returns the
    /// name; `None` for an element in no namespace where the original has a default namespace.
    fn open(&mut self, reference: &Reference<'_>, target: &Target<'_>) -> Option<String> {
        let (there, here) = (self.found.scopes.get(target.scope)?, self.found.scopes.get(reference.scope)?);
        let meaning = |scope: &Scope<'_>, wanted: &str| {
            scope.iter().find(|(prefix, _)| *prefix == wanted).map(|(_, uri)| uri.clone()).unwrap_or_default()
        };
        let mut declare: Vec<(&str, String)> = there
            .iter()
            .filter(|(prefix, uri)| reference.own.contains(prefix) || meaning(here, prefix) != *uri)
            .map(|(prefix, uri)| (*prefix, uri.clone()))
            .collect();
        let no_default = meaning(there, "").is_empty() && !declare.iter().any(|(prefix, _)| prefix.is_empty());
        if no_default && !meaning(here, "").is_empty() {
            declare.push(("", String::new()));
        }
        declare.retain(|(prefix, _)| !target.own.contains(prefix));
        let declared = there.iter().any(|(prefix, _)| *prefix == reference.prefix);
        let kept = if declared || reference.prefix.is_empty() {
            meaning(there, reference.prefix) == reference.namespace
        } else {
            !reference.own.contains(&reference.prefix)
        };
        let mut prefix = reference.prefix.to_owned();
        if !kept {
            if reference.namespace.is_empty() {
                return None;
            }
            let taken = |prefix: &str| there.iter().any(|(known, _)| *known == prefix);
            prefix = (1..).map(|number| format!("ref{number}")).find(|prefix| !taken(prefix))?;
        }
        let name = if prefix.is_empty() { reference.local.to_owned() } else { format!("{prefix}:{}", reference.local) };
        self.out.push('<');
        self.out.push_str(&name);
        if !kept {
            declare.push((&prefix, reference.namespace.clone()));
        }
        for (prefix, uri) in &declare {
            self.out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            self.out.push_str(prefix);
            self.out.push_str("=\"");
            // It was read from a message: its characters are legal.
            let _ = escape_attribute(&mut self.out, uri);
            self.out.push('"');
        }
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(body: &str) -> String {
        format!("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>{body}</s:Body></s:Envelope>")
    }

    fn resolved(body: &str) -> Result<String, String> {
        let text = envelope(body);
        match resolve(&text, &Limits::new(), 100_000) {
            Ok(text) => {
                let start = text.find("<s:Body>").unwrap() + 8;
                Ok(text[start..text.find("</s:Body>").unwrap()].to_owned())
            }
            Err(problem) => Err(format!("{problem:?}")),
        }
    }

    #[test]
    fn values_beside_the_reply_are_put_in() {
        let body = "<m:r xmlns:m='urn:m'><a href='#1'/><b href=\"#1\"></b></m:r>\
                    <multiRef id='1' x='y'>text <c href='#2'/></multiRef><multiRef id='2'/>";
        let copy =
            "<m:r xmlns:m='urn:m'><a id='1' x='y'>text <c id='2'/></a><b id='1' x='y'>text <c id='2'/></b></m:r>";
        assert_eq!(resolved(body).unwrap(), copy);
    }

    #[test]
    fn values_in_place_stay() {
        let body = "<r><a id='1'>x</a><b href='#1'/></r>";
        assert_eq!(resolved(body).unwrap(), "<r><a id='1'>x</a><b id='1'>x</b></r>");
        assert_eq!(resolved("<r><a href='x'/></r>").unwrap(), "<r><a href='x'/></r>");
    }

    #[test]
    fn prefixes_keep_their_meaning() {
        let body = "<p:r xmlns:p='urn:a'><p:x href='#1'/></p:r><m id='1' xmlns:p='urn:b' t='p:T'/>";
        assert_eq!(
            resolved(body).unwrap(),
            "<p:r xmlns:p='urn:a'><ref1:x xmlns:ref1=\"urn:a\" id='1' xmlns:p='urn:b' t='p:T'/></p:r>"
        );
        let body = "<r xmlns='urn:a'><x href='#1'/></r><m id='1'><y/></m>";
        assert_eq!(
            resolved(body).unwrap(),
            "<r xmlns='urn:a'><ref1:x xmlns=\"\" xmlns:ref1=\"urn:a\" id='1'><y/></ref1:x></r>"
        );
        assert!(resolved("<r><x href='#1'/></r><m xmlns='urn:a' id='1'/>").unwrap_err().contains("default namespace"));
    }

    #[test]
    fn headers_refer_to_what_the_message_holds() {
        let envelope = |header: &str, body: &str| {
            let ns = "http://schemas.xmlsoap.org/soap/envelope/";
            format!("<s:Envelope xmlns:s='{ns}'><s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>")
        };
        let given = envelope("<h href='#1'/><k href='#elsewhere'/>", "<r/><multiRef id='1'>x</multiRef>");
        let wanted = envelope("<h id='1'>x</h><k href='#elsewhere'/>", "<r/>");
        assert_eq!(resolve(&given, &Limits::new(), 1000).unwrap(), wanted);
    }

    #[test]
    fn circles_gaps_and_floods_are_errors() {
        assert!(resolved("<r><a href='#1'/></r>").unwrap_err().contains("not in the message"));
        assert!(resolved("<r id='1'><a href='#1'/></r>").unwrap_err().contains("holds itself"));
        let circle = "<r><a href='#1'/></r><m id='1'><b href='#2'/></m><m id='2'><c href='#1'/></m>";
        assert!(resolved(circle).unwrap_err().contains("holds itself"));
        assert!(resolved("<r id='1'/><m id='1'/>").unwrap_err().contains("two elements"));
        let mut flood = String::from("<r><a href='#0'/></r>");
        for n in 0..40 {
            flood.push_str(&format!("<m id='{n}'><a href='#{0}'/><a href='#{0}'/></m>", n + 1));
        }
        flood.push_str("<m id='40'>x</m>");
        assert!(resolved(&flood).unwrap_err().contains("TooLarge"));
    }

    #[test]
    fn soap_12_has_attributes_of_its_own() {
        let body = "<r xmlns:e='http://www.w3.org/2003/05/soap-encoding'><a e:ref='1'/><b e:id='1'>x</b></r>";
        assert!(resolved(body).unwrap().contains("<a e:id='1'>x</a><b e:id='1'>x</b>"));
    }
}
