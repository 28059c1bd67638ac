//! The hostile answers of `../shared/hostile`, each as its manifest wants.

use std::path::{Path, PathBuf};

use super::{Options, Reply, Response, Value, decode_body, read_reply, read_response};
use crate::codec::{Decoder, Encoder};
use crate::error::{DecodeError, Read, Write};
use crate::operation::{ResultKind, XmlRpc};
use crate::shape::{Count, Flags, Kind, Name, Shape, slot};

const EXECUTE: XmlRpc = XmlRpc { method: "Execute", server: "BM" };

/// What an order answers, as a generator would print it.
#[derive(Debug, Default)]
struct PlacedOrder {
    account: i32,
    order: i32,
    login: String,
    created: String,
    doc: Option<i32>,
    totals: [f64; 4],
    descr: String,
    number: String,
    post_method: String,
    redirect_url: String,
    redirect: Vec<Redirect>,
}

#[derive(Debug, Default)]
struct Redirect {
    name: String,
    value: String,
}

static PLACED_ORDER: Shape = Shape {
    name: Name::new("", "PlacedOrder"),
    kind: Kind::Slots,
    members: &[
        slot("AccountID", Count::None, Flags::REQUIRED),
        slot("OrderID", Count::None, Flags::REQUIRED),
        slot("Login", Count::None, Flags::REQUIRED),
        slot("CreationTimeStr", Count::None, Flags::REQUIRED),
        slot("DocID", Count::None, Flags::NONE),
        slot("Total", Count::None, Flags::REQUIRED),
        slot("TaxTotal", Count::None, Flags::REQUIRED),
        slot("DiscTotal", Count::None, Flags::REQUIRED),
        slot("MerchTotal", Count::None, Flags::REQUIRED),
        slot("Descr", Count::None, Flags::REQUIRED),
        slot("OrderNbr", Count::None, Flags::REQUIRED),
        slot("PostMethod", Count::None, Flags::REQUIRED),
        slot("RedirectURL", Count::None, Flags::REQUIRED),
        slot("RedirectData", Count::Entries, Flags::REQUIRED),
    ],
    ordinal: &[],
};

static REDIRECT: Shape = Shape {
    name: Name::new("", "Redirect"),
    kind: Kind::Slots,
    members: &[slot("Name", Count::None, Flags::REQUIRED), slot("Value", Count::None, Flags::REQUIRED)],
    ordinal: &[],
};

impl crate::Value for PlacedOrder {
    fn vacant() -> Self {
        Self::default()
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        let [total, tax, discount, merchant] = &mut self.totals;
        at.record(
            &PLACED_ORDER,
            &mut [
                &mut self.account,
                &mut self.order,
                &mut self.login,
                &mut self.created,
                &mut self.doc,
                total,
                tax,
                discount,
                merchant,
                &mut self.descr,
                &mut self.number,
                &mut self.post_method,
                &mut self.redirect_url,
                &mut self.redirect,
            ],
        )
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        Err(to.value_error("nothing: replies are read"))
    }
}

impl crate::Value for Redirect {
    fn vacant() -> Self {
        Self::default()
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        at.record(&REDIRECT, &mut [&mut self.name, &mut self.value])
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        to.record(&REDIRECT, &[&self.name, &self.value])
    }
}

fn order(text: &str, strict: bool) -> Result<(PlacedOrder, Reply), Box<DecodeError>> {
    let mut order = PlacedOrder::default();
    let reply = read_reply(text, EXECUTE, ResultKind::Item, &mut order, &Options::new(), strict)?;
    Ok((order, reply))
}

fn hostile() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/hostile"));
    if folder.is_dir() {
        return Some(folder.into());
    }
    println!("skipped: needs ../shared");
    None
}

/// How an answer came out, with the text of the error or of the value.
fn outcome(id: &str, path: &Path) -> (bool, String) {
    let bytes = std::fs::read(path).unwrap();
    let text = match decode_body(&bytes, Some("utf-8")) {
        Ok(text) => text,
        Err(error) => return (false, error.to_string()),
    };
    if matches!(id, "r31" | "r32" | "r35" | "r36") {
        return match order(&text, true) {
            Ok((order, reply)) => (true, format!("{order:?} {reply:?}")),
            Err(error) => (false, error.to_string()),
        };
    }
    match read_response(&text, &Options::new()) {
        Ok(Response::Value(Value::Str(text))) => (true, text),
        Ok(Response::Value(value)) => (true, value.type_name().into()),
        // As the manifest writes it.
        Ok(Response::Fault(fault)) => {
            (true, format!("{{\"fault.code\": {}, \"fault.string\": {:?}}}", fault.code, fault.text))
        }
        Err(error) => (false, error.to_string()),
    }
}

