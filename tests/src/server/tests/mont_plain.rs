use super::*;

/// `username:password`.
const BASIC: (&str, &str) = ("Authorization", "Basic dXNlcm5hbWU6cGFzc3dvcmQ=");

fn post(server: &Server, method: &str, body: &str) -> String {
    let url = format!("{}/{method}", server.mont_xml_url);
    let (status, _, reply) = send(&url, "POST", &[BASIC, ("Content-Type", "application/xml")], body);
    assert_eq!(status, 200, "{reply}");
    reply
}

fn get(server: &Server, rest: &str) -> (u16, String) {
    let (status, _, body) = send(&format!("{}/{rest}", server.mont_xml_url), "GET", &[BASIC], "");
    (status, body)
}

fn line(num: &str, part: &str, quantity: i32, more: &str) -> String {
    format!(
        "<SendOrderLineContract><OrderLineNum>{num}</OrderLineNum><PartNum>{part}</PartNum>\
         <Quantity>{quantity}</Quantity>{more}</SendOrderLineContract>"
    )
}

fn add(server: &Server, num: &str, lines: &str) -> String {
    let body = format!(
        "<AddOrder><orderRequest><OrderNum>{num}</OrderNum><SendOrderLines>{lines}</SendOrderLines></orderRequest></AddOrder>"
    );
    pick(&post(server, "AddOrder", &body), "ErrorCode")
}

#[test]
fn the_documented_request_gets_the_documented_reply() {
    let Some(messages) = seed_messages("mont-change-quantity.txt") else { return };
    let server = Server::start().unwrap();
    let reply = post(&server, "ChangeQuantityOfSubscription", &messages[0]);
    assert_eq!(reply, messages[1]);
    // The change asked for first is still on its way.
    assert_eq!(pick(&post(&server, "ChangeQuantityOfSubscription", &messages[0]), "ErrorCode"), "90");
    server.settle_mont_subscriptions();
    let again = post(&server, "ChangeQuantityOfSubscription", &messages[0]);
    assert_eq!((pick(&again, "ErrorCode").as_str(), pick(&again, "Quantity").as_str()), ("0", "3"));
}

#[test]
fn an_order_is_done_at_the_third_look_and_bad_lines_keep_their_error() {
    let server = Server::start().unwrap();
    let lines = [line("K-1", "abc-11111", 2, ""), line("K-2", "FAIL-00001", 1, ""), line("K-3", "6qr-00006", 1, "")];
    assert_eq!(add(&server, "K", &lines.concat()), "0");
    for look in 1..=3 {
        let (_, body) = get(&server, "GetOrder/K");
        let keys = count(&body, "DemoKey");
        let expected = if look < 3 { ("1", 0) } else { ("3", 2) };
        assert_eq!((pick(&body, "OrderStatus").as_str(), keys), expected, "look {look}");
        if look == 3 {
            assert!(body.contains("<OrderStatus>2</OrderStatus>") && body.contains("<ErrorCode>101</ErrorCode>"));
            let later = get(&server, "GetOrder/K").1;
            assert_ne!(
                pick(&body, "DemoLink"),
                pick(&later, "DemoLink"),
                "links live a day: each look gives a new one"
            );
        }
    }
}

