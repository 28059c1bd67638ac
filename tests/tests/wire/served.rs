//! The generated clients against the vendor server, blocking and async. Its ledgers tell what really happened.

use std::time::Duration;

use bindery_generated::cloudblue::{
    AccountDetailsGetApi, BillingManagerClient, IncrementResourceUsageApi, PlaceOrder, XML_RPC,
};
use bindery_generated::corteos::authorization::{AuthorizationClient, Login};
use bindery_generated::corteos::orders_api::{
    AuthHeader, ORDERS_API_SOAP, ORDERS_API_SOAP12, OrdersAPIClient, Renotify,
};
use bindery_generated::mont::{
    self, AddOrder, B2BServiceV2Client, ChangeQuantityOfSubscription, CheckEndUserInfo, EndUserInfoContract,
    EndUserInfoFieldContract, GetOrder, GetPriceChanges, GetSubscriptionsId, GetUserInfoDescriptionFor, MontError,
    OrderLineStatusEnum, SendOrderContract, SendOrderLineContract,
};
use bindery_runtime as rt;
use bindery_tests::server::{ACCOUNT_ID, Fault, Options, RENOTIFIED_RESERVE, Reply, Server, catalogue};
use rt::transport::{Reqwest, Ureq};
use rt::{CallError, Delivery, DriftKind, Outcome, TransportErrorKind};

use super::slots::{new_customer, pairs};
use super::support::run;

fn mont_settings(server: &Server) -> rt::Settings {
    rt::Settings::new()
        .credentials("username", "password")
        .endpoint_of(&mont::SOAP, server.mont_soap_url.clone())
        .endpoint_of(&mont::XML, server.mont_xml_url.clone())
        .retries(4)
}

fn mont(server: &Server) -> B2BServiceV2Client<Ureq> {
    B2BServiceV2Client::with(Ureq::new(), mont_settings(server))
}

fn order(number: &str, part_nums: &[&str]) -> AddOrder {
    let line = |(index, part_num): (usize, &&str)| SendOrderLineContract {
        order_line_num: format!("{number}-{}", index + 1),
        part_num: (*part_num).to_owned(),
        quantity: 2,
        end_user_info: None,
        mont_subscriber_id: None,
    };
    let send_order_lines = part_nums.iter().enumerate().map(line).collect();
    AddOrder { order_request: SendOrderContract { order_num: number.to_owned(), send_order_lines } }
}

fn change(id: &str, quantity: i32) -> ChangeQuantityOfSubscription {
    ChangeQuantityOfSubscription { mont_subscription_id: id.into(), by_end_user: true, new_quantity: quantity }
}

