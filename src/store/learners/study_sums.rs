//! Sums of study logs, kept beside the entries: what is computed of a log reads them, however long it is. An entry is added and deleted together
//! with its share of them, in one transaction and under the learner's lock.

#[cfg(test)]
mod tests;

use chrono::{Datelike as _, NaiveDate, Weekday};
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, IntoColumnRef, OnConflict, SimpleExpr};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QuerySelect as _,
};
use uuid::Uuid;
use waymark_entity::{study, study_step as step, study_week as week};

/// Adds the share of an entry.
pub(super) async fn add(db: &impl ConnectionTrait, entry: &study::Model) -> Result<(), DbErr> {
    use step::Column::{Entries, HoursMillionths, LearnerId, Level, RoadmapId, Topic};
    let (learner_id, roadmap_id, topic, level) = step_of(entry);
    let hours_millionths = entry.hours_millionths;
    let first = step::Model { learner_id, roadmap_id, topic, level, entries: 1, hours_millionths };
    let added = OnConflict::columns([LearnerId, RoadmapId, Topic, Level])
        .value(Entries, Expr::col((step::Entity, Entries)).add(1))
        .value(HoursMillionths, Expr::col((step::Entity, HoursMillionths)).add(hours_millionths))
        .to_owned();
    step::Entity::insert(first.into_active_model()).on_conflict(added).exec_without_returning(db).await?;

    let (learner_id, roadmap_id, week_on) = week_of(entry);
    let on = |day| if entry.studied_on.weekday() == day { hours_millionths } else { 0 };
    let first = week::Model {
        learner_id,
        roadmap_id,
        week_on,
        monday: on(Weekday::Mon),
        tuesday: on(Weekday::Tue),
        wednesday: on(Weekday::Wed),
        thursday: on(Weekday::Thu),
        friday: on(Weekday::Fri),
        saturday: on(Weekday::Sat),
        sunday: on(Weekday::Sun),
    };
    let day = column_of(entry.studied_on);
    let added = OnConflict::columns([week::Column::LearnerId, week::Column::RoadmapId, week::Column::WeekOn])
        .value(day, Expr::col((week::Entity, day)).add(hours_millionths))
        .to_owned();
    let insert = week::Entity::insert(first.into_active_model()).on_conflict(added);
    insert.exec_without_returning(db).await.map(|_| ())
}

/// Takes the share of an entry away. Nothing is left of what has no entries.
pub(super) async fn remove(db: &impl ConnectionTrait, entry: &study::Model) -> Result<(), DbErr> {
    use step::Column::{Entries, HoursMillionths, LearnerId, Level, RoadmapId, Topic};
    let (learner, roadmap, topic, level) = step_of(entry);
    let less = step::Entity::update_many()
        .col_expr(Entries, Expr::col(Entries).sub(1))
        .col_expr(HoursMillionths, Expr::col(HoursMillionths).sub(entry.hours_millionths))
        .filter(LearnerId.eq(learner))
        .filter(RoadmapId.eq(roadmap))
        .filter(Topic.eq(topic.as_str()))
        .filter(Level.eq(level.as_str()));
    less.exec(db).await?;
    let none = step::Entity::delete_by_id((learner, roadmap, topic, level)).filter(Entries.eq(0));
    none.exec(db).await?;

    let (learner, roadmap, week_on) = week_of(entry);
    let day = column_of(entry.studied_on);
    let less = week::Entity::update_many()
        .col_expr(day, Expr::col(day).sub(entry.hours_millionths))
        .filter(week::Column::LearnerId.eq(learner))
        .filter(week::Column::RoadmapId.eq(roadmap))
        .filter(week::Column::WeekOn.eq(week_on));
    less.exec(db).await?;
    let none = week::Entity::delete_by_id((learner, roadmap, week_on));
    let none = week::Column::DAYS.iter().fold(none, |none, day| none.filter(day.eq(0)));
    none.exec(db).await.map(|_| ())
}

/// The number of entries of a learner, over all roadmaps.
pub(super) async fn count_entries(db: &impl ConnectionTrait, learner: Uuid) -> Result<u64, DbErr> {
    let entries = step::Entity::find()
        .select_only()
        .column_as(sum(step::Column::Entries), "entries")
        .filter(step::Column::LearnerId.eq(learner));
    Ok(whole(entries.into_tuple().all(db).await?))
}

/// The hours of a day of a learner, over all roadmaps, in millionths.
pub(super) async fn hours_of_day(
    db: &impl ConnectionTrait,
    learner: Uuid,
    day: NaiveDate,
) -> Result<i64, DbErr> {
    let hours = week::Entity::find()
        .select_only()
        .column_as(sum(column_of(day)), "hours")
        .filter(week::Column::LearnerId.eq(learner))
        .filter(week::Column::WeekOn.eq(monday(day)));
    let hours: Vec<Option<i64>> = hours.into_tuple().all(db).await?;
    Ok(hours.into_iter().flatten().sum())
}

/// A sum. PostgreSQL makes a decimal number of it, which is whole all the same.
pub(super) fn sum(column: impl IntoColumnRef) -> SimpleExpr {
    Expr::expr(Func::sum(Expr::col(column))).cast_as("bigint")
}

/// The one row of a count that was summed up; nothing of nothing.
pub(super) fn whole(sums: Vec<Option<i64>>) -> u64 {
    sums.into_iter().flatten().find_map(|sum| u64::try_from(sum).ok()).unwrap_or(0)
}

/// The Monday that the week of a day begins on.
pub(super) fn monday(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).checked_first_day().unwrap_or(day)
}

fn column_of(day: NaiveDate) -> week::Column {
    week::Column::DAYS[day.weekday().num_days_from_monday() as usize]
}

fn week_of(entry: &study::Model) -> (Uuid, Uuid, NaiveDate) {
    (entry.learner_id, entry.roadmap_id, monday(entry.studied_on))
}

/// The key of the sums of a step. Entries that name none have one with empty names: a key is never null.
fn step_of(entry: &study::Model) -> (Uuid, Uuid, String, String) {
    let name = |part: &Option<String>| part.clone().unwrap_or_default();
    (entry.learner_id, entry.roadmap_id, name(&entry.topic), name(&entry.level))
}
