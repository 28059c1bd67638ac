//! Calls over XML-RPC: the struct that carries an operation, its result and its faults.

mod support;

use std::sync::{Arc, Mutex};

use bindery_runtime as rt;
use rt::CallError;
use support::world::{Script, response};

/// What a positional operation takes: an id, and a secret.
#[derive(Debug, Clone, PartialEq)]
struct Get {
    id: i32,
    card: rt::Secret<String>,
}

static GET: rt::Shape = rt::Shape {
    name: rt::Name::new("", "Get_API"),
    kind: rt::Kind::Slots,
    members: &[
        rt::slot("AccountID", rt::Count::None, rt::Flags::REQUIRED),
        rt::slot("Card", rt::Count::None, rt::Flags::REQUIRED.and(rt::Flags::SECRET)),
    ],
    ordinal: &[],
};

/// What it returns.
#[derive(Debug, Clone, PartialEq)]
struct Got {
    id: i32,
    token: rt::Secret<String>,
}

static GOT: rt::Shape = rt::Shape {
    name: rt::Name::new("", "Got"),
    kind: rt::Kind::Slots,
    members: &[
        rt::slot("AccountID", rt::Count::None, rt::Flags::REQUIRED),
        rt::slot("Token", rt::Count::None, rt::Flags::REQUIRED.and(rt::Flags::SECRET)),
    ],
    ordinal: &[],
};

impl rt::Value for Get {
    fn vacant() -> Self {
        Self { id: rt::Value::vacant(), card: rt::Value::vacant() }
    }

    fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
        at.record(&GET, &mut [&mut self.id, &mut self.card])
    }

    fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
        to.record(&GET, &[&self.id, &self.card])
    }
}

impl rt::Value for Got {
    fn vacant() -> Self {
        Self { id: rt::Value::vacant(), token: rt::Value::vacant() }
    }

    fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
        at.record(&GOT, &mut [&mut self.id, &mut self.token])
    }

    fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
        to.record(&GOT, &[&self.id, &self.token])
    }
}

static BM: rt::Binding = rt::Binding {
    name: "xmlrpc",
    index: 0,
    endpoint: "https://billing.example:5224/RPC2",
    protocol: rt::Protocol::XmlRpc(rt::XmlRpc { method: "Execute", server: "BM" }),
};

static DIRECT: rt::Binding = rt::Binding {
    name: "direct",
    index: 1,
    endpoint: "https://billing.example/RPC2",
    protocol: rt::Protocol::XmlRpc(rt::XmlRpc { method: "", server: "" }),
};

static SERVICE: rt::ServiceInfo = rt::ServiceInfo { name: "Billing", bindings: &[&BM, &DIRECT] };

#[derive(Debug)]
struct GetApi;

impl rt::Operation for GetApi {
    type Input = Get;
    type Reply = Got;
    type Output = Got;
    type Code = rt::NoCode;
    type Detail = rt::NoDetail;
    type ReplyHeaders = ();
    const INFO: &'static rt::OperationInfo = &rt::OperationInfo {
        name: "Get_API",
        service: &SERVICE,
        effect: rt::Effect::Read,
        input: rt::Name::new("", "Get_API"),
        output: Some(rt::Name::new("", "Get_APIResponse")),
        routes: &[
            rt::Route {
                binding: 0,
                action: "",
                path: "Get_API",
                method: rt::Method::Post,
                result: rt::ResultKind::Item,
            },
            rt::Route {
                binding: 1,
                action: "",
                path: "Get_API",
                method: rt::Method::Post,
                result: rt::ResultKind::Item,
            },
        ],
        headers: &[],
    };

    fn finish(reply: Got) -> Result<Got, Box<rt::InBand<Self>>> {
        Ok(reply)
    }
}

fn input() -> Get {
    Get { id: 7, card: rt::Secret::new("SECRET-1".into()) }
}

fn answer(body: &str) -> http::Response<Vec<u8>> {
    response(200, "text/xml", format!("<?xml version='1.0'?><methodResponse>{body}</methodResponse>"))
}

fn result(items: &str) -> http::Response<Vec<u8>> {
    let result =
        format!("<value><array><data><value><array><data>{items}</data></array></value></data></array></value>");
    answer(&format!(
        "<params><param><value><struct><member><name>Other</name><value>x</value></member>\
         <member><name>Result</name>{result}</member></struct></value></param></params>"
    ))
}

