//! The shop's things as reply values, every contract in its declared order.
//!
//! The documentation does not show the members of OrderKeyContract, OrderLinkContract and OrderFileContract: those
//! written here begin with `Demo` and are ours.

use super::catalogue::{Field, PRODUCTS, Product};
use super::orders::{Answers, CREATED, Line, Order, Status, answer};
use super::subscriptions::{Event, Profile, Subscription};
use super::tree::{CONTRACTS, Member, RESPONSES, SUBSCRIBER, Value, Wire, member, member_on};
use super::{MontError, Namespaces, catalogue};
use crate::server::lexical::money;

/// The contract every method answers with.
pub(crate) fn response(outcome: Result<Value, MontError>) -> Value {
    let (data, code, text) = match outcome {
        Ok(data) => (data, 0, None),
        Err(error) => (Value::Null, error.code, Some(error.text)),
    };
    Value::contract(
        RESPONSES,
        vec![
            member("Data", data),
            member("IsError", Value::text(code != 0)),
            member("ErrorCode", Value::text(code)),
            member("ErrorText", Value::string(text)),
            member("Errors", Value::strings::<&str>(&[])),
        ],
    )
}

pub(crate) fn order(namespaces: &Namespaces, order: &Order) -> Value {
    let namespace = namespaces.orders.as_str();
    let lines = order.lines.iter().map(|line| order_line(namespaces, order, line)).collect();
    Value::contract(
        namespace,
        vec![
            member("OrderNum", Value::text(&order.order_num)),
            member("OrderStatus", Value::text(order.status() as i32)),
            member("DateCreated", Value::text(CREATED)),
            member("OrderLines", Value::list(namespace, "OrderLineContract", lines)),
        ],
    )
}

fn order_line(namespaces: &Namespaces, order: &Order, line: &Line) -> Value {
    let namespace = namespaces.orders.as_str();
    let status = order.line_status(line);
    let fulfilled = status == Status::Successed;
    let failed = status == Status::Error;
    let gives = |part_num: &str, item, members: &dyn Fn(i32) -> Vec<Member>| {
        let count = if fulfilled && line.part_num == part_num { line.quantity } else { 0 };
        Value::list(namespace, item, (1..=count).map(|n| Value::contract(namespace, members(n))).collect())
    };
    let num = &line.line_num;
    let keys = gives(catalogue::KEYS, "OrderKeyContract", &|n| {
        vec![member("DemoKey", Value::text(format!("DEMO-{num}-{n:04}")))]
    });
    // New with every poll, as links that live a day must be.
    let links = gives(catalogue::LINKS, "OrderLinkContract", &|n| {
        let link = format!("https://download.example/{num}/{n}?visit={}&sign=demo", order.polls);
        vec![member("DemoLink", Value::text(link)), member("DemoHours", Value::text(24))]
    });
    let files = gives(catalogue::FORM, "OrderFileContract", &|n| {
        vec![
            member("DemoFileName", Value::text(format!("licence-{n}.txt"))),
            member("DemoContent", Value::text("0JTQtdC80L4=")),
        ]
    });
    let subscription = fulfilled && line.part_num == catalogue::SUBSCRIPTION;
    Value::contract(
        namespace,
        vec![
            member("OrderLineNum", Value::text(num)),
            member("DateCreated", Value::text(CREATED)),
            member("PartNum", Value::text(line.part_num)),
            member("Quantity", Value::text(line.quantity)),
            member("TotalSumm", Value::text(money(line.price * i64::from(line.quantity)))),
            member("ItemPrice", Value::text(money(line.price))),
            member("Currency", Value::text("RUR")),
            member("OrderStatus", Value::text(status as i32)),
            member(
                "EndUserInfo",
                line.end_user.as_ref().map_or(Value::Null, |a| end_user_info(&namespaces.end_user_info, a)),
            ),
            member("Keys", keys),
            member("Links", links),
            member("Files", files),
            member("SubscriptionId", if subscription { Value::text(format!("SUB-{num}")) } else { Value::Null }),
            member("MontSubscriberId", Value::nullable(line.subscriber.as_ref())),
            member("ErrorCode", Value::text(if failed { 101 } else { 0 })),
            member("ErrorText", Value::string(failed.then_some("Внутренняя ошибка сервиса"))),
        ],
    )
}

