//! Messages of several parts: MTOM packages and SOAP with attachments, sent and received.

use std::sync::{Arc, Mutex};

use bindery_runtime as rt;
use bindery_tests::peers;

use super::attachments::{FILES11, FILES12, File, FilesClient, PicturesClient, Publish, Scan, ScannerClient};
use super::support::{Canned, Fixed, header, same};

/// What no boundary and no id may be confused by.
const CONTENT: &[u8] = b"\r\n--bindery-17ee9f5b-2680-4337-abce-c8d39006503a--\r\nContent-Type: x\r\n\r\n";

const UNIQUE: &str = "17ee9f5b-2680-4337-abce-c8d39006503a";

fn settings() -> rt::Settings {
    rt::Settings::new().environment(Fixed)
}

fn file() -> File {
    File {
        thumb: Some(CONTENT.into()),
        name: "a & b".into(),
        content: CONTENT.into(),
        page: vec![b"tiny"[..].into(), CONTENT.into()],
    }
}

/// The text of a package, which is ASCII in these tests, without the CRs of its lines.
fn shown(prepared: &rt::call::Prepared) -> String {
    String::from_utf8(prepared.request.body().clone()).unwrap().replace("\r\n", "\n")
}

#[test]
fn a_policy_makes_requests_mtom_packages() {
    let client = FilesClient::with((), settings().mtom_threshold(20));
    let prepared = client.store(file()).into_request().unwrap();
    assert_eq!(
        header(&prepared, "content-type"),
        format!(
            "multipart/related; type=\"application/xop+xml\"; start=\"<root.{UNIQUE}@bindery>\"; start-info=\"text/xml\"; \
             boundary=\"bindery-{UNIQUE}-1\""
        )
    );
    assert_eq!(header(&prepared, "soapaction"), "\"urn:files/Store\"");
    let include = |n: u8| {
        let xop = "xmlns:xop=\"http://www.w3.org/2004/08/xop/include\"";
        format!("<xop:Include {xop} href=\"cid:{n}.{UNIQUE}@bindery\"/>")
    };
    let content = String::from_utf8_lossy(CONTENT).replace("\r\n", "\n");
    // An attribute cannot be taken out, and what is small is not worth it.
    let thumb = rt::Base64Binary::from(CONTENT);
    let part = |n: u8| {
        format!(
            "--bindery-{UNIQUE}-1\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: binary\n\
             Content-ID: <{n}.{UNIQUE}@bindery>\n\n{content}\n"
        )
    };
    let expected = format!(
        "--bindery-{UNIQUE}-1\nContent-Type: application/xop+xml; charset=utf-8; type=\"text/xml\"\n\
         Content-Transfer-Encoding: binary\nContent-ID: <root.{UNIQUE}@bindery>\n\n\
         <s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><b:Store xmlns:b=\"urn:files\" \
         Thumb=\"{thumb}\"><b:Name>a &amp; b</b:Name><b:Content>{}</b:Content><b:Page>dGlueQ==</b:Page>\
         <b:Page>{}</b:Page></b:Store></s:Body></s:Envelope>\n{}{}--bindery-{UNIQUE}-1--\n",
        include(1),
        include(2),
        part(1),
        part(2)
    );
    assert_eq!(shown(&prepared), expected);
}

#[test]
fn soap_1_2_has_its_action_in_the_packages_start_info() {
    let client = FilesClient::with((), settings());
    // Nothing asks for a package on this wire.
    let prepared = client.store(file()).over(&FILES12).into_request().unwrap();
    assert!(header(&prepared, "content-type").starts_with("application/soap+xml;"));

    let client = FilesClient::with((), settings().mtom(true));
    let prepared = client.store(file()).over(&FILES12).into_request().unwrap();
    let info = "\"application/soap+xml; action=\\\"urn:files/Store\\\"\"";
    let media = header(&prepared, "content-type");
    assert!(media.contains(&format!("; start-info={info}; ")), "{media}");
    let body = shown(&prepared);
    assert!(body.contains(&format!("Content-Type: application/xop+xml; charset=utf-8; type={info}\n")), "{body}");
    // All content is below the threshold: a package of one part.
    assert!(!body.contains("xop:Include"), "{body}");
    let off = FilesClient::with((), settings().mtom(false)).store(file()).over(&FILES11).into_request().unwrap();
    assert_eq!(header(&off, "content-type"), "text/xml; charset=utf-8");
}

fn picture() -> Publish {
    Publish {
        title: "sea".into(),
        photo: rt::Attachment::new("image/png", CONTENT),
        note: rt::Attachment::new("text/plain; charset=utf-8", "blue"),
    }
}

