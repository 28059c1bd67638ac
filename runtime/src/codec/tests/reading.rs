//! Reading records, members, values.

use super::types::*;
use super::{decode, decode_with, drift, strict};
use crate as rt;
use crate::codec::{Options, Profile};
use crate::error::{DecodeErrorKind, DriftKind};

/// A root element around this content.
fn root(content: &str) -> String {
    format!(
        "<r:Root xmlns:r='urn:n' xmlns='urn:n' xmlns:o='urn:o' xmlns:i='{}'>{content}</r:Root>",
        rt::xml::XSI_NAMESPACE
    )
}

fn read<T: rt::Value>(content: &str) -> Result<(T, super::Decoded), Box<rt::DecodeError>> {
    decode(&root(content), ROOT)
}

/// Reads what must be right, without drift.
fn good<T: rt::Value>(content: &str) -> T {
    let (value, decoded) = read(content).unwrap_or_else(|error| panic!("{content}: {error}"));
    assert_eq!(decoded.drift, [], "{content}");
    value
}

fn bad<T: rt::Value + std::fmt::Debug>(content: &str) -> Box<rt::DecodeError> {
    read::<T>(content).expect_err(content)
}

#[test]
fn members_by_expanded_name() {
    let text = "<Id> a </Id><r:Count> +07 </r:Count><Note/><Tag>x</Tag> <Tag>y&amp;<![CDATA[z]]></Tag>";
    let value: Plain = good(text);
    assert_eq!(
        value,
        Plain { id: " a ".into(), count: 7, note: Some(String::new()), tags: vec!["x".into(), "y&z".into()] }
    );
}

#[test]
fn foreign_namespaces_do_not_match() {
    let error = bad::<Plain>("<o:Id>a</o:Id><Count>1</Count>");
    assert_eq!(error.kind, DecodeErrorKind::Missing { member: "element <Id>".into() });
    assert_eq!(error.path, "/Root");
}

#[test]
fn the_next_member_is_told_by_its_expanded_name() {
    // All of these look like the member that comes next, with its sibling's prefix.
    for content in [
        "<Id>a</Id><Count xmlns='urn:o'>1</Count>",
        "<Id>a</Id><Count xmlns=''>1</Count>",
        "<p:Id xmlns:p='urn:n'>a</p:Id><p:Count xmlns:p='urn:o'>1</p:Count>",
        "<Id>a</Id><Counter>1</Counter>",
        "<Id>a</Id><Coun>1</Coun>",
        "<r:Id>a</r:Id><rCount>1</rCount>",
    ] {
        let error = bad::<Plain>(content);
        assert_eq!(error.kind, DecodeErrorKind::Missing { member: "element <Count>".into() }, "{content}");
    }
    for content in [
        "<Id>a</Id><Count xmlns='urn:n'>1</Count>",
        "<Id>a</Id><Count\n>1</Count >",
        "<p:Id xmlns:p='urn:n'>a</p:Id><p:Count xmlns:p='urn:n'>1</p:Count>",
        "<r:Id>a</r:Id><r:Count xmlns:r='urn:n'>1</r:Count>",
        "<r:Id>a</r:Id><Count>1</Count>",
    ] {
        assert_eq!(good::<Plain>(content).count, 1);
    }
    for content in
        ["<p:Id xmlns:p='urn:n'>a</p:Id><p:Count>1</p:Count>", "<Id>a</Id><Count/ >", "<Id>a</Id><Count>1</Coun>"]
    {
        assert!(matches!(bad::<Plain>(content).kind, DecodeErrorKind::Syntax(_)), "{content}");
    }
}

#[test]
fn missing_duplicate_and_nil() {
    assert!(matches!(bad::<Plain>("<Id>a</Id>").kind, DecodeErrorKind::Missing { .. }));
    let error = bad::<Plain>("<Id>a</Id><Count>1</Count><Id>b</Id>");
    assert!(matches!(error.kind, DecodeErrorKind::Duplicate { .. }) && error.path == "/Root/Id[2]", "{error}");
    let error = bad::<Plain>("<Id>a</Id><Count i:nil='true'/>");
    assert!(matches!(error.kind, DecodeErrorKind::Nil(_)) && error.path == "/Root/Count", "{error}");
    let error = bad::<Plain>("<Id>a</Id><Count>1</Count><Note i:nil='1'>x</Note>");
    assert!(matches!(error.kind, DecodeErrorKind::Nil(_)), "{error}");
    assert!(bad::<Plain>("<Id>a</Id><Count>1</Count><Note i:nil='yes'/>").to_string().contains("xsi:nil"));
    assert_eq!(good::<Plain>("<Id>a</Id><Count>1</Count><Note i:nil='true'></Note>").note, None);
    assert_eq!(good::<Plain>("<Id>a</Id><Count>1</Count><Note i:nil='false'>x</Note>").note.as_deref(), Some("x"));
}

