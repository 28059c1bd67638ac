//! CloudBlue Commerce billing (formerly Odin BA, Parallels PBA): the XML-RPC public API.
//!
//! Written by hand from <https://docs.cloudblue.com/cbc/21.0-2d0497a2/Billing-Public-API-Reference/>: the vendor describes its
//! methods as lists of slots and publishes no schema. Every call is the XML-RPC method `Execute` with one struct,
//! `{Server, Method, Params}`; `Params` and the result are arrays of values that are told apart by position only. Structs
//! marked `#[slots]` are such arrays: their members are the slots, in order.
//!
//! Returned arrays grow at the end from version to version: slots this contract does not know are kept.
//!
//! # What is not known
//!
//! * The messages of the documentation's examples: none could be had in full, so the samples beside this file are ours,
//!   made from the documented rules, and say so.
//! * How an additional resource is written as a provisioning item, and which codes faults have.
//! * What `OrderStatusChange_API` answers.
//! * Version 4.4 answers `PlaceOrderAndAuthorize_API` with twelve slots, of which the last is `RedirectURL`: `PostMethod` was
//!   put before it later, so such an answer holds the address in `PostMethod`. It also gives `Total` without taxes and
//!   discount and `MerchTotal` with them, and the payment's id in `DocID`.

/// Accounts, orders and subscriptions.
#[binding(xml_rpc, method = "Execute", server = "BM")]
trait BillingManager {
    /// Creates an account and a staff member, registers a payment method, places an order for the account or for an existing
    /// one and pays it, as far as the request says so.
    ///
    /// An existing customer is named by the slot `AccountID=…` of `ContactData`. The order waits for acceptance when terms
    /// and conditions apply whose ids are not passed. Provisioning parameters are not checked. Nothing in the request keeps
    /// the same order from being placed twice.
    #[effectful]
    #[example(xml_rpc, "samples/place_order_existing_customer")]
    fn PlaceOrderAndAuthorize_API(order: PlaceOrder) -> PlacedOrder;

    /// An account's name, addresses and contact person.
    #[read]
    fn AccountDetailsGet_API(AccountID: i32) -> AccountDetails;

    /// A subscription's plan, states and dates.
    #[read]
    fn SubscriptionDetailsGetEx_API(SubscriptionID: i32) -> SubscriptionDetails;

    /// Adds to the usage of a resource of a subscription; a negative amount takes off.
    ///
    /// The vendor says that servers from version 5.2 on may offer it as `DUMMYGATE` only, and that several pairs of resource
    /// and amount may be passed; one pair is sent here.
    #[effectful]
    #[result(message)]
    fn IncrementResourceUsage_API(SubscriptionID: i32, ResourceID: i32, DeltaAmount: f64) -> StatusMessage;

    /// Changes the status of an order.
    ///
    /// `Signature` is the MD5 of values of the order's details (the method `GetOrder_API`) joined without separators, in
    /// hexadecimal: order id, order number, creation time, currency, a space and the total with two decimals, comments.
    /// What it answers is not documented: it is taken for a message.
    #[effectful]
    #[result(message)]
    fn OrderStatusChange_API(OrderID: i32, NewOrderStatus: String, Signature: String) -> StatusMessage;
}

/// The slots of a request to place an order.
///
/// A group in the middle that is not used is sent with counter 0. The two trailing groups were added after version 4.4 and
/// are left out when they are empty.
#[slots]
struct PlaceOrder {
    /// The account of the vendor whose plans are ordered.
    VendorAccountID: i32,
    /// What is ordered.
    #[count(entries)]
    ProvisioningItems: Vec<ProvisioningItem>,
    /// Parameters of the items. The counter of this section counts every value that follows in it, the ids and inner counters
    /// included; the counters of all other sections count their entries.
    #[count(values)]
    ProvisioningData: Vec<ItemParameters>,
    /// The new customer (`LoginID`, `PasswordID`, `CompanyNameID`, `EmailID` …), or `AccountID` of an existing one. Holds a
    /// password.
    #[count(entries)]
    #[secret]
    ContactData: Pairs,
    /// How it is paid (`PayToolTypeID`, `CardNumberID`, `CVCID` …, or `PayToolID` of a registered one). Holds card data.
    #[count(entries)]
    #[secret]
    PayTool: Pairs,
    /// Contact persons of domains.
    #[count(entries)]
    AdditionalContacts: Vec<AdditionalContact>,
    /// Attributes of the order (`OrderTypeID`, `SalesID`, `PromoCode` …).
    #[trailing]
    #[count(entries)]
    OrderAttributes: Pairs,
    /// Ids of the terms and conditions that are accepted.
    #[trailing]
    #[count(entries)]
    TermsAndConditions: Vec<i32>,
}

