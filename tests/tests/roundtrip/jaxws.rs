//! MTOM and SOAP with attachments: calls of Metro's services, and its own messages as a client beside ours for the same call.
//!
//! What `JaxWsPeer.java` sends as a client is what the functions here make.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use bindery_codegen::generate::{Request, generate};
use bindery_codegen::plan::PlanOptions;
use bindery_runtime as rt;
use bindery_tests::peers::{self, JaxWs, PeerError, Relay, found};
use bindery_tests::server::{Reply, Request as Received};
use md5::{Digest as _, Md5};
use rt::transport::{Exchange, Timeouts, Transport as _, Ureq};

use super::attachments::{FILES11, FILES12, File, FilesClient, PicturesClient, Publish, Scan, ScannerClient};
use super::jaxws_vault::operations::HalvesDetail;
use super::jaxws_vault::{Halves, Keep, Parcel, TooShort, VaultServiceClient};
use super::support::{root, same};

/// One peer for all tests; it ends with them, when its standard input does. `None` says why they are skipped.
fn peer() -> Option<MutexGuard<'static, JaxWs>> {
    static PEER: LazyLock<Result<Mutex<JaxWs>, PeerError>> = LazyLock::new(|| JaxWs::start().map(Mutex::new));
    let peer = found(PEER.as_ref().map_err(Clone::clone))?;
    Some(peer.lock().unwrap_or_else(PoisonError::into_inner))
}

fn get(url: &str) -> String {
    let request = http::Request::get(url).body(Vec::new()).unwrap();
    let answer = Ureq::new().send(request, &Exchange::new(Timeouts::READ, 1 << 20)).unwrap();
    assert_eq!(answer.status(), 200, "{url}");
    String::from_utf8(answer.into_body()).unwrap()
}

/// `tests/golden/jaxws_vault` is what Metro publishes, but for its own address. `UPDATE_EXPECT=1` takes it from there.
#[test]
fn the_fixture_is_what_jax_ws_publishes() {
    let Some(peer) = peer() else { return };
    let service = format!("{}/vault", peer.url);
    let local = |text: String| {
        text.replace(&format!("{service}?xsd=1"), "vault.xsd").replace(&service, "https://vault.example/service")
    };
    let files = [("input.wsdl", get(&format!("{service}?wsdl"))), ("vault.xsd", get(&format!("{service}?xsd=1")))];
    let folder = tempfile::tempdir().unwrap();
    let golden = root().join("tests/golden/jaxws_vault");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    for (name, text) in files {
        let text = local(text);
        if update {
            std::fs::write(golden.join(name), &text).unwrap();
        }
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let generated = generate(&Request {
        inputs: vec![folder.path().join("input.wsdl")],
        base: folder.path().to_owned(),
        plan: PlanOptions { example_tests: false, ..PlanOptions::default() },
        ..Request::default()
    });
    let text = generated.map_or_else(|failure| panic!("{failure}"), |generated| generated.text);
    // Another release may word its documents otherwise; what they say must be the same.
    if !update {
        assert_eq!(text, std::fs::read_to_string(golden.join("expected.rs")).unwrap());
    }
}

/// As `octets` in `JaxWsPeer.java`.
fn octets(length: usize, seed: u32) -> rt::Base64Binary {
    let mut state = seed;
    let octets = (0..length).map(|_| {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        state.to_be_bytes()[1]
    });
    octets.collect::<Vec<u8>>().into()
}

/// The parcel that `JaxWsPeer.java` sends as a client.
fn parcel() -> Parcel {
    Parcel {
        thumb: Some(octets(1_200, 7)),
        имя: "посылка & <1>".into(),
        содержимое: octets(70_000, 1),
        page: [(2_000, 2), (10, 3), (3_001, 4)].map(|(length, seed)| Some(octets(length, seed))).into(),
        spare: None,
        inline: Some(octets(1_500, 5)),
        picture: Some(octets(5_000, 6)),
        reference: Some("cid:note@client".into()),
    }
}

fn file() -> File {
    File {
        thumb: Some(octets(1_200, 4)),
        name: "a & b".into(),
        content: octets(70_000, 1),
        page: vec![octets(10, 2), octets(2_000, 3)],
    }
}

fn picture() -> Publish {
    Publish {
        title: "море".into(),
        photo: rt::Attachment::new("image/jpeg", octets(5_000, 1).0),
        note: rt::Attachment::new("text/plain; charset=utf-8", "синее & <blue>"),
    }
}

fn note() -> rt::Attachment {
    rt::Attachment::new("text/plain", "по ссылке")
}

/// As `digest` in `JaxWsPeer.java`.
fn digest(octets: &[u8]) -> String {
    let hex: String = Md5::digest(octets).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}:{hex}", octets.len())
}

