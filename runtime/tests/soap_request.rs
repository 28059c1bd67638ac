//! The requests of SOAP, byte for byte, and what their HTTP headers say.

mod support;

use bindery_runtime as rt;
use support::mont::{AUTH_HEADER, Change, SERVICE, SOAP11, WithHeader, XML, input};
use support::world::{Script, Still, settings};

fn prepared<O: rt::Operation<Input = support::mont::ChangeQuantityOfSubscription>>(
    settings: rt::Settings,
    dress: impl for<'c> FnOnce(rt::Call<'c, Script, O>) -> rt::Call<'c, Script, O>,
) -> Result<http::Request<Vec<u8>>, rt::CallError<O>> {
    let client = rt::Client::new(&SERVICE, Script::default(), settings);
    dress(client.call::<O>(input())).into_request().map(|prepared| prepared.request)
}

fn text(request: &http::Request<Vec<u8>>) -> &str {
    std::str::from_utf8(request.body()).unwrap()
}

fn header<'r>(request: &'r http::Request<Vec<u8>>, name: &str) -> &'r str {
    request.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[test]
fn the_envelope_is_the_documented_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/seeds/mont-change-quantity.txt");
    let Ok(seed) = std::fs::read_to_string(path) else {
        println!("skipped: needs ../shared");
        return;
    };
    let documented =
        seed.lines().find(|line| line.contains("<s:Envelope") && line.contains("<o:UsernameToken>")).unwrap();
    let request = prepared::<Change>(settings(), |call| call).unwrap();
    // The page shows the message with blanks between the tags.
    assert_eq!(text(&request), documented.trim().replace("> <", "><"));
    assert_eq!(request.uri(), "https://sandbox.mont.ru/Version2/Service/B2BServiceV2.svc");
    assert_eq!(request.method(), "POST");
    assert_eq!(
        header(&request, "content-type"),
        "application/soap+xml; charset=utf-8; action=\"http://tempuri.org/IB2BServiceV2/ChangeQuantityOfSubscription\""
    );
    assert!(request.headers().get("soapaction").is_none());
}

#[test]
fn soap_1_1_names_its_action_in_a_header() {
    let settings = rt::Settings::new().environment(Still).endpoint_of(&SOAP11, "https://a/x.asmx");
    let request = prepared::<Change>(settings, |call| call.over(&SOAP11)).unwrap();
    assert_eq!(header(&request, "content-type"), "text/xml; charset=utf-8");
    assert_eq!(header(&request, "soapaction"), "\"http://tempuri.org/IB2BServiceV2/ChangeQuantityOfSubscription\"");
    assert_eq!(
        text(&request),
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><ChangeQuantityOfSubscription \
         xmlns=\"http://tempuri.org/\"><montSubscriptionId>123</montSubscriptionId><byEndUser>true</byEndUser>\
         <newQuantity>15</newQuantity></ChangeQuantityOfSubscription></s:Body></s:Envelope>"
    );
}

#[test]
fn credentials_are_never_left_out_in_silence() {
    let settings = settings().endpoint_of(&SOAP11, "https://a/x.asmx");
    let error = prepared::<Change>(settings.clone(), |call| call.over(&SOAP11)).unwrap_err().to_string();
    assert!(error.contains("Settings::soap_login"), "{error}");

    let basic = settings.clone().soap_login(rt::SoapLogin::Basic);
    let request = prepared::<Change>(basic.clone(), |call| call.over(&SOAP11)).unwrap();
    assert_eq!(header(&request, "authorization"), "Basic dXNlcm5hbWU6cGFzc3dvcmQ=");
    assert!(!text(&request).contains("Security"));
    // Also in the place of the token that the contract asks for.
    let request = prepared::<Change>(basic, |call| call).unwrap();
    assert!(!text(&request).contains("Security") && request.headers().contains_key("authorization"));

    let token = settings.soap_login(rt::SoapLogin::UsernameToken);
    let request = prepared::<Change>(token, |call| call.over(&SOAP11)).unwrap();
    assert!(text(&request).contains("<o:UsernameToken>") && !request.headers().contains_key("authorization"));
}

#[test]
fn timestamp_and_digest() {
    let request = prepared::<Change>(settings().timestamp(true).digest(true), |call| call).unwrap();
    let body = text(&request);
    assert!(body.contains(
        "<u:Timestamp u:Id=\"_0\"><u:Created>2015-09-23T13:12:13.550Z</u:Created>\
         <u:Expires>2015-09-23T13:17:13.550Z</u:Expires></u:Timestamp><o:UsernameToken>"
    ));
    let digest = rt::soap::password_digest(&(0..16).collect::<Vec<u8>>(), "2015-09-23T13:12:13.550Z", b"password");
    assert!(body.contains(&format!("#PasswordDigest\">{digest}</o:Password>")), "{body}");
    assert!(body.contains("#Base64Binary\">AAECAwQFBgcICQoLDA0ODw==</o:Nonce><u:Created>2015-09-23T13:12:13.550Z"));
    assert!(!body.contains(">password<"));
}

