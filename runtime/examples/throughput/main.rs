//! How fast a reply is read: `cargo run --release --example throughput`. Compare runs on one machine only.

mod mont;

use std::hint::black_box;
use std::time::Instant;

use bindery_runtime as rt;
use rt::Value;
use rt::codec::{Options, Profile, decode_document, encode_element};

fn main() {
    let value = mont::reply(400);
    let Ok(encoded) = encode_element(mont::REPLY, Profile::DATA_CONTRACT, &value) else { return };
    let text = encoded.text;
    let options = Options::new(Profile::DATA_CONTRACT);
    report("decode", text.len(), || {
        let mut reply = mont::Reply::vacant();
        let decoded = decode_document(&text, mont::REPLY, &mut reply, &options);
        assert!(decoded.is_ok_and(|decoded| decoded.drift.is_empty()));
        black_box(&reply);
    });
    report("scan", text.len(), || {
        let mut reader = rt::xml::Reader::new(&text);
        while !matches!(black_box(reader.next()), Ok(rt::xml::Token::Eof) | Err(_)) {}
    });
    report("encode", text.len(), || {
        let encoded = encode_element(mont::REPLY, Profile::DATA_CONTRACT, &value);
        assert!(encoded.is_ok_and(|encoded| encoded.text.len() == text.len()));
    });
}

/// Times a piece of work, best of many.
fn report(what: &str, bytes: usize, mut work: impl FnMut()) {
    let mut best = f64::INFINITY;
    for _ in 0..300 {
        let start = Instant::now();
        work();
        best = best.min(start.elapsed().as_secs_f64());
    }
    #[allow(clippy::cast_precision_loss)] // a rate to three digits
    let rate = bytes as f64 / best / 1e6;
    println!("{what}: {bytes} bytes in {:.0} µs, {rate:.0} MB/s", best * 1e6);
}
