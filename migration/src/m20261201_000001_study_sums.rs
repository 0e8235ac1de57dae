//! Sums of study logs by step and by day, which are kept with each entry: what is computed of a log reads them, however long it
//! is. They take the place of indexes that were summed up each time.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::columns::{index, key_of_learner, long, of_roadmap, text, uuid};

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const OF_STEPS: [&str; 6] = ["learner_id", "roadmap_id", "topic", "level", "studied_on", "hours_millionths"];

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(steps()).await?;
        manager.create_table(weeks()).await?;
        // The hours of a day over all roadmaps.
        manager.create_index(index("study_weeks", &["learner_id", "week_on"])).await?;
        sum_study_logs(manager.get_connection()).await?;
        for name in ["ix_study_by_step", "ix_study_learner_id_studied_on"] {
            manager.drop_index(Index::drop().name(name).table("study").to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index("study", &OF_STEPS).name("ix_study_by_step").take()).await?;
        manager.create_index(index("study", &["learner_id", "studied_on"])).await?;
        crate::drop_tables(manager, &["study_weeks", "study_steps"]).await
    }
}

fn steps() -> TableCreateStatement {
    Table::create()
        .table("study_steps")
        .col(uuid("learner_id"))
        .col(uuid("roadmap_id"))
        .col(text("topic"))
        .col(text("level"))
        .col(long("entries"))
        .col(long("hours_millionths"))
        .primary_key(&mut key_of_learner(&["roadmap_id", "topic", "level"]))
        .foreign_key(&mut of_roadmap("study_steps"))
        .take()
}

fn weeks() -> TableCreateStatement {
    let mut weeks = Table::create()
        .table("study_weeks")
        .col(uuid("learner_id"))
        .col(uuid("roadmap_id"))
        .col(ColumnDef::new("week_on").date().not_null())
        .primary_key(&mut key_of_learner(&["roadmap_id", "week_on"]))
        .foreign_key(&mut of_roadmap("study_weeks"))
        .take();
    for day in DAYS {
        weeks.col(long(day));
    }
    weeks
}

/// Sums up all study logs anew, in place of the sums that are kept.
///
/// # Errors
/// Where the database fails.
pub async fn sum_study_logs(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let (week, day) = match db.get_database_backend() {
        DbBackend::Postgres => (
            "studied_on - (EXTRACT(isodow FROM studied_on)::integer - 1)",
            "EXTRACT(isodow FROM studied_on)::integer - 1",
        ),
        _ => ("date(studied_on, 'weekday 0', '-6 days')", "(strftime('%w', studied_on) + 6) % 7"),
    };
    let hours = |number| format!("SUM(CASE WHEN {day} = {number} THEN hours_millionths ELSE 0 END)");
    let hours = (0..DAYS.len()).map(hours).collect::<Vec<_>>().join(", ");
    let days = DAYS.join(", ");
    for sql in [
        "DELETE FROM study_steps".to_owned(),
        "DELETE FROM study_weeks".to_owned(),
        "INSERT INTO study_steps (learner_id, roadmap_id, topic, level, entries, hours_millionths) \
         SELECT learner_id, roadmap_id, COALESCE(topic, ''), COALESCE(level, ''), COUNT(*), SUM(hours_millionths) \
         FROM study GROUP BY learner_id, roadmap_id, COALESCE(topic, ''), COALESCE(level, '')"
            .to_owned(),
        format!(
            "INSERT INTO study_weeks (learner_id, roadmap_id, week_on, {days}) \
             SELECT learner_id, roadmap_id, {week}, {hours} FROM study GROUP BY learner_id, roadmap_id, {week}"
        ),
    ] {
        db.execute_unprepared(&sql).await?;
    }
    Ok(())
}
