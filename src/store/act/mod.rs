//! What a learner has asked to be done, for the transaction that does it: by the name that the client gave it, it is done once.

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicU8, Ordering};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_entity::request;

use super::learners::caps::MOST_REQUESTS;
use super::learners::only;
use super::write::Write;
use super::{Store, StoreError};

/// How long a request is remembered after it was made. Who asks again later asks for something else.
const REMEMBERED: chrono::TimeDelta = chrono::TimeDelta::days(7);

/// One thing that a learner has asked for. The store that is made [`Store::during`] it does it in one transaction.
#[derive(Debug)]
pub struct Act {
    learner: Uuid,
    request: Option<Request>,
    now: DateTime<Utc>,
    phase: AtomicU8,
}

/// What is known of a request that may be repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The client's name for it.
    pub name: String,
    /// What was asked for, summed up.
    pub digest: String,
}

/// What came of a request, as far as it can't be told from the request itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// The roadmap that was made, or of which something was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roadmap: Option<Uuid>,
    /// The version that was made of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
    /// The entry of the log that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub study: Option<Uuid>,
    /// The session or token that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<Uuid>,
    /// The revision of the catalogue that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<i32>,
}

/// How far an act has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing is written for good.
    Open,
    /// Whether it is can't be told where the connection breaks now.
    Ending,
    /// Others were in the way, or the connection was lost: nothing is written, and it may be done again.
    Undone,
}

impl Act {
    /// Something that is asked for now.
    pub fn new(learner: Uuid, request: Option<Request>, now: DateTime<Utc>) -> Self {
        Self { learner, request, now, phase: AtomicU8::new(Phase::Open as u8) }
    }

    /// Whether nothing is written for good, and nothing has failed.
    pub fn is_open(&self) -> bool {
        self.is(Phase::Open)
    }

    /// Whether nothing was written for reasons that pass.
    pub fn is_undone(&self) -> bool {
        self.is(Phase::Undone)
    }

    fn is(&self, phase: Phase) -> bool {
        self.phase.load(Ordering::Relaxed) == phase as u8
    }

    fn set(&self, phase: Phase) {
        self.phase.store(phase as u8, Ordering::Relaxed);
    }

    /// From now on nobody knows until the database answers.
    pub(super) fn ends(&self) {
        self.set(Phase::Ending);
    }

    /// Others were in the way: nothing is written, and it may be done again.
    pub(super) fn gives_way(&self) {
        self.set(Phase::Undone);
    }

    /// What a failure means for it.
    pub(super) fn fails(&self, error: &StoreError) {
        match error {
            StoreError::Contended { .. } => self.set(Phase::Undone),
            StoreError::Unreachable { .. } if !self.is(Phase::Ending) => self.set(Phase::Undone),
            _ => {}
        }
    }

    /// Keeps that it was done, with what came of it.
    ///
    /// # Errors
    /// [`DbErr::RecordNotInserted`] where it was done before.
    pub(super) async fn keep(&self, write: &Write, outcome: &Outcome) -> Result<(), DbErr> {
        let Some(Request { name, digest }) = self.request.clone() else { return Ok(()) };
        request::Entity::delete_many()
            .filter(request::Column::LearnerId.eq(self.learner))
            .filter(request::Column::MadeAt.lt(self.now - REMEMBERED))
            .exec(write.db())
            .await?;
        self.forget_oldest(write).await?;
        let outcome = serde_json::to_string(outcome).map_err(|error| DbErr::Json(error.to_string()))?;
        let learner_id = self.learner;
        let made = request::Model { learner_id, name, digest, outcome, made_at: self.now };
        let there = sea_orm::sea_query::OnConflict::new().do_nothing().to_owned();
        let insert = request::Entity::insert(request::ActiveModel::from(made)).on_conflict(there);
        match insert.exec_without_returning(write.db()).await? {
            0 => Err(DbErr::RecordNotInserted),
            _ => Ok(()),
        }
    }
}

impl Act {
    /// Makes room for another request, if as many as may be are remembered.
    async fn forget_oldest(&self, write: &Write) -> Result<(), DbErr> {
        let of_learner = request::Column::LearnerId.eq(self.learner);
        let oldest: Option<DateTime<Utc>> = request::Entity::find()
            .select_only()
            .column(request::Column::MadeAt)
            .filter(of_learner.clone())
            .order_by_desc(request::Column::MadeAt)
            .offset(MOST_REQUESTS - 1)
            .limit(1)
            .into_tuple()
            .one(write.db())
            .await?;
        if let Some(oldest) = oldest {
            let forgotten = request::Entity::delete_many().filter(of_learner);
            forgotten.filter(request::Column::MadeAt.lte(oldest)).exec(write.db()).await?;
        }
        Ok(())
    }
}

impl Store {
    /// Has what is being done be done again: others were in the way.
    pub fn give_way(&self) {
        if let Some(act) = &self.act {
            act.gives_way();
        }
    }

    /// What came of a request of a learner's, and what it asked for; `None` where there was none of that name.
    pub async fn outcome(&self, learner: Uuid, name: &str) -> Result<Option<(String, Outcome)>, StoreError> {
        let made = request::Entity::find_by_id((learner, name.to_owned()));
        let made = only(made, &self.reader).await.map_err(|error| self.explain(error))?;
        let Some(made) = made else { return Ok(None) };
        let outcome = serde_json::from_str(&made.outcome).map_err(|error| {
            let what = format!("what came of a request can't be read: {error}");
            StoreError::Damaged { place: self.place.to_string(), what }
        });
        Ok(Some((made.digest, outcome?)))
    }
}
