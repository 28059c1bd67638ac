//! SOAP headers of replies: typed where the contract declares them, as they came where it does not.

use std::sync::{Arc, Mutex};

use bindery_runtime as rt;
use bindery_tests::peers;

use super::reply_headers::operations::{self, ReplyHeaders};
use super::reply_headers::{Login, Ping, Quote, RatesServiceClient};
use super::support::Canned;

const QUOTED: &str = "<QuoteResponse xmlns='urn:rates'><rate>1.08</rate></QuoteResponse>";

fn envelope(headers: &str, body: &str) -> String {
    format!(
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:r='urn:rates' \
         xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><s:Header>{headers}</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    )
}

type Quoted = Result<rt::Reply<operations::Quote>, rt::CallError<operations::Quote>>;

fn quote(status: u16, answer: String, strict: bool) -> Quoted {
    let canned = Canned::new(status, "text/xml", answer);
    RatesServiceClient::new(&canned).quote(Quote { pair: "EURUSD".into() }).strict(strict).send_full()
}

fn quoted(headers: &str) -> Quoted {
    quote(200, envelope(headers, QUOTED), false)
}

fn left(error: &rt::CallError<operations::Quote>) -> String {
    error.to_string()
}

#[test]
fn declared_headers_are_typed_and_others_are_kept() {
    let reply = quote(200, super::file("reply_headers", "response.xml"), true).unwrap();
    let expected = ReplyHeaders { calls_left: Some(41), session: None, tracking_id: Some("t-1".into()) };
    assert_eq!(reply.headers, expected);
    assert_eq!(reply.output.to_string(), "1.0800");
    let [server] = &reply.other_headers[..] else { panic!("{reply:?}") };
    assert_eq!((server.namespace(), server.local()), ("urn:other", "Server"));
    assert!(server.as_xml().ends_with(">7.1</v:Server>"));
    // What nobody declared may be anything: it is not printed.
    assert!(!format!("{reply:?}").contains("7.1"));
}

#[test]
fn absent_and_nil_headers_are_none() {
    assert_eq!(quote(200, envelope("", QUOTED), true).unwrap().headers, ReplyHeaders::default());
    let nil = quoted("<r:TrackingId i:nil='true'/>").unwrap();
    assert_eq!(nil.headers, ReplyHeaders::default());
    assert!(nil.other_headers.is_empty());
}

#[test]
fn a_name_in_another_namespace_is_another_header() {
    let reply = quoted("<CallsLeft>1</CallsLeft><o:CallsLeft xmlns:o='urn:other'>2</o:CallsLeft>").unwrap();
    assert_eq!(reply.headers.calls_left, None);
    assert_eq!(reply.other_headers.len(), 2);
    assert!(reply.drift.is_empty());
}

#[test]
fn the_first_of_repeated_headers_counts() {
    let twice = "<r:CallsLeft>1</r:CallsLeft><r:CallsLeft>2</r:CallsLeft>";
    let reply = quoted(twice).unwrap();
    assert_eq!(reply.headers.calls_left, Some(1));
    assert!(reply.other_headers[0].as_xml().contains(">2<"));
    let drift = &reply.drift[0];
    assert_eq!(drift.kind, rt::DriftKind::RepeatedHeader);
    assert_eq!(drift.path, "/Envelope/Header/CallsLeft[2]");
    let error = quote(200, envelope(twice, QUOTED), true).unwrap_err();
    assert!(left(&error).contains("in /Envelope/Header/CallsLeft[2]"), "{error}");
}

#[test]
fn a_header_that_cannot_be_read_is_an_error_that_says_where() {
    let error = quoted("<r:TrackingId>t</r:TrackingId><r:CallsLeft>few</r:CallsLeft>").unwrap_err();
    assert!(matches!(error.failure().map(rt::Failure::layer), Some(rt::Layer::Decode)), "{error}");
    assert!(left(&error).contains("found \"few\", in /Envelope/Header/CallsLeft,"), "{error}");
}

#[test]
fn what_is_new_in_a_header_is_told() {
    let answer = envelope("<r:CallsLeft per='day'>5</r:CallsLeft>", QUOTED);
    let reply = quote(200, answer.clone(), false).unwrap();
    assert_eq!(reply.headers.calls_left, Some(5));
    assert_eq!(reply.drift[0].path, "/Envelope/Header/CallsLeft/@per");
    assert!(quote(200, answer, true).is_err());
}

