//! CloudBlue's `PlaceOrderAndAuthorize_API`, the largest positional layout known, and the corners it does not reach.

use super::{SlotValues, decode_slots, encode_slots};
use crate::codec::{Decoder, Encoder};
use crate::error::{DecodeError, EncodeError, Read, Write};
use crate::shape::{Count, Flags, Kind, Name, Shape, element, part, rest, slot};
use crate::value::Value;
use crate::xml::Limits;
use crate::xmlrpc::{self, Execute};

/// A record as a generator prints it.
macro_rules! record {
    ($name:ident $shape:ident $kind:expr; $($field:ident: $ty:ty = $member:expr),* $(,)?) => {
        #[derive(Debug, Clone, PartialEq, Default)]
        struct $name {
            $($field: $ty,)*
        }

        static $shape: Shape =
            Shape { name: Name::new("", stringify!($name)), kind: $kind, members: &[$($member),*], ordinal: &[] };

        impl Value for $name {
            fn vacant() -> Self {
                Self { $($field: Value::vacant(),)* }
            }

            fn read(&mut self, at: &mut Decoder<'_>) -> Read {
                at.record(&$shape, &mut [$(&mut self.$field),*])
            }

            fn write(&self, to: &mut Encoder<'_>) -> Write {
                to.record(&$shape, &[$(&self.$field),*])
            }
        }
    };
}

record! { Input INPUT Kind::Record; order: PlaceOrder = element("", "order", Flags::REQUIRED) }

record! { PlaceOrder PLACE_ORDER Kind::Slots;
    vendor: i32 = slot("VendorAccountID", Count::None, Flags::REQUIRED),
    items: Vec<Item> = slot("ProvisioningItems", Count::Entries, Flags::REQUIRED),
    parameters: Vec<ItemParameters> = slot("ProvisioningParameters", Count::Values, Flags::REQUIRED),
    contact: Vec<Pair> = slot("ContactData", Count::Entries, Flags::REQUIRED),
    pay_tool: Vec<Pair> = slot("PayTool", Count::Entries, Flags::REQUIRED.and(Flags::SECRET)),
    contacts: Vec<Contact> = slot("AdditionalContacts", Count::Entries, Flags::REQUIRED),
    attributes: Vec<Pair> = slot("OrderAttributes", Count::Entries, Flags::TRAILING),
    terms: Vec<i32> = slot("TermsAndConditions", Count::Entries, Flags::TRAILING),
}

record! { Item ITEM Kind::Packed(&["", "=", "=", "=", ""]);
    plan: i32 = part("PlanID", None, Flags::REQUIRED),
    period: i32 = part("PlanPeriodID", None, Flags::REQUIRED),
    item: i32 = part("ProvisioningItemID", None, Flags::REQUIRED),
    parent: Option<i32> = part("ParentItemID", Some("-1"), Flags::NONE),
}

record! { ItemParameters ITEM_PARAMETERS Kind::Slots;
    item: i32 = slot("ProvisioningItemID", Count::None, Flags::REQUIRED),
    parameters: Vec<Pair> = slot("Parameters", Count::Entries, Flags::REQUIRED),
}

record! { Contact CONTACT Kind::Slots;
    id: i32 = slot("AdditionalContactID", Count::None, Flags::REQUIRED),
    info: Vec<Pair> = slot("ContactInfo", Count::Entries, Flags::REQUIRED),
}

record! { Pair PAIR Kind::Packed(&["", "=", ""]);
    name: String = part("Name", None, Flags::REQUIRED),
    value: String = part("Value", None, Flags::REQUIRED),
}

fn pair(name: &str, value: &str) -> Pair {
    Pair { name: name.into(), value: value.into() }
}

