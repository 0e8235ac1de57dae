//! `waymark plan`.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Arc;

use async_graphql::{InputType as _, Request, Variables};
use clap::Args;
use waymark_planner::Effort;

use super::{Failure, print};
use crate::config::DatabaseSettings;
use crate::graphql::error::ApiError;
use crate::graphql::inputs::{DateRangeInput, ResourcePreferences, RoadmapInput, StepInput};
use crate::graphql::types::{Need, Proficiency, ResourceKind, Roadmap};
use crate::graphql::{Answer, Date, Schema, Scope, World, planning};
use crate::render::{Format, terminal};
use crate::store::Store;
use crate::{catalog, service};

/// What `--json` prints.
const QUERY: &str = include_str!("plan.graphql");

#[derive(Args)]
pub(super) struct Arguments {
    /// The role that you hold
    #[arg(long, value_name = "ROLE")]
    from: Option<String>,
    /// The role that you want
    #[arg(long, value_name = "ROLE")]
    to: Option<String>,
    /// A step that you want beyond the role, such as kafka@WORKING; may be given again
    #[arg(long = "goal", value_name = "STEP", value_parser = step)]
    goals: Vec<StepInput>,
    /// A step that you hold beyond your role, such as java@PROFICIENT; may be given again
    #[arg(long = "skill", value_name = "STEP", value_parser = step)]
    skills: Vec<StepInput>,
    /// A step that you do not hold although your role or your skills suggest it; may be given again
    #[arg(long = "gap", value_name = "STEP", value_parser = step)]
    gaps: Vec<StepInput>,
    /// A topic to use wherever it is offered; may be given again
    #[arg(long, value_name = "TOPIC")]
    prefer: Vec<String>,
    /// A topic never to be put on the roadmap; may be given again
    #[arg(long, value_name = "TOPIC")]
    avoid: Vec<String>,
    /// The hours that you have in a week
    #[arg(long, value_name = "HOURS", default_value_t = 6.0)]
    hours_per_week: f64,
    /// The first day, such as 2026-12-01; today if not given
    #[arg(long, value_name = "DAY", value_parser = day)]
    start_on: Option<Date>,
    /// The last day that there is
    #[arg(long, value_name = "DAY", value_parser = day)]
    finish_by: Option<Date>,
    /// Days without learning, such as 2026-12-24..2027-01-03; may be given again
    #[arg(long = "pause", value_name = "DAY..DAY", value_parser = pause)]
    pauses: Vec<DateRangeInput>,
    /// A language that you read, such as en; may be given again
    #[arg(long = "language", value_name = "LANGUAGE", default_value = "en")]
    languages: Vec<String>,
    /// Only resources that cost nothing
    #[arg(long)]
    free_only: bool,
    /// A kind of resource that you learn from more easily, such as BOOK; may be given again
    #[arg(long = "prefer-kind", value_name = "KIND", value_parser = kind)]
    prefer_kinds: Vec<ResourceKind>,
    /// A kind of resource to leave out; may be given again
    #[arg(long = "exclude-kind", value_name = "KIND", value_parser = kind)]
    exclude_kinds: Vec<ResourceKind>,
    /// The most that all resources may cost together, in US dollars
    #[arg(long, value_name = "DOLLARS")]
    budget: Option<f64>,
    /// A catalogue's folder or file, in place of what the database holds
    #[arg(long, env = "WAYMARK_CATALOG", value_name = "PATH")]
    catalog: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseSettings,
    /// Print JSON: what the API answers
    #[arg(long)]
    json: bool,
    /// Print a form to take away: what the API exports
    #[arg(long, value_name = "FORMAT", conflicts_with = "json")]
    format: Option<Format>,
}

pub(super) async fn run(arguments: Arguments) -> Result<(), Failure> {
    let scope = arguments.scope().await?;
    let (json, format) = (arguments.json, arguments.format);
    let input = arguments.input();
    if json {
        return print(&as_json(scope, &input).await?);
    }
    let roadmap =
        planning::roadmap(&scope, &input, "input", false).await.map_err(|errors| complaint(&errors))?;
    print(&match format {
        Some(format) => roadmap.rendered(format).await.map_err(|error| error.message().to_owned())?,
        None => to_read(&roadmap).await.map_err(|error| error.message().to_owned())?,
    })
}

/// What is wrong, a line each, with the flags that it is about.
fn complaint(errors: &[ApiError]) -> String {
    let line = |error: &ApiError| match error.at().and_then(flag) {
        Some(flag) => format!("{flag}: {}", error.message()),
        None => error.message().to_owned(),
    };
    let lines: Vec<String> = errors.iter().map(line).collect();
    lines.join("\n         ")
}

