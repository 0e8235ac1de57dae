//! The time that a learner has logged on a day, over all roadmaps, without reading the whole log.

use sea_orm_migration::prelude::*;

use crate::columns::index;

const COLUMNS: [&str; 2] = ["learner_id", "studied_on"];

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index("study", &COLUMNS)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let name = format!("ix_study_{}", COLUMNS.join("_"));
        manager.drop_index(Index::drop().name(name).table("study").to_owned()).await
    }
}