#[test]
fn values_are_exact_or_errors() {
    for text in ["2147483648", "3.0", "", "٣", "NaN"] {
        let error = bad::<Plain>(&format!("<Id>a</Id><Count>{text}</Count>"));
        assert!(matches!(&error.kind, DecodeErrorKind::Value { text: Some(found), .. } if found == text), "{error}");
        assert_eq!(error.path, "/Root/Count");
    }
    let error = bad::<Plain>("<Id>a<Count>1</Count></Id>");
    assert!(
        matches!(error.kind, DecodeErrorKind::Unexpected { .. }) && error.to_string().contains("<Count>"),
        "{error}"
    );
}

#[test]
fn unknown_things_are_kept_and_told() {
    let text = "<Id q='1' i:type='s'>a</Id><New x='1'><y/>z</New>text<Count>1</Count><o:New/><New/>";
    let (value, decoded) = read::<Plain>(text).unwrap();
    assert_eq!(value, plain("a", 1));
    let expected = [
        (DriftKind::UnknownAttribute, "/Root/Id/@q"),
        (DriftKind::UnknownElement, "/Root/New"),
        (DriftKind::Text, "/Root"),
        (DriftKind::UnknownElement, "/Root/New[2]"),
        (DriftKind::UnknownElement, "/Root/New[3]"),
    ];
    assert_eq!(drift(&decoded), expected);
    assert_eq!(decoded.drift[1].raw, "<New x='1'><y/>z</New>");
    let owners: Vec<_> = decoded.drift.iter().map(|drift| drift.owner.map(|owner| owner.local)).collect();
    assert_eq!(owners, [None, Some("Plain"), Some("Plain"), Some("Plain"), Some("Plain")]);
    let error = decode_with::<Plain>(&root(text), ROOT, &strict(Profile::SOAP)).unwrap_err();
    assert!(matches!(error.kind, DecodeErrorKind::Drift { kind: DriftKind::UnknownAttribute, .. }));
    assert_eq!(error.path, "/Root/Id/@q");
}

#[test]
fn drift_is_counted_beyond_its_limit() {
    let text = root(&format!("<Id>a</Id><Count>1</Count>{}", "<x/>".repeat(1005)));
    let (_, decoded) = decode::<Plain>(&text, ROOT).unwrap();
    assert_eq!(decoded.drift.len(), 1001);
    assert!(decoded.drift.last().is_some_and(|last| last.kind == DriftKind::More && last.raw == "5 more"));
    assert_eq!(decoded.drift[999].path, "/Root/x[1000]");
}

#[test]
fn order_is_told_but_taken() {
    let (value, decoded) = read::<Plain>("<Count>1</Count><Id>a</Id>").unwrap();
    assert_eq!((value, drift(&decoded)), (plain("a", 1), vec![(DriftKind::Order, "/Root/Id")]));
    let options = Options::new(Profile::DATA_CONTRACT);
    let (_, decoded) = decode_with::<Sorted>(&root("<A>1</A><B>2</B>"), ROOT, &options).unwrap();
    assert_eq!(decoded.drift, []);
    let (_, decoded) = decode_with::<Sorted>(&root("<B>1</B><A>2</A>"), ROOT, &options).unwrap();
    assert_eq!(drift(&decoded), [(DriftKind::Order, "/Root/A")]);
    assert_eq!(good::<Sorted>("<B>1</B><A>2</A>").a, Some(2));
}

