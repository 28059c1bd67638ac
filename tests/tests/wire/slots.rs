//! CloudBlue's positional layout, value by value.

use bindery_generated::cloudblue::{
    AdditionalContact, BillingManagerClient, IncrementResourceUsageApi, ItemParameters, Pair, PlaceOrder,
    ProvisioningItem,
};
use bindery_runtime as rt;
use rt::{XmlRpcValue, xmlrpc};

use super::support::{Canned, Fixed, sample, text};

fn client() -> BillingManagerClient<()> {
    BillingManagerClient::with((), rt::Settings::new().endpoint("https://billing.example/RPC2").environment(Fixed))
}

pub(super) fn pairs(all: &[(&str, &str)]) -> Vec<Pair> {
    all.iter().map(|(name, value)| Pair { name: (*name).into(), value: (*value).into() }).collect()
}

/// A new customer orders a service and a domain for it.
pub(super) fn new_customer() -> PlaceOrder {
    let item = |plan_id, plan_period_id, provisioning_item_id, parent_item_id| ProvisioningItem {
        plan_id,
        plan_period_id,
        provisioning_item_id,
        parent_item_id,
    };
    PlaceOrder {
        vendor_account_id: 1,
        provisioning_items: vec![item(20, 36, 0, None), item(3, 5, 1, Some(0))],
        provisioning_data: vec![
            ItemParameters { provisioning_item_id: 0, parameters: pairs(&[("DomainID", "a.example")]).into() },
            ItemParameters {
                provisioning_item_id: 1,
                parameters: pairs(&[("OrderOperationType", "10"), ("DomainID", "a.example"), ("TransferKey", "")])
                    .into(),
            },
        ],
        contact_data: pairs(&[("LoginID", "new"), ("PasswordID", "p=w & <d>"), ("CompanyNameID", "ООО Ромашка")])
            .into(),
        pay_tool: pairs(&[("PayToolTypeID", "0"), ("CardNumberID", "4111111111111111"), ("CVCID", "737")]).into(),
        additional_contacts: vec![AdditionalContact {
            additional_contact_id: 7,
            contact_info: pairs(&[("FirstNameID", "Иван"), ("LastNameID", "Петров")]),
        }],
        order_attributes: pairs(&[("OrderTypeID", "BO")]),
        terms_and_conditions: vec![11, 12],
    }
}

