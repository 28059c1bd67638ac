use super::*;

fn envelope(namespace: &str, token: &str, body: &str) -> String {
    format!(
        "<soap:Envelope xmlns:soap=\"{namespace}\" xmlns:cor=\"http://corteos.ru\"><soap:Header><cor:AuthHeader>\
         <cor:Token>{token}</cor:Token></cor:AuthHeader></soap:Header><soap:Body>{body}</soap:Body></soap:Envelope>"
    )
}

const SOAP11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const SOAP12: &str = "http://www.w3.org/2003/05/soap-envelope";
const XML11: (&str, &str) = ("Content-Type", "text/xml; charset=utf-8");
const XML12: (&str, &str) = ("Content-Type", "application/soap+xml; charset=utf-8");

fn token(server: &Server, password: &str) -> String {
    let body = format!(
        "<cor:Login><cor:Email>agent@example.test</cor:Email><cor:Password>{password}</cor:Password>\
         <cor:validityDate>2030-08-31</cor:validityDate></cor:Login>"
    );
    let action = ("SOAPAction", "\"http://corteos.ru/Login\"");
    send(&server.corteos_authorization_url, "POST", &[XML11, action], &envelope(SOAP11, "", &body)).2
}

fn renotify(id: &str) -> String {
    format!("<cor:Renotify><cor:id_Reserve>{id}</cor:id_Reserve></cor:Renotify>")
}

#[test]
fn the_documented_replies_on_both_versions() {
    let Some(messages) = seed_messages("corteos-renotify.txt") else { return };
    let server = Server::start().unwrap();
    let token = pick(&token(&server, "password"), "TokenValue");
    let strip = |xml: &str| xml.split_once("<soap:Body>").unwrap().1.to_owned();
    for (id, expected) in [("1768311", &messages[1]), ("5", &messages[2])] {
        let (status, _, body) =
            send(&server.corteos_orders_url, "POST", &[XML12], &envelope(SOAP12, &token, &renotify(id)));
        assert_eq!((status, strip(&body)), (200, strip(expected)));
        let action = ("SOAPAction", "\"http://corteos.ru/Renotify\"");
        let (status, _, body) =
            send(&server.corteos_orders_url, "POST", &[XML11, action], &envelope(SOAP11, &token, &renotify(id)));
        assert_eq!((status, strip(&body)), (200, strip(expected)));
    }
    assert_eq!(server.corteos_notified(), [1_768_311, 1_768_311]);
}

#[test]
fn refusals_are_in_band_and_broken_calls_are_faults() {
    let server = Server::start().unwrap();
    assert_eq!(count(&token(&server, "wrong"), "AuthToken"), 0);
    let url = &server.corteos_orders_url;
    let (status, _, body) = send(url, "POST", &[XML12], &envelope(SOAP12, "old", &renotify("1768311")));
    assert_eq!((status, pick(&body, "ResponseDetails").as_str(), count(&body, "UniversalApiError")), (200, "false", 1));
    let (status, _, body) = send(url, "POST", &[XML11], &envelope(SOAP11, "old", &renotify("1")));
    assert_eq!((status, pick(&body, "faultcode").as_str()), (500, "soap:Client"));
    let (status, _, body) = send(url, "POST", &[XML12], &envelope(SOAP11, "old", &renotify("1")));
    assert_eq!((status, pick(&body, "Value").as_str()), (500, "soap:VersionMismatch"));
    let (status, _, body) = send(url, "POST", &[XML12], &envelope(SOAP12, "old", &renotify("one")));
    assert_eq!((status, pick(&body, "Value").as_str()), (500, "soap:Sender"));
    // SOAP 1.2 finds the operation by its element when the action says nothing it knows.
    let media = ("Content-Type", "application/soap+xml; action=\"urn:other\"");
    assert_eq!(send(url, "POST", &[media], &envelope(SOAP12, "old", &renotify("1"))).0, 200);
    assert!(server.corteos_notified().is_empty());
}

#[test]
fn a_reserve_has_attributes_and_repeated_elements() {
    let server = Server::start().unwrap();
    let token = pick(&token(&server, "password"), "TokenValue");
    for operation in ["GetSimpleReserveById", "GetSimpleReserveByIdV2"] {
        let body = renotify("1768311").replace("Renotify", operation);
        let (status, _, reply) = send(&server.corteos_orders_url, "POST", &[XML12], &envelope(SOAP12, &token, &body));
        assert_eq!((status, count(&reply, "StableFile")), (200, 2), "{reply}");
        assert!(reply.contains(&format!("<{operation}Result id_Reserve=\"1768311\"")), "{reply}");
    }
}
