//! From a file's bytes to its tree: everything a contract document must be before its content is looked at.

use roxmltree::Document;

use super::decode::{DecodeError, declaration_at, decode};
use super::wording::{RAISE, decode_message, doctype_message, looks_like_html, position, something_else, syntax};
use super::{Limits, codes, doctype, prescan};

/// Text that may become a tree.
#[derive(Debug)]
pub(crate) struct Accepted {
    /// The text, its own entities written out.
    pub(crate) text: String,
    /// What was forgiven: a code, and what to say.
    pub(crate) remarks: Vec<(&'static str, String)>,
    cut_off: bool,
}

/// Why a document is not read. Nothing here repeats more of the document than a name in it.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: Option<&'static str>,
}

impl Refused {
    fn new(code: &'static str, message: String, help: Option<&'static str>) -> Self {
        Self { code, message, help }
    }
}

/// Decodes a document and holds it against the limits; `name` is what messages call it.
///
/// # Errors
/// What it is instead: not text, an HTML page, too deep, with a DOCTYPE that reaches out.
pub(crate) fn accept(name: &str, bytes: &[u8], limits: &Limits) -> Result<Accepted, Refused> {
    let decoded = decode(bytes).map_err(|error| {
        let (message, help) = decode_message(name, bytes, &error);
        let code = if error == DecodeError::Empty { codes::NOT_XML } else { codes::ENCODING };
        Refused::new(code, message, help)
    })?;
    let mut text = decoded.text;
    let mut remarks: Vec<_> = decoded.remark.into_iter().map(|remark| (codes::ENCODING_REMARK, remark)).collect();
    if let Some(at @ 1..) = declaration_at(text.as_bytes())
        && let Some(length) = text[at..].find("?>")
    {
        let (line, column) = position(&text, at);
        remarks.push((
            codes::LATE_DECLARATION,
            format!("`{name}`: the XML declaration is in line {line}, column {column}, where none is allowed"),
        ));
        // Blanks in its place leave every other place where it was.
        let end = at + length + 2;
        let blank: String = text[at..end].chars().map(|c| if c == '\n' { c } else { ' ' }).collect();
        text.replace_range(at..end, &blank);
    }
    let scan = prescan::scan(&text, limits).map_err(|exceeded| {
        let (line, column) = position(&text, exceeded.at);
        let message = format!(
            "`{name}`, line {line}, column {column}: more than {} {} (limit `{}`)",
            exceeded.max, exceeded.what, exceeded.limit
        );
        Refused::new(codes::LIMIT, message, Some(RAISE))
    })?;
    if looks_like_html(&text) {
        let message = format!("`{name}` is an HTML page, not a contract");
        let help = "the download was probably answered by a login or error page; save the WSDL itself";
        return Err(Refused::new(codes::NOT_XML, message, Some(help)));
    }
    if let Some((what, help)) = something_else(&text) {
        return Err(Refused::new(codes::NOT_XML, format!("`{name}` is {what}, not XML"), Some(help)));
    }
    if let Some(range) = scan.doctype {
        text = doctype::resolve(&text, range, limits).map_err(|(error, at)| {
            let (line, column) = position(&text, at);
            let message = format!("`{name}`, line {line}, column {column}: {}", doctype_message(&error));
            Refused::new(codes::DOCTYPE, message, Some("remove the DOCTYPE from your copy of the contract"))
        })?;
    }
    Ok(Accepted { text, remarks, cut_off: scan.cut_off })
}

impl Accepted {
    /// The tree.
    ///
    /// # Errors
    /// Where the text is not well-formed.
    pub(crate) fn tree(&self, name: &str) -> Result<Document<'_>, Refused> {
        Document::parse(&self.text).map_err(|error| {
            let (line, column, what, help) = if self.cut_off {
                // The parser says where the document starts.
                let (line, column) = position(&self.text, self.text.trim_end().len());
                let what = "unexpected end: the document breaks off".to_owned();
                (line, column, what, "was the file copied or downloaded completely?")
            } else {
                let (line, column) = (error.pos().row as usize, error.pos().col as usize);
                let help = match error {
                    _ if !self.text.trim_start().starts_with('<') => {
                        "save the document as the server sends it, not what a browser or a program shows of it"
                    }
                    roxmltree::Error::UnexpectedDeclaration(_) => {
                        "delete what stands before `<?xml`: the XML declaration comes first in a file, or not at all"
                    }
                    roxmltree::Error::MalformedEntityReference(_) => "write `&amp;` where `&` is meant",
                    _ => "correct it there; nothing of a file that is not XML can be used",
                };
                (line, column, syntax(&error), help)
            };
            let message = format!("`{name}` is not well-formed XML: line {line}, column {column}: {what}");
            Refused::new(codes::NOT_XML, message, Some(help))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> Refused {
        match accept("x", bytes, &Limits::default()) {
            Ok(accepted) => accepted.tree("x").expect_err("refused"),
            Err(refused) => refused,
        }
    }

    #[test]
    fn a_late_declaration_is_forgiven_and_moves_nothing() {
        let bytes = b"\n<!-- ours -->\n<?xml version='1.0'\n encoding='iso-8859-1'?>\n<a b='\xe9'/>";
        let accepted = accept("x", bytes, &Limits::default()).expect("accepted");
        assert_eq!(accepted.remarks.len(), 1);
        assert_eq!(accepted.remarks[0].0, codes::LATE_DECLARATION);
        assert!(accepted.remarks[0].1.contains("line 3, column 1"));
        let tree = accepted.tree("x").expect("parses");
        assert_eq!(tree.root_element().attribute("b"), Some("\u{e9}"));
        assert_eq!(tree.text_pos_at(tree.root_element().range().start).row, 5);
        // Where it belongs, it is not looked at; inside the document it is an error.
        assert!(accept("x", b"<?xml version='1.0'?><a/>", &Limits::default()).expect("accepted").remarks.is_empty());
        assert!(refused(b"<a><?xml version='1.0'?></a>").message.contains("declaration"));
    }

    #[test]
    fn what_is_wrong_is_said_in_words() {
        assert!(refused(b"This page shows\n<a/>").message.contains("line 1, column 1: text stands"));
        assert!(refused(b"<a>\n<!-- <!-- --></a>").message.contains("`--`"));
        let undecodable = refused(b"<a>\n\xe9</a>").message;
        assert!(undecodable.contains("line 2") && undecodable.contains("0xE9"), "{undecodable}");
    }
}