#[test]
fn every_check_has_its_code() {
    let server = Server::start().unwrap();
    let good = line("1-1", "abc-11111", 1, "");
    let info = |email: &str| {
        let field = |name: &str, value: &str| {
            format!(
                "<EndUserInfoFieldContract><FieldName>{name}</FieldName><FieldValue>{value}</FieldValue></EndUserInfoFieldContract>"
            )
        };
        let fields = [field("CompanyName", "A"), field("Email", email), field("Country", "RU")].concat();
        format!("<EndUserInfo><Fields>{fields}</Fields></EndUserInfo>")
    };
    let long = "x".repeat(33);
    assert_eq!(add(&server, "1", &good), "0");
    assert_eq!(add(&server, "1", &line("1-2", "abc-11111", 1, "")), "4");
    assert_eq!(add(&server, "2", &good), "4");
    assert_eq!(add(&server, "", &good), "71");
    assert_eq!(add(&server, "2", ""), "72");
    assert_eq!(add(&server, "2", &line("", "abc-11111", 1, "")), "8");
    assert_eq!(add(&server, "2", &line("2-1", "NO", 1, "")), "2");
    assert_eq!(add(&server, "2", &line("2-1", "BLOCKED-001", 1, "")), "10");
    assert_eq!(add(&server, "2", &line("2-1", "abc-11111", 101, "")), "17");
    assert_eq!(add(&server, "2", &line("2-1", "FORM-00001", 1, "")), "12");
    assert_eq!(add(&server, "2", &line("2-1", "FORM-00001", 1, &info("no"))), "200");
    assert_eq!(add(&server, "2", &line(&long, "6qr-00006", 1, "")), "25");
    assert_eq!(add(&server, "2", &line("2-1", "OF365B", 1, "")), "87");
    assert_eq!(add(&server, "2", &line("2-1", "6qr-00006", 1_000_000, "")), "6");
    assert_eq!(server.mont_orders(), ["1"], "a refused order leaves no trace");
    assert_eq!(add(&server, "2", &line("2-1", "FORM-00001", 1, &info("a@b"))), "0");
    let subscriber = "<MontSubscriberId>54e3081c-f787-4e33-bc99-cc2e3aa392c7</MontSubscriberId>";
    assert_eq!(add(&server, "3", &line("3-1", "OF365B", 1, subscriber)), "0");
    assert_eq!(pick(&get(&server, "GetOrder/none").1, "ErrorCode"), "3");
}

#[test]
fn the_form_and_its_check() {
    let server = Server::start().unwrap();
    let body = "<GetUserInfoDescriptionFor><langCode>ru</langCode><partNums><string>FORM-00001</string>\
                <string>abc-11111</string></partNums></GetUserInfoDescriptionFor>";
    let reply = post(&server, "GetUserInfoDescriptionFor", body);
    assert_eq!(count(&reply, "EndUserInfoDescriptionContract"), 4);
    assert_eq!(count(&reply, "AvaliableValues"), 4);
    let body = "<CheckEndUserInfo><langCode>ru</langCode><partNum>FORM-00001</partNum><endUserInfo><Fields>\
                <EndUserInfoFieldContract><FieldName>CompanyName</FieldName><FieldValue>A</FieldValue></EndUserInfoFieldContract>\
                </Fields></endUserInfo></CheckEndUserInfo>";
    let reply = post(&server, "CheckEndUserInfo", body);
    assert_eq!(pick(&reply, "IsError"), "false", "field errors are in the fields");
    assert_eq!(reply.matches("<HasError>true</HasError>").count(), 2);
}

#[test]
fn get_takes_positional_parameters_and_only_for_reading() {
    let server = Server::start().unwrap();
    let (status, body) = get(&server, "GetPriceChanges/0");
    assert_eq!((status, count(&body, "PriceContract")), (200, 6));
    assert!(body.contains("<MaxCountRequired xsi:nil=\"true\"/>"));
    assert_eq!(get(&server, "GetSubscriptionsId/0/false").1.matches("<string>SUB-").count(), 2);
    assert_eq!(get(&server, "GetPriceChanges").0, 404);
    assert_eq!(get(&server, "ChangeQuantityOfSubscription/SUB-001068/true/3").0, 405);
    assert_eq!(get(&server, "GetPriceChanges/x").0, 400);
    let url = format!("{}/GetPriceChanges/0", server.mont_xml_url);
    assert_eq!(send(&url, "GET", &[], "").0, 401);
}

#[test]
fn end_dates_and_wrong_bodies() {
    let server = Server::start().unwrap();
    let change = |date: &str| {
        let body = format!(
            "<ChangeSubscriptionEndDate><montSubscriptionId>SUB-001068</montSubscriptionId>{date}</ChangeSubscriptionEndDate>"
        );
        let reply = post(&server, "ChangeSubscriptionEndDate", &body);
        (pick(&reply, "ErrorCode"), reply.contains("<ActiveTill xsi:nil=\"true\"/>"))
    };
    assert_eq!(change("<endDate>2015-01-01T00:00:00</endDate>"), ("62".to_owned(), false));
    assert_eq!(change("<endDate>2099-01-01T00:00:00</endDate>"), ("0".to_owned(), false));
    assert_eq!(change("<endDate/>"), ("0".to_owned(), true));
    let url = format!("{}/AddOrder", server.mont_xml_url);
    let media =
        |media| send(&url, "POST", &[BASIC, ("Content-Type", media)], "<AddOrder xmlns='http://tempuri.org/'/>").0;
    assert_eq!((media("application/xml"), media("text/xml")), (400, 415));
}
