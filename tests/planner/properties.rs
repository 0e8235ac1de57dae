//! What holds of every plan, on random catalogues, and against a solver that tries everything.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use proptest::prelude::*;
use proptest::sample::Index;
use waymark_planner::draft::{Draft, EntryDraft, Origin};
use waymark_planner::ids::{Id, RoleId, StepId, TopicId};
use waymark_planner::units::{Day, Hours};
use waymark_planner::{Catalog, Effort, Meter, Pace, Request, Roadmap, plan, testing};

/// A small random catalogue in the short form, with two roles; and what is asked of it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    steps: String,
    junior: String,
    senior: String,
    skills: Vec<Index>,
    prefer: Vec<Index>,
    avoid: Vec<Index>,
    gaps: Vec<Index>,
    from: bool,
    recommends: Vec<(Index, Vec<Index>)>,
    popularity: Vec<Index>,
}

impl Case {
    pub(crate) fn catalog(&self) -> Catalog {
        Catalog::new(self.draft()).unwrap()
    }

    pub(crate) fn draft(&self) -> Draft {
        let roles = vec![
            testing::role("junior", None, &self.junior),
            testing::role("senior", Some("junior"), &self.senior),
        ];
        let mut draft = Draft { roles, ..testing::draft(&self.steps) };
        for (topic, popularity) in draft.topics.iter_mut().zip(&self.popularity) {
            topic.popularity = [40, 50, 60][popularity.index(3)].into();
        }
        let names: Vec<String> = draft
            .topics
            .iter()
            .flat_map(|topic| {
                topic.levels.iter().map(|level| format!("{}@{}", topic.slug.value, level.level.value))
            })
            .collect();
        let mut levels: Vec<_> = draft.topics.iter_mut().flat_map(|topic| &mut topic.levels).collect();
        let count = levels.len();
        for (step, any_of) in &self.recommends {
            levels[step.index(count)].recommends.push(EntryDraft {
                any_of: any_of.iter().map(|way| names[way.index(count)].clone().into()).collect(),
                weight: 1.into(),
                reason: None,
                origin: Origin::default(),
            });
        }
        draft
    }

    pub(crate) fn request(&self, catalog: &Catalog) -> Request {
        let steps: Vec<StepId> = catalog.steps().ids().collect();
        let topics: Vec<TopicId> = catalog.topics().ids().collect();
        let prefer: Vec<TopicId> =
            self.prefer.iter().map(|index| topics[index.index(topics.len())]).collect();
        let avoid = self.avoid.iter().map(|index| topics[index.index(topics.len())]);
        Request {
            from: self.from.then(|| RoleId::at(0)),
            to: Some(RoleId::at(1)),
            goals: Vec::new(),
            skills: self.skills.iter().map(|index| steps[index.index(steps.len())]).collect(),
            gaps: self.gaps.iter().map(|index| steps[index.index(steps.len())]).collect(),
            begun: Vec::new(),
            early: Vec::new(),
            avoid: avoid.filter(|topic| !prefer.contains(topic)).collect(),
            prefer,
            pace: pace(6.0),
            effort: Effort::default(),
        }
    }
}

fn pace(hours: f64) -> Pace {
    Pace {
        hours_per_week: Hours::positive(hours).unwrap(),
        start: Day(0),
        finish_by: None,
        pauses: Vec::new(),
    }
}

/// Topics `a`, `b`, …, each at one or two levels, each level with up to two requirements of up to three earlier steps.
pub(crate) fn any_case(topics: usize) -> impl Strategy<Value = Case> {
    let group = prop::collection::vec(any::<Index>(), 1..4);
    let level = (1u32..20, prop::collection::vec(group.clone(), 0..3));
    let rows = prop::collection::vec(prop::collection::vec(level, 1..3), 2..=topics);
    let needs = || prop::collection::vec((prop::collection::vec(any::<Index>(), 1..4), 1u32..4), 1..4);
    let few = || prop::collection::vec(any::<Index>(), 0..2);
    let recommends =
        prop::collection::vec((any::<Index>(), prop::collection::vec(any::<Index>(), 1..3)), 0..8);
    let popularity = prop::collection::vec(any::<Index>(), topics);
    let held = (few(), few(), any::<bool>());
    let wishes = (few(), few());
    (rows, needs(), needs(), held, wishes, recommends, popularity).prop_map(
        |(rows, junior, senior, held, wishes, recommends, popularity)| {
            let ((skills, gaps, from), (prefer, avoid)) = (held, wishes);
            let mut names: Vec<String> = Vec::new();
            let mut steps = String::new();
            for (i, levels) in rows.iter().enumerate() {
                let topic = char::from(b'a' + u8::try_from(i).unwrap());
                for (level, (hours, groups)) in ["W", "P"].into_iter().zip(levels) {
                    let entry = |group: &Vec<Index>| {
                        group
                            .iter()
                            .map(|g| names[g.index(names.len())].clone())
                            .collect::<Vec<_>>()
                            .join("|")
                    };
                    let entries: Vec<String> =
                        groups.iter().filter(|_| !names.is_empty()).map(entry).collect();
                    let requires =
                        if entries.is_empty() { String::new() } else { format!("({})", entries.join(" ")) };
                    steps = format!("{steps}{topic}@{level}:{hours}{requires} ");
                    names.push(format!("{topic}@{level}"));
                }
            }
            let role = |needs: Vec<(Vec<Index>, u32)>| {
                let entry = |(group, weight): &(Vec<Index>, u32)| {
                    let any_of: Vec<_> = group.iter().map(|g| names[g.index(names.len())].clone()).collect();
                    format!("{}*{weight}", any_of.join("|"))
                };
                needs.iter().map(entry).collect::<Vec<_>>().join(" ")
            };
            Case {
                junior: role(junior),
                senior: role(senior),
                steps,
                skills,
                prefer,
                avoid,
                gaps,
                from,
                recommends,
                popularity,
            }
        },
    )
}

