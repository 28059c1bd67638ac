//! How calls fail, by layer, and what is known then.

use std::time::Duration;

use bindery_generated::mont::{AddOrder, B2BServiceV2Client, GetOrder, GetPriceChanges, MontError};
use bindery_runtime::transport::Ureq;
use bindery_runtime::{CallError, Outcome, Problem, TransportErrorKind};

use super::mont::request;
use super::transcript::Transcript;
use super::world::{MONT_LOGIN, World};
use super::{Result, check, error_of};
use crate::server::{Fault, catalogue};

const PATIENCE: Duration = Duration::from_millis(150);

type Shop = B2BServiceV2Client<Ureq>;

pub(super) fn run(t: &mut Transcript<'_>, world: &mut World) -> Result {
    t.section(
        "When it goes wrong",
        "MONT again; what changes something is never sent twice, and an open question is said to be one",
    )?;
    let shop = Shop::with(Ureq::new(), world.mont());
    not_taken(t, world, &shop)?;
    taken(t, world, &shop)?;
    silent_read(t, world, &shop)?;
    broken_read(t, world, &shop)?;
    repeated_read(t, world)?;
    wrong_content(t, world, &shop)?;
    wrong_password(t, world)
}

fn order(number: &str) -> AddOrder {
    AddOrder { order_request: request(number, &[(catalogue::KEYS, 1)]) }
}

fn read() -> GetPriceChanges {
    GetPriceChanges { version: 0 }
}

/// A proxy answers 503 with a page. Nobody knows what happened behind it, so GetOrder has to tell.
fn not_taken(t: &mut Transcript<'_>, world: &World, shop: &Shop) -> Result {
    const NUMBER: &str = "KEYS-00004282";
    world.server.next_on("AddOrder", Fault::unavailable());
    let error = error_of(shop.add_order(order(NUMBER)).send())?;
    let CallError::OutcomeUnknown { settled_by: "GetOrder", source } = &error else { return Err(error.into()) };
    check(matches!(**source, CallError::Http(_)) && source.status() == Some(503), format!("inside is {source}"))?;
    check(!error.is_retryable(), "an open order is said to be retryable")?;
    t.step("AddOrder", lines("CallError::OutcomeUnknown, inside CallError::Http", &error))?;

    let error = error_of(shop.get_order(GetOrder { order_number: NUMBER.to_owned() }).send())?;
    let [(MontError::OrderNotFound, _)] = error.codes() else { return Err(error.into()) };
    t.step("GetOrder", ["MontError::OrderNotFound: it was not taken, so it may be sent again"])?;

    shop.add_order(order(NUMBER)).send()?;
    let taken = world.server.mont_orders().iter().filter(|number| *number == NUMBER).count();
    check(taken == 1, format!("the order was taken {taken} times"))?;
    t.step("AddOrder", [format!("{NUMBER} is taken, once")])
}

/// The connection breaks after the vendor has acted.
fn taken(t: &mut Transcript<'_>, world: &World, shop: &Shop) -> Result {
    const NUMBER: &str = "KEYS-00004283";
    world.server.next_on("AddOrder", Fault::Hangup);
    let error = error_of(shop.add_order(order(NUMBER)).send())?;
    let CallError::OutcomeUnknown { settled_by: "GetOrder", source } = &error else { return Err(error.into()) };
    check(matches!(**source, CallError::Transport(_)), format!("inside is {source}"))?;
    t.step("AddOrder", lines("CallError::OutcomeUnknown, inside CallError::Transport", &error))?;

    let found = shop.get_order(GetOrder { order_number: NUMBER.to_owned() }).send()?;
    let taken = world.server.mont_orders().iter().filter(|number| *number == NUMBER).count();
    check(taken == 1, format!("the order was taken {taken} times"))?;
    t.step(
        "GetOrder",
        [format!("{} is {:?}: it was taken, and is not sent again", found.order_num, found.order_status)],
    )
}

fn silent_read(t: &mut Transcript<'_>, world: &World, shop: &Shop) -> Result {
    world.server.next_on("GetPriceChanges", Fault::Delay(PATIENCE * 4));
    let error = error_of(shop.get_price_changes(read()).timeout(PATIENCE).send())?;
    let CallError::Transport(failure) = &error else { return Err(error.into()) };
    let timeout =
        matches!(&failure.problem, Problem::Transport(e) if matches!(e.kind(), TransportErrorKind::Timeout(_)));
    check(timeout && error.is_retryable(), format!("no timeout that may be retried: {error}"))?;
    t.step("GetPriceChanges", lines("a read may be sent again: CallError::Transport, a timeout", &error))
}

fn broken_read(t: &mut Transcript<'_>, world: &World, shop: &Shop) -> Result {
    world.server.next_on("GetPriceChanges", Fault::Refuse);
    let error = error_of(shop.get_price_changes(read()).send())?;
    let CallError::Transport(_) = &error else { return Err(error.into()) };
    check(error.is_retryable(), format!("not to be retried: {error}"))?;
    t.step("GetPriceChanges", lines("CallError::Transport, the connection closed", &error))
}

fn repeated_read(t: &mut Transcript<'_>, world: &World) -> Result {
    let before = world.server.requests().len();
    let shop = Shop::with(Ureq::new(), world.mont().retries(1));
    world.server.next_on("GetPriceChanges", Fault::Refuse);
    shop.get_price_changes(read()).send()?;
    let sent = world.server.requests().len() - before;
    check(sent == 2, format!("{sent} requests were sent, not 2"))?;
    t.step("GetPriceChanges", [format!("with Settings::retries(1) the client asks again by itself: {sent} requests")])
}

/// Text where a number has to be is an error that says where, never a zero.
fn wrong_content(t: &mut Transcript<'_>, world: &World, shop: &Shop) -> Result {
    world.server.next_on("GetPriceChanges", Fault::replace(">1001<", ">many<"));
    let error = error_of(shop.get_price_changes(read()).send())?;
    let CallError::Decode(_) = &error else { return Err(error.into()) };
    check(error.to_string().contains("ActualVersion"), format!("it does not say where: {error}"))?;
    t.step("GetPriceChanges", lines("CallError::Decode", &error))
}

fn wrong_password(t: &mut Transcript<'_>, world: &mut World) -> Result {
    const WRONG: &str = "wrong-Pa55phrase";
    world.keep_secret(WRONG);
    let shop = Shop::with(Ureq::new(), world.mont().credentials(MONT_LOGIN, WRONG));
    let error = error_of(shop.add_order(order("KEYS-00004284")).send())?;
    let CallError::Fault(faulted) = &error else { return Err(error.into()) };
    let refused = faulted.fault.subcodes.iter().any(|code| code.local == "FailedAuthentication");
    check(refused && error.outcome() == Outcome::NotExecuted, format!("another fault: {error}"))?;
    t.step("AddOrder", lines("CallError::Fault, so nothing was ordered", &error))
}

/// What kind of error it is, and its message in lines of a readable length.
fn lines(kind: &str, error: &impl std::fmt::Display) -> Vec<String> {
    const WIDTH: usize = 80;
    let mut lines = vec![kind.to_owned(), String::new()];
    for word in error.to_string().split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDTH => {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
