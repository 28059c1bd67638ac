use super::*;
use crate::server::Fault;

const CONTRACTS: &str = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts";

struct Frame<'a> {
    method: &'a str,
    to: &'a str,
    password: &'a str,
    more: &'a str,
    body: &'a str,
}

fn call(server: &Server, frame: &Frame<'_>) -> (u16, String) {
    let Frame { method, to, password, more, body } = frame;
    let envelope = format!(
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:a='http://www.w3.org/2005/08/addressing'>\
         <s:Header><a:Action s:mustUnderstand='1'>http://tempuri.org/IB2BServiceV2/{method}</a:Action>\
         <a:MessageID>urn:uuid:1</a:MessageID><a:To s:mustUnderstand='1'>{to}</a:To>\
         <o:Security s:mustUnderstand='1' xmlns:o='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'>\
         {more}<o:UsernameToken><o:Username>username</o:Username><o:Password>{password}</o:Password></o:UsernameToken>\
         </o:Security></s:Header><s:Body><{method} xmlns='http://tempuri.org/' xmlns:c='{CONTRACTS}'>{body}</{method}></s:Body></s:Envelope>"
    );
    let (status, _, body) =
        send(&server.mont_soap_url, "POST", &[("Content-Type", "application/soap+xml; charset=utf-8")], &envelope);
    (status, body)
}

fn simple(server: &Server, method: &str, body: &str) -> (u16, String) {
    call(server, &Frame { method, to: &server.mont_soap_url, password: "password", more: "", body })
}

fn order(num: &str, line: &str) -> String {
    format!(
        "<orderRequest><c:OrderNum>{num}</c:OrderNum><c:SendOrderLines><c:SendOrderLineContract>{line}\
         </c:SendOrderLineContract></c:SendOrderLines></orderRequest>"
    )
}

#[test]
fn the_documented_request_gets_the_documented_reply() {
    let Some(messages) = seed_messages("mont-change-quantity.txt") else { return };
    let server = Server::start().unwrap();
    let soap: Vec<&String> = messages.iter().filter(|m| m.starts_with("<s:Envelope")).collect();
    let request = soap[0].replace("https://sandbox.mont.ru/Version2/Service/B2BServiceV2.svc", &server.mont_soap_url);
    let (status, _, body) = send(&server.mont_soap_url, "POST", &[("Content-Type", "application/soap+xml")], &request);
    assert_eq!(status, 200, "{body}");
    let inside = |xml: &str| xml.split_once("<s:Body>").unwrap().1.to_owned();
    assert_eq!(inside(&body), inside(soap[1]));
    assert_eq!(pick(&body, "RelatesTo"), pick(&request, "MessageID"));
}

#[test]
fn what_is_out_of_order_is_lost_without_a_word() {
    let server = Server::start().unwrap();
    let right = "<c:OrderLineNum>1-1</c:OrderLineNum><c:PartNum>abc-11111</c:PartNum><c:Quantity>2</c:Quantity>";
    let wrong = "<c:Quantity>2</c:Quantity><c:OrderLineNum>2-1</c:OrderLineNum><c:PartNum>abc-11111</c:PartNum>";
    let (_, body) = simple(&server, "AddOrder", &order("1", right));
    assert_eq!((pick(&body, "ErrorCode"), pick(&body, "OrderStatus")), ("0".to_owned(), "1".to_owned()));
    let (_, body) = simple(&server, "AddOrder", &order("2", wrong));
    assert_eq!(pick(&body, "ErrorCode"), "8");
    let (_, body) = simple(&server, "AddOrder", &order("3", right).replace("c:Quantity", "Quantity"));
    assert_eq!(pick(&body, "ErrorCode"), "4", "the line number is known; the quantity in another namespace is not");
    assert_eq!(server.mont_orders(), ["1"]);
}

#[test]
fn security_comes_before_the_filters() {
    let server = Server::start().unwrap();
    let url = server.mont_soap_url.clone();
    let subcode = |to: &str, password: &str, more: &str| {
        let frame = Frame { method: "GetPriceChanges", to, password, more, body: "<version>0</version>" };
        let (status, body) = call(&server, &frame);
        (
            status,
            if status == 500 {
                count(&body, "Security").to_string() + " " + &pick_subcode(&body)
            } else {
                String::new()
            },
        )
    };
    let stale = "<u:Timestamp xmlns:u='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'>\
                 <u:Created>2015-09-23T13:12:13.550Z</u:Created><u:Expires>2015-09-23T13:17:13.550Z</u:Expires></u:Timestamp>";
    assert_eq!(subcode("http://elsewhere/", "wrong", ""), (500, "0 o:FailedAuthentication".to_owned()));
    assert_eq!(subcode(&url, "password", stale), (500, "0 o:InvalidSecurity".to_owned()));
    assert_eq!(subcode("http://elsewhere/", "password", ""), (500, "0 a:DestinationUnreachable".to_owned()));
    assert_eq!(subcode(&url, "password", ""), (200, String::new()));
    let fresh = stale.replace("2015-09-23T13:12:13.550Z", &jiff::Timestamp::now().to_string());
    let fresh = fresh.replace("2015-09-23T13:17:13.550Z", "2099-01-01T00:00:00Z");
    assert_eq!(subcode(&url, "password", &fresh), (200, String::new()));
}

