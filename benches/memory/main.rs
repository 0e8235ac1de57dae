//! The memory of catalogues and plans: `alloc` of a clone is what it holds, `max alloc` of a plan is what making it takes at once.
//! The times mean nothing here. See `docs/performance.md`.

#![allow(clippy::expect_used, dead_code)] // a bench that can't run says so

#[path = "../planner/generated.rs"]
mod generated;

use divan::{AllocProfiler, Bencher};

use generated::{catalog, planned, to_the_top};

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES, sample_count = 1, sample_size = 1)]
fn catalogue(bencher: Bencher<'_, '_>, steps: usize) {
    let catalog = catalog(steps);
    bencher.bench_local(|| catalog.clone());
}

#[divan::bench(args = SIZES, sample_count = 1, sample_size = 1)]
fn plan(bencher: Bencher<'_, '_>, steps: usize) {
    let catalog = catalog(steps);
    bencher.bench_local(|| planned(catalog, to_the_top(catalog)));
}

#[divan::bench(args = SIZES, sample_count = 1, sample_size = 1)]
fn roadmap(bencher: Bencher<'_, '_>, steps: usize) {
    let roadmap = planned(catalog(steps), to_the_top(catalog(steps)));
    bencher.bench_local(|| roadmap.clone());
}
