//! Properties of the embedded catalogue: every stack, on the way from nothing to every role.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use waymark::catalog;
use waymark_planner::ids::{RoleId, StepId, TopicId};
use waymark_planner::resources::choose;
use waymark_planner::units::{Day, Hours, Proficiency};
use waymark_planner::{Catalog, Meter, Pace, Request, ResourceWishes, Roadmap, plan};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| catalog::embedded().unwrap());

/// One of each kind, as what a role offers beside each other.
const KINDS: [(&str, &str); 4] = [
    ("entry-level-backend-engineer", "java"),
    ("entry-level-backend-engineer", "spring-boot"),
    ("mid-level-backend-engineer", "postgresql"),
    ("senior-backend-engineer", "aws"),
];

/// A language, a web framework of that language, a database and a cloud.
struct Stack {
    topics: [TopicId; 4],
}

/// A way to a role, in a stack.
struct Way {
    stack: Stack,
    to: RoleId,
    roadmap: Roadmap,
}

fn slug(topic: TopicId) -> &'static str {
    &CATALOG.topics()[topic].slug
}

fn topic(step: StepId) -> TopicId {
    CATALOG.steps()[step].topic
}

/// The topics that a role offers beside one of them, and beside nothing of another kind.
fn offered((role, example): (&str, &str)) -> BTreeSet<TopicId> {
    let example = CATALOG.topic(example).unwrap();
    let entries = CATALOG.role_requires(CATALOG.role(role).unwrap());
    let groups = entries.map(|entry| CATALOG.any_of(entry).iter().map(|&step| topic(step)).collect());
    groups.filter(|group: &BTreeSet<_>| group.contains(&example)).min_by_key(BTreeSet::len).unwrap()
}

/// The topics of which a topic requires one, in all its steps.
fn required(of: TopicId) -> impl Iterator<Item = BTreeSet<TopicId>> {
    let steps = CATALOG.steps().ids().filter(move |&step| topic(step) == of);
    let entries = steps.flat_map(|step| CATALOG.requires(step));
    entries.map(|entry| CATALOG.any_of(entry).iter().map(|&step| topic(step)).collect())
}

/// Some topics with all that each requires without a choice.
fn with_required(topics: &[TopicId]) -> BTreeSet<TopicId> {
    let mut all: BTreeSet<TopicId> = topics.iter().copied().collect();
    loop {
        let more: Vec<_> =
            all.iter().flat_map(|&of| required(of)).filter(|group| group.len() == 1).flatten().collect();
        let before = all.len();
        all.extend(more);
        if all.len() == before {
            return all;
        }
    }
}

/// Each language with each of its frameworks; databases and clouds in turn.
fn stacks() -> Vec<Stack> {
    let [languages, frameworks, databases, clouds] = KINDS.map(offered);
    let mut stacks = Vec::new();
    for &framework in &frameworks {
        let of_framework: BTreeSet<TopicId> =
            with_required(&[framework]).into_iter().chain(required(framework).flatten()).collect();
        for &language in languages.intersection(&of_framework) {
            let turn = |kind: &BTreeSet<TopicId>| *kind.iter().nth(stacks.len() % kind.len()).unwrap();
            stacks.push(Stack { topics: [language, framework, turn(&databases), turn(&clouds)] });
        }
    }
    let without: Vec<_> = languages
        .iter()
        .filter(|language| !stacks.iter().any(|stack| stack.topics[0] == **language))
        .collect();
    assert!(
        without.is_empty(),
        "no framework: {:?}",
        without.iter().map(|&&language| slug(language)).collect::<Vec<_>>()
    );
    stacks
}

fn ways() -> Vec<Way> {
    let mut ways = Vec::new();
    for to in CATALOG.roles().ids() {
        for stack in stacks() {
            let pace = Pace {
                hours_per_week: Hours::positive(6.0).unwrap(),
                start: Day(0),
                finish_by: None,
                pauses: Vec::new(),
            };
            let request = Request { to: Some(to), prefer: stack.topics.to_vec(), ..Request::new(pace) };
            let roadmap = plan(&CATALOG, request).unwrap();
            ways.push(Way { stack, to, roadmap });
        }
    }
    ways
}

static WAYS: LazyLock<Vec<Way>> = LazyLock::new(ways);

impl Way {
    fn name(&self) -> String {
        let stack = self.stack.topics.map(slug).join(", ");
        format!("{stack} to {}", CATALOG.roles()[self.to].slug)
    }

