//! Inputs at the ends of what can be written: large numbers, long chains, many of everything. None of them may overflow, recurse out of
//! the stack or take a time that grows with more than the input.

use std::fmt::Write as _;

use waymark_planner::draft::{Draft, EntryDraft, LevelDraft, Origin, TopicDraft, USUAL_POPULARITY};
use waymark_planner::ids::{Id, RoleId, StepId, TopicId};
use waymark_planner::resources::choose;
use waymark_planner::testing::{self, generator};
use waymark_planner::units::{Day, Hours, Proficiency};
use waymark_planner::{Catalog, Meter, Pace, Request, ResourceWishes, Roadmap, compare, plan};

fn request(pace: Pace) -> Request {
    Request { pace, ..testing::request(1.0) }
}

fn pace(hours: f64) -> Pace {
    testing::request(hours).pace
}

/// A catalogue of topics `t0`, `t1`, …, each at WORKING, with the hours and the requirements that the functions give.
fn catalog(topics: usize, hours: f64, requires: impl Fn(usize) -> Vec<Vec<usize>>) -> Draft {
    let entry = |any_of: Vec<usize>| EntryDraft {
        any_of: any_of.into_iter().map(|at| format!("t{at}@WORKING").into()).collect(),
        weight: 1.into(),
        reason: None,
        origin: Origin::default(),
    };
    let topic = |at: usize| TopicDraft {
        aliases: Vec::new(),
        slug: format!("t{at}").into(),
        title: format!("T{at}"),
        names: Vec::new(),
        area: "area".to_owned().into(),
        summary: "Summary".to_owned(),
        elective: None,
        popularity: USUAL_POPULARITY.into(),
        links: Vec::new(),
        levels: vec![LevelDraft {
            aliases: Vec::new(),
            level: Proficiency::Working.into(),
            hours: hours.into(),
            outcome: "Outcome".to_owned(),
            practice: None,
            requires: requires(at).into_iter().map(entry).collect(),
            recommends: Vec::new(),
        }],
    };
    Draft { topics: (0..topics).map(topic).collect(), ..testing::draft("") }
}

/// Everything that can be asked of a roadmap.
fn ask_all(catalog: &Catalog, roadmap: &Roadmap) {
    assert_eq!(roadmap.necessary(catalog, &Meter::default()).len(), roadmap.steps.len());
    roadmap.choices(catalog, &Meter::default());
    roadmap.measures();
    roadmap.reasons(0);
    roadmap.assumed_choices(catalog, &Meter::default());
    choose(catalog, roadmap, &ResourceWishes::default(), &Meter::default());
}

#[test]
fn thousands_of_steps_of_a_billion_hours_end_after_all_days() {
    let before = |at: usize| if at == 0 { vec![] } else { vec![vec![at - 1]] };
    let catalog = Catalog::new(catalog(10_000, 1e9, before)).unwrap();
    let goals: Vec<StepId> = catalog.steps().ids().collect();
    for hours in [1e-6, 1e9] {
        let roadmap = plan(&catalog, Request { goals: goals.clone(), ..request(pace(hours)) }).unwrap();
        assert_eq!(roadmap.hours, Hours::from_millionths(10_000 * 1_000_000_000_000_000));
        assert!(roadmap.is_proven_minimal());
        assert!(roadmap.schedule.finishes_on > Day(20_000));
        assert!(roadmap.steps.is_sorted_by_key(|planned| planned.finishes_on));
    }
}

#[test]
fn hours_that_no_sum_can_hold_stay_at_the_largest() {
    // 10¹⁵ millionths a step: the 18,447th would overflow 64 bits.
    let catalog = Catalog::new(catalog(30_000, 1e9, |_| vec![])).unwrap();
    let goals: Vec<StepId> = catalog.steps().ids().collect();
    let last = Some(Day(i32::MIN));
    let roadmap =
        plan(&catalog, Request { goals, ..request(Pace { finish_by: last, ..pace(1e-6) }) }).unwrap();
    assert_eq!(roadmap.hours, Hours::from_millionths(u64::MAX));
    assert!(!roadmap.schedule.fits);
}

#[test]
fn a_chain_of_a_hundred_thousand_steps_needs_no_deep_stack() {
    let before = |at: usize| if at == 0 { vec![] } else { vec![vec![at - 1]] };
    let catalog = Catalog::new(catalog(100_000, 1.0, before)).unwrap();
    let goals = vec![catalog.step(catalog.topic("t99999").unwrap(), Proficiency::Working).unwrap()];
    let on_a_small_stack = std::thread::Builder::new().stack_size(256 * 1024).spawn(move || {
        let roadmap = plan(&catalog, Request { goals, ..request(pace(6.0)) }).unwrap();
        assert_eq!(roadmap.steps.len(), 100_000);
        assert!(roadmap.is_proven_minimal());
        assert_eq!(roadmap.reasons(0)[0].chain.len(), 100_000);
        assert!(roadmap.necessary(&catalog, &Meter::default()).iter().all(|&necessary| necessary));
        assert!(roadmap.choices(&catalog, &Meter::default()).is_empty());
    });
    on_a_small_stack.unwrap().join().unwrap();
}

#[test]
fn ten_thousand_goals() {
    let draft = generator::generate(20_000, 7);
    let catalog = Catalog::new(draft).unwrap();
    let goals: Vec<StepId> = catalog.steps().ids().step_by(2).collect();
    assert_eq!(goals.len(), 10_000);
    let roadmap = plan(&catalog, Request { goals: goals.clone(), ..request(pace(6.0)) }).unwrap();
    let positions = roadmap.positions();
    assert!(goals.iter().all(|goal| positions.contains_key(goal)));
    assert!(roadmap.lower_bound <= roadmap.hours);
}

