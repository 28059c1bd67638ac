//! Our messages read by other people's tools, and theirs by us: CPython's XML-RPC, python-zeep, xmllint.
//!
//! A tool that is not installed is named and its test passes; `tests/install-peers.sh` installs them.

#![allow(dead_code, missing_docs, unreachable_pub)]

#[rustfmt::skip]
#[path = "../golden/get_subscription/expected.rs"]
pub mod get_subscription;
mod support;

use std::path::{Path, PathBuf};

use bindery_generated::cloudblue::{
    AdditionalContact, BillingManagerClient, ItemParameters, Pair, PlaceOrder, ProvisioningItem,
};
use bindery_generated::corteos::orders_api::{
    AuthHeader, ORDERS_API_SOAP, ORDERS_API_SOAP12, OrdersAPIClient, Renotify, RenotifyResponse, Trace,
    UniversalApiError, UniversalApiResponseOfBoolean,
};
use bindery_runtime as rt;
use bindery_tests::peers::{self, PeerError, found};
use bindery_tests::server::{RENOTIFIED_RESERVE, Server};
use rt::codec::{Profile, encode_element};
use rt::transport::Ureq;
use rt::{Operation as _, xmlrpc};

use support::{Canned, Fixed, root, same, text};

fn pairs(all: &[(&str, &str)]) -> Vec<Pair> {
    all.iter().map(|(name, value)| Pair { name: (*name).into(), value: (*value).into() }).collect()
}

fn order() -> PlaceOrder {
    let item = |provisioning_item_id, parent_item_id| ProvisioningItem {
        plan_id: 20,
        plan_period_id: 36,
        provisioning_item_id,
        parent_item_id,
    };
    PlaceOrder {
        vendor_account_id: 1,
        provisioning_items: vec![item(0, None), item(1, Some(0))],
        provisioning_data: vec![ItemParameters {
            provisioning_item_id: 1,
            parameters: pairs(&[("DomainID", "a.example"), ("TransferKey", "")]).into(),
        }],
        contact_data: pairs(&[("PasswordID", " a=b & <c> \"é\" ]]>\t\n"), ("CompanyNameID", "Ромашка 😀")]).into(),
        pay_tool: vec![].into(),
        additional_contacts: vec![AdditionalContact {
            additional_contact_id: -7,
            contact_info: pairs(&[("FirstNameID", "")]),
        }],
        order_attributes: vec![],
        terms_and_conditions: vec![11],
    }
}

/// The struct that carries `order()`, as CPython should see it.
const CARRIER: &str = r#"{"Server": "BM", "Method": "PlaceOrderAndAuthorize_API", "Params": [1, 2, "20=36=0=-1", "20=36=1=0", 4, 1, 2, "DomainID=a.example", "TransferKey=", 2, "PasswordID= a=b & <c> \"\u00e9\" ]]>\t\n", "CompanyNameID=\u0420\u043e\u043c\u0430\u0448\u043a\u0430 \ud83d\ude00", 0, 1, -7, 1, "FirstNameID=", 0, 1, 11]}"#;

fn billing<T>(transport: T, url: &str) -> BillingManagerClient<T> {
    BillingManagerClient::with(transport, rt::Settings::new().endpoint(url).environment(Fixed))
}

#[test]
fn cpythons_server_takes_our_order_and_we_its_answer() {
    let Some(mut server) = found(peers::XmlRpcServer::start()) else { return };
    let client = billing(Ureq::new(), &server.url);
    let placed = client.place_order_and_authorize_api(order()).send().unwrap();
    assert_eq!(server.next_call().unwrap(), CARRIER);
    assert_eq!((placed.account_id, placed.order_id, placed.doc_id), (1_000_003, 501, Some(0)));
    assert_eq!((placed.total, placed.merch_total), (24.0, 20.0));
    assert_eq!((placed.descr.as_str(), placed.order_nbr.as_str()), ("Demo заказ", "SO000501"));
    assert_eq!((placed.redirect_data, placed.more), (vec![], vec![]));
}

