//! The vendors' sample answers as values.

use bindery_generated::corteos::orders_api::{ORDERS_API_SOAP12, OrdersAPIClient, Renotify};
use bindery_generated::mont::{
    B2BServiceV2Client, ChangeQuantityOfSubscription, SOAP, SubscriptionContract, SubscriptionState, XML,
};
use bindery_runtime as rt;
use rt::{Binding, CallError, DriftKind};

use super::support::{Canned, Fixed, sample};

const SOAP12: &str = "application/soap+xml; charset=utf-8";

/// The sample of one wire, and what was different from the contract.
fn subscription(binding: &'static Binding, name: &str, content_type: &str) -> (SubscriptionContract, Vec<rt::Drift>) {
    let canned = Canned::new(200, content_type, sample(name));
    let settings = rt::Settings::new().credentials("username", "password").environment(Fixed);
    let client = B2BServiceV2Client::with(&canned, settings);
    let input =
        ChangeQuantityOfSubscription { mont_subscription_id: "123".into(), by_end_user: true, new_quantity: 15 };
    let reply = client.change_quantity_of_subscription(input).over(binding).send_full().unwrap();
    (reply.output, reply.drift)
}

fn soap() -> SubscriptionContract {
    let (subscription, drift) = subscription(&SOAP, "mont/samples/change_quantity_soap.response.xml", SOAP12);
    assert!(drift.is_empty(), "{drift:?}");
    subscription
}

fn plain() -> SubscriptionContract {
    let (subscription, drift) = subscription(&XML, "mont/samples/change_quantity.response.xml", "application/xml");
    assert!(drift.is_empty(), "{drift:?}");
    subscription
}

fn shown(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}

#[test]
fn mont_soap_answer_to_the_value() {
    let got = soap();
    assert_eq!(got.subscription_id, "SUB-001035");
    assert_eq!(got.date_created.to_string(), "2015-08-19T13:15:48.677");
    assert_eq!(got.state_id, SubscriptionState::State7);
    assert_eq!(shown(got.start_date).as_deref(), Some("2015-08-19T13:16:48.833"));
    assert_eq!(shown(got.active_till).as_deref(), Some("2015-09-19T00:00:00"));
    assert_eq!(shown(got.mont_subscriber_id).as_deref(), Some("76bc02e3-c74c-4fee-ad13-b97a3b49b57d"));
    assert_eq!((got.parent_subscription_id, got.bundle_id), (None, None));
    assert_eq!((got.quantity, got.part_num.as_str()), (10, "Sub1"));
    assert_eq!(got.subscription_url.as_deref(), Some("/test/d88947ad-4480-4594-836f-5f6f47948d78"));
    assert_eq!(got.product_name.as_deref(), Some("TestSubscription1"));
    assert_eq!(got.vendor_name.as_deref(), Some("Microsoft"));
    assert_eq!((got.source, got.reseller_name.as_deref()), (Some(0), Some("testme")));
    // Only the plain wire has them.
    assert_eq!((got.reseller_price, got.reseller_currency), (None, None));

    let [period] = got.periods.as_slice() else { panic!("{:?}", got.periods) };
    assert_eq!(period.start_date.to_string(), "2015-08-19T13:16:48.897");
    assert_eq!(shown(period.stop_date).as_deref(), Some("2015-08-19T13:22:03.173"));
    assert_eq!((period.seats, period.part_num.as_deref()), (10, Some("Sub1")));

    let [first, second] = got.events.as_slice() else { panic!("{:?}", got.events) };
    assert_eq!(first.status_id, SubscriptionState::Active);
    assert_eq!(first.previous_status_id, Some(SubscriptionState::State4));
    assert_eq!(second.status_id, SubscriptionState::State6);
    assert_eq!(second.previous_status_id, Some(SubscriptionState::Active));
    for event in &got.events {
        assert_eq!(shown(event.subscription_stop_date).as_deref(), Some("2015-09-19T00:00:00"));
        assert_eq!(shown(event.previous_subscription_end_date).as_deref(), Some("2015-09-19T00:00:00"));
        assert_eq!((event.quantity, event.previous_quantity), (Some(10), Some(10)));
        assert_eq!((event.is_error, &event.error_text, event.mont_system_id), (false, &None, None));
        assert_eq!(event.subscription_num.as_deref(), Some("SUB-001035"));
    }

    let profile = got.registration_profile.unwrap();
    assert_eq!(profile.supplier.as_deref(), Some("CREST"));
    assert_eq!((profile.login, profile.password), (None, None));
    assert_eq!(profile.is_activated, Some(true));
    assert_eq!(shown(profile.activation_date).as_deref(), Some("2015-08-06T11:49:17.403"));
    let fields = profile.reg_fields.unwrap().into_inner();
    assert_eq!(fields.len(), 2);
    assert_eq!((fields[1].field_name.as_str(), fields[1].client_visible), ("VendorUniqKey", Some(false)));
    assert_eq!(fields[1].field_value.as_deref(), Some("Develop66"));

    let items = got.subscription_items.unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].create_date.to_string(), "2015-08-19T13:15:48.677");
    assert_eq!(items[0].seat_quantity, Some(10));
}

