//! Digest of the catalogue that a version of a roadmap was planned on: a revision's number is that of
//! another catalogue after a restore. Versions of earlier releases have none.

use sea_orm_migration::prelude::*;

use crate::columns::text_or_null;

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const TABLE: &str = "roadmap_versions";
const COLUMN: &str = "catalog_digest";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table(TABLE).add_column(text_or_null(COLUMN)).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table(TABLE).drop_column(COLUMN).take()).await
    }
}
