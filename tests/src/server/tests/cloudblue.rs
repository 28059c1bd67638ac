use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;

fn call(server: &Server, method: &str, params: &str) -> String {
    let body = format!(
        "<?xml version='1.0'?><methodCall><methodName>Execute</methodName><params><param><value><struct>\
         <member><name>Server</name><value>BM</value></member><member><name>Method</name><value>{method}</value></member>\
         <member><name>Params</name><value><array><data>{params}</data></array></value></member>\
         </struct></value></param></params></methodCall>"
    );
    let (status, _, body) = send(&server.cloudblue_url, "POST", &[("Content-Type", "text/xml")], &body);
    assert_eq!(status, 200);
    body
}

/// Numbers as `i4`, all else bare.
fn slots(values: &[&str]) -> String {
    let slot = |v: &&str| match v.parse::<i32>() {
        Ok(_) => format!("<value><i4>{v}</i4></value>"),
        Err(_) => format!("<!-- slot --><value>{v}</value>"),
    };
    values.iter().map(slot).collect()
}

fn fault(body: &str) -> String {
    let document = roxmltree::Document::parse(body).unwrap();
    let fault = document.descendants().find(|n| n.has_tag_name("fault")).unwrap_or_else(|| panic!("{body}"));
    let text = fault.descendants().rfind(|n| n.has_tag_name("value")).and_then(|n| n.text()).unwrap_or("");
    match STANDARD.decode(text) {
        Ok(bytes) => String::from_utf8(bytes).unwrap(),
        Err(_) => format!("plain: {text}"),
    }
}

const PLACE: &str = "PlaceOrderAndAuthorize_API";
/// Two items, parameters for one of them (2 + 2 values), a new account.
const NEW: [&str; 13] = [
    "1",
    "2",
    "20=36=0=-1",
    "3=5=1=0",
    "4",
    "1",
    "2",
    "OrderOperationType=10",
    "DomainID=a.example",
    "2",
    "LoginID=new",
    "PasswordID=a=b",
    "0",
];

#[test]
fn a_new_account_and_an_existing_one() {
    let server = Server::start().unwrap();
    let reply = call(&server, PLACE, &slots(&NEW));
    assert!(reply.contains("<value><i4>1000003</i4></value>") && reply.contains("<value>new</value>"), "{reply}");
    let existing = ["1", "1", "20=36=0=-1", "0", "1", "AccountID=1000002"];
    let reply = call(&server, PLACE, &slots(&existing));
    assert!(reply.contains("<value><i4>1000002</i4></value><value><i4>502</i4></value><value>ivan</value>"), "{reply}");
    assert_eq!(server.cloudblue_orders(), [501, 502]);
    assert!(call(&server, "AccountDetailsGet_API", &slots(&["1000002"])).contains("Петров"));
}

#[test]
fn every_counter_is_held_to_what_follows() {
    let server = Server::start().unwrap();
    let wrong = |at: usize, value: &'static str| {
        let mut values = NEW;
        values[at] = value;
        fault(&call(&server, PLACE, &slots(&values)))
    };
    // The trap: one group, but four values.
    assert!(wrong(4, "1").starts_with("ProvisioningDataSlotCounter is 1"));
    assert!(wrong(4, "5").starts_with("ProvisioningDataSlotCounter is 5"));
    assert!(wrong(1, "1").contains("ProvisioningDataSlotCounter"));
    assert!(wrong(6, "3").contains("ProvisioningParametersCounter"));
    assert!(wrong(9, "9").contains("ContactDataCounter"));
    assert!(wrong(12, "1").contains("PayToolCounter"));
    assert_eq!(wrong(0, "7"), "Access Denied.");
    assert!(server.cloudblue_orders().is_empty());
}

#[test]
fn the_other_methods() {
    let server = Server::start().unwrap();
    let missing = fault(&call(&server, "AccountDetailsGet_API", &slots(&["99999999"])));
    assert_eq!(missing, "Table Account does not contain row with ID 99999999.");
    let usage = |delta: &str| {
        let ids = slots(&["1000077", "1000500"]);
        call(&server, "IncrementResourceUsage_API", &format!("{ids}<value>{delta}</value>"))
    };
    assert!(usage("<double>1.5</double>").contains("Status"));
    assert!(fault(&usage("<i4>1</i4>")).contains("must be Double"));
    assert_eq!(server.cloudblue_usage(), 1.5);
    assert_eq!(call(&server, "SubscriptionDetailsGetEx_API", &slots(&["1000077"])).matches("<value>").count(), 16);
    call(&server, PLACE, &slots(&NEW));
    let signature = server.cloudblue_order_signature(501).unwrap();
    assert!(fault(&call(&server, "OrderStatusChange_API", &slots(&["501", "Paid", "0a"]))).contains("signature"));
    assert!(call(&server, "OrderStatusChange_API", &slots(&["501", "Paid", &signature])).contains("Status"));
    assert_eq!(server.cloudblue_order_status(501).as_deref(), Some("Paid"));
}

#[test]
fn the_contracts_own_sample_is_taken() {
    let path = format!(
        "{}/../contracts/cloudblue/samples/place_order_existing_customer.request.xml",
        env!("CARGO_MANIFEST_DIR")
    );
    let request = std::fs::read_to_string(path).unwrap();
    let server = Server::start().unwrap();
    let (_, _, reply) = send(&server.cloudblue_url, "POST", &[("Content-Type", "text/xml")], &request);
    assert!(reply.contains("<value>ivan</value>"), "{reply}");
}

#[test]
fn faults_of_the_protocol_are_plain() {
    let server = Server::start().unwrap();
    let reply = fault(&call(&server, PLACE, "<value><i4></i4></value>"));
    assert!(
        reply.starts_with("plain: Server error. XML-RPC violation: /methodCall/params/param/value/struct"),
        "{reply}"
    );
    assert!(reply.ends_with("/array/data/value[1]/i4"), "{reply}");
}
