//! What becomes of a call: outcomes, repeats, faults, errors, captures.

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bindery_runtime as rt;
use rt::{CallError, Delivery, TransportErrorKind as Kind};
use support::mont::{Change, Detail, Look, MontError, Notify, SERVICE, SUBSCRIBER, XML, input};
use support::world::{MESSAGE_ID, Script, envelope, failed, fault, good, response, run, settings};

const SOAP: &str = "application/soap+xml; charset=utf-8";

fn call<O>(script: &Script, settings: rt::Settings) -> Result<O::Output, CallError<O>>
where
    O: rt::Operation<Input = support::mont::ChangeQuantityOfSubscription>,
{
    rt::Client::new(&SERVICE, script.clone(), settings).call::<O>(input()).send()
}

fn answered<O>(response: http::Response<Vec<u8>>) -> Result<O::Output, CallError<O>>
where
    O: rt::Operation<Input = support::mont::ChangeQuantityOfSubscription>,
{
    call::<O>(&Script::new([Ok(response)]), settings())
}

#[test]
fn both_worlds() {
    let script = Script::new([Ok(good()), Ok(good())]);
    let client = rt::Client::new(&SERVICE, &script, settings());
    assert_eq!(client.call::<Change>(input()).send().unwrap().quantity, 10);
    let client = rt::Client::new(&SERVICE, script.clone(), settings());
    assert_eq!(run(async { client.call::<Change>(input()).await }).unwrap().quantity, 10);
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    drop(is_send(client.call::<Change>(input()).into_future()));
}

#[test]
fn an_application_may_send_for_itself() {
    let client = rt::Client::new(&SERVICE, (), settings());
    let prepared = client.call::<Change>(input()).into_request().unwrap();
    assert_eq!(prepared.sent.message_id.as_deref(), Some(format!("urn:uuid:{MESSAGE_ID}").as_str()));
    let reply = client.read_response::<Change>(&prepared.sent, &good()).unwrap();
    assert_eq!(reply.output.subscription_id, "SUB-001035");
}

#[test]
fn what_may_have_happened_is_never_repeated() {
    let script = Script::new([failed(Kind::Closed, Delivery::MaybeSent)]);
    let error = call::<Change>(&script, settings().retries(4)).unwrap_err();
    assert_eq!(script.requests().len(), 1);
    assert!(matches!(&error, CallError::OutcomeUnknown { settled_by: "GetSubscription", .. }));
    assert_eq!(error.outcome(), rt::Outcome::Unknown { settled_by: "GetSubscription" });
    assert!(error.to_string().ends_with("call GetSubscription to find out, do not send it again"), "{error}");
    assert!(!error.is_retryable());
    for answer in [
        response(200, "application/soap+xml", &b"<broken"[..]),
        response(503, "text/html", "busy"),
        response(200, "text/html", "login page"),
        response(200, SOAP, envelope("<b:IsError>maybe</b:IsError>")),
        response(200, SOAP, envelope("<b:IsError>false</b:IsError><b:ErrorCode>0</b:ErrorCode>")),
        response(
            200,
            SOAP,
            good().into_body().iter().map(|byte| if *byte == b'7' { b'8' } else { *byte }).collect::<Vec<u8>>(),
        ),
    ] {
        let error = answered::<Change>(answer).unwrap_err();
        assert!(matches!(error, CallError::OutcomeUnknown { .. }), "{error}");
        assert!(error.body().is_some());
    }
}

#[test]
fn what_certainly_did_not_happen_is_no_open_question() {
    for answer in [response(401, "text/html", "who?"), response(302, "", ""), response(404, "text/html", "")] {
        let error = answered::<Change>(answer).unwrap_err();
        assert!(matches!(error, CallError::Http(_)), "{error}");
        assert_eq!(error.outcome(), rt::Outcome::NotExecuted);
    }
    let script = Script::new([failed(Kind::Connect, Delivery::NotSent)]);
    let error = call::<Change>(&script, settings()).unwrap_err();
    assert!(matches!(error, CallError::Transport(_)) && error.is_retryable(), "{error}");
}

