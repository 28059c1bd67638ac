//! The codec beside others, with criterion's statistics. For ratios on a busy machine use `--bin ratios`.
//!
//! `cargo bench --features xsd-parser --bench codec`, about two minutes; without the feature, without xsd-parser's code.

use std::time::Duration;

use bindery_bench::cases::{self, Case};
use bindery_bench::documents;
use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};

fn subscription(criterion: &mut Criterion) {
    for events in [4, 400, 20_000] {
        let document = documents::subscription(events);
        measure(criterion, "subscription", events, document.len(), cases::subscription(&document));
    }
}

fn orders(criterion: &mut Criterion) {
    for count in [4, 1_000] {
        let document = documents::orders(count);
        measure(criterion, "orders", count, document.len(), cases::orders(&document, count));
    }
}

fn measure(criterion: &mut Criterion, group: &str, count: usize, bytes: usize, cases: Vec<Case<'_>>) {
    let mut group = criterion.benchmark_group(group);
    group.throughput(Throughput::Bytes(bytes as u64));
    if bytes > 1_000_000 {
        group.sample_size(10).sampling_mode(SamplingMode::Flat);
    }
    for (name, case) in cases {
        group.bench_function(BenchmarkId::new(name, count), |bencher| bencher.iter(&case));
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1_500));
    targets = subscription, orders
}
criterion_main!(benches);
