//! The reply of MONT's ChangeQuantityOfSubscription, written by hand as the generator would.

use bindery_runtime as rt;

const TEMPURI: &str = "http://tempuri.org/";
const CONTRACTS: &str = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts";
const RESPONSES: &str = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts.Responses";
const SUBSCRIBER: &str = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts.Subscriber";

pub(crate) const REPLY: rt::Name = rt::Name::new(TEMPURI, "ChangeQuantityOfSubscriptionResponse");

const REQUIRED: rt::Flags = rt::Flags::REQUIRED;
const NULLABLE: rt::Flags = rt::Flags::NILLABLE.and(rt::Flags::NIL_IF_NONE_ON_SOAP);
const VALUE: rt::Flags = rt::Flags::NILLABLE.and(rt::Flags::NIL_IF_NONE);
const LIST: rt::Flags = rt::Flags::ABSENT_IS_EMPTY;

macro_rules! record {
    ($name:ident $shape:ident $ns:ident [$($ordinal:expr),*] $($field:ident: $ty:ty = $wire:literal $flags:expr $(=> $item:literal)?;)*) => {
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct $name {
            $(pub(crate) $field: $ty,)*
        }

        static $shape: rt::Shape = rt::Shape {
            name: rt::Name::new($ns, stringify!($name)),
            kind: rt::Kind::Record,
            members: &[$(record!(@member $ns $wire $flags $(=> $item)?)),*],
            ordinal: &[$($ordinal),*],
        };

        impl rt::Value for $name {
            fn vacant() -> Self {
                Self { $($field: rt::Value::vacant(),)* }
            }

            fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
                at.record(&$shape, &mut [$(&mut self.$field,)*])
            }

            fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
                to.record(&$shape, &[$(&self.$field,)*])
            }
        }
    };
    (@member $ns:ident $wire:literal $flags:expr) => { rt::element($ns, $wire, $flags) };
    (@member $ns:ident $wire:literal $flags:expr => $item:literal) => {
        rt::wrapped($ns, $wire, $flags, &rt::item($ns, $item, rt::Flags::NONE))
    };
}

record!(Reply REPLY_SHAPE TEMPURI []
    result: Outcome = "ChangeQuantityOfSubscriptionResult" REQUIRED;
);

record!(Outcome OUTCOME RESPONSES [0, 2, 3, 4, 1]
    data: Option<Subscription> = "Data" NULLABLE;
    is_error: bool = "IsError" REQUIRED;
    error_code: i32 = "ErrorCode" REQUIRED;
    error_text: Option<String> = "ErrorText" NULLABLE;
    errors: Vec<rt::AnyType> = "Errors" LIST => "string";
);

record!(Subscription SUBSCRIPTION CONTRACTS [4, 9, 1, 11, 5, 19, 7, 10, 13, 6, 12, 20, 16, 18, 15, 3, 2, 0, 17, 8, 14]
    subscription_id: Option<String> = "SubscriptionId" NULLABLE;
    date_created: rt::DateTime = "DateCreated" REQUIRED;
    state_id: i32 = "StateId" REQUIRED;
    start_date: rt::DateTime = "StartDate" REQUIRED;
    active_till: Option<rt::DateTime> = "ActiveTill" VALUE;
    mont_subscriber_id: String = "MontSubscriberId" REQUIRED;
    quantity: i32 = "Quantity" REQUIRED;
    part_num: Option<String> = "PartNum" NULLABLE;
    subscription_url: Option<String> = "SubscriptionUrl" NULLABLE;
    bundle_id: Option<i32> = "BundleId" VALUE;
    periods: Vec<Period> = "Periods" LIST => "SubscriptionPeriodContract";
    events: Vec<Event> = "Events" LIST => "SubscriptionEventContract";
    registration_profile: Option<Profile> = "RegistrationProfile" NULLABLE;
    product_name: Option<String> = "ProductName" NULLABLE;
    vendor_name: Option<String> = "VendorName" NULLABLE;
    source: i32 = "Source" REQUIRED;
    reseller_name: Option<String> = "ResellerName" NULLABLE;
    items: Vec<Item> = "SubscriptionItems" LIST.and(rt::Flags::ONLY_SOAP) => "SubscriptionItemContract";
    reseller_price: Option<f64> = "ResellerPrice" rt::Flags::ONLY_PLAIN;
    parent: Option<String> = "ParentSubscriptionId" NULLABLE.and(rt::Flags::ONLY_SOAP);
    reseller_currency: Option<String> = "ResellerCurrency" rt::Flags::ONLY_PLAIN;
);