#[test]
fn repeats_are_asked_for_and_counted() {
    let lost = || failed(Kind::Connect, Delivery::NotSent);
    let script = Script::new([lost(), lost(), Ok(good())]);
    assert!(call::<Change>(&script, settings().retries(2)).is_ok());
    assert_eq!(script.requests().len(), 3);
    assert!(script.pauses().iter().all(|pause| *pause <= Duration::from_secs(5)));
    let script = Script::new([lost()]);
    assert!(call::<Change>(&script, settings()).is_err());

    let script = Script::new([failed(Kind::Closed, Delivery::MaybeSent), Ok(response(503, "", "")), Ok(good())]);
    assert!(call::<Look>(&script, settings().retries(2)).is_ok());
    let script = Script::new([failed(Kind::Tls, Delivery::NotSent)]);
    assert!(call::<Look>(&script, settings().retries(2)).is_err());

    let mut busy = response(429, "", "");
    busy.headers_mut().insert("retry-after", "7".parse().unwrap());
    let script = Script::new([Ok(busy.clone()), Ok(good())]);
    assert!(call::<Look>(&script, settings().retries(1)).is_ok());
    assert_eq!(script.pauses(), [Duration::from_secs(7)]);
    busy.headers_mut().insert("retry-after", "61".parse().unwrap());
    let script = Script::new([Ok(busy)]);
    assert_eq!(call::<Look>(&script, settings().retries(1)).unwrap_err().status(), Some(429));
}

#[test]
fn every_attempt_has_fresh_ids_and_less_time() {
    let script = Script::new([failed(Kind::Connect, Delivery::NotSent), Ok(response(500, "", ""))]);
    let settings = rt::Settings::new().credentials("u", "p").digest(true).retries(1);
    assert!(call::<Change>(&script, settings).is_err());
    let requests = script.requests();
    let piece = |index: usize, from: &str| {
        let text = String::from_utf8(requests[index].body().clone()).unwrap();
        text[text.find(from).unwrap()..][..60].to_owned()
    };
    for from in ["<a:MessageID>", "#Base64Binary"] {
        assert_ne!(piece(0, from), piece(1, from));
    }
    let exchanges = script.exchanges();
    assert!(exchanges.iter().all(|exchange| exchange.fresh_connection));
    assert!(exchanges[1].timeouts.total <= exchanges[0].timeouts.total);
    assert!(exchanges[0].timeouts.total <= Duration::from_secs(180));
    let script = Script::new([Ok(good())]);
    assert!(call::<Look>(&script, support::world::settings()).is_ok());
    assert!(!script.exchanges()[0].fresh_connection);
}

#[test]
fn no_time_left_is_an_error_before_sending() {
    let client = rt::Client::new(&SERVICE, Script::default(), settings());
    let error = client.call::<Change>(input()).timeout(Duration::ZERO).send().unwrap_err();
    assert!(error.delivery() == Delivery::NotSent && error.to_string().contains("timed out"), "{error}");
}

#[test]
fn faults_are_typed() {
    let detail = format!("<p:ProfileFault xmlns:p=\"{SUBSCRIBER}\"><p:Login>me</p:Login></p:ProfileFault><x/>");
    let error = answered::<Change>(response(500, SOAP, fault("Receiver", &detail))).unwrap_err();
    assert!(matches!(error, CallError::Fault(_)));
    assert_eq!(error.fault().unwrap().code, rt::FaultCode::Receiver);
    assert_eq!(error.fault().unwrap().detail.len(), 2);
    let Some(Detail::Profile(profile)) = error.detail() else { panic!("no detail") };
    assert_eq!(profile.login.as_deref(), Some("me"));
    assert_eq!(error.to_string(), "ChangeQuantityOfSubscription (soap, sandbox.mont.ru): fault Receiver: why");

    let error = answered::<Change>(response(400, SOAP, fault("Receiver", ""))).unwrap_err();
    assert_eq!(error.outcome(), rt::Outcome::Unknown { settled_by: "GetSubscription" });
    let error = answered::<Change>(response(200, SOAP, fault("Sender", ""))).unwrap_err();
    assert_eq!(error.outcome(), rt::Outcome::NotExecuted);
}

