//! The model of `docs/planning.md` against solvers that try everything: what is assumed, ties, the order with its recommendations, and what is
//! kept before the last day.

use std::collections::HashSet;

use proptest::prelude::*;
use waymark_planner::ids::StepId;
use waymark_planner::units::{Day, Hours};
use waymark_planner::{Catalog, Meter, Pace, Request, Roadmap, plan};

use crate::properties::{any_case, is_plan, known, offer, steps};

/// The subsets of some steps.
fn subsets(steps: &[StepId]) -> impl Iterator<Item = HashSet<StepId>> {
    (0u32..1 << steps.len()).map(|bits| {
        steps.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).map(|(_, step)| *step).collect()
    })
}

fn hours<'a>(catalog: &Catalog, steps: impl IntoIterator<Item = &'a StepId>) -> Hours {
    steps.into_iter().map(|&step| catalog.steps()[step].hours).sum()
}

/// What decides between sets of equal hours: popularity, and then the first step that two sets do not share.
fn second(catalog: &Catalog, set: &HashSet<StepId>, all: &[StepId]) -> (u32, Vec<bool>) {
    let topic = |step: &StepId| &catalog.topics()[catalog.steps()[*step].topic];
    let unpopularity = set.iter().map(|step| u32::from(100 - topic(step).popularity)).sum();
    (unpopularity, all.iter().map(|step| !set.contains(step)).collect())
}

/// What is to be assumed, by trying every set.
fn assumed(catalog: &Catalog, request: &Request) -> HashSet<StepId> {
    let skills: HashSet<StepId> = request.skills.iter().flat_map(|&step| catalog.with_lower(step)).collect();
    let all: Vec<StepId> = catalog.steps().ids().filter(|step| !skills.contains(step)).collect();
    let topic = |step: &StepId| catalog.steps()[*step].topic;
    let roles = request.from.map(|role| catalog.ladder(role)).unwrap_or_default();
    let of_roles: Vec<_> = roles.into_iter().flat_map(|role| catalog.role_requires(role)).collect();
    let is_closed = |set: &HashSet<StepId>| {
        let holds = |entry| {
            let any_of = catalog.any_of(entry);
            let pinned: Vec<_> = any_of.iter().filter(|step| request.prefer.contains(&topic(step))).collect();
            let offered = if pinned.is_empty() { any_of.iter().collect() } else { pinned };
            any_of.iter().any(|step| skills.contains(step)) || offered.iter().any(|step| set.contains(*step))
        };
        let mut held = set.iter().chain(&skills);
        of_roles.iter().all(|&entry| holds(entry)) && held.all(|&step| catalog.requires(step).all(&holds))
    };
    let rank = |set: &HashSet<StepId>| {
        let avoided = set.iter().filter(|step| request.avoid.contains(&topic(step))).count();
        (avoided, hours(catalog, set), second(catalog, set, &all))
    };
    subsets(&all).filter(is_closed).min_by_key(rank).unwrap()
}

