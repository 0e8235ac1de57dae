//! Why the steps of a role's requirement stand for each other.

use sea_orm_migration::prelude::*;

use crate::columns::text_or_null;

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = text_or_null("reason");
        manager.alter_table(Table::alter().table("requirements").add_column(&mut column).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("requirements").drop_column("reason").take()).await
    }
}
