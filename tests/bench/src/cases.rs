//! What is timed, checked beforehand to do the same.

use std::hint::black_box;

use crate::{by_hand, ours, raw, with_serde};

/// A name, and what is timed under it.
pub type Case<'c> = (&'static str, Box<dyn Fn() + 'c>);

/// Reading and writing MONT's answer; the first is the yardstick.
///
/// # Panics
/// When two readers disagree, or what is written does not read the same.
pub fn subscription(document: &str) -> Vec<Case<'_>> {
    let reply = ours::read_subscription(document);
    assert_eq!(by_hand::read_subscription(document).expect("by hand"), reply);
    assert_eq!(ours::read_subscription(&ours::write_subscription(&reply)), reply);
    assert_eq!(raw::scan(document), ours::scan(document));
    let answer = with_serde::read_subscription(document).expect("serde");
    answer.assert_same(&reply);
    let written = with_serde::write_subscription(&answer).expect("serde");
    assert_eq!(written.matches("<SubscriptionEventContract>").count(), answer.events());
    #[cfg(feature = "xsd-parser")]
    let of_xsd_parser = xsd_parser(document, &reply);

    #[allow(unused_mut)]
    let mut cases = vec![
        case("quick-xml, raw events", || raw::scan(document)),
        case("our reader, tokens", || ours::scan(document)),
        case("decode: ours", || ours::read_subscription(document)),
        case("decode: quick-xml by hand", || by_hand::read_subscription(document)),
        case("decode: quick-xml serde", || with_serde::read_subscription(document)),
        case("encode: ours", move || ours::write_subscription(&reply)),
        case("encode: quick-xml's writer, raw events", || raw::rewrite(document)),
        case("encode: quick-xml serde", move || with_serde::write_subscription(&answer)),
    ];
    #[cfg(feature = "xsd-parser")]
    cases.extend(of_xsd_parser);
    cases
}

#[cfg(feature = "xsd-parser")]
fn xsd_parser<'c>(
    document: &'c str,
    reply: &bindery_generated::mont::ChangeQuantityOfSubscriptionResponse,
) -> Vec<Case<'c>> {
    use crate::with_xsd_parser::{assert_same, read_subscription, write_subscription};
    let answer = read_subscription(document).expect("xsd-parser");
    assert_same(&answer, reply);
    let written = String::from_utf8(write_subscription(&answer).expect("xsd-parser")).expect("text");
    assert_same(&read_subscription(&written).expect("xsd-parser reads what it writes"), reply);
    assert_eq!(ours::read_subscription(&written), *reply);
    vec![
        case("decode: xsd-parser", || read_subscription(document)),
        case("encode: xsd-parser", move || write_subscription(&answer)),
    ]
}

/// Reading CloudBlue's answer with this many orders; the first is the yardstick.
///
/// # Panics
/// When the orders are not read.
pub fn orders(document: &str, count: usize) -> Vec<Case<'_>> {
    assert_eq!(ours::read_orders(document).len(), count);
    vec![
        case("quick-xml, raw events", || raw::scan(document)),
        case("our reader, tokens", || ours::scan(document)),
        case("XML-RPC values: ours", || ours::read_values(document)),
        case("XML-RPC values: dxr", || dxr::MethodResponse::from_xml(document)),
        case("XML-RPC records: ours", || ours::read_orders(document)),
    ]
}

fn case<'c, T>(name: &'static str, run: impl Fn() -> T + 'c) -> Case<'c> {
    (name, Box::new(move || drop(black_box(run()))))
}
