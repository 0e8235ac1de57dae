//! The time of a plan for each of the reference cases, as lines of JSON for `benches/reference/against_highs.py`.

// A bench that can't run says so; its clock measures, and decides nothing.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, dead_code)]

#[path = "../../tests/planner/cases.rs"]
mod cases;

use std::hint::black_box;
use std::time::Instant;

use serde_json::json;
use waymark_planner::plan;

/// How often each plan is made.
const RUNS: usize = 20;

fn main() {
    for family in ["least-hours", "ties", "order", "deadline", "resources"] {
        cases::for_each_case(family, |catalog, case, name| {
            let request = cases::request(catalog, &case["input"]);
            let mut without_end = request.clone();
            without_end.pace.finish_by = None;
            let (seconds, Ok(roadmap)) = timed(|| plan(catalog, without_end.clone())) else { return };
            let name_of = |step| catalog.step_name(step);
            let known: Vec<String> =
                roadmap.assumed.iter().chain(&roadmap.request.skills).map(|&step| name_of(step)).collect();
            let mut line =
                json!({ "case": name, "seconds": seconds, "hours": roadmap.hours.as_f64(), "known": known });
            if request.pace.finish_by.is_some() {
                let (with_end, Ok(roadmap)) = timed(|| plan(catalog, request.clone())) else { return };
                // What the last day adds to a plan without one.
                line["deadlineSeconds"] = json!((with_end - seconds).max(1e-9));
                line["keptValue"] = json!(roadmap.schedule.kept_value.as_f64());
                let steps = roadmap
                    .steps
                    .iter()
                    .map(|planned| json!([name_of(planned.step), planned.value.as_f64()]));
                line["steps"] = steps.collect();
            }
            println!("{line}");
        });
    }
}

/// The shortest of some runs in seconds, and the answer.
fn timed<T>(work: impl Fn() -> T) -> (f64, T) {
    let run = || {
        let begin = Instant::now();
        let answer = black_box(work());
        (begin.elapsed().as_secs_f64(), answer)
    };
    let first = run();
    (1..RUNS).map(|_| run()).fold(first, |best, next| if next.0 < best.0 { next } else { best })
}
