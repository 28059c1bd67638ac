//! Runs one case again and again, for a profiler: `perf record -g target/release/spin decode`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use bindery_bench::{documents, ours};

fn main() {
    let case = std::env::args().nth(1).unwrap_or_default();
    let subscription = documents::subscription(400);
    let unknown = documents::subscription_with_unknown_codes(400);
    let orders = documents::orders(1_000);
    let reply = ours::read_subscription(&subscription);
    let run: Box<dyn Fn()> = match case.as_str() {
        "decode" => Box::new(|| drop(black_box(ours::read_subscription(&subscription)))),
        "drift" => Box::new(|| drop(black_box(ours::read_subscription(&unknown)))),
        "encode" => Box::new(|| drop(black_box(ours::write_subscription(&reply)))),
        "tokens" => Box::new(|| drop(black_box(ours::scan(&subscription)))),
        "orders" => Box::new(|| drop(black_box(ours::read_orders(&orders)))),
        _ => {
            eprintln!("one of: decode, drift, encode, tokens, orders");
            std::process::exit(2);
        }
    };
    let (mut runs, start) = (0u32, Instant::now());
    while start.elapsed() < Duration::from_secs(3) {
        run();
        runs += 1;
    }
    println!("{case}: {runs} runs, {:.1} µs each", start.elapsed().as_secs_f64() * 1e6 / f64::from(runs));
}
