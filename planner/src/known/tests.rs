use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::ids::{RoleId, TopicId};
use crate::testing::{catalog, draft, request, role, step};

/// What is to be assumed, by trying every set: first the fewest steps of avoided topics, then the least hours, the least unpopularity, and the
/// first step that two sets do not share.
fn assumed_by_trying_all(catalog: &Catalog, request: &Request) -> Vec<StepId> {
    let skills = with_lower_levels(catalog, request.skills.iter().copied());
    let topic = |step: &StepId| catalog.steps()[*step].topic;
    let steps: Vec<StepId> = catalog.steps().ids().filter(|step| !skills.contains(step)).collect();
    let holds = |set: &[StepId], entry: EntryId| {
        let any_of = catalog.any_of(entry);
        let preferred: Vec<_> =
            any_of.iter().filter(|step| request.prefer.contains(&topic(step))).copied().collect();
        let offered = if preferred.is_empty() { any_of } else { &preferred };
        any_of.iter().any(|step| skills.contains(step)) || offered.iter().any(|step| set.contains(step))
    };
    let of_role: Vec<EntryId> = request
        .from
        .into_iter()
        .flat_map(|role| catalog.ladder(role))
        .flat_map(|role| catalog.role_requires(role))
        .collect();
    let is_closed = |set: &Vec<StepId>| {
        of_role.iter().all(|&entry| holds(set, entry))
            && set.iter().chain(&skills).all(|&step| catalog.requires(step).all(|entry| holds(set, entry)))
    };
    let rank = |set: &Vec<StepId>| {
        let avoided = set.iter().filter(|step| request.avoid.contains(&topic(step))).count();
        let hours: u64 = set.iter().map(|&step| catalog.steps()[step].hours.millionths()).sum();
        let unpopularity =
            set.iter().map(|step| u32::from(100 - catalog.topics()[topic(step)].popularity)).sum::<u32>();
        let absent: Vec<bool> = steps.iter().map(|step| !set.contains(step)).collect();
        (avoided, hours, unpopularity, absent)
    };
    let sets = (0u32..1 << steps.len()).map(|bits| -> Vec<StepId> {
        (0..).zip(&steps).filter(|(i, _)| bits >> i & 1 == 1).map(|(_, step)| *step).collect()
    });
    sets.filter(is_closed).min_by_key(rank).unwrap()
}

fn names(catalog: &Catalog, steps: &[StepId]) -> Vec<String> {
    steps.iter().map(|&step| catalog.step_name(step)).collect()
}

#[test]
fn whoever_holds_a_step_holds_what_it_requires() {
    let catalog = catalog("basics@W:9 java@W:40(basics@W) java@P:60 kafka@W:20(java@W|go@W) go@W:30", &[]);
    let asked = Request { skills: vec![step(&catalog, "java@PROFICIENT")], ..request(6.0) };
    let known = Known::of(&catalog, &asked.normalised(), &Meter::default());
    assert_eq!(names(&catalog, &known.assumed), ["basics@WORKING"]);
    assert_eq!(known.steps.len(), 3);
}

#[test]
fn an_assumption_about_a_skill_has_the_fewest_hours() {
    let catalog = catalog("java@W:40 go@W:30 kafka@W:20(java@W|go@W)", &[]);
    let asked = |prefer: &[&str], avoid: &[&str]| {
        let topics = |slugs: &[&str]| slugs.iter().map(|slug| catalog.topic(slug).unwrap()).collect();
        let skills = vec![step(&catalog, "kafka@WORKING")];
        let asked = Request { skills, prefer: topics(prefer), avoid: topics(avoid), ..request(6.0) };
        names(&catalog, &Known::of(&catalog, &asked.normalised(), &Meter::default()).assumed)
    };
    assert_eq!(asked(&[], &[]), ["go@WORKING"]);
    assert_eq!(asked(&["java"], &[]), ["java@WORKING"]);
    assert_eq!(asked(&[], &["go"]), ["java@WORKING"]);
    assert_eq!(asked(&[], &["go", "java"]), ["go@WORKING"], "a last resort");
}

