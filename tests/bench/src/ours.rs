//! The codec under measurement.

use bindery_generated::{cloudblue, mont};
use bindery_runtime as rt;
use rt::codec::{self, Options, Profile};
use rt::{Operation, Value};

type Reply = mont::ChangeQuantityOfSubscriptionResponse;

fn root() -> rt::Name {
    mont::operations::ChangeQuantityOfSubscription::INFO.output.expect("it answers")
}

/// Reads MONT's answer, everything checked as in a call.
pub fn read_subscription(document: &str) -> Reply {
    let mut reply = Reply::vacant();
    let options = Options::new(Profile::DATA_CONTRACT);
    let decoded =
        codec::decode_document(document, root(), &mut reply, &options).unwrap_or_else(|error| panic!("{error}"));
    assert!(decoded.drift.iter().all(|drift| drift.kind == rt::DriftKind::UnknownValue), "{:?}", decoded.drift);
    reply
}

/// Writes it.
pub fn write_subscription(reply: &Reply) -> String {
    codec::encode_element(root(), Profile::DATA_CONTRACT, reply).unwrap_or_else(|error| panic!("{error}")).text
}

/// Walks over every token of a document.
pub fn scan(document: &str) -> usize {
    let mut reader = rt::xml::Reader::new(document);
    let mut elements = 0;
    loop {
        match reader.next().unwrap_or_else(|error| panic!("{error}")) {
            rt::xml::Token::Start(_) => elements += 1,
            rt::xml::Token::Eof => return elements,
            _ => {}
        }
    }
}

/// Reads CloudBlue's answer into XML-RPC values.
pub fn read_values(document: &str) -> rt::XmlRpcValue {
    match rt::xmlrpc::read_response(document, &rt::xmlrpc::Options::new()) {
        Ok(rt::xmlrpc::Response::Value(value)) => value,
        other => panic!("{other:?}"),
    }
}

/// Reads CloudBlue's answer into orders.
pub fn read_orders(document: &str) -> Vec<cloudblue::PlacedOrder> {
    let response = read_values(document);
    let rows = response.member("Result").and_then(rt::XmlRpcValue::items).expect("results");
    let limits = rt::xml::Limits::new();
    let order = |row: &rt::XmlRpcValue| {
        let mut order = cloudblue::PlacedOrder::vacant();
        let items = row.items().expect("return values");
        codec::slots::decode_slots(items, &mut order, &limits, false).unwrap_or_else(|error| panic!("{error}"));
        order
    };
    rows.iter().map(order).collect()
}
