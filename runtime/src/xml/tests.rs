//! The reader, rule by rule.

use super::*;
use crate::error::{DecodeError, DecodeErrorKind};

/// Reads a document to its end and writes down what it saw.
fn read_with(mut reader: Reader<'_>) -> Result<String, Box<DecodeError>> {
    let mut seen = String::new();
    loop {
        match reader.next()? {
            Token::Start(start) => {
                seen.push_str(&format!("<{{{}}}{}", reader.namespace(start.namespace), start.local));
                for attribute in reader.attributes() {
                    let namespace = reader.namespace(attribute.namespace);
                    seen.push_str(&format!(" {{{namespace}}}{}={:?}", attribute.local, attribute.value));
                }
                seen.push('>');
            }
            Token::End => seen.push_str("</>"),
            Token::Text(text) => seen.push_str(&format!("{text:?}")),
            Token::Eof => return Ok(seen),
        }
    }
}

fn read(text: &str) -> Result<String, Box<DecodeError>> {
    read_with(Reader::new(text))
}

#[test]
fn documents_are_read() {
    for (text, seen) in [
        ("<a/>", "<{}a></>"),
        (
            "\u{feff}<?xml version=\"1.0\" encoding='utf-8' standalone='yes' ?>\n<!-- x --><a ></a >\n<!--y--> ",
            "<{}a></>",
        ),
        ("<a>x &lt;&#65;&#x42;]]&gt;</a>", "<{}a>\"x <AB]]>\"</>"),
        ("<a>1<!-- c -->2<![CDATA[<3>&amp;]]>4<?pi x?>5</a>", "<{}a>\"12<3>&amp;45\"</>"),
        ("<a>x\r\ny\rz&#13;</a>", "<{}a>\"x\\ny\\nz\\r\"</>"),
        ("<a><![CDATA[\r\n]]]]></a>", "<{}a>\"\\n]]\"</>"),
        ("<a><!-- nothing --></a>", "<{}a></>"),
        ("<a b=' x\t\n\r\ny&#9;&quot;\"' c=\"'&apos;&gt;>\"/>", "<{}a {}b=\" x   y\\t\\\"\\\"\" {}c=\"''>>\"></>"),
        (
            "<a xmlns='u' b='1'><p:c xmlns:p='v' p:d='2'/><c xmlns=''/></a>",
            "<{u}a {}b=\"1\"><{v}c {v}d=\"2\"></><{}c></></>",
        ),
        ("<a xml:lang='ru'/>", "<{}a {http://www.w3.org/XML/1998/namespace}lang=\"ru\"></>"),
        ("<p:a xmlns:p='u'><p:a xmlns:p='v'/><p:a/></p:a>", "<{u}a><{v}a></><{u}a></></>"),
        ("<Ключ-1>я</Ключ-1>", "<{}Ключ-1>\"я\"</>"),
        (
            "<a>a long text that is scanned by eights, and its end ] ]x</a>",
            "<{}a>\"a long text that is scanned by eights, and its end ] ]x\"</>",
        ),
    ] {
        assert_eq!(read(text).as_deref().map_err(ToString::to_string), Ok(seen), "{text}");
    }
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for (text, says) in [
        ("", "no root element"),
        ("hello", "before the root"),
        ("<a>", "unexpected end"),
        ("<a", "unexpected end"),
        ("<a b='1", "unexpected end"),
        ("<a>text", "unexpected end"),
        ("<a></a", "unexpected end"),
        ("<a><b></a>", "does not match"),
        ("<a></ab>", "does not match"),
        ("</a>", "without start tag"),
        ("<a/><b/>", "after the end"),
        ("<a/>text", "after the end"),
        ("<a/><![CDATA[x]]>", "CDATA"),
        ("<a>]]></a>", "]]&gt;"),
        ("<a>&nbsp;</a>", "character"),
        ("<a>&amp</a>", "character"),
        ("<a>& b</a>", "character"),
        ("<a>&#x1F;</a>", "legal character"),
        ("<a>&#xD800;</a>", "legal character"),
        ("<a>&#xFFFF;</a>", "legal character"),
        ("<a>&#99999999999999;</a>", "legal character"),
        ("<a>&#+65;</a>", "legal character"),
        ("<a>&#;</a>", "legal character"),
        ("<a>\u{b}</a>", "illegal character U+000B"),
        ("<a>long enough for the fast path \u{b}</a>", "illegal character U+000B"),
        ("<a>\u{ffff}</a>", "illegal character U+FFFF"),
        ("<a><!-- \u{1} --></a>", "illegal character U+0001"),
        ("<a b='\u{fffe}'/>", "illegal character U+FFFE"),
        ("<a b='<'/>", "`&lt;`"),
        ("<a b=1/>", "quotes"),
        ("<a b/>", "no value"),
        ("<a b='1'c='2'/>", "unexpected 'c'"),
        ("<a b='1' b='2'/>", "duplicate attribute `b`"),
        ("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "duplicate attribute `q:b`"),
        ("<a xmlns='u' xmlns='v'/>", "duplicate attribute `xmlns`"),
        ("<zz:a/>", "zz"),
        ("<a zz:b='1'/>", "zz"),
        ("<a><p:b xmlns:p='u'/><p:b/></a>", "`p` is not declared"),
        ("<a:b:c xmlns:a='u'/>", "unexpected ':'"),
        ("<:a/>", "name cannot begin"),
        ("<a:/>", "name cannot begin"),
        ("<1a/>", "name cannot begin"),
        ("< a/>", "name cannot begin"),
        ("<a xmlns:p=''/>", "declared empty"),
        ("<a xmlns:xmlns='u'/>", "xmlns"),
        ("<a xmlns:xml='u'/>", "xml"),
        ("<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>", "another prefix"),
        ("<xmlns:a/>", "xmlns"),
        ("<a><!-- -- --></a>", "`--`"),
        ("<a><!-- x</a>", "unexpected end"),
        ("<a><!ELEMENT x></a>", "`<!`"),
        ("<a><![CDATA[x</a>", "unexpected end"),
        (" <?xml version='1.0'?><a/>", "very beginning"),
        ("<?xml encoding='utf-8'?><a/>", "XML declaration"),
        ("<?xml version='1.0' standalone='maybe'?><a/>", "XML declaration"),
        ("<a><?xml x?></a>", "XML declaration"),
    ] {
        let error = read(text).expect_err(text);
        assert!(error.to_string().contains(says), "{text}: {error}");
        assert!(matches!(error.kind, DecodeErrorKind::Syntax(_)), "{text}: {error:?}");
        assert!(error.offset <= text.len());
    }
}

#[test]
fn document_types_are_refused() {
    for text in ["<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<a><!DOCTYPE b></a>"] {
        assert_eq!(read(text).unwrap_err().kind, DecodeErrorKind::Dtd);
    }
}

#[test]
fn instructions_can_be_refused() {
    let reader = Reader::new("<a>x<?pi y?>z</a>").instructions(Instructions::Reject);
    assert!(read_with(reader).unwrap_err().to_string().contains("`<?pi`"));
    let reader = Reader::new("<?xml version='1.0'?><a/>").instructions(Instructions::Reject);
    assert!(read_with(reader).is_ok());
}

/// A limit, its name in the error, and a document that reaches it and one that goes beyond.
fn check_limit(limits: &Limits, says: &str, at: &str, beyond: &str) {
    assert!(read_with(Reader::with_limits(at, limits.clone())).is_ok(), "{says}");
    let error = read_with(Reader::with_limits(beyond, limits.clone())).unwrap_err();
    assert!(matches!(error.kind, DecodeErrorKind::Limit { .. }), "{error}");
    assert!(error.to_string().contains(says), "{error}");
}

#[test]
fn limits_hold_at_their_edge() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    check_limit(&Limits::new(), "depth", &nested(128), &nested(129));
    let attributes =
        |count: usize| format!("<a {}/>", (0..count).map(|n| format!("b{n}=''")).collect::<Vec<_>>().join(" "));
    check_limit(&Limits::new(), "limit of 256 for attributes", &attributes(256), &attributes(257));
    let declarations = |count: usize| (0..count).map(|n| format!("xmlns:p{n}='u'")).collect::<Vec<_>>().join(" ");
    let own = |count: usize| format!("<a {}/>", declarations(count));
    check_limit(&Limits::new(), "64", &own(64), &own(65));
    let both = |count: usize| {
        format!("<a {}><a {}><a xmlns='v' {}/></a></a>", declarations(64), declarations(63), declarations(count))
    };
    check_limit(&Limits::new(), "128", &both(0), &both(1));
    let limits = Limits { elements: 3, name: 4, attribute_value: 5, text: 6, ..Limits::new() };
    check_limit(&limits, "elements", "<a><b/><c/></a>", "<a><b/><c/><d/></a>");
    check_limit(&limits, "name", "<abcd/>", "<abcde/>");
    check_limit(&limits, "attribute value", "<a b='12345'/>", "<a b='123456'/>");
    check_limit(&limits, "text", "<a>123456</a>", "<a>1234567</a>");
    check_limit(&limits, "text", "<a>12&gt;</a>", "<a>123&gt;</a>");
    check_limit(&limits, "text", "<a>123456</a>", "<a>12345<!---->67</a>");
}

