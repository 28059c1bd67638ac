//! MONT B2B web services, version 2: catalogue, orders of electronic software (ESD) and subscriptions (CSP).
//!
//! The vendor publishes no usable WSDL, so this contract is written by hand from its documentation, the wiki
//! <https://sandbox.webstore.mont.ru/wiki/> (pages `apiv2:methods:*`, `apiv2:types:*`), and from the messages shown there.
//! Names are the vendor's, letter for letter, including `AvaliableValues`, `TotalSumm`, `Successed` and
//! `WithdrawlKeysSupport`.
//!
//! One interface, two wires. SOAP 1.2 (DataContractSerializer: members sorted by name, namespaces, null as `i:nil`) and plain
//! XML over HTTP (XmlSerializer: members in the order below, no namespaces, null strings left out). Both are HTTPS only.
//!
//! # What is not known
//!
//! * The namespaces of the order, end-user, price and subscription-id contracts in SOAP. They are constants marked
//!   `#[unknown]` below, set to the namespace of the subscription contracts. Who sees others in a SOAP message sets them
//!   (`namespaces = { ORDERS = "http://…" }` in `bindery.toml`, `.namespace("ORDERS", "http://…")` on the builder) and
//!   generates again. The plain wire has no namespaces and is not touched by this.
//! * The members of `OrderKeyContract`, `OrderLinkContract` and `OrderFileContract`, the type of `Errors`, `OfferLimit` and
//!   `BundleId`, and what follows `IsAddon` in a price: kept as raw XML or as text.
//! * The names of most subscription states and of `Source`'s values: open codes.
//! * The methods AddOrderDelayed, ConfirmDelayedOrder, RefuseDelayedOrder, AddReserve, CheckLimits, GetMenu, GetProduct,
//!   GetActivationForm, ActivateSubscriber and StartSubscription are named by the documentation, but not what they take.

#![contract(namespace = TEMPURI, types = CONTRACTS, style = data_contract)]

const TEMPURI: Ns = "http://tempuri.org/";
const CONTRACTS: Ns = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts";
const RESPONSES: Ns = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts.Responses";
const SUBSCRIBER: Ns = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts.Subscriber";

/// Contracts of orders, sent and received.
#[unknown]
const ORDERS: Ns = CONTRACTS;
/// Contracts of the licence form.
#[unknown]
const END_USER_INFO: Ns = CONTRACTS;
/// Contracts of the price list.
#[unknown]
const PRICES: Ns = CONTRACTS;
/// The list of subscription ids.
#[unknown]
const SUBSCRIPTION_IDS: Ns = CONTRACTS;

/// Catalogue, orders and subscriptions of a MONT reseller.
#[binding(
    soap,
    version = "1.2",
    endpoint = "https://sandbox.mont.ru/Version2/Service/B2BServiceV2.svc",
    action = "http://tempuri.org/IB2BServiceV2/{op}",
    addressing = "2005/08",
    security = username_token(text)
)]
#[binding(
    xml,
    endpoint = "https://sandbox.mont.ru/Version2/Service/B2BServiceV2Xml.svc",
    path = "/{op}",
    auth = basic
)]
#[errors(MontError)]
trait B2BServiceV2 {
    /// Places an order for several products at once.
    ///
    /// `OrderNum` must be unique among the reseller's orders and every `OrderLineNum` among the reseller's order lines.
    /// Keys, links and files ordered as ESD cannot be given back: an order cannot be cancelled once it is placed.
    /// `OrderStatus` of the answer says how far the order has come; keys, links and files are filled only in lines that were
    /// fulfilled completely.
    #[settled(by = GetOrder, key = OrderNum)]
    #[raises(2, 4, 6, 8, 10, 12, 16, 17, 25, 61, 71, 72, 75, 76, 87, 101, 200, 900, 6000, 6005, 7022, 7023)]
    fn AddOrder(orderRequest: SendOrderContract) -> BaseResponse<OrderContract>;