/// What is in `Params`, as text with the type in front.
fn params(message: &str) -> Vec<String> {
    let (method, params) = xmlrpc::read_call(message, &xmlrpc::Options::new()).unwrap();
    assert_eq!(method, "Execute");
    let [carrier] = params.as_slice() else { panic!("{params:?}") };
    assert_eq!(carrier.member("Server"), Some(&XmlRpcValue::from("BM")));
    let items = carrier.member("Params").and_then(XmlRpcValue::items).unwrap();
    items
        .iter()
        .map(|item| match item {
            XmlRpcValue::Int(number) => format!("i4 {number}"),
            XmlRpcValue::Str(text) => text.clone(),
            XmlRpcValue::Double(number) => format!("double {}", number.as_str()),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_new_customers_order() {
    let prepared = client().place_order_and_authorize_api(new_customer()).into_request().unwrap();
    assert_eq!(
        params(text(&prepared)),
        [
            "i4 1", // VendorAccountID
            "i4 2", // ProvisioningItemsCounter
            "20=36=0=-1",
            "3=5=1=0",
            "i4 8", // ProvisioningDataSlotCounter: every value of the section, 2 + 1 and 2 + 3
            "i4 0",
            "i4 1",
            "DomainID=a.example",
            "i4 1",
            "i4 3",
            "OrderOperationType=10",
            "DomainID=a.example",
            "TransferKey=",
            "i4 3", // ContactDataCounter
            "LoginID=new",
            "PasswordID=p=w & <d>",
            "CompanyNameID=ООО Ромашка",
            "i4 3", // PayToolCounter
            "PayToolTypeID=0",
            "CardNumberID=4111111111111111",
            "CVCID=737",
            "i4 1", // AdditionalContactsDataCounter: entries
            "i4 7",
            "i4 2",
            "FirstNameID=Иван",
            "LastNameID=Петров",
            "i4 1", // NumberOfParamsInOrderAttributesDataSlot
            "OrderTypeID=BO",
            "i4 2", // NumberOfParamsInTermsAndConditionsDataSlot
            "i4 11",
            "i4 12",
        ]
    );
    assert!(text(&prepared).contains("<value>BM</value>"), "strings travel bare, as in the vendor's samples");
}

#[test]
fn an_existing_customers_order_leaves_out_what_it_may() {
    let order = PlaceOrder {
        provisioning_data: vec![],
        contact_data: pairs(&[("AccountID", "1000002")]).into(),
        pay_tool: pairs(&[("PayToolID", "3"), ("IPAddressID", "192.0.2.1")]).into(),
        additional_contacts: vec![],
        order_attributes: vec![],
        terms_and_conditions: vec![],
        ..new_customer()
    };
    let prepared = client().place_order_and_authorize_api(order.clone()).into_request().unwrap();
    let expected = [
        "i4 1",
        "i4 2",
        "20=36=0=-1",
        "3=5=1=0",
        "i4 0",
        "i4 1",
        "AccountID=1000002", // as a string: a number would be taken for the vendor's account
        "i4 2",
        "PayToolID=3",
        "IPAddressID=192.0.2.1",
        "i4 0", // an unused group in the middle; the two behind it are left out
    ];
    assert_eq!(params(text(&prepared)), expected);

    // A group that is used brings the counters of those before it.
    let terms = PlaceOrder { terms_and_conditions: vec![11], ..order };
    let prepared = client().place_order_and_authorize_api(terms).into_request().unwrap();
    assert_eq!(params(text(&prepared)), [&expected[..], &["i4 0", "i4 1", "i4 11"]].concat());
}

#[test]
fn the_sample_is_what_the_same_values_make() {
    let expected = params(&sample("cloudblue/samples/place_order_existing_customer.request.xml"));
    let order = PlaceOrder {
        provisioning_data: vec![
            ItemParameters { provisioning_item_id: 0, parameters: vec![].into() },
            ItemParameters {
                provisioning_item_id: 1,
                parameters: pairs(&[("OrderOperationType", "10"), ("DomainID", "example.com"), ("TransferKey", "")])
                    .into(),
            },
        ],
        contact_data: pairs(&[("AccountID", "1000002")]).into(),
        pay_tool: pairs(&[("PayToolID", "3"), ("IPAddressID", "192.0.2.1")]).into(),
        additional_contacts: vec![],
        order_attributes: vec![],
        terms_and_conditions: vec![],
        ..new_customer()
    };
    let prepared = client().place_order_and_authorize_api(order).into_request().unwrap();
    assert_eq!(params(text(&prepared)), expected);
}

#[test]
fn a_packed_value_that_would_shift_its_neighbours_is_refused() {
    let order = PlaceOrder { contact_data: pairs(&[("Login=ID", "x")]).into(), ..new_customer() };
    let error = client().place_order_and_authorize_api(order).into_request().unwrap_err().to_string();
    assert!(error.contains("ContactData"), "{error}");
}

#[test]
fn amounts_are_doubles() {
    let input = IncrementResourceUsageApi { subscription_id: 1, resource_id: 2, delta_amount: -0.1 };
    let prepared = client().increment_resource_usage_api(input).into_request().unwrap();
    assert_eq!(params(text(&prepared)), ["i4 1", "i4 2", "double -0.1"]);
}

#[test]
fn the_sample_answer_to_the_value() {
    let canned = Canned::new(200, "text/xml", sample("cloudblue/samples/place_order_existing_customer.response.xml"));
    let settings = rt::Settings::new().endpoint("https://billing.example/RPC2").environment(Fixed);
    let client = BillingManagerClient::with(&canned, settings);
    let placed = client.place_order_and_authorize_api(new_customer()).send().unwrap();
    assert_eq!((placed.account_id, placed.order_id), (1_000_002, 1_000_123));
    assert_eq!(placed.login, "customer@example.com");
    assert_eq!(placed.creation_time_str, "22-Nov-2026 10:00:00");
    assert_eq!(placed.doc_id, None);
    assert_eq!((placed.total, placed.tax_total, placed.disc_total, placed.merch_total), (24.2, 4.2, 0.0, 20.0));
    assert_eq!((placed.descr.as_str(), placed.order_nbr.as_str()), ("Sales Order SO000123", "SO000123"));
    assert_eq!(placed.post_method.unwrap_or_default(), "");
    assert_eq!(placed.redirect_url.unwrap_or_default(), "");
    assert_eq!((placed.redirect_data, placed.more), (vec![], vec![]));
}