#[test]
fn refusals_are_typed() {
    let members = "<b:ErrorCode>17</b:ErrorCode><b:ErrorText>плохо</b:ErrorText><b:IsError>true</b:IsError>";
    let error = answered::<Change>(response(200, SOAP, envelope(members))).unwrap_err();
    assert_eq!(error.codes(), [(MontError::BadQuantity, Some("плохо".to_owned()))]);
    assert_eq!(error.to_string(), "ChangeQuantityOfSubscription (soap, sandbox.mont.ru): refused with 17 (плохо)");
    assert_eq!((error.outcome(), error.is_retryable()), (rt::Outcome::NotExecuted, false));

    let later = "<b:ErrorCode>30</b:ErrorCode><b:IsError>true</b:IsError>";
    let error = answered::<Change>(response(200, SOAP, envelope(later))).unwrap_err();
    assert_eq!(error.outcome(), rt::Outcome::Unknown { settled_by: "GetSubscription" });
    assert!(!error.is_retryable());
    assert!(answered::<Look>(response(200, SOAP, envelope(later))).unwrap_err().is_retryable());
}

#[test]
fn one_way_calls_want_no_body() {
    for answer in [response(202, "", ""), response(204, "", ""), response(200, "text/plain", "ok")] {
        assert!(answered::<Notify>(answer).is_ok());
    }
    let empty = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body/></s:Envelope>";
    assert!(answered::<Notify>(response(200, SOAP, empty)).is_ok());
    assert!(matches!(answered::<Notify>(response(500, SOAP, fault("Sender", ""))), Err(CallError::Fault(_))));
    assert!(answered::<Notify>(response(500, "", "")).is_err());
    assert!(answered::<Notify>(response(500, SOAP, empty)).is_err());
    let error = answered::<Look>(response(202, "", "")).unwrap_err();
    assert!(error.to_string().contains("is empty"), "{error}");
}

#[test]
fn redirects_are_told_without_secrets() {
    let mut answer = response(307, "", "");
    answer.headers_mut().insert("location", "https://u:p@other/x?token=SECRET".parse().unwrap());
    let error = answered::<Look>(answer).unwrap_err();
    assert!(error.to_string().contains("redirected to https://other/x,"), "{error}");
    assert!(!format!("{error:?}").contains("SECRET"));
}

#[test]
fn plain_xml_answers() {
    let answer = |body: &str| {
        let client = rt::Client::new(
            &SERVICE,
            Script::new([Ok(response(200, "application/xml; charset=utf-8", body))]),
            settings(),
        );
        client.call::<Look>(input()).over(&XML).send()
    };
    let members = "<Data><SubscriptionId>S</SubscriptionId><Quantity>3</Quantity><ActiveTill \
                   xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/></Data><IsError>false</IsError><ErrorCode>0</ErrorCode>";
    let document = |root: &str| {
        format!(
            "<?xml version='1.0'?><{root}><ChangeQuantityOfSubscriptionResult>{members}</ChangeQuantityOfSubscriptionResult></{root}>"
        )
    };
    assert_eq!(answer(&document("ChangeQuantityOfSubscriptionResponse")).unwrap().quantity, 3);
    assert!(matches!(answer(&document("Other")), Err(CallError::Decode(_))));
}