#[test]
fn mont_plain_answer_to_the_value() {
    let got = plain();
    assert_eq!(got.subscription_id, "SUB-001068");
    assert_eq!(got.state_id, SubscriptionState::Active);
    assert_eq!(got.active_till, None);
    assert_eq!((got.quantity, got.part_num.as_str(), got.source), (1, "OF365B", Some(1)));
    assert_eq!(shown(got.reseller_price).as_deref(), Some("299"));
    assert_eq!(got.reseller_currency.as_deref(), Some("RUR"));
    // Only SOAP has them.
    assert_eq!((got.subscription_items, got.parent_subscription_id), (None, None));
    assert_eq!(got.periods.len(), 1);
    assert_eq!(got.periods[0].stop_date, None);
    assert_eq!(got.events.len(), 2);
    assert_eq!(got.events[1].status_id, SubscriptionState::Updating);
    assert_eq!((got.events[1].quantity, got.events[1].previous_quantity), (Some(3), Some(1)));
    assert_eq!((got.events[0].mont_system_id, got.events[1].mont_system_id), (Some(1), Some(0)));
    let profile = got.registration_profile.unwrap();
    assert_eq!(profile.login.unwrap().expose(), "t2gmailcom");
    assert_eq!(profile.password.unwrap().expose(), "0K548080ZafKs");
    let fields = profile.reg_fields.unwrap().into_inner();
    assert_eq!(fields[0].field_title.as_deref().unwrap_or_default(), "");
    assert_eq!(fields[1].field_value.as_deref(), Some("https://portal.office.com"));
}

/// The two samples tell of two subscriptions: one is rewritten into the other's words, and both wires must give one value.
#[test]
fn both_wires_give_the_same_value() {
    let expected = {
        let mut value = soap();
        // What only SOAP carries.
        value.subscription_items = None;
        value
    };
    let settings = || rt::Settings::new().credentials("username", "password").environment(Fixed);
    let document = plain_form_of(&sample("mont/samples/change_quantity_soap.response.xml"));
    let canned = Canned::new(200, "application/xml", document);
    let client = B2BServiceV2Client::with(&canned, settings());
    let input =
        ChangeQuantityOfSubscription { mont_subscription_id: "123".into(), by_end_user: true, new_quantity: 15 };
    let reply = client.change_quantity_of_subscription(input).over(&XML).send_full().unwrap();
    // A plain answer stands in declared order; this one is sorted, and the reader says so.
    assert!(reply.drift.iter().any(|drift| drift.kind == DriftKind::Order));
    assert_eq!(reply.output, expected);
}

/// A SOAP answer's payload without namespaces and without what plain XML does not have.
fn plain_form_of(soap: &str) -> String {
    fn write(node: roxmltree::Node<'_, '_>, out: &mut String) {
        let name = node.tag_name().name();
        if ["SubscriptionItems", "ParentSubscriptionId"].contains(&name) {
            return;
        }
        let nil = node.attribute(("http://www.w3.org/2001/XMLSchema-instance", "nil")).is_some();
        let nil = if nil { " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'" } else { "" };
        out.push_str(&format!("<{name}{nil}>"));
        for child in node.children() {
            match child.text() {
                _ if child.is_element() => write(child, out),
                Some(text) if child.is_text() => out.push_str(text),
                _ => {}
            }
        }
        out.push_str(&format!("</{name}>"));
    }
    let document = roxmltree::Document::parse(soap).unwrap();
    let body = document.root_element().last_element_child().unwrap();
    let mut out = String::new();
    write(body.first_element_child().unwrap(), &mut out);
    out
}

fn renotify(name: &str) -> Result<bool, CallError<bindery_generated::corteos::orders_api::operations::Renotify>> {
    let canned = Canned::new(200, SOAP12, sample(name));
    let client = OrdersAPIClient::with(&canned, rt::Settings::new().environment(Fixed));
    let reply = client.renotify(Renotify { id_reserve: 1 }).over(&ORDERS_API_SOAP12).send()?;
    let trace = reply.trace.unwrap();
    assert_eq!(trace.response_date.to_string(), "2020-10-20T23:31:35.7599467+03:00");
    assert_eq!(trace.session_id.as_deref(), Some("IU4PN31VLB8U"));
    assert_eq!(trace.ip.as_deref(), Some("127.0.0.1"));
    assert_eq!(trace.web_site.as_deref(), Some("http://karina-pc@localhost:63742"));
    assert_eq!(reply.errors.unwrap_or_default(), []);
    Ok(reply.response_details)
}

#[test]
fn corteos_says_yes() {
    assert!(renotify("corteos/samples/renotify.response.xml").unwrap());
}

#[test]
fn corteos_says_no() {
    let error = renotify("corteos/samples/renotify_refused.response.xml").unwrap_err();
    let CallError::Refused(refused) = &error else { panic!("{error}") };
    let text = "Заказ должен быть в статусе выполнен. Текущий статус заказа: отменяется агентом";
    assert_eq!(refused.errors, [("InvalidDataException".to_owned(), Some(text.to_owned()))]);
    assert_eq!(refused.reply.renotify_result.as_ref().map(|result| result.response_details), Some(false));
    assert_eq!(error.outcome(), rt::Outcome::NotExecuted);
    assert!(error.to_string().contains(text), "{error}");
}
