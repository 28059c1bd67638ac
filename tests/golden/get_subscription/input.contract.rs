//! One operation as a WCF service offers it: what the tolerance tests read their answers with.

#![contract(namespace = TEMPURI, types = CONTRACTS, style = data_contract)]

const TEMPURI: Ns = "http://tempuri.org/";
const CONTRACTS: Ns = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts";
const RESPONSES: Ns = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts.Responses";

/// Subscriptions.
#[binding(soap, version = "1.2", endpoint = "http://127.0.0.1:8080/B2BServiceV2.svc", action = "http://tempuri.org/IB2BServiceV2/{op}")]
trait B2BServiceV2 {
    #[read]
    #[fault(B2BFault)]
    fn GetSubscription(montSubscriptionId: Option<String>, byEndUser: Option<bool>) -> Option<SubscriptionResponse>;
}

#[ns(RESPONSES)]
struct SubscriptionResponse {
    Data: Option<SubscriptionContract>,
    ErrorCode: Option<i32>,
    ErrorText: Option<String>,
    IsError: Option<bool>,
}

struct SubscriptionContract {
    ActiveTill: Option<DateTime>,
    DateCreated: DateTime,
    MontSubscriberId: Option<Guid>,
    Periods: Option<Vec<SubscriptionPeriodContract>>,
    Quantity: i32,
    ResellerPrice: Option<Decimal>,
    State: SubscriptionState,
    SubscriptionId: Option<String>,
}

struct SubscriptionPeriodContract {
    Seats: Option<i32>,
    StartDate: Option<DateTime>,
}

#[open]
#[text]
enum SubscriptionState {
    Active,
    Updating,
    Stopped,
}

struct B2BFault {
    Code: Option<i32>,
    Message: Option<String>,
}