/// Services and a domain for an existing customer with a registered pay tool.
fn order() -> PlaceOrder {
    PlaceOrder {
        vendor: 1,
        items: vec![
            Item { plan: 20, period: 36, item: 0, parent: None },
            Item { plan: 3, period: 5, item: 1, parent: Some(0) },
        ],
        parameters: vec![
            ItemParameters { item: 0, parameters: vec![] },
            ItemParameters {
                item: 1,
                parameters: vec![
                    pair("OrderOperationType", "10"),
                    pair("DomainID", "a=b.example"),
                    pair("TransferKey", ""),
                ],
            },
        ],
        contact: vec![pair("AccountID", "1000002"), pair("PromoCodeID", "")],
        pay_tool: vec![pair("PayToolID", "3"), pair("IPAddressID", "10.0.0.1")],
        contacts: vec![],
        attributes: vec![],
        terms: vec![7, 9],
    }
}

/// Values as one line: numbers bare, strings in quotes.
fn show(values: &SlotValues) -> String {
    let show = |value: &xmlrpc::Value| match value {
        xmlrpc::Value::Int(number) => number.to_string(),
        xmlrpc::Value::Str(text) => format!("{text:?}"),
        other => format!("{other:?}"),
    };
    values.values().iter().map(show).collect::<Vec<_>>().join(" ")
}

fn encode(value: &dyn Value) -> Result<SlotValues, Box<EncodeError>> {
    encode_slots("Params", value)
}

fn decode<T: Value>(values: &[xmlrpc::Value], strict: bool) -> Result<(T, super::SlotsRead), Box<DecodeError>> {
    let mut value = T::vacant();
    let read = decode_slots(values, &mut value, &Limits::new(), strict)?;
    Ok((value, read))
}

#[test]
fn an_order_as_the_documentation_lays_it_out() {
    let values = encode(&Input { order: order() }).unwrap();
    // The third section counts its seven values: two ids, two counters and three parameters. All others count entries. The
    // empty order attributes are in the middle, since terms and conditions follow.
    assert_eq!(
        show(&values),
        r#"1 2 "20=36=0=-1" "3=5=1=0" 7 0 0 1 3 "OrderOperationType=10" "DomainID=a=b.example" "TransferKey=" 2 "AccountID=1000002" "PromoCodeID=" 2 "PayToolID=3" "IPAddressID=10.0.0.1" 0 0 2 7 9"#
    );
    let secret: Vec<usize> =
        values.iter().enumerate().filter(|(_, (_, secret))| *secret).map(|(index, _)| index).collect();
    assert_eq!(secret, [15, 16, 17]);

    let (read, told) = decode::<Input>(values.values(), true).unwrap();
    assert_eq!(read.order, order());
    assert_eq!(told.secret, [15, 16, 17]);
}

#[test]
fn the_whole_call() {
    let params = encode(&Input { order: order() }).unwrap();
    let call = Execute {
        method: "Execute",
        server: "BM",
        operation: "PlaceOrderAndAuthorize_API",
        params: &params,
        more: &[],
    };
    let written = call.write().unwrap();
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><methodCall><methodName>Execute</methodName><params><param><value><struct>\
        <member><name>Server</name><value>BM</value></member>\
        <member><name>Method</name><value>PlaceOrderAndAuthorize_API</value></member>\
        <member><name>Params</name><value><array><data>\
        <value><i4>1</i4></value><value><i4>2</i4></value><value>20=36=0=-1</value>";
    assert!(written.text.starts_with(expected), "{}", written.text);
    let hidden: Vec<&str> = written.secrets.iter().map(|range| &written.text[range.clone()]).collect();
    assert_eq!(hidden, ["<i4>2</i4>", "PayToolID=3", "IPAddressID=10.0.0.1"]);
    let (method, params) = xmlrpc::read_call(&written.text, &xmlrpc::Options::new()).unwrap();
    let slots = params[0].member("Params").and_then(xmlrpc::Value::items).unwrap();
    assert_eq!((method.as_str(), decode::<Input>(slots, true).unwrap().0.order), ("Execute", order()));
}

