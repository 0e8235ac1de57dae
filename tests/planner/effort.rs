//! What planning on the curated catalogue takes, in visits: the measure that bounds a request.

use waymark::catalog::embedded;
use waymark_planner::ids::TopicId;
use waymark_planner::placement::{Answer, PlacementRequest, place};
use waymark_planner::resources::choose;
use waymark_planner::units::{Day, Hours, Price};
use waymark_planner::{Catalog, Effort, Meter, Pace, Request, ResourceWishes, Schedule, plan, plan_metered};

const ROLES: [&str; 4] =
    ["mid-level-backend-engineer", "senior-backend-engineer", "backend-architect", "engineering-manager"];
/// Topics that learners prefer or avoid.
const TOPICS: [&str; 6] = ["java", "go", "python", "typescript", "php", "rust"];

/// Computes something, and notes its visits if they are the most so far.
fn visits<T>(most: &mut u64, compute: impl FnOnce(&Meter) -> T) -> T {
    let meter = Meter::default();
    let value = compute(&meter);
    *most = meter.visits().max(*most);
    value
}

fn requests(catalog: &Catalog) -> Vec<Request> {
    let pace = |finish_by| Pace {
        hours_per_week: Hours::positive(5.0).unwrap(),
        start: Day(20_000),
        finish_by,
        pauses: vec![],
    };
    let mut requests = Vec::new();
    for from in [None, Some(ROLES[0]), Some(ROLES[1])] {
        for to in ROLES {
            let (from, to) = (from.and_then(|slug| catalog.role(slug)), catalog.role(to));
            requests.push(Request { from, to, ..Request::new(pace(None)) });
            for (i, topic) in TOPICS.iter().enumerate() {
                let topic = vec![catalog.topic(topic).unwrap()];
                let last = 20_000 + 120 * (1 + i32::try_from(i).unwrap());
                let request = Request { from, to, ..Request::new(pace(Some(Day(last)))) };
                requests.push(Request { prefer: topic.clone(), ..request.clone() });
                requests.push(Request { avoid: topic, ..request });
            }
        }
    }
    requests
}

/// A visit takes about 150 ns on the machines of 2026: 130,000 of them are 20 ms.
#[test]
fn no_plan_takes_long() {
    let catalog = embedded().unwrap();
    let (mut plans, mut choices, mut budgets, mut necessary) = (0, 0, 0, 0);
    let (mut late, mut proven) = (0, 0);
    for request in requests(&catalog) {
        let Ok(roadmap) = visits(&mut plans, |meter| plan_metered(&catalog, request, meter)) else {
            continue;
        };
        assert!(roadmap.is_proven_minimal());
        let Schedule { fits, kept_value, upper_bound_value, .. } = roadmap.schedule;
        assert!(kept_value.as_f64() >= 0.99 * upper_bound_value.as_f64(), "{:?}", roadmap.request);
        late += u32::from(!fits);
        proven += u32::from(!fits && roadmap.schedule.is_proven_largest());
        visits(&mut choices, |meter| roadmap.choices(&catalog, meter));
        visits(&mut choices, |meter| roadmap.assumed_choices(&catalog, meter));
        visits(&mut necessary, |meter| roadmap.necessary(&catalog, meter));
        for dollars in [100.0, 300.0] {
            let budget = Price::from_dollars(dollars);
            let wishes = ResourceWishes { budget, ..ResourceWishes::default() };
            visits(&mut budgets, |meter| choose(&catalog, &roadmap, &wishes, meter));
        }
    }
    assert!(10 * proven >= 9 * late, "{proven} of {late} deadlines proven");
    let whole = Effort::default().0;
    let most = format!("plan {plans}, choices {choices}, necessary {necessary}, budget {budgets}");
    assert!(
        plans < whole / 20 && choices < whole / 4 && necessary < whole / 4 && budgets < whole / 6,
        "{most}"
    );
}

#[test]
fn no_placement_takes_long() {
    let catalog = embedded().unwrap();
    let mut request = PlacementRequest {
        from: catalog.role(ROLES[0]),
        to: catalog.role(ROLES[2]),
        goals: vec![],
        prefer: vec![],
        avoid: vec![],
        answers: vec![],
        most_questions: 30,
        effort: Effort::default(),
    };
    let mut most = 0;
    while let Some(next) = visits(&mut most, |meter| place(&catalog, &request, meter)).unwrap().next {
        let answers = [Answer::Yes, Answer::No, Answer::Unsure];
        request.answers.push((next, answers[request.answers.len() % 3]));
    }
    assert!(most < Effort::default().0 / 8, "{most}");
}

/// The explanation tries sets of wishes: as many as the effort allows.
#[test]
fn no_explanation_takes_long() {
    let catalog = embedded().unwrap();
    let wanted =
        |avoid: Vec<_>| Request { to: catalog.role(ROLES[2]), avoid, ..requests(&catalog).remove(0) };
    // All that one requirement offers, and others beside it: no three of them rule it out.
    let entries = catalog.roles().ids().flat_map(|role| catalog.role_requires(role));
    let widest = entries.max_by_key(|&entry| catalog.any_of(entry).len()).unwrap();
    let offered = catalog.any_of(widest).iter().map(|&step| catalog.steps()[step].topic);
    let is_spared = |topic: &TopicId| plan(&catalog, wanted(vec![*topic])).is_ok();
    let avoided: Vec<TopicId> = offered.chain(catalog.topics().ids().filter(is_spared)).collect();
    for others in [10, 40, 90] {
        let avoid = avoided[..catalog.any_of(widest).len() + others].to_vec();
        let mut most = 0;
        assert!(visits(&mut most, |meter| plan_metered(&catalog, wanted(avoid), meter)).is_err());
        assert!(most < Effort::default().0 / 8, "{most}");
    }
}
