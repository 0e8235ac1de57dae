//! What things of the catalogue were called before.

use sea_orm_migration::prelude::*;

use crate::columns::{integer, text};

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let aliases = Table::create()
            .table("aliases")
            .col(text("kind"))
            .col(text("name"))
            .col(integer("target_id"))
            .primary_key(Index::create().col("kind").col("name"))
            .take();
        manager.create_table(aliases).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["aliases"]).await
    }
}
