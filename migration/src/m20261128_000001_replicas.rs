//! What servers that share a database tell each other, what was asked to be done once, and how often who may do what.

use sea_orm_migration::prelude::*;

use crate::columns::{index, instant, instant_or_null, key_of_learner, long, of_learner, text, uuid};

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(outbox()).await?;
        manager.create_index(index("outbox", &["told_at"])).await?;
        if crate::has_transaction_ids(manager.get_connection()).await? {
            // Rows become visible in the order in which transactions end, not in that of their ids: with the transaction's id beside
            // each, a reader knows which may still come.
            let sql = "ALTER TABLE outbox ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id()";
            manager.get_connection().execute_unprepared(sql).await?;
            manager.create_index(index("outbox", &["xid"])).await?;
        }
        manager.create_table(requests()).await?;
        manager.create_index(index("requests", &["learner_id", "made_at"])).await?;
        manager.create_table(rates()).await?;
        manager.create_index(index("rates", &["free_at"])).await?;
        let written = Table::alter().table("learners").add_column(instant_or_null("written_at")).take();
        manager.alter_table(written).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("learners").drop_column("written_at").take()).await?;
        crate::drop_tables(manager, &["rates", "requests", "outbox"]).await
    }
}

fn outbox() -> TableCreateStatement {
    Table::create()
        .table("outbox")
        .col(ColumnDef::new("id").big_integer().not_null().auto_increment().primary_key())
        .col(ColumnDef::new("learner_id").uuid())
        .col(instant("told_at"))
        .take()
}

fn requests() -> TableCreateStatement {
    Table::create()
        .table("requests")
        .col(uuid("learner_id"))
        .col(text("name"))
        .col(text("digest"))
        .col(text("outcome"))
        .col(instant("made_at"))
        .primary_key(&mut key_of_learner(&["name"]))
        .foreign_key(&mut of_learner("requests"))
        .take()
}

fn rates() -> TableCreateStatement {
    Table::create().table("rates").col(text("name").primary_key()).col(long("free_at")).take()
}