    /// The order as it stands, with the keys, links and files that are current at the time of the call.
    ///
    /// Some links live for 24 hours only (`FulfillmentType` 1): ask again for a fresh one.
    /// The vendor's table types `orderNumber` as int although `OrderNum` is a string.
    #[read]
    #[raises(3)]
    fn GetOrder(orderNumber: String) -> BaseResponse<OrderContract>;

    /// The licence form to fill in for products whose price says `LicenseFormRequired`.
    #[read]
    fn GetUserInfoDescriptionFor(langCode: String, partNums: Vec<String>) -> BaseResponse<UserInfoDescriptions>;

    /// Checks a filled licence form. What is wrong is told in `HasError` and `ErrorText` of each description; the answer as a
    /// whole is an error only when the service is out of operation.
    ///
    /// The parameters stand in the order of the vendor's sample; its table has `endUserInfo` first.
    #[read]
    fn CheckEndUserInfo(
        langCode: String,
        partNum: String,
        endUserInfo: EndUserInfoContract,
    ) -> BaseResponse<UserInfoDescriptions>;

    /// The price list. `version` is always 0.
    #[read]
    #[get]
    fn GetPriceChanges(version: i64) -> BaseResponse<PriceChangesContract>;

    /// Changes the number of users of an active subscription.
    ///
    /// Its state becomes "updating" and, once the vendor has confirmed, "active" again with the new number. A subscription in
    /// any other state is refused with code 90.
    #[effectful]
    #[raises(17, 30, 74, 90)]
    #[example(xml, "samples/change_quantity")]
    #[example(soap, "samples/change_quantity_soap")]
    fn ChangeQuantityOfSubscription(
        montSubscriptionId: String,
        /// True if the end user asks for it, false if the reseller does.
        byEndUser: bool,
        newQuantity: i32,
    ) -> BaseResponse<SubscriptionContract>;

    /// Sets the day a subscription ends, or makes it renew itself when no day is given.
    #[effectful]
    #[raises(30, 62, 74, 90)]
    fn ChangeSubscriptionEndDate(
        montSubscriptionId: String,
        /// None means automatic renewal; the vendor wants an empty element then.
        #[absent(empty)]
        endDate: Option<DateTime>,
    ) -> BaseResponse<SubscriptionContract>;

    /// Ids of the reseller's subscriptions that have changed since `version`.
    #[read]
    fn GetSubscriptionsId(version: i64, byAllLogins: bool) -> BaseResponse<SubscriptionsId>;
}

/// What every method answers: `Data` is the result, or the other members say why there is none.
#[reply(ok = Data, failed = IsError, code = ErrorCode, text = ErrorText, name = "{T}Response")]
#[ns(RESPONSES)]
struct BaseResponse<T> {
    Data: Option<T>,
    IsError: bool,
    /// 0 when there is no error.
    ErrorCode: MontError,
    ErrorText: Option<String>,
    /// Empty in every message seen; the type of its items is not known.
    Errors: Option<Xml>,
}