#[test]
fn lists_and_their_wrappers() {
    let value: Lists = good("<Must/><May><int>1</int><int i:nil='true'/></May><Hand><string>x</string></Hand>");
    assert_eq!(value, Lists { must: vec![], may: Some(vec![Some(1), None]), hand: vec!["x".into()] });
    assert_eq!(good::<Lists>("<Must> <int>5</int> </Must>"), Lists { must: vec![5], may: None, hand: vec![] });
    assert_eq!(good::<Lists>("<Must/><May/>").may, Some(vec![]));
    assert_eq!(good::<Lists>("<Must/><May i:nil='true'/>").may, None);
    assert!(matches!(bad::<Lists>("<May/>").kind, DecodeErrorKind::Missing { .. }));
    assert!(matches!(bad::<Lists>("<Must i:nil='true'/>").kind, DecodeErrorKind::Nil(_)));
    assert!(matches!(bad::<Lists>("<Must><int i:nil='true'/></Must>").kind, DecodeErrorKind::Nil(_)));
    assert!(matches!(bad::<Lists>("<Must/><Must/>").kind, DecodeErrorKind::Duplicate { .. }));
    let error = bad::<Lists>("<Must><int>1</int><int>x</int></Must>");
    assert_eq!(error.path, "/Root/Must/int[2]");
    let (value, decoded) = read::<Lists>("<Must>a<odd/></Must><Hand i:nil='true'/>").unwrap();
    assert_eq!(value, Lists { must: vec![], may: None, hand: vec![] });
    let kinds: Vec<_> = decoded.drift.iter().map(|drift| drift.kind).collect();
    assert_eq!(kinds, [DriftKind::Text, DriftKind::UnknownElement, DriftKind::Nil]);
}

#[test]
fn absent_nil_and_value_differ() {
    let value: Three = good("<X i:nil='true'/><Y i:nil='true'/><Z>1</Z><Z i:nil='true'/>");
    assert_eq!(value, Three { x: rt::Nillable::Nil, y: None, z: vec![Some(1), None] });
    assert_eq!(good::<Three>("<Y>2</Y>"), Three { x: rt::Nillable::Absent, y: Some(2), z: vec![] });
    assert!(matches!(bad::<Three>("<X>1</X>").kind, DecodeErrorKind::Missing { .. }));
    assert!(matches!(bad::<Three>("<Y i:nil='true'/><Y>1</Y>").kind, DecodeErrorKind::Duplicate { .. }));
}

#[test]
fn attributes_and_text() {
    let text = "<Root xmlns='urn:n' xmlns:o='urn:o' xml:lang='ru' unit='kg' o:x='1' y='2'>12</Root>";
    let (value, decoded) = decode::<Attributed>(text, ROOT).unwrap();
    assert_eq!((value.text.as_str(), value.unit.as_str(), value.lang.as_deref()), ("12", "kg", Some("ru")));
    assert_eq!(value.more, [rt::RawAttribute::new("urn:o", "x", "1").unwrap()]);
    assert_eq!(drift(&decoded), [(DriftKind::UnknownAttribute, "/Root/@y")]);
    assert_eq!(decode::<Attributed>("<Root xmlns='urn:n' unit=''/>", ROOT).unwrap().0.text, "");
    let error = decode::<Attributed>("<Root xmlns='urn:n'>12</Root>", ROOT).unwrap_err();
    assert_eq!(error.kind, DecodeErrorKind::Missing { member: "attribute unit".into() });
    assert!(decode::<Attributed>("<Root xmlns='urn:n' unit=''><x/></Root>", ROOT).is_err());
}

#[test]
fn white_space_as_the_member_says() {
    let value: Spaces = good("<Kept> a\n b </Kept><Token> a\n b </Token><Line>a\n b </Line><List> 1\n+2 </List>");
    assert_eq!((value.kept.as_str(), value.token.as_str(), value.line.as_str()), (" a\n b ", "a b", "a  b "));
    assert_eq!(*value.list, [1, 2]);
    assert!(bad::<Spaces>("<Kept/><Token/><Line/><List>1 x</List>").to_string().contains("a list of xs:int"));
}

#[test]
fn enumerations_open_and_closed() {
    let value: Enumerated = good("<Kind> Updating </Kind><Status>3</Status>");
    assert_eq!(value, Enumerated { kind: Kind::Updating, status: Status::Done });
    let (value, decoded) = read::<Enumerated>("<Kind>New</Kind><Status>1</Status>").unwrap();
    assert_eq!(value.kind, Kind::Unknown("New".into()));
    assert_eq!(drift(&decoded), [(DriftKind::UnknownValue, "/Root/Kind")]);
    let error = bad::<Enumerated>("<Kind>Active</Kind><Status>2</Status>");
    assert!(error.to_string().contains("one of 1, 3"), "{error}");
    assert!(bad::<Enumerated>("<Kind>Active</Kind><Status>x</Status>").to_string().contains("xs:int"));
}

