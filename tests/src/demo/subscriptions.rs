//! MONT: the number of users of a subscription, over both wires of the one contract.

use std::sync::{Arc, Mutex, PoisonError};

use bindery_generated::mont::{
    B2BServiceV2Client, ChangeQuantityOfSubscription, GetSubscriptionsId, MontError, SOAP, SubscriptionContract,
    SubscriptionState, XML,
};
use bindery_runtime::transport::Ureq;
use bindery_runtime::{Binding, DriftKind, Outcome};

use super::transcript::Transcript;
use super::world::World;
use super::{Result, check, error_of};
use crate::server::Fault;

const SUBSCRIPTION: &str = "SUB-001068";

type Shop = B2BServiceV2Client<Ureq>;

pub(super) fn run(t: &mut Transcript<'_>, world: &mut World) -> Result {
    t.section("MONT: a subscription", "one contract, one client, two wires: SOAP 1.2, and plain XML with HTTP Basic")?;
    let shop = Shop::with(Ureq::new(), world.mont());
    let ids = shop.get_subscriptions_id(GetSubscriptionsId { version: 0, by_all_logins: false }).over(&XML).send()?;
    check(ids.ids.iter().any(|id| id == SUBSCRIPTION), "the subscription is not listed")?;
    t.step("GetSubscriptionsId", [format!("{}, over plain XML", ids.ids.join(", "))])?;
    change(t, world, &shop, &SOAP, 5)?;
    busy(t, &shop, &SOAP)?;
    busy(t, &shop, &XML)?;
    world.server.settle_mont_subscriptions();
    change(t, world, &shop, &XML, 7)?;
    world.server.settle_mont_subscriptions();
    drift(t, world)
}

fn wish(quantity: i32) -> ChangeQuantityOfSubscription {
    ChangeQuantityOfSubscription {
        mont_subscription_id: SUBSCRIPTION.to_owned(),
        by_end_user: false,
        new_quantity: quantity,
    }
}

fn change(t: &mut Transcript<'_>, world: &mut World, shop: &Shop, over: &'static Binding, quantity: i32) -> Result {
    let changed = shop.change_quantity_of_subscription(wish(quantity)).over(over).send()?;
    check(changed.subscription_id == SUBSCRIPTION, "another subscription was changed")?;
    let event = changed.events.last();
    let updating = event.is_some_and(|e| e.status_id == SubscriptionState::Updating && e.quantity == Some(quantity));
    check(updating, "the last event does not tell of the change")?;
    keep_secrets(world, &changed);
    t.step(
        "ChangeQuantityOfSubscription",
        [
            format!("over {}: {} users asked for, {} until the vendor confirms", over.name, quantity, changed.quantity),
            format!("{SUBSCRIPTION} is {:?}, its last event says {:?}", changed.state_id, SubscriptionState::Updating),
        ],
    )
}

/// The account at the product's vendor comes back with every answer.
fn keep_secrets(world: &mut World, subscription: &SubscriptionContract) {
    let Some(profile) = &subscription.registration_profile else { return };
    let fields = profile.reg_fields.iter().flat_map(|fields| fields.expose());
    let values: Vec<String> = [&profile.login, &profile.password]
        .into_iter()
        .flatten()
        .map(|secret| secret.expose().clone())
        .chain(fields.filter_map(|field| field.field_value.clone()))
        .collect();
    values.into_iter().for_each(|value| world.keep_secret(value));
}

/// The documented error 90, as a value to match on, whichever wire it came over.
fn busy(t: &mut Transcript<'_>, shop: &Shop, over: &'static Binding) -> Result {
    let error = error_of(shop.change_quantity_of_subscription(wish(6)).over(over).send())?;
    let advice = match error.codes() {
        [(MontError::SubscriptionBusy, _)] => "it is being changed already: ask again later",
        [(MontError::SubscriptionNotFound, _)] => "no such subscription",
        _ => return Err(error.into()),
    };
    check(error.outcome() == Outcome::NotExecuted, "a refused change is said to be open")?;
    t.step(
        "ChangeQuantityOfSubscription",
        [format!("over {}: refused, MontError::SubscriptionBusy (90)", over.name), advice.to_owned()],
    )
}

/// A member that the contract does not know is neither an error nor lost: it is told.
fn drift(t: &mut Transcript<'_>, world: &World) -> Result {
    let told = Arc::new(Mutex::new(Vec::new()));
    let settings = {
        let told = Arc::clone(&told);
        world.mont().on_drift(move |_, drift| told.lock().unwrap_or_else(PoisonError::into_inner).push(drift.clone()))
    };
    let shop = Shop::with(Ureq::new(), settings);
    let grown = Fault::replace("</SubscriptionId>", "</SubscriptionId><RenewalPrice>349</RenewalPrice>");
    world.server.next_on("ChangeQuantityOfSubscription", grown);
    let changed = shop.change_quantity_of_subscription(wish(8)).over(&XML).send()?;
    check(changed.subscription_id == SUBSCRIPTION, "the rest of the answer was lost")?;
    let told = std::mem::take(&mut *told.lock().unwrap_or_else(PoisonError::into_inner));
    let new = told.iter().any(|drift| drift.kind == DriftKind::UnknownElement && drift.raw.contains("RenewalPrice"));
    check(new, format!("the listener was told {told:?}"))?;
    let mut lines = vec!["the vendor adds a member: the call succeeds, and the listener is told".to_owned()];
    // The codes of states are not documented, and the vendor's own samples have more of them than the contract names.
    for drift in told {
        lines.push(format!("{}: {}", drift.kind, drift.raw));
        lines
            .push(format!("    in {}", drift.path.split_once("Result/").map_or(drift.path.as_str(), |(_, path)| path)));
    }
    t.step("ChangeQuantityOfSubscription", lines)
}
