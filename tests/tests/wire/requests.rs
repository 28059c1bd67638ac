//! Requests beside the vendors' samples.

use bindery_generated::corteos::orders_api::{
    AuthHeader, ORDERS_API_SOAP, ORDERS_API_SOAP12, OrdersAPIClient, Renotify,
};
use bindery_generated::mont::{
    AddOrder, B2BServiceV2Client, ChangeQuantityOfSubscription, ChangeSubscriptionEndDate, EndUserInfoContract,
    EndUserInfoFieldContract, GetOrder, SOAP, SendOrderContract, SendOrderLineContract, XML,
};
use bindery_runtime as rt;

use super::support::{Fixed, element_names, header, same, sample, text};

pub(super) fn mont() -> B2BServiceV2Client<()> {
    B2BServiceV2Client::with((), rt::Settings::new().credentials("username", "password").environment(Fixed))
}

fn change(id: &str, quantity: i32) -> ChangeQuantityOfSubscription {
    ChangeQuantityOfSubscription { mont_subscription_id: id.into(), by_end_user: true, new_quantity: quantity }
}

#[test]
fn mont_soap_is_the_vendors_sample_to_the_byte() {
    let expected = sample("mont/samples/change_quantity_soap.request.xml");
    let prepared = mont().change_quantity_of_subscription(change("123", 15)).into_request().unwrap();
    let got = text(&prepared);
    same(&expected, got);

    // Header by header: names, order, mustUnderstand, values.
    let (ours, theirs) = (roxmltree::Document::parse(got).unwrap(), roxmltree::Document::parse(&expected).unwrap());
    let headers = |document: &roxmltree::Document<'_>| -> Vec<(String, Option<String>, String)> {
        let header = document.root_element().first_element_child().unwrap();
        let facts = |node: roxmltree::Node<'_, '_>| {
            let value: String =
                node.descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).map(str::trim).collect();
            let must = node.attribute(("http://www.w3.org/2003/05/soap-envelope", "mustUnderstand"));
            (format!("{:?}", node.tag_name()), must.map(str::to_owned), value)
        };
        header.children().filter(roxmltree::Node::is_element).map(facts).collect()
    };
    assert_eq!(headers(&ours), headers(&theirs));
    assert_eq!(headers(&ours).len(), 5);

    // We take the sample's prefixes, so nothing but its line breaks may differ.
    assert_eq!(got, expected.trim().replace("> <", "><"));
    assert_eq!(
        header(&prepared, "content-type"),
        "application/soap+xml; charset=utf-8; action=\"http://tempuri.org/IB2BServiceV2/ChangeQuantityOfSubscription\""
    );
}

#[test]
fn mont_plain_is_the_vendors_sample() {
    let expected = sample("mont/samples/change_quantity.request.xml");
    let client = mont();
    let prepared = client.change_quantity_of_subscription(change("SUB-001068", 3)).over(&XML).into_request().unwrap();
    same(&expected, text(&prepared));
    assert_eq!(
        prepared.request.uri(),
        "https://sandbox.mont.ru/Version2/Service/B2BServiceV2Xml.svc/ChangeQuantityOfSubscription"
    );
    assert_eq!(header(&prepared, "content-type"), "application/xml");
    // username:password
    assert_eq!(header(&prepared, "authorization"), "Basic dXNlcm5hbWU6cGFzc3dvcmQ=");
}

fn order() -> AddOrder {
    let field =
        |name: &str, value: &str| EndUserInfoFieldContract { field_name: name.into(), field_value: Some(value.into()) };
    AddOrder {
        order_request: SendOrderContract {
            order_num: "KEYS-00004280".into(),
            send_order_lines: vec![
                SendOrderLineContract {
                    order_line_num: "KEYS-00004280-1".into(),
                    part_num: "FORM-00001".into(),
                    quantity: 2,
                    end_user_info: Some(EndUserInfoContract {
                        fields: vec![field("CompanyName", "ООО «Рога & Копыта» <1>"), field("Country", "RU")],
                    }),
                    mont_subscriber_id: Some("54E3081C-F787-4E33-BC99-CC2E3AA392C7".parse().unwrap()),
                },
                SendOrderLineContract {
                    order_line_num: "KEYS-00004280-2".into(),
                    part_num: "abc-11111".into(),
                    quantity: 1,
                    end_user_info: None,
                    mont_subscriber_id: None,
                },
            ],
        },
    }
}

