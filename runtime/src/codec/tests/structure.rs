//! Choices, groups, mixed content, wildcards, types by `xsi:type`: there and back.

use super::types::*;
use super::{decode, drift, encode};
use crate as rt;
use crate::codec::Profile;
use crate::error::{DecodeErrorKind, DriftKind};

/// Reads, and writes the same again.
fn there_and_back<T: rt::Value + PartialEq + std::fmt::Debug>(content: &str) -> T {
    let text = if content.is_empty() {
        "<Root xmlns=\"urn:n\"/>".into()
    } else {
        format!("<Root xmlns=\"urn:n\">{content}</Root>")
    };
    let (value, decoded) = decode::<T>(&text, ROOT).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(decoded.drift, [], "{text}");
    assert_eq!(encode(&value, ROOT, Profile::SOAP).as_deref(), Ok(text.as_str()));
    value
}

fn bad<T: rt::Value + std::fmt::Debug>(content: &str) -> DecodeErrorKind {
    decode::<T>(&format!("<Root xmlns='urn:n'>{content}</Root>"), ROOT).expect_err(content).kind
}

fn pair(a: Option<&str>, b: Option<&str>) -> Pair {
    Pair { a: a.map(Into::into), b: b.map(Into::into) }
}

#[test]
fn a_choice_inside_a_record() {
    let value: Chosen = there_and_back("<Head>h</Head><Name>x</Name><Name>y</Name><Tail>t</Tail>");
    assert_eq!(value.item, Item::Names(vec!["x".into(), "y".into()]));
    let value: Chosen = there_and_back("<A>a</A><B>b</B><Tail>t</Tail>");
    assert_eq!(value.item, Item::Pair(Box::new(pair(Some("a"), Some("b")))));
    // A pair may be nothing at all, so this choice may be.
    assert_eq!(there_and_back::<Chosen>("<Head>h</Head>").item, Item::Pair(Box::new(pair(None, None))));
    assert!(matches!(bad::<Chosen>("<One>1</One><One>2</One>"), DecodeErrorKind::Unexpected { .. }));
    assert!(matches!(bad::<Chosen>("<One>1</One><Name>2</Name>"), DecodeErrorKind::Unexpected { .. }));
}

#[test]
fn a_choice_as_a_whole_element() {
    assert_eq!(there_and_back::<Item>("<One>1</One>"), Item::One(1));
    assert_eq!(there_and_back::<Item>("<Name>x</Name><Name>y</Name>"), Item::Names(vec!["x".into(), "y".into()]));
    assert!(matches!(bad::<Item>("<One>1</One><Name>2</Name>"), DecodeErrorKind::Duplicate { .. }));
    assert!(matches!(bad::<AnyOne>(""), DecodeErrorKind::Missing { .. }));
}

choice!(AnyOne ANY_ONE Choice choice {
    One(i32) 0 = rt::element(NS, "One", REQUIRED);
    Two(i32) 1 = rt::element(NS, "Two", REQUIRED);
});

record!(Several SEVERAL Record {
    several: Vec<AnyOne> = rt::inline(&ANY_ONE, REQUIRED.and(REPEATED));
});

#[test]
fn repeated_choices_keep_the_order_of_the_document() {
    let value: Mixture = there_and_back("<One>1</One><Name>x</Name><Name>y</Name><One>2</One><A>a</A><B>b</B><A>c</A>");
    let names = Item::Names(vec!["x".into(), "y".into()]);
    let first = Item::Pair(Box::new(pair(Some("a"), Some("b"))));
    let second = Item::Pair(Box::new(pair(Some("c"), None)));
    assert_eq!(value.items, [Item::One(1), names, Item::One(2), first, second]);
    assert_eq!(there_and_back::<Mixture>("").items, []);
    assert_eq!(there_and_back::<Several>("<Two>1</Two><One>2</One><One>3</One>").several.len(), 3);
    assert!(matches!(bad::<Several>(""), DecodeErrorKind::Missing { member } if member == "one of <One>, <Two>"));
    assert!(encode(&Several { several: vec![] }, ROOT, Profile::SOAP).is_err());
}