fn digests(parcel: &Parcel) -> String {
    let content = |content: &Option<rt::Base64Binary>| content.as_ref().map_or("-".to_owned(), |it| digest(&it.0));
    let mut all = vec![digest(&parcel.содержимое.0)];
    all.extend(parcel.page.iter().map(content));
    all.extend([content(&parcel.spare), content(&parcel.inline), content(&parcel.picture)]);
    all.extend([digest(&note().bytes), content(&parcel.thumb)]);
    all.join(" ")
}

/// The parameters of a media type, for those that packages have: nothing in them is quoted but for a SOAP action.
fn parameters(media: &str) -> BTreeMap<String, String> {
    let bare = media.replace("\\\"", "'").replace("; ", ";");
    let mut found = BTreeMap::new();
    let mut rest = bare.split_once(';').map_or("", |(_, rest)| rest);
    while let Some((name, value)) = rest.split_once('=') {
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => value.split_at(value.find(';').unwrap_or(value.len())),
        };
        found.insert(name.to_owned(), value.to_owned());
        rest = after.trim_start_matches(';');
    }
    found
}

/// A package as another MIME parser takes it apart: its media type without what is different in each, its root with digests
/// in the place of parts, and the parts' own types.
#[derive(Debug, PartialEq)]
struct Package {
    media: BTreeMap<String, String>,
    root_media: String,
    headers: BTreeMap<String, String>,
    beside: Vec<(String, String)>,
}

/// The texts of an envelope's headers, and the envelope without them.
fn apart(text: &str) -> (BTreeMap<String, String>, String) {
    let document = roxmltree::Document::parse(text).unwrap();
    let Some(header) = document.descendants().find(|node| node.tag_name().name() == "Header") else {
        return (BTreeMap::new(), text.to_owned());
    };
    let content = |node: roxmltree::Node<'_, '_>| {
        node.descendants().filter(roxmltree::Node::is_text).map(|node| node.text().unwrap_or_default().trim()).collect()
    };
    let headers = header.children().filter(roxmltree::Node::is_element);
    let headers = headers.map(|node| (format!("{:?}", node.tag_name()), content(node))).collect();
    (headers, [&text[..header.range().start], &text[header.range().end..]].concat())
}

fn unpacked(media: &str, body: &[u8]) -> Option<(Package, String)> {
    let mut parts = found(peers::mime_parts(media, body))?;
    let mut media = parameters(media);
    media.remove("boundary");
    let root = parts.remove(0);
    // Metro names no `start` where there is nothing but attachments: the root is the first part then.
    assert!(media.remove("start").is_none_or(|start| start == root.id), "{media:?}");
    let (headers, mut text) = apart(&String::from_utf8(root.body).unwrap());
    let mut beside = Vec::new();
    for part in parts {
        let id = part.id.trim_matches(['<', '>']);
        text = text.replace(&format!("cid:{id}"), &digest(&part.body));
        // A part that a member names is for that member.
        let name = id.split_once('=').map_or("", |(name, _)| name);
        beside.push((format!("{name} {}", part.media), digest(&part.body)));
    }
    beside.sort();
    Some((Package { media, headers, root_media: root.media.replace("; ", ";"), beside }, text))
}

