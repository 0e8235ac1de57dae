//! The reference cases: catalogues with requests, and what a MILP solver has proven of each.

use std::path::{Path, PathBuf};

use serde_json::Value;
use waymark::catalog;
use waymark::dates::{parse, to_day};
use waymark_planner::ids::{RoleId, StepId, TopicId};
use waymark_planner::units::{Day, Hours, Price};
use waymark_planner::{Catalog, Effort, Pace, Request, ResourceWishes};

/// Reads each file of a family through the reader, as a curator's file would come, and hands over each case with its name.
pub(crate) fn for_each_case(family: &str, mut check: impl FnMut(&Catalog, &Value, &str)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reference").join(family);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let instance: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let text = instance["catalog"].to_string();
        let catalog = catalog::parse("catalog.json", text.as_bytes()).unwrap();
        let name = file.file_stem().unwrap().to_string_lossy();
        for (i, case) in instance["cases"].as_array().unwrap().iter().enumerate() {
            check(&catalog, case, &format!("{family}/{name} case {i}"));
        }
    }
}

/// The request of a case.
pub(crate) fn request(catalog: &Catalog, input: &Value) -> Request {
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
        begun: Vec::new(),
        early: Vec::new(),
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

/// What a case wants of resources.
pub(crate) fn wishes(input: &Value) -> ResourceWishes {
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
