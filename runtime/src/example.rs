//! Example messages as tests. Generated code calls these from the tests it carries; applications need not.
//!
//! A failing example panics with what differs, as tests do.

use crate::codec::slots::{decode_slots, encode_slots};
use crate::codec::{Decoder, Options, Profile, decode_document, encode_element};
use crate::error::{Drift, DriftKind};
use crate::operation::{Binding, Operation, Protocol, Soap};
use crate::raw::RawElement;
use crate::shape::{Flags, Name};
use crate::value::Value;
use crate::xml::{Instructions, Limits, Reader, Start, canonical};
use crate::{soap, xmlrpc};

/// Reads a request into the operation's input, writes it again, and compares the two as canonical XML (XML-RPC: as values).
/// The envelope's headers are not looked at: they differ from call to call.
///
/// # Panics
/// When the message does not fit the contract, or comes out different.
pub fn request<O: Operation>(binding: &'static Binding, message: &str) {
    let mut input = O::Input::vacant();
    match binding.protocol {
        Protocol::XmlRpc(_) => {
            let items = call_params(message);
            decode_slots(&items, &mut input, &Limits::new(), true).unwrap_or_else(|error| panic!("{error}"));
            let again = encode_slots(O::INFO.input.local, &input).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(again.values(), items, "the request comes out different");
        }
        protocol => {
            let (profile, body) = read_xml(protocol, message, O::INFO.input, O::ENCODED, &mut input);
            let again = encode_element(root(protocol, O::INFO.input), profile, &input)
                .unwrap_or_else(|error| panic!("{error}"));
            same(&body, &again.text, "request");
        }
    }
}

/// Reads a response into the operation's reply, writes it, and reads that again: nothing may get lost on the way.
///
/// # Panics
/// When the message does not fit the contract, or the second reading differs from the first.
pub fn response<O: Operation>(binding: &'static Binding, message: &str) {
    let mut reply = O::Reply::vacant();
    let output = O::INFO.output.expect("an operation with an example response answers");
    match binding.protocol {
        Protocol::XmlRpc(_) => {
            let items = result_items(message);
            let read =
                decode_slots(&items, &mut reply, &Limits::new(), false).unwrap_or_else(|error| panic!("{error}"));
            known(&read.drift);
            let first = encode_slots(output.local, &reply).unwrap_or_else(|error| panic!("{error}"));
            let mut again = O::Reply::vacant();
            decode_slots(first.values(), &mut again, &Limits::new(), true)
                .unwrap_or_else(|error| panic!("what was written cannot be read: {error}"));
            let second = encode_slots(output.local, &again).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(first.values(), second.values(), "the response comes out different");
        }
        protocol => {
            let (profile, _) = read_xml(protocol, message, output, O::ENCODED, &mut reply);
            let output = root(protocol, output);
            let first = encode_element(output, profile, &reply).unwrap_or_else(|error| panic!("{error}"));
            let mut again = O::Reply::vacant();
            decode_document(&first.text, output, &mut again, &Options::new(profile))
                .unwrap_or_else(|error| panic!("what was written cannot be read: {error}"));
            let second = encode_element(output, profile, &again).unwrap_or_else(|error| panic!("{error}"));
            same(&first.text, &second.text, "response");
        }
    }
}