#[test]
fn the_same_order_is_sorted_on_soap_and_as_declared_on_plain_xml() {
    let client = mont();
    let soap = client.add_order(order()).over(&SOAP).into_request().unwrap();
    let expected = r#"<AddOrder xmlns="http://tempuri.org/"
      xmlns:b="http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts"
      xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><orderRequest>
      <b:OrderNum>KEYS-00004280</b:OrderNum><b:SendOrderLines>
        <b:SendOrderLineContract>
          <b:EndUserInfo><b:Fields>
            <b:EndUserInfoFieldContract><b:FieldName>CompanyName</b:FieldName>
              <b:FieldValue>ООО «Рога &amp; Копыта» &lt;1&gt;</b:FieldValue></b:EndUserInfoFieldContract>
            <b:EndUserInfoFieldContract><b:FieldName>Country</b:FieldName><b:FieldValue>RU</b:FieldValue></b:EndUserInfoFieldContract>
          </b:Fields></b:EndUserInfo>
          <b:MontSubscriberId>54e3081c-f787-4e33-bc99-cc2e3aa392c7</b:MontSubscriberId>
          <b:OrderLineNum>KEYS-00004280-1</b:OrderLineNum><b:PartNum>FORM-00001</b:PartNum><b:Quantity>2</b:Quantity>
        </b:SendOrderLineContract>
        <b:SendOrderLineContract>
          <b:EndUserInfo i:nil="true"/><b:MontSubscriberId i:nil="true"/>
          <b:OrderLineNum>KEYS-00004280-2</b:OrderLineNum><b:PartNum>abc-11111</b:PartNum><b:Quantity>1</b:Quantity>
        </b:SendOrderLineContract>
      </b:SendOrderLines></orderRequest></AddOrder>"#;
    let body = roxmltree::Document::parse(text(&soap)).unwrap();
    let body = body.root_element().last_element_child().unwrap().first_element_child().unwrap().range();
    // No prefix is declared outside the body's element.
    same(expected, &text(&soap)[body]);

    let plain = client.add_order(order()).over(&XML).into_request().unwrap();
    let expected = r#"<AddOrder xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><orderRequest>
      <OrderNum>KEYS-00004280</OrderNum><SendOrderLines>
        <SendOrderLineContract>
          <OrderLineNum>KEYS-00004280-1</OrderLineNum><PartNum>FORM-00001</PartNum><Quantity>2</Quantity>
          <EndUserInfo><Fields>
            <EndUserInfoFieldContract><FieldName>CompanyName</FieldName>
              <FieldValue>ООО «Рога &amp; Копыта» &lt;1&gt;</FieldValue></EndUserInfoFieldContract>
            <EndUserInfoFieldContract><FieldName>Country</FieldName><FieldValue>RU</FieldValue></EndUserInfoFieldContract>
          </Fields></EndUserInfo>
          <MontSubscriberId>54e3081c-f787-4e33-bc99-cc2e3aa392c7</MontSubscriberId>
        </SendOrderLineContract>
        <SendOrderLineContract>
          <OrderLineNum>KEYS-00004280-2</OrderLineNum><PartNum>abc-11111</PartNum><Quantity>1</Quantity>
          <MontSubscriberId xsi:nil="true"/>
        </SendOrderLineContract>
      </SendOrderLines></orderRequest></AddOrder>"#;
    same(expected, text(&plain));
}

#[test]
fn parameters_keep_their_order_and_no_end_date_is_an_empty_element() {
    let input = |end_date| ChangeSubscriptionEndDate { mont_subscription_id: "SUB-1".into(), end_date };
    for (binding, names) in [(&SOAP, "montSubscriptionId endDate"), (&XML, "montSubscriptionId endDate")] {
        let prepared = mont().change_subscription_end_date(input(None)).over(binding).into_request().unwrap();
        let body = text(&prepared);
        assert!(element_names(body).join(" ").ends_with(names), "{body}");
        assert!(body.contains("<endDate/>") || body.contains("<endDate></endDate>"), "{body}");
        let day = "2026-12-31T00:00:00".parse().unwrap();
        let prepared = mont().change_subscription_end_date(input(Some(day))).over(binding).into_request().unwrap();
        assert!(text(&prepared).contains("<endDate>2026-12-31T00:00:00</endDate>"), "{}", text(&prepared));
    }
}

#[test]
fn what_xml_cannot_carry_is_refused_with_its_place() {
    let input = GetOrder { order_number: "a\u{1}".into() };
    let error = mont().get_order(input).into_request().unwrap_err().to_string();
    assert!(error.contains("U+0001") && error.contains("orderNumber"), "{error}");
}

#[test]
fn corteos_renotify_is_the_vendors_sample() {
    let expected = sample("corteos/samples/renotify.request.xml");
    let mut client = OrdersAPIClient::with((), rt::Settings::new().environment(Fixed));
    let token = Some("ae26c893-ffce-****-****-4edfca62b5a6".into());
    client.set_auth_header(AuthHeader { token, ..AuthHeader::default() });
    let renotify = || client.renotify(Renotify { id_reserve: 1_768_311 });

    let soap12 = renotify().over(&ORDERS_API_SOAP12).into_request().unwrap();
    same(&expected, text(&soap12));
    assert_eq!(
        header(&soap12, "content-type"),
        "application/soap+xml; charset=utf-8; action=\"http://corteos.ru/Renotify\""
    );

    let soap11 = renotify().over(&ORDERS_API_SOAP).into_request().unwrap();
    let envelope11 = "http://schemas.xmlsoap.org/soap/envelope/";
    same(&expected.replace("http://www.w3.org/2003/05/soap-envelope", envelope11), text(&soap11));
    assert_eq!(header(&soap11, "content-type"), "text/xml; charset=utf-8");
    assert_eq!(header(&soap11, "soapaction"), "\"http://corteos.ru/Renotify\"");
    assert_eq!(soap11.request.method(), "POST");
}
