//! The same message through quick-xml's serde: equivalent structs with derives. Local names only; times stay text, as serde
//! has nothing for them.

use bindery_generated::mont;
use serde::{Deserialize, Serialize};

/// Reads MONT's answer.
pub fn read_subscription(document: &str) -> Result<Answer, quick_xml::DeError> {
    quick_xml::de::from_str(document)
}

/// Writes it, without namespaces, and empty elements for what is not there.
pub fn write_subscription(answer: &Answer) -> Result<String, quick_xml::SeError> {
    quick_xml::se::to_string(answer)
}

/// `ChangeQuantityOfSubscriptionResponse`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename = "ChangeQuantityOfSubscriptionResponse", rename_all = "PascalCase")]
pub struct Answer {
    pub change_quantity_of_subscription_result: Response,
}

/// `SubscriptionContractResponse`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Response {
    pub data: Option<Subscription>,
    pub error_code: i32,
    pub error_text: Option<String>,
    pub is_error: bool,
}

/// `SubscriptionContract`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Subscription {
    pub active_till: Option<String>,
    pub bundle_id: Option<String>,
    pub date_created: String,
    pub events: Events,
    pub mont_subscriber_id: Option<String>,
    pub parent_subscription_id: Option<String>,
    pub part_num: String,
    pub periods: Periods,
    pub product_name: Option<String>,
    pub quantity: i32,
    pub registration_profile: Option<Profile>,
    pub reseller_name: Option<String>,
    pub source: Option<i32>,
    pub start_date: Option<String>,
    pub state_id: i32,
    pub subscription_id: String,
    pub subscription_items: Option<Items>,
    pub subscription_url: Option<String>,
    pub vendor_name: Option<String>,
}

/// The wrapper of the events.
#[derive(Debug, Deserialize, Serialize)]
pub struct Events {
    #[serde(rename = "SubscriptionEventContract", default)]
    pub events: Vec<EventContract>,
}

/// `SubscriptionEventContract`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct EventContract {
    pub date_created: String,
    pub error_text: Option<String>,
    pub is_error: bool,
    pub mont_system_id: Option<i32>,
    pub part_num: Option<String>,
    pub previous_part_num: Option<String>,
    pub previous_quantity: Option<i32>,
    pub previous_status_id: Option<i32>,
    pub previous_subscription_end_date: Option<String>,
    pub quantity: Option<i32>,
    pub reseller_name: Option<String>,
    pub status_id: i32,
    pub subscription_num: Option<String>,
    pub subscription_stop_date: Option<String>,
}

/// The wrapper of the periods.
#[derive(Debug, Deserialize, Serialize)]
pub struct Periods {
    #[serde(rename = "SubscriptionPeriodContract", default)]
    pub periods: Vec<Period>,
}

/// `SubscriptionPeriodContract`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Period {
    pub date_created: Option<String>,
    pub part_num: Option<String>,
    pub seats: i32,
    pub start_date: String,
    pub stop_date: Option<String>,
}

/// `RegistrationProfile`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Profile {
    pub activation_date: Option<String>,
    pub is_activated: Option<bool>,
    pub login: Option<String>,
    pub password: Option<String>,
    pub reg_fields: Option<Fields>,
    pub supplier: Option<String>,
}

/// The wrapper of the fields.
#[derive(Debug, Deserialize, Serialize)]
pub struct Fields {
    #[serde(rename = "RegItemContract", default)]
    pub fields: Vec<Field>,
}

/// `RegItemContract`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Field {
    pub client_visible: Option<bool>,
    pub field_name: String,
    pub field_title: Option<String>,
    pub field_value: Option<String>,
}

/// The wrapper of the items.
#[derive(Debug, Deserialize, Serialize)]
pub struct Items {
    #[serde(rename = "SubscriptionItemContract", default)]
    pub items: Vec<Item>,
}

/// `SubscriptionItemContract`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Item {
    pub create_date: String,
    pub part_num: Option<String>,
    pub resource_url: Option<String>,
    pub seat_quantity: Option<i32>,
}

impl Answer {
    /// How many events it has.
    pub fn events(&self) -> usize {
        self.change_quantity_of_subscription_result.data.as_ref().map_or(0, |data| data.events.events.len())
    }

    /// Checks that the other reader read the same.
    ///
    /// # Panics
    /// When it did not.
    pub fn assert_same(&self, other: &mont::ChangeQuantityOfSubscriptionResponse) {
        let (result, other) =
            (&self.change_quantity_of_subscription_result, &other.change_quantity_of_subscription_result);
        assert_eq!((result.is_error, &result.error_text), (other.is_error, &other.error_text));
        let (data, other) = (result.data.as_ref().expect("data"), other.data.as_ref().expect("data"));
        assert_eq!(data.subscription_id, other.subscription_id);
        assert_eq!(data.vendor_name, other.vendor_name);
        assert_eq!(data.bundle_id, other.bundle_id);
        assert_eq!(data.active_till, other.active_till.map(|time| time.to_string()));
        assert_eq!(data.periods.periods.len(), other.periods.len());
        assert_eq!(data.events.events.len(), other.events.len());
        for (event, other) in data.events.events.iter().zip(&other.events) {
            assert_eq!(event.date_created, other.date_created.to_string());
            assert_eq!((event.is_error, event.quantity), (other.is_error, other.quantity));
            assert_eq!((&event.error_text, event.mont_system_id), (&other.error_text, other.mont_system_id));
            assert_eq!((&event.part_num, &event.reseller_name), (&other.part_num, &other.reseller_name));
            assert_eq!(event.subscription_num, other.subscription_num);
            let stop = other.subscription_stop_date.map(|time| time.to_string());
            assert_eq!(event.subscription_stop_date, stop);
        }
    }
}