record!(Graced GRACED Group {
    grace: i32 = rt::element(NS, "Grace", REQUIRED);
    pitch: i32 = rt::element(NS, "Pitch", REQUIRED);
});
record!(Timed TIMED Group {
    pitch: i32 = rt::element(NS, "Pitch", REQUIRED);
    time: i32 = rt::element(NS, "Time", REQUIRED);
});
choice!(Note NOTE Choice choice {
    Graced(Graced) 0 = rt::inline(&GRACED, REQUIRED);
    Timed(Timed) 1 = rt::inline(&TIMED, REQUIRED);
});
record!(Notes NOTES Record {
    graced: Option<Graced> = rt::inline(&GRACED, NONE);
    timed: Option<Timed> = rt::inline(&TIMED, NONE);
});

#[test]
fn a_branch_that_begins_so_goes_before_one_that_only_goes_on_so() {
    assert_eq!(there_and_back::<Note>("<Pitch>1</Pitch><Time>2</Time>"), Note::Timed(Timed { pitch: 1, time: 2 }));
    assert!(matches!(there_and_back::<Note>("<Grace>1</Grace><Pitch>2</Pitch>"), Note::Graced(_)));
    let notes: Notes = there_and_back("<Pitch>1</Pitch><Time>2</Time>");
    assert!(notes.graced.is_none() && notes.timed.is_some());
    // What only goes on so is still told what it lacks.
    assert!(matches!(bad::<Note>("<Time>1</Time>"), DecodeErrorKind::Missing { member } if member.contains("Pitch")));
}

#[test]
fn repeated_groups_begin_anew_when_their_order_does() {
    let value: Pairs = there_and_back("<A>1</A><B>2</B><B>3</B><A>4</A><A>5</A><B>6</B>");
    let expected =
        [pair(Some("1"), Some("2")), pair(None, Some("3")), pair(Some("4"), None), pair(Some("5"), Some("6"))];
    assert_eq!(value.pairs, expected);
}

#[test]
fn mixed_content_keeps_every_run() {
    let value: Mixed = there_and_back(" one <b>two</b> <b>three</b>&amp;");
    let text = |text: &str| Run::Text(text.into());
    let bold = |text: &str| Run::Bold(text.into());
    assert_eq!(value.runs, [text(" one "), bold("two"), text(" "), bold("three"), text("&")]);
}

#[test]
fn wildcards_keep_whole_elements() {
    let text = "<r:Root xmlns:r='urn:n' xmlns:x='urn:x'><r:Id>1</r:Id><x:a b='x:q'><c/></x:a><r:Any i='2'>t<x:y/></r:Any></r:Root>";
    let (value, decoded) = decode::<Wild>(text, ROOT).unwrap();
    assert_eq!(decoded.drift, []);
    assert_eq!(value.id, Some(1));
    assert_eq!(value.rest[0].as_xml(), "<x:a xmlns:x=\"urn:x\" b='x:q'><c/></x:a>");
    assert_eq!((value.rest[0].namespace(), value.rest[0].local()), ("urn:x", "a"));
    let any = value.any.clone().unwrap();
    assert_eq!(any.content(), "t<x:y/>");
    assert_eq!(any.attributes()[0].value(), "2");
    assert_eq!(any.text(), None);
    // Elsewhere, under a default namespace, `<c/>` is still in none.
    let written = encode(&value, ROOT, Profile::SOAP).unwrap();
    let expected = "<Root xmlns=\"urn:n\"><Id>1</Id><x:a xmlns=\"\" xmlns:x=\"urn:x\" b='x:q'><c/></x:a>\
                    <Any xmlns:x=\"urn:x\" i=\"2\">t<x:y/></Any></Root>";
    assert_eq!(written, expected);
    let (again, _) = decode::<Wild>(&written, ROOT).unwrap();
    assert_eq!(again.any, value.any);
}

#[test]
fn a_wildcard_that_must_be_met_takes_its_neighbours_too() {
    let read = |content: &str| {
        let (value, decoded) = decode::<Around>(&format!("<Root xmlns='urn:n'>{content}</Root>"), ROOT).unwrap();
        assert_eq!(decoded.drift, []);
        value
    };
    let value = read("<Before>b</Before><After>x</After><After>2</After>");
    assert_eq!((value.any.text().as_deref(), value.after), (Some("x"), 2));
    let value = read("<Before>b</Before><Before>x</Before><After>2</After>");
    assert_eq!((value.before.as_str(), value.any.text().as_deref()), ("b", Some("x")));
}

