//! The codec beside others, with criterion's statistics. For ratios on a busy machine use `--bin ratios`.

use std::hint::black_box;

use bindery_bench::{by_hand, documents, ours, raw, with_serde};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn subscription(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("subscription");
    for events in [4, 400, 20_000] {
        let document = documents::subscription(events);
        let reply = ours::read_subscription(&document);
        assert_eq!(by_hand::read_subscription(&document).expect("by hand"), reply);
        with_serde::read_subscription(&document).expect("serde").assert_same(&reply);
        assert_eq!(ours::read_subscription(&ours::write_subscription(&reply)), reply);
        group.throughput(Throughput::Bytes(document.len() as u64));
        if events > 1_000 {
            group.sample_size(10);
        }
        let id = |name: &str| BenchmarkId::new(name, events);
        group.bench_function(id("quick-xml raw events"), |b| b.iter(|| raw::scan(black_box(&document))));
        group.bench_function(id("decode ours"), |b| b.iter(|| ours::read_subscription(black_box(&document))));
        group.bench_function(id("decode by hand"), |b| b.iter(|| by_hand::read_subscription(black_box(&document))));
        group.bench_function(id("decode serde"), |b| b.iter(|| with_serde::read_subscription(black_box(&document))));
        group.bench_function(id("encode ours"), |b| b.iter(|| ours::write_subscription(black_box(&reply))));
        group.bench_function(id("encode quick-xml writer"), |b| b.iter(|| raw::rewrite(black_box(&document))));
    }
    group.finish();
}

fn orders(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("orders");
    for count in [4, 1_000] {
        let document = documents::orders(count);
        group.throughput(Throughput::Bytes(document.len() as u64));
        let id = |name: &str| BenchmarkId::new(name, count);
        group.bench_function(id("quick-xml raw events"), |b| b.iter(|| raw::scan(black_box(&document))));
        group.bench_function(id("values ours"), |b| b.iter(|| ours::read_values(black_box(&document))));
        group.bench_function(id("records ours"), |b| b.iter(|| ours::read_orders(black_box(&document))));
    }
    group.finish();
}

criterion_group!(benches, subscription, orders);
criterion_main!(benches);
