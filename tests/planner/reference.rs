//! Cases whose optima a MILP solver has proven: each is met exactly, and proven.

use waymark_planner::ids::StepId;
use waymark_planner::{Catalog, Meter, Roadmap, plan, resources};

use crate::cases::{for_each_case, request, wishes};

fn names(catalog: &Catalog, steps: impl IntoIterator<Item = StepId>) -> Vec<String> {
    let mut names: Vec<String> = steps.into_iter().map(|step| catalog.step_name(step)).collect();
    names.sort();
    names
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-3
}

#[test]
fn least_hours_are_met_and_proven_with_what_is_assumed() {
    for family in ["least-hours", "ties"] {
        for_each_case(family, |catalog, case, name| {
            let planned = plan(catalog, request(catalog, &case["input"]));
            let Some(hours) = case["minimalHours"].as_f64() else {
                assert!(planned.is_err(), "{name}: there is no plan");
                return;
            };
            let planned = planned.unwrap();
            if let Some(assumed) = case["assumed"].as_array() {
                let mut expected: Vec<_> =
                    assumed.iter().map(|name| name.as_str().unwrap().to_owned()).collect();
                expected.sort();
                assert_eq!(names(catalog, planned.assumed.iter().copied()), expected, "{name}");
            }
            assert_least(&planned, hours, name);
            if let Some(least) = case["leastUnpopularity"].as_u64() {
                let topic = |step: StepId| &catalog.topics()[catalog.steps()[step].topic];
                let unpopularity =
                    planned.steps.iter().map(|step| u64::from(100 - topic(step.step).popularity));
                assert_eq!(unpopularity.sum::<u64>(), least, "{name}");
            }
        });
    }
}

#[test]
fn orders_bring_value_early() {
    let mut ratios = Vec::new();
    for_each_case("order", |catalog, case, name| {
        let planned = plan(catalog, request(catalog, &case["input"])).unwrap();
        assert_least(&planned, case["minimalHours"].as_f64().unwrap(), name);
        #[allow(clippy::cast_precision_loss)]
        let ratio =
            planned.weighted_completion as f64 / 1e12 / case["minimalWeightedCompletion"].as_f64().unwrap();
        assert!((1.0 - 1e-9..1.05).contains(&ratio), "{name}: {ratio} of the optimum");
        ratios.push(ratio);
    });
    #[allow(clippy::cast_precision_loss)]
    let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
    assert!(mean < 1.01, "{mean} of the optimum on average");
}

#[test]
fn of_what_does_not_fit_the_most_valuable_is_kept() {
    for_each_case("deadline", |catalog, case, name| {
        let planned = plan(catalog, request(catalog, &case["input"])).unwrap();
        assert_least(&planned, case["minimalHours"].as_f64().unwrap(), name);
        assert!(!planned.schedule.fits, "{name}");
        let (kept, largest) = (planned.schedule.kept_value.as_f64(), case["largestValue"].as_f64().unwrap());
        assert!(near(kept, largest), "{name}: {kept} of {largest}");
        let last = planned.request.pace.finish_by.unwrap();
        for step in planned.steps.iter().filter(|step| !step.deferred) {
            assert!(step.needs.iter().all(|&needed| !planned.steps[needed].deferred), "{name}");
            assert!(step.finishes_on <= last, "{name}: a kept step ends after the last day");
        }
    });
}

#[test]
fn resources_have_the_least_burden() {
    for_each_case("resources", |catalog, case, name| {
        let planned = plan(catalog, request(catalog, &case["input"])).unwrap();
        let chosen =
            resources::choose(catalog, &planned, &wishes(&case["input"]["resources"]), &Meter::default());
        let least = case["minimalBurden"].as_f64().unwrap();
        assert!(near(chosen.burden.as_f64(), least), "{name}: {} for {least}", chosen.burden.as_f64());
        assert!(chosen.is_proven_minimal(), "{name}: not proven");
    });
}

fn assert_least(planned: &Roadmap, hours: f64, name: &str) {
    assert!((planned.hours.as_f64() - hours).abs() < 1e-6, "{name}: {} for {hours}", planned.hours.as_f64());
    assert!(planned.is_proven_minimal(), "{name}: not proven");
}
