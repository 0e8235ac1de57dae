//! Cases whose optima a MILP solver has proven: each is met exactly, and proven.

use waymark_planner::ids::StepId;
use waymark_planner::{Effort, Roadmap, plan, resources};

use crate::cases::{for_each_case, request, wishes};

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