#[test]
fn cpythons_client_reads_our_messages_and_we_read_its() {
    let client = billing((), "https://billing.example/RPC2");
    let ours = client.place_order_and_authorize_api(order()).into_request().unwrap();
    let Some(seen) = found(peers::xmlrpc_loads(text(&ours))) else { return };
    assert_eq!(seen, format!(r#"{{"method": "Execute", "params": [{CARRIER}]}}"#));

    // The same call as CPython writes it is the same call.
    let theirs = peers::xmlrpc_request(&seen).unwrap();
    let options = xmlrpc::Options::new();
    assert_eq!(xmlrpc::read_call(&theirs, &options).unwrap(), xmlrpc::read_call(text(&ours), &options).unwrap());

    let answer = r#"{"Result": [[7, 8, "login", "now", 0, {"double": "0.1"}, {"double": "1e+22"}, {"double": "-0.0"}, {"double": "20.0"}, "d & <e>", "SO1", "POST", "https://pay.example/?a=b&c", 1, "sign", "a=b&c", "added", {"base64": "AAE="}]]}"#;
    let canned = Canned::new(200, "text/xml", peers::xmlrpc_response(answer).unwrap());
    let client = billing(&canned, "https://billing.example/RPC2");
    let placed = client.place_order_and_authorize_api(order()).send().unwrap();
    assert_eq!((placed.total, placed.tax_total, placed.disc_total), (0.1, 1e22, 0.0));
    assert_eq!((placed.descr.as_str(), placed.redirect_data.len()), ("d & <e>", 1));
    assert_eq!(placed.redirect_data[0].redirect_parameter_value.expose(), "a=b&c");
    // What a newer version adds at the end is kept.
    assert_eq!(placed.more, [rt::XmlRpcValue::from("added"), rt::XmlRpcValue::Base64(vec![0, 1])]);

    // "Счёт не найден." in base64, as the vendor sends its business faults.
    let fault = r#"{"fault": {"code": 1, "string": "0KHRh9GR0YIg0L3QtSDQvdCw0LnQtNC10L0u"}}"#;
    let canned = Canned::new(200, "text/xml", peers::xmlrpc_response(fault).unwrap());
    let client = billing(&canned, "https://billing.example/RPC2");
    let error = client.place_order_and_authorize_api(order()).send().unwrap_err();
    let fault = error.fault().unwrap_or_else(|| panic!("{error}"));
    assert_eq!((fault.reason(), &fault.code), ("Счёт не найден.", &rt::FaultCode::Number(1)));
}

const PORTS: [(&str, &rt::Binding); 2] = [("OrdersAPISoap", &ORDERS_API_SOAP), ("OrdersAPISoap12", &ORDERS_API_SOAP12)];

#[test]
fn zeep_writes_the_same_request_from_the_same_wsdl() {
    let mut client = OrdersAPIClient::with((), rt::Settings::new().environment(Fixed));
    client.set_auth_header(AuthHeader { token: Some("a & <b>".into()), ..AuthHeader::default() });
    for (port, binding) in PORTS {
        let Some(theirs) = found(peers::zeep_renotify_request(port, "a & <b>", -5)) else { return };
        let ours = client.renotify(Renotify { id_reserve: -5 }).over(binding).into_request().unwrap();
        same(&theirs, text(&ours));
    }
}

/// An answer as our encoder writes it.
fn renotified(reply: &RenotifyResponse, version: rt::SoapVersion) -> String {
    let name = bindery_generated::corteos::orders_api::operations::Renotify::INFO.output.unwrap();
    let body = encode_element(name, Profile::SOAP, reply).unwrap().text;
    let envelope = match version {
        rt::SoapVersion::V11 => "http://schemas.xmlsoap.org/soap/envelope/",
        rt::SoapVersion::V12 => "http://www.w3.org/2003/05/soap-envelope",
    };
    format!("<s:Envelope xmlns:s='{envelope}'><s:Body>{body}</s:Body></s:Envelope>")
}

fn reply(errors: Option<Vec<UniversalApiError>>) -> RenotifyResponse {
    let trace = Trace {
        response_date: "2020-10-20T23:31:35.7599467+03:00".parse().unwrap(),
        session_id: Some("a\"b<c>&d".into()),
        ip: None,
        web_site: Some(String::new()),
    };
    let result = UniversalApiResponseOfBoolean { trace: Some(trace), errors, response_details: true };
    RenotifyResponse { renotify_result: Some(result) }
}

#[test]
fn zeep_reads_what_we_write_and_what_the_vendor_server_answers() {
    let error = UniversalApiError { r#type: Some("InvalidDataException".into()), text: Some("Заказ".into()) };
    let versions = [rt::SoapVersion::V11, rt::SoapVersion::V12];
    for ((port, _), version) in PORTS.into_iter().zip(versions) {
        let message = renotified(&reply(Some(vec![error.clone()])), version);
        let Some(json) = found(peers::zeep_renotify_response(port, &message)) else { return };
        for part in [
            r#""ResponseDetails": true"#,
            r#""SessionID": "a\"b<c>&d""#,
            r#""IP": null"#,
            r#""WebSite": """#,
            r#""Type": "InvalidDataException""#,
            r#""Text": "\u0417\u0430\u043a\u0430\u0437""#,
        ] {
            assert!(json.contains(part), "{part} is not in {json}");
        }
        let empty = peers::zeep_renotify_response(port, &renotified(&reply(Some(vec![])), version)).unwrap();
        assert!(empty.contains(r#""Errors": "#) && !empty.contains("InvalidDataException"), "{empty}");
    }

    let server = Server::start().unwrap();
    let mut client =
        OrdersAPIClient::with(Ureq::new(), rt::Settings::new().endpoint(server.corteos_orders_url.clone()));
    let token = Some("ae26c893-ffce-4a3b-9d41-4edfca62b5a6".into());
    client.set_auth_header(AuthHeader { token, ..AuthHeader::default() });
    let ours = client.renotify(Renotify { id_reserve: RENOTIFIED_RESERVE }).send_full().unwrap();
    let answer = String::from_utf8(ours.context.body().to_vec()).unwrap();
    let theirs = peers::zeep_renotify_response("OrdersAPISoap", &answer).unwrap();
    let session = ours.output.trace.unwrap().session_id.unwrap();
    assert!(theirs.contains(r#""ResponseDetails": true"#) && theirs.contains(&session), "{theirs}");
}

/// A folder of this test's own, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("bindery-interop-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The first schema of a WSDL as a file of its own, with the namespaces declared around it.
fn inline_schema(wsdl: &Path, folder: &Folder) -> PathBuf {
    let text = std::fs::read_to_string(wsdl).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let xsd = "http://www.w3.org/2001/XMLSchema";
    let schema = document.descendants().find(|node| node.has_tag_name((xsd, "schema"))).unwrap();
    let declared: String = document
        .root_element()
        .namespaces()
        .filter_map(|ns| ns.name().map(|prefix| format!(" xmlns:{prefix}=\"{}\"", ns.uri())))
        .collect();
    let source = &text[schema.range()];
    let name_end = source.find([' ', '>']).unwrap();
    let path = folder.0.join("schema.xsd");
    std::fs::write(&path, format!("{}{declared}{}", &source[..name_end], &source[name_end..])).unwrap();
    path
}

/// The first element in an envelope's body, with what is declared around it.
fn body(envelope: &str) -> String {
    let document = roxmltree::Document::parse(envelope).unwrap();
    let body = document
        .root_element()
        .children()
        .find(|node| node.has_tag_name((node.tag_name().namespace().unwrap_or(""), "Body")));
    let range = body.unwrap().first_element_child().unwrap().range();
    envelope[range].to_owned()
}

#[test]
fn corteos_messages_are_valid() {
    let folder = Folder::new("corteos");
    let schema = inline_schema(&root().join("contracts/corteos/orders_api.wsdl"), &folder);
    let client = OrdersAPIClient::with((), rt::Settings::new().environment(Fixed));
    let request = client.renotify(Renotify { id_reserve: i32::MIN }).into_request().unwrap();
    let Some(()) = found(peers::validate(&schema, &body(text(&request)))) else { return };
    let error = UniversalApiError { r#type: None, text: Some("a".into()) };
    for errors in [None, Some(vec![]), Some(vec![error])] {
        peers::validate(&schema, &body(&renotified(&reply(errors), rt::SoapVersion::V11))).unwrap();
    }
    // The validator can say no.
    let bad = body(text(&request)).replace("id_Reserve", "id_reserve");
    assert!(matches!(peers::validate(&schema, &bad), Err(PeerError::Failed(_))));
}

#[test]
fn data_contract_messages_are_valid() {
    use get_subscription::operations::GetSubscription;
    use get_subscription::{
        B2BServiceV2Client, GetSubscriptionResponse, SubscriptionContract, SubscriptionPeriodContract,
        SubscriptionResponse, SubscriptionState,
    };
    let schema = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/tolerance/wsdl/xsd0.xsd"));
    if !schema.exists() {
        println!("skipped: needs ../shared");
        return;
    }
    let client = B2BServiceV2Client::with((), rt::Settings::new().environment(Fixed));
    for (id, by_end_user) in [(Some("SUB-1".to_owned()), Some(true)), (None, Some(false))] {
        let input = get_subscription::GetSubscription { mont_subscription_id: id, by_end_user };
        let request = client.get_subscription(input).into_request().unwrap();
        let Some(()) = found(peers::validate(&schema, &body(text(&request)))) else { return };
    }
    let full = SubscriptionContract {
        active_till: Some("2015-09-19T00:00:00".parse().unwrap()),
        date_created: "0001-01-01T00:00:00".parse().unwrap(),
        mont_subscriber_id: Some("76bc02e3-c74c-4fee-ad13-b97a3b49b57d".parse().unwrap()),
        periods: Some(vec![SubscriptionPeriodContract {
            seats: Some(1),
            start_date: Some("2020-10-20T23:31:35.7599467+03:00".parse().unwrap()),
        }]),
        quantity: i32::MAX,
        reseller_price: Some("-0.0000001".parse().unwrap()),
        state: SubscriptionState::Stopped,
        subscription_id: Some("a & <b> ]]>".into()),
    };
    let bare = SubscriptionContract {
        active_till: None,
        mont_subscriber_id: None,
        periods: Some(vec![]),
        reseller_price: None,
        subscription_id: None,
        ..full.clone()
    };
    let name = GetSubscription::INFO.output.unwrap();
    for data in [Some(full), Some(bare), None] {
        let response = SubscriptionResponse { data, error_code: Some(0), error_text: None, is_error: Some(false) };
        let reply = GetSubscriptionResponse { get_subscription_result: Some(response) };
        let text = encode_element(name, Profile::DATA_CONTRACT, &reply).unwrap().text;
        peers::validate(&schema, &text).unwrap();
    }
}