/// MONT's error codes.
#[open]
enum MontError {
    Ok = 0,
    /// Продукт не найден
    ProductNotFound = 2,
    /// Заказ не найден
    OrderNotFound = 3,
    /// Такой номер заказа (строки заказа) уже есть в системе
    DuplicateOrderNum = 4,
    /// Превышен кредитный лимит
    CreditLimitExceeded = 6,
    /// Поле номер строки заказа не задано
    #[not_executed]
    OrderLineNumMissing = 8,
    /// Продукт заблокирован
    ProductBlocked = 10,
    /// Лицензионная форма не передана
    LicenseFormMissing = 12,
    /// Реселлер заблокирован
    ResellerBlocked = 16,
    /// Количество задано не верно
    #[not_executed]
    BadQuantity = 17,
    /// Неверный формат номера строки заказа (для Microsoft не длиннее 32 символов)
    #[not_executed]
    BadOrderLineNum = 25,
    /// Операция не может быть выполнена, попробуйте позже
    #[retry]
    TryLater = 30,
    /// Подписка еще не активирована
    SubscriptionNotActivated = 61,
    /// Дата окончания в прошлом
    EndDateInPast = 62,
    /// Поле номер заказа не задано
    #[not_executed]
    OrderNumMissing = 71,
    /// Отсутствуют строки заказа в заказе
    #[not_executed]
    NoOrderLines = 72,
    /// Подписка с указанным кодом не найдена
    SubscriptionNotFound = 74,
    /// Подписчик с указанным кодом не найден
    SubscriberNotFound = 75,
    /// Подписчик с указанным кодом не активирован
    SubscriberNotActivated = 76,
    /// Не указан подписчик для товара с типом подписка
    #[not_executed]
    SubscriberMissing = 87,
    /// Подписка находится в незавершенном состоянии
    SubscriptionBusy = 90,
    /// Внутренняя ошибка сервиса
    Internal = 101,
    /// Incorrect EndUserInfo Data
    BadEndUserInfo = 200,
    /// Для заданного продукта не нужна активационная форма
    LicenseFormNotNeeded = 900,
    /// Операция запрещена
    Forbidden = 6000,
    /// Запрещено заказывать продукты с именными лицензиями
    NamedLicensesForbidden = 6005,
    /// Проверка номера телефона Unisafe не пройдена
    PhoneCheckFailed = 7022,
    /// Ошибка при проверке номера телефона Unisafe
    PhoneCheckError = 7023,
}

/// An order to place.
#[ns(ORDERS)]
struct SendOrderContract {
    /// Unique among the reseller's orders, for example `KEYS-00004280`.
    OrderNum: String,
    SendOrderLines: Vec<SendOrderLineContract>,
}

/// A line of an order to place.
#[ns(ORDERS)]
struct SendOrderLineContract {
    /// Unique among all of the reseller's order lines, for example `KEYS-00004280-1`. At most 32 characters for Microsoft.
    OrderLineNum: String,
    PartNum: String,
    Quantity: i32,
    /// The filled licence form, where the price says `LicenseFormRequired`.
    EndUserInfo: Option<EndUserInfoContract>,
    /// The subscriber a subscription is placed for. Subscriptions only.
    MontSubscriberId: Option<Guid>,
}

/// A filled licence form.
#[ns(END_USER_INFO)]
struct EndUserInfoContract {
    Fields: Vec<EndUserInfoFieldContract>,
}

/// One answer of a licence form.
#[ns(END_USER_INFO)]
struct EndUserInfoFieldContract {
    /// `FieldName` of the description it answers.
    FieldName: String,
    FieldValue: Option<String>,
}

/// An order as MONT knows it.
#[ns(ORDERS)]
struct OrderContract {
    OrderNum: String,
    /// Never `Error` for the order as a whole.
    OrderStatus: OrderLineStatusEnum,
    DateCreated: DateTime,
    OrderLines: Vec<OrderLineContract>,
}

/// How far an order or a line has come.
#[open]
#[ns(ORDERS)]
enum OrderLineStatusEnum {
    InProcess = 1,
    Error = 2,
    Successed = 3,
}

/// A line of an order. The vendor's table of its members could not be had: they are those of
/// `OrderLineWiInstructionContract` without the instructions, so most may be absent, and others are kept as XML.
#[unchecked]
#[ns(ORDERS)]
struct OrderLineContract {
    OrderLineNum: String,
    DateCreated: Option<DateTime>,
    PartNum: Option<String>,
    Quantity: Option<i32>,
    TotalSumm: Option<f64>,
    ItemPrice: Option<f64>,
    Currency: Option<String>,
    OrderStatus: Option<OrderLineStatusEnum>,
    EndUserInfo: Option<EndUserInfoContract>,
    /// Licence keys. Filled only in lines that were fulfilled completely, likewise `Links` and `Files`.
    #[secret]
    Keys: Option<Vec<OrderKeyContract>>,
    #[secret]
    Links: Option<Vec<OrderLinkContract>>,
    #[secret]
    Files: Option<Vec<OrderFileContract>>,
    SubscriptionId: Option<String>,
    MontSubscriberId: Option<Guid>,
    ErrorCode: Option<MontError>,
    ErrorText: Option<String>,
}