/// Sends the same call from both sides through the relay, and compares what passes.
#[track_caller]
fn compared(relay: &Relay, theirs: Received, ours: impl FnOnce()) -> Option<(Package, Package)> {
    ours();
    let (ours, _) = relay.last().unwrap();
    let header = |request: &Received, name: &str| request.header(name).unwrap_or_default().to_owned();
    for name in ["SOAPAction", "Transfer-Encoding"] {
        assert_eq!(header(&ours, name), header(&theirs, name), "{name}");
    }
    let (theirs, their_root) = unpacked(&header(&theirs, "Content-Type"), &theirs.body)?;
    let (ours, our_root) = unpacked(&header(&ours, "Content-Type"), &ours.body)?;
    same(&their_root, &our_root);
    assert_eq!(ours.root_media, theirs.root_media);
    assert_eq!(ours.media, theirs.media);
    assert_eq!(addressing(ours.headers.clone()), addressing(theirs.headers.clone()));
    Some((ours, theirs))
}

/// Headers without what every message has its own of. Where no FaultTo is, faults go to ReplyTo (WS-Addressing 1.0 §3.4), which is where
/// Metro wants them, too.
fn addressing(mut headers: BTreeMap<String, String>) -> BTreeMap<String, String> {
    headers.retain(|name, value| match name.rsplit('}').next() {
        Some("MessageID") => {
            assert!(value.contains("uuid:"), "{value}");
            false
        }
        Some("FaultTo") => {
            assert_eq!(value, "http://www.w3.org/2005/08/addressing/anonymous");
            false
        }
        _ => true,
    });
    headers
}

fn settings(relay: &Relay, service: &str) -> rt::Settings {
    let url = format!("{}/{service}", relay.url);
    rt::Settings::new().endpoint_of(&FILES12, url.clone()).endpoint(url)
}

#[test]
fn packages_are_those_that_metro_sends() {
    let Some(mut peer) = peer() else { return };
    let relay = Relay::to(&peer.url).unwrap();
    let mut theirs = |service: &str| {
        let said = peer.call(service, &format!("{}/{service}", relay.url)).unwrap_or_else(|error| panic!("{error}"));
        (relay.last().unwrap().0, said)
    };
    // Where the WSDL says MTOM, Metro forgets the threshold it is told.
    let (request, said) = theirs("vault");
    assert_eq!(said, digests(&parcel()));
    let vault = VaultServiceClient::with(Ureq::new(), settings(&relay, "vault").mtom(true).mtom_threshold(0));
    let call = || drop(vault.keep(Keep { parcel: parcel() }).attach("note@client", note()).send().unwrap());
    let Some((ours, theirs_too)) = compared(&relay, request, call) else { return };
    // The member says `xmime:expectedContentTypes="image/png"`, which is for whoever handles the content. XOP leaves the
    // type of a part to its sender.
    let octets_only =
        |(media, digest): &(String, String)| (media.replace("image/png", "application/octet-stream"), digest.clone());
    let mut beside: Vec<_> = theirs_too.beside.iter().map(octets_only).collect();
    beside.sort();
    assert_eq!(ours.beside, beside);

    for (service, wire) in [("files11", &FILES11), ("files12", &FILES12)] {
        let (request, said) = theirs(service);
        assert_eq!(said, format!("{} {}", digest(&file().content.0), digest(&file().page[1].0)));
        let files = FilesClient::with(Ureq::new(), settings(&relay, service).mtom(true).mtom_threshold(1_000));
        let call = || assert_eq!(files.store(file()).over(wire).send().unwrap(), file());
        let Some((ours, theirs)) = compared(&relay, request, call) else { return };
        assert_eq!(ours.beside, theirs.beside);
    }

    let (request, _) = theirs("pictures");
    let pictures = PicturesClient::with(Ureq::new(), settings(&relay, "pictures"));
    // It sends UTF-8 and reads Latin 1: whoever wants to be understood names the charset.
    let bare = Publish { note: rt::Attachment::new("text/plain", picture().note.bytes), ..picture() };
    let call = || drop(pictures.publish(bare).send().unwrap());
    let Some((ours, theirs)) = compared(&relay, request, call) else { return };
    assert_eq!(ours.beside, theirs.beside);
}