fn pick_subcode(xml: &str) -> String {
    let document = roxmltree::Document::parse(xml).unwrap();
    let node = document.descendants().find(|n| n.tag_name().name() == "Subcode").unwrap();
    node.first_element_child().and_then(|n| n.text()).unwrap_or("").to_owned()
}

#[test]
fn a_proxy_may_hide_the_address() {
    let to = "https://inside.example/B2BServiceV2.svc";
    let options = Options { mont_expected_to: Some(to.to_owned()), ..Options::default() };
    let server = Server::start_with(options).unwrap();
    assert_eq!(simple(&server, "GetPriceChanges", "<version>0</version>").0, 500);
    let frame = Frame { method: "GetPriceChanges", to, password: "password", more: "", body: "" };
    assert_eq!(call(&server, &frame).0, 200);
}

#[test]
fn bad_values_unknown_actions_and_scripted_errors() {
    let server = Server::start().unwrap();
    let (status, body) = simple(&server, "GetPriceChanges", "<version>zero</version>");
    assert_eq!((status, pick_subcode(&body).as_str()), (500, "a:DeserializationFailed"));
    let (status, body) = simple(&server, "GetMenu", "");
    assert_eq!((status, pick_subcode(&body).as_str()), (500, "a:ActionNotSupported"));
    server.next(Fault::MontError(30, "Операция не может быть выполнена, попробуйте позже"));
    let (status, body) = simple(&server, "GetPriceChanges", "");
    assert_eq!((status, pick(&body, "ErrorCode").as_str(), pick(&body, "IsError").as_str()), (200, "30", "true"));
}

#[test]
fn a_misspelt_http_action_or_header_is_a_fault() {
    let server = Server::start().unwrap();
    let messages = format!(
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:a='http://www.w3.org/2005/08/addressing'>\
         <s:Header><a:Action>http://tempuri.org/IB2BServiceV2/GetPriceChanges</a:Action><a:To>{}</a:To>\
         <x:New xmlns:x='urn:x' s:mustUnderstand='true'/></s:Header><s:Body><GetPriceChanges xmlns='http://tempuri.org/'/></s:Body></s:Envelope>",
        server.mont_soap_url
    );
    let media = ("Content-Type", "application/soap+xml; action=\"http://tempuri.org/IB2BServiceV2/GetOrder\"");
    let (_, _, body) = send(&server.mont_soap_url, "POST", &[media], &messages);
    assert_eq!(pick_subcode(&body), "a:ActionMismatch");
    let (_, _, body) = send(&server.mont_soap_url, "POST", &[("Content-Type", "application/soap+xml")], &messages);
    assert_eq!(pick_subcode(&body), "o:InvalidSecurity");
    let (status, ..) = send(&server.mont_soap_url, "POST", &[("Content-Type", "text/xml")], &messages);
    assert_eq!(status, 415);
}

#[test]
fn undocumented_namespaces_can_be_set_apart() {
    let options = Options {
        mont_orders_namespace: "urn:orders".to_owned(),
        mont_end_user_info_namespace: "urn:info".to_owned(),
        ..Options::default()
    };
    let server = Server::start_with(options).unwrap();
    let line = "<c:EndUserInfo><i:Fields><i:EndUserInfoFieldContract><i:FieldName>A</i:FieldName><i:FieldValue>b</i:FieldValue>\
                </i:EndUserInfoFieldContract></i:Fields></c:EndUserInfo><c:OrderLineNum>1-1</c:OrderLineNum>\
                <c:PartNum>abc-11111</c:PartNum><c:Quantity>2</c:Quantity>";
    let order = order("1", line).replace("<orderRequest>", "<orderRequest xmlns:c='urn:orders' xmlns:i='urn:info'>");
    let (status, body) = simple(&server, "AddOrder", &order);
    assert_eq!((status, pick(&body, "ErrorCode").as_str()), (200, "0"));
    assert!(body.contains("<c:EndUserInfo xmlns:d=\"urn:info\"><d:Fields>"), "{body}");
}