fn end_user_info(namespace: &str, answers: &Answers) -> Value {
    let fields = answers.iter().map(|(name, value)| {
        Value::contract(
            namespace,
            vec![member("FieldName", Value::text(name)), member("FieldValue", Value::string(value.as_deref()))],
        )
    });
    let fields = Value::list(namespace, "EndUserInfoFieldContract", fields.collect());
    Value::contract(namespace, vec![member("Fields", fields)])
}

/// The licence form; with answers, what is wrong with each.
pub(crate) fn descriptions(
    namespace: &str,
    fields: &[Field],
    answers: Option<&Answers>,
    part_nums: &[String],
) -> Value {
    let described = fields.iter().map(|field| {
        let complaint = answers.and_then(|answers| field.complaint(answer(answers, field.name)));
        Value::contract(
            namespace,
            vec![
                member("FieldName", Value::text(field.name)),
                member("FieldTitle", Value::text(field.title)),
                member("FieldDescription", Value::Null),
                member("RegExprs", Value::string(field.small_reg_exprs)),
                member("SmallRegExprs", Value::string(field.small_reg_exprs)),
                member("AvaliableValues", Value::strings(field.values)),
                member("ErrorText", Value::string(complaint)),
                member("HasError", Value::text(complaint.is_some())),
                member("RelatedPartNums", Value::strings(part_nums)),
                member("FieldType", Value::text(field.field_type)),
                member("UserType", Value::text(1)),
                member("Required", Value::text(field.required)),
                member("MinLength", Value::text(i32::from(field.required))),
                member("MaxLength", Value::text(field.max_length)),
            ],
        )
    });
    let described = Value::list(namespace, "EndUserInfoDescriptionContract", described.collect());
    Value::contract(namespace, vec![member("Descriptions", described)])
}

/// The whole list, or nothing for who has it already. (The documentation's callers always ask from version 0.)
pub(crate) fn price_changes(since: i64) -> Value {
    const VERSION: i64 = 1_001;
    let news = since < VERSION;
    let products = PRODUCTS.iter().filter(|_| news);
    Value::contract(
        CONTRACTS,
        vec![
            member("ActualVersion", Value::text(VERSION)),
            member("ClearBeforeUpdate", Value::text(news)),
            member("PriceList", Value::list(CONTRACTS, "PriceContract", products.map(price).collect())),
        ],
    )
}

/// The members the documentation's sample shows; it is cut after `IsAddon`.
fn price(product: &Product) -> Value {
    let subscription = product.subscription;
    Value::contract(
        CONTRACTS,
        vec![
            member("PartNum", Value::text(product.part_num)),
            member("Price", Value::text(money(product.price))),
            member("EndUserPrice", Value::text(money(product.price * 12 / 10))),
            member("CurrencyCode", Value::text("RUR")),
            member("EndUserCurrencyCode", Value::text("RUR")),
            member("FulfillmentType", Value::text(product.fulfillment_type)),
            member("LicenseFormRequired", Value::text(product.needs_form)),
            member("InstantDelivery", Value::text(true)),
            member("HasVat", Value::text(false)),
            member("Blocked", Value::text(product.blocked)),
            member("MinCountRequired", Value::text(1)),
            member("MaxCountRequired", Value::nullable(product.max_count)),
            member("FamilyGroupId", Value::text(1)),
            member("ProductType", Value::text(if subscription { 2 } else { 1 })),
            member("Returnable", Value::text(false)),
            member("ExistsInCalc", Value::text(true)),
            member("SubscriptionDuration", Value::text(i32::from(subscription))),
            member("SubscriptionDurationType", Value::text(if subscription { 2 } else { 0 })),
            member("OfferLimit", Value::Nil),
            member("WithdrawlKeysSupport", Value::text(false)),
            member("IsAddon", Value::text(false)),
        ],
    )
}

pub(crate) fn subscription_ids(ids: &[&str], last_version: i64) -> Value {
    Value::contract(
        CONTRACTS,
        vec![member("Ids", Value::strings(ids)), member("LastVersion", Value::text(last_version))],
    )
}

