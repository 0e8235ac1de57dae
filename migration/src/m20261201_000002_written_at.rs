//! When a learner had last written, which told servers whether a read replica was far enough. There are none any more.

use sea_orm_migration::prelude::*;

use crate::columns::instant_or_null;

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("learners").drop_column("written_at").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let written = Table::alter().table("learners").add_column(instant_or_null("written_at")).take();
        manager.alter_table(written).await
    }
}
