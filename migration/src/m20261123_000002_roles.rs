//! The career ladder.

use sea_orm_migration::prelude::*;

use crate::columns::{index, integer_or_null, key, refers, slug, text};

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let roles = Table::create()
            .table("roles")
            .col(key("id"))
            .col(integer_or_null("after_id"))
            .col(slug())
            .col(text("title"))
            .col(text("summary"))
            .foreign_key(&mut refers(("roles", "after_id"), ("roles", "id")))
            .take();
        manager.create_table(roles).await?;
        manager.create_index(index("roles", &["after_id"])).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["roles"]).await
    }
}