#[test]
fn names_in_no_namespace_forbid_a_default() {
    let text = "<b:Root xmlns:b=\"urn:n\" attribute=\"a\"><b:Name>b</b:Name><b:Name>b:c</b:Name></b:Root>";
    let (value, _) = decode::<Named>(text, ROOT).unwrap();
    assert_eq!(value.names[0].namespace(), "");
    assert_eq!(encode(&value, ROOT, Profile::SOAP).as_deref(), Ok(text));
}

#[test]
fn a_name_that_was_passed_is_open_content_where_that_is_allowed() {
    let read = |content: &str| {
        let text = format!("<Root xmlns='urn:n' xmlns:o='urn:o'>{content}</Root>");
        decode::<Later>(&text, ROOT).unwrap()
    };
    let (value, decoded) = read("<Id>1</Id><o:note>a</o:note><o:note>b</o:note><End>2</End>");
    assert_eq!((value.note, value.rest.len(), value.end, decoded.drift.len()), (None, 2, Some(2), 0));
    let (value, decoded) = read("<o:note>a</o:note><Id>1</Id><o:note>b</o:note>");
    assert_eq!((value.note.as_deref(), value.rest.len(), decoded.drift.len()), (Some("a"), 1, 0));
    // Behind the place for open content, it is misplaced.
    let (value, decoded) = read("<Id>1</Id><End>2</End><o:note>a</o:note>");
    assert_eq!((value.note.as_deref(), decoded.drift.len()), (Some("a"), 1));
}

#[test]
fn a_name_that_comes_again_is_told_by_counting() {
    let value: Counted = there_and_back("<Id>1</Id><Id>2</Id><Id>3</Id>");
    assert_eq!((value.pair.as_slice(), value.last), (&[1, 2][..], Some(3)));
    assert_eq!(there_and_back::<Counted>("<Id>1</Id><Id>2</Id>").last, None);
}

#[test]
fn a_sequence_that_has_begun_leaves_what_stands_before_it_behind() {
    let text = "<Root xmlns='urn:n' xmlns:o='urn:o'><Id>1</Id><o:note>b</o:note></Root>";
    let (value, decoded) = decode::<Divided>(text, ROOT).unwrap();
    assert_eq!((value.note, value.id, value.rest.len(), decoded.drift.len()), (None, Some(1), 1, 0));
}

#[test]
fn a_repeated_group_ends_with_its_open_content() {
    let text = "<Root xmlns='urn:n' xmlns:o='urn:o'><Size>1</Size><Size>2</Size><o:a/><Size>3</Size><o:b/></Root>";
    let (value, decoded) = decode::<Chunks>(text, ROOT).unwrap();
    let sizes: Vec<&[i32]> = value.chunks.iter().map(|chunk| chunk.sizes.as_slice()).collect();
    assert_eq!((sizes.as_slice(), decoded.drift.len()), (&[&[1, 2][..], &[3]][..], 0));
}

#[test]
fn open_content_is_no_beginning_of_a_group_that_ends_with_it() {
    let read = |content: &str| {
        let text = format!("<Root xmlns='urn:n' xmlns:o='urn:o'>{content}</Root>");
        decode::<Branches>(&text, ROOT).unwrap().0.branch.unwrap()
    };
    assert!(matches!(read("<o:a/>"), Branch::Any(_)));
    assert!(matches!(read("<Size>1</Size><o:a/>"), Branch::Chunk(chunk) if chunk.sizes == [1]));
}

#[test]
fn names_in_a_list_keep_their_namespaces() {
    let text = "<r:Root xmlns:r='urn:n' xmlns:x='urn:x'><r:Kinds xmlns:y='urn:y'>x:a\n  y:b</r:Kinds></r:Root>";
    let (value, _) = decode::<Kinds>(text, ROOT).unwrap();
    let name = |ns: &str, local: &str| rt::QName::new(ns, local).unwrap();
    assert_eq!(*value.kinds, [name("urn:x", "a"), name("urn:y", "b")]);
    let (again, _) = decode::<Kinds>(&encode(&value, ROOT, Profile::SOAP).unwrap(), ROOT).unwrap();
    assert_eq!(again, value);
    assert!(decode::<Kinds>(&text.replace("y:b", "z:b"), ROOT).is_err());
}

