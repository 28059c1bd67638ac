//! The documents that are read and written: a vendor's sample messages, with their repeating parts repeated.

use std::path::Path;

/// A file of the repository's `contracts` folder.
fn sample(path: &str) -> String {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../contracts")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The part of the text from `from` to the end of `to`.
fn part<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let start = text.find(from).unwrap_or_else(|| panic!("the sample has no {from}"));
    let end = text.rfind(to).unwrap_or_else(|| panic!("the sample has no {to}"));
    &text[start..end + to.len()]
}

/// MONT's answer to `ChangeQuantityOfSubscription` as WCF sends it (no white space between elements), without its envelope,
/// with this many events.
pub fn subscription(events: usize) -> String {
    let sample = sample("mont/samples/change_quantity_soap.response.xml").replace("> <", "><");
    let body = part(&sample, "<ChangeQuantityOfSubscriptionResponse", "</ChangeQuantityOfSubscriptionResponse>");
    let both = part(body, "<c:SubscriptionEventContract>", "</c:SubscriptionEventContract>");
    let second = both.rfind("<c:SubscriptionEventContract>").unwrap_or_default();
    let (first, second) = both.split_at(second);
    let repeated: String = (0..events).map(|index| if index % 2 == 0 { first } else { second }).collect();
    body.replace(both, &repeated)
}

/// The same with codes the contract does not list in every event: each is reported as unknown.
pub fn subscription_with_unknown_codes(events: usize) -> String {
    subscription(events)
        .replace("<c:StatusId>", "<c:StatusId>90")
        .replace("PreviousStatusId>4<", "PreviousStatusId>94<")
}

/// The same with a line and blanks before every tag that follows a tag, as pretty-printed messages have them.
pub fn indented(document: &str) -> String {
    document.replace("><", ">\n          <")
}

/// CloudBlue's answer with the return values of one order, repeated for this many orders.
pub fn orders(orders: usize) -> String {
    let sample = sample("cloudblue/samples/place_order_existing_customer.response.xml").replace(">\n<", "><");
    let row = "<value><array><data><value><i4>";
    let start = sample.find(row).unwrap_or_else(|| panic!("the sample has no {row}"));
    let end = start + part(&sample[start..], row, "</data></array></value></data>").len() - "</data>".len();
    format!("{}{}{}", &sample[..start], sample[start..end].repeat(orders), &sample[end..])
}
