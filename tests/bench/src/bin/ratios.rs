//! Times every case in turns and prints medians, and ratios to quick-xml's raw event scan of the same document in the same
//! turn: on a machine with other work to do only ratios mean anything.
//!
//! `cargo run --release --features xsd-parser --bin ratios [case…]` keeps the cases whose name holds one of the words.

use std::time::{Duration, Instant};

use bindery_bench::cases::{self, Case};
use bindery_bench::{documents, raw};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    for (events, indented) in [(4, false), (400, false), (400, true), (20_000, false)] {
        let document = documents::subscription(events);
        let document = if indented { documents::indented(&document) } else { document };
        let title = format!("{events} events{}", if indented { ", indented" } else { "" });
        subscription(&title, &document, &words);
    }
    let unknown = documents::subscription_with_unknown_codes(400);
    subscription("400 events, every code of a state unknown to the contract", &unknown, &words);
    for count in [4, 1_000] {
        orders(count, &words);
    }
}

fn subscription(title: &str, document: &str, words: &[String]) {
    table(&format!("SOAP, {title}"), document.len(), raw::scan(document), cases::subscription(document), words);
}

fn orders(count: usize, words: &[String]) {
    let document = &documents::orders(count);
    let cases = cases::orders(document, count);
    table(&format!("XML-RPC, {count} orders"), document.len(), raw::scan(document), cases, words);
}

/// Times the cases; the first is the yardstick.
fn table(title: &str, bytes: usize, elements: usize, mut cases: Vec<Case<'_>>, words: &[String]) {
    let mut first = true;
    cases.retain(|(name, _)| {
        let keep =
            std::mem::take(&mut first) || words.is_empty() || words.iter().any(|word| name.contains(word.as_str()));
        keep
    });
    let turn = Duration::from_micros(2_000);
    let repeats: Vec<u32> = cases.iter().map(|(_, case)| repeats(case, turn)).collect();
    let mut ratios: Vec<Vec<f64>> = vec![Vec::new(); cases.len()];
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); cases.len()];
    let until = Instant::now() + Duration::from_secs(3);
    while Instant::now() < until || times[0].len() < 15 {
        let mut yardstick = 0.0;
        for (index, (_, case)) in cases.iter().enumerate() {
            let start = Instant::now();
            for _ in 0..repeats[index] {
                case();
            }
            let time = start.elapsed().as_secs_f64() / f64::from(repeats[index]);
            if index == 0 {
                yardstick = time;
            }
            times[index].push(time);
            ratios[index].push(yardstick / time);
        }
    }
    println!("\n{title}: {bytes} bytes, {elements} elements, {} turns\n", times[0].len());
    println!("| case | × raw scan | MB/s | ns per element |\n|---|---:|---:|---:|");
    for (index, (name, _)) in cases.iter().enumerate() {
        let time = median(&mut times[index]);
        let speed = bytes as f64 / time / 1e6;
        println!("| {name} | {:.2} | {speed:.0} | {:.0} |", median(&mut ratios[index]), time * 1e9 / elements as f64);
    }
}

/// How often a case runs in one turn.
fn repeats(case: &dyn Fn(), turn: Duration) -> u32 {
    case();
    let start = Instant::now();
    case();
    (turn.as_secs_f64() / start.elapsed().as_secs_f64().max(1e-9)).clamp(1.0, 1e6) as u32
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
