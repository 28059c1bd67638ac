//! The documented reply of MONT's ChangeQuantityOfSubscription, as SOAP and as plain XML, read into one set of types.

#[path = "../examples/throughput/mont.rs"]
mod mont;

use bindery_runtime as rt;
use rt::Value;
use rt::codec::{Decoder, Options, Profile, decode_document, encode_element};
use rt::xml::{Reader, Token};

/// A line of the documentation that begins like this, its elisions taken out.
fn document(begins: &str) -> Option<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/seeds/mont-change-quantity.txt");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: needs ../shared");
        return None;
    };
    let line = text.lines().find(|line| line.contains(begins) && line.contains("Response"))?;
    Some(line.replace(" ... ", " "))
}

#[test]
fn the_plain_reply() {
    let Some(text) = document("<?xml version=\"1.0\" encoding=\"utf-8\"?> <ChangeQuantity") else { return };
    let mut reply = mont::Reply::vacant();
    let decoded = decode_document(&text, mont::REPLY, &mut reply, &Options::new(Profile::PLAIN)).unwrap();
    assert_eq!(decoded.drift, []);
    let data = reply.result.data.clone().unwrap();
    assert_eq!((data.events.len(), data.quantity, data.active_till), (2, 1, None));
    assert_eq!(data.reseller_price, Some(299.0));
    let secrets: Vec<&str> = decoded.secrets.iter().map(|range| &text[range.clone()]).collect();
    assert_eq!(secrets, ["0K548080ZafKs"]);
    // Back and forth.
    let written = encode_element(mont::REPLY, Profile::PLAIN, &reply).unwrap().text;
    let mut again = mont::Reply::vacant();
    decode_document(&written, mont::REPLY, &mut again, &Options::new(Profile::PLAIN)).unwrap();
    assert_eq!(again, reply);
}

#[test]
fn the_soap_reply() {
    let Some(text) = document("<ChangeQuantityOfSubscriptionResponse xmlns=") else { return };
    let mut reader = Reader::new(&text);
    loop {
        match reader.next().unwrap() {
            Token::Start(start) if start.local == "Body" => break,
            _ => {}
        }
    }
    let mut decoder = Decoder::new(reader, Profile::DATA_CONTRACT, false);
    let start = loop {
        if let Token::Start(start) = decoder.reader().next().unwrap() {
            break start;
        }
    };
    decoder.expect(start, mont::REPLY).unwrap();
    let mut reply = mont::Reply::vacant();
    decoder.element(rt::Flags::NONE, &mut reply).unwrap();
    let decoded = decoder.finish().unwrap();
    assert_eq!(decoded.drift, []);
    let data = reply.result.data.unwrap();
    assert_eq!((data.events.len(), data.items.len(), data.quantity), (2, 1, 10));
    assert_eq!(data.registration_profile.unwrap().fields[1].field_name.as_deref(), Some("VendorUniqKey"));
}