#[test]
fn an_order_from_price_to_keys_on_both_wires() {
    for (binding, number) in [(&mont::SOAP, "KEYS-00004280"), (&mont::XML, "KEYS-00004281")] {
        let server = Server::start().unwrap();
        let client = mont(&server);
        let prices = client.get_price_changes(GetPriceChanges { version: 0 }).over(binding).send().unwrap();
        let price = |part: &str| prices.price_list.iter().find(|price| price.part_num == part).unwrap();
        assert!(!price(catalogue::KEYS).blocked && price(catalogue::BLOCKED).blocked);
        assert_eq!(price(catalogue::LINKS).price.to_string(), "9999.5");
        assert!(price(catalogue::FORM).license_form_required);

        let part_nums = vec![catalogue::FORM.to_owned()];
        let asked = GetUserInfoDescriptionFor { lang_code: "ru".into(), part_nums };
        let form = client.get_user_info_description_for(asked).over(binding).send().unwrap();
        assert_eq!(form.descriptions[0].field_name, "CompanyName");
        let fields = [("CompanyName", "ООО «Ромашка» & Ко"), ("Email", "a@example.test"), ("Country", "RU")];
        let fields = fields
            .map(|(name, value)| EndUserInfoFieldContract { field_name: name.into(), field_value: Some(value.into()) });
        let filled = EndUserInfoContract { fields: fields.to_vec() };
        let check = CheckEndUserInfo {
            lang_code: "ru".into(),
            part_num: catalogue::FORM.into(),
            end_user_info: filled.clone(),
        };
        let checked = client.check_end_user_info(check).over(binding).send().unwrap();
        assert!(checked.descriptions.iter().all(|field| field.has_error != Some(true)), "{checked:?}");

        let mut input = order(number, &[catalogue::KEYS, catalogue::FORM, catalogue::FAILING]);
        input.order_request.send_order_lines[1].end_user_info = Some(filled.clone());
        let placed = client.add_order(input).over(binding).send().unwrap();
        assert_eq!((placed.order_num.as_str(), placed.order_status), (number, OrderLineStatusEnum::InProcess));
        let get = || client.get_order(GetOrder { order_number: number.into() }).over(binding).send_full().unwrap();
        let (_, _, last) = (get(), get(), get());
        let [keys, form, failed] = last.output.order_lines.as_slice() else { panic!("{last:?}") };
        assert_eq!(last.output.order_status, OrderLineStatusEnum::Successed);
        assert_eq!(keys.order_status, Some(OrderLineStatusEnum::Successed));
        assert_eq!(keys.keys.as_ref().unwrap().expose().len(), 2);
        let key = &keys.keys.as_ref().unwrap().expose()[0];
        // Its members are not documented: they stay as they came.
        assert!(key.any[0].as_xml().contains(&format!("DEMO-{number}-1-0001")), "{}", key.any[0].as_xml());
        assert_eq!(form.end_user_info.as_ref(), Some(&filled));
        assert_eq!(failed.order_status, Some(OrderLineStatusEnum::Error));
        assert_eq!(failed.error_code, Some(MontError::Internal));
        assert!(last.drift.is_empty(), "{:?}", last.drift);
        assert_eq!(server.mont_orders(), [number]);
    }
}

#[test]
fn error_90_is_an_enumeration_value_on_both_wires_in_both_worlds() {
    let server = Server::start().unwrap();
    let client = mont(&server);
    let asynchronous = B2BServiceV2Client::with(Reqwest::new().unwrap(), mont_settings(&server));
    for binding in [&mont::SOAP, &mont::XML] {
        let blocking = client.change_quantity_of_subscription(change("SUB-000090", 3)).over(binding).send();
        let awaited =
            run(async { asynchronous.change_quantity_of_subscription(change("SUB-000090", 3)).over(binding).await });
        for error in [blocking.unwrap_err(), awaited.unwrap_err()] {
            let CallError::Refused(refused) = &error else { panic!("{error}") };
            let text = "Подписка находится в незавершенном состоянии";
            assert_eq!(refused.errors, [(MontError::SubscriptionBusy, Some(text.to_owned()))]);
            assert_eq!(error.outcome(), Outcome::NotExecuted);
            assert!(error.to_string().contains("90"), "{error}");
        }
    }
    let changed = client.change_quantity_of_subscription(change("SUB-001068", 3)).send().unwrap();
    assert_eq!(changed.events.last().unwrap().quantity, Some(3));
    let ids =
        run(async { asynchronous.get_subscriptions_id(GetSubscriptionsId { version: 0, by_all_logins: false }).await });
    assert_eq!(ids.unwrap().ids, ["SUB-001068", "SUB-001035"]);
}

#[test]
fn a_wrong_password_is_a_fault_or_a_401() {
    let server = Server::start().unwrap();
    let settings = mont_settings(&server).credentials("username", "wrong");
    let client = B2BServiceV2Client::with(Ureq::new(), settings);
    let error = client.add_order(order("A", &[catalogue::KEYS])).send().unwrap_err();
    let fault = error.fault().unwrap_or_else(|| panic!("{error}"));
    assert_eq!(fault.code, rt::FaultCode::Sender);
    assert_eq!((error.status(), error.outcome()), (Some(500), Outcome::NotExecuted));
    let error = client.add_order(order("A", &[catalogue::KEYS])).over(&mont::XML).send().unwrap_err();
    assert!(matches!(&error, CallError::Http(failure) if matches!(failure.problem, rt::Problem::Auth)), "{error}");
    assert_eq!((error.status(), error.outcome()), (Some(401), Outcome::NotExecuted));
    assert!(server.mont_orders().is_empty());
    assert_eq!(server.requests().len(), 2);
}

