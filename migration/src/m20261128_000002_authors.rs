//! Who has made a revision of the catalogue, with what in mind, and what was in it.

use sea_orm_migration::prelude::*;

use crate::columns::text_or_null;

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// The columns that the table gains. `SQLite` adds one with each statement.
fn added() -> [ColumnDef; 3] {
    [
        // No reference: the revision outlives the account, and then nobody's name is known.
        ColumnDef::new("author_id").uuid().take(),
        text_or_null("message"),
        ColumnDef::new("content").blob().take(),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut column in added() {
            manager
                .alter_table(Table::alter().table("catalog_revisions").add_column(&mut column).take())
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["content", "message", "author_id"] {
            manager.alter_table(Table::alter().table("catalog_revisions").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