    fn topics(&self) -> BTreeSet<TopicId> {
        self.roadmap.steps.iter().map(|planned| topic(planned.step)).collect()
    }

    fn position(&self, of: TopicId) -> Option<usize> {
        self.roadmap.steps.iter().position(|planned| topic(planned.step) == of)
    }

    /// The hours from WORKING up, of the steps that are meant.
    fn hours(&self, is_meant: impl Fn(StepId) -> bool) -> f64 {
        let steps = self.roadmap.steps.iter().map(|planned| planned.step);
        let steps = steps.filter(|&step| CATALOG.steps()[step].level > Proficiency::Aware && is_meant(step));
        steps.map(|step| CATALOG.steps()[step].hours.as_f64()).sum()
    }
}

fn fail_on(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn nobody_learns_a_second_language_framework_database_or_cloud() {
    let kinds = KINDS.map(offered);
    let mut faults = Vec::new();
    for way in WAYS.iter() {
        let own = with_required(&way.stack.topics);
        for kind in &kinds {
            let second =
                way.topics().into_iter().filter(|topic| kind.contains(topic) && !own.contains(topic));
            faults.extend(second.map(|topic| format!("{}: {}", way.name(), slug(topic))));
        }
    }
    fail_on(&faults);
}

#[test]
fn nobody_gets_a_resource_of_another_stack() {
    let kinds: BTreeSet<TopicId> = KINDS.into_iter().flat_map(offered).collect();
    let mut faults = Vec::new();
    // A part of them, since choosing takes as long as planning several times over: each stack, on the way to one role or another.
    for way in WAYS.iter().step_by(7) {
        let has_to_do = way.topics();
        let chosen = choose(&CATALOG, &way.roadmap, &ResourceWishes::default(), &Meter::default());
        for (resource, _) in &chosen.picks {
            let resource = &CATALOG.resources()[*resource];
            let is_of_stack = resource.made_for.iter().any(|topic| kinds.contains(topic));
            if is_of_stack && !resource.made_for.iter().any(|topic| has_to_do.contains(topic)) {
                faults.push(format!("{}: {}", way.name(), resource.slug));
            }
        }
    }
    fail_on(&faults);
}

#[test]
fn at_most_a_tenth_of_the_hours_is_without_practice() {
    let lacks = |step: StepId| CATALOG.steps()[step].practice.is_none();
    let shares = WAYS.iter().map(|way| (way, way.hours(lacks) / way.hours(|_| true)));
    let faults: Vec<_> = shares
        .filter(|(_, share)| *share > 0.1)
        .map(|(way, share)| format!("{}: {share}", way.name()))
        .collect();
    fail_on(&faults);
}

#[test]
fn a_third_of_the_steps_has_something_to_do() {
    // The practice of a step is an exercise or a small project of its own.
    let has_practice = |step: StepId| CATALOG.steps()[step].practice.is_some();
    let few = WAYS.iter().filter(|way| {
        let steps = &way.roadmap.steps;
        3 * steps.iter().filter(|planned| has_practice(planned.step)).count() < steps.len()
    });
    fail_on(&few.map(Way::name).collect::<Vec<_>>());
}

#[test]
fn a_beginner_meets_the_framework_in_the_first_third_of_the_way() {
    let to = CATALOG.role("mid-level-backend-engineer").unwrap();
    let late = WAYS.iter().filter(|way| way.to == to).filter(|way| {
        let framework = way.position(way.stack.topics[1]);
        framework.is_none_or(|position| 3 * position > way.roadmap.steps.len())
    });
    fail_on(&late.map(Way::name).collect::<Vec<_>>());
}

#[test]
fn every_stack_takes_about_as_long_to_a_role() {
    let mut faults = Vec::new();
    for role in CATALOG.roles().ids() {
        let hours = |way: &Way| way.roadmap.hours.as_f64();
        let of_role: Vec<&Way> = WAYS.iter().filter(|way| way.to == role).collect();
        let least = of_role.iter().map(|way| hours(way)).fold(f64::INFINITY, f64::min);
        let much = of_role.into_iter().filter(|way| hours(way) > 1.1 * least);
        faults.extend(much.map(|way| format!("{}: {} hours, another stack {least}", way.name(), hours(way))));
    }
    fail_on(&faults);
}