#[test]
fn skipping_is_checked_like_reading() {
    let mut reader = Reader::new("<a><b><c x='&lt;'>&amp;</c></b><d/></a>");
    for _ in 0..2 {
        assert!(matches!(reader.next(), Ok(Token::Start(_))));
    }
    let skipped = reader.skip().unwrap();
    assert_eq!(&reader.text()[skipped.outer], "<b><c x='&lt;'>&amp;</c></b>");
    assert_eq!(&reader.text()[skipped.inner], "<c x='&lt;'>&amp;</c>");
    assert!(matches!(reader.next(), Ok(Token::Start(start)) if start.local == "d"));
    let mut reader = Reader::new("<a><b>&undefined;</b></a>");
    reader.next().unwrap();
    assert!(reader.skip().is_err());
    let deep = format!("<a>{}", "<b>".repeat(200_000));
    let mut reader = Reader::new(&deep);
    reader.next().unwrap();
    assert!(reader.skip().unwrap_err().to_string().contains("depth"));
}

#[test]
fn errors_say_where() {
    let error = read("<a><b/><b><c>&x;</c></b></a>").unwrap_err();
    assert_eq!((error.path.as_str(), error.offset), ("/a/b[2]/c", 13));
}

#[test]
fn many_attributes_are_unique_too() {
    let mut text = String::from("<a xmlns:p='u' xmlns:q='u'");
    for n in 0..100 {
        text.push_str(&format!(" p:b{n}='' b{n}=''"));
    }
    assert!(read(&format!("{text}/>")).is_ok());
    assert!(read(&format!("{text} q:b50=''/>")).unwrap_err().to_string().contains("duplicate"));
}