record!(Period PERIOD CONTRACTS [3, 4, 2, 0, 1]
    start_date: rt::DateTime = "StartDate" REQUIRED;
    stop_date: Option<rt::DateTime> = "StopDate" VALUE;
    seats: i32 = "Seats" REQUIRED;
    date_created: rt::DateTime = "DateCreated" REQUIRED;
    part_num: Option<String> = "PartNum" NULLABLE;
);

record!(Event EVENT CONTRACTS [0, 10, 9, 11, 7, 8, 6, 2, 4, 5, 13, 1, 12, 3]
    date_created: rt::DateTime = "DateCreated" REQUIRED;
    status_id: i32 = "StatusId" REQUIRED;
    previous_status_id: Option<i32> = "PreviousStatusId" VALUE;
    subscription_stop_date: Option<rt::DateTime> = "SubscriptionStopDate" VALUE;
    previous_end_date: Option<rt::DateTime> = "PreviousSubscriptionEndDate" VALUE;
    quantity: i32 = "Quantity" REQUIRED;
    previous_quantity: Option<i32> = "PreviousQuantity" VALUE;
    part_num: Option<String> = "PartNum" NULLABLE;
    previous_part_num: Option<String> = "PreviousPartNum" NULLABLE;
    is_error: bool = "IsError" REQUIRED;
    error_text: Option<String> = "ErrorText" NULLABLE;
    mont_system_id: Option<i32> = "MontSystemId" VALUE;
    subscription_num: Option<String> = "SubscriptionNum" NULLABLE;
    reseller_name: Option<String> = "ResellerName" NULLABLE;
);

record!(Item ITEM CONTRACTS []
    create_date: rt::DateTime = "CreateDate" REQUIRED;
    part_num: Option<String> = "PartNum" NULLABLE;
    resource_url: Option<String> = "ResourceUrl" NULLABLE;
    seat_quantity: i32 = "SeatQuantity" REQUIRED;
);

record!(Profile PROFILE SUBSCRIBER [5, 4, 1, 2, 3, 0]
    supplier: Option<String> = "Supplier" NULLABLE;
    login: Option<String> = "Login" NULLABLE;
    password: Option<String> = "Password" NULLABLE.and(rt::Flags::SECRET);
    fields: Vec<Field> = "RegFields" LIST => "RegItemContract";
    is_activated: bool = "IsActivated" REQUIRED;
    activation_date: Option<rt::DateTime> = "ActivationDate" VALUE;
);

record!(Field FIELD SUBSCRIBER [3, 0, 2, 1]
    field_name: Option<String> = "FieldName" NULLABLE;
    field_value: Option<String> = "FieldValue" NULLABLE;
    field_title: Option<String> = "FieldTitle" NULLABLE;
    client_visible: bool = "ClientVisible" REQUIRED;
);

/// A reply with this many events, shaped like the documented one.
#[allow(dead_code)] // not every user of this file measures
pub(crate) fn reply(events: usize) -> Reply {
    let when: rt::DateTime = match "2015-08-19T13:16:48.917".parse() {
        Ok(when) => when,
        Err(_) => rt::Value::vacant(),
    };
    let event = Event {
        date_created: when,
        status_id: 1,
        previous_status_id: Some(4),
        subscription_stop_date: Some(when),
        previous_end_date: Some(when),
        quantity: 10,
        previous_quantity: Some(10),
        part_num: Some("Sub1".into()),
        previous_part_num: Some("Sub1".into()),
        is_error: false,
        error_text: None,
        mont_system_id: None,
        subscription_num: Some("SUB-001035".into()),
        reseller_name: Some("testme".into()),
    };
    let mut data: Subscription = rt::Value::vacant();
    data.date_created = when;
    data.start_date = when;
    data.mont_subscriber_id = "76bc02e3-c74c-4fee-ad13-b97a3b49b57d".into();
    data.events = vec![event; events];
    let mut result: Outcome = rt::Value::vacant();
    result.data = Some(data);
    Reply { result }
}