#[test]
fn secrets_stay_secret() {
    let text = "<r:Root xmlns:r='urn:n' xmlns='urn:n' pin='1234'><Open>o</Open><Password>p&amp;w</Password>\
                <Inner><Id>a</Id><Count>1</Count><New>hush</New></Inner><Keys><string>k</string></Keys></r:Root>";
    let (_, decoded) = decode::<Secretive>(text, ROOT).unwrap();
    let shown: Vec<&str> = decoded.secrets.iter().map(|range| &text[range.clone()]).collect();
    let inner = "<Id>a</Id><Count>1</Count><New>hush</New>";
    assert_eq!(shown, ["1234", "p&amp;w", inner, "<string>k</string>"]);
    assert_eq!(decoded.drift[0].raw, "(redacted)");
    for text in [
        "<r:Root xmlns:r='urn:n' xmlns='urn:n' pin='12x34'><Open>o</Open></r:Root>",
        "<Root xmlns='urn:n'><Open>o</Open><Inner><Id>12x34</Id><Count>12x34</Count></Inner></Root>",
    ] {
        let error = decode::<Secretive>(text, ROOT).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("12x34"), "{error}");
    }
}

#[test]
fn secret_text_is_covered_from_its_first_byte() {
    let text = "<Root xmlns='urn:n'>&#72;&#85;SH<!-- -->!</Root>";
    let (value, decoded) = decode::<SecretText>(text, ROOT).unwrap();
    assert_eq!((value.text.as_str(), decoded.secrets.len()), ("HUSH!", 1));
    assert_eq!(&text[decoded.secrets[0].clone()], "&#72;&#85;SH<!-- -->!");
}

#[test]
fn an_unfinished_secret_covers_the_rest() {
    let text = "<Root xmlns='urn:n'><Open>o</Open><Inner><Id>hush</Id><Count>x</Count></Inner></Root>";
    let reader = rt::xml::Reader::new(text);
    let mut decoder = rt::Decoder::new(reader, Profile::SOAP, false);
    let mut value = <Secretive as rt::Value>::vacant();
    assert!(decoder.root(ROOT, &mut value).is_err());
    assert_eq!(
        decoder.secret_ranges().iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(),
        ["<Id>hush</Id><Count>x</Count></Inner></Root>"]
    );
}

#[test]
fn plain_wires_have_no_namespaces() {
    let options = Options::new(Profile::PLAIN);
    let (value, _) = decode_with::<Plain>("<Root><Id>a</Id><Count>1</Count></Root>", ROOT, &options).unwrap();
    assert_eq!(value, plain("a", 1));
    assert!(decode_with::<Plain>("<Root xmlns='urn:n'><Id>a</Id><Count>1</Count></Root>", ROOT, &options).is_err());
    assert!(
        decode_with::<Plain>("<Root xmlns:n='urn:n'><n:Id>a</n:Id><Count>1</Count></Root>", ROOT, &options).is_err()
    );
    let error = decode::<Plain>("<Root/>", ROOT).unwrap_err();
    assert!(error.to_string().contains("namespace urn:n"), "{error}");
}

#[test]
fn members_of_the_other_wire_are_told() {
    let (value, decoded) = read::<Wires>("<Both>1</Both><Soap>2</Soap><Plain>3</Plain>").unwrap();
    assert_eq!(value, Wires { both: 1, soap: Some(2), plain: Some(3) });
    assert_eq!(drift(&decoded), [(DriftKind::OtherWire, "/Root/Plain")]);
}

#[test]
fn nothing_may_follow() {
    let text = root("<Id>a</Id><Count>1</Count>");
    assert!(decode::<Plain>(&format!("{text}<!-- -->\n"), ROOT).is_ok());
    assert!(decode::<Plain>(&format!("{text}x"), ROOT).is_err());
    assert!(decode::<Plain>(&format!("{text}<x/>"), ROOT).is_err());
    assert!(decode::<Plain>(&text[..text.len() - 1], ROOT).is_err());
}

#[test]
fn a_record_of_another_type_must_fit() {
    let (value, decoded) = decode::<Vehicle>(
        &root("<Wheels>4</Wheels><o:Seats>5</o:Seats>").replace("<r:Root", "<r:Root i:type='o:Car'"),
        ROOT,
    )
    .unwrap();
    assert_eq!(value.wheels, 4);
    assert_eq!(decoded.drift[0].kind, DriftKind::UnknownType);
    let error = decode::<Vehicle>(&root("").replace("<r:Root", "<r:Root i:type='o:Evil'"), ROOT).unwrap_err();
    assert!(matches!(&error.kind, DecodeErrorKind::XsiType { found, .. } if found == "{urn:o}Evil"), "{error}");
}
