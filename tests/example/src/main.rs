//! Prints the HTTP request of one call. Sending it is left to whoever runs this.

bindery_runtime::include_contract!(
    /// Written by the build script.
    mod orders_api
);

use std::error::Error;

use bindery_runtime::Settings;
use orders_api::{AuthHeader, ORDERS_API_SOAP12, OrdersAPIClient, Renotify};

fn main() -> Result<(), Box<dyn Error>> {
    let settings = Settings::new().endpoint_of(&ORDERS_API_SOAP12, "https://agency.example/XmlGate/V3/OrdersAPI.asmx");
    // A client that only makes requests needs no transport.
    let mut client = OrdersAPIClient::with((), settings);
    client.set_auth_header(AuthHeader { token: Some("a-token".into()), ..AuthHeader::default() });

    let call = client.renotify(Renotify { id_reserve: 1_768_311 }).over(&ORDERS_API_SOAP12);
    let request = call.into_request()?.request;

    println!("{} {}", request.method(), request.uri());
    for (name, value) in request.headers() {
        println!("{name}: {}", value.to_str()?);
    }
    println!("\n{}", String::from_utf8(request.into_body())?);
    Ok(())
}
