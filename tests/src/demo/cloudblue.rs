//! CloudBlue: orders as lists of positional values.

use bindery_generated::cloudblue::{
    AccountDetailsGetApi, BillingManagerClient, ItemParameters, Pair, PlaceOrder, PlacedOrder, ProvisioningItem,
};
use bindery_runtime::transport::{Reqwest, Ureq};
use bindery_runtime::{CallError, FaultCode};

use super::transcript::Transcript;
use super::world::World;
use super::{Result, check, error_of, present};
use crate::server::ACCOUNT_ID;

const PASSWORD: &str = "customer-Pa55phrase";
const CARD: &str = "4111111111111111";
const TRANSFER_KEY: &str = "transfer-Key-7081";

pub(super) fn run(t: &mut Transcript<'_>, world: &mut World) -> Result {
    t.section(
        "CloudBlue: orders",
        "from a hand-written contract; XML-RPC, Execute({Server, Method, Params}), values told apart by position",
    )?;
    let billing = BillingManagerClient::with(Ureq::new(), world.cloudblue());

    // Parameters and contact data are secret as a whole; these are the values that matter.
    [PASSWORD, CARD, TRANSFER_KEY, "CVCID=737"].into_iter().for_each(|secret| world.keep_secret(secret));
    let order = new_account();
    check(!format!("{order:?}").contains(PASSWORD), "the password shows in Debug")?;
    let placed = billing.place_order_and_authorize_api(order).send()?;
    check(placed.login == "ivan.new" && placed.account_id != ACCOUNT_ID, "no new account was made")?;
    check(world.server.cloudblue_orders() == [placed.order_id], "the server does not have the order")?;
    t.step(
        "PlaceOrderAndAuthorize_API",
        [
            format!(
                "a new customer orders hosting and a domain: account {}, login {}",
                placed.account_id, placed.login
            ),
            sum(&placed),
        ],
    )?;

    let order = existing_account(ACCOUNT_ID);
    let again = billing.place_order_and_authorize_api(order).send()?;
    check(again.account_id == ACCOUNT_ID, format!("the order is for account {}", again.account_id))?;
    let page = present(again.redirect_url.as_deref(), "the payment page")?;
    let names: Vec<&str> = again.redirect_data.iter().map(|p| p.redirect_parameter_name.as_str()).collect();
    check(names == ["order", "sign"], format!("the payment page wants {names:?}"))?;
    let signature = again.redirect_data.get(1).map(|parameter| parameter.redirect_parameter_value.expose());
    check(signature.is_some_and(|value| value == "a=b&c"), "the signature is not as it was sent")?;
    t.step(
        "PlaceOrderAndAuthorize_API",
        [format!("account {ACCOUNT_ID} orders, and pays at {page} with {}", names.join(", ")), sum(&again)],
    )?;

    let error = error_of(billing.place_order_and_authorize_api(existing_account(42)).send())?;
    let CallError::Fault(faulted) = &error else { return Err(error.into()) };
    let fault = &faulted.fault;
    check(fault.code == FaultCode::Number(1), format!("the fault is {fault}"))?;
    check(fault.reason() == "Table Account does not contain row with ID 42.", format!("the fault says {fault}"))?;
    check(!fault.raw_text.is_empty(), "the fault was not encoded")?;
    t.step(
        "PlaceOrderAndAuthorize_API",
        [
            format!("account 42: fault {}, {}", fault.code, fault.reason()),
            format!("the text was sent as {}", fault.raw_text),
        ],
    )?;
    check(world.server.cloudblue_orders().len() == 2, "the refused order was taken")?;

    let billing = BillingManagerClient::with(Reqwest::new()?, world.cloudblue());
    let input = AccountDetailsGetApi { account_id: placed.account_id };
    let account = world.wait(async { billing.account_details_get_api(input).await })?;
    check(account.company_name == "Ромашка", format!("the company is {}", account.company_name))?;
    t.step(
        "AccountDetailsGet_API (async)",
        [
            format!("{}, {} {}, {}", account.company_name, account.acc_f_name, account.acc_l_name, account.acc_email),
            format!("TaxStatus::{:?}", account.tax_status),
        ],
    )
}

fn sum(placed: &PlacedOrder) -> String {
    format!(
        "order {} ({}): {:.2} and {:.2} tax",
        placed.order_nbr, placed.order_id, placed.merch_total, placed.tax_total
    )
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<Pair> {
    pairs.map(|(name, value)| Pair { name: name.to_owned(), value: value.to_owned() }).to_vec()
}

/// A service plan, and a domain that belongs to it.
fn items() -> Vec<ProvisioningItem> {
    vec![
        ProvisioningItem { plan_id: 20, plan_period_id: 36, provisioning_item_id: 0, parent_item_id: None },
        ProvisioningItem { plan_id: 3, plan_period_id: 5, provisioning_item_id: 1, parent_item_id: Some(0) },
    ]
}

/// The domain moves here from another registrar.
fn new_account() -> PlaceOrder {
    PlaceOrder {
        vendor_account_id: 1,
        provisioning_items: items(),
        provisioning_data: vec![ItemParameters {
            provisioning_item_id: 1,
            parameters: pairs([
                ("OrderOperationType", "90"),
                ("DomainID", "example.com"),
                ("TransferKey", TRANSFER_KEY),
            ])
            .into(),
        }],
        contact_data: pairs([
            ("LoginID", "ivan.new"),
            ("PasswordID", PASSWORD),
            ("CompanyNameID", "Ромашка"),
            ("FirstNameID", "Иван"),
            ("LastNameID", "Петров"),
            ("EmailID", "ivan@example.test"),
            ("CountryID", "RU"),
        ])
        .into(),
        pay_tool: pairs([
            ("PayToolTypeID", "0"),
            ("CardTypeID", "Visa"),
            ("CardNumberID", CARD),
            ("CVCID", "737"),
            ("ExpDateID", "10/30"),
        ])
        .into(),
        additional_contacts: Vec::new(),
        order_attributes: Vec::new(),
        terms_and_conditions: vec![1],
    }
}

/// The domain is registered; the customer pays on another site.
fn existing_account(id: i32) -> PlaceOrder {
    let domain = pairs([("OrderOperationType", "10"), ("DomainID", "example.org"), ("TransferKey", "")]);
    PlaceOrder {
        vendor_account_id: 1,
        provisioning_items: items(),
        provisioning_data: vec![ItemParameters { provisioning_item_id: 1, parameters: domain.into() }],
        contact_data: pairs([("AccountID", &id.to_string())]).into(),
        pay_tool: pairs([("PayToolTypeID", "2"), ("IPAddressID", "192.0.2.1")]).into(),
        additional_contacts: Vec::new(),
        order_attributes: pairs([("OrderTypeID", "BO")]),
        terms_and_conditions: vec![1],
    }
}