fn flat(text: &str) -> String {
    text.lines().map(str::trim).collect()
}

#[test]
fn one_method_carries_every_operation() {
    let settings = rt::Settings::new().credentials("me", "SECRET-2").lang("ru").auto_commit(false);
    let client = rt::Client::new(&SERVICE, (), settings);
    let prepared = client.call::<GetApi>(input()).into_request().unwrap();
    let body = flat(std::str::from_utf8(prepared.request.body()).unwrap());
    let member = |name: &str, value: &str| format!("<member><name>{name}</name><value>{value}</value></member>");
    for expected in [
        "<methodName>Execute</methodName>".to_owned(),
        member("Server", "BM"),
        member("Method", "Get_API"),
        member("Params", "<array><data><value><i4>7</i4></value><value>SECRET-1</value></data></array>"),
        member("Lang", "ru"),
        member("Username", "me"),
        member("Password", "SECRET-2"),
        member("AutoCommit", "No"),
    ] {
        assert!(body.contains(&expected), "{expected} in {body}");
    }
    assert_eq!(prepared.sent.secrets.len(), 2);
    assert!(!prepared.request.headers().contains_key("authorization"));
    let basic = rt::Settings::new().credentials("me", "p").xmlrpc_login(rt::XmlRpcLogin::Basic);
    let client = rt::Client::new(&SERVICE, (), basic);
    let prepared = client.call::<GetApi>(input()).into_request().unwrap();
    assert!(prepared.request.headers().contains_key("authorization"));
    let prepared = client.call::<GetApi>(input()).over(&DIRECT).into_request().unwrap();
    let body = flat(std::str::from_utf8(prepared.request.body()).unwrap());
    assert!(body.contains("<methodName>Get_API</methodName><params><param><value><i4>7</i4>"), "{body}");
}

#[test]
fn results_are_found_by_name_and_secrets_hidden() {
    let shown = Arc::new(Mutex::new(String::new()));
    let keep = shown.clone();
    let settings = rt::Settings::new().on_capture(move |capture| keep.lock().unwrap().push_str(&capture.to_string()));
    let script = Script::new([Ok(result("<value><i4>7</i4></value><value>SECRET-3</value>"))]);
    let client = rt::Client::new(&SERVICE, script, settings);
    let got = client.call::<GetApi>(input()).send().unwrap();
    assert_eq!((got.id, got.token.expose().as_str()), (7, "SECRET-3"));
    let shown = shown.lock().unwrap();
    assert!(shown.contains("<i4>7</i4>") && !shown.contains("SECRET"), "{shown}");
}

#[test]
fn growth_is_told_and_gaps_are_errors() {
    let call = |answer| {
        rt::Client::new(&SERVICE, Script::new([Ok(answer)]), rt::Settings::new()).call::<GetApi>(input()).send_full()
    };
    let reply = call(result("<value><i4>7</i4></value><value>t</value><value>new</value>")).unwrap();
    assert_eq!(reply.drift.len(), 1);
    let error = call(result("<value><i4>7</i4></value>")).unwrap_err();
    assert!(matches!(error, CallError::Decode(_)) && error.to_string().contains("Token"), "{error}");
    assert!(call(answer("<params><param><value>x</value></param></params>")).is_err());
    assert!(matches!(call(response(502, "text/html", "<p>")), Err(CallError::Http(_))));
}

#[test]
fn faults_are_faults_on_any_status() {
    let fault = "<fault><value><struct><member><name>faultCode</name><value><int>1</int></value></member><member>\
                 <name>faultString</name><value>VGFibGUgQWNjb3VudCBkb2VzIG5vdCBjb250YWluIHJvdyB3aXRoIElEIDk5OTk5OTk5Lg==</value>\
                 </member></struct></value></fault>";
    for status in [200, 500] {
        let mut answer = answer(fault);
        *answer.status_mut() = status.try_into().unwrap();
        let client = rt::Client::new(&SERVICE, Script::new([Ok(answer)]), rt::Settings::new());
        let error = client.call::<GetApi>(input()).send().unwrap_err();
        let fault = error.fault().unwrap();
        assert_eq!(fault.code, rt::FaultCode::Number(1));
        assert_eq!(fault.reason(), "Table Account does not contain row with ID 99999999.");
        assert!(fault.raw_text.starts_with("VGFi"));
    }
}
