//! Resources, who made them and what they teach.

use sea_orm_migration::prelude::*;

use crate::columns::{index, integer, integer_or_null, key, long, owned, refers, slug, text, text_or_null};

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let resources = Table::create()
            .table("resources")
            .col(key("id"))
            .col(slug())
            .col(text("title"))
            .col(text("kind"))
            .col(text("url"))
            .col(text_or_null("provider"))
            .col(integer_or_null("year"))
            .col(text("language"))
            .col(long("price_cents"))
            .col(integer("quality"))
            .check(Check::named("ck_resources_price", Expr::col("price_cents").gte(0)))
            .check(Check::named("ck_resources_quality", Expr::col("quality").between(1, 5)))
            .take();
        manager.create_table(resources).await?;

        let authors = Table::create()
            .table("resource_authors")
            .col(integer("resource_id"))
            .col(integer("position"))
            .col(text("name"))
            .primary_key(Index::create().col("resource_id").col("position"))
            .foreign_key(&mut owned(("resource_authors", "resource_id"), ("resources", "id")))
            .take();
        manager.create_table(authors).await?;

        let coverages = Table::create()
            .table("coverages")
            .col(integer("resource_id"))
            .col(integer("step_id"))
            .col(long("hours_millionths"))
            .col(text_or_null("section"))
            .primary_key(Index::create().col("resource_id").col("step_id"))
            .foreign_key(&mut owned(("coverages", "resource_id"), ("resources", "id")))
            .foreign_key(&mut refers(("coverages", "step_id"), ("steps", "id")))
            .check(Check::named("ck_coverages_hours", Expr::col("hours_millionths").gt(0)))
            .take();
        manager.create_table(coverages).await?;
        manager.create_index(index("coverages", &["step_id"])).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["coverages", "resource_authors", "resources"]).await
    }
}