#[test]
fn names_and_addresses_are_escaped() {
    let settings = rt::Settings::new().environment(Still).credentials("a<b&c", "p<&>\"'").to("https://inner/?a=1&b=2");
    let request = prepared::<Change>(settings, |call| call).unwrap();
    assert!(text(&request).contains("<o:Username>a&lt;b&amp;c</o:Username>"));
    assert!(text(&request).contains("#PasswordText\">p&lt;&amp;&gt;\"'</o:Password>"));
    assert!(text(&request).contains("<a:To s:mustUnderstand=\"1\">https://inner/?a=1&amp;b=2</a:To>"));
    let settings = rt::Settings::new().credentials("a\u{1}", "p");
    assert!(matches!(prepared::<Change>(settings, |call| call), Err(rt::CallError::Request(_))));
}

#[test]
fn declared_headers_are_required() {
    let token = || rt::RawElement::parse("<Token xmlns='urn:t'>1</Token>").unwrap();
    let missing = prepared::<WithHeader>(settings(), |call| call).unwrap_err();
    assert!(missing.to_string().contains("{http://corteos.ru}AuthHeader is required"), "{missing}");

    let request = prepared::<WithHeader>(settings(), |call| call.set_header(AUTH_HEADER, "t<1".to_owned())).unwrap();
    assert!(
        text(&request).contains("<AuthHeader xmlns=\"http://corteos.ru\">t&lt;1</AuthHeader></s:Header>"),
        "{}",
        text(&request)
    );

    let mut client = rt::Client::new(&SERVICE, Script::default(), settings());
    client.set_header(AUTH_HEADER, "client".to_owned());
    let own = client.call::<WithHeader>(input()).set_header(AUTH_HEADER, "call".to_owned()).into_request().unwrap();
    assert!(text(&own.request).contains(">call</AuthHeader>"));
    // The client's header goes only where it is declared; a raw one goes anywhere.
    let other = client.call::<Change>(input()).header(token()).into_request().unwrap();
    assert!(!text(&other.request).contains("AuthHeader"));
    assert!(text(&other.request).contains("<Token xmlns='urn:t'>1</Token></s:Header>"));

    let undeclared = prepared::<Change>(settings(), |call| call.set_header(AUTH_HEADER, String::new())).unwrap_err();
    assert!(undeclared.to_string().contains("does not declare"), "{undeclared}");
    let plain = prepared::<Change>(settings(), |call| call.over(&XML).header(token())).unwrap_err();
    assert!(plain.to_string().contains("cannot carry"), "{plain}");
}

#[test]
fn credentials_stay_off_open_lines() {
    let open = settings().endpoint("http://mont.example/");
    let error = prepared::<Change>(open.clone(), |call| call).unwrap_err();
    assert!(error.to_string().contains("allow_plaintext_http"), "{error}");
    assert_eq!(error.delivery(), rt::Delivery::NotSent);
    assert!(prepared::<Change>(open.allow_plaintext_http(true), |call| call).is_ok());
    assert!(prepared::<Change>(settings().endpoint("http://127.0.0.1:1/"), |call| call).is_ok());
    let none = prepared::<Change>(rt::Settings::new(), |call| call).unwrap_err();
    assert!(none.to_string().contains("Settings::credentials"), "{none}");
    // A header of the application's own is no way around it.
    let own = |name: http::HeaderName, value: &'static str| {
        let settings = rt::Settings::new().endpoint_of(&XML, "http://mont.example/");
        let settings = settings.http_header(name, http::HeaderValue::from_static(value));
        prepared::<Change>(settings, |call| call.over(&XML))
    };
    let error = own(http::header::AUTHORIZATION, "Basic dTpw").unwrap_err();
    assert!(error.to_string().contains("allow_plaintext_http"), "{error}");
    assert!(own(http::header::ACCEPT_LANGUAGE, "ru").is_ok());
}

#[test]
fn bindings_are_checked() {
    let error = prepared::<Change>(settings(), |call| call.over(&support::mont::NO_ROUTE)).unwrap_err();
    assert!(error.to_string().contains("only on: soap, xml, soap11, get"), "{error}");
    static FOREIGN: rt::Binding = rt::Binding {
        name: "foreign",
        index: 0,
        endpoint: "https://a/",
        protocol: rt::Protocol::Plain(rt::Plain { basic: false }),
    };
    let error = prepared::<Change>(settings(), |call| call.over(&FOREIGN)).unwrap_err();
    assert!(error.to_string().contains("does not belong"), "{error}");
    let error = prepared::<Change>(settings(), |call| call.over(&SOAP11)).unwrap_err();
    assert!(error.to_string().contains("names no endpoint"), "{error}");
}

#[test]
fn plain_xml_by_post_and_get() {
    let request = prepared::<Change>(settings(), |call| call.over(&XML)).unwrap();
    assert_eq!(
        text(&request),
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><ChangeQuantityOfSubscription><montSubscriptionId>123\
         </montSubscriptionId><byEndUser>true</byEndUser><newQuantity>15</newQuantity></ChangeQuantityOfSubscription>"
    );
    assert_eq!(header(&request, "content-type"), "application/xml");
    assert_eq!(header(&request, "authorization"), "Basic dXNlcm5hbWU6cGFzc3dvcmQ=");
    assert_eq!(request.uri().path(), "/Version2/Service/B2BServiceV2Xml.svc/ChangeQuantityOfSubscription");

    let request = prepared::<Change>(settings(), |call| call.over(&support::mont::GET)).unwrap();
    assert_eq!(request.method(), "GET");
    assert_eq!(request.uri().path(), "/Version2/Service/B2BServiceV2Xml.svc/ChangeQuantityOfSubscription/123/true/15");
    assert!(request.body().is_empty() && header(&request, "content-type").is_empty());
}