#[test]
fn any_content_keeps_its_default_namespace() {
    for content in
        ["<Any><y xmlns=\"urn:y\"/></Any>", "<Any><y/></Any>", "<Any xmlns:q1=\"urn:n\" xmlns=\"\"><y/></Any>"]
    {
        let text = format!("<Root xmlns=\"urn:n\">{content}</Root>");
        let Ok((value, _)) = decode::<Wild>(&text, ROOT) else { continue };
        let written = encode(&value, ROOT, Profile::SOAP).unwrap();
        let (again, _) = decode::<Wild>(&written, ROOT).unwrap_or_else(|error| panic!("{written}: {error}"));
        assert_eq!(again, value, "{written}");
    }
    // Content in no namespace, under an element that has one.
    let text = "<r:Root xmlns:r='urn:n'><r:Any><y/></r:Any></r:Root>";
    let (value, _) = decode::<Wild>(text, ROOT).unwrap();
    let written = encode(&value, ROOT, Profile::SOAP).unwrap();
    assert_eq!(written, "<Root xmlns=\"urn:n\"><q1:Any xmlns=\"\" xmlns:q1=\"urn:n\"><y/></q1:Any></Root>");
    assert_eq!(decode::<Wild>(&written, ROOT).unwrap().0.any.unwrap().content(), "<y/>");
}

#[test]
fn raw_elements_are_checked() {
    assert!(rt::RawElement::parse("<a><b></a>").is_err());
    assert!(rt::RawElement::parse("<a/><b/>").is_err());
    assert!(rt::RawElement::parse("<x:a/>").is_err());
    assert_eq!(rt::RawElement::parse(" <a/> ").unwrap().as_xml(), "<a/>");
    assert_eq!(rt::AnyType::from_text("a<b").unwrap().text().unwrap(), "a<b");
    assert!(rt::AnyType::from_text("\u{1}").is_none());
    assert!(rt::RawAttribute::new("", "xmlns", "u").is_none() && rt::RawAttribute::new("", "a b", "").is_none());
}

#[test]
fn types_by_name() {
    let text = "<Root xmlns=\"urn:n\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:b=\"urn:o\">\
                <Vehicle><Wheels>2</Wheels></Vehicle>\
                <Vehicle i:type=\"b:Car\"><Wheels>4</Wheels><b:Seats>5</b:Seats></Vehicle></Root>";
    let (value, decoded) = decode::<Garage>(text, ROOT).unwrap();
    assert_eq!(decoded.drift, []);
    let expected = [AnyVehicle::Vehicle(Vehicle { wheels: 2 }), AnyVehicle::Car(Car { wheels: 4, seats: 5 })];
    assert_eq!(value.vehicles, expected);
    assert_eq!(encode(&value, ROOT, Profile::SOAP).as_deref(), Ok(text));
    let named = text.replace("<Vehicle><Wheels>2", "<Vehicle i:type=\"Vehicle\"><Wheels>2");
    let (again, decoded) = decode::<Garage>(&named, ROOT).unwrap();
    assert_eq!((again, decoded.drift), (value, vec![]));
}

#[test]
fn unknown_types_are_kept() {
    let text = "<Root xmlns='urn:n' xmlns:x='urn:x' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>\
                <Vehicle i:type='x:Boat'><Sails>2</Sails></Vehicle></Root>";
    let (value, decoded) = decode::<Garage>(text, ROOT).unwrap();
    assert_eq!(drift(&decoded), [(DriftKind::UnknownType, "/Root/Vehicle")]);
    assert_eq!(decoded.drift[0].raw, "{urn:x}Boat");
    let AnyVehicle::Unknown(any) = &value.vehicles[0] else { panic!("{value:?}") };
    assert_eq!((any.attributes()[0].local(), any.attributes()[0].value()), ("type", "x:Boat"));
    let written = encode(&value, ROOT, Profile::SOAP).unwrap();
    assert_eq!(decode::<Garage>(&written, ROOT).unwrap().0, value, "{written}");
    let error = decode::<Garage>(&text.replace("x:Boat", "y:Boat"), ROOT).unwrap_err();
    assert!(error.to_string().contains("xsi:type"), "{error}");
}

#[test]
fn a_nil_item_of_a_list_without_room_for_it_is_told() {
    let text = "<Root xmlns='urn:n' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>\
                <Items><int>1</int><int i:nil='true'/><int>2</int></Items></Root>";
    let (value, decoded) = decode::<NetList>(text, ROOT).unwrap();
    assert_eq!(value.items, [1, 2]);
    assert!(
        matches!(decoded.drift.as_slice(), [drift] if matches!(drift.kind, DriftKind::NilItem)),
        "{:?}",
        decoded.drift
    );
}
