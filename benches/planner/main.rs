//! What the planner costs as the catalogue grows from a thousand steps to a million: load, plan, order, resources, and one plain
//! traversal of the same part of the graph to measure them by. See `docs/performance.md`.

#![allow(clippy::expect_used, dead_code)] // a bench that can't run says so

mod generated;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use rustc_hash::FxHashSet;
use waymark::catalog::{parse, print};
use waymark_planner::ids::StepId;
use waymark_planner::resources::choose;
use waymark_planner::testing::{Jobs, generator};
use waymark_planner::{Catalog, Meter, Request, ResourceWishes, Roadmap};

use generated::{SEED, catalog, planned, to_areas, to_the_top};

const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];

fn main() {
    divan::main();
}

/// The plainest code that looks at all that may matter for a request: from the needs along every alternative, each step once.
fn traverse(catalog: &Catalog, request: &Request) -> usize {
    let ladder = request.to.map(|role| catalog.ladder(role)).unwrap_or_default();
    let needs = ladder.iter().flat_map(|&role| catalog.role_requires(role));
    let mut stack: Vec<StepId> =
        needs.flat_map(|entry| catalog.any_of(entry)).chain(&request.goals).copied().collect();
    let mut seen = FxHashSet::default();
    while let Some(step) = stack.pop() {
        if seen.insert(step) {
            stack.extend(catalog.requires(step).flat_map(|entry| catalog.any_of(entry)));
        }
    }
    seen.len()
}

/// From the text of a single file to the catalogue. A million steps are 0.7 GB of text: more than the reader takes.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 3, sample_size = 1)]
fn load_from_text(bencher: Bencher<'_, '_>, steps: usize) {
    let text = print(catalog(steps));
    bencher.bench_local(|| parse("catalog.yaml", black_box(text.as_bytes())));
}

/// From names to the checked catalogue with its indexes.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn load_from_draft(bencher: Bencher<'_, '_>, steps: usize) {
    bencher.with_inputs(|| generator::generate(steps, SEED)).bench_local_values(Catalog::new);
}

/// The same few hundred steps of a growing catalogue.
#[divan::bench_group(sample_size = 1, sample_count = 50)]
mod same_part {
    use super::{Bencher, ItemsCount, Jobs, Meter, SIZES, catalog, planned, to_the_top, traverse};

    #[divan::bench(args = SIZES)]
    fn a_traverse(bencher: Bencher<'_, '_>, steps: usize) {
        let (catalog, request) = (catalog(steps), to_the_top(catalog(steps)));
        bencher
            .counter(ItemsCount::new(traverse(catalog, &request)))
            .bench_local(|| traverse(catalog, &request));
    }

    #[divan::bench(args = SIZES)]
    fn b_plan(bencher: Bencher<'_, '_>, steps: usize) {
        let (catalog, request) = (catalog(steps), to_the_top(catalog(steps)));
        let relevant = ItemsCount::new(traverse(catalog, &request));
        bencher
            .counter(relevant)
            .with_inputs(|| request.clone())
            .bench_local_values(|request| planned(catalog, request));
    }

    #[divan::bench(args = SIZES)]
    fn c_order(bencher: Bencher<'_, '_>, steps: usize) {
        let catalog = catalog(steps);
        let jobs = Jobs::of(catalog, &planned(catalog, to_the_top(catalog)));
        bencher.counter(ItemsCount::new(jobs.order().len())).bench_local(|| jobs.order());
    }

    #[divan::bench(args = SIZES)]
    fn d_resources(bencher: Bencher<'_, '_>, steps: usize) {
        let catalog = catalog(steps);
        let roadmap = planned(catalog, to_the_top(catalog));
        bencher
            .counter(ItemsCount::new(roadmap.steps.len()))
            .bench_local(|| super::choose_freely(catalog, &roadmap));
    }

    #[divan::bench(args = SIZES)]
    fn e_measures(bencher: Bencher<'_, '_>, steps: usize) {
        let roadmap = planned(catalog(steps), to_the_top(catalog(steps)));
        bencher.bench_local(|| roadmap.measures());
    }

    #[divan::bench(args = SIZES)]
    fn f_choices(bencher: Bencher<'_, '_>, steps: usize) {
        let roadmap = planned(catalog(steps), to_the_top(catalog(steps)));
        bencher.bench_local(|| roadmap.choices(catalog(steps), &Meter::default()));
    }
}

/// A growing part of the catalogue of a million steps.
#[divan::bench_group(sample_size = 1, sample_count = 5)]
mod growing_part {
    use super::{Bencher, ItemsCount, Jobs, catalog, planned, to_areas, traverse};

    const AREAS: [usize; 4] = [1, 10, 100, 1_000];
    const STEPS: usize = 1_000_000;

    // More often than the rest: the first ones pay for the allocator's sorting of what making the catalogue left behind.
    #[divan::bench(args = AREAS, sample_count = 200)]
    fn a_traverse(bencher: Bencher<'_, '_>, areas: usize) {
        let (catalog, request) = (catalog(STEPS), to_areas(catalog(STEPS), areas));
        bencher
            .counter(ItemsCount::new(traverse(catalog, &request)))
            .bench_local(|| traverse(catalog, &request));
    }

    #[divan::bench(args = AREAS)]
    fn b_plan(bencher: Bencher<'_, '_>, areas: usize) {
        let (catalog, request) = (catalog(STEPS), to_areas(catalog(STEPS), areas));
        let relevant = ItemsCount::new(traverse(catalog, &request));
        bencher
            .counter(relevant)
            .with_inputs(|| request.clone())
            .bench_local_values(|request| planned(catalog, request));
    }

    #[divan::bench(args = AREAS)]
    fn c_order(bencher: Bencher<'_, '_>, areas: usize) {
        let catalog = catalog(STEPS);
        let jobs = Jobs::of(catalog, &planned(catalog, to_areas(catalog, areas)));
        bencher.counter(ItemsCount::new(jobs.order().len())).bench_local(|| jobs.order());
    }

    #[divan::bench(args = AREAS)]
    fn d_resources(bencher: Bencher<'_, '_>, areas: usize) {
        let catalog = catalog(STEPS);
        let roadmap = planned(catalog, to_areas(catalog, areas));
        bencher
            .counter(ItemsCount::new(roadmap.steps.len()))
            .bench_local(|| super::choose_freely(catalog, &roadmap));
    }
}

fn choose_freely(catalog: &Catalog, roadmap: &Roadmap) -> usize {
    choose(catalog, roadmap, &ResourceWishes::default(), &Meter::default()).picks.len()
}