#[test]
fn attachments_go_beside_the_body_and_come_back() {
    let client = PicturesClient::with((), settings());
    let prepared = client.publish(picture()).into_request().unwrap();
    let media = header(&prepared, "content-type").to_owned();
    assert!(media.starts_with(&format!("multipart/related; type=\"text/xml\"; start=\"<root.{UNIQUE}@bindery>\"; ")));
    let Some(parts) = peers::found(peers::mime_parts(&media, prepared.request.body())) else { return };
    let ids = [format!("root.{UNIQUE}@bindery"), format!("photo={UNIQUE}@bindery"), format!("note={UNIQUE}@bindery")];
    let types = ["text/xml; charset=utf-8", "image/png", "text/plain; charset=utf-8"];
    assert_eq!(parts.iter().map(|part| part.id.clone()).collect::<Vec<_>>(), ids.map(|id| format!("<{id}>")));
    assert_eq!(parts.iter().map(|part| part.media.as_str()).collect::<Vec<_>>(), types);
    same(
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><Title xmlns='urn:files'>sea</Title>\
         </e:Body></e:Envelope>",
        std::str::from_utf8(&parts[0].body).unwrap(),
    );
    assert_eq!((parts[1].body.as_slice(), parts[2].body.as_slice()), (CONTENT, &b"blue"[..]));

    // The service answers with the same package.
    let canned = Canned::new(200, &media, prepared.request.body().clone());
    let reply = PicturesClient::with(&canned, settings()).publish(picture()).send_full().unwrap();
    assert_eq!((reply.output.title.as_str(), &reply.output.photo), ("sea", &picture().photo));
    assert_eq!(reply.output.note, picture().note);
    assert!(reply.drift.is_empty() && reply.attachments.is_empty());
}

#[test]
fn rpc_style_and_parts_that_are_not_named() {
    let client = ScannerClient::with((), settings());
    let scan = || Scan { depth: Some(8), image: rt::Attachment::new("", CONTENT) };
    let prepared = client.scan(scan()).attach("extra@client", rt::Attachment::new("a/b", "x")).into_request().unwrap();
    let body = shown(&prepared);
    assert!(body.contains("<depth>8</depth></"), "{body}");
    assert!(body.contains(&format!(
        "Content-Type: application/octet-stream\nContent-Transfer-Encoding: binary\nContent-ID: <image={UNIQUE}@bindery>"
    )));
    assert!(body.contains("Content-Type: a/b\nContent-Transfer-Encoding: binary\nContent-ID: <extra@client>\n\nx\n"));
    let error = client.scan(scan()).attach("a b", rt::Attachment::default()).into_request().unwrap_err().to_string();
    assert!(error.contains("id of an attachment"), "{error}");

    let answer = |image: &str, parts: &str| {
        format!(
            "--b\r\nContent-Type: text/xml\r\n\r\n<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>\
             <r:ScanResponse xmlns:r='urn:scan'><text>A</text>{image}</r:ScanResponse></e:Body></e:Envelope>\r\n{parts}--b--"
        )
    };
    let part =
        |id: &str, text: &str| format!("--b\r\nContent-ID: <{id}>\r\nContent-Type: image/tiff\r\n\r\n{text}\r\n");
    let media = "multipart/related; boundary=b; type=\"text/xml\"";
    let send = |body: String| {
        let canned = Canned::new(200, media, body);
        ScannerClient::with(&canned, settings()).scan(scan()).send_full()
    };
    // By order, where ids say nothing; what is left is handed over.
    let reply = send(answer("", &(part("0@h", "II") + &part("1@h", "JJ")))).unwrap();
    assert_eq!(reply.output.image, rt::Attachment::new("image/tiff", "II"));
    assert_eq!(reply.attachments, [("1@h".to_owned(), rt::Attachment::new("image/tiff", "JJ"))]);
    // By reference, as Axis has it.
    let reply = send(answer("<image href='cid:1%40h'/>", &(part("0@h", "II") + &part("1@h", "JJ")))).unwrap();
    assert_eq!(reply.output.image.bytes, b"JJ");
    // Not at all.
    let error = send(answer("", "")).unwrap_err().to_string();
    assert!(error.contains("image"), "{error}");
}

#[test]
fn what_xop_took_out_is_put_back_whatever_the_wire() {
    let xop = "xmlns:x='http://www.w3.org/2004/08/xop/include'";
    let body = format!(
        "--b\r\nContent-ID: <r>\r\nContent-Type: application/xop+xml; charset=utf-8; type=\"text/xml\"\r\n\r\n\
         <e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><StoreResponse xmlns='urn:files'><Copy>\
         <Name>n</Name><Content><x:Include {xop} href='cid:c'/></Content></Copy></StoreResponse></e:Body></e:Envelope>\r\n\
         --b\r\nContent-ID: <c>\r\n\r\nBYTES\r\n--b--"
    );
    let media = "multipart/related; boundary=b; start=\"<r>\"; type=\"application/xop+xml\"; start-info=\"text/xml\"";
    let canned = Canned::new(200, media, body);
    let reply = FilesClient::with(&canned, settings()).store(file()).send_full().unwrap();
    let copy: File = reply.output;
    assert_eq!(copy.content.0, b"BYTES");
    assert!(reply.attachments.is_empty());
}

#[test]
fn captures_show_the_envelope_and_name_the_parts() {
    let log: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = Arc::clone(&log);
    let settings = settings().on_capture(move |capture| kept.lock().unwrap().push(capture.body.clone()));
    PicturesClient::with((), settings).publish(picture()).into_request().unwrap();
    let log = log.lock().unwrap();
    assert!(log[0].starts_with("<s:Envelope") && log[0].contains("sea"), "{}", log[0]);
    let photo = format!("\n(part <photo={UNIQUE}@bindery>: image/png, {} octets)", CONTENT.len());
    assert!(log[0].contains(&photo) && !log[0].contains("blue"), "{}", log[0]);
}
