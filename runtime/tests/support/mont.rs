//! MONT's ChangeQuantityOfSubscription, as the generator would write it.

use bindery_runtime as rt;

pub const TEMPURI: &str = "http://tempuri.org/";
pub const CONTRACTS: &str = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts";
pub const RESPONSES: &str = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts.Responses";
pub const SUBSCRIBER: &str = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts.Subscriber";

const NIL: rt::Flags = rt::Flags::NILLABLE.and(rt::Flags::NIL_IF_NONE_ON_SOAP);

/// Writes what the generator writes for a record.
macro_rules! record {
    ($(#[$attribute:meta])* $name:ident, $shape:ident { $($field:ident: $ty:ty),* $(,)? }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name { $(pub $field: $ty),* }

        impl rt::Value for $name {
            fn vacant() -> Self {
                Self { $($field: rt::Value::vacant()),* }
            }

            fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
                at.record(&$shape, &mut [$(&mut self.$field),*])
            }

            fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
                to.record(&$shape, &[$(&self.$field),*])
            }
        }
    };
}

record!(ChangeQuantityOfSubscription, REQUEST { mont_subscription_id: Option<String>, by_end_user: bool, new_quantity: i32 });

static REQUEST: rt::Shape = rt::Shape {
    name: rt::Name::new(TEMPURI, "ChangeQuantityOfSubscription"),
    kind: rt::Kind::Record,
    members: &[
        rt::element(TEMPURI, "montSubscriptionId", NIL),
        rt::element(TEMPURI, "byEndUser", rt::Flags::REQUIRED),
        rt::element(TEMPURI, "newQuantity", rt::Flags::REQUIRED),
    ],
    ordinal: &[],
};

record!(ChangeQuantityOfSubscriptionResponse, REPLY { result: SubscriptionResponse });

static REPLY: rt::Shape = rt::Shape {
    name: rt::Name::new(TEMPURI, "ChangeQuantityOfSubscriptionResponse"),
    kind: rt::Kind::Record,
    members: &[rt::element(TEMPURI, "ChangeQuantityOfSubscriptionResult", rt::Flags::REQUIRED)],
    ordinal: &[],
};

record!(SubscriptionResponse, RESPONSE {
    data: Option<SubscriptionContract>,
    is_error: bool,
    error_code: MontError,
    error_text: Option<String>,
    errors: Vec<rt::AnyType>,
});

static RESPONSE: rt::Shape = rt::Shape {
    name: rt::Name::new(RESPONSES, "SubscriptionResponse"),
    kind: rt::Kind::Record,
    members: &[
        rt::element(RESPONSES, "Data", NIL),
        rt::element(RESPONSES, "IsError", rt::Flags::REQUIRED),
        rt::element(RESPONSES, "ErrorCode", rt::Flags::REQUIRED),
        rt::element(RESPONSES, "ErrorText", NIL),
        rt::wrapped(RESPONSES, "Errors", rt::Flags::ABSENT_IS_EMPTY, &ERROR_ITEM),
    ],
    ordinal: &[0, 2, 3, 4, 1],
};

static ERROR_ITEM: rt::Item = rt::item(RESPONSES, "anyType", rt::Flags::NONE);

record!(SubscriptionContract, SUBSCRIPTION {
    subscription_id: String,
    date_created: Option<rt::DateTime>,
    state_id: Option<i32>,
    active_till: Option<rt::DateTime>,
    quantity: i32,
    part_num: Option<String>,
    bundle_id: Option<String>,
    periods: Vec<SubscriptionPeriodContract>,
    registration_profile: Option<RegistrationProfile>,
    reseller_price: Option<rt::Decimal>,
    key: Option<rt::Base64Binary>,
});

static SUBSCRIPTION: rt::Shape = rt::Shape {
    name: rt::Name::new(CONTRACTS, "SubscriptionContract"),
    kind: rt::Kind::Record,
    members: &[
        rt::element(CONTRACTS, "SubscriptionId", rt::Flags::REQUIRED),
        rt::element(CONTRACTS, "DateCreated", rt::Flags::NONE),
        rt::element(CONTRACTS, "StateId", rt::Flags::NONE),
        rt::element(CONTRACTS, "ActiveTill", NIL),
        rt::element(CONTRACTS, "Quantity", rt::Flags::REQUIRED),
        rt::element(CONTRACTS, "PartNum", NIL),
        rt::element(CONTRACTS, "BundleId", NIL),
        rt::wrapped(CONTRACTS, "Periods", rt::Flags::ABSENT_IS_EMPTY, &PERIOD_ITEM),
        rt::element(CONTRACTS, "RegistrationProfile", NIL),
        rt::element(CONTRACTS, "ResellerPrice", rt::Flags::NONE),
        rt::element(CONTRACTS, "Key", rt::Flags::NONE),
    ],
    ordinal: &[3, 6, 1, 10, 5, 7, 4, 8, 9, 2, 0],
};