/// What stands in the way of an answer, and whether the order was taken nevertheless.
fn breakdowns() -> Vec<(&'static str, Fault, bool)> {
    let html = || Reply::html(503, "Service Unavailable");
    vec![
        ("503", Fault::unavailable(), false),
        ("503 after the work", Fault::ExecutedBut(html()), true),
        ("504 after the work", Fault::ExecutedBut(Reply::html(504, "Gateway Timeout")), true),
        ("cut", Fault::Cut(100), true),
        ("hangup", Fault::Hangup, true),
        ("refused", Fault::Refuse, false),
        ("login page", Fault::Instead(Reply::html(200, "Sign in")), false),
        ("other answer", Fault::replace("AddOrderResponse", "GetOrderResponse"), true),
        ("too late", Fault::Delay(Duration::from_millis(900)), true),
    ]
}

#[test]
fn whatever_happens_an_order_is_sent_once_and_its_outcome_is_open() {
    let server = Server::start().unwrap();
    let asynchronous = B2BServiceV2Client::with(Reqwest::new().unwrap(), mont_settings(&server));
    let blocking = mont(&server);
    let total = Duration::from_millis(600);
    let mut calls = 0;
    for world in ["blocking", "async"] {
        for (number, (name, fault, taken)) in breakdowns().into_iter().enumerate() {
            let number = format!("{world}-{number}");
            let before = server.mont_orders().len();
            server.next_on("AddOrder", fault);
            let input = order(&number, &[catalogue::KEYS]);
            let result = match world {
                "blocking" => blocking.add_order(input).timeout(total).send(),
                _ => run(async { asynchronous.add_order(input).timeout(total).await }),
            };
            calls += 1;
            let error = result.unwrap_err();
            let open = Outcome::Unknown { settled_by: "GetOrder" };
            assert!(
                matches!(error, CallError::OutcomeUnknown { settled_by: "GetOrder", .. }),
                "{world} {name}: {error}"
            );
            assert_eq!(error.outcome(), open, "{world} {name}");
            assert!(!error.is_retryable(), "{world} {name}");
            assert!(error.to_string().contains("call GetOrder to find out"), "{error}");
            let delivered = match name {
                "cut" | "hangup" | "refused" | "too late" => Delivery::MaybeSent,
                _ => Delivery::Answered,
            };
            assert_eq!(error.delivery(), delivered, "{world} {name}: {error}");
            // The server works on after we have lost patience.
            let waited = std::time::Instant::now();
            while server.mont_orders().len() < before + usize::from(taken) && waited.elapsed().as_secs() < 5 {
                std::thread::sleep(Duration::from_millis(10));
            }
            assert_eq!(server.mont_orders().len() - before, usize::from(taken), "{world} {name}");
            let arrived = server.requests().iter().filter(|request| request.operation == "AddOrder").count();
            assert_eq!(arrived, calls, "{world} {name}: sent more than once");
            if taken {
                // What the error tells to do settles it.
                let settled = blocking.get_order(GetOrder { order_number: number.clone() }).send().unwrap();
                assert_eq!(settled.order_num, number);
            }
        }
    }
}

#[test]
fn what_only_reads_is_asked_again() {
    let server = Server::start().unwrap();
    let client = mont(&server);
    client.add_order(order("A", &[catalogue::KEYS])).send().unwrap();
    for fault in [Fault::unavailable(), Fault::Cut(10), Fault::Hangup] {
        let before = server.requests().len();
        server.next_on("GetOrder", fault);
        let order = client.get_order(GetOrder { order_number: "A".into() }).send().unwrap();
        assert_eq!(order.order_num, "A");
        assert_eq!(server.requests().len(), before + 2);
    }
    // With new ids each time: servers refuse what they have seen.
    let ids: Vec<String> = server.requests().iter().map(|request| request.text()).collect();
    let ids: Vec<&str> = ids.iter().filter_map(|text| text.split("urn:uuid:").nth(1)?.split('<').next()).collect();
    let distinct: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len());

    let once = B2BServiceV2Client::with(Ureq::new(), mont_settings(&server).retries(0));
    server.next_on("GetOrder", Fault::Cut(10));
    let error = once.get_order(GetOrder { order_number: "A".into() }).send().unwrap_err();
    let CallError::Transport(failure) = &error else { panic!("{error}") };
    assert!(
        matches!(&failure.problem, rt::Problem::Transport(error) if error.kind() == TransportErrorKind::Closed),
        "{error}"
    );
    assert!(error.is_retryable() && error.delivery() == Delivery::MaybeSent);
}

