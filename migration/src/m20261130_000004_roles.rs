//! Those who are more than learners, by their roles: whether somebody is the last admin is asked without
//! reading all learners.

use sea_orm_migration::prelude::*;

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Both databases have indexes of a part of the rows, and write them alike.
        let sql = "CREATE INDEX ix_learners_role ON learners (role) WHERE role <> 'LEARNER'";
        manager.get_connection().execute_unprepared(sql).await.map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("ix_learners_role").table("learners").to_owned()).await
    }
}
