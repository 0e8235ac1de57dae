//! The rows of a learner as they stand in an export. `docs/privacy.md` has its shape.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;
use waymark_entity::{credential, learner, link, rating, roadmap_version, skill, step_state, study};

use crate::accounts::Grant;
use crate::service::Lost;
use crate::service::learners::from_json;
use crate::store::Revision;

/// The unit of hours in the database.
const MILLIONTHS: f64 = 1e6;

fn hours(millionths: i64) -> f64 {
    // Far below the numbers that it does not have.
    #[allow(clippy::cast_precision_loss)]
    let millionths = millionths as f64;
    millionths / MILLIONTHS
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Account {
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
    pub(super) fn of(row: learner::Model) -> Self {
        let learner::Model { id, email, name, password_hash, issuer, subject, role, created_at, .. } = row;
        let has_password = password_hash.is_some();
        Self { id, email, name, role, issuer, subject, has_password, created_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names)] // as the API names them
pub(super) struct Session {
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    last_used_at: Option<DateTime<Utc>>,
}

impl Session {
    pub(super) const fn of(row: &credential::Model) -> Self {
        let credential::Model { created_at, expires_at, last_used_at, .. } = *row;
        Self { created_at, expires_at, last_used_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AccessToken {
    name: String,
    scopes: Vec<&'static str>,
    #[serde(flatten)]
    times: Session,
}

impl AccessToken {
    pub(super) fn of(row: credential::Model) -> Self {
        let scopes = Grant::listed(&row.scopes).into_iter().map(Grant::name).collect();
        let times = Session::of(&row);
        Self { name: row.name, scopes, times }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Skill {
    topic: String,
    level: String,
    source: String,
    recorded_at: DateTime<Utc>,
}

impl Skill {
    pub(super) fn of(row: skill::Model) -> Self {
        let skill::Model { learner_id: _, topic, level, source, recorded_at } = row;
        Self { topic, level, source, recorded_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rating {
    resource: String,
    stars: i32,
    rated_at: DateTime<Utc>,
}

impl Rating {
    pub(super) fn of(row: rating::Model) -> Self {
        let rating::Model { learner_id: _, resource, stars, rated_at } = row;
        Self { resource, stars, rated_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Version {
    number: i32,
    cause: String,
    catalog_revision: i32,
    created_at: DateTime<Utc>,
    /// As the database has it, with hours in millionths.
    plan: Value,
    changes: Option<Value>,
}

impl Version {
    pub(super) fn of(row: roadmap_version::Model) -> Result<Self, Lost> {
        let roadmap_version::Model { number, catalog_revision, cause, plan, changes, created_at, .. } = row;
        let (plan, changes) = (from_json(&plan)?, changes.as_deref().map(from_json).transpose()?);
        Ok(Self { number, cause, catalog_revision, created_at, plan, changes })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Step {
    topic: String,
    level: String,
    state: String,
    hours: f64,
    weight: i32,
    started_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
}

impl Step {
    pub(super) fn of(row: step_state::Model) -> Self {
        let hours = hours(row.hours_millionths);
        let step_state::Model { topic, level, state, weight, started_at, ended_at, .. } = row;
        Self { topic, level, state, hours, weight, started_at, ended_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Study {
    day: NaiveDate,
    topic: Option<String>,
    level: Option<String>,
    hours: f64,
    note: Option<String>,
    logged_at: DateTime<Utc>,
}

impl Study {
    pub(super) fn of(row: study::Model) -> Self {
        let hours = hours(row.hours_millionths);
        let study::Model { topic, level, studied_on: day, note, logged_at, .. } = row;
        Self { day, topic, level, hours, note, logged_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Link {
    kind: String,
    created_at: DateTime<Utc>,
}

impl Link {
    pub(super) fn of(row: link::Model) -> Self {
        let link::Model { kind, created_at, .. } = row;
        Self { kind, created_at }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EditOfCatalog {
    revision: i32,
    message: Option<String>,
    imported_at: DateTime<Utc>,
}

impl EditOfCatalog {
    pub(super) fn of(row: Revision) -> Self {
        let Revision { number: revision, message, imported_at, .. } = row;
        Self { revision, message, imported_at }
    }
}

fn id<S: serde::Serializer>(id: &Uuid, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}
