//! The time of a plan for each of the reference cases, as lines of JSON for `benches/reference/against_highs.py`.

// A bench that can't run says so; its clock measures, and decides nothing.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, dead_code)]

#[path = "../../tests/planner/cases.rs"]
mod cases;

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::json;
use waymark_planner::plan;

/// The shortest of so many runs.
const RUNS: usize = 20;

fn main() {
    for family in ["least-hours", "order", "deadline", "resources"] {
        cases::for_each_case(family, |catalog, case, name| {
            let request = cases::request(catalog, &case["input"]);
            let mut best = Duration::MAX;
            let mut answer = None;
            for _ in 0..RUNS {
                let request = request.clone();
                let begin = Instant::now();
                let planned = black_box(plan(catalog, black_box(request)));
                best = best.min(begin.elapsed());
                answer = planned.ok();
            }
            let Some(roadmap) = answer else { return };
            let known: Vec<String> = roadmap
                .assumed
                .iter()
                .chain(&roadmap.request.skills)
                .map(|&step| catalog.step_name(step))
                .collect();
            let line = json!({
                "case": name,
                "seconds": best.as_secs_f64(),
                "hours": roadmap.hours.as_f64(),
                "known": known,
            });
            println!("{line}");
        });
    }
}
