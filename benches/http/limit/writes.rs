//! What a learner does most: a step completed, time logged, as the statements that it takes and no more, by hand over the driver itself.
//!
//! The database is one of Waymark's: the token of a request, and a roadmap, are looked for in it as Waymark does.

use std::error::Error;
use std::path::Path;
use std::str::FromStr as _;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{self, Row as _};
use serde::Deserialize;
use uuid::Uuid;
use waymark::accounts::{Entropy, Token, fresh_id, system_entropy};
use waymark::service::{Clock, system_clock};

use super::{answer, refusal};

/// A database with one writer and some readers, as Waymark opens it.
pub(super) struct Database {
    reader: SqlitePool,
    writer: SqlitePool,
    clock: Clock,
    entropy: Entropy,
}

impl Database {
    pub(super) async fn open(path: &Path) -> Result<Arc<Self>, Box<dyn Error>> {
        let options = SqliteConnectOptions::from_str(&format!("sqlite://{}", path.display()))?
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let pool = |connections| SqlitePoolOptions::new().max_connections(connections);
        Ok(Arc::new(Self {
            writer: pool(1).connect_with(options.clone()).await?,
            reader: pool(4).connect_with(options).await?,
            clock: system_clock(),
            entropy: system_entropy(),
        }))
    }

    /// The learner of a token that holds.
    async fn learner(&self, headers: &HeaderMap) -> Option<Uuid> {
        let token =
            Token::parse(headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?)?;
        let sql = "SELECT c.expires_at, l.role FROM credentials c JOIN learners l ON l.id = c.learner_id \
                   WHERE c.learner_id = ? AND c.secret_hash = ?";
        let row = sqlx::query(sql)
            .bind(token.learner)
            .bind(token.secret.hash())
            .fetch_one(&self.reader)
            .await
            .ok()?;
        let expires: DateTime<Utc> = row.try_get(0).ok()?;
        (expires > (self.clock)()).then_some(token.learner)
    }
}

#[derive(Deserialize)]
struct Request {
    variables: Variables,
}

#[derive(Deserialize)]
struct Variables {
    input: Input,
}

#[derive(Deserialize)]
struct Input {
    roadmap: String,
    step: Step,
    #[serde(default)]
    hours: f64,
}

#[derive(Deserialize)]
struct Step {
    topic: String,
    level: String,
}

/// The roadmap of a global id.
fn roadmap(id: &str) -> Option<Uuid> {
    use base64::Engine as _;
    let plain = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(id).ok()?;
    std::str::from_utf8(&plain).ok()?.strip_prefix("SavedRoadmap:")?.parse().ok()
}

pub(super) async fn complete_step(
    State(database): State<Arc<Database>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    completed(&database, &headers, &body).await.map_or_else(refusal, |change| {
        answer(format!(
            "{{\"data\":{{\"completeStep\":{{\"roadmap\":{{\"changeNumber\":{change}}},\"userErrors\":[]}}}}}}"
        ))
    })
}

async fn completed(database: &Database, headers: &HeaderMap, body: &[u8]) -> Option<i64> {
    let learner = database.learner(headers).await?;
    let Input { roadmap: id, step, .. } = serde_json::from_slice::<Request>(body).ok()?.variables.input;
    let (roadmap, now) = (roadmap(&id)?, (database.clock)());
    let mut transaction = database.writer.begin_with("BEGIN IMMEDIATE").await.ok()?;
    let sql =
        "UPDATE roadmaps SET change = change + 1, updated_at = ? WHERE learner_id = ? RETURNING id, change";
    let roadmaps = sqlx::query(sql).bind(now).bind(learner).fetch_all(&mut *transaction).await.ok()?;
    let is_asked = |row: &sqlx::sqlite::SqliteRow| row.try_get::<Uuid, _>(0).is_ok_and(|id| id == roadmap);
    let change: i64 = roadmaps.iter().find(|row| is_asked(row))?.try_get(1).ok()?;
    let sql = "INSERT INTO step_states (learner_id, roadmap_id, topic, level, state, hours_millionths, weight, started_at, ended_at) \
               VALUES (?, ?, ?, ?, 'COMPLETED', 4000000, 1, ?, ?) ON CONFLICT (learner_id, roadmap_id, topic, level) \
               DO UPDATE SET state = excluded.state, hours_millionths = excluded.hours_millionths, weight = excluded.weight, \
               ended_at = excluded.ended_at";
    let state = sqlx::query(sql).bind(learner).bind(roadmap).bind(&step.topic).bind(&step.level);
    state.bind(now).bind(now).execute(&mut *transaction).await.ok()?;
    let sql = "INSERT INTO skills (learner_id, topic, level, source, recorded_at) VALUES (?, ?, ?, 'COMPLETED', ?) ON CONFLICT DO NOTHING";
    let skill = sqlx::query(sql).bind(learner).bind(&step.topic).bind(&step.level).bind(now);
    skill.execute(&mut *transaction).await.ok()?;
    transaction.commit().await.ok()?;
    Some(change)
}

