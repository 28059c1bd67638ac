//! PlaceOrderAndAuthorize_API.

use super::slots::{Read, Slots, refuse};
use super::value::Value;
use super::{ACCOUNT_ID, Billing};

pub(crate) struct Account {
    pub(crate) id: i32,
    pub(crate) login: String,
    /// `Name`, value, as the contact data gave them.
    pub(crate) contact: Vec<(String, String)>,
}

pub(crate) struct Order {
    pub(crate) id: i32,
    pub(crate) number: String,
    pub(crate) status: String,
    pub(crate) created: &'static str,
    pub(crate) total: f64,
    pub(crate) comments: String,
}

/// Invented for the demo: when every order is said to have been created, and what each of its items costs.
const CREATED: &str = "15-Jan-2026 10:20:30";
const ITEM_PRICE: f64 = 10.0;
const TAX: f64 = 0.2;

type Pairs<'a> = Vec<(&'a str, &'a str)>;

struct Request<'a> {
    items: Vec<[i32; 4]>,
    provisioning: Vec<(i32, Pairs<'a>)>,
    contact: Pairs<'a>,
    pay_tool: Pairs<'a>,
    attributes: Pairs<'a>,
    terms: Vec<i32>,
}

/// The groups after the contact data may be left out from the end, but not one in the middle.
fn read(values: &[Value]) -> Read<Request<'_>> {
    let mut slots = Slots::new(values);
    if slots.id("VendorAccountID")? != 1 {
        return refuse("Access Denied.");
    }
    let items = slots.entries("ProvisioningItemsCounter", |slots| item(slots.text("ProvisioningItem")?))?;
    let provisioning = slots.section("ProvisioningDataSlotCounter", |slots| {
        let id = slots.id("ProvisioningItemID")?;
        let parameters = slots.entries("ProvisioningParametersCounter", |s| s.pair("ProvisioningParameter"))?;
        Ok((id, parameters))
    })?;
    let contact = slots.entries("ContactDataCounter", |slots| slots.pair("ContactDataSlot"))?;
    let mut request =
        Request { items, provisioning, contact, pay_tool: Vec::new(), attributes: Vec::new(), terms: Vec::new() };
    if !slots.at_end() {
        request.pay_tool = slots.entries("PayToolCounter", |slots| slots.pair("PayToolSlot"))?;
    }
    if !slots.at_end() {
        slots.entries("AdditionalContactsDataCounter", |slots| {
            slots.id("AdditionalContactID")?;
            slots.entries("NumberOfParametersInContact", |slots| slots.pair("ContactInfoSlot"))
        })?;
    }
    if !slots.at_end() {
        request.attributes =
            slots.entries("NumberOfParamsInOrderAttributesDataSlot", |slots| slots.pair("OrderAttributesDataSlot"))?;
    }
    if !slots.at_end() {
        request.terms = slots
            .entries("NumberOfParamsInTermsAndConditionsDataSlot", |slots| slots.id("TermsAndConditionsDataSlot"))?;
    }
    slots.end()?;
    Ok(request)
}

/// `<PlanID>=<PlanPeriodID>=<ProvisioningItemID>=<ParentItemID>`.
fn item(text: &str) -> Read<[i32; 4]> {
    let numbers: Option<Vec<i32>> = text.split('=').map(|part| part.parse().ok()).collect();
    match numbers.and_then(|numbers| <[i32; 4]>::try_from(numbers).ok()) {
        Some(item) => Ok(item),
        None => refuse(format!("Provisioning item '{text}' must be four numbers divided by '='.")),
    }
}

pub(crate) fn execute(billing: &mut Billing, values: &[Value]) -> Read<Value> {
    let request = read(values)?;
    let ids: Vec<i32> = request.items.iter().map(|item| item[2]).collect();
    if ids.is_empty() {
        return refuse("The order has no provisioning items.");
    }
    if ids.iter().enumerate().any(|(at, id)| ids[..at].contains(id)) {
        return refuse("ProvisioningItemID is not unique within the order.");
    }
    if let Some((id, _)) = request.provisioning.iter().find(|(id, _)| !ids.contains(id)) {
        return refuse(format!("Provisioning parameters name item {id}, which is not in the order."));
    }
    let account = account(billing, &request.contact)?;
    let login = billing.accounts[account].login.clone();
    let total = ITEM_PRICE * ids.len() as f64;
    let number = billing.orders.len() + 1;
    let order = Order {
        id: 500 + number as i32,
        number: format!("SO{number:06}"),
        // Without accepted terms the order waits for them.
        status: if request.terms.is_empty() { "Waiting for acceptance" } else { "Opened" }.to_owned(),
        created: CREATED,
        total: total * (1.0 + TAX),
        comments: request.attributes.iter().map(|(name, value)| format!("{name}={value};")).collect(),
    };
    let redirect = request.pay_tool.contains(&("PayToolTypeID", "2"));
    let mut reply = vec![
        Value::Int(billing.accounts[account].id),
        Value::Int(order.id),
        Value::Text(login),
        Value::text(order.created),
        billing.null.clone(),
        Value::Double(order.total),
        Value::Double(total * TAX),
        Value::Double(0.0),
        Value::Double(total),
        Value::Text(format!("Demo order of {} items", ids.len())),
        Value::Text(order.number.clone()),
    ];
    let pairs = [("order", order.number.as_str()), ("sign", "a=b&c")];
    reply.push(Value::text(if redirect { "POST" } else { "" }));
    reply.push(Value::text(if redirect { "https://pay.example/start" } else { "" }));
    let pairs = if redirect { &pairs[..] } else { &[] };
    reply.push(Value::Int(pairs.len() as i32));
    reply.extend(pairs.iter().flat_map(|(name, value)| [Value::text(*name), Value::text(*value)]));
    billing.orders.push(order);
    Ok(Value::Array(reply))
}

/// The place of the account in the list: the one the contact data names, or a new one.
fn account(billing: &mut Billing, contact: &Pairs<'_>) -> Read<usize> {
    let find = |name: &str| contact.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    if let Some(id) = find("AccountID") {
        return match billing.accounts.iter().position(|account| account.id.to_string() == id) {
            Some(at) => Ok(at),
            None => refuse(format!("Table Account does not contain row with ID {id}.")),
        };
    }
    let Some(login) = find("LoginID").filter(|login| !login.is_empty()) else {
        return refuse("Contact data must hold LoginID for a new account.");
    };
    if billing.accounts.iter().any(|account| account.login == login) {
        return refuse(format!("Login {login} already exists."));
    }
    let id = ACCOUNT_ID + billing.accounts.len() as i32;
    // Passwords are not kept.
    let kept = contact.iter().filter(|(name, _)| *name != "PasswordID");
    let contact = kept.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    billing.accounts.push(Account { id, login: login.to_owned(), contact });
    Ok(billing.accounts.len() - 1)
}
