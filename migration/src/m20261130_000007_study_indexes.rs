//! Indexes that answer pages and sums of study logs without their rows: a page is found by its place, and a sum reads the index alone.

use sea_orm_migration::prelude::*;

use crate::columns::index;

const TABLE: &str = "study";
const BEFORE: [&str; 3] = ["learner_id", "roadmap_id", "studied_on"];

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in [by_day(), by_step()] {
            manager.create_index(index).await?;
        }
        let before = Index::drop().name("ix_study_learner_id_roadmap_id_studied_on").table(TABLE).to_owned();
        manager.drop_index(before).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index(TABLE, &BEFORE)).await?;
        for name in ["ix_study_by_day", "ix_study_by_step"] {
            manager.drop_index(Index::drop().name(name).table(TABLE).to_owned()).await?;
        }
        Ok(())
    }
}

/// In the order of a log, with what is summed up by day.
fn by_day() -> IndexCreateStatement {
    let columns = ["learner_id", "roadmap_id", "studied_on", "id", "hours_millionths"];
    index(TABLE, &columns).name("ix_study_by_day").take()
}

/// Covers the sums by step, with the first day.
fn by_step() -> IndexCreateStatement {
    let columns = ["learner_id", "roadmap_id", "topic", "level", "studied_on", "hours_millionths"];
    index(TABLE, &columns).name("ix_study_by_step").take()
}
