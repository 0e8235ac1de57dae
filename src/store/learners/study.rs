//! Pages and sums of study logs. A log grows for years: none of these reads returns all of it.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};
use uuid::Uuid;
use waymark_entity::study::{Column, Entity, Model};
use waymark_entity::{roadmap, study_step, study_week};

use super::super::{KeyRange, Store, StoreError};
use super::study_sums::{monday, sum, whole};
use super::{RoadmapKey, is_any_key, only};

/// The place of an entry in its log: the day, and its key.
pub type StudyPlace = (NaiveDate, Uuid);

/// The hours that were logged for a day.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub async fn study_count(&self, (learner, roadmap): RoadmapKey) -> Result<u64, StoreError> {
        let entries = study_step::Entity::find()
            .select_only()
            .column_as(sum(study_step::Column::Entries), "entries")
            .filter(study_step::Column::LearnerId.eq(learner))
            .filter(study_step::Column::RoadmapId.eq(roadmap));
        entries.into_tuple().all(&self.reader).await.map(whole).map_err(|error| self.explain(error))
    }

    /// The hours that were logged on each step of some roadmaps of a learner.
    pub async fn hours_by_step(
        &self,
        learner: Uuid,
        roadmaps: &[Uuid],
    ) -> Result<Vec<study_step::Model>, StoreError> {
        let sums = study_step::Entity::find()
            .filter(study_step::Column::LearnerId.eq(learner))
            .filter(is_any_key(&self.reader, "roadmap_id", roadmaps))
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
        let weeks = study_week::Entity::find()
            .filter(study_week::Column::LearnerId.eq(learner))
            .filter(is_any_key(&self.reader, "roadmap_id", roadmaps))
            .filter(study_week::Column::WeekOn.between(monday(*days.start()), monday(*days.end())))
            .all(&self.reader)
            .await;
        let weeks = weeks.map_err(|error| self.explain(error))?;
        let of_days = weeks.iter().flat_map(days_of);
        Ok(of_days.filter(|day| days.contains(&day.studied_on) && day.hours_millionths > 0).collect())
    }

    /// The first day of each of the logs of some roadmaps of a learner. A log without entries has none.
    pub async fn first_study_days(
        &self,
        learner: Uuid,
        roadmaps: &[Uuid],
    ) -> Result<Vec<(Uuid, NaiveDate)>, StoreError> {
        let is_of = |one, other| Expr::col((Entity, one)).equals((roadmap::Entity, other));
        let first = Query::select()
            .expr(Func::min(Expr::col((Entity, Column::StudiedOn))))
            .from(Entity)
            .and_where(is_of(Column::LearnerId, roadmap::Column::LearnerId))
            .and_where(is_of(Column::RoadmapId, roadmap::Column::Id))
            .take();
        let days = roadmap::Entity::find()
            .select_only()
            .column(roadmap::Column::Id)
            .column_as(SimpleExpr::SubQuery(None, Box::new(first.into())), "first_on")
            .filter(roadmap::Column::LearnerId.eq(learner))
            .filter(is_any_key(&self.reader, "id", roadmaps))
            .into_tuple::<(Uuid, Option<NaiveDate>)>()
            .all(&self.reader)
            .await;
        let days = days.map_err(|error| self.explain(error))?;
        Ok(days.into_iter().filter_map(|(roadmap, first)| Some((roadmap, first?))).collect())
    }

    /// An entry of a log.
    pub async fn study_entry(&self, learner: Uuid, id: Uuid) -> Result<Option<Model>, StoreError> {
        let found = only(Entity::find_by_id((learner, id)), &self.reader).await;
        found.map_err(|error| self.explain(error))
    }
}

fn of_roadmap((learner, roadmap): RoadmapKey) -> Select<Entity> {
    Entity::find().filter(Column::LearnerId.eq(learner)).filter(Column::RoadmapId.eq(roadmap))
}

/// The days of a week, those without an entry among them.
fn days_of(week: &study_week::Model) -> impl Iterator<Item = HoursOfDay> {
    let (roadmap_id, hours) = (week.roadmap_id, week.days());
    let of_day =
        move |(studied_on, hours_millionths)| HoursOfDay { roadmap_id, studied_on, hours_millionths };
    week.week_on.iter_days().zip(hours).map(of_day)
}
