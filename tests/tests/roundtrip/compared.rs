//! One message of each style, beside what python-zeep and node-soap send for the same input and the same WSDL. It must be the
//! same XML; where it is not, the test says why ours is right, and exactly what they do instead.

use bindery_runtime as rt;
use bindery_tests::peers::{self, PeerResult};
use rt::call::Prepared;
use rt::xml::canonical;

use super::bare_body::{BareServiceClient, Find};
use super::rpc_encoded::{Line, Order, ShopServiceClient, Unit};
use super::styles::{
    AnyShape, Auth, CallsClient, Circle, DOCUMENTS12, DocumentsClient, Draw, Label, LabelPrice, Open, Optional, Pay,
    PayChoice, Place, Query, Secured,
};
use super::support::{Fixed, difference, root, text};

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const ENCODING: &str = "http://schemas.xmlsoap.org/soap/encoding/";
const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// What another toolkit is expected to send.
enum Theirs {
    /// The same.
    Same,
    /// Something else: why ours is right, and how to get theirs from our canonical form.
    Differs(&'static str, fn(&str) -> String),
}

struct Sample {
    /// A folder of `tests/golden/`.
    fixture: &'static str,
    port: &'static str,
    operation: &'static str,
    ours: Prepared,
    zeep: (&'static str, Theirs),
    node: (&'static str, Theirs),
}

impl Sample {
    #[track_caller]
    fn compare(self) {
        let wsdl = root().join("tests/golden").join(self.fixture).join("input.wsdl");
        let ours = canonical(text(&self.ours)).unwrap();
        let check = |name: &str, sent: PeerResult<String>, expected: Theirs| {
            let Some(sent) = peers::found(sent) else { return };
            let theirs = canonical(&sent).unwrap_or_else(|error| panic!("{name}: {error}\n{sent}"));
            let (reason, expected) = match expected {
                Theirs::Same => ("the same was expected", ours.clone()),
                Theirs::Differs(reason, change) => {
                    assert_ne!(ours, theirs, "{name} agrees now: {reason}");
                    (reason, change(&ours))
                }
            };
            assert!(expected == theirs, "{name}: {reason}\n{}", difference(&expected, &theirs));
        };
        let (port, operation) = (self.port, self.operation);
        check("zeep", peers::zeep_request(&wsdl, port, operation, self.zeep.0), self.zeep.1);
        check("node-soap", peers::node_soap_request(&wsdl, port, operation, self.node.0), self.node.1);
    }
}

/// A sample of `tests/golden/styles` on which all agree.
#[track_caller]
fn all_agree(port: &'static str, operation: &'static str, ours: Prepared, zeep: &'static str, node: &'static str) {
    let (zeep, node) = ((zeep, Theirs::Same), (node, Theirs::Same));
    Sample { fixture: "styles", port, operation, ours, zeep, node }.compare();
}

fn documents() -> DocumentsClient<()> {
    DocumentsClient::with((), rt::Settings::new().environment(Fixed))
}

fn decimal(text: &str) -> rt::Decimal {
    text.parse().unwrap()
}

#[test]
fn document_literal_wrapped() {
    let input = Place {
        customer: "A & B".into(),
        quantity: -3,
        due: "2026-12-01".parse().unwrap(),
        price: decimal("10.50"),
        gift: true,
        tag: vec!["x".into(), "y z".into()],
    };
    all_agree(
        "Documents11",
        "Place",
        documents().place(input).into_request().unwrap(),
        r#"{"customer": "A & B", "quantity": -3, "due": {"$date": "2026-12-01"}, "price": {"$decimal": "10.50"}, "gift": true,
            "tag": ["x", "y z"]}"#,
        r#"{"customer": "A & B", "quantity": -3, "due": "2026-12-01", "price": "10.50", "gift": true, "tag": ["x", "y z"]}"#,
    );
}

#[test]
fn document_literal_bare_on_soap_1_2() {
    let json = r#"{"text": "ключ", "limit": 10}"#;
    let call = documents().find(Query { text: "ключ".into(), limit: 10 }).over(&DOCUMENTS12).into_request().unwrap();
    all_agree("Documents12", "Find", call, json, json);
}

#[test]
fn optional_and_nillable_members() {
    let input = Optional { absent: None, nil: None, either: rt::Nillable::Nil, empty: String::new() };
    all_agree(
        "Documents11",
        "Optional",
        documents().optional(input).into_request().unwrap(),
        r#"{"nil": {"$nil": true}, "either": {"$nil": true}, "empty": ""}"#,
        r#"{"nil": "$nil", "either": "$nil", "empty": ""}"#,
    );
}

#[test]
fn attributes_and_simple_content() {
    let price = LabelPrice { currency: "EUR".into(), note: None, value: decimal("1.50") };
    all_agree(
        "Documents11",
        "Label",
        documents().label(Label { id: 7, state: Some("<new>".into()), price }).into_request().unwrap(),
        r#"{"id": 7, "state": "<new>", "price": {"_value_1": {"$decimal": "1.50"}, "currency": "EUR"}}"#,
        r#"{"attributes": {"id": 7, "state": "<new>"}, "price": {"attributes": {"currency": "EUR"}, "$value": "1.50"}}"#,
    );
}

#[test]
fn a_choice() {
    all_agree(
        "Documents11",
        "Pay",
        documents().pay(Pay { amount: decimal("5"), choice: PayChoice::Iban("DE1".into()) }).into_request().unwrap(),
        r#"{"amount": {"$decimal": "5"}, "iban": "DE1"}"#,
        r#"{"amount": "5", "iban": "DE1"}"#,
    );
}

#[test]
fn a_derived_type() {
    let shape = AnyShape::Circle(Box::new(Circle { colour: "red".into(), radius: 2 }));
    all_agree(
        "Documents12",
        "Draw",
        documents().draw(Draw { shape }).over(&DOCUMENTS12).into_request().unwrap(),
        r#"{"shape": {"$type": "{urn:styles}Circle", "colour": "red", "radius": 2}}"#,
        r#"{"shape": {"attributes": {"xsi:type": "tns:Circle"}, "colour": "red", "radius": 2}}"#,
    );
}

#[test]
fn open_content() {
    let any = rt::RawElement::parse("<o:x xmlns:o='urn:other' a='1'><o:y>z</o:y></o:x>").unwrap();
    all_agree(
        "Documents11",
        "Open",
        documents().open(Open { name: "n".into(), any }).into_request().unwrap(),
        r#"{"name": "n", "_value_1": {"$xml": "<o:x xmlns:o='urn:other' a='1'><o:y>z</o:y></o:x>"}}"#,
        r#"{"$xml": "<name>n</name><o:x xmlns:o='urn:other' a='1'><o:y>z</o:y></o:x>"}"#,
    );
}

#[test]
fn a_header() {
    for (port, binding) in [("Documents11", None), ("Documents12", Some(&DOCUMENTS12))] {
        let mut client = documents();
        client.set_auth(Auth { token: "t<1>".into() });
        let call = client.secured(Secured { id: 5_000_000_000 });
        let call = match binding {
            Some(binding) => call.over(binding),
            None => call,
        };
        all_agree(
            port,
            "Secured",
            call.into_request().unwrap(),
            r#"{"id": 5000000000, "$headers": {"Auth": {"token": "t<1>"}}}"#,
            r#"{"id": 5000000000, "$headers": {"tns:Auth": {"tns:token": "t<1>"}}}"#,
        );
    }
}

#[test]
fn rpc_literal() {
    let client = CallsClient::with((), rt::Settings::new().environment(Fixed));
    let query = Some(Query { text: "a".into(), limit: 1 });
    let input = super::styles::Call { query, scale: Some(decimal("0.5")) };
    Sample {
        fixture: "styles",
        port: "Calls",
        operation: "Call",
        ours: client.call(input).into_request().unwrap(),
        zeep: (r#"{"query": {"text": "a", "limit": 1}, "scale": {"$decimal": "0.5"}}"#, Theirs::Same),
        node: (
            r#"{"query": {"text": "a", "limit": 1}, "scale": "0.5"}"#,
            Theirs::Differs(
                "the wrapper's namespace is that of soap:body (WSDL 1.1 §3.5), not the targetNamespace; and what the type's \
                 schema qualifies is qualified (WS-I Basic Profile 1.1, R2737)",
                |ours| {
                    ours.replace("{urn:styles}text", "{}text")
                        .replace("{urn:styles}limit", "{}limit")
                        .replace("{urn:styles:rpc}Call", "{urn:styles}Call")
                },
            ),
        ),
    }
    .compare();
}

#[test]
fn several_body_parts() {
    let client = BareServiceClient::with((), rt::Settings::new().environment(Fixed));
    Sample {
        fixture: "bare_body",
        port: "BareSoap",
        operation: "Find",
        ours: client.find(Find { from: 1, to: 9 }).into_request().unwrap(),
        zeep: (r#"{"from": 1, "to": 9}"#, Theirs::Same),
        node: (
            r#"{"From": 1, "To": 9}"#,
            Theirs::Differs(
                "each part of a document-style message appears directly under the Body (WSDL 1.1 §3.5), and none is the \
                 wrapper of the others",
                |ours| {
                    let parts = ours.find("    {urn:bare}From").unwrap();
                    let nested: String = ours[parts..].lines().map(|line| format!("  {line}\n")).collect();
                    format!("{}    {{urn:bare}}From\n{nested}", &ours[..parts])
                },
            ),
        ),
    }
    .compare();
}

/// The canonical form without attributes that begin so.
fn without(canonical: &str, attributes: &[String]) -> String {
    let mut out = canonical.to_owned();
    for attribute in attributes {
        let begin = format!(" {attribute}=\"");
        while let Some(at) = out.find(&begin) {
            let value = at + begin.len();
            let end = out[value..].find('"').map_or(out.len(), |end| value + end + 1);
            out.replace_range(at..end, "");
        }
    }
    out
}

/// What both toolkits leave out of messages in SOAP encoding.
fn untyped(canonical: &str) -> String {
    without(
        canonical,
        &[format!("{{{XSI}}}type"), format!("{{{ENCODING}}}arrayType"), format!("{{{ENVELOPE}}}encodingStyle")],
    )
}

#[test]
fn rpc_encoded() {
    let line = |article: &str, unit| Line { article: article.into(), unit, count: 3, note: None };
    let input = Order {
        customer: Some("Anna".into()),
        due: Some("2026-12-01".parse().unwrap()),
        lines: Some(vec![Some(line("A1", Unit::Piece))]),
        tags: Some(vec!["web".into()]),
        gift: Some(line("G", Unit::Box)),
    };
    const WHY: &str = "use=\"encoded\" promises the rules of SOAP 1.1 §5: the message says so (encodingStyle, §4.1.1), arrays \
                       carry their arrayType (§5.4.2), and values say their types, which servers of that age go by. Names of \
                       array items mean nothing (§5.4.2)";
    Sample {
        fixture: "rpc_encoded",
        port: "ShopSoap",
        operation: "order",
        ours: ShopServiceClient::with((), rt::Settings::new()).order(input).into_request().unwrap(),
        zeep: (
            r#"{"customer": "Anna", "due": {"$date": "2026-12-01"},
                "lines": {"$array": "{urn:shop}Lines", "items": [{"$type": "{urn:shop}Line", "article": "A1", "unit": "piece", "count": 3}]},
                "tags": {"$array": "{urn:shop}ArrayOfString", "items": ["web"]},
                "gift": {"article": "G", "unit": "box", "count": 3}}"#,
            Theirs::Differs(WHY, |ours| untyped(ours).replacen("{}item\n", "{}Line\n", 1)),
        ),
        node: (
            r#"{"customer": "Anna", "due": "2026-12-01", "lines": {"item": [{"article": "A1", "unit": "piece", "count": 3}]},
                "tags": {"item": ["web"]}, "gift": {"article": "G", "unit": "box", "count": 3}}"#,
            Theirs::Differs(WHY, untyped),
        ),
    }
    .compare();
}