#[test]
fn the_learners_word_counts_and_nothing_is_repaired() {
    let catalog = catalog("a@W:1 a@P:2 b@W:3(a@P) b@P:4 c@W:5(b@W)", &[]);
    let asked = |gap: &str| {
        let (skills, gaps) = (vec![step(&catalog, "c@WORKING")], vec![step(&catalog, gap)]);
        let known =
            Known::of(&catalog, &Request { skills, gaps, ..request(6.0) }.normalised(), &Meter::default());
        let mut steps: Vec<_> = known.steps.iter().copied().collect();
        steps.sort_unstable();
        (names(&catalog, &steps), names(&catalog, &known.assumed))
    };
    let all = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    // The higher level goes too; what requires it stays.
    assert_eq!(asked("a@WORKING"), (all(&["b@WORKING", "c@WORKING"]), all(&["b@WORKING"])));
    assert_eq!(asked("c@WORKING").0, all(&["a@WORKING", "a@PROFICIENT", "b@WORKING"]));
    assert_eq!(asked("b@PROFICIENT").0.len(), 4);
}

#[derive(Clone, Debug)]
struct Case {
    text: String,
    popularity: Vec<i64>,
    needs: String,
    from: bool,
    skills: Vec<Index>,
    prefer: Vec<Index>,
    avoid: Vec<Index>,
}

fn any_case() -> impl Strategy<Value = Case> {
    let group = || prop::collection::vec(any::<Index>(), 1..4);
    let row = (1u32..5, 0i64..3, 1usize..3, prop::collection::vec(group(), 0..3));
    let few = || prop::collection::vec(any::<Index>(), 0..3);
    let role = prop::collection::vec(group(), 1..4);
    (prop::collection::vec(row, 2..8), role, any::<bool>(), few(), few(), few()).prop_map(
        |(rows, role, from, skills, prefer, avoid)| {
            let mut names: Vec<String> = Vec::new();
            let mut text = String::new();
            let any = |group: &Vec<Index>, names: &[String]| {
                group.iter().map(|way| way.get(names).clone()).collect::<Vec<_>>().join("|")
            };
            for (i, (hours, _, levels, groups)) in rows.iter().enumerate() {
                let topic = char::from(b'a' + u8::try_from(i).unwrap());
                let groups: Vec<_> =
                    groups.iter().filter(|_| i > 0).map(|group| any(group, &names)).collect();
                let requires =
                    if groups.is_empty() { String::new() } else { format!("({})", groups.join(" ")) };
                // What is required is required of the highest level, so that the lower ones are a choice.
                for level in &["W", "P"][..*levels] {
                    let requires = if *level == ["W", "P"][levels - 1] { &*requires } else { "" };
                    text = format!("{text}{topic}@{level}:{hours}{requires} ");
                    names.push(format!("{topic}@{level}"));
                }
            }
            let needs = role.iter().map(|group| any(group, &names)).collect::<Vec<_>>().join(" ");
            let popularity = rows.iter().map(|row| 40 + 10 * row.1).collect();
            Case { text, popularity, needs, from, skills, prefer, avoid }
        },
    )
}

impl Case {
    fn catalog(&self) -> Catalog {
        let mut draft = draft(&self.text);
        for (topic, &popularity) in draft.topics.iter_mut().zip(&self.popularity) {
            topic.popularity = popularity.into();
        }
        draft.roles = vec![role("held", None, &self.needs)];
        Catalog::new(draft).unwrap()
    }

    fn request(&self, catalog: &Catalog) -> Request {
        let steps: Vec<StepId> = catalog.steps().ids().collect();
        let topics: Vec<TopicId> = catalog.topics().ids().collect();
        let pick = |all: &[Index]| all.iter().map(|index| *index.get(&topics)).collect::<Vec<_>>();
        Request {
            from: self.from.then(|| catalog.role("held").unwrap()).or(None::<RoleId>),
            skills: self.skills.iter().map(|index| *index.get(&steps)).collect(),
            prefer: pick(&self.prefer),
            avoid: pick(&self.avoid),
            ..request(6.0)
        }
        .normalised()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn the_assumption_is_the_one_of_trying_everything(case in any_case()) {
        let catalog = case.catalog();
        let request = case.request(&catalog);
        let expected = assumed_by_trying_all(&catalog, &request);
        prop_assert_eq!(names(&catalog, &Known::of(&catalog, &request, &Meter::default()).assumed), names(&catalog, &expected));
    }
}