#[test]
fn a_vendors_new_member_is_kept_and_told() {
    let server = Server::start().unwrap();
    let client = mont(&server);
    client.add_order(order("A", &[catalogue::KEYS])).send().unwrap();
    let new_member = || Fault::replace("OrderNum><", "OrderNum><Priority>9</Priority><");
    server.next(new_member());
    let reply = client.get_order(GetOrder { order_number: "A".into() }).send_full().unwrap();
    assert_eq!(reply.output.order_num, "A");
    let [drift] = reply.drift.as_slice() else { panic!("{:?}", reply.drift) };
    assert_eq!(drift.kind, DriftKind::UnknownElement);
    assert!(drift.raw.contains(">9</") && drift.path.ends_with("/Data/Priority"), "{drift}");

    let strict = B2BServiceV2Client::with(Ureq::new(), mont_settings(&server).strict(true));
    server.next(new_member());
    let error = strict.get_order(GetOrder { order_number: "A".into() }).send().unwrap_err();
    assert!(matches!(error, CallError::Decode(_)) && error.to_string().contains("Priority"), "{error}");
}

fn corteos(server: &Server, token: &str) -> OrdersAPIClient<Ureq> {
    let settings = rt::Settings::new()
        .endpoint_of(&ORDERS_API_SOAP, server.corteos_orders_url.clone())
        .endpoint_of(&ORDERS_API_SOAP12, server.corteos_orders_url.clone());
    let mut client = OrdersAPIClient::with(Ureq::new(), settings);
    client.set_auth_header(AuthHeader { token: Some(token.into()), ..AuthHeader::default() });
    client
}

fn login(server: &Server) -> String {
    let settings = rt::Settings::new().endpoint(server.corteos_authorization_url.clone());
    let client = AuthorizationClient::with(Reqwest::new().unwrap(), settings);
    let input = Login {
        email: Some("agent@example.test".into()),
        password: Some("password".into()),
        validity_date: "2030-12-31T00:00:00".parse().unwrap(),
    };
    let token = run(async { client.login(input).await }).unwrap();
    token.unwrap().auth_token.unwrap().token_value.unwrap().into_inner()
}

#[test]
fn corteos_from_login_to_both_answers() {
    let server = Server::start().unwrap();
    let client = corteos(&server, &login(&server));
    for binding in [&ORDERS_API_SOAP, &ORDERS_API_SOAP12] {
        let yes = client.renotify(Renotify { id_reserve: RENOTIFIED_RESERVE }).over(binding).send().unwrap();
        assert!(yes.response_details);
        let error = client.renotify(Renotify { id_reserve: 5 }).over(binding).send().unwrap_err();
        let [(code, Some(text))] = error.codes() else { panic!("{error}") };
        assert_eq!(code, "InvalidDataException");
        assert!(text.starts_with("Заказ должен быть в статусе выполнен"), "{text}");
    }
    assert_eq!(server.corteos_notified(), [RENOTIFIED_RESERVE; 2]);
    for binding in [&ORDERS_API_SOAP, &ORDERS_API_SOAP12] {
        let stranger = corteos(&server, "no such token");
        let error = stranger.renotify(Renotify { id_reserve: RENOTIFIED_RESERVE }).over(binding).send().unwrap_err();
        // Which code it really has is not documented.
        assert!(matches!(error, CallError::Refused(_)) && error.codes()[0].1.is_some(), "{error}");
    }
    // A notification that may have gone out is not sent again, and nothing tells whether it did.
    let before = server.requests().len();
    server.next(Fault::Hangup);
    let error = client.renotify(Renotify { id_reserve: RENOTIFIED_RESERVE }).send().unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown { settled_by: "" });
    assert_eq!((server.requests().len() - before, server.corteos_notified().len()), (1, 3));
}

