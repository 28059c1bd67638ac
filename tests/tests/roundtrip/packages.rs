//! Packages that nobody likes to get: contracts that know of MTOM themselves, damaged parts, ids that name several or none.

use bindery_runtime as rt;
use bindery_tests::peers;

use super::support::{Canned, Fixed, header};
use super::xop_declared::DeviceClient;
use super::xop_declared::device::{AttachmentData, Picture, Restore, RestoreResponse, RestoreResponseTrace};
use super::xop_declared::include::Include;
use super::xop_declared::operations;

fn settings() -> rt::Settings {
    rt::Settings::new().environment(Fixed).mtom(true).mtom_threshold(0)
}

fn backup(href: &str) -> AttachmentData {
    let include = Include { href: href.into(), any_attributes: Vec::new(), any: Vec::new() };
    AttachmentData { content_type: Some("application/zip".into()), include }
}

fn restore() -> Restore {
    Restore {
        picture: Picture { content_type: Some("image/png; q=\"1\"".into()), value: b"PNG"[..].into() },
        key: b"KEY"[..].into(),
        backup: vec![backup("cid:1@client")],
    }
}

#[test]
fn a_part_is_of_the_type_that_its_element_says() {
    let client = DeviceClient::with((), settings());
    let call = client.restore(restore()).attach("1@client", rt::Attachment::new("", "ZIP"));
    let prepared = call.into_request().unwrap();
    let Some(parts) = peers::found(peers::mime_parts(header(&prepared, "content-type"), prepared.request.body()))
    else {
        return;
    };
    let beside: Vec<(&str, &[u8])> = parts[1..].iter().map(|part| (&*part.media, &*part.body)).collect();
    let octets = "application/octet-stream";
    assert_eq!(beside, [("image/png; q=\"1\"", &b"PNG"[..]), (octets, b"KEY"), (octets, b"ZIP")]);
    assert!(std::str::from_utf8(&parts[0].body).unwrap().contains("href=\"cid:1@client\""));
}

const XOP: &str = "http://www.w3.org/2004/08/xop/include";

/// Parts: their heads and contents.
type Parts<'p> = &'p [(&'p str, &'p str)];

/// A reply with this content, and these parts beside it.
fn answered(content: &str, parts: Parts<'_>) -> Result<rt::Reply<operations::Restore>, String> {
    read(&package(content, parts)).map_err(|error| error.to_string())
}

type Outcome = Result<rt::Reply<operations::Restore>, rt::CallError<operations::Restore>>;

fn read(body: &[u8]) -> Outcome {
    let canned = Canned::new(200, "multipart/related; boundary=b; start=\"<r>\"; type=\"application/xop+xml\"", body);
    DeviceClient::with(&canned, settings()).restore(restore()).send_full()
}

fn package(content: &str, parts: Parts<'_>) -> Vec<u8> {
    let mut body = format!(
        "--b\r\nContent-ID: <r>\r\nContent-Type: application/xop+xml; type=\"application/soap+xml\"\r\n\r\n\
         <e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope' xmlns:x='{XOP}'><e:Body><RestoreResponse \
         xmlns='urn:device'>{content}</RestoreResponse></e:Body></e:Envelope>\r\n"
    );
    for (head, content) in parts {
        body.push_str(&format!("--b\r\n{head}\r\n\r\n{content}\r\n"));
    }
    body.push_str("--b--\r\n");
    body.into_bytes()
}

const INCLUDE: &str = "<x:Include href='cid:%31@h'/>";

#[test]
fn an_include_that_the_contract_declares_is_a_member() {
    let log = format!("<Log>\n {INCLUDE}\n</Log><Log><x:Include href='cid:empty'/></Log><Note>{INCLUDE}</Note>");
    let reply = answered(&log, &[("Content-ID: <1@h>", "LOG"), ("Content-ID: <empty>", "")]).unwrap();
    assert_eq!(reply.attachment("cid:%31@h").unwrap().bytes, b"LOG");
    assert!(reply.attachment("cid:2@h").is_none() && reply.attachment("1@h").is_none());
    let RestoreResponse { log, note, .. } = reply.output;
    assert_eq!(log.iter().map(|log| &*log.include.href).collect::<Vec<_>>(), ["cid:%31@h", "cid:empty"]);
    assert_eq!(note.unwrap().0, b"LOG");
    // Parts that members name stay with the reply.
    let attachment = |text: &str| rt::Attachment::new("", text);
    assert_eq!(reply.attachments, [("1@h".to_owned(), attachment("LOG")), ("empty".to_owned(), attachment(""))]);
    assert!(reply.drift.is_empty(), "{:?}", reply.drift);

    // The same text that came from nowhere is none.
    let error = answered("<Log>TE9H</Log>", &[]).unwrap_err();
    assert!(error.contains("Include"), "{error}");
}