/// The same draft with its lists in another order.
fn permuted(mut draft: Draft, seed: u64) -> Draft {
    let place = |name: &str| {
        let mut hasher = DefaultHasher::new();
        seed.hash(&mut hasher);
        name.hash(&mut hasher);
        hasher.finish()
    };
    let turn = |entries: &mut Vec<EntryDraft>| {
        for entry in &mut *entries {
            entry.any_of.sort_by_key(|step| place(&step.value));
        }
        entries.sort_by_key(|entry| {
            place(&entry.any_of.iter().map(|step| step.value.as_str()).collect::<String>())
        });
    };
    draft.topics.sort_by_key(|topic| place(&topic.slug.value));
    for level in draft.topics.iter_mut().flat_map(|topic| &mut topic.levels) {
        turn(&mut level.requires);
        turn(&mut level.recommends);
    }
    for topic in &mut draft.topics {
        topic.levels.sort_by_key(|level| place(level.level.value.name()));
    }
    draft.roles.sort_by_key(|role| place(&role.slug.value));
    draft.roles.iter_mut().for_each(|role| turn(&mut role.requires));
    draft
}

/// What a requirement offers on the request's terms; `None` where it is satisfied from the start.
pub(crate) fn offer(
    catalog: &Catalog,
    request: &Request,
    known: &HashSet<StepId>,
    any_of: &[StepId],
) -> Option<Vec<StepId>> {
    if any_of.iter().any(|step| known.contains(step)) {
        return None;
    }
    let topic = |step: &StepId| catalog.steps()[*step].topic;
    let pinned: Vec<_> =
        any_of.iter().copied().filter(|step| request.prefer.contains(&topic(step))).collect();
    let offered = if pinned.is_empty() { any_of.to_vec() } else { pinned };
    Some(offered.into_iter().filter(|step| !request.avoid.contains(&topic(step))).collect())
}

/// What is known from the start. That it is what it should be is tested in `model`.
pub(crate) fn known(catalog: &Catalog, request: &Request) -> HashSet<StepId> {
    let nothing = Request { to: None, goals: Vec::new(), ..request.clone() };
    let roadmap = plan(catalog, nothing).unwrap();
    catalog.steps().ids().filter(|&step| roadmap.knows(step)).collect()
}

pub(crate) fn is_plan(
    catalog: &Catalog,
    request: &Request,
    known: &HashSet<StepId>,
    set: &HashSet<StepId>,
) -> bool {
    let holds = |any_of: &[StepId]| match offer(catalog, request, known, any_of) {
        None => true,
        Some(offer) => offer.iter().any(|step| set.contains(step)),
    };
    let closed = set.iter().all(|&step| catalog.requires(step).all(|entry| holds(catalog.any_of(entry))));
    let roles = catalog.ladder(request.to.unwrap());
    closed && roles.iter().all(|&role| catalog.role_requires(role).all(|entry| holds(catalog.any_of(entry))))
}

/// The least hours by trying every set of steps: the plainest solver there is.
fn exhaustive(catalog: &Catalog, request: &Request) -> Option<Hours> {
    let known = known(catalog, request);
    let avoided = |step: &StepId| request.avoid.contains(&catalog.steps()[*step].topic);
    let steps: Vec<StepId> =
        catalog.steps().ids().filter(|step| !known.contains(step) && !avoided(step)).collect();
    (0u32..1 << steps.len())
        .filter_map(|bits| {
            let set: HashSet<_> =
                steps.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).map(|(_, &s)| s).collect();
            is_plan(catalog, request, &known, &set)
                .then(|| set.iter().map(|&step| catalog.steps()[step].hours).sum())
        })
        .min()
}