fn cloudblue(server: &Server) -> rt::Settings {
    rt::Settings::new().endpoint_of(&XML_RPC, server.cloudblue_url.clone()).retries(4)
}

#[test]
fn cloudblue_takes_orders_of_new_and_existing_customers() {
    let server = Server::start().unwrap();
    let client = BillingManagerClient::with(Ureq::new(), cloudblue(&server));
    let placed = client.place_order_and_authorize_api(new_customer()).send().unwrap();
    assert_eq!(placed.login, "new");
    assert_eq!((placed.total, placed.tax_total, placed.merch_total), (24.0, 4.0, 20.0));
    let existing = PlaceOrder {
        contact_data: pairs(&[("AccountID", &placed.account_id.to_string())]).into(),
        pay_tool: pairs(&[("PayToolTypeID", "2")]).into(),
        ..new_customer()
    };
    let asynchronous = BillingManagerClient::with(Reqwest::new().unwrap(), cloudblue(&server));
    let second = run(async { asynchronous.place_order_and_authorize_api(existing).await }).unwrap();
    assert_eq!(second.account_id, placed.account_id);
    assert_eq!(second.redirect_url.as_deref(), Some("https://pay.example/start"));
    let signature = &second.redirect_data[1];
    assert_eq!(
        (signature.redirect_parameter_name.as_str(), signature.redirect_parameter_value.expose().as_str()),
        ("sign", "a=b&c")
    );
    assert_eq!(server.cloudblue_orders(), [placed.order_id, second.order_id]);
    let account = client.account_details_get_api(AccountDetailsGetApi { account_id: ACCOUNT_ID }).send().unwrap();
    assert_eq!(account.account_id, ACCOUNT_ID);
}

#[test]
fn cloudblues_faults_are_read_and_doubles_are_summed() {
    let server = Server::start().unwrap();
    let client = BillingManagerClient::with(Ureq::new(), cloudblue(&server));
    let error = client.account_details_get_api(AccountDetailsGetApi { account_id: 99_999_999 }).send().unwrap_err();
    let fault = error.fault().unwrap_or_else(|| panic!("{error}"));
    // It travels in base64.
    assert!(fault.reason().contains("99999999"), "{fault:?}");
    let usage = |delta_amount| IncrementResourceUsageApi {
        subscription_id: bindery_tests::server::SUBSCRIPTION_ID,
        resource_id: bindery_tests::server::RESOURCE_ID,
        delta_amount,
    };
    client.increment_resource_usage_api(usage(2.5)).send().unwrap();
    client.increment_resource_usage_api(usage(-0.25)).send().unwrap();
    assert!((server.cloudblue_usage() - 2.25).abs() < f64::EPSILON);
    let before = server.requests().len();
    server.next(Fault::Hangup);
    let error = client.increment_resource_usage_api(usage(1.0)).send().unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown { settled_by: "" });
    assert_eq!(server.requests().len(), before + 1);
    assert!((server.cloudblue_usage() - 3.25).abs() < f64::EPSILON);
}

#[test]
fn cloudblue_credentials_travel_as_members() {
    let credentials = Some(("api".to_owned(), "PLANTED".to_owned()));
    let server = Server::start_with(Options { cloudblue_credentials: credentials, ..Options::default() }).unwrap();
    let details = || AccountDetailsGetApi { account_id: ACCOUNT_ID };
    let client = BillingManagerClient::with(Ureq::new(), cloudblue(&server));
    assert!(client.account_details_get_api(details()).send().unwrap_err().fault().is_some());
    let client = BillingManagerClient::with(Ureq::new(), cloudblue(&server).credentials("api", "PLANTED"));
    client.account_details_get_api(details()).send().unwrap();
}