pub(super) async fn log_study(
    State(database): State<Arc<Database>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    logged(&database, &headers, &body).await.map_or_else(refusal, |change| {
        answer(format!(
            "{{\"data\":{{\"logStudy\":{{\"roadmap\":{{\"changeNumber\":{change}}},\"userErrors\":[]}}}}}}"
        ))
    })
}

async fn logged(database: &Database, headers: &HeaderMap, body: &[u8]) -> Option<i64> {
    let learner = database.learner(headers).await?;
    let Input { roadmap: id, step, hours } = serde_json::from_slice::<Request>(body).ok()?.variables.input;
    let (roadmap, now) = (roadmap(&id)?, (database.clock)());
    let today: NaiveDate = now.date_naive();
    #[allow(clippy::cast_possible_truncation)] // a few hours
    let millionths = (hours * 1e6).round() as i64;
    let mut transaction = database.writer.begin_with("BEGIN IMMEDIATE").await.ok()?;
    let change = touched(&mut transaction, learner, roadmap, now).await?;
    let sql = "INSERT INTO step_states (learner_id, roadmap_id, topic, level, state, hours_millionths, weight, started_at, ended_at) \
               VALUES (?, ?, ?, ?, 'STARTED', 4000000, 1, ?, NULL) ON CONFLICT DO NOTHING";
    let state = sqlx::query(sql).bind(learner).bind(roadmap).bind(&step.topic).bind(&step.level);
    state.bind(now).execute(&mut *transaction).await.ok()?;
    let sql = "INSERT INTO study (learner_id, id, roadmap_id, topic, level, studied_on, hours_millionths, note, logged_at) \
               VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?)";
    let study = sqlx::query(sql).bind(learner).bind(fresh_id(now, &database.entropy)).bind(roadmap);
    let study = study.bind(&step.topic).bind(&step.level).bind(today).bind(millionths).bind(now);
    study.execute(&mut *transaction).await.ok()?;
    let sql = "INSERT INTO study_steps (learner_id, roadmap_id, topic, level, entries, hours_millionths) VALUES (?, ?, ?, ?, 1, ?) \
               ON CONFLICT (learner_id, roadmap_id, topic, level) DO UPDATE SET entries = entries + 1, \
               hours_millionths = study_steps.hours_millionths + excluded.hours_millionths";
    let sums = sqlx::query(sql).bind(learner).bind(roadmap).bind(&step.topic).bind(&step.level);
    sums.bind(millionths).execute(&mut *transaction).await.ok()?;
    let number = today.weekday().num_days_from_monday();
    let sql = "INSERT INTO study_weeks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (learner_id, roadmap_id, week_on) DO UPDATE \
               SET monday = monday + excluded.monday, tuesday = tuesday + excluded.tuesday, \
               wednesday = wednesday + excluded.wednesday, thursday = thursday + excluded.thursday, \
               friday = friday + excluded.friday, saturday = saturday + excluded.saturday, sunday = sunday + excluded.sunday";
    let sums = sqlx::query(sql).bind(learner).bind(roadmap).bind(today - Days::new(number.into()));
    let sums = (0..7).fold(sums, |sums, day| sums.bind(if day == number { millionths } else { 0 }));
    sums.execute(&mut *transaction).await.ok()?;
    transaction.commit().await.ok()?;
    Some(change)
}

/// Notes that a roadmap has changed, and tells how often it has.
async fn touched(
    transaction: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    learner: Uuid,
    roadmap: Uuid,
    now: DateTime<Utc>,
) -> Option<i64> {
    let sql = "UPDATE roadmaps SET change = change + 1, updated_at = ? WHERE learner_id = ? AND id = ? RETURNING change";
    let row =
        sqlx::query(sql).bind(now).bind(learner).bind(roadmap).fetch_one(&mut **transaction).await.ok()?;
    row.try_get(0).ok()
}