pub(crate) fn steps(roadmap: &Roadmap) -> Vec<StepId> {
    roadmap.steps.iter().map(|planned| planned.step).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_set_of_steps_takes_fewer_hours(case in any_case(5)) {
        let catalog = case.catalog();
        let request = case.request(&catalog);
        match (plan(&catalog, request.clone()), exhaustive(&catalog, &request)) {
            (Ok(roadmap), least) => {
                prop_assert_eq!(Some(roadmap.hours), least);
                prop_assert!(roadmap.is_proven_minimal());
            }
            (Err(_), least) => prop_assert_eq!(least, None),
        }
    }

    #[test]
    fn every_alternative_costs_what_it_is_said_to(case in any_case(5)) {
        let catalog = case.catalog();
        let request = case.request(&catalog);
        let Ok(roadmap) = plan(&catalog, request.clone()) else { return Ok(()) };
        for choice in roadmap.choices(&catalog, &Meter::default()) {
            for (step, extra) in choice.alternatives {
                let Some(extra) = extra else { continue };
                let with = plan(&catalog, Request { goals: vec![step], ..request.clone() }).unwrap();
                prop_assert_eq!(with.hours, roadmap.hours + extra);
            }
        }
    }

    #[test]
    fn what_is_necessary_can_not_be_left_out(case in any_case(5)) {
        let catalog = case.catalog();
        let request = case.request(&catalog);
        let Ok(roadmap) = plan(&catalog, request.clone()) else { return Ok(()) };
        let all: Vec<StepId> = catalog.steps().ids().collect();
        let known = known(&catalog, &request);
        let free: Vec<_> = all.iter().filter(|step| !known.contains(step)).collect();
        let least: Vec<HashSet<StepId>> = (0u32..1 << free.len())
            .map(|bits| free.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).map(|(_, s)| **s).collect::<HashSet<_>>())
            .filter(|set| set.iter().map(|&step| catalog.steps()[step].hours).sum::<Hours>() == roadmap.hours)
            .filter(|set| set.iter().all(|step| !request.avoid.contains(&catalog.steps()[*step].topic)))
            .filter(|set| is_plan(&catalog, &request, &known, set))
            .collect();
        for (planned, necessary) in roadmap.steps.iter().zip(roadmap.necessary(&catalog, &Meter::default())) {
            prop_assert_eq!(necessary, least.iter().all(|set| set.contains(&planned.step)));
        }
    }

    #[test]
    fn each_step_comes_after_what_it_requires_and_in_its_milestone(case in any_case(12)) {
        let catalog = case.catalog();
        let request = case.request(&catalog);
        let Ok(roadmap) = plan(&catalog, request.clone()) else { return Ok(()) };
        let mut done = known(&catalog, &request);
        prop_assert!(is_plan(&catalog, &request, &done, &steps(&roadmap).into_iter().collect()));
        for planned in &roadmap.steps {
            for entry in catalog.requires(planned.step) {
                prop_assert!(catalog.any_of(entry).iter().any(|step| done.contains(step)));
            }
            prop_assert_eq!(planned.value, catalog.steps()[planned.step].hours.times(planned.weight));
            done.insert(planned.step);
        }
        prop_assert!(roadmap.steps.is_sorted_by_key(|planned| planned.milestone));
        for (position, planned) in roadmap.steps.iter().enumerate() {
            for reason in roadmap.reasons(position) {
                prop_assert_eq!(reason.chain.first(), Some(&position));
                prop_assert!(reason.chain.windows(2).all(|pair| roadmap.steps[pair[0]].unlocks.contains(&pair[1])));
            }
            prop_assert!(!roadmap.reasons(position).is_empty(), "{:?} serves nothing", planned.step);
        }
    }

    #[test]
    fn knowing_more_never_costs_more(case in any_case(12), more in any::<Index>()) {
        let catalog = case.catalog();
        let request = Request { prefer: Vec::new(), from: None, gaps: Vec::new(), ..case.request(&catalog) };
        // Both sets of skills are closed, so that nothing has to be assumed.
        let closed = |skills: Vec<StepId>| {
            let request = Request { skills, ..request.clone() };
            known(&catalog, &request).into_iter().collect::<Vec<_>>()
        };
        let all: Vec<StepId> = catalog.steps().ids().collect();
        let skills = closed(request.skills.clone());
        let more = closed([&skills[..], &[all[more.index(all.len())]]].concat());
        let request = Request { skills, ..request };
        let wiser = plan(&catalog, Request { skills: more, ..request.clone() });
        if let Ok(roadmap) = plan(&catalog, request) {
            prop_assert!(wiser.unwrap().hours <= roadmap.hours);
        }
    }

    #[test]
    fn what_has_been_begun_stays_and_comes_as_early_as_it_can(case in any_case(12), begun in any::<Index>()) {
        let catalog = case.catalog();
        let request = case.request(&catalog);
        let all: Vec<StepId> = catalog.steps().ids().collect();
        let begun = all[begun.index(all.len())];
        let with_it = plan(&catalog, Request { begun: vec![begun], ..request.clone() });
        let Ok(without) = plan(&catalog, request) else { return Ok(()) };
        let Ok(roadmap) = with_it else { return Ok(()) };
        prop_assert!(roadmap.hours >= without.hours);
        let positions = roadmap.positions();
        let Some(&position) = positions.get(&begun) else {
            prop_assert!(roadmap.knows(begun));
            return Ok(());
        };
        if without.positions().contains_key(&begun) {
            prop_assert_eq!(roadmap.hours, without.hours, "it was on the way");
        }
        // Where it needs nothing else of its milestone it is the first there.
        let planned = &roadmap.steps[position];
        let first = roadmap.milestones[planned.milestone].steps[0];
        let is_free = planned.needs.iter().all(|&need| need < first);
        prop_assert!(!is_free || position == first, "{position} of {first}");
    }

    #[test]
    fn more_hours_a_week_never_end_later(case in any_case(12), a in 1u32..400, b in 1u32..400) {
        let catalog = case.catalog();
        let request = case.request(&catalog);
        let finish = |quarters: u32| {
            let request = Request { pace: pace(f64::from(quarters) / 4.0), ..request.clone() };
            plan(&catalog, request).map(|roadmap| roadmap.schedule.finishes_on)
        };
        if let (Ok(slow), Ok(fast)) = (finish(a.min(b)), finish(a.max(b))) {
            prop_assert!(fast <= slow);
        }
    }

    #[test]
    fn the_order_of_the_lists_does_not_matter(case in any_case(12)) {
        let catalog = case.catalog();
        let request = Request { goals: catalog.steps().ids().step_by(3).collect(), ..case.request(&catalog) };
        let mut turned = request.clone();
        for list in [&mut turned.goals, &mut turned.skills] {
            list.reverse();
            list.extend(list.clone());
        }
        turned.prefer.reverse();
        turned.avoid.reverse();
        prop_assert_eq!(plan(&catalog, request), plan(&catalog, turned));
    }

    #[test]
    fn a_permuted_catalogue_gives_the_same_plan(case in any_case(12), seed: u64, days in 1i32..60) {
        let catalog = case.catalog();
        let turned = Catalog::new(permuted(case.draft(), seed)).unwrap();
        let request = case.request(&catalog);
        let pace = Pace { finish_by: Some(Day(days)), ..request.pace.clone() };
        let request = Request { pace, ..request };
        let (roadmap, again) = (plan(&catalog, request.clone()), plan(&turned, request));
        if let (Ok(roadmap), Ok(again)) = (&roadmap, &again) {
            prop_assert_eq!(roadmap.choices(&catalog, &Meter::default()), again.choices(&turned, &Meter::default()));
            let names = |catalog: &Catalog, roadmap: &Roadmap| -> Vec<String> {
                roadmap.steps.iter().map(|planned| catalog.step_name(planned.step)).collect()
            };
            prop_assert_eq!(names(&catalog, roadmap), names(&turned, again));
        }
        prop_assert_eq!(roadmap, again);
    }

    #[test]
    fn a_conflict_rules_the_target_out_and_no_part_of_it_does(case in any_case(6), more in prop::collection::vec(any::<Index>(), 0..4)) {
        use waymark_planner::Wish;
        let catalog = case.catalog();
        let mut request = case.request(&catalog);
        let topics: Vec<TopicId> = catalog.topics().ids().collect();
        request.avoid.extend(more.iter().map(|index| topics[index.index(topics.len())]));
        request.avoid.retain(|topic| !request.prefer.contains(topic));
        let Err(none) = plan(&catalog, request.clone()) else { return Ok(()) };
        let with = |wishes: &[Wish]| {
            let avoid = wishes.iter().filter_map(|wish| if let Wish::Avoid(topic) = wish { Some(*topic) } else { None });
            let prefer = wishes.iter().filter_map(|wish| if let Wish::Prefer(topic) = wish { Some(*topic) } else { None });
            plan(&catalog, Request { avoid: avoid.collect(), prefer: prefer.collect(), ..request.clone() })
        };
        prop_assert!(with(&none.conflict).is_err());
        for left_out in 0..none.conflict.len() {
            let mut rest = none.conflict.clone();
            rest.remove(left_out);
            prop_assert!(with(&rest).is_ok());
        }
        for pair in none.chain.windows(2) {
            prop_assert!(catalog.requires(pair[0]).any(|entry| catalog.any_of(entry).contains(&pair[1])));
        }
    }
}
