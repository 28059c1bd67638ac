//! Subscriptions: the two of the documentation's samples, and one that is being changed.

use super::catalogue;
use super::{MontError, error};

/// The state the documentation calls «Обновление»; 1 is active.
const UPDATING: i32 = 5;
const ACTIVE: i32 = 1;

#[derive(Debug, Clone)]
pub(crate) struct Subscription {
    pub(crate) id: &'static str,
    pub(crate) created: &'static str,
    pub(crate) state: i32,
    pub(crate) start: &'static str,
    pub(crate) active_till: Option<String>,
    pub(crate) subscriber: &'static str,
    pub(crate) quantity: i32,
    pub(crate) part_num: &'static str,
    pub(crate) url: &'static str,
    pub(crate) period: Period,
    pub(crate) events: Vec<Event>,
    pub(crate) profile: Profile,
    pub(crate) product_name: &'static str,
    pub(crate) source: i32,
    pub(crate) reseller: &'static str,
    /// The quantity asked for, until the vendor's system has settled it.
    pub(crate) pending: Option<i32>,
}

#[derive(Debug, Clone)]
pub(crate) struct Period {
    pub(crate) start: &'static str,
    pub(crate) stop: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) created: &'static str,
    pub(crate) status: i32,
    pub(crate) previous_status: i32,
    pub(crate) stop_date: Option<&'static str>,
    pub(crate) quantity: i32,
    pub(crate) previous_quantity: i32,
    pub(crate) mont_system_id: Option<i32>,
}

#[derive(Debug, Clone)]
pub(crate) struct Profile {
    pub(crate) login: Option<&'static str>,
    pub(crate) password: Option<&'static str>,
    /// Name, value, visible to the client.
    pub(crate) fields: [(&'static str, &'static str, bool); 2],
    pub(crate) activated: &'static str,
}

impl Subscription {
    fn busy(&self) -> bool {
        self.pending.is_some() || self.state != ACTIVE
    }
}

pub(crate) fn seed() -> Vec<Subscription> {
    let office = Subscription {
        id: "SUB-001068",
        created: "2015-09-16T17:13:33.573",
        state: ACTIVE,
        start: "2015-09-18T11:48:32.857",
        active_till: None,
        subscriber: catalogue::SUBSCRIBER_ID,
        quantity: 1,
        part_num: catalogue::SUBSCRIPTION,
        url: "/test/95179f4d-f659-4980-9a96-ffa872c16c2e",
        period: Period { start: "2015-09-18T11:48:32.87", stop: None },
        events: vec![Event {
            created: "2015-09-18T11:48:32.88",
            status: 1,
            previous_status: 4,
            stop_date: None,
            quantity: 1,
            previous_quantity: 1,
            mont_system_id: Some(1),
        }],
        profile: Profile {
            login: Some("t2gmailcom"),
            password: Some("0K548080ZafKs"),
            fields: [("DomainPrefix", "t2gmailcomXX36", true), ("LoginUrl", "https://portal.office.com", false)],
            activated: "2015-06-26T15:29:54.597",
        },
        product_name: "Office 365 Business",
        source: 1,
        reseller: "testme",
        pending: None,
    };
    let stop = Some("2015-09-19T00:00:00");
    let event = |created, status, previous_status| Event {
        created,
        status,
        previous_status,
        stop_date: stop,
        quantity: 10,
        previous_quantity: 10,
        mont_system_id: None,
    };
    let ended = Subscription {
        id: "SUB-001035",
        created: "2015-08-19T13:15:48.677",
        state: 7,
        start: "2015-08-19T13:16:48.833",
        active_till: stop.map(str::to_owned),
        subscriber: "76bc02e3-c74c-4fee-ad13-b97a3b49b57d",
        quantity: 10,
        part_num: "Sub1",
        url: "/test/d88947ad-4480-4594-836f-5f6f47948d78",
        period: Period { start: "2015-08-19T13:16:48.897", stop: Some("2015-08-19T13:22:03.173") },
        events: vec![event("2015-08-19T13:16:48.917", 1, 4), event("2015-08-19T13:21:28.003", 6, 1)],
        profile: Profile {
            login: None,
            password: None,
            fields: [("DomainPrefix", "Develop66", true), ("VendorUniqKey", "Develop66", false)],
            activated: "2015-08-06T11:49:17.403",
        },
        product_name: "TestSubscription1",
        source: 0,
        reseller: "testme",
        pending: None,
    };
    // Ours: another login's, in the middle of a change.
    let updating = Subscription {
        id: "SUB-000090",
        state: UPDATING,
        reseller: "another",
        profile: Profile { login: None, password: None, ..office.profile.clone() },
        ..office.clone()
    };
    vec![office, ended, updating]
}

fn find<'a>(all: &'a mut [Subscription], id: &str) -> Result<&'a mut Subscription, MontError> {
    match all.iter_mut().find(|subscription| subscription.id == id) {
        Some(subscription) => Ok(subscription),
        None => error(74, "Подписка с указанным кодом не найдена"),
    }
}

/// Gives the subscription as it stands right after the call. As in the sample, its state and quantity are still the
/// old ones there and only the last event tells of the change; until it is settled every further call gets 90.
pub(crate) fn change_quantity(
    all: &mut [Subscription],
    id: &str,
    by_end_user: bool,
    quantity: i32,
) -> Result<Subscription, MontError> {
    // The documentation's SOAP sample asks for "123" and is answered with an ended subscription, unchanged.
    if id == "123" {
        return find(all, "SUB-001035").cloned();
    }
    let subscription = find(all, id)?;
    if quantity < 1 {
        return error(17, "Количество задано не верно");
    }
    if subscription.busy() {
        return error(90, "Подписка находится в незавершенном состоянии");
    }
    subscription.events.push(Event {
        created: "2016-04-03T17:06:59.347",
        status: UPDATING,
        previous_status: subscription.state,
        stop_date: None,
        quantity,
        previous_quantity: subscription.quantity,
        // What this number means is not documented: the sample has 0 where an end user asked.
        mont_system_id: Some(i32::from(!by_end_user)),
    });
    subscription.pending = Some(quantity);
    Ok(subscription.clone())
}

/// `None` means: renew by itself, for ever.
pub(crate) fn change_end_date(
    all: &mut [Subscription],
    id: &str,
    end: Option<String>,
    today: jiff::civil::Date,
) -> Result<Subscription, MontError> {
    let subscription = find(all, id)?;
    if subscription.state == 4 {
        return error(61, "Подписка еще не активирована");
    }
    if subscription.busy() {
        return error(90, "Подписка находится в незавершенном состоянии");
    }
    if let Some(end) = &end
        && end.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok()).is_none_or(|day| day < today)
    {
        return error(62, "Дата окончания подписки в прошлом");
    }
    subscription.active_till = end;
    Ok(subscription.clone())
}

/// The vendor's system has caught up: changes asked for are in force.
pub(crate) fn settle(all: &mut [Subscription]) {
    for subscription in all {
        if let Some(quantity) = subscription.pending.take() {
            subscription.quantity = quantity;
        }
        if subscription.state == UPDATING {
            subscription.state = ACTIVE;
        }
    }
}

/// Ids in the order of their change, and the version to ask from next time. The demo knows one version: the present.
pub(crate) fn ids_since(all: &[Subscription], version: i64, by_all_logins: bool) -> (Vec<&'static str>, i64) {
    const VERSION: i64 = 1068;
    let ours = all.iter().filter(|s| version < VERSION && (by_all_logins || s.reseller == "testme"));
    (ours.map(|s| s.id).collect(), VERSION)
}
