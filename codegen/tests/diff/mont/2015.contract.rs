//! What MONT's SOAP sample of September 2015 shows of a subscription. Its periods, events and profile are left out here.

#![contract(namespace = TEMPURI, types = CONTRACTS, style = data_contract)]

const TEMPURI: Ns = "http://tempuri.org/";
const CONTRACTS: Ns = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts";

#[binding(
    soap,
    version = "1.2",
    endpoint = "https://sandbox.mont.ru/Version2/Service/B2BServiceV2.svc",
    action = "http://tempuri.org/IB2BServiceV2/{op}",
    addressing = "2005/08",
    security = username_token(text)
)]
trait B2BServiceV2 {
    #[effectful]
    fn ChangeQuantityOfSubscription(
        montSubscriptionId: String,
        byEndUser: bool,
        newQuantity: i32,
    ) -> SubscriptionContract;
}

struct SubscriptionContract {
    SubscriptionId: String,
    DateCreated: DateTime,
    StateId: i32,
    StartDate: Option<DateTime>,
    ActiveTill: Option<DateTime>,
    MontSubscriberId: Option<Guid>,
    ParentSubscriptionId: Option<String>,
    Quantity: i32,
    PartNum: String,
    SubscriptionUrl: Option<String>,
    SubscriptionItems: Option<Vec<SubscriptionItemContract>>,
    ProductName: Option<String>,
    VendorName: Option<String>,
    Source: Option<i32>,
    ResellerName: Option<String>,
}

struct SubscriptionItemContract {
    CreateDate: Option<DateTime>,
    PartNum: Option<String>,
    ResourceUrl: Option<String>,
    SeatQuantity: Option<i32>,
}