#[test]
fn a_ladder_of_a_thousand_roles() {
    let mut draft = catalog(1_000, 2.0, |at| if at % 7 == 0 { vec![] } else { vec![vec![at - 1]] });
    let name = |rung: usize| format!("role-{rung:04}");
    draft.roles = (0..1_000_usize)
        .map(|rung| {
            let after = rung.checked_sub(1).map(name);
            testing::role(&name(rung), after.as_deref(), &format!("t{rung}@W*3"))
        })
        .collect();
    let catalog = Catalog::new(draft).unwrap();
    let to = catalog.role(&name(999));
    let roadmap = plan(&catalog, Request { to, ..request(pace(6.0)) }).unwrap();
    assert_eq!(roadmap.milestones.len(), 1_000);
    ask_all(&catalog, &roadmap);
    let from = catalog.role(&name(499));
    let half = plan(&catalog, Request { from, to, ..request(pace(6.0)) }).unwrap();
    assert_eq!(half.milestones.len(), 500);
    assert_eq!(half.assumed.len(), 500);
}

#[test]
fn ten_thousand_alternatives_of_one_requirement() {
    let any: Vec<usize> = (1..=10_000).collect();
    let catalog =
        Catalog::new(catalog(10_001, 3.0, |at| if at == 0 { vec![any.clone()] } else { vec![] })).unwrap();
    let goals = vec![StepId::at(0)];
    let roadmap = plan(&catalog, Request { goals, ..request(pace(6.0)) }).unwrap();
    assert_eq!(roadmap.steps.len(), 2);
    assert!(roadmap.is_proven_minimal());
    let choices = roadmap.choices(&catalog, &Meter::default());
    assert_eq!(choices[0].alternatives.len(), 10_000);
    // Exact while the effort lasts, then never too little: each instead of the one taken costs nothing, beside it its own hours.
    let own = Hours::positive(3.0).unwrap();
    let extras: Vec<Hours> = choices[0].alternatives.iter().filter_map(|(_, extra)| *extra).collect();
    assert_eq!(extras.len(), 10_000);
    assert!(extras[..50].iter().all(|&extra| extra == Hours::ZERO));
    assert!(extras.iter().all(|&extra| extra == Hours::ZERO || extra == own));
}

#[test]
fn thousands_of_wishes_and_skills() {
    let catalog = Catalog::new(generator::generate(5_000, 7)).unwrap();
    let to = catalog.role(generator::ROLES[3]);
    let topics: Vec<TopicId> = catalog.topics().ids().collect();
    let skills: Vec<StepId> = catalog.steps().ids().skip(1_000).collect();
    let asked = Request { to, prefer: topics, skills, ..request(pace(6.0)) };
    let roadmap = plan(&catalog, asked.clone());
    let compared = compare(&catalog, vec![asked; 5]);
    assert!(compared.options[4].as_ref().unwrap().steps == roadmap.unwrap().steps);
}

#[test]
fn a_last_day_before_the_first_defers_everything() {
    let catalog = testing::catalog("a@W:3 b@W:4(a@W)", &[("role", None, "b@W")]);
    let ends = Pace { finish_by: Some(Day(19_999)), ..pace(6.0) };
    let roadmap = plan(&catalog, Request { to: Some(RoleId::at(0)), ..request(ends) }).unwrap();
    assert!(roadmap.steps.iter().all(|planned| planned.deferred));
    assert_eq!(roadmap.schedule.kept_value, Hours::ZERO);
    assert_eq!(roadmap.schedule.needed_hours_per_week, None);
}

#[test]
fn pauses_everywhere_move_the_work_behind_them() {
    let catalog = testing::catalog("a@W:3 b@W:4(a@W)", &[("role", None, "b@W")]);
    // Every second day for ten thousand days, then all days for as long, in any order and overlapping.
    let mut pauses: Vec<(Day, Day)> =
        (0..5_000).map(|at| (Day(20_000 + 2 * at), Day(20_000 + 2 * at))).collect();
    pauses.extend((0..100).map(|at| (Day(30_000 + 100 * at), Day(30_150 + 100 * at))));
    pauses.reverse();
    let asked = |pauses| Request { to: Some(RoleId::at(0)), ..request(Pace { pauses, ..pace(0.001) }) };
    let roadmap = plan(&catalog, asked(pauses)).unwrap();
    assert!(roadmap.schedule.finishes_on > Day(40_050));
    let always = vec![(Day(i32::MIN), Day(i32::MAX))];
    let never = plan(&catalog, asked(always)).unwrap();
    assert_eq!(never.schedule.finishes_on, Day(i32::MAX));
}

#[test]
fn the_least_and_the_most_hours_a_week() {
    let mut steps = String::new();
    for at in 0..26 {
        let _ = write!(steps, "{}@W:100 ", char::from(b'a' + at));
    }
    let catalog = testing::catalog(&steps, &[("role", None, "a@W b@W*3 z@W*2")]);
    let goals: Vec<StepId> = catalog.steps().ids().collect();
    for hours in [1e-6, 168.0, 1e9] {
        let ends = Pace { finish_by: Some(Day(30_000)), ..pace(hours) };
        let roadmap = plan(&catalog, Request { goals: goals.clone(), ..request(ends) }).unwrap();
        assert_eq!(roadmap.schedule.fits, hours > 1.0, "{hours}");
        assert!(roadmap.schedule.needed_hours_per_week.is_some());
    }
}
