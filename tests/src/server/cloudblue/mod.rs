//! CloudBlue Commerce billing: XML-RPC with one method, `Execute`, and positional parameters.

mod place_order;
mod slots;
mod value;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use roxmltree::{Document, Node};

use self::place_order::{Account, Order};
use self::slots::{Read, Refusal, Slots, refuse};
use self::value::{Value, Violation};
use super::http::{Reply, Request};
use super::lexical::text;

pub(crate) const PATH: &str = "/RPC2";
/// The account the documentation's example orders for.
pub const ACCOUNT_ID: i32 = 1_000_002;
/// The one subscription of the demo, and the resource it may use.
pub const SUBSCRIPTION_ID: i32 = 1_000_077;
/// See [`SUBSCRIPTION_ID`].
pub const RESOURCE_ID: i32 = 1_000_500;

/// How a value the documentation calls null is sent: no sample shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NullForm {
    /// `<value></value>`.
    #[default]
    EmptyText,
    /// `<value><i4>0</i4></value>`.
    Zero,
}

pub(crate) struct Billing {
    /// The members `Username` and `Password`, when the installation asks for them.
    pub(crate) credentials: Option<(String, String)>,
    accounts: Vec<Account>,
    orders: Vec<Order>,
    usage: f64,
    null: Value,
}

impl Billing {
    pub(crate) fn open(credentials: Option<(String, String)>, null: NullForm) -> Self {
        let contact = [
            ("CompanyNameID", "Тестовая компания"),
            ("AddressID", "Тверская, 1"),
            ("CityID", "Moscow"),
            ("ZipID", "125009"),
            ("CountryID", "RU"),
            ("FirstNameID", "Иван"),
            ("LastNameID", "Петров"),
            ("EmailID", "ivan@example.test"),
            ("PhoneCountryID", "7"),
            ("PhoneAreaID", "495"),
            ("PhoneNumberID", "1234567"),
        ];
        let contact = contact.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let null = match null {
            NullForm::EmptyText => Value::text(""),
            NullForm::Zero => Value::Int(0),
        };
        let accounts = vec![Account { id: ACCOUNT_ID, login: "ivan".to_owned(), contact }];
        Self { credentials, accounts, orders: Vec::new(), usage: 0.0, null }
    }

    /// The ids of the orders taken, oldest first.
    pub(crate) fn order_ids(&self) -> Vec<i32> {
        self.orders.iter().map(|order| order.id).collect()
    }

    pub(crate) fn usage(&self) -> f64 {
        self.usage
    }

    pub(crate) fn order_status(&self, id: i32) -> Option<String> {
        self.orders.iter().find(|order| order.id == id).map(|order| order.status.clone())
    }

    pub(crate) fn order_signature(&self, id: i32) -> Option<String> {
        self.orders.iter().find(|order| order.id == id).map(signature)
    }
}