#[test]
fn headers_of_other_roles_are_not_for_us() {
    let reply = quoted("<r:CallsLeft s:actor='urn:proxy'>few</r:CallsLeft>").unwrap();
    assert_eq!(reply.headers.calls_left, None);
    assert_eq!(reply.other_headers.len(), 1);
}

#[test]
fn mandatory_headers_are_understood_where_they_are_declared() {
    let headers = "<r:CallsLeft s:mustUnderstand='1'>5</r:CallsLeft>";
    assert_eq!(quoted(headers).unwrap().headers.calls_left, Some(5));
    let canned = Canned::new(200, "text/xml", envelope(headers, "<PingResponse xmlns='urn:rates'/>"));
    let error = RatesServiceClient::new(&canned).ping(Ping {}).send().unwrap_err();
    assert!(error.to_string().contains("{urn:rates}CallsLeft"), "{error}");
}

#[test]
fn an_operation_that_declares_none_keeps_them_as_they_came() {
    let headers = "<r:CallsLeft>5</r:CallsLeft>";
    let canned = Canned::new(200, "text/xml", envelope(headers, "<PingResponse xmlns='urn:rates'/>"));
    let reply = RatesServiceClient::new(&canned).ping(Ping {}).send_full().unwrap();
    let () = reply.headers;
    assert_eq!(reply.other_headers[0].local(), "CallsLeft");
}

#[test]
fn headers_come_with_faults_too() {
    let fault = "<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring></s:Fault>";
    let headers = "<r:TrackingId>t-9</r:TrackingId><r:CallsLeft>few</r:CallsLeft>";
    let error = quote(500, envelope(headers, fault), true).unwrap_err();
    let rt::CallError::Fault(faulted) = &error else { panic!("{error}") };
    // What cannot be read does not hide the fault.
    let expected = ReplyHeaders { tracking_id: Some("t-9".into()), ..ReplyHeaders::default() };
    assert_eq!(faulted.headers, expected);
    assert_eq!(faulted.fault.headers.len(), 2);
}

/// What a capture shows of an answer to `Login` with these headers and this body.
fn captured(headers: &str, body: &str) -> String {
    let seen = Arc::new(Mutex::new(String::new()));
    let into = seen.clone();
    let settings = rt::Settings::new().on_capture(move |capture| {
        if capture.direction == rt::Direction::Response {
            into.lock().unwrap().push_str(&capture.to_string());
        }
    });
    let canned = Canned::new(200, "text/xml", envelope(headers, body));
    let _ = RatesServiceClient::with(&canned, settings).login(Login { user: "u".into() }).send();
    seen.lock().unwrap().clone()
}

#[test]
fn secrets_in_headers_stay_out_of_captures() {
    let done = "<LoginResponse xmlns='urn:rates'/>";
    let fault = "<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring></s:Fault>";
    let session = "<r:Session><r:Token>HUSH</r:Token></r:Session>";
    let shown = captured(session, done);
    assert!(shown.contains("<r:Token>(redacted)</r:Token>"), "{shown}");
    for (headers, body) in [
        (session.to_owned(), fault),
        // Broken, repeated, for somebody else, before a header that stops the reading, before a body that does.
        ("<r:Session><r:Token>HUSH</r:Token><r:Expires>HUSH</r:Expires></r:Session>".to_owned(), done),
        ("<r:Session><r:Token><r:a/>HUSH</r:Token></r:Session>".to_owned(), fault),
        (format!("{session}{session}"), done),
        (session.replace("<r:Session>", "<r:Session s:actor='urn:x'>"), done),
        (format!("{session}<m s:mustUnderstand='1'/>"), done),
        (session.to_owned(), "<other/>"),
    ] {
        let shown = captured(&headers, body);
        assert!(!shown.contains("HUSH") && !shown.is_empty(), "{headers}\n{shown}");
    }
}

/// zeep reads the same headers out of the same message; it calls them by the parts of the WSDL's message.
#[test]
fn zeep_reads_the_same_headers() {
    let response = super::file("reply_headers", "response.xml");
    let wsdl = super::support::root().join("tests/golden/reply_headers/input.wsdl");
    let Some(theirs) = peers::found(peers::zeep_reply(&wsdl, "RatesSoap", "Quote", &response)) else { return };
    for ours in [r#""tracking": "t-1""#, r#""left": 41"#, "{urn:other}Server", r#""rate": "1.0800""#] {
        assert!(theirs.contains(ours), "{ours} in {theirs}");
    }
}
