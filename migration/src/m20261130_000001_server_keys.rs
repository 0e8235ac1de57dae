//! Keys that all servers of a database share: what they sign is known to each other, and after restarts.

use sea_orm_migration::prelude::*;

use crate::columns::{instant, text};

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let keys = Table::create()
            .table("server_keys")
            .col(text("name").primary_key())
            .col(text("secret"))
            .col(instant("created_at"))
            .take();
        manager.create_table(keys).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["server_keys"]).await
    }
}