/// MD5 of the order's id, number, creation time, currency and total, and comments.
fn signature(order: &Order) -> String {
    let signed = format!("{}{}{}USD {:.2}{}", order.id, order.number, order.created, order.total, order.comments);
    Md5::digest(signed.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn answer(billing: &mut Billing, request: &Request) -> Reply {
    if request.method != "POST" {
        return Reply::html(405, "Method not allowed");
    }
    if !matches!(request.media_type().as_str(), "text/xml" | "application/xml") {
        return Reply::html(415, "Unsupported Media Type");
    }
    let body = String::from_utf8_lossy(&request.body);
    let Ok(document) = Document::parse(&body) else {
        return fault(-32700, "Parse error. Request is not well formed");
    };
    let call = match read_call(&document) {
        Ok(call) => call,
        Err(Violation(code, text)) => return fault(code, &text),
    };
    match execute(billing, &call) {
        Ok(value) => success(&value),
        // The table of business codes is not public: every refusal of the demo has the same.
        Err(Refusal(text)) => fault(1, &STANDARD.encode(text)),
    }
}

/// The struct that is the one parameter of `Execute`.
fn read_call(document: &Document<'_>) -> Result<Value, Violation> {
    let invalid = |path: &str| Violation(-32600, format!("Server error. XML-RPC violation: {path}"));
    let find = |node: Node<'_, '_>, name: &str| node.children().find(|n| n.has_tag_name(name)).map(|n| n.id());
    let root = document.root_element();
    if !root.has_tag_name("methodCall") {
        return Err(invalid("/"));
    }
    let get = |id: Option<roxmltree::NodeId>| id.and_then(|id| document.get_node(id));
    let name = get(find(root, "methodName")).ok_or_else(|| invalid("/methodCall"))?;
    if text(name).trim() != "Execute" {
        return Err(Violation(-32601, format!("Server error. Method {} not found", text(name).trim())));
    }
    let params = get(find(root, "params")).ok_or_else(|| invalid("/methodCall"))?;
    let mut given = params.children().filter(|n| n.has_tag_name("param"));
    let value = given.next().and_then(|param| param.children().find(|n| n.has_tag_name("value")));
    match (value, given.next()) {
        (Some(value), None) => Value::read(value, "/methodCall/params/param/value"),
        _ => Err(invalid("/methodCall/params/param")),
    }
}

fn execute(billing: &mut Billing, call: &Value) -> Read<Value> {
    let member = |name| match call.member(name) {
        Some(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    if let Some((user, password)) = &billing.credentials
        && (member("Username") != Some(user) || member("Password") != Some(password))
    {
        return refuse("Access Denied.");
    }
    if member("Server") != Some("BM") {
        return refuse("Server is not known.");
    }
    let Some(method) = member("Method") else { return refuse("Method is not given.") };
    let Some(Value::Array(params)) = call.member("Params") else { return refuse("Params must be an array.") };
    match method {
        "PlaceOrderAndAuthorize_API" => place_order::execute(billing, params),
        "AccountDetailsGet_API" => account_details(billing, params),
        "SubscriptionDetailsGetEx_API" => subscription_details(params),
        "IncrementResourceUsage_API" => increment_usage(billing, params),
        "OrderStatusChange_API" => change_status(billing, params),
        _ => refuse(format!("Method {method} is not found in BM.")),
    }
}

/// 24 documented values and the two that newer versions add.
fn account_details(billing: &Billing, params: &[Value]) -> Read<Value> {
    let mut slots = Slots::new(params);
    let id = slots.id("AccountID")?;
    slots.end()?;
    let Some(account) = billing.accounts.iter().find(|account| account.id == id) else {
        return refuse(format!("Table Account does not contain row with ID {id}."));
    };
    let named = |name: &str| {
        let value = account.contact.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        Value::text(value.unwrap_or(""))
    };
    let mut values = vec![Value::Int(account.id), Value::Int(1)];
    let names = [
        "CompanyNameID",
        "AddressID",
        "Address2ID",
        "CityID",
        "StateID",
        "ZipID",
        "CountryID",
        "PostAddressID",
        "FirstNameID",
        "MiddleNameID",
        "LastNameID",
        "EmailID",
        "PhoneCountryID",
        "PhoneAreaID",
        "PhoneNumberID",
        "PhoneExtensionID",
        "FaxCountryID",
        "FaxAreaID",
        "FaxNumberID",
        "FaxExtensionID",
    ];
    values.extend(names.map(named));
    values.extend([Value::Int(1_351_787_114), Value::Int(2), Value::Int(0), Value::Int(1)]);
    Ok(Value::Array(values))
}

/// 13 values; the types of the last seven are not documented, those here are ours.
fn subscription_details(params: &[Value]) -> Read<Value> {
    let mut slots = Slots::new(params);
    let id = slots.id("SubscriptionID")?;
    slots.end()?;
    if id != SUBSCRIPTION_ID {
        return refuse(format!("Table Subscription does not contain row with ID {id}."));
    }
    Ok(Value::Array(vec![
        Value::Int(id),
        Value::text("Demo subscription"),
        Value::Int(ACCOUNT_ID),
        Value::Int(20),
        Value::text("Demo plan"),
        Value::Int(30),
        Value::Int(50),
        Value::Int(1_767_225_600),
        Value::Int(1_798_761_600),
        Value::Int(1_767_225_600),
        Value::Int(1_769_904_000),
        Value::Int(2),
        Value::Int(1),
    ]))
}

fn increment_usage(billing: &mut Billing, params: &[Value]) -> Read<Value> {
    let mut slots = Slots::new(params);
    let (subscription, resource) = (slots.id("SubscriptionID")?, slots.id("ResourceID")?);
    let delta = slots.double("DeltaAmount")?;
    slots.end()?;
    if subscription != SUBSCRIPTION_ID || resource != RESOURCE_ID {
        return refuse(format!("Subscription {subscription} has no resource {resource}."));
    }
    billing.usage += delta;
    Ok(status("Operation done."))
}

fn change_status(billing: &mut Billing, params: &[Value]) -> Read<Value> {
    let mut slots = Slots::new(params);
    let id = slots.id("OrderID")?;
    let (new, signed) = (slots.text("NewOrderStatus")?, slots.text("Signature")?);
    slots.end()?;
    let Some(order) = billing.orders.iter_mut().find(|order| order.id == id) else {
        return refuse(format!("Table SalesOrder does not contain row with ID {id}."));
    };
    if !signed.eq_ignore_ascii_case(&signature(order)) {
        return refuse("Order signature is not valid.");
    }
    order.status = new.to_owned();
    Ok(status("Operation done."))
}

/// What methods of the kind `ErrorMessage` answer; only the member's name is documented.
fn status(text: &str) -> Value {
    Value::Struct(vec![("Status".to_owned(), Value::text(text))])
}

fn success(result: &Value) -> Reply {
    let mut value = String::new();
    Value::Struct(vec![("Result".to_owned(), Value::Array(vec![result.clone()]))]).write(&mut value);
    respond(&format!("<params><param>{value}</param></params>"))
}

fn fault(code: i32, text: &str) -> Reply {
    let mut value = String::new();
    let members = [("faultCode", Value::Int(code)), ("faultString", Value::text(text))];
    Value::Struct(members.map(|(name, value)| (name.to_owned(), value)).to_vec()).write(&mut value);
    respond(&format!("<fault>{value}</fault>"))
}

fn respond(inside: &str) -> Reply {
    let body = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<methodResponse>{inside}</methodResponse>");
    Reply::new(200, "text/xml", body)
}
