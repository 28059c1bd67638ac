//! Every golden fixture compiled, and its example read and written again by what was generated.

#![forbid(unsafe_code)]
#![deny(warnings)]
// Each fixture generates more than its example needs, and none of it is another crate's.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::module_inception)]

#[rustfmt::skip]
#[path = "../golden/arrays/expected.rs"]
pub mod arrays;
#[rustfmt::skip]
#[path = "../golden/attachments/expected.rs"]
pub mod attachments;
#[rustfmt::skip]
#[path = "../golden/attributes/expected.rs"]
pub mod attributes;
#[rustfmt::skip]
#[path = "../golden/bare_body/expected.rs"]
pub mod bare_body;
#[rustfmt::skip]
#[path = "../golden/block/expected.rs"]
pub mod block;
#[rustfmt::skip]
#[path = "../golden/choice/expected.rs"]
pub mod choice;
#[rustfmt::skip]
#[path = "../golden/data_contract/expected.rs"]
pub mod data_contract;
#[rustfmt::skip]
#[path = "../golden/derived_messages/expected.rs"]
pub mod derived_messages;
#[rustfmt::skip]
#[path = "../golden/derives/expected.rs"]
pub mod derives;
#[rustfmt::skip]
#[path = "../golden/extension/expected.rs"]
pub mod extension;
#[rustfmt::skip]
#[path = "../golden/extern_types/expected.rs"]
pub mod extern_types;
#[rustfmt::skip]
#[path = "../golden/facets/expected.rs"]
pub mod facets;
#[rustfmt::skip]
#[path = "../golden/get_subscription/expected.rs"]
pub mod get_subscription;
#[rustfmt::skip]
#[path = "../golden/group/expected.rs"]
pub mod group;
#[rustfmt::skip]
#[path = "../golden/header_fault/expected.rs"]
pub mod header_fault;
#[rustfmt::skip]
#[path = "../golden/http_binding/expected.rs"]
pub mod http_binding;
#[rustfmt::skip]
#[path = "../golden/jaxws_vault/expected.rs"]
pub mod jaxws_vault;
#[rustfmt::skip]
#[path = "../golden/list_union/expected.rs"]
pub mod list_union;
#[rustfmt::skip]
#[path = "../golden/mixed/expected.rs"]
pub mod mixed;
#[rustfmt::skip]
#[path = "../golden/names/expected.rs"]
pub mod names;
#[rustfmt::skip]
#[path = "../golden/nillable/expected.rs"]
pub mod nillable;
#[rustfmt::skip]
#[path = "../golden/open/expected.rs"]
pub mod open;
#[rustfmt::skip]
#[path = "../golden/recursion/expected.rs"]
pub mod recursion;
#[rustfmt::skip]
#[path = "../golden/repeated_choice/expected.rs"]
pub mod repeated_choice;
#[rustfmt::skip]
#[path = "../golden/reply_headers/expected.rs"]
pub mod reply_headers;
#[rustfmt::skip]
#[path = "../golden/rpc_encoded/expected.rs"]
pub mod rpc_encoded;
#[rustfmt::skip]
#[path = "../golden/rpc_literal/expected.rs"]
pub mod rpc_literal;
#[rustfmt::skip]
#[path = "../golden/scalars/expected.rs"]
pub mod scalars;
#[rustfmt::skip]
#[path = "../golden/soap_arrays/expected.rs"]
pub mod soap_arrays;
#[rustfmt::skip]
#[path = "../golden/styles/expected.rs"]
pub mod styles;
#[rustfmt::skip]
#[path = "../golden/substitution/expected.rs"]
pub mod substitution;
#[rustfmt::skip]
#[path = "../golden/wildcard/expected.rs"]
pub mod wildcard;
#[rustfmt::skip]
#[path = "../golden/xop_declared/expected.rs"]
pub mod xop_declared;

#[path = "roundtrip/soap_arrays.rs"]
mod arrays_in_messages;
#[path = "roundtrip/beside.rs"]
mod beside;
#[path = "roundtrip/block.rs"]
mod blocked;
#[path = "roundtrip/compared.rs"]
mod compared;
#[path = "roundtrip/derived.rs"]
mod derived;
#[path = "roundtrip/gsoap.rs"]
mod gsoap;
#[path = "roundtrip/jaxws.rs"]
mod jaxws;
#[path = "roundtrip/limits.rs"]
mod limits;
#[path = "roundtrip/outside.rs"]
pub mod outside;
#[path = "roundtrip/over_http.rs"]
mod over_http;
#[path = "roundtrip/packages.rs"]
mod packages;
#[path = "roundtrip/reply_headers.rs"]
mod replied_headers;
mod support;