#[test]
fn tails_are_omitted_from_the_end_only() {
    let lean = PlaceOrder { terms: vec![], ..order() };
    let values = encode(&lean).unwrap();
    assert!(show(&values).ends_with(r#""IPAddressID=10.0.0.1" 0"#), "{}", show(&values));
    assert_eq!(decode::<PlaceOrder>(values.values(), true).unwrap().0, lean);
    let attributes = PlaceOrder { terms: vec![], attributes: vec![pair("SalesID", "1")], ..order() };
    let values = encode(&attributes).unwrap();
    assert!(show(&values).ends_with(r#" 0 1 "SalesID=1""#), "{}", show(&values));
    assert_eq!(decode::<PlaceOrder>(values.values(), true).unwrap().0, attributes);
    // What is not trailing must be there.
    let cut = &encode(&lean).unwrap().values().to_vec()[..18];
    let error = decode::<PlaceOrder>(cut, false).unwrap_err();
    assert!(error.to_string().contains("position 19 (AdditionalContactsCounter)"), "{error}");
    assert!(error.to_string().contains("the end of the array"), "{error}");
}

#[test]
fn counters_are_checked() {
    let good = encode(&order()).unwrap().values().to_vec();
    let with = |index: usize, value: i32| {
        let mut values = good.clone();
        values[index] = xmlrpc::Value::Int(value);
        decode::<PlaceOrder>(&values, false)
    };
    for (index, value, says) in [
        (1, -1, "ProvisioningItemsCounter"),
        (1, i32::MAX, "found 2147483647"),
        (1, 10_001, "ProvisioningItemsCounter"),
        // One value less: the last parameter is not in its section.
        (4, 6, "position 9 (ParametersCounter)"),
        // One value more: what follows is read as another group of parameters, and runs out of its section.
        (4, 8, "position 14 (ParametersCounter)"),
        (1, 3, "position 5 (ProvisioningItems)"),
    ] {
        let error = with(index, value).unwrap_err();
        assert!(error.to_string().contains(says), "{index} {value}: {error}");
    }
}

#[test]
fn nothing_of_a_secret_is_told() {
    let mut values = encode(&order()).unwrap().values().to_vec();
    values[16] = xmlrpc::Value::from("4111111111111111");
    let error = decode::<PlaceOrder>(&values, false).unwrap_err();
    assert!(error.to_string().contains("position 17 (Name)"), "{error}");
    assert!(!error.to_string().contains("4111"), "{error}");
    values[16] = xmlrpc::Value::Int(41_111_111);
    let error = decode::<PlaceOrder>(&values, false).unwrap_err();
    assert!(!error.to_string().contains("4111"), "{error}");
    assert!(!format!("{:?} {:?}", encode(&order()).unwrap(), error).contains("PayTool="));
}

#[test]
fn packed_strings() {
    let item = |text: &str| decode::<Item>(&[xmlrpc::Value::from(text)], true).map(|(item, _)| item);
    assert_eq!(item("20=36=0=-1"), Ok(Item { plan: 20, period: 36, item: 0, parent: None }));
    let error = item("20=36=0").unwrap_err();
    assert!(error.to_string().contains("position 1 (ProvisioningItemID)"), "{error}");
    let error = item("20=36=x=-1").unwrap_err();
    assert!(error.to_string().contains("(ProvisioningItemID)") && error.to_string().contains("\"x\""), "{error}");
    assert!(item("20=36=0=-1=").is_err());
    assert!(item("20=36=0=").is_ok_and(|item| item.parent.is_none()) || item("20=36=0=").is_err());
    let error = encode(&pair("a=b", "c")).unwrap_err();
    assert!(error.to_string().contains("Name") && error.to_string().contains("\"=\""), "{error}");
    let error = encode(&Item { parent: Some(-1), ..Item::default() }).unwrap_err();
    assert!(error.to_string().contains("ParentItemID"), "{error}");
    let error = encode(&pair("a", "b\u{1}")).unwrap_err();
    assert!(error.to_string().contains("Value") && error.to_string().contains("U+0001"), "{error}");
}

record! { Growing GROWING Kind::Slots;
    id: i32 = slot("ID", Count::None, Flags::REQUIRED),
    note: Option<i32> = slot("Note", Count::None, Flags::NONE),
    price: crate::scalar::Decimal = slot("Price", Count::None, Flags::REQUIRED),
    status: Option<i32> = slot("Status", Count::None, Flags::TRAILING),
    more: Vec<xmlrpc::Value> = rest("more"),
}

record! { Rows ROWS Kind::Record; rows: Vec<Growing> = element("", "row", Flags::REPEATED) }

record! { Message MESSAGE Kind::Record; result: Status = element("", "result", Flags::REQUIRED) }

record! { Status STATUS Kind::Slots; status: String = slot("Status", Count::None, Flags::REQUIRED) }

fn double(text: &str) -> xmlrpc::Value {
    xmlrpc::Value::Double(text.parse().unwrap())
}

#[test]
fn arrays_that_grow() {
    use xmlrpc::Value as V;
    let short = [V::Int(1), V::Nil, double("299.10")];
    let (value, read) = decode::<Growing>(&short, true).unwrap();
    assert_eq!((value.note, value.price.to_string().as_str(), value.status), (None, "299.10", None));
    assert!(read.drift.is_empty());
    let long = [V::Int(1), V::from(""), double("1e2"), V::Int(3), V::from("new"), V::Array(vec![V::Int(1)])];
    let (value, _) = decode::<Growing>(&long, true).unwrap();
    assert_eq!((value.price.to_string().as_str(), value.status, value.more.as_slice()), ("100", Some(3), &long[4..]));
    // What was kept is written again; an absent number holds its place.
    assert_eq!(encode(&value).unwrap().values()[1], V::from(""));
    assert_eq!(encode(&value).unwrap().values()[4..], long[4..]);
    // An empty string is nothing for a number that may be absent, and an error for one that may not.
    assert!(decode::<Growing>(&[V::from(""), V::Nil, double("1")], false).is_err());
    assert!(decode::<Growing>(&[V::Nil, V::Nil, double("1")], false).is_err());
}

#[test]
fn lists_and_messages() {
    use xmlrpc::Value as V;
    let row = |id: i32| V::Array(vec![V::Int(id), V::Int(7), double("1.0")]);
    let (value, _) = decode::<Rows>(&[row(1), row(2)], true).unwrap();
    assert_eq!(value.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 2]);
    let broken = V::Array(vec![V::Int(2), V::Int(7), V::from("x")]);
    let error = decode::<Rows>(&[row(1), broken], true).unwrap_err();
    assert!(error.to_string().contains("/row[2]/Price (position 3)"), "{error}");
    assert_eq!(error.offset, 5);
    assert!(decode::<Rows>(&[], true).unwrap().0.rows.is_empty());

    let mut members = xmlrpc::Struct::new();
    members.push("Status", "done");
    members.push("Note", 1);
    let (value, read) = decode::<Message>(&[members.clone().into()], false).unwrap();
    assert_eq!((value.result.status.as_str(), read.drift.len()), ("done", 1));
    assert!(decode::<Message>(&[members.into()], true).is_err());
}

#[test]
fn a_counter_that_loops_is_stopped() {
    record! { Hollow HOLLOW Kind::Slots; nothing: Vec<Nothing> = slot("Nothing", Count::Values, Flags::REQUIRED) }
    record! { Nothing NOTHING Kind::Slots; }
    let values = [xmlrpc::Value::Int(1), xmlrpc::Value::Int(1)];
    assert!(decode::<Hollow>(&values, false).is_err());
}

#[test]
fn a_layout_that_holds_itself_has_an_end() {
    record! { Tree TREE Kind::Slots; children: Vec<Tree> = slot("Children", Count::Entries, Flags::REQUIRED) }
    let good = [2, 0, 1, 0].map(xmlrpc::Value::Int);
    let (tree, _) = decode::<Tree>(&good, true).unwrap();
    assert_eq!(encode(&tree).unwrap().values(), good);
    let deep = vec![xmlrpc::Value::Int(1); 100_000];
    let error = decode::<Tree>(&deep, false).unwrap_err();
    assert!(error.to_string().contains("depth of positional records"), "{error}");
}

/// Whatever the values are, reading ends with a value or an error; and what was read without a difference is written as it was.
#[test]
fn any_values_are_read_or_refused() {
    use xmlrpc::Value as V;
    let good = encode(&Input { order: order() }).unwrap().values().to_vec();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    let mut read = 0;
    for _ in 0..20_000 {
        let mut values = good.clone();
        for _ in 0..=random(3) {
            let at = random(values.len());
            match random(4) {
                0 => drop(values.remove(at)),
                1 => values.insert(at, V::Int(i32::try_from(random(9)).unwrap_or(0) - 1)),
                2 => values[at] = V::Int(i32::try_from(random(9)).unwrap_or(0)),
                _ => {
                    values[at] =
                        [V::from(""), V::from("3"), V::from("a=b"), V::Nil, V::Array(vec![])][random(5)].clone()
                }
            }
        }
        if let Ok((value, _)) = decode::<Input>(&values, true) {
            read += 1;
            let mut written = encode(&value).unwrap().values().to_vec();
            // Empty groups at the end may be written or not.
            for values in [&mut written, &mut values] {
                while values.last() == Some(&V::Int(0)) {
                    values.pop();
                }
            }
            assert_eq!(written, values);
        }
    }
    assert!(read > 100, "{read}");
}

record! { Line LINE Kind::Record;
    item: Item = element("", "Item", Flags::REQUIRED),
    pairs: Vec<Pair> = element("", "Pair", Flags::REPEATED),
}

#[test]
fn packed_strings_go_into_elements_too() {
    let root = Name::new("", "Line");
    let profile = crate::codec::Profile::PLAIN;
    let value = Line {
        item: Item { plan: 20, period: 36, item: 0, parent: Some(4) },
        pairs: vec![pair("a", "b<c"), pair("d", "")],
    };
    let text = crate::codec::encode_element(root, profile, &value).unwrap().text;
    assert_eq!(text, "<Line><Item>20=36=0=4</Item><Pair>a=b&lt;c</Pair><Pair>d=</Pair></Line>");
    let mut read = Line::vacant();
    let options = crate::codec::Options::new(profile);
    crate::codec::decode_document(&text, root, &mut read, &options).unwrap();
    assert_eq!(read, value);
    let error = crate::codec::decode_document(&text.replace("=36", "=x"), root, &mut read, &options).unwrap_err();
    assert!(error.to_string().contains("PlanPeriodID") && error.to_string().contains("/Line/Item"), "{error}");
}

record! { Card CARD Kind::Packed(&["", ":", ""]);
    number: String = part("Number", None, Flags::REQUIRED.and(Flags::SECRET)),
    month: i32 = part("Month", None, Flags::REQUIRED),
}

record! { Paid PAID Kind::Record; card: Card = element("", "Card", Flags::REQUIRED) }

#[test]
fn a_secret_part_hides_the_whole_string() {
    let root = Name::new("", "Paid");
    let profile = crate::codec::Profile::PLAIN;
    let value = Paid { card: Card { number: "4111".into(), month: 7 } };
    let written = crate::codec::encode_element(root, profile, &value).unwrap();
    let shown = |text: &str, secrets: &[std::ops::Range<usize>]| {
        secrets.iter().rev().fold(text.to_owned(), |mut text, range| {
            text.replace_range(range.clone(), "*");
            text
        })
    };
    assert_eq!(shown(&written.text, &written.secrets), "<Paid><Card>*</Card></Paid>");
    let mut read = Paid::vacant();
    let options = crate::codec::Options::new(profile);
    let decoded = crate::codec::decode_document(&written.text, root, &mut read, &options).unwrap();
    assert_eq!(shown(&written.text, &decoded.secrets), "<Paid><Card>*</Card></Paid>");
    let broken = written.text.replace(":7", ":x");
    let error = crate::codec::decode_document(&broken, root, &mut read, &options).unwrap_err();
    assert!(!error.to_string().contains("4111") && !error.to_string().contains("\"x\""), "{error}");

    let slots = encode(&value.card).unwrap();
    assert!(slots.iter().all(|(_, secret)| secret));
    assert_eq!(decode::<Card>(slots.values(), true).unwrap().1.secret, [0]);
}

#[test]
fn positional_layouts_do_not_go_into_xml() {
    let error =
        crate::codec::encode_element(Name::new("", "Order"), crate::codec::Profile::PLAIN, &order()).unwrap_err();
    assert!(error.to_string().contains("XML-RPC"), "{error}");
}
