//! What names a resource in the world, who confirmed its address, and why a topic is there that nothing asks for.

use sea_orm_migration::prelude::*;

use crate::columns::{integer, owned, text, text_or_null};

/// The columns that tables gain. `SQLite` adds one with each statement.
const ADDED: [(&str, &str); 6] = [
    ("topics", "elective"),
    ("resources", "isbn"),
    ("resources", "doi"),
    ("resources", "arxiv"),
    ("resources", "standard"),
    ("resources", "attested_on"),
];

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in ADDED {
            let change = Table::alter().table(table).add_column(text_or_null(column)).take();
            manager.alter_table(change).await?;
        }
        let witnesses = Table::create()
            .table("resource_witnesses")
            .col(integer("resource_id"))
            .col(integer("position"))
            .col(text("name"))
            .primary_key(Index::create().col("resource_id").col("position"))
            .foreign_key(&mut owned(("resource_witnesses", "resource_id"), ("resources", "id")))
            .take();
        manager.create_table(witnesses).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["resource_witnesses"]).await?;
        for (table, column) in ADDED.into_iter().rev() {
            manager.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
