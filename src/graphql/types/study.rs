//! `StudyEntry`.

use async_graphql::{ID, Object};
use chrono::{DateTime, Utc};
use waymark_entity::study;

use super::{Proficiency, Step};
use crate::graphql::ids::Key;
use crate::graphql::scalars::Date;
use crate::graphql::scope::Scope;
use crate::learning::Name;
use crate::service::study::hours;

/// An entry of a log, in the scope of a request.
#[derive(Clone)]
pub struct StudyEntry {
    scope: Scope,
    row: study::Model,
}

impl StudyEntry {
    pub(crate) fn new(scope: &Scope, row: study::Model) -> Self {
        Self { scope: scope.clone(), row }
    }

    fn name(&self) -> Option<Name> {
        Name::from_columns(self.row.topic.as_deref()?, self.row.level.as_deref()?)
    }
}

/// Time that a learner has spent.
#[Object]
impl StudyEntry {
    /// The opaque id, for `deleteStudy`.
    async fn id(&self) -> ID {
        Key::Study(self.row.id).encode()
    }

    /// The day.
    async fn day(&self) -> Date {
        Date(self.row.studied_on)
    }

    /// How many hours.
    async fn hours(&self) -> f64 {
        hours(self.row.hours_millionths).as_f64()
    }

    /// The slug of the topic that it was spent on, where a step was named.
    async fn topic(&self) -> Option<&str> {
        self.row.topic.as_deref()
    }

    /// The level that it was spent on, where a step was named.
    async fn level(&self) -> Option<Proficiency> {
        self.name().map(|name| name.level.into())
    }

    /// The step that it was spent on; null where none was named, or the catalogue does not have it any more.
    async fn step(&self) -> Option<Step> {
        self.name()?.step(self.scope.catalog()).map(|step| Step::new(&self.scope, step))
    }

    /// What the learner noted.
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }

    /// When it was logged.
    async fn logged_at(&self) -> DateTime<Utc> {
        self.row.logged_at
    }
}
