//! Eight very different learners and their roadmaps, read as their mentors would. After a change of the catalogue read them again before
//! accepting the snapshots.

use std::fmt::Write as _;

use waymark::catalog;
use waymark::dates::{parse, to_date, to_day};
use waymark_planner::ids::{StepId, TopicId};
use waymark_planner::resources::{ResourcePlan, choose};
use waymark_planner::units::{Hours, Price};
use waymark_planner::{Catalog, Meter, Pace, Request, ResourceWishes, Roadmap, plan};

/// What a learner says of themselves, in the words of the API.
#[derive(Default)]
struct Learner {
    from: Option<&'static str>,
    to: &'static str,
    goals: &'static [&'static str],
    skills: &'static [&'static str],
    gaps: &'static [&'static str],
    prefer: &'static [&'static str],
    avoid: &'static [&'static str],
    hours_per_week: f64,
    finish_by: Option<&'static str>,
    wishes: ResourceWishes,
}

impl Learner {
    /// The roadmap of today's embedded catalogue as a mentor reads it: a line for each step with what it is learned from.
    fn roadmap(&self) -> String {
        let catalog = catalog::embedded().unwrap();
        let roadmap = plan(&catalog, self.request(&catalog)).unwrap();
        let chosen = choose(&catalog, &roadmap, &self.wishes, &Meter::default());
        written(&catalog, &roadmap, &chosen)
    }

    fn request(&self, catalog: &Catalog) -> Request {
        let steps =
            |names: &[&str]| -> Vec<StepId> { names.iter().map(|name| step(catalog, name)).collect() };
        let topics = |slugs: &[&str]| -> Vec<TopicId> {
            slugs.iter().map(|slug| catalog.topic(slug).unwrap()).collect()
        };
        let day = |text: &str| to_day(parse(text).unwrap());
        let pace = Pace {
            hours_per_week: Hours::positive(self.hours_per_week).unwrap(),
            start: day("2027-01-04"),
            finish_by: self.finish_by.map(day),
            pauses: Vec::new(),
        };
        Request {
            from: self.from.map(|role| catalog.role(role).unwrap()),
            to: Some(catalog.role(self.to).unwrap()),
            goals: steps(self.goals),
            skills: steps(self.skills),
            gaps: steps(self.gaps),
            begun: Vec::new(),
            prefer: topics(self.prefer),
            avoid: topics(self.avoid),
            ..Request::new(pace)
        }
    }
}

fn step(catalog: &Catalog, name: &str) -> StepId {
    let (topic, level) = name.split_once('@').unwrap();
    catalog.step(catalog.topic(topic).unwrap(), level.parse().unwrap()).unwrap()
}

fn written(catalog: &Catalog, roadmap: &Roadmap, chosen: &ResourcePlan) -> String {
    let mut text = String::new();
    let until = to_date(roadmap.schedule.finishes_on);
    let proof = if roadmap.is_proven_minimal() { "proven" } else { "not proven" };
    writeln!(
        text,
        "{} steps, {} hours ({proof}), until {until}; {} resources for ${}",
        roadmap.steps.len(),
        roadmap.hours.as_f64(),
        chosen.picks.len(),
        chosen.price.as_dollars()
    )
    .unwrap();
    let with = |step: StepId| {
        let covers = chosen.picks.iter().find_map(|(resource, covers)| {
            covers.iter().any(|&cover| catalog.coverages()[cover].step == step).then_some(*resource)
        });
        covers.map_or("nothing", |resource| &*catalog.resources()[resource].title)
    };
    for milestone in &roadmap.milestones {
        let title = milestone.role.map_or("Goals", |role| &*catalog.roles()[role].title);
        writeln!(
            text,
            "\n{title}: {} hours, until {}",
            milestone.hours.as_f64(),
            to_date(milestone.arrives_on)
        )
        .unwrap();
        for planned in milestone.steps.iter().map(|&position| &roadmap.steps[position]) {
            let (name, hours) =
                (catalog.step_name(planned.step), catalog.steps()[planned.step].hours.as_f64());
            let later = if planned.deferred { " (later)" } else { "" };
            writeln!(text, "  {name} {hours} h{later}: {}", with(planned.step)).unwrap();
        }
    }
    text
}

