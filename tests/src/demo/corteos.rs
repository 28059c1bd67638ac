//! Corteos: a token, and notifications sent again.

use bindery_generated::corteos::authorization::{AUTHORIZATION_SOAP, AUTHORIZATION_SOAP12, AuthorizationClient, Login};
use bindery_generated::corteos::orders_api::{
    AuthHeader, GetSimpleReserveById, ORDERS_API_SOAP, ORDERS_API_SOAP12, OrdersAPIClient, Renotify,
};
use bindery_runtime::transport::{Reqwest, Ureq};
use bindery_runtime::{CallError, DateTime, Secret};

use super::transcript::Transcript;
use super::world::{CORTEOS_EMAIL, CORTEOS_PASSWORD, World};
use super::{Result, check, error_of, present};
use crate::server::RENOTIFIED_RESERVE;

pub(super) fn run(t: &mut Transcript<'_>, world: &mut World) -> Result {
    t.section(
        "Corteos: an order's notifications",
        "from WSDL 1.1; SOAP 1.1, and 1.2 where it says so; a token in a header",
    )?;
    let token = login(t, world)?;
    let settings = world.corteos([&ORDERS_API_SOAP, &ORDERS_API_SOAP12], &world.server.corteos_orders_url);
    let mut orders = OrdersAPIClient::with(Ureq::new(), settings.clone());
    let header = AuthHeader { token: Some(token), ..AuthHeader::default() };
    orders.set_auth_header(header.clone());

    for binding in [&ORDERS_API_SOAP, &ORDERS_API_SOAP12] {
        let done = orders.renotify(Renotify { id_reserve: RENOTIFIED_RESERVE }).over(binding).send()?;
        check(done.response_details, "the answer does not say that it was done")?;
        let session = done.trace.and_then(|trace| trace.session_id);
        let session = present(session, "the session")?;
        t.step(
            "Renotify",
            [format!("{RENOTIFIED_RESERVE} over {}: done; in the vendor's log as {session}", binding.name)],
        )?;
    }
    check(world.server.corteos_notified() == [RENOTIFIED_RESERVE; 2], "the server did not do it twice")?;

    // An error in a regular reply (HTTP 200, no fault) is an error here, and the codes are those of the reply.
    let error = error_of(orders.renotify(Renotify { id_reserve: 1_768_312 }).send())?;
    let CallError::Refused(refused) = &error else { return Err(error.into()) };
    let [(code, Some(text))] = refused.errors.as_slice() else { return Err(error.into()) };
    check(code == "InvalidDataException", format!("refused with {code}"))?;
    t.step("Renotify", [format!("1768312: refused, {code}"), text.clone()])?;

    let mut orders = OrdersAPIClient::with(Reqwest::new()?, settings);
    orders.set_auth_header(header);
    let input = GetSimpleReserveById { id_reserve: RENOTIFIED_RESERVE };
    let reserve = present(world.wait(async { orders.get_simple_reserve_by_id(input).await })?, "the order")?;
    let state = reserve.any_attributes.iter().find(|attribute| attribute.local() == "id_ReserveState");
    let state = present(state, "the state")?.value();
    let parts: Vec<&str> = reserve.any.iter().map(|element| element.local()).collect();
    check(parts.contains(&"Creator"), format!("the order holds {parts:?}"))?;
    t.step(
        "GetSimpleReserveById (async)",
        [
            format!("no fixed schema: attributes and elements as they came; id_ReserveState is {state}"),
            parts.join(", "),
        ],
    )
}

fn login(t: &mut Transcript<'_>, world: &mut World) -> Result<Secret<String>> {
    let settings = world.corteos([&AUTHORIZATION_SOAP, &AUTHORIZATION_SOAP12], &world.server.corteos_authorization_url);
    let input = Login {
        email: Some(CORTEOS_EMAIL.to_owned()),
        password: Some(CORTEOS_PASSWORD.into()),
        validity_date: DateTime::new(2030, 10, 20, 0, 0, 0)?,
    };
    check(!format!("{input:?}").contains(CORTEOS_PASSWORD), "the password shows in Debug")?;
    let result = AuthorizationClient::with(Ureq::new(), settings).login(input).send()?;
    let answer = present(result.and_then(|result| result.auth_token), "the token")?;
    let until = present(answer.date_valid, "the token's last day")?;
    let token = present(answer.token_value, "the token's value")?;
    world.keep_secret(token.expose());
    t.step("Login", [format!("a token until {until}: {token:?}")])?;
    Ok(token)
}
