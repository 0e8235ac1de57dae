//! All of a learner's data as a JSON text: whoever has it can read it without this program. `docs/privacy.md` has its shape.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;
use waymark_entity::{credential, learner, link, rating, roadmap, roadmap_version, skill, step_state, study};

use super::learners::from_json;
use super::{Learners, Lost};
use crate::accounts::Grant;
use crate::store::Revision;
use crate::store::learners::Belongings;

/// The version of the shape: what reads one of a number reads all of that number.
const VERSION: u32 = 1;
/// The unit of hours in the database.
const MILLIONTHS: f64 = 1e6;

impl Learners {
    /// All that is kept of a learner, but for what opens something: no password, secret of a link or token, nor what is made of them. `None` where
    /// there is no such account.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn export(&self, learner: Uuid) -> Result<Option<String>, Lost> {
        let Some(all) = self.store.belongings(learner).await? else { return Ok(None) };
        let text = serde_json::to_string_pretty(&Export::of(all)?);
        text.map(Some).map_err(|error| {
            tracing::error!(%error, "a learner's data can't be written as JSON");
            Lost
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Export {
    version: u32,
    account: Account,
    sessions: Vec<Session>,
    access_tokens: Vec<AccessToken>,
    skills: Vec<Skill>,
    ratings: Vec<Rating>,
    roadmaps: Vec<Roadmap>,
    /// What the learner has made of the catalogue.
    edits: Vec<EditOfCatalog>,
}

impl Export {
    fn of(all: Belongings) -> Result<Self, Lost> {
        let (sessions, tokens): (Vec<_>, Vec<_>) =
            all.credentials.into_iter().partition(|row| row.kind == credential::SESSION);
        let roadmap = |row: roadmap::Model| {
            let id = row.id;
            Ok(Roadmap {
                versions: of(&all.versions, id, |row| row.roadmap_id, Version::of)?,
                steps: of(&all.states, id, |row| row.roadmap_id, |row| Ok(Step::of(row)))?,
                study_log: of(&all.study, id, |row| row.roadmap_id, |row| Ok(Study::of(row)))?,
                links: of(&all.links, id, |row| row.roadmap_id, |row| Ok(Link::of(row)))?,
                id,
                title: row.title,
                wishes: from_json(&row.wishes)?,
                current_version: row.version,
                created_at: row.created_at,
                updated_at: row.updated_at,
                archived_at: row.archived_at,
            })
        };
        Ok(Self {
            version: VERSION,
            account: Account::of(all.account),
            sessions: sessions.iter().map(Session::of).collect(),
            access_tokens: tokens.into_iter().map(AccessToken::of).collect(),
            skills: all.skills.into_iter().map(Skill::of).collect(),
            ratings: all.ratings.into_iter().map(Rating::of).collect(),
            roadmaps: all.roadmaps.into_iter().map(roadmap).collect::<Result<_, Lost>>()?,
            edits: all.revisions.into_iter().map(EditOfCatalog::of).collect(),
        })
    }
}

/// What belongs to a roadmap.
fn of<R: Clone, T>(
    rows: &[R],
    roadmap: Uuid,
    whose: impl Fn(&R) -> Uuid,
    shape: impl Fn(R) -> Result<T, Lost>,
) -> Result<Vec<T>, Lost> {
    rows.iter().filter(|row| whose(row) == roadmap).cloned().map(shape).collect()
}

fn hours(millionths: i64) -> f64 {
    // Far below the numbers that it does not have.
    #[allow(clippy::cast_precision_loss)]
    let millionths = millionths as f64;
    millionths / MILLIONTHS
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    #[serde(serialize_with = "id")]
    id: Uuid,
    email: Option<String>,
    name: Option<String>,
    role: String,
    /// Another provider that vouches for the learner, and what the learner is known by there.
    issuer: Option<String>,
    subject: Option<String>,
    has_password: bool,
    created_at: DateTime<Utc>,
}

impl Account {
    fn of(row: learner::Model) -> Self {
        let learner::Model { id, email, name, password_hash, issuer, subject, role, created_at, .. } = row;
        let has_password = password_hash.is_some();
        Self { id, email, name, role, issuer, subject, has_password, created_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names)] // as the API names them
struct Session {
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    last_used_at: Option<DateTime<Utc>>,
}

impl Session {
    const fn of(row: &credential::Model) -> Self {
        let credential::Model { created_at, expires_at, last_used_at, .. } = *row;
        Self { created_at, expires_at, last_used_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AccessToken {
    name: String,
    scopes: Vec<&'static str>,
    #[serde(flatten)]
    times: Session,
}

impl AccessToken {
    fn of(row: credential::Model) -> Self {
        let scopes = Grant::listed(&row.scopes).into_iter().map(Grant::name).collect();
        let times = Session::of(&row);
        Self { name: row.name, scopes, times }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Skill {
    topic: String,
    level: String,
    source: String,
    recorded_at: DateTime<Utc>,
}

impl Skill {
    fn of(row: skill::Model) -> Self {
        let skill::Model { learner_id: _, topic, level, source, recorded_at } = row;
        Self { topic, level, source, recorded_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rating {
    resource: String,
    stars: i32,
    rated_at: DateTime<Utc>,
}

impl Rating {
    fn of(row: rating::Model) -> Self {
        let rating::Model { learner_id: _, resource, stars, rated_at } = row;
        Self { resource, stars, rated_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Roadmap {
    #[serde(serialize_with = "id")]
    id: Uuid,
    title: String,
    wishes: Value,
    current_version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    archived_at: Option<DateTime<Utc>>,
    versions: Vec<Version>,
    steps: Vec<Step>,
    study_log: Vec<Study>,
    links: Vec<Link>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    number: i32,
    cause: String,
    catalog_revision: i32,
    created_at: DateTime<Utc>,
    /// As the database has it, with hours in millionths.
    plan: Value,
    changes: Option<Value>,
}

impl Version {
    fn of(row: roadmap_version::Model) -> Result<Self, Lost> {
        let roadmap_version::Model { number, catalog_revision, cause, plan, changes, created_at, .. } = row;
        let (plan, changes) = (from_json(&plan)?, changes.as_deref().map(from_json).transpose()?);
        Ok(Self { number, cause, catalog_revision, created_at, plan, changes })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Step {
    topic: String,
    level: String,
    state: String,
    hours: f64,
    weight: i32,
    started_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
}

impl Step {
    fn of(row: step_state::Model) -> Self {
        let hours = hours(row.hours_millionths);
        let step_state::Model { topic, level, state, weight, started_at, ended_at, .. } = row;
        Self { topic, level, state, hours, weight, started_at, ended_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Study {
    day: NaiveDate,
    topic: Option<String>,
    level: Option<String>,
    hours: f64,
    note: Option<String>,
    logged_at: DateTime<Utc>,
}

impl Study {
    fn of(row: study::Model) -> Self {
        let hours = hours(row.hours_millionths);
        let study::Model { topic, level, studied_on: day, note, logged_at, .. } = row;
        Self { day, topic, level, hours, note, logged_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Link {
    kind: String,
    created_at: DateTime<Utc>,
}

impl Link {
    fn of(row: link::Model) -> Self {
        let link::Model { kind, created_at, .. } = row;
        Self { kind, created_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EditOfCatalog {
    revision: i32,
    message: Option<String>,
    imported_at: DateTime<Utc>,
}

impl EditOfCatalog {
    fn of(row: Revision) -> Self {
        let Revision { number: revision, message, imported_at, .. } = row;
        Self { revision, message, imported_at }
    }
}

fn id<S: serde::Serializer>(id: &Uuid, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}
