//! 33 answers to one call, each odd in one way: what becomes of every one of them, lenient and strict, and `docs/tolerance.md`,
//! which says the same beside what other clients make of them.
//!
//! The answers lie outside the repository, in `../shared/tolerance`. `UPDATE_EXPECT=1` rewrites the table.

#![allow(dead_code, missing_docs, unreachable_pub)]

#[rustfmt::skip]
#[path = "../golden/get_subscription/expected.rs"]
pub mod get_subscription;
mod support;

use std::path::PathBuf;

use bindery_codegen::generate::{Request, load};
use bindery_runtime as rt;
use get_subscription::operations::{GetSubscription, GetSubscriptionDetail};
use get_subscription::{SubscriptionContract, SubscriptionPeriodContract, SubscriptionResponse, SubscriptionState};
use rt::{CallError, DriftKind, Failure, FaultCode, Operation as _, Problem};

use support::{difference, root};

/// What must become of an answer.
enum Expected {
    /// This value, and nothing to tell: the oddity is allowed.
    Value(SubscriptionResponse),
    /// This value, and these differences told; strict: an error that names the first.
    Told(SubscriptionResponse, DriftKind),
    /// An error whose message says this.
    Error(&'static str),
    /// A fault with this code and reason, and whether its detail is typed.
    Fault(FaultCode, &'static str, bool),
}

use Expected::{Error, Fault, Told, Value};

/// The answer as the schema says.
fn ok() -> SubscriptionResponse {
    SubscriptionResponse {
        data: Some(SubscriptionContract {
            active_till: Some("2015-09-19T00:00:00".parse().unwrap()),
            date_created: "2015-08-19T13:15:48.677".parse().unwrap(),
            mont_subscriber_id: Some("76bc02e3-c74c-4fee-ad13-b97a3b49b57d".parse().unwrap()),
            periods: Some(vec![SubscriptionPeriodContract {
                seats: Some(10),
                start_date: Some("2015-08-19T13:16:48.897".parse().unwrap()),
            }]),
            quantity: 10,
            reseller_price: Some("299.50".parse().unwrap()),
            state: SubscriptionState::Active,
            subscription_id: Some("SUB-001035".into()),
        }),
        error_code: Some(0),
        error_text: None,
        is_error: Some(false),
    }
}

/// The same with something else in it.
fn but(change: impl FnOnce(&mut SubscriptionContract)) -> SubscriptionResponse {
    let mut response = ok();
    if let Some(data) = &mut response.data {
        change(data);
    }
    response
}

fn created(text: &str) -> SubscriptionResponse {
    let date = text.parse().unwrap();
    but(|data| data.date_created = date)
}

/// By the names of the manifest, in its order.
fn expectations() -> Vec<(&'static str, Expected)> {
    let not_found = "Подписка не найдена";
    vec![
        ("ok", Value(ok())),
        ("unk_mid", Told(ok(), DriftKind::UnknownElement)),
        ("unk_end", Told(ok(), DriftKind::UnknownElement)),
        ("unk_attr", Told(ok(), DriftKind::UnknownAttribute)),
        (
            "unk_enum",
            Told(but(|data| data.state = SubscriptionState::Unknown("Expired".into())), DriftKind::UnknownValue),
        ),
        ("order", Told(ok(), DriftKind::Order)),
        ("missing", Error("required element <Quantity> is missing")),
        (
            "nil_nonnil",
            Error("cannot be nil, in /Envelope/Body/GetSubscriptionResponse/GetSubscriptionResult/Data/Quantity"),
        ),
        ("empty_int", Error("found \"\"")),
        ("ws_int", Value(ok())),
        ("bad_int", Error("found \"ten\"")),
        ("overflow", Error("found \"99999999999\"")),
        ("date_z", Value(created("2020-10-20T23:31:35.7599467+03:00"))),
        ("date_min", Value(created("0001-01-01T00:00:00"))),
        ("date_bad", Error("found \"2020-10-20 23:31:35\"")),
        // Another way to write midnight.
        ("date_24", Value(created("2020-10-21T00:00:00"))),
        ("dec_big", Value(but(|data| data.reseller_price = Some("12345678901234567890.123456789".parse().unwrap())))),
        ("dec_comma", Error("found \"299,50\"")),
        // Of its namesake elsewhere nothing is known; strict, that one is the error.
        ("wrong_ns", Error("Quantity>")),
        ("dup", Error("element <Quantity> occurs more than once")),
        ("soap11", Error("SOAP envelope of another version")),
        ("bom", Value(ok())),
        ("mu", Error("mandatory header this client does not understand")),
        ("comment", Value(ok())),
        ("mixedtext", Told(ok(), DriftKind::Text)),
        ("dtd", Error("document type declaration")),
        ("empty", Error("the answer (HTTP status 200) is empty")),
        ("html", Error("HTTP status 503 with content type text/html")),
        ("fault_typed", Fault(FaultCode::Sender, not_found, true)),
        ("fault_unk", Fault(FaultCode::Receiver, "oops", false)),
        ("fault11", Fault(FaultCode::Sender, "old style", false)),
        ("gzip", Value(ok())),
        ("mtom", Value(ok())),
    ]
}

/// A row of the manifest.
struct Row {
    name: String,
    response: http::Response<Vec<u8>>,
    what: String,
}

fn shared() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/tolerance"));
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: needs ../shared");
    None
}

fn rows(folder: &std::path::Path) -> Vec<Row> {
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv")).unwrap();
    let row = |line: &str| {
        let [name, file, status, content_type, encoding, what] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let mut response = http::Response::builder().status(status).header("content-type", content_type);
        if encoding != "-" {
            response = response.header("content-encoding", encoding);
        }
        let body = std::fs::read(folder.join(file)).unwrap();
        Row { name: name.into(), response: response.body(body).unwrap(), what: what.into() }
    };
    manifest.lines().skip(1).map(row).collect()
}

type Outcome = Result<rt::Reply<GetSubscription>, CallError<GetSubscription>>;

fn read(row: &Row, strict: bool) -> Outcome {
    let settings = rt::Settings::new().strict(strict);
    let client = rt::Client::new(GetSubscription::INFO.service, (), settings);
    let input = get_subscription::GetSubscription::default();
    let prepared = client.call::<GetSubscription>(input).into_request().unwrap();
    client.read_response::<GetSubscription>(&prepared.sent, &row.response)
}

/// What happened, in the words of the table.
fn verdict(outcome: &Outcome) -> String {
    match outcome {
        Ok(reply) if reply.drift.is_empty() => "✓".into(),
        Ok(reply) => {
            let mut kinds: Vec<String> = reply.drift.iter().map(|drift| drift.kind.to_string()).collect();
            kinds.dedup();
            format!("✓ told: {}", kinds.join(", "))
        }
        Err(CallError::Fault(faulted)) => {
            let kind = if faulted.detail.is_some() { "typed " } else { "" };
            format!("✗ {kind}fault {}", faulted.fault.code)
        }
        Err(error) => {
            let layer = match error.failure().map(Failure::layer) {
                Some(layer) => format!("{layer:?}").to_lowercase(),
                None => "?".into(),
            };
            let what = match error.failure().map(|failure| &failure.problem) {
                Some(Problem::Decode(error)) => match error.path.rsplit('/').next() {
                    Some(place) if !place.is_empty() => format!("{}, in …/{place}", error.kind),
                    _ => error.kind.to_string(),
                },
                _ => error.to_string().split_once("): ").map(|(_, what)| what.to_owned()).unwrap_or_default(),
            };
            format!("✗ {layer}: {what}")
        }
    }
}

#[test]
fn every_answer_comes_out_as_it_must() {
    let Some(folder) = shared() else { return };
    let rows = rows(&folder);
    let expectations = expectations();
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, expectations.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let mut wrong = String::new();
    for (row, (name, expected)) in rows.iter().zip(&expectations) {
        let (lenient, strict) = (read(row, false), read(row, true));
        if let Err(what) = check(expected, &lenient, &strict) {
            wrong.push_str(&format!(
                "{name}: {what}\n  lenient: {}\n  strict: {}\n",
                verdict(&lenient),
                verdict(&strict)
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn check(expected: &Expected, lenient: &Outcome, strict: &Outcome) -> Result<(), String> {
    let expect = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    let value = |outcome: &Outcome, value: &SubscriptionResponse| {
        outcome.as_ref().is_ok_and(|reply| reply.output.as_ref() == Some(value))
    };
    let message = |outcome: &Outcome| outcome.as_ref().map_or_else(ToString::to_string, |_| String::new());
    let drift = |outcome: &Outcome| outcome.as_ref().map(|reply| reply.drift.clone()).unwrap_or_default();
    match expected {
        Value(expected) => {
            expect(value(lenient, expected), "another value")?;
            expect(value(strict, expected), "another value when strict")?;
            expect(drift(lenient).is_empty(), "something was told")
        }
        Told(expected, kind) => {
            expect(value(lenient, expected), "another value")?;
            let told = drift(lenient);
            expect(!told.is_empty() && told.iter().all(|drift| drift.kind == *kind), "other things were told")?;
            // What is not in the value is in the telling.
            expect(
                told.iter().all(|drift| !drift.raw.is_empty() && !drift.path.is_empty()),
                "told without what or where",
            )?;
            expect(message(strict).contains(&kind.to_string()), "strict does not name it")
        }
        Error(text) => {
            expect(message(lenient).contains(text), "no such error")?;
            expect(message(strict).contains(text), "no such error when strict")?;
            // Whatever came is still at hand.
            let kept = lenient.as_ref().err().and_then(CallError::body);
            expect(kept.is_some(), "the body is gone")
        }
        Fault(code, reason, typed) => {
            for outcome in [lenient, strict] {
                let Err(CallError::Fault(faulted)) = outcome else { return Err("no fault".into()) };
                expect(faulted.fault.code == *code, "another code")?;
                expect(!faulted.fault.reason().is_empty(), "no reason")?;
                expect(faulted.fault.reason().contains(reason), "another reason")?;
                let detail = faulted
                    .detail
                    .as_ref()
                    .map(|GetSubscriptionDetail::B2BFault(fault)| (fault.code, fault.message.as_deref()));
                expect(detail == typed.then_some((Some(74), Some("nf"))), "another detail")?;
            }
            Ok(())
        }
    }
}

/// What other clients make of the same answers, by the manifest's names: measured once, on one machine. Nothing was noted for
/// answers that are not here.
const OTHERS: &str = include_str!("tolerance/others.tsv");

/// Text that neither ends a cell nor becomes an HTML tag.
fn cell(text: &str) -> String {
    text.replace('`', "").replace('|', "\\|").replace('<', "\\<")
}

fn table(rows: &[Row]) -> String {
    let mut lines = OTHERS.lines();
    let clients: Vec<&str> = lines.next().unwrap_or_default().split('\t').skip(1).collect();
    let others: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
    let mut out = String::from("| answer | Bindery | Bindery, strict |");
    clients.iter().for_each(|client| out.push_str(&format!(" {client} |")));
    out.push_str("\n|---|---|---|");
    out.push_str(&"---|".repeat(clients.len()));
    out.push('\n');
    for row in rows {
        let (lenient, strict) = (verdict(&read(row, false)), verdict(&read(row, true)));
        let strict = if strict == lenient { "the same" } else { &strict };
        out.push_str(&format!("| {} | {} | {} |", row.what, cell(&lenient), cell(strict)));
        let known = others.iter().find(|cells| cells.first() == Some(&row.name.as_str()));
        for at in 1..=clients.len() {
            let cell = known.and_then(|cells| cells.get(at)).copied().unwrap_or("·");
            out.push_str(&format!(" {cell} |"));
        }
        out.push('\n');
    }
    out
}

#[test]
fn the_document_says_what_was_measured() {
    let Some(folder) = shared() else { return };
    let path = root().join("docs/tolerance.md");
    let old = std::fs::read_to_string(&path).unwrap();
    const BEGIN: &str = "<!-- measured: begin -->\n";
    const END: &str = "<!-- measured: end -->\n";
    let (before, rest) = old.split_once(BEGIN).expect("docs/tolerance.md has its marks");
    let (_, after) = rest.split_once(END).expect("docs/tolerance.md has its marks");
    let new = format!("{before}{BEGIN}{}{END}{after}", table(&rows(&folder)));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &new).unwrap();
    } else {
        assert!(old == new, "set UPDATE_EXPECT=1 to rewrite docs/tolerance.md:\n{}", difference(&old, &new));
    }
}

/// The contract these tests read with is written by hand: it must say what the vendor's WSDL says.
#[test]
fn the_wsdl_gives_the_same_names() {
    let Some(folder) = shared() else { return };
    let request = |path: PathBuf| Request { inputs: vec![path], ..Request::default() };
    let generate = |request: &Request| match bindery_codegen::generate::generate(request) {
        Ok(generated) => generated.text,
        Err(failure) => panic!("{failure}"),
    };
    let ours = generate(&request(root().join("tests/golden/get_subscription/input.contract.rs")));
    for file in ["nopolicy.wsdl", "B2BServiceV2.wsdl"] {
        let wsdl = request(folder.join("wsdl").join(file));
        assert!(load(&wsdl, None).is_ok());
        let theirs = generate(&wsdl);
        assert_eq!(shapes(&theirs), shapes(&ours), "{file}");
    }
}

/// Names on the wire, with the members' namespaces, wrappers and whether they are required, sorted by type.
fn shapes(generated: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let text = generated.split_whitespace().collect::<String>().replace("super::", "");
    // What may be nil is written differently; both read it the same.
    let text = text.replace(",)", ")").replace(",]", "]").replace("Flags::NILLABLE", "Flags::NONE");
    for piece in text.split("rt::Shape=rt::Shape{").skip(1) {
        found.push(piece.split("};").next().unwrap_or_default().to_owned());
    }
    assert!(!found.is_empty());
    found.sort();
    found
}
