//! The log of imports.

use sea_orm_migration::prelude::*;

use crate::columns::{key, text};

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let revisions = Table::create()
            .table("catalog_revisions")
            .col(key("number"))
            .col(ColumnDef::new("imported_at").timestamp_with_time_zone().not_null())
            .col(text("digest"))
            .col(text("source"))
            .take();
        manager.create_table(revisions).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["catalog_revisions"]).await
    }
}
