//! A transport that answers from memory, and an environment that does not change.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bindery_runtime as rt;

/// The `MessageID` of the seed's request, which the answers relate to.
pub const MESSAGE_ID: &str = "17ee9f5b-2680-4337-abce-c8d39006503a";

/// Always the same.
#[derive(Debug, Clone, Copy)]
pub struct Still;

impl rt::Environment for Still {
    fn now(&self) -> SystemTime {
        // 2015-09-23T13:12:13.550Z
        SystemTime::UNIX_EPOCH + Duration::from_millis(1_443_013_933_550)
    }

    fn random(&self) -> io::Result<[u8; 16]> {
        Ok([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
    }

    fn uuid(&self) -> io::Result<[u8; 16]> {
        let id = u128::from_str_radix(&MESSAGE_ID.replace('-', ""), 16);
        Ok(id.map_err(io::Error::other)?.to_be_bytes())
    }
}

/// The seed's settings.
pub fn settings() -> rt::Settings {
    rt::Settings::new().credentials("username", "password").environment(Still)
}

type Kept = Vec<(http::Request<Vec<u8>>, rt::Exchange)>;

type Answer = Result<http::Response<Vec<u8>>, rt::TransportError>;

/// Answers with what it was given, in order, and keeps what it was sent.
#[derive(Debug, Clone, Default)]
pub struct Script {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    sent: Arc<Mutex<Kept>>,
    pauses: Arc<Mutex<Vec<Duration>>>,
}

impl Script {
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let script = Self::default();
        script.answers.lock().unwrap().extend(answers);
        script
    }

    pub fn requests(&self) -> Vec<http::Request<Vec<u8>>> {
        self.sent.lock().unwrap().iter().map(|(request, _)| request.clone()).collect()
    }

    pub fn exchanges(&self) -> Vec<rt::Exchange> {
        self.sent.lock().unwrap().iter().map(|(_, exchange)| *exchange).collect()
    }

    pub fn pauses(&self) -> Vec<Duration> {
        self.pauses.lock().unwrap().clone()
    }

    fn answer(&self, request: http::Request<Vec<u8>>, exchange: &rt::Exchange) -> Answer {
        self.sent.lock().unwrap().push((request, *exchange));
        self.answers.lock().unwrap().pop_front().expect("nothing more is sent than the script has answers for")
    }
}

impl rt::Transport for Script {
    fn send(&self, request: http::Request<Vec<u8>>, exchange: &rt::Exchange) -> Answer {
        self.answer(request, exchange)
    }

    fn pause(&self, duration: Duration) {
        self.pauses.lock().unwrap().push(duration);
    }
}

impl rt::AsyncTransport for Script {
    async fn send(&self, request: http::Request<Vec<u8>>, exchange: &rt::Exchange) -> Answer {
        self.answer(request, exchange)
    }
}

pub fn response(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> http::Response<Vec<u8>> {
    let mut builder = http::Response::builder().status(status);
    if !content_type.is_empty() {
        builder = builder.header("content-type", content_type);
    }
    builder.body(body.into()).unwrap()
}

pub fn failed(kind: rt::TransportErrorKind, delivery: rt::Delivery) -> Answer {
    Err(rt::TransportError::new(kind, delivery))
}

/// A good answer of SOAP 1.2 to [`MESSAGE_ID`].
pub fn good() -> http::Response<Vec<u8>> {
    response(200, "application/soap+xml; charset=utf-8", envelope(GOOD))
}

pub const GOOD: &str = "<b:Data xmlns:c=\"http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts\">\
     <c:Quantity>10</c:Quantity><c:SubscriptionId>SUB-001035</c:SubscriptionId></b:Data><b:ErrorCode>0</b:ErrorCode>\
     <b:IsError>false</b:IsError>";

/// An envelope of SOAP 1.2 around these members of the result.
pub fn envelope(members: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://www.w3.org/2005/08/addressing\">\
         <s:Header><a:RelatesTo>urn:uuid:{MESSAGE_ID}</a:RelatesTo></s:Header><s:Body>\
         <ChangeQuantityOfSubscriptionResponse xmlns=\"http://tempuri.org/\"><ChangeQuantityOfSubscriptionResult \
         xmlns:b=\"http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts.Responses\">{members}\
         </ChangeQuantityOfSubscriptionResult></ChangeQuantityOfSubscriptionResponse></s:Body></s:Envelope>"
    )
}

/// A fault of SOAP 1.2.
pub fn fault(code: &str, detail: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body><s:Fault><s:Code><s:Value>s:{code}\
         </s:Value></s:Code><s:Reason><s:Text xml:lang=\"en\">why</s:Text></s:Reason><s:Detail>{detail}</s:Detail>\
         </s:Fault></s:Body></s:Envelope>"
    )
}

/// Runs a future that never waits.
pub fn run<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => panic!("the future waits for something"),
    }
}
