//! Planted secrets: on the wire, and nowhere else.

use std::sync::{Arc, Mutex};

use bindery_generated::cloudblue::{BillingManagerClient, PlaceOrder};
use bindery_generated::corteos::authorization::{AuthorizationClient, Login};
use bindery_generated::corteos::orders_api::{AuthHeader, GetSimpleReserveById, OrdersAPIClient};
use bindery_generated::mont::{B2BServiceV2Client, ChangeQuantityOfSubscription, SOAP, XML};
use bindery_runtime as rt;

use super::slots::{new_customer, pairs};
use super::support::{Canned, Fixed, sample, text};

const MARK: &str = "PLANTED-7f3a";

/// Settings that write every capture and drift down.
fn watched(log: &Arc<Mutex<String>>) -> rt::Settings {
    let (captures, drifts) = (Arc::clone(log), Arc::clone(log));
    rt::Settings::new()
        .environment(Fixed)
        .credentials("username", MARK)
        .on_capture(move |capture| captures.lock().unwrap().push_str(&format!("{capture}\n{capture:?}\n")))
        .on_drift(move |operation, drift| {
            drifts.lock().unwrap().push_str(&format!("{} {drift} {drift:?}\n", operation.name));
        })
}

/// That a secret went out, and that nothing shown holds it.
#[track_caller]
fn hidden(canned: &Canned, log: &Mutex<String>, shown: &[String]) {
    let log = log.lock().unwrap();
    assert!(!log.is_empty(), "nothing was captured");
    for text in shown.iter().chain([&*log]) {
        assert!(!text.contains(MARK), "a secret shows:\n{text}");
    }
    let sent = canned.sent.borrow();
    let basic = |request: &http::Request<Vec<u8>>| request.headers().contains_key("authorization");
    let carried = |request: &http::Request<Vec<u8>>| String::from_utf8_lossy(request.body()).contains(MARK);
    assert!(sent.iter().all(|request| basic(request) || carried(request)), "the secret did not go out");
}

#[test]
fn mont_passwords_and_keys() {
    let answer = sample("mont/samples/change_quantity.response.xml").replace("0K548080ZafKs", MARK);
    let input =
        || ChangeQuantityOfSubscription { mont_subscription_id: "123".into(), by_end_user: true, new_quantity: 15 };
    let log = Arc::default();
    let canned = Canned::new(200, "application/xml", answer.clone());
    let client = B2BServiceV2Client::with(&canned, watched(&log));
    let call = client.change_quantity_of_subscription(input()).over(&XML);
    let mut shown = vec![format!("{call:?} {client:?} {:?}", watched(&log))];
    let reply = call.send_full().unwrap();
    let password = reply.output.registration_profile.as_ref().and_then(|profile| profile.password.as_ref());
    assert_eq!(password.map(|password| password.expose().as_str()), Some(MARK));
    shown.push(format!("{:?} {:#?}", reply.output, reply));
    hidden(&canned, &log, &shown);

    // In an error about the member itself, about its neighbour, and about what is missing.
    for (from, to) in [
        (format!("<Password>{MARK}</Password>"), format!("<Password>{MARK}</Password><Password>{MARK}</Password>")),
        (format!("<Password>{MARK}</Password>"), format!("<Password><a>{MARK}</a></Password>")),
        ("<IsActivated>true</IsActivated>".to_owned(), "<IsActivated>maybe</IsActivated>".to_owned()),
        ("<IsError>false</IsError> <ErrorCode>".to_owned(), "<IsError>true</IsError> <ErrorCode>".to_owned()),
        ("</Data>".to_owned(), "</Dat>".to_owned()),
    ] {
        assert!(answer.contains(&from), "{from}");
        let log = Arc::default();
        let canned = Canned::new(200, "application/xml", answer.replace(&from, &to));
        let client = B2BServiceV2Client::with(&canned, watched(&log));
        let error = client.change_quantity_of_subscription(input()).over(&XML).send().unwrap_err();
        hidden(&canned, &log, &[format!("{error} {error:?} {error:#?}")]);
    }
    let log = Arc::default();
    let fault = sample("mont/samples/change_quantity_soap.response.xml").replace("Develop66", MARK);
    let canned = Canned::new(200, "application/soap+xml", fault);
    let client = B2BServiceV2Client::with(&canned, watched(&log));
    let reply = client.change_quantity_of_subscription(input()).over(&SOAP).send_full().unwrap();
    hidden(&canned, &log, &[format!("{reply:?}")]);
}

#[test]
fn corteos_tokens_and_passwords() {
    let log = Arc::default();
    let canned = Canned::new(
        200,
        "text/xml",
        format!(
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
             <LoginResponse xmlns='http://corteos.ru'><LoginResult><AuthToken><TokenValue>{MARK}</TokenValue>\
             <Later>x</Later></AuthToken></LoginResult></LoginResponse></s:Body></s:Envelope>"
        ),
    );
    let settings = watched(&log).soap_login(rt::SoapLogin::Basic).endpoint("https://corteos.example/");
    let client = AuthorizationClient::with(&canned, settings);
    let login = Login {
        email: Some("agent@example.test".into()),
        password: Some(MARK.into()),
        validity_date: "2026-12-31T00:00:00".parse().unwrap(),
    };
    let mut shown = vec![format!("{login:?}")];
    match client.login(login).send_full() {
        Ok(reply) => shown.push(format!("{reply:?} {:?}", reply.output)),
        Err(error) => panic!("{error}"),
    }
    hidden(&canned, &log, &shown);

    let log = Arc::default();
    let canned = Canned::new(500, "text/html", "<html>no</html>");
    let settings = watched(&log).soap_login(rt::SoapLogin::Basic).endpoint("https://corteos.example/");
    let mut client = OrdersAPIClient::with(&canned, settings);
    let header = AuthHeader { token: Some(MARK.into()), ..AuthHeader::default() };
    let mut shown = vec![format!("{header:?}")];
    client.set_auth_header(header);
    let error = client.get_simple_reserve_by_id(GetSimpleReserveById { id_reserve: 1 }).send().unwrap_err();
    shown.push(format!("{client:?} {error} {error:?}"));
    hidden(&canned, &log, &shown);
}

#[test]
fn cloudblue_passwords_and_cards() {
    let log = Arc::default();
    let canned = Canned::new(200, "text/xml", "<methodResponse><params/></methodResponse>");
    let settings = watched(&log).endpoint("https://billing.example/RPC2");
    let client = BillingManagerClient::with(&canned, settings);
    let order = || PlaceOrder {
        contact_data: pairs(&[("LoginID", "new"), ("PasswordID", MARK)]).into(),
        pay_tool: pairs(&[("CardNumberID", MARK), ("CVCID", MARK)]).into(),
        ..new_customer()
    };
    let mut shown = vec![format!("{:?}", order())];
    let call = client.place_order_and_authorize_api(order());
    shown.push(format!("{call:?}"));
    let error = call.send().unwrap_err();
    shown.push(format!("{error} {error:?}"));
    hidden(&canned, &log, &shown);
    let prepared = client.place_order_and_authorize_api(order()).into_request().unwrap();
    assert!(text(&prepared).contains(MARK) && !format!("{prepared:?}").contains(MARK));

    // Nor when the value cannot be written.
    let bad = PlaceOrder { contact_data: pairs(&[("PasswordID", &format!("{MARK}\u{1}"))]).into(), ..new_customer() };
    let error = client.place_order_and_authorize_api(bad).send().unwrap_err();
    assert!(!format!("{error} {error:?}").contains(MARK), "{error}");
}