/// A licence key. Its members are not documented: read `elements`.
#[unchecked]
#[ns(ORDERS)]
struct OrderKeyContract {}

/// A download link. Its members are not documented.
#[unchecked]
#[ns(ORDERS)]
struct OrderLinkContract {}

/// A file. Its members are not documented.
#[unchecked]
#[ns(ORDERS)]
struct OrderFileContract {}

/// The questions of a licence form. (The type's name is ours; it is not on the wire.)
#[ns(END_USER_INFO)]
struct UserInfoDescriptions {
    Descriptions: Vec<EndUserInfoDescriptionContract>,
}

/// One question of a licence form: what to ask the end user and how the answer must look.
#[ns(END_USER_INFO)]
struct EndUserInfoDescriptionContract {
    FieldName: String,
    FieldTitle: Option<String>,
    FieldDescription: Option<String>,
    /// Obsolete.
    RegExprs: Option<String>,
    SmallRegExprs: Option<String>,
    /// Only in the answer of ActivateSubscriber.
    FieldsValue: Option<String>,
    /// What may be answered where `FieldType` is `OneToMany`.
    AvaliableValues: Option<Vec<String>>,
    /// What is wrong with the answer, when `HasError`.
    ErrorText: Option<String>,
    HasError: Option<bool>,
    RelatedPartNums: Option<Vec<String>>,
    FieldType: Option<FieldType>,
    UserType: Option<UserType>,
    Required: Option<bool>,
    MinLength: Option<i32>,
    MaxLength: Option<i32>,
}

/// What kind of answer a question wants.
#[open]
#[ns(END_USER_INFO)]
enum FieldType {
    Text = 1,
    Bool = 2,
    OneToMany = 3,
}

/// Whom a question is about.
#[open]
#[ns(END_USER_INFO)]
enum UserType {
    EndUser = 1,
    Reseller = 2,
}

/// Prices.
#[ns(PRICES)]
struct PriceChangesContract {
    ActualVersion: i64,
    /// The prices known so far are to be thrown away first.
    ClearBeforeUpdate: bool,
    PriceList: Vec<PriceContract>,
}

/// The price of a product. The vendor's page could be had only in part: what follows `IsAddon` is kept as XML.
#[unchecked]
#[ns(PRICES)]
struct PriceContract {
    PartNum: String,
    Price: Decimal,
    EndUserPrice: Option<Decimal>,
    /// `RUR` and the like.
    CurrencyCode: Option<String>,
    EndUserCurrencyCode: Option<String>,
    FulfillmentType: Option<FulfillmentType>,
    /// The order needs a filled licence form.
    LicenseFormRequired: bool,
    InstantDelivery: Option<bool>,
    HasVat: Option<bool>,
    /// Cannot be ordered.
    Blocked: bool,
    MinCountRequired: Option<i32>,
    MaxCountRequired: Option<i32>,
    FamilyGroupId: Option<i32>,
    ProductType: Option<ProductType>,
    Returnable: Option<bool>,
    ExistsInCalc: Option<bool>,
    SubscriptionDuration: Option<i32>,
    SubscriptionDurationType: Option<SubscriptionDurationType>,
    /// Its type is not documented.
    OfferLimit: Option<Xml>,
    WithdrawlKeysSupport: Option<bool>,
    IsAddon: Option<bool>,
}

/// How a product is delivered. Values but 1 carry no meaning.
#[open]
#[ns(PRICES)]
enum FulfillmentType {
    /// Links live for 24 hours: ask `GetOrder` for a fresh one.
    LinksLive24Hours = 1,
    /// Seen. The vendor says that values other than 1 carry no meaning.
    Other2 = 2,
}

/// What is sold.
#[open]
#[ns(PRICES)]
enum ProductType {
    Product = 1,
    Subscription = 2,
}

/// The unit of a subscription's duration.
#[open]
#[ns(PRICES)]
enum SubscriptionDurationType {
    Day = 1,
    Month = 2,
    Year = 3,
}