/// One thing ordered: `20=36=0=-1` is plan 20 for period 36 as item 0 without a parent.
#[packed("{PlanID}={PlanPeriodID}={ProvisioningItemID}={ParentItemID}")]
struct ProvisioningItem {
    PlanID: i32,
    PlanPeriodID: i32,
    /// Any number that is unique within the order.
    ProvisioningItemID: i32,
    /// The item this one belongs to, as a domain belongs to a hosting service.
    #[none(-1)]
    ParentItemID: Option<i32>,
}

/// Parameters of one item.
#[slots]
struct ItemParameters {
    /// The number the item was given.
    ProvisioningItemID: i32,
    /// `DomainID`, `OrderOperationType` (10 registration, 20 renewal, 90 transfer), `TransferKey`, contact ids … Holds the
    /// transfer key of a domain.
    #[count(entries)]
    #[secret]
    Parameters: Pairs,
}

/// A contact person.
#[slots]
struct AdditionalContact {
    AdditionalContactID: i32,
    #[count(entries)]
    ContactInfo: Pairs,
}

/// `Name=Value` in one string. The value may hold further `=` signs; nothing is encoded.
#[packed("{Name}={Value}")]
struct Pair {
    Name: String,
    Value: String,
}

type Pairs = Vec<Pair>;

/// What was placed.
#[slots(more)]
struct PlacedOrder {
    /// The customer's account.
    AccountID: i32,
    /// The order's id, which is not its number.
    OrderID: i32,
    /// The new customer's login to the control panel.
    #[max(64)]
    Login: String,
    #[max(40)]
    CreationTimeStr: String,
    /// Null since version 21.
    DocID: Option<i32>,
    /// With discount and taxes.
    Total: f64,
    TaxTotal: f64,
    DiscTotal: f64,
    /// With discount, without taxes.
    MerchTotal: f64,
    #[max(4096)]
    Descr: String,
    #[max(10)]
    OrderNbr: String,
    /// How the payment page is opened: `POST` or `GET`.
    #[trailing]
    PostMethod: Option<String>,
    /// The payment page; empty unless the payment method redirects.
    #[trailing]
    #[max(1024)]
    RedirectURL: Option<String>,
    /// What is passed to the payment page.
    #[trailing]
    #[count(entries)]
    RedirectData: Vec<RedirectParameter>,
}

/// A parameter of the payment page.
#[slots]
struct RedirectParameter {
    RedirectParameterName: String,
    #[secret]
    RedirectParameterValue: String,
}

/// An account. Version 4.4 lists 24 slots; answers with one or two more have been seen.
#[slots(more)]
struct AccountDetails {
    AccountID: i32,
    VendorAccountID: i32,
    #[max(80)]
    CompanyName: String,
    #[max(80)]
    Address1: String,
    #[max(80)]
    Address2: String,
    #[max(40)]
    City: String,
    #[max(80)]
    State: String,
    #[max(10)]
    Zip: String,
    #[max(2)]
    CountryID: String,
    #[max(1024)]
    PostalAddress: String,
    #[max(30)]
    accFName: String,
    accMName: String,
    accLName: String,
    #[max(100)]
    accEmail: String,
    #[max(4)]
    accPhCountryCode: String,
    #[max(10)]
    accPhAreaCode: String,
    #[max(20)]
    accPhNumber: String,
    #[max(10)]
    accPhExtention: String,
    accFaxCountryCode: String,
    accFaxAreaCode: String,
    accFaxNumber: String,
    accFaxExtention: String,
    /// Seconds since 1970.
    CreationDate: i32,
    TaxStatus: TaxStatus,
    #[trailing]
    AStatus: Option<i32>,
    #[trailing]
    FullyRegistred: Option<i32>,
}

/// Whom an account belongs to.
#[open]
enum TaxStatus {
    Personal = 1,
    Company = 2,
}

/// A subscription. The types follow from related methods: the documentation's own list of them could not be had.
#[slots(more)]
struct SubscriptionDetails {
    SubscriptionID: i32,
    Name: String,
    AccountID: i32,
    PlanID: i32,
    PlanName: String,
    Status: SubscriptionStatus,
    ServStatus: ServiceStatus,
    /// Seconds since 1970, like the dates that follow.
    StartDate: i32,
    ExpirationDate: i32,
    LastBillDate: i32,
    NextBillDate: i32,
    BillingPeriodType: i32,
    BillingPeriod: i32,
}

/// The state of a subscription.
#[open]
enum SubscriptionStatus {
    Ordered = 10,
    Trial = 15,
    Active = 30,
    Graced = 40,
    Expired = 50,
    Terminated = 60,
    Canceled = 70,
    Suspended = 80,
}

/// The state of the service behind a subscription.
#[open]
enum ServiceStatus {
    NotProvisioned = 10,
    Provisioning = 20,
    Stopped = 30,
    Starting = 40,
    Running = 50,
    Stopping = 60,
    Removing = 70,
    ChangingPlan = 80,
    Removed = 90,
}

/// What methods answer that only report success.
#[slots(more)]
struct StatusMessage {
    /// A sentence, such as "Operation done."
    Status: String,
}
