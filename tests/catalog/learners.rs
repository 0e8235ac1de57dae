//! Very different learners and their roadmaps, read as their mentors would. After a change of the catalogue read them again before
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
    /// None where the goals are all that is wanted.
    to: Option<&'static str>,
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
            to: self.to.map(|role| catalog.role(role).unwrap()),
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
    let kept = roadmap.steps.iter().filter(|planned| !planned.deferred);
    if let Some(last) = kept.map(|planned| planned.finishes_on).max()
        && roadmap.steps.iter().any(|planned| planned.deferred)
    {
        writeln!(text, "What is kept is done by {}.", to_date(last)).unwrap();
    }
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
        to: Some("backend-architect"),
        skills: &["java@PROFICIENT", "spring-boot@WORKING", "git@WORKING", "rest@WORKING", "postgresql@WORKING"],
        prefer: &["java", "spring-boot", "postgresql"],
        hours_per_week: 6.0,
        ..Learner::default()
    };
    /// Good: stays with Python, Django and one cloud; operating what one has built alone (alerts, backups, deployment) is not left out.
    python_and_django_alone_in_a_startup: Learner {
        from: MID,
        to: Some(SENIOR),
        skills: &["python@PROFICIENT", "django@WORKING", "postgresql@WORKING"],
        prefer: &["python", "django", "postgresql", "aws"],
        hours_per_week: 5.0,
        ..Learner::default()
    };
    /// Good: Go and its web services to the level that is held in Ruby, and nothing of Rails is learned any further.
    rails_going_to_go: Learner {
        from: MID,
        to: Some(SENIOR),
        goals: &["go@PROFICIENT", "go-web-services@PROFICIENT"],
        skills: &["ruby@PROFICIENT", "ruby-on-rails@PROFICIENT", "git@WORKING", "mysql@WORKING"],
        prefer: &["go", "go-web-services", "mysql"],
        hours_per_week: 8.0,
        ..Learner::default()
    };
    /// Good: containers before the orchestrator, networks before the cloud, and a cloud before infrastructure as code.
    node_without_cloud: Learner {
        from: MID,
        to: Some(SENIOR),
        skills: &["typescript@PROFICIENT", "nodejs@PROFICIENT", "postgresql@WORKING", "git@WORKING"],
        gaps: &["docker@WORKING", "ci-cd@WORKING"],
        prefer: &["typescript", "nodejs", "azure"],
        hours_per_week: 6.0,
        ..Learner::default()
    };
    /// Good: with two hours a week the first half year already brings what weighs most for the least time.
    two_hours_a_week: Learner {
        from: MID,
        to: Some(SENIOR),
        skills: &["csharp@PROFICIENT", "aspnet-core@WORKING"],
        prefer: &["csharp", "aspnet-core", "azure"],
        hours_per_week: 2.0,
        ..Learner::default()
    };
    /// Good: thirty hours for half a year do not reach architect; what is kept is what weighs most, and the rest is marked as later.
    thirty_hours_and_a_deadline: Learner {
        from: MID,
        to: Some("backend-architect"),
        skills: &["kotlin@PROFICIENT", "spring-boot@WORKING", "postgresql@WORKING", "aws@WORKING"],
        prefer: &["kotlin", "spring-boot", "aws"],
        hours_per_week: 30.0,
        finish_by: Some("2027-07-02"),
        ..Learner::default()
    };
    /// Good: people first (one-on-ones, feedback, delegation), then hiring, planning and money; hardly any new technology.
    one_who_wants_to_manage_people: Learner {
        from: Some(SENIOR),
        to: Some("engineering-manager"),
        hours_per_week: 4.0,
        ..Learner::default()
    };
    /// Good: begins with programming itself, one language all along, and spends nothing.
    from_nothing: Learner {
        to: Some("mid-level-backend-engineer"),
        prefer: &["python", "fastapi", "postgresql"],
        hours_per_week: 12.0,
        wishes: ResourceWishes { free_only: true, budget: Some(Price::from_cents(0)), ..ResourceWishes::default() },
        ..Learner::default()
    };
    /// Good: nothing of Go or Kubernetes is taught again; the way goes over data, distribution and deciding, and no other language comes in.
    go_and_kubernetes_to_architect: Learner {
        from: Some(SENIOR),
        to: Some("backend-architect"),
        skills: &["go@PROFICIENT", "go-web-services@PROFICIENT", "kubernetes@PROFICIENT", "postgresql@WORKING"],
        prefer: &["go", "go-web-services", "kubernetes", "postgresql"],
        hours_per_week: 6.0,
        ..Learner::default()
    };
    /// Good: Python, SQL and what they stand on are taken as known; HTTP, a framework and APIs come first, then delivery and security.
    python_data_person_to_back_end: Learner {
        to: Some("mid-level-backend-engineer"),
        skills: &["python@PROFICIENT", "sql@PROFICIENT", "data-pipelines@WORKING"],
        prefer: &["python", "fastapi", "postgresql"],
        hours_per_week: 8.0,
        ..Learner::default()
    };
    /// Good: people before plans and money; of technology only what a manager has to judge.
    java_senior_to_engineering_manager: Learner {
        from: Some(SENIOR),
        to: Some("engineering-manager"),
        skills: &["java@PROFICIENT", "spring-boot@PROFICIENT"],
        prefer: &["java", "spring-boot"],
        hours_per_week: 4.0,
        ..Learner::default()
    };
    /// Good: SQL Server and Azure all along, and nothing of PostgreSQL, Java or Node.js, in resources neither.
    dotnet_with_sql_server_to_senior: Learner {
        from: MID,
        to: Some(SENIOR),
        skills: &["csharp@PROFICIENT", "aspnet-core@WORKING", "sql-server@WORKING"],
        prefer: &["csharp", "aspnet-core", "sql-server", "azure"],
        hours_per_week: 6.0,
        ..Learner::default()
    };
    /// Good: PHP to its depth, no second language, and from there what a whole organisation needs of somebody.
    php_and_laravel_to_staff: Learner {
        from: Some(SENIOR),
        to: Some("staff-backend-engineer"),
        skills: &["php@PROFICIENT", "laravel@PROFICIENT", "mysql@PROFICIENT"],
        prefer: &["php", "laravel", "mysql"],
        hours_per_week: 6.0,
        ..Learner::default()
    };
    /// Good: of what does not fit into a year of four hours a week, what weighs most comes first, and all that is kept is before the day.
    typescript_with_four_hours_and_a_year: Learner {
        from: MID,
        to: Some(SENIOR),
        skills: &["typescript@PROFICIENT", "nodejs@WORKING", "postgresql@WORKING"],
        prefer: &["typescript", "nodejs", "postgresql"],
        hours_per_week: 4.0,
        finish_by: Some("2028-01-03"),
        ..Learner::default()
    };
    /// Good: no role, so nothing but what the two goals stand on.
    kubernetes_and_kafka_alone: Learner {
        skills: &["java@WORKING", "git@WORKING"],
        goals: &["kubernetes@PROFICIENT", "kafka@WORKING"],
        hours_per_week: 5.0,
        ..Learner::default()
    };
    /// Good: the most used language and its framework, early; programming first, and something that runs soon.
    a_beginner_without_wishes: Learner {
        to: Some("mid-level-backend-engineer"),
        hours_per_week: 10.0,
        ..Learner::default()
    };
    /// Good: Scala and its frameworks; the JVM is shared, Java and Kotlin are not learned.
    scala_to_senior: Learner {
        from: MID,
        to: Some(SENIOR),
        skills: &["scala@PROFICIENT", "http4s@WORKING", "postgresql@WORKING"],
        prefer: &["scala", "http4s", "postgresql"],
        hours_per_week: 6.0,
        ..Learner::default()
    };
    /// Good: C++ on the server all the way, and no managed runtime.
    cpp_to_senior: Learner {
        from: MID,
        to: Some(SENIOR),
        skills: &["cpp@PROFICIENT", "cpp-web-services@WORKING", "postgresql@WORKING"],
        prefer: &["cpp", "cpp-web-services", "postgresql"],
        hours_per_week: 6.0,
        ..Learner::default()
    };
    /// Good: Elixir and Phoenix all along; no second language, and nothing of the JVM or Node.js.
    elixir_to_senior: Learner {
        from: MID,
        to: Some(SENIOR),
        skills: &["elixir@PROFICIENT", "phoenix@WORKING", "postgresql@WORKING"],
        prefer: &["elixir", "phoenix", "postgresql"],
        hours_per_week: 6.0,
        ..Learner::default()
    };
    /// Good: incidents, alerts, on-call and objectives at depth come first, then capacity, the kernel's own figures and the platform.
    senior_to_site_reliability: Learner {
        from: Some(SENIOR),
        to: Some("site-reliability-engineer"),
        skills: &["go@PROFICIENT", "kubernetes@WORKING", "prometheus@WORKING"],
        prefer: &["go", "kubernetes", "prometheus", "aws"],
        hours_per_week: 6.0,
        ..Learner::default()
    };
    /// Good: streams, batch, a lakehouse and warehouses on what is held of Kafka and PostgreSQL, with quality, contracts and governance.
    senior_to_data_platform: Learner {
        from: Some(SENIOR),
        to: Some("data-platform-engineer"),
        skills: &["java@PROFICIENT", "kafka@WORKING", "postgresql@PROFICIENT"],
        prefer: &["java", "kafka", "postgresql"],
        hours_per_week: 6.0,
        ..Learner::default()
    };
    /// Good: what models are and how their answers are measured, then retrieval, context and agents, each with what keeps it safe.
    senior_to_ai_engineer: Learner {
        from: Some(SENIOR),
        to: Some("ai-engineer"),
        skills: &["python@PROFICIENT", "fastapi@PROFICIENT", "postgresql@WORKING"],
        prefer: &["python", "fastapi", "postgresql"],
        hours_per_week: 6.0,
        ..Learner::default()
    };
}
