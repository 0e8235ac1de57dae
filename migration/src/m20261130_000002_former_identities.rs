//! Identities whose accounts were deleted, so that a token of before does not make the account anew.

use sea_orm_migration::prelude::*;

use crate::columns::{index, instant, text};

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let former = Table::create()
            .table("former_identities")
            .col(text("name").primary_key())
            .col(instant("deleted_at"))
            .take();
        manager.create_table(former).await?;
        manager.create_index(index("former_identities", &["deleted_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["former_identities"]).await
    }
}
