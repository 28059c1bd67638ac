//! A request's body as a call, the same for both wires but for how members are found.

use roxmltree::Node;

use super::Namespaces;
use super::members::{BadRequest, Members};
use super::orders::{Answers, NewLine, NewOrder};
use super::tree::Wire;
use crate::server::lexical::{self, text};

pub(crate) const TEMPURI: &str = "http://tempuri.org/";

#[derive(Debug)]
pub(crate) enum Call {
    AddOrder(NewOrder),
    GetOrder(String),
    GetPriceChanges(i64),
    GetUserInfoDescriptionFor(Vec<String>),
    CheckEndUserInfo { part_num: Option<String>, answers: Answers },
    ChangeQuantityOfSubscription { id: String, by_end_user: bool, quantity: i32 },
    ChangeSubscriptionEndDate { id: String, end: Option<String> },
    GetSubscriptionsId { version: i64, by_all_logins: bool },
}

/// The parameters of a method in the order of its signature. That of CheckEndUserInfo differs between the
/// documentation's table and its sample; this is the sample's.
pub(crate) fn parameters(method: &str) -> Option<&'static [&'static str]> {
    Some(match method {
        "AddOrder" => &["orderRequest"],
        "GetOrder" => &["orderNumber"],
        "GetPriceChanges" => &["version"],
        "GetUserInfoDescriptionFor" => &["langCode", "partNums"],
        "CheckEndUserInfo" => &["langCode", "partNum", "endUserInfo"],
        "ChangeQuantityOfSubscription" => &["montSubscriptionId", "byEndUser", "newQuantity"],
        "ChangeSubscriptionEndDate" => &["montSubscriptionId", "endDate"],
        "GetSubscriptionsId" => &["version", "byAllLogins"],
        _ => return None,
    })
}

/// The methods that take a GET: those that only read and have plain parameters.
pub(crate) fn has_get(method: &str) -> bool {
    matches!(method, "GetOrder" | "GetPriceChanges" | "GetSubscriptionsId")
}

pub(crate) fn read(
    wire: Wire,
    namespaces: &Namespaces,
    method: &str,
    wrapper: Node<'_, '_>,
) -> Result<Call, BadRequest> {
    let names = parameters(method).ok_or_else(|| BadRequest(format!("there is no method {method}")))?;
    let given = Members::of(wire, wrapper, TEMPURI, names);
    Ok(match method {
        "AddOrder" => Call::AddOrder(match given.get("orderRequest") {
            Some(node) => new_order(wire, namespaces, node)?,
            None => NewOrder::default(),
        }),
        "GetOrder" => Call::GetOrder(given.string("orderNumber").unwrap_or_default()),
        "GetPriceChanges" => Call::GetPriceChanges(given.int64("version")?),
        "GetUserInfoDescriptionFor" => Call::GetUserInfoDescriptionFor(given.strings("partNums").unwrap_or_default()),
        "CheckEndUserInfo" => Call::CheckEndUserInfo {
            part_num: given.string("partNum"),
            answers: given
                .get("endUserInfo")
                .and_then(|n| answers(wire, &namespaces.end_user_info, n))
                .unwrap_or_default(),
        },
        "ChangeQuantityOfSubscription" => Call::ChangeQuantityOfSubscription {
            id: given.string("montSubscriptionId").unwrap_or_default(),
            by_end_user: given.boolean("byEndUser")?,
            quantity: given.int32("newQuantity")?,
        },
        "ChangeSubscriptionEndDate" => Call::ChangeSubscriptionEndDate {
            id: given.string("montSubscriptionId").unwrap_or_default(),
            // «DateTime, or an empty string»: both say "renew by itself".
            end: match given.get("endDate").map(text) {
                Some(end) if !end.trim().is_empty() => given.read("endDate", lexical::date_time)?,
                _ => None,
            },
        },
        _ => {
            Call::GetSubscriptionsId { version: given.int64("version")?, by_all_logins: given.boolean("byAllLogins")? }
        }
    })
}

fn new_order(wire: Wire, namespaces: &Namespaces, node: Node<'_, '_>) -> Result<NewOrder, BadRequest> {
    let namespace = namespaces.orders.as_str();
    let order = Members::of(wire, node, namespace, &["OrderNum", "SendOrderLines"]);
    let lines = match order.items("SendOrderLines", namespace, "SendOrderLineContract") {
        Some(lines) => Some(lines.into_iter().map(|n| new_line(wire, namespaces, n)).collect::<Result<_, _>>()?),
        None => None,
    };
    Ok(NewOrder { order_num: order.string("OrderNum"), lines })
}

fn new_line(wire: Wire, namespaces: &Namespaces, node: Node<'_, '_>) -> Result<NewLine, BadRequest> {
    let namespace = namespaces.orders.as_str();
    let order = ["EndUserInfo", "MontSubscriberId", "OrderLineNum", "PartNum", "Quantity"];
    let line = Members::of(wire, node, namespace, &order);
    Ok(NewLine {
        line_num: line.string("OrderLineNum"),
        part_num: line.string("PartNum"),
        quantity: line.int32("Quantity")?,
        end_user: line.get("EndUserInfo").and_then(|n| answers(wire, &namespaces.end_user_info, n)),
        subscriber: line.read("MontSubscriberId", lexical::guid)?,
    })
}

fn answers(wire: Wire, namespace: &str, node: Node<'_, '_>) -> Option<Answers> {
    let info = Members::of(wire, node, namespace, &["Fields"]);
    let fields = info.items("Fields", namespace, "EndUserInfoFieldContract")?;
    let read = |node| {
        let field = Members::of(wire, node, namespace, &["FieldName", "FieldValue"]);
        (field.string("FieldName").unwrap_or_default(), field.string("FieldValue"))
    };
    Some(fields.into_iter().map(read).collect())
}
