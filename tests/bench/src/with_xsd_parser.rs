//! The same message through the code that xsd-parser generates for quick-xml from `schema/subscription.xsd`. It checks
//! namespaces, order and presence as ours does; times stay text, and codes numbers.

use bindery_generated::mont;
use xsd_parser_types::quick_xml::{DeserializeSync as _, Error, SerializeSync as _, SliceReader, Writer};

pub use generated::ChangeQuantityOfSubscriptionResponse as Answer;

#[allow(dead_code, missing_docs, clippy::all, clippy::pedantic)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/xsd_parser_subscription.rs"));
}

/// Reads MONT's answer.
pub fn read_subscription(document: &str) -> Result<Answer, Error> {
    Answer::deserialize(&mut SliceReader::new(document))
}

/// Writes it.
pub fn write_subscription(answer: &Answer) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    answer.serialize("m:ChangeQuantityOfSubscriptionResponse", &mut Writer::new(&mut text))?;
    Ok(text)
}

/// Checks that the other reader read the same.
///
/// # Panics
/// When it did not.
pub fn assert_same(answer: &Answer, other: &mont::ChangeQuantityOfSubscriptionResponse) {
    let (result, other) =
        (flat(&answer.change_quantity_of_subscription_result), &other.change_quantity_of_subscription_result);
    let (data, other) = (flat(&result.data), other.data.as_ref().expect("data"));
    assert_eq!(data.subscription_id.as_deref(), Some(&*other.subscription_id));
    let events = &flat(&data.events).subscription_event_contract;
    assert_eq!(events.len(), other.events.len());
    for (event, other) in events.iter().zip(&other.events) {
        let event = event.as_ref().expect("an event");
        assert_eq!(event.date_created, other.date_created.to_string());
        assert_eq!(event.is_error, other.is_error);
        assert_eq!(event.quantity.as_ref().and_then(|value| **value), other.quantity);
        assert_eq!(
            event.subscription_num.as_ref().and_then(|value| value.as_deref()),
            other.subscription_num.as_deref()
        );
    }
}

/// What is there, and not nil.
fn flat<T>(value: &Option<xsd_parser_types::xml::Nillable<T>>) -> &T {
    value.as_ref().and_then(|value| value.as_ref()).expect("a value")
}
