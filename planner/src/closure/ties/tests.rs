use super::*;
use crate::closure::{Avoidance, Compiled, Need, StepSet, Terms};
use crate::testing::{catalog, draft, step};
use crate::units::Hours;
use crate::{Catalog, ids::StepId};
use proptest::prelude::*;
use proptest::sample::Index;

/// All closures that meet the needs, by what decides between them: hours, unpopularity, and the steps that come first, by place.
fn best_by_trying_all(catalog: &Catalog, needs: &[Need], known: &StepSet) -> Option<(u64, u64, Vec<StepId>)> {
    let steps: Vec<StepId> = catalog.steps().ids().filter(|step| !known.contains(step)).collect();
    let holds = |set: &[StepId], any_of: &[StepId]| {
        any_of.iter().any(|step| known.contains(step) || set.contains(step))
    };
    let unpopularity =
        |step: &StepId| u64::from(100 - catalog.topics()[catalog.steps()[*step].topic].popularity);
    let sets = (0u32..1 << steps.len()).map(|bits| -> Vec<StepId> {
        (0..).zip(&steps).filter(|(i, _)| bits >> i & 1 == 1).map(|(_, step)| *step).collect()
    });
    let closed = sets.filter(|set| {
        set.iter().all(|&s| catalog.requires(s).all(|entry| holds(set, catalog.any_of(entry))))
            && needs.iter().all(|need| holds(set, need.any_of(catalog)))
    });
    let ranked = closed.map(|set| {
        let hours = set.iter().map(|&step| catalog.steps()[step].hours.millionths()).sum();
        // The set that has the first step that two do not share comes first.
        let absent = steps.iter().map(|step| !set.contains(step)).collect::<Vec<_>>();
        (hours, set.iter().map(unpopularity).sum::<u64>(), absent, set)
    });
    ranked.min().map(|(hours, second, _, set)| (hours, second, set))
}

fn least(catalog: &Catalog, needs: &[Need], known: &StepSet) -> (u64, Vec<StepId>) {
    let terms = Terms { catalog, known, prefer: &[], avoid: &[], avoidance: Avoidance::Never };
    let solution = Compiled::new(needs, &terms).unwrap().least(&mut Fuel(1 << 22));
    assert_eq!(solution.hours, solution.lower);
    (solution.hours.millionths(), solution.steps)
}

#[test]
fn the_more_popular_of_two_ways_is_taken_and_else_the_first() {
    let with = |popularity: [i64; 3]| {
        let mut draft = draft("a@W:3 b@W:3 c@W:3 goal@W:1(a@W|b@W|c@W)");
        draft.topics.iter_mut().zip(popularity).for_each(|(topic, value)| topic.popularity = value.into());
        let catalog = Catalog::new(draft).unwrap();
        let needs = [Need::Goal(step(&catalog, "goal@WORKING"))];
        let taken = least(&catalog, &needs, &StepSet::default()).1;
        catalog.step_name(taken[0])
    };
    assert_eq!(with([50, 50, 50]), "a@WORKING");
    assert_eq!(with([50, 51, 50]), "b@WORKING");
    assert_eq!(with([0, 1, 100]), "c@WORKING");
}

#[test]
fn no_popularity_outweighs_the_smallest_part_of_an_hour() {
    let mut draft = draft("a@W:3 b@W:3.000001 goal@W:1(a@W|b@W)");
    draft.topics[0].popularity = 0.into();
    draft.topics[1].popularity = 100.into();
    let catalog = Catalog::new(draft).unwrap();
    let needs = [Need::Goal(step(&catalog, "goal@WORKING"))];
    let (hours, taken) = least(&catalog, &needs, &StepSet::default());
    assert_eq!(hours, Hours::positive(4.0).unwrap().millionths());
    assert_eq!(catalog.step_name(taken[0]), "a@WORKING");
}

#[test]
fn a_bound_that_is_rounded_up_rules_nothing_out_that_costs_the_same() {
    // Of each pair of three, one: two thirds of the relaxation's worth is lost, and each pair is as good as the others.
    let catalog = catalog("a@W:1 b@W:1 c@W:1 x@W:1(a@W|b@W) y@W:1(b@W|c@W) z@W:1(a@W|c@W)", &[]);
    let needs = ["x@WORKING", "y@WORKING", "z@WORKING"].map(|name| Need::Goal(step(&catalog, name)));
    let taken = least(&catalog, &needs, &StepSet::default()).1;
    let names: Vec<String> = taken.iter().map(|&step| catalog.step_name(step)).collect();
    assert_eq!(names, ["a@WORKING", "b@WORKING", "x@WORKING", "y@WORKING", "z@WORKING"]);
}

/// Few different hours and popularities, so that there is much to settle.
fn any_catalog() -> impl Strategy<Value = (Catalog, Vec<Need>)> {
    let group = prop::collection::vec(any::<Index>(), 1..4);
    let row = (1u32..4, 0i64..3, prop::collection::vec(group.clone(), 0..3));
    (prop::collection::vec(row, 2..13), prop::collection::vec(any::<Index>(), 1..5)).prop_map(
        |(rows, goals)| {
            let name = |i: usize| char::from(b'a' + u8::try_from(i).unwrap());
            let mut text = String::new();
            for (i, (hours, _, groups)) in rows.iter().enumerate() {
                let group = |group: &Vec<Index>| {
                    let ways = group.iter().map(|way| format!("{}@W", name(way.index(i))));
                    ways.collect::<Vec<_>>().join("|")
                };
                let groups: Vec<_> = groups.iter().filter(|_| i > 0).map(group).collect();
                let requires =
                    if groups.is_empty() { String::new() } else { format!("({})", groups.join(" ")) };
                text = format!("{text}{}@W:{hours}{requires} ", name(i));
            }
            let mut draft = draft(&text);
            for (topic, (_, popularity, _)) in draft.topics.iter_mut().zip(&rows) {
                topic.popularity = (40 + 10 * popularity).into();
            }
            let catalog = Catalog::new(draft).unwrap();
            let steps: Vec<StepId> = catalog.steps().ids().collect();
            let needs = goals.iter().map(|goal| Need::Goal(steps[goal.index(steps.len())])).collect();
            (catalog, needs)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn ties_are_settled_as_by_trying_everything((catalog, needs) in any_catalog()) {
        let known = StepSet::default();
        let (hours, _, steps) = best_by_trying_all(&catalog, &needs, &known).unwrap();
        prop_assert_eq!(least(&catalog, &needs, &known), (hours, steps));
    }
}
