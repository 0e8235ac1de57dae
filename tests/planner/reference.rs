//! Cases whose optima a MILP solver has proven: each is met exactly, and proven.

use std::path::{Path, PathBuf};

use serde_json::Value;
use waymark::catalog;
use waymark::dates::{parse, to_day};
use waymark_planner::ids::{RoleId, StepId, TopicId};
use waymark_planner::units::{Day, Hours, Price};
use waymark_planner::{Catalog, Effort, Pace, Request, ResourceWishes, Roadmap, plan, resources};

#[test]
fn least_hours_are_met_and_proven() {
    for_each_case("least-hours", |catalog, case, name| {
        let planned = plan(catalog, request(catalog, &case["input"]));
        match case["minimalHours"].as_f64() {
            Some(hours) => assert_least(&planned.unwrap(), hours, name),
            None => assert!(planned.is_err(), "{name}: there is no plan"),
        }
    });
}

#[test]
fn orders_bring_weight_early() {
    let mut ratios = Vec::new();
    for_each_case("order", |catalog, case, name| {
        let planned = plan(catalog, request(catalog, &case["input"])).unwrap();
        assert_least(&planned, case["minimalHours"].as_f64().unwrap(), name);
        #[allow(clippy::cast_precision_loss)]
        let ratio =
            planned.weighted_completion as f64 / 1e6 / case["minimalWeightedCompletion"].as_f64().unwrap();
        assert!((1.0 - 1e-9..1.05).contains(&ratio), "{name}: {ratio} of the optimum");
        ratios.push(ratio);
    });
    #[allow(clippy::cast_precision_loss)]
    let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
    assert!(mean < 1.01, "{mean} of the optimum on average");
}

#[test]
fn of_what_does_not_fit_the_heaviest_is_kept() {
    for_each_case("deadline", |catalog, case, name| {
        let planned = plan(catalog, request(catalog, &case["input"])).unwrap();
        assert_least(&planned, case["minimalHours"].as_f64().unwrap(), name);
        assert!(!planned.schedule.fits, "{name}");
        let largest = case["largestWeight"].as_f64().unwrap();
        assert_eq!(planned.schedule.kept_weight.to_string(), largest.to_string(), "{name}");
        let kept = |position: &usize| !planned.steps[*position].deferred;
        let closed = planned.steps.iter().all(|step| step.deferred || step.needs.iter().all(kept));
        assert!(closed, "{name}: something kept needs something deferred");
    });
}

#[test]
fn resources_have_the_least_burden() {
    for_each_case("resources", |catalog, case, name| {
        let planned = plan(catalog, request(catalog, &case["input"])).unwrap();
        let steps: Vec<StepId> = planned.steps.iter().map(|step| step.step).collect();
        let chosen =
            resources::choose(catalog, &steps, &wishes(&case["input"]["resources"]), Effort::default());
        let least = case["minimalBurden"].as_f64().unwrap();
        assert!(
            (chosen.burden.as_f64() - least).abs() < 1e-3,
            "{name}: {} for {least}",
            chosen.burden.as_f64()
        );
        assert!(chosen.is_proven_minimal(), "{name}: not proven");
    });
}

fn assert_least(planned: &Roadmap, hours: f64, name: &str) {
    assert!((planned.hours.as_f64() - hours).abs() < 1e-6, "{name}: {} for {hours}", planned.hours.as_f64());
    assert!(planned.is_proven_minimal(), "{name}: not proven");
}

fn for_each_case(family: &str, mut check: impl FnMut(&Catalog, &Value, &str)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reference").join(family);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let scratch = tempfile::tempdir().unwrap();
    for file in files {
        let instance: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        // Through the reader, as a curator's file would come.
        let path = scratch.path().join("catalog.json");
        std::fs::write(&path, instance["catalog"].to_string()).unwrap();
        let catalog = catalog::read(&path).unwrap();
        for (i, case) in instance["cases"].as_array().unwrap().iter().enumerate() {
            check(&catalog, case, &format!("{} case {i}", file.display()));
        }
    }
}

fn request(catalog: &Catalog, input: &Value) -> Request {
    let role = |key: &str| -> Option<RoleId> { input[key].as_str().map(|slug| catalog.role(slug).unwrap()) };
    let steps = |key: &str| -> Vec<StepId> {
        let step = |step: &Value| {
            let topic = catalog.topic(step["topic"].as_str().unwrap()).unwrap();
            catalog.step(topic, step["level"].as_str().unwrap().parse().unwrap()).unwrap()
        };
        list(&input[key]).iter().map(step).collect()
    };
    let topics = |key: &str| -> Vec<TopicId> {
        list(&input[key]).iter().map(|slug| catalog.topic(slug.as_str().unwrap()).unwrap()).collect()
    };
    let day = |value: &Value| -> Option<Day> { value.as_str().map(|text| to_day(parse(text).unwrap())) };
    Request {
        from: role("from"),
        to: role("to"),
        goals: steps("goals"),
        skills: steps("skills"),
        gaps: steps("gaps"),
        prefer: topics("prefer"),
        avoid: topics("avoid"),
        pace: Pace {
            hours_per_week: Hours::positive(input["hoursPerWeek"].as_f64().unwrap_or(6.0)).unwrap(),
            start: day(&input["startOn"]).unwrap_or(Day(20_000)),
            finish_by: day(&input["finishBy"]),
            pauses: list(&input["pauses"])
                .iter()
                .map(|p| (day(&p["from"]).unwrap(), day(&p["to"]).unwrap()))
                .collect(),
        },
        effort: Effort::default(),
    }
}

fn wishes(input: &Value) -> ResourceWishes {
    let plain = ResourceWishes::default();
    let kinds =
        |key: &str| list(&input[key]).iter().map(|kind| kind.as_str().unwrap().parse().unwrap()).collect();
    ResourceWishes {
        free_only: input["freeOnly"].as_bool().unwrap_or(false),
        prefer_kinds: kinds("preferKinds"),
        exclude_kinds: kinds("excludeKinds"),
        budget: input["budget"].as_f64().map(|dollars| Price::from_dollars(dollars).unwrap()),
        hour_value: input["hourValue"]
            .as_f64()
            .map_or(plain.hour_value, |dollars| Price::from_dollars(dollars).unwrap()),
        ..plain
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