use bindery_runtime as rt;
use rt::Transport as _;

use support::{Canned, root, same, text};

/// A file of a fixture.
fn file(feature: &str, name: &str) -> String {
    let path = root().join("tests/golden").join(feature).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Reads a fixture's example strictly, writes it, and gives the value back.
#[track_caller]
fn example<T: rt::Value + PartialEq + std::fmt::Debug>(root: &rt::Root<T>, feature: &str) -> T {
    let document = file(feature, "example.xml");
    let (value, decoded) = match root.read_with(&document, |options| options.strict = true) {
        Ok(read) => read,
        Err(error) => panic!("{feature}: {error}"),
    };
    assert!(decoded.drift.is_empty());
    let again = root.write(&value).unwrap_or_else(|error| panic!("{feature}: {error}"));
    same(&document, &again);
    assert_eq!(root.read(&again).unwrap(), value);
    value
}

/// Every fixture must be compiled above.
#[test]
fn no_fixture_is_left_out() {
    let source = include_str!("roundtrip.rs");
    for entry in std::fs::read_dir(root().join("tests/golden")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(source.contains(&format!("pub mod {name};")), "tests/golden/{name} is not compiled here");
    }
}

#[test]
fn choices() {
    use choice::{PaymentChoice, PaymentChoice2, PaymentVoucherGroup};
    let value = example(&choice::elements::PAYMENT, "choice");
    let voucher = PaymentVoucherGroup { voucher: "ABC".into(), pin: 12 };
    assert_eq!(value.choice, PaymentChoice::VoucherGroup(voucher));
    assert_eq!(value.choice_2, Some(PaymentChoice2::Memo("thanks".into())));
    assert_eq!(value.amount.to_string(), "10.50");

    // Two branches, and none.
    let document = file("choice", "example.xml");
    let both = document.replace("<voucher>", "<iban>X</iban><voucher>");
    assert!(choice::elements::PAYMENT.read(&both).is_err());
    let none = document.replace("<voucher>ABC</voucher><pin>12</pin>", "");
    assert!(choice::elements::PAYMENT.read(&none).is_err());
}

#[test]
fn repeated_choices_keep_their_order() {
    use repeated_choice::LogChoice;
    let value = example(&repeated_choice::elements::LOG, "repeated_choice");
    assert_eq!(value.choices.len(), 5);
    assert!(matches!(&value.choices[0], LogChoice::Count(1)) && matches!(&value.choices[4], LogChoice::Count(2)));
}

#[test]
fn groups() {
    let value = example(&group::elements::PARCEL, "group");
    assert_eq!((value.id.as_str(), value.fragile), ("P-1", Some(true)));
    assert_eq!(value.choice, group::ParcelChoice::Locker(77));
    assert_eq!(value.groups, [(3, 4), (5, 6)].map(|(width, height)| group::ParcelGroup { width, height }));
    assert_eq!((value.stamp.len(), value.stamp_2.as_deref()), (2, Some("c")));
}

#[test]
fn derived_types_are_told_by_xsi_type() {
    use extension::{AnyVehicle, Fleet};
    let value: Fleet = example(&extension::elements::FLEET, "extension");
    assert!(matches!(&value.flagship, AnyVehicle::Boat(boat) if boat.year == Some(1999)));
    let [AnyVehicle::Car(car), AnyVehicle::SportsCar(sports)] = value.vehicle.as_slice() else { panic!("{value:?}") };
    assert_eq!((car.doors, sports.power, sports.loud), (4, 500, Some(true)));

    // A type of tomorrow is kept, told, and written as it came.
    let document = file("extension", "example.xml").replace("b:Boat", "b:Submarine");
    let (value, decoded) = extension::elements::FLEET.read_with(&document, |_| {}).unwrap();
    assert!(matches!(value.flagship, AnyVehicle::Unknown(_)));
    assert_eq!(decoded.drift.iter().map(|drift| drift.kind).collect::<Vec<_>>(), [rt::DriftKind::UnknownType]);
    same(&document, &extension::elements::FLEET.write(&value).unwrap());
    // The base is abstract: what does not say its type is kept and told, too.
    let document = file("extension", "example.xml").replace(" xsi:type=\"b:Boat\"", "");
    let (value, decoded) = extension::elements::FLEET.read_with(&document, |_| {}).unwrap();
    assert!(matches!(value.flagship, AnyVehicle::Unknown(_)));
    assert_eq!(decoded.drift.iter().map(|drift| drift.kind).collect::<Vec<_>>(), [rt::DriftKind::UnknownType]);
    assert!(extension::elements::FLEET.read_with(&document, |options| options.strict = true).is_err());

    // A root may be of a derived type, too.
    let boat = "<vehicle xmlns='urn:extension' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='Boat'>\
                <plate>HH 1</plate></vehicle>";
    let value = extension::elements::VEHICLE.read(boat).unwrap();
    assert!(matches!(&value, AnyVehicle::Boat(boat) if boat.plate == "HH 1"), "{value:?}");
    same(boat, &extension::elements::VEHICLE.write(&value).unwrap());
}

#[test]
fn types_of_the_callers_stand_in_messages_headers_faults_and_members() {
    use extern_types::{TillClient, elements};
    let value: extern_types::Pay = example(&elements::PAY, "extern_types");
    assert_eq!((value.till.0.as_str(), value.shop.0.as_str(), value.part.len()), ("3", "HH-1", 2));
    let change: outside::Money = elements::CHANGE.read("<change xmlns='urn:till' currency='EUR'>1</change>").unwrap();

    let till = TillClient::with((), rt::Settings::new());
    let request = till.pay(value).set_header(elements::TICKET.name(), change.clone()).into_request().unwrap().request;
    let body = String::from_utf8(request.into_body()).unwrap();
    assert!(body.contains(r#"currency="EUR">1</"#) && body.contains("12.50</"), "{body}");
}

#[test]
fn substitution_groups() {
    let value = example(&substitution::elements::DRAWING, "substitution");
    assert!(matches!(&value.shape[0], substitution::ShapeElement::Square(square) if square.side == 2.0));
    assert!(matches!(&value.shape[1], substitution::ShapeElement::Circle(circle) if circle.radius == 1.5));
}

#[test]
fn open_types_go_in_and_come_out_by_their_type() {
    use open::{AlarmEvent, AnyEvent, AnyVehicle, Event, UserEvent, VmEvent, VmMovedEvent, VmPoweredOnEvent};
    let value = example(&open::elements::LOG, "open");
    let [plain, alarm, moved] = value.event.as_slice() else { panic!("{value:?}") };
    assert!(plain.is::<Event>() && !alarm.is::<Event>());
    assert_eq!(plain.downcast_ref::<Event>().unwrap().key, 1);
    let heat = alarm.downcast_ref::<AlarmEvent>().unwrap();
    assert_eq!(heat.alarm, "heat");
    let cause: &AnyEvent = heat.cause.as_ref().unwrap();
    assert_eq!(cause.downcast_ref::<UserEvent>().unwrap().user, "anna");
    assert_eq!(cause.name(), Some(rt::Name::new("urn:open", "UserEvent")));
    assert!(cause.downcast_ref::<VmMovedEvent>().is_none());
    // The same type under a base of its own, which is abstract.
    let on = VmPoweredOnEvent { key: 5, cause: None, vm: "a".into() };
    assert_eq!(value.last, Some(rt::Any::<VmEvent>::new(on.clone())));
    assert_ne!(value.last, Some(rt::Any::new(VmPoweredOnEvent { key: 6, ..on })));
    assert!(matches!(value.vehicle, Some(AnyVehicle::Car(_))));
    // What all have in common.
    let keys: Vec<i32> = value.event.iter().map(|event| event.to_base().unwrap().key).collect();
    assert_eq!(keys, [1, 2, 4]);
    assert_eq!(moved.clone().downcast::<VmMovedEvent>().unwrap().to, "host-2");
    assert_eq!(moved.clone().downcast::<AlarmEvent>().unwrap_err(), *moved);
    let mut moved = moved.clone();
    moved.downcast_mut::<VmMovedEvent>().unwrap().to = "host-3".into();
    assert_eq!(format!("{moved:?}"), r#"Any(VmMovedEvent { key: 4, cause: None, vm: "a", to: "host-3" })"#);
}

#[test]
fn open_types_keep_what_the_contract_does_not_list() {
    let document = file("open", "example.xml");
    let read = |document: &str| open::elements::LOG.read_with(document, |_| {}).unwrap();
    // A type of tomorrow, one of another family, and one that says no type where the base is abstract.
    for (from, to) in [
        ("<o:event xsi:type=\"o:VmMovedEvent\"", "<o:event xmlns:n=\"urn:new\" xsi:type=\"n:VmSold\""),
        ("xsi:type=\"o:VmMovedEvent\"", "xsi:type=\"o:Car\""),
        ("xsi:type=\"o:VmPoweredOnEvent\"", ""),
    ] {
        let document = document.replace(from, to);
        let (value, decoded) = read(&document);
        let drift: Vec<_> = decoded.drift.iter().map(|drift| drift.kind).collect();
        assert_eq!(drift, [rt::DriftKind::UnknownType], "{to}");
        assert!(value.event[2].unknown_type().is_some() || value.last.as_ref().unwrap().unknown_type().is_some());
        same(&document, &open::elements::LOG.write(&value).unwrap());
        assert!(open::elements::LOG.read_with(&document, |options| options.strict = true).is_err());
        // What it has in common with the others is still there.
        assert_eq!(value.event[2].to_base().unwrap().key, 4);
    }
    // An abstract type that is named is none that can be sent.
    let (value, _) = read(&document.replace("o:VmMovedEvent", "o:VmEvent"));
    assert!(value.event[2].unknown_type().is_some());
    // Drift in a known type is told; a prefix that means nothing is an error.
    let (_, decoded) = read(&document.replace("<o:to>", "<o:when/><o:to>"));
    assert_eq!(decoded.drift.iter().map(|drift| drift.path.as_str()).collect::<Vec<_>>(), ["/log/event[3]/when"]);
    let error = open::elements::LOG.read(&document.replace("o:VmMovedEvent", "p:VmMovedEvent")).unwrap_err();
    assert!(error.to_string().contains("prefix"), "{error}");
    let error = open::elements::LOG.read(&document.replace("<o:to>host-2</o:to>", "")).unwrap_err();
    assert_eq!(error.path, "/log/event[3]");
}

#[test]
fn open_substitution_groups() {
    use open::elements::{Ball, Circle, Frame, Label, Round};
    use open::{AnyRound, ShapeElement};
    let value = example(&open::elements::LOG, "open");
    let [circle, label, frame, ball, round] = value.shape.as_slice() else { panic!("{value:?}") };
    let radius = |radius| AnyRound::Round(Box::new(open::Round { radius }));
    // Two elements of one type are not the same.
    assert_eq!(circle.downcast_ref::<Circle>(), Some(&radius(1.5)));
    assert!(circle.downcast_ref::<Round>().is_none() && round.is::<Round>());
    assert_ne!(ShapeElement::of::<Circle>(radius(3.0)), *round);
    assert_eq!(ShapeElement::of::<Round>(radius(3.0)), *round);
    assert_eq!(label.downcast_ref::<Label>().map(String::as_str), Some("here"));
    assert_eq!(frame.downcast_ref::<Frame>(), Some(&None));
    assert_eq!(ball.downcast_ref::<Ball>().unwrap().colour, "red");
    // A group within the group.
    assert_eq!(value.seal.unwrap().round.downcast_ref::<Circle>(), Some(&radius(4.0)));

    // What the group does not list is not the group's.
    let document = file("open", "example.xml").replace("<o:label>here</o:label>", "<o:square/>");
    let (value, decoded) = open::elements::LOG.read_with(&document, |_| {}).unwrap();
    assert_eq!((value.shape.len(), decoded.drift[0].kind), (4, rt::DriftKind::UnknownElement));
}

#[test]
fn wildcards_keep_what_they_take() {
    let value = example(&wildcard::elements::BAG, "wildcard");
    assert_eq!((value.any.len(), value.any_attributes.len()), (2, 1));
    assert_eq!((value.any[0].namespace(), value.any[0].local()), ("urn:other", "one"));

    // An element of another contract goes in, and comes out as what it is.
    let parcel = example(&group::elements::PARCEL, "group");
    let mut bag = value;
    bag.any.push(group::elements::PARCEL.raw(&parcel).unwrap());
    let document = wildcard::elements::BAG.write(&bag).unwrap();
    let again = wildcard::elements::BAG.read(&document).unwrap();
    assert_eq!(group::elements::PARCEL.find(&again.any).unwrap().unwrap(), parcel);
    assert!(list_union::elements::BOX.find(&again.any).is_none());
    // So does a type, where anything may stand.
    let any = rt::AnyType::of(&parcel).unwrap();
    assert!(any.is::<group::Parcel>() && !any.is::<wildcard::Bag>());
    assert_eq!(any.decode::<group::Parcel>().unwrap(), parcel);
    // A part of another type's content has no name that could be said.
    let part = facets::TripGroup { day: 1, night: 2 };
    assert!(rt::AnyType::of(&part).unwrap_err().to_string().contains("a type with a name"));
}

#[test]
fn attributes_and_text() {
    use attributes::Currency;
    let value = example(&attributes::elements::PRICES, "attributes");
    assert_eq!(value.price[0].value.to_string(), "9.90");
    assert_eq!((&value.price[0].currency, &value.price[1].currency), (&Currency::EUR, &Currency::Empty));
    assert_eq!((value.price[0].rounding, &value.price[1].tax), (Some(2), &None));
    let document = file("attributes", "example.xml").replace(" currency=\"\"", "");
    assert!(attributes::elements::PRICES.read(&document).unwrap_err().to_string().contains("currency"));
}

#[test]
fn lists_and_unions() {
    let value = example(&list_union::elements::BOX, "list_union");
    assert_eq!(*value.sizes, [1, 2, 3]);
    assert_eq!(value.marks.as_deref(), Some(&vec![7, 8]));
    let name = value.topic.as_ref().and_then(rt::ScopedText::to_name).expect("a name");
    assert_eq!((name.namespace(), name.local()), ("urn:topics", "news"));
    assert_eq!(value.topics.as_ref().expect("topics")[0].as_str(), "#any");

    use list_union::{FlagsItem, Grade, Limit, Reason, When};
    assert_eq!(value.limit, [Limit::Int(5.into()), Limit::Unbounded, Limit::Int(7.into())]);
    assert!(matches!(&value.limit[2], Limit::Int(seven) if seven.text() == "007" && **seven == 7));
    let [When::Date(date), When::DateTime(midnight), When::GYear(_)] = value.when.as_slice() else {
        panic!("{:?}", value.when)
    };
    assert_eq!((date.day(), midnight.month(), midnight.text().as_str()), (29, 3, "2024-02-29T24:00:00"));
    assert_eq!(
        value.reason,
        [
            Reason::Missing,
            Reason::Boolean(true.into()),
            Reason::Double(1.5.into()),
            Reason::OtherText("other:wise".into()),
            Reason::Text,
        ]
    );
    let reasons = value.reasons.as_ref().unwrap();
    assert_eq!(reasons[..2], [Reason::Missing, Reason::Boolean(false.into())]);
    assert_eq!(reasons[2..], [Reason::Double(2.0.into()), Reason::OtherText("urn:x".into())]);
    // 12 is out of the number's bounds.
    assert_eq!(value.grade, [Grade::PositiveInteger(rt::Integer::from(7).into()), Grade::Text("12".into())]);
    assert_eq!((&value.score[0].most, &value.score[0].value), (&Some(Limit::Int(9.into())), &Limit::Unbounded));
    assert_eq!(value.shift, Some((-3).into()));
    assert_eq!(rt::Validate::validate(&value), Ok(()));

    assert_eq!(value.flags.unwrap().0, [FlagsItem::Read, FlagsItem::Write]);
    // A flag of tomorrow is kept.
    let document = file("list_union", "example.xml").replace("Read Write", "Write Run");
    let value = list_union::elements::BOX.read(&document).unwrap();
    assert_eq!(value.flags.as_ref().unwrap().0, [FlagsItem::Write, FlagsItem::Unknown("Run".into())]);
    same(&document, &list_union::elements::BOX.write(&value).unwrap());
    // So is what is of none of a union's types, and told.
    let document = file("list_union", "example.xml").replace(">5<", "> some <").replace("2024-02-29<", "today<");
    let (value, decoded) = list_union::elements::BOX.read_with(&document, |_| {}).unwrap();
    assert_eq!(value.limit[0], Limit::Unknown("some".into()));
    assert_eq!(value.when[0], When::Unknown("today".into()));
    assert_eq!(decoded.drift.iter().map(|drift| drift.kind).collect::<Vec<_>>(), [rt::DriftKind::UnknownValue; 2]);
    let said = rt::Validate::validate(&value).unwrap_err().to_string();
    let union = "a value of none of the union's types";
    assert_eq!(said, format!("/limit[1]: {union} (some)\n/when[1]: {union} (today)"));
}

#[test]
fn absent_nil_and_there() {
    use rt::Nillable;
    let value = example(&nillable::elements::FORM, "nillable");
    assert_eq!((value.required, value.required_nil, value.optional), (1, None, None));
    assert_eq!((&value.optional_nil, &value.optional_nil_text), (&Nillable::Nil, &Nillable::Absent));
    assert_eq!(value.many_nil, [Some(1), None, Some(3)]);
    assert_eq!((value.record, value.record_nil), (Nillable::Nil, Some(nillable::Record { value: 2 })));
    // What is nil keeps the attributes it may have.
    assert_eq!(value.height.nil_attribute("", "nilReason"), Some("unknown"));
    assert_eq!(value.depth, None);
    assert_eq!(value.width[0].value().map(|width| width.value), Some(3));
    assert_eq!(value.width[1].nil_attribute("", "nilReason"), Some("withheld"));
    // Where the contract does not allow it, nil is no value.
    let document = file("nillable", "example.xml").replace("<required>1</required>", "<required xsi:nil=\"true\"/>");
    assert!(nillable::elements::FORM.read(&document).is_err());
}

#[test]
fn what_data_contract_serializer_writes() {
    let value = example(&data_contract::elements::ORDER, "data_contract").unwrap();
    assert_eq!(value.labels.unwrap()[0].value, 1);
    // An object that was written before is nil to it, and yet a reference.
    let document =
        file("data_contract", "example.xml").replace("<Next z:Ref=\"i1\"/>", "<Next z:Ref=\"i1\" i:nil=\"true\"/>");
    let (read, decoded) = data_contract::elements::ORDER.read_with(&document, |_| {}).unwrap();
    let next = read.unwrap().lines.unwrap().pop().unwrap().next.unwrap();
    assert_eq!((next.r#ref.as_deref(), next.product, decoded.drift.len()), (Some("i1"), None, 0));
    // Without one, it is nothing.
    let document = document.replace(" z:Ref=\"i1\"", "");
    assert_eq!(data_contract::elements::ORDER.read(&document).unwrap().unwrap().lines.unwrap()[1].next, None);
}

#[test]
fn wrapped_arrays() {
    let value = example(&arrays::elements::BASKET, "arrays");
    assert_eq!((value.empty, value.gone), (Some(vec![]), None));
    assert_eq!(value.tags.value().unwrap(), &["x", ""]);
    assert_eq!(value.groups.unwrap().len(), 2);
    // Items are records, not options, so that nobody has to unwrap each: one that is nil is left out, and told.
    let nil = "<lines><Line xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/>";
    let document = file("arrays", "example.xml").replace("<lines>", nil);
    let (read, decoded) = arrays::elements::BASKET.read_with(&document, |_| {}).unwrap();
    assert_eq!(read, example(&arrays::elements::BASKET, "arrays"));
    assert!(decoded.drift.iter().any(|drift| drift.to_string().contains("/basket/lines/Line")), "{:?}", decoded.drift);
    assert!(arrays::elements::BASKET.read_with(&document, |options| options.strict = true).is_err());
}

#[test]
fn mixed_content_keeps_text_and_elements_in_order() {
    use mixed::BodyContent::{B, I, Text};
    let value = example(&mixed::elements::LETTER, "mixed");
    let text = |text: &str| Text(text.into());
    assert_eq!(value.body.content, [text("Dear "), B("you".into()), text(", it is "), I("late".into()), text(".")]);
}

#[test]
fn recursion_ends() {
    let value = example(&recursion::elements::TREE, "recursion");
    assert_eq!(value.child.len(), 2);
    assert!(value.left.is_some());
}

#[test]
fn names_that_rust_cannot_have_or_would_confuse() {
    let value = example(&names::elements::TYPE, "names");
    assert_eq!((value.r#fn.as_str(), value.номер.as_str(), value._1st), ("f", "6", 5));
    assert_eq!((value.mine.a, value.theirs.a.as_str()), (1, "x"));
    assert_eq!(value.class, names::names::Class::Star);
}

#[test]
fn every_built_in_type_keeps_its_value() {
    let value = example(&scalars::elements::ALL, "scalars");
    assert_eq!(value.string, " a  b ");
    assert_eq!(value.unsigned_long, u64::MAX);
    assert_eq!(value.integer.to_string(), "123456789012345678901234567890");
    assert_eq!(value.decimal.to_string(), "12345678901234567890.1234567890");
    assert_eq!(value.float, f32::NEG_INFINITY);
    assert_eq!(value.base64_binary.0, [0, 1, 2, 255]);
    assert_eq!(value.code, scalars::Code::V4294967295);
    let text = scalars::elements::ALL.write(&value).expect("writes").replace(">a b</caption>", "> a\n b </caption>");
    let text = text.replace(">in use<", "> in\n  use <");
    let (again, decoded) = scalars::elements::ALL.read_with(&text, |_| {}).expect("reads");
    assert_eq!((again.state, decoded.drift.len()), (scalars::State::InUse, 0));
    assert!(matches!(again.label, scalars::LabelElement::Caption(caption) if caption == "a b"));
    let label = scalars::elements::LABEL.read("<label xmlns='urn:scalars'> a\n b </label>").expect("reads");
    assert_eq!(label, "a b");
}

#[test]
fn rpc_literal_messages() {
    use rpc_literal::operations::{Add, Ping};
    let (request, response) = (file("rpc_literal", "request.xml"), file("rpc_literal", "response.xml"));
    rt::example::request::<Add>(&rpc_literal::CALCULATOR_SOAP, &request);
    rt::example::response::<Add>(&rpc_literal::CALCULATOR_SOAP, &response);
    let input =
        || rpc_literal::Add { pair: Some(rpc_literal::Pair { a: 1, b: 2 }), scale: Some("1.50".parse().unwrap()) };
    let canned = Canned::new(200, "text/xml", response);
    let client = rpc_literal::CalculatorServiceClient::new(&canned);
    same(&request, text(&client.add(input()).into_request().unwrap()));
    assert_eq!(client.add(input()).send().unwrap().sum.unwrap().to_string(), "4.50");

    // One way: any success will do, with or without a body; a fault is one.
    for (status, body, good) in [
        (202, String::new(), true),
        (200, envelope("<x/>"), true),
        (500, file("header_fault", "fault.xml"), false),
        (503, "<html/>".into(), false),
    ] {
        let canned = Canned::new(status, "text/xml", body);
        let client = rpc_literal::CalculatorServiceClient::new(&canned);
        assert_eq!(client.ping(rpc_literal::Ping {}).send().is_ok(), good, "{status}");
    }
    let info = <Ping as rt::Operation>::INFO;
    assert!(info.output.is_none());
}

/// Values say their types; an answer's values may stand anywhere in it.
#[test]
fn rpc_encoded_messages() {
    use rpc_encoded::{Line, Order, Unit, operations};
    let (request, response) = (file("rpc_encoded", "request.xml"), file("rpc_encoded", "response.xml"));
    rt::example::request::<operations::Order>(&rpc_encoded::SHOP_SOAP, &request);
    rt::example::response::<operations::Order>(&rpc_encoded::SHOP_SOAP, &response);
    let line = |article: &str, unit, count, note: Option<&str>| Line {
        article: article.into(),
        unit,
        count,
        note: note.map(String::from),
    };
    let input = || Order {
        customer: Some("Anna".into()),
        due: Some("2026-12-01".parse().unwrap()),
        lines: Some(vec![Some(line("A1", Unit::Piece, 3, None)), Some(line("B2", Unit::Box, 1, Some("blue")))]),
        tags: Some(vec!["web".into()]),
        gift: None,
    };
    let circle = response.replace("<number href=\"#id1\"/>", "<number href=\"#id0\"/>");
    let canned = Canned::new(200, "text/xml", response);
    let client = rpc_encoded::ShopServiceClient::new(&canned);
    same(&request, text(&client.order(input()).into_request().unwrap()));
    let receipt = client.order(input()).strict(true).send().unwrap().unwrap();
    assert_eq!((receipt.number, receipt.total.to_string().as_str()), (77, "12.50"));
    assert_eq!(receipt.first.unwrap().article, "A1");
    let articles: Vec<_> = receipt.lines.iter().flatten().map(|line| line.article.as_str()).collect();
    assert_eq!(articles, ["A1", "B2"]);
    // A value that holds itself is an error, not a hang.
    let canned = Canned::new(200, "text/xml", circle);
    let error = rpc_encoded::ShopServiceClient::new(&canned).order(input()).send().unwrap_err();
    assert!(error.to_string().contains("holds itself"), "{error}");
}

/// Members that stand in the Body directly: two elements, the content of a type, and nothing.
#[test]
fn bodies_without_an_element_of_their_own() {
    use bare_body::{BareServiceClient, Find, Range, Reset, operations};
    let (request, response) = (file("bare_body", "request.xml"), file("bare_body", "response.xml"));
    rt::example::request::<operations::Find>(&bare_body::BARE_SOAP, &request);
    rt::example::response::<operations::Find>(&bare_body::BARE_SOAP, &response);
    let answer = |status, body: String| Canned::new(status, "text/xml", body);
    let canned = answer(200, response);
    let client = BareServiceClient::new(&canned);
    same(&request, text(&client.find(Find { from: 1, to: 9 }).into_request().unwrap()));
    let found = client.find(Find { from: 1, to: 9 }).send().unwrap();
    assert_eq!((found.name.as_str(), found.note.as_ref()), ("five", None));

    let range = "<b:low xmlns:b='urn:bare'>1</b:low>";
    let canned = answer(200, envelope(range));
    let client = BareServiceClient::new(&canned);
    let input = Range { low: 1, high: None };
    same(&envelope(range), text(&client.narrow(input.clone()).into_request().unwrap()));
    assert_eq!(client.narrow(input.clone()).send().unwrap(), input);

    let canned = answer(200, envelope(""));
    let client = BareServiceClient::new(&canned);
    same(&envelope(""), text(&client.reset(Reset {}).into_request().unwrap()));
    client.reset(Reset {}).send().unwrap();
    let error = client.narrow(input.clone()).send().unwrap_err().to_string();
    assert!(error.contains("low"), "{error}");

    let canned = answer(500, file("header_fault", "fault.xml"));
    let error = BareServiceClient::new(&canned).narrow(input).send().unwrap_err();
    assert!(error.fault().is_some(), "{error}");
}

fn envelope(body: &str) -> String {
    format!("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>{body}</s:Body></s:Envelope>")
}

#[test]
fn headers_and_declared_faults() {
    use header_fault::operations::{Open, OpenDetail};
    let request = file("header_fault", "request.xml");
    rt::example::request::<Open>(&header_fault::VAULT_SOAP, &request);
    let canned = Canned::new(500, "text/xml", file("header_fault", "fault.xml"));
    let mut client = header_fault::VaultServiceClient::new(&canned);
    let open = || header_fault::Open { door: 3 };
    client.set_trace("t-1".into());
    let session = header_fault::Session { ttl: Some(5), user: "u".into(), password: Some("p".into()) };
    client.set_session(session);
    // In the contract's order, whatever the order they were set in.
    same(&request, text(&client.open(open()).into_request().unwrap()));
    // An operation that does not declare them does not send them.
    let notify = client.notify(header_fault::Notify {}).into_request().unwrap();
    assert!(!text(&notify).contains("Session"), "{}", text(&notify));

    let error = client.open(open()).send().unwrap_err();
    let Some(OpenDetail::Locked(locked)) = error.detail() else { panic!("{error:?}") };
    assert_eq!(locked.until.to_string(), "2026-11-22T10:00:00Z");
    assert_eq!(error.outcome(), rt::Outcome::NotExecuted);

    let canned = Canned::new(500, "text/xml", file("header_fault", "denied.xml"));
    let error = header_fault::VaultServiceClient::new(&canned).open(open()).send().unwrap_err();
    assert!(matches!(error.detail(), Some(OpenDetail::Denied(text)) if text.as_str() == "not you"), "{error:?}");

    // A service that stumbled may have acted before: that is said, though the fault stays a fault.
    for (code, open_end) in [("s:Server", true), ("s:Client", false)] {
        let fault = format!("<s:Fault><faultcode>{code}</faultcode><faultstring>oops</faultstring></s:Fault>");
        let canned = Canned::new(500, "text/xml", envelope(&fault));
        let error = header_fault::VaultServiceClient::new(&canned).open(open()).send().unwrap_err();
        assert!(matches!(error, rt::CallError::Fault(_)), "{error:?}");
        assert_eq!(error.outcome() != rt::Outcome::NotExecuted, open_end);
        assert_eq!(
            error.to_string().ends_with("oops; the outcome is unknown: find out before sending it again"),
            open_end
        );
    }
    for (status, said) in [(401, "wants a login"), (403, "does not let"), (407, "a proxy in between")] {
        let canned = Canned::new(status, "text/html", "<html>");
        let error = header_fault::VaultServiceClient::new(&canned).open(open()).send().unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }

    // What is wrong with a header comes in the header of the fault.
    let body = "<s:Header><Expired xmlns='urn:vault'>2026-11-22T10:00:00Z</Expired></s:Header><s:Body><s:Fault>\
                <faultcode>s:Client</faultcode><faultstring>log in</faultstring></s:Fault></s:Body>";
    let body = format!("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'>{body}</s:Envelope>");
    let canned = Canned::new(500, "text/xml", body);
    let error = header_fault::VaultServiceClient::new(&canned).open(open()).send().unwrap_err();
    let Some(OpenDetail::Expired(at)) = error.detail() else { panic!("{error:?}") };
    assert_eq!(at.to_string(), "2026-11-22T10:00:00Z");
}

#[test]
fn a_transport_is_only_asked_once() {
    // `Canned` itself: what the tests above rely on.
    let canned = Canned::new(200, "text/xml", "x");
    let request = http::Request::new(Vec::new());
    let exchange = rt::Exchange::new(rt::Timeouts::READ, 10);
    assert_eq!(canned.send(request, &exchange).unwrap().body(), b"x");
    assert_eq!(canned.sent.borrow().len(), 1);
}