#[test]
fn an_include_may_be_a_branch_or_anything() {
    for content in ["LOG", ""] {
        let fields = format!("<Trace>{INCLUDE}</Trace><More>{INCLUDE}</More>");
        let reply = answered(&fields, &[("Content-ID: <1@h>", content)]).unwrap();
        let Some(RestoreResponseTrace::Include(include)) = &reply.output.trace else { panic!("{:?}", reply.output) };
        assert_eq!(reply.attachment(&include.href).unwrap().bytes, content.as_bytes());
        let more = &reply.output.more.as_ref().unwrap().any;
        assert_eq!((more.namespace(), more.local()), (XOP, "Include"));
        assert!(reply.drift.is_empty() && reply.attachments.len() == 1, "{:?}", reply.drift);
    }
    let url = answered("<Trace><Url>http://h/</Url></Trace>", &[]).unwrap();
    assert_eq!(url.output.trace, Some(RestoreResponseTrace::Url("http://h/".into())));
}

#[test]
fn parts_as_mail_encodes_them() {
    let parts = [
        ("Content-ID: <1@h>\r\nContent-Transfer-Encoding: BASE64", "VEU=\r\n"),
        ("Content-ID: <2@h>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/plain", "=D0=B6"),
        ("Content-Disposition: attachment; filename=\"\u{fffd}\"", "nobody's"),
    ];
    let reply = answered(&format!("<Note>{INCLUDE}</Note>"), &parts).unwrap();
    assert_eq!(reply.output.note.unwrap().0, b"TE");
    // What nothing refers to is handed over.
    let left: Vec<_> = reply.attachments.iter().map(|(id, left)| (&**id, &*left.bytes)).collect();
    assert_eq!(left, [("2@h", "ж".as_bytes()), ("", b"nobody's")]);
}

#[test]
fn ids_in_all_spellings() {
    // Written into the head as they stand in the reference, and not.
    for (id, href) in [("a%2Fb@h", "cid:a%2Fb@h"), ("a/b@h", "cid:a%2fb@h"), ("http://h/1", "CID:http%3A%2F%2Fh%2F1")] {
        let note = format!("<Note><x:Include href='{href}'/></Note>");
        let reply = answered(&note, &[(&format!("content-id:<{id}>"), "N")]).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(reply.output.note.unwrap().0, b"N");
    }
}

#[test]
fn what_cannot_be_meant_is_said() {
    let one = [("Content-ID: <1@h>", "ONE")];
    let note = |content: &str| format!("<Note>{content}</Note>");
    let many: Vec<(&str, &str)> = vec![("X: y", ""); 1_000];
    let encoded = [("Content-ID: <1@h>\r\nContent-Transfer-Encoding: base64", "*")];
    let cases: [(String, Parts<'_>, &str); 9] = [
        (note(INCLUDE), &[], "not there"),
        (note(INCLUDE), &[one[0], one[0]], "several"),
        (note("<x:Include href='http://h/1'/>"), &one, "only parts of the same message"),
        (note("<x:Include/>"), &one, "only parts of the same message"),
        // Three times four letters would be base64, too.
        (note(&format!("{INCLUDE}{INCLUDE}")), &one, "beside other content"),
        (note(&format!("TEFC {INCLUDE}")), &one, "beside other content"),
        (note(&format!("{INCLUDE}TEFC")), &one, "beside other content"),
        (note(INCLUDE), &many, "limit of 1000"),
        (note(INCLUDE), &encoded, "base64"),
    ];
    for (content, parts, expected) in cases {
        let error = answered(&content, parts).unwrap_err();
        assert!(error.contains(expected), "{content}: {error}");
    }
    // A part that none of this concerns is no obstacle.
    assert_eq!(answered("", &[one[0], one[0]]).unwrap().attachments.len(), 2);
}

#[test]
fn a_plain_answer_to_a_package_is_an_answer() {
    let body = "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Body><RestoreResponse \
                xmlns='urn:device'><Note>Tk8=</Note></RestoreResponse></e:Body></e:Envelope>";
    let canned = Canned::new(200, "application/soap+xml", body);
    let reply = DeviceClient::with(&canned, settings()).restore(restore()).send().unwrap();
    assert_eq!(reply.note.unwrap().0, b"NO");
}

/// Cut, with an octet left out, doubled or changed: read, or an error that says something.
#[test]
fn damage_is_an_error_or_nothing() {
    let log = format!("<Log>{INCLUDE}</Log><Note><x:Include href='cid:2'/></Note>");
    let parts = [
        ("Content-ID: <1@h>\r\nContent-Transfer-Encoding: quoted-printable", "a=3Db=\r\nc"),
        ("Content-ID: <2>\r\nContent-Transfer-Encoding: base64", "TE9H"),
    ];
    let whole = package(&log, &parts);
    assert_eq!(read(&whole).unwrap().output.note.unwrap().0, b"LOG");
    for at in 0..whole.len() {
        let (before, after) = whole.split_at(at);
        let with = |octets: &[u8]| [before, octets, &after[1..]].concat();
        let damaged = [
            before.to_vec(),
            with(b""),
            with(&[after[0], after[0]]),
            with(b"\0"),
            with(b"-"),
            with(b"\n"),
            with(b"\xff"),
        ];
        for body in damaged {
            if let Err(error) = read(&body) {
                assert!(error.to_string().len() > 20, "{error}");
            }
        }
    }
}