#[test]
fn an_attachment_is_read_in_place() {
    let members = "<b:Data xmlns:c=\"http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts\">\
        <c:Key><x:Include xmlns:x=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:k%40x\"/></c:Key>\
        <c:Quantity>1</c:Quantity><c:SubscriptionId>S</c:SubscriptionId></b:Data><b:ErrorCode>0</b:ErrorCode><b:IsError>false</b:IsError>";
    let media = "multipart/related; type=\"application/xop+xml\"; start=\"<r>\"; boundary=B";
    let package = |members: &str| {
        format!(
            "--B\r\nContent-Type: application/xop+xml; charset=utf-8\r\nContent-ID: <r>\r\n\r\n{}\r\n--B\r\nContent-ID: <k@x>\r\n\r\nABC\r\n--B--",
            envelope(members)
        )
    };
    let data = answered::<Look>(response(200, media, package(members))).unwrap();
    assert_eq!(data.key.unwrap().to_string(), "QUJD");
    for (from, to) in [("cid:k%40x", "cid:other"), ("cid:k%40x", "http://127.0.0.1:9/x")] {
        let error = answered::<Look>(response(200, media, package(&members.replace(from, to)))).unwrap_err();
        assert!(error.to_string().contains("xop:Include"), "{error}");
    }
}

#[test]
fn differences_are_told() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let keep = told.clone();
    let listening = settings().on_drift(move |operation, drift| {
        keep.lock().unwrap().push(format!("{}: {drift}", operation.name));
    });
    let body = envelope(support::world::GOOD).replace("<c:Quantity>", "<c:New>1</c:New><c:Quantity>");
    assert!(call::<Look>(&Script::new([Ok(response(200, SOAP, body.clone()))]), listening).is_ok());
    let told = told.lock().unwrap();
    assert!(told.len() == 1 && told[0].contains("unknown element") && told[0].contains("/Data/New"), "{told:?}");
    let error = call::<Look>(&Script::new([Ok(response(200, SOAP, body))]), settings().strict(true)).unwrap_err();
    assert!(matches!(error, CallError::Decode(_)), "{error}");
}

#[test]
fn captures_and_errors_hold_no_secrets() {
    let shown = Arc::new(Mutex::new(String::new()));
    let keep = shown.clone();
    let settings = rt::Settings::new()
        .credentials("user", "SECRET-p&1")
        .environment(support::world::Still)
        .http_header("x-key".parse().unwrap(), "SECRET-2".parse().unwrap())
        .on_capture(move |capture| keep.lock().unwrap().push_str(&format!("{capture}\n{capture:?}\n")));
    let profile = "<c:RegistrationProfile xmlns:d=\"http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts.Subscriber\">\
                   <d:Login>l</d:Login><d:Password>SECRET-3</d:Password></c:RegistrationProfile>";
    let with = |rest: &str| envelope(&support::world::GOOD.replace("<c:Quantity>10", &format!("{profile}{rest}")));
    // A good answer, one that breaks before and one that breaks behind the secret, and one that is no message.
    let early = with("").replace("<c:RegistrationProfile", "<c:Quantity>x</c:Quantity><c:RegistrationProfile");
    for body in [with("<c:Quantity>1"), with("<c:Quantity>x"), early, "SECRET-4".into()] {
        for binding in [&support::mont::SOAP, &XML] {
            let script = Script::new([Ok(response(200, SOAP, body.clone()))]);
            let client = rt::Client::new(&SERVICE, script, settings.clone());
            let debug = format!("{client:?}{:?}", client.call::<Look>(input()));
            shown.lock().unwrap().push_str(&debug);
            match client.call::<Look>(input()).over(binding).send_full() {
                Ok(reply) => shown.lock().unwrap().push_str(&format!("{reply:?}")),
                Err(error) => {
                    let mut text = format!("{error}\n{error:?}\n");
                    let mut source = std::error::Error::source(&error);
                    while let Some(error) = source {
                        text.push_str(&format!("{error} {error:?}"));
                        source = error.source();
                    }
                    shown.lock().unwrap().push_str(&text);
                }
            }
        }
    }
    let shown = shown.lock().unwrap();
    assert!(shown.contains("(redacted)") && shown.contains("<d:Login>l</d:Login>"));
    assert!(!shown.contains("SECRET"), "{}", &shown[shown.find("SECRET").unwrap().saturating_sub(300)..]);
    // HTTP Basic of the plain wire.
    assert!(!shown.contains("Basic "));
}