/// The two transports' samples differ: two members are on SOAP only and two on the plain wire only.
pub(crate) fn subscription(subscription: &Subscription) -> Value {
    let s = subscription;
    let period = Value::contract(
        CONTRACTS,
        vec![
            member("StartDate", Value::text(s.period.start)),
            member("StopDate", Value::nullable(s.period.stop)),
            member("Seats", Value::text(s.quantity)),
            member("DateCreated", Value::text(s.created)),
            member("PartNum", Value::text(s.part_num)),
        ],
    );
    let item = Value::contract(
        CONTRACTS,
        vec![
            member("CreateDate", Value::text(s.created)),
            member("PartNum", Value::text(s.part_num)),
            member("ResourceUrl", Value::text(s.url)),
            member("SeatQuantity", Value::text(s.quantity)),
        ],
    );
    let events = s.events.iter().map(|e| event(s, e)).collect();
    Value::contract(
        CONTRACTS,
        vec![
            member("SubscriptionId", Value::text(s.id)),
            member("DateCreated", Value::text(s.created)),
            member("StateId", Value::text(s.state)),
            member("StartDate", Value::text(s.start)),
            member("ActiveTill", Value::nullable(s.active_till.as_ref())),
            member("MontSubscriberId", Value::text(s.subscriber)),
            member("Quantity", Value::text(s.quantity)),
            member("PartNum", Value::text(s.part_num)),
            member("SubscriptionUrl", Value::text(s.url)),
            member("BundleId", Value::Nil),
            member("Periods", Value::list(CONTRACTS, "SubscriptionPeriodContract", vec![period])),
            member("Events", Value::list(CONTRACTS, "SubscriptionEventContract", events)),
            member("RegistrationProfile", profile(&s.profile)),
            member("ProductName", Value::text(s.product_name)),
            member("VendorName", Value::text("Microsoft")),
            member("Source", Value::text(s.source)),
            member("ResellerName", Value::text(s.reseller)),
            member_on(Wire::Plain, "ResellerPrice", Value::text(299)),
            member_on(Wire::Plain, "ResellerCurrency", Value::text("RUR")),
            member_on(Wire::Soap, "ParentSubscriptionId", Value::Null),
            member_on(Wire::Soap, "SubscriptionItems", Value::list(CONTRACTS, "SubscriptionItemContract", vec![item])),
        ],
    )
}

fn event(subscription: &Subscription, event: &Event) -> Value {
    Value::contract(
        CONTRACTS,
        vec![
            member("DateCreated", Value::text(event.created)),
            member("StatusId", Value::text(event.status)),
            member("PreviousStatusId", Value::text(event.previous_status)),
            member("SubscriptionStopDate", Value::nullable(event.stop_date)),
            member("PreviousSubscriptionEndDate", Value::nullable(event.stop_date)),
            member("Quantity", Value::text(event.quantity)),
            member("PreviousQuantity", Value::text(event.previous_quantity)),
            member("PartNum", Value::text(subscription.part_num)),
            member("PreviousPartNum", Value::text(subscription.part_num)),
            member("IsError", Value::text(false)),
            member("ErrorText", Value::Null),
            member("MontSystemId", Value::nullable(event.mont_system_id)),
            member("SubscriptionNum", Value::text(subscription.id)),
            member("ResellerName", Value::text(subscription.reseller)),
        ],
    )
}

fn profile(profile: &Profile) -> Value {
    let fields = profile.fields.iter().map(|(name, value, visible)| {
        Value::contract(
            SUBSCRIBER,
            vec![
                member("FieldName", Value::text(name)),
                member("FieldValue", Value::text(value)),
                member("FieldTitle", Value::text("")),
                member("ClientVisible", Value::text(visible)),
            ],
        )
    });
    Value::contract(
        SUBSCRIBER,
        vec![
            member("Supplier", Value::text("CREST")),
            member("Login", Value::string(profile.login)),
            member("Password", Value::string(profile.password)),
            member("RegFields", Value::list(SUBSCRIBER, "RegItemContract", fields.collect())),
            member("IsActivated", Value::text(true)),
            member("ActivationDate", Value::nullable(Some(profile.activated))),
        ],
    )
}