static PERIOD_ITEM: rt::Item = rt::item(CONTRACTS, "SubscriptionPeriodContract", rt::Flags::NONE);

record!(SubscriptionPeriodContract, PERIOD { seats: Option<i32> });

static PERIOD: rt::Shape = rt::Shape {
    name: rt::Name::new(CONTRACTS, "SubscriptionPeriodContract"),
    kind: rt::Kind::Record,
    members: &[rt::element(CONTRACTS, "Seats", rt::Flags::NONE)],
    ordinal: &[],
};

record!(RegistrationProfile, PROFILE { login: Option<String>, password: Option<rt::Secret<String>>, is_activated: Option<bool> });

static PROFILE: rt::Shape = rt::Shape {
    name: rt::Name::new(CONTRACTS, "RegistrationProfile"),
    kind: rt::Kind::Record,
    members: &[
        rt::element(SUBSCRIBER, "Login", NIL),
        rt::element(SUBSCRIBER, "Password", NIL.and(rt::Flags::SECRET)),
        rt::element(SUBSCRIBER, "IsActivated", rt::Flags::NONE),
    ],
    ordinal: &[2, 0, 1],
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MontError {
    Ok,
    BadQuantity,
    TryLater,
    Unknown(i64),
}

impl rt::Coded for MontError {
    const VALUES: &'static [(i64, Self)] = &[(0, Self::Ok), (17, Self::BadQuantity), (30, Self::TryLater)];

    fn unknown(code: i64) -> Option<Self> {
        Some(Self::Unknown(code))
    }

    fn as_code(&self) -> i64 {
        match self {
            Self::Ok => 0,
            Self::BadQuantity => 17,
            Self::TryLater => 30,
            Self::Unknown(code) => *code,
        }
    }
}

impl rt::Value for MontError {
    fn vacant() -> Self {
        Self::Unknown(0)
    }

    fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
        at.coded(self)
    }

    fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
        to.coded(self)
    }
}

impl rt::Code for MontError {
    fn code(&self) -> std::borrow::Cow<'_, str> {
        std::borrow::Cow::Owned(rt::Coded::as_code(self).to_string())
    }

    fn retry_later(&self) -> bool {
        matches!(self, Self::TryLater)
    }
}

/// The detail of a fault that the tests declare.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    Profile(RegistrationProfile),
}

impl rt::Detail for Detail {
    const ELEMENTS: &'static [rt::Name] = &[rt::Name::new(SUBSCRIBER, "ProfileFault")];

    fn vacant(_: usize) -> Self {
        Self::Profile(rt::Value::vacant())
    }

    fn value(&mut self) -> &mut dyn rt::Value {
        match self {
            Self::Profile(value) => value,
        }
    }
}

const fn soap(version: rt::SoapVersion, addressing: bool, username_token: bool) -> rt::Protocol {
    rt::Protocol::Soap(rt::Soap {
        version,
        addressing: if addressing { Some(rt::Addressing::V10) } else { None },
        username_token,
        digest: false,
        timestamp: false,
        data_contract: true,
        unqualified: false,
        basic: false,
        mtom: false,
    })
}

pub static SOAP: rt::Binding = rt::Binding {
    name: "soap",
    index: 0,
    endpoint: "https://sandbox.mont.ru/Version2/Service/B2BServiceV2.svc",
    protocol: soap(rt::SoapVersion::V12, true, true),
};

pub static XML: rt::Binding = rt::Binding {
    name: "xml",
    index: 1,
    endpoint: "https://sandbox.mont.ru/Version2/Service/B2BServiceV2Xml.svc",
    protocol: rt::Protocol::Plain(rt::Plain { basic: true }),
};

pub static SOAP11: rt::Binding =
    rt::Binding { name: "soap11", index: 2, endpoint: "", protocol: soap(rt::SoapVersion::V11, false, false) };