/// The headers and the body of the last answer: whether it is a package.
fn came_packed(relay: &Relay) -> bool {
    let (_, Reply { headers, .. }) = relay.last().unwrap();
    let media = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    media.is_some_and(|(_, value)| value.starts_with("multipart/related"))
}

#[test]
fn metro_reads_what_we_pack_and_we_what_it_packs() {
    let Some(peer) = peer() else { return };
    let relay = Relay::to(&peer.url).unwrap();
    // Much, little, nothing and null.
    let sparse = Parcel {
        thumb: None,
        имя: String::new(),
        содержимое: octets(500_000, 9),
        page: vec![Some(octets(0, 0)), None, Some(octets(1_024, 2)), Some(octets(1_023, 3))],
        spare: Some(octets(0, 0)),
        inline: None,
        picture: None,
        reference: Some("cid:%D0%B6%2F1@client".into()),
    };
    for packed in [true, false] {
        let settings = settings(&relay, "vault").mtom(packed).mtom_threshold(1_024);
        let vault = VaultServiceClient::with(Ureq::new(), settings);
        for (parcel, id) in [(parcel(), "note@client"), (sparse.clone(), "%D0%B6%2F1@client")] {
            let sent = vault.keep(Keep { parcel: parcel.clone() }).attach(id, note()).send_full();
            let reply = sent.unwrap_or_else(|error| panic!("{packed}: {error}"));
            assert_eq!(reply.output.digests, digests(&parcel), "{packed}");
            assert!(reply.drift.is_empty(), "{:?}", reply.drift);
            let kept = Parcel { reference: parcel.reference.clone(), ..reply.output.kept.clone() };
            assert_eq!(kept, parcel, "{packed}");
            // What `swaRef` refers to came beside the reply.
            let reference = reply.output.kept.reference.as_deref().unwrap();
            assert_eq!((reply.attachment(reference), reply.attachments.len()), (Some(&note()), 1));
        }
        let whole = octets(100_001, 5);
        let halves = vault.halves(Halves { whole: whole.clone() }).send().unwrap();
        let back: Vec<u8> = halves.into_iter().flat_map(|half| half.unwrap().0).collect();
        assert_eq!((back, came_packed(&relay)), (whole.0, packed));
    }
}

/// Metro packs the content of a fault's detail as well.
#[test]
fn a_fault_with_binary_detail_is_read() {
    let Some(peer) = peer() else { return };
    let relay = Relay::to(&peer.url).unwrap();
    for packed in [true, false] {
        let vault = VaultServiceClient::with(Ureq::new(), settings(&relay, "vault").mtom(packed));
        let error = vault.halves(Halves { whole: b"1"[..].into() }).send().unwrap_err();
        let rt::CallError::Fault(faulted) = &error else { panic!("{error}") };
        assert_eq!((faulted.fault.reason(), came_packed(&relay)), ("Too short: 1", packed));
        let too_short = TooShort { least: 2, given: octets(5_000, 1) };
        assert_eq!(faulted.detail, Some(HalvesDetail::TooShort(Box::new(too_short))));
    }
}

#[test]
fn attachments_reach_metro_and_come_back() {
    let Some(peer) = peer() else { return };
    let relay = Relay::to(&peer.url).unwrap();
    let pictures = PicturesClient::with(Ureq::new(), settings(&relay, "pictures"));
    let published = pictures.publish(picture()).send().unwrap();
    let photo = picture().photo;
    assert_eq!(published.title, format!("море image/jpeg {}", digest(&photo.bytes)));
    assert_eq!((published.photo, published.note.bytes), (photo, picture().note.bytes));

    let scanner = ScannerClient::with(Ureq::new(), settings(&relay, "scanner"));
    let image = rt::Attachment::new("image/tiff", octets(5_000, 2).0);
    let reply = scanner.scan(Scan { depth: Some(-8), image: image.clone() }).send_full().unwrap();
    assert_eq!(reply.output.text, Some(format!("-8 image/tiff {}", digest(&image.bytes))));
    assert_eq!(reply.output.image, image);
    assert!(reply.drift.is_empty() && reply.attachments.is_empty());
}
