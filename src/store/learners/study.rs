//! Pages and sums of study logs. A log grows for years: none of these reads returns all of it.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, SimpleExpr};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, FromQueryResult, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};
use uuid::Uuid;
use waymark_entity::study::{Column, Entity, Model};

use super::super::{KeyRange, Store, StoreError};
use super::{RoadmapKey, is_any_key, only};

/// The place of an entry in its log: the day, and its key.
pub type StudyPlace = (NaiveDate, Uuid);

/// The hours that were logged on a step of a roadmap; on no step where none is named.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct HoursOfStep {
    /// The roadmap.
    pub roadmap_id: Uuid,
    /// The slug of the step's topic.
    pub topic: Option<String>,
    /// The step's level.
    pub level: Option<String>,
    /// The first day of them.
    pub first_on: NaiveDate,
    /// How many, in millionths.
    pub hours_millionths: i64,
}

/// The hours that were logged for a day.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct HoursOfDay {
    /// The roadmap.
    pub roadmap_id: Uuid,
    /// The day.
    pub studied_on: NaiveDate,
    /// How many, in millionths.
    pub hours_millionths: i64,
}

impl Store {
    /// A page of the log of a roadmap, latest day first.
    pub async fn study_page(
        &self,
        key: RoadmapKey,
        range: &KeyRange<StudyPlace>,
    ) -> Result<Vec<Model>, StoreError> {
        let place = || Expr::tuple([Expr::col(Column::StudiedOn), Expr::col(Column::Id)]);
        let of = |(day, id): StudyPlace| Expr::tuple([Expr::val(day), Expr::val(id)]);
        let mut select = of_roadmap(key);
        if let Some(after) = range.after {
            select = select.filter(place().lt(of(after)));
        }
        if let Some(before) = range.before {
            select = select.filter(place().gt(of(before)));
        }
        let rows = select
            .order_by(Column::StudiedOn, range.order())
            .order_by(Column::Id, range.order())
            .limit(range.limit)
            .all(&self.reader)
            .await;
        rows.map(|rows| range.in_order(rows)).map_err(|error| self.explain(error))
    }

    /// The number of entries in the log of a roadmap.
    pub async fn study_count(&self, key: RoadmapKey) -> Result<u64, StoreError> {
        of_roadmap(key).count(&self.reader).await.map_err(|error| self.explain(error))
    }

    /// The hours that were logged on each step of some roadmaps of a learner.
    pub async fn hours_by_step(
        &self,
        learner: Uuid,
        roadmaps: &[Uuid],
    ) -> Result<Vec<HoursOfStep>, StoreError> {
        let sums = self
            .of_roadmaps(learner, roadmaps)
            .select_only()
            .columns([Column::RoadmapId, Column::Topic, Column::Level])
            .column_as(Column::StudiedOn.min(), "first_on")
            .column_as(hours(), "hours_millionths")
            .group_by(Column::RoadmapId)
            .group_by(Column::Topic)
            .group_by(Column::Level)
            .into_model::<HoursOfStep>()
            .all(&self.reader)
            .await;
        sums.map_err(|error| self.explain(error))
    }

    /// The hours that were logged for each of some days on some roadmaps of a learner. Days without an entry are left out.
    pub async fn hours_by_day(
        &self,
        learner: Uuid,
        roadmaps: &[Uuid],
        days: &RangeInclusive<NaiveDate>,
    ) -> Result<Vec<HoursOfDay>, StoreError> {
        let sums = self
            .of_roadmaps(learner, roadmaps)
            .filter(Column::StudiedOn.between(*days.start(), *days.end()))
            .select_only()
            .columns([Column::RoadmapId, Column::StudiedOn])
            .column_as(hours(), "hours_millionths")
            .group_by(Column::RoadmapId)
            .group_by(Column::StudiedOn)
            .into_model::<HoursOfDay>()
            .all(&self.reader)
            .await;
        sums.map_err(|error| self.explain(error))
    }

    /// An entry of a log.
    pub async fn study_entry(&self, learner: Uuid, id: Uuid) -> Result<Option<Model>, StoreError> {
        let found = only(Entity::find_by_id((learner, id)), &self.reader).await;
        found.map_err(|error| self.explain(error))
    }

    fn of_roadmaps(&self, learner: Uuid, roadmaps: &[Uuid]) -> Select<Entity> {
        Entity::find().filter(Column::LearnerId.eq(learner)).filter(is_any_key(
            &self.reader,
            "roadmap_id",
            roadmaps,
        ))
    }
}

fn of_roadmap((learner, roadmap): RoadmapKey) -> Select<Entity> {
    Entity::find().filter(Column::LearnerId.eq(learner)).filter(Column::RoadmapId.eq(roadmap))
}

/// The sum of hours. PostgreSQL makes a decimal number of it, which is whole all the same.
fn hours() -> SimpleExpr {
    Expr::expr(Func::sum(Expr::col(Column::HoursMillionths))).cast_as("bigint")
}