/// The recommendations that count: taken in the order of the slugs, but for those that close a circle.
fn recommended(catalog: &Catalog, roadmap: &Roadmap) -> Vec<(usize, usize)> {
    let positions = roadmap.positions();
    let milestone = |at: usize| roadmap.steps[at].milestone;
    let mut edges: Vec<(usize, usize)> = Vec::new();
    for (at, planned) in roadmap.steps.iter().enumerate() {
        let needs = planned.needs.iter().filter(|&&needed| milestone(needed) == milestone(at));
        edges.extend(needs.map(|&needed| (needed, at)));
    }
    let mut wanted: Vec<(StepId, StepId)> = Vec::new();
    for planned in &roadmap.steps {
        let is_there = |step: &&StepId| {
            **step != planned.step
                && positions.get(*step).is_some_and(|&at| milestone(at) == planned.milestone)
        };
        for entry in catalog.recommends(planned.step) {
            let any_of = catalog.any_of(entry);
            if !any_of.iter().any(|&step| roadmap.knows(step)) {
                wanted.extend(any_of.iter().find(is_there).map(|&first| (planned.step, first)));
            }
        }
    }
    wanted.sort_unstable();
    wanted.dedup();
    let mut accepted = Vec::new();
    for (step, first) in wanted {
        let (before, after) = (positions[&first], positions[&step]);
        let mut reached = HashSet::from([after]);
        while let Some(&(_, to)) =
            edges.iter().find(|(from, to)| reached.contains(from) && !reached.contains(to))
        {
            reached.insert(to);
        }
        if !reached.contains(&before) {
            edges.push((before, after));
            accepted.push((before, after));
        }
    }
    accepted
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_is_assumed_is_what_trying_everything_finds(case in any_case(5)) {
        let catalog = case.catalog();
        let request = Request { gaps: Vec::new(), ..case.request(&catalog) };
        let Ok(roadmap) = plan(&catalog, request.clone()) else { return Ok(()) };
        let found: HashSet<StepId> = roadmap.assumed.iter().copied().collect();
        prop_assert_eq!(found, assumed(&catalog, &request));
        for choice in roadmap.assumed_choices(&catalog, &Meter::default()) {
            prop_assert!(roadmap.assumed.contains(&choice.taken));
            prop_assert!(choice.alternatives.contains(&(choice.taken, Some(Hours::ZERO))));
        }
    }

    #[test]
    fn known_is_closed_unless_gaps_say_otherwise(case in any_case(12)) {
        let catalog = case.catalog();
        let request = case.request(&catalog);
        let all = known(&catalog, &Request { gaps: Vec::new(), ..request.clone() });
        for &step in &all {
            prop_assert!(catalog.requires(step).all(|entry| catalog.any_of(entry).iter().any(|way| all.contains(way))));
        }
        let is_gap = |step: &StepId| catalog.with_lower(*step).any(|lower| request.gaps.contains(&lower));
        let left: HashSet<StepId> = all.into_iter().filter(|step| !is_gap(step)).collect();
        prop_assert_eq!(known(&catalog, &request), left);
    }

    #[test]
    fn of_equal_hours_the_most_popular_and_then_the_first_are_taken(case in any_case(5)) {
        let catalog = case.catalog();
        let request = case.request(&catalog);
        let Ok(roadmap) = plan(&catalog, request.clone()) else { return Ok(()) };
        let known = known(&catalog, &request);
        let avoided = |step: &StepId| request.avoid.contains(&catalog.steps()[*step].topic);
        let all: Vec<StepId> =
            catalog.steps().ids().filter(|step| !known.contains(step) && !avoided(step)).collect();
        let plans = subsets(&all).filter(|set| is_plan(&catalog, &request, &known, set));
        let best = plans.min_by_key(|set| (hours(&catalog, set), second(&catalog, set, &all)));
        prop_assert_eq!(Some(steps(&roadmap).into_iter().collect()), best);
    }

    #[test]
    fn a_step_comes_after_what_it_recommends(case in any_case(12)) {
        let catalog = case.catalog();
        let Ok(roadmap) = plan(&catalog, case.request(&catalog)) else { return Ok(()) };
        for (before, after) in recommended(&catalog, &roadmap) {
            prop_assert!(before < after, "{before} is recommended by {after}");
        }
    }

    #[test]
    fn what_is_equal_goes_by_what_hangs_on_it(case in any_case(12)) {
        let catalog = case.catalog();
        let Ok(roadmap) = plan(&catalog, case.request(&catalog)) else { return Ok(()) };
        let mut hanging = vec![Hours::ZERO; roadmap.steps.len()];
        for (at, planned) in roadmap.steps.iter().enumerate().rev() {
            let longest = planned.unlocks.iter().map(|&next| {
                hanging[next] + catalog.steps()[roadmap.steps[next].step].hours
            });
            hanging[at] = longest.max().unwrap_or_default();
        }
        let recommended = recommended(&catalog, &roadmap);
        for at in 1..roadmap.steps.len() {
            let (first, next) = (&roadmap.steps[at - 1], &roadmap.steps[at]);
            let is_free = first.milestone == next.milestone
                && !next.needs.contains(&(at - 1))
                && !recommended.contains(&(at - 1, at));
            if is_free && first.weight == next.weight {
                prop_assert!(hanging[at - 1] >= hanging[at], "{at}");
            }
        }
    }

    #[test]
    fn what_is_kept_is_worth_the_most_and_ends_in_time(case in any_case(5), days in 0i32..60) {
        let catalog = case.catalog();
        let pace = Pace { finish_by: Some(Day(days)), ..case.request(&catalog).pace };
        let request = Request { pace: pace.clone(), ..case.request(&catalog) };
        let Ok(roadmap) = plan(&catalog, request.clone()) else { return Ok(()) };
        let kept = roadmap.steps.iter().take_while(|planned| !planned.deferred).count();
        prop_assert!(roadmap.steps[kept..].iter().all(|planned| planned.deferred), "kept steps come first");
        prop_assert!(roadmap.steps[..kept].iter().all(|planned| planned.finishes_on <= Day(days)));
        prop_assert_eq!(roadmap.schedule.fits, kept == roadmap.steps.len());
        for (at, planned) in roadmap.steps.iter().enumerate() {
            prop_assert!(planned.needs.iter().all(|&needed| needed < at), "a step stands before what it needs");
        }
        for part in [&roadmap.steps[..kept], &roadmap.steps[kept..]] {
            prop_assert!(part.is_sorted_by_key(|planned| planned.milestone));
        }
        for (index, milestone) in roadmap.milestones.iter().enumerate() {
            prop_assert!(milestone.steps.iter().all(|&at| roadmap.steps[at].milestone == index));
            let last = milestone.steps.iter().map(|&at| roadmap.steps[at].finishes_on).max();
            prop_assert_eq!(Some(milestone.arrives_on), last);
        }
        let value: std::collections::HashMap<StepId, Hours> =
            roadmap.steps.iter().map(|planned| (planned.step, planned.value)).collect();
        let total = |set: &HashSet<StepId>| set.iter().map(|step| value[step]).sum::<Hours>();
        let known = known(&catalog, &request);
        // Without a last day: what stands before a step there may be kept for it.
        let place = plan(&catalog, case.request(&catalog)).unwrap().positions();
        let is_closed = |set: &HashSet<StepId>| {
            let met = |step: StepId, entry| {
                let offered = offer(&catalog, &request, &known, catalog.any_of(entry));
                let is_there = |way: &StepId| set.contains(way) && place[way] < place[&step];
                offered.is_none_or(|offered| offered.iter().any(is_there))
            };
            set.iter().all(|&step| catalog.requires(step).all(|entry| met(step, entry)))
        };
        let room = pace.room(Day(days));
        let planned = steps(&roadmap);
        let best = subsets(&planned).filter(|set| is_closed(set) && hours(&catalog, set) <= room);
        prop_assert_eq!(roadmap.schedule.kept_value, best.map(|set| total(&set)).max().unwrap());
    }
}