macro_rules! learners {
    ($($(#[doc = $good:literal])+ $name:ident: $learner:expr;)*) => {$(
        #[test]
        fn $name() {
            let good = concat!($($good),+).trim();
            let learner: Learner = $learner;
            insta::with_settings!({ description => good, omit_expression => true }, {
                insta::assert_snapshot!(learner.roadmap());
            });
        }
    )*};
}

const MID: Option<&str> = Some("mid-level-backend-engineer");
const SENIOR: &str = "senior-backend-engineer";

learners! {
    /// Good: no second language or framework; what a bank lives by (transactions, queues, security) comes with the senior rung, and
    /// deciding, governing and modernising with the architect's.
    java_at_a_bank: Learner {
        from: MID,
        to: "backend-architect",
        skills: &["java@PROFICIENT", "spring-boot@WORKING", "git@WORKING", "rest@WORKING", "postgresql@WORKING"],
        prefer: &["java", "spring-boot", "postgresql"],
        hours_per_week: 6.0,
        ..Learner::default()
    };
    /// Good: stays with Python, Django and one cloud; operating what one has built alone (alerts, backups, deployment) is not left out.
    python_and_django_alone_in_a_startup: Learner {
        from: MID,
        to: SENIOR,
        skills: &["python@PROFICIENT", "django@WORKING", "postgresql@WORKING"],
        prefer: &["python", "django", "postgresql", "aws"],
        hours_per_week: 5.0,
        ..Learner::default()
    };
    /// Good: Go and its web services to the level that is held in Ruby, and nothing of Rails is learned any further.
    rails_going_to_go: Learner {
        from: MID,
        to: SENIOR,
        goals: &["go@PROFICIENT", "go-web-services@PROFICIENT"],
        skills: &["ruby@PROFICIENT", "ruby-on-rails@PROFICIENT", "git@WORKING", "mysql@WORKING"],
        prefer: &["go", "go-web-services", "mysql"],
        hours_per_week: 8.0,
        ..Learner::default()
    };
    /// Good: containers before the orchestrator, networks before the cloud, and a cloud before infrastructure as code.
    node_without_cloud: Learner {
        from: MID,
        to: SENIOR,
        skills: &["typescript@PROFICIENT", "nodejs@PROFICIENT", "postgresql@WORKING", "git@WORKING"],
        gaps: &["docker@WORKING", "ci-cd@WORKING"],
        prefer: &["typescript", "nodejs", "azure"],
        hours_per_week: 6.0,
        ..Learner::default()
    };
    /// Good: with two hours a week the first half year already brings what weighs most for the least time.
    two_hours_a_week: Learner {
        from: MID,
        to: SENIOR,
        skills: &["csharp@PROFICIENT", "aspnet-core@WORKING"],
        prefer: &["csharp", "aspnet-core", "azure"],
        hours_per_week: 2.0,
        ..Learner::default()
    };
    /// Good: thirty hours for half a year do not reach architect; what is kept is what weighs most, and the rest is marked as later.
    thirty_hours_and_a_deadline: Learner {
        from: MID,
        to: "backend-architect",
        skills: &["kotlin@PROFICIENT", "spring-boot@WORKING", "postgresql@WORKING", "aws@WORKING"],
        prefer: &["kotlin", "spring-boot", "aws"],
        hours_per_week: 30.0,
        finish_by: Some("2027-07-02"),
        ..Learner::default()
    };
    /// Good: people first (one-on-ones, feedback, delegation), then hiring, planning and money; hardly any new technology.
    one_who_wants_to_manage_people: Learner {
        from: Some(SENIOR),
        to: "engineering-manager",
        hours_per_week: 4.0,
        ..Learner::default()
    };
    /// Good: begins with programming itself, one language all along, and spends nothing.
    from_nothing: Learner {
        to: "mid-level-backend-engineer",
        prefer: &["python", "fastapi", "postgresql"],
        hours_per_week: 12.0,
        wishes: ResourceWishes { free_only: true, budget: Some(Price::from_cents(0)), ..ResourceWishes::default() },
        ..Learner::default()
    };
}