/// The roadmap for a terminal, with colours where it is one.
async fn to_read(roadmap: &Roadmap) -> Result<String, ApiError> {
    roadmap.after(Need::Resources).await?;
    roadmap.after(Need::Choices).await?;
    roadmap.after(Need::Assumptions).await?;
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    Ok(terminal::render(&roadmap.sheet()?, colour))
}

async fn as_json(scope: Scope, input: &RoadmapInput) -> Result<String, Failure> {
    // As it would come over HTTP: in JSON the values of enums are texts.
    let variables = serde_json::json!({ "input": input.to_value().into_json()? });
    let request = Request::new(QUERY).variables(Variables::from_json(variables));
    let schema = Schema::new();
    let answered = match schema.prepare(request).await {
        Ok(prepared) => schema.execute(prepared, scope).await,
        Err(refused) => Err(refused),
    };
    let errors = match answered {
        Ok(answer) if answer.errors().is_empty() => {
            return Ok(format!("{}\n", serde_json::to_string_pretty(&data_of(&answer)?)?));
        }
        Ok(answer) => answer.errors().to_vec(),
        Err(refused) => refused.errors,
    };
    Err(serde_json::to_string_pretty(&errors)?.into())
}

fn data_of(answer: &Answer) -> serde_json::Result<serde_json::Value> {
    let mut body: serde_json::Value = serde_json::from_slice(&answer.json())?;
    Ok(body["data"].take())
}

impl Arguments {
    /// The given files, else what the database holds, else the embedded catalogue; a database that is not there is not made.
    async fn scope(&self) -> Result<Scope, Failure> {
        let snapshot = match &self.catalog {
            Some(path) => catalog::Snapshot::new(0, catalog::read(path)?),
            None => match Store::open_existing(&self.database.database).await? {
                Some(store) => {
                    store.migrate().await?;
                    let snapshot = service::start(&store, None, &service::system_clock()).await?;
                    store.close().await?;
                    snapshot
                }
                None => catalog::Snapshot::new(0, catalog::embedded()?),
            },
        };
        // One roadmap is planned: there is nothing to remember.
        let plans = service::Plans::new(0);
        let current = service::Current::new(snapshot);
        let (effort, clock) = (Effort::default(), service::system_clock());
        let world = World { current, plans, effort, clock, learners: None };
        Ok(Arc::new(world).scope(None))
    }

    fn input(self) -> RoadmapInput {
        RoadmapInput {
            from: self.from,
            to: self.to,
            goals: self.goals,
            skills: self.skills,
            gaps: self.gaps,
            prefer: self.prefer,
            avoid: self.avoid,
            hours_per_week: self.hours_per_week,
            start_on: self.start_on,
            finish_by: self.finish_by,
            pauses: self.pauses,
            resources: Some(ResourcePreferences {
                languages: self.languages,
                free_only: self.free_only,
                prefer_kinds: self.prefer_kinds,
                exclude_kinds: self.exclude_kinds,
                budget: self.budget,
                hour_value: 20.0,
            }),
        }
    }
}

/// The flag of an argument's path: `input.skills[2].topic` is `--skill`.
fn flag(argument: &str) -> Option<String> {
    let path = argument.strip_prefix("input.")?;
    let path = path.strip_prefix("resources.").unwrap_or(path);
    let field = path.split(['.', '[']).next()?;
    Some(match field {
        "goals" | "skills" | "gaps" | "pauses" | "languages" => format!("--{}", field.trim_end_matches('s')),
        "preferKinds" => "--prefer-kind".to_owned(),
        "excludeKinds" => "--exclude-kind".to_owned(),
        "hoursPerWeek" => "--hours-per-week".to_owned(),
        "finishBy" => "--finish-by".to_owned(),
        other => format!("--{other}"),
    })
}

fn step(text: &str) -> Result<StepInput, String> {
    let (topic, level) = text.split_once('@').ok_or("write a topic and a level, such as java@PROFICIENT")?;
    let level = level.parse::<waymark_planner::units::Proficiency>();
    let level = level.map_err(|_| "the level is one of AWARE, WORKING, PROFICIENT and EXPERT")?;
    Ok(StepInput { topic: topic.to_owned(), level: Proficiency::from(level) })
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse_text(text).ok_or_else(|| "write a day such as 2026-12-01".to_owned())
}

fn pause(text: &str) -> Result<DateRangeInput, String> {
    let (from, to) = text.split_once("..").ok_or("write two days, such as 2026-12-24..2027-01-03")?;
    Ok(DateRangeInput { from: day(from)?, to: day(to)? })
}

fn kind(text: &str) -> Result<ResourceKind, String> {
    let kind = text.to_uppercase().parse::<waymark_planner::units::ResourceKind>();
    kind.map(ResourceKind::from).map_err(|_| {
        let names = waymark_planner::units::ResourceKind::ALL.map(waymark_planner::units::ResourceKind::name);
        format!("the kind is one of {}", names.join(", "))
    })
}