/// Ids of subscriptions. (The type's name is ours; it is not on the wire.)
#[ns(SUBSCRIPTION_IDS)]
struct SubscriptionsId {
    Ids: Vec<String>,
    /// To be given as `version` the next time.
    LastVersion: i64,
}

/// A subscription as it stands after the call.
struct SubscriptionContract {
    SubscriptionId: String,
    DateCreated: DateTime,
    StateId: SubscriptionState,
    StartDate: Option<DateTime>,
    /// None means that it renews itself.
    ActiveTill: Option<DateTime>,
    MontSubscriberId: Option<Guid>,
    /// Seen in SOAP answers only.
    #[only(soap)]
    ParentSubscriptionId: Option<String>,
    Quantity: i32,
    PartNum: String,
    SubscriptionUrl: Option<String>,
    /// Null in every message seen. A value type, but it is not known which: kept as text.
    #[absent(nil)]
    BundleId: Option<String>,
    Periods: Vec<SubscriptionPeriodContract>,
    Events: Vec<SubscriptionEventContract>,
    RegistrationProfile: Option<RegistrationProfile>,
    /// Seen in SOAP answers only.
    #[only(soap)]
    SubscriptionItems: Option<Vec<SubscriptionItemContract>>,
    ProductName: Option<String>,
    VendorName: Option<String>,
    /// 0 and 1 have been seen; their meaning is not documented.
    Source: Option<i32>,
    ResellerName: Option<String>,
    /// Seen in answers of the plain wire only.
    #[only(xml)]
    ResellerPrice: Option<Decimal>,
    /// Seen in answers of the plain wire only.
    #[only(xml)]
    ResellerCurrency: Option<String>,
}

/// The state of a subscription. Codes 1, 4, 5, 6 and 7 have been seen and the vendor names none of them: 1 and 5 follow from
/// its samples, the others are called by their numbers.
#[open]
enum SubscriptionState {
    Active = 1,
    /// Seen before the first activation.
    State4 = 4,
    Updating = 5,
    /// Seen; its meaning is not known.
    State6 = 6,
    /// Seen; its meaning is not known.
    State7 = 7,
}

/// A time during which a subscription had a number of seats.
struct SubscriptionPeriodContract {
    StartDate: DateTime,
    StopDate: Option<DateTime>,
    Seats: i32,
    DateCreated: Option<DateTime>,
    PartNum: Option<String>,
}

/// Something that happened to a subscription.
struct SubscriptionEventContract {
    DateCreated: DateTime,
    StatusId: SubscriptionState,
    PreviousStatusId: Option<SubscriptionState>,
    SubscriptionStopDate: Option<DateTime>,
    PreviousSubscriptionEndDate: Option<DateTime>,
    Quantity: Option<i32>,
    PreviousQuantity: Option<i32>,
    PartNum: Option<String>,
    PreviousPartNum: Option<String>,
    IsError: bool,
    ErrorText: Option<String>,
    MontSystemId: Option<i32>,
    SubscriptionNum: Option<String>,
    ResellerName: Option<String>,
}

/// What a subscription consists of.
struct SubscriptionItemContract {
    CreateDate: DateTime,
    PartNum: Option<String>,
    ResourceUrl: Option<String>,
    SeatQuantity: Option<i32>,
}

/// The end user's account at the product's vendor. The element stands in the namespace of the subscription, its members in
/// this one.
#[ns(SUBSCRIBER)]
struct RegistrationProfile {
    Supplier: Option<String>,
    #[secret]
    Login: Option<String>,
    #[secret]
    Password: Option<String>,
    #[secret]
    RegFields: Option<Vec<RegItemContract>>,
    IsActivated: Option<bool>,
    ActivationDate: Option<DateTime>,
}

/// A field of a registration.
#[ns(SUBSCRIBER)]
struct RegItemContract {
    FieldName: String,
    FieldValue: Option<String>,
    FieldTitle: Option<String>,
    ClientVisible: Option<bool>,
}
