//! The number of the last change of a roadmap that concerns its plan: logging time is none.

use sea_orm_migration::prelude::*;

use crate::columns::long;

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = long("plan_change");
        let added = Table::alter().table("roadmaps").add_column(column.default(0)).take();
        manager.alter_table(added).await?;
        // Which of the earlier changes it was is not known: the last one, to be on the safe side.
        let sql = "UPDATE roadmaps SET plan_change = change";
        manager.get_connection().execute_unprepared(sql).await.map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("roadmaps").drop_column("plan_change").take()).await
    }
}
