//! Digests that passwords went into: changing a password by a request with an idempotency key left an
//! unsalted digest of the old and the new one.
//!
//! Which requests those were cannot be told from their rows, but what came of them can: nothing that has a
//! key. So all requests go of which nothing came, and those that have made something are still remembered.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        if db.get_database_backend() == DbBackend::Sqlite {
            // Deleted rows are overwritten, instead of being left in the file until their room is used.
            db.execute_unprepared("PRAGMA secure_delete = ON").await?;
        }
        db.execute_unprepared("DELETE FROM requests WHERE outcome = '{}'").await.map(|_| ())
    }

    /// Deleted rows do not come back.
    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