/// Reads the payload of a SOAP or plain message. Nothing in it may be unknown to the contract.
fn read_xml(protocol: Protocol, message: &str, name: Name, encoded: bool, value: &mut dyn Value) -> (Profile, String) {
    let resolved = if encoded {
        soap::multiref::resolve(message, &Limits::new(), u64::MAX).unwrap_or_else(|problem| panic!("{problem:?}"))
    } else {
        message.into()
    };
    let message = &*resolved;
    let profile = match protocol {
        Protocol::Soap(soap) => soap::write::body_profile(soap, name, encoded),
        Protocol::Http(http) => crate::http_binding::profile(http),
        Protocol::Plain(_) | Protocol::XmlRpc(_) => Profile::PLAIN,
    };
    let mut decoder = Decoder::new(Reader::new(message).instructions(Instructions::Skip), profile, false);
    let body = match protocol {
        Protocol::Soap(soap) if name.local.is_empty() => {
            open_body(soap, decoder.reader());
            decoder.element(Flags::NONE, value).unwrap_or_else(|error| panic!("{error}"));
            soap::read::finish(decoder.reader()).unwrap_or_else(|problem| panic!("{problem:?}"));
            let mut reader = Reader::new(message).instructions(Instructions::Skip);
            open_body(soap, &mut reader);
            RawElement::capture(&mut reader).unwrap_or_else(|error| panic!("{error}")).as_xml().to_owned()
        }
        Protocol::Soap(soap) => {
            let child = open(soap, decoder.reader());
            decoder.expect(child, name).unwrap_or_else(|error| panic!("{error}"));
            decoder.element(Flags::NONE, value).unwrap_or_else(|error| panic!("{error}"));
            soap::read::close(decoder.reader(), name.local).unwrap_or_else(|problem| panic!("{problem:?}"));
            // Once more for the text alone, with the namespaces that are declared further out.
            let mut reader = Reader::new(message).instructions(Instructions::Skip);
            open(soap, &mut reader);
            RawElement::capture(&mut reader).unwrap_or_else(|error| panic!("{error}")).as_xml().to_owned()
        }
        Protocol::Plain(_) | Protocol::Http(_) | Protocol::XmlRpc(_) => {
            decoder.root(name, value).unwrap_or_else(|error| panic!("{error}"));
            message.to_owned()
        }
    };
    let decoded = decoder.finish().unwrap_or_else(|error| panic!("{error}"));
    known(&decoded.drift);
    (profile, body)
}

/// An example may hold values that an open enumeration does not name, but nothing else the contract does not know.
fn known(drift: &[Drift]) {
    let unknown: Vec<String> =
        drift.iter().filter(|drift| !matches!(drift.kind, DriftKind::UnknownValue)).map(ToString::to_string).collect();
    assert!(unknown.is_empty(), "the message differs from the contract:\n{}", unknown.join("\n"));
}

/// The element that holds the payload: the Body itself where the payload has none of its own.
fn root(protocol: Protocol, name: Name) -> Name {
    match protocol {
        Protocol::Soap(soap) if name.local.is_empty() => Name::new(soap::read::envelope(soap.version), "Body"),
        _ => name,
    }
}

/// Reads an envelope up to the message in its body.
fn open<'m>(soap: Soap, reader: &mut Reader<'m>) -> Start<'m> {
    open_body(soap, reader);
    let child = soap::read::first_child(reader).unwrap_or_else(|problem| panic!("{problem:?}"));
    child.expect("the Body holds the message")
}

/// Reads an envelope up to its body's start tag.
fn open_body(soap: Soap, reader: &mut Reader<'_>) {
    let opened = soap::read::open_body(reader, &[]).unwrap_or_else(|problem| panic!("{problem:?}"));
    assert_eq!(opened.version, soap.version, "the envelope is of the other SOAP version");
}

/// The slots of a call: `Params` of the struct that carries it, or the parameters themselves.
fn call_params(message: &str) -> Vec<xmlrpc::Value> {
    let (_, params) = xmlrpc::read_call(message, &xmlrpc::Options::new()).unwrap_or_else(|error| panic!("{error}"));
    match params.first().and_then(|carrier| carrier.member("Params")).and_then(xmlrpc::Value::items) {
        Some(items) => items.to_vec(),
        None => params,
    }
}

fn result_items(message: &str) -> Vec<xmlrpc::Value> {
    match xmlrpc::read_response(message, &xmlrpc::Options::new()).unwrap_or_else(|error| panic!("{error}")) {
        xmlrpc::Response::Value(value) => {
            let result = xmlrpc::result_of(&value).unwrap_or_else(|error| panic!("{error}"));
            result.items().map_or_else(|| vec![result.clone()], <[_]>::to_vec)
        }
        xmlrpc::Response::Fault(fault) => panic!("the response is a fault: {fault:?}"),
    }
}

fn same(expected: &str, got: &str, what: &str) {
    let (expected, got) = (canonical(expected), canonical(got));
    if let (Ok(expected), Ok(got)) = (&expected, &got)
        && expected == got
    {
        return;
    }
    panic!("the {what} comes out different\n--- the example\n{}\n--- written from it\n{}", show(expected), show(got));
}

fn show(text: Result<String, Box<crate::DecodeError>>) -> String {
    text.unwrap_or_else(|error| error.to_string())
}
