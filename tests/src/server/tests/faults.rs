use std::time::{Duration, Instant};

use super::*;
use crate::server::{Fault, Reply};

const HEADERS: [(&str, &str); 2] =
    [("Authorization", "Basic dXNlcm5hbWU6cGFzc3dvcmQ="), ("Content-Type", "application/xml")];

fn add(server: &Server, num: &str) -> (u16, String, String) {
    let body = format!(
        "<AddOrder><orderRequest><OrderNum>{num}</OrderNum><SendOrderLines><SendOrderLineContract><OrderLineNum>{num}-1</OrderLineNum>\
         <PartNum>abc-11111</PartNum><Quantity>1</Quantity></SendOrderLineContract></SendOrderLines></orderRequest></AddOrder>"
    );
    send(&format!("{}/AddOrder", server.mont_xml_url), "POST", &HEADERS, &body)
}

#[test]
fn the_ledger_knows_what_the_client_does_not() {
    let server = Server::start().unwrap();
    server.next(Fault::unavailable());
    server.next(Fault::Refuse);
    server.next(Fault::Hangup);
    server.next(Fault::Cut(10));
    server.next(Fault::ExecutedBut(Reply::html(502, "Bad Gateway")));
    assert_eq!(add(&server, "1").0, 503);
    assert_eq!(add(&server, "2").1, "");
    assert_eq!(add(&server, "3").1, "");
    assert_eq!(add(&server, "4").2.len(), 10);
    assert_eq!(add(&server, "5").0, 502);
    assert_eq!(add(&server, "6").0, 200);
    assert_eq!(server.mont_orders(), ["3", "4", "5", "6"]);
    assert_eq!(server.requests().len(), 6);
    assert_eq!(server.last_request().unwrap().operation, "AddOrder");
}

#[test]
fn a_fault_waits_for_its_operation_and_time_passes() {
    let server = Server::start().unwrap();
    server.next_on("GetOrder", Fault::unavailable());
    server.next_on("AddOrder", Fault::Delay(Duration::from_millis(60)));
    server.next_on("AddOrder", Fault::Drip(200, Duration::from_millis(2)));
    server.next_on("AddOrder", Fault::replace("<ErrorCode>0", "<ErrorCode>zero"));
    let start = Instant::now();
    assert_eq!(add(&server, "1").0, 200);
    assert!(start.elapsed() >= Duration::from_millis(60));
    assert!(add(&server, "2").2.ends_with("</AddOrderResponse>"));
    assert!(add(&server, "3").2.contains("<ErrorCode>zero"));
    assert_eq!(send(&format!("{}/GetOrder/1", server.mont_xml_url), "GET", &HEADERS, "").0, 503);
    assert_eq!(send(&format!("{}/GetOrder/1", server.mont_xml_url), "GET", &HEADERS, "").0, 200);
}

#[test]
fn chunked_requests_and_kept_connections() {
    let server = Server::start().unwrap();
    let host = server.mont_xml_url.strip_prefix("http://").and_then(|rest| rest.split('/').next()).unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let body = "<GetOrder><orderNumber>1</orderNumber></GetOrder>";
    let (first, second) = body.split_at(20);
    let request = format!(
        "POST /Version2/Service/B2BServiceV2Xml.svc/GetOrder HTTP/1.1\r\nHost: {host}\r\nauthorization: {}\r\n\
         Content-Type: application/xml\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{first}\r\n{:x};a=b\r\n{second}\r\n0\r\n\r\n",
        HEADERS[0].1,
        first.len(),
        second.len()
    );
    for _ in 0..2 {
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        let mut piece = [0; 4096];
        while !answer.ends_with(b"</GetOrderResponse>") {
            let got = stream.read(&mut piece).unwrap();
            assert!(got > 0, "closed after {}", String::from_utf8_lossy(&answer));
            answer.extend_from_slice(&piece[..got]);
        }
    }
    let requests = server.requests();
    assert_eq!(requests.iter().map(|r| (r.connection, r.text())).collect::<Vec<_>>(), vec![(0, body.to_owned()); 2]);
}

#[test]
fn stopping_closes_what_is_open() {
    let server = Server::start().unwrap();
    let host = server.mont_xml_url.strip_prefix("http://").and_then(|r| r.split('/').next()).unwrap().to_owned();
    let mut stream = TcpStream::connect(&host).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    drop(server);
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    assert!(TcpStream::connect(&host).is_err());
}
