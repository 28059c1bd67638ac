//! What the tests of this folder share.

#![allow(dead_code)] // each of them uses some of it

use std::cell::RefCell;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use bindery_runtime as rt;
use bindery_runtime::xml::canonical;

/// The `MessageID` of the vendor's sample.
pub(crate) const MESSAGE_ID: [u8; 16] =
    [0x17, 0xee, 0x9f, 0x5b, 0x26, 0x80, 0x43, 0x37, 0xab, 0xce, 0xc8, 0xd3, 0x90, 0x06, 0x50, 0x3a];

/// A world that stands still: the vendor's message id, and a time within its sample's Timestamp.
pub(crate) struct Fixed;

impl rt::Environment for Fixed {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_443_013_935)
    }

    fn random(&self) -> io::Result<[u8; 16]> {
        Ok(MESSAGE_ID)
    }

    fn uuid(&self) -> io::Result<[u8; 16]> {
        Ok(MESSAGE_ID)
    }
}

/// Gives one answer to whatever it is sent, and keeps what that was.
#[derive(Debug)]
pub(crate) struct Canned {
    answer: http::Response<Vec<u8>>,
    pub(crate) sent: RefCell<Vec<http::Request<Vec<u8>>>>,
}

impl Canned {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let answer = http::Response::builder().status(status).header("content-type", content_type);
        Self { answer: answer.body(body.into()).unwrap(), sent: RefCell::default() }
    }
}

impl rt::Transport for Canned {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        _: &rt::Exchange,
    ) -> Result<http::Response<Vec<u8>>, rt::TransportError> {
        self.sent.borrow_mut().push(request);
        Ok(self.answer.clone())
    }
}

/// The project's root.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A vendor's sample: `mont/samples/change_quantity.request.xml`.
pub(crate) fn sample(name: &str) -> String {
    let path = root().join("contracts").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The body of a prepared request.
pub(crate) fn text(prepared: &rt::call::Prepared) -> &str {
    std::str::from_utf8(prepared.request.body()).unwrap()
}

/// A header of a prepared request.
pub(crate) fn header<'p>(prepared: &'p rt::call::Prepared, name: &str) -> &'p str {
    prepared.request.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

/// Panics with a readable difference unless both documents say the same.
#[track_caller]
pub(crate) fn same(expected: &str, got: &str) {
    let canonical = |text: &str| canonical(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let (expected, got) = (canonical(expected), canonical(got));
    if expected != got {
        panic!("not the same:\n{}", difference(&expected, &got));
    }
}

/// The lines that differ, with `-` and `+`.
pub(crate) fn difference(expected: &str, got: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), got.lines().collect());
    let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let after = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let mut out = format!("from line {}:\n", before + 1);
    let mut show = |sign: char, lines: &[&str]| {
        for line in lines.iter().take(40) {
            out.push_str(&format!("{sign} {line}\n"));
        }
        if lines.len() > 40 {
            out.push_str(&format!("{sign} … {} more lines\n", lines.len() - 40));
        }
    };
    show('-', &old_rest[..old_rest.len() - after]);
    show('+', &new_rest[..new_rest.len() - after]);
    out
}

/// The local names of all elements, in document order, of a document and of nothing outside `from`…`</from>`.
pub(crate) fn element_names(text: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(text).unwrap();
    document.descendants().filter(roxmltree::Node::is_element).map(|node| node.tag_name().name().to_owned()).collect()
}

/// Runs a future to its end.
pub(crate) fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
