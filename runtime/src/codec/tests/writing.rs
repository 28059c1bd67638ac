//! Writing: names, order, absence, escaping, what cannot be written.

use super::encode;
use super::types::*;
use crate as rt;
use crate::Value as _;
use crate::codec::{Profile, encode_element, encode_path};

#[test]
fn namespaces_are_declared_once_on_the_root() {
    let value = Garage { vehicles: vec![AnyVehicle::Car(Car { wheels: 4, seats: 5 })] };
    let text = encode(&value, ROOT, Profile::SOAP.default_namespace(false)).unwrap();
    let expected = "<b:Root xmlns:b=\"urn:n\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:c=\"urn:o\">\
                    <b:Vehicle i:type=\"c:Car\"><b:Wheels>4</b:Wheels><c:Seats>5</c:Seats></b:Vehicle></b:Root>";
    assert_eq!(text, expected);
}

record!(Unqualified UNQUALIFIED Record {
    a: i32 = rt::element("", "a", REQUIRED);
    inner: Option<Vehicle> = rt::element("", "inner", NONE);
    b: i32 = rt::element(NS, "b", REQUIRED);
});

#[test]
fn unqualified_elements_leave_the_default_namespace() {
    let value = Unqualified { a: 1, inner: Some(Vehicle { wheels: 3 }), b: 2 };
    let text = encode(&value, ROOT, Profile::SOAP).unwrap();
    let expected = "<Root xmlns=\"urn:n\" xmlns:b=\"urn:n\"><a xmlns=\"\">1</a>\
                    <inner xmlns=\"\"><b:Wheels>3</b:Wheels></inner><b>2</b></Root>";
    assert_eq!(text, expected);
    assert_eq!(super::decode::<Unqualified>(&text, ROOT).unwrap().0, value);
    let text = encode(&value, ROOT, Profile::SOAP.default_namespace(false)).unwrap();
    assert!(text.starts_with("<b:Root xmlns:b=\"urn:n\"><a>1</a>"), "{text}");
    assert_eq!(super::decode::<Unqualified>(&text, ROOT).unwrap().0, value);
}

#[test]
fn order_by_profile() {
    let value = Sorted { b: Some(1), a: Some(2) };
    assert_eq!(encode(&value, ROOT, Profile::DATA_CONTRACT).unwrap(), "<Root xmlns=\"urn:n\"><A>2</A><B>1</B></Root>");
    assert_eq!(encode(&value, ROOT, Profile::PLAIN).unwrap(), "<Root><B>1</B><A>2</A></Root>");
}

#[test]
fn absence_by_flags() {
    let value = Absence { omit: None, nil: None, soap: None, empty: None };
    let xsi = "http://www.w3.org/2001/XMLSchema-instance";
    let soap =
        format!("<Root xmlns=\"urn:n\" xmlns:i=\"{xsi}\"><Nil i:nil=\"true\"/><Soap i:nil=\"true\"/><Empty/></Root>");
    assert_eq!(encode(&value, ROOT, Profile::SOAP).unwrap(), soap);
    let plain = format!("<Root xmlns:xsi=\"{xsi}\"><Nil xsi:nil=\"true\"/><Empty/></Root>");
    assert_eq!(encode(&value, ROOT, Profile::PLAIN).unwrap(), plain);
}

#[test]
fn three_states_and_nil_items() {
    let value = Three { x: rt::Nillable::Nil, y: None, z: vec![Some(1), None] };
    let text = encode(&value, ROOT, Profile::PLAIN).unwrap();
    assert!(
        text.ends_with("><X xsi:nil=\"true\"/><Y xsi:nil=\"true\"/><Z>1</Z><Z xsi:nil=\"true\"/></Root>"),
        "{text}"
    );
    let value = Three { x: rt::Nillable::Absent, y: Some(1), z: vec![] };
    assert_eq!(encode(&value, ROOT, Profile::PLAIN).unwrap(), "<Root><Y>1</Y></Root>");
}