#[test]
fn hostile_answers() {
    let Some(folder) = hostile() else { return };
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv")).unwrap();
    let mut rows = 0;
    for line in manifest.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, path, _, must, says, value, _] = columns[..] else { continue };
        // The last two are a matter of HTTP: compression and status.
        if !path.starts_with("xmlrpc-response/") || matches!(id, "r25" | "r26") {
            continue;
        }
        rows += 1;
        let (accepted, text) = outcome(id, &folder.join(path));
        let may = if accepted { must.contains("ACCEPT") } else { must.contains("REJECT") };
        assert!(may, "{id} must {must}: {text}");
        if accepted && value != "-" {
            assert_eq!(text, value, "{id}");
        }
        if !accepted && says != "-" {
            for word in says.split(';') {
                assert!(text.contains(word), "{id} must say {word}: {text}");
            }
        }
        println!("{id}: {text}");
    }
    assert!(rows >= 55, "{rows}");
}

/// A reply with these return values.
fn reply(slots: &str) -> String {
    let slots: String = slots.split(' ').map(|slot| format!("<value>{slot}</value>")).collect();
    format!(
        "<methodResponse><params><param><value><struct><member><name>Other</name><value>x</value></member>\
         <member><name>Result</name><value><array><data><value><array><data>{slots}</data></array></value></data></array></value>\
         </member></struct></value></param></params></methodResponse>"
    )
}

const GOOD: &str = "<i4>1</i4> <i4>2</i4> login now <nil/> <double>10.50</double> <double>0</double> <double>0</double> \
                    <double>8</double> d SO1 POST url <i4>1</i4> k v";

#[test]
fn a_good_reply() {
    let (order, reply) = order(&reply(GOOD), true).unwrap();
    assert_eq!((order.account, order.order, order.doc, order.totals[0]), (1, 2, None, 10.5));
    assert_eq!((order.redirect.len(), order.redirect[0].value.as_str()), (1, "v"));
    assert_eq!(reply, Reply::Read { drift: vec![], secrets: Some(vec![]) });
}

#[test]
fn a_tolerable_reply() {
    let text = reply(
        &GOOD
            .replace("<i4>2</i4>", "2")
            .replace("<double>8</double>", "<i4>8</i4>")
            .replace("<nil/>", "")
            .replace(" v", " v more"),
    );
    let (order, reply) = order(&text, false).unwrap();
    assert_eq!((order.order, order.doc, order.totals[3]), (2, None, 8.0));
    let Reply::Read { drift, .. } = reply else { panic!("{reply:?}") };
    let drift: Vec<String> = drift.iter().map(ToString::to_string).collect();
    assert_eq!(drift.len(), 3, "{drift:?}");
    assert!(drift[0].contains("OrderID (position 2)") && drift[0].contains("another type"), "{drift:?}");
    assert!(drift[2].contains("position 17") && drift[2].contains("surplus"), "{drift:?}");
    let more = text.find("more").unwrap();
    assert!(drift[2].contains(&format!("at byte {more}")), "{drift:?}");
}

#[test]
fn errors_point_at_the_slot() {
    let text = reply(&GOOD.replace("SO1", "<i4>7</i4>"));
    let error = order(&text, false).unwrap_err();
    assert_eq!(error.offset, text.find("<i4>7</i4>").unwrap());
    assert_eq!(
        error.to_string(),
        format!(
            "slot at position 11 (OrderNbr): expected a string, found the int 7, in /OrderNbr (position 11), at byte {}",
            error.offset
        )
    );
    // A number that is none, in a slot of the right type for it.
    let error = order(&reply(&GOOD.replace("<i4>2</i4>", "2x")), false).unwrap_err();
    assert!(
        error.to_string().starts_with("slot at position 2 (OrderID): expected an int, found the string \"2x\""),
        "{error}"
    );
    // Negative, and one too many.
    for count in ["-1", "2", "10001"] {
        let error =
            order(&reply(&GOOD.replace("<i4>1</i4> k v", &format!("<i4>{count}</i4> k v"))), false).unwrap_err();
        assert!(error.to_string().contains("position 1"), "{error}");
    }
    // Cut off in the middle, and before the counter.
    for tail in [" v", " k v", " <i4>1</i4> k v"] {
        let error = order(&reply(GOOD.strip_suffix(tail).unwrap()), false).unwrap_err();
        assert!(error.to_string().contains("RedirectData") || error.to_string().contains("Value"), "{error}");
    }
}

#[test]
fn a_cut_reply_is_never_a_reply() {
    let text = reply(GOOD);
    for end in 0..text.len() {
        assert!(order(&text[..end], false).is_err(), "{end}");
    }
    assert!(order(&format!("{text}x"), false).is_err());
    assert!(order(&format!("{text}<a/>"), false).is_err());
}

#[test]
fn what_stands_beside_the_return_values_is_told() {
    let text =
        reply(GOOD).replace("</data></array></value></member>", "<value>more</value></data></array></value></member>");
    let (value, Reply::Read { drift, .. }) = order(&text, false).unwrap() else { panic!("a fault") };
    assert_eq!((value.order, drift.len()), (2, 1));
    assert!(order(&text, true).is_err());
    // Nothing at all is a shortfall of the first slot, not success.
    let empty = "<methodResponse><params><param><value><struct><member><name>Result</name><value><array><data/></array></value>\
                 </member></struct></value></param></params></methodResponse>";
    assert!(order(empty, false).unwrap_err().to_string().contains("position 1 (AccountID)"));
}
