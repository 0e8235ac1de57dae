//! The keys that the second version of the catalogue's file format has brought.

use sea_orm_migration::prelude::*;

use crate::columns::{integer, owned, text, text_or_null};

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// The columns that tables gain, with the values of what was there before.
fn added() -> [(&'static str, &'static str, ColumnDef); 3] {
    [
        (
            "topics",
            "popularity",
            integer("popularity")
                .default(50)
                .check(Check::named("ck_topics_popularity", Expr::col("popularity").between(0, 100)))
                .take(),
        ),
        ("steps", "practice", text_or_null("practice")),
        (
            "coverages",
            "fit",
            integer("fit")
                .default(3)
                .check(Check::named("ck_coverages_fit", Expr::col("fit").between(1, 5)))
                .take(),
        ),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, _, column) in added() {
            manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        let topic_texts = Table::create()
            .table("topic_texts")
            .col(integer("topic_id"))
            .col(text("kind"))
            .col(integer("position"))
            .col(text("text"))
            .primary_key(Index::create().col("topic_id").col("kind").col("position"))
            .foreign_key(&mut owned(("topic_texts", "topic_id"), ("topics", "id")))
            .check(Check::named("ck_topic_texts_kind", Expr::col("kind").is_in(["NAME", "LINK"])))
            .take();
        manager.create_table(topic_texts).await?;
        let resource_topics = Table::create()
            .table("resource_topics")
            .col(integer("resource_id"))
            .col(integer("topic_id"))
            .primary_key(Index::create().col("resource_id").col("topic_id"))
            .foreign_key(&mut owned(("resource_topics", "resource_id"), ("resources", "id")))
            .foreign_key(&mut owned(("resource_topics", "topic_id"), ("topics", "id")))
            .take();
        manager.create_table(resource_topics).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["resource_topics", "topic_texts"]).await?;
        for (table, column, _) in added().into_iter().rev() {
            manager.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