#[test]
fn lists() {
    let value = Lists { must: vec![1, 2], may: Some(vec![None]), hand: vec![] };
    let text = encode(&value, ROOT, Profile::PLAIN).unwrap();
    assert!(
        text.ends_with("<Must><int>1</int><int>2</int></Must><May><int xsi:nil=\"true\"/></May><Hand/></Root>"),
        "{text}"
    );
    let value = Lists { must: vec![], may: None, hand: vec![] };
    assert_eq!(encode(&value, ROOT, Profile::PLAIN).unwrap(), "<Root><Must/><Hand/></Root>");
}

#[test]
fn attributes_and_text() {
    let value = Attributed {
        text: "a<b".into(),
        unit: "\"\n".into(),
        lang: Some("ru".into()),
        more: vec![rt::RawAttribute::new("urn:o", "x", "1").unwrap()],
    };
    let text = encode(&value, ROOT, Profile::SOAP).unwrap();
    assert_eq!(
        text,
        "<Root xmlns=\"urn:n\" xmlns:b=\"urn:o\" unit=\"&quot;&#xA;\" xml:lang=\"ru\" b:x=\"1\">a&lt;b</Root>"
    );
    assert_eq!(super::decode::<Attributed>(&text, ROOT).unwrap().0, value);
}

#[test]
fn strings_survive() {
    for text in ["", " ", "\r\n\t", "a]]>b", "<&>\"'", "Ключ \u{1f511}", "x\u{85}\u{2028}"] {
        let value = plain(text, 1);
        let written = encode(&value, ROOT, Profile::SOAP).unwrap();
        assert_eq!(super::decode::<Plain>(&written, ROOT).unwrap().0, value, "{written}");
    }
}

#[test]
fn what_cannot_be_written_is_an_error_with_its_path() {
    let mut value = plain("a", 1);
    value.tags = vec!["x".into(), "y\u{0}".into()];
    let error = encode(&value, ROOT, Profile::SOAP).unwrap_err();
    assert_eq!(error.to_string(), "/Root/Tag[2]: XML cannot carry the character U+0000");
    let value = Wires { both: 1, soap: Some(2), plain: None };
    assert!(encode(&value, ROOT, Profile::SOAP).is_ok());
    let error = encode(&value, ROOT, Profile::PLAIN).unwrap_err();
    assert!(error.to_string().starts_with("/Root/Soap: this member exists on SOAP wires only"), "{error}");
}

record!(Required REQUIRED_LIST Record {
    items: Vec<i32> = rt::element(NS, "Item", REQUIRED.and(REPEATED));
});

#[test]
fn required_lists_are_not_empty() {
    let error = encode(&Required { items: vec![] }, ROOT, Profile::SOAP).unwrap_err();
    assert_eq!(error.to_string(), "/Root/Item: at least one item is required");
}

#[test]
fn secrets_are_marked() {
    let value = Secretive {
        open: "o".into(),
        password: Some("p&w".into()),
        pin: Some(1234),
        inner: Some(plain("i", 5)),
        keys: vec!["k1".into(), "k2".into()],
    };
    let encoded = encode_element(ROOT, Profile::SOAP, &value).unwrap();
    let shown: Vec<&str> = encoded.secrets.iter().map(|range| &encoded.text[range.clone()]).collect();
    assert_eq!(shown, ["1234", "p&amp;w", "i", "5", "k1", "k2"]);
}

#[test]
fn members_as_path_segments() {
    let value = Plain { id: "a/b я".into(), note: Some("-".into()), ..plain("", 7) };
    let error = encode_path(ROOT, Profile::PLAIN, &value).unwrap_err();
    assert!(error.to_string().starts_with("/Root/Tag: the value cannot be written"), "{error}");
    let value = Enumerated { kind: Kind::Unknown("a/b я".into()), status: Status::Done };
    assert_eq!(encode_path(ROOT, Profile::PLAIN, &value).unwrap().text, "/a%2Fb%20%D1%8F/3");
    for value in [Sorted { b: None, a: Some(1) }, Sorted::vacant()] {
        assert!(
            encode_path(ROOT, Profile::PLAIN, &value).unwrap_err().to_string().contains("/Root/B: a value is required")
        );
    }
    for text in ["", ".", ".."] {
        let value = Enumerated { kind: Kind::Unknown(text.into()), status: Status::Done };
        assert!(encode_path(ROOT, Profile::PLAIN, &value).is_err(), "{text:?}");
    }
}