pub static GET: rt::Binding = rt::Binding {
    name: "get",
    index: 3,
    endpoint: "https://sandbox.mont.ru/Version2/Service/B2BServiceV2Xml.svc",
    protocol: rt::Protocol::Plain(rt::Plain { basic: true }),
};

pub static NO_ROUTE: rt::Binding = rt::Binding {
    name: "unused",
    index: 4,
    endpoint: "https://a/",
    protocol: soap(rt::SoapVersion::V11, false, false),
};

pub static SERVICE: rt::ServiceInfo =
    rt::ServiceInfo { name: "B2BServiceV2", bindings: &[&SOAP, &XML, &SOAP11, &GET, &NO_ROUTE] };

pub const AUTH_HEADER: rt::Name = rt::Name::new("http://corteos.ru", "AuthHeader");

const ACTION: &str = "http://tempuri.org/IB2BServiceV2/ChangeQuantityOfSubscription";

const fn route(binding: usize, action: &'static str, path: &'static str, method: rt::Method) -> rt::Route {
    rt::Route { binding, action, path, method, result: rt::ResultKind::Item }
}

static ROUTES: &[rt::Route] = &[
    route(0, ACTION, "", rt::Method::Post),
    route(1, "", "/ChangeQuantityOfSubscription", rt::Method::Post),
    route(2, ACTION, "", rt::Method::Post),
    route(3, "", "/ChangeQuantityOfSubscription", rt::Method::GetPath),
];

/// What the generator writes for `IsError`, `ErrorCode` and `Data`.
fn finish<O>(reply: ChangeQuantityOfSubscriptionResponse) -> Result<SubscriptionContract, Box<rt::InBand<O>>>
where
    O: rt::Operation<Reply = ChangeQuantityOfSubscriptionResponse, Code = MontError>,
{
    let result = &reply.result;
    if result.is_error || result.error_code != MontError::Ok {
        let errors = vec![(result.error_code, result.error_text.clone())];
        return Err(Box::new(rt::InBand::Refused { errors, reply }));
    }
    let what = "Data is missing, although IsError is false";
    let Some(data) = result.data.clone() else {
        return Err(Box::new(rt::InBand::Contradiction { what, reply }));
    };
    Ok(data)
}

/// Declares the operation once more with another effect, header and output.
macro_rules! operation {
    ($name:ident, $effect:expr, $headers:expr) => {
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl rt::Operation for $name {
            type Input = ChangeQuantityOfSubscription;
            type Reply = ChangeQuantityOfSubscriptionResponse;
            type Output = SubscriptionContract;
            type Code = MontError;
            type Detail = Detail;
            type ReplyHeaders = ();
            const INFO: &'static rt::OperationInfo = &rt::OperationInfo {
                name: "ChangeQuantityOfSubscription",
                service: &SERVICE,
                effect: $effect,
                input: rt::Name::new(TEMPURI, "ChangeQuantityOfSubscription"),
                output: Some(rt::Name::new(TEMPURI, "ChangeQuantityOfSubscriptionResponse")),
                routes: ROUTES,
                headers: $headers,
            };

            fn finish(reply: Self::Reply) -> Result<Self::Output, Box<rt::InBand<Self>>> {
                finish(reply)
            }
        }
    };
}

operation!(Change, rt::Effect::Effectful { settled_by: "GetSubscription" }, &[]);
operation!(Look, rt::Effect::Read, &[]);
operation!(WithHeader, rt::Effect::Read, &[rt::HeaderInfo { name: AUTH_HEADER, required: true }]);

/// A one-way operation.
#[derive(Debug, Clone, Copy)]
pub struct Notify;

impl rt::Operation for Notify {
    type Input = ChangeQuantityOfSubscription;
    type Reply = ();
    type Output = ();
    type Code = rt::NoCode;
    type Detail = rt::NoDetail;
    type ReplyHeaders = ();
    const INFO: &'static rt::OperationInfo = &rt::OperationInfo {
        name: "Notify",
        service: &SERVICE,
        effect: rt::Effect::Effectful { settled_by: "" },
        input: rt::Name::new(TEMPURI, "ChangeQuantityOfSubscription"),
        output: None,
        routes: ROUTES,
        headers: &[],
    };

    fn finish((): ()) -> Result<(), Box<rt::InBand<Self>>> {
        Ok(())
    }
}

/// The seed's input.
pub fn input() -> ChangeQuantityOfSubscription {
    ChangeQuantityOfSubscription { mont_subscription_id: Some("123".into()), by_end_user: true, new_quantity: 15 }
}
