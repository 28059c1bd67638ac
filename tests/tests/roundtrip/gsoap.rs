//! MTOM with gSOAP, which devices are made of: includes that a contract declares, sent and received.

use bindery_runtime as rt;
use bindery_tests::peers::{GSoap, Relay, found};
use rt::transport::Ureq;

use super::xop_declared::DeviceClient;
use super::xop_declared::device::{AttachmentData, Picture, Restore};
use super::xop_declared::include::Include;

/// As in `gsoap_device.c`.
fn fnv(octets: &[u8]) -> u32 {
    octets.iter().fold(2_166_136_261, |hash, octet| (hash ^ u32::from(*octet)).wrapping_mul(16_777_619))
}

/// Octets of all values, with line ends and dashes where boundaries would have them.
fn octets(length: usize) -> Vec<u8> {
    b"\r\n--\r\n\0".iter().copied().chain((0..=255).cycle()).take(length).collect()
}

fn backup(reference: &str) -> AttachmentData {
    let include = Include { href: format!("cid:{reference}"), any_attributes: Vec::new(), any: Vec::new() };
    AttachmentData { content_type: None, include }
}

#[test]
fn a_device_takes_our_packages_and_we_take_its() {
    let folder = tempfile::tempdir().unwrap();
    let Some(device) = found(GSoap::start(folder.path())) else { return };
    let relay = Relay::to(&device.url).unwrap();
    let settings = rt::Settings::new().endpoint(relay.url.clone()).mtom(true);
    let client = DeviceClient::with(Ureq::new(), settings);
    let input = Restore {
        picture: Picture { content_type: Some("image/png".into()), value: octets(100_000).into() },
        key: octets(20).into(),
        backup: vec![backup("one@client"), backup("%D0%B6%20two@client")],
    };
    let (one, two) = (rt::Attachment::new("application/zip", octets(300_000)), rt::Attachment::new("a/b", octets(1)));
    let call = client.restore(input).attach("one@client", one.clone()).attach("%D0%B6%20two@client", two.clone());
    let reply = call.send_full().unwrap();

    let line =
        |name: &str, media: &str, octets: &[u8]| format!("{name} {media} {} {:08x}\n", octets.len(), fnv(octets));
    let seen = [
        line("Picture", "image/png", &octets(100_000)),
        // Below the threshold, and so in the envelope.
        line("Key", "-", &octets(20)),
        line("Backup", "application/zip", &one.bytes),
        line("Backup", "a/b", &two.bytes),
    ];
    let note = reply.output.note.clone().unwrap();
    assert_eq!(String::from_utf8(note.0).unwrap(), seen.concat());

    let (_, answer) = relay.last().unwrap();
    let media = answer.headers.iter().find(|(name, _)| name == "content-type").unwrap();
    assert!(media.1.starts_with("multipart/related") && media.1.contains("application/xop+xml"), "{media:?}");
    let logs: Vec<_> = reply.output.log.iter().map(|log| reply.attachment(&log.include.href).unwrap()).collect();
    assert_eq!(logs, [&one, &two]);
    assert!(reply.drift.is_empty() && reply.attachments.len() == 2, "{:?}", reply.drift);
}
